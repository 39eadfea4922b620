//! Putting papers into the catalogue and taking them out.
//!
//! Duty: the rows of one paper, all of them or none (the caller holds the transaction). Not here: reading them back
//! (`reader_papers`), what mentions mean (`graph`).

use super::{catalogue, rows};
use crate::model::{Extraction, Method, RawText};
use crate::tables::syllables;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

/// Which of several papers in a file a paper is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Part {
    /// The first paper; `None` when it is that one.
    pub(super) host: Option<i64>,
    /// Where it begins in the text of the file, in bytes.
    pub(super) at: usize,
}

/// What the catalogue knows of a paper's place in its file; of one that is not there, that it is the first.
pub(super) fn part(db: &Connection, paper: i64) -> rusqlite::Result<Part> {
    let mut known = db.prepare_cached("SELECT host, at FROM papers WHERE id = ?1")?;
    let found = known.query_row([paper], |row| Ok(Part { host: row.get(0)?, at: row.get(1)? })).optional()?;
    Ok(found.unwrap_or_default())
}

/// Puts a paper and its facts; a paper with this id must be gone.
pub(super) fn put(
    db: &Connection,
    paper: i64,
    part: Part,
    generation: i64,
    raw: &RawText,
    extraction: &Extraction,
) -> rusqlite::Result<()> {
    let source = &extraction.source;
    db.prepare_cached("INSERT INTO papers VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16)")?.execute(params![
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
        generation,
        part.host,
        part.at,
        legible(raw),
        raw.text.len(),
    ])?;
    db.prepare_cached("INSERT INTO texts VALUES (?1, ?2)")?.execute((paper, &raw.text))?;
    let mut put = db.prepare_cached(rows::PUT_CITATION)?;
    for (place, citation) in extraction.citations.iter().enumerate() {
        let id = citation_id(&source.sha256, citation.span.start);
        rows::put_citation(&mut put, rows::key(paper, place), &id, citation)?;
    }
    let mut put = db.prepare_cached("INSERT INTO stated VALUES (?1,?2,?3,?4,?5,?6,?7,?8)")?;
    for (place, stated) in extraction.stated_relations.iter().enumerate() {
        put.execute(params![
            rows::key(paper, place),
            rows::key(paper, stated.from),
            rows::key(paper, stated.to),
            stated.from_number,
            stated.to_number,
            stated.relation.as_str(),
            stated.span.start,
            stated.span.end,
        ])?;
    }
    let mut put = db.prepare_cached("INSERT INTO tasks VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)")?;
    for (place, task) in extraction.tasks.iter().enumerate() {
        rows::put_task(&mut put, rows::key(paper, place), task)?;
    }
    Ok(())
}

/// Syllables among a thousand words, where the text is as good as a layout or a recognition; what was typed is taken as it is.
fn legible(raw: &RawText) -> u16 {
    match raw.method {
        Method::Text | Method::Html | Method::Office => 1000,
        Method::PdfLayout | Method::PdfTextLayer | Method::Ocr => syllables().share(&raw.text),
    }
}

/// Takes out a paper with all that belongs to it, if it is there.
pub(super) fn delete(db: &Connection, paper: i64) -> rusqlite::Result<()> {
    let range = rows::keys(paper);
    db.prepare_cached("DELETE FROM citations WHERE key BETWEEN ?1 AND ?2")?.execute(range)?;
    db.prepare_cached("DELETE FROM stated WHERE key BETWEEN ?1 AND ?2")?.execute(range)?;
    db.prepare_cached("DELETE FROM tasks WHERE key BETWEEN ?1 AND ?2")?.execute(range)?;
    db.prepare_cached("DELETE FROM texts WHERE paper = ?1")?.execute([paper])?;
    db.prepare_cached("DELETE FROM papers WHERE id = ?1")?.execute([paper])?;
    Ok(())
}

/// Takes out the papers that no file holds; their ids.
pub(super) fn drop_orphans(db: &Connection) -> rusqlite::Result<Vec<i64>> {
    let mut statement =
        db.prepare("SELECT id FROM papers p WHERE NOT EXISTS (SELECT 1 FROM files f WHERE f.paper = coalesce(p.host, p.id)) ORDER BY id")?;
    let orphans: Vec<i64> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for paper in &orphans {
        delete(db, *paper)?;
    }
    Ok(orphans)
}

/// What stands for the hash of the bytes of a further paper, which begins at byte `at` of a file's text.
pub fn part_hash(sha256: &str, at: usize) -> String {
    catalogue::hex(&Sha256::digest(format!("{sha256}#{at}")))
}

/// The id of a citation, from the file and the byte of its raw text where it begins: the same file gives the same ids at
/// every ingest, also when another version finds one citation more before it.
pub fn citation_id(sha256: &str, start: usize) -> String {
    let digest = Sha256::digest(format!("{sha256}:{start}"));
    format!("c{}", &catalogue::hex(&digest[..6]))
}
