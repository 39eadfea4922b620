//! Readable ids, and dates and terms as papers write them.
//!
//! Duty: `38-ct-tw-2014`, `12-ct-tu-ha-nam-2022`, `24-2014-nd-cp`; the same for every spelling of a number. Not here: what to
//! do when two documents want one id (see `graph`).

use super::Node;
use super::claims::own_scope;
use super::keys::{ANY, Keys, NONE, Symbol};
use super::provinces::Places;
use crate::model::{Date, DocumentFacts, Level, System};
use crate::tables::{Tables, fold};
use std::collections::HashMap;

/// Words of a title in the id of a paper without number.
const TITLE_WORDS: usize = 8;

/// What an id needs beside the symbol; empty or 0 where it is not known.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct IdParts<'a> {
    /// Slug of the body below the province.
    pub(super) body: &'a str,
    /// Display name of the province.
    pub(super) place: Option<&'a str>,
    pub(super) year: i16,
    pub(super) term: &'a str,
}

/// Slugs of texts, each made once.
#[derive(Debug, Default)]
pub(super) struct Slugs(HashMap<Box<str>, Box<str>>);

impl Slugs {
    /// Adds the slug of `text` to an id, behind a hyphen.
    fn add(&mut self, id: &mut String, text: &str) {
        if text.is_empty() {
            return;
        }
        if !id.is_empty() {
            id.push('-');
        }
        if text.bytes().all(|b| b.is_ascii_digit()) {
            id.push_str(text);
        } else if let Some(slug) = self.0.get(text) {
            id.push_str(slug);
        } else {
            let slug = fold::slug(text);
            id.push_str(&slug);
            self.0.insert(text.into(), slug.into());
        }
    }
}

/// The id of a document with number.
pub(super) fn numbered(keys: &Keys<'_>, slugs: &mut Slugs, symbol: Symbol, parts: &IdParts<'_>) -> String {
    let text = |word| keys.words.text(word);
    let mut id = String::new();
    let mut add = |part: &str| slugs.add(&mut id, part);
    add(text(symbol.serial));
    if symbol.year != 0 {
        add(&symbol.year.to_string());
    }
    add(text(symbol.family));
    add(text(symbol.register));
    add(parts.body);
    add(parts.place.unwrap_or_default());
    if symbol.year == 0 {
        match (parts.year, parts.term.contains('-')) {
            (0, _) if parts.term.is_empty() => {}
            (0, true) => add(parts.term),
            (0, false) => add(&format!("khoa-{}", parts.term)),
            (year, _) => add(&year.to_string()),
        }
    }
    id
}

/// The id of a paper without number, from kind, issuer, year and title; `None` where it has no title.
pub(super) fn unnumbered(facts: &DocumentFacts) -> Option<String> {
    let title = fold::slug(facts.title.as_deref()?);
    let words: Vec<&str> = title.split('-').filter(|word| !word.is_empty()).take(TITLE_WORDS).collect();
    if words.is_empty() {
        return None;
    }
    let kind = facts.kind.as_deref().map_or_else(|| "vb".to_owned(), fold::slug);
    let issuer = facts.issuer.as_ref().map(|issuer| fold::slug(&issuer.name)).unwrap_or_default();
    let province = facts.province.as_deref().map(fold::slug).filter(|province| !issuer.ends_with(province.as_str()));
    let year = facts.date.map(|day| day.year().to_string());
    let parts = [Some(kind), Some(issuer), province, year, Some(words.join("-"))];
    Some(parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-"))
}

/// The id of one document alone, in the form that resolution gives it: what [`super::document_id`] answers.
pub(super) fn of_facts(tables: &Tables, facts: &DocumentFacts) -> Option<String> {
    let Some(number) = &facts.parsed else { return unnumbered(facts) };
    let mut keys = Keys::new(tables);
    let mut places = Places::of_one_paper();
    let id = keys.read(number, facts.kind.as_deref(), facts.issuer.as_ref().map(|issuer| issuer.name.as_str()));
    let symbol = keys.symbol(id);
    let (scope, _) = own_scope(&mut keys, &mut places, symbol, facts);
    let named = (!matches!(scope.place, NONE | ANY)).then(|| places.name(&keys, scope.place, facts.date)).flatten();
    let unit = named.as_deref().and_then(|name| {
        let provinces = &tables.provinces;
        provinces.at(name, facts.date).or_else(|| provinces.named(name).last())
    });
    let place = unit.map(|unit| unit.name.clone()).or(named);
    let parts = IdParts {
        body: keys.words.text(scope.body),
        place: place.as_deref(),
        year: facts.date.map_or(0, Date::year),
        term: facts.term.as_deref().filter(|_| symbol.system == System::Party).unwrap_or_default(),
    };
    Some(numbered(&keys, &mut Slugs::default(), symbol, &parts))
}

/// A date as papers write it: days below ten and January and February with a zero (NĐ 30/2020), "ngày 06/7/2011".
pub(super) fn written_date(day: Date) -> String {
    let month = if day.month() < 3 { format!("{:02}", day.month()) } else { day.month().to_string() };
    format!("ngày {:02}/{month}/{}", day.day(), day.year())
}

/// A term as papers write it: "khóa XI", "nhiệm kỳ 2020-2025".
pub(super) fn written_term(node: &Node, term: &str) -> String {
    if node.level == Some(Level::Central) { format!("khóa {term}") } else { format!("nhiệm kỳ {term}") }
}
