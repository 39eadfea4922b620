//! Where a sentence begins and ends inside a line of normal text.

use crate::model::Span;

/// Bytes of a sentence on either side; without such an end a line with thousands of mentions would take the square of its length.
const REACH: usize = 8 << 10;

/// The sentence of `line` that holds the byte offset `at`, as far as it reaches.
pub fn around(line: &str, at: usize) -> Span {
    let mut start = line.floor_char_boundary(at.saturating_sub(REACH));
    let mut end = line.ceil_char_boundary(at.saturating_add(REACH).min(line.len()));
    let from = start;
    for i in memchr::memchr3_iter(b'.', b'!', b'?', &line.as_bytes()[start..end]).map(|i| from + i) {
        if !is_end(line, i) {
            continue;
        }
        if i < at {
            start = i + 1;
        } else {
            end = i + 1;
            break;
        }
    }
    // "Thay thế cụm từ “Kính gửi: …. Theo đề nghị …” bằng …": the end of a quoted sentence ends none outside the quotation.
    if let Some(close) = line[start..at.max(start)].find('”')
        && !line[start..start + close].contains('“')
        && let Some(open) = line[..start].rfind('“')
        && start - open < REACH
    {
        start = around(line, open).start;
    }
    while line[start..end].starts_with(' ') {
        start += 1;
    }
    Span::new(start, end.max(start))
}

/// True when the mark at `i` ends a sentence: a space and a capital follow, and no abbreviation or figure goes before.
fn is_end(line: &str, i: usize) -> bool {
    let rest = &line[i + 1..];
    let Some(after) = rest.strip_prefix(' ') else { return false };
    if !after.trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '(')) {
        return false;
    }
    let word = line[..i].rsplit([' ', '(', ',']).next().unwrap_or("");
    let length = word.chars().count();
    // "TP. Hồ Chí Minh", "1. Tăng cường", "PGS. TS."
    !(length <= 3 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit()) || matches!(word, "Tp" | "ThS" | "đ/c" | "Th"))
}

/// The clause of `line` that ends at `at`: from the last `;`, sentence end, or opening bracket that is not closed.
pub fn clause_before(line: &str, at: usize) -> Span {
    let sentence = around(line, at);
    let before = &line[sentence.start..at.max(sentence.start)];
    let mut start = sentence.start;
    let mut depth = 0i32;
    for (i, c) in before.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' if depth > 0 => depth -= 1,
            ';' | '(' if depth == 0 => {
                start = sentence.start + i + 1;
                break;
            }
            _ => {}
        }
    }
    Span::new(start, at.max(start))
}
