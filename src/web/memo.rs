//! An answer of the whole index, remembered as long as the index stays the same.

use super::fault::Fault;
use crate::store::Reader;
use std::sync::{Arc, Mutex, PoisonError};

/// The last answer with the state of the store that it is of.
#[derive(Debug)]
pub(super) struct Memo<T>(Mutex<Option<(String, Arc<T>)>>);

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Memo(Mutex::new(None))
    }
}

impl<T> Memo<T> {
    /// The answer for this snapshot; made anew when the last one is of another state. Two that ask at once may both make it.
    pub(super) fn get(&self, reader: &Reader, make: impl FnOnce(&Reader) -> Result<T, Fault>) -> Result<Arc<T>, Fault> {
        let state = reader.state()?;
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, answer)) = kept.filter(|(of, _)| *of == state) {
            return Ok(answer);
        }
        let answer = Arc::new(make(reader)?);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((state, Arc::clone(&answer)));
        Ok(answer)
    }
}
