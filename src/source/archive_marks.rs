//! Changes the markup of a DOCX or an ODT where anydoc's model would lose what counts.
//!
//! Duty: a copy of the archive with changed parts. Raised digits: anydoc's model has no superscript, so that "giai đoạn"
//! with a typed footnote mark 1 would become "giai đoạn1", and a number its tenfold; runs that are raised and hold digits
//! only get Unicode superscript digits. Fonts of old encodings: [`xml_marks`](super::xml_marks). Not here: real footnotes
//! (anydoc knows them), reading the document.

use super::fonts::Font;
use super::lines::{mark_label, superscript};
use super::xml_marks::{Styles, may_be_old};
use memchr::memmem;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Larger documents are left as they are: a paper has a few MiB of markup at most.
const MAX_PART: u64 = 64 << 20;
const RAISED: &str = "<w:vertAlign w:val=\"superscript\"/>";
const RUN_END: &str = "</w:r>";

/// A copy of a DOCX with raised digits as superscript digits and marks of fonts; `None` when there are none, or when the
/// archive is not sound enough to be copied, which its reader will tell.
pub(super) fn keep_docx(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let main = part(&mut archive, "word/document.xml")?;
    let sheet = part(&mut archive, "word/styles.xml").unwrap_or_default();
    let is_old = may_be_old(&main) || may_be_old(&sheet);
    let raised = raise(&main, is_old);
    if !is_old {
        return copy(archive, bytes.len(), &[("word/document.xml", raised?)]);
    }
    let mut styles = Styles::default();
    styles.add_docx(&sheet);
    let mut changed = vec![("word/document.xml", styles.mark_docx(raised.as_deref().unwrap_or(&main)))];
    for name in ["word/footnotes.xml", "word/endnotes.xml"] {
        changed.extend(part(&mut archive, name).map(|notes| (name, styles.mark_docx(&notes))));
    }
    copy(archive, bytes.len(), &changed)
}

/// A copy of an ODT with marks of fonts; `None` as for a DOCX.
pub(super) fn keep_odt(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let main = part(&mut archive, "content.xml")?;
    let sheet = part(&mut archive, "styles.xml").unwrap_or_default();
    if !(may_be_old(&main) || may_be_old(&sheet)) {
        return None;
    }
    let mut styles = Styles::default();
    styles.add_odt(&sheet);
    styles.add_odt(&main);
    copy(archive, bytes.len(), &[("content.xml", styles.mark_odt(&main))])
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut markup = String::new();
    archive.by_name(name).ok()?.take(MAX_PART).read_to_string(&mut markup).ok()?;
    Some(markup).filter(|markup| (markup.len() as u64) < MAX_PART)
}

fn copy(mut archive: ZipArchive<Cursor<&[u8]>>, size: usize, changed: &[(&str, String)]) -> Option<Vec<u8>> {
    let mut copy = ZipWriter::new(Cursor::new(Vec::with_capacity(size)));
    for place in 0..archive.len() {
        let entry = archive.by_index_raw(place).ok()?;
        match changed.iter().find(|(name, _)| *name == entry.name()) {
            Some((name, markup)) => {
                copy.start_file(*name, SimpleFileOptions::default()).ok()?;
                copy.write_all(markup.as_bytes()).ok()?;
            }
            None => copy.raw_copy_file(entry).ok()?,
        }
    }
    Some(copy.finish().ok()?.into_inner())
}

/// The markup with raised digits replaced; `None` when nothing was.
fn raise(markup: &str, is_old: bool) -> Option<String> {
    let mut out = String::new();
    let mut done = 0;
    for at in memmem::find_iter(markup.as_bytes(), RAISED) {
        // The properties stand first in a run, so its text follows; a run that begins before it ends means that the
        // properties were those of a paragraph.
        let Some(end) = markup[at..].find(RUN_END).map(|end| at + end) else { break };
        let run = &markup[at..end];
        if run.contains("<w:r>") || run.contains("<w:r ") {
            continue;
        }
        let Some((start, text)) = run_text(run) else { continue };
        if mark_label(text).is_none() {
            continue;
        }
        out.push_str(&markup[done..at + start]);
        // In a font of an old encoding the superscript digits would be letters.
        out.extend(is_old.then(|| Font::Other.mark()));
        out.extend(text.chars().filter(|c| !matches!(c, '[' | ']' | '(' | ')')).map(superscript));
        done = at + start + text.len();
    }
    if done == 0 {
        return None;
    }
    out.push_str(&markup[done..]);
    Some(out)
}

/// The text of a run's only `w:t`, with its place.
fn run_text(run: &str) -> Option<(usize, &str)> {
    let tag = run.find("<w:t>").or_else(|| run.find("<w:t "))?;
    let start = tag + run[tag..].find('>')? + 1;
    let end = start + run[start..].find("</w:t>")?;
    (!run[end..].contains("<w:t>") && !run[end..].contains("<w:t ")).then_some((start, &run[start..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(properties: &str, text: &str) -> String {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    }

    #[test]
    fn raised_digits_only() {
        let markup = format!("{}{}{}", run("", "giai đoạn"), run(RAISED, "12"), run(RAISED, "____"));
        let expected = format!("{}{}{}", run("", "giai đoạn"), run(RAISED, "¹²"), run(RAISED, "____"));
        assert_eq!(raise(&markup, false), Some(expected));
        assert_eq!(raise(&run("<w:b/>", "12"), false), None);
    }

    #[test]
    fn a_paragraphs_own_properties_raise_nothing() {
        let markup = format!("<w:pPr><w:rPr>{RAISED}</w:rPr></w:pPr>{}", run("", "12"));
        assert_eq!(raise(&markup, false), None);
    }

    #[test]
    fn what_is_no_archive_is_left_alone() {
        assert_eq!(keep_docx(b"PK\x03\x04 and nothing else"), None);
    }
}
