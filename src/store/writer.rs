//! The writing door: one writer at a time, durable batches, and a switch from the old graph to the new one at once.
//!
//! Duty: put papers and files, commit, resolve and write what changed. A batch is durable when [`Writer::commit`]
//! returns; readers see nodes and links change only in [`Writer::finish`], all together. Not here: which files there
//! are (`ingest`), who means whom (`resolve`).

use super::analyzer::indexed_text;
use super::index::{IndexSink, Mark};
use super::{Run, catalogue, graph, recovery, rows};
use crate::model::{Error, Extraction, RawText};
use crate::resolve::{Decision, Paper, Resolution};
use crate::tables::Tables;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::path::{Path, PathBuf};

/// Papers after which the full-text index is committed in the midst of a run, so that a kill costs little indexing.
const INDEX_COMMIT: usize = 20_000;

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

/// The writing side of a store.
pub struct Writer {
    dir: PathBuf,
    db: Connection,
    tables: Tables,
    made_by: String,
    sink: IndexSink,
    /// Papers of the open batch with their text, to be indexed when the batch is durable.
    pending: Vec<(i64, String)>,
    /// True while papers are extracted again: then all is one batch, and the index catches up from the catalogue.
    whole: bool,
    since_index_commit: usize,
    generation: i64,
    _lock: File,
}

impl Writer {
    /// Opens the store in `dir` for writing, makes it when there is none, and lets the index catch up.
    ///
    /// `tables`: the tables to use from now on; `None` keeps the overlay of the store. `threads`: for postings.
    /// Fails with `Locked`, `StoreVersion` or `StoreDamaged`; nothing is changed then.
    pub fn open(dir: &Path, tables: Option<Tables>, threads: usize) -> Result<Writer, Error> {
        std::fs::create_dir_all(dir).map_err(|error| Error::io(crate::model::Stage::Store, &error).at(dir))?;
        let lock = catalogue::lock(dir)?;
        let db = catalogue::open_write(dir)?;
        let at = |error| catalogue::sql(dir, &error);
        let tables = match tables {
            Some(tables) => tables,
            None => Tables::with_texts(catalogue::overlay(&db).map_err(at)?)?,
        };
        let index = recovery::catch_up(&db, dir, &tables)?;
        let made_by = fingerprint(&tables);
        let papers: bool = db.query_row("SELECT EXISTS (SELECT 1 FROM papers)", [], |row| row.get(0)).map_err(at)?;
        let whole = papers && catalogue::meta(&db, "made_by").map_err(at)? != made_by;
        let generation = catalogue::meta_number(&db, "generation").map_err(at)?;
        let sink = IndexSink::open(&index, dir, threads)?;
        let dir = dir.to_path_buf();
        Ok(Writer { dir, db, tables, made_by, sink, pending: Vec::new(), whole, since_index_commit: 0, generation, _lock: lock })
    }

    /// The tables in use.
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// True when the papers in the store were extracted by another program version or with other tables: they have to
    /// be put again, all of them, before [`Writer::finish`].
    pub fn is_outdated(&self) -> bool {
        self.whole
    }

    /// True when the graph does not show the papers: an ingest was interrupted, or papers are [outdated](Self::is_outdated).
    pub fn needs_resolving(&self) -> Result<bool, Error> {
        let resolved = catalogue::meta_number(&self.db, "resolved").map_err(|error| self.failed(&error))?;
        Ok(self.whole || resolved != self.generation || !self.db.is_autocommit())
    }

    /// All files that are known, by path.
    pub fn files(&self) -> Result<BTreeMap<String, FileRow>, Error> {
        self.all_files().map_err(|error| self.failed(&error))
    }

    fn all_files(&self) -> rusqlite::Result<BTreeMap<String, FileRow>> {
        let mut statement =
            self.db.prepare("SELECT path, bytes, shown, size, mtime_ns, sha256, paper, stage, reason, again FROM files ORDER BY path")?;
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

    /// The papers that are kept: hash of the content to id.
    pub fn papers(&self) -> Result<HashMap<String, i64>, Error> {
        let read = || -> rusqlite::Result<_> {
            let mut statement = self.db.prepare("SELECT sha256, id FROM papers")?;
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        read().map_err(|error| self.failed(&error))
    }

    /// The first id that no paper ever had.
    pub fn next_paper(&self) -> Result<i64, Error> {
        let last = self.db.query_row("SELECT seq FROM sqlite_sequence WHERE name = 'papers'", [], |row| row.get::<_, i64>(0)).optional();
        Ok(last.map_err(|error| self.failed(&error))?.unwrap_or(0) + 1)
    }

    /// Puts a paper, in place of the one with this id if there is one. Visible and durable after [`Writer::commit`].
    pub fn put_paper(&mut self, paper: i64, raw: &RawText, indexed: String, extraction: &Extraction) -> Result<(), Error> {
        self.begin()?;
        self.write_paper(paper, raw, extraction).map_err(|error| self.failed(&error))?;
        if !self.whole {
            self.pending.push((paper, indexed));
        }
        Ok(())
    }

    fn write_paper(&self, paper: i64, raw: &RawText, extraction: &Extraction) -> rusqlite::Result<()> {
        let db = &self.db;
        if self.whole {
            delete_facts(db, paper)?;
        }
        let source = &extraction.source;
        db.prepare_cached("INSERT OR REPLACE INTO papers VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)")?.execute(params![
            paper,
            source.sha256,
            source.bytes,
            source.media_type,
            source.encoding,
            source.pages,
            rows::word(&source.method),
            rows::to_json(&extraction.document),
            rows::to_json(&extraction.outline),
            rows::to_json(&extraction.warnings),
            rows::to_json(&raw.warnings),
            self.generation + 1,
        ])?;
        db.prepare_cached("INSERT OR REPLACE INTO texts VALUES (?1, ?2)")?.execute((paper, &raw.text))?;
        let mut put = db.prepare_cached(rows::PUT_CITATION)?;
        for (place, citation) in extraction.citations.iter().enumerate() {
            let id = citation_id(&source.sha256, place, citation.span.start);
            rows::put_citation(&mut put, rows::key(paper, place), &id, citation)?;
        }
        let mut put = db.prepare_cached("INSERT INTO stated VALUES (?1,?2,?3,?4,?5,?6,?7,?8)")?;
        for (place, stated) in extraction.stated_relations.iter().enumerate() {
            let (from, to) = (rows::key(paper, stated.from), rows::key(paper, stated.to));
            let (start, end) = (stated.span.start, stated.span.end);
            let relation = stated.relation.as_str();
            put.execute(params![rows::key(paper, place), from, to, stated.from_number, stated.to_number, relation, start, end])?;
        }
        let mut put = db.prepare_cached("INSERT INTO tasks VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)")?;
        for (place, task) in extraction.tasks.iter().enumerate() {
            rows::put_task(&mut put, rows::key(paper, place), task)?;
        }
        Ok(())
    }

    /// Puts a file, in place of what was known of its path.
    pub fn put_file(&mut self, file: &FileRow) -> Result<(), Error> {
        self.begin()?;
        let refusal = file.state.as_ref().err();
        let put = || {
            self.db.prepare_cached("INSERT OR REPLACE INTO files VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)")?.execute(params![
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
            ])
        };
        put().map_err(|error| self.failed(&error)).map(drop)
    }

    /// Forgets a file. Its paper goes with [`Writer::finish`] when no other file holds it.
    pub fn drop_file(&mut self, path: &str) -> Result<(), Error> {
        self.begin()?;
        let drop_row = || self.db.prepare_cached("DELETE FROM files WHERE path = ?1")?.execute([path]);
        drop_row().map_err(|error| self.failed(&error)).map(drop)
    }

    fn begin(&mut self) -> Result<(), Error> {
        if self.db.is_autocommit() {
            self.db.execute_batch("BEGIN IMMEDIATE").map_err(|error| self.failed(&error))?;
        }
        Ok(())
    }

    /// Makes what was put durable. While papers are outdated this waits for [`Writer::finish`]; false tells so.
    pub fn commit(&mut self) -> Result<bool, Error> {
        if self.whole {
            return Ok(false);
        }
        self.close_batch()?;
        for (paper, text) in std::mem::take(&mut self.pending) {
            self.sink.add(&self.dir, paper, &text)?;
            self.since_index_commit += 1;
        }
        if self.since_index_commit >= INDEX_COMMIT {
            self.mark_index()?;
        }
        Ok(true)
    }

    fn close_batch(&mut self) -> Result<(), Error> {
        if self.db.is_autocommit() {
            return Ok(());
        }
        let close = || {
            catalogue::set_meta(&self.db, "generation", &(self.generation + 1).to_string())?;
            self.db.execute_batch("COMMIT")
        };
        close().map_err(|error| self.failed(&error))?;
        self.generation += 1;
        Ok(())
    }

    fn mark_index(&mut self) -> Result<(), Error> {
        let store = catalogue::meta(&self.db, "store").map_err(|error| self.failed(&error))?;
        self.sink.commit(&self.dir, &Mark { store, generation: self.generation })?;
        self.since_index_commit = 0;
        Ok(())
    }

    /// Ends the work: drops papers without a file, resolves all papers, writes the nodes and links that changed, and
    /// brings the index up to date. Readers see the old state until all of it is committed.
    pub fn finish(&mut self, resolve: impl FnOnce(&Tables, &[Paper], &[Decision]) -> Resolution) -> Result<(), Error> {
        self.commit()?;
        if self.since_index_commit > 0 {
            // Gives the memory of the postings back before all papers are held at once.
            self.mark_index()?;
        }
        self.begin()?;
        let gone = self.drop_orphans().map_err(|error| self.failed(&error))?;
        let (papers, keys) = graph::papers(&self.db).map_err(|error| self.failed(&error))?;
        let decisions = graph::decisions(&self.db).map_err(|error| self.failed(&error))?;
        let resolution = resolve(&self.tables, &papers, &decisions);
        drop(papers);
        let write = || -> rusqlite::Result<()> {
            graph::write(&self.db, &resolution, &keys)?;
            catalogue::set_meta(&self.db, "resolved", &(self.generation + 1).to_string())?;
            catalogue::set_meta(&self.db, "made_by", &self.made_by)?;
            self.db.execute("DELETE FROM overlay", [])?;
            for (name, text) in &self.tables.overlay {
                self.db.execute("INSERT INTO overlay VALUES (?1, ?2)", (name, text))?;
            }
            Ok(())
        };
        write().map_err(|error| self.failed(&error))?;
        self.close_batch()?;
        if self.whole {
            self.index_again()?;
            self.whole = false;
        }
        for paper in &gone {
            self.sink.remove(*paper);
        }
        self.mark_index()?;
        if !gone.is_empty() {
            let forget = self.db.execute("DELETE FROM gone WHERE generation <= ?1", [self.generation]);
            forget.map_err(|error| self.failed(&error))?;
        }
        Ok(())
    }

    /// Indexes the papers that the last batch wrote again.
    fn index_again(&mut self) -> Result<(), Error> {
        let (from, dir) = (self.generation, self.dir.clone());
        let tables = self.tables.clone();
        let sink = &mut self.sink;
        recovery::each_text(&self.db, &dir, from, |paper, raw| {
            sink.remove(paper);
            sink.add(&dir, paper, &indexed_text(&tables, &raw))
        })
    }

    fn drop_orphans(&self) -> rusqlite::Result<Vec<i64>> {
        let mut statement =
            self.db.prepare("SELECT id FROM papers p WHERE NOT EXISTS (SELECT 1 FROM files f WHERE f.paper = p.id) ORDER BY id")?;
        let orphans: Vec<i64> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        for paper in &orphans {
            delete_facts(&self.db, *paper)?;
            self.db.prepare_cached("DELETE FROM papers WHERE id = ?1")?.execute([paper])?;
            self.db.prepare_cached("DELETE FROM texts WHERE paper = ?1")?.execute([paper])?;
            self.db.prepare_cached("INSERT OR REPLACE INTO gone VALUES (?1, ?2)")?.execute((paper, self.generation + 1))?;
        }
        Ok(orphans)
    }

    /// Files a finished run.
    pub fn put_run(&mut self, run: &Run) -> Result<(), Error> {
        let put = || {
            self.db.execute(
                "INSERT INTO runs (started, seconds, found, added, updated, unchanged, duplicates, removed, rejected, bytes) \
                 VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)",
                params![
                    run.started,
                    run.seconds,
                    run.found,
                    run.added,
                    run.updated,
                    run.unchanged,
                    run.duplicates,
                    run.removed,
                    run.rejected,
                    run.bytes
                ],
            )
        };
        put().map_err(|error| self.failed(&error)).map(drop)
    }

    /// Keeps a person's decision; the one before, if any. It takes effect with [`Writer::finish`].
    pub fn decide(&mut self, decision: &Decision) -> Result<Option<String>, Error> {
        self.begin()?;
        let put = || {
            let before = self.db.query_row("SELECT target FROM decisions WHERE citation = ?1", [&decision.citation], |row| row.get(0));
            let before = before.optional()?;
            self.db.execute("INSERT OR REPLACE INTO decisions VALUES (?1, ?2)", (&decision.citation, &decision.target))?;
            Ok(before)
        };
        put().map_err(|error: rusqlite::Error| self.failed(&error))
    }

    /// Id of the node of each paper that is a node's.
    pub fn nodes_of_papers(&self) -> Result<HashMap<i64, String>, Error> {
        let read = || -> rusqlite::Result<_> {
            let mut statement = self.db.prepare("SELECT np.paper, n.id FROM node_papers np JOIN nodes n ON n.key = np.node")?;
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        read().map_err(|error| self.failed(&error))
    }

    /// Waits for the index to merge its segments, shortens the journal, and gives the lock back.
    pub fn close(self) -> Result<(), Error> {
        self.sink.close(&self.dir)?;
        // A reader may hold an old snapshot: then the journal is shortened another time.
        let shorten = self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        shorten.map_err(|error| catalogue::sql(&self.dir, &error))
    }

    fn failed(&self, error: &rusqlite::Error) -> Error {
        catalogue::sql(&self.dir, error)
    }
}

fn delete_facts(db: &Connection, paper: i64) -> rusqlite::Result<()> {
    let range = rows::keys(paper);
    db.prepare_cached("DELETE FROM citations WHERE key BETWEEN ?1 AND ?2")?.execute(range)?;
    db.prepare_cached("DELETE FROM stated WHERE key BETWEEN ?1 AND ?2")?.execute(range)?;
    db.prepare_cached("DELETE FROM tasks WHERE key BETWEEN ?1 AND ?2")?.execute(range)?;
    Ok(())
}

/// The id of a citation: the same file gives the same ids at every ingest.
pub fn citation_id(sha256: &str, place: usize, start: usize) -> String {
    let digest = Sha256::digest(format!("{sha256}:{place}:{start}"));
    format!("c{}", &catalogue::hex(&digest[..6]))
}

/// Changes when papers have to be extracted again: another program version, another overlay.
fn fingerprint(tables: &Tables) -> String {
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    for (name, text) in &tables.overlay {
        hash.update([0]);
        hash.update(name);
        hash.update([0]);
        hash.update(text);
    }
    catalogue::hex(&hash.finalize()[..8])
}
