//! Bringing the full-text index in line with the catalogue, and telling when the two disagree.
//!
//! Duty: after a kill at any point, index what is missing and take out what is gone; make the index anew when it is
//! lost, damaged, of another version, of another store, or ahead of the catalogue. `check` and `repair`.
//! Not here: repairing the catalogue itself, which is the truth.

use super::index::{self, IndexSink, Mark};
use super::{Problem, catalogue, rows};
use crate::model::{Error, ErrorKind, RawText, Stage};
use crate::store::analyzer::indexed_text;
use crate::tables::Tables;
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tantivy::{Index, ReloadPolicy};

/// The command that mends the index.
const REPAIR: &str = "vanban check --repair";
/// The command that mends the graph.
const INGEST: &str = "vanban ingest";

/// Opens the index and brings it to the generation of the catalogue. The caller holds the lock.
pub(super) fn catch_up(db: &Connection, dir: &Path, tables: &Tables) -> Result<Index, Error> {
    let at = |error| catalogue::sql(dir, &error);
    let now = now(db).map_err(at)?;
    let usable = index::open(dir, tables).and_then(|index| Some((index::mark(&index)?, papers_in(&index).ok()?, index)));
    let (from, held, index) = match usable {
        Some((mark, _, index)) if mark == now => return Ok(index),
        Some((mark, held, index)) if mark.store == now.store && mark.generation < now.generation => (mark.generation, held, index),
        _ => (0, BTreeSet::new(), index::create(dir, tables)?),
    };
    let kept = papers_since(db, 0).map_err(at)?;
    let mut stale = papers_since(db, from + 1).map_err(at)?;
    stale.extend(kept.difference(&held));
    let mut sink = IndexSink::open(&index, dir, 2)?;
    for paper in held.difference(&kept) {
        sink.remove(*paper);
    }
    index_papers(db, dir, tables, &mut sink, &stale)?;
    sink.commit(dir, &now)?;
    sink.close(dir)?;
    Ok(index)
}

/// The mark that an index in line with the catalogue bears.
pub(super) fn now(db: &Connection) -> rusqlite::Result<Mark> {
    Ok(Mark { store: catalogue::meta(db, "store")?, generation: catalogue::meta_number(db, "generation")? })
}

/// Ids of the papers that were written in generation `from` or later.
pub(super) fn papers_since(db: &Connection, from: i64) -> rusqlite::Result<BTreeSet<i64>> {
    db.prepare("SELECT id FROM papers WHERE generation >= ?1")?.query_map([from], |row| row.get(0))?.collect()
}

/// Indexes papers from their texts in the catalogue, in place of what the index holds of them.
pub(super) fn index_papers(
    db: &Connection,
    dir: &Path,
    tables: &Tables,
    sink: &mut IndexSink,
    papers: &BTreeSet<i64>,
) -> Result<(), Error> {
    let at = |error: rusqlite::Error| catalogue::sql(dir, &error);
    let sql = "SELECT t.text, p.media_type, p.encoding, p.pages, p.method FROM papers p JOIN texts t ON t.paper = p.id WHERE p.id = ?1";
    let mut statement = db.prepare(sql).map_err(at)?;
    for paper in papers {
        let raw = statement.query_row([paper], |row| {
            let method = rows::from_word(row, 4)?;
            let (text, media_type, encoding, pages) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            Ok(RawText { text, media_type, encoding, pages, method, warnings: Vec::new() })
        });
        sink.remove(*paper);
        sink.add(dir, *paper, &indexed_text(tables, &raw.map_err(at)?))?;
    }
    Ok(())
}

/// Drops the index in `dir` and makes it anew from the catalogue; what was wrong before.
///
/// Fails with `Locked` while somebody writes, and with `CatalogueDamaged` when the catalogue itself is: then nothing is touched.
pub fn repair(dir: &Path) -> Result<Vec<Problem>, Error> {
    // Reading first: a folder that is no store stays as it is.
    let db = catalogue::open_read(dir)?;
    let at = |error| catalogue::sql(dir, &error);
    let tables = Tables::with_texts(catalogue::overlay(&db).map_err(at)?)?;
    let _lock = catalogue::lock(dir)?;
    sound(&db, dir)?;
    let problems = problems(&db, dir, &tables)?;
    drop(index::create(dir, &tables)?);
    catch_up(&db, dir, &tables)?;
    Ok(problems)
}

/// Everything on which catalogue and index disagree, or the catalogue disagrees with itself.
pub(super) fn problems(db: &Connection, dir: &Path, tables: &Tables) -> Result<Vec<Problem>, Error> {
    let at = |error| catalogue::sql(dir, &error);
    let mut found = Vec::new();
    let mut tell = |what: String, place: &str, repair: &str| {
        found.push(Problem { what, r#where: place.to_owned(), repair: repair.to_owned() });
    };
    if let Err(error) = sound(db, dir) {
        tell(error.reason(), catalogue::FILE, "move the index folder away and run vanban ingest");
        return Ok(found);
    }
    let (generation, resolved) = (catalogue::meta_number(db, "generation"), catalogue::meta_number(db, "resolved"));
    if generation.map_err(at)? != resolved.map_err(at)? {
        tell("an ingest was interrupted; the graph does not show all papers".into(), catalogue::FILE, INGEST);
    }
    for (what, sql) in INVARIANTS {
        let count: i64 = db.query_row(sql, [], |row| row.get(0)).map_err(at)?;
        if count > 0 {
            tell(format!("{count} {what}"), catalogue::FILE, INGEST);
        }
    }
    let Some(index) = index::open(dir, tables) else {
        tell("the full-text index is missing, damaged or of another version".into(), index::FOLDER, REPAIR);
        return Ok(found);
    };
    if index::mark(&index) != Some(now(db).map_err(at)?) {
        tell("the full-text index has not reached the catalogue".into(), index::FOLDER, REPAIR);
    }
    // What cannot even be opened is damage too.
    let failed = |error: &tantivy::TantivyError| (index::failed(dir, error).reason(), index::FOLDER.to_owned());
    let damaged: Vec<(String, String)> = match index::guarded(|| index.validate_checksum()) {
        Ok(files) => {
            let at = |file: &PathBuf| format!("{}/{}", index::FOLDER, file.display());
            files.iter().map(|file| ("the checksum of a file does not fit".to_owned(), at(file))).collect()
        }
        Err(error) => vec![failed(&error)],
    };
    for (what, place) in &damaged {
        tell(what.clone(), place, REPAIR);
    }
    if damaged.is_empty() {
        let kept = papers_since(db, 0).map_err(at)?;
        match papers_in(&index) {
            Ok(held) if held == kept => {}
            Ok(held) => {
                let (missing, extra) = (kept.difference(&held).count(), held.difference(&kept).count());
                tell(format!("{missing} papers are not in the full-text index, {extra} in it are gone"), index::FOLDER, REPAIR);
            }
            Err(error) => {
                let (what, place) = failed(&error);
                tell(what, &place, REPAIR);
            }
        }
    }
    Ok(found)
}

/// Fails with [`ErrorKind::CatalogueDamaged`] when a page of the catalogue, or the agreement of its tables with their indexes, is broken.
fn sound(db: &Connection, dir: &Path) -> Result<(), Error> {
    let said: String = db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(|error| catalogue::sql(dir, &error))?;
    let said = said.lines().collect::<Vec<_>>().join(" ");
    if said == "ok" { Ok(()) } else { Err(Error::new(Stage::Store, ErrorKind::CatalogueDamaged(said)).at(dir.join(catalogue::FILE))) }
}

/// What must count nothing.
const INVARIANTS: [(&str, &str); 6] = [
    ("papers have no text", "SELECT count(*) FROM papers p WHERE NOT EXISTS (SELECT 1 FROM texts t WHERE t.paper = p.id)"),
    ("papers lost the first paper of their file", "SELECT count(*) FROM papers WHERE host NOT IN (SELECT id FROM papers)"),
    ("files point to no paper", "SELECT count(*) FROM files WHERE paper IS NOT NULL AND paper NOT IN (SELECT id FROM papers)"),
    ("citations belong to no paper", "SELECT count(*) FROM citations WHERE key >> 24 NOT IN (SELECT id FROM papers)"),
    ("links belong to no citation", "SELECT count(*) FROM links WHERE citation NOT IN (SELECT key FROM citations)"),
    ("candidates point to no document", "SELECT count(*) FROM candidates WHERE node NOT IN (SELECT key FROM nodes)"),
];

/// Ids of all papers that the index holds.
fn papers_in(index: &Index) -> tantivy::Result<BTreeSet<i64>> {
    index::guarded(|| papers_of(index))
}

fn papers_of(index: &Index) -> tantivy::Result<BTreeSet<i64>> {
    let reader: tantivy::IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    let mut held = BTreeSet::new();
    for segment in reader.searcher().segment_readers() {
        let papers = segment.fast_fields().u64("paper")?;
        held.extend(segment.doc_ids_alive().filter_map(|doc| papers.first(doc)).map(|paper| paper as i64));
    }
    Ok(held)
}
