//! A file or the store failed: what, where, and what to do.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::{Path, PathBuf};

/// The step in which a file failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Finding files.
    Walk,
    /// Opening and reading the bytes.
    Open,
    /// Telling the format.
    Sniff,
    /// Getting the text out.
    Read,
    /// Recognising the text of pictures.
    Ocr,
    /// Recognising facts.
    Extract,
    /// Keeping them.
    Store,
}

impl Stage {
    /// The word of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Walk => "walk",
            Stage::Open => "open",
            Stage::Sniff => "sniff",
            Stage::Read => "read",
            Stage::Ocr => "ocr",
            Stage::Extract => "extract",
            Stage::Store => "store",
        }
    }
}

/// What went wrong. The message of each says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The file has no bytes, or no text.
    Empty,
    /// The file breaks off.
    Truncated(String),
    /// A password is needed.
    Encrypted,
    /// Not a format that is read; what it seems to be.
    Unsupported(String),
    /// No text layer: the pages are pictures.
    NeedsOcr,
    /// Bytes without text.
    Binary,
    /// More bytes than the limit.
    TooLarge {
        /// Size in bytes.
        bytes: u64,
        /// Limit in bytes.
        limit: u64,
    },
    /// The reader took longer than the limit, in seconds.
    TimeLimit(u64),
    /// The reader wanted more memory than the limit, in MiB, or crashed.
    Crashed(String),
    /// The parser refused the file.
    Malformed(String),
    /// The operating system refused.
    Io(std::io::ErrorKind, String),
    /// A folder that holds itself.
    Loop,
    /// Neither a file nor a folder; what it is.
    Special(String),
    /// The file was written to while it was read.
    Changed,
    /// Somebody else is writing.
    Locked,
    /// Nothing was ingested into this folder yet.
    NoIndex,
    /// The store was written by another version.
    StoreVersion {
        /// Format found.
        found: i32,
        /// Format that this program writes.
        expected: i32,
    },
    /// The folder is not a store, or its files are damaged.
    StoreDamaged(String),
    /// The catalogue itself, which nothing can be made from again but the papers, is damaged.
    CatalogueDamaged(String),
    /// A table row is wrong.
    Table(String),
}

/// An error with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What went wrong.
    pub kind: ErrorKind,
    /// In which step.
    pub stage: Stage,
    /// With which file, where there is one.
    pub path: Option<PathBuf>,
}

impl Error {
    /// An error of a step.
    pub fn new(stage: Stage, kind: ErrorKind) -> Self {
        Error { kind, stage, path: None }
    }

    /// The same error, told of a file.
    pub fn at(mut self, path: impl AsRef<Path>) -> Self {
        self.path = Some(path.as_ref().to_path_buf());
        self
    }

    /// From an input/output error.
    pub fn io(stage: Stage, error: &std::io::Error) -> Self {
        Error::new(stage, ErrorKind::Io(error.kind(), error.to_string()))
    }

    /// The reason without the path, with what to do.
    pub fn reason(&self) -> String {
        match &self.kind {
            ErrorKind::Empty => "there is no text in it; check that the file was saved completely".into(),
            ErrorKind::Truncated(what) => format!("it breaks off ({what}); copy the file again"),
            ErrorKind::Encrypted => "it needs a password; save it without one and ingest again".into(),
            ErrorKind::Unsupported(what) => format!("not yet readable: {what}; save it as PDF with text, DOCX, HTML or plain text"),
            ErrorKind::NeedsOcr => {
                "its pages hold no usable text and need OCR; install tesseract with its Vietnamese data (Debian, Ubuntu: apt install \
                 tesseract-ocr-vie; macOS: brew install tesseract-lang) and ingest again"
                    .into()
            }
            ErrorKind::Binary => "it holds no text; remove it from the folder or save it as PDF, DOCX, HTML or plain text".into(),
            ErrorKind::TooLarge { bytes, limit } => {
                format!("{} MiB is more than the limit of {} MiB; split the file", bytes >> 20, limit >> 20)
            }
            ErrorKind::TimeLimit(seconds) => format!("reading took longer than {seconds} s and was stopped; save it anew or as plain text"),
            ErrorKind::Crashed(why) => format!("the reader crashed ({why}); save it anew or as plain text"),
            ErrorKind::Malformed(why) => format!("it cannot be parsed ({why}); open it in its own program and save it again"),
            ErrorKind::Io(std::io::ErrorKind::PermissionDenied, _) => "no permission to read it; give yourself read permission".into(),
            ErrorKind::Io(std::io::ErrorKind::NotFound, _) => "it is not there; check the path".into(),
            ErrorKind::Io(std::io::ErrorKind::StorageFull, _) => "the disk is full; free space and run the same command again".into(),
            ErrorKind::Io(_, message) => message.clone(),
            ErrorKind::Loop => "a link leads back to a folder above it; remove the link".into(),
            ErrorKind::Special(what) => format!("it is {what}, not a file with text; take it out of the folder"),
            ErrorKind::Changed => "it was written to while it was read; run the same command again when nobody writes to it".into(),
            ErrorKind::Locked => "another vanban is writing to this index; wait for it to end".into(),
            ErrorKind::NoIndex => "there is no index here yet; run `vanban ingest` first, or name another folder with --index".into(),
            ErrorKind::StoreVersion { found, expected } if found < expected => {
                format!("written by an older version (format {found}, this program reads {expected}); `vanban ingest` brings it up to date")
            }
            ErrorKind::StoreVersion { found, expected } => {
                format!(
                    "written by another version (format {found}, this program writes {expected}); ingest into a new folder with --index"
                )
            }
            ErrorKind::StoreDamaged(why) => format!("{why}; run `vanban check --repair`, or ingest into a new folder with --index"),
            ErrorKind::CatalogueDamaged(why) => format!(
                "the catalogue is damaged ({why}); your papers are not: move the index folder away and ingest them again (decisions \
                 are told by `vanban decide --log` as long as the old folder can be read)"
            ),
            ErrorKind::Table(why) => why.clone(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}: ", path.display())?;
        }
        write!(f, "{}: {}", self.stage.as_str(), self.reason())
    }
}

impl std::error::Error for Error {}
