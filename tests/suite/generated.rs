//! The generator's papers: what is extracted is what was written. An oracle without annotation by hand.

#[path = "../../benches/support/mod.rs"]
pub(crate) mod support;

use crate::harness::none;
use support::{Form, Generator, Paper};
use vanban::extract::Extractor;
use vanban::model::{CitationForm, Extraction, Method, RawText, SourceFacts};
use vanban::tables::Tables;

fn extract_all(papers: &[Paper]) -> Vec<Extraction> {
    let tables = Tables::with_texts(Generator::overlay()).expect("the generator's rows are sound");
    let extractor = Extractor::new(&tables);
    let source = |paper: &Paper| SourceFacts {
        path: paper.name.clone(),
        sha256: String::new(),
        media_type: "text/plain".to_owned(),
        encoding: Some("utf-8".to_owned()),
        bytes: paper.text.len() as u64,
        pages: None,
        method: Method::Text,
    };
    papers.iter().map(|paper| extractor.extract(&RawText::plain(&paper.text), source(paper))).collect()
}

#[test]
fn the_same_seed_gives_the_same_papers() {
    let texts = |seed| Generator::new(seed, 50, 3_000).map(|paper| paper.text).collect::<Vec<_>>();
    assert_eq!(texts(7), texts(7));
    assert_ne!(texts(7), texts(8));
}

#[test]
fn papers_say_of_themselves_what_was_written() {
    let papers: Vec<Paper> = Generator::new(11, 150, 3_000).collect();
    let mut problems = Vec::new();
    for (paper, got) in papers.iter().zip(extract_all(&papers)) {
        let own = &got.document;
        let date = own.date.map(|date| date.to_string());
        let said = (own.kind.as_deref(), own.number.as_deref(), date.as_deref(), own.province.as_deref());
        let truth = &paper.truth;
        let wrote = (Some(truth.kind), Some(truth.number.as_str()), Some(truth.date.as_str()), truth.province);
        if said != wrote {
            problems.push(format!("{}: wrote {wrote:?}, got {said:?}", paper.name));
        }
    }
    none(&problems);
}

#[test]
fn every_citation_written_is_found_and_no_other() {
    let papers: Vec<Paper> = Generator::new(12, 150, 4_000).collect();
    let mut problems = Vec::new();
    for (paper, got) in papers.iter().zip(extract_all(&papers)) {
        // A plenum resolution has no number of its own; self-references and names are no citations of numbered documents.
        let wrote: Vec<&str> =
            paper.truth.cites.iter().filter(|(_, form)| *form != Form::Plenum).filter_map(|(number, _)| number.as_deref()).collect();
        let judged = |form| !matches!(form, CitationForm::Plenum | CitationForm::Named | CitationForm::SelfReference);
        let found: Vec<&str> =
            got.citations.iter().filter(|one| judged(one.form)).map(|one| one.number.as_deref().unwrap_or("-")).collect();
        if found != wrote {
            problems.push(format!("{}: wrote {wrote:?}\n        found {found:?}", paper.name));
        }
        for citation in &got.citations {
            assert!(paper.text.get(citation.span.start..citation.span.end).is_some(), "{}: a span cuts a character", paper.name);
        }
    }
    none(&problems);
}

#[test]
fn every_task_written_is_found() {
    let papers: Vec<Paper> = Generator::new(13, 100, 2_000).collect();
    let mut problems = Vec::new();
    for (paper, got) in papers.iter().zip(extract_all(&papers)) {
        let assigned = got.tasks.iter().filter(|task| task.due.as_ref().is_some_and(|due| due.date.is_some())).count();
        if assigned != paper.truth.tasks {
            problems.push(format!("{}: wrote {} tasks with a day, found {assigned} of {}", paper.name, paper.truth.tasks, got.tasks.len()));
        }
    }
    none(&problems);
}
