//! What the relation words of label sets mean.
//!
//! Duty: look words up in `words.tsv`. Not here: the program's own phrases (`tables`).

use crate::eval::compare::fold;
use crate::model::Relation;
use std::collections::HashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("words.tsv");

/// Rows of one set: folded words and what they mean.
type Rows = Vec<(String, Vec<Relation>)>;

static ROWS: LazyLock<HashMap<&str, Rows>> = LazyLock::new(|| {
    let mut rows: HashMap<&str, Rows> = HashMap::new();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [set, words, relations] = fields[..] else { panic!("words.tsv: {line:?} has not three fields") };
        let relations = relations.split(' ').map(|word| Relation::parse(word).expect("words.tsv names relations of the model")).collect();
        rows.entry(set).or_default().push((fold(words), relations));
    }
    rows
});

/// The relations that a label means.
pub(super) fn label(set: &str, words: &str) -> Option<&'static [Relation]> {
    let words = fold(words);
    ROWS.get(set)?.iter().find(|(row, _)| *row == words).map(|(_, relations)| relations.as_slice())
}

/// The relations of the longest words with which a text begins.
pub(super) fn leading(set: &str, text: &str) -> Option<&'static [Relation]> {
    let text = fold(text);
    let rows = ROWS.get(set)?.iter().filter(|(row, _)| text.starts_with(row.as_str()));
    rows.max_by_key(|(row, _)| row.len()).map(|(_, relations)| relations.as_slice())
}

#[cfg(test)]
mod tests {
    use super::{label, leading};
    use crate::model::Relation;

    #[test]
    fn labels_and_leads_are_read() {
        assert_eq!(label("triples", "Bãi  bỏ"), Some(&[Relation::Repeals][..]));
        assert_eq!(label("triples", "ban hành"), None);
        assert_eq!(leading("title", "Sửa đổi, bổ sung một số điều"), Some(&[Relation::Amends][..]));
        assert_eq!(leading("title", "Về việc sửa đổi"), None);
    }
}
