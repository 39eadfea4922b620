//! `__reader`: the process that reads untrusted files, started by the program itself.
//!
//! Duty: hand standard input and output to `source`. Not here: the protocol, the limits.

use super::args::Reader;
use crate::source::{Limits, serve};
use std::io;
use std::process::ExitCode;

/// Serves until the parent hangs up. Its failures are the parent's to report.
pub(super) fn run(args: &Reader) -> ExitCode {
    let usual = Limits::default();
    let limits = Limits {
        seconds: args.seconds.unwrap_or(usual.seconds),
        memory_mib: args.memory.unwrap_or(usual.memory_mib),
        ocr: args.ocr.into(),
        recogniser: args.recogniser.clone().unwrap_or(usual.recogniser),
        page_seconds: args.page_seconds.unwrap_or(usual.page_seconds),
        ..usual
    };
    match serve(io::stdin().lock(), io::stdout().lock(), &limits) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
