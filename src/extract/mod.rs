//! One document to facts with spans: metadata, citations, relations, tasks.
//!
//! Duty: everything a careful reader marks in one paper. Pure; cannot fail. Not here: what other papers say
//! (see `resolve`).

mod aliases;
mod around;
mod assemblies;
pub mod citations;
mod dashes;
pub mod dates;
pub mod deadlines;
mod issuing;
mod joint;
mod letters;
mod mention;
mod mentions;
mod metadata;
mod misread;
mod misread_names;
pub mod names;
mod narrated;
pub mod numbers;
mod own_date;
mod parts;
mod portal;
mod quotations;
mod relation_lists;
mod relation_phrases;
mod relation_places;
mod relation_words;
mod relations;
pub mod sentence;
pub mod repetitions;
mod self_told;
mod sharing;
mod signers;
mod spelling;
mod stated;
mod stated_acts;
mod stated_laws;
mod stated_lines;
mod stated_passive;
mod subjects;
mod task_articles;
mod task_asks;
mod task_bodies;
mod task_cells;
mod task_draft;
mod task_fields;
mod task_frames;
mod task_leads;
mod task_lines;
mod task_partners;
mod task_rules;
mod task_shapes;
mod task_tables;
mod task_topics;
mod task_words;
mod task_zones;
pub mod tasks;

pub use parts::PartOfText;

use crate::model::{
    BlockKind, DocumentFacts, Extraction, NormText, OutlineEntry, RawText, SCHEMA, SourceFacts, Span, Structure, Warning, WarningKind,
};
use crate::tables::Tables;
use crate::{structure, text};

/// Recognises the facts of papers; made once from the tables, used from many threads.
#[derive(Clone, Debug)]
pub struct Extractor {
    tables: Tables,
    mentions: mentions::MentionFinder,
    relations: relations::RelationFinder,
    tasks: tasks::TaskFinder,
}

impl Extractor {
    /// Compiles the patterns of `tables`.
    pub fn new(tables: &Tables) -> Self {
        Extractor {
            tables: tables.clone(),
            mentions: mentions::MentionFinder::new(tables),
            relations: relations::RelationFinder::new(tables),
            tasks: tasks::TaskFinder::new(tables),
        }
    }

    /// The facts of one file's text; spans count in `raw.text`. Of a text that holds several papers, what the first says of
    /// itself and what all say of others.
    pub fn extract(&self, raw: &RawText, source: SourceFacts) -> Extraction {
        let norm = text::normalise(&self.tables, raw);
        let starts = self.parts(raw, &norm);
        if starts.is_empty() { self.extract_normal(raw, &norm, source) } else { parts::united(self.extract_parts(raw, &starts, &source)) }
    }

    /// The papers of a text that is cut at `starts` ([`Extractor::parts`]), each by itself; spans count in its own text.
    pub fn extract_parts(&self, raw: &RawText, starts: &[usize], source: &SourceFacts) -> Vec<PartOfText> {
        let mut papers: Vec<PartOfText> = Vec::new();
        for (at, raw) in parts::cut(raw, starts) {
            let norm = text::normalise(&self.tables, &raw);
            let before: Vec<DocumentFacts> = papers.iter().map(|paper| paper.extraction.document.clone()).collect();
            let extraction = self.extract_behind(&before, &raw, &norm, source.clone());
            papers.push(PartOfText { at, raw, norm, extraction });
        }
        papers
    }

    /// Where further papers begin in a text, in bytes of the raw text; nearly always nowhere.
    pub fn parts(&self, raw: &RawText, norm: &NormText) -> Vec<usize> {
        let starts = structure::parts(&self.tables, norm).into_iter().map(|at| norm.to_source(Span::new(at, at + 1)).start);
        // From the beginning of its line, where a mark of Markdown may stand.
        starts.map(|at| raw.text[..at].rfind(['\n', '\u{c}']).map_or(0, |end| end + 1)).filter(|at| *at > 0).collect()
    }

    /// The facts of one paper whose normal text is known already.
    pub fn extract_normal(&self, raw: &RawText, norm: &NormText, source: SourceFacts) -> Extraction {
        self.extract_behind(&[], raw, norm, source)
    }

    /// The facts of one paper behind others in the same file, whose numbers its short forms may stand for.
    fn extract_behind(&self, before: &[DocumentFacts], raw: &RawText, norm: &NormText, source: SourceFacts) -> Extraction {
        let structure = structure::read(&self.tables, norm);
        let mut found = Vec::new();
        let mut document = metadata::find(&self.tables, &self.mentions, norm, &structure, &mut found);
        if document.province.is_none()
            && document.issuer.as_ref().is_some_and(|i| i.level.is_some_and(|l| l != crate::model::Level::Central))
        {
            found.push(Warning::new(WarningKind::ProvinceMissing, "the text does not tell the province"));
        }
        if let Some(issuer) = &mut document.issuer {
            issuer.province = document.province.clone();
        }
        let (mut citations, mut stated) =
            citations::find(&self.tables, &self.mentions, &self.relations, norm, &structure, (&document, before), &mut found);
        let mut tasks = self.tasks.find(norm, &structure, &document, &citations);
        if let Some(dashes) = dashes::Dashes::of(&raw.text) {
            dashes.restore_facts(&mut document, &mut citations, &mut tasks);
        }
        for task in &mut tasks {
            task.span = norm.to_source(task.span);
        }
        for citation in &mut citations {
            citation.span = norm.to_source(citation.span);
        }
        for relation in &mut stated {
            relation.span = norm.to_source(relation.span);
        }
        let mut warnings = raw.warnings.clone();
        warnings.extend(found.into_iter().map(|w| Warning { span: w.span.map(|span| norm.to_source(span)), ..w }));
        Extraction {
            schema: SCHEMA.to_owned(),
            source,
            document,
            citations,
            stated_relations: stated,
            tasks,
            outline: outline(norm, &structure),
            parts: Vec::new(),
            warnings,
        }
    }
}

/// The labelled headings, and headings in capitals, of the main text.
fn outline(norm: &NormText, structure: &Structure) -> Vec<OutlineEntry> {
    let headings = structure.blocks.iter().enumerate().filter(|(_, b)| b.kind == BlockKind::Heading);
    headings
        .map(|(i, block)| OutlineEntry {
            label: structure.path(i),
            heading: norm.text[block.body..block.span.end].trim().to_owned(),
            span: norm.to_source(Span::new(block.span.start, block.span.end)),
        })
        .collect()
}
