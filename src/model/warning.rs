//! Something odd in a document that does not stop the work.

use super::Span;
use serde::{Deserialize, Serialize};

/// What is odd; the words are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WarningKind {
    /// The document shows no number of its own.
    NumberMissing,
    /// The document shows no date of its own.
    DateMissing,
    /// The issuer could not be told.
    IssuerMissing,
    /// The province of a provincial paper could not be told.
    ProvinceMissing,
    /// A date that no calendar has.
    ImpossibleDate,
    /// A number or symbol was repaired.
    Repaired,
    /// Bytes that do not fit the encoding were replaced.
    Decoding,
    /// Letters of an encoding from before Unicode were converted.
    Converted,
    /// Little of the text looks like Vietnamese.
    DamagedText,
    /// Part of the file could not be read.
    Incomplete,
    /// Text was recognised in pictures of pages; with the mean confidence.
    Recognised,
    /// The name says one format, the bytes another.
    WrongExtension,
}

/// One oddity, kept in the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What is odd.
    pub kind: WarningKind,
    /// One sentence for a person: lower case, no final stop.
    pub message: String,
    /// Where, in the raw text.
    pub span: Option<Span>,
}

impl Warning {
    /// A warning without a place.
    pub fn new(kind: WarningKind, message: impl Into<String>) -> Self {
        Warning { kind, message: message.into(), span: None }
    }
}
