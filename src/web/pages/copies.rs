//! The files that are a document, what was odd in them, and the files themselves.

use super::document::{Head, head};
use super::{Frame, rendered};
use crate::query;
use crate::source;
use crate::web::asked::{Asked, Kind, Param};
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

pub(super) const FILE: &[Param] = &[Param::new("n", Kind::Number(usize::MAX), "which of the files, from 0")];

/// A file as it was ingested, to be kept; its path comes from the catalogue, never from the request.
pub(super) fn file(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let node = asked.node()?;
    let nth = asked.params.number("n").unwrap_or(0);
    let none = || Fault::not_found(format!("{}: there is no such file", node.id));
    let (path, sha256) = asked.reader.originals(&node.id)?.into_iter().nth(nth).ok_or_else(none)?;
    let gone = || Fault::not_found("the file is not where it was ingested from, or was changed").hint("ingest the folder again");
    // A paper inside an archive has no file of its own.
    if !path.is_file() || source::hash(&path, &asked.app.options.limits).ok().as_deref() != Some(sha256.as_str()) {
        return Err(gone());
    }
    let bytes = std::fs::read(&path).map_err(|_| gone())?;
    let ending = path.extension().map(|ending| ending.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Answer::file("application/octet-stream", bytes, format!("{}.{ending}", node.id)))
}
