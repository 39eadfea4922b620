//! The integration tests, as one program.

#![allow(clippy::unwrap_used)] // a test that cannot set itself up has failed

mod source; // files in every format become the same text, bad ones an error each, and the reader processes survive
