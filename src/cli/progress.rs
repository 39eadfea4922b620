//! The progress bar of an ingest, on a terminal only.
//!
//! Duty: files done, rate, rejected files, time left. Not here: deciding whether somebody watches (`output`).

use crate::ingest::{FileOutcome, Outcome, Progress};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Redraws a second at most; the terminal may be at the end of a slow line.
const TICK: Duration = Duration::from_millis(200);

/// Draws on standard error while the work goes on.
pub(super) struct Bar {
    bar: ProgressBar,
    rejected: AtomicU64,
}

impl Bar {
    /// A bar of unknown length, which turns until the files are counted.
    pub(super) fn new() -> Bar {
        let bar = ProgressBar::new_spinner();
        bar.enable_steady_tick(TICK);
        Bar { bar, rejected: AtomicU64::new(0) }
    }

    /// Takes the bar away, so that the account of the run stands in its place.
    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Bar {
    fn found(&self, files: u64, _bytes: u64) {
        let style = ProgressStyle::with_template("{prefix} {bar:30} {pos}/{len} files  {per_sec}  {msg}{eta} left");
        self.bar.set_style(style.expect("a fixed template"));
        self.bar.set_length(files);
    }

    fn done(&self, _path: &Path, outcome: &FileOutcome) {
        if outcome.outcome == Outcome::Rejected {
            let rejected = self.rejected.fetch_add(1, Ordering::Relaxed) + 1;
            self.bar.set_message(format!("{rejected} rejected  "));
        }
        self.bar.inc(1);
    }

    fn stage(&self, name: &str) {
        self.bar.set_prefix(name.to_owned());
    }
}
