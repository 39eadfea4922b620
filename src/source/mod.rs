//! Floor 2: the bytes of a file become its raw text.
//!
//! Duty: finding files ([`walk`]), telling their format from the bytes ([`sniff`]), getting the text out ([`decode`]),
//! and doing so without trust: what needs a parser is read by a process of its own ([`Pool`]), under a time limit and
//! a memory limit. Not here: what the text means, Unicode normal forms, threads other than those of the reader.
//!
//! Every reader hands on the same shape, so that the floors above need not know the format:
//! - paragraphs are lines with a blank line between them (a PDF keeps its printed lines);
//! - a table cell stands between lines that hold the single character `|`, row after row; an empty cell is an empty line;
//! - footnote marks are superscript digits (`¹²`), so that they never merge with a number;
//! - pages, where there are any, are separated by form feeds.

mod archive;
mod archive_marks;
mod doc_fonts;
mod fonts;
mod hocr;
mod html;
mod legacy;
mod legacy_memory;
mod legacy_words;
mod lines;
mod ocr;
mod office;
mod open;
mod pdf;
mod pdf_columns;
mod pdf_doubt;
mod pdf_layer;
mod pdf_layout;
mod pdf_lines;
mod pdf_pages;
mod pdf_repairs;
mod pdf_rules;
mod pdf_scan;
mod pdf_tables;
mod picture;
mod pool;
mod private;
mod reader;
mod rtf_marks;
mod sniff;
mod txt;
mod walk;
mod wire;
mod xml_marks;

pub use ocr::{Ocr, can_recognise};
pub use open::hash;
pub use pool::Pool;
pub use private::PrivateCopy;
pub use reader::serve;
pub use sniff::sniff;
pub use walk::{Found, Stamp, look, reach, walk};

use crate::model::{Error, ErrorKind, RawText, SourceFacts, Stage};
use ocr::Recogniser;
use std::path::{Path, PathBuf};

/// What one file may cost before it is given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Size of a file in bytes. Text files are held to `max_text` as well.
    pub max_bytes: u64,
    /// Seconds on the clock for one file in a reader process.
    pub seconds: u64,
    /// Address space of a reader process in MiB, where the platform can limit it.
    pub memory_mib: u64,
    /// Bytes of decoded text.
    pub max_text: usize,
    /// Which pages text recognition reads.
    pub ocr: Ocr,
    /// The program that recognises text.
    pub recogniser: PathBuf,
    /// Seconds on the clock for the recognition of one page; each page begins the time of its file anew.
    pub page_seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_bytes: 100 << 20,
            seconds: 30,
            memory_mib: 1024,
            max_text: 64 << 20,
            ocr: Ocr::Never,
            recogniser: "tesseract".into(),
            page_seconds: 60,
        }
    }
}

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text in any encoding.
    Text,
    /// Plain text with Markdown marks, which are kept.
    Markdown,
    /// A web page.
    Html,
    /// Word 97 to 2003.
    Doc,
    /// Word 2007 and later.
    Docx,
    /// OpenDocument text.
    Odt,
    /// Rich Text Format.
    Rtf,
    /// Portable Document Format.
    Pdf,
    /// A picture of a page, Portable Network Graphics.
    Png,
    /// A picture of a page, JPEG.
    Jpeg,
    /// A picture of a page or of several, Tagged Image File Format.
    Tiff,
}

impl Format {
    /// Internet media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Text => "text/plain",
            Format::Markdown => "text/markdown",
            Format::Html => "text/html",
            Format::Doc => "application/msword",
            Format::Odt => "application/vnd.oasis.opendocument.text",
            Format::Rtf => "application/rtf",
            Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Format::Pdf => "application/pdf",
            Format::Png => "image/png",
            Format::Jpeg => "image/jpeg",
            Format::Tiff => "image/tiff",
        }
    }

    /// Name for a person.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "plain text",
            Format::Markdown => "Markdown",
            Format::Html => "HTML",
            Format::Doc => "Word 97",
            Format::Docx => "DOCX",
            Format::Odt => "OpenDocument text",
            Format::Rtf => "RTF",
            Format::Pdf => "PDF",
            Format::Png => "a PNG picture",
            Format::Jpeg => "a JPEG picture",
            Format::Tiff => "a TIFF picture",
        }
    }

    /// True when reading it takes a parser that is not trusted in this process.
    pub(crate) fn needs_parser(self) -> bool {
        !matches!(self, Format::Text | Format::Markdown)
    }
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct FileText {
    /// Its text.
    pub raw: RawText,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
}

impl FileText {
    /// What is known of the file itself, under the name that answers give it.
    pub fn facts(&self, name: impl Into<String>) -> SourceFacts {
        SourceFacts {
            path: name.into(),
            sha256: self.sha256.clone(),
            media_type: self.raw.media_type.clone(),
            encoding: self.raw.encoding.clone(),
            bytes: self.bytes,
            pages: self.raw.pages,
            method: self.raw.method,
        }
    }
}

/// Decodes bytes of a known format, in this process; `path` is only used for what its name says.
///
/// Bytes that are not the user's own belong into [`Pool::read`]. Errors carry the path and [`Stage::Read`].
pub fn decode(format: Format, bytes: &[u8], path: &Path, limits: &Limits) -> Result<RawText, Error> {
    decode_with(&Recogniser::new(limits, None), format, bytes, path, limits)
}

fn decode_with(ocr: &Recogniser, format: Format, bytes: &[u8], path: &Path, limits: &Limits) -> Result<RawText, Error> {
    if bytes.len() as u64 > limits.max_bytes {
        let kind = ErrorKind::TooLarge { bytes: bytes.len() as u64, limit: limits.max_bytes };
        return Err(Error::new(Stage::Read, kind).at(path));
    }
    let raw = match format {
        Format::Text | Format::Markdown => txt::decode(format, bytes.to_vec(), limits),
        Format::Html => html::decode(bytes),
        Format::Doc | Format::Docx | Format::Odt | Format::Rtf => office::decode(format, bytes),
        Format::Pdf => pdf::decode(bytes, limits, ocr),
        Format::Png | Format::Jpeg | Format::Tiff => picture::decode(format, bytes, ocr),
    };
    finish(format, raw, path, limits)
}

/// Decodes a text file without copying it.
fn decode_owned(ocr: &Recogniser, format: Format, bytes: Vec<u8>, path: &Path, limits: &Limits) -> Result<RawText, Error> {
    if format.needs_parser() {
        return decode_with(ocr, format, &bytes, path, limits);
    }
    finish(format, txt::decode(format, bytes, limits), path, limits)
}

/// What holds for every format: some text, not too much of it, and a word on a name that misleads.
fn finish(format: Format, raw: Result<RawText, ErrorKind>, path: &Path, limits: &Limits) -> Result<RawText, Error> {
    let fail = |kind| {
        let stage = if kind == ErrorKind::NeedsOcr { Stage::Ocr } else { Stage::Read };
        Error::new(stage, kind).at(path)
    };
    let mut raw = raw.map_err(fail)?;
    legacy::apply(&mut raw);
    if raw.text.len() > limits.max_text {
        return Err(fail(ErrorKind::TooLarge { bytes: raw.text.len() as u64, limit: limits.max_text as u64 }));
    }
    if raw.text.chars().all(|c| c.is_whitespace() || c == '\u{feff}' || c == '|') {
        return Err(fail(ErrorKind::Empty));
    }
    raw.warnings.extend(sniff::misleading_name(format, path));
    Ok(raw)
}
