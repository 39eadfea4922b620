//! Floor 9: pages and an API over the index, for a browser and for programs.
//!
//! Duty: answer HTTP requests from snapshots, with the shapes of `query::view` (`api`) and as pages (`pages`). Safe by
//! default: see `guard`. Not here: what an answer is (`query`), drawing (`export`), arguments and printing (`cli`).
//!
//! Handlers are plain functions from a snapshot and checked parameters to an answer; only `serve` and `app` know that
//! there are connections and threads.

mod answers;
mod api;
mod app;
mod asked;
mod audit;
mod cited_only;
mod etag;
mod fault;
mod guard;
mod login;
mod memo;
mod pages;
mod reading;
mod route;
mod secret;
mod serve;
mod sessions;
mod snapshots;
mod statics;
mod users;
mod words;
mod write;

pub use serve::{Server, Stopper};
pub use users::{Role, Users};

use crate::source::Limits;
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

/// What to serve, and to whom.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folder of the store.
    pub index: PathBuf,
    /// Folder with the user's table rows, for an ingest of uploads and for extraction.
    pub tables: Option<PathBuf>,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Who knows it may ask; without it and without users everybody who reaches the address may.
    pub token: Option<String>,
    /// Who may sign in with name and password; `None` where nobody has any.
    pub users: Option<Users>,
    /// Whether decisions may be made.
    pub writable: bool,
    /// The folder that uploaded papers go to; `None` refuses them.
    pub uploads: Option<PathBuf>,
    /// What reading one file may cost.
    pub limits: Limits,
    /// Program and arguments of a reader process.
    pub reader: (PathBuf, Vec<OsString>),
}

impl Options {
    /// Whether one must be known to ask.
    fn is_closed(&self) -> bool {
        self.token.is_some() || self.users.is_some()
    }
}
