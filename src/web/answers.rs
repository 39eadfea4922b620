//! The last answers, so that a page that many look at is made once in each state of the index.
//!
//! Duty: keep answers by what they depend on, within a number of bytes; those not asked for longest go first; one that many ask for
//! at once is made once. Not here: what an answer depends on (`etag`).

use super::route::Answer;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Mutex as Turns, OwnedMutexGuard};

/// Bytes of all that is kept, and of one answer.
const ALL: usize = 64 << 20;
const ONE: usize = 1 << 20;

/// Answers by tag and address.
#[derive(Default)]
pub(super) struct Answers {
    kept: Mutex<Kept>,
    /// Answers that are being made.
    making: Mutex<HashMap<String, Arc<Turns<()>>>>,
}

/// The right to make an answer; dropping it lets the next one look whether it is there.
pub(super) struct Turn<'a> {
    answers: &'a Answers,
    key: String,
    held: Option<OwnedMutexGuard<()>>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.held = None;
        let mut making = self.answers.making.lock().unwrap_or_else(PoisonError::into_inner);
        // Only the map holds it: nobody waits.
        if making.get(&self.key).is_some_and(|turns| Arc::strong_count(turns) == 1) {
            making.remove(&self.key);
        }
    }
}

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

    /// Waits until nobody else makes this answer.
    pub(super) async fn turn(&self, key: &str) -> Turn<'_> {
        let turns = {
            let mut making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(making.entry(key.to_owned()).or_default())
        };
        let mut turn = Turn { answers: self, key: key.to_owned(), held: None };
        turn.held = Some(turns.lock_owned().await);
        turn
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
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{ALL, Answers, ONE};
    use crate::web::route::Answer;

    #[test]
    fn an_answer_is_made_by_one_while_others_wait() {
        let answers = Answers::default();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let first = answers.turn("k").await;
            let waiting = tokio::time::timeout(std::time::Duration::from_millis(20), answers.turn("k")).await;
            assert!(waiting.is_err(), "two at a time");
            answers.turn("another").await;
            drop(first);
            answers.turn("k").await;
        });
        assert!(answers.making.lock().expect("whole").is_empty(), "turns are left behind");
    }

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
