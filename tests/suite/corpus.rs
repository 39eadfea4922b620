//! The sample papers: what each says of itself and whom it cites, as found by a careful reader.
//!
//! `tests/cases/corpus/citations.tsv` lists the papers under `corpus/`; extraction must give exactly these numbers,
//! whatever the format of the paper.

use crate::harness::{TempCorpus, none, root, run_in};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

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
    assert!(seen >= 3, "{seen} broken files");
}

/// The five questions of `tests/cases/corpus/questions.md`, on one index.
#[test]
fn questions_are_answered_as_a_careful_reader_answers_them() {
    let index = TempCorpus::new();
    let sample = root().join("corpus");
    let ran = index.run(["ingest".as_ref(), sample.as_os_str()]);
    assert_eq!(ran.status, 3, "the broken samples are rejected, the run goes on:\n{}", ran.stderr);
    let ask = |args: &[&str]| index.run(args.iter().copied().chain(["--format", "json"])).ok().json();

    // 1. Two meanings of one number, ten years apart; one mention could be either.
    let answer = ask(&["cited-by", "Chỉ thị 38"]);
    let citing = |meaning: &str, certain: bool| -> BTreeSet<String> {
        let group = list(&answer["groups"]).iter().find(|group| name(&group["document"]) == meaning).expect("a held meaning");
        let wanted = list(&group["citations"]).iter().filter(|one| (one["certainty"] != "ambiguous") == certain);
        wanted.map(|one| name(&one["document"])).collect()
    };
    assert_eq!(list(&answer["groups"]).len(), 2, "{answer}");
    let certain = [
        "272-QĐ/TW 2015",
        "31-CT/TU 2014",
        "1412-QĐ/TU 2015",
        "33-KH/UBKTTU 2023",
        "385-BC/TU 2024",
        "45-CT/TU 2014",
        "264-BC/TU 2023",
        "18-KH/TU 2026",
    ];
    let (numbered, without): (BTreeSet<_>, BTreeSet<_>) =
        citing("38-CT/TW 2014", true).into_iter().partition(|name| !name.starts_with('-'));
    assert_eq!((numbered, without.len()), (set(&certain), 1), "and the conclusion without a number");
    assert_eq!(citing("38-CT/TW 2024", true), set(&["177/KH-UBND 2024", "39-CT/TU 2024", "11-KH/ĐU 2025"]));
    for meaning in ["38-CT/TW 2014", "38-CT/TW 2024"] {
        assert_eq!(citing(meaning, false), set(&["08-KH/ĐU 2026"]), "ambiguous under {meaning}");
    }

    // 2. The tree below a directive, with an edge that a third paper states.
    let answer = ask(&["lineage", "25-CT/TW", "--down"]);
    let group = &answer["groups"][0];
    let names: BTreeMap<String, String> = list(&group["nodes"]).iter().map(|node| (text(&node["id"]), name(node))).collect();
    let named = |id: &Value| names.get(&text(id)).cloned().unwrap_or_default();
    let edge = |from: &str, to: &str, relation: &str| {
        list(&group["edges"]).iter().find(|edge| named(&edge["from"]) == from && named(&edge["to"]) == to && edge["relation"] == relation)
    };
    for (from, relation) in [
        ("182-KH/TU 2018", "implements"),
        ("24-CTr/TU 2018", "implements"),
        ("131-KH/TU 2018", "implements"),
        ("148-BC/TU 2021", "reviews"),
        ("57-KL/TU 2022", "reviews"),
        ("167-BC/TU 2021", "reviews"),
    ] {
        assert!(edge(from, "25-CT/TW 2018", relation).is_some_and(|edge| !text(&edge["sentence"]).is_empty()), "{from} {relation}");
    }
    let told = edge("74/KH-UBND 2019", "182-KH/TU 2018", "implements").expect("an edge between two other papers");
    assert_eq!((text(&told["basis"]), named(&told["stated_by"])), ("stated".to_owned(), "148-BC/TU 2021".to_owned()));

    // 3. A provincial number is not the central one of the same serial.
    let answer = ask(&["cites", "12-CT/TU Sông Lam"]);
    let cited: BTreeSet<String> = list(&answer["groups"]).iter().map(|group| name(&group["document"])).collect();
    assert_eq!(cited, set(&["04-CT/TW 2011", "12-CT/TW 2022"]));

    // 4. Duties of a body, wherever they were laid.
    let answer = ask(&["tasks", "--assignee", "uy ban kiem tra"]);
    let laid: BTreeSet<String> = list(&answer["tasks"]).iter().map(|task| name(&task["document"])).collect();
    let wanted = set(&["38-CT/TW 2014", "45-CT/TU 2014", "57-KL/TU 2022", "33-KH/UBKTTU 2023", "08-KH/ĐU 2026"]);
    assert!(laid.is_superset(&wanted), "{wanted:?} are not all in {laid:?}");

    // 5. What is cited but not held, most cited first.
    let answer = ask(&["missing", "--limit", "2"]);
    let missing: BTreeSet<String> = list(&answer["documents"]).iter().map(|row| name(&row["document"])).collect();
    assert_eq!(missing, set(&["06-NQ/TW 2016", "22-NQ/TW 2013"]));

    // The same again: nothing changed, so nothing is read and every answer stays.
    let before = ask(&["cited-by", "38-CT/TW"]);
    let again = index.run(["ingest".as_ref(), sample.as_os_str(), "--format".as_ref(), "json".as_ref()]);
    let report = again.json();
    assert_eq!((&report["added"], &report["updated"], &report["removed"]), (&Value::from(0), &Value::from(0), &Value::from(0)), "{report}");
    assert_eq!(ask(&["cited-by", "38-CT/TW"]), before);
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// "38-CT/TW 2014"; `-` for a document without a number.
fn name(document: &Value) -> String {
    let year: String = text(&document["date"]).chars().take(4).collect();
    format!("{} {year}", document["number"].as_str().unwrap_or("-"))
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}
