//! The lines of a text as they stand, and what can be told of them one by one.

use super::label::label;
use crate::model::Span;

/// What a line is by its characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    /// Words.
    Text,
    /// A rule: `-----`, `____`, `***`.
    Rule,
    /// Only `|`: a cell border.
    Border,
    /// A whole table row on one line: `| a | b |`; or a line of one, where cells take several: `| a`, `b | c`, `d |`.
    Row,
    /// A table row without outer borders: `a | b | c`.
    BareRow,
    /// Running head or page number.
    Furniture,
    /// A line of a signature's stamp.
    Stamp,
}

/// One line that is not blank.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools)] // four facts of one line, each asked by itself
pub(super) struct Line {
    /// First byte that is no space or emphasis.
    pub(super) start: usize,
    /// One past the last byte that is no space.
    pub(super) end: usize,
    /// Blanks before its first letter.
    pub(super) indent: u16,
    /// Blank lines before it.
    pub(super) blanks: u16,
    /// A page begins with it.
    pub(super) new_page: bool,
    /// Length in characters.
    pub(super) chars: u16,
    pub(super) kind: LineKind,
    /// Emphasis goes on behind it.
    pub(super) open: bool,
    pub(super) label: bool,
    pub(super) first: Class,
    pub(super) last: Last,
    /// No small letter in it.
    pub(super) caps: bool,
}

/// The first character of the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Lower,
    Upper,
    Digit,
    Other,
}

/// How the words end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Last {
    /// `.` `!` `?` `…`
    Stop,
    /// `;`
    Semicolon,
    /// `:`
    Colon,
    /// `,` and opening marks: something must follow.
    Comma,
    /// A letter, digit or closing mark.
    Open,
}

/// Cuts `text` into lines, at `cuts` too.
pub(super) fn lines(text: &str, cuts: &[usize]) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(text.len() / 60 + 1);
    let mut at = 0;
    let (mut blanks, mut new_page) = (0u16, false);
    // Whether emphasis that some line opened still lasts; none outlasts a blank line, a rule or the border of a cell.
    let mut emphasis = false;
    let bytes = text.as_bytes();
    let mut cuts = cuts.iter().copied().peekable();
    while at <= bytes.len() {
        let stop = memchr::memchr2(b'\n', 0x0C, &bytes[at..]).map_or(bytes.len(), |i| at + i);
        let stop = cuts.next_if(|cut| *cut < stop).unwrap_or(stop);
        let span = without_rules(bytes, trim(bytes, at, stop));
        if span.is_empty() {
            blanks += u16::from(blanks < 999);
        } else {
            let mut line = line(text, span, blanks, new_page);
            let words = matches!(line.kind, LineKind::Text | LineKind::Furniture);
            emphasis = words && (emphasis && blanks == 0) != line.open;
            line.open = emphasis;
            line.indent = (span.start - at).min(999) as u16;
            out.push(line);
            blanks = 0;
            new_page = false;
        }
        if bytes.get(stop) == Some(&0x0C) {
            new_page = true;
        }
        at = stop + 1;
    }
    out
}

/// Marks the rows of tables that cell borders alone do not tell: those whose cells take several lines, and those without outer borders.
pub(super) fn mark_rows(text: &str, lines: &mut [Line]) {
    const LINES_OF_ROW: usize = 15;
    const FEWEST_ROWS: usize = 3;
    let words = |line: &Line| &text[line.start..line.end];
    let mut i = 0;
    while i < lines.len() {
        let opens = lines[i].kind == LineKind::Text && words(&lines[i]).starts_with('|');
        let mut inside = lines[i + 1..].iter().take(LINES_OF_ROW).take_while(|l| l.blanks == 0 && l.kind == LineKind::Text);
        let close = if opens { inside.position(|line| words(line).ends_with('|')) } else { None };
        if let Some(close) = close.map(|at| i + 1 + at) {
            for line in &mut lines[i..=close] {
                if words(line).contains('|') {
                    line.kind = LineKind::Row;
                }
            }
            i = close;
        }
        i += 1;
    }
    // As many borders in three lines of words, one below the other.
    let borders = |line: &Line| if line.kind == LineKind::Text { words(line).matches(" | ").count() } else { 0 };
    let mut i = 0;
    while i < lines.len() {
        let count = borders(&lines[i]);
        let rows = lines[i..].iter().take_while(|line| borders(line) == count).count();
        if count >= 2 && rows >= FEWEST_ROWS {
            for line in &mut lines[i..i + rows] {
                line.kind = LineKind::BareRow;
            }
        }
        i += rows.max(1);
    }
}

/// The words of a line without the rule of the other column of a letterhead: "Số: 84/2003/TTLT-BTC-BYT      ----------".
fn without_rules(bytes: &[u8], span: Span) -> Span {
    const SHORTEST: usize = 4;
    let stroke = |b: &&u8| matches!(**b, b'-' | b'_' | b'=');
    let line = &bytes[span.start..span.end];
    let head = line.iter().take_while(stroke).count();
    if head >= SHORTEST && line[head..].starts_with(b"  ") {
        return trim(bytes, span.start + head, span.end);
    }
    let tail = line.iter().rev().take_while(stroke).count();
    if tail >= SHORTEST && line[..line.len() - tail].ends_with(b"  ") {
        return trim(bytes, span.start, span.end - tail);
    }
    span
}

fn trim(bytes: &[u8], mut start: usize, mut end: usize) -> Span {
    while start < end && matches!(bytes[start], b' ' | b'\r' | 0x0B) {
        start += 1;
    }
    while start < end && matches!(bytes[end - 1], b' ' | b'\r' | 0x0B) {
        end -= 1;
    }
    Span::new(start, end)
}

fn line(text: &str, span: Span, blanks: u16, new_page: bool) -> Line {
    const LABEL_REACH: usize = 24;
    let bytes = text.as_bytes();
    let raw = span.of(text);
    // The star of a letterhead or a bullet opens no emphasis.
    let marked = raw.strip_prefix("* ").unwrap_or(raw);
    let stars = if memchr::memchr(b'*', marked.as_bytes()).is_some() { marked.matches("**").count() } else { 0 };
    let single = if stars == 0 && marked.contains('*') { marked.matches('*').count() } else { 0 };
    let mut kind = LineKind::Text;
    if !raw.bytes().any(|b| b.is_ascii_alphanumeric() || b >= 0x80) {
        let core = raw.bytes().filter(|b| !matches!(b, b' ' | b'*'));
        kind = match core.fold((0, 0), |(pipes, others), b| if b == b'|' { (pipes + 1, others) } else { (pipes, others + 1) }) {
            (1.., 0) => LineKind::Border,
            (1.., _) if raw.bytes().all(|b| matches!(b, b' ' | b'*' | b'|' | b'-' | b':' | b'=')) => LineKind::Row,
            _ if raw.len() >= 2 || raw == "*" => LineKind::Rule,
            _ => LineKind::Text,
        };
    } else if raw.starts_with('|') && raw[1..].contains('|') {
        kind = LineKind::Row;
    }
    // Emphasis and heading marks before the words.
    let mut start = span.start;
    let mut bullet = false;
    if kind == LineKind::Text {
        if bytes[start] == b'#' {
            while start < span.end && bytes[start] == b'#' {
                start += 1;
            }
        }
        bullet = super::inline::is_bullet(raw);
        let bullet =
            bullet || bytes.get(start) == Some(&b'*') && bytes.get(start + 1) == Some(&b' ') && bytes.get(start + 2) != Some(&b' ');
        while !bullet && start < span.end && matches!(bytes[start], b'*' | b' ' | b'\\') {
            start += 1;
        }
    }
    let words = &text[start..span.end];
    let chars = width(words.as_bytes()).min(u16::MAX as usize) as u16;
    let first = match words.chars().find(|c| !matches!(c, '(' | '"' | '“' | '\'' | '‘' | '[' | '*')) {
        Some(c) if c.is_lowercase() => Class::Lower,
        Some(c) if c.is_uppercase() => Class::Upper,
        Some(c) if c.is_ascii_digit() => Class::Digit,
        _ => Class::Other,
    };
    let last = match words.trim_end_matches(['*', ' ', '_', '\\', '"', '”', ')']).chars().next_back() {
        Some('.' | '!' | '?' | '…') => Last::Stop,
        Some(';') => Last::Semicolon,
        Some(':') => Last::Colon,
        Some(',' | '(' | '“' | '-' | '/') => Last::Comma,
        _ => Last::Open,
    };
    let caps = chars < 400 && !words.chars().any(char::is_lowercase) && words.chars().any(char::is_uppercase);
    // "a\\)", "1\\.2\\.": converters to Markdown escape the mark of a label.
    let bare = words.trim_start_matches('*');
    let escaped = || {
        let head = &bare[..bare.floor_char_boundary(LABEL_REACH)];
        head.contains('\\') && label(&head.replace('\\', "")).is_some()
    };
    let label = kind == LineKind::Text && (bullet || label(bare).is_some() || escaped());
    Line {
        start,
        end: span.end,
        indent: 0,
        blanks,
        new_page,
        chars,
        kind,
        open: stars % 2 == 1 || single % 2 == 1,
        label,
        first,
        last,
        caps,
    }
}

/// Characters of a line, a gap between columns counted as one.
fn width(bytes: &[u8]) -> usize {
    let chars = bytes.iter().filter(|b| (**b as i8) >= -0x40).count();
    let gaps = bytes.windows(2).filter(|pair| pair == b"  ").count();
    chars - gaps
}
