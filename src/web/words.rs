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
    pub(super) fn of(self, key: &str) -> &str {
        ROWS.get(key).map_or(key, |row| row[self as usize])
    }

    /// The words for a text of the program that has a translation; else the text itself. Of several rows with holes that fit, the
    /// one with most words of its own is meant.
    pub(super) fn told(self, text: &str) -> String {
        let row = ROWS.get(format!("told.{text}").as_str()).map(|row| row[self as usize].to_owned());
        row.or_else(|| HOLES.iter().find_map(|row| filled(row, self, text))).unwrap_or_else(|| text.to_owned())
    }

    /// A word with a number in it: `{}` in the table, where one and many are parted by `|` if they differ.
    pub(super) fn count(self, key: &str, number: u64) -> String {
        let words = self.of(key);
        let words = words.split_once('|').map_or(words, |(one, many)| if number == 1 { one } else { many });
        words.replace("{}", &self.digits(number))
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

/// Reasons with something in the middle that stays as it is: `{}`.
static HOLES: LazyLock<Vec<[&'static str; 2]>> = LazyLock::new(|| {
    let mut rows: Vec<_> = ROWS.iter().filter(|(key, _)| key.starts_with("told.") && key.contains("{}")).map(|(_, row)| *row).collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row[1].len()), row[1]));
    rows
});

/// The row's words in the language, where the English ones are `text` with something in place of each hole; the holes have one
/// order in both languages.
fn filled(row: &[&'static str; 2], lang: Lang, text: &str) -> Option<String> {
    let mut fixed = row[1].split("{}");
    let mut rest = text.strip_prefix(fixed.next()?)?;
    let mut inside = Vec::new();
    let mut fixed = fixed.peekable();
    while let Some(piece) = fixed.next() {
        let at = if fixed.peek().is_some() { rest.find(piece).filter(|_| !piece.is_empty())? } else { rest.strip_suffix(piece)?.len() };
        inside.push(&rest[..at]);
        rest = &rest[at + piece.len()..];
    }
    let mut words = row[lang as usize].split("{}");
    let mut out = words.next()?.to_owned();
    for (words, inside) in words.zip(inside) {
        out.push_str(inside);
        out.push_str(words);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{Lang, ROWS, TABLE};

    #[test]
    fn numbers_are_parted_as_the_language_does() {
        assert_eq!((Lang::En.count("search.total", 1), Lang::En.count("search.total", 2)), ("1 document".into(), "2 documents".into()));
        assert_eq!((Lang::Vi.digits(1_234_567), Lang::En.digits(1_234)), ("1.234.567".to_owned(), "1,234".to_owned()));
    }

    #[test]
    fn reasons_are_told_in_the_language_with_what_stands_in_them() {
        assert_eq!(Lang::Vi.told("date next to it"), "theo ngày ghi bên cạnh");
        assert_eq!(Lang::Vi.told("it breaks off (at 7); copy the file again"), "tệp bị đứt giữa chừng (at 7); hãy chép lại tệp");
        assert_eq!(Lang::Vi.told("page 3, 4: its text cannot be read"), "trang 3, 4: không đọc được chữ");
        assert_eq!(
            Lang::Vi.told("the name says PDF, the bytes say HTML; read as HTML"),
            "tên tệp ghi PDF nhưng nội dung là HTML; đã đọc theo HTML"
        );
        assert_eq!((Lang::En.told("date next to it"), Lang::Vi.told("something new")), ("date next to it".into(), "something new".into()));
    }

    #[test]
    fn every_row_has_both_languages_and_a_key_of_its_own() {
        let rows: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
        for row in &rows {
            let cells: Vec<&str> = row.split('\t').collect();
            assert!(cells.len() == 3 && cells.iter().all(|cell| !cell.trim().is_empty()), "{row}");
            let holes = |text: &str| text.rsplit('|').next().unwrap_or_default().matches("{}").count();
            assert_eq!(holes(cells[1]), holes(cells[2]), "{row}");
        }
        assert_eq!(rows.len(), ROWS.len(), "a key stands twice");
    }
}
