//! `status`: runs, counts and rejected files.
//!
//! Duty: ask `query`, lay out; with `--retry` start the ingest of the rejected files. Not here: what a run did beyond its
//! counts (`ingest --report`).

use super::account;
use super::args::{Format, Status};
use super::error::{CommandError, Exit};
use super::ingest::{options, seen};
use super::naming::{count, name, thousands};
use super::paint::{Text, Tone};
use super::session::Session;
use crate::ingest::{self, Outcome};
use crate::query;

/// Runs shown in the readable form.
const RUNS: usize = 5;

/// Shows what the index holds and what it does not.
pub(super) fn run(args: &Status, session: &mut Session) -> Result<Exit, CommandError> {
    if args.retry {
        return retry(args, session);
    }
    let reader = session.reader()?;
    let answer = query::status(&reader)?;
    let output = &mut session.output;
    if output.format() == Format::Json {
        output.json(&answer)?;
        return Ok(Exit::Done);
    }
    let counts = [
        count(answer.documents, "document held", "documents held"),
        count(answer.citations, "citation", "citations"),
        count(answer.tasks, "task", "tasks"),
    ];
    output.text(&Text::default().strong(counts.join(", ")).dim(format!("  {}", session.index.display())))?;
    let mut latest: Vec<_> = answer.runs.iter().collect();
    latest.sort_by(|one, other| other.started.cmp(&one.started));
    for run in latest.iter().take(RUNS) {
        let changes = [
            ("added", run.added),
            ("updated", run.updated),
            ("unchanged", run.unchanged),
            ("duplicates", run.duplicates),
            ("removed", run.removed),
            ("rejected", run.rejected),
        ];
        let told: Vec<String> =
            changes.iter().filter(|(_, number)| *number > 0).map(|(word, number)| format!("{} {word}", thousands(*number))).collect();
        let line = format!("  {} found: {}", thousands(run.found), told.join(", "));
        output.text(&Text::indented(2).dim(run.started.as_str()).plain(line).dim(format!("  {:.1} s", run.seconds)))?;
    }
    if answer.rejected.is_empty() {
        return Ok(Exit::Done);
    }
    output.gap()?;
    output.text(&Text::default().strong(count(answer.rejected.len() as u64, "rejected file", "rejected files")))?;
    for file in &answer.rejected {
        output.text(&Text::indented(2).hanging(4).with(Tone::Bad, name(&file.path)).plain(format!(": {}: {}", file.stage, file.reason)))?;
        output.text(&Text::indented(4).dim(format!("retry: {}", file.retry)))?;
    }
    match &answer.retry {
        Some(command) => output.next_step(&format!("retry all: {command}")).map(|()| Exit::Done),
        None => Ok(Exit::Done),
    }
}

/// Takes the rejected files once more; those that are gone are told and forgotten.
fn retry(args: &Status, session: &mut Session) -> Result<Exit, CommandError> {
    let options = options(Vec::new(), args.jobs, args.file_seconds, args.ocr, session)?;
    let report = seen(session, |progress| ingest::retry(&options, progress))?;
    if let Some(path) = &args.report {
        account::write_report(path, &report)?;
    }
    for file in report.files.iter().filter(|file| file.outcome == Outcome::Removed) {
        session.output.message(&Text::default().plain(format!("gone: {}: it is not there any more", name(&file.path))))?;
    }
    account::tell(&report, &mut session.output)
}
