//! Repetitions in the words of a duty.
//!
//! Duty: "định kỳ 6 tháng và hằng năm", "ngày 20 của tháng cuối quý", "02 lần/tháng" to months. Not here: single days (`deadlines`),
//! and what repeats nothing ("dự toán hằng năm", "thường xuyên").

use crate::model::{Recurrence, Span};
use regex::Regex;
use std::sync::LazyLock;

/// One period of a repetition. Matches "hằng năm", "6 tháng", "6 tháng (trước ngày 20/6)", "quý".
const EACH: &str = r"(?:(?:(?:hằng|hàng|mỗi|Hằng|Hàng|Mỗi)\s+(?:ngày|tuần|tháng|qu[ýí]|qúy|học kỳ|năm học|năm)(?:\s+(?:một|hai|ba|bốn|0?[1-4])\s+(?:lần|kỳ|đợt|buổi|số|ngày|phiên))?|(?:[0-9]{1,2}|hai|ba|sáu|chín)\s+(?:giờ|ngày|tuần|tháng|năm)(?:\s?/\s?lần|\s+(?:một|1|01)\s+lần)?|(?:(?:một|01)\s+)?(?:tháng|qu[ýí]|qúy|năm|tuần))(?:\s*\([^)]{1,40}\))?)";
/// The day within each period, before it. Matches "trước ngày 25 ", "thứ Sáu ", "ngày 20 tháng cuối "; "trước 16 giờ 30 "; may be empty.
const ON: &str = r"(?:(?:[Tt]rước|[Vv]ào|[Ll]úc|[Cc]hậm nhất(?:\s+(?:là|vào|lúc))?)\s+[0-9]{1,2}\s?(?:giờ|h|g)(?:\s?[0-9]{2}(?:\s?phút)?)?\s+(?:thứ\s+(?:[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy)\s+)?|(?:[Tt]rước|[Vv]ào|[Cc]hậm nhất(?:\s+(?:là|vào))?|[Nn]gày|[Tt]hứ)\s+(?:(?:ngày|thứ)\s+)?(?:[0-9]{1,2}(?:/[0-9]{1,2}(?:\s+và\s+(?:ngày\s+)?[0-9]{1,2}/[0-9]{1,2})?)?|[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy)(?:\s+tháng\s+(?:[0-9]{1,2}|cuối(?:\s+của)?|đầu(?:\s+của)?))?\s+)?";
/// A day of each quarter. Matches "trước ngày 20 của tháng cuối quý", "ngày 10 tháng đầu quý sau".
const OF_QUARTER: &str = r"(?:(?:[Tt]rước|[Cc]hậm nhất(?:\s+là)?|[Vv]ào)\s+)?ngày\s+[0-9]{1,2}\s+(?:của\s+)?tháng\s+(?:đầu|cuối)(?:\s+của)?(?:\s+mỗi)?\s+quý(?:\s+sau)?(?:\s+và\s+(?:trước\s+)?ngày\s+[0-9]{1,2}/[0-9]{1,2}\s+(?:hằng|hàng)\s+năm)?";
/// The day within each period, after it. Matches ", trước ngày 25", ", tại kỳ họp thường lệ cuối năm"; may be empty.
const THEN: &str = r"(?:,?\s+(?:trước|vào|chậm nhất(?:\s+(?:là|vào))?)\s+ngày\s+[0-9]{1,2}(?:/[0-9]{1,2}|\s+(?:của\s+)?tháng\s+(?:[0-9]{1,2}|(?:đầu|cuối)(?:\s+của)?\s+quý(?:\s+sau)?))?|,\s+tại (?:kỳ|phiên) họp[^,;.]{0,30})?";
/// Bytes of "định kỳ" alone.
const BARE_WORD: usize = "định kỳ".len();
/// What joins periods.
const JOIN: &str = r"(?:\s*[,;]\s*|\s+và\s+|\s+hoặc\s+|\s*,\s*và\s+)";

static PERIODIC: LazyLock<Regex> = LazyLock::new(|| {
    let once = r"(?:[Cc]ứ\s+)?(?:[0-9]{1,2}|[Hh]ai|[Bb]a|[Ss]áu)\s+(?:giờ|ngày|tuần|tháng|năm)(?:\s?/\s?lần|\s+(?:một|1|01)\s+lần)|[0-9]{1,2}\s+lần\s?/\s?(?:ngày|tuần|tháng|quý|năm)";
    let often = r"(?:(?:[Íí]t nhất|[Tt]ối thiểu)\s+)?(?:[0-9]{1,2}|một|hai|ba|bốn)\s+(?:lần|buổi|kỳ|ngày|số)\s*(?:/\s?|trong\s+|mỗi\s+)(?:(?:một|mỗi|01)\s+)?(?:ngày|tuần|tháng|quý|năm)";
    let days = r"(?:vào\s+|trước\s+)?ngày\s+[0-9]{1,2}(?:/[0-9]{1,2}|\s+tháng\s+[0-9]{1,2})?(?:\s+(?:và|,)\s+(?:ngày\s+)?(?:[0-9]{1,2}(?:/[0-9]{1,2})?|cuối tháng))*(?:\s+(?:hằng|hàng)\s+(?:tháng|quý|năm))?";
    Regex::new(&format!(r"[Đđ]ịnh kỳ(?:\s+{often}|,?\s+(?:vào\s+)?{ON}{EACH}(?:{JOIN}{EACH})*{THEN}|\s+{days}|\s+(?:hoặc|và)\s+đột xuất)?|{OF_QUARTER}|{once}"))
        .expect("checked by tests")
});
static EVERY: LazyLock<Regex> = LazyLock::new(|| {
    let every = r"(?:(?:cuối|đầu|Cuối|Đầu)\s+)?(?:hằng|hàng|mỗi|Hằng|Hàng|Mỗi)\s+(?:ngày|tuần|tháng|quý|học kỳ|năm học|năm)(?:\s+(?:ít nhất\s+|tối thiểu\s+)?(?:một|hai|ba|bốn|0?[1-4])\s+(?:lần|kỳ|đợt|buổi|số|ngày|phiên))?(?:\s*\([^)]{1,40}\))?";
    Regex::new(&format!(r"(?:[0-9]{{1,2}}\s+tháng{JOIN})*{ON}{every}(?:{JOIN}(?:[0-9]{{1,2}}\s+tháng|{every}))*{THEN}"))
        .expect("checked by tests")
});
/// A day within a repetition. Matches "ngày 31 tháng 12", "ngày 15".
static DATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"ngày\s+[0-9]{1,2}(?:/[0-9]{1,2}|\s+tháng\s+[0-9]{1,2}|\s+(?:của\s+)?tháng\s+(?:đầu|cuối))?").expect("checked by tests")
});
static UNIT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:([0-9]{1,2}|[Hh]ai|[Bb]a|[Ss]áu|chín)\s+)?(tháng|qu[ýí]|qúy|năm)").expect("checked by tests"));

/// True where the words of a field repeat.
pub(super) fn repeats(field: &str) -> bool {
    EVERY.is_match(field)
}

/// The months of "hằng năm", "6 tháng một lần" and the like in the words of a field; `None` where it repeats nothing.
pub(super) fn every(field: &str) -> Option<Vec<u32>> {
    let found = PERIODIC.find(field).or_else(|| EVERY.find(field))?;
    Some(months(found.as_str()))
}

/// The first repetition of `text`, with its span there; "định kỳ" before a bare "hằng năm".
///
/// Holds: "định kỳ 6 tháng và hằng năm báo cáo". Does not: "dự toán ngân sách hằng năm", "thường xuyên".
pub fn recurrence(text: &str) -> Option<(Span, Recurrence)> {
    // "định kỳ" alone tells less than "hằng tuần" behind it.
    let periodic = || {
        PERIODIC
            .find_iter(text)
            .filter(|found| !names_period(found.as_str(), &text[found.end()..]))
            .find(|found| found.as_str().len() > BARE_WORD || !is_attribute(&text[..found.start()]))
    };
    let found = periodic()
        .filter(|found| found.as_str().len() > BARE_WORD || EVERY.find(text).is_none())
        // "diễn tập 01 lần/năm; báo cáo trước ngày 15/12 hằng năm": how often is less than by which day.
        .filter(|found| !found.as_str().contains("lần/") || !EVERY.find_iter(text).any(|every| DATED.is_match(every.as_str())))
        // "báo cáo tháng trước ngày 20 hằng tháng, báo cáo quý trước ngày 15 của tháng cuối quý": of two days the first.
        .filter(|found| !EVERY.find_iter(text).any(|every| every.start() < found.start() && DATED.is_match(every.as_str())))
        .or_else(|| {
            // "mỗi năm ít nhất 01 lần; báo cáo trước ngày 10 tháng 12 hằng năm": the one that names its day tells more.
            let each = || EVERY.find_iter(text).filter(|found| DATED.is_match(found.as_str()) || !is_attribute(&text[..found.start()]));
            each().find(|found| DATED.is_match(found.as_str())).or_else(|| each().next())
        })
        .or_else(periodic)
        .map(|found| Span::new(found.start(), found.end()))?;
    let words = found.of(text);
    Some((found, Recurrence { text: words.to_owned(), months: months(words) }))
}

fn months(words: &str) -> Vec<u32> {
    let mut months = Vec::new();
    // "ngày 31 tháng 12" is a day, and no 31 months.
    let words = DATED.replace_all(words, "");
    for unit in UNIT.captures_iter(&words) {
        let count = match unit.get(1).map(|count| count.as_str()) {
            Some("hai" | "Hai") => 2,
            Some("ba" | "Ba") => 3,
            Some("sáu" | "Sáu") => 6,
            Some("chín") => 9,
            figures => figures.and_then(|figures| figures.parse().ok()).unwrap_or(1),
        };
        let length = match &unit[2] {
            "tháng" => 1,
            "năm" => 12,
            _ => 3,
        };
        if !months.contains(&(count * length)) {
            months.push(count * length);
        }
    }
    months
}

/// True for "định kỳ tháng" before "6/2026", "định kỳ quý" before "III": that month and no other.
fn names_period(found: &str, behind: &str) -> bool {
    let unit = ["tháng", "quý", "năm"].iter().any(|unit| found.ends_with(unit));
    unit && behind.strip_prefix(' ').is_some_and(|behind| behind.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'I' | 'V')))
}

/// True when "hằng năm" after `before` tells which plan or budget is meant, not when something is done.
fn is_attribute(before: &str) -> bool {
    const NOUNS: [&str; 10] =
        ["dự toán", "ngân sách", "kế hoạch", "nghị quyết", "chương trình", "danh mục", "đời sống", "sinh hoạt", "công việc", "hoạt động"];
    let clause = before.rfind([',', ';', '.', ':']).map_or(before, |at| &before[at..]).to_lowercase();
    let near = clause.char_indices().rev().nth(40).map_or(&clause[..], |(at, _)| &clause[at..]);
    NOUNS.iter().any(|noun| near.contains(noun))
}

#[cfg(test)]
mod tests {
    use super::recurrence;

    #[test]
    fn repetitions() {
        let cases = include_str!("../../tests/cases/deadlines/recurrence.tsv");
        for row in cases.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect::<Vec<_>>())
        {
            let [text, want, months] = row[..] else { panic!("three columns: {row:?}") };
            let found = recurrence(text);
            assert_eq!(found.as_ref().map_or("-", |(span, _)| span.of(text)), want, "{text}");
            let got: Vec<String> = found.map(|(_, recurrence)| recurrence.months).unwrap_or_default().iter().map(u32::to_string).collect();
            assert_eq!(got.join(","), months.trim_matches('-'), "{text}");
        }
    }
}
