//! What the two sides of a reader process say to each other, as bytes.
//!
//! Duty: frames and their lengths, checked, because the other side may be a parser that went wrong. Not here: processes.
//!
//! Request: length of the path (u32, little endian), the path's own bytes.
//! Answer, after as many of the same shape as say that a page begins: [`MARK`], length of the header (u32), length of the text (u64), the header as JSON, the text as UTF-8.

use super::{FileText, Limits};
use crate::model::{Error, ErrorKind, RawText, Stage};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Begins each answer, so that a stray line of output is noticed.
const MARK: [u8; 4] = *b"vbr1";
/// Longest path that any platform allows, with room.
const MAX_PATH: u32 = 1 << 20;
/// Longest header; it holds the warnings.
const MAX_HEADER: u32 = 8 << 20;

/// The header of an answer.
#[derive(Serialize, Deserialize)]
enum Header {
    /// The text follows.
    Read { raw: RawText, sha256: String, bytes: u64 },
    /// No text follows.
    Failed { stage: Stage, failure: Failure },
    /// No answer yet: the recognition of a page begins.
    Page,
}

/// What the reader says.
#[derive(Debug)]
pub(super) enum Answer {
    /// The file was read, or not.
    Done(Result<Box<FileText>, Error>),
    /// The recognition of a page begins; the answer is still to come.
    Page,
}

/// An [`ErrorKind`] that a reader can meet, in a form that can be sent.
#[derive(Serialize, Deserialize)]
enum Failure {
    Empty,
    Truncated(String),
    Encrypted,
    Unsupported(String),
    NeedsOcr,
    Binary,
    TooLarge { bytes: u64, limit: u64 },
    Crashed(String),
    TimeLimit(u64),
    Malformed(String),
    NotFound(String),
    NotPermitted(String),
    Other(String),
    Special(String),
    Changed,
}

impl Failure {
    fn of(kind: &ErrorKind) -> Self {
        match kind.clone() {
            ErrorKind::Empty => Failure::Empty,
            ErrorKind::Truncated(what) => Failure::Truncated(what),
            ErrorKind::Encrypted => Failure::Encrypted,
            ErrorKind::Unsupported(what) => Failure::Unsupported(what),
            ErrorKind::NeedsOcr => Failure::NeedsOcr,
            ErrorKind::Binary => Failure::Binary,
            ErrorKind::TooLarge { bytes, limit } => Failure::TooLarge { bytes, limit },
            ErrorKind::Crashed(why) => Failure::Crashed(why),
            ErrorKind::TimeLimit(seconds) => Failure::TimeLimit(seconds),
            ErrorKind::Malformed(why) => Failure::Malformed(why),
            ErrorKind::Special(what) => Failure::Special(what),
            ErrorKind::Changed => Failure::Changed,
            ErrorKind::Io(io::ErrorKind::NotFound, message) => Failure::NotFound(message),
            ErrorKind::Io(io::ErrorKind::PermissionDenied, message) => Failure::NotPermitted(message),
            ErrorKind::Io(_, message) => Failure::Other(message),
            other => Failure::Other(Error::new(Stage::Read, other).reason()),
        }
    }

    fn kind(self) -> ErrorKind {
        match self {
            Failure::Empty => ErrorKind::Empty,
            Failure::Truncated(what) => ErrorKind::Truncated(what),
            Failure::Encrypted => ErrorKind::Encrypted,
            Failure::Unsupported(what) => ErrorKind::Unsupported(what),
            Failure::NeedsOcr => ErrorKind::NeedsOcr,
            Failure::Binary => ErrorKind::Binary,
            Failure::TooLarge { bytes, limit } => ErrorKind::TooLarge { bytes, limit },
            Failure::Crashed(why) => ErrorKind::Crashed(why),
            Failure::TimeLimit(seconds) => ErrorKind::TimeLimit(seconds),
            Failure::Malformed(why) => ErrorKind::Malformed(why),
            Failure::Special(what) => ErrorKind::Special(what),
            Failure::Changed => ErrorKind::Changed,
            Failure::NotFound(message) => ErrorKind::Io(io::ErrorKind::NotFound, message),
            Failure::NotPermitted(message) => ErrorKind::Io(io::ErrorKind::PermissionDenied, message),
            Failure::Other(message) => ErrorKind::Io(io::ErrorKind::Other, message),
        }
    }
}

/// Writes a request. Errors: the other side is gone, or the path cannot be sent on this platform.
pub(super) fn write_request(output: &mut impl Write, path: &Path) -> io::Result<()> {
    let bytes = path_bytes(path)?;
    let length = u32::try_from(bytes.len()).ok().filter(|&n| n <= MAX_PATH).ok_or_else(|| bad("path too long"))?;
    output.write_all(&length.to_le_bytes())?;
    output.write_all(&bytes)?;
    output.flush()
}

/// Reads a request; `None` when the other side has hung up.
pub(super) fn read_request(input: &mut impl Read) -> io::Result<Option<PathBuf>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let length = u32::from_le_bytes(length);
    if length > MAX_PATH {
        return Err(bad("path too long"));
    }
    let mut bytes = vec![0; length as usize];
    input.read_exact(&mut bytes)?;
    path_of(bytes).map(Some)
}

/// Writes an answer.
pub(super) fn write_answer(output: &mut impl Write, answer: Result<FileText, Error>) -> io::Result<()> {
    let (header, text) = match answer {
        Ok(FileText { mut raw, sha256, bytes }) => {
            let text = std::mem::take(&mut raw.text);
            (Header::Read { raw, sha256, bytes }, text)
        }
        Err(error) => (Header::Failed { stage: error.stage, failure: Failure::of(&error.kind) }, String::new()),
    };
    write(output, &header, &text)
}

/// Tells that the recognition of a page begins.
pub(super) fn write_page(output: &mut impl Write) -> io::Result<()> {
    write(output, &Header::Page, "")
}

fn write(output: &mut impl Write, header: &Header, text: &str) -> io::Result<()> {
    let header = serde_json::to_vec(header).map_err(io::Error::other)?;
    let length = u32::try_from(header.len()).ok().filter(|&n| n <= MAX_HEADER).ok_or_else(|| bad("header too long"))?;
    output.write_all(&MARK)?;
    output.write_all(&length.to_le_bytes())?;
    output.write_all(&(text.len() as u64).to_le_bytes())?;
    output.write_all(&header)?;
    output.write_all(text.as_bytes())?;
    output.flush()
}

/// Reads an answer. The outer error means that the other side does not speak this language, or is gone.
pub(super) fn read_answer(input: &mut impl Read, limits: &Limits) -> io::Result<Answer> {
    let mut start = [0; 16];
    input.read_exact(&mut start)?;
    let [m0, m1, m2, m3, h0, h1, h2, h3, text @ ..] = start;
    let (header, text) = (u32::from_le_bytes([h0, h1, h2, h3]), u64::from_le_bytes(text));
    if [m0, m1, m2, m3] != MARK || header > MAX_HEADER || text > limits.max_text as u64 {
        return Err(bad("the reader gave a strange answer"));
    }
    let header = serde_json::from_slice(&take(input, header as usize)?).map_err(io::Error::other)?;
    let text = String::from_utf8(take(input, text as usize)?).map_err(io::Error::other)?;
    Ok(match header {
        Header::Read { raw, sha256, bytes } => Answer::Done(Ok(Box::new(FileText { raw: RawText { text, ..raw }, sha256, bytes }))),
        Header::Failed { stage, failure } => Answer::Done(Err(Error::new(stage, failure.kind()))),
        Header::Page => Answer::Page,
    })
}

/// Reads so many bytes; memory is taken as they come, not as they were promised.
fn take(input: &mut impl Read, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length.min(1 << 16));
    input.take(length as u64).read_to_end(&mut bytes)?;
    if bytes.len() == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

fn bad(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(unix)]
fn path_bytes(path: &Path) -> io::Result<Vec<u8>> {
    use std::os::unix::ffi::OsStrExt;
    Ok(path.as_os_str().as_bytes().to_vec())
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> io::Result<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Ok(OsString::from_vec(bytes).into())
}

#[cfg(not(unix))]
fn path_bytes(path: &Path) -> io::Result<Vec<u8>> {
    path.to_str().map(|path| path.as_bytes().to_vec()).ok_or_else(|| bad("the name is not valid Unicode; rename the file"))
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> io::Result<PathBuf> {
    String::from_utf8(bytes).map(|path| OsString::from(path).into()).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn there_and_back(answer: Result<FileText, Error>) -> Result<Box<FileText>, Error> {
        let mut bytes = Vec::new();
        write_page(&mut bytes).unwrap();
        write_answer(&mut bytes, answer).unwrap();
        let mut bytes = bytes.as_slice();
        assert!(matches!(read_answer(&mut bytes, &Limits::default()), Ok(Answer::Page)));
        let Answer::Done(answer) = read_answer(&mut bytes, &Limits::default()).unwrap() else { panic!("the answer") };
        answer
    }

    #[test]
    fn text_and_errors_arrive_as_sent() {
        let sent = FileText { raw: RawText::plain("Số 12-CT/TU"), sha256: "ab".into(), bytes: 14 };
        let got = there_and_back(Ok(sent)).unwrap();
        assert_eq!((got.raw.text.as_str(), got.sha256.as_str(), got.bytes), ("Số 12-CT/TU", "ab", 14));
        for kind in [
            ErrorKind::Empty,
            ErrorKind::Truncated("x".into()),
            ErrorKind::TooLarge { bytes: 3, limit: 2 },
            ErrorKind::Io(io::ErrorKind::PermissionDenied, "no".into()),
            ErrorKind::Changed,
        ] {
            let error = there_and_back(Err(Error::new(Stage::Open, kind.clone()))).unwrap_err();
            assert_eq!((error.stage, error.kind), (Stage::Open, kind));
        }
    }

    #[test]
    fn lying_lengths_cost_no_memory() {
        let mut bytes = MARK.to_vec();
        bytes.extend(10u32.to_le_bytes());
        bytes.extend((60u64 << 20).to_le_bytes());
        assert!(read_answer(&mut bytes.as_slice(), &Limits::default()).is_err());
        assert!(read_answer(&mut &b"thread 'main' panicked at"[..], &Limits::default()).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn any_path_can_be_asked_for() {
        use std::os::unix::ffi::OsStrExt;
        let path = Path::new(std::ffi::OsStr::from_bytes(b"/tmp/c\xf4ng v\xe3n.pdf"));
        let mut bytes = Vec::new();
        write_request(&mut bytes, path).unwrap();
        let mut input = bytes.as_slice();
        assert_eq!(read_request(&mut input).unwrap().as_deref(), Some(path));
        assert_eq!(read_request(&mut input).unwrap(), None);
    }
}
