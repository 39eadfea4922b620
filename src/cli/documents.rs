//! Documents in answers, for a person.
//!
//! Duty: the heading of a group, the line of a document, what to say when a reference has several meanings.
//! Not here: the name itself (`naming`), finding documents.

use super::error::CommandError;
use super::naming::Name;
use super::output::Output;
use super::paint::Text;
use crate::query::view::{Candidate, Document};
use crate::tables::Tables;

/// As one cites it.
pub(super) fn cited(document: &Document, tables: &Tables) -> String {
    Name::from(document).cited(tables)
}

/// Prints the name, the subject, and a line of notes that begins with the id.
pub(super) fn heading(document: &Document, notes: &[String], tables: &Tables, output: &mut Output) -> Result<(), CommandError> {
    output.text(&Text::default().strong(cited(document, tables)))?;
    if let (Some(title), Some(_)) = (&document.title, &document.number) {
        output.text(&Text::indented(2).plain(title))?;
    }
    let mut line = vec![document.id.clone()];
    if !document.held {
        line.push("cited, not held".to_owned());
    }
    line.extend_from_slice(notes);
    output.text(&Text::indented(2).dim(line.join(" · ")))
}

/// Prints what a mention could mean, with the words that would decide.
pub(super) fn candidate(candidate: &Candidate, tables: &Tables, output: &mut Output) -> Result<(), CommandError> {
    let line = Text::indented(6).hanging(8).plain("could be ").plain(cited(&candidate.document, tables));
    output.text(&line.dim(format!("  {} · {}", candidate.document.id, candidate.clue)))
}

/// Says which words single out each of several meanings: (id, words); silent when there is one.
pub(super) fn several_meanings(reference: &str, meanings: &[(&str, Option<&str>)], output: &mut Output) -> Result<(), CommandError> {
    if meanings.len() < 2 {
        return Ok(());
    }
    output.next_step(&format!("{reference} has {} meanings; each can be named alone:", meanings.len()))?;
    for (id, words) in meanings {
        let alone = words.map_or_else(|| (*id).to_owned(), |words| format!("{id}  ({words})"));
        output.hint_line(&alone)?;
    }
    Ok(())
}
