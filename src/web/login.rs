//! Who may ask where a token is needed.
//!
//! Duty: the token as a bearer, or once in a form for a cookie that ends with this run of the server. Not here: users and roles.

use super::app::App;
use super::fault::Fault;
use super::guard::cookie;
use super::{pages, route};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{Html, IntoResponse, Response};

/// Name of the cookie.
const COOKIE: &str = "vanban";

/// True when no token is needed, or this request has it.
pub(super) fn is_known(app: &App, headers: &HeaderMap) -> bool {
    let Some(token) = &app.options.token else { return true };
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("Bearer "));
    bearer.is_some_and(|given| app.secret.same(given.trim(), token))
        || cookie(headers, COOKIE).is_some_and(|own| app.secret.same(own, &pass(app)))
}

/// The login page that leads on to `to`.
pub(super) fn address(to: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("to", to).finish();
    format!("/login?{query}")
}

/// The form.
pub(super) async fn page(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    Html(pages::login(&app, route::lang_of(&headers), &target(uri.query().unwrap_or_default()), false)).into_response()
}

/// Takes the form: with the right token a cookie and on to where one wanted to go.
pub(super) async fn enter(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Result<Response, Fault> {
    let Some(token) = &app.options.token else { return Ok(route::see("/")) };
    let form: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let given = form.iter().find(|(name, _)| name == "token").map_or("", |(_, value)| value.trim());
    let to = target(&String::from_utf8_lossy(&body));
    if !app.secret.same(given, token) {
        // Slow for who guesses, no matter for who mistypes.
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        let page = pages::login(&app, route::lang_of(&headers), &to, true);
        return Ok((axum::http::StatusCode::UNAUTHORIZED, Html(page)).into_response());
    }
    let mut response = route::see(&to);
    let cookie = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict", pass(&app));
    response.headers_mut().extend(HeaderValue::from_str(&cookie).map(|value| (header::SET_COOKIE, value)));
    Ok(response)
}

/// A path of this server; anything else becomes the start page.
fn target(query: &str) -> String {
    let to = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "to").map(|(_, to)| to.into_owned());
    let own = |to: &String| to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\r', '\n']) && to.is_ascii();
    to.filter(own).unwrap_or_else(|| "/".to_owned())
}

fn pass(app: &App) -> String {
    app.secret.word("session", app.options.token.as_deref().unwrap_or_default())
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
