//! Characters: NFC, look-alikes, zero-width characters, spaces.
//!
//! Not here: anything that looks at lines or words. `đ` has no decomposition, so `Ð` and `ð` are table rows.

use super::writer::Writer;
use crate::model::OffsetMap;
use crate::tables::{Confusables, Context};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The composed text with its map, or nothing when `text` is as it should be already.
pub(super) fn compose(confusables: &Confusables, text: &str) -> Option<(String, OffsetMap)> {
    let first = first_change(confusables, text)?;
    let mut out = Writer::new(text);
    // A mark may belong to the character before the first change.
    let mut rest = text[..first].char_indices().next_back().map_or(0, |(i, _)| i);
    while let Some(next) = first_change(confusables, &text[rest..]) {
        let at = rest + next;
        let c = text[at..].chars().next().expect("a change stands at a character");
        let after = at + c.len_utf8();
        if is_mark(c) {
            let base = text[out.position()..at].char_indices().next_back().map_or(at, |(i, _)| out.position() + i);
            let end = text[after..].find(|c| !is_mark(c)).map_or(text.len(), |i| after + i);
            out.copy_to(base);
            // A base that was itself replaced just now is gone from the source side; compose what is left.
            let composed: String = text[base..end].nfc().collect();
            if composed == text[base..end] {
                out.copy_to(end)
            } else {
                out.replace_to(end, &composed)
            }
            rest = end;
            continue;
        }
        match confusables.get(c) {
            Some((with, Context::Always)) => {
                out.copy_to(at);
                out.replace_to(after, with);
            }
            Some((with, Context::Latin)) if in_latin_token(confusables, text, at) => {
                out.copy_to(at);
                out.replace_to(after, with);
            }
            _ => out.copy_to(after),
        }
        rest = after;
    }
    out.copy_to(text.len());
    Some(out.finish())
}

fn is_mark(c: char) -> bool {
    c >= '\u{300}' && is_combining_mark(c)
}

/// Offset of the first character that may have to change.
fn first_change(confusables: &Confusables, text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        let byte = bytes[i];
        // ASCII (a tab is a look-alike of a space), the Vietnamese letters of U+1EA0.. and ơ, ư pass at once.
        if byte < 0x80 {
            if byte == b'\t' {
                return Some(i);
            }
            i += 1;
        } else if byte == 0xE1 && matches!(bytes[i + 1], 0xBA | 0xBB) {
            i += 3;
        } else if matches!(byte, 0xC4 | 0xC5)
            || (byte == 0xC6 && matches!(bytes[i + 1], 0xA0 | 0xA1 | 0xAF | 0xB0))
            || (byte == 0xC3 && !matches!(bytes[i + 1], 0x90 | 0xB0))
        {
            i += 2;
        } else {
            let c = text[i..].chars().next().expect("inside the text");
            if is_mark(c) || confusables.get(c).is_some() {
                return Some(i);
            }
            i += c.len_utf8();
        }
    }
    None
}

/// True when the run of non-space characters around `at` has a Latin letter or digit and else only look-alikes.
fn in_latin_token(confusables: &Confusables, text: &str, at: usize) -> bool {
    let start = text[..at].rfind(char::is_whitespace).map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    let end = text[at..].find(char::is_whitespace).map_or(text.len(), |i| at + i);
    let mut latin = false;
    for c in text[start..end].chars() {
        if c.is_ascii_alphanumeric() || ('\u{c0}'..'\u{250}').contains(&c) || ('\u{1e00}'..'\u{1f00}').contains(&c) {
            latin = true;
        } else if c.is_alphabetic() && confusables.get(c).is_none() {
            return false;
        }
    }
    latin
}
