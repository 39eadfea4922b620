//! Labels at the start of a line: `III-`, `8.1.`, `a)`, `-`, `(ii)`, `Điều 5.`, `Một là`.
//!
//! Not here: which items hang under which (see `structure`).

/// The family of a label. Items of one family under one parent are siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LabelClass {
    /// `Phần thứ nhất`, `PHẦN I`.
    Part,
    /// `Chương II`.
    Chapter,
    /// `Mục 1`, `Tiểu mục 2`.
    Section,
    /// `Điều 5.`
    Article,
    /// `A.`
    Capital,
    /// `III-`, `IV.`
    Roman,
    /// `1.`, `1.1.`, `1.1.1`: the number of parts.
    Decimal(u8),
    /// `a)`
    Letter,
    /// `(i)`, `(1)`, `(a)`
    Paren,
    /// `Một là`
    Ordinal,
    /// `-`
    Dash,
    /// `+`
    Plus,
    /// `•` and the like.
    Dot,
}

/// A label at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label<'t> {
    /// Its family.
    pub class: LabelClass,
    /// The label without its punctuation: `III`, `8.1`, `a`, `-`, `Điều 5`.
    pub text: &'t str,
    /// Byte offset at which the words of the line begin.
    pub body: usize,
}

const ORDINALS: [&str; 10] = ["Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười"];

/// Reads the label of `line` (no space before it).
///
/// `1.911 triệu`, `12-NQ/TU`, `2024/QH15`, `V/v` bear none.
pub fn label(line: &str) -> Option<Label<'_>> {
    let bytes = line.as_bytes();
    match *bytes.first()? {
        b'0'..=b'9' => decimal(line),
        b'-' | b'+' => bullet(line),
        b'(' => paren(line),
        0xC3 | 0xE2 | 0xC2 | 0xEF => symbol_bullet(line).or_else(|| word_label(line)),
        b'a'..=b'z' => letter(line),
        0xC4 => letter(line).or_else(|| word_label(line)),
        b'A'..=b'Z' => roman(line).or_else(|| word_label(line)).or_else(|| capital(line)),
        _ => None,
    }
}

fn skip_spaces(line: &str, mut at: usize) -> usize {
    while line.as_bytes().get(at) == Some(&b' ') {
        at += 1;
    }
    at
}

fn decimal(line: &str) -> Option<Label<'_>> {
    let bytes = line.as_bytes();
    let mut at = 0;
    let mut parts = 0u8;
    loop {
        let start = at;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        let digits = at - start;
        if digits == 0 || digits > if parts == 0 { 3 } else { 2 } {
            return None;
        }
        parts += 1;
        if parts < 5 && bytes.get(at) == Some(&b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
            at += 1;
        } else {
            break;
        }
    }
    let text = &line[..at];
    let mut end = at;
    let mark = bytes.get(at).copied();
    match mark {
        Some(b'.' | b')') => {
            end += 1;
            // "1.)" and "1.-" occur.
            if matches!(bytes.get(end), Some(b'-' | b')')) && bytes.get(end + 1) == Some(&b' ') {
                end += 1;
            }
        }
        Some(b'-' | b'/') if bytes.get(at + 1) == Some(&b' ') && parts == 1 && at <= 2 => end += 1,
        Some(b'-') if (parts == 1 && at <= 2 || parts > 1) && starts_word(&line[at + 1..]) => end += 1,
        // "3/Kiểm tra", not "3/NQ-CP".
        Some(b'/') if parts == 1 && at <= 2 && starts_small(&line[at + 1..]) => end += 1,
        Some(b':') if parts == 1 => return None,
        Some(b' ') if parts > 1 && line[skip_spaces(line, at)..].starts_with(|c: char| c.is_uppercase()) => {}
        Some(b' ') if parts == 1 && bytes[skip_spaces(line, at)..].first() == Some(&b'-') && at <= 2 => {
            // "1 - Mục tiêu", not "2016 - 2020" and not "5 - 10"
            let dash = skip_spaces(line, at);
            if bytes.get(dash + 1) != Some(&b' ') || !starts_word(line[dash + 1..].trim_start()) {
                return None;
            }
            end = dash + 1;
        }
        // "5.1" alone: the cell of a table of tasks.
        None if parts > 1 => {}
        _ => return None,
    }
    let rest = &line[end..];
    let body = skip_spaces(line, end);
    // A figure such as "1.911", "3.5" or a date "10. 4" is no label.
    if !rest.is_empty() && !rest.starts_with(' ') && !rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '“' | '(' | '['))
    {
        return None;
    }
    Some(Label { class: LabelClass::Decimal(parts), text, body })
}

/// True when a word of running text begins here: a capital followed by small letters, or a small letter.
fn starts_word(text: &str) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return false };
    if first == ' ' {
        return starts_word(text.trim_start());
    }
    first.is_alphabetic() && (first.is_lowercase() || chars.take(4).any(char::is_lowercase) || !text.contains('/'))
}

/// True for a capital with small letters behind it.
fn starts_small(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase)
}

fn bullet(line: &str) -> Option<Label<'_>> {
    let rest = line[1..].trim_start_matches('-');
    if rest.starts_with([' ', '"', '“']) || rest.starts_with(char::is_alphabetic) {
        let after = line.len() - rest.len();
        // "- 2020" goes on from "2016"; a list item begins with a word, mostly.
        let body = skip_spaces(line, after);
        if line.as_bytes()[body..].is_empty() {
            return None;
        }
        let class = if line.starts_with('-') { LabelClass::Dash } else { LabelClass::Plus };
        return Some(Label { class, text: &line[..1], body });
    }
    None
}

fn symbol_bullet(line: &str) -> Option<Label<'_>> {
    let c = line.chars().next()?;
    if matches!(c, '•' | '●' | '▪' | '■' | '◦' | '○' | '·' | '►' | '▸' | '✓' | '\u{f0b7}' | '\u{f02d}' | '※') {
        let body = skip_spaces(line, c.len_utf8());
        return Some(Label { class: LabelClass::Dot, text: &line[..c.len_utf8()], body });
    }
    None
}

fn paren(line: &str) -> Option<Label<'_>> {
    let close = line.find(')')?;
    let inside = &line[1..close];
    let good = !inside.is_empty()
        && inside.len() <= 4
        && (inside.bytes().all(|b| b.is_ascii_digit()) && inside.len() <= 2
            || inside.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
            || inside.chars().count() == 1 && inside.chars().all(char::is_lowercase));
    good.then(|| Label { class: LabelClass::Paren, text: inside, body: skip_spaces(line, close + 1) })
}

fn letter(line: &str) -> Option<Label<'_>> {
    let c = line.chars().next()?;
    if !c.is_lowercase() {
        return None;
    }
    let mut at = c.len_utf8();
    while at < 4 && line.as_bytes().get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    match line.as_bytes().get(at)? {
        b')' => {}
        b'.' | b'/' if matches!(line.as_bytes().get(at + 1), Some(b' ')) || starts_small(&line[at + 1..]) => {}
        _ => return None,
    }
    Some(Label { class: LabelClass::Letter, text: &line[..at], body: skip_spaces(line, at + 1) })
}

fn roman(line: &str) -> Option<Label<'_>> {
    let end = line.bytes().position(|b| !matches!(b, b'I' | b'V' | b'X' | b'L')).unwrap_or(line.len());
    if end == 0 || end > 6 {
        return None;
    }
    let mark = skip_spaces(line, end);
    let body = match line.as_bytes().get(mark) {
        Some(b'.' | b')') => mark + 1,
        Some(b'-') if mark > end || line.as_bytes().get(mark + 1) == Some(&b' ') || starts_word(&line[mark + 1..]) => mark + 1,
        Some(b'/') if line.as_bytes().get(mark + 1) == Some(&b' ') => mark + 1,
        _ => return None,
    };
    // "I.1. Mục tiêu" counts as its own path; keep the Roman part only when words follow.
    if line.as_bytes().get(body).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    Some(Label { class: LabelClass::Roman, text: &line[..end], body: skip_spaces(line, body) })
}

fn capital(line: &str) -> Option<Label<'_>> {
    let c = line.chars().next()?;
    let at = c.len_utf8();
    if !c.is_uppercase() || !matches!(line.as_bytes().get(at), Some(b'.' | b')')) || line.as_bytes().get(at + 1) != Some(&b' ') {
        return None;
    }
    Some(Label { class: LabelClass::Capital, text: &line[..at], body: skip_spaces(line, at + 1) })
}

/// `Điều 5.`, `Chương II`, `Phần thứ nhất`, `Một là:`
fn word_label(line: &str) -> Option<Label<'_>> {
    let space = line.find(' ')?;
    let class = match &line[..space] {
        "Điều" | "ĐIỀU" => LabelClass::Article,
        "Chương" | "CHƯƠNG" => LabelClass::Chapter,
        "Mục" | "MỤC" => LabelClass::Section,
        "Phần" | "PHẦN" => LabelClass::Part,
        word if ORDINALS.contains(&word) && line[space..].starts_with(" là") => {
            let end = space + " là".len();
            let body = end + line[end..].find(|c: char| c.is_alphabetic()).unwrap_or(0);
            return matches!(line.as_bytes().get(end), Some(b',' | b':' | b' ')).then_some(Label {
                class: LabelClass::Ordinal,
                text: &line[..end],
                body,
            });
        }
        _ => return None,
    };
    let number = skip_spaces(line, space);
    let length = line[number..].find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(line.len() - number);
    let word = &line[number..number + length];
    let numbered = word.bytes().next().is_some_and(|b| b.is_ascii_digit())
        || (!word.is_empty() && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L')));
    let mut end = number + length;
    if !numbered {
        // "Phần thứ nhất"
        let rest = &line[number..];
        if class != LabelClass::Part || !(rest.starts_with("thứ ") || rest.starts_with("THỨ ")) {
            return None;
        }
        let word = number + "thứ ".len();
        end = word + line[word..].find([' ', ':', '.', '\n']).unwrap_or(line.len() - word);
    }
    let text = &line[..end];
    let mut body = end;
    match line.as_bytes().get(end) {
        Some(b'.' | b':' | b'-') => body = end + 1,
        None => {}
        // "Điều 5 của Luật" in running text that begins a line is no heading; "Điều 5 Phạm vi" is.
        Some(b' ') if class == LabelClass::Article => {
            if !line[skip_spaces(line, end)..].starts_with(char::is_uppercase) {
                return None;
            }
        }
        Some(b' ') => {}
        _ => return None,
    }
    Some(Label { class, text, body: skip_spaces(line, body) })
}

#[cfg(test)]
mod tests {
    use super::{LabelClass, label};

    #[test]
    fn labels_are_read() {
        for (line, class, text, body) in [
            ("1. Tăng cường", LabelClass::Decimal(1), "1", "Tăng cường"),
            ("1- Tiếp tục", LabelClass::Decimal(1), "1", "Tiếp tục"),
            ("5.1- Ban cán sự", LabelClass::Decimal(2), "5.1", "Ban cán sự"),
            ("3/Kiểm tra", LabelClass::Decimal(1), "3", "Kiểm tra"),
            ("b.Vận động", LabelClass::Letter, "b", "Vận động"),
            ("8.1. Ban", LabelClass::Decimal(2), "8.1", "Ban"),
            ("1.1 Mục tiêu", LabelClass::Decimal(2), "1.1", "Mục tiêu"),
            ("III- Tổ chức", LabelClass::Roman, "III", "Tổ chức"),
            ("I - MỤC TIÊU :", LabelClass::Roman, "I", "MỤC TIÊU :"),
            ("a) Thực hiện", LabelClass::Letter, "a", "Thực hiện"),
            ("đ) Rà soát", LabelClass::Letter, "đ", "Rà soát"),
            ("- Sở Nội vụ", LabelClass::Dash, "-", "Sở Nội vụ"),
            ("(ii) Thực hiện", LabelClass::Paren, "ii", "Thực hiện"),
            ("Điều 5. Tổ chức", LabelClass::Article, "Điều 5", "Tổ chức"),
            ("Chương II", LabelClass::Chapter, "Chương II", ""),
            ("Phần thứ nhất", LabelClass::Part, "Phần thứ nhất", ""),
            ("Một là: Nâng cao", LabelClass::Ordinal, "Một là", "Nâng cao"),
            ("1.", LabelClass::Decimal(1), "1", ""),
            ("5.1", LabelClass::Decimal(2), "5.1", ""),
        ] {
            let found = label(line).unwrap_or_else(|| panic!("no label in {line:?}"));
            assert_eq!((found.class, found.text, &line[found.body..]), (class, text, body), "{line}");
        }
    }

    #[test]
    fn what_is_no_label() {
        for line in [
            "1.911, 99 triệu",
            "12-NQ/TU, ngày",
            "3/NQ-CP",
            "1.5-2 lần",
            "2024/QH15",
            "V/v xin ý kiến",
            "10/4/2013",
            "- ",
            "15 tháng",
            "Điều 5 của Luật",
            "B",
        ] {
            assert_eq!(label(line), None, "{line}");
        }
    }
}
