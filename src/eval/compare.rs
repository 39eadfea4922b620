//! When two spellings count as one in the evaluation.
//!
//! Duty: letter case, blanks and tone placement do not matter; a shorter name inside a longer one is right.
//! Not here: the comparison of resolution (`tables::fold`), which knows more about syllables; these rules are the scorer's own.

use crate::model::Issuer;
use unicode_normalization::UnicodeNormalization;

/// Old and new place of the tone mark, replaced wherever the pair stands.
const TONES: [(&str, &str); 15] = [
    ("oà", "òa"),
    ("oá", "óa"),
    ("oả", "ỏa"),
    ("oã", "õa"),
    ("oạ", "ọa"),
    ("oè", "òe"),
    ("oé", "óe"),
    ("oẻ", "ỏe"),
    ("oẽ", "õe"),
    ("oẹ", "ọe"),
    ("uỳ", "ùy"),
    ("uý", "úy"),
    ("uỷ", "ủy"),
    ("uỹ", "ũy"),
    ("uỵ", "ụy"),
];

/// One blank between words, NFC, lower case, tone mark on the first letter.
pub(super) fn fold(text: &str) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = joined.nfc().collect::<String>().to_lowercase();
    for (old, new) in TONES {
        if out.contains(old) {
            out = out.replace(old, new);
        }
    }
    out
}

/// A number without blanks and padding.
pub(super) fn number(text: Option<&str>) -> String {
    fold(text.unwrap_or_default()).replace(' ', "").trim_start_matches('0').to_owned()
}

/// True when one of the two holds the other; nothing holds nothing.
pub(super) fn has(got: Option<&str>, want: &str) -> bool {
    let (got, want) = (fold(got.unwrap_or_default()), fold(want));
    !got.is_empty() && (want.contains(&got) || got.contains(&want))
}

/// True for the same code, or codes of one family: a "Quy chế" in the series of decisions.
pub(super) fn kind(got: Option<&str>, want: Option<&str>) -> bool {
    const SAME: [&[&str]; 2] = [&["QĐ", "QyĐ", "QĐi", "QC"], &["CTr", "CTHĐ"]];
    match (got, want) {
        (Some(got), Some(want)) => got == want || SAME.iter().any(|family| family.contains(&got) && family.contains(&want)),
        (None, None) => true,
        _ => false,
    }
}

/// All that an issuer says of itself, in the order of its fields.
pub(super) fn issuer_words(issuer: Option<&Issuer>) -> String {
    let Some(issuer) = issuer else { return String::new() };
    let level = issuer.level.map(|level| level.as_str());
    [Some(issuer.name.as_str()), issuer.register.as_deref(), level, issuer.province.as_deref()]
        .into_iter()
        .flatten()
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::{fold, has, kind, number};

    #[test]
    fn spellings_that_count_as_one() {
        assert_eq!(fold("Uỷ  ban\nHOÀ"), "ủy ban hòa");
        assert_eq!(number(Some("012 / CT-UBND")), "12/ct-ubnd");
        assert!(has(Some("Ủy ban nhân dân tỉnh Sông Lam"), "UỶ BAN NHÂN DÂN"));
        assert!(!has(None, "Chính phủ") && !has(Some("Chính phủ"), "Quốc hội"));
        assert!(kind(Some("QC"), Some("QĐ")) && !kind(Some("KH"), Some("QĐ")) && !kind(None, Some("QĐ")));
    }
}
