//! What is on a page and not in its text: page numbers, running heads, marks between pages, stamps of signatures, front matter.

use super::line_words::LineWords;
use super::lines::{Class, Last, Line, LineKind};

/// Marks running heads, page numbers and stamps.
///
/// A bare number is a page number beside a page border, or when several of them, each beside a blank line, count up one
/// by one, or between two lines of one sentence; a running head is a short line that comes back (figures apart) beside page numbers or page borders.
pub(super) fn mark_furniture(words: LineWords<'_>, text: &str, lines: &mut [Line]) {
    front_matter(text, lines);
    mark_page_breaks(text, lines);
    let number = |line: &Line| -> Option<u32> {
        let words = text[line.start..line.end].trim_matches(['-', ' ', '*']);
        (line.kind == LineKind::Text && words.len() <= 4 && words.bytes().all(|b| b.is_ascii_digit())).then(|| words.parse().ok())?
    };
    let in_cell = |i: usize, lines: &[Line]| {
        i > 0 && lines[i - 1].kind == LineKind::Border || lines.get(i + 1).is_some_and(|l| l.kind == LineKind::Border)
    };
    let paged = lines.iter().any(|line| line.new_page);
    let bare: Vec<(usize, u32)> =
        (0..lines.len()).filter(|i| !in_cell(*i, lines)).filter_map(|i| number(&lines[i]).map(|n| (i, n))).collect();
    for (k, (i, n)) in bare.iter().enumerate() {
        let at_border = lines[*i].new_page || lines.get(i + 1).is_some_and(|l| l.new_page);
        let follows = |other: Option<&(usize, u32)>, step: i64| {
            other.is_some_and(|(j, m)| i64::from(*m) - i64::from(*n) == step && j.abs_diff(*i) >= 12)
        };
        // What touches words above and below numbers the rows of a table; so do figures away from page borders that are told.
        let apart = lines[*i].blanks > 0 || lines.get(i + 1).is_none_or(|l| l.blanks > 0);
        let counts = || apart && !paged && (follows(bare.get(k + 1), 1) || (k > 0 && follows(bare.get(k - 1), -1)));
        // "… sẵn sàng lực" + "2" + "lượng, phương tiện …": the number of a page parts a sentence in two lines of full width.
        const WIDE: u16 = 45;
        let open =
            || i.checked_sub(1).map(|j| lines[j]).is_some_and(|l| l.kind == LineKind::Text && l.last == Last::Open && l.chars >= WIDE);
        let goes_on = || lines.get(i + 1).is_some_and(|l| l.kind == LineKind::Text && l.first == Class::Lower && l.chars >= WIDE);
        // "…, ngày" + "21" + "tháng 3 …": a figure of the sentence.
        let told = || {
            let last = i.checked_sub(1).and_then(|j| text[lines[j].start..lines[j].end].split_whitespace().next_back());
            let unit = |l: &Line| ["tháng ", "năm "].iter().any(|word| text[l.start..l.end].starts_with(word));
            last.is_some_and(|word| words.leads_to_number(word)) || lines.get(i + 1).is_some_and(unit)
        };
        let parts_sentence = || *n > 1 && open() && goes_on() && !told();
        if at_border || counts() || parts_sentence() {
            lines[*i].kind = LineKind::Furniture;
        }
    }
    let mut heads = std::collections::HashMap::<String, Vec<usize>>::new();
    for i in 0..lines.len() {
        let line = lines[i];
        if line.kind != LineKind::Text || line.chars > 90 {
            continue;
        }
        let beside = |j: Option<usize>| j.and_then(|j| lines.get(j)).is_some_and(|l| l.kind == LineKind::Furniture);
        let near = line.new_page || lines.get(i + 1).is_some_and(|l| l.new_page) || beside(i.checked_sub(1)) || beside(Some(i + 1));
        if near {
            let shape: String = text[line.start..line.end].chars().filter(|c| !c.is_ascii_digit()).collect();
            heads.entry(shape).or_default().push(i);
        }
        if is_stamp(words, &text[line.start..line.end]) {
            lines[i].kind = LineKind::Stamp;
        }
    }
    for at in heads.values().filter(|at| at.len() >= 2) {
        for i in at {
            if !lines[*i].label {
                lines[*i].kind = LineKind::Furniture;
            }
        }
    }
    // "Cơ quan:" and "Email:" belong to a stamp when they touch one.
    for i in 0..lines.len() {
        let line = &text[lines[i].start..lines[i].end];
        let touches = [i.wrapping_sub(1), i + 1].iter().any(|j| lines.get(*j).is_some_and(|l| l.kind == LineKind::Stamp));
        if lines[i].kind == LineKind::Text && touches && words.is_stamp_field(line) {
            lines[i].kind = LineKind::Stamp;
        }
    }
}

/// "--- PAGE BREAK ---", "===== Page 2 =====", "[Trang 3]": what recognition programs put between pages.
fn mark_page_breaks(text: &str, lines: &mut [Line]) {
    const LONGEST: u16 = 40;
    let frame = |c: char| matches!(c, '-' | '=' | '*' | '#' | '[' | ']' | '<' | '>' | '_' | ' ');
    for i in 0..lines.len() {
        let raw = &text[lines[i].start..lines[i].end];
        if lines[i].kind != LineKind::Text || lines[i].chars > LONGEST || !raw.starts_with(frame) {
            continue;
        }
        let words = raw.trim_matches(frame).to_lowercase();
        let numbered = ["page ", "trang "].iter().find_map(|word| words.strip_prefix(word));
        let figures =
            |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit()) && !rest.contains(|c: char| c.is_alphabetic() && !"of".contains(c));
        if words == "page break" || numbered.is_some_and(figures) {
            lines[i].kind = LineKind::Furniture;
            if let Some(next) = lines.get_mut(i + 1) {
                next.new_page = true;
            }
        }
    }
}

/// The YAML block that a site generator keeps before a page: from a first line `---` to the next one.
fn front_matter(text: &str, lines: &mut [Line]) {
    let fence = |line: &Line| line.kind == LineKind::Rule && text[line.start..line.end].bytes().all(|b| b == b'-');
    if !lines.first().is_some_and(fence) || !lines.get(1).is_some_and(|l| text[l.start..l.end].contains(':') && l.blanks == 0) {
        return;
    }
    if let Some(end) = lines.iter().skip(1).take(60).position(fence) {
        for line in &mut lines[..=end + 1] {
            line.kind = LineKind::Furniture;
        }
    }
}

/// `Ngày ký: 2026-05-08 16:42:06 +07:00`, `Ký bởi: …`, `2021.08.26 15:37:45 +07:00` (NĐ 30/2020, Phụ lục I: time of signing).
fn is_stamp(words: LineWords<'_>, line: &str) -> bool {
    const LONGEST: usize = 200;
    line.len() <= LONGEST && (words.is_stamp(line) || stamp_time(line).is_some())
}

/// The date of a time of signing: `YYYY.MM.DD hh:mm:ss` with `.` `-` or `/`, or `DD-MM-YYYY hh:mm:ss`.
pub(crate) fn stamp_time(words: &str) -> Option<crate::model::Date> {
    let bytes = words.as_bytes();
    let colon = memchr::memchr_iter(b':', bytes).find(|i| {
        *i >= 13
            && bytes.get(i + 3) == Some(&b':')
            && bytes[i - 2..*i].iter().all(u8::is_ascii_digit)
            && matches!(bytes[i - 3], b' ' | b'T')
    })?;
    let date = &words.get(colon.checked_sub(13)?..colon - 3)?;
    let parts: Vec<i16> = date.split(['.', '-', '/']).filter_map(|part| part.parse().ok()).collect();
    match parts[..] {
        [y, m, d] if y > 1900 => crate::model::Date::new(y, m as i8, d as i8).ok(),
        [d, m, y] if y > 1900 => crate::model::Date::new(y, m as i8, d as i8).ok(),
        _ => None,
    }
}
