//! The full-text index: a Tantivy folder that is derived from the catalogue.
//!
//! Duty: one document a paper (its id and its words), and in each commit the [`Mark`]: which catalogue it belongs to
//! and how far it has come. Nothing is stored in it: snippets and filters come from the catalogue, so a new
//! resolution never touches it. Not here: catching up (`recovery`), asking (`search`).

use super::analyzer::Analyzer;
use crate::model::{Error, ErrorKind, Stage};
use crate::tables::Tables;
use serde::{Deserialize, Serialize};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, IndexWriter, TantivyDocument, TantivyError, Term};

/// Folder of the index inside the store.
pub(super) const FOLDER: &str = "fulltext";
/// Name under which the analyzer is registered; its number rises when tokens change, so that old indexes are remade.
const ANALYZER: &str = "syllables-1";
/// Memory for postings in bytes, over all threads; a segment is written when a thread's share is full.
const HEAP: usize = 128 << 20;
/// Threads that make postings.
const MOST_THREADS: usize = 4;

/// How far an index has come; kept as JSON in its commit payload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// `meta.store` of the catalogue that it was made from.
    pub(super) store: String,
    /// `meta.generation` that it has reached.
    pub(super) generation: i64,
}

/// The two fields.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// `papers.id`.
    pub(super) paper: Field,
    /// The words.
    pub(super) words: Field,
}

/// The schema and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let paper = builder.add_u64_field("paper", INDEXED | FAST);
    let indexing = TextFieldIndexing::default().set_tokenizer(ANALYZER).set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let words = builder.add_text_field("words", TextOptions::default().set_indexing_options(indexing));
    (builder.build(), Fields { paper, words })
}

/// Opens the index in `dir`, the folder of the store; `None` when there is none, it was made by another version, or
/// it is damaged, so that it has to be made anew.
pub(super) fn open(dir: &Path, tables: &Tables) -> Option<Index> {
    let index = guarded(|| Index::open_in_dir(dir.join(FOLDER))).ok()?;
    if index.schema() != schema().0 {
        return None;
    }
    index.tokenizers().register(ANALYZER, Analyzer::new(tables));
    Some(index)
}

/// Makes an empty index in `dir`, in place of what is there.
///
/// Fails with [`ErrorKind::StoreDamaged`] when the folder holds something that is no index: nothing is removed then.
pub(super) fn create(dir: &Path, tables: &Tables) -> Result<Index, Error> {
    let folder = dir.join(FOLDER);
    let io = |error: std::io::Error| Error::io(Stage::Store, &error).at(&folder);
    if folder.exists() {
        let empty = std::fs::read_dir(&folder).map_err(io)?.next().is_none();
        if !empty && !folder.join("meta.json").is_file() && !folder.join(".managed.json").is_file() {
            return Err(
                Error::new(Stage::Store, ErrorKind::StoreDamaged("the folder is not a full-text index of vanban".into())).at(&folder)
            );
        }
        std::fs::remove_dir_all(&folder).map_err(io)?;
    }
    std::fs::create_dir_all(&folder).map_err(io)?;
    let index = Index::create_in_dir(&folder, schema().0).map_err(|error| failed(dir, &error))?;
    index.tokenizers().register(ANALYZER, Analyzer::new(tables));
    Ok(index)
}

/// The mark of the last commit; `None` when there was no commit or it was not ours.
pub(super) fn mark(index: &Index) -> Option<Mark> {
    serde_json::from_str(&index.load_metas().ok()?.payload?).ok()
}

/// The writing side. Papers become visible with [`IndexSink::commit`], all together.
pub(super) struct IndexSink {
    writer: IndexWriter,
    fields: Fields,
}

impl IndexSink {
    /// Opens the writing side with `threads` threads.
    pub(super) fn open(index: &Index, dir: &Path, threads: usize) -> Result<IndexSink, Error> {
        let threads = threads.clamp(1, MOST_THREADS);
        let writer: IndexWriter = index.writer_with_num_threads(threads, HEAP).map_err(|error| failed(dir, &error))?;
        // A kill leaves files that no commit names, and the next commit would give a list of deletions the same name.
        writer.garbage_collect_files().wait().map_err(|error| failed(dir, &error))?;
        Ok(IndexSink { writer, fields: schema().1 })
    }

    /// Takes a paper out.
    pub(super) fn remove(&mut self, paper: i64) {
        self.writer.delete_term(Term::from_field_u64(self.fields.paper, paper as u64));
    }

    /// Puts a paper in, which the index must not hold yet.
    pub(super) fn add(&mut self, dir: &Path, paper: i64, text: &str) -> Result<(), Error> {
        let mut document = TantivyDocument::new();
        document.add_u64(self.fields.paper, paper as u64);
        document.add_text(self.fields.words, text);
        let Err(error) = self.writer.add_document(document) else { return Ok(()) };
        // A thread has ended; why (a full disk), only the threads' own results tell.
        Err(match self.writer.prepare_commit() {
            Err(cause) => failed(dir, &cause),
            Ok(_) => failed(dir, &error),
        })
    }

    /// Makes all that was added and removed durable and visible, together with the mark.
    pub(super) fn commit(&mut self, dir: &Path, mark: &Mark) -> Result<(), Error> {
        let payload = serde_json::to_string(mark).expect("a mark is a string and a number");
        let mut commit = self.writer.prepare_commit().map_err(|error| failed(dir, &error))?;
        commit.set_payload(&payload);
        commit.commit().map_err(|error| failed(dir, &error))?;
        Ok(())
    }

    /// Waits for merges and frees the memory.
    pub(super) fn close(self, dir: &Path) -> Result<(), Error> {
        self.writer.wait_merging_threads().map_err(|error| failed(dir, &error))
    }
}

/// Runs a step on files that may be damaged: Tantivy trusts their lengths, so that it can panic over them.
pub(super) fn guarded<T>(step: impl FnOnce() -> tantivy::Result<T>) -> tantivy::Result<T> {
    catch_unwind(AssertUnwindSafe(step)).unwrap_or_else(|_| Err(TantivyError::InternalError("one of its files is damaged".to_owned())))
}

/// Words an error of Tantivy.
pub(super) fn failed(dir: &Path, error: &TantivyError) -> Error {
    let folder = dir.join(FOLDER);
    let io = match error {
        TantivyError::IoError(io) => Some(io.as_ref()),
        TantivyError::OpenReadError(tantivy::directory::error::OpenReadError::IoError { io_error, .. }) => Some(io_error.as_ref()),
        TantivyError::OpenWriteError(tantivy::directory::error::OpenWriteError::IoError { io_error, .. }) => Some(io_error.as_ref()),
        _ => None,
    };
    let kind = match (io, error) {
        (Some(io), _) => ErrorKind::Io(io.kind(), io.to_string()),
        (None, TantivyError::LockFailure(..)) => ErrorKind::Locked,
        (None, other) => ErrorKind::StoreDamaged(format!("the full-text index failed ({other})")),
    };
    Error::new(Stage::Store, kind).at(folder)
}
