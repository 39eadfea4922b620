//! Text of one encoding from before Unicode, read as letters; and how far the outcome is Vietnamese.
//!
//! Duty: the encodings, turning a stretch of text that was read as windows-1252, counting its words. Not here: deciding
//! which stretch is in which encoding ([`legacy`](super::legacy)).

use crate::tables::legacy::{Charmap, cp1252_byte, cp1252_char};
use crate::tables::{legacy, syllables};
use unicode_normalization::UnicodeNormalization;

/// What text that was read as windows-1252 may be in truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Encoding {
    Tcvn3,
    Vni,
    Viscii,
    Cp1258,
    Utf8,
}

impl Encoding {
    pub(super) const ALL: [Encoding; 5] = [Encoding::Tcvn3, Encoding::Vni, Encoding::Viscii, Encoding::Cp1258, Encoding::Utf8];

    /// As it stands in a record.
    pub(super) fn name(self) -> &'static str {
        match self {
            Encoding::Tcvn3 => "tcvn3",
            Encoding::Vni => "vni",
            Encoding::Viscii => "viscii",
            Encoding::Cp1258 => "windows-1258",
            Encoding::Utf8 => "utf-8 read as windows-1252",
        }
    }

    /// Appends `text` as letters of this encoding; what is none of its bytes stays.
    pub(super) fn read(self, text: &str, out: &mut String) {
        match self {
            Encoding::Tcvn3 => singles(&legacy().tcvn3, text, out),
            Encoding::Viscii => singles(&legacy().viscii, text, out),
            Encoding::Vni => pairs(&legacy().vni, text, out),
            Encoding::Cp1258 => {
                let mut marked = String::with_capacity(text.len() * 2);
                singles(&legacy().cp1258, text, &mut marked);
                out.extend(marked.nfc());
            }
            Encoding::Utf8 => utf8(text, out),
        }
    }
}

fn singles(map: &Charmap, text: &str, out: &mut String) {
    for c in text.chars() {
        // Plain letters and spaces are the same in all of them.
        let is_same = c == ' ' || c.is_ascii_graphic();
        let letter = if is_same { None } else { cp1252_byte(c).and_then(|byte| map.single(byte)) };
        out.push(letter.unwrap_or(c));
    }
}

fn pairs(map: &Charmap, text: &str, out: &mut String) {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let first = cp1252_byte(c);
        let second = chars.peek().filter(|next| !next.is_ascii()).and_then(|next| cp1252_byte(*next));
        if let (Some(first), Some(second)) = (first, second)
            && let Some(letter) = map.pair(first, second)
        {
            out.push(letter);
            chars.next();
            continue;
        }
        out.push(first.and_then(|byte| map.single(byte)).unwrap_or(c));
    }
}

/// Reads the bytes behind each stretch of characters beyond ASCII as UTF-8; what is none stays.
fn utf8(text: &str, out: &mut String) {
    let mut bytes = Vec::new();
    let flush = |bytes: &mut Vec<u8>, out: &mut String| {
        for chunk in bytes.utf8_chunks() {
            out.push_str(chunk.valid());
            out.extend(chunk.invalid().iter().map(|byte| cp1252_char(*byte)));
        }
        bytes.clear();
    };
    for c in text.chars() {
        match cp1252_byte(c).filter(|byte| *byte >= 0x80) {
            Some(byte) => bytes.push(byte),
            None => {
                flush(&mut bytes, out);
                out.push(c);
            }
        }
    }
    flush(&mut bytes, out);
}

/// Words with a letter beyond ASCII: how many are Vietnamese by their spelling, how many are not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Score {
    pub(super) valid: usize,
    pub(super) invalid: usize,
}

impl Score {
    pub(super) fn of(text: &str) -> Score {
        let mut score = Score::default();
        let bytes = text.as_bytes();
        let mut at = 0;
        // A word begins with a letter or digit, or with a byte beyond ASCII; what is ASCII to its end tells nothing.
        while at < bytes.len() {
            let start = at;
            let mut is_plain = true;
            while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || bytes[at] >= 0x80) {
                is_plain &= bytes[at] < 0x80;
                at += 1;
            }
            if !is_plain {
                for word in words(&text[start..at]).filter(|word| !word.is_ascii()) {
                    if is_vietnamese(word) { score.valid += 1 } else { score.invalid += 1 }
                }
            }
            at += 1;
        }
        score
    }

    /// Counts another text's words with these.
    pub(super) fn add(&mut self, other: Score) {
        self.valid += other.valid;
        self.invalid += other.invalid;
    }

    /// Gain less loss.
    pub(super) fn balance(self) -> isize {
        self.valid as isize - self.invalid as isize
    }
}

/// The stretches between white space, stops and quotation marks. Signs of Latin-1 (`®`, `§`) belong to words: in these
/// encodings they are letters.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| {
        if c.is_ascii() { !c.is_ascii_alphanumeric() } else { matches!(c, '\u{a0}' | '\u{2010}'..='\u{2044}' | '\u{f8a0}'..='\u{f8af}') }
    })
    .filter(|word| !word.is_empty())
}

/// True for a syllable, and for letters of a symbol (`QĐ`, `NĐ`, `HĐND`).
pub(super) fn is_vietnamese(word: &str) -> bool {
    syllables().is_syllable(word) || is_symbol(word)
}

fn is_symbol(word: &str) -> bool {
    let mut letters = 0;
    word.chars().all(|c| {
        letters += usize::from(!c.is_ascii_digit());
        c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, 'Đ' | 'Ư' | 'Ơ' | 'Ă' | 'Â' | 'Ê' | 'Ô')
    }) && (2..=8).contains(&letters)
}

/// True for a word that Vietnamese has no letters for.
pub(super) fn is_foreign(word: &str) -> bool {
    word.contains(['f', 'j', 'w', 'z', 'F', 'J', 'W', 'Z']) && word.chars().all(char::is_alphabetic)
}

/// A word of an encoding without capitals that bear tones: as capitals where its plain letters are (`QUYếT`).
pub(super) fn with_capitals(word: &str) -> Option<String> {
    let is_mixed = word.bytes().any(|b| b.is_ascii_uppercase()) && !word.bytes().any(|b| b.is_ascii_lowercase());
    (is_mixed && word.chars().any(char::is_lowercase)).then(|| word.to_uppercase())
}

/// True for a stretch that was typed in capitals, of which such an encoding keeps the plain letters only.
pub(super) fn is_in_capitals(text: &str) -> bool {
    let is_clear = |word: &str| !word.is_ascii() && word.bytes().filter(u8::is_ascii_uppercase).count() >= 2;
    !text.bytes().any(|b| b.is_ascii_lowercase()) && words(text).any(is_clear)
}
