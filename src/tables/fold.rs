//! How written Vietnamese is compared: letter case, tone placement, and marks.
//!
//! Both placements of the tone mark occur, often in one document: `hoà` and `hòa`, `uỷ` and `ủy`. Only open
//! syllables whose whole rhyme is `oa`, `oe` or `uy` differ, and not after `q` (`quý`).

use unicode_normalization::UnicodeNormalization;

const OLD: [(char, char); 15] = [
    ('o', 'à'),
    ('o', 'á'),
    ('o', 'ả'),
    ('o', 'ã'),
    ('o', 'ạ'),
    ('o', 'è'),
    ('o', 'é'),
    ('o', 'ẻ'),
    ('o', 'ẽ'),
    ('o', 'ẹ'),
    ('u', 'ỳ'),
    ('u', 'ý'),
    ('u', 'ỷ'),
    ('u', 'ỹ'),
    ('u', 'ỵ'),
];
const NEW: [(char, char); 15] = [
    ('ò', 'a'),
    ('ó', 'a'),
    ('ỏ', 'a'),
    ('õ', 'a'),
    ('ọ', 'a'),
    ('ò', 'e'),
    ('ó', 'e'),
    ('ỏ', 'e'),
    ('õ', 'e'),
    ('ọ', 'e'),
    ('ù', 'y'),
    ('ú', 'y'),
    ('ủ', 'y'),
    ('ũ', 'y'),
    ('ụ', 'y'),
];

/// Lower case, NFC, tone mark on the first letter of `oa oe uy`: `HOÀ` and `Hòa` both give `hòa`.
pub fn lower(text: &str) -> String {
    tone_to_first(&text.nfc().flat_map(char::to_lowercase).collect::<String>())
}

/// Moves the tone mark of an open `oa oe uy` to its first letter; `text` is lower case and NFC.
pub fn tone_to_first(text: &str) -> String {
    // Nothing to do in most words: look for a toned second letter first.
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    while i < chars.len() {
        let pair = chars.get(i + 1).map(|next| (chars[i], *next));
        let open = chars.get(i + 2).is_none_or(|c| !c.is_alphabetic());
        let after_q = i > 0 && chars[i - 1] == 'q';
        if let Some(pair) = pair
            && open
            && !after_q
            && let Some(k) = OLD.iter().position(|old| *old == pair)
        {
            out.push(NEW[k].0);
            out.push(NEW[k].1);
            i += 2;
            continue;
        }
        out.push(chars[i]);
        i += 1;
    }
    out
}

/// Without marks: lower case, `đ` to `d`. For matching what a person typed; never for symbols.
pub fn bare(text: &str) -> String {
    text.nfd()
        .filter(|c| !matches!(c, '\u{300}'..='\u{36f}'))
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, 'đ' | 'ð') { 'd' } else { c })
        .collect()
}

/// Letters and digits without marks, the rest as single hyphens: `Bà Rịa - Vũng Tàu` gives `ba-ria-vung-tau`.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in bare(text).chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{bare, lower, slug};

    #[test]
    fn tone_placement_and_case_fold_alike() {
        for (text, want) in [("HOÀ", "hòa"), ("Uỷ ban", "ủy ban"), ("quý", "quý"), ("hoàn", "hoàn"), ("Thuý", "thúy"), ("khoẻ,", "khỏe,")]
        {
            assert_eq!(lower(text), want);
        }
    }

    #[test]
    fn marks_go_only_in_the_bare_form() {
        assert_eq!(bare("Đối ngoại TƯ"), "doi ngoai tu");
        assert_eq!(slug("Bà Rịa – Vũng Tàu"), "ba-ria-vung-tau");
    }
}
