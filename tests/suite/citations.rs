//! What whole papers say of themselves and of others. Each case is a paper of our own writing (tests/cases/citations/papers.txt).

use std::fmt::Write;
use vanban::extract::Extractor;
use vanban::model::{Extraction, Method, RawText, SourceFacts};
use vanban::tables::Tables;

fn source() -> SourceFacts {
    SourceFacts {
        path: "paper.txt".to_owned(),
        sha256: "0".repeat(64),
        media_type: "text/plain".to_owned(),
        encoding: None,
        bytes: 0,
        pages: None,
        method: Method::Text,
    }
}

/// The paper's own line, a line for each citation, a line for each stated relation.
fn show(paper: &Extraction) -> String {
    let or_dash = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    let own = &paper.document;
    let mut out = format!(
        "{} {}; {}; {}; {}\n",
        or_dash(own.number.clone().or_else(|| own.kind.clone())),
        or_dash(own.date.map(|date| date.to_string())),
        or_dash(own.issuer.as_ref().map(|issuer| issuer.name.clone())),
        or_dash(own.signers.first().map(|signer| signer.name.clone())),
        or_dash(own.title.clone()),
    );
    for c in paper.citations.iter().filter(|c| c.form.as_str() != "named") {
        let date = or_dash(c.date.map(|date| date.to_string()));
        let (kind, number, issuer) = (or_dash(c.kind.clone()), or_dash(c.number.clone()), or_dash(c.issuer.clone()));
        writeln!(out, "{} {kind} {number} {date}; {issuer}; {}", c.form.as_str(), c.relation.as_str()).expect("a string takes all");
    }
    for stated in &paper.stated_relations {
        writeln!(out, "{} {} {}", stated.from_number, stated.relation.as_str(), stated.to_number).expect("a string takes all");
    }
    out
}

#[test]
fn papers_cite_what_their_cases_say() {
    let extractor = Extractor::new(&Tables::builtin());
    let mut wrong = String::new();
    for case in include_str!("../cases/citations/papers.txt").split("\n=== ").skip(1) {
        let (head, rest) = case.split_once('\n').expect("a case has a head line");
        let (paper, want) = rest.split_once("\n--- says\n").expect("a case has what it says");
        let got = show(&extractor.extract(&RawText::plain(paper), source()));
        if got.trim() != want.trim() {
            write!(wrong, "\n=== {head}\n--- got\n{got}--- want\n{want}\n").expect("a string takes all");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
