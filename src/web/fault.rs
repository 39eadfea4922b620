//! Why a request got no answer: one shape for programs and people.
//!
//! Duty: status, code, message and hint; from the errors below. As JSON; `guard` makes a page of it for a browser.

use crate::model::Error;
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
        QueryError::Store(error).into()
    }
}

impl From<QueryError> for Fault {
    fn from(error: QueryError) -> Fault {
        let (code, message, hint) = error.told();
        let status = match code {
            "not_found" => 404,
            "several_meanings" => 409,
            "bad_request" => 400,
            "locked" | "no_index" => 503,
            _ => 500,
        };
        Fault { hint, ..Fault::new(status, code, message) }
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
