//! Which address is answered by what.
//!
//! Duty: one list of addresses; each GET is checked, answered from a snapshot, tagged and bounded in the same way.
//! Not here: what goes before every request (`guard`).

use super::app::App;
use super::asked::{Asked, Param, Params};
use super::fault::Fault;
use super::sessions::Visitor;
use super::snapshots::Reach;
use super::words::Lang;
use super::{api, etag, guard, login, pages, statics, write};
use axum::body::Bytes;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{DefaultBodyLimit, RawPathParams, State};
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use axum::{Extension, Router};

/// Bytes of an answer; texts of papers may be longer than pages.
const MOST: usize = 32 << 20;
/// Bytes of a posted form.
const FORM: usize = 64 << 10;
/// Bytes of a posted file.
pub(super) const UPLOAD: usize = 64 << 20;

/// An address that answers from a snapshot.
#[derive(Clone, Copy)]
pub(super) struct Route {
    /// The path; a named part is `{id}`.
    pub(super) path: &'static str,
    /// What may be asked.
    pub(super) params: &'static [Param],
    /// Whether unknown parameters are refused.
    pub(super) strict: bool,
    /// The answer.
    pub(super) answer: fn(&Asked<'_>) -> Result<Answer, Fault>,
}

impl Route {
    /// An address that names a document looks at that; its lineage may be anything.
    fn reach(&self) -> Reach {
        if self.path.contains("{id}") && !self.path.contains("lineage") { Reach::One } else { Reach::All }
    }
}

/// An answer before it is sent.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    media_type: &'static str,
    bytes: Bytes,
    file_name: Option<String>,
    /// Shown in a frame of our own pages, as a file that is trusted with nothing.
    framed: bool,
}

impl Answer {
    /// Something to look at.
    pub(super) fn new(media_type: &'static str, bytes: impl Into<Vec<u8>>) -> Answer {
        Answer { media_type, bytes: Bytes::from(bytes.into()), file_name: None, framed: false }
    }

    /// Bytes of the body.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// A page.
    pub(super) fn html(page: String) -> Answer {
        Answer::new("text/html; charset=utf-8", page)
    }

    /// A file to be looked at in a frame of our own pages.
    pub(super) fn framed(media_type: &'static str, bytes: impl Into<Vec<u8>>, name: impl Into<String>) -> Answer {
        Answer { framed: true, ..Answer::file(media_type, bytes, name) }
    }

    /// A file to keep.
    pub(super) fn file(media_type: &'static str, bytes: impl Into<Vec<u8>>, name: impl Into<String>) -> Answer {
        Answer { file_name: Some(name.into()), ..Answer::new(media_type, bytes) }
    }
}

/// All addresses.
pub(super) fn router(app: &App) -> Router {
    let mut router: Router<App> = Router::new();
    for route in api::ENDPOINTS.iter().map(|endpoint| endpoint.route).chain(pages::ROUTES.iter().copied()) {
        router = router.route(route.path, answered(route));
    }
    let extract = post(api::extract::post).layer(DefaultBodyLimit::max(UPLOAD));
    let upload = post(write::upload).layer(DefaultBodyLimit::max(UPLOAD));
    router
        .route("/api/v1/extract", extract)
        .route("/upload", upload)
        .route("/review/decide", post(write::decide))
        .route("/login", get(login::page).post(login::enter))
        .route("/logout", post(login::leave))
        .route("/static/{name}", get(statics::file))
        .route("/favicon.ico", get(statics::icon))
        .route("/health", get(|| async { "ok\n" }))
        .fallback(|uri: Uri| async move { Fault::not_found(format!("{}: no such page", uri.path())).hint("start at /, or read /api") })
        .method_not_allowed_fallback(|| async { Fault::new(405, "method_not_allowed", "this address is not asked so") })
        .layer(DefaultBodyLimit::max(FORM))
        .layer(axum::middleware::from_fn_with_state(app.clone(), guard::guard))
        .with_state(app.clone())
}

fn answered(route: Route) -> MethodRouter<App> {
    get(
        move |State(app): State<App>,
              Extension(visitor): Extension<Visitor>,
              path: Result<RawPathParams, RawPathParamsRejection>,
              uri: Uri,
              headers: HeaderMap| async move {
            let path = path.map_err(|error| Fault::bad(format!("the path cannot be read: {error}")))?;
            let id = path.iter().next().map(|(_, value)| value.to_owned()).unwrap_or_default();
            run(app, route, (id, visitor.editor), uri, headers).await
        },
    )
}

async fn run(app: App, route: Route, (id, editor): (String, bool), uri: Uri, headers: HeaderMap) -> Result<Response, Fault> {
    let query = uri.query().unwrap_or_default();
    let chosen = if route.strict { None } else { form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "lang") };
    let chosen = chosen.and_then(|(_, code)| Lang::parse(&code));
    let lang = chosen.unwrap_or_else(|| lang_of(&headers));
    let tag = etag::tag(&app, lang, editor)?;
    let params = Params::read(query, route.params, route.strict)?;
    if chosen.is_none()
        && let Some(response) = etag::unchanged(&headers, &tag)
    {
        return Ok(response);
    }
    let key = format!("{tag} {uri}");
    // Who asks the same meanwhile waits for this answer instead of making it too.
    let _turn = match app.answers.get(&key) {
        Some(answer) => return Ok(sent(answer, &tag, chosen)),
        None => app.answers.turn(&key).await,
    };
    if let Some(answer) = app.answers.get(&key) {
        return Ok(sent(answer, &tag, chosen));
    }
    let path = uri.path().to_owned();
    let snapshots = std::sync::Arc::clone(&app.snapshots);
    let asking = app.clone();
    let answer = snapshots
        .ask(route.reach(), move |reader| {
            (route.answer)(&Asked { app: &asking, reader, params: &params, id: &id, lang, path: &path, editor })
        })
        .await?;
    if answer.len() > MOST {
        return Err(Fault::too_large(answer.len()));
    }
    app.answers.put(key, &answer);
    Ok(sent(answer, &tag, chosen))
}

/// The response, with the cookie of a language that was chosen right now.
fn sent(answer: Answer, tag: &str, chosen: Option<Lang>) -> Response {
    let mut response = respond(answer);
    if let Some(lang) = chosen {
        let cookie = format!("lang={}; Path=/; Max-Age=31536000; SameSite=Lax", lang.code());
        response.headers_mut().extend(HeaderValue::from_str(&cookie).map(|value| (header::SET_COOKIE, value)));
    }
    etag::tagged(response, tag)
}

fn respond(answer: Answer) -> Response {
    let mut response = answer.bytes.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(answer.media_type));
    if let Some(name) = answer.file_name {
        let how = if answer.framed { "inline" } else { "attachment" };
        let value = format!("{how}; filename=\"{}\"", name.replace(|c: char| !c.is_ascii_alphanumeric() && !"-_.".contains(c), "-"));
        response.headers_mut().extend(HeaderValue::from_str(&value).map(|value| (header::CONTENT_DISPOSITION, value)));
    }
    if answer.framed {
        guard::let_frame(response.headers_mut(), answer.media_type);
    }
    response
}

/// Sends the browser to another address of this server.
pub(super) fn see(address: &str) -> Response {
    let mut response = axum::http::StatusCode::SEE_OTHER.into_response();
    response.headers_mut().extend(HeaderValue::from_str(address).map(|value| (header::LOCATION, value)));
    response
}

/// The language of the cookie.
pub(super) fn lang_of(headers: &HeaderMap) -> Lang {
    guard::cookie(headers, "lang").and_then(Lang::parse).unwrap_or_default()
}
