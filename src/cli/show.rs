//! `show`: what a document is, which files hold it, how often it is cited.
//!
//! Duty: ask `query`, lay out. Not here: mentions and tasks one by one (`cites`, `cited-by`, `tasks`).

use super::args::{Format, Reference};
use super::documents;
use super::error::{CommandError, Exit};
use super::naming::{count, thousands};
use super::paint::{Text, Tone};
use super::session::Session;
use crate::query;

/// Column at which values begin.
const VALUES: usize = 12;

/// Answers for each meaning of the reference.
pub(super) fn run(args: &Reference, session: &mut Session) -> Result<Exit, CommandError> {
    let reader = session.reader()?;
    let reference = args.words();
    let answer = query::show(&reader, &reference)?;
    if session.output.format() == Format::Json {
        session.output.json(&answer)?;
        return Ok(Exit::Done);
    }
    let (tables, output) = (reader.tables(), &mut session.output);
    for (at, group) in answer.groups.iter().enumerate() {
        if at > 0 {
            output.gap()?;
        }
        let document = &group.document;
        documents::heading(document, &[], tables, output)?;
        let mut field = |label: &str, tone: Tone, value: String| {
            output.text(&Text::indented(2).hanging(2 + VALUES).dim(label).pad_to(VALUES).with(tone, value))
        };
        let about = [
            ("term", document.term.clone()),
            ("level", document.level.map(|level| level.as_str().to_owned())),
            ("province", document.province.clone()),
        ];
        for (label, value) in about {
            if let Some(value) = value {
                field(label, Tone::Plain, value)?;
            }
        }
        let counts = &group.counts;
        field("cited by", Tone::Plain, count(counts.cited_by, "document", "documents"))?;
        field("cites", Tone::Plain, count(counts.cites, "document", "documents"))?;
        field("tasks", Tone::Plain, counts.tasks.to_string())?;
        for copy in &group.copies {
            field("file", Tone::Plain, format!("{} · {} · {}", copy.path, copy.media_type, copy.method))?;
            if let Some(at) = copy.at {
                field("", Tone::Dim, format!("one of several papers in this file, from byte {} of its text", thousands(at as u64)))?;
            }
            if let Some(why) = &copy.why {
                field("", Tone::Dim, why.clone())?;
            }
            for warning in &copy.warnings {
                field("", Tone::Warn, warning.clone())?;
            }
        }
        for conflict in &group.conflicts {
            field("conflict", Tone::Warn, format!("{}: {}", conflict.field, conflict.values.join(" | ")))?;
        }
    }
    let meanings: Vec<_> = answer.groups.iter().map(|group| (group.document.id.as_str(), group.singled_out_by.as_deref())).collect();
    documents::several_meanings(&reference, &meanings, output)?;
    if let [(id, _)] = meanings[..] {
        output.next_step(&format!("next: vanban cited-by {id} · vanban cites {id} · vanban lineage {id}"))?;
    }
    Ok(Exit::Done)
}
