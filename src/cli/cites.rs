//! `cites`: what a document cites.
//!
//! Duty: ask `query`, lay the groups out by citing paper, then by cited document. Not here: who means whom.

use super::args::{Cites, Format};
use super::documents;
use super::error::{CommandError, Exit};
use super::mentions;
use super::naming::count;
use super::output::Output;
use super::paint::{Text, Tone};
use super::session::Session;
use crate::query::{self, view::CitesGroup};
use crate::tables::Tables;

/// Answers for each meaning of the reference; what several documents could be stands in groups of its own.
pub(super) fn run(args: &Cites, session: &mut Session) -> Result<Exit, CommandError> {
    let reader = session.reader()?;
    let reference = args.of.words();
    let answer = query::cites(&reader, &reference, args.named)?;
    if session.output.format() == Format::Json {
        session.output.json(&answer)?;
        return Ok(Exit::Done);
    }
    let (tables, output) = (reader.tables(), &mut session.output);
    let mut meanings = Vec::new();
    for of_one in answer.groups.chunk_by(|one, next| one.citing == next.citing) {
        if !meanings.is_empty() {
            output.gap()?;
        }
        meanings.push((of_one[0].citing.as_str(), of_one[0].singled_out_by.as_deref()));
        if let Some(mention) = of_one.iter().find_map(|group| group.citations.first()) {
            let notes = count(of_one.len() as u64, "document cited", "documents cited");
            documents::heading(&mention.document, &[notes], tables, output)?;
        }
        for group in of_one {
            output.gap()?;
            cited(group, tables, output)?;
        }
    }
    if answer.groups.is_empty() {
        output.text(&Text::default().plain("it cites no numbered document"))?;
    }
    documents::several_meanings(&reference, &meanings, output)?;
    if let [(id, _)] = meanings[..] {
        output.next_step(&format!("next: vanban cited-by {id} · vanban tasks {id}"))?;
    }
    Ok(Exit::Done)
}

/// Prints one cited document, or what it could be, and the mentions.
fn cited(group: &CitesGroup, tables: &Tables, output: &mut Output) -> Result<(), CommandError> {
    let line = Text::indented(2).hanging(4);
    match &group.document {
        Some(document) => {
            let held = if document.held { "" } else { " · not held" };
            output.text(&line.strong(documents::cited(document, tables)).dim(format!("  {}{held}", document.id)))?;
        }
        None if group.candidates.is_empty() => {
            let name = group.citations.first().map_or("", |mention| mention.text.as_str());
            output.text(&line.strong(name).dim("  no number"))?;
        }
        None => {
            output.text(&line.with(Tone::Warn, "several documents could be meant:"))?;
            for candidate in &group.candidates {
                documents::candidate(candidate, tables, output)?;
            }
        }
    }
    group.citations.iter().try_for_each(|mention| mentions::print(mention, output))
}
