//! Tells the format of a file from its bytes first and its name second.
//!
//! Duty: the formats that are read, and a name for those that are not, so that the report can say what a rejected file
//! is. Not here: checking that the file is sound; its reader does that.

use super::{Format, txt};
use crate::model::{Error, ErrorKind, Stage, Warning, WarningKind};
use memchr::memmem;
use std::io::Cursor;
use std::path::Path;

/// Tells the format of a file from its bytes, then from its name.
///
/// Errors: [`ErrorKind::Empty`], [`ErrorKind::Binary`], [`ErrorKind::Encrypted`], or [`ErrorKind::Unsupported`] with what it is.
pub fn sniff(bytes: &[u8], path: &Path) -> Result<Format, Error> {
    tell(bytes, path).map_err(|kind| Error::new(Stage::Sniff, kind).at(path))
}

/// True for the archives whose kind is only known from all of their bytes.
pub(super) fn is_container(head: &[u8]) -> bool {
    head.starts_with(ZIP) || head.starts_with(OLE)
}

/// A warning when the name promises another format than the bytes hold.
pub(super) fn misleading_name(format: Format, path: &Path) -> Option<Warning> {
    let extension = extension(path)?;
    let (_, promised) = NAMES.iter().find(|(name, _)| *name == extension)?;
    let kept = promised == &format.name() || (!format.needs_parser() && matches!(*promised, "plain text" | "Markdown"));
    (!kept).then(|| {
        let message = format!("the name says {promised}, the bytes say {}; read as {}", format.name(), format.name());
        Warning::new(WarningKind::WrongExtension, message)
    })
}

const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// First bytes that no text has, and what they begin.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"GIF8", "a picture (.gif)"),
    (b"AT&TFORM", "a scanned document (.djvu)"),
    (b"%!PS", "a PostScript file (.ps)"),
    (b"PK\x05\x06", "an empty ZIP archive (.zip)"),
    (b"Rar!\x1a", "a RAR archive (.rar)"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive (.7z)"),
    (b"\x1f\x8b", "a gzip archive (.gz)"),
    (b"\xfd7zXZ", "an xz archive (.xz)"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"\xffWPC", "a WordPerfect document (.wpd)"),
    (b"ID3", "a sound recording (.mp3)"),
];

/// First bytes of the pictures in which text can be recognised.
const PICTURES: &[(&[u8], Format)] =
    &[(b"\x89PNG\r\n\x1a\n", Format::Png), (b"\xff\xd8\xff", Format::Jpeg), (b"II*\0", Format::Tiff), (b"MM\0*", Format::Tiff)];

/// Entries of a ZIP archive that tell what it is, the most telling first.
const ZIP_ENTRIES: &[(&str, &str)] =
    &[("xl/", "an Excel workbook (.xlsx)"), ("ppt/", "a PowerPoint presentation (.pptx)"), ("META-INF/container.xml", "an e-book (.epub)")];

/// Streams of an OLE file that tell what it is; the names are kept in UTF-16.
const OLE_STREAMS: &[(&str, &str)] = &[
    ("PowerPoint Document", "a PowerPoint 97 presentation (.ppt)"),
    ("Workbook", "an Excel 97 workbook (.xls)"),
    ("Book", "an Excel 5 workbook (.xls)"),
    ("__nameid_version", "an Outlook message (.msg)"),
];

/// What an extension promises: the name of a [`Format`], or of something that is not read.
const NAMES: &[(&str, &str)] = &[
    ("txt", "plain text"),
    ("text", "plain text"),
    ("md", "Markdown"),
    ("markdown", "Markdown"),
    ("html", "HTML"),
    ("htm", "HTML"),
    ("xhtml", "HTML"),
    ("docx", "DOCX"),
    ("docm", "DOCX"),
    ("pdf", "PDF"),
    ("doc", "Word 97"),
    ("rtf", "RTF"),
    ("odt", "OpenDocument text"),
    ("xls", "an Excel workbook"),
    ("xlsx", "an Excel workbook"),
    ("png", "a PNG picture"),
    ("jpg", "a JPEG picture"),
    ("jpeg", "a JPEG picture"),
    ("tif", "a TIFF picture"),
    ("tiff", "a TIFF picture"),
    ("zip", "a ZIP archive"),
];

/// Names of files that are text to a machine only.
const DATA: &[(&str, &str)] = &[
    ("csv", "a data table (.csv)"),
    ("tsv", "a data table (.tsv)"),
    ("json", "a data file (.json)"),
    ("jsonl", "a data file (.jsonl)"),
    ("xml", "an XML file (.xml)"),
    ("svg", "a drawing (.svg)"),
    ("eml", "a mail message (.eml)"),
    ("ics", "a calendar (.ics)"),
    ("css", "a style sheet (.css)"),
    ("js", "a program (.js)"),
    ("py", "a program (.py)"),
    ("sh", "a program (.sh)"),
    ("sql", "a database script (.sql)"),
];

fn tell(bytes: &[u8], path: &Path) -> Result<Format, ErrorKind> {
    let unsupported = |what: &str| Err(ErrorKind::Unsupported(what.into()));
    if bytes.is_empty() {
        return Err(ErrorKind::Empty);
    }
    if bytes.starts_with(ZIP) {
        return zip(bytes, path);
    }
    if bytes.starts_with(OLE) {
        return ole(bytes, path);
    }
    // The standard's own readers accept junk before the header, within the first 1,024 bytes.
    if memmem::find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_some() {
        return Ok(Format::Pdf);
    }
    if bytes.starts_with(b"{\\rtf") {
        return Ok(Format::Rtf);
    }
    if let Some((_, format)) = PICTURES.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Ok(*format);
    }
    if let Some((_, what)) = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)) {
        return unsupported(what);
    }
    if let Some(what) = tagged(bytes) {
        return unsupported(what);
    }
    text(bytes, path)
}

/// The formats whose mark stands behind a few other bytes.
fn tagged(bytes: &[u8]) -> Option<&'static str> {
    let at = |start: usize, mark: &[u8]| bytes.get(start..start + mark.len()) == Some(mark);
    if at(0, b"RIFF") && at(8, b"WEBP") {
        return Some("a picture (.webp)");
    }
    if at(0, b"BM") && at(6, b"\0\0\0\0") {
        return Some("a picture (.bmp)");
    }
    if at(0, b"MZ") && bytes[..bytes.len().min(64)].contains(&0) {
        return Some("a program (.exe)");
    }
    if at(4, b"ftyp") {
        return Some("a video or a picture (.mp4, .heic)");
    }
    None
}

fn text(bytes: &[u8], path: &Path) -> Result<Format, ErrorKind> {
    let wide = txt::utf16_mark(bytes).is_some();
    if !wide && txt::is_noise(bytes) {
        return Err(ErrorKind::Binary);
    }
    let extension = extension(path);
    let named = |names: &[&str]| extension.as_deref().is_some_and(|name| names.contains(&name));
    // Enough of the beginning to see the first tags; UTF-16 is brought to ASCII by leaving its zero bytes out.
    let mut start = bytes[..bytes.len().min(4096)].to_vec();
    if wide {
        start.retain(|b| *b != 0 && *b < 0x80);
    }
    start.make_ascii_lowercase();
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&start).trim_ascii_start();
    let tagged = memchr::memchr(b'<', start).is_some();
    let has = |mark: &[u8]| tagged && memmem::find(start, mark).is_some();
    if start.starts_with(b"mime-version:") {
        return Err(ErrorKind::Unsupported("a web archive or a mail message (.mht, .eml)".into()));
    }
    let page = has(b"<!doctype html") || has(b"<html") || has(b"<body");
    if start.starts_with(b"<") && page {
        return Ok(Format::Html);
    }
    if start.starts_with(b"<?xml") {
        return Err(ErrorKind::Unsupported("an XML file (.xml)".into()));
    }
    if named(&["html", "htm", "xhtml"]) {
        return Ok(if page || [&b"<p"[..], b"<div", b"<table", b"<br", b"<span", b"</"].iter().any(|tag| has(tag)) {
            Format::Html
        } else {
            Format::Text
        });
    }
    if let Some((_, what)) = DATA.iter().find(|(name, _)| named(&[name])) {
        return Err(ErrorKind::Unsupported((*what).into()));
    }
    Ok(if named(&["md", "markdown"]) { Format::Markdown } else { Format::Text })
}

/// Reads the names of the entries, which stand in clear before each of them, so that a broken archive is known too.
fn zip(bytes: &[u8], path: &Path) -> Result<Format, ErrorKind> {
    let mut seen = None;
    for at in memmem::find_iter(bytes, ZIP) {
        let Some(header) = bytes.get(at..at + 30) else { break };
        let length = usize::from(u16::from_le_bytes([header[26], header[27]]));
        let Some(name) = bytes.get(at + 30..at + 30 + length) else { continue };
        if name.starts_with(b"word/") {
            return Ok(Format::Docx);
        }
        if name == b"mimetype" {
            let mime = &bytes[at + 30 + length..bytes.len().min(at + 120 + length)];
            if memmem::find(mime, b"opendocument.text").is_some() {
                return Ok(Format::Odt);
            }
            if memmem::find(mime, b"opendocument").is_some() {
                return Err(ErrorKind::Unsupported("an OpenDocument file (.ods, .odp)".into()));
            }
        }
        seen = seen.or_else(|| ZIP_ENTRIES.iter().find(|(entry, _)| name.starts_with(entry.as_bytes())).map(|(_, what)| *what));
    }
    match seen {
        Some(what) => Err(ErrorKind::Unsupported(what.into())),
        // Cut off before the first telling entry: its name is all there is.
        None if matches!(extension(path).as_deref(), Some("docx" | "docm")) => Ok(Format::Docx),
        None => Err(ErrorKind::Unsupported("a ZIP archive (.zip)".into())),
    }
}

fn ole(bytes: &[u8], path: &Path) -> Result<Format, ErrorKind> {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &wide).is_some()
    };
    // A DOCX with a password is wrapped into an OLE file.
    if holds("EncryptedPackage") {
        return Err(ErrorKind::Encrypted);
    }
    // What a file embeds has streams too, but not at the root.
    let root = cfb::CompoundFile::open(Cursor::new(bytes)).ok();
    let is_root = |name: &str| root.as_ref().map_or_else(|| holds(name), |file| file.is_stream(name));
    if is_root("WordDocument") {
        return Ok(Format::Doc);
    }
    let what = OLE_STREAMS.iter().find(|(name, _)| is_root(name));
    // Cut off before its directory: its name is all there is.
    if what.is_none() && root.is_none() && extension(path).as_deref() == Some("doc") {
        return Ok(Format::Doc);
    }
    Err(ErrorKind::Unsupported(what.map_or("an old Office file", |(_, what)| what).into()))
}

fn extension(path: &Path) -> Option<String> {
    path.extension().and_then(|name| name.to_str()).map(str::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the bytes of a file of that name are taken for.
    fn check(name: &str, bytes: &[u8], expected: Result<Format, &str>) {
        let told = sniff(bytes, Path::new(name)).map_err(|error| error.reason());
        match (&told, expected) {
            (Ok(format), Ok(wanted)) => assert_eq!(*format, wanted, "{name}"),
            (Err(reason), Err(part)) => assert!(reason.contains(part), "{name}: {reason}"),
            _ => panic!("{name}: {told:?} instead of {expected:?}"),
        }
    }

    #[test]
    fn bytes_come_before_the_name() {
        check("a.txt", "Số 12-CT/TU".as_bytes(), Ok(Format::Text));
        check("a", "Số 12-CT/TU".as_bytes(), Ok(Format::Text));
        check("a.md", b"# a", Ok(Format::Markdown));
        check("a.txt", b"%PDF-1.7\n", Ok(Format::Pdf));
        check("a.doc", b"\n<!DOCTYPE html><p>x</p>", Ok(Format::Html));
        check("a.html", b"<p>x</p>", Ok(Format::Html));
        check("a.html", b"no tags at all", Ok(Format::Text));
        check("a.md", b"<div align=center>x</div>", Ok(Format::Markdown));
        check("a.docx", b"PK\x03\x04\x14\0", Ok(Format::Docx));
    }

    #[test]
    fn what_is_not_read_is_named() {
        check("a.txt", b"", Err("no text in it"));
        check("a.txt", b"{\\rtf1 x}", Ok(Format::Rtf));
        check("a.pdf", b"\x89PNG\r\n\x1a\n", Ok(Format::Png));
        check("a.pdf", b"GIF89a", Err("(.gif)"));
        check("a.csv", b"a,b", Err("(.csv)"));
        check("a.zip", b"PK\x03\x04\x14\0", Err("(.zip)"));
        check("a.xml", b"<?xml version='1.0'?><a/>", Err("(.xml)"));
        check("a.txt", &[1, 2, 3, 4, 0, 0, 0, 0], Err("holds no text"));
        let mut word = OLE.to_vec();
        word.extend("WordDocument".encode_utf16().flat_map(u16::to_le_bytes));
        check("a.bin", &word, Ok(Format::Doc));
        check("a.doc", OLE, Ok(Format::Doc));
        check("a.xls", OLE, Err("an old Office file"));
        let mut locked = OLE.to_vec();
        locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        check("a.docx", &locked, Err("password"));
    }

    #[test]
    fn misleading_names_are_told() {
        let told = |format, name| misleading_name(format, Path::new(name)).map(|warning| warning.message);
        assert_eq!(told(Format::Html, "a.doc").as_deref(), Some("the name says Word 97, the bytes say HTML; read as HTML"));
        assert_eq!(told(Format::Text, "a.md"), None);
        assert_eq!(told(Format::Text, "a.bak"), None);
        assert_eq!(told(Format::Pdf, "A.PDF"), None);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(0u8.., 0..200), zip in proptest::bool::ANY) {
            let bytes = if zip { [ZIP, &bytes].concat() } else { bytes };
            let _ = sniff(&bytes, Path::new("a.docx"));
        }
    }
}
