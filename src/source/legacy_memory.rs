//! How words were read in an encoding from before Unicode, kept while a paper is read.
//!
//! Duty: each different word is turned into letters and looked up among the syllables once. A paper says the same few
//! hundred words again and again, and each stretch of it is tried in several encodings. Not here: the reading itself
//! ([`legacy_words`](super::legacy_words)).

use super::legacy_words::{Encoding, Score};
use foldhash::fast::RandomState;
use std::collections::HashMap;

/// Words kept for each encoding, at most; text that is no language has no end of them.
const MOST: usize = 1 << 15;
/// Longest word that is kept, in bytes.
const LONGEST: usize = 64;

/// Words as they were read, with their letters and how far these are Vietnamese.
type Readings = HashMap<Box<str>, (Box<str>, Score), RandomState>;

/// Readings of the words met so far.
#[derive(Default)]
pub(super) struct Memory {
    of_encoding: [Readings; Encoding::ALL.len()],
}

impl Memory {
    /// Appends `text` as letters of the encoding, as [`Encoding::read`] does; how far the outcome is Vietnamese.
    pub(super) fn read(&mut self, encoding: Encoding, text: &str, out: &mut String) -> Score {
        let known = &mut self.of_encoding[encoding as usize];
        let bytes = text.as_bytes();
        let mut score = Score::default();
        let (mut written, mut at) = (0, 0);
        while at < bytes.len() {
            let start = at;
            let mut is_plain = true;
            while at < bytes.len() && is_part(bytes[at]) {
                is_plain &= bytes[at].is_ascii_alphanumeric();
                at += 1;
            }
            if is_plain {
                // Plain letters and what parts words are the same in all of them.
                at += 1;
                continue;
            }
            out.push_str(&text[written..start]);
            written = at;
            let word = &text[start..at];
            if let Some((letters, told)) = known.get(word) {
                out.push_str(letters);
                score.add(*told);
                continue;
            }
            let from = out.len();
            encoding.read(word, out);
            let told = Score::of(&out[from..]);
            score.add(told);
            if word.len() <= LONGEST && known.len() < MOST {
                known.insert(word.into(), (out[from..].into(), told));
            }
        }
        out.push_str(&text[written..]);
        score
    }
}

/// True for a byte of a word; control characters are letters in some encodings.
fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 || (byte.is_ascii_control() && !byte.is_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_kept_read_as_the_whole_text_does(text in "([a-zA-Z0-9 .,\n\u{2}\u{1e}]|[\u{80}-\u{ff}]|[ăâđơưỹ\u{301}\u{2013}€]){0,40}") {
            let mut memory = Memory::default();
            for encoding in Encoding::ALL {
                let (mut whole, mut by_word, mut again) = (String::new(), String::new(), String::new());
                encoding.read(&text, &mut whole);
                let first = memory.read(encoding, &text, &mut by_word);
                prop_assert_eq!(&by_word, &whole);
                prop_assert_eq!(memory.read(encoding, &text, &mut again), first);
                prop_assert_eq!(again, whole);
            }
        }
    }
}
