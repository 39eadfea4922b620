//! The last answers, so that a page that many look at is made once in each state of the index.
//!
//! Duty: keep answers by what they depend on, within a number of bytes; those not asked for longest go first. Not here: what an
//! answer depends on (`etag`).

use super::route::Answer;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Bytes of all that is kept, and of one answer.
const ALL: usize = 64 << 20;
const ONE: usize = 1 << 20;

/// Answers by tag and address.
#[derive(Default)]
pub(super) struct Answers(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    by_key: HashMap<String, (u64, Answer)>,
    /// Keys in the order in which they were asked for last.
    order: BTreeMap<u64, String>,
    bytes: usize,
    clock: u64,
}

impl Answers {
    /// What was answered to this address in this state.
    pub(super) fn get(&self, key: &str) -> Option<Answer> {
        let mut kept = self.kept();
        let kept = &mut *kept;
        let (at, answer) = kept.by_key.get_mut(key)?;
        kept.clock += 1;
        let name = kept.order.remove(at)?;
        *at = kept.clock;
        kept.order.insert(kept.clock, name);
        Some(answer.clone())
    }

    /// Keeps an answer, unless it is very large.
    pub(super) fn put(&self, key: String, answer: &Answer) {
        let size = answer.len() + key.len();
        let mut kept = self.kept();
        if size > ONE || kept.by_key.contains_key(&key) {
            return;
        }
        kept.clock += 1;
        let at = kept.clock;
        kept.order.insert(at, key.clone());
        kept.by_key.insert(key, (at, answer.clone()));
        kept.bytes += size;
        while kept.bytes > ALL
            && let Some((_, oldest)) = kept.order.pop_first()
        {
            let gone = kept.by_key.remove(&oldest).map_or(0, |(_, answer)| answer.len() + oldest.len());
            kept.bytes -= gone;
        }
    }

    /// The answers stay whole whatever a thread that held them did.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{ALL, Answers, ONE};
    use crate::web::route::Answer;

    #[test]
    fn what_was_not_asked_for_longest_goes_first() {
        let answers = Answers::default();
        let size = ONE - 16;
        let all = ALL / ONE;
        for nth in 0..all {
            answers.put(format!("k{nth}"), &Answer::new("text/plain", vec![0; size]));
        }
        assert!(answers.get("k0").is_some());
        for nth in all..all + 3 {
            answers.put(format!("k{nth}"), &Answer::new("text/plain", vec![0; size]));
        }
        assert!(answers.get("k0").is_some() && answers.get("k1").is_none() && answers.get(&format!("k{all}")).is_some());
        answers.put("large".into(), &Answer::new("text/plain", vec![0; ONE + 1]));
        assert!(answers.get("large").is_none());
    }
}
