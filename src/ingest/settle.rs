//! Which changed files may be read already.
//!
//! Duty: a path waits until its size and time stay the same for a moment and nobody is writing to it; paths that change together go
//! together. Not here: hearing of changes (`watch`), reading.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

/// How long a file must not change.
const QUIET: Duration = Duration::from_millis(300);
/// How long one that is ready waits for others that are still changing.
const GATHER: Duration = Duration::from_millis(400);
/// How long one is waited for that does not change, but that somebody holds open after having written to it.
const HELD: Duration = Duration::from_secs(10);

/// Size and time of the last change; `None` when nothing can be seen there.
type Look = Option<(u64, Option<SystemTime>)>;

/// What the system told of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Something happened.
    Touched,
    /// Bytes were written.
    Written,
    /// The writer has closed it.
    Closed,
}

/// Changed paths.
#[derive(Debug, Default)]
pub(super) struct Settling {
    waiting: BTreeMap<PathBuf, Waiting>,
}

#[derive(Debug)]
struct Waiting {
    look: Look,
    /// Last time at which something happened to it.
    since: Instant,
    /// True between a write and the closing.
    held: bool,
}

impl Settling {
    /// Notes that something happened to a path.
    pub(super) fn touch(&mut self, path: PathBuf, sign: Sign, now: Instant) {
        let look = look(&path);
        let waiting = self.waiting.entry(path).or_insert(Waiting { look, since: now, held: false });
        (waiting.look, waiting.since) = (look, now);
        match sign {
            Sign::Touched => {}
            Sign::Written => waiting.held = true,
            Sign::Closed => waiting.held = false,
        }
    }

    /// True when nothing waits.
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Takes out what may be read now, sorted; nothing while it is worth waiting for the rest of a burst.
    pub(super) fn ripe(&mut self, now: Instant) -> Vec<PathBuf> {
        let mut longest = Duration::ZERO;
        let mut ripe = Vec::new();
        for (path, waiting) in &mut self.waiting {
            let seen = look(path);
            if seen != waiting.look {
                (waiting.look, waiting.since) = (seen, now);
            }
            let quiet = now.saturating_duration_since(waiting.since);
            // Where closing is not told, `held` would never end.
            let held = waiting.held && cfg!(target_os = "linux") && quiet < HELD;
            if quiet >= QUIET && !held {
                longest = longest.max(quiet);
                ripe.push(path.clone());
            }
        }
        if ripe.len() < self.waiting.len() && longest < QUIET + GATHER {
            return Vec::new();
        }
        for path in &ripe {
            self.waiting.remove(path);
        }
        ripe
    }
}

fn look(path: &Path) -> Look {
    std::fs::metadata(path).ok().map(|found| (found.len(), found.modified().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_waits_until_it_stays_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("a.txt"), folder.path().join("b.txt"));
        std::fs::write(&path, "half").unwrap();
        let (mut settling, begun) = (Settling::default(), Instant::now());
        let at = |millis: u64| begun + Duration::from_millis(millis);
        settling.touch(path.clone(), Sign::Touched, at(0));
        assert!(settling.ripe(at(200)).is_empty());
        std::fs::write(&path, "half and the rest").unwrap();
        assert!(settling.ripe(at(310)).is_empty(), "it grew without a word");
        settling.touch(other.clone(), Sign::Touched, at(500));
        assert!(settling.ripe(at(620)).is_empty(), "one that is ready waits for its neighbour");
        assert_eq!(settling.ripe(at(810)), [path, other], "one that is gone is told too");
        assert!(settling.is_empty());
    }

    #[test]
    fn a_burst_without_end_does_not_hold_what_is_ready() {
        let (mut settling, begun) = (Settling::default(), Instant::now());
        settling.touch("first".into(), Sign::Touched, begun);
        for i in 1..8 {
            settling.touch("other".into(), Sign::Touched, begun + Duration::from_millis(100 * i));
        }
        assert_eq!(settling.ripe(begun + Duration::from_millis(710)), [PathBuf::from("first")]);
        assert!(!settling.is_empty());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn one_that_is_held_open_is_waited_for() {
        let (mut settling, begun) = (Settling::default(), Instant::now());
        settling.touch("a".into(), Sign::Written, begun);
        assert!(settling.ripe(begun + Duration::from_secs(2)).is_empty());
        assert_eq!(settling.ripe(begun + Duration::from_secs(11)), [PathBuf::from("a")], "but not for ever");
        settling.touch("a".into(), Sign::Written, begun);
        settling.touch("a".into(), Sign::Closed, begun);
        assert_eq!(settling.ripe(begun + Duration::from_millis(310)), [PathBuf::from("a")]);
    }
}
