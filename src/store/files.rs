//! Files and runs in the catalogue.
//!
//! Duty: what is known of each path, and the list of finished ingests. Not here: finding files (`source`), comparing
//! them with what is known (`ingest`).

use super::{Reader, Run};
use crate::model::Error;
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, HashMap};

/// A file as the catalogue knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRow {
    /// Absolute path as text, the key; bytes that are not UTF-8 are written `\xNN`.
    pub path: String,
    /// The path's own bytes, where they are not UTF-8.
    pub bytes: Option<Vec<u8>>,
    /// As given by the user.
    pub shown: String,
    /// Bytes.
    pub size: u64,
    /// Last change, nanoseconds since 1970.
    pub mtime_ns: i64,
    /// Hash of the content, where it could be read.
    pub sha256: Option<String>,
    /// The paper that it holds, or why it was not taken.
    pub state: Result<i64, Refusal>,
}

/// Why a file was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The step that failed.
    pub stage: String,
    /// Why, and what to do.
    pub reason: String,
    /// True when another try may succeed though the file is unchanged (no permission, too slow, crashed).
    pub again: bool,
}

impl Reader {
    /// All files that are known, by path.
    pub fn files(&self) -> Result<BTreeMap<String, FileRow>, Error> {
        all(&self.db).map_err(|error| self.failed(&error))
    }

    /// The papers that are kept: hash of the content to id.
    pub fn papers(&self) -> Result<HashMap<String, i64>, Error> {
        papers(&self.db).map_err(|error| self.failed(&error))
    }
}

pub(super) fn all(db: &Connection) -> rusqlite::Result<BTreeMap<String, FileRow>> {
    let mut statement =
        db.prepare("SELECT path, bytes, shown, size, mtime_ns, sha256, paper, stage, reason, again FROM files ORDER BY path")?;
    let found = statement.query_map([], |row| {
        let state = match row.get(6)? {
            Some(paper) => Ok(paper),
            None => Err(Refusal { stage: row.get(7)?, reason: row.get(8)?, again: row.get(9)? }),
        };
        let path: String = row.get(0)?;
        let (bytes, shown, size, mtime_ns, sha256) = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
        Ok((path.clone(), FileRow { path, bytes, shown, size, mtime_ns, sha256, state }))
    })?;
    found.collect()
}

pub(super) fn papers(db: &Connection) -> rusqlite::Result<HashMap<String, i64>> {
    let mut statement = db.prepare("SELECT sha256, id FROM papers WHERE host IS NULL")?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

pub(super) fn put(db: &Connection, file: &FileRow) -> rusqlite::Result<()> {
    let refusal = file.state.as_ref().err();
    db.prepare_cached("DELETE FROM files WHERE path = ?1")?.execute([&file.path])?;
    db.prepare_cached("INSERT INTO files VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)")?.execute(params![
        file.path,
        file.bytes,
        file.shown,
        file.size,
        file.mtime_ns,
        file.sha256,
        file.state.as_ref().ok(),
        refusal.map(|refusal| &refusal.stage),
        refusal.map(|refusal| &refusal.reason),
        refusal.is_some_and(|refusal| refusal.again),
    ])?;
    Ok(())
}

pub(super) fn put_run(db: &Connection, run: &Run) -> rusqlite::Result<()> {
    let sql = "INSERT INTO runs (started, seconds, found, added, updated, unchanged, duplicates, removed, rejected, bytes) \
               VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)";
    let counts = (run.found, run.added, run.updated, run.unchanged, run.duplicates, run.removed, run.rejected, run.bytes);
    let (found, added, updated, unchanged, duplicates, removed, rejected, bytes) = counts;
    db.execute(sql, params![run.started, run.seconds, found, added, updated, unchanged, duplicates, removed, rejected, bytes])?;
    Ok(())
}
