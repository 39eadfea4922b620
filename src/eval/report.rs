//! What the judging counted.
//!
//! Duty: counts, scores and findings, in the shape of `eval --format json`. Not here: judging, printing.

use serde::Serialize;
use std::collections::BTreeMap;

/// Found, wrongly found and missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// In the gold set and found.
    pub found: u64,
    /// Found but not in the gold set.
    pub extra: u64,
    /// In the gold set but not found.
    pub missed: u64,
}

impl Counts {
    /// Harmonic mean of precision and recall; 0 when there is nothing.
    pub fn f1(self) -> f64 {
        let twice = 2 * self.found;
        twice as f64 / (twice + self.extra + self.missed).max(1) as f64
    }

    /// Share of what was found that is right.
    pub fn precision(self) -> f64 {
        self.found as f64 / (self.found + self.extra).max(1) as f64
    }

    /// Share of what is there that was found.
    pub fn recall(self) -> f64 {
        self.found as f64 / (self.found + self.missed).max(1) as f64
    }
}

/// Judged and right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Right.
    pub right: u64,
    /// Judged.
    pub judged: u64,
}

impl Tally {
    /// Share that is right; 0 when nothing was judged.
    pub fn share(self) -> f64 {
        self.right as f64 / self.judged.max(1) as f64
    }

    pub(super) fn add(&mut self, right: bool) {
        self.judged += 1;
        self.right += u64::from(right);
    }
}

/// One thing that is not as the gold set says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Name of the paper.
    pub paper: String,
    /// `citation missed`, `citation extra`, `date of citation`, `task missed`, `issuer` …
    pub what: String,
    /// The words it is about, where it is about words.
    pub text: Option<String>,
    /// What the program said.
    pub got: Option<String>,
    /// What the gold set says.
    pub want: Option<String>,
    /// The sentence around, one blank between words.
    pub sentence: Option<String>,
}

/// The whole account.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// Papers judged.
    pub papers: u64,
    /// Citations, by overlapping span and equal number.
    pub citations: Counts,
    /// Date, issuer and kind of the citations found.
    pub attributes: Tally,
    /// Relations of the citations found, and stated relations.
    pub relations: Tally,
    /// What the papers say of themselves.
    pub metadata: Tally,
    /// Tasks, by where they begin.
    pub tasks: Counts,
    /// Assignees, coordinators, deadline and reporting line of the tasks found.
    pub task_fields: Tally,
    /// Each judged field on its own: `date`, `citation date`, `task assignees` …
    pub by_fact: BTreeMap<String, Tally>,
    /// Citations by form; extra ones under the form that the program gave.
    pub by_form: BTreeMap<String, Counts>,
    /// Relations by the gold relation; stated ones under `stated`.
    pub by_relation: BTreeMap<String, Tally>,
    /// All that is not as the gold set says, in the order of papers and text.
    pub findings: Vec<Finding>,
}

impl Report {
    /// The six scores by name: F1 of citations and tasks, share of right answers for the rest.
    pub fn scores(&self) -> [(&'static str, f64); 6] {
        [
            ("citations", self.citations.f1()),
            ("attributes", self.attributes.share()),
            ("relations", self.relations.share()),
            ("metadata", self.metadata.share()),
            ("tasks", self.tasks.f1()),
            ("task_fields", self.task_fields.share()),
        ]
    }
}
