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
use crate::model::{Error, Stage};
use crate::source::{FileText, Pool, PrivateCopy};
use std::cell::LazyCell;
use std::io;
use std::path::Path;

/// Prints each file's extraction; a file that cannot be read costs a line and the exit status.
pub(super) fn run(args: &Extract, session: &mut Session) -> Result<Exit, CommandError> {
    let tables = session.tables()?;
    let extractor = LazyCell::new(|| Extractor::new(&tables));
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
        let extraction = extractor.extract(&file.raw, file.facts(path.display().to_string()));
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

fn read(pool: &Pool, path: &Path) -> Result<FileText, Error> {
    if path != Path::new("-") {
        return pool.read(path);
    }
    let refused = |error: io::Error| Error::io(Stage::Open, &error).at("-");
    let copy = PrivateCopy::of(io::stdin().lock()).map_err(refused)?;
    pool.read(copy.path()).map_err(|error| error.at("-"))
}
