//! The pages: one file a page, one template a page.
//!
//! Duty: from answers of `query` to what a person sees, in the language asked for; everything of a paper is escaped by the
//! templates. Works without script. Not here: addresses' checks (`route`), words (`words`), style and script (`static/`).

mod about;
mod card;
mod copies;
mod coverage;
mod document;
mod home;
mod lineage;
mod mentions;
mod missing;
mod review;
mod search;
mod shown;
mod status;
mod tasks;
mod text;

use super::app::App;
use super::asked::{Asked, Kind, Param};
use super::fault::Fault;
use super::login::Tried;
use super::route::{Answer, Route};
use super::statics;
use super::words::Lang;
use askama::Template;
use axum::response::Html;
use std::borrow::Borrow;

/// Rows of a long list on a page.
const ROWS: usize = 50;

const fn page(path: &'static str, params: &'static [Param], answer: fn(&Asked<'_>) -> Result<Answer, Fault>) -> Route {
    Route { path, params, strict: false, answer }
}

const CURSOR: Param = Param::new("cursor", Kind::Number(usize::MAX), "where the page begins");

/// Every page.
pub(super) const ROUTES: &[Route] = &[
    page("/", &[], home::page),
    page("/search", search::PARAMS, search::page),
    page("/documents/{id}", document::PARAMS, document::page),
    page("/documents/{id}/card", &[], card::page),
    page("/documents/{id}/cites", &[CURSOR], mentions::cites),
    page("/documents/{id}/cited-by", mentions::PARAMS, mentions::cited_by),
    page("/documents/{id}/tasks", &[CURSOR], tasks::of_document),
    page("/documents/{id}/lineage", lineage::PARAMS, lineage::page),
    page("/documents/{id}/lineage.svg", lineage::PARAMS, lineage::svg),
    page("/documents/{id}/lineage.dot", lineage::PARAMS, lineage::dot),
    page("/documents/{id}/lineage.mmd", lineage::PARAMS, lineage::mermaid),
    page("/documents/{id}/lineage.graphml", lineage::PARAMS, lineage::graphml),
    page("/documents/{id}/lineage.csv", lineage::PARAMS, lineage::csv),
    page("/documents/{id}/coverage", &[], coverage::page),
    page("/documents/{id}/copies", &[], copies::page),
    page("/documents/{id}/file", copies::FILE, copies::file),
    page("/documents/{id}/view", copies::FILE, copies::view),
    page("/tasks", tasks::PARAMS, tasks::page),
    page("/tasks.csv", tasks::PARAMS, tasks::csv),
    page("/tasks.ics", tasks::PARAMS, tasks::ics),
    page("/tasks.xlsx", tasks::PARAMS, tasks::xlsx),
    page("/missing", &[CURSOR], missing::page),
    page("/review", review::PARAMS, review::page),
    page("/review/{id}", &[], review::one),
    page("/status", &[], status::page),
    page("/api", &[], about::page),
];

/// What every page has around it.
pub(super) struct Frame {
    /// Language.
    pub(super) lang: Lang,
    /// Title of the page.
    pub(super) title: String,
    /// Which entry of the menu it belongs to.
    pub(super) tab: &'static str,
    /// Words in the search box.
    pub(super) words: String,
    /// The same page in the other language.
    pub(super) switch: String,
    /// Whether one signs in here.
    pub(super) closed: bool,
}

impl Frame {
    fn of(asked: &Asked<'_>, tab: &'static str, title: impl Into<String>) -> Frame {
        let other = if asked.lang == Lang::Vi { Lang::En } else { Lang::Vi };
        let switch = format!("{}{}", asked.path, asked.params.with(&[("lang", other.code())]));
        Frame { lang: asked.lang, title: title.into(), tab, words: String::new(), switch, closed: asked.app.options.is_closed() }
    }

    fn bare(app: &App, lang: Lang, title: impl Into<String>) -> Frame {
        let other = if lang == Lang::Vi { Lang::En } else { Lang::Vi };
        let switch = format!("/?lang={}", other.code());
        Frame { lang, title: title.into(), tab: "", words: String::new(), switch, closed: app.options.is_closed() }
    }

    /// The word of a key.
    fn w<'k>(&self, key: &'k str) -> &'k str {
        self.lang.of(key)
    }

    /// A word with a number in it.
    fn n(&self, key: &str, number: impl Borrow<usize>) -> String {
        self.lang.count(key, *number.borrow() as u64)
    }

    /// How long one must wait.
    fn seconds(&self, seconds: &u64) -> String {
        self.lang.count("login.wait", *seconds)
    }

    /// A moment for a person.
    fn when(&self, at: &str) -> String {
        shown::moment(at)
    }

    /// A reason that an answer gives.
    fn told(&self, text: &str) -> String {
        self.lang.told(text)
    }

    /// The other language's name in itself.
    fn other(&self) -> &'static str {
        if self.lang == Lang::Vi { "English" } else { "Tiếng Việt" }
    }

    fn other_code(&self) -> &'static str {
        if self.lang == Lang::Vi { "en" } else { "vi" }
    }

    /// A word that changes with style and script.
    fn version(&self) -> &'static str {
        statics::version()
    }

    /// The class of a menu entry.
    fn at(&self, tab: &str) -> &'static str {
        if self.tab == tab { "page" } else { "false" }
    }
}

fn rendered(page: &impl Template) -> Result<Answer, Fault> {
    page.render().map(Answer::html).map_err(|error| Fault::internal(format!("the page cannot be made: {error}")))
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage<'a> {
    f: Frame,
    fault: &'a Fault,
    heading: &'a str,
}

/// A fault for a person.
pub(super) fn fault(app: &App, lang: Lang, fault: &Fault) -> Html<String> {
    let key = format!("fault.{}", fault.code);
    let known = lang.of(&key);
    let heading = if known == key { lang.of("fault.other") } else { known };
    let page = FaultPage { f: Frame::bare(app, lang, heading), fault, heading };
    Html(page.render().unwrap_or_else(|_| fault.message.replace(['<', '&'], " ")))
}

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage<'a> {
    f: Frame,
    to: &'a str,
    tried: Tried,
    /// Whether names and passwords are taken, and whether the token is.
    users: bool,
    token: bool,
    /// Who is signed in already.
    known: Option<String>,
}

/// The login form.
pub(super) fn login(app: &App, lang: Lang, to: &str, tried: Tried, known: Option<String>) -> String {
    let (users, token) = (app.options.users.is_some(), app.options.token.is_some());
    let f = Frame { tab: "login", ..Frame::bare(app, lang, lang.of("login.title")) };
    LoginPage { f, to, tried, users, token, known }.render().unwrap_or_default()
}
