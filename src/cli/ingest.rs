//! `ingest`: papers into the index.
//!
//! Duty: options, a progress bar, the account of the run, and what to ask next. Not here: the run itself (`ingest`).

use super::args::{Format, Ingest};
use super::error::{CommandError, Exit};
use super::naming::thousands;
use super::output::Output;
use super::paint::{Text, Tone};
use super::progress::Bar;
use super::session::Session;
use super::suggest;
use crate::ingest::{Options, Outcome, Progress, Report, Silent, run as run_ingest};
use crate::model::{Error, Stage};
use crate::source::Limits;
use std::collections::BTreeSet;
use std::path::Path;

/// Reads the papers and tells what happened to each.
pub(super) fn run(args: &Ingest, session: &mut Session) -> Result<Exit, CommandError> {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let options = Options {
        roots: args.paths.clone(),
        index: session.index.clone(),
        tables: session.tables.clone(),
        jobs: args.jobs.map_or(processors, usize::from),
        dry_run: args.dry_run,
        prune: args.prune,
        limits: Limits::default(),
        reader: session.reader_program()?,
    };
    let bar = session.output.progress_is_seen().then(Bar::new);
    let progress: &dyn Progress = bar.as_ref().map_or(&Silent, |bar| bar as &dyn Progress);
    let ended = run_ingest(&options, progress);
    if let Some(bar) = &bar {
        bar.clear();
    }
    let report = ended?;
    if let Some(path) = &args.report {
        write_report(path, &report)?;
    }
    for file in report.files.iter().filter(|file| file.outcome == Outcome::Rejected) {
        let (stage, reason) = (file.stage.as_deref().unwrap_or_default(), file.reason.as_deref().unwrap_or_default());
        let line = Text::default().with(Tone::Bad, "rejected: ").plain(format!("{}: {stage}: {reason}", file.path));
        session.output.complaint(&line)?;
    }
    match session.output.format() {
        Format::Json => session.output.json(&report)?,
        Format::Text => account(&report, args.dry_run, session)?,
    }
    Ok(if report.rejected > 0 { Exit::Rejected } else { Exit::Done })
}

fn account(report: &Report, dry_run: bool, session: &mut Session) -> Result<(), CommandError> {
    if session.output.verbose() {
        each_file(report, &mut session.output)?;
    }
    session.output.text(&summary(report))?;
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

/// `56 found = 50 added + 0 updated + …`: always adds up.
fn summary(report: &Report) -> Text {
    let parts = [
        ("added", report.added, Tone::Good),
        ("updated", report.updated, Tone::Good),
        ("unchanged", report.unchanged, Tone::Plain),
        ("duplicates", report.duplicates, Tone::Plain),
        ("rejected", report.rejected, Tone::Bad),
    ];
    let mut line = Text::default().strong(format!("{} found", thousands(report.found)));
    for (at, (word, number, tone)) in parts.into_iter().enumerate() {
        let tone = if number == 0 { Tone::Plain } else { tone };
        line = line.plain(if at == 0 { " = " } else { " + " }).with(tone, format!("{} {word}", thousands(number)));
    }
    if report.removed > 0 {
        line = line.plain(format!("; {} removed", thousands(report.removed)));
    }
    let megabytes = report.bytes as f64 / 1e6;
    line.dim(format!("  {megabytes:.1} MB in {:.1} s", report.seconds))
}

fn each_file(report: &Report, output: &mut Output) -> Result<(), CommandError> {
    for file in report.files.iter().filter(|file| file.outcome != Outcome::Rejected) {
        let word = match file.outcome {
            Outcome::Added => "added",
            Outcome::Updated => "updated",
            Outcome::Unchanged => "unchanged",
            Outcome::Duplicate => "duplicate",
            Outcome::Rejected => "rejected",
            Outcome::Removed => "removed",
        };
        let line = Text::default().dim(word).pad_to(12).plain(&file.path);
        output.text(&line.dim(file.id.as_ref().map_or(String::new(), |id| format!("  {id}"))))?;
    }
    Ok(())
}

fn write_report(path: &Path, report: &Report) -> Result<(), CommandError> {
    let text = serde_json::to_string_pretty(report).expect("a report is numbers and strings");
    std::fs::write(path, text + "\n").map_err(|error| Error::io(Stage::Store, &error).at(path))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::summary;
    use crate::cli::paint::Layout;
    use crate::ingest::{Report, SCHEMA};

    #[test]
    fn the_summary_adds_up() {
        let report = Report {
            schema: SCHEMA,
            started: String::new(),
            found: 1206,
            added: 1200,
            updated: 1,
            unchanged: 2,
            duplicates: 0,
            removed: 4,
            rejected: 3,
            seconds: 2.04,
            bytes: 12_345_678,
            files: Vec::new(),
        };
        let line = summary(&report).lay_out(Layout { width: None, styled: false });
        assert_eq!(line, "1,206 found = 1,200 added + 1 updated + 2 unchanged + 0 duplicates + 3 rejected; 4 removed  12.3 MB in 2.0 s");
    }
}
