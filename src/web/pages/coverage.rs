//! Which provinces hold a paper that implements a document, and which do not.

use super::document::{Head, head};
use super::shown::{Doc, day_of};
use super::{Frame, rendered};
use crate::query;
use crate::web::asked::Asked;
use crate::web::fault::Fault;
use crate::web::route::Answer;
use askama::Template;

#[derive(Template)]
#[template(path = "coverage.html")]
struct Page {
    f: Frame,
    h: Head,
    summary: String,
    as_of: String,
    holding: Vec<Body>,
    missing: Vec<String>,
}

struct Body {
    name: String,
    days: String,
    docs: Vec<Doc>,
}

pub(super) fn page(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let (h, node) = head(asked, "coverage")?;
    let answer = query::coverage(asked.reader, &node.id, None)?;
    let tables = asked.reader.tables();
    let (mut holding, mut missing) = (Vec::new(), Vec::new());
    for body in answer.bodies {
        if body.documents.is_empty() {
            missing.push(body.province);
            continue;
        }
        let days = body.days.map(|days| asked.lang.of("coverage.days").replace("{}", &days.to_string())).unwrap_or_default();
        let docs = body.documents.iter().map(|document| Doc::of(document, tables)).collect();
        holding.push(Body { name: body.province, days, docs });
    }
    let summary = asked.lang.of("coverage.summary").replacen("{}", &answer.held.to_string(), 1);
    let summary = summary.replacen("{}", &(answer.held + answer.missing).to_string(), 1);
    let title = format!("{} · {}", asked.lang.of("tab.coverage"), h.doc.name);
    let as_of = answer.as_of.map(day_of).unwrap_or_default();
    rendered(&Page { f: Frame::of(asked, "", title), h, summary, as_of, holding, missing })
}
