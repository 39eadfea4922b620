//! Why a request got no answer: one shape for programs and people.
//!
//! Duty: status, code, message and hint; from the errors below. As JSON; `guard` makes a page of it for a browser.

use crate::model::{Error, ErrorKind};
use crate::query::QueryError;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// The body of every failed request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Fault {
    /// HTTP status.
    pub(super) status: u16,
    /// A stable word.
    pub(super) code: &'static str,
    /// What happened: lower case, no final stop.
    pub(super) message: String,
    /// What to do.
    pub(super) hint: Option<String>,
}

impl Fault {
    pub(super) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Fault {
        Fault { status, code, message: message.into(), hint: None }
    }

    pub(super) fn hint(self, hint: impl Into<String>) -> Fault {
        Fault { hint: Some(hint.into()), ..self }
    }

    /// The request is wrong in itself.
    pub(super) fn bad(message: impl Into<String>) -> Fault {
        Fault::new(400, "bad_request", message)
    }

    /// There is no such thing.
    pub(super) fn not_found(message: impl Into<String>) -> Fault {
        Fault::new(404, "not_found", message)
    }

    /// What is asked for is not allowed here.
    pub(super) fn forbidden(message: impl Into<String>) -> Fault {
        Fault::new(403, "forbidden", message)
    }

    /// Too much at a time.
    pub(super) fn busy() -> Fault {
        Fault::new(503, "busy", "too many questions at a time").hint("ask again in a few seconds")
    }

    /// Something that should not happen.
    pub(super) fn internal(message: impl Into<String>) -> Fault {
        Fault::new(500, "internal", message)
    }

    /// The answer is larger than is sent.
    pub(super) fn too_large(bytes: usize) -> Fault {
        let message = format!("the answer has {} MiB, more than is sent", bytes >> 20);
        Fault::new(413, "too_large", message).hint("narrow the question, or take it page by page with limit and cursor")
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        // Without the path: where the index lies is nobody's business on the other side.
        let message = error.reason();
        match error.kind {
            ErrorKind::Locked => Fault::new(503, "locked", message),
            ErrorKind::NoIndex => Fault::new(503, "no_index", message),
            _ => Fault::new(500, "store_failed", message),
        }
    }
}

impl From<QueryError> for Fault {
    fn from(error: QueryError) -> Fault {
        match error {
            QueryError::NotFound { reference, nearest } => {
                let fault = Fault::not_found(format!("{reference}: no such document in this index"));
                match nearest.is_empty() {
                    true => fault.hint("search finds documents by the words of their subject"),
                    false => fault.hint(format!("did you mean {}?", nearest.join(", "))),
                }
            }
            QueryError::Several { reference, meanings } => {
                let each: Vec<String> = meanings.iter().map(|(id, words)| format!("{id} ({words})")).collect();
                Fault::new(409, "several_meanings", format!("{reference}: it means several documents"))
                    .hint(format!("name one: {}", each.join(", ")))
            }
            QueryError::Bad { message } => Fault::bad(message),
            QueryError::Store(error) => error.into(),
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, "application/json")], body).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response.extensions_mut().insert(self);
        response
    }
}
