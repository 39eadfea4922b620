//! Search: one box, facets with counts, and "which one?" where a number means several.

use super::shown::{Doc, Pager};
use super::{Frame, rendered};
use crate::query::view::{Document, Facet, Piece, Search};
use crate::query::{self, QueryError, Reading};
use crate::web::api;
use crate::web::asked::{Asked, Kind, Param};
use crate::web::fault::Fault;
use crate::web::route::Answer;
use askama::Template;

pub(super) const PARAMS: &[Param] = &[
    Param::new("q", Kind::Text, "words"),
    Param::new("kind", Kind::Many, "type codes"),
    Param::new("issuer", Kind::Text, "issuer"),
    Param::new("level", Kind::Many, "levels"),
    Param::new("province", Kind::Text, "province"),
    Param::new("from", Kind::Day, "first day"),
    Param::new("to", Kind::Day, "last day"),
    Param::new("cites", Kind::Text, "cited document"),
    Param::new("held", Kind::Word(&["held", "cited"]), "documents with their text here, which is usual, or those that are only cited"),
    Param::new("limit", Kind::Number(100), "hits a page"),
    Param::new("cursor", Kind::Number(usize::MAX), "where the page begins"),
];
/// Hits a page.
const HITS: usize = 20;
/// Values of a facet.
const VALUES: usize = 10;
/// Meanings that are offered.
const MEANINGS: usize = 12;

#[derive(Template)]
#[template(path = "search.html")]
struct Page {
    f: Frame,
    total: String,
    took: u64,
    only_cited: bool,
    hits: Vec<Hit>,
    facets: Vec<Group>,
    chosen: Vec<Chosen>,
    meanings: Vec<Meaning>,
    nearest: Vec<Near>,
    pager: Pager,
    issuer: String,
    from: String,
    to: String,
    hidden: Vec<(&'static str, String)>,
}

struct Hit {
    doc: Doc,
    pieces: Vec<Piece>,
    cited_by: usize,
}

/// A facet with its values.
struct Group {
    key: &'static str,
    values: Vec<Value>,
}

struct Value {
    label: String,
    count: String,
    href: String,
}

/// A filter in force, and the address without it.
struct Chosen {
    label: String,
    href: String,
}

/// The address of a question, and the number that it asks for.
type Near = (String, String);

/// What the number in the box could mean.
struct Meaning {
    doc: Doc,
    words: String,
    cited_by: usize,
}

pub(super) fn page(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let (params, lang) = (asked.params, asked.lang);
    let words = params.text("q").unwrap_or_default();
    let answer = api::found(asked)?;
    let (meanings, nearest) = meant(asked, &words)?;
    let rows = params.number("limit").unwrap_or(HITS);
    let only_cited = params.get("held") == Some("cited");
    let hits = hits(asked, &answer)?;
    let title = if words.is_empty() { lang.of("search.all").to_owned() } else { format!("{words} · {}", lang.of("search.title")) };
    let pager = Pager::new(asked, answer.query.offset, hits.len(), answer.total, rows);
    let facets = facets(asked, &answer);
    let chosen = chosen(asked, &answer);
    let text = |name: &str| params.text(name).unwrap_or_default();
    let kept = ["kind", "level", "province", "cites", "held"];
    rendered(&Page {
        f: Frame { words, ..Frame::of(asked, "search", title) },
        total: lang.count("search.total", answer.total as u64),
        only_cited,
        took: answer.took_ms,
        hits,
        facets,
        chosen,
        meanings,
        nearest,
        pager,
        issuer: text("issuer"),
        from: text("from"),
        to: text("to"),
        hidden: kept
            .into_iter()
            .filter_map(|name| Some((name, params.many(name).join(","))).filter(|(_, value)| !value.is_empty()))
            .collect(),
    })
}

/// The hits with the numbers of those who cite them.
fn hits(asked: &Asked<'_>, answer: &Search) -> Result<Vec<Hit>, Fault> {
    let mut hits = Vec::with_capacity(answer.hits.len());
    for hit in &answer.hits {
        let cited_by = asked.reader.cited_by_count(&hit.document.id)? as usize;
        hits.push(Hit { doc: Doc::of(&hit.document, asked.reader.tables()), pieces: hit.snippet.clone(), cited_by });
    }
    Ok(hits)
}

/// The documents that the words name as a reference, where they hold a number; or numbers spelt nearly so.
fn meant(asked: &Asked<'_>, words: &str) -> Result<(Vec<Meaning>, Vec<Near>), Fault> {
    let reading = Reading::of(asked.reader.tables(), words);
    let first = asked.params.number("cursor").is_none();
    if words.is_empty() || !first || (reading.serial.is_none() && asked.reader.node(words)?.is_none()) {
        return Ok((Vec::new(), Vec::new()));
    }
    match query::find(asked.reader, words) {
        Ok(found) => {
            let mut meanings = Vec::new();
            for (node, words) in found.nodes.iter().zip(found.words).take(MEANINGS) {
                let cited_by = asked.reader.cited_by_count(&node.id)? as usize;
                let doc = Doc::of(&Document::from(node), asked.reader.tables());
                meanings.push(Meaning { doc, words: words.unwrap_or_default(), cited_by });
            }
            Ok((meanings, Vec::new()))
        }
        Err(QueryError::NotFound { nearest, .. }) => {
            let link = |number: String| (format!("/search{}", asked.params.with(&[("q", number.as_str())])), number);
            Ok((Vec::new(), nearest.into_iter().map(link).collect()))
        }
        Err(QueryError::Bad { .. }) => Ok((Vec::new(), Vec::new())),
        Err(other) => Err(other.into()),
    }
}

fn facets(asked: &Asked<'_>, answer: &Search) -> Vec<Group> {
    let order = [
        ("kind", "facet.kind"),
        ("level", "facet.level"),
        ("issuer", "facet.issuer"),
        ("province", "facet.province"),
        ("year", "facet.year"),
        ("held", "facet.held"),
    ];
    let group = |(name, key): (&'static str, &'static str)| {
        let all = answer.facets.get(name)?;
        let value = |facet: &Facet| {
            let (first, last) = (format!("{}-01-01", facet.value), format!("{}-12-31", facet.value));
            let whole = format!("\"{}\"", facet.value);
            let changes: Vec<(&str, &str)> = match name {
                "year" => vec![("from", first.as_str()), ("to", last.as_str()), ("cursor", "")],
                "issuer" => vec![("issuer", whole.as_str()), ("cursor", "")],
                _ => vec![(name, facet.value.as_str()), ("cursor", "")],
            };
            let href = format!("{}{}", asked.path, asked.params.with(&changes));
            Value { label: label(asked, name, &facet.value), count: asked.lang.digits(facet.count as u64), href }
        };
        let values: Vec<Value> = all.iter().take(VALUES).map(value).collect();
        (values.len() > 1).then_some(Group { key, values })
    };
    order.into_iter().filter_map(group).collect()
}

fn chosen(asked: &Asked<'_>, answer: &Search) -> Vec<Chosen> {
    let query = &answer.query;
    let mut told: Vec<(&str, String)> = Vec::new();
    told.extend(query.kind.iter().map(|kind| ("kind", label(asked, "kind", kind))));
    told.extend(query.level.iter().map(|level| ("level", label(asked, "level", level))));
    told.extend(query.province.iter().map(|name| ("province", name.clone())));
    told.extend(query.issuer.iter().map(|name| ("issuer", name.trim_matches('"').to_owned())));
    told.extend(asked.params.get("from").map(|day| ("from", format!("≥ {day}"))));
    told.extend(asked.params.get("to").map(|day| ("to", format!("≤ {day}"))));
    told.extend((asked.params.get("held") == Some("cited")).then(|| ("held", asked.lang.of("held.cited").to_owned())));
    told.extend(asked.params.get("cites").map(|id| ("cites", format!("{} {id}", asked.lang.of("search.cites")))));
    let href = |name: &str| format!("{}{}", asked.path, asked.params.with(&[(name, ""), ("cursor", "")]));
    told.into_iter().map(|(name, label)| Chosen { href: href(name), label }).collect()
}

/// A value of a facet in words.
fn label(asked: &Asked<'_>, facet: &str, value: &str) -> String {
    match facet {
        "kind" => asked.reader.tables().kinds.by_code(value).map_or(value, |kind| &kind.name).to_owned(),
        "level" => asked.lang.of(super::shown::level_key(Some(value))).to_owned(),
        "held" => asked.lang.of(if value == "cited" { "held.cited" } else { "held.held" }).to_owned(),
        _ => value.to_owned(),
    }
}
