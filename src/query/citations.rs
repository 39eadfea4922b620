//! `cited-by` and `cites`: the mentions around a document.
//!
//! Not here: which document a reference means (see `reference`), nor who a mention means (see `resolve`).

use super::reference::{self, Found};
use super::{Catalogue, QueryError, view};
use crate::model::{CitationForm, Error};
use crate::resolve::{Certainty, Node};
use crate::store::LinkRow;
use std::collections::{BTreeSet, HashMap};

/// Documents by id, read in one go.
pub(super) struct Known(HashMap<String, Node>);

impl Known {
    pub(super) fn read(cat: &impl Catalogue, ids: impl IntoIterator<Item = String>) -> Result<Known, Error> {
        let ids: Vec<String> = ids.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        Ok(Known(cat.nodes(&ids)?.into_iter().map(|node| (node.id.clone(), node)).collect()))
    }

    /// The document; of a row whose node the snapshot does not have, nothing.
    pub(super) fn document(&self, id: &str) -> Option<view::Document> {
        self.0.get(id).map(view::Document::from)
    }

    pub(super) fn candidates(&self, row: &LinkRow) -> Vec<view::Candidate> {
        let each = row.candidates.iter();
        each.filter_map(|(id, clue)| Some(view::Candidate { document: self.document(id)?, clue: clue.clone() })).collect()
    }

    pub(super) fn citation(&self, row: &LinkRow) -> Option<view::Citation> {
        let citation = &row.citation;
        Some(view::Citation {
            id: row.id.clone(),
            document: self.document(&row.citing)?,
            relation: citation.relation,
            form: citation.form.as_str().to_owned(),
            text: citation.text.clone(),
            sentence: citation.sentence.clone(),
            sentence_at: citation.sentence_at,
            place: citation.place,
            section: citation.section.clone(),
            locator: citation.locator.clone(),
            span: citation.span,
            certainty: row.certainty,
            why: row.why.clone(),
        })
    }
}

/// Who cites `reference`: one group a meaning; a mention that could mean several stands under each, as ambiguous.
pub fn cited_by(cat: &impl Catalogue, reference: &str) -> Result<view::CitedBy, QueryError> {
    let Found { reading, nodes, words } = reference::find(cat, reference)?;
    let mut groups = Vec::with_capacity(nodes.len());
    for (node, words) in nodes.iter().zip(words) {
        let rows = cat.incoming(&node.id)?;
        let known = Known::read(cat, rows.iter().map(|row| row.citing.clone()))?;
        let mut citations: Vec<view::Citation> =
            rows.iter().filter(|row| row.citation.form != CitationForm::SelfReference).filter_map(|row| known.citation(row)).collect();
        citations.sort_by(|a, b| {
            let key = |c: &view::Citation| (c.document.date.is_none(), c.document.date, c.document.id.clone(), c.span, c.id.clone());
            key(a).cmp(&key(b))
        });
        groups.push(view::CitedByGroup { document: node.into(), singled_out_by: words, total: citations.len(), citations });
    }
    Ok(view::CitedBy { schema: "vanban.cited-by/1", query: reading, groups })
}

/// What `reference` cites: one group a cited document, in the order of the text; one for each mention that several documents
/// could be. `named` adds names without number ("Luật Đất đai năm 2013"), which have neither document nor candidates.
pub fn cites(cat: &impl Catalogue, reference: &str, named: bool) -> Result<view::Cites, QueryError> {
    let Found { reading, nodes, words } = reference::find(cat, reference)?;
    let mut groups: Vec<view::CitesGroup> = Vec::new();
    for (node, words) in nodes.iter().zip(words) {
        let rows = cat.outgoing(&node.id)?;
        let ids = rows.iter().flat_map(|row| row.candidates.iter().map(|(id, _)| id.clone()).chain([row.citing.clone()]));
        let known = Known::read(cat, ids)?;
        let mut at: HashMap<&str, usize> = HashMap::new();
        for row in &rows {
            let Some(citation) = known.citation(row) else { continue };
            let target = match (row.certainty, row.citation.form) {
                (_, CitationForm::SelfReference) => continue,
                (None, _) if !named => continue,
                (None | Some(Certainty::Ambiguous), _) => None,
                (Some(_), _) => row.candidates.first().map(|(id, _)| id.as_str()).filter(|id| *id != node.id),
            };
            // A paper's mention of itself is no citation of another document.
            if target.is_none() && row.candidates.len() == 1 && row.certainty != Some(Certainty::Ambiguous) {
                continue;
            }
            if let Some(group) = target.and_then(|id| at.get(id)) {
                groups[*group].citations.push(citation);
                groups[*group].total += 1;
                continue;
            }
            if let Some(id) = target {
                at.insert(id, groups.len());
            }
            groups.push(view::CitesGroup {
                document: target.and_then(|id| known.document(id)),
                candidates: if target.is_some() { Vec::new() } else { known.candidates(row) },
                citing: node.id.clone(),
                singled_out_by: words.clone(),
                total: 1,
                citations: vec![citation],
            });
        }
    }
    Ok(view::Cites { schema: "vanban.cites/1", query: reading, groups })
}
