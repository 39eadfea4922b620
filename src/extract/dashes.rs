//! Dashes as the paper prints them: "Ban Tuyên giáo – Tổ chức", where the normal text has a hyphen.
//!
//! Duty: put the dash of the source back into words that are shown as written (names, subjects, times). Not here: symbols, whose
//! hyphen is the rule.

use crate::model::{Citation, DocumentFacts, Task};
use std::collections::HashMap;

/// The dashes of one text that stand between two words.
pub(super) struct Dashes<'t> {
    between: HashMap<(&'t str, &'t str), char>,
}

impl<'t> Dashes<'t> {
    /// The dashes of `text`; `None` where it has none but hyphens.
    pub(super) fn of(text: &'t str) -> Option<Dashes<'t>> {
        let mut between = HashMap::new();
        for (at, mark) in text.match_indices(is_dash) {
            if let Some(words) = words_around(text, at, at + mark.len()) {
                between.insert(words, mark.chars().next().unwrap_or('-'));
            }
        }
        (!between.is_empty()).then_some(Dashes { between })
    }

    /// `words` with the dashes of the source in place of hyphens.
    pub(super) fn restore(&self, words: &mut String) {
        if !words.contains('-') {
            return;
        }
        // "50–QĐ/TW" in a subject: a symbol, however it was typed.
        let symbol = |at: usize| words[..at].ends_with(|c: char| c.is_ascii_digit()) && words[at + 1..].starts_with(char::is_uppercase);
        let dash = |at: usize| words_around(words, at, at + 1).filter(|_| !symbol(at)).and_then(|around| self.between.get(&around));
        let dashes: Vec<(usize, char)> = words.match_indices('-').filter_map(|(at, _)| dash(at).map(|dash| (at, *dash))).collect();
        for (at, dash) in dashes.into_iter().rev() {
            words.replace_range(at..=at, dash.encode_utf8(&mut [0; 4]));
        }
    }

    /// Puts the dashes back into what is shown as written.
    pub(super) fn restore_facts(&self, document: &mut DocumentFacts, citations: &mut [Citation], tasks: &mut [Task]) {
        document.title.iter_mut().for_each(|title| self.restore(title));
        citations.iter_mut().filter_map(|citation| citation.issuer.as_mut()).for_each(|issuer| self.restore(issuer));
        for task in tasks {
            let names = task.assignees.iter_mut().chain(&mut task.coordinators).chain(&mut task.report_to);
            names.for_each(|name| self.restore(name));
            task.due.iter_mut().for_each(|due| self.restore(&mut due.text));
        }
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The words on both sides of the mark from `start` to `end`, blanks left out.
fn words_around(text: &str, start: usize, end: usize) -> Option<(&str, &str)> {
    let before = text[..start].trim_end_matches(' ');
    let after = text[end..].trim_start_matches(' ');
    let first = before.char_indices().rev().take_while(|(_, c)| c.is_alphanumeric()).last().map(|(at, _)| at)?;
    let last = after.char_indices().take_while(|(_, c)| c.is_alphanumeric()).last().map(|(at, c)| at + c.len_utf8())?;
    Some((&before[first..], &after[..last]))
}

#[cfg(test)]
mod tests {
    use super::Dashes;

    #[test]
    fn dashes_come_back_where_the_source_has_them() {
        let dashes = Dashes::of("Ban Tuyên giáo – Tổ chức, tháng 8 – 10/2022, Hải Hưng - Nam Hà, số 50–QĐ/TW").expect("two dashes");
        for (words, want) in [
            ("Ban Tuyên giáo - Tổ chức", "Ban Tuyên giáo – Tổ chức"),
            ("Tháng 8 - 10/2022", "Tháng 8 – 10/2022"),
            ("Hải Hưng - Nam Hà", "Hải Hưng - Nam Hà"),
            ("Quy định số 50-QĐ/TW", "Quy định số 50-QĐ/TW"),
        ] {
            let mut words = words.to_owned();
            dashes.restore(&mut words);
            assert_eq!(words, want);
        }
        assert!(Dashes::of("giai đoạn 2021 - 2025").is_none());
    }
}
