//! How well the program does: its extraction beside a gold set that a careful reader made.
//!
//! Duty: read gold files, judge an extraction against them, count. The rules are those of the evaluation set's own
//! scorer, so that both give the same figures. Not here: reading the documents, printing.

mod compare;
pub mod floors;
pub mod gold;
pub mod gold_table;
mod judge;
pub mod resolution;
pub mod report;

pub use floors::Floors;
pub use gold::Gold;
pub use report::{Counts, Finding, Report, Tally};

use crate::model::Extraction;

/// What the program made of one paper: the text as read and its facts, or why it could not be read.
pub type Answer = Result<(String, Extraction), String>;

/// Judges every paper.
pub fn score<'a>(pairs: impl IntoIterator<Item = (&'a Gold, &'a Answer)>) -> Report {
    let mut report = Report::default();
    for (gold, answer) in pairs {
        report.papers += 1;
        match answer {
            Ok((text, extraction)) => judge::paper(&mut report, gold, text, extraction),
            Err(reason) => judge::unread(&mut report, gold, reason),
        }
    }
    report
}
