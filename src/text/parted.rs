//! Syllables whose letters a converter parted: "x ử lý", "B ộ L a o đ ộ n g", "U B ND".
//!
//! Converters that place each stretch of glyphs for itself write a blank where the next one begins. A text is mended
//! only when it shows the damage several times: a consonant alone is no word, and nor are most rhymes. Then the letters
//! between single blanks are joined so that fewest of them are no words. Not here: what a syllable is (`tables::syllables`).

use super::writer::Writer;
use crate::model::OffsetMap;
use crate::tables::{Syllables, Tables, syllables};
use std::ops::Range;

/// A text with fewer sure signs is left alone; so is a long one with as many by chance.
const FEWEST_SIGNS: usize = 3;
const BYTES_PER_SIGN: usize = 20_000;
/// Pieces of one word, at most: as many as the longest syllable has letters ("n g h i ê n g").
const MOST_PIECES: usize = 7;
/// Letters of a code, and of a word in capitals.
const SHORTEST: usize = 3;
/// Words behind which a letter names a point or a sort: "điểm c ở", "nhóm b áp dụng".
const LABELLED: [&str; 16] =
    ["điểm", "khoản", "tiết", "mục", "nhóm", "loại", "hạng", "mẫu", "phần", "lớp", "tổ", "bảng", "cột", "gan", "vitamin", "và"];
/// Costs of what a word is: what is no word is to be joined where that is possible, and most words begin with a consonant.
const NO_WORD: u32 = 100;
const JOINED: u32 = 20;
const WORD: u32 = 10;
const BARE: u32 = 1;

/// The text with its words whole and the way back, or nothing where none are parted.
pub(super) fn rejoin(tables: &Tables, text: &str) -> Option<(String, OffsetMap)> {
    if single_letters(text.as_bytes()) < FEWEST_SIGNS {
        return None;
    }
    let signs = signs(text);
    if signs < FEWEST_SIGNS || signs * BYTES_PER_SIGN < text.len() {
        return None;
    }
    let joiner = Joiner { tables, syllables: syllables(), text };
    let mut out = Writer::new(text);
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        // What two blanks part stands apart.
        for cell in line.split("  ") {
            let start = at + (cell.as_ptr() as usize - line.as_ptr() as usize);
            pieces.clear();
            pieces.extend(cell.trim_end().split(' ').map(|piece| {
                let from = start + (piece.as_ptr() as usize - cell.as_ptr() as usize);
                from..from + piece.len()
            }));
            for word in joiner.words(&pieces) {
                for blank in pieces[word].windows(2) {
                    out.copy_to(blank[0].end);
                    out.drop_to(blank[1].start);
                }
            }
        }
        at += line.len();
    }
    out.copy_to(text.len());
    Some(out.finish())
}

/// How many ASCII consonants in small letters stand alone between two blanks: a look at every byte without a branch, after which most texts
/// are done.
fn single_letters(bytes: &[u8]) -> usize {
    /// So many that their number fits a byte.
    const AT_ONCE: usize = 128;
    let (Some(second), Some(third)) = (bytes.get(1..), bytes.get(2..)) else { return 0 };
    let chunks = bytes.chunks(AT_ONCE).zip(second.chunks(AT_ONCE)).zip(third.chunks(AT_ONCE));
    chunks
        .map(|((before, letters), behind)| {
            let mut found = 0u8;
            for ((before, letter), behind) in before.iter().zip(letters).zip(behind) {
                let vowel = matches!(*letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
                found += u8::from((*before == b' ') & (*behind == b' ') & (letter.wrapping_sub(b'a') < 26) & !vowel);
            }
            usize::from(found)
        })
        .sum()
}

/// How often a consonant in small letters stands alone before letters that make a syllable with it.
fn signs(text: &str) -> usize {
    let bytes = text.as_bytes();
    // Bytes of the letter between two blanks: one, or the two of "đ". Most blanks stand before a longer word, so look before you read.
    let alone = |at: usize| match bytes[at..] {
        [b' ', b'b'..=b'd' | b'g' | b'h' | b'k'..=b'n' | b'p'..=b't' | b'v' | b'x', b' ', ..] => 1,
        [b' ', 0xC4, 0x91, b' ', ..] => 2,
        _ => 0,
    };
    let parted = |(at, length): (usize, usize)| {
        let (letter, behind) = (&text[at + 1..=at + length], &text[at + length + 2..]);
        let rhyme = &behind[..behind.find(|c: char| !c.is_alphabetic()).unwrap_or(behind.len())];
        let accented = rhyme.starts_with(|c: char| c.is_lowercase() && !c.is_ascii());
        let word = text[..at].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        accented && !LABELLED.contains(&word) && syllables().is_syllable(&[letter, rhyme].concat())
    };
    (0..bytes.len()).map(|at| (at, alone(at))).filter(|(_, length)| *length > 0).filter(|found| parted(*found)).count()
}

struct Joiner<'t> {
    tables: &'t Tables,
    syllables: &'t Syllables,
    text: &'t str,
}

impl Joiner<'_> {
    /// The pieces of each word that was parted, two or more each: the way of joining with the fewest pieces that are no words.
    fn words(&self, pieces: &[Range<usize>]) -> Vec<Range<usize>> {
        let plain: Vec<bool> = pieces.iter().map(|piece| !self.is_broken(&self.text[piece.clone()])).collect();
        let bare = |start: usize| if self.syllables.begins_with_vowel(letters(&self.text[pieces[start].clone()])) { BARE } else { 0 };
        if plain.iter().all(|plain| *plain) {
            return Vec::new();
        }
        // Cost and first piece of the last word of the best way up to each piece.
        let mut best: Vec<(u32, usize)> = vec![(0, 0)];
        for end in 1..=pieces.len() {
            let alone = if plain[end - 1] { WORD + bare(end - 1) } else { NO_WORD };
            let mut found = (best[end - 1].0 + alone, end - 1);
            for start in (end.saturating_sub(MOST_PIECES)..end - 1).rev() {
                let cost = best[start].0 + JOINED + bare(start);
                if cost < found.0 && plain[start..end].contains(&false) && self.is_word(&pieces[start..end]) {
                    found = (cost, start);
                }
            }
            best.push(found);
        }
        let mut out = Vec::new();
        let mut end = pieces.len();
        while end > 0 {
            let start = best[end].1;
            if end - start > 1 {
                out.push(start..end);
            }
            end = start;
        }
        out.reverse();
        out
    }

    /// True for a piece of letters that is no word.
    fn is_broken(&self, piece: &str) -> bool {
        let letters = letters(piece);
        let number = || piece.bytes().all(|b| b.is_ascii_digit());
        number() || !letters.is_empty() && !self.syllables.is_word(letters)
    }

    /// True when the pieces make one syllable, the code of an office, or a number with its symbol ("3 7/2003/NĐ-CP" behind "số").
    fn is_word(&self, pieces: &[Range<usize>]) -> bool {
        let (first, last) = (&pieces[0], &pieces[pieces.len() - 1]);
        let of = |piece: &Range<usize>| &self.text[piece.clone()];
        if of(first).bytes().all(|b| b.is_ascii_digit()) {
            let led = ["số ", "Số ", "Số: "].iter().any(|lead| self.text[..first.start].ends_with(lead));
            let figures = of(last).trim_start_matches(|c: char| c.is_ascii_digit());
            return led && pieces.len() == 2 && figures.len() < of(last).len() && figures.starts_with(['/', '-']);
        }
        // "12/QĐ-U B ND": the code begins behind the mark of the symbol.
        let symbol = of(first).rfind(['/', '-']).map_or(0, |mark| mark + 1);
        let open = of(first)[symbol..].trim_start_matches(|c: char| !c.is_alphanumeric());
        let closed = of(last).trim_end_matches(|c: char| !c.is_alphanumeric());
        let middle = pieces[1..pieces.len() - 1].iter().map(of);
        let parts: Vec<&str> = std::iter::once(open).chain(middle).chain([closed]).collect();
        if parts.iter().any(|part| part.is_empty() || !part.chars().all(char::is_alphabetic)) {
            return false;
        }
        let whole = parts.concat();
        // "V P U B": the initials of an office.
        let initials = whole.chars().count() < SHORTEST && !whole.contains(char::is_lowercase);
        symbol == 0 && self.syllables.is_word(&whole) && !initials || self.is_code(&whole)
    }

    fn is_code(&self, letters: &str) -> bool {
        letters.chars().count() >= SHORTEST && self.tables.issuers.rows().iter().any(|body| body.register == letters)
    }
}

/// The letters of a piece, marks before and behind them left out; nothing where there are others inside.
fn letters(piece: &str) -> &str {
    let letters = piece.trim_matches(|c: char| !c.is_alphanumeric());
    if letters.chars().all(char::is_alphabetic) { letters } else { "" }
}
