//! Who is signed in, and who tries too often.
//!
//! Duty: random session words with an end, kept in memory, so that all end with this run of the server; a longer wait after each
//! failure in a row. Not here: passwords (`users`), cookies (`login`).

use super::secret::Secret;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a session lasts at most, and without any request.
const LASTS: Duration = Duration::from_secs(12 * 3600);
const IDLE: Duration = Duration::from_secs(2 * 3600);
/// Sessions at a time; the one not used for longest goes first.
const SESSIONS: usize = 10_000;
/// Failures in a row that cost nothing, and the longest wait after more.
const FREE: u32 = 4;
const LONGEST_WAIT: u64 = 60;
/// Names whose failures are remembered, and for how long.
const NAMES: usize = 10_000;
const REMEMBERED: Duration = Duration::from_secs(15 * 60);

/// Somebody who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Visitor {
    /// The name in the audit log: of a user, else `token` or `local`.
    pub(super) name: String,
    /// Whether decisions and uploads are taken, where the server takes any.
    pub(super) editor: bool,
}

#[derive(Default)]
pub(super) struct Sessions(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    /// By the word of the cookie, as only this run of the server can derive it.
    open: HashMap<String, Session>,
    /// By name: failures in a row, and the last of them.
    failures: HashMap<String, (u32, Instant)>,
}

struct Session {
    visitor: Visitor,
    began: Instant,
    used: Instant,
}

impl Sessions {
    /// Begins a session; the word of its cookie.
    pub(super) fn begin(&self, secret: &Secret, visitor: Visitor) -> Result<String, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        let word: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let now = Instant::now();
        let mut kept = self.kept();
        kept.failures.remove(&visitor.name);
        kept.open.retain(|_, session| session.is_open(now));
        if kept.open.len() >= SESSIONS
            && let Some(oldest) = kept.open.iter().min_by_key(|(_, session)| session.used).map(|(key, _)| key.clone())
        {
            kept.open.remove(&oldest);
        }
        kept.open.insert(secret.word("session", &word), Session { visitor, began: now, used: now });
        Ok(word)
    }

    /// Whose session the word of a cookie is.
    pub(super) fn visitor(&self, secret: &Secret, word: &str) -> Option<Visitor> {
        let now = Instant::now();
        let key = secret.word("session", word);
        let mut kept = self.kept();
        let session = kept.open.get_mut(&key)?;
        if !session.is_open(now) {
            kept.open.remove(&key);
            return None;
        }
        session.used = now;
        Some(session.visitor.clone())
    }

    /// Ends a session.
    pub(super) fn end(&self, secret: &Secret, word: &str) {
        self.kept().open.remove(&secret.word("session", word));
    }

    /// Seconds that this name must wait before it is tried again.
    pub(super) fn wait(&self, name: &str) -> Option<u64> {
        let kept = self.kept();
        let (count, last) = kept.failures.get(name)?;
        let wait = Duration::from_secs(seconds(*count));
        let left = wait.checked_sub(last.elapsed())?;
        (!left.is_zero()).then(|| left.as_secs() + 1)
    }

    /// Remembers a failure.
    pub(super) fn failed(&self, name: &str) {
        let mut kept = self.kept();
        kept.failures.retain(|_, (_, last)| last.elapsed() < REMEMBERED);
        if kept.failures.len() < NAMES || kept.failures.contains_key(name) {
            let (count, last) = kept.failures.entry(name.to_owned()).or_insert((0, Instant::now()));
            *count = count.saturating_add(1);
            *last = Instant::now();
        }
    }

    /// Sessions stay whole whatever a thread that held them did.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    fn is_open(&self, now: Instant) -> bool {
        now.duration_since(self.began) < LASTS && now.duration_since(self.used) < IDLE
    }
}

/// After so many failures in a row: nothing, then 1, 2, 4 … up to the longest.
fn seconds(failures: u32) -> u64 {
    match failures.checked_sub(FREE + 1) {
        None => 0,
        Some(over) => 1_u64.checked_shl(over).map_or(LONGEST_WAIT, |wait| wait.min(LONGEST_WAIT)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Secret, Sessions, Visitor, seconds};

    #[test]
    fn a_session_is_known_by_its_word_alone_until_it_ends() {
        let (secret, sessions) = (Secret::new().expect("random numbers"), Sessions::default());
        let lan = Visitor { name: "lan".into(), editor: true };
        let word = sessions.begin(&secret, lan.clone()).expect("a word");
        let other = sessions.begin(&secret, lan.clone()).expect("a word");
        assert!(word != other && word.len() == 64);
        assert_eq!(sessions.visitor(&secret, &word), Some(lan));
        assert_eq!(sessions.visitor(&secret, &secret.word("session", &word)), None, "what is kept is no key");
        sessions.end(&secret, &word);
        assert!(sessions.visitor(&secret, &word).is_none() && sessions.visitor(&secret, &other).is_some());
    }

    #[test]
    fn who_tries_often_waits_longer_each_time() {
        assert_eq!([1, 4, 5, 6, 7, 10, 11, 40, u32::MAX].map(seconds), [0, 0, 1, 2, 4, 32, 60, 60, 60]);
        let (secret, sessions) = (Secret::new().expect("random numbers"), Sessions::default());
        for _ in 0..6 {
            sessions.failed("lan");
        }
        assert!(sessions.wait("lan").is_some_and(|wait| (1..=3).contains(&wait)) && sessions.wait("minh").is_none());
        sessions.begin(&secret, Visitor { name: "lan".into(), editor: false }).expect("a word");
        assert_eq!(sessions.wait("lan"), None);
    }
}
