//! vanban turns a folder of Vietnamese Party and state papers into answers.
//!
//! The modules are the pipeline, in reading order; a module uses only modules above it in this list.

pub mod cli;
pub mod eval;
pub mod export;
pub mod extract;
pub mod ingest;
pub mod model;
pub mod query;
pub mod resolve;
pub mod source;
pub mod store;
pub mod structure;
pub mod tables;
pub mod text;
