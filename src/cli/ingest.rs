//! `ingest`: papers into the index.
//!
//! Duty: options, a progress bar, the account of the run, and what to ask next. Not here: the run itself (`ingest`).

use super::account;
use super::args::{Format, Ingest, Ocr};
use super::error::{CommandError, Exit};
use super::naming::{count, thousands};
use super::paint::Text;
use super::progress::Bar;
use super::session::Session;
use super::suggest;
use crate::ingest::{Options, Progress, Report, Silent, Watch, run as run_ingest};
use crate::model::Error;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

/// Reads the papers and tells what happened to each.
pub(super) fn run(args: &Ingest, session: &mut Session) -> Result<Exit, CommandError> {
    let options = Options {
        dry_run: args.dry_run,
        prune: args.prune,
        ..options(args.paths.clone(), args.jobs, args.file_seconds, args.ocr, session)?
    };
    // Before the first look at the files, so that nothing is missed in between.
    let own = args.report.as_slice();
    let watch = if args.watch { Some(Watch::new(&options, own)?) } else { None };
    let report = seen(session, |progress| run_ingest(&options, progress))?;
    if let Some(path) = &args.report {
        account::write_report(path, &report)?;
    }
    let exit = account::tell(&report, &mut session.output)?;
    if session.output.format() == Format::Text {
        suggest(&report, args.dry_run, session)?;
    }
    match watch {
        Some(watch) => go_on(watch, session),
        None => Ok(exit),
    }
}

/// Takes what changes, batch by batch, until Ctrl-C.
fn go_on(watch: Watch, session: &mut Session) -> Result<Exit, CommandError> {
    let stopper = watch.stopper();
    let asked = AtomicBool::new(false);
    // The first time the batch at hand is ended; who asks twice does not want to wait, and the store survives it.
    let stop = move || if asked.swap(true, Ordering::Relaxed) { std::process::exit(130) } else { stopper.stop() };
    ctrlc::set_handler(stop)
        .map_err(|error| CommandError::with_hint(format!("Ctrl-C cannot be heard: {error}"), "ingest without --watch"))?;
    session.output.message(&Text::default().dim("watching; Ctrl-C ends"))?;
    session.output.finish()?;
    let (mut batches, mut added, mut updated, mut removed, mut rejected) = (0, 0, 0, 0, 0);
    watch.run(&Silent, |report| -> Result<(), CommandError> {
        batches += 1;
        added += report.added;
        updated += report.updated;
        removed += report.removed;
        rejected += report.rejected;
        account::tell(report, &mut session.output)?;
        session.output.finish()
    })?;
    let words = [(added, "added"), (updated, "updated"), (removed, "removed"), (rejected, "rejected")];
    let words: Vec<String> = words.iter().map(|(number, word)| format!("{} {word}", thousands(*number))).collect();
    let end = format!("watch ended after {}: {}", count(batches, "change", "changes"), words.join(", "));
    session.output.message(&Text::default().plain(end))?;
    Ok(Exit::Done)
}

/// What every ingest takes from the command line.
pub(super) fn options(roots: Vec<PathBuf>, jobs: Option<u16>, seconds: u64, ocr: Ocr, session: &Session) -> Result<Options, CommandError> {
    let limits = session.limits(seconds, ocr)?;
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(Options {
        roots,
        index: session.index.clone(),
        tables: session.tables.clone(),
        jobs: jobs.map_or(processors, usize::from),
        dry_run: false,
        prune: false,
        reader: session.reader_program(&limits)?,
        limits,
    })
}

/// Runs an ingest, with a progress bar where a person watches.
pub(super) fn seen(session: &Session, run: impl FnOnce(&dyn Progress) -> Result<Report, Error>) -> Result<Report, CommandError> {
    let bar = session.output.progress_is_seen().then(Bar::new);
    let ended = run(bar.as_ref().map_or(&Silent, |bar| bar as &dyn Progress));
    if let Some(bar) = &bar {
        bar.clear();
    }
    Ok(ended?)
}

/// What to ask next.
fn suggest(report: &Report, dry_run: bool, session: &mut Session) -> Result<(), CommandError> {
    if dry_run {
        return session.output.next_step("nothing was written (--dry-run)");
    }
    let ids: BTreeSet<&String> = report.files.iter().filter_map(|file| file.id.as_ref()).collect();
    let commands = suggest::questions(&session.reader()?, &ids.into_iter().cloned().collect::<Vec<_>>())?;
    if !commands.is_empty() {
        session.output.next_step("ask now:")?;
    }
    for command in &commands {
        session.output.hint_line(command)?;
    }
    Ok(())
}
