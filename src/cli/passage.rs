//! A sentence with the words that it is shown for.
//!
//! Duty: mark the words, shorten a long sentence around them. Not here: where sentences come from.

use super::paint::{Text, Tone};

/// Characters kept on either side of the marked words when a sentence is shortened.
const AROUND: usize = 160;

/// The sentence with `words` marked; they begin near byte `at` where that is known, else at their first place.
///
/// With `whole` the sentence is not shortened. Words that are not in the sentence leave it unmarked.
pub(super) fn marked(sentence: &str, words: &str, at: Option<usize>, whole: bool) -> Text {
    let exact = at.filter(|at| sentence.get(*at..).is_some_and(|rest| rest.starts_with(words)));
    let found = exact.or_else(|| sentence.find(words)).filter(|_| !words.is_empty());
    let Some(start) = found else { return Text::default().plain(shortened_end(sentence, 2 * AROUND, whole)) };
    let end = start + words.len();
    let before = shortened_start(&sentence[..start], AROUND, whole);
    let after = shortened_end(&sentence[end..], AROUND, whole);
    Text::default().plain(before).with(Tone::Mark, words).plain(after)
}

/// The last characters of a text, cut at a blank.
fn shortened_start(text: &str, limit: usize, whole: bool) -> String {
    let from = text.char_indices().rev().nth(limit).map(|(at, _)| at);
    match from {
        Some(from) if !whole => {
            let cut = text[from..].find(' ').map_or(from, |blank| from + blank);
            format!("…{}", &text[cut..])
        }
        _ => text.to_owned(),
    }
}

/// The first characters of a text, cut at a blank.
fn shortened_end(text: &str, limit: usize, whole: bool) -> String {
    let to = text.char_indices().nth(limit).map(|(at, _)| at);
    match to {
        Some(to) if !whole => {
            let cut = text[..to].rfind(' ').unwrap_or(to);
            format!("{} …", &text[..cut])
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::marked;
    use crate::cli::paint::Layout;

    fn shown(sentence: &str, words: &str, at: Option<usize>) -> String {
        marked(sentence, words, at, false).lay_out(Layout { width: None, styled: false })
    }

    #[test]
    fn the_words_are_marked_where_they_stand() {
        assert_eq!(shown("theo Chỉ thị 7 và Chỉ thị 7.", "Chỉ thị 7", Some(23)), "theo Chỉ thị 7 và «Chỉ thị 7».");
        assert_eq!(shown("theo Chỉ thị 7.", "Chỉ thị 7", None), "theo «Chỉ thị 7».");
        assert_eq!(shown("theo Chỉ thị 7.", "Chỉ thị 8", Some(2)), "theo Chỉ thị 7.");
    }

    #[test]
    fn a_long_sentence_is_cut_at_blanks() {
        let long = format!("{} Chỉ thị 7 {}", "một hai ba ".repeat(40), "bốn năm ".repeat(60));
        let out = shown(&long, "Chỉ thị 7", None);
        assert!(out.starts_with("… ") && out.ends_with(" …") && out.contains("«Chỉ thị 7»"), "{out}");
        assert!(out.chars().count() < 350, "{out}");
    }
}
