//! `mcp`: the read-only questions for AI assistants, on standard input and output.
//!
//! Duty: the streams. Standard output is the protocol's alone. Not here: tools and answers (`crate::mcp`).

use super::args::Ocr;
use super::error::{CommandError, Exit};
use super::session::Session;
use crate::mcp::{self, Options};
use crate::source::Limits;

/// Answers until standard input ends.
pub(super) fn run(session: &mut Session) -> Result<Exit, CommandError> {
    let limits = session.limits(Limits::default().seconds, Ocr::Never)?;
    let options =
        Options { index: session.index.clone(), tables: session.tables.clone(), reader: session.reader_program(&limits)?, limits };
    let (input, output) = rmcp::transport::stdio();
    mcp::serve(options, input, output)?;
    Ok(Exit::Done)
}
