//! An answer of the whole index, remembered as long as the index stays the same.

use super::fault::Fault;
use crate::store::Reader;
use std::sync::{Arc, Mutex, PoisonError};

/// The last answer with the state of the store that it is of.
#[derive(Debug)]
pub(super) struct Memo<T>(Mutex<Kept<T>>);

type Kept<T> = Option<(String, Arc<T>)>;

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Memo(Mutex::new(None))
    }
}

impl<T> Memo<T> {
    /// The answer for this snapshot; made anew when the last one is of another state. Who asks meanwhile waits for it: to make it
    /// twice would take both of them longer.
    pub(super) fn get(&self, reader: &Reader, make: impl FnOnce(&Reader) -> Result<T, Fault>) -> Result<Arc<T>, Fault> {
        let state = reader.state()?;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, answer)) = kept.as_ref()
            && *of == state
        {
            return Ok(Arc::clone(answer));
        }
        let answer = Arc::new(make(reader)?);
        *kept = Some((state, Arc::clone(&answer)));
        Ok(answer)
    }
}
