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

/// What a browser shows by itself, and nothing in it can run: the media types of originals that are shown beside a text.
pub(super) const SHOWN: [&str; 3] = ["application/pdf", "image/png", "image/jpeg"];

/// A file as it was ingested, to be kept; its path comes from the catalogue, never from the request.
pub(super) fn file(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let (bytes, name, _) = original(asked)?;
    Ok(Answer::file("application/octet-stream", bytes, name))
}

/// The same to be looked at, where a browser can.
pub(super) fn view(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let (bytes, name, media_type) = original(asked)?;
    let shown = SHOWN.into_iter().find(|shown| *shown == media_type);
    let none = || Fault::not_found(format!("a browser does not show {media_type}")).hint("…/file is the file itself");
    Ok(Answer::framed(shown.ok_or_else(none)?, bytes, name))
}

/// Bytes, a name and the media type of a file of the document, as long as it is the one that was read.
fn original(asked: &Asked<'_>) -> Result<(Vec<u8>, String, String), Fault> {
    let node = asked.node()?;
    let nth = asked.params.number("n").unwrap_or(0);
    let none = || Fault::not_found(format!("{}: there is no such file", node.id));
    let original = asked.reader.originals(&node.id)?.into_iter().nth(nth).ok_or_else(none)?;
    let gone = || Fault::not_found("the file is not where it was ingested from, or was changed").hint("ingest the folder again");
    // A paper inside an archive has no file of its own.
    let path = &original.path;
    if !path.is_file() || source::hash(path, &asked.app.options.limits).ok().as_deref() != Some(original.sha256.as_str()) {
        return Err(gone());
    }
    let bytes = std::fs::read(path).map_err(|_| gone())?;
    let ending = path.extension().map(|ending| ending.to_string_lossy().into_owned()).unwrap_or_default();
    Ok((bytes, format!("{}.{ending}", node.id), original.media_type))
}
