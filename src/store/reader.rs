//! The reading door: one snapshot of catalogue and index, and look-ups of nodes.
//!
//! Duty: open a snapshot that no ingest changes or blocks; find nodes by what is known of them. Look-ups of mentions
//! and edges are in `reader_graph`, of papers in `reader_papers`, full text in `search`. Not here: writing, and what a
//! person's words mean (`query`).

use super::analyzer::Analyzer;
use super::columns::Columns;
use super::paths::path_key;
use super::{Problem, Rejected, Run, catalogue, index, recovery, rows};
use crate::model::{Error, ErrorKind, Stage};
use crate::resolve::Node;
use crate::tables::Tables;
use rusqlite::{Connection, OptionalExtension, Params, Row};
use std::cell::{OnceCell, RefCell};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::{IndexReader, ReloadPolicy, Searcher};

/// Threads that search; more help little, because a question has few segments.
const MOST_THREADS: usize = 4;

/// A snapshot of a store. Opening costs a few milliseconds; the first search loads the columns that filters and
/// facets need, so keep a reader for more than one question and ask [`Reader::is_current`] between them.
pub struct Reader {
    pub(super) dir: PathBuf,
    pub(super) db: Connection,
    pub(super) tables: Tables,
    /// `None` while a first ingest is still making the index.
    pub(super) searcher: Option<Searcher>,
    pub(super) columns: OnceCell<Arc<Columns>>,
    /// Remembers the forms of words from one question to the next.
    pub(super) analyzer: RefCell<Analyzer>,
    /// The same for the threads that cut snippets.
    pub(super) spare: RefCell<Vec<Analyzer>>,
}

impl Reader {
    /// Opens a snapshot of the store in `dir`; an index that an interrupted ingest left behind catches up first.
    ///
    /// Fails with `NoIndex` when nothing was ingested yet, `StoreVersion` or `StoreDamaged` for a store that is not ours.
    pub fn open(dir: &Path) -> Result<Reader, Error> {
        let db = catalogue::open_read(dir)?;
        let at = |error| catalogue::sql(dir, &error);
        let tables = Tables::with_texts(catalogue::overlay(&db).map_err(at)?)?;
        let mut searcher = snapshot(&db, dir, &tables)?;
        if searcher.as_ref().is_none_or(|(_, in_line)| !in_line) {
            match catalogue::lock(dir) {
                // Nobody writes, so nobody else will do it. Looks again first: the writer may just have ended.
                Ok(_lock) => {
                    db.execute_batch("ROLLBACK").map_err(at)?;
                    match recovery::catch_up(&db, dir, &tables) {
                        // On a full disk what the index holds so far is the answer.
                        Err(Error { kind: ErrorKind::Io(std::io::ErrorKind::StorageFull, _), .. }) => {}
                        other => drop(other?),
                    }
                    searcher = snapshot(&db, dir, &tables)?;
                }
                // A running ingest: what it has committed so far is the snapshot.
                Err(error) if error.kind == ErrorKind::Locked => {}
                Err(error) => return Err(error),
            }
        }
        let searcher = searcher.map(|(searcher, _)| searcher);
        let (columns, analyzer) = (OnceCell::new(), RefCell::new(Analyzer::new(&tables)));
        Ok(Reader { dir: dir.to_path_buf(), db, tables, searcher, columns, analyzer, spare: RefCell::default() })
    }

    /// False when an ingest has finished since this snapshot was taken.
    pub fn is_current(&self) -> Result<bool, Error> {
        let db = catalogue::open_read(&self.dir)?;
        let newest = recovery::now(&db).map_err(|error| self.failed(&error))?;
        Ok(newest == recovery::now(&self.db).map_err(|error| self.failed(&error))?)
    }

    /// A word for what this snapshot shows; another state of the store has another word.
    pub fn state(&self) -> Result<String, Error> {
        self.read(state)
    }

    /// The word that a snapshot of the store in `dir` taken now would have.
    pub fn newest_state(dir: &Path) -> Result<String, Error> {
        state(&catalogue::open_read(dir)?).map_err(|error| catalogue::sql(dir, &error))
    }

    /// The built-in tables and the overlay that is kept with the store.
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// The node with this id.
    pub fn node(&self, id: &str) -> Result<Option<Node>, Error> {
        Ok(self.nodes_where("n.id = ?1", [id])?.pop())
    }

    /// The nodes with these ids, in the same order; unknown ids are left out.
    pub fn nodes(&self, ids: &[String]) -> Result<Vec<Node>, Error> {
        let sql = format!("SELECT {} FROM json_each(?1) wanted CROSS JOIN nodes n ON n.id = wanted.value ORDER BY wanted.key", rows::NODE);
        self.list(&sql, [rows::to_json(&ids)], rows::node)
    }

    /// Nodes whose number has this serial ([`DocNumber::serial_key`](crate::model::DocNumber::serial_key)), by id.
    pub fn nodes_with_serial(&self, serial_key: &str) -> Result<Vec<Node>, Error> {
        self.nodes_where("n.serial_key = ?1 ORDER BY n.id", [serial_key])
    }

    /// Nodes of a kind, of one year (of the date, or else of the number) or of all, by id.
    pub fn nodes_with_kind(&self, kind: &str, year: Option<i16>) -> Result<Vec<Node>, Error> {
        match year {
            None => self.nodes_where("n.kind = ?1 ORDER BY n.id", [kind]),
            Some(year) => self.nodes_where(
                "n.kind = ?1 AND (n.date BETWEEN ?2 || '-01-01' AND ?2 || '-12-31' OR n.date IS NULL AND n.number_year = ?3) ORDER BY n.id",
                (kind, format!("{year:04}"), year),
            ),
        }
    }

    /// The node of an ingested file, by its path from here or as it was given at the ingest.
    pub fn nodes_with_path(&self, path: &str) -> Result<Vec<Node>, Error> {
        self.nodes_where(
            "n.key IN (SELECT np.node FROM node_papers np JOIN paper_files f ON f.paper = np.paper WHERE f.path = ?1 OR f.shown = ?2) ORDER BY n.id",
            (path_key(Path::new(path)), path),
        )
    }

    /// Nodes in whose title all these words ([`fold::bare`](crate::tables::fold::bare)) stand, held ones first, then newest first.
    pub fn nodes_with_title(&self, folded_words: &[String], limit: usize) -> Result<Vec<Node>, Error> {
        if folded_words.is_empty() {
            return Ok(Vec::new());
        }
        let marks: Vec<String> = (2..folded_words.len() + 2).map(|i| format!("instr(n.title_bare, ?{i}) > 0")).collect();
        let condition = format!("{} ORDER BY n.held DESC, n.date DESC, n.id LIMIT ?1", marks.join(" AND "));
        let mut values = vec![rusqlite::types::Value::from(i64::try_from(limit).unwrap_or(i64::MAX))];
        values.extend(folded_words.iter().map(|word| super::graph::framed(word).into()));
        self.nodes_where(&condition, rusqlite::params_from_iter(values))
    }

    /// Canonical numbers of all nodes, sorted, each once.
    pub fn numbers(&self) -> Result<Vec<String>, Error> {
        self.list("SELECT DISTINCT number FROM nodes WHERE number IS NOT NULL ORDER BY number", [], |row| row.get(0))
    }

    /// Documents that are cited but not held, with the citations that mean them and the documents these stand in, most
    /// cited first.
    pub fn not_held(&self) -> Result<Vec<(Node, u64, u64)>, Error> {
        let first = self.list("SELECT paper FROM node_papers WHERE rank = 0", [], |row| row.get::<_, i64>(0))?;
        let first: HashSet<i64> = first.into_iter().collect();
        let ambiguous = self.list("SELECT citation FROM links WHERE certainty = 'ambiguous'", [], |row| row.get::<_, i64>(0))?;
        let ambiguous: HashSet<i64> = ambiguous.into_iter().collect();
        // By node and citation, as the index has them; a first paper is one citing document.
        let sql =
            "SELECT k.node, k.citation FROM nodes n CROSS JOIN candidates k ON k.node = n.key WHERE n.held = 0 ORDER BY n.key, k.citation";
        let mut counted: Vec<(i64, u64, u64)> = Vec::new();
        let mut last = (0, 0);
        self.list(sql, [], |row| {
            let (node, citation): (i64, i64) = (row.get(0)?, row.get(1)?);
            let paper = rows::paper_of(citation);
            if ambiguous.contains(&citation) || !first.contains(&paper) {
                return Ok(());
            }
            if last.0 != node {
                counted.push((node, 0, 0));
            }
            if let Some((_, citations, documents)) = counted.last_mut() {
                *citations += 1;
                *documents += u64::from(last != (node, paper));
            }
            last = (node, paper);
            Ok(())
        })?;
        let mut out = Vec::with_capacity(counted.len());
        for (key, citations, documents) in counted {
            let node = self.nodes_where("n.key = ?1", [key])?.pop();
            out.extend(node.map(|node| (node, citations, documents)));
        }
        out.sort_by(|(a, p, q), (b, r, s)| (r, s, &a.id).cmp(&(p, q, &b.id)));
        Ok(out)
    }

    /// Documents held, citations, tasks.
    pub fn totals(&self) -> Result<(u64, u64, u64), Error> {
        let sql = "SELECT (SELECT count(*) FROM nodes WHERE held = 1), (SELECT count(*) FROM citations), (SELECT count(*) FROM tasks)";
        Ok(self.one(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.unwrap_or_default())
    }

    /// Finished ingests, the oldest first.
    pub fn runs(&self) -> Result<Vec<Run>, Error> {
        let sql = "SELECT started, seconds, found, added, updated, unchanged, duplicates, removed, rejected, bytes FROM runs ORDER BY id";
        self.list(sql, [], |row| {
            Ok(Run {
                started: row.get(0)?,
                seconds: row.get(1)?,
                found: row.get(2)?,
                added: row.get(3)?,
                updated: row.get(4)?,
                unchanged: row.get(5)?,
                duplicates: row.get(6)?,
                removed: row.get(7)?,
                rejected: row.get(8)?,
                bytes: row.get(9)?,
            })
        })
    }

    /// Files that were not taken, by path.
    pub fn rejected(&self) -> Result<Vec<Rejected>, Error> {
        let sql = "SELECT shown, stage, reason, bytes IS NOT NULL FROM files WHERE stage IS NOT NULL ORDER BY path";
        self.list(sql, [], |row| Ok(Rejected { path: row.get(0)?, stage: row.get(1)?, reason: row.get(2)?, odd: row.get(3)? }))
    }

    /// Everything on which catalogue and index disagree; empty when all is well. Fails with `Locked` during an ingest.
    pub fn check(&self) -> Result<Vec<Problem>, Error> {
        let _lock = catalogue::lock(&self.dir)?;
        recovery::problems(&catalogue::open_read(&self.dir)?, &self.dir, &self.tables)
    }

    /// Nodes with a condition on `nodes n`.
    pub(super) fn nodes_where(&self, condition: &str, values: impl Params) -> Result<Vec<Node>, Error> {
        self.list(&format!("SELECT {} FROM nodes n WHERE {condition}", rows::NODE), values, rows::node)
    }

    pub(super) fn node_key(&self, id: &str) -> Result<Option<i64>, Error> {
        self.one("SELECT key FROM nodes WHERE id = ?1", [id], |row| row.get(0))
    }

    /// Asks what takes more than one statement.
    pub(super) fn read<T>(&self, ask: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        ask(&self.db).map_err(|error| self.failed(&error))
    }

    pub(super) fn list<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let run = || -> rusqlite::Result<Vec<T>> { self.db.prepare_cached(sql)?.query_map(values, read)?.collect() };
        run().map_err(|error| self.failed(&error))
    }

    pub(super) fn one<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Error> {
        let run = || self.db.prepare_cached(sql)?.query_row(values, read).optional();
        run().map_err(|error| self.failed(&error))
    }

    pub(super) fn failed(&self, error: &rusqlite::Error) -> Error {
        catalogue::sql(&self.dir, error)
    }
}

/// Store, generation and last run: an ingest that changes no paper still adds a run.
fn state(db: &Connection) -> rusqlite::Result<String> {
    let mark = recovery::now(db)?;
    let run: i64 = db.query_row("SELECT coalesce(max(id), 0) FROM runs", [], |row| row.get(0))?;
    Ok(format!("{}-{}-{run}", mark.store, mark.generation))
}

/// Begins the snapshot of the catalogue and opens the index; with it, whether the two are in line.
fn snapshot(db: &Connection, dir: &Path, tables: &Tables) -> Result<Option<(Searcher, bool)>, Error> {
    let at = |error| catalogue::sql(dir, &error);
    // The first read after BEGIN takes the snapshot; it lasts as long as the connection.
    db.execute_batch("BEGIN").map_err(at)?;
    let now = recovery::now(db).map_err(at)?;
    let Some(mut index) = index::open(dir, tables) else { return Ok(None) };
    let in_line = index::mark(&index) == Some(now);
    // Segments are searched side by side; one thread is the fallback when no more can be had.
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    if threads > 1 && index.set_multithread_executor(threads).is_err() {
        index.set_executor(tantivy::Executor::single_thread());
    }
    let reader = index::guarded(|| index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into());
    Ok(reader.ok().map(|reader: IndexReader| (reader.searcher(), in_line)))
}

/// Tells that the index is being made.
pub(super) fn not_ready(dir: &Path) -> Error {
    Error::new(Stage::Store, ErrorKind::Locked).at(dir)
}
