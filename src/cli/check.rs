//! `check`: whether catalogue and full-text index agree.
//!
//! Duty: ask the store, name each problem with the command that mends it. Not here: finding or mending them.

use super::args::{Check, Format};
use super::error::{CommandError, Exit};
use super::paint::{Text, Tone};
use super::session::Session;
use crate::query;
use crate::store;

/// Looks, and with `--repair` mends what can be derived again.
pub(super) fn run(args: &Check, session: &mut Session) -> Result<Exit, CommandError> {
    if args.repair {
        // Others of them want another command; they are told below.
        for problem in store::repair(&session.index)?.into_iter().filter(|problem| problem.repair.contains("--repair")) {
            session
                .output
                .message(&Text::default().with(Tone::Good, "repaired: ").plain(format!("{}: {}", problem.r#where, problem.what)))?;
        }
    }
    let reader = session.reader()?;
    let answer = query::check(&reader)?;
    let output = &mut session.output;
    if output.format() == Format::Json {
        output.json(&answer)?;
    } else if answer.ok {
        output.text(&Text::default().with(Tone::Good, "ok").plain(": catalogue and full-text index agree"))?;
    } else {
        for problem in &answer.problems {
            output.text(&Text::default().with(Tone::Bad, "problem: ").plain(format!("{}: {}", problem.r#where, problem.what)))?;
            output.text(&Text::indented(2).dim(problem.repair.as_str()))?;
        }
    }
    Ok(if answer.ok { Exit::Done } else { Exit::Failed })
}
