//! Snapshots of the store, lent to one question at a time.
//!
//! Duty: a few open [`Reader`]s, since one serves one thread and remembers what it loaded; questions wait for a free one;
//! a newer state of the store is seen within a quarter of a second, without waiting for a running ingest. Not here: questions.

use super::fault::Fault;
use crate::model::Error;
use crate::store::Reader;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// How often the store is asked whether there is something newer.
const LOOK: Duration = Duration::from_millis(250);
/// How long a question waits for a free snapshot.
const WAIT: Duration = Duration::from_secs(10);

/// The readers that are not lent.
pub(super) struct Snapshots {
    index: PathBuf,
    /// Places for questions of one document, and for those of the whole index: the quick ones never wait behind the slow ones.
    quick: Arc<Semaphore>,
    slow: Arc<Semaphore>,
    shelf: Mutex<Shelf>,
}

/// How much a question looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// One document and what is around it.
    One,
    /// The whole index.
    All,
}

struct Shelf {
    idle: Vec<Reader>,
    /// The newest state known, and how often it has changed; a reader of an earlier one is not lent again.
    state: String,
    change: u64,
    looked: Option<Instant>,
}

impl Snapshots {
    /// Opens the first reader; at most `readers` questions of each reach run at a time. Fails as [`Reader::open`] does.
    pub(super) fn open(index: PathBuf, readers: usize) -> Result<Snapshots, Error> {
        let reader = Reader::open(&index)?;
        let shelf = Shelf { state: reader.state()?, idle: vec![reader], change: 0, looked: Some(Instant::now()) };
        let places = || Arc::new(Semaphore::new(readers.max(1)));
        Ok(Snapshots { index, quick: places(), slow: places(), shelf: Mutex::new(shelf) })
    }

    /// The newest state of the store that is known.
    pub(super) fn state(&self) -> Result<String, Fault> {
        Ok(self.looked()?.state.clone())
    }

    /// Asks on a thread where waiting harms nobody. The place is kept until the question ends, also when nobody waits for
    /// the answer any more, so that no more run than there are places.
    pub(super) async fn ask<T: Send + 'static>(
        self: Arc<Self>,
        reach: Reach,
        question: impl FnOnce(&Reader) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let places = if reach == Reach::One { &self.quick } else { &self.slow };
        let place = tokio::time::timeout(WAIT, Arc::clone(places).acquire_owned()).await;
        let Ok(Ok(place)) = place else { return Err(Fault::busy()) };
        let asked = tokio::task::spawn_blocking(move || {
            let (reader, change) = self.take()?;
            let answer = question(&reader);
            let mut shelf = self.shelf();
            if shelf.change == change {
                shelf.idle.push(reader);
            }
            drop(shelf);
            drop(place);
            answer
        });
        asked.await.unwrap_or_else(|_| Err(Fault::internal("the question failed")))
    }

    /// Looks again at the next question: this server has just written.
    pub(super) fn look_again(&self) {
        self.shelf().looked = None;
    }

    fn take(&self) -> Result<(Reader, u64), Fault> {
        let mut shelf = self.looked()?;
        let (idle, change) = (shelf.idle.pop(), shelf.change);
        drop(shelf);
        let reader = idle.map_or_else(|| Reader::open(&self.index), Ok)?;
        Ok((reader, change))
    }

    /// The shelf, after a look at the store when the last one was a while ago.
    fn looked(&self) -> Result<MutexGuard<'_, Shelf>, Fault> {
        let mut shelf = self.shelf();
        if shelf.looked.is_none_or(|looked| looked.elapsed() >= LOOK) {
            let newest = Reader::newest_state(&self.index)?;
            shelf.looked = Some(Instant::now());
            if newest != shelf.state {
                shelf.idle.clear();
                shelf.state = newest;
                shelf.change += 1;
            }
        }
        Ok(shelf)
    }

    /// The shelf stays whole whatever a thread that held it did.
    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
