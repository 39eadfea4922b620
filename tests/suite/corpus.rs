//! The sample papers: every citation, as counted by hand.
//!
//! `tests/cases/corpus/citations.tsv` lists the papers under `corpus/` with the numbers that they cite, in the order of
//! the text. Extraction must give exactly these, whatever the format of the paper.

use crate::harness::{none, root, run_in};
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

#[test]
fn citations_of_the_sample_papers() {
    let corpus = root().join("corpus");
    let tables = corpus.join("tables");
    let mut problems = Vec::new();
    for (file, numbers) in wanted() {
        let path = corpus.join(&file);
        let args = ["extract".as_ref(), "--format".as_ref(), "json".as_ref(), "--tables".as_ref(), tables.as_os_str(), path.as_os_str()];
        let ran = run_in(&corpus, args, None);
        if ran.status != 0 {
            problems.push(format!("{file}: {}", ran.stderr.trim()));
            continue;
        }
        let extraction = ran.json();
        let found: Vec<&str> = numbered(&extraction).collect();
        if found != numbers {
            problems.push(format!("{file}:\n  wanted {}\n  found  {}", numbers.join(", "), found.join(", ")));
        }
    }
    none(&problems);
}

/// Numbers of the mentions, in the order of the text; self-references and names have none.
fn numbered(extraction: &Value) -> impl Iterator<Item = &str> {
    let citations = extraction["citations"].as_array().map(Vec::as_slice).unwrap_or_default();
    citations.iter().filter(|citation| citation["form"] != "self").filter_map(|citation| citation["number"].as_str())
}
