//! The sample papers: every citation, as counted by hand.
//!
//! `tests/cases/corpus/citations.tsv` lists the papers under `corpus/` with the numbers that they cite, in the order of
//! the text. Extraction must give exactly these, whatever the format of the paper.

use crate::harness::{TempCorpus, root, run_in};
use serde_json::Value;
use std::collections::BTreeMap;

/// File under `corpus/` to the numbers that it cites.
fn wanted() -> BTreeMap<String, Vec<String>> {
    let path = root().join("tests/cases/corpus/citations.tsv");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut papers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).skip(1) {
        let mut cells = line.split('\t');
        let file = cells.next().expect("a first cell");
        let numbers = papers.entry(file.to_owned()).or_default();
        numbers.extend(cells.next().filter(|number| !number.is_empty() && *number != "-").map(str::to_owned));
    }
    papers
}
