//! What one mention has from its neighbours: the date at the end of a list, the issuer told before it.

use super::dates;
use super::mentions::Mention;
use super::names::BodyReader;
use crate::model::CitationForm;

/// "18-NQ/TW và 19-NQ/TW, ngày 25/10/2017": what stands at the end of a list holds for its members.
pub(super) fn share_in_lists(line: &str, mentions: &mut [Mention]) {
    for i in (0..mentions.len().saturating_sub(1)).rev() {
        let (before, after) = mentions.split_at_mut(i + 1);
        let (a, b) = (&mut before[i], &after[0]);
        if a.span.end > b.span.start {
            continue;
        }
        let between = line[a.span.end..b.span.start].trim();
        let between = between.strip_suffix("số").map_or(between, str::trim_end);
        let touching = matches!(between, "," | "và" | ", và" | "" | ";" | "hoặc");
        // A type word of its own begins a new item, but its kind may still be written once for several.
        let own_word = line[b.span.start..b.number_at.start].chars().any(char::is_alphabetic) && !line[b.span.start..].starts_with("số");
        if touching && !own_word {
            if a.date.is_none() && a.year.is_none() && a.issuer.is_none() {
                a.date = b.date;
                a.year = b.year;
                if a.date.is_some() {
                    a.form = CitationForm::Full;
                }
            }
            if a.issuer.is_none() {
                a.issuer = b.issuer.clone();
                a.province = b.province.clone();
            }
            if a.term.is_none() && a.date.is_none() {
                a.term = b.term.clone();
            }
        }
    }
    // "Quyết định số A ngày 21/7/2014 và Kết luận số B cùng ngày": the day told last.
    for i in 1..mentions.len() {
        let (before, after) = mentions.split_at_mut(i);
        let b = &mut after[0];
        if b.date.is_none()
            && b.year.is_none()
            && (dates::same_day(&line[b.span.end..]) || line[b.span.start..b.span.end].contains(" cùng ngày"))
        {
            b.date = before.iter().rev().find_map(|a| a.date);
            if b.date.is_some() {
                b.form = CitationForm::Full;
            }
        }
    }
    // "theo đề nghị của X tại Tờ trình số A và Tờ trình số B": X holds for both.
    for i in 1..mentions.len() {
        let (before, after) = mentions.split_at_mut(i);
        let (a, b) = (&before[i - 1], &mut after[0]);
        let submissions = [a, &*b].iter().all(|m| matches!(m.kind.as_deref(), Some("TTr" | "CV" | "BC")));
        if submissions
            && b.issuer.is_none()
            && a.span.end <= b.span.start
            && matches!(line[a.span.end..b.span.start].trim(), "," | "và" | ", và" | ";")
        {
            b.issuer = a.issuer.clone();
            b.province = a.province.clone();
        }
    }
}

/// "Theo đề nghị của Bộ trưởng Bộ Y tế tại Tờ trình số …", "Bộ Y tế có công văn số …": who issues what follows.
pub(super) fn proposer(bodies: &BodyReader, line: &str, start: usize) -> Option<String> {
    let before = line[..start].trim_end();
    if let Some(before) = before.strip_suffix("tại").map(str::trim_end) {
        let at = before.rfind("của ")? + "của ".len();
        let whole = before[at..].split(" và ").all(|name| bodies.read(name).is_some_and(|read| name.len() - read.len < 3));
        return whole.then(|| before[at..].to_owned());
    }
    // "Bộ Khoa học và Công nghệ có công văn số …": the subject of the clause.
    let verbs = ["đã ban hành", "ban hành", "đã có", "có", "đã gửi", "gửi"];
    let subject = verbs.iter().find_map(|verb| before.strip_suffix(verb)).filter(|rest| rest.ends_with(' '))?.trim_end();
    let clause = &subject[subject.rfind([',', ';', '.', ':', '(']).map_or(0, |i| i + 1)..];
    let first = clause.find(char::is_uppercase)?;
    let read = bodies.read(&clause[first..])?;
    (read.known.is_some() && clause.len() - first == read.len).then_some(read.name)
}
