//! What a page tells of the paper that it shows: the information table of a portal ("Số hiệu | 46/CĐ-TTg", "Ngày ban hành |
//! 11/07/2026"), lines of it ("Ngày ban hành: 10 tháng 7 năm 2026"), the fields that a site's generator puts before a page,
//! and the sentence that announces it ("Tổng Bí thư … đã ký ban hành Nghị quyết số …").
//!
//! It is somebody's record of the paper, not the paper: it only fills in what the paper itself does not show.

use super::dates;
use super::mentions::MentionFinder;
use crate::model::{Date, DateBasis, DocNumber, DocumentFacts, Issuer, NormText, Signer};
use crate::structure::words;
use crate::tables::{Tables, fold};

/// Rows of the table stand among this many first lines of a page.
const LINES: usize = 160;
/// An announcement stands among this many first lines of a page.
const ANNOUNCEMENT: usize = 20;

/// What a page tells, line by line.
struct Page<'t> {
    tables: &'t Tables,
    /// Fields before the page, between two lines of hyphens.
    fields: Vec<&'t str>,
    lines: Vec<&'t str>,
}

impl<'t> Page<'t> {
    fn new(tables: &'t Tables, norm: &'t NormText) -> Page<'t> {
        let lines = norm.lines().take(LINES).map(|(_, line)| line.trim()).filter(|line| !line.is_empty()).collect();
        // Such fields are lifted out of the text, as what goes before its first line.
        let fields = norm.lifted.iter().take_while(|line| line.at == 0).filter(|line| !line.stamp);
        let fields = fields.map(|line| line.text.trim()).collect();
        Page { tables, fields, lines }
    }

    fn is_label(&self, role: &str, label: &str) -> bool {
        self.tables.folded_forms(role).contains(&fold::lower(label.trim_matches(['*', ':', ' '])))
    }

    /// The cell beside a label of the information table.
    fn cell(&self, role: &str) -> Option<&'t str> {
        self.lines.windows(4).find_map(|row| {
            let [border, label, middle, value] = row else { return None };
            let named = *border == "|" && *middle == "|" && self.is_label(role, label);
            (named && *value != "|").then_some(*value)
        })
    }

    /// What stands behind a label and its colon in one line of `lines`.
    fn line(&self, lines: &[&'t str], role: &str) -> Option<&'t str> {
        let parts = lines.iter().filter_map(|line| line.split_once(':'));
        let told = parts.filter(|(label, _)| label.len() < 60 && self.is_label(role, label)).map(|(_, value)| value);
        told.map(|value| value.trim_matches(['*', '"', ' '])).find(|value| !value.is_empty())
    }

    fn value(&self, role: &str) -> Option<&'t str> {
        self.cell(role).or_else(|| self.line(&self.lines, role)).or_else(|| self.line(&self.fields, role))
    }

    /// True for a page that keeps a record: a table with a number, a field with one, or a day and an issuer.
    fn has_record(&self) -> bool {
        let told = |role: &str| self.line(&self.lines, role).or_else(|| self.line(&self.fields, role)).is_some();
        let numbered = self.cell("info_number").or_else(|| self.line(&self.fields, "info_number")).is_some();
        numbered || told("info_date") && told("info_issuer") || self.line(&self.fields, "info_page").is_some()
    }

    /// The day that the field with the page's name gives behind the paper's own number; the day of the page itself is another.
    fn named_day(&self, own: &DocNumber, finder: &MentionFinder) -> Option<Date> {
        let title = self.line(&self.fields, "info_page")?;
        let found = finder.numbers.find(title, 0).into_iter().next().filter(|found| found.number.key() == own.key())?;
        dates::attached(&title[found.span.end..])?.date
    }

    /// What the page is called: its first line, without the number that it begins with ("Nghị quyết 148/NQ-CP - Phiên họp …"),
    /// or the line below where the first one is the number alone; else the field for it.
    fn headline(&self, finder: &MentionFinder) -> Option<&'t str> {
        let mut named = self.lines.iter().filter(|line| **line != "---");
        let first = named.next().filter(|line| **line != "|")?;
        let subject = behind_number(first, finder);
        if subject.is_empty() {
            let below = named.next().filter(|line| line.starts_with("Về ") || line.starts_with("V/v "));
            return below.copied().or_else(|| self.field_title(finder));
        }
        let long = |words: &&str| words.split_whitespace().count() >= 3;
        Some(subject).filter(long).or_else(|| self.field_title(finder))
    }

    fn field_title(&self, finder: &MentionFinder) -> Option<&'t str> {
        let title = behind_number(self.line(&self.fields, "info_page")?, finder);
        (title.split_whitespace().count() >= 3).then_some(title)
    }

    /// "Thay mặt Bộ Chính trị, Tổng Bí thư Nguyễn Văn A đã ký ban hành Nghị quyết số …".
    fn announced_signer(&self) -> Option<Signer> {
        self.lines.iter().take(ANNOUNCEMENT).find_map(|line| {
            let at = self.tables.forms("announcement").iter().find_map(|words| line.find(words.as_str()))?;
            person(self.tables, line[..at].rsplit(',').next()?.trim_matches(['*', ' ']))
        })
    }
}

/// Fills number, date, title and signer that `facts` lack from what the page tells, and tells the issuer that it names.
pub(super) fn fill(tables: &Tables, finder: &MentionFinder, norm: &NormText, facts: &mut DocumentFacts) -> Option<Issuer> {
    let page = Page::new(tables, norm);
    if facts.signers.is_empty() {
        facts.signers.extend(page.announced_signer());
    }
    if !page.has_record() {
        return None;
    }
    if facts.parsed.is_none() {
        facts.parsed = page.value("info_number").and_then(|number| finder.numbers.whole(number));
        facts.number = facts.parsed.as_ref().map(ToString::to_string);
    }
    let named = || facts.parsed.as_ref().and_then(|own| page.named_day(own, finder));
    if facts.date.is_none()
        && let Some(date) = page.value("info_date").and_then(day).or_else(named)
    {
        (facts.date, facts.date_basis) = (Some(date), Some(DateBasis::Headline));
    }
    if facts.title.is_none() {
        facts.title = page.value("info_title").or_else(|| page.headline(finder)).map(str::to_owned);
    }
    if facts.signers.is_empty() {
        facts.signers.extend(page.value("info_signer").and_then(|words| person(tables, words)));
    }
    let name = page.value("info_issuer")?;
    let row = tables.issuers.by_name(name);
    Some(Issuer {
        name: row.map_or_else(|| name.to_owned(), |row| row.name.clone()),
        register: facts.parsed.as_ref().map(|number| number.register().to_owned()),
        level: row.and_then(|row| row.level),
        province: None,
    })
}

/// A day as people write it, or as generators do ("2026-07-10").
fn day(words: &str) -> Option<Date> {
    let iso = words.get(..10).and_then(|head| head.parse().ok());
    iso.or_else(|| dates::day(words.strip_prefix("ngày ").unwrap_or(words)).and_then(|read| read.date))
}

/// The words behind the number that a line begins with, and behind its day.
fn behind_number<'l>(line: &'l str, finder: &MentionFinder) -> &'l str {
    let number = finder.numbers.find(line, 0).into_iter().next().filter(|found| found.span.start < 40).map_or(0, |found| found.span.end);
    let day = dates::attached(&line[number..]).filter(|_| number > 0).map_or(0, |read| read.len);
    line[number + day..].trim_start_matches(|c: char| !c.is_alphanumeric())
}

/// "Trần Văn Mai (Chủ tịch Quốc hội)", "Trần Văn Mai — Bộ trưởng", "Tổng Bí thư Trần Văn Mai": the name and the position.
fn person(tables: &Tables, words: &str) -> Option<Signer> {
    let parted = words.split_once('(').map(|(name, rest)| (name, rest.trim_end_matches(')')));
    let parted = parted.or_else(|| words.split_once(['—', '–'])).or_else(|| words.split_once(" - "));
    let signer = |name: &str, position: Option<&str>| Signer {
        name: name.trim().to_owned(),
        position: position.map(|position| position.trim().to_owned()),
        authority: None,
    };
    if let Some((name, position)) = parted {
        return Some(signer(name, Some(position)));
    }
    let mut ends = words.match_indices(' ').map(|(at, _)| at);
    let split = ends.find(|at| words::is_position(tables, &words[..*at]) && words::is_person(tables, &words[at + 1..]));
    match split {
        Some(at) => Some(signer(&words[at..], Some(&words[..at]))),
        None => words::is_person(tables, words).then(|| signer(words, None)),
    }
}
