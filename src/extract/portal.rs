//! The information table of a portal's page: "Số hiệu | 46/CĐ-TTg", "Ngày ban hành | 11/07/2026", or lines of it
//! ("Ngày ban hành: 10 tháng 7 năm 2026").
//!
//! It is somebody's record of the paper, not the paper: it only fills in what the paper itself does not show.

use super::dates;
use super::mentions::MentionFinder;
use crate::model::{DateBasis, DocumentFacts, Issuer, NormText, Signer};
use crate::tables::{Tables, fold};

/// Rows of the table stand among this many first lines of a page.
const LINES: usize = 160;

/// Fills number, date, title and signer that `facts` lack from the information table of the page, where it has one, and
/// tells the issuer that the table names.
pub(super) fn fill(tables: &Tables, finder: &MentionFinder, norm: &NormText, facts: &mut DocumentFacts) -> Option<Issuer> {
    let lines: Vec<&str> = past_front_matter(norm.lines().take(LINES).map(|(_, line)| line.trim()).collect());
    let is_label = |role: &str, label: &str| tables.folded_forms(role).contains(&fold::lower(label.trim_end_matches(':')));
    let cell = |role: &str| {
        lines.windows(4).find_map(|row| {
            let [border, label, middle, value] = row else { return None };
            let named = *border == "|" && *middle == "|" && is_label(role, label);
            (named && !value.is_empty() && *value != "|").then_some(*value)
        })
    };
    let told = |role: &str| lines.iter().filter_map(|line| line.split_once(": ")).find(|(label, _)| is_label(role, label));
    let value = |role: &str| cell(role).or_else(|| told(role).map(|(_, value)| value.trim()));
    let number = cell("info_number");
    // A line alone is no such table; with the issuer's line it is.
    if number.is_none() && (told("info_date").is_none() || told("info_issuer").is_none()) {
        return None;
    }
    if facts.parsed.is_none() {
        facts.parsed = number.and_then(|number| finder.numbers.whole(number));
        facts.number = facts.parsed.as_ref().map(ToString::to_string);
    }
    if facts.date.is_none()
        && let Some(date) = value("info_date").and_then(dates::day).and_then(|read| read.date)
    {
        (facts.date, facts.date_basis) = (Some(date), Some(DateBasis::Headline));
    }
    if facts.title.is_none() {
        facts.title = value("info_title").map(str::to_owned).or_else(|| headline(&lines, finder).map(str::to_owned));
    }
    if facts.signers.is_empty()
        && let Some(signer) = value("info_signer")
    {
        facts.signers.push(person(signer));
    }
    let name = value("info_issuer")?;
    let row = tables.issuers.by_name(name);
    Some(Issuer {
        name: row.map_or_else(|| name.to_owned(), |row| row.name.clone()),
        register: facts.parsed.as_ref().map(|number| number.register().to_owned()),
        level: row.and_then(|row| row.level),
        province: None,
    })
}

/// The lines behind the fields that a site's generator puts before a page, between two lines of hyphens.
fn past_front_matter(lines: Vec<&str>) -> Vec<&str> {
    let mut rules = lines.iter().enumerate().filter(|(_, line)| !line.is_empty());
    if rules.next().is_none_or(|(_, line)| *line != "---") {
        return lines;
    }
    let fields = |line: &str| line == "---";
    match rules.find(|(_, line)| fields(line)) {
        Some((end, _)) => lines[end + 1..].to_vec(),
        None => lines,
    }
}

/// What the page is called: its first line, without the number that it begins with ("Nghị quyết 148/NQ-CP - Phiên họp …"), or
/// the line below where the first one is the number alone.
fn headline<'l>(lines: &[&'l str], finder: &MentionFinder) -> Option<&'l str> {
    let mut named = lines.iter().filter(|line| !line.is_empty() && **line != "---");
    let first = named.next().filter(|line| **line != "|")?;
    let after = finder.numbers.find(first, 0).first().filter(|found| found.span.start < 40).map_or(0, |found| found.span.end);
    if after == first.len() {
        return named.next().filter(|line| line.starts_with("Về ") || line.starts_with("V/v ")).copied();
    }
    let rest = first[after..].trim_start_matches(|c: char| !c.is_alphanumeric());
    (rest.split_whitespace().count() >= 3).then_some(rest)
}

/// "Trần Văn Mai (Chủ tịch Quốc hội)": the name, and the position in brackets.
fn person(words: &str) -> Signer {
    let (name, position) = words.split_once('(').map_or((words, None), |(name, rest)| (name, rest.strip_suffix(')')));
    Signer { name: name.trim().to_owned(), position: position.map(|p| p.trim().to_owned()), authority: None }
}
