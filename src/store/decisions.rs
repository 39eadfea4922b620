//! What persons decided: a journal of decisions and of those taken back.
//!
//! Duty: file a decision with the words it is about, tell which are in force, and find the mention again when another
//! version of the program gave it another id. Not here: what follows from a decision (see `resolve`).

use super::rows;
use super::{DecisionRow, Filed, Reader};
use crate::model::{Error, Span};
use crate::resolve::Decision;
use rusqlite::{Connection, OptionalExtension};
use std::collections::HashMap;

/// Every entry of the journal in the order of time, with the key of the mention it is about, where that is there now.
fn journal(db: &Connection) -> rusqlite::Result<Vec<(DecisionRow, Option<i64>)>> {
    // By id first; else the mention of the same paper at the same place.
    let mut statement = db.prepare(
        "SELECT d.at, d.citation, d.target, d.text, coalesce(\
           (SELECT c.key FROM citations c WHERE c.id = d.citation), \
           (SELECT c.key FROM papers p JOIN citations c ON c.key BETWEEN p.id << 24 AND (p.id << 24) + 16777215 \
             WHERE p.sha256 = d.sha256 AND c.span_start < d.span_end AND c.span_end > d.span_start ORDER BY c.key LIMIT 1)) AS key, \
           (SELECT min(f.shown) FROM paper_files f JOIN papers p ON p.id = f.paper WHERE p.sha256 = d.sha256), d.span_start, d.span_end \
         FROM decisions d ORDER BY d.id",
    )?;
    let rows = statement.query_map([], |row| {
        let (at, citation, target, text) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let span = Span { start: row.get(6)?, end: row.get(7)? };
        Ok((DecisionRow { at, citation, target, text, span, path: row.get(5)?, in_force: false }, row.get(4)?))
    })?;
    let mut rows: Vec<(DecisionRow, Option<i64>)> = rows.collect::<rusqlite::Result<_>>()?;
    let mut stacks: HashMap<String, Vec<usize>> = HashMap::new();
    for (i, (row, _)) in rows.iter().enumerate() {
        let stack = stacks.entry(row.citation.clone()).or_default();
        match row.target {
            Some(_) => stack.push(i),
            None => drop(stack.pop()),
        }
    }
    for last in stacks.values().filter_map(|stack| stack.last()) {
        rows[*last].0.in_force = true;
    }
    Ok(rows)
}

/// The decisions in force about mentions that are there.
pub(super) fn in_force(db: &Connection) -> rusqlite::Result<Vec<Decision>> {
    let held = journal(db)?.into_iter().filter(|(row, _)| row.in_force);
    Ok(held.filter_map(|(row, key)| Some(Decision { at: rows::mention_at(key?), target: row.target? })).collect())
}

/// Files that the citation means `target`, or with `None` that the last decision on it is taken back. `None` when the
/// citation is neither in the catalogue nor in the journal.
pub(super) fn put(db: &Connection, at: &str, citation: &str, target: Option<&str>) -> rusqlite::Result<Option<Filed>> {
    let before = journal(db)?.into_iter().find(|(row, _)| row.in_force && row.citation == citation).and_then(|(row, _)| row.target);
    let file = "INSERT INTO decisions (at, citation, target, sha256, span_start, span_end, text) \
                SELECT ?1, ?2, ?3, p.sha256, c.span_start, c.span_end, c.text FROM citations c JOIN papers p ON p.id = c.key >> 24 \
                WHERE c.id = ?2 LIMIT 1";
    if db.execute(file, (at, citation, target))? == 1 {
        return Ok(Some(Filed { before }));
    }
    // A mention that is gone for a while: what was decided on it can still be taken back.
    let again = "INSERT INTO decisions (at, citation, target, sha256, span_start, span_end, text) \
                 SELECT ?1, citation, ?3, sha256, span_start, span_end, text FROM decisions WHERE citation = ?2 ORDER BY id DESC LIMIT 1 \
                 RETURNING id";
    let filed = db.query_row(again, (at, citation, target), |row| row.get::<_, i64>(0)).optional()?;
    Ok(filed.map(|_| Filed { before }))
}

impl Reader {
    /// Every decision and every one taken back, oldest first.
    pub fn decisions(&self) -> Result<Vec<DecisionRow>, Error> {
        let rows = self.read(journal)?;
        Ok(rows.into_iter().map(|(row, _)| row).collect())
    }
}
