//! The nouns of the field, and the errors.
//!
//! Duty: types that more than one floor speaks. Not here: recognising, reading, storing.
//! Types that a record on disk or the `extract` answer mirrors derive serde.

pub mod citation;
pub mod document;
pub mod error;
pub mod extraction;
pub mod issuer;
pub mod number;
pub mod offset_map;
pub mod outline;
pub mod plain;
pub mod relation;
pub mod span;
pub mod task;
pub mod text;
pub mod warning;

pub use citation::{Citation, CitationForm, Place, StatedRelation};
pub use document::{DateBasis, DocumentFacts, Signer};
pub use error::{Error, ErrorKind, Stage};
pub use extraction::{Extraction, PartFacts, SCHEMA, SourceFacts};
pub use issuer::{Issuer, Level};
pub use number::{DocNumber, System};
pub use offset_map::OffsetMap;
pub use outline::{Block, BlockKind, Footnote, OutlineEntry, Structure};
pub use relation::Relation;
pub use span::Span;
pub use task::{Due, Recurrence, Task, TaskKind};
pub use text::{Method, NormText, RawText};
pub use warning::{Warning, WarningKind};

/// A calendar date; written as ISO 8601 (`2022-03-24`).
pub type Date = jiff::civil::Date;
