//! What stands right before and after a type word or number in a line: pieces that mentions are read from.
//!
//! Each function looks at one spot and tells what begins or ends there. Not here: putting a mention together.

use super::names::clip;
use crate::model::{DocNumber, Span};

/// `left` without the lead word of a number.
pub(super) fn strip_lead(left: &str) -> &str {
    let trimmed = left.trim_end_matches([':', ' ', '.']);
    for lead in ["số", "Số", "SỐ", "sô", "so", "Sô", "sổ"] {
        if let Some(rest) = trimmed.strip_suffix(lead)
            && (rest.is_empty() || rest.ends_with([' ', '(', ',', ';']))
        {
            return rest.strip_suffix("mang ").unwrap_or(rest);
        }
    }
    left
}

/// Bare serials listed before a full number: the `187` of "số 187, 188-KL/TW", in order. `typed`: a type word ends there ("Nghị định 87,
/// 88/CP").
pub(super) fn bare_numbers_before(line: &str, serial: usize, floor: usize, typed: impl Fn(usize) -> bool) -> Vec<Span> {
    let mut out = Vec::new();
    let mut at = serial;
    loop {
        let before = &line[floor..at];
        let cut = before.trim_end();
        let cut = cut.strip_suffix("số").map_or(cut, str::trim_end);
        let Some(rest) = [",", "và", ";", "&"].iter().find_map(|mark| cut.strip_suffix(mark)) else { break };
        let rest = rest.trim_end();
        let digits = rest.bytes().rev().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 4 {
            break;
        }
        let start = floor + rest.len() - digits;
        let lead = line[floor..start].trim_end();
        let listed = strip_lead(lead).len() < lead.len() || lead.ends_with([',', ';']) || lead.ends_with("và");
        if !listed && !typed(floor + lead.len()) {
            break;
        }
        out.push(Span::new(start, floor + rest.len()));
        at = start;
    }
    out.reverse();
    // A list begins with "số 187" or a type word; else the figures are something else.
    let head = out.first().map_or("", |span| line[floor..span.start].trim_end());
    if strip_lead(head).len() == head.len() && !typed(floor + head.len()) {
        out.clear();
    }
    out
}

/// ` khoá XI`, `, khóa XII`, ` (khoá XIII)`: the term and the length.
pub(super) fn term_at(rest: &str) -> Option<(String, usize)> {
    let trimmed = rest.trim_start_matches([' ', ',', '(']);
    let skipped = rest.len() - trimmed.len();
    if skipped == 0 || skipped > 3 {
        return None;
    }
    let after = ["khoá ", "khóa ", "Khoá ", "Khóa "].iter().find_map(|word| trimmed.strip_prefix(word))?;
    let roman: usize = after.bytes().take_while(|b| matches!(b, b'I' | b'V' | b'X')).count();
    let name = &after[..roman];
    if roman == 0 || after[roman..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let mut length = rest.len() - after.len() + roman;
    if rest[..skipped].contains('(') && rest[length..].starts_with(')') {
        length += 1;
    }
    Some((name.to_owned(), length))
}

/// ` Trung ương 4 khoá XII`, ` Hội nghị Trung ương 6 khóa XI`, ` Hội nghị lần thứ 9 Ban Chấp hành Trung ương …`.
pub(super) fn plenum_at(rest: &str) -> Option<(usize, Option<String>)> {
    let mut at = rest.strip_prefix(' ')?;
    at = at.strip_prefix("số ").unwrap_or(at);
    let conference = at.strip_prefix("Hội nghị ").or_else(|| at.strip_prefix("hội nghị "));
    at = conference.unwrap_or(at);
    let central =
        ["Trung ương ", "TW ", "TW", "Trung ương lần thứ ", "Ban Chấp hành Trung ương "].iter().find_map(|word| at.strip_prefix(word));
    at = central.unwrap_or(at);
    let ordinal = at.strip_prefix("lần thứ ");
    at = ordinal.unwrap_or(at);
    if central.is_none() && (conference.is_none() || ordinal.is_none()) {
        return None;
    }
    const WORDS: [&str; 12] = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười một", "mười hai", "mười"];
    let digits = at.bytes().take_while(u8::is_ascii_digit).count();
    let length =
        if digits > 0 && digits <= 2 { digits } else { WORDS.iter().find(|word| at.starts_with(**word)).map(|word| word.len())? };
    at = &at[length..];
    for tail in [
        " (lần 2)",
        ", Ban Chấp hành Trung ương Đảng",
        " Ban Chấp hành Trung ương Đảng",
        ", Ban Chấp hành Trung ương",
        " Ban Chấp hành Trung ương",
        " của Ban Chấp hành Trung ương",
    ] {
        at = at.strip_prefix(tail).unwrap_or(at);
    }
    let mut end = rest.len() - at.len();
    let term = term_at(at).map(|(term, length)| {
        end += length;
        term
    });
    Some((end, term))
}

/// The serial of a short form: `" 38"` of "Chỉ thị 38", `" số 98"` of "Kết luận số 98".
pub(super) fn short_serial(rest: &str) -> Option<(&str, usize)> {
    let after = rest.strip_prefix(' ')?;
    let after = after.strip_prefix("số ").unwrap_or(after);
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 4 {
        return None;
    }
    let mut end = digits;
    let tail = &after[digits..];
    if tail.starts_with(|c: char| c.is_ascii_lowercase()) && !tail[1..].starts_with(char::is_alphanumeric) {
        end += 1;
    }
    let tail = &after[end..];
    let mut next = tail.chars();
    let goes_on = match next.next() {
        Some('/' | '-' | '%') => true,
        Some('.' | ',') => next.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    // "Kế hoạch 5 năm", "Báo cáo 6 tháng", "Quyết định 2 nội dung" count things.
    let counts = [
        " năm ",
        " tháng",
        " ngày",
        " nội dung",
        " điểm",
        " nhiệm vụ",
        " lần",
        " bộ",
        " văn bản",
        " tỷ",
        " triệu",
        " huyện",
        " xã",
        " tỉnh",
        " đồng",
    ];
    let year = tail.starts_with(" năm ") && tail[" năm ".len()..].starts_with(|c: char| c.is_ascii_digit());
    if goes_on || (!year && (counts.iter().any(|unit| tail.starts_with(unit)) || tail == " năm")) {
        return None;
    }
    Some((&after[..end], rest.len() - after.len() + end))
}

/// ` Đại hội đại biểu toàn quốc lần thứ XIII của Đảng`: the length.
pub(super) fn congress_at(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix(" Đại hội ").or_else(|| rest.strip_prefix(" đại hội "))?;
    let stop = after.find(['.', ',', ';', ')', '(', ':', '"', '”']).unwrap_or(after.len()).min(90);
    let clipped = clip(after, stop);
    let end = ["của Đảng", "toàn quốc"].iter().filter_map(|tail| clipped.find(tail).map(|i| i + tail.len())).max();
    let roman = clipped.find("lần thứ ").map(|i| {
        let from = i + "lần thứ ".len();
        from + clipped[from..].find(' ').unwrap_or(clipped.len() - from)
    });
    let end = end.max(roman).unwrap_or_else(|| clipped.find(' ').unwrap_or(clipped.len()));
    Some(rest.len() - after.len() + end)
}

/// Length of the name of a law after the type word: capitalised first, up to a word that ends it.
pub(super) fn law_name(rest: &str) -> usize {
    let Some(after) = rest.strip_prefix(' ') else { return 0 };
    let sua = after.starts_with("sửa đổi");
    if !sua && !after.starts_with(char::is_uppercase) {
        return 0;
    }
    let stops = [
        " ngày ",
        " năm ",
        " số ",
        " và ",
        " quy định",
        " về ",
        " có ",
        " được ",
        " thì ",
        " đã ",
        " hoặc ",
        " là ",
        " trong ",
        " phải ",
        " để ",
        " hiện ",
        " theo ",
        " này",
        " cho ",
    ];
    let window = clip(after, if sua { 300 } else { 120 });
    let mut end = window.find([',', ';', '.', '(', ')', ':', '"', '”', '|']).unwrap_or(window.len());
    if sua {
        // "sửa đổi, bổ sung một số điều của Luật X": the comma belongs to the name.
        let from = window.find("Luật ").map_or(0, |i| i + "Luật ".len());
        end = from + window[from..].find([',', ';', '.', '(', ')', ':']).unwrap_or(window.len() - from);
        let cut = stops.iter().filter_map(|stop| window[from..end].find(stop)).min().unwrap_or(end - from);
        return 1 + from + cut;
    }
    let cut = stops.iter().filter_map(|stop| window[..end].find(stop)).min().unwrap_or(end);
    1 + cut
}

/// "điểm c khoản 9 Điều 7" before the type word.
pub(super) fn locator_before(line: &str, start: usize) -> Option<String> {
    const UNITS: [&str; 10] = ["điểm", "khoản", "điều", "mục", "chương", "phần", "tiểu mục", "phụ lục", "tiết", "đoạn"];
    let mut head = line[..start].trim_end();
    head = head.strip_suffix("của").map_or(head, str::trim_end);
    // What goes before most mentions is no value of a unit.
    let last = head.rsplit(' ').next().unwrap_or("").trim_end_matches([',', ';']);
    if last.is_empty()
        || last.len() > 10
        || !(last.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X')) || last.chars().count() == 1)
    {
        return None;
    }
    let window_start = {
        let mut at = head.len().saturating_sub(160);
        while !head.is_char_boundary(at) {
            at += 1;
        }
        at
    };
    let words: Vec<&str> = head[window_start..].split(' ').filter(|w| !w.is_empty()).collect();
    let mut i = words.len();
    let mut first = None;
    // Backward: a value (7, c, IV, 1.3), a unit, and marks between several of them.
    while i >= 2 {
        let value = words[i - 1].trim_end_matches([',', ';']);
        let unit = words[i - 2].to_lowercase();
        let is_value = !value.is_empty()
            && value.chars().count() <= 5
            && (value.chars().all(|c| c.is_ascii_digit() || c == '.')
                || value.chars().count() == 1
                || value.chars().all(|c| matches!(c, 'I' | 'V' | 'X')));
        if is_value && UNITS.contains(&unit.as_str()) {
            i -= 2;
            first = Some(i);
        } else if first.is_some()
            && (matches!(words[i - 1], "và" | "hoặc" | "của")
                || is_value && (words[i - 1].ends_with(',') || matches!(words[i - 2], "và" | "hoặc")))
        {
            i -= 1;
        } else {
            break;
        }
    }
    first.map(|i| words[i..].join(" ").trim_end_matches(',').to_owned())
}

/// The subject after a mention: from one of `subjects` ("về", "quy định") to the next stop.
pub(super) fn title_after(subjects: &[String], line: &str, end: usize, next: usize) -> Option<Span> {
    let limit = next.max(end);
    let rest = &line[end..limit];
    let trimmed = rest.trim_start_matches([' ', ',', ':', '“', '"']);
    let start = end + rest.len() - trimmed.len();
    if !subjects.iter().any(|word| trimmed.starts_with(word.as_str())) {
        return None;
    }
    let stop = trimmed.find([';', '(', '”', '"', '|']).unwrap_or(trimmed.len());
    let stop = [". ", ", Chỉ thị", ", Nghị", ", Kết luận", " nhằm ", ", Ban ", ", Ủy ban "]
        .iter()
        .filter_map(|mark| trimmed[..stop].find(mark))
        .min()
        .unwrap_or(stop);
    let words = clip(&trimmed[..stop], 300).trim_end_matches([' ', '.', ',']);
    (words.chars().count() > 5).then(|| Span::new(start, start + words.len()))
}

pub(super) fn whole_word(line: &str, start: usize, end: usize) -> bool {
    !line[..start].ends_with(char::is_alphanumeric) && !line[end..].starts_with(char::is_alphanumeric)
}

/// True for a number whose register many provinces have.
pub(super) fn is_local(number: &DocNumber) -> bool {
    number.issuers.iter().any(|code| {
        code.ends_with("TU")
            || code.ends_with("HU")
            || code.ends_with("UBND")
            || code.ends_with("HĐND")
            || matches!(code.as_str(), "UB" | "UBT" | "QU" | "ThU")
    })
}
