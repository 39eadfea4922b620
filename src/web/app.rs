//! What all requests share.

use super::Options;
use super::answers::Answers;
use super::audit::Audit;
use super::cited_only::CitedOnly;
use super::memo::Memo;
use super::reading::Readings;
use super::secret::Secret;
use super::sessions::Sessions;
use super::snapshots::Snapshots;
use crate::extract::Extractor;
use crate::model::{Error, ErrorKind, Stage};
use crate::resolve::Node;
use crate::source::Pool;
use crate::tables::Tables;
use std::ops::Deref;
use std::sync::Arc;
use tokio::sync::{Mutex, Semaphore};

/// Requests worked on at a time; more wait.
const REQUESTS: usize = 64;
/// Files that are read for `extract` at a time.
const EXTRACTIONS: usize = 2;

/// A handle to what all requests share.
#[derive(Clone)]
pub(super) struct App(Arc<Shared>);

pub(super) struct Shared {
    pub(super) options: Options,
    pub(super) snapshots: Arc<Snapshots>,
    /// The last answers.
    pub(super) answers: Answers,
    /// Papers prepared for reading.
    pub(super) readings: Readings,
    /// Counts of all, and the documents cited most: each looks at the whole index.
    pub(super) overview: Memo<Overview>,
    /// Documents that are cited but not held.
    pub(super) cited_only: Memo<CitedOnly>,
    pub(super) extractor: Extractor,
    pub(super) pool: Pool,
    pub(super) extractions: Arc<Semaphore>,
    pub(super) requests: Arc<Semaphore>,
    pub(super) secret: Secret,
    pub(super) sessions: Sessions,
    /// Passwords that are checked at a time.
    pub(super) passwords: Arc<Semaphore>,
    pub(super) audit: Audit,
    /// One writing request at a time; the store has one writer.
    pub(super) writing: Mutex<()>,
}

/// A first glance at the index.
pub(super) struct Overview {
    /// Documents held, citations, tasks.
    pub(super) totals: (u64, u64, u64),
    /// Documents with the number of those that cite them, most first.
    pub(super) most_cited: Vec<(Node, u64)>,
}

impl Deref for App {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl App {
    /// Opens the store. Fails with `NoIndex` when nothing was ingested yet.
    pub(super) fn open(options: Options) -> Result<App, Error> {
        let readers = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 8);
        let snapshots = Arc::new(Snapshots::open(options.index.clone(), readers)?);
        let tables = options.tables.as_deref().map_or_else(|| Ok(Tables::builtin()), Tables::with_overlay)?;
        let (program, args) = options.reader.clone();
        let secret = Secret::new()
            .map_err(|error| Error::new(Stage::Open, ErrorKind::Io(std::io::ErrorKind::Other, format!("no random numbers: {error}"))))?;
        Ok(App(Arc::new(Shared {
            snapshots,
            answers: Answers::default(),
            readings: Readings::default(),
            overview: Memo::default(),
            cited_only: Memo::default(),
            extractor: Extractor::new(&tables),
            pool: Pool::new(program, args, EXTRACTIONS, options.limits.clone()),
            extractions: Arc::new(Semaphore::new(EXTRACTIONS)),
            requests: Arc::new(Semaphore::new(REQUESTS)),
            secret,
            sessions: Sessions::default(),
            passwords: Arc::new(Semaphore::new(1)),
            audit: Audit::of(&options.index),
            writing: Mutex::new(()),
            options,
        })))
    }
}
