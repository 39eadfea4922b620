//! Text as it was read, and text as the recognisers see it.

use super::{OffsetMap, Span, Warning};
use serde::{Deserialize, Serialize};

/// How the text was got out of the file; the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Decoded bytes of a plain text or Markdown file.
    Text,
    /// Main text of an HTML page.
    Html,
    /// Paragraphs and cells of an office file.
    Office,
    /// Positioned runs of a PDF, laid out by us.
    PdfLayout,
    /// The invisible text layer of a scanned PDF.
    PdfTextLayer,
    /// Optical character recognition.
    Ocr,
}

/// The text of one file, decoded, not yet normalised. Pages are separated by form feeds.
///
/// For a plain UTF-8 file `text` is the file's own bytes, a byte order mark included.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RawText {
    /// The decoded text.
    pub text: String,
    /// Internet media type, from the bytes first and the name second.
    pub media_type: String,
    /// Character encoding the bytes were in, where the format leaves that open.
    pub encoding: Option<String>,
    /// Number of pages, where the format has pages.
    pub pages: Option<u32>,
    /// How the text was got.
    pub method: Method,
    /// Odd things seen while reading; spans count in `text`.
    pub warnings: Vec<Warning>,
}

impl RawText {
    /// Plain UTF-8 text, as a test or standard input gives it.
    pub fn plain(text: impl Into<String>) -> Self {
        RawText {
            text: text.into(),
            media_type: "text/plain".into(),
            encoding: Some("utf-8".into()),
            pages: None,
            method: Method::Text,
            warnings: Vec::new(),
        }
    }
}

/// Normal text: NFC, one paragraph or table cell a line, symbols joined; with the way back.
#[derive(Clone, Debug, Default)]
pub struct NormText {
    /// The text. Lines are paragraphs, list items, letterhead lines or the single character `|` (a cell border).
    pub text: String,
    /// Leads from spans of `text` to spans of the raw text.
    pub map: OffsetMap,
    /// Footnote marks that were lifted out of running text; a mark at the start of a line stays, as superscript digits.
    pub marks: Vec<FootnoteMark>,
    /// Byte offsets in `text` at which a page of the source begins, the first page left out.
    pub page_starts: Vec<usize>,
    /// Lines that were lifted out because they interrupt the text: running heads, page numbers, signature stamps.
    pub lifted: Vec<Lifted>,
}

/// A line that was lifted out of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lifted {
    /// Where it stands in the raw text.
    pub source: Span,
    /// Byte offset in the normal text at which it stood.
    pub at: usize,
    /// What it said.
    pub text: String,
    /// True for a line of a digital signature's stamp, false for page furniture.
    pub stamp: bool,
}

/// A footnote mark that was lifted out of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FootnoteMark {
    /// Byte offset in the normal text at which the mark stood.
    pub at: usize,
    /// What it said, as plain digits or letters (`12`, `*`).
    pub label: String,
}

impl NormText {
    /// The raw span of a normal span.
    pub fn to_source(&self, span: Span) -> Span {
        self.map.to_source(span)
    }

    /// The lines with their spans, newline left out, empty lines included.
    pub fn lines(&self) -> impl Iterator<Item = (Span, &str)> {
        let mut at = 0;
        self.text.split('\n').map(move |line| {
            let span = Span::new(at, at + line.len());
            at += line.len() + 1;
            (span, line)
        })
    }
}
