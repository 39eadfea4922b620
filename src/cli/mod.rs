//! Floor 10: the terminal.
//!
//! Duty: arguments to one subcommand, its answer to output, its end to an exit status. Each subcommand is a file.
//! Not here: any rule of the field; everything a subcommand shows comes from the floors below.

mod account;
mod args;
mod error;
mod paint;
mod output;
mod session;
mod naming;
mod passage;
mod documents;
mod mentions;
mod facts;
mod progress;
mod scores;
mod suggest;

mod check;
mod cited_by;
mod cites;
mod coverage;
mod decide;
mod eval;
mod extract;
mod ingest;
mod lineage;
mod mcp;
mod missing;
mod reader;
mod search;
mod serve;
mod show;
mod status;
mod tasks;
mod unresolved;

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
    if let Command::Reader(args) = &command {
        return reader::run(args);
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
    if !command.has(session.output.format()) {
        return Err(CommandError::usage(
            "this command does not answer in that format",
            "csv, xlsx and ics are for `tasks`; csv, svg, dot, mermaid and graphml for `lineage`",
        ));
    }
    match command {
        Command::Ingest(args) => ingest::run(args, session),
        Command::Extract(args) => extract::run(args, session),
        Command::Search(args) => search::run(args, session),
        Command::Show(args) => show::run(args, session),
        Command::CitedBy(args) => cited_by::run(args, session),
        Command::Cites(args) => cites::run(args, session),
        Command::Lineage(args) => lineage::run(args, session),
        Command::Coverage(args) => coverage::run(args, session),
        Command::Tasks(args) => tasks::run(args, session),
        Command::Missing(args) => missing::run(args, session),
        Command::Unresolved(args) => unresolved::run(args, session),
        Command::Decide(args) => decide::run(args, session),
        Command::Serve(args) => serve::run(args, session),
        Command::Mcp => mcp::run(session),
        Command::Status(args) => status::run(args, session),
        Command::Check(args) => check::run(args, session),
        Command::Eval(args) => eval::run(args, session),
        // Runs before there is an output, because its standard output is a protocol.
        Command::Reader(_) => Ok(Exit::Done),
    }
}
