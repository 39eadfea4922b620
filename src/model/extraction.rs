//! All that one document says, as `extract --format json` prints it and the catalogue keeps it.

use super::{Citation, DocumentFacts, Method, OutlineEntry, Span, StatedRelation, Task, Warning};
use serde::{Deserialize, Serialize};

/// The name of the record's format.
pub const SCHEMA: &str = "vanban.extraction/1";

/// The file that the text was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFacts {
    /// Path as given.
    pub path: String,
    /// Hash of the file's bytes, hexadecimal.
    pub sha256: String,
    /// Internet media type.
    pub media_type: String,
    /// Encoding of the bytes, where the format leaves that open.
    pub encoding: Option<String>,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Number of pages, where the format has pages.
    pub pages: Option<u32>,
    /// How the text was got.
    pub method: Method,
}

/// One document's facts; spans count in the raw text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Extraction {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The file.
    pub source: SourceFacts,
    /// What the document says of itself.
    pub document: DocumentFacts,
    /// Mentions of other documents, in the order of the text.
    pub citations: Vec<Citation>,
    /// Relations between other documents that this text states.
    pub stated_relations: Vec<StatedRelation>,
    /// Duties, in the order of the text.
    pub tasks: Vec<Task>,
    /// Headings.
    pub outline: Vec<OutlineEntry>,
    /// Oddities.
    pub warnings: Vec<Warning>,
    /// The papers of a file that holds several; else empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartFacts>,
}

/// One of several papers in a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartFacts {
    /// What it says of itself.
    pub document: DocumentFacts,
    /// Its stretch of the raw text.
    pub span: Span,
}
