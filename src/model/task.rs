//! A duty laid on somebody.

use super::{Date, Span};
use serde::{Deserialize, Serialize};

/// Who the duty falls on is told by the lead-in, or in the item itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TaskKind {
    /// No body named: the addressee of the lead-in sentence.
    Policy,
    /// A body is named.
    Assignment,
}

/// A deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The words: "trước ngày 30/6/2022".
    pub text: String,
    /// The last day, where it can be computed.
    pub date: Option<Date>,
}

/// A repetition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurrence {
    /// The words: "Định kỳ 6 tháng và hằng năm".
    pub text: String,
    /// Periods in months: 6, 12.
    pub months: Vec<u32>,
}

/// One body-and-duty. Spans count in the raw text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// From the label (or first word) to the end of the duty.
    pub span: Span,
    /// Path of labels: "III.3".
    pub label: Option<String>,
    /// The words, in normal text.
    pub text: String,
    /// Whether a body is named.
    pub kind: TaskKind,
    /// Bodies that lead.
    pub assignees: Vec<String>,
    /// Bodies that take part.
    pub coordinators: Vec<String>,
    /// Deadline.
    pub due: Option<Due>,
    /// Repetition.
    pub recurrence: Option<Recurrence>,
    /// Body to be reported to.
    pub report_to: Option<String>,
    /// Indices of the citations inside the task.
    pub citations: Vec<usize>,
}
