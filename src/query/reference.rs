//! From what a person typed to the documents that it can mean.
//!
//! Duty: ids, paths, numbers in any spelling, short forms, subjects. Every condition that was typed must hold; what several
//! documents fulfil stays several, the most cited first. Not here: taking the text apart (see `reading`).

use super::nearest::nearest;
use super::reading::{Reading, kind_by_code};
use super::{Catalogue, QueryError};
use crate::resolve::{Node, singling_words};
use crate::tables::{Tables, fold};

/// Most documents that a subject may mean.
const MOST_BY_TITLE: usize = 50;

/// What a reference means.
#[derive(Clone, Debug)]
pub struct Found {
    /// The reference as understood.
    pub reading: Reading,
    /// Its meanings, the most cited first; never empty.
    pub nodes: Vec<Node>,
    /// For each, the words that single it out; `None` when there is only one.
    pub words: Vec<Option<String>>,
}

/// Finds every meaning of `text`. Fails with the nearest spellings when there is none.
pub fn find(cat: &impl Catalogue, text: &str) -> Result<Found, QueryError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(QueryError::Bad { message: "the reference is empty; name a document, such as 38-CT/TW".into() });
    }
    let reading = Reading::of(cat.tables(), text);
    for id in [text.to_owned(), text.to_lowercase()] {
        if let Some(node) = cat.node(&id)? {
            return Ok(Found { reading, nodes: vec![node], words: vec![None] });
        }
    }
    let mut nodes = cat.nodes_with_path(text)?;
    if nodes.is_empty() {
        nodes = if reading.serial.is_some() { by_number(cat, &reading)? } else { by_title(cat, &reading)? };
    }
    if nodes.is_empty() {
        return Err(not_found(cat, &reading)?);
    }
    let mut counted = Vec::with_capacity(nodes.len());
    for node in nodes {
        counted.push((cat.counts(&node.id)?.1, node));
    }
    counted.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| y.date.cmp(&x.date)).then_with(|| x.id.cmp(&y.id)));
    let nodes: Vec<Node> = counted.into_iter().map(|(_, node)| node).collect();
    let words = singling_words(cat.tables(), &nodes).into_iter().map(|words| (!words.is_empty()).then_some(words)).collect();
    Ok(Found { reading, nodes, words })
}

/// The one document that `text` means; fails when it means several.
pub fn find_one(cat: &impl Catalogue, text: &str) -> Result<(Reading, Node), QueryError> {
    let Found { reading, mut nodes, words } = find(cat, text)?;
    if nodes.len() == 1
        && let Some(node) = nodes.pop()
    {
        return Ok((reading, node));
    }
    let meanings = nodes.into_iter().zip(words).map(|(node, words)| (node.id, words.unwrap_or_default())).collect();
    Err(QueryError::Several { reference: text.to_owned(), meanings })
}

/// The code of a typed kind: `CT`, `ct`, `chỉ thị`, `chi thi`.
pub fn kind_of(tables: &Tables, word: &str) -> Option<String> {
    let bare = fold::bare(word.trim());
    kind_by_code(tables, word.trim()).or_else(|| {
        let named =
            tables.kinds.rows().iter().find(|kind| std::iter::once(&kind.name).chain(&kind.aliases).any(|name| fold::bare(name) == bare));
        named.map(|kind| kind.code.clone())
    })
}

fn by_number(cat: &impl Catalogue, reading: &Reading) -> Result<Vec<Node>, QueryError> {
    let Some(serial) = &reading.serial else { return Ok(Vec::new()) };
    let all = cat.nodes_with_serial(serial)?;
    let tables = cat.tables();
    let fitting = |reading: &Reading| -> Vec<Node> {
        let all: Vec<&Node> = all.iter().filter(|node| fits(tables, reading, node)).collect();
        let organ: Vec<&Node> = all.iter().copied().filter(|node| is_of(tables, reading, node)).collect();
        // The organs of one register are often mixed up: Bộ Chính trị and Ban Bí thư both issue in TW.
        let kept = if organ.is_empty() { all.into_iter().filter(|node| is_of_register(tables, reading, node)).collect() } else { organ };
        kept.into_iter().cloned().collect()
    };
    let found = fitting(reading);
    if !found.is_empty() {
        return Ok(found);
    }
    // Typed without any mark, "tu" may be TƯ, the centre.
    if reading.issuers.last().is_some_and(|code| code == "TU") && reading.text.is_ascii() {
        let mut centre = reading.clone();
        centre.issuers.pop();
        centre.issuers.push("TW".into());
        return Ok(fitting(&centre));
    }
    // "Quy chế 272" is what Quyết định 272 issues, and is known by its number.
    if !reading.kind_in_symbol && reading.kind.is_some() {
        return Ok(fitting(&Reading { kind: Some("QĐ".into()), ..reading.clone() }));
    }
    Ok(found)
}

fn by_title(cat: &impl Catalogue, reading: &Reading) -> Result<Vec<Node>, QueryError> {
    if !reading.words.is_empty() {
        let found = cat.nodes_with_title(&reading.words, MOST_BY_TITLE)?;
        return Ok(found.into_iter().filter(|node| fits(cat.tables(), reading, node)).collect());
    }
    // A kind with a day, a year, a province or a body and nothing else: "Báo cáo năm 2017".
    let told = reading.date.is_some() || reading.year.is_some() || reading.province.is_some() || reading.issuer.is_some();
    let Some(kind) = reading.kind.as_ref().filter(|_| told) else { return Ok(Vec::new()) };
    let year = reading.year.or(reading.date.map(|day| day.year()));
    let found = cat.nodes_with_kind(kind, year)?;
    Ok(found.into_iter().filter(|node| fits(cat.tables(), reading, node) && is_of(cat.tables(), reading, node)).collect())
}

/// True when nothing that was typed speaks against the document; the body is judged apart.
fn fits(tables: &Tables, reading: &Reading, node: &Node) -> bool {
    let number = node.parsed.as_ref();
    let family = |code: &str| tables.kinds.family(code).to_owned();
    let kind = reading.kind.as_ref().is_none_or(|wanted| {
        let own = [number.and_then(|number| number.kind.as_deref()), node.kind.as_deref()];
        own.into_iter().flatten().any(|code| family(code) == family(wanted))
    });
    let issuers = reading.issuers.is_empty() || number.is_some_and(|number| same_codes(tables, &reading.issuers, &number.issuers));
    let symbol_year = match (reading.symbol_year, number.and_then(|number| number.year)) {
        // The whole symbol was typed: with a year and without one are two series.
        (wanted, own) if !reading.issuers.is_empty() => wanted == own,
        (None, _) => true,
        (wanted, own) => wanted == own.or_else(|| node.date.map(|day| day.year())),
    };
    let year = reading
        .year
        .is_none_or(|year| node.date.map(|day| day.year()) == Some(year) || number.and_then(|number| number.year) == Some(year));
    let date = reading.date.is_none_or(|day| {
        let written = day.to_string();
        node.date == Some(day) || node.conflicts.iter().any(|conflict| conflict.field == "date" && conflict.values.contains(&written))
    });
    let term = reading.term.as_ref().is_none_or(|term| node.term.as_ref().is_some_and(|own| same_term(tables, own, term)));
    let province = reading.province.as_ref().is_none_or(|name| {
        let own = node.province.as_deref().map(|own| tables.provinces.at(own, None).map_or(own, |unit| unit.name.as_str()));
        own.is_some_and(|own| fold::slug(own) == fold::slug(name))
    });
    let title = || node.title.as_deref().map(fold::bare).unwrap_or_default();
    let words = reading.words.is_empty() || {
        let title = title();
        let has: Vec<&str> = title.split(|c: char| !c.is_alphanumeric()).collect();
        reading.words.iter().all(|word| has.contains(&word.as_str()))
    };
    kind && issuers && symbol_year && year && date && term && province && words
}

/// Codes agree in any case and without marks; a letter's unit may be left out: `420/VPCP` is `420/VPCP-QHQT`.
fn same_codes(tables: &Tables, typed: &[String], own: &[String]) -> bool {
    let same = |a: &String, b: &String| {
        let (a, b) = (fold::bare(a), fold::bare(b));
        a == b || tables.spellings().register(&a) == tables.spellings().register(&b)
    };
    typed.len() <= own.len() && typed.iter().zip(own).all(|(a, b)| same(a, b))
}

/// "11" is "XI".
fn same_term(tables: &Tables, own: &str, typed: &str) -> bool {
    let nth = typed.parse::<usize>().ok().and_then(|nth| nth.checked_sub(1));
    let named = nth.and_then(|nth| tables.terms.rows().iter().filter(|term| term.body == "TW").nth(nth));
    own == named.map_or(typed, |term| &term.name)
}

/// True when the document is of the body that was typed.
fn is_of(tables: &Tables, reading: &Reading, node: &Node) -> bool {
    let Some(name) = &reading.issuer else { return true };
    let Some(own) = &node.issuer else { return false };
    let same_row = tables.issuers.by_name(own).zip(tables.issuers.by_name(name)).is_some_and(|(a, b)| a.id == b.id);
    same_row || fold::bare(own).contains(&fold::bare(name))
}

/// True when the document's register is that of the body that was typed.
fn is_of_register(tables: &Tables, reading: &Reading, node: &Node) -> bool {
    let Some(body) = reading.issuer.as_deref().and_then(|name| tables.issuers.by_name(name)) else { return true };
    node.parsed.as_ref().is_some_and(|number| number.register() == body.register)
}

fn not_found(cat: &impl Catalogue, reading: &Reading) -> Result<QueryError, QueryError> {
    let mut numbers = cat.numbers()?;
    numbers.sort_unstable();
    numbers.dedup();
    let typed = match (&reading.serial, &reading.kind) {
        (Some(serial), Some(kind)) if reading.issuers.is_empty() && reading.symbol_year.is_none() => format!("{serial}-{kind}"),
        _ => reading.text.clone(),
    };
    Ok(QueryError::NotFound { reference: reading.text.clone(), nearest: nearest(&typed, &numbers) })
}
