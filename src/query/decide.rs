//! `decide`: checks a person's decision before it is written.
//!
//! Not here: writing it (the store does), and what follows from it (`resolve` does).

use super::{Catalogue, QueryError, reference, view};

/// The decision that the mention `citation` means `target`; fails when there is no such mention, or when `target` does not mean
/// exactly one document. The caller writes it.
pub fn decide(cat: &impl Catalogue, citation: &str, target: &str) -> Result<view::Decided, QueryError> {
    let Some(row) = cat.link(citation)? else {
        return Err(QueryError::Bad {
            message: format!("{citation}: no such citation; `vanban unresolved` lists those that need a decision"),
        });
    };
    let (_, node) = reference::find_one(cat, target)?;
    let previous = row.candidates.into_iter().map(|(id, _)| id).collect();
    Ok(view::Decided { schema: "vanban.decide/1", citation: row.id, target: node.id, previous })
}
