//! What happened to each file, and the sums. The shape is fixed by the interface (`vanban.ingest/1`).

use super::Progress;
use crate::store::{Refusal, Run};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::time::Duration;

/// Name of the report's format.
pub const SCHEMA: &str = "vanban.ingest/1";

/// What happened to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Taken for the first time.
    Added,
    /// Known path, new content.
    Updated,
    /// Known path, same content.
    Unchanged,
    /// The bytes of another file that is taken.
    Duplicate,
    /// Not taken; the reason is told.
    Rejected,
    /// Gone from an ingested folder; not among the found ones.
    Removed,
}

/// One file of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileOutcome {
    /// Path as given.
    pub path: String,
    /// What happened to it.
    pub outcome: Outcome,
    /// Id of the document that it is; known at the end of the run.
    pub id: Option<String>,
    /// Ids of the further documents in a file that holds several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// Why it was rejected, and what to do.
    pub reason: Option<String>,
    /// The step that rejected it.
    pub stage: Option<String>,
}

/// The whole report; always `found = added + updated + unchanged + duplicates + rejected`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Always [`SCHEMA`].
    pub schema: &'static str,
    /// When the run began, UTC, ISO 8601.
    pub started: String,
    /// Files found under the roots.
    pub found: u64,
    /// Files taken for the first time.
    pub added: u64,
    /// Files whose content changed.
    pub updated: u64,
    /// Files whose content is the same.
    pub unchanged: u64,
    /// Files with the bytes of another file.
    pub duplicates: u64,
    /// Files that are gone.
    pub removed: u64,
    /// Files that were not taken.
    pub rejected: u64,
    /// Seconds it took.
    pub seconds: f64,
    /// Bytes of the files that were read.
    pub bytes: u64,
    /// Each file, by path.
    pub files: Vec<FileOutcome>,
}

impl Report {
    /// The counts, as the store keeps them.
    pub fn run(&self) -> Run {
        Run {
            started: self.started.clone(),
            seconds: self.seconds,
            found: self.found,
            added: self.added,
            updated: self.updated,
            unchanged: self.unchanged,
            duplicates: self.duplicates,
            removed: self.removed,
            rejected: self.rejected,
            bytes: self.bytes,
        }
    }
}

/// A report while the work goes on.
#[derive(Debug, Default)]
pub(super) struct Draft {
    files: Vec<(FileOutcome, Option<i64>)>,
    bytes: u64,
    /// How many of the files were told to the progress already.
    told: usize,
}

impl Draft {
    /// Notes a file that holds a paper, or held one.
    pub(super) fn note(&mut self, path: String, outcome: Outcome, paper: Option<i64>) {
        self.files.push((FileOutcome { path, outcome, id: None, also: Vec::new(), reason: None, stage: None }, paper));
    }

    /// Notes a file that was not taken.
    pub(super) fn reject(&mut self, path: String, refusal: &Refusal) {
        let (reason, stage) = (Some(refusal.reason.clone()), Some(refusal.stage.clone()));
        self.files.push((FileOutcome { path, outcome: Outcome::Rejected, id: None, also: Vec::new(), reason, stage }, None));
    }

    /// Notes that a file's bytes were read.
    pub(super) fn read(&mut self, bytes: u64) {
        self.bytes += bytes;
    }

    /// Tells the progress of all files noted so far; the caller has made them durable.
    pub(super) fn tell_rest(&mut self, progress: &dyn Progress) {
        for (file, _) in &self.files[self.told..] {
            progress.done(&PathBuf::from(&file.path), file);
        }
        self.told = self.files.len();
    }

    /// The report, with the ids of the documents that the papers are; `parts`: the further papers of a file, by its first.
    pub(super) fn finish(self, started: String, took: Duration, nodes: &HashMap<i64, String>, parts: &BTreeMap<i64, Vec<i64>>) -> Report {
        let mut files = self.files;
        files.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
        let id = |paper: &i64| nodes.get(paper).cloned();
        let also = |paper: &i64| parts.get(paper).into_iter().flatten().filter_map(id).collect();
        let named = |(file, paper): (FileOutcome, Option<i64>)| FileOutcome {
            id: paper.as_ref().and_then(id),
            also: paper.as_ref().map(also).unwrap_or_default(),
            ..file
        };
        let files: Vec<FileOutcome> = files.into_iter().map(named).collect();
        let count = |outcome| files.iter().filter(|file| file.outcome == outcome).count() as u64;
        let removed = count(Outcome::Removed);
        Report {
            schema: SCHEMA,
            started,
            found: files.len() as u64 - removed,
            added: count(Outcome::Added),
            updated: count(Outcome::Updated),
            unchanged: count(Outcome::Unchanged),
            duplicates: count(Outcome::Duplicate),
            removed,
            rejected: count(Outcome::Rejected),
            seconds: (took.as_secs_f64() * 1000.0).round() / 1000.0,
            bytes: self.bytes,
            files,
        }
    }
}
