//! `unresolved`: citations that several documents could be.
//!
//! Duty: ask `query`, show each with its candidates and the words that would decide. Not here: deciding.

use super::args::{Format, Limit};
use super::documents;
use super::error::{CommandError, Exit};
use super::mentions;
use super::naming::thousands;
use super::paint::Text;
use super::session::Session;
use crate::query::{self, view::Page};

/// Citations shown when no limit is given.
const ROWS: usize = 20;

/// Lists them, those first that most depends on.
pub(super) fn run(args: &Limit, session: &mut Session) -> Result<Exit, CommandError> {
    let reader = session.reader()?;
    let answer = query::unresolved(&reader, Page { limit: args.limit, offset: 0 })?;
    if session.output.format() == Format::Json {
        session.output.json(&answer)?;
        return Ok(Exit::Done);
    }
    let (tables, output) = (reader.tables(), &mut session.output);
    let shown = &answer.citations[..answer.citations.len().min(args.limit.unwrap_or(ROWS))];
    if shown.is_empty() {
        output.text(&Text::default().plain("every citation of a numbered document has one meaning"))?;
        return Ok(Exit::Done);
    }
    for row in shown {
        output.text(&Text::default().strong(documents::cited(&row.citation.document, tables)).dim(format!("  {}", row.citation.id)))?;
        mentions::print(&row.citation, output)?;
        for candidate in &row.candidates {
            documents::candidate(candidate, tables, output)?;
        }
        output.gap()?;
    }
    if answer.total > shown.len() {
        output.text(&Text::default().dim(format!("… and {} more (--limit N)", thousands((answer.total - shown.len()) as u64))))?;
    }
    Ok(Exit::Done)
}
