//! `decide`: checks a person's decision before it is written, and tells what it changed.
//!
//! Not here: writing it (the store does), and what follows from it (`resolve` does).

use super::citations::Known;
use super::{Catalogue, QueryError, reference, view};
use crate::resolve::Certainty;
use crate::store::LinkRow;

/// The decision that the mention `citation` means `target`; fails when there is no such mention, or when `target` does not mean
/// exactly one document. With `alike`, also the mentions that ask the same question: those that could be the same documents.
/// The caller writes it.
pub fn decide(cat: &impl Catalogue, citation: &str, target: &str, alike: bool) -> Result<view::Decided, QueryError> {
    let Some(row) = cat.link(citation)? else {
        return Err(unknown(citation));
    };
    if row.certainty.is_none() {
        let message = format!("{citation}: \"{}\" names no number or means its own paper; there is nothing to decide", row.citation.text);
        return Err(QueryError::Bad { message });
    }
    let (_, node) = reference::find_one(cat, target)?;
    let candidates: Vec<String> = row.candidates.iter().map(|(id, _)| id.clone()).collect();
    let previous = candidates.first().filter(|_| row.certainty != Some(Certainty::Ambiguous)).cloned();
    let alike = if alike { same_question(cat, &row)? } else { Vec::new() };
    Ok(view::Decided { schema: SCHEMA, citation: row.id, target: Some(node.id), previous, candidates, alike, now: None })
}

/// Ids of the other mentions that could be the same documents.
fn same_question(cat: &impl Catalogue, row: &LinkRow) -> Result<Vec<String>, QueryError> {
    let mut nodes: Vec<&String> = row.candidates.iter().map(|(id, _)| id).collect();
    nodes.sort_unstable();
    let Some(question) = cat.questions()?.into_iter().find(|question| question.nodes.iter().eq(nodes.iter().copied())) else {
        return Ok(Vec::new());
    };
    Ok(cat.links_at(&question.mentions)?.into_iter().map(|other| other.id).filter(|id| *id != row.id).collect())
}

/// The taking back of the last decision on `citation`; fails when none is in force. The caller writes it.
pub fn take_back(cat: &impl Catalogue, citation: &str) -> Result<view::Decided, QueryError> {
    let log = cat.decisions()?;
    let Some(held) = log.into_iter().find(|row| row.in_force && row.citation == citation) else {
        let message = format!("{citation}: no decision on it is in force; `vanban decide --log` lists all");
        return Err(QueryError::Bad { message });
    };
    let (candidates, alike) = (held.target.iter().cloned().collect(), Vec::new());
    Ok(view::Decided { schema: SCHEMA, citation: held.citation, target: None, previous: held.target, candidates, alike, now: None })
}

/// Every decision and every one taken back.
pub fn decisions(cat: &impl Catalogue) -> Result<view::Decisions, QueryError> {
    Ok(view::Decisions { schema: "vanban.decisions/1", decisions: cat.decisions()? })
}

/// What the mention means now; `None` when it is gone.
pub fn meaning(cat: &impl Catalogue, citation: &str) -> Result<Option<view::Citation>, QueryError> {
    let Some(row) = cat.link(citation)? else { return Ok(None) };
    let ids = row.candidates.iter().map(|(id, _)| id.clone()).chain([row.citing.clone()]);
    Ok(Known::read(cat, ids)?.citation(&row))
}

const SCHEMA: &str = "vanban.decide/1";

fn unknown(citation: &str) -> QueryError {
    QueryError::Bad { message: format!("{citation}: no such citation; `vanban unresolved` lists those that need a decision") }
}
