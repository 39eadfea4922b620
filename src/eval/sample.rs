//! A blind sample of an index, to be checked by hand.
//!
//! Duty: draw mentions, each form in proportion to its number (and at least once), and write them as a table with an
//! empty column to mark. The same index and seed give the same sample, and a mention keeps its rank in the draw when
//! papers are added. Self-references ("Chỉ thị này") are left out: they mean no other document. Not here: reading the
//! marked table (`marked`), printing.

use crate::model::{CitationForm, Error};
use crate::resolve::Certainty;
use crate::store::{LinkRow, Reader};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Columns of the table, in order; a person fills the last one with `y` or `n`.
pub const COLUMNS: [&str; 12] =
    ["id", "paper", "sentence", "text", "form", "number", "date", "issuer", "relation", "target", "certainty", "right"];

/// One mention as the program understands it; `None` where it says nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Id of the mention.
    pub id: String,
    /// Id of the paper in which it stands.
    pub paper: String,
    /// The sentence around.
    pub sentence: String,
    /// The words.
    pub text: String,
    /// How the document is mentioned.
    pub form: &'static str,
    /// Canonical number.
    pub number: Option<String>,
    /// ISO date.
    pub date: Option<String>,
    /// Issuer.
    pub issuer: Option<String>,
    /// Relation.
    pub relation: &'static str,
    /// Ids of the documents that it means or could mean, best first.
    pub target: Vec<String>,
    /// `certain`, `likely`, `ambiguous`, `decided`.
    pub certainty: Option<Certainty>,
}

/// Draws at most `size` mentions from an index, in the order of papers and text.
pub fn draw(reader: &Reader, size: usize, seed: u64) -> Result<Vec<Row>, Error> {
    let mut mentions = reader.mention_forms()?;
    mentions.retain(|(_, form)| *form != CitationForm::SelfReference);
    let mut rows = Vec::new();
    for id in chosen(&mentions, size, seed) {
        if let Some(link) = reader.link(id)? {
            rows.push(row(link));
        }
    }
    Ok(rows)
}

/// The ids drawn, in the order in which they came.
fn chosen(mentions: &[(String, CitationForm)], size: usize, seed: u64) -> Vec<&str> {
    let mut forms: BTreeMap<CitationForm, Vec<(Vec<u8>, usize)>> = BTreeMap::new();
    for (at, (id, form)) in mentions.iter().enumerate() {
        // The digest is the lot: the same for a mention whatever else there is.
        let lot = Sha256::new().chain_update(seed.to_be_bytes()).chain_update(id).finalize().to_vec();
        forms.entry(*form).or_default().push((lot, at));
    }
    let counts: Vec<usize> = forms.values().map(Vec::len).collect();
    let mut drawn: Vec<usize> = Vec::new();
    for (lots, share) in forms.into_values().zip(shares(&counts, size)) {
        let mut lots = lots;
        lots.sort_unstable();
        drawn.extend(lots.into_iter().take(share).map(|(_, at)| at));
    }
    drawn.sort_unstable();
    drawn.into_iter().map(|at| mentions[at].0.as_str()).collect()
}

/// How many of each group make `size` in all: in proportion by largest remainder, at least one where `size` allows.
fn shares(counts: &[usize], size: usize) -> Vec<usize> {
    let all: usize = counts.iter().sum();
    if size >= all {
        return counts.to_vec();
    }
    let mut shares: Vec<usize> = counts.iter().map(|count| (count * size / all).max(usize::from(*count > 0))).collect();
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|group| std::cmp::Reverse((counts[*group] * size % all, counts[*group])));
    for group in order.iter().cycle().take(counts.len() * 2) {
        if shares.iter().sum::<usize>() < size && shares[*group] < counts[*group] {
            shares[*group] += 1;
        }
    }
    // The ones given to small groups are taken from the largest share, at last from the smallest group.
    while shares.iter().sum::<usize>() > size {
        let most = (0..shares.len()).max_by_key(|group| (shares[*group], std::cmp::Reverse(counts[*group])));
        shares[most.expect("a sum above 0 has a group")] -= 1;
    }
    shares
}

fn row(link: LinkRow) -> Row {
    let citation = link.citation;
    Row {
        id: link.id,
        paper: link.citing,
        sentence: citation.sentence,
        text: citation.text,
        form: citation.form.as_str(),
        number: citation.number,
        date: citation.date.map(|date| date.to_string()),
        issuer: citation.issuer,
        relation: citation.relation.as_str(),
        target: link.candidates.into_iter().map(|(id, _)| id).collect(),
        certainty: link.certainty,
    }
}

/// The table as tab-separated text with a head; blanks of every kind inside a field become one blank.
pub fn table(rows: &[Row]) -> String {
    let mut out = COLUMNS.join("\t") + "\n";
    for row in rows {
        let target = row.target.join(" | ");
        let or_empty = |field: &Option<String>| field.clone().unwrap_or_default();
        let (number, date, issuer) = (or_empty(&row.number), or_empty(&row.date), or_empty(&row.issuer));
        let certainty = match row.certainty {
            None => "",
            Some(Certainty::Certain) => "certain",
            Some(Certainty::Likely) => "likely",
            Some(Certainty::Ambiguous) => "ambiguous",
            Some(Certainty::Decided) => "decided",
        };
        let fields =
            [&row.id, &row.paper, &row.sentence, &row.text, row.form, &number, &date, &issuer, row.relation, &target, certainty, ""];
        out += &fields.map(|field: &str| field.split_whitespace().collect::<Vec<_>>().join(" ")).join("\t");
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{chosen, shares};
    use crate::model::CitationForm;

    #[test]
    fn every_form_has_its_share() {
        assert_eq!(shares(&[90, 9, 1], 10), [8, 1, 1]);
        assert_eq!(shares(&[50, 50], 5), [3, 2]);
        assert_eq!(shares(&[2, 0, 1], 10), [2, 0, 1]);
        assert_eq!(shares(&[500, 300, 200], 10), [5, 3, 2]);
        assert_eq!(shares(&[9, 5, 1], 2), [1, 1, 0]);
    }

    #[test]
    fn the_same_seed_draws_the_same_and_new_papers_move_no_lot() {
        let mention = |at: usize| (format!("c{at:012}"), if at.is_multiple_of(3) { CitationForm::Short } else { CitationForm::Full });
        let mentions: Vec<_> = (0..60).map(mention).collect();
        let first = chosen(&mentions, 12, 7);
        assert_eq!(first, chosen(&mentions, 12, 7));
        assert_ne!(first, chosen(&mentions, 12, 8));
        assert_eq!(first.len(), 12);
        let more: Vec<_> = (0..66).map(mention).collect();
        assert!(chosen(&more, 12, 7).iter().filter(|id| first.contains(id)).count() >= 8);
    }
}
