//! What a Vietnamese syllable is: the one test that tells Vietnamese words from letters that were read wrongly.
//!
//! Duty: spelling of onset and rhyme, one tone at most, capitals in a sane place. Not here: whether such a word exists.

use super::{fold, tsv};
use crate::model::Error;
use std::collections::HashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Letters of the alphabet; the place is the code, from 1.
const LETTERS: &str = "aăâbcdđeêghiklmnoôơpqrstuưvxy";
const VOWELS: &str = "aăâeêioôơuưy";
const BITS: u32 = 5;
/// Letters of an onset and of a rhyme, at most.
const ONSET: usize = 3;
const RIME: usize = 4;
/// Characters above this one are no letters of the language.
const LAST: usize = 0x1f00;
/// In [`Syllables::letters`]: the bits of the code, the tone above them, then the mark of a capital.
const CODE: u16 = 0x1f;
const CAPITAL: u16 = 0x100;
/// Tones as combining marks; the place is the number, from 1; a stopped rhyme bears one of the last two.
const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];
const FIRST_OF_STOPPED: u16 = 4;

/// The spelling rules, compiled for a look-up per word.
#[derive(Debug)]
pub struct Syllables {
    /// By character: code, tone (three bits) and capital; 0 for what is no letter of the language.
    letters: Vec<u16>,
    /// By letters of the onset: a bit for each letter that may begin the rhyme after it.
    onsets: Vec<u32>,
    /// A bit for each rhyme, by its letters.
    rimes: Vec<u64>,
    /// Syllables without onset that are words, in small letters.
    bare: HashSet<String>,
}

/// The compiled-in rules, parsed once.
pub fn syllables() -> &'static Syllables {
    static RULES: LazyLock<Syllables> = LazyLock::new(|| {
        Syllables::parse(&[("syllables.tsv", include_str!("syllables.tsv"))]).expect("the compiled-in tables are checked by tests")
    });
    &RULES
}

impl Syllables {
    fn parse(texts: &[(&str, &str)]) -> Result<Syllables, Error> {
        let mut out = Syllables {
            letters: letters(),
            onsets: vec![0; 1 << (BITS * ONSET as u32)],
            rimes: vec![0; 1 << (BITS * RIME as u32 - 6)],
            bare: HashSet::new(),
        };
        for (table, text) in texts {
            tsv::read(table, text, |row| {
                if row.get("part") == "word" {
                    out.bare.insert(fold::lower(row.get("text")));
                    return Ok(());
                }
                let codes = |text: &str| -> Result<Vec<u16>, Error> {
                    text.chars().map(|c| out.code(c).ok_or_else(|| row.error(&format!("{c:?} is no letter")))).collect()
                };
                let (part, before) = (codes(row.get("text"))?, codes(row.get("before"))?);
                match row.get("part") {
                    "onset" if part.len() <= ONSET => {
                        let mask = before.iter().fold(0, |mask, code| mask | 1 << code);
                        out.onsets[key(&part)] = if mask == 0 { u32::MAX } else { mask };
                    }
                    "rime" if (1..=RIME).contains(&part.len()) => out.rimes[key(&part) >> 6] |= 1 << (key(&part) & 63),
                    _ => return Err(row.error("the part is neither a short onset nor a short rime")),
                }
                Ok(())
            })?;
        }
        Ok(out)
    }

    fn code(&self, c: char) -> Option<u16> {
        self.letters.get(c as usize).map(|letter| letter & CODE).filter(|code| *code > 0)
    }

    /// True for a word in composed letters that Vietnamese spelling allows, in small letters, capitals, or with one
    /// capital at its head.
    pub fn is_syllable(&self, word: &str) -> bool {
        let mut codes = [0; ONSET + RIME];
        let (mut len, mut tone, mut capitals, mut first) = (0, 0, 0, false);
        for c in word.chars() {
            let letter = self.letters.get(c as usize).copied().unwrap_or(0);
            if letter & CODE == 0 || len == codes.len() {
                return false;
            }
            let own = (letter & !CAPITAL) >> BITS;
            if own != 0 && std::mem::replace(&mut tone, own) != 0 {
                return false;
            }
            if letter & CAPITAL != 0 {
                capitals += 1;
                first |= len == 0;
            }
            codes[len] = letter & CODE;
            len += 1;
        }
        if !(capitals == 0 || capitals == len || (capitals == 1 && first)) {
            return false;
        }
        let codes = &codes[..len];
        (0..len.min(ONSET + 1)).any(|at| {
            let (onset, rime) = codes.split_at(at);
            rime.len() <= RIME && self.onsets[key(onset)] & 1 << rime[0] != 0 && self.is_rime(rime, tone)
        })
    }

    /// True for a syllable that may stand alone: one with an onset, or a rhyme that is a word ("ở", "yêu"; not "ộ", "iên").
    pub fn is_word(&self, word: &str) -> bool {
        self.is_syllable(word) && (!self.begins_with_vowel(word) || self.bare.contains(fold::lower(word).as_str()))
    }

    /// True for "ủy", "Ông"; false for what begins with no letter.
    pub fn begins_with_vowel(&self, word: &str) -> bool {
        let first = word.chars().next().and_then(|c| self.code(c));
        first.and_then(|code| LETTERS.chars().nth(usize::from(code) - 1)).is_some_and(|letter| VOWELS.contains(letter))
    }

    /// How many words of a thousand are syllables; of a text without words none. Numbers and symbols are no words.
    pub fn share(&self, text: &str) -> u16 {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().any(char::is_lowercase));
        let (all, right) = words.fold((0, 0), |(all, right), word| (all + 1, right + usize::from(self.is_syllable(word))));
        (right * 1000).checked_div(all).unwrap_or(0) as u16
    }

    fn is_rime(&self, rime: &[u16], tone: u16) -> bool {
        let key = key(rime);
        if self.rimes[key >> 6] & 1 << (key & 63) == 0 {
            return false;
        }
        let ends = |letter: char| rime.last().copied() == self.code(letter);
        let ch = ends('h') && rime.len() > 1 && self.code('c') == rime.get(rime.len() - 2).copied();
        tone >= FIRST_OF_STOPPED || !(ends('c') || ends('p') || ends('t') || ch)
    }
}

fn key(codes: &[u16]) -> usize {
    codes.iter().fold(0, |key, code| key << BITS | usize::from(*code))
}

fn letters() -> Vec<u16> {
    let mut out = vec![0; LAST];
    for (code, letter) in (1u16..).zip(LETTERS.chars()) {
        for tone in 0..=TONES.len() {
            let marks = tone.checked_sub(1).map(|at| TONES[at]);
            for (form, capital) in [(letter.to_string(), 0), (letter.to_uppercase().to_string(), CAPITAL)] {
                let mut composed = form.chars().chain(marks).nfc();
                // A consonant with a tone stays two characters.
                if let (Some(c), None) = (composed.next(), composed.next()) {
                    out[c as usize] = code | (tone as u16) << BITS | capital;
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recognised_text_has_fewer_syllables() {
        let share = |text: &str| syllables().share(text);
        assert_eq!(share("Căn cứ Luật số 12/2020/QH14; Ủy ban nhân dân tỉnh"), 1000);
        assert_eq!(share("Cản cú Luậtt sổ; Uy bzn nhân dâjn"), 625);
        assert_eq!(share("12/2020 – …"), 0);
    }

    #[test]
    fn spelling_is_told_from_nonsense() {
        let right = "Nghị quyết về việc giải quyết ĐƯỜNG hoà hòa Uỷ ban nhân dân huyện Ủy khuya ngoằn nghiêng gìn giết ở ý quý Đôí";
        for word in right.split(' ') {
            assert!(syllables().is_syllable(word), "{word}");
        }
        let wrong = "QuyÕt ®Þnh nghÞ vieäc caùc tÝnh cảc ke cê ngê gệ été señor việcc NghỊ ǵ Phường1 wớ façon kă cạp̣ các̀";
        let bad: Vec<&str> = wrong.split(' ').filter(|word| *word != "ke" && syllables().is_syllable(word)).collect();
        assert_eq!(bad, [""; 0]);
    }
}
