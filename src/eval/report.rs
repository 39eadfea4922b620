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

    fn join(&mut self, other: Counts) {
        self.found += other.found;
        self.extra += other.extra;
        self.missed += other.missed;
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

    fn join(&mut self, other: Tally) {
        self.right += other.right;
        self.judged += other.judged;
    }
}

/// One relation: where the gold set has it, and where only the program has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RelationTally {
    /// In the gold set and given.
    pub right: u64,
    /// In the gold set.
    pub judged: u64,
    /// Given where the gold set has another one.
    pub extra: u64,
}

impl RelationTally {
    /// The same as found, extra and missed.
    pub fn counts(self) -> Counts {
        Counts { found: self.right, extra: self.extra, missed: self.judged - self.right }
    }
}

/// The sums of some papers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sums {
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
}

impl Sums {
    fn join(&mut self, other: &Sums) {
        self.papers += other.papers;
        self.citations.join(other.citations);
        self.attributes.join(other.attributes);
        self.relations.join(other.relations);
        self.metadata.join(other.metadata);
        self.tasks.join(other.tasks);
        self.task_fields.join(other.task_fields);
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
    /// The sums of all papers.
    #[serde(flatten)]
    pub sums: Sums,
    /// Each judged field on its own: `date`, `citation date`, `task assignees` …
    pub by_fact: BTreeMap<String, Tally>,
    /// Citations by form; extra ones under the form that the program gave.
    pub by_form: BTreeMap<String, Counts>,
    /// Relations by the gold relation; stated ones under `stated`.
    pub by_relation: BTreeMap<String, RelationTally>,
    /// The sums by kind of paper: the gold kind where it is judged, else the one that the program read, else `-`.
    pub by_kind: BTreeMap<String, Sums>,
    /// All that is not as the gold set says, in the order of papers and text.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Puts the account of one paper of a kind to the rest.
    pub(super) fn join(&mut self, kind: String, paper: Report) {
        self.sums.join(&paper.sums);
        self.by_kind.entry(kind).or_default().join(&paper.sums);
        for (name, tally) in paper.by_fact {
            self.by_fact.entry(name).or_default().join(tally);
        }
        for (name, counts) in paper.by_form {
            self.by_form.entry(name).or_default().join(counts);
        }
        for (name, one) in paper.by_relation {
            let sum = self.by_relation.entry(name).or_default();
            sum.right += one.right;
            sum.judged += one.judged;
            sum.extra += one.extra;
        }
        self.findings.extend(paper.findings);
    }

    /// The six scores by name: F1 of citations and tasks, share of right answers for the rest.
    pub fn scores(&self) -> [(&'static str, f64); 6] {
        let sums = &self.sums;
        let values = [
            sums.citations.f1(),
            sums.attributes.share(),
            sums.relations.share(),
            sums.metadata.share(),
            sums.tasks.f1(),
            sums.task_fields.share(),
        ];
        std::array::from_fn(|at| (SCORES[at], values[at]))
    }
}

/// Names of the scores of a gold set, in the order in which they are printed.
pub const SCORES: [&str; 6] = ["citations", "attributes", "relations", "metadata", "tasks", "task_fields"];
