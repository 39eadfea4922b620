//! `__reader`: the process that reads untrusted files, started by the program itself.
//!
//! Duty: hand standard input and output to `source`. Not here: the protocol, the limits.

use crate::source::{Limits, serve};
use std::io;
use std::process::ExitCode;

/// Serves until the parent hangs up. Its failures are the parent's to report.
pub(super) fn run() -> ExitCode {
    match serve(io::stdin().lock(), io::stdout().lock(), &Limits::default()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
