//! What a posted paper says, without any index.
//!
//! Duty: what is posted is read as a file is, in a reader process and under its limits where it needs a parser, from a private
//! copy that is removed at the end. What it is tell its bytes, not the request. Not here: keeping it.

use crate::extract::Extractor;
use crate::model::{Error, Extraction, SourceFacts};
use crate::source::FileText;
use crate::web::app::App;
use crate::web::fault::Fault;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

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
    let copy = Copy::of(&body).map_err(|error| Fault::internal(format!("the file cannot be kept for reading: {error}")))?;
    drop(body);
    let file = app.pool.read(&copy.0).map_err(|error| unreadable(&error))?;
    Ok(facts(&app.extractor, &file))
}

fn facts(extractor: &Extractor, file: &FileText) -> Extraction {
    let raw = &file.raw;
    let source = SourceFacts {
        path: NAME.to_owned(),
        sha256: file.sha256.clone(),
        media_type: raw.media_type.clone(),
        encoding: raw.encoding.clone(),
        bytes: file.bytes,
        pages: raw.pages,
        method: raw.method,
    };
    extractor.extract(raw, source)
}

fn unreadable(error: &Error) -> Fault {
    Fault::new(422, "unreadable", format!("{}: {}", error.stage.as_str(), error.reason()))
}

/// A private file with the posted bytes; removed at the end.
struct Copy(PathBuf);

impl Copy {
    fn of(bytes: &[u8]) -> std::io::Result<Copy> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!("vanban-posted-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        let mut file = private(&path)?;
        let copy = Copy(path);
        file.write_all(bytes)?;
        Ok(copy)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // Nothing to be done when it is already gone.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Creates a file that only this user can read; an existing one, or a link, is refused.
fn private(path: &std::path::Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}
