//! How well the program does: beside gold sets that a careful reader made, beside label sets of others, and beside what
//! a person marked in a blind sample of an index.
//!
//! Duty: tell and read such sets, judge, count. The rules for gold sets are those of the evaluation set's own scorer, so
//! that both give the same figures. Not here: reading the documents, printing.

mod compare;
pub mod floors;
pub mod gold;
pub mod gold_table;
mod judge;
pub mod labels;
pub mod marked;
pub mod report;
pub mod resolution;
pub mod sample;
pub mod sets;

pub use floors::Floors;
pub use gold::Gold;
pub use labels::{LabelReport, LabelSet};
pub use report::{Counts, Finding, Report, Sums, Tally};

use crate::model::Extraction;

/// What the program made of one paper: the text as read and its facts, or why it could not be read.
pub type Answer = Result<(String, Extraction), String>;

/// Judges every paper.
pub fn score<'a>(pairs: impl IntoIterator<Item = (&'a Gold, &'a Answer)>) -> Report {
    let mut report = Report::default();
    for (gold, answer) in pairs {
        let mut paper = Report { sums: Sums { papers: 1, ..Sums::default() }, ..Report::default() };
        let mut kind = gold.meta.kind.clone();
        match answer {
            Ok((text, extraction)) => {
                judge::paper(&mut paper, gold, text, extraction);
                kind = kind.or_else(|| extraction.document.kind.clone());
            }
            Err(reason) => judge::unread(&mut paper, gold, reason),
        }
        report.join(kind.unwrap_or_else(|| "-".to_owned()), paper);
    }
    report
}
