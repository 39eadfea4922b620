//! Documents that are cited but not held.

use super::shown::{Doc, Pager};
use super::{Frame, ROWS, rendered};
use crate::query;
use crate::query::view::Page as Rows;
use crate::web::asked::Asked;
use crate::web::fault::Fault;
use crate::web::route::Answer;
use askama::Template;

#[derive(Template)]
#[template(path = "missing.html")]
struct Page {
    f: Frame,
    total: String,
    rows: Vec<Row>,
    pager: Pager,
}

struct Row {
    doc: Doc,
    citations: u64,
    cited_by: u64,
}

pub(super) fn page(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let offset = asked.params.number("cursor").unwrap_or(0);
    let answer = query::missing(asked.reader, Rows { limit: Some(ROWS), offset })?;
    let row = |one: &query::view::MissingDocument| Row {
        doc: Doc::of(&one.document, asked.reader.tables()),
        citations: one.citations,
        cited_by: one.cited_by,
    };
    let rows: Vec<Row> = answer.documents.iter().map(row).collect();
    let pager = Pager::new(asked, offset, rows.len(), answer.total, ROWS);
    let total = asked.lang.count("missing.total", answer.total as u64);
    rendered(&Page { f: Frame::of(asked, "missing", asked.lang.of("nav.missing")), total, rows, pager })
}
