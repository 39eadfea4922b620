//! Floor 9: the terminal.
//!
//! Duty: arguments to one subcommand, its answer to output, its end to an exit status. Each subcommand is a file.
//! Not here: any rule of the field; everything a subcommand shows comes from the floors below.

mod args;
mod error;
mod eval;
mod extract;
mod facts;
mod naming;
mod output;
mod paint;
mod passage;
mod reader;
mod session;

use args::{Args, Command};
use clap::Parser;
use error::{CommandError, Exit};
use output::Output;
use session::Session;
use std::process::ExitCode;

/// Runs the program with the arguments of the process; the caller returns what it gets.
///
/// Wrong usage, `--help` and `--version` end the process right here.
pub fn main() -> ExitCode {
    let Args { global, command } = Args::parse();
    if let Command::Reader = command {
        return reader::run();
    }
    let output = Output::new(global.format, global.color, global.quiet, global.verbose);
    let mut session = Session { output, index: global.index, tables: global.tables };
    let ended = dispatch(&command, &mut session).and_then(|exit| session.output.finish().map(|()| exit));
    let exit = match ended {
        Ok(exit) => exit,
        Err(CommandError::BrokenPipe) => Exit::Done,
        Err(CommandError::Failed { message, hint, exit }) => {
            session.output.error(&message, hint.as_deref());
            exit
        }
    };
    ExitCode::from(exit as u8)
}

fn dispatch(command: &Command, session: &mut Session) -> Result<Exit, CommandError> {
    match command {
        Command::Extract(args) => extract::run(args, session),
        Command::Eval(args) => eval::run(args, session),
        Command::Reader => Ok(Exit::Done),
        _ => Err(CommandError::usage("not wired", "")),
    }
}
