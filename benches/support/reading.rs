//! Plans of damaged papers as the program reads them.

use super::damage::{Damage, Facts, Plan};
use vanban::extract::Extractor;
use vanban::model::{CitationForm, Method, RawText, SourceFacts};

/// Number and date of every citation that the program finds in a text, in the order of the text.
pub(crate) fn found(extractor: &Extractor, text: &str) -> Facts {
    let source = SourceFacts {
        path: "damage.txt".to_owned(),
        sha256: String::new(),
        media_type: "text/plain".to_owned(),
        encoding: Some("utf-8".to_owned()),
        bytes: text.len() as u64,
        pages: None,
        method: Method::Text,
    };
    let got = extractor.extract(&RawText::plain(text), source);
    let judged = got.citations.into_iter().filter(|one| !matches!(one.form, CitationForm::Named | CitationForm::SelfReference));
    judged.map(|one| (one.number.unwrap_or_default(), one.date.map(|date| date.to_string()))).collect()
}

/// Right, found and written citations of some plans.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) right: usize,
    pub(crate) found: usize,
    pub(crate) written: usize,
}

impl Tally {
    /// Shares: of what was written, of what was found.
    pub(crate) fn recall(self) -> f64 {
        self.right as f64 / self.written.max(1) as f64
    }

    pub(crate) fn precision(self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }
}

/// Counts citations with the right number and date in `papers` plans with one kind of damage; each wrong plan goes to `show`.
pub(crate) fn tally(extractor: &Extractor, damage: Damage, papers: u64, mut show: impl FnMut(&str, &Facts, &Facts)) -> Tally {
    let mut sum = Tally::default();
    for seed in 0..papers {
        let plan = Plan::new(seed);
        let text = plan.write(damage);
        let (want, got) = (plan.facts(), found(extractor, &text));
        let mut left = got.clone();
        let right = want.iter().filter(|fact| left.iter().position(|one| one == *fact).map(|at| left.swap_remove(at)).is_some()).count();
        if right < want.len() || !left.is_empty() {
            show(&text, &want, &got);
        }
        sum.right += right;
        sum.found += got.len();
        sum.written += want.len();
    }
    sum
}
