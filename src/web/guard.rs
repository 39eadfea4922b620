//! What goes before and after every request.
//!
//! Duty: who may ask (host names on loopback, a token elsewhere, no writing from other sites), how many at a time and for how
//! long, and the headers that keep a browser safe; a fault becomes a page for a browser. Not here: what is answered.
//!
//! The rules for writing: the method is POST, `Origin` (where sent) names this server, `Sec-Fetch-Site` (where sent) is not
//! another site, and each form bears a word that only this run of the server can make (`write`).

use super::app::App;
use super::asked::is_safe;
use super::fault::Fault;
use super::sessions::Visitor;
use super::{login, pages, route};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::Duration;

/// How long a request waits for its turn.
const TURN: Duration = Duration::from_secs(10);
/// How long an answer may take; a file that is extracted has its own limit inside.
const TIME: Duration = Duration::from_secs(60);
/// How long an upload with its ingest may take.
const WRITING_TIME: Duration = Duration::from_secs(600);

/// No script and no style but our own files, nothing from elsewhere, no frame around it; in it only originals.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// For an original in a frame of our own: it may load and run nothing. A sandbox would keep browsers from showing a PDF at all; their
/// own viewers take its place there.
const FRAMED: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";
const FRAMED_PICTURE: &str = "default-src 'none'; frame-ancestors 'self'; sandbox";

/// Headers of every answer.
const HEADERS: [(&str, &str); 7] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

/// Checks the request, waits for its turn, answers within the time, and puts the headers on.
pub(super) async fn guard(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let lang = route::lang_of(request.headers());
    let wants_page = !request.uri().path().starts_with("/api/")
        && request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains("text/html"));
    let path = request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let mut response = match checked(&app, &request) {
        Ok(visitor) => {
            request.extensions_mut().insert(visitor);
            answered(&app, request, next).await
        }
        Err(fault) if fault.code == "token_needed" && wants_page => route::see(&login::address(&path)),
        Err(fault) => fault.into_response(),
    };
    if wants_page && let Some(fault) = response.extensions_mut().remove::<Fault>() {
        let status = response.status();
        response = pages::fault(&app, lang, &fault).into_response();
        *response.status_mut() = status;
    }
    // With "not modified" a browser keeps the headers that the answer had; others would take their place.
    if response.status() != StatusCode::NOT_MODIFIED {
        for (name, value) in HEADERS {
            response.headers_mut().entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
        }
    }
    // Always asked again, and answered with "not modified" where nothing changed; no shared cache keeps a paper.
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    response
}

/// Lets an original stand in a frame of our own pages.
pub(super) fn let_frame(headers: &mut HeaderMap, media_type: &str) {
    let policy = if media_type == "application/pdf" { FRAMED } else { FRAMED_PICTURE };
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
}

async fn answered(app: &App, request: Request, next: Next) -> Response {
    let Ok(Ok(_turn)) = tokio::time::timeout(TURN, app.requests.acquire()).await else { return Fault::busy().into_response() };
    let time = if is_safe(request.method()) || request.uri().path() != "/upload" { TIME } else { WRITING_TIME };
    match tokio::time::timeout(time, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Fault::new(503, "timeout", format!("no answer within {} s", time.as_secs())).hint("narrow the question").into_response(),
    }
}

/// Who asks; a fault where the request is not taken.
fn checked(app: &App, request: &Request) -> Result<Visitor, Fault> {
    let headers = request.headers();
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok());
    // A name of another site that leads to this address must not let that site read answers here (DNS rebinding).
    if app.options.listen.ip().is_loopback() && !host.is_some_and(is_own) {
        let fault = Fault::new(421, "wrong_host", "this server answers to localhost and 127.0.0.1 only");
        return Err(fault.hint("use the address that `vanban serve` printed"));
    }
    if !is_safe(request.method()) {
        same_site(headers, host)?;
    } else if request.method() == Method::OPTIONS {
        return Err(Fault::new(405, "method_not_allowed", "other sites may not ask here"));
    }
    let open = matches!(request.uri().path(), "/login" | "/static/vanban.css" | "/favicon.ico" | "/health");
    match login::visitor(app, headers) {
        Some(visitor) => Ok(visitor),
        None if open => Ok(Visitor { name: String::new(), editor: false }),
        None => Err(Fault::new(401, "token_needed", "a token is needed").hint("send `Authorization: Bearer …`, or log in at /login")),
    }
}

/// Loopback by name or number, with any port.
fn is_own(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn same_site(headers: &HeaderMap, host: Option<&str>) -> Result<(), Fault> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let elsewhere = text("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none"));
    let other = text("origin").is_some_and(|origin| origin.split_once("://").map(|(_, host)| host) != host);
    if elsewhere || other {
        return Err(Fault::forbidden("a request of another site is not taken").hint("open the page of this server itself"));
    }
    Ok(())
}

/// The value of a cookie.
pub(super) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(own, _)| *own == name)
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::is_own;

    #[test]
    fn only_loopback_is_ones_own() {
        for host in ["localhost", "localhost:7300", "127.0.0.1:80", "[::1]:7300", "LOCALHOST", "127.1.2.3"] {
            assert!(is_own(host), "{host}");
        }
        for host in ["evil.example", "127.0.0.1.evil.example:7300", "localhost.evil.example", "10.0.0.1", "", "[2001:db8::1]"] {
            assert!(!is_own(host), "{host}");
        }
    }
}
