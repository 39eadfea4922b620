//! The tools: seven questions that change nothing.
//!
//! Duty: from checked arguments to the object that the command line prints with `--format json`; long lists come in parts.
//! Not here: the protocol, and files: no path that an assistant names is opened.

use super::ask::{CitedBy, Cites, Extract, Find, Lineage, Search, Tasks, Way};
use super::{Refusal, Shared, arguments};
use crate::model::Date;
use crate::query::naming::read_day;
use crate::query::{self, Direction, Paged, QueryError, Rows, SearchQuestion, TaskQuestion};
use crate::source::PrivateCopy;
use rmcp::handler::server::tool::schema_for_type;
use rmcp::model::{JsonObject, ToolAnnotations};
use serde::Serialize;
use std::sync::Arc;

/// Hits of a search, unless told and at most.
const HITS: usize = 10;
const MOST_HITS: usize = 100;

/// A question with its name and what is told of it.
pub(super) struct Tool {
    pub(super) name: &'static str,
    title: &'static str,
    about: &'static str,
    schema: fn() -> Arc<JsonObject>,
    /// The answer as JSON.
    pub(super) answer: fn(&Shared, JsonObject) -> Result<String, Refusal>,
}

impl Tool {
    /// As the protocol lists it.
    pub(super) fn described(&self) -> rmcp::model::Tool {
        let hints = ToolAnnotations::new().read_only(true).idempotent(true).open_world(false);
        rmcp::model::Tool::new(self.name, self.about, (self.schema)()).with_title(self.title).with_annotations(hints)
    }
}

/// All of them.
pub(super) const TOOLS: &[Tool] = &[
    Tool {
        name: "find_document",
        title: "Find a document",
        about: "Documents that a reference can mean, the most cited first: number, date, issuer, title, files, counts. Answers as `vanban show`.",
        schema: schema_for_type::<Find>,
        answer: find,
    },
    Tool {
        name: "cited_by",
        title: "Who cites a document",
        about: "Every mention of a document with the citing paper, the sentence that proves it, the relation and how sure it is. Answers as `vanban cited-by`.",
        schema: schema_for_type::<CitedBy>,
        answer: cited_by,
    },
    Tool {
        name: "cites",
        title: "What a document cites",
        about: "The documents that a paper cites, each mention with its sentence; a mention that several could be stands with its candidates. Answers as `vanban cites`.",
        schema: schema_for_type::<Cites>,
        answer: cites,
    },
    Tool {
        name: "lineage",
        title: "Lineage of a document",
        about: "Which papers implement, guide, review or amend a document, and which it does, as nodes and edges with the sentence of each edge. Answers as `vanban lineage`.",
        schema: schema_for_type::<Lineage>,
        answer: lineage,
    },
    Tool {
        name: "tasks",
        title: "Tasks",
        about: "Who has what to do, and by when, with the paper that says so. Answers as `vanban tasks`.",
        schema: schema_for_type::<Tasks>,
        answer: tasks,
    },
    Tool {
        name: "search",
        title: "Full-text search",
        about: "Full text with filters, facets and snippets. Answers as `vanban search`.",
        schema: schema_for_type::<Search>,
        answer: search,
    },
    Tool {
        name: "extract",
        title: "What one paper says",
        about: "All that one paper says: what it is, citations, stated relations, tasks, outline, each with its place in the text. Give the text of a paper, or the reference of one that is held. Answers as `vanban extract`.",
        schema: schema_for_type::<Extract>,
        answer: extract,
    },
];

fn find(shared: &Shared, given: JsonObject) -> Result<String, Refusal> {
    let Find { r#ref } = arguments(given)?;
    json(&shared.ask(|reader| query::show(reader, &r#ref))?)
}

fn cited_by(shared: &Shared, given: JsonObject) -> Result<String, Refusal> {
    let CitedBy { r#ref, limit, cursor } = arguments(given)?;
    let part = rows(limit, cursor.as_deref())?;
    let mut answer = shared.ask(|reader| query::cited_by(reader, &r#ref))?;
    // Groups go on together; those that have ended are empty in the next part.
    let cursors: Vec<Option<String>> = answer.groups.iter_mut().map(|group| part.cut(&mut group.citations)).collect();
    let next = cursors.into_iter().flatten().next();
    json(&Paged { answer, next })
}

fn cites(shared: &Shared, given: JsonObject) -> Result<String, Refusal> {
    let Cites { r#ref, named, limit, cursor } = arguments(given)?;
    let part = rows(limit, cursor.as_deref())?;
    let mut answer = shared.ask(|reader| query::cites(reader, &r#ref, named))?;
    let next = part.cut(&mut answer.groups);
    json(&Paged { answer, next })
}

fn lineage(shared: &Shared, given: JsonObject) -> Result<String, Refusal> {
    let Lineage { r#ref, direction, depth, as_of } = arguments(given)?;
    let direction = match direction {
        Way::Down => Direction::Down,
        Way::Up => Direction::Up,
        Way::Both => Direction::Both,
    };
    let as_of = day("as_of", as_of.as_deref())?;
    json(&shared.ask(|reader| query::lineage(reader, &r#ref, direction, depth, as_of))?)
}

fn tasks(shared: &Shared, given: JsonObject) -> Result<String, Refusal> {
    let Tasks { r#ref, assignee, due_before, due_after, overdue_on, limit, cursor } = arguments(given)?;
    let part = rows(limit, cursor.as_deref())?;
    let question = TaskQuestion {
        reference: r#ref,
        assignee,
        due_before: day("due_before", due_before.as_deref())?,
        due_after: day("due_after", due_after.as_deref())?,
        overdue_on: day("overdue_on", overdue_on.as_deref())?,
        page: part.page(),
        ..TaskQuestion::default()
    };
    let answer = shared.ask(|reader| query::tasks(reader, &question))?;
    let next = part.next(answer.tasks.len(), answer.total);
    json(&Paged { answer, next })
}

fn search(shared: &Shared, given: JsonObject) -> Result<String, Refusal> {
    let Search { query: words, kind, issuer, level, province, from, to, cites, limit, cursor } = arguments(given)?;
    let limit = limit.unwrap_or(HITS);
    if limit > MOST_HITS {
        return Err(Refusal::bad(format!("limit: {limit} is not a number from 0 to {MOST_HITS}")));
    }
    let question = SearchQuestion {
        words,
        kinds: kind,
        issuer,
        levels: level,
        province,
        from: day("from", from.as_deref())?,
        to: day("to", to.as_deref())?,
        cites,
        limit,
        offset: 0,
        cursor,
    };
    json(&shared.ask(|reader| query::search(reader, &question))?)
}

fn extract(shared: &Shared, given: JsonObject) -> Result<String, Refusal> {
    match arguments(given)? {
        Extract { text: Some(text), r#ref: None } => {
            let failed = |error: std::io::Error| Refusal::bad(format!("the text cannot be kept for reading: {error}"));
            let copy = PrivateCopy::of(text.as_bytes()).map_err(failed)?;
            let unreadable = |error: crate::model::Error| Refusal { code: "unreadable", message: error.reason(), hint: None };
            let file = shared.pool.read(copy.path()).map_err(unreadable)?;
            json(&shared.extractor.extract(&file.raw, file.facts("posted")))
        }
        Extract { text: None, r#ref: Some(reference) } => {
            let found = shared.ask(|reader| {
                let (_, node) = query::find_one(reader, &reference)?;
                let none = || QueryError::Bad { message: format!("{}: it is only cited; no paper of it is in this index", node.id) };
                let paper = node.papers.first().copied().ok_or_else(none)?;
                Ok(reader.extraction(paper)?)
            });
            json(&found?)
        }
        _ => Err(Refusal::bad("give either text or ref")),
    }
}

fn rows(limit: Option<usize>, cursor: Option<&str>) -> Result<Rows, Refusal> {
    let offset =
        cursor.map(|cursor| cursor.parse().map_err(|_| Refusal::bad(format!("{cursor}: no cursor; take the `next` of an answer"))));
    Ok(Rows::new(limit, offset.transpose()?))
}

fn day(name: &str, given: Option<&str>) -> Result<Option<Date>, Refusal> {
    let wrong = |word: &str| Refusal::bad(format!("{name}: {word} is not a day of the calendar, such as 2020-01-31"));
    given.map(|word| read_day(word).ok_or_else(|| wrong(word))).transpose()
}

fn json(answer: &impl Serialize) -> Result<String, Refusal> {
    serde_json::to_string(answer).map_err(|error| Refusal { code: "internal", message: error.to_string(), hint: None })
}
