//! `unresolved`: mentions that need a person.

use super::citations::Known;
use super::{Catalogue, QueryError, view};

/// Ambiguous mentions; first the questions whose answer settles most mentions, those of one question in the order of the papers.
pub fn unresolved(cat: &impl Catalogue, page: view::Page) -> Result<view::Unresolved, QueryError> {
    let questions = cat.questions()?;
    let total = questions.iter().map(|question| question.mentions.len()).sum();
    let each = questions.iter().flat_map(|question| question.mentions.iter().map(|key| (*key, question.mentions.len())));
    let (keys, weights): (Vec<i64>, Vec<usize>) = each.skip(page.offset).take(page.limit.unwrap_or(total)).unzip();
    let shown = cat.links_at(&keys)?;
    let ids = shown.iter().flat_map(|row| row.candidates.iter().map(|(id, _)| id.clone()).chain([row.citing.clone()]));
    let known = Known::read(cat, ids)?;
    let one = |(row, weight): (_, usize)| {
        Some(view::UnresolvedCitation { citation: known.citation(row)?, candidates: known.candidates(row), weight })
    };
    let citations = shown.iter().zip(weights).filter_map(one).collect();
    Ok(view::Unresolved { schema: "vanban.unresolved/1", query: page, total, citations })
}
