//! `serve`: pages and an API over the index.
//!
//! Duty: arguments, token and users, the address that it got, Ctrl-C. Not here: anything that is served (`web`).

use super::args::Serve;
use super::error::{CommandError, Exit};
use super::paint::{Text, Tone};
use super::session::Session;
use crate::source::Limits;
use crate::web::{Options, Role, Server, Users};
use std::io::{self, BufRead, IsTerminal};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Shortest token that nobody guesses.
const SHORTEST: usize = 16;

/// Serves until Ctrl-C.
pub(super) fn run(args: &Serve, session: &mut Session) -> Result<Exit, CommandError> {
    if let Some(name) = &args.hash_password {
        return hash_password(name, args.role.into(), session);
    }
    let token = args.token_file.as_deref().map(token).transpose()?;
    let users = args.users.as_deref().map(users).transpose()?;
    let own = args.listen.ip().is_loopback();
    if !own && token.is_none() && users.is_none() {
        let message = format!("{} can be reached from other machines, and needs a token or users", args.listen);
        return Err(CommandError::usage(message, "write a long random word into a file and give it with --token-file, or see --users"));
    }
    if let Some(dir) = args.uploads.as_deref().filter(|dir| !dir.is_dir()) {
        return Err(CommandError::with_hint(format!("{}: there is no such folder", dir.display()), "make the folder for uploads first"));
    }
    let limits = session.limits(Limits::default().seconds, args.ocr)?;
    let options = Options {
        index: session.index.clone(),
        tables: session.tables.clone(),
        listen: args.listen,
        token,
        users,
        writable: args.writable,
        uploads: args.uploads.clone(),
        reader: session.reader_program(&limits)?,
        limits,
    };
    let server = Server::bind(options)?;
    if !own {
        let words = "no TLS: whoever is on the way can read papers, token and passwords; put a server with TLS in front (nginx, Caddy)";
        session.output.complaint(&Text::default().with(Tone::Warn, "warning: ").plain(words))?;
    }
    let stopper = server.stopper();
    let asked = AtomicBool::new(false);
    // The first time the answers at hand are ended; who asks twice does not want to wait.
    let stop = move || if asked.swap(true, Ordering::Relaxed) { std::process::exit(130) } else { stopper.stop() };
    ctrlc::set_handler(stop).map_err(|error| CommandError::with_hint(format!("Ctrl-C cannot be heard: {error}"), "start it again"))?;
    session.output.text(&Text::default().plain(format!("listening on http://{}/", server.address())))?;
    session.output.message(&Text::default().dim("Ctrl-C ends"))?;
    session.output.finish()?;
    server.run()?;
    Ok(Exit::Done)
}

/// Prints the line of a user.
fn hash_password(name: &str, role: Role, session: &mut Session) -> Result<Exit, CommandError> {
    if io::stdin().is_terminal() {
        session.output.message(&Text::default().dim("the password, shown as you type; then Enter"))?;
    }
    let mut password = String::new();
    io::stdin().lock().read_line(&mut password).map_err(|error| {
        CommandError::with_hint(format!("standard input cannot be read: {error}"), "give the password as its first line")
    })?;
    let line =
        Users::line(name, role, password.trim_end_matches(['\n', '\r'])).map_err(|why| CommandError::with_hint(why, "choose another"))?;
    session.output.verbatim(&format!("{line}\n"))?;
    Ok(Exit::Done)
}

/// Those who may sign in.
fn users(path: &Path) -> Result<Users, CommandError> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| CommandError::with_hint(format!("{}: {error}", path.display()), "give --users a file that can be read"))?;
    let hint = "`vanban serve --hash-password NAME --role editor` makes a line";
    Users::read(&text).map_err(|why| CommandError::with_hint(format!("{}: {why}", path.display()), hint))
}

/// The first line of the file.
fn token(path: &Path) -> Result<String, CommandError> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| CommandError::with_hint(format!("{}: {error}", path.display()), "give --token-file a file that can be read"))?;
    let token = text.lines().next().unwrap_or_default().trim().to_owned();
    if token.len() < SHORTEST {
        let message = format!("{}: the token has {} characters; it needs at least {SHORTEST}", path.display(), token.len());
        return Err(CommandError::with_hint(message, "openssl rand -hex 24 makes a good one"));
    }
    Ok(token)
}
