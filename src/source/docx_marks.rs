//! Keeps raised digits apart in a DOCX, before anydoc reads it.
//!
//! Duty: anydoc's model has no superscript, so that "giai đoạn" with a typed footnote mark 1 would become "giai đoạn1",
//! and a number its tenfold. Runs that are raised and hold digits only get Unicode superscript digits, in a copy of the
//! archive. Not here: real footnotes (anydoc knows them), reading the document.

use super::lines::{mark_label, superscript};
use memchr::memmem;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const PART: &str = "word/document.xml";
/// Larger documents are left as they are: a paper has a few MiB of markup at most.
const MAX_PART: u64 = 64 << 20;
const RAISED: &str = "<w:vertAlign w:val=\"superscript\"/>";
const RUN_END: &str = "</w:r>";

/// A copy of the archive with raised digits as superscript digits; `None` when there are none, or when the archive is not
/// sound enough to be copied, which its reader will tell.
pub(super) fn keep(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut markup = String::new();
    archive.by_name(PART).ok()?.take(MAX_PART).read_to_string(&mut markup).ok()?;
    if markup.len() as u64 == MAX_PART {
        return None;
    }
    let changed = raise(&markup)?;
    let mut copy = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    for place in 0..archive.len() {
        let entry = archive.by_index_raw(place).ok()?;
        if entry.name() == PART {
            copy.start_file(PART, SimpleFileOptions::default()).ok()?;
            copy.write_all(changed.as_bytes()).ok()?;
        } else {
            copy.raw_copy_file(entry).ok()?;
        }
    }
    Some(copy.finish().ok()?.into_inner())
}

/// The markup with raised digits replaced; `None` when nothing was.
fn raise(markup: &str) -> Option<String> {
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
        assert_eq!(raise(&markup), Some(expected));
        assert_eq!(raise(&run("<w:b/>", "12")), None);
    }

    #[test]
    fn a_paragraphs_own_properties_raise_nothing() {
        let markup = format!("<w:pPr><w:rPr>{RAISED}</w:rPr></w:pPr>{}", run("", "12"));
        assert_eq!(raise(&markup), None);
    }

    #[test]
    fn what_is_no_archive_is_left_alone() {
        assert_eq!(keep(b"PK\x03\x04 and nothing else"), None);
    }
}
