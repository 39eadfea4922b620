//! What an answer depends on, as a tag: asked again in the same state, nothing is computed and nothing is sent.
//!
//! An answer follows from the store's state, the address, the language, whether one may change
//! something, the day (deadlines) and this run of the program (its
//! pages, and the words in its forms). Not here: caching on this side.

use super::app::App;
use super::fault::Fault;
use super::words::Lang;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// The tag of every answer in this state.
pub(super) fn tag(app: &App, lang: Lang, editor: bool) -> Result<String, Fault> {
    let day = jiff::Zoned::now().date();
    let role = if editor { "w" } else { "r" };
    Ok(format!("W/\"{}-{}-{day}-{}{role}\"", &app.secret.word("etag", "")[..8], app.snapshots.state()?, lang.code()))
}

/// "Not modified", where the other side has this answer already.
pub(super) fn unchanged(headers: &HeaderMap, tag: &str) -> Option<Response> {
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let same = known.flat_map(|list| list.split(',')).any(|one| one.trim() == tag);
    same.then(|| tagged(StatusCode::NOT_MODIFIED.into_response(), tag))
}

/// The answer with its tag.
pub(super) fn tagged(mut response: Response, tag: &str) -> Response {
    if let Ok(tag) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(header::ETAG, tag);
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("cookie, authorization"));
    }
    response
}
