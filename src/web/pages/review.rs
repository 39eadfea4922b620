//! Citations that need a person, and what persons decided.

use super::shown::{Doc, Mention, Pager};
use super::{Frame, rendered};
use crate::query::{self, view};
use crate::web::asked::{Asked, Kind, Param};
use crate::web::fault::Fault;
use crate::web::route::Answer;
use crate::web::write;
use askama::Template;

pub(super) const PARAMS: &[Param] = &[
    Param::new("cursor", Kind::Number(usize::MAX), "where the page begins"),
    Param::new("done", Kind::Text, "the citation that was just decided"),
];
/// Citations a page.
const ROWS: usize = 20;
/// Decisions that are shown.
const LOG: usize = 30;

#[derive(Template)]
#[template(path = "review.html")]
struct Page {
    f: Frame,
    total: String,
    questions: Vec<Question>,
    log: Vec<Entry>,
    done: Option<Mention>,
    pager: Pager,
    /// The word that a decision must bear; `None` where none is taken.
    word: Option<String>,
}

/// A citation with what it could mean.
struct Question {
    mention: Mention,
    candidates: Vec<(Doc, String)>,
    alike: usize,
}

/// A decision, or one taken back.
struct Entry {
    at: String,
    citation: String,
    text: String,
    target: Option<Doc>,
    in_force: bool,
}

pub(super) fn page(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let offset = asked.params.number("cursor").unwrap_or(0);
    let answer = query::unresolved(asked.reader, view::Page { limit: Some(ROWS), offset })?;
    let questions: Vec<Question> = answer.citations.iter().map(|one| question(asked, &one.citation, &one.candidates, one.weight)).collect();
    let pager = Pager::new(asked, offset, questions.len(), answer.total, ROWS);
    let done = asked.params.get("done").map(|id| query::meaning(asked.reader, id)).transpose()?.flatten();
    let done = done.map(|citation| Mention::of(&citation, asked.reader.tables(), asked.lang));
    shown(asked, answer.total, questions, pager, done)
}

/// One citation, whatever it is known to mean.
pub(super) fn one(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let unknown = || Fault::not_found(format!("{}: no such citation", asked.id));
    let row = asked.reader.link(asked.id)?.ok_or_else(unknown)?;
    let citation = query::meaning(asked.reader, asked.id)?.ok_or_else(unknown)?;
    let mut candidates = Vec::new();
    for (id, clue) in &row.candidates {
        let node = asked.reader.node(id)?;
        candidates.extend(node.map(|node| view::Candidate { document: (&node).into(), clue: clue.clone() }));
    }
    let questions = vec![question(asked, &citation, &candidates, 1)];
    shown(asked, 1, questions, Pager::default(), None)
}

fn question(asked: &Asked<'_>, citation: &view::Citation, candidates: &[view::Candidate], weight: usize) -> Question {
    let tables = asked.reader.tables();
    Question {
        mention: Mention::of(citation, tables, asked.lang),
        candidates: candidates.iter().map(|one| (Doc::of(&one.document, tables), one.clue.clone())).collect(),
        alike: weight.saturating_sub(1),
    }
}

fn shown(asked: &Asked<'_>, total: usize, questions: Vec<Question>, pager: Pager, done: Option<Mention>) -> Result<Answer, Fault> {
    let mut log = Vec::new();
    for row in query::decisions(asked.reader)?.decisions.into_iter().rev().take(LOG) {
        let target = row.target.as_deref().map(|id| asked.reader.node(id)).transpose()?.flatten();
        let target = target.map(|node| Doc::of(&(&node).into(), asked.reader.tables()));
        log.push(Entry { at: row.at, citation: row.citation, text: row.text, target, in_force: row.in_force });
    }
    rendered(&Page {
        f: Frame::of(asked, "review", asked.lang.of("nav.review")),
        total: asked.lang.count("review.total", total as u64),
        questions,
        log,
        done,
        pager,
        word: (asked.app.options.writable && asked.editor).then(|| write::word(asked.app)),
    })
}
