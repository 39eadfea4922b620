//! What is asked of the whole index.

use super::{CURSOR, LIMIT, json, rows};
use crate::query::view::{Facet, Hit, Search};
use crate::query::{self, Paged, SearchQuestion, TaskQuestion};
use crate::web::asked::{Asked, Kind, Param};
use crate::web::cited_only::CitedOnly;
use crate::web::fault::Fault;
use crate::web::route::Answer;

pub(super) const PAGE: &[Param] = &[LIMIT, CURSOR];
pub(super) const SEARCH: &[Param] = &[
    Param::new("q", Kind::Text, "words with or without marks, \"phrases\", numbers; none for all documents"),
    Param::new("kind", Kind::Many, "type codes or type words: CT,NQ"),
    Param::new("issuer", Kind::Text, "words of the issuer's name; in quotation marks, just this name"),
    Param::new("level", Kind::Many, "central, province, district, commune"),
    Param::new("province", Kind::Text, "province, in any spelling"),
    Param::new("from", Kind::Day, "first day"),
    Param::new("to", Kind::Day, "last day"),
    Param::new("cites", Kind::Text, "only papers that cite this document, as one would type it"),
    Param::new("held", Kind::Word(&["held", "cited"]), "documents with their text here, which is usual, or those that are only cited"),
    Param::new("limit", Kind::Number(100), "at most so many hits, 20 unless told, at most 100"),
    CURSOR,
];
pub(super) const TASKS: &[Param] = &[
    Param::new("ref", Kind::Text, "only tasks of this document, as one would type it"),
    Param::new("assignee", Kind::Text, "words of the body that has to do it"),
    Param::new("due_before", Kind::Day, "due earlier than this day"),
    Param::new("due_after", Kind::Day, "due later than this day"),
    Param::new("overdue_on", Kind::Day, "due day passed on this day"),
    Param::new("recurring", Kind::Flag, "only those that recur"),
    LIMIT,
    CURSOR,
];

/// Searches, as the page does too.
pub(in crate::web) fn found(asked: &Asked<'_>) -> Result<Search, Fault> {
    let params = asked.params;
    let question = SearchQuestion {
        words: params.text("q").unwrap_or_default(),
        kinds: params.many("kind"),
        issuer: params.text("issuer"),
        levels: params.many("level"),
        province: params.text("province"),
        from: params.day("from"),
        to: params.day("to"),
        cites: params.text("cites"),
        limit: params.number("limit").unwrap_or(20),
        offset: 0,
        cursor: params.text("cursor"),
    };
    let mut answer = query::search(asked.reader, &question)?;
    let known = asked.app.cited_only.get(asked.reader, CitedOnly::read)?;
    let (held, cited) = (answer.total, known.matching(&answer.query).count());
    if params.get("held") == Some("cited") {
        let page = known.matching(&answer.query).skip(answer.query.offset).take(question.limit);
        answer.hits = page.map(|document| Hit { document: document.clone(), score: 0.0, snippet: Vec::new() }).collect();
        answer.total = cited;
        let end = answer.query.offset + answer.hits.len();
        answer.next = (end < cited).then(|| end.to_string());
        // Of a document without text only number, subject and issuer are searched; the counts of the others would mislead.
        answer.facets.clear();
    }
    if cited > 0 {
        let facet = |value: &str, count| Facet { value: value.to_owned(), count };
        answer.facets.insert("held".to_owned(), vec![facet("held", held), facet("cited", cited)]);
    }
    Ok(answer)
}

pub(super) fn search(asked: &Asked<'_>) -> Result<Answer, Fault> {
    json(&found(asked)?)
}

/// What a list of tasks is asked, as the page has it too; all of the list.
pub(in crate::web) fn task_question(asked: &Asked<'_>) -> TaskQuestion {
    let params = asked.params;
    TaskQuestion {
        reference: params.text("ref"),
        assignee: params.text("assignee"),
        due_before: params.day("due_before"),
        due_after: params.day("due_after"),
        overdue_on: params.day("overdue_on"),
        recurring: params.flag("recurring"),
        ..TaskQuestion::default()
    }
}

pub(super) fn tasks(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let part = rows(asked);
    let answer = query::tasks(asked.reader, &TaskQuestion { page: part.page(), ..task_question(asked) })?;
    let next = part.next(answer.tasks.len(), answer.total);
    json(&Paged { answer, next })
}

pub(super) fn missing(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let part = rows(asked);
    let answer = query::missing(asked.reader, part.page())?;
    let next = part.next(answer.documents.len(), answer.total);
    json(&Paged { answer, next })
}

pub(super) fn unresolved(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let part = rows(asked);
    let answer = query::unresolved(asked.reader, part.page())?;
    let next = part.next(answer.citations.len(), answer.total);
    json(&Paged { answer, next })
}

pub(super) fn decisions(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let mut answer = query::decisions(asked.reader)?;
    let next = rows(asked).cut(&mut answer.decisions);
    json(&Paged { answer, next })
}

pub(super) fn status(asked: &Asked<'_>) -> Result<Answer, Fault> {
    json(&query::status(asked.reader)?)
}
