//! Every word that a person sees, in two languages.
//!
//! Duty: look words up by key and language. They stand in `words.tsv`; words of the papers themselves stay as they are.
//! Not here: the API, which speaks English.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Key, Vietnamese, English.
pub(super) const TABLE: &str = include_str!("words.tsv");

/// A language of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// From a code.
    pub(super) fn parse(code: &str) -> Option<Lang> {
        match code {
            "vi" => Some(Lang::Vi),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// The code of the language.
    pub(super) fn code(self) -> &'static str {
        match self {
            Lang::Vi => "vi",
            Lang::En => "en",
        }
    }

    /// The word of a key; a key that is not in the table stands for itself, which a test forbids.
    pub(super) fn of<'k>(self, key: &'k str) -> &'k str {
        ROWS.get(key).map_or(key, |row| row[self as usize])
    }

    /// The word of `key`, where a text of the program has a translation; else the text itself.
    pub(super) fn told<'k>(self, text: &'k str) -> &'k str {
        match self {
            Lang::En => text,
            Lang::Vi => ROWS.get(format!("told.{text}").as_str()).map_or(text, |row| row[0]),
        }
    }

    /// A word with a number in it: `{}` in the table.
    pub(super) fn count(self, key: &str, number: u64) -> String {
        self.of(key).replace("{}", &self.digits(number))
    }

    /// Digits in groups of three, as the language parts them.
    pub(super) fn digits(self, number: u64) -> String {
        let digits = number.to_string();
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(if self == Lang::Vi { '.' } else { ',' });
            }
            out.push(digit);
        }
        out
    }
}

static ROWS: LazyLock<HashMap<&'static str, [&'static str; 2]>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    rows.filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, [cells.next()?, cells.next()?]))
    })
    .collect()
});

#[cfg(test)]
mod tests {
    use super::{Lang, ROWS, TABLE};

    #[test]
    fn numbers_are_parted_as_the_language_does() {
        assert_eq!((Lang::Vi.digits(1_234_567), Lang::En.digits(1_234)), ("1.234.567".to_owned(), "1,234".to_owned()));
    }

    #[test]
    fn every_row_has_both_languages_and_a_key_of_its_own() {
        let rows: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
        for row in &rows {
            let cells: Vec<&str> = row.split('\t').collect();
            assert!(cells.len() == 3 && cells.iter().all(|cell| !cell.trim().is_empty()), "{row}");
            let holes = |text: &str| text.matches("{}").count();
            assert_eq!(holes(cells[1]), holes(cells[2]), "{row}");
        }
        assert_eq!(rows.len(), ROWS.len(), "a key stands twice");
    }
}
