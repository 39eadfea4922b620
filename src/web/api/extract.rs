//! What a posted paper says, without any index.
//!
//! Duty: what is posted is read as a file is, in a reader process and under its limits where it needs a parser, from a private
//! copy that is removed at the end. What it is tell its bytes, not the request. Not here: keeping it.

use crate::model::{Error, Extraction};
use crate::source::PrivateCopy;
use crate::web::app::App;
use crate::web::fault::Fault;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Name of the posted file in the answer.
const NAME: &str = "posted";

/// Extracts a posted text or file.
pub(in crate::web) async fn post(State(app): State<App>, body: Bytes) -> Result<Response, Fault> {
    let Ok(place) = Arc::clone(&app.extractions).acquire_owned().await else { return Err(Fault::busy()) };
    let extracted = tokio::task::spawn_blocking(move || {
        let answer = extract(&app, body);
        drop(place);
        answer
    });
    let answer = extracted.await.unwrap_or_else(|_| Err(Fault::internal("the extraction failed")))?;
    let mut response = serde_json::to_vec(&answer).map_err(|error| Fault::internal(error.to_string()))?.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

fn extract(app: &App, body: Bytes) -> Result<Extraction, Fault> {
    if body.is_empty() {
        return Err(Fault::bad("there is nothing in the body").hint("post the text of a paper as text/plain, or the bytes of a file"));
    }
    let copy = PrivateCopy::of(&body[..]).map_err(|error| Fault::internal(format!("the file cannot be kept for reading: {error}")))?;
    drop(body);
    let file = app.pool.read(copy.path()).map_err(|error| unreadable(&error))?;
    Ok(app.extractor.extract(&file.raw, file.facts(NAME)))
}

fn unreadable(error: &Error) -> Fault {
    Fault::new(422, "unreadable", format!("{}: {}", error.stage.as_str(), error.reason()))
}
