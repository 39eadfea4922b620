//! Who changed what, and when.
//!
//! Duty: one JSON object a line, only added, in the folder of the index. Not here: decisions themselves, which the store keeps.

use crate::model::{Error, Stage};
use serde::Serialize;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Name of the file in the folder of the index.
const FILE: &str = "audit.jsonl";

/// The log of a store.
#[derive(Debug)]
pub(super) struct Audit(PathBuf);

/// One change.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Entry<'a> {
    /// When, UTC, ISO 8601.
    pub(super) at: String,
    /// Who, as far as that is known: the name given, else `token` or `local`.
    pub(super) who: &'a str,
    /// What: `decide`, `undo`, `upload`; `failed` when the one before it could not be done.
    pub(super) what: &'static str,
    /// The citation, or the file.
    pub(super) on: &'a str,
    /// The document that it means from now on; or what came of the file.
    pub(super) to: Option<&'a str>,
    /// What it meant before.
    pub(super) before: Option<&'a str>,
    /// How many other citations were decided with it.
    pub(super) alike: usize,
}

impl Audit {
    pub(super) fn of(index: &Path) -> Audit {
        Audit(index.join(FILE))
    }

    /// Adds a line. Fails when it cannot be written, so that nothing is changed in silence.
    pub(super) fn add(&self, entry: &Entry<'_>) -> Result<(), Error> {
        let failed = |error: std::io::Error| Error::io(Stage::Store, &error);
        let mut line = serde_json::to_vec(entry).map_err(|error| failed(error.into()))?;
        line.push(b'\n');
        let mut file = OpenOptions::new().create(true).append(true).open(&self.0).map_err(failed)?;
        file.write_all(&line).map_err(failed)
    }
}

/// The time, UTC, ISO 8601 to the second.
pub(super) fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
