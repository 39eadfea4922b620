//! The account of an ingest: each rejected file, the sums, the whole report.
//!
//! Duty: words for a report, wherever it comes from (`ingest`, `ingest --watch`, `status --retry`). Not here: the run itself.

use super::args::Format;
use super::error::{CommandError, Exit};
use super::naming::{name, thousands};
use super::output::Output;
use super::paint::{Text, Tone};
use crate::ingest::{Outcome, Report};
use crate::model::{Error, Stage};
use std::path::Path;

/// Tells the rejected files on standard error and the sums, with `-v` each file, as the result. The exit status is the report's.
pub(super) fn tell(report: &Report, output: &mut Output) -> Result<Exit, CommandError> {
    for file in report.files.iter().filter(|file| file.outcome == Outcome::Rejected) {
        let (stage, reason) = (file.stage.as_deref().unwrap_or_default(), file.reason.as_deref().unwrap_or_default());
        let line = Text::default().with(Tone::Bad, "rejected: ").plain(format!("{}: {stage}: {reason}", name(&file.path)));
        output.complaint(&line)?;
    }
    match output.format() {
        Format::Json => output.json(report)?,
        _ => {
            if output.verbose() {
                each_file(report, output)?;
            }
            output.text(&summary(report))?;
        }
    }
    Ok(if report.rejected > 0 { Exit::Rejected } else { Exit::Done })
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
        let line = Text::default().dim(word).pad_to(12).plain(name(&file.path));
        output.text(&line.dim(file.id.as_ref().map_or(String::new(), |id| format!("  {id}"))))?;
    }
    Ok(())
}

/// Writes the whole report where `--report` says.
pub(super) fn write_report(path: &Path, report: &Report) -> Result<(), CommandError> {
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
