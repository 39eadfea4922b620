//! `unresolved`: mentions that need a person.

use super::citations::Known;
use super::{Catalogue, QueryError, view};
use crate::store::LinkRow;
use std::collections::HashMap;

/// What a mention asks: which of these documents, by id.
pub(super) fn question(row: &LinkRow) -> Vec<String> {
    let mut ids: Vec<String> = row.candidates.iter().map(|(id, _)| id.clone()).collect();
    ids.sort_unstable();
    ids
}

/// Ambiguous mentions; first the questions whose answer settles most mentions.
pub fn unresolved(cat: &impl Catalogue, page: view::Page) -> Result<view::Unresolved, QueryError> {
    let mut rows = cat.ambiguous()?;
    let mut weights: HashMap<Vec<String>, usize> = HashMap::new();
    for row in &rows {
        *weights.entry(question(row)).or_default() += 1;
    }
    rows.sort_by_cached_key(|row| {
        let ids = question(row);
        (std::cmp::Reverse(weights[&ids]), ids, row.id.clone())
    });
    let total = rows.len();
    let shown: Vec<_> = rows.into_iter().skip(page.offset).take(page.limit.unwrap_or(total)).collect();
    let ids = shown.iter().flat_map(|row| row.candidates.iter().map(|(id, _)| id.clone()).chain([row.citing.clone()]));
    let known = Known::read(cat, ids)?;
    let citations = shown
        .iter()
        .filter_map(|row| {
            let weight = weights[&question(row)];
            Some(view::UnresolvedCitation { citation: known.citation(row)?, candidates: known.candidates(row), weight })
        })
        .collect();
    Ok(view::Unresolved { schema: "vanban.unresolved/1", query: page, total, citations })
}
