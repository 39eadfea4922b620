//! The writing door: one writer at a time, durable batches, and a switch from the old graph to the new one at once.
//!
//! Duty: put papers and files, commit, resolve and write what changed. A batch is durable when [`Writer::commit`]
//! returns; readers see nodes and links change only in [`Writer::finish`], all together. Not here: which files there
//! are (`ingest`), who means whom (`resolve`).

use super::files::{self, FileRow};
use super::index::{IndexSink, Mark};
use super::{Filed, Run, catalogue, decisions, graph, papers, recovery};
use crate::model::{Error, Extraction, RawText};
use crate::resolve::{Decision, Paper, Resolution};
use crate::tables::Tables;
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::path::{Path, PathBuf};

/// Papers after which the full-text index is committed in the midst of a run, so that a kill costs little indexing.
const INDEX_COMMIT: usize = 20_000;

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
    /// True when the papers were extracted by another version or with other tables.
    outdated: bool,
    /// True when the open batch changes papers.
    dirty: bool,
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
        let outdated = papers && catalogue::meta(&db, "made_by").map_err(at)? != made_by;
        if !papers {
            // At once, so that an interrupted first run goes on and does not begin anew.
            keep_tables(&db, &made_by, &tables).map_err(at)?;
        }
        let generation = catalogue::meta_number(&db, "generation").map_err(at)?;
        let sink = IndexSink::open(&index, dir, threads)?;
        let dir = dir.to_path_buf();
        let (pending, whole, dirty, since_index_commit) = (Vec::new(), false, false, 0);
        Ok(Writer { dir, db, tables, made_by, sink, pending, whole, outdated, dirty, since_index_commit, generation, _lock: lock })
    }

    /// The tables in use.
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// True when the papers in the store were extracted by another program version or with other tables.
    pub fn is_outdated(&self) -> bool {
        self.outdated
    }

    /// Begins to put all papers again: the caller puts each one, and nothing is committed before [`Writer::finish`], so
    /// that readers never see two versions side by side.
    pub fn put_again(&mut self) {
        self.whole = true;
    }

    /// True when the graph does not show all papers: an ingest was interrupted.
    pub fn needs_resolving(&self) -> Result<bool, Error> {
        let resolved = catalogue::meta_number(&self.db, "resolved").map_err(|error| self.failed(&error))?;
        Ok(resolved != self.generation)
    }

    /// All files that are known, by path.
    pub fn files(&self) -> Result<BTreeMap<String, FileRow>, Error> {
        files::all(&self.db).map_err(|error| self.failed(&error))
    }

    /// The papers that are kept: hash of the content to id.
    pub fn papers(&self) -> Result<HashMap<String, i64>, Error> {
        files::papers(&self.db).map_err(|error| self.failed(&error))
    }

    /// The first id that no paper ever had.
    pub fn next_paper(&self) -> Result<i64, Error> {
        let last = self.db.query_row("SELECT seq FROM sqlite_sequence WHERE name = 'papers'", [], |row| row.get::<_, i64>(0)).optional();
        Ok(last.map_err(|error| self.failed(&error))?.unwrap_or(0) + 1)
    }

    /// Puts a paper, in place of the one with this id if there is one. Visible and durable after [`Writer::commit`].
    pub fn put_paper(&mut self, paper: i64, raw: &RawText, indexed: String, extraction: &Extraction) -> Result<(), Error> {
        self.begin()?;
        let mut part = papers::Part::default();
        if self.whole {
            part = papers::part(&self.db, paper).map_err(|error| self.failed(&error))?;
            papers::delete(&self.db, paper).map_err(|error| self.failed(&error))?;
        }
        self.put(paper, part, raw, indexed, extraction)
    }

    /// Puts a further paper of the file whose first paper is `host`; it begins at byte `at` of the file's text, and gets an id
    /// above `above`.
    pub fn put_part(
        &mut self,
        above: i64,
        (host, at): (i64, usize),
        raw: &RawText,
        indexed: String,
        extraction: &Extraction,
    ) -> Result<(), Error> {
        self.begin()?;
        let paper = self.next_paper()?.max(above + 1);
        self.put(paper, papers::Part { host: Some(host), at }, raw, indexed, extraction)
    }

    fn put(&mut self, paper: i64, part: papers::Part, raw: &RawText, indexed: String, extraction: &Extraction) -> Result<(), Error> {
        papers::put(&self.db, paper, part, self.generation + 1, raw, extraction).map_err(|error| self.failed(&error))?;
        self.dirty = true;
        if !self.whole {
            self.pending.push((paper, indexed));
        }
        Ok(())
    }

    /// The further papers of each file that holds several, by its first one.
    pub fn parts(&self) -> Result<BTreeMap<i64, Vec<i64>>, Error> {
        let read = || -> rusqlite::Result<_> {
            let mut parts: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
            let mut statement = self.db.prepare("SELECT host, id FROM papers WHERE host IS NOT NULL ORDER BY host, at")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                parts.entry(row.get(0)?).or_default().push(row.get(1)?);
            }
            Ok(parts)
        };
        read().map_err(|error| self.failed(&error))
    }

    /// Puts a file, in place of what was known of its path.
    pub fn put_file(&mut self, file: &FileRow) -> Result<(), Error> {
        self.begin()?;
        files::put(&self.db, file).map_err(|error| self.failed(&error))
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

    /// Makes what was put durable. While papers are put again this waits for [`Writer::finish`]; false tells so.
    pub fn commit(&mut self) -> Result<bool, Error> {
        if self.whole {
            return Ok(false);
        }
        self.close_batch()?;
        self.index_pending()?;
        if self.since_index_commit >= INDEX_COMMIT {
            self.mark_index()?;
        }
        Ok(true)
    }

    fn index_pending(&mut self) -> Result<(), Error> {
        for (paper, text) in std::mem::take(&mut self.pending) {
            self.sink.add(&self.dir, paper, &text)?;
            self.since_index_commit += 1;
        }
        Ok(())
    }

    fn close_batch(&mut self) -> Result<(), Error> {
        if self.db.is_autocommit() {
            return Ok(());
        }
        let generation = if self.dirty { self.generation + 1 } else { self.generation };
        let close = || {
            catalogue::set_meta(&self.db, "generation", &generation.to_string())?;
            self.db.execute_batch("COMMIT")
        };
        close().map_err(|error| self.failed(&error))?;
        (self.generation, self.dirty) = (generation, false);
        Ok(())
    }

    fn mark_index(&mut self) -> Result<(), Error> {
        let store = catalogue::meta(&self.db, "store").map_err(|error| self.failed(&error))?;
        self.sink.commit(&self.dir, &Mark { store, generation: self.generation })?;
        self.since_index_commit = 0;
        Ok(())
    }

    /// Ends the work: drops papers without a file, resolves all papers, writes the nodes and links that changed, and
    /// brings the index up to date. What was put since the last commit becomes visible with it, all at once.
    pub fn finish(&mut self, resolve: impl FnOnce(&Tables, &[Paper], &[Decision]) -> Resolution) -> Result<(), Error> {
        if self.since_index_commit > 0 {
            // Gives the memory of the postings back before all papers are held at once.
            self.mark_index()?;
        }
        self.begin()?;
        self.dirty = true;
        let gone = papers::drop_orphans(&self.db).map_err(|error| self.failed(&error))?;
        let papers = graph::papers(&self.db).map_err(|error| self.failed(&error))?;
        let decisions = decisions::in_force(&self.db).map_err(|error| self.failed(&error))?;
        let resolution = resolve(&self.tables, &papers, &decisions);
        drop(papers);
        self.write_graph(&resolution).map_err(|error| self.failed(&error))?;
        self.close_batch()?;
        self.index_pending()?;
        if self.whole {
            self.index_again()?;
            (self.whole, self.outdated) = (false, false);
        }
        for paper in &gone {
            self.sink.remove(*paper);
        }
        self.mark_index()
    }

    fn write_graph(&self, resolution: &Resolution) -> rusqlite::Result<()> {
        graph::write(&self.db, resolution)?;
        catalogue::set_meta(&self.db, "resolved", &(self.generation + 1).to_string())?;
        if self.outdated && !self.whole {
            // The papers are still those of the other version; the next ingest puts them again.
            return Ok(());
        }
        keep_tables(&self.db, &self.made_by, &self.tables)
    }

    /// Indexes the papers that the last batch wrote again.
    fn index_again(&mut self) -> Result<(), Error> {
        let ids = recovery::papers_since(&self.db, self.generation).map_err(|error| self.failed(&error))?;
        recovery::index_papers(&self.db, &self.dir, &self.tables, &mut self.sink, &ids)
    }

    /// Files a finished run.
    pub fn put_run(&mut self, run: &Run) -> Result<(), Error> {
        files::put_run(&self.db, run).map_err(|error| self.failed(&error))
    }

    /// Files a person's decision that the citation with this id means the node with that id, or, without a target, takes
    /// the last decision on it back. `at` is the time, UTC, ISO 8601. `None` when there is no such citation. It takes effect
    /// with [`Writer::finish`].
    pub fn decide(&mut self, at: &str, citation: &str, target: Option<&str>) -> Result<Option<Filed>, Error> {
        self.begin()?;
        decisions::put(&self.db, at, citation, target).map_err(|error| self.failed(&error))
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

/// Keeps the user's rows, and by what the papers were extracted.
fn keep_tables(db: &Connection, made_by: &str, tables: &Tables) -> rusqlite::Result<()> {
    catalogue::set_meta(db, "made_by", made_by)?;
    db.execute("DELETE FROM overlay", [])?;
    for (name, text) in &tables.overlay {
        db.execute("INSERT INTO overlay (name, text) VALUES (?1, ?2)", (name, text))?;
    }
    Ok(())
}

/// Changes when papers have to be extracted again: another program version, another overlay.
fn fingerprint(tables: &Tables) -> String {
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    for (name, text) in tables.texts() {
        hash.update([0]);
        hash.update(name);
        hash.update([0]);
        hash.update(text);
    }
    catalogue::hex(&hash.finalize()[..8])
}
