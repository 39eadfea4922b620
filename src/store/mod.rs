//! What is kept on disk: the catalogue (SQLite, the truth) and the full-text index (Tantivy, derived).
//!
//! Duty: keep papers, facts, nodes and links safely; answer look-ups from a snapshot. One writer, many readers.
//! Not here: deciding who means whom, or how an answer is worded.
//!
//! Two doors: [`Writer`] and [`Reader`]; nothing else touches the files. A store is a folder with `catalogue.sqlite`,
//! `fulltext/` (made again from the catalogue when it is lost) and `lock`.

mod analyzer;
mod catalogue;
mod columns;
mod decisions;
mod files;
mod graph;
mod hits;
mod index;
mod papers;
mod paths;
mod reader;
mod reader_graph;
mod reader_lists;
mod reader_overview;
mod reader_papers;
mod recovery;
mod rows;
mod search;
mod snippet;
mod writer;

pub use analyzer::{Analyzer, Word, indexed_text};
pub use columns::IssuerFilter;
pub use files::{FileRow, Refusal};
pub use papers::{citation_id, part_hash};
pub use paths::{absolute, path_bytes, path_key, path_of, path_text};
pub use reader::Reader;
pub use recovery::repair;
pub use writer::Writer;

use crate::model::{Citation, Date, Place, Relation, Span, Task};
use crate::resolve::Certainty;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;

/// A citation with its place in the catalogue and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkRow {
    /// Stable id of the citation.
    pub id: String,
    /// Paper in which it stands.
    pub paper: i64,
    /// Id of the node that the paper is.
    pub citing: String,
    /// As written.
    pub citation: Citation,
    /// Ids of the nodes it could mean with the clue for each, best first; one when resolved.
    pub candidates: Vec<(String, String)>,
    /// How sure; `None` when it has no meaning in the graph (named, self).
    pub certainty: Option<Certainty>,
    /// Why.
    pub why: String,
}

/// An edge of the implementation graph.
#[derive(Clone, Debug, PartialEq)]
pub struct EdgeRow {
    /// Node that acts.
    pub from: String,
    /// Node acted on.
    pub to: String,
    /// What it does.
    pub relation: Relation,
    /// `None`: `from` itself says so. `Some(node)`: that node says so of the two.
    pub stated_by: Option<String>,
    /// The sentence that proves it.
    pub sentence: String,
    /// In which part of the paper that says so.
    pub place: Place,
}

/// Where a file of a document lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// Its path.
    pub path: PathBuf,
    /// The hash that it had when it was read.
    pub sha256: String,
    /// Internet media type.
    pub media_type: String,
}

/// A file whose text is a copy of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyRow {
    /// Paper (distinct content).
    pub paper: i64,
    /// Every path under which this content was found, sorted.
    pub paths: Vec<String>,
    /// Internet media type.
    pub media_type: String,
    /// How the text was got.
    pub method: String,
    /// Messages of its warnings.
    pub warnings: Vec<String>,
    /// Where the paper begins in the text of its file, in bytes: more than 0 for a further one of several papers.
    pub at: usize,
}

/// A task with the node that lays it.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskRow {
    /// Node whose paper holds it.
    pub node: String,
    /// The task.
    pub task: Task,
}

/// An entry in the journal of decisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionRow {
    /// When, UTC, ISO 8601; empty when an older version kept no time.
    pub at: String,
    /// Id of the citation.
    pub citation: String,
    /// Id of the node that it means; `None`: the last decision on it was taken back.
    pub target: Option<String>,
    /// The words of the mention.
    pub text: String,
    /// Where it stands in the text as read.
    pub span: Span,
    /// The file in which it stands, where that is still there.
    pub path: Option<String>,
    /// True when it holds now.
    pub in_force: bool,
}

/// A decision that was filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// The target that was in force before it, if there was any.
    pub before: Option<String>,
}

/// What chooses and orders a task in a list; [`Reader::tasks_at`] gives the whole of it.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskMark {
    /// Its key in the catalogue; keys of one paper go up in the order of its text.
    pub key: i64,
    /// Node whose paper holds it.
    pub node: Arc<str>,
    /// Date of that node.
    pub issued: Option<Date>,
    /// The day on which it is due.
    pub due: Option<Date>,
    /// Bodies that lead.
    pub assignees: Vec<String>,
    /// Whether it comes again.
    pub recurs: bool,
}

/// Mentions that could be the same several documents: one answer settles all of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Ids of these documents, sorted.
    pub nodes: Vec<String>,
    /// Keys of the mentions in the catalogue, going up; [`Reader::links_at`] gives the whole of them.
    pub mentions: Vec<i64>,
}

/// A file that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// Its path.
    pub path: String,
    /// True when its name is not UTF-8, so that the path cannot be typed as it is shown.
    pub odd: bool,
    /// The step that failed.
    pub stage: String,
    /// Why, and what to do.
    pub reason: String,
}

/// One finished ingest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// When it began, UTC, ISO 8601.
    pub started: String,
    /// Seconds it took.
    pub seconds: f64,
    /// Counts.
    pub found: u64,
    /// Taken for the first time.
    pub added: u64,
    /// Taken anew because the content changed.
    pub updated: u64,
    /// Skipped because nothing changed.
    pub unchanged: u64,
    /// Same bytes under another path.
    pub duplicates: u64,
    /// Gone from the folder.
    pub removed: u64,
    /// Not taken.
    pub rejected: u64,
    /// Bytes read.
    pub bytes: u64,
}

/// What a full-text question asks.
#[derive(Clone, Debug, Default)]
pub struct TextQuery {
    /// Words, phrases in quotation marks, numbers in any spelling.
    pub words: String,
    /// Type codes, any of them.
    pub kinds: Vec<String>,
    /// Folded words of the issuer's name, all of them.
    pub issuer: Option<String>,
    /// Levels, any of them (`central`, `province` …).
    pub levels: Vec<String>,
    /// Province name.
    pub province: Option<String>,
    /// First day, ISO.
    pub from: Option<String>,
    /// Last day, ISO.
    pub to: Option<String>,
    /// Only these nodes, when given (the answer of `cited-by`).
    pub only: Option<Vec<String>>,
    /// At most so many hits.
    pub limit: usize,
    /// Hits to pass over.
    pub offset: usize,
}

/// One hit of a full-text question.
#[derive(Clone, Debug, PartialEq)]
pub struct TextHit {
    /// The node.
    pub node: String,
    /// Higher is better.
    pub score: f32,
    /// Pieces of the original text, matched ones marked.
    pub snippet: Vec<(String, bool)>,
}

/// Answer of a full-text question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextAnswer {
    /// All hits, counted.
    pub total: usize,
    /// The page asked for.
    pub hits: Vec<TextHit>,
    /// Facet name to (value, count), most frequent first: `kind`, `level`, `province`, `year`.
    pub facets: Vec<(String, Vec<(String, usize)>)>,
}

/// Something that `check` found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What is wrong.
    pub what: String,
    /// Where.
    pub r#where: String,
    /// The command that mends it.
    pub repair: String,
}
