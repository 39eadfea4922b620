//! vanban turns a folder of Vietnamese Party and state papers into answers.
//!
//! The modules are the pipeline, in reading order; a module uses only modules above it in this list.

pub mod model;
pub mod tables;
pub mod source;
pub mod text;
pub mod structure;
pub mod extract;
pub mod resolve;
pub mod store;
pub mod ingest;
pub mod query;
pub mod export;
pub mod eval;
pub mod mcp;
pub mod web;
pub mod cli;
