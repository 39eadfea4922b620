//! The gold set on disk: one JSON file a paper.
//!
//! Duty: find and parse the files. Not here: making them from tables, judging.

use crate::model::{Error, ErrorKind, Stage};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// What a careful reader finds in one paper.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Gold {
    /// File name of the paper, beside the gold set.
    pub file: String,
    /// Name of the gold file without ending, for messages.
    #[serde(skip)]
    pub name: String,
    /// Written as a table: spans are to be found in the paper ([`super::gold_table::locate`]).
    #[serde(skip)]
    pub table: bool,
    /// What the paper says of itself; absent when that is not judged.
    #[serde(default)]
    pub meta: Meta,
    /// Mentions of other papers, in the order of the text.
    #[serde(default)]
    pub citations: Vec<GoldCitation>,
    /// Stated relations between other papers: acting number, relation, number acted on.
    #[serde(default)]
    pub stated: Vec<(String, String, String)>,
    /// Duties, in the order of the text.
    #[serde(default)]
    pub tasks: Vec<GoldTask>,
    /// True when only some duties are listed, so that further ones are not wrong.
    #[serde(default)]
    pub tasks_partial: bool,
}

/// What the paper says of itself; `None` where it does not say.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Meta {
    /// False when the gold file says nothing of the paper itself.
    #[serde(skip)]
    pub judged: bool,
    /// Type code.
    pub kind: Option<String>,
    /// Canonical number.
    pub number: Option<String>,
    /// ISO date.
    pub date: Option<String>,
    /// Shortest usual name of the body.
    pub issuer: Option<String>,
    /// Province.
    pub province: Option<String>,
    /// Name of the first signer.
    pub signer: Option<String>,
    /// Position of the first signer.
    pub signer_position: Option<String>,
    /// First words of the subject.
    pub title_starts: Option<String>,
}

/// One mention.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldCitation {
    /// First byte in the file.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The words.
    pub surface: String,
    /// A mention that is judged neither way.
    pub optional: bool,
    /// Canonical number.
    pub number: Option<String>,
    /// Type code.
    pub kind: Option<String>,
    /// ISO date.
    pub date: Option<String>,
    /// Issuer as written next to it.
    pub issuer: Option<String>,
    /// How the paper is mentioned.
    pub form: String,
    /// Relation, where the words leave no doubt.
    pub relation: Option<String>,
}

/// One duty.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldTask {
    /// Path of labels.
    pub label: String,
    /// First byte in the file.
    pub start: usize,
    /// Its first words.
    pub surface: String,
    /// Bodies that lead.
    #[serde(default)]
    pub assignees: Vec<String>,
    /// Bodies that take part.
    #[serde(default)]
    pub coordinators: Vec<String>,
    /// Words of the deadline or the repetition.
    pub due: Option<String>,
    /// Body to be reported to.
    pub report_to: Option<String>,
}

/// Where the gold files and the papers are: `dir` holds `gold/` and `docs/`, or is the gold folder itself.
pub fn folders(dir: &Path, docs: Option<&Path>) -> (PathBuf, PathBuf) {
    let inner = dir.join("gold");
    let (gold, beside) = if inner.is_dir() { (inner, dir.join("docs")) } else { (dir.to_path_buf(), dir.with_file_name("docs")) };
    (gold, docs.map_or(beside, Path::to_path_buf))
}

/// True for a folder that is a gold set, whatever its records hold.
///
/// Fails when the folder cannot be read.
pub fn is_set(dir: &Path) -> Result<bool, Error> {
    Ok(dir.join("gold").is_dir() || !records(dir)?.is_empty())
}

/// Reads every `*.json` of a folder, and every table `*.gold.tsv` that has no JSON beside it, sorted by name.
///
/// Fails when the folder or a file cannot be read, when a file is no gold record, and when there is none.
pub fn load(dir: &Path) -> Result<Vec<Gold>, Error> {
    let paths = records(dir)?;
    if paths.is_empty() {
        let why = "there is no gold record (*.json, *.gold.tsv) in this folder; name the folder that holds gold/ and docs/".to_owned();
        return Err(Error::new(Stage::Open, ErrorKind::Malformed(why)).at(dir));
    }
    paths.iter().map(|path| read(path)).collect()
}

fn records(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = std::fs::read_dir(dir).map_err(|error| Error::io(Stage::Open, &error).at(dir))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| Error::io(Stage::Open, &error).at(dir))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let table = name.strip_suffix(".gold.tsv").is_some_and(|stem| !path.with_file_name(format!("{stem}.json")).exists());
        if table || name.ends_with(".json") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<Gold, Error> {
    let text = std::fs::read_to_string(path).map_err(|error| Error::io(Stage::Open, &error).at(path))?;
    let table = path.extension().is_some_and(|ending| ending == "tsv");
    let parsed = if table { super::gold_table::parse(&text) } else { parse(&text) };
    let mut gold = parsed.map_err(|why| Error::new(Stage::Read, ErrorKind::Malformed(why)).at(path))?;
    gold.table = table;
    gold.name = path.file_stem().unwrap_or_default().to_string_lossy().trim_end_matches(".gold").to_owned();
    Ok(gold)
}

/// Parses one gold record.
fn parse(text: &str) -> Result<Gold, String> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    // An empty `meta` means "not judged", which is not the same as one whose fields are all null.
    let judged = value.get("meta").and_then(serde_json::Value::as_object).is_some_and(|meta| !meta.is_empty());
    let mut gold: Gold = serde_json::from_value(value).map_err(|error| error.to_string())?;
    gold.meta.judged = judged;
    Ok(gold)
}

#[cfg(test)]
mod tests {
    use super::{folders, parse};
    use std::path::Path;

    #[test]
    fn an_empty_meta_is_not_judged() {
        assert!(!parse(r#"{"file":"a.txt","meta":{}}"#).expect("valid").meta.judged);
        assert!(parse(r#"{"file":"a.txt","meta":{"kind":"CT"}}"#).expect("valid").meta.judged);
        assert!(parse("[]").is_err());
    }

    #[test]
    fn papers_stand_beside_the_gold_folder() {
        let (gold, docs) = folders(Path::new("nowhere/gold"), None);
        assert_eq!((gold.as_path(), docs.as_path()), (Path::new("nowhere/gold"), Path::new("nowhere/docs")));
        assert_eq!(folders(Path::new("x"), Some(Path::new("y"))).1, Path::new("y"));
    }
}
