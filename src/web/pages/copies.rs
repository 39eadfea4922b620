//! The files that are a document, what was odd in them, and what they disagree on.

use super::document::{Head, head};
use super::{Frame, rendered};
use crate::query;
use crate::web::asked::Asked;
use crate::web::fault::Fault;
use crate::web::route::Answer;
use askama::Template;

#[derive(Template)]
#[template(path = "copies.html")]
struct Page {
    f: Frame,
    h: Head,
    copies: Vec<query::view::Copy>,
}

pub(super) fn page(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let (h, node) = head(asked, "copies")?;
    let copies = query::show(asked.reader, &node.id)?.groups.pop().map(|group| group.copies).unwrap_or_default();
    let title = format!("{} · {}", asked.lang.of("tab.copies"), h.doc.name);
    rendered(&Page { f: Frame::of(asked, "", title), h, copies })
}
