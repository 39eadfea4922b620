//! `extract`: what single papers say, without any index.
//!
//! Duty: read each file in a reader process, print its extraction or its text. Not here: the layout of the readable form
//! (`facts`).

use super::args::{Extract, Format};
use super::error::{CommandError, Exit};
use super::facts;
use super::paint::{Text, Tone};
use super::session::Session;
use crate::extract::Extractor;
use crate::model::{Error, SourceFacts, Stage};
use crate::source::{FileText, Pool};
use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Prints each file's extraction; a file that cannot be read costs a line and the exit status.
pub(super) fn run(args: &Extract, session: &mut Session) -> Result<Exit, CommandError> {
    let tables = session.tables()?;
    let extractor = Extractor::new(&tables);
    let pool = session.pool(1, args.ocr)?;
    let (mut printed, mut rejected) = (0, 0);
    for path in &args.files {
        let file = match read(&pool, path) {
            Ok(file) => file,
            Err(error) => {
                rejected += 1;
                session.output.complaint(&Text::default().with(Tone::Bad, "error: ").plain(error.to_string()))?;
                continue;
            }
        };
        if args.text {
            // A form feed also parts the last page of one file from the first of the next.
            session.output.verbatim(if printed == 0 { "" } else { "\u{c}" })?;
            session.output.verbatim(&file.raw.text)?;
            printed += 1;
            continue;
        }
        let source = source_facts(path, &file);
        let extraction = extractor.extract(&file.raw, source);
        match session.output.format() {
            Format::Json => session.output.json_line(&extraction)?,
            _ => {
                if printed > 0 {
                    session.output.gap()?;
                }
                facts::print(&extraction, &tables, &mut session.output)?;
            }
        }
        printed += 1;
    }
    Ok(match rejected {
        0 => Exit::Done,
        all if all == args.files.len() => Exit::Failed,
        _ => Exit::Rejected,
    })
}

/// What is known of the file itself.
pub(super) fn source_facts(path: &Path, file: &FileText) -> SourceFacts {
    SourceFacts {
        path: path.display().to_string(),
        sha256: file.sha256.clone(),
        media_type: file.raw.media_type.clone(),
        encoding: file.raw.encoding.clone(),
        bytes: file.bytes,
        pages: file.raw.pages,
        method: file.raw.method,
    }
}

fn read(pool: &Pool, path: &Path) -> Result<FileText, Error> {
    if path != Path::new("-") {
        return pool.read(path);
    }
    let refused = |error: io::Error| Error::io(Stage::Open, &error).at("-");
    let copy = Copied::from_stdin().map_err(refused)?;
    pool.read(&copy.0).map_err(|error| error.at("-"))
}

/// Standard input in a file of its own, because readers are told paths; removed at the end.
struct Copied(PathBuf);

impl Copied {
    fn from_stdin() -> io::Result<Copied> {
        let path = std::env::temp_dir().join(format!("vanban-stdin-{}", std::process::id()));
        let mut file = private(&path)?;
        let copied = Copied(path);
        io::copy(&mut io::stdin().lock(), &mut file)?;
        Ok(copied)
    }
}

impl Drop for Copied {
    fn drop(&mut self) {
        // Nothing to be done when it is already gone.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Creates a file that only this user can read; an existing one, or a link, is refused.
fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}
