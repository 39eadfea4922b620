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
///
/// One pass over text that is composed already, as normal text is; anything that may need composing goes the long way.
pub fn lower(text: &str) -> String {
    let mut out = Toned::with_capacity(text.len() + 4);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let small = match c {
            '\0'..='\x7f' => c.to_ascii_lowercase(),
            // Every other letter of the block for Vietnamese is the small one of the letter before it.
            '\u{1ea0}'..='\u{1eff}' => char::from_u32(c as u32 | 1).unwrap_or(c),
            '\u{df}'..='\u{ff}' | '\u{2010}'..='\u{2027}' => c,
            '\u{300}'.. => return lower_any(text),
            _ => {
                let mut lower = c.to_lowercase();
                match (lower.next(), lower.next()) {
                    (Some(small), None) => small,
                    _ => return lower_any(text),
                }
            }
        };
        out.push(small, || chars.peek().is_none_or(|next| !next.is_alphabetic()));
    }
    out.text
}

/// The long way of [`lower`].
fn lower_any(text: &str) -> String {
    let mut out = Toned::with_capacity(text.len());
    let mut chars = text.nfc().flat_map(char::to_lowercase).peekable();
    while let Some(c) = chars.next() {
        out.push(c, || chars.peek().is_none_or(|next| !next.is_alphabetic()));
    }
    out.text
}

/// A text in small letters that is being written, with the tone of an open `oa oe uy` on the first letter.
struct Toned {
    text: String,
    /// The letter before `last`.
    before: char,
    last: char,
}

impl Toned {
    fn with_capacity(bytes: usize) -> Toned {
        Toned { text: String::with_capacity(bytes), before: '\0', last: '\0' }
    }

    /// Writes `c`; `open` tells whether its syllable ends with it.
    fn push(&mut self, c: char, open: impl FnOnce() -> bool) {
        if matches!(self.last, 'o' | 'u')
            && !c.is_ascii()
            && self.before != 'q'
            && let Some(k) = OLD.iter().position(|old| *old == (self.last, c))
            && open()
        {
            self.text.pop();
            let (first, second) = NEW[k];
            self.text.push(first);
            self.text.push(second);
            (self.before, self.last) = (first, second);
            return;
        }
        self.text.push(c);
        (self.before, self.last) = (self.last, c);
    }
}

/// Without marks: lower case, `đ` to `d`. For matching what a person typed; never for symbols.
pub fn bare(text: &str) -> String {
    text.nfd()
        .filter(|c| !matches!(c, '\u{300}'..='\u{36f}'))
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, 'đ' | 'ð') { 'd' } else { c })
        .collect()
}

/// One letter of composed text as [`bare`] gives it.
pub fn bare_char(c: char) -> char {
    let mut base = None;
    unicode_normalization::char::decompose_canonical(c, |part| {
        base.get_or_insert(part);
    });
    match base.unwrap_or(c) {
        'đ' | 'Đ' | 'ð' | 'Ð' => 'd',
        other => other.to_lowercase().next().unwrap_or(other),
    }
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

    proptest::proptest! {
        /// The short way and the long way agree.
        #[test]
        fn composed_text_folds_as_any_other(text in "([a-zA-Z]|[Đđơưăâêô]|[À-ỹ]|[oOuUqQ][àáạ ỳýỵÈẺ]|[ ,.–“]){0,24}") {
            proptest::prop_assert_eq!(lower(&text), super::lower_any(&text));
        }
    }

    #[test]
    fn marks_go_only_in_the_bare_form() {
        assert_eq!(bare("Đối ngoại TƯ"), "doi ngoai tu");
        assert_eq!(slug("Bà Rịa – Vũng Tàu"), "ba-ria-vung-tau");
    }
}
