//! Questions as understood: the `query` of an answer.
//!
//! Not here: references (see `reading`), and what is answered (see `view`).

use super::Reading;
use crate::model::Date;
use serde::Serialize;

/// What `tasks` was asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TasksQuery {
    /// The reference as understood, where one was given.
    pub reference: Option<Reading>,
    /// Words of the assignee.
    pub assignee: Option<String>,
    /// Due earlier than this day.
    pub due_before: Option<Date>,
    /// Due later than this day.
    pub due_after: Option<Date>,
    /// Due earlier than this day, to be called late.
    pub overdue_on: Option<Date>,
}

/// Which part of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Page {
    /// At most so many; `null` for all.
    pub limit: Option<usize>,
    /// Passed over.
    pub offset: usize,
}

/// What `search` was asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SearchAsked {
    /// Words.
    pub words: String,
    /// Type codes.
    pub kind: Vec<String>,
    /// Issuer.
    pub issuer: Option<String>,
    /// Levels.
    pub level: Vec<String>,
    /// Province.
    pub province: Option<String>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// The cited document, as understood.
    pub cites: Option<Reading>,
    /// At most so many hits.
    pub limit: usize,
    /// Hits passed over.
    pub offset: usize,
}
