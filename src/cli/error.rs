//! Why a command could not be done, and what to do.
//!
//! Duty: one message, one hint, one exit status. Not here: failures of single files, which are data of a report.

use crate::model::Error;
use crate::query::QueryError;
use std::io;

/// How a command ended (interface, section 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// Done.
    Done = 0,
    /// Failed.
    Failed = 1,
    /// Wrong usage.
    Usage = 2,
    /// Finished, but some files were rejected.
    Rejected = 3,
}

/// A command that could not be done.
#[derive(Debug)]
pub(super) enum CommandError {
    /// One clear message, and what to do where the message does not say it.
    Failed {
        /// What happened: lower case, no final stop.
        message: String,
        /// What to do.
        hint: Option<String>,
        /// Exit status.
        exit: Exit,
    },
    /// The reader of standard output went away; that is no failure.
    BrokenPipe,
}

impl CommandError {
    /// A failure with a hint.
    pub(super) fn with_hint(message: impl Into<String>, hint: impl Into<String>) -> Self {
        CommandError::Failed { message: message.into(), hint: Some(hint.into()), exit: Exit::Failed }
    }

    /// Wrong usage that the argument parser cannot see.
    pub(super) fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        CommandError::Failed { message: message.into(), hint: Some(hint.into()), exit: Exit::Usage }
    }
}

impl From<Error> for CommandError {
    fn from(error: Error) -> Self {
        CommandError::Failed { message: error.to_string(), hint: None, exit: Exit::Failed }
    }
}

impl From<QueryError> for CommandError {
    fn from(error: QueryError) -> Self {
        if let QueryError::Store(error) = error {
            // Here the path belongs to the message.
            return error.into();
        }
        let (code, message, hint) = error.told();
        let exit = if code == "bad_request" { Exit::Usage } else { Exit::Failed };
        CommandError::Failed { message, hint, exit }
    }
}

/// Failures of writing to the terminal; everything else below has errors of its own.
impl From<io::Error> for CommandError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return CommandError::BrokenPipe;
        }
        CommandError::with_hint(format!("standard output cannot be written: {error}"), "write to a file on a disk with free space")
    }
}

#[cfg(test)]
mod tests {
    use super::{CommandError, Exit};
    use std::io;

    #[test]
    fn a_broken_pipe_is_no_failure() {
        let broken = CommandError::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert!(matches!(broken, CommandError::BrokenPipe));
        let full = CommandError::from(io::Error::from(io::ErrorKind::StorageFull));
        assert!(matches!(full, CommandError::Failed { exit: Exit::Failed, hint: Some(_), .. }));
    }
}
