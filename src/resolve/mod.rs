//! All documents together: who means whom. The only barrier of the pipeline.
//!
//! Duty: from what papers say of themselves and of others to nodes (documents in the world), copies, and links with
//! certainty and reason. Pure: the same papers in any order give the same answer; nothing extracted is changed.
//! Not here: reading, storing, asking.

mod candidates;
mod catalogue;
mod claims;
mod clues;
mod graph;
mod keys;
mod names;
mod organs;
mod provinces;
mod series;
mod terms;
mod titles;

pub use clues::singling_words;

use crate::model::{Citation, CitationForm, Date, DocNumber, DocumentFacts, Extraction, Level, Method, Relation};
use crate::tables::Tables;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::borrow::Cow;
use std::sync::Arc;

/// One paper (one distinct file content) as resolution sees it.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Row id in the catalogue.
    pub id: i64,
    /// SHA-256 of the file, hexadecimal: the order that does not depend on row ids.
    pub hash: String,
    /// File name without folder and ending; a weak clue.
    pub file_stem: String,
    /// How its text was got.
    pub method: Method,
    /// Syllables among a thousand words of its text, where that may be bad; 1000 for typed text.
    pub legible: u16,
    /// Length of its text in bytes.
    pub length: u64,
    /// What it says of itself.
    pub facts: DocumentFacts,
    /// What it says of others, in the order of the text.
    pub mentions: Vec<Mention>,
}

impl Paper {
    /// What resolution needs of one paper's facts.
    pub fn new(id: i64, file_stem: &str, extraction: &Extraction) -> Paper {
        let mention = |citation: &Citation| Mention {
            form: citation.form,
            kind: citation.kind.as_deref().map(Arc::from),
            number: citation.parsed.clone().map(Arc::new),
            date: citation.date,
            year: citation.year,
            issuer: citation.issuer.as_deref().map(Arc::from),
            term: citation.term.as_deref().map(Arc::from),
            province: citation.province.as_deref().map(Arc::from),
            title: citation.title.as_deref().map(Arc::from),
            relation: citation.relation,
            antecedent: citation.antecedent.map(|index| index as u32),
        };
        Paper {
            id,
            hash: extraction.source.sha256.clone(),
            file_stem: file_stem.to_owned(),
            method: extraction.source.method,
            legible: 1000,
            length: extraction.source.bytes,
            facts: extraction.document.clone(),
            mentions: extraction.citations.iter().map(mention).collect(),
        }
    }
}

/// One citation without its sentence. All mentions of all papers are held at once, and most of their words are the words
/// of others too: texts may be shared.
#[derive(Clone, Debug)]
pub struct Mention {
    /// How the document is mentioned.
    pub form: CitationForm,
    /// Code of the type word.
    pub kind: Option<Arc<str>>,
    /// The number in parts.
    pub number: Option<Arc<DocNumber>>,
    /// Date told.
    pub date: Option<Date>,
    /// Year told.
    pub year: Option<i16>,
    /// Issuer as written.
    pub issuer: Option<Arc<str>>,
    /// Term as written or told by the date.
    pub term: Option<Arc<str>>,
    /// Province that the words around point to.
    pub province: Option<Arc<str>>,
    /// Subject words that follow.
    pub title: Option<Arc<str>>,
    /// From the paper to the cited document.
    pub relation: Relation,
    /// Index of the mention that this one stands for.
    pub antecedent: Option<u32>,
}

/// Which mention: the paper, and the place among its mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MentionAt {
    /// [`Paper::id`].
    pub paper: i64,
    /// Index in [`Paper::mentions`].
    pub index: u32,
}

/// A document in the world.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// Readable, unique, the same for the same papers: `38-ct-tw-2014`, `12-ct-tu-ha-nam-2022`.
    pub id: String,
    /// Type code.
    pub kind: Option<String>,
    /// Canonical number.
    pub number: Option<String>,
    /// The number in parts.
    pub parsed: Option<DocNumber>,
    /// Date of issue.
    pub date: Option<Date>,
    /// Committee term.
    pub term: Option<String>,
    /// Issuing body.
    pub issuer: Option<String>,
    /// Province, for a paper below the centre.
    pub province: Option<String>,
    /// Level of the issuer.
    pub level: Option<Level>,
    /// Subject.
    pub title: Option<String>,
    /// True when at least one paper in the catalogue is this document.
    pub held: bool,
    /// Papers that are this document; the first is the one whose text is shown.
    pub papers: Vec<i64>,
    /// Copies that disagree: field and the values met.
    pub conflicts: Vec<Conflict>,
}

/// Two copies, or a copy and its citations, disagree on a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// `date`, `title`, `issuer`.
    pub field: String,
    /// The values, most frequent first.
    pub values: Vec<String>,
}

/// How sure a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// The words themselves leave one document.
    Certain,
    /// Rules leave one document.
    Likely,
    /// Several documents are possible.
    Ambiguous,
    /// A person said so.
    Decided,
}

/// A document that a mention could mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Index in [`Resolution::nodes`].
    pub node: u32,
    /// The words that would single it out: "ngày 21/7/2014", "khóa XI", "của Tỉnh ủy Hà Nam"; empty when it is the only one.
    pub clue: Box<str>,
}

/// What a mention means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Which mention.
    pub at: MentionAt,
    /// One candidate when resolved, several (best first) when ambiguous.
    pub candidates: SmallVec<[Candidate; 1]>,
    /// How sure.
    pub certainty: Certainty,
    /// Why, one clause for a person: "date next to it", "only document with this number".
    pub why: Cow<'static, str>,
}

/// A person's decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Which mention.
    pub at: MentionAt,
    /// Id of the node.
    pub target: String,
}

/// The whole answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolution {
    /// Documents, by id.
    pub nodes: Vec<Node>,
    /// One entry a mention that has a meaning (self-references and names without number have none), by paper and place.
    pub links: Vec<Link>,
}

/// Finds which documents there are and which one each mention means.
///
/// Papers may come in any order; the answer is the same. `decisions` win over every rule. Takes time in proportion to the
/// number of mentions.
pub fn resolve(tables: &Tables, papers: &[Paper], decisions: &[Decision]) -> Resolution {
    let mut world = catalogue::World::new(keys::Keys::new(tables), papers);
    let linked = candidates::link(&mut world);
    graph::answer(&world, linked, decisions)
}

/// The id of one document alone, in the same form as [`resolve`] gives it: `12-ct-tu-ha-nam-2022`.
///
/// `None` for a paper with neither number nor title. In a collection a second document that wants the same id gets another.
pub fn document_id(tables: &Tables, facts: &DocumentFacts) -> Option<String> {
    names::of_facts(tables, facts)
}
