//! Deadlines in the words of a duty.
//!
//! Duty: "trước ngày 30/6/2022", "trong quý III", "trong thời hạn 30 ngày kể từ ngày ký" to their last day. Not here:
//! repetitions (`repetitions`), horizons ("đến năm 2030", "giai đoạn 2021 - 2025"), which bind
//! no task, and urgency ("kịp thời", "thường xuyên"), which names no day.
//!
//! "Trước ngày D" counts as D itself, as offices read it; "trước tháng 6" ends with 31 May.

use super::repetitions;
use crate::model::{Date, Due, Span};
use jiff::ToSpan;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// A day. Matches "ngày 30/6/2022", "01 tháng 5 năm 2026", "ngày 15 tháng 12"; not "06/2022".
const DAY: &str = r"(?:ngày\s+)?(?P<d1>[0-9]{1,2})\s?[/.-]\s?(?P<m1>[0-9]{1,2})\s?[/.-]\s?(?P<y1>[0-9]{4})|(?:ngày\s+)?(?P<d2>[0-9]{1,2})\s+tháng\s+(?P<m2>[0-9]{1,2})(?:(?:\s+năm\s+|\s?/\s?)(?P<y2>[0-9]{4}))?|ngày\s+(?P<d3>[0-9]{1,2})\s?[/-]\s?(?P<m3>[0-9]{1,2})";
/// A month. Matches "tháng 4/2022", "tháng 12 năm 2025", "tháng 9"; not "9 tháng".
const MONTH: &str = r"[Tt]háng\s+(?P<m4>[0-9]{1,2})(?:(?:\s+năm\s+|\s?[/.-]\s?)(?P<y4>[0-9]{4}))?";
/// A quarter. Matches "quý III/2025", "quý 2 2025", "Quý IV năm 2025"; not "hằng quý".
const QUARTER: &str = r"[Qq]u[ýí]\s+(?P<q5>IV|I{1,3}|[1-4])(?:(?:\s+năm\s+|\s?[/,.-]\s?|\s+)(?P<y5>[0-9]{4}))?";
/// A half-year. Matches "6 tháng đầu năm 2017"; not "6 tháng".
const HALF: &str = r"0?6\s+tháng\s+(?P<h6>đầu|cuối)\s+năm(?:\s+(?P<y6>[0-9]{4}))?";
/// A year. Matches "năm 2025"; not "5 năm".
const YEAR: &str = r"[Nn]ăm\s+(?P<y7>[0-9]{4})";
/// What makes a period a deadline. Matches "trước", "chậm nhất là", "đến hết", "vào", "từ ngày 15/4 đến", "từ nay đến"; not "đến", "từ".
const LEAD: &str = r"(?P<range>[Tt]ừ\s+(?:nay|(?:ngày\s+)?[0-9]{1,2}(?:\s?[/.-]\s?[0-9]{1,4}){1,2}|(?:ngày\s+)?[0-9]{1,2}\s+tháng\s+[0-9]{1,2}(?:\s+năm\s+[0-9]{4})?|tháng\s+[0-9]{1,2}(?:\s?/\s?[0-9]{4}|\s+năm\s+[0-9]{4})?),?\s+(?:đến|tới))|(?P<before>[Tt]rước)|(?:[Cc]hậm|[Mm]uộn)\s+nhất(?:\s+(?:là|đến|vào|trong|hết))*(?P<late>\s+trước)?|(?:[Kk]hông\s+|kéo dài\s+|để\s+)(?:quá|muộn hơn)|(?:[Tt]ừ\s+(?:nay|(?:ngày|tháng|quý)\s+[0-9IV/.-]{1,10})\s+)?(?:(?:[Đđ]ến|[Tt]ới|[Vv]ào)\s+)?(?:hết|cuối)|[Đđ]ịnh kỳ|[Tt]rong|[Hh]ết|[Cc]uối|[Vv]ào|[Dd]ự kiến(?:\s+(?:vào|trong))?|[Hh]ạn(?:\s+(?:nộp|gửi|cuối|chót|trả lời|hoàn thành))?(?:\s+(?:là|đến))?|(?P<session>(?:[Pp]hiên|[Kk]ỳ) họp(?:\s+thường (?:kỳ|lệ))?(?:\s+(?:giữa|cuối|đầu))?)";
/// What makes a day without year and without "ngày" a deadline. Matches "trước", "chậm nhất là", "đến hết"; not "trong".
const SHARP: &str = r"(?P<before8>[Tt]rước)|[Cc]hậm nhất(?:\s+(?:là|đến|vào|trước))*|(?:[Đđ]ến\s+)?hết";
/// A day by its figures alone, no fraction: its month is within the year and one figure is padded or above twelve. Matches "31/7", "05/6".
const BARE: &str = r"(?P<d8>0[1-9]|1[3-9]|2[0-9]|3[01])/(?P<m8>0?[1-9]|1[0-2])|(?P<d9>[1-9]|1[0-2])/(?P<m9>0[1-9]|1[0-2])";
/// The hour and the day of the week before a day. Matches "17 giờ 00 ", "17h30, ", "thứ Sáu, "; may be empty.
const CLOCK: &str = r"(?:[0-9]{1,2}\s?(?:giờ|h|g)\s?(?:[0-9]{1,2}\s?(?:phút)?)?,?\s+)?(?:(?:sáng|chiều|tối)\s+)?(?:(?:[Tt]hứ\s+(?:[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy|[2-7])|[Cc]hủ nhật),?\s+)?";
/// A part of a period: its last day is not known. Matches "giữa ", "tuần thứ hai của "; may be empty.
const PART: &str = r"(?P<part>(?:tuần\s+(?:thứ\s+)?(?:nhất|hai|ba|tư|đầu|cuối|[1-4])(?:\s+của)?|đầu|giữa|nửa\s+(?:đầu|cuối))\s+)?";
/// A day or period told from the paper's own day. Matches "hôm nay", "tuần này", "ngày mai", "chiều nay"; not "ngày này".
const NEAR: &str = r"(?P<near>(?:ngày\s+)?hôm nay|(?:ngày|sáng|chiều)\s+mai|(?:buổi\s+)?(?:sáng|chiều|tối)\s+nay|(?:tuần|tháng|quý)\s+(?:này|sau|tới)|năm\s+nay)";
/// A length from a day on. Matches "trong thời hạn 30 ngày kể từ ngày ký", "trong 15 ngày làm việc, kể từ ngày nhận",
/// "trong thời hạn không quá 05 ngày làm việc"; a length of months needs its day ("trong 3 tháng qua" tells what was).
const LENGTH: &str = r"(?:(?:[Tt]rong|[Cc]hậm nhất|[Kk]hông quá|[Tt]ối đa)\s+)(?:(?P<term>thời hạn|vòng)\s+|(?:thời gian|là|không quá|tối đa)\s+)*(?:[0-9]{1,3}\s?[-–]\s?)?(?P<n>[0-9]{1,3})\s*(?:\([^)]{1,30}\)\s*)?(?P<unit>ngày làm việc|ngày|giờ làm việc|giờ|tuần|tháng|năm)(?P<from>\s*,?\s*(?:kể từ|tính từ|từ|sau)\s+(?:ngày|khi|thời điểm)\s+(?P<base>ký|ban hành|[^,;.]{1,60}))?";
/// A length before something, or a session whose day is not told. Matches "ít nhất 05 ngày trước khi họp", "chậm nhất 02 ngày làm việc
/// trước ngày khai mạc", "tại kỳ họp thường lệ cuối năm", "kỳ họp gần nhất".
const AHEAD: &str = r"(?:tại\s+|vào\s+|trước\s+)?(?:kỳ|phiên)\s+họp\s+(?:(?:thường\s+(?:lệ|kỳ)\s+)?(?:giữa|cuối|đầu)\s+năm(?:\s+[12][0-9]{3})?|gần\s+nhất|kế\s+tiếp|tiếp\s+theo|sắp\s+tới)|(?:[Íí]t nhất|[Cc]hậm nhất|[Tt]ối thiểu)(?:\s+là)?\s+[0-9]{1,3}\s+(?:ngày làm việc|ngày|giờ|tuần|tháng)\s+trước\s+(?:khi|ngày|kỳ|phiên|thời điểm)\s+[^,;.()]{1,40}|(?:từ|trong|vào|trước)\s+(?:đầu\s+|cuối\s+|hết\s+)?năm\s+học\s+[12][0-9]{3}\s?[-–]\s?[12][0-9]{3}";

static FIXED: LazyLock<Regex> = LazyLock::new(|| {
    let period = format!(r"{CLOCK}(?:{DAY})|{PART}(?:{MONTH}|{QUARTER}|{HALF}|{YEAR})|{CLOCK}{NEAR}");
    // "xong" and "hoàn thành xong" belong to the deadline; a year told apart follows it.
    let bare = format!(r"(?:{SHARP})\s+{CLOCK}(?:{BARE})(?:[^0-9/-]|$)");
    let other = r"(?:\s+(?:của\s+)?năm (?:trước|sau|kế)(?: liền kề| đó| tiếp)?|\s+và\s+(?:những|các)\s+năm\s+tiếp\s+theo)?";
    Regex::new(&format!(r"(?:[Xx]ong\s+)?(?:(?:{LEAD})\s+(?:{period}){other}|{bare})")).expect("checked by tests")
});
static BEFORE: LazyLock<Regex> = LazyLock::new(|| Regex::new(AHEAD).expect("checked by tests"));
static PERIOD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"(?:{DAY}|{MONTH}|{QUARTER}|{HALF}|{YEAR})")).expect("checked by tests"));
/// What a cell of a narrow column begins with where it names a time. Matches "Giai đoạn 2026 - 2030", "2026", "Kỳ họp
/// thứ hai"; not "Nghị quyết năm 2026", "2026/QH15".
static BEGINS: LazyLock<Regex> = LazyLock::new(|| {
    let lead = r"(?:[Tt]rước|[Tt]rong|[Đđ]ến|[Hh]ết|[Cc]uối|[Đđ]ầu|[Tt]ừ|[Hh]oàn thành|[Gg]iai đoạn|[Nn]ăm|[Cc]hậm nhất(?: là)?)";
    let session = r"[Kk]ỳ họp\s+(?:thứ|cuối)";
    let years = r"[12][0-9]{3}(?:\s*[-–]\s*[12][0-9]{3})?(?:$|[,;.]|\s+và\s)";
    Regex::new(&format!(r"^(?:{lead}\s+)*(?:{DAY}|{MONTH}|{QUARTER}|{HALF}|{YEAR}|{session}|{years})")).expect("checked by tests")
});
/// Years from one to another, or a year alone. Matches "Năm 2026 - 2027", "2026"; not "Quý I năm 2026", nor
/// "Giai đoạn 2026 - 2030", which is a horizon.
static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    let span = r"(?:^|[Nn]ăm\s+)[12][0-9]{3}\s*[-–]\s*(?P<last>[12][0-9]{3})(?:[^0-9/]|$)";
    Regex::new(&format!(r"{span}|^(?P<only>[12][0-9]{{3}})(?:$|[,;.]|\s+và\s)")).expect("checked by tests")
});
static RELATIVE: LazyLock<Regex> = LazyLock::new(|| Regex::new(LENGTH).expect("checked by tests"));

/// The first deadline of `text`, with its span there. `anchor` is the paper's date: it completes a day or quarter
/// without year and "kể từ ngày ký"; a day before it is none ("các dự án phê duyệt trước ngày 01/7/2020").
///
/// Holds: "hoàn thành trước ngày 30/6/2022". Does not: "định hướng đến năm 2030".
pub fn due(text: &str, anchor: Option<Date>) -> Option<(Span, Due)> {
    let near = || [" nay", " này", " mai", " sau", " tới", " họp "].iter().any(|word| text.contains(word));
    if !text.bytes().any(|byte| byte.is_ascii_digit()) && !text.contains("quý I") && !near() {
        return None;
    }
    let fixed = FIXED.captures_iter(text).find_map(|found| fixed(text, &found, anchor));
    let relative = RELATIVE.captures_iter(text).find_map(|found| relative(&found, anchor));
    let ahead = BEFORE.find(text).map(|found| {
        let words = found.as_str().trim_end();
        (Span::new(found.start(), found.start() + words.len()), Due { text: words.to_owned(), date: None })
    });
    [fixed, relative, ahead].into_iter().flatten().min_by_key(|(span, _)| span.start)
}

/// True when the words of a cell begin with a day, month, quarter or year: "Quý I/2026", "Từ tháng 5/2026".
pub(super) fn names_period(cell: &str) -> bool {
    PERIOD.find(cell).is_some_and(|found| cell[..found.start()].split_whitespace().count() <= 3)
}

/// True when the first words of a cell name a day, month, quarter, year or session: "Giai đoạn 2026 - 2030", "2026".
pub(super) fn begins_with_period(cell: &str) -> bool {
    BEGINS.is_match(cell)
}

/// The last day of the last period in the words of a field ("Tháng 12/2025", "Quý I - II/2026"); none for a start
/// ("Từ 01/7/2025") or a repetition.
pub(super) fn last_day(field: &str, anchor: Option<Date>) -> Option<Date> {
    let field = field.trim();
    if field.starts_with("Từ ") || field.starts_with("từ ") || repetitions::repeats(field) {
        return due(field, anchor).and_then(|(_, due)| due.date);
    }
    if let Some(years) = YEARS.captures(field) {
        let last = years.name("last").or(years.name("only"))?;
        return Date::new(last.as_str().parse().ok()?, 12, 31).ok();
    }
    let found = PERIOD.captures_iter(field).last()?;
    let before = field[..found.get(0)?.start()].trim_end();
    let before = before.ends_with("rước");
    period_end(&found, before, anchor)
}

fn fixed(text: &str, found: &Captures<'_>, anchor: Option<Date>) -> Option<(Span, Due)> {
    let whole = found.get(0)?;
    // A bare day took the mark behind it in.
    let ends = whole.as_str().trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    let words = if found.name("d8").or(found.name("d9")).is_some() { &whole.as_str()[..ends] } else { whole.as_str() };
    let after = text[whole.end()..].trim_start();
    let yearly = ["hằng năm", "hàng năm", "mỗi năm", "hằng tháng", "hàng tháng"].iter().any(|word| after.starts_with(word));
    // "giữa tháng 9" names no day; "của năm trước" is told from another year.
    let session = found.name("session").is_some_and(|session| !session.as_str().ends_with("cuối"));
    let another = [" năm trước", " năm sau", " năm kế"].iter().any(|year| words.contains(year));
    let vague = yearly || session || found.name("part").is_some() || another;
    let before = ["before", "late", "before8"].iter().any(|name| found.name(name).is_some());
    let date = if vague { None } else { period_end(found, before, anchor) };
    let impossible = date.is_none() && !vague && anchor.is_some();
    // "từ nay đến năm 2030" is a horizon.
    let horizon = found.name("range").is_some() && found.name("y7").is_some();
    if impossible || horizon || date.zip(anchor).is_some_and(|(date, anchor)| date < anchor) {
        return None;
    }
    Some((Span::new(whole.start(), whole.start() + words.len()), Due { text: words.to_owned(), date }))
}

/// The last day of the period that a match names.
fn period_end(found: &Captures<'_>, before: bool, anchor: Option<Date>) -> Option<Date> {
    let number = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<i16>().ok());
    let year = |name: &str| number(name).or(anchor.map(Date::year));
    for (d, m, y) in [("d1", "m1", "y1"), ("d2", "m2", "y2"), ("d3", "m3", ""), ("d8", "m8", ""), ("d9", "m9", "")] {
        if let (Some(day), Some(month)) = (number(d), number(m)) {
            let given = number(y);
            let date = Date::new(given.or(anchor.map(Date::year))?, month as i8, day as i8).ok()?;
            let passed = given.is_none() && anchor.is_some_and(|anchor| date < anchor);
            return if passed { date.checked_add(1.year()).ok() } else { Some(date) };
        }
    }
    if let Some(near) = found.name("near") {
        return near_end(near.as_str(), anchor?);
    }
    let (first, months) = if let Some(month) = number("m4") {
        (Date::new(year("y4")?, month as i8, 1).ok()?, 1)
    } else if let Some(quarter) = found.name("q5") {
        let quarter = match quarter.as_str() {
            "I" | "1" => 0,
            "II" | "2" => 1,
            "III" | "3" => 2,
            _ => 3,
        };
        (Date::new(year("y5")?, quarter * 3 + 1, 1).ok()?, 3)
    } else if let Some(half) = found.name("h6") {
        (Date::new(year("y6")?, if half.as_str() == "đầu" { 1 } else { 7 }, 1).ok()?, 6)
    } else {
        (Date::new(number("y7")?, 1, 1).ok()?, 12)
    };
    let end = if before { first } else { first.checked_add(months.months()).ok()? };
    end.checked_sub(1.day()).ok()
}

/// The last day of "tuần này", "ngày mai" and the like, told on `today`.
fn near_end(near: &str, today: Date) -> Option<Date> {
    let next = near.ends_with("sau") || near.ends_with("tới");
    let first = Date::new(today.year(), today.month(), 1).ok()?;
    if near.starts_with("tuần") {
        let sunday = today.checked_add((7 - i64::from(today.weekday().to_monday_one_offset())).days()).ok()?;
        return if next { sunday.checked_add(7.days()).ok() } else { Some(sunday) };
    }
    let months = if near.starts_with("tháng") {
        1
    } else if near.starts_with("quý") {
        3 - (i64::from(today.month()) - 1) % 3
    } else if near.starts_with("năm") {
        13 - i64::from(today.month())
    } else {
        return if near.ends_with("mai") { today.tomorrow().ok() } else { Some(today) };
    };
    let unit = if near.starts_with("tháng") { 1 } else { 3 };
    first.checked_add((months + if next { unit } else { 0 }).months()).ok()?.checked_sub(1.day()).ok()
}

fn relative(found: &Captures<'_>, anchor: Option<Date>) -> Option<(Span, Due)> {
    let whole = found.get(0)?;
    let count: i64 = found["n"].parse().ok()?;
    let short = matches!(&found["unit"], "ngày làm việc" | "giờ làm việc")
        || &found["unit"] == "giờ"
        || found.name("term").is_some() && !matches!(&found["unit"], "tháng" | "năm");
    if found.name("from").is_none() && !short {
        return None;
    }
    let base = found.name("base").map_or("", |base| base.as_str()).trim();
    let start = match base {
        "ký" | "ban hành" => anchor,
        _ => PERIOD.captures(base).filter(|day| day.get(0).is_some_and(|m| m.start() == 0)).and_then(|day| period_end(&day, false, anchor)),
    };
    let date = start.and_then(|start| match &found["unit"] {
        "ngày" => start.checked_add(count.days()).ok(),
        "tuần" => start.checked_add(count.weeks()).ok(),
        "tháng" => start.checked_add(count.months()).ok(),
        "năm" => start.checked_add(count.years()).ok(),
        // Working days need the calendar of holidays.
        _ => None,
    });
    Some((Span::new(whole.start(), whole.end()), Due { text: whole.as_str().trim_end().to_owned(), date }))
}

#[cfg(test)]
mod tests {
    use super::{due, last_day};
    use crate::model::Date;

    fn anchor(cell: &str) -> Option<Date> {
        cell.parse().ok()
    }

    fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
        text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect())
    }

    #[test]
    fn deadlines() {
        for row in rows(include_str!("../../tests/cases/deadlines/due.tsv")) {
            let [text, day, want, date] = row[..] else { panic!("four columns: {row:?}") };
            let found = due(text, anchor(day));
            let got = found.as_ref().map_or("-", |(span, _)| span.of(text));
            assert_eq!(got.trim_end(), want, "{text}");
            let got = found.and_then(|(_, due)| due.date).map_or("-".to_owned(), |date| date.to_string());
            assert_eq!(got, date, "{text}");
        }
    }

    #[test]
    fn fields() {
        for row in rows(include_str!("../../tests/cases/deadlines/fields.tsv")) {
            let [text, day, want] = row[..] else { panic!("three columns: {row:?}") };
            let got = last_day(text, anchor(day)).map_or("-".to_owned(), |date| date.to_string());
            assert_eq!(got, want, "{text}");
        }
    }
}
