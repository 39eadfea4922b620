//! Dates as written: `21/7/2014`, `05-01-2022`, `25.10.2017`, `10 tháng 4 năm 2013`, `tháng 8/2018`, `năm 2025`.
//!
//! Not here: deadlines (see `deadlines`).

use crate::model::Date;

/// What a date expression tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateRead {
    /// The day, where it is told and exists.
    pub date: Option<Date>,
    /// The year.
    pub year: Option<i16>,
    /// Length of the expression in bytes.
    pub len: usize,
    /// Day, month and year are told, but no calendar has them.
    pub impossible: bool,
}

/// Reads a day at the start of `text`, which begins with a digit: `21/7/2014`, `10 tháng 4 năm 2013`.
pub fn day(text: &str) -> Option<DateRead> {
    let (d, mut at) = figure(text, 0, 2)?;
    let bytes = text.as_bytes();
    let (month, year) = match bytes.get(slash(bytes, at)).copied() {
        Some(b'/' | b'-' | b'.') => {
            let (m, next) = figure(text, behind(bytes, slash(bytes, at)), 2)?;
            let next = slash(bytes, next);
            if !matches!(bytes.get(next), Some(b'/' | b'-' | b'.')) {
                return None;
            }
            let (y, end) = figure(text, behind(bytes, next), 4)?;
            at = end;
            (m, y)
        }
        // "07tháng 3năm 2002": the blanks were lost.
        Some(b' ' | b't') => {
            let next = word(text, at, &["tháng", "thang", "thảng"])?;
            let (m, end) = figure(text, skip(text, next), 2)?;
            let next = skip(text, end);
            let next = if bytes.get(next) == Some(&b'/') { next + 1 } else { word(text, end, &["năm", "nam", "nãm"])? };
            let (y, end) = figure(text, skip(text, next), 4)?;
            at = end;
            (m, y)
        }
        _ => return None,
    };
    // "21/7/14" has no century; "1/2/20255" is no year.
    if !(1900..2200).contains(&year) || bytes.get(at).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let date = Date::new(year as i16, month as i8, d as i8).ok();
    Some(DateRead { date, year: Some(year as i16), len: at, impossible: date.is_none() })
}

/// Reads the date that belongs to the number before it: `, ngày 21/7/2014`, ` (ngày 22/12/2024)`, ` năm 2025`,
/// ` ngày ngày 13/…`, ` tháng 8/2018`, `/05/2014` no. The mark of a footnote may stand between.
pub fn attached(text: &str) -> Option<DateRead> {
    let mark = footnote_mark(text);
    if mark > 0 {
        return attached(&text[mark..]).map(|read| DateRead { len: read.len + mark, ..read });
    }
    // A subject in capitals: "NGÀY 14 THÁNG 7 NĂM 2022".
    let window = &text[..text.floor_char_boundary(64)];
    if window.trim_start_matches([' ', ',', '(', '\n']).starts_with("NGÀY") {
        let small = window.to_lowercase();
        return if small.len() == window.len() { attached(&small) } else { None };
    }
    let mut at = 0;
    let bytes = text.as_bytes();
    while matches!(bytes.get(at), Some(b' ' | b',' | b'(' | b'\n' | b';')) && at < 4 {
        if bytes[at] == b';' {
            return None;
        }
        at += 1;
    }
    let mut start = at;
    for lead in ["ký ngày", "ban hành ngày", "đề ngày", "cùng ngày"] {
        if text[start..].starts_with(lead) {
            start += lead.len() - "ngày".len();
        }
    }
    let mut days = 0;
    while let Some(next) = ["ngày", "Ngày", "ngay", "ngảy"].iter().find_map(|w| text[start..].strip_prefix(w)) {
        start = skip(text, text.len() - next.len());
        days += 1;
        if days > 2 {
            return None;
        }
    }
    if days > 0 || (at > 0 && bytes[at - 1] == b'(') {
        if let Some(read) = day(&text[start..]).or_else(|| parted_day(&text[start..])) {
            return Some(DateRead { len: start + read.len, ..read });
        }
        // "ngày 20/8" without a year tells nothing that can be kept.
        return None;
    }
    for lead in ["năm ", "tháng "] {
        let Some(rest) = text[at..].strip_prefix(lead) else { continue };
        let from = text.len() - rest.len();
        if lead == "năm " {
            let (y, end) = figure(text, skip(text, from), 4)?;
            let good = (1930..2200).contains(&y) && !bytes.get(end).is_some_and(u8::is_ascii_digit);
            return good.then_some(DateRead { date: None, year: Some(y as i16), len: end, impossible: false });
        }
        let (_, end) = figure(text, from, 2)?;
        let next = if bytes.get(end) == Some(&b'/') { end + 1 } else { skip(text, word(text, end, &["năm"])?) };
        let (y, end) = figure(text, next, 4)?;
        return (1930..2200).contains(&y).then_some(DateRead { date: None, year: Some(y as i16), len: end, impossible: false });
    }
    None
}

/// The slash behind one blank at `at` ("21 /7/2014"), else `at`: other separators stand close.
fn slash(bytes: &[u8], at: usize) -> usize {
    at + usize::from(bytes.get(at) == Some(&b' ') && bytes.get(at + 1) == Some(&b'/'))
}

/// Behind the separator at `at`, and the blank after a slash ("21/ 7/2014").
fn behind(bytes: &[u8], at: usize) -> usize {
    at + 1 + usize::from(bytes[at] == b'/' && bytes.get(at + 1) == Some(&b' '))
}

/// Length of the footnote mark that touches the symbol before it: the `2` of "NĐ-CP2, ngày", `[5]`, `(6)`.
fn footnote_mark(text: &str) -> usize {
    let open = usize::from(text.starts_with(['[', '(']));
    let bytes = text.as_bytes();
    let digits = bytes[open..].iter().take(3).take_while(|b| b.is_ascii_digit()).count();
    let end = open + digits + open;
    let closed = open == 0 || matches!(bytes.get(open + digits), Some(b']' | b')'));
    let mark = (1..=2).contains(&digits) && closed && bytes.get(end).is_some_and(|b| matches!(b, b' ' | b','));
    if mark { end } else { 0 }
}

/// The day told behind a number by a verb: " được Quốc hội thông qua ngày 18/01/2024", " ban hành ngày 05/3/2020".
pub(super) fn adopted_on(rest: &str) -> Option<Date> {
    const REACH: usize = 80;
    let window = &rest[..rest.floor_char_boundary(REACH)];
    let verb =
        [" thông qua ngày", " ban hành ngày", " ký ngày"].iter().filter_map(|verb| window.find(verb).map(|at| (at, verb.len()))).min()?;
    let before = &window[..verb.0];
    let told = before.is_empty() || [" được ", " đã được ", " do "].iter().any(|by| before.starts_with(by));
    let near = told && !before.contains([',', ';', '.', '(']);
    if near { attached(&rest[verb.0 + verb.1 - " ngày".len()..]).and_then(|read| read.date) } else { None }
}

/// A day right behind a number, as in a row of a list: " 30/9/2022".
pub(super) fn bare(text: &str) -> Option<DateRead> {
    let figures = text.strip_prefix(' ')?;
    let read = day(figures)?;
    let slashed = figures[..read.len].bytes().all(|b| b.is_ascii_digit() || b == b'/');
    slashed.then(|| DateRead { len: read.len + 1, ..read })
}

/// True when what follows a number says that it is of the day told before: ` cùng ngày của …`.
pub(super) fn same_day(text: &str) -> bool {
    text.trim_start_matches([' ', ',', '(']).starts_with("cùng ngày")
}

/// Length of the hour of an urgent telegram before its day: " hồi 16 giờ 30 phút" before " ngày 17/9/2026", " cùng ngày".
pub(super) fn hour(rest: &str) -> usize {
    const LONGEST: usize = 40;
    let Some(told) = ["hồi ", "lúc "].iter().find_map(|word| rest.trim_start_matches([' ', ',']).strip_prefix(word)) else { return 0 };
    let window = &told[..told.floor_char_boundary(LONGEST)];
    let day = ["ngày ", "cùng ngày"].iter().filter_map(|word| window.find(word)).min().unwrap_or(0);
    let clock = window[..day]
        .split_whitespace()
        .all(|word| matches!(word, "giờ" | "phút" | "h" | "g") || word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 5);
    if day > 0 && clock { rest.len() - told.len() + day - 1 } else { 0 }
}

/// A day whose two figures recognition of a page has parted: "1 6/6/2022".
fn parted_day(text: &str) -> Option<DateRead> {
    let [first @ b'0'..=b'3', b' ', b'0'..=b'9', b'/' | b'-' | b'.', ..] = text.as_bytes() else { return None };
    let rest = &text[2..text.floor_char_boundary(16)];
    day(&format!("{}{rest}", char::from(*first))).map(|read| DateRead { len: read.len + 1, ..read })
}

/// The digits at `at`, at most `most` of them. Recognition of a page takes some figures for letters: `2l`, `O5`, `I0`; they
/// count where a digit stands beside them.
fn figure(text: &str, at: usize, most: usize) -> Option<(u32, usize)> {
    let run = text.as_bytes().get(at..)?.iter().take(most);
    let digits = run.clone().take_while(|b| b.is_ascii_digit()).count();
    let like = run.clone().take_while(|b| b.is_ascii_digit() || matches!(b, b'l' | b'I' | b'O' | b'o')).count();
    if like == digits || !text[at..at + like].bytes().any(|b| b.is_ascii_digit()) {
        return text[at..at + digits].parse().ok().map(|n| (n, at + digits));
    }
    text[at..at + like].replace(['l', 'I'], "1").replace(['O', 'o'], "0").parse().ok().map(|n| (n, at + like))
}

fn skip(text: &str, at: usize) -> usize {
    at + text.as_bytes()[at..].iter().take(3).take_while(|b| **b == b' ').count()
}

/// The end of one of `words` after spaces at `at`.
fn word(text: &str, at: usize, words: &[&str]) -> Option<usize> {
    let at = skip(text, at);
    words.iter().find(|w| text[at..].starts_with(**w)).map(|w| at + w.len())
}

#[cfg(test)]
mod tests {
    use super::{attached, day, same_day};

    #[test]
    fn days_are_read() {
        for (text, want, len) in [
            ("21/7/2014 của", "2014-07-21", 9),
            ("07tháng 3năm 2002 của", "2002-03-07", "07tháng 3năm 2002".len()),
            ("05-01-2022", "2022-01-05", 10),
            ("25.10.2017", "2017-10-25", 10),
            ("21 / 7/ 2014 của", "2014-07-21", 12),
            ("10 tháng 4 năm 2013 của", "2013-04-10", "10 tháng 4 năm 2013".len()),
            ("17 tháng 10  năm 2007", "2007-10-17", "17 tháng 10  năm 2007".len()),
            ("2l tháng O7 năm 2024", "2024-07-21", "2l tháng O7 năm 2024".len()),
            ("05/0l/2022 của", "2022-01-05", 10),
        ] {
            let read = day(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((read.date.map(|d| d.to_string()).as_deref(), read.len), (Some(want), len), "{text}");
        }
        assert!(day("31/02/2020").is_some_and(|read| read.impossible && read.date.is_none()));
        assert_eq!(day("5-10/3"), None);
        assert_eq!(day("5 - 10 - 2014"), None);
    }

    #[test]
    fn dates_after_a_number_are_read() {
        assert_eq!(attached(", ngày 21/7/2014 của").and_then(|r| r.date).map(|d| d.to_string()).as_deref(), Some("2014-07-21"));
        assert_eq!(attached(" (ngày 22/12/2024)").and_then(|r| r.date).map(|d| d.to_string()).as_deref(), Some("2024-12-22"));
        assert_eq!(attached(" ngày 1 6/6/2022 của").and_then(|r| r.date).map(|d| d.to_string()).as_deref(), Some("2022-06-16"));
        let capitals = attached(" NGÀY 14 THÁNG 7 NĂM 2022 CỦA");
        assert_eq!(capitals.and_then(|r| r.date).map(|d| d.to_string()).as_deref(), Some("2022-07-14"));
        for text in ["2, ngày 21/7/2014", "[5] ngày 21/7/2014", "(6), ngày 21/7/2014", " cùng ngày 21/7/2014"] {
            let read = attached(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((read.date.map(|d| d.to_string()).as_deref(), read.len), (Some("2014-07-21"), text.len()), "{text}");
        }
        for text in ["[5] của", "[Đã ký]", "(Đ", "[", "(5", "[5"] {
            assert_eq!(attached(text), None, "{text}");
        }
        assert_eq!(attached(" năm 2025").and_then(|r| r.year), Some(2025));
        assert_eq!(attached(" tháng 8/2018").and_then(|r| r.year), Some(2018));
        assert_eq!(attached(" về năm 2025"), None);
        assert!(same_day(", cùng ngày của") && !same_day(" của cùng ngày"));
    }
}
