//! The few files that pages use, compiled in.

use super::fault::Fault;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// Name, media type, content.
const FILES: [(&str, &str, &str); 3] = [
    ("vanban.css", "text/css; charset=utf-8", include_str!("static/vanban.css")),
    ("vanban.js", "text/javascript; charset=utf-8", include_str!("static/vanban.js")),
    ("icon.svg", "image/svg+xml", include_str!("static/icon.svg")),
];

/// A file by its name.
pub(super) async fn file(Path(name): Path<String>) -> Result<Response, Fault> {
    let found = FILES.iter().find(|(own, _, _)| *own == name);
    let (_, media_type, content) = found.ok_or_else(|| Fault::not_found(format!("{name}: no such file")))?;
    Ok(([(header::CONTENT_TYPE, *media_type), (header::CACHE_CONTROL, "private, max-age=31536000, immutable")], *content).into_response())
}

/// The icon where browsers look for it.
pub(super) async fn icon() -> Result<Response, Fault> {
    file(Path("icon.svg".to_owned())).await
}

/// A word that changes with the files, for their addresses.
pub(super) fn version() -> &'static str {
    static VERSION: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
        use sha2::{Digest, Sha256};
        let all: String = FILES.iter().map(|(_, _, content)| *content).collect();
        Sha256::digest(all.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
    });
    &VERSION
}
