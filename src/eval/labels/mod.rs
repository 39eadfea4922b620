//! Label sets: papers or passages with marks that somebody else made, each in a form of its own.
//!
//! Duty: tell a label set by what its folder holds, read it, judge the program by it. One file a form: `triples` (who
//! amends whom, passage by passage), `notes` (source notes whose links have a target), `titles` (official names).
//! Not here: gold sets (`gold`, `judge`), printing.

mod notes;
mod titles;
mod triples;
mod words;

use super::report::{Finding, Tally};
use crate::extract::Extractor;
use crate::model::{Error, ErrorKind, Extraction, Method, RawText, SourceFacts, Stage};
use crate::tables::Tables;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Names of all figures, in the order in which they are printed.
pub const FIGURES: [&str; 10] = [
    triples::DOCUMENTS,
    triples::RELATIONS,
    notes::PRECISION,
    notes::RECALL,
    titles::OWN,
    titles::DOCUMENTS,
    titles::RELATIONS,
    super::resolution::RESOLVED,
    super::resolution::RIGHT,
    super::resolution::OPEN,
];

/// A label set that was read.
#[derive(Debug)]
pub enum LabelSet {
    /// Passages with triples of provision, relation, provision.
    Triples(Vec<triples::Passage>),
    /// Notes with links.
    Notes(Vec<notes::Note>),
    /// Official names with the numbers in them.
    Titles(Vec<titles::Title>),
}

/// One share of right answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// One of [`FIGURES`].
    pub name: &'static str,
    /// Share that is right.
    pub score: f64,
    /// Right and judged.
    #[serde(flatten)]
    pub tally: Tally,
    /// What was counted, in a few words.
    pub of: &'static str,
}

/// What judging by one label set gave.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LabelReport {
    /// `triples`, `notes`, `titles`.
    pub set: &'static str,
    /// The folder, as it was given.
    pub folder: String,
    /// Passages, notes or names in the set.
    pub units: usize,
    /// Units by which nothing could be judged.
    pub left_out: usize,
    /// The figures.
    pub figures: Vec<Figure>,
    /// Relations judged, by the label.
    pub by_relation: BTreeMap<String, Tally>,
    /// All that is not as the labels say, in the order of the set.
    pub findings: Vec<Finding>,
}

/// Reads the label set in a folder; nothing when the folder holds none.
///
/// Fails when a file cannot be read or does not have the form that its first line promises; the message names the line.
pub fn load(dir: &Path) -> Result<Option<LabelSet>, Error> {
    let mut files: Vec<_> = std::fs::read_dir(dir)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| Error::io(Stage::Open, &error).at(dir))?
        .into_iter()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "jsonl" || ending == "tsv"))
        .collect();
    files.sort();
    for path in files {
        let text = std::fs::read_to_string(&path).map_err(|error| Error::io(Stage::Open, &error).at(&path))?;
        let first = text.lines().next().unwrap_or_default();
        let read = if titles::is_head(first) {
            titles::parse(&text).map(LabelSet::Titles)
        } else if triples::is_head(first) {
            triples::parse(&text).map(LabelSet::Triples)
        } else if notes::is_head(first) {
            notes::parse(&text).map(LabelSet::Notes)
        } else {
            continue;
        };
        return read.map(Some).map_err(|why| Error::new(Stage::Read, ErrorKind::Malformed(why)).at(&path));
    }
    Ok(None)
}

impl LabelSet {
    /// Judges what the program makes of the set; `folder` is told in the report.
    pub fn judge(&self, tables: &Tables, extractor: &Extractor, folder: &str) -> LabelReport {
        let mut report = match self {
            LabelSet::Triples(passages) => triples::judge(extractor, passages),
            LabelSet::Notes(notes) => notes::judge(tables, extractor, notes),
            LabelSet::Titles(titles) => titles::judge(extractor, titles),
        };
        folder.clone_into(&mut report.folder);
        report
    }
}

impl Figure {
    fn new(name: &'static str, tally: Tally, of: &'static str) -> Figure {
        Figure { name, score: tally.share(), tally, of }
    }
}

/// The objects of a file of JSON lines, each with its place for messages. The message of a failure names the line.
fn objects<T: serde::de::DeserializeOwned>(text: &str) -> Result<Vec<T>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, line)| serde_json::from_str(line).map_err(|error| format!("line {}: {error}", at + 1))).collect()
}

/// True for a line that is a JSON object with all these fields.
fn has_fields(line: &str, fields: &[&str]) -> bool {
    let value: Option<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(line).ok();
    value.is_some_and(|object| fields.iter().all(|field| object.contains_key(*field)))
}

/// What the program finds in a text that is no file.
fn extraction(extractor: &Extractor, name: &str, text: &str) -> Extraction {
    let source = SourceFacts {
        path: name.to_owned(),
        sha256: String::new(),
        media_type: "text/plain".to_owned(),
        encoding: Some("utf-8".to_owned()),
        bytes: text.len() as u64,
        pages: None,
        method: Method::Text,
    };
    extractor.extract(&RawText::plain(text), source)
}

/// A number as labels are compared: as the gold sets do, and without hyphens, which names and labels drop ("TTBTC").
fn number(text: Option<&str>) -> String {
    super::compare::number(text).replace('-', "")
}

/// Where a number, as [`number`] writes it, stands in a text, whatever blanks are in it; not as part of a longer number.
fn find_number(text: &str, number: &str) -> Option<usize> {
    let (mut squeezed, mut places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace() && *c != '-') {
        for small in c.to_lowercase() {
            squeezed.push(small);
            places.resize(squeezed.len(), (at, at + c.len_utf8()));
        }
    }
    squeezed.match_indices(number).find_map(|(at, _)| {
        let (start, end) = (places[at].0, places[at + number.len() - 1].1);
        let begins = !squeezed[..at].trim_end_matches('0').ends_with(|c: char| c.is_ascii_digit());
        let code = |rest: &str| rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let ends = !code(&text[end..]) && !text[end..].strip_prefix('-').is_some_and(|rest| code(rest.trim_start()));
        (begins && ends).then_some(start)
    })
}

/// The words around a place: to the sentence end or line end before and after, at most 240 bytes each way.
fn around(text: &str, at: usize) -> String {
    const REACH: usize = 240;
    let at = text.floor_char_boundary(at.min(text.len()));
    let from = text.floor_char_boundary(at.saturating_sub(REACH));
    let to = text.ceil_char_boundary((at + REACH).min(text.len()));
    let (before, after) = (&text[from..at], &text[at..to]);
    let left = ["\n", ". ", "; "].iter().filter_map(|mark| before.rfind(mark).map(|at| at + mark.len())).max().unwrap_or(0);
    let right = ["\n", ". ", "; "].iter().filter_map(|mark| after.find(mark)).min().unwrap_or(after.len());
    text[from + left..at + right].split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{around, find_number, number, objects};

    #[test]
    fn a_number_is_found_whatever_blanks_are_in_it() {
        let number = number(Some("07/2017/NĐ-CP"));
        let text = "A. Theo Nghị định số 07/2017/NĐ- CP của";
        let at = find_number(text, &number).expect("it stands there");
        assert!(text[at..].starts_with("7/2017") && around(text, at) == "Theo Nghị định số 07/2017/NĐ- CP của");
        assert_eq!(find_number("số 17/2017/NĐ-CP", &number), None);
        assert_eq!(find_number("số 7/2017/NĐ-CP-BTC", &number), None);
    }

    #[test]
    fn a_line_that_is_no_record_is_named() {
        let read: Result<Vec<u8>, String> = objects("1\n\nx\n");
        assert!(read.is_err_and(|why| why.starts_with("line 3: ")));
    }
}
