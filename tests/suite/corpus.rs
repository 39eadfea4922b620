//! The sample papers: what each says of itself and whom it cites, as found by a careful reader.
//!
//! `tests/cases/corpus/citations.tsv` lists the papers under `corpus/`; extraction must give exactly these numbers,
//! whatever the format of the paper.

use crate::harness::{none, root, run_in};
use serde_json::Value;
use std::collections::BTreeSet;

/// One line of the table; `-` stands for nothing.
struct Wanted {
    file: String,
    number: Option<String>,
    date: Option<String>,
    cited: BTreeSet<String>,
}

fn wanted() -> Vec<Wanted> {
    let path = root().join("tests/cases/corpus/citations.tsv");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let given = |cell: &str| (cell != "-").then(|| cell.to_owned());
    let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).skip(1).map(|line| {
        let [file, number, date, cited] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("four cells wanted: {line:?}") };
        let cited = cited.split("; ").filter_map(given).collect();
        Wanted { file: file.to_owned(), number: given(number), date: given(date), cited }
    });
    rows.collect()
}

fn extract(file: &str) -> Result<Value, String> {
    let corpus = root().join("corpus");
    let ran = run_in(&corpus, ["extract", "--format", "json", "--tables", "tables", file], None);
    if ran.status == 0 { Ok(ran.json()) } else { Err(format!("{file}: {}", ran.stderr.trim())) }
}

#[test]
fn sample_papers_are_read_as_a_careful_reader_reads_them() {
    let wanted = wanted();
    assert!(wanted.len() >= 40, "{} papers in the table", wanted.len());
    let mut problems = Vec::new();
    for paper in wanted {
        let extraction = match extract(&paper.file) {
            Ok(extraction) => extraction,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let own = |field: &str| extraction["document"][field].as_str().map(str::to_owned);
        for (field, want) in [("number", &paper.number), ("date", &paper.date)] {
            if own(field) != *want {
                problems.push(format!("{}: {field}: wanted {want:?}, found {:?}", paper.file, own(field)));
            }
        }
        let found = cited(&extraction, paper.number.as_deref());
        let missed: Vec<_> = paper.cited.difference(&found).cloned().collect();
        let extra: Vec<_> = found.difference(&paper.cited).cloned().collect();
        if !missed.is_empty() || !extra.is_empty() {
            problems.push(format!("{}: missed [{}], extra [{}]", paper.file, missed.join(", "), extra.join(", ")));
        }
    }
    none(&problems);
}

/// Numbers that a paper cites, its own left out; plenum resolutions and names are not in the table.
fn cited(extraction: &Value, own: Option<&str>) -> BTreeSet<String> {
    let citations = extraction["citations"].as_array().map(Vec::as_slice).unwrap_or_default();
    let judged = citations.iter().filter(|one| !matches!(one["form"].as_str(), Some("self" | "named" | "plenum")));
    judged.filter_map(|one| one["number"].as_str()).filter(|number| Some(*number) != own).map(str::to_owned).collect()
}

#[test]
fn broken_files_are_rejected_with_a_reason() {
    let broken = std::fs::read_dir(root().join("corpus/broken")).expect("the folder of broken files");
    let mut seen = 0;
    for entry in broken {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        let problem = extract(&format!("broken/{name}")).expect_err("a broken file was read");
        // The file, the stage, the reason and what to do, on one line.
        assert!(problem.contains(&name) && problem.contains(';') && problem.lines().count() == 1, "{problem}");
        seen += 1;
    }
    assert!(seen >= 4, "{seen} broken files");
}
