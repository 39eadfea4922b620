//! The integration tests, as one program.

mod source; // files in every format become the same text, bad ones an error each, and the reader processes survive
