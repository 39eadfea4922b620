//! `search`: full text with filters.
//!
//! Duty: filters in their canonical form, the page, the cursor. Not here: words and ranking (the store's index).

use super::citations::Known;
use super::{Catalogue, QueryError, reference, view};
use crate::model::{Date, Level};
use crate::store::TextQuery;
use std::collections::BTreeSet;
use std::time::Instant;

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchQuestion {
    /// Words, phrases in quotation marks, numbers.
    pub words: String,
    /// Type codes or type words, any of them.
    pub kinds: Vec<String>,
    /// Words of the issuer.
    pub issuer: Option<String>,
    /// Levels, any of them.
    pub levels: Vec<String>,
    /// Province, in any spelling of the table.
    pub province: Option<String>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Only documents that cite this one.
    pub cites: Option<String>,
    /// At most so many hits.
    pub limit: usize,
    /// Hits to pass over.
    pub offset: usize,
    /// The `next` of an answer; goes before `offset`.
    pub cursor: Option<String>,
}

/// Searches. Fails when a kind or level is unknown, the cursor is not one of ours, or `cites` means nothing.
pub fn search(cat: &impl Catalogue, question: &SearchQuestion) -> Result<view::Search, QueryError> {
    let began = Instant::now();
    let kinds = question.kinds.iter().map(|kind| kind_code(cat, kind)).collect::<Result<Vec<_>, _>>()?;
    let levels = question.levels.iter().map(|level| level_word(level)).collect::<Result<Vec<_>, _>>()?;
    let offset = match &question.cursor {
        None => question.offset,
        Some(cursor) => {
            cursor.parse().map_err(|_| QueryError::Bad { message: format!("{cursor}: no cursor; take the `next` of an answer") })?
        }
    };
    let province = question.province.as_deref().map(|name| {
        let unit = cat.tables().provinces.at(name, None);
        unit.map_or_else(|| name.to_owned(), |unit| unit.name.clone())
    });
    let mut only = None;
    let mut cited = None;
    if let Some(text) = &question.cites {
        let found = reference::find(cat, text)?;
        let mut citing = BTreeSet::new();
        for node in &found.nodes {
            citing.extend(cat.incoming(&node.id)?.into_iter().map(|row| row.citing));
        }
        only = Some(citing.into_iter().collect::<Vec<_>>());
        cited = Some(found.reading);
    }
    let query = TextQuery {
        words: question.words.clone(),
        kinds: kinds.clone(),
        issuer: question.issuer.clone(),
        levels: levels.clone(),
        province: province.clone(),
        from: question.from.map(|day| day.to_string()),
        to: question.to.map(|day| day.to_string()),
        only,
        limit: question.limit,
        offset,
    };
    let answer = cat.search(&query)?;
    let known = Known::read(cat, answer.hits.iter().map(|hit| hit.node.clone()))?;
    let count = answer.hits.len();
    let pieces = |snippet: Vec<(String, bool)>| snippet.into_iter().map(|(text, mark)| view::Piece { text, mark }).collect();
    let hits = answer
        .hits
        .into_iter()
        .filter_map(|hit| Some(view::Hit { document: known.document(&hit.node)?, score: hit.score, snippet: pieces(hit.snippet) }))
        .collect();
    let facet = |values: Vec<(String, usize)>| values.into_iter().map(|(value, count)| view::Facet { value, count }).collect();
    let next = (count > 0 && offset + count < answer.total).then(|| (offset + count).to_string());
    Ok(view::Search {
        schema: "vanban.search/1",
        query: view::SearchAsked {
            words: question.words.clone(),
            kind: kinds,
            issuer: question.issuer.clone(),
            level: levels,
            province,
            from: question.from,
            to: question.to,
            cites: cited,
            limit: question.limit,
            offset,
        },
        total: answer.total,
        took_ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        hits,
        facets: answer.facets.into_iter().map(|(name, values)| (name, facet(values))).collect(),
        next,
    })
}

fn kind_code(cat: &impl Catalogue, word: &str) -> Result<String, QueryError> {
    let found = reference::kind_of(cat.tables(), word);
    found.ok_or_else(|| QueryError::Bad { message: format!("{word}: no such kind; use a code such as CT, NQ, QĐ or a type word") })
}

fn level_word(word: &str) -> Result<String, QueryError> {
    let levels = [Level::Central, Level::Province, Level::District, Level::Commune];
    let found = levels.iter().find(|level| level.as_str() == word.to_lowercase());
    let message = || format!("{word}: no such level; use central, province, district or commune");
    found.map(|level| level.as_str().to_owned()).ok_or_else(|| QueryError::Bad { message: message() })
}
