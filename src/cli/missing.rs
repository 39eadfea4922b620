//! `missing`: documents that are cited but not held.
//!
//! Duty: ask `query`, lay out a table. Not here: counting.

use super::args::{Format, Limit};
use super::documents;
use super::error::{CommandError, Exit};
use super::naming::thousands;
use super::paint::{Text, columns};
use super::session::Session;
use crate::query::{self, view::Page};

/// Rows shown when no limit is given.
const ROWS: usize = 30;

/// Lists them, most cited first.
pub(super) fn run(args: &Limit, session: &mut Session) -> Result<Exit, CommandError> {
    let reader = session.reader()?;
    let answer = query::missing(&reader, Page { limit: args.limit, offset: 0 })?;
    if session.output.format() == Format::Json {
        session.output.json(&answer)?;
        return Ok(Exit::Done);
    }
    let (tables, output) = (reader.tables(), &mut session.output);
    let shown = &answer.documents[..answer.documents.len().min(args.limit.unwrap_or(ROWS))];
    if shown.is_empty() {
        output.text(&Text::default().plain("every document that is cited is held"))?;
        return Ok(Exit::Done);
    }
    output.text(&Text::default().dim("mentions   papers   document"))?;
    for row in shown {
        let counts = format!("{}   {}   ", right(row.citations, 8), right(row.cited_by, 6));
        let name = documents::cited(&row.document, tables);
        output.text(&Text::default().hanging(columns(&counts)).plain(counts).plain(name).dim(format!("  {}", row.document.id)))?;
    }
    if answer.total > shown.len() {
        output.text(&Text::default().dim(format!("… and {} more (--limit N)", thousands((answer.total - shown.len()) as u64))))?;
    }
    output.next_step(&format!("next: vanban cited-by {}", shown[0].document.id))?;
    Ok(Exit::Done)
}

/// A number at the right edge of a column.
fn right(number: u64, width: usize) -> String {
    format!("{:>width$}", thousands(number))
}
