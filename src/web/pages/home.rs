//! The start: what is in the index, what is new, cited most, and falls due.

use super::shown::{Doc, day_of};
use super::{Frame, rendered};
use crate::query::view::Document;
use crate::web::app::Overview;
use crate::web::asked::Asked;
use crate::web::fault::Fault;
use crate::web::route::Answer;
use askama::Template;

const LINES: usize = 8;

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    f: Frame,
    counts: Vec<(String, &'static str, &'static str)>,
    newest: Vec<Doc>,
    cited: Vec<(Doc, String)>,
    due: Vec<Due>,
}

/// A duty that falls due.
struct Due {
    day: String,
    iso: String,
    body: String,
    text: String,
    doc: Doc,
}

pub(super) fn page(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let (reader, lang) = (asked.reader, asked.lang);
    let tables = reader.tables();
    let overview =
        asked.app.overview.get(reader, |reader| Ok(Overview { totals: reader.totals()?, most_cited: reader.most_cited(LINES)? }))?;
    let (documents, citations, tasks) = overview.totals;
    let rejected = reader.rejected()?.len() as u64;
    let mut counts = vec![
        (lang.digits(documents), "home.documents", "/search"),
        (lang.digits(citations), "home.citations", "/search"),
        (lang.digits(tasks), "home.tasks", "/tasks"),
    ];
    if rejected > 0 {
        counts.push((lang.digits(rejected), "home.rejected", "/status"));
    }
    let today = jiff::Zoned::now().date();
    let rows = reader.due_from(today, LINES)?;
    let mut due = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(node) = reader.node(&row.node)? else { continue };
        let Some(day) = row.task.due.as_ref().and_then(|due| due.date) else { continue };
        let body = row.task.assignees.first().cloned().unwrap_or_default();
        due.push(Due {
            day: day_of(day),
            iso: day.to_string(),
            body,
            text: shortened(&row.task.text),
            doc: Doc::of(&Document::from(&node), tables),
        });
    }
    let newest = reader.newest(LINES)?.iter().map(|node| Doc::of(&node.into(), tables)).collect();
    let cited = overview.most_cited.iter().map(|(node, count)| (Doc::of(&node.into(), tables), lang.digits(*count))).collect();
    rendered(&Home { f: Frame::of(asked, "home", lang.of("home.title")), counts, newest, cited, due })
}

/// The first words of a duty.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 180;
    match text.char_indices().nth(MOST) {
        Some((to, _)) => format!("{} …", &text[..text[..to].rfind(' ').unwrap_or(to)]),
        None => text.to_owned(),
    }
}
