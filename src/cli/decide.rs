//! `decide`: what a citation means, said by a person; taken back; the journal of both.
//!
//! Duty: check with `query`, write with `ingest`, tell what changed. Not here: what a citation could mean.

use super::args::{Decide, Format};
use super::documents;
use super::error::{CommandError, Exit};
use super::mentions;
use super::naming::thousands;
use super::paint::Text;
use super::session::Session;
use crate::ingest;
use crate::query::{self, view};

/// Decides, takes back, or lists.
pub(super) fn run(args: &Decide, session: &mut Session) -> Result<Exit, CommandError> {
    let reader = session.reader()?;
    let Some(citation) = &args.citation else {
        return list(&query::decisions(&reader)?, session);
    };
    let target = args.target.join(" ");
    let mut decided = match args.undo {
        true => query::take_back(&reader, citation)?,
        false => query::decide(&reader, citation, &target, args.alike)?,
    };
    drop(reader);
    let mut ids = vec![decided.citation.clone()];
    ids.extend(decided.alike.iter().cloned());
    let filed = ingest::decide(&session.index, &ids, decided.target.as_deref())?;
    decided.alike = ids.into_iter().zip(filed).skip(1).filter_map(|(id, filed)| filed.map(|_| id)).collect();
    let reader = session.reader()?;
    decided.now = query::meaning(&reader, citation)?;
    if session.output.format() == Format::Json {
        session.output.json(&decided)?;
        return Ok(Exit::Done);
    }
    let (tables, output) = (reader.tables(), &mut session.output);
    let means = decided.target.as_deref().or(decided.previous.as_deref()).map(|id| reader.node(id)).transpose()?.flatten();
    let name = means.as_ref().map_or_else(String::new, |node| documents::cited(&view::Document::from(node), tables));
    let said = if decided.target.is_some() { "decided: " } else { "taken back: " };
    output.text(&Text::default().strong(format!("{said}{name}")).dim(format!("  {}", decided.citation)))?;
    if let Some(now) = &decided.now {
        mentions::print(now, output)?;
    }
    if !decided.alike.is_empty() {
        output.text(&Text::default().plain(format!("and {} more that ask the same question", thousands(decided.alike.len() as u64))))?;
    }
    let next = if decided.target.is_some() {
        format!("take it back: vanban decide {citation} --undo")
    } else {
        "next: vanban unresolved".to_owned()
    };
    output.next_step(&next)?;
    Ok(Exit::Done)
}

fn list(answer: &view::Decisions, session: &mut Session) -> Result<Exit, CommandError> {
    let output = &mut session.output;
    if output.format() == Format::Json {
        output.json(answer)?;
        return Ok(Exit::Done);
    }
    if answer.decisions.is_empty() {
        output.text(&Text::default().plain("nothing was decided yet"))?;
        output.next_step("next: vanban unresolved")?;
        return Ok(Exit::Done);
    }
    for row in &answer.decisions {
        let what = row.target.as_ref().map_or_else(|| "taken back".to_owned(), |target| format!("means {target}"));
        let line = Text::default().dim(format!("{:<20}  {}  ", row.at, row.citation)).plain(format!("\"{}\" ", row.text)).strong(what);
        output.text(&if row.in_force { line } else { line.dim("  (no more in force)") })?;
        if let Some(path) = &row.path {
            output.text(&Text::indented(4).dim(path.clone()))?;
        }
    }
    Ok(Exit::Done)
}
