//! `/api/v1/…`: the objects of the command line over HTTP.
//!
//! Duty: the list of addresses with what may be asked; the description (`openapi`) is made from the same list. Every answer is
//! a shape of `query::view`. Not here: shapes of its own.

mod documents;
pub(super) mod extract;
mod lists;

pub(super) use lists::{found, task_question};
pub(super) mod openapi;

use super::asked::{Asked, Kind, Param};
use super::fault::Fault;
use super::route::{Answer, Route};
use crate::query::Rows;
use serde::Serialize;

/// An address with what its description says.
pub(super) struct Endpoint {
    /// The address.
    pub(super) route: Route,
    /// Name of the operation.
    pub(super) name: &'static str,
    /// One line.
    pub(super) summary: &'static str,
    /// Name of the answer's schema; `None` for plain text.
    pub(super) schema: Option<&'static str>,
}

const LIMIT: Param = Param::new("limit", Kind::Number(1_000), "at most so many rows, 100 unless told, at most 1000");
const CURSOR: Param = Param::new("cursor", Kind::Number(usize::MAX), "the `next` of the answer before");
const REF: Param = Param::needed("ref", Kind::Text, "what one would type: 38-CT/TW, \"Chỉ thị 38\", an id");

const fn endpoint(
    path: &'static str,
    params: &'static [Param],
    answer: fn(&Asked<'_>) -> Result<Answer, Fault>,
    (name, summary, schema): (&'static str, &'static str, Option<&'static str>),
) -> Endpoint {
    Endpoint { route: Route { path, params, strict: true, answer }, name, summary, schema }
}

/// Every address that is asked with GET.
pub(super) const ENDPOINTS: &[Endpoint] = &[
    endpoint("/api/v1/search", lists::SEARCH, lists::search, ("search", "Full text with filters and facets", Some("Search"))),
    endpoint(
        "/api/v1/documents",
        &[REF],
        documents::find,
        ("findDocuments", "Documents that a reference can mean, the most cited first", Some("Show")),
    ),
    endpoint("/api/v1/documents/{id}", &[], documents::show, ("showDocument", "One document: metadata, copies, counts", Some("Show"))),
    endpoint(
        "/api/v1/documents/{id}/text",
        &[],
        documents::text,
        ("documentText", "Its text as it was read; spans count in its bytes", None),
    ),
    endpoint(
        "/api/v1/documents/{id}/extraction",
        &[],
        documents::extraction,
        ("documentExtraction", "All that its paper says: facts, citations, tasks, outline", Some("Extraction")),
    ),
    endpoint(
        "/api/v1/documents/{id}/cites",
        documents::CITES,
        documents::cites,
        ("documentCites", "What it cites, each mention with its sentence", Some("Cites")),
    ),
    endpoint(
        "/api/v1/documents/{id}/cited-by",
        documents::CITED_BY,
        documents::cited_by,
        ("documentCitedBy", "Who cites it, each mention with its sentence", Some("CitedBy")),
    ),
    endpoint(
        "/api/v1/documents/{id}/lineage",
        documents::LINEAGE,
        documents::lineage,
        ("documentLineage", "Which papers implement, amend or review it, and which it does", Some("Lineage")),
    ),
    endpoint("/api/v1/documents/{id}/tasks", lists::PAGE, documents::tasks, ("documentTasks", "The duties that it lays", Some("Tasks"))),
    endpoint(
        "/api/v1/documents/{id}/coverage",
        documents::COVERAGE,
        documents::coverage,
        ("documentCoverage", "Which provinces hold an implementing paper, and which do not", Some("Coverage")),
    ),
    endpoint("/api/v1/tasks", lists::TASKS, lists::tasks, ("tasks", "Who has what to do, and by when", Some("Tasks"))),
    endpoint(
        "/api/v1/missing",
        lists::PAGE,
        lists::missing,
        ("missing", "Documents that are cited but not held, most cited first", Some("Missing")),
    ),
    endpoint(
        "/api/v1/unresolved",
        lists::PAGE,
        lists::unresolved,
        ("unresolved", "Citations that several documents could be, with the candidates", Some("Unresolved")),
    ),
    endpoint("/api/v1/decisions", lists::PAGE, lists::decisions, ("decisions", "What persons decided, and took back", Some("Decisions"))),
    endpoint("/api/v1/status", &[], lists::status, ("status", "Runs, counts, rejected files", Some("Status"))),
    endpoint("/api/v1/openapi.json", &[], openapi::answer, ("openapi", "This description", Some("Any"))),
];

/// An answer as JSON.
fn json(answer: &impl Serialize) -> Result<Answer, Fault> {
    let bytes = serde_json::to_vec(answer).map_err(|error| Fault::internal(error.to_string()))?;
    Ok(Answer::new("application/json", bytes))
}

/// Which rows are asked for.
fn rows(asked: &Asked<'_>) -> Rows {
    Rows::new(asked.params.number("limit"), asked.params.number("cursor"))
}
