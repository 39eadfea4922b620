//! What the global options mean: tables, reader processes, the index.
//!
//! Duty: open these when a subcommand needs them, with a message that says what to do. Not here: what is done with them.

use super::args::Ocr;
use super::error::CommandError;
use super::output::Output;
use crate::source::{Limits, Pool, can_recognise};
use crate::store::Reader;
use crate::tables::Tables;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Global options, and where words go.
pub(super) struct Session {
    /// The only place that prints.
    pub(super) output: Output,
    /// Folder of the index.
    pub(super) index: PathBuf,
    /// Folder of the user's own table rows.
    pub(super) tables: Option<PathBuf>,
}

impl Session {
    /// The compiled-in tables with the user's rows.
    pub(super) fn tables(&self) -> Result<Tables, CommandError> {
        self.tables.as_deref().map_or_else(|| Ok(Tables::builtin()), overlaid)
    }

    /// A snapshot of the index.
    pub(super) fn reader(&self) -> Result<Reader, CommandError> {
        Ok(Reader::open(&self.index)?)
    }

    /// Reader processes.
    pub(super) fn pool(&self, processes: usize, ocr: Ocr) -> Result<Pool, CommandError> {
        let limits = self.limits(Limits::default().seconds, ocr)?;
        let (program, args) = self.reader_program(&limits)?;
        Ok(Pool::new(program, args, processes, limits))
    }

    /// What one file may cost. Fails when recognition is asked for and not there.
    pub(super) fn limits(&self, seconds: u64, ocr: Ocr) -> Result<Limits, CommandError> {
        let usual = Limits::default();
        let recogniser = std::env::var_os("VANBAN_TESSERACT").map_or(usual.recogniser, PathBuf::from);
        let limits = Limits { seconds, ocr: ocr.into(), recogniser, ..usual };
        if ocr == Ocr::Always && !can_recognise(&limits) {
            let hint = "install it (Debian, Ubuntu: apt install tesseract-ocr-vie), or leave out --ocr always";
            return Err(CommandError::with_hint("tesseract with its Vietnamese data was not found".to_owned(), hint));
        }
        Ok(limits)
    }

    /// What a reader process runs: this program with its hidden subcommand.
    pub(super) fn reader_program(&self, limits: &Limits) -> Result<(PathBuf, Vec<OsString>), CommandError> {
        let program = std::env::current_exe()
            .map_err(|error| CommandError::with_hint(format!("the program cannot find itself: {error}"), "start it with its full path"))?;
        let args = [
            "__reader".to_owned(),
            format!("--seconds={}", limits.seconds),
            format!("--memory={}", limits.memory_mib),
            format!("--ocr={}", limits.ocr.as_str()),
            format!("--page-seconds={}", limits.page_seconds),
        ];
        let mut args: Vec<OsString> = args.map(OsString::from).into();
        args.extend(["--recogniser".into(), limits.recogniser.clone().into_os_string()]);
        Ok((program, args))
    }
}

/// The compiled-in tables with the rows of a folder, which must be there.
pub(super) fn overlaid(dir: &Path) -> Result<Tables, CommandError> {
    if !dir.is_dir() {
        let message = format!("{}: there is no such folder of tables", dir.display());
        return Err(CommandError::with_hint(message, "give --tables a folder with files such as provinces.tsv"));
    }
    Ok(Tables::with_overlay(dir)?)
}
