//! The reading side: answers from the catalogue.
//!
//! Duty: understand what a person typed, look it up, and put the answer into the shapes of [`view`]. Reads only through
//! [`Catalogue`]. Not here: how an answer is printed (`cli`), drawn (`export`), or kept (`store`).

mod asked;
pub mod citations;
pub mod coverage;
pub mod decide;
pub mod lineage;
pub mod listing;
mod door;
pub mod naming;
mod nearest;
mod parts;
mod reading;
pub mod reference;
pub mod search;
pub mod show;
pub mod tasks;
pub mod unresolved;
pub mod view;

pub use citations::{cited_by, cites};
pub use coverage::coverage;
pub use decide::{decide, decisions, meaning, take_back};
pub use lineage::{Direction, lineage};
pub use listing::{check, missing, status};
pub use parts::{Paged, Rows};
pub use reading::Reading;
pub use reference::{Found, find, find_one};
pub use search::{SearchQuestion, search};
pub use show::show;
pub use tasks::{TaskOrder, TaskQuestion, tasks};
pub use unresolved::unresolved;

use crate::model::{Error, ErrorKind, Extraction};
use crate::resolve::Node;
use crate::store::{CopyRow, DecisionRow, EdgeRow, LinkRow, Problem, Question, Rejected, Run, TaskMark, TaskRow, TextAnswer, TextQuery};
use crate::tables::Tables;
use std::fmt;

/// What `query` needs of a store: one snapshot, read only. Each method fails as the store does.
pub trait Catalogue {
    /// The tables, with the overlay that is kept with the store.
    fn tables(&self) -> &Tables;
    /// The document with this id.
    fn node(&self, id: &str) -> Result<Option<Node>, Error>;
    /// The documents with these ids, in the same order; unknown ids are left out.
    fn nodes(&self, ids: &[String]) -> Result<Vec<Node>, Error>;
    /// Documents whose serial is this one (`DocNumber::serial_key`).
    fn nodes_with_serial(&self, serial_key: &str) -> Result<Vec<Node>, Error>;
    /// Documents of a kind, of one year or of all.
    fn nodes_with_kind(&self, kind: &str, year: Option<i16>) -> Result<Vec<Node>, Error>;
    /// Documents of which a copy lies at this path.
    fn nodes_with_path(&self, path: &str) -> Result<Vec<Node>, Error>;
    /// Documents whose subject holds all these words (`tables::fold::bare`).
    fn nodes_with_title(&self, folded_words: &[String], limit: usize) -> Result<Vec<Node>, Error>;
    /// Canonical numbers of all documents.
    fn numbers(&self) -> Result<Vec<String>, Error>;
    /// Mentions that mean or could mean a document.
    fn incoming(&self, node: &str) -> Result<Vec<LinkRow>, Error>;
    /// Mentions in a document's papers, in the order of the text.
    fn outgoing(&self, node: &str) -> Result<Vec<LinkRow>, Error>;
    /// One mention.
    fn link(&self, citation: &str) -> Result<Option<LinkRow>, Error>;
    /// Every decision of a person and every one taken back, oldest first.
    fn decisions(&self) -> Result<Vec<DecisionRow>, Error>;
    /// What needs a person: the questions that settle most mentions first.
    fn questions(&self) -> Result<Vec<Question>, Error>;
    /// The mentions with these keys, in the same order.
    fn links_at(&self, keys: &[i64]) -> Result<Vec<LinkRow>, Error>;
    /// Edges in which a document acts.
    fn edges_from(&self, node: &str) -> Result<Vec<EdgeRow>, Error>;
    /// Edges in which a document is acted on.
    fn edges_to(&self, node: &str) -> Result<Vec<EdgeRow>, Error>;
    /// How many mentions a document makes, how many speak of it, how many tasks it lays.
    fn counts(&self, node: &str) -> Result<(u64, u64, u64), Error>;
    /// Files that are a document.
    fn copies(&self, node: &str) -> Result<Vec<CopyRow>, Error>;
    /// All that one paper says.
    fn extraction(&self, paper: i64) -> Result<Option<Extraction>, Error>;
    /// Marks of the tasks of some documents, or of all.
    fn task_marks(&self, nodes: Option<&[String]>) -> Result<Vec<TaskMark>, Error>;
    /// The tasks with these keys, in the same order.
    fn tasks_at(&self, keys: &[i64]) -> Result<Vec<TaskRow>, Error>;
    /// Documents cited but not held, with mentions and citing documents; most cited first.
    fn not_held(&self) -> Result<Vec<(Node, u64, u64)>, Error>;
    /// Full text.
    fn search(&self, query: &TextQuery) -> Result<TextAnswer, Error>;
    /// Documents held, mentions, tasks.
    fn totals(&self) -> Result<(u64, u64, u64), Error>;
    /// Finished ingests, oldest first.
    fn runs(&self) -> Result<Vec<Run>, Error>;
    /// Files that were not taken.
    fn rejected(&self) -> Result<Vec<Rejected>, Error>;
    /// What is wrong with the store.
    fn check(&self) -> Result<Vec<Problem>, Error>;
}

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum QueryError {
    /// The reference means nothing here.
    NotFound {
        /// What was typed.
        reference: String,
        /// Numbers that are spelt nearly so, nearest first.
        nearest: Vec<String>,
    },
    /// The reference means several documents where one is needed.
    Several {
        /// What was typed.
        reference: String,
        /// What would single each one out, with its id; most cited first.
        meanings: Vec<(String, String)>,
    },
    /// The question is wrong in itself; what to do.
    Bad {
        /// One sentence: lower case, no final stop.
        message: String,
    },
    /// The store failed.
    Store(Error),
}

impl From<Error> for QueryError {
    fn from(error: Error) -> Self {
        QueryError::Store(error)
    }
}

impl QueryError {
    /// A stable word, what happened (lower case, no final stop), and what to do. Without paths: where the index lies is nobody's
    /// business on the other side.
    pub fn told(&self) -> (&'static str, String, Option<String>) {
        match self {
            QueryError::NotFound { reference, nearest } => {
                let hint = match nearest.is_empty() {
                    true => "search finds documents by the words of their subject".to_owned(),
                    false => format!("did you mean {}?", nearest.join(", ")),
                };
                ("not_found", format!("{reference}: no such document in this index"), Some(hint))
            }
            QueryError::Several { reference, meanings } => {
                let each: Vec<String> = meanings.iter().map(|(id, words)| format!("{id} ({words})")).collect();
                let hint = format!("name one: {}", each.join(", "));
                ("several_meanings", format!("{reference}: it means several documents here"), Some(hint))
            }
            QueryError::Bad { message } => ("bad_request", message.clone(), None),
            QueryError::Store(error) => match error.kind {
                ErrorKind::Locked => ("locked", error.reason(), None),
                ErrorKind::NoIndex => ("no_index", error.reason(), None),
                _ => ("store_failed", error.reason(), None),
            },
        }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (_, message, hint) = self.told();
        f.write_str(&message)?;
        hint.map_or(Ok(()), |hint| write!(f, "; {hint}"))
    }
}

impl std::error::Error for QueryError {}
