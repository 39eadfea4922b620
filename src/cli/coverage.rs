//! `coverage`: which provinces hold an implementing paper, and which do not.
//!
//! Duty: ask `query`, lay out two lists. Not here: which provinces there were.

use super::args::{Format, Reference};
use super::documents;
use super::error::{CommandError, Exit};
use super::naming::count;
use super::paint::{Text, Tone};
use super::session::Session;
use crate::query;

/// Column at which papers begin.
const PAPERS: usize = 24;

/// Answers for the one meaning of the reference.
pub(super) fn run(args: &Reference, session: &mut Session) -> Result<Exit, CommandError> {
    let reader = session.reader()?;
    let answer = query::coverage(&reader, &args.words(), None)?;
    if session.output.format() == Format::Json {
        session.output.json(&answer)?;
        return Ok(Exit::Done);
    }
    let (tables, output) = (reader.tables(), &mut session.output);
    let notes = [format!("{} of {} hold an implementing paper", answer.held, answer.held + answer.missing)];
    documents::heading(&answer.document, &notes, tables, output)?;
    output.gap()?;
    for body in answer.bodies.iter().filter(|body| !body.documents.is_empty()) {
        let days = body.days.map_or(String::new(), |days| format!("after {}", count(u64::from(days.unsigned_abs()), "day", "days")));
        output.text(&Text::indented(2).with(Tone::Good, body.province.as_str()).pad_to(PAPERS).dim(days))?;
        for document in &body.documents {
            output.text(&Text::indented(4).hanging(6).plain(documents::cited(document, tables)).dim(format!("  {}", document.id)))?;
        }
    }
    let without: Vec<&str> = answer.bodies.iter().filter(|body| body.documents.is_empty()).map(|body| body.province.as_str()).collect();
    if !without.is_empty() {
        output.gap()?;
        output.text(&Text::default().with(Tone::Warn, "no implementing paper is held of:"))?;
        output.text(&Text::indented(2).plain(without.join(", ")))?;
    }
    output.next_step(&format!("next: vanban lineage {} --down", answer.document.id))?;
    Ok(Exit::Done)
}
