//! `cites`: what a document cites.
//!
//! Duty: ask `query`, lay the groups out by cited document. Not here: who means whom.

use super::args::{Cites, Format};
use super::documents;
use super::error::{CommandError, Exit};
use super::mentions;
use super::naming::count;
use super::paint::{Text, Tone};
use super::session::Session;
use crate::query;
use std::collections::BTreeMap;

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
    let mut citing = BTreeMap::new();
    for (at, group) in answer.groups.iter().enumerate() {
        if at > 0 {
            output.gap()?;
        }
        let mentions = count(group.total as u64, "mention", "mentions");
        match &group.document {
            Some(document) => documents::heading(document, &[mentions], tables, output)?,
            None if group.candidates.is_empty() => {
                let name = group.citations.first().map_or("", |mention| mention.text.as_str());
                output.text(&Text::default().strong(name).dim(format!("  no number · {mentions}")))?;
            }
            None => {
                output.text(&Text::default().with(Tone::Warn, "several documents could be meant").dim(format!("  {mentions}")))?;
                for candidate in &group.candidates {
                    let line = Text::indented(2).hanging(4).plain(documents::cited(&candidate.document, tables));
                    output.text(&line.dim(format!("  {} · {}", candidate.document.id, candidate.clue)))?;
                }
            }
        }
        citing.insert(group.citing.as_str(), group.singled_out_by.as_deref());
        for mention in &group.citations {
            mentions::print(mention, output)?;
        }
    }
    if answer.groups.is_empty() {
        output.text(&Text::default().plain("it cites no numbered document"))?;
    }
    let meanings: Vec<_> = citing.into_iter().collect();
    documents::several_meanings(&reference, &meanings, output)?;
    if let [(id, _)] = meanings[..] {
        output.next_step(&format!("next: vanban cited-by {id} · vanban tasks {id}"))?;
    }
    Ok(Exit::Done)
}
