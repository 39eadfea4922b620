//! Which document each mention means, beside what a careful reader says: a table of file, words, target.
//!
//! Duty: read such a table, resolve the papers of a folder as an ingest would (no decisions of persons), compare.
//! `target` is the file of the document in the same folder, `-` when the folder does not hold it, `?` when nobody could
//! tell which one is meant. A column `at` may give the byte of the text as read at which the words begin; without it they are
//! looked for behind those of the line before. Decisions of persons become such a table ([`decided`]).
//! Not here: reading the papers, printing.

use super::gold_table::find;
use super::labels::{Figure, LabelReport};
use super::report::{Finding, Tally};
use crate::model::{Citation, CitationForm, Error, Extraction, Stage};
use crate::resolve::{Certainty, Link, MentionAt, Node, Paper, Resolution, resolve};
use crate::store::DecisionRow;
use crate::tables::Tables;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// Share of the mentions whose document is there that reach it.
pub const RESOLVED: &str = "resolved";
/// Share of the mentions given one document that were given the right one.
pub const RIGHT: &str = "resolved_right";
/// Share of the mentions that nobody could tell that are left open.
pub const OPEN: &str = "left_open";

/// First line of such a table.
pub const HEADER: &str = "file\tsurface\ttarget";

/// What a mention means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The document in this file.
    Held(String),
    /// A document that is not there.
    NotHeld,
    /// Nobody can tell.
    Open,
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The citing paper's file, below the folder of the papers.
    pub file: String,
    /// The words of the mention.
    pub surface: String,
    /// What it means.
    pub target: Target,
    /// Byte of the text as read where the words begin, where the table tells.
    pub at: Option<usize>,
}

#[derive(Debug, Default)]
struct Account {
    reached: Tally,
    right: Tally,
    open: Tally,
    findings: Vec<Finding>,
}

/// The tables of a folder (`*.resolution.tsv`), sorted.
pub fn tables(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = std::fs::read_dir(dir).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let entries = entries.map_err(|error| Error::io(Stage::Open, &error).at(dir))?;
    let mut found: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    found.retain(|path| path.to_string_lossy().ends_with(".resolution.tsv"));
    found.sort();
    Ok(found)
}

/// Reads a table; the message of a failure names the line.
pub fn parse(text: &str) -> Result<Vec<Row>, String> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let Some((_, head)) = lines.next().filter(|(_, head)| head.starts_with(HEADER)) else {
        return Err(format!("the first line must be {:?}", HEADER.replace('\t', " <tab> ")));
    };
    let place = head.split('\t').position(|name| name.trim() == "at");
    let row = |(at, line): (usize, &str)| {
        let mut fields = line.split('\t').map(str::trim);
        let (Some(file), Some(surface), Some(target)) = (fields.next(), fields.next(), fields.next().filter(|target| !target.is_empty()))
        else {
            return Err(format!("line {}: file, surface and target are needed", at + 1));
        };
        let at_column = place.and_then(|place| line.split('\t').nth(place)).map(str::trim).filter(|cell| !cell.is_empty());
        let begins = at_column.map(str::parse).transpose().map_err(|_| format!("line {}: `at` is a number of bytes", at + 1))?;
        let target = match target {
            "-" => Target::NotHeld,
            "?" => Target::Open,
            file => Target::Held(file.to_owned()),
        };
        Ok(Row { file: file.to_owned(), surface: surface.to_owned(), target, at: begins })
    };
    lines.map(row).collect()
}

/// The decisions in force as a table; paths are given below `docs`, where they lie there. `file_of` tells the file of a
/// document that is held. Decisions on papers whose file is gone are left out.
pub fn decided(
    decisions: &[DecisionRow],
    docs: Option<&Path>,
    file_of: impl Fn(&str) -> Result<Option<String>, Error>,
) -> Result<String, Error> {
    let below = |path: &str| {
        let inner = docs.and_then(|docs| Path::new(path).strip_prefix(docs).ok());
        inner.map_or_else(|| path.to_owned(), |inner| inner.to_string_lossy().into_owned())
    };
    let mut rows: Vec<(&str, usize, &str, &str)> = Vec::new();
    for row in decisions.iter().filter(|row| row.in_force) {
        if let (Some(path), Some(target)) = (&row.path, &row.target) {
            rows.push((path, row.span.start, &row.text, target));
        }
    }
    rows.sort_unstable();
    let mut table = format!("{HEADER}\tat\n");
    for (path, at, text, target) in rows {
        let target = file_of(target)?.map_or_else(|| "-".to_owned(), |path| below(&path));
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        table.push_str(&format!("{}\t{text}\t{target}\t{at}\n", below(path)));
    }
    Ok(table)
}

/// The text of a paper as it was read, and its facts.
pub type Read = (String, Extraction);

/// Resolves all papers together and judges each line. `papers` are all files of the folder that could be read, by their path
/// below it; `folder` is told in the report. Fails when a line names a file or words that are not there.
pub fn judge(tables: &Tables, rows: &[Row], papers: &[(String, Read)], folder: &str) -> Result<LabelReport, String> {
    let world = World::new(tables, papers);
    let mut account = Account::default();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for row in rows {
        let index = *world.index.get(row.file.as_str()).ok_or_else(|| format!("{}: no such paper, or it cannot be read", row.file))?;
        let (_, (text, extraction)) = &papers[index];
        let from = places.entry(&row.file).or_default();
        let (start, end) = find(text, row.at.unwrap_or(*from), &row.surface)
            .filter(|(start, _)| row.at.is_none_or(|at| at == *start))
            .ok_or_else(|| format!("{}: from here on the paper does not hold {:?}", row.file, row.surface))?;
        *from = end;
        let overlaps = |c: &Citation| c.span.start < end && start < c.span.end && c.form != CitationForm::SelfReference;
        let mention = extraction.citations.iter().position(overlaps);
        let meaning = mention.and_then(|mention| world.meaning(index, mention));
        world.judge(&mut account, row, meaning, mention.map(|mention| &extraction.citations[mention]))?;
    }
    let Account { reached, right, open, findings } = account;
    let figure = |name, tally: Tally, of: &'static str| Figure { name, score: tally.share(), tally, of };
    let figures = vec![
        figure(RESOLVED, reached, "mentions whose document is there reach it"),
        figure(RIGHT, right, "mentions given one document got the right one"),
        figure(OPEN, open, "mentions that nobody could tell are left open"),
    ];
    let (units, by_relation) = (rows.len(), BTreeMap::new());
    Ok(LabelReport { set: "resolution", folder: folder.to_owned(), units, left_out: 0, figures, by_relation, findings })
}

/// What the program made of all papers.
struct World<'p> {
    index: HashMap<&'p str, usize>,
    links: HashMap<MentionAt, Link>,
    nodes: Vec<Node>,
}

impl<'p> World<'p> {
    fn new(tables: &Tables, papers: &'p [(String, Read)]) -> World<'p> {
        let stem = |path: &str| Path::new(path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut seen = HashSet::new();
        let distinct = papers.iter().zip(0..).filter(|((_, (_, facts)), _)| seen.insert(facts.source.sha256.as_str()));
        let all: Vec<Paper> = distinct.map(|((path, (_, facts)), id)| Paper::new(id, &stem(path), facts)).collect();
        let Resolution { nodes, links } = resolve(tables, &all, &[]);
        // Files with the same bytes are one paper, as in an ingest.
        let mut first: HashMap<&str, usize> = HashMap::new();
        let all_paths = papers.iter().enumerate();
        let index = all_paths.map(|(at, (path, (_, facts)))| (path.as_str(), *first.entry(&facts.source.sha256).or_insert(at))).collect();
        World { index, links: links.into_iter().map(|link| (link.at, link)).collect(), nodes }
    }

    fn meaning(&self, paper: usize, mention: usize) -> Option<&Link> {
        self.links.get(&MentionAt { paper: paper as i64, index: mention as u32 })
    }

    fn judge(&self, account: &mut Account, row: &Row, link: Option<&Link>, citation: Option<&Citation>) -> Result<(), String> {
        let given = link.filter(|link| link.certainty != Certainty::Ambiguous).and_then(|link| link.candidates.first());
        let given = given.map(|candidate| &self.nodes[candidate.node as usize]);
        let wanted = match &row.target {
            Target::Held(file) => {
                let paper = self.index.get(file.as_str()).ok_or_else(|| format!("{file}: no such paper, or it cannot be read"))?;
                Some(*paper as i64)
            }
            _ => None,
        };
        let right = match (wanted, given) {
            (Some(paper), Some(node)) => node.papers.contains(&paper),
            (None, Some(node)) => row.target == Target::NotHeld && !node.held,
            (_, None) => false,
        };
        if wanted.is_some() {
            account.reached.add(right);
        }
        if given.is_some() {
            account.right.add(right);
        }
        if row.target == Target::Open {
            account.open.add(given.is_none());
        }
        let fine = if given.is_some() { right } else { wanted.is_none() };
        if !fine {
            account.findings.push(Finding {
                paper: row.file.clone(),
                what: if given.is_some() { "another document" } else { "not resolved" }.to_owned(),
                got: given.map(|node| node.id.clone()).or_else(|| Some(link?.why.to_string())),
                want: Some(match &row.target {
                    Target::Held(file) => file.clone(),
                    Target::NotHeld => "a document that is not there".to_owned(),
                    Target::Open => "nobody can tell".to_owned(),
                }),
                text: Some(row.surface.clone()),
                sentence: citation.map(|citation| citation.sentence.clone()),
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Row, Target, parse};

    #[test]
    fn a_table_is_read_and_its_faults_are_named() {
        let rows = parse("file\tsurface\ttarget\tnote\n# more\na.txt\tChỉ thị 38\tb.txt\n\na.txt\tKế hoạch 5\t-\tx\na.txt\tChỉ thị 7\t?\n");
        let row = |surface: &str, target| Row { file: "a.txt".into(), surface: surface.into(), target, at: None };
        let want =
            vec![row("Chỉ thị 38", Target::Held("b.txt".into())), row("Kế hoạch 5", Target::NotHeld), row("Chỉ thị 7", Target::Open)];
        assert_eq!(rows, Ok(want));
        assert_eq!(parse("file\tsurface\ttarget\tat\na.txt\tx\t-\t17\n").expect("sound")[0].at, Some(17));
        assert!(parse("file\tsurface\ttarget\tat\na.txt\tx\t-\tz\n").is_err_and(|why| why.contains("line 2")));
        assert!(parse("a.txt\tx\ty\n").is_err_and(|why| why.contains("first line")));
        assert!(parse("file\tsurface\ttarget\na.txt\tx\n").is_err_and(|why| why.contains("line 2")));
    }
}
