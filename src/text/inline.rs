//! Inside one line: Markdown and HTML residue, footnote marks, runs of spaces, columns parted by a wide gap.

use super::writer::Writer;
use crate::model::text::FootnoteMark;

/// Bytes of a place before its day.
const PLACE: usize = 40;

/// Copies the line `start..end` of `text` without its residue. `split` turns a gap between two short columns of words into a
/// line break.
pub(super) fn copy_line(out: &mut Writer<'_>, text: &str, start: usize, end: usize, split: bool, marks: &mut Vec<FootnoteMark>) {
    let bytes = text.as_bytes();
    let mut at = start;
    let mut empty = true;
    let mut underscored = false;
    while at < end {
        let next = at + plain_run(&bytes[at..end], empty || out.ends_with(' '));
        if next > at {
            out.copy_to(next);
            empty = false;
            at = next;
            continue;
        }
        match bytes[at] {
            b' ' => {
                let stop = at + bytes[at..end].iter().take_while(|b| **b == b' ').count();
                if empty || stop == end || out.ends_with(' ') {
                    out.drop_to(stop);
                } else if split && parts_columns(out.line(), stop - at, &text[stop..end]) {
                    out.replace_to(stop, "\n");
                } else {
                    out.copy_to(at + 1);
                    out.drop_to(stop);
                }
                at = stop;
            }
            b'*' => {
                // "(*)" is a mark that readers look for; every other star is emphasis, or the star of the letterhead.
                let stop = at + bytes[at..end].iter().take_while(|b| **b == b'*').count();
                if stop == at + 1 && at > start && bytes[at - 1] == b'(' && bytes.get(stop) == Some(&b')') {
                    out.copy_to(stop);
                } else if stop - at >= 3 && !empty && !out.ends_with(' ') && bytes.get(stop).is_some_and(|b| stop < end && *b != b' ') {
                    // "**CHỈ THỊ****về": two runs of bold text that touch.
                    out.replace_to(stop, " ");
                } else if at == start && is_bullet(&text[at..end]) {
                    out.replace_to(stop, "-");
                    empty = false;
                } else {
                    out.drop_to(stop);
                }
                at = stop;
            }
            b'\\' => {
                if at + 1 < end && bytes[at + 1].is_ascii_punctuation() {
                    out.drop_to(at + 1);
                    // What was escaped stands for itself, but an escaped star is still the letterhead's star.
                    if bytes[at + 1] != b'*' {
                        out.copy_to(at + 2);
                        empty = false;
                    } else {
                        out.drop_to(at + 2);
                    }
                    at += 2;
                } else {
                    out.copy_to(at + 1);
                    at += 1;
                }
            }
            b'<' => at = tag(out, text, at, end, empty, marks),
            b'&' => {
                let (with, length) = entity(&text[at..end]);
                if length == 1 {
                    out.copy_to(at + 1)
                } else {
                    out.replace_to(at + length, with)
                }
                empty = false;
                at += length;
            }
            b'_' => {
                let stop = at + bytes[at..end].iter().take_while(|b| **b == b'_').count();
                // "_Cơ quan chủ trì: …_": emphasis stands at the edges of words, "QĐ_BTC" within a symbol.
                let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
                let (before, behind) = (text[start..at].chars().next_back(), text[stop..end].chars().next());
                let opens = stop - at <= 2 && edge(before) && !edge(behind);
                let closes = underscored && edge(behind) && before.is_some_and(|c| c != ' ');
                underscored = opens || underscored && !closes;
                if stop - at >= 3 || opens || closes {
                    out.drop_to(stop)
                } else {
                    out.copy_to(stop)
                }
                at = stop;
            }
            _ => {
                // A superscript, or another character of its lead bytes.
                let c = text[at..].chars().next().expect("inside the line");
                if superscript(c).is_some() && !empty && !after_unit(&text[start..at], c) {
                    let digits = text[at..end].find(|c| superscript(c).is_none()).map_or(end, |i| at + i);
                    let label = text[at..digits].chars().filter_map(superscript).collect();
                    marks.push(FootnoteMark { at: out.len(), label });
                    out.drop_to(digits);
                    at = digits;
                } else {
                    at += c.len_utf8();
                    out.copy_to(at);
                    empty = false;
                }
            }
        }
    }
}

/// Length of the prefix in which nothing needs a look; `tight` when a space that comes first is one too many.
fn plain_run(bytes: &[u8], tight: bool) -> usize {
    let mut i = 0;
    while i < bytes.len() {
        match bytes[i] {
            b'*' | b'\\' | b'<' | b'&' | b'_' => return i,
            b' ' if (i == 0 && tight) || bytes.get(i + 1).is_none_or(|b| *b == b' ') => return i,
            0xC2 if matches!(bytes.get(i + 1), Some(0xB2 | 0xB3 | 0xB9)) => return i,
            0xE2 if bytes.get(i + 1) == Some(&0x81) => return i,
            _ => i += 1,
        }
    }
    i
}

/// True when `rest` is a column of its own, `gap` spaces behind `before`: it begins with a capital or is a list item, four spaces
/// away; or it is the place and day of a letterhead beside a body's name in capitals, and any gap tells (NĐ 30/2020, Phụ lục I).
fn parts_columns(before: &str, gap: usize, rest: &str) -> bool {
    let words = rest.strip_prefix("- ").unwrap_or(rest);
    if gap < 2 || !words.starts_with(char::is_uppercase) {
        return false;
    }
    let place = || words.find(", ngày ").is_some_and(|at| at < PLACE);
    let capitals = || !before.contains(char::is_lowercase) && before.chars().filter(|c| c.is_uppercase()).count() > 3;
    gap >= 4 && before.contains(char::is_alphanumeric) || place() && capitals()
}

/// The digit of a superscript.
pub(super) fn superscript(c: char) -> Option<char> {
    Some(match c {
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '\u{2070}' => '0',
        '\u{2074}'..='\u{2079}' => char::from(b'4' + (c as u32 - 0x2074) as u8),
        _ => return None,
    })
}

/// `m²`, `km²`, `m³` are units.
fn after_unit(before: &str, c: char) -> bool {
    matches!(c, '²' | '³')
        && before.ends_with('m')
        && before.chars().rev().nth(1).is_none_or(|c| !c.is_alphabetic() || matches!(c, 'k' | 'c' | 'd' | 'm'))
}

/// Handles the tag at `at`; returns where to go on. An unknown `<` stays.
fn tag(out: &mut Writer<'_>, text: &str, at: usize, end: usize, empty: bool, marks: &mut Vec<FootnoteMark>) -> usize {
    let rest = &text[at..end];
    let Some(close) = rest.bytes().take(40).position(|b| b == b'>') else {
        out.copy_to(at + 1);
        return at + 1;
    };
    let inside = rest[1..close].trim_start_matches('/');
    let name = inside.split([' ', '/']).next().unwrap_or("");
    if name == "sup" && !rest.starts_with("</") {
        let content = at + close + 1;
        if let Some(length) = text[content..end].find("</sup>").filter(|length| *length <= 8) {
            let label: String = text[content..content + length].chars().filter(|c| c.is_alphanumeric() || *c == '*').collect();
            let stop = content + length + "</sup>".len();
            if empty {
                let raised: String = label.chars().filter_map(raise).collect();
                out.replace_to(stop, &raised);
            } else {
                marks.push(FootnoteMark { at: out.len(), label });
                out.drop_to(stop);
            }
            return stop;
        }
    }
    if matches!(name, "sup" | "sub" | "b" | "i" | "u" | "em" | "strong" | "span" | "p" | "div" | "font" | "a" | "mark") {
        out.drop_to(at + close + 1);
    } else if matches!(name, "br" | "br/") {
        out.replace_to(at + close + 1, "\n");
    } else {
        out.copy_to(at + 1);
        return at + 1;
    }
    at + close + 1
}

fn raise(c: char) -> Option<char> {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(c.to_digit(10)? as usize)
}

/// The character that an entity stands for and the length of the entity; length 1 for a plain ampersand.
fn entity(text: &str) -> (&'static str, usize) {
    for (name, with) in [
        ("&amp;", "&"),
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&ndash;", "-"),
        ("&mdash;", "-"),
    ] {
        if text.starts_with(name) {
            return (with, name.len());
        }
    }
    ("&", 1)
}

/// True for an item of a Markdown list ("*   Rà soát …"); the star of a letterhead stands alone or before "Số".
pub(super) fn is_bullet(line: &str) -> bool {
    const WIDEST: usize = 5;
    let Some(rest) = line.strip_prefix('*') else { return false };
    let words = rest.trim_start_matches(' ');
    let gap = rest.len() - words.len();
    let begins = words.trim_start_matches('*').starts_with(char::is_alphabetic);
    (1..=WIDEST).contains(&gap) && begins && !words.starts_with("Số ") && !words.starts_with("Số:") && words.chars().any(char::is_lowercase)
}
