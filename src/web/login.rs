//! Who may ask where a token or a name is needed.
//!
//! Duty: the token as a bearer for programs; a form with the token, or with name and password, for a session in a cookie. Not
//! here: passwords (`users`), sessions and waits (`sessions`).

use super::app::App;
use super::fault::Fault;
use super::guard::cookie;
use super::sessions::Visitor;
use super::users::Role;
use super::words::Lang;
use super::{pages, route};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use std::sync::Arc;

/// Name of the cookie.
const COOKIE: &str = "vanban";
/// What failures with the token are counted under; no user bears this name.
const TOKEN: &str = "token";

/// Who asks; `None` where one must sign in first.
pub(super) fn visitor(app: &App, headers: &HeaderMap) -> Option<Visitor> {
    let options = &app.options;
    if !options.is_closed() {
        return Some(Visitor { name: "local".to_owned(), editor: true });
    }
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("Bearer "));
    let known = bearer.zip(options.token.as_deref()).is_some_and(|(given, token)| app.secret.same(given.trim(), token));
    if known {
        return Some(Visitor { name: TOKEN.to_owned(), editor: true });
    }
    app.sessions.visitor(&app.secret, cookie(headers, COOKIE)?)
}

/// The login page that leads on to `to`.
pub(super) fn address(to: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("to", to).finish();
    format!("/login?{query}")
}

/// What the page tells of the last try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tried {
    /// None yet.
    No,
    /// It failed.
    Failed,
    /// It was not looked at: seconds to wait.
    TooOften(u64),
}

/// The form; for who is signed in, the way out.
pub(super) async fn page(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    let known = visitor(&app, &headers).map(|visitor| visitor.name);
    Html(pages::login(&app, route::lang_of(&headers), &target(uri.query().unwrap_or_default()), Tried::No, known)).into_response()
}

/// Takes the form: who is right gets a session, and goes on to where they wanted to go.
pub(super) async fn enter(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Result<Response, Fault> {
    if !app.options.is_closed() {
        return Ok(route::see("/"));
    }
    let form: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let field = |name: &str| form.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
    let to = target(&String::from_utf8_lossy(&body));
    let (lang, token) = (route::lang_of(&headers), field("token"));
    let name = if token.is_some() { TOKEN.to_owned() } else { field("name").unwrap_or_default().trim().to_owned() };
    if let Some(wait) = app.sessions.wait(&name) {
        return Ok(again(&app, lang, &to, Tried::TooOften(wait)));
    }
    let editor = match token {
        Some(given) => app.options.token.as_deref().is_some_and(|token| app.secret.same(given.trim(), token)).then_some(true),
        None => role(&app, name.clone(), field("password").unwrap_or_default()).await?.map(|role| role == Role::Editor),
    };
    let Some(editor) = editor else {
        app.sessions.failed(&name);
        // Slow for who guesses, no matter for who mistypes.
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        return Ok(again(&app, lang, &to, Tried::Failed));
    };
    let word = app
        .sessions
        .begin(&app.secret, Visitor { name, editor })
        .map_err(|error| Fault::internal(format!("no random numbers: {error}")))?;
    let mut response = route::see(&to);
    set_cookie(&mut response, &word, "");
    Ok(response)
}

/// Ends the session of the cookie.
pub(super) async fn leave(State(app): State<App>, headers: HeaderMap) -> Response {
    if let Some(word) = cookie(&headers, COOKIE) {
        app.sessions.end(&app.secret, word);
    }
    let mut response = route::see("/login");
    set_cookie(&mut response, "", "; Max-Age=0");
    response
}

/// The role of a name with its password; one at a time, because each takes memory and time on purpose.
async fn role(app: &App, name: String, password: String) -> Result<Option<Role>, Fault> {
    let Ok(turn) = Arc::clone(&app.passwords).acquire_owned().await else { return Err(Fault::busy()) };
    let asking = app.clone();
    let checked = tokio::task::spawn_blocking(move || {
        let role = asking.options.users.as_ref().and_then(|users| users.check(&name, &password));
        drop(turn);
        role
    });
    checked.await.map_err(|_| Fault::internal("the password could not be checked"))
}

fn again(app: &App, lang: Lang, to: &str, tried: Tried) -> Response {
    let page = Html(pages::login(app, lang, to, tried, None));
    match tried {
        Tried::TooOften(wait) => (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, wait.to_string())], page).into_response(),
        _ => (StatusCode::UNAUTHORIZED, page).into_response(),
    }
}

fn set_cookie(response: &mut Response, word: &str, more: &str) {
    let cookie = format!("{COOKIE}={word}; Path=/; HttpOnly; SameSite=Strict{more}");
    response.headers_mut().extend(HeaderValue::from_str(&cookie).map(|value| (header::SET_COOKIE, value)));
}

/// A path of this server; anything else becomes the start page.
fn target(query: &str) -> String {
    let to = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "to").map(|(_, to)| to.into_owned());
    let own = |to: &String| to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\r', '\n']) && to.is_ascii();
    to.filter(own).unwrap_or_else(|| "/".to_owned())
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn nobody_is_sent_elsewhere() {
        assert_eq!(target("to=%2Fsearch%3Fq%3Da"), "/search?q=a");
        for query in ["", "to=https%3A%2F%2Fevil.example", "to=%2F%2Fevil.example", "to=%2F%5Cevil.example", "to=%2Fa%0D%0Ab"] {
            assert_eq!(target(query), "/", "{query}");
        }
    }
}
