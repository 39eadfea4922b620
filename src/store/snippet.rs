//! The piece of a text that shows why it was found.
//!
//! Duty: find the matches, choose the window in which most different ones stand, cut it at words, mark the matches.
//! Not here: choosing the documents.

use super::analyzer::{Analyzer, Step, Word};

/// Bytes of a window: two to three lines of a terminal.
const WIDTH: usize = 320;
/// Bytes that may stand before the first match, so that a reader sees what it belongs to.
const LEAD: usize = 80;
/// What stands for text that was left out.
const CUT: &str = "…";

/// What to mark.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Tokens that are marked wherever they stand.
    pub(super) words: Vec<String>,
    /// Tokens with their places, marked where they stand so; a whole number is one token.
    pub(super) phrases: Vec<Vec<(usize, String)>>,
}

/// A match: bytes, and which of the things to mark it is, for counting different ones.
struct Match {
    start: usize,
    end: usize,
    what: usize,
}

/// Pieces of `text`, matched ones marked; white space is shown as single blanks.
pub(super) fn snippet(text: &str, analyzer: &mut Analyzer, marks: &Marks) -> Vec<(String, bool)> {
    let matches = matches(text, analyzer, marks);
    let (start, end) = window(text, &matches, marks.words.len() + marks.phrases.len());
    let mut pieces = Vec::new();
    if !text[..start].trim().is_empty() {
        push(&mut pieces, CUT, false);
        push(&mut pieces, " ", false);
    }
    let mut at = start;
    for found in matches.iter().filter(|found| found.start >= start && found.end <= end) {
        if found.start > at {
            push(&mut pieces, &text[at..found.start], false);
        }
        push(&mut pieces, &text[found.start.max(at)..found.end.max(at)], true);
        at = found.end.max(at);
    }
    push(&mut pieces, &text[at..end], false);
    if !text[end..].trim().is_empty() {
        push(&mut pieces, " ", false);
        push(&mut pieces, CUT, false);
    }
    pieces
}

fn matches(text: &str, analyzer: &mut Analyzer, marks: &Marks) -> Vec<Match> {
    let steps = analyzer.steps(text);
    let word = |at: usize| steps.get(at).map(|(step, forms)| analyzer.word(step.clone(), *forms));
    let bears = |word: &Word, token: &str| {
        *word.exact == *token || word.folded.as_deref() == Some(token) || word.number.as_ref().is_some_and(|(key, _)| key == token)
    };
    let mut found = Vec::new();
    let mut opens = Opens::new(marks);
    for (i, (step, forms)) in steps.iter().enumerate() {
        if !opens.may(analyzer, step, *forms) {
            continue;
        }
        let Some(first) = word(i) else { continue };
        if let Some(what) = marks.words.iter().position(|token| *first.exact == **token || first.folded.as_deref() == Some(token)) {
            found.push(Match { start: first.start, end: first.end, what });
        }
        for (nth, phrase) in marks.phrases.iter().enumerate() {
            let Some((last_at, last_token)) = phrase.last() else { continue };
            if !phrase.iter().all(|(at, token)| word(i + at).is_some_and(|word| bears(&word, token))) {
                continue;
            }
            let Some(last) = word(i + last_at) else { continue };
            // The token of a whole number covers all its parts.
            let end = last.number.as_ref().filter(|(key, _)| key == last_token).map_or(last.end, |(_, end)| *end);
            found.push(Match { start: first.start, end, what: marks.words.len() + nth });
        }
    }
    found.sort_by_key(|found| (found.start, found.end));
    found
}

/// With which words a match can open; of each form it is found out once.
struct Opens<'m> {
    marks: &'m Marks,
    /// By index of the form.
    known: Vec<Option<bool>>,
}

impl<'m> Opens<'m> {
    fn new(marks: &'m Marks) -> Self {
        Opens { marks, known: Vec::new() }
    }

    /// Whether a match may open with this word. Words inside of numbers, which are few, always may: they have tokens of their own.
    fn may(&mut self, analyzer: &Analyzer, step: &Step, forms: usize) -> bool {
        if step.in_number {
            return true;
        }
        if self.known.len() <= forms {
            self.known.resize(forms + 1, None);
        }
        *self.known[forms].get_or_insert_with(|| {
            let opens = |token: &str| {
                let first = |phrase: &Vec<(usize, String)>| phrase.iter().any(|(at, word)| *at == 0 && word == token);
                self.marks.words.iter().any(|word| word == token) || self.marks.phrases.iter().any(first)
            };
            analyzer.forms(forms).into_iter().any(opens)
        })
    }
}

/// The window with the most different matches of `kinds`, then the most adjacent ones, then the most; the first of equals.
fn window(text: &str, matches: &[Match], kinds: usize) -> (usize, usize) {
    let mut best = (0, 0, 0);
    let mut place = 0;
    // For each kind, behind which match it was seen last.
    let mut seen = vec![0; kinds];
    for (i, first) in matches.iter().enumerate() {
        let count = matches[i..].iter().take_while(|found| found.end <= first.start + WIDTH - LEAD).count();
        let inside = &matches[i..i + count];
        let mut different = 0;
        for found in inside {
            different += usize::from(std::mem::replace(&mut seen[found.what], i + 1) != i + 1);
        }
        let adjacent = inside.windows(2).filter(|pair| pair[1].start <= pair[0].end + 1).count();
        let score = (different, adjacent, inside.len());
        if score > best {
            (best, place) = (score, i);
        }
    }
    let Some(first) = matches.get(place) else { return (0, cut_back(text, 0, WIDTH)) };
    let start = lead(text, first.start);
    let end = cut_back(text, first.end, start + WIDTH);
    (start, end)
}

/// Where to begin so that the match at `at` is seen with what leads to it: its line or sentence if near, else a word.
fn lead(text: &str, at: usize) -> usize {
    let mut from = at.saturating_sub(LEAD);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = &text[from..at];
    if let Some(line) = before.rfind('\n') {
        return from + line + 1;
    }
    if from == 0 {
        return 0;
    }
    if let Some(sentence) = before.rfind(". ") {
        return from + sentence + 2;
    }
    before.find(char::is_whitespace).map_or(at, |blank| from + blank + 1)
}

/// The last end of a word at or before `to`, but not before `least`.
fn cut_back(text: &str, least: usize, to: usize) -> usize {
    if to >= text.len() {
        return text.len();
    }
    let mut end = to.max(least);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[least..end].rfind(char::is_whitespace).map_or(end, |blank| least + blank)
}

/// Appends text with its white space as single blanks; marked pieces parted by one blank become one.
fn push(pieces: &mut Vec<(String, bool)>, text: &str, marked: bool) {
    let ends_blank = pieces.last().is_none_or(|(text, _)| text.ends_with(' '));
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c != ' ' || !(shown.ends_with(' ') || shown.is_empty() && ends_blank) {
            shown.push(c);
        }
    }
    if shown.is_empty() {
        return;
    }
    let count = pieces.len();
    if marked && count >= 2 && pieces[count - 1].0 == " " && pieces[count - 2].1 {
        pieces.pop();
        pieces[count - 2].0.push(' ');
        pieces[count - 2].0.push_str(&shown);
        return;
    }
    match pieces.last_mut() {
        Some((last, same)) if *same == marked => last.push_str(&shown),
        _ => pieces.push((shown, marked)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Tables;
    use proptest::prelude::*;

    fn cut(text: &str, words: &[&str]) -> String {
        let (numbers, words): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| word.starts_with('#'));
        let phrases = numbers.into_iter().map(|number| vec![(0, number.to_owned())]).collect();
        let marks = Marks { words: words.into_iter().map(str::to_owned).collect(), phrases };
        snippet(text, &mut Analyzer::new(&Tables::builtin()), &marks)
            .iter()
            .map(|(text, mark)| if *mark { format!("[{text}]") } else { text.clone() })
            .collect()
    }

    #[test]
    fn the_densest_place_is_shown_and_neighbours_are_one_mark() {
        let text = format!("Việc đối chiếu.\n{}\nTăng cường công tác đối  ngoại\nnhân dân. Hết.", "Câu khác. ".repeat(60));
        assert_eq!(cut(&text, &["~doi", "~ngoai"]), "… Tăng cường công tác [đối ngoại] nhân dân. Hết.");
    }

    #[test]
    fn without_a_match_the_beginning_is_shown() {
        assert_eq!(cut("Một văn bản ngắn", &["~khong"]), "Một văn bản ngắn");
    }

    proptest! {
        #[test]
        fn any_text_is_cut_at_characters(text in "(đối |ngoại|\\n|ă|. |38-CT/TW ){0,120}", word in "(~doi|ngoại|#38-ct/tw)") {
            let shown = cut(&text, &[&word]);
            prop_assert!(!shown.contains('\n') && !shown.contains("  "));
        }
    }
}
