//! Passages with triples "provision, relation, provision" (task 2.3 of the benchmark VLegal-Bench).
//!
//! Duty: read the records, put a passage's parts into one text, judge. A triple is judged when the number of its target
//! stands in the passage; many name only an article whose document another passage gives. What the passages cite beyond
//! the triples is neither right nor wrong: the triples list what one provision changes. Not here: telling the set.

use super::words;
use super::{Figure, LabelReport, around, extraction, find_number, has_fields, number, objects};
use crate::eval::report::{Finding, Tally};
use crate::extract::Extractor;
use crate::model::{Citation, Relation};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Documents named in the passage that are found.
pub(super) const DOCUMENTS: &str = "triple_documents";
/// Of these, relations as labelled.
pub(super) const RELATIONS: &str = "triple_relations";

/// One record.
#[derive(Debug)]
pub struct Passage {
    /// Address of the provision: its parts, the document last.
    address: String,
    /// Subject of the document and the parts of the passage, in reading order.
    text: String,
    /// Number of a target, as [`number`] writes it, and the relation word.
    targets: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Record {
    document: String,
    answer: Vec<Vec<String>>,
}

/// True for the first line of such a set.
pub(super) fn is_head(line: &str) -> bool {
    has_fields(line, &["document", "answer"])
}

/// Reads the records. The message of a failure names the line.
pub(super) fn parse(text: &str) -> Result<Vec<Passage>, String> {
    let records: Vec<Record> = objects(text)?;
    let read = |(at, record): (usize, &Record)| passage(record).ok_or_else(|| format!("record {}: no passages in its document", at + 1));
    records.iter().enumerate().map(read).collect()
}

/// `ADDRESS, words 'SUBJECT' words ["PART", 'PART' …]`.
fn passage(record: &Record) -> Option<Passage> {
    let (address, rest) = record.document.split_once(',')?;
    let list = rest.find('[')?;
    let subject =
        rest[..list].split_once(['\'', '"']).map_or("", |(_, quoted)| quoted.trim_end().rsplit_once(['\'', '"']).map_or("", |(s, _)| s));
    let mut parts = strings(&rest[list..]);
    if parts.is_empty() {
        // A single passage may stand without quotation marks.
        parts.push(rest[list + 1..].trim_end().trim_end_matches(']').to_owned());
    }
    // The parts follow the address, innermost first, or the text; the outermost part tells which.
    let mut units: Vec<&str> = address.split("/ ").map(str::trim).collect();
    units.pop();
    let heads = |part: &String, unit: &str| {
        part.trim_start().strip_prefix(unit).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    };
    if let ([_, .., outer], [_, .., last]) = (&units[..], &parts[..])
        && heads(last, outer)
    {
        parts.reverse();
    }
    let text = std::iter::once(subject.to_owned()).chain(parts).filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("\n\n");
    let targets = record.answer.iter().filter_map(|triple| {
        let [_, relation, target] = &triple[..] else { return None };
        let document = target.rsplit("/ ").next()?;
        let written = &document[document.find(|c: char| c.is_ascii_digit())?..];
        // "Mẫu 02a/…" is a form: a document's number has a year or two codes, so two separators.
        let whole = written.matches(['/', '-']).count() >= 2;
        whole.then(|| (number(Some(written)), relation.clone()))
    });
    Some(Passage { address: address.to_owned(), text, targets: targets.collect() })
}

/// The strings of a list in the notation of Python: either quotation mark, backslash escapes.
fn strings(list: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = list.chars();
    while let Some(quote) = rest.find(|c| matches!(c, '"' | '\'')) {
        let mut one = String::new();
        while let Some(c) = rest.next() {
            match c {
                '\\' => match rest.next() {
                    Some('n') => one.push('\n'),
                    Some('t') => one.push('\t'),
                    Some('r') => {}
                    Some('x') => one.extend(code(&mut rest, 2)),
                    Some('u') => one.extend(code(&mut rest, 4)),
                    Some(other) => one.push(other),
                    None => {}
                },
                c if c == quote => break,
                c => one.push(c),
            }
        }
        out.push(one);
    }
    out
}

/// The character of so many hexadecimal digits.
fn code(rest: &mut std::str::Chars<'_>, digits: usize) -> Option<char> {
    let word: String = rest.by_ref().take(digits).collect();
    u32::from_str_radix(&word, 16).ok().and_then(char::from_u32)
}

/// Judges every passage.
pub(super) fn judge(extractor: &Extractor, passages: &[Passage]) -> LabelReport {
    let (mut documents, mut relations) = (Tally::default(), Tally::default());
    let mut by_relation: BTreeMap<String, Tally> = BTreeMap::new();
    let mut findings = Vec::new();
    let mut left_out = 0;
    for passage in passages {
        let named: BTreeMap<&str, usize> =
            passage.targets.iter().filter_map(|(number, _)| Some((number.as_str(), find_number(&passage.text, number)?))).collect();
        if named.is_empty() {
            left_out += 1;
            continue;
        }
        let got = extraction(extractor, &passage.address, &passage.text);
        let finding = |what: &str, number: &str, got: Option<String>, want: Option<String>, sentence: String| Finding {
            paper: passage.address.clone(),
            what: what.to_owned(),
            text: Some(number.to_owned()),
            got,
            want,
            sentence: Some(sentence),
        };
        let mut judged = BTreeSet::new();
        for (at, (target, word)) in passage.targets.iter().enumerate() {
            let Some(place) = named.get(target.as_str()) else { continue };
            let hits: Vec<&Citation> = got.citations.iter().filter(|one| number(one.number.as_deref()) == *target).collect();
            let first = passage.targets[..at].iter().all(|(earlier, _)| earlier != target);
            if first {
                documents.add(!hits.is_empty());
            }
            if hits.is_empty() {
                if first {
                    let there: Vec<&str> = got.citations.iter().filter_map(|one| one.number.as_deref()).collect();
                    let there = (!there.is_empty()).then(|| there.join(", "));
                    findings.push(finding("document missed", target, there, Some(target.clone()), around(&passage.text, *place)));
                }
                continue;
            }
            let Some(wanted) = words::label("triples", word) else { continue };
            if !judged.insert((target, wanted)) {
                continue;
            }
            let said: BTreeSet<Relation> = hits.iter().map(|one| one.relation).collect();
            let right = wanted.iter().any(|relation| said.contains(relation));
            relations.add(right);
            by_relation.entry(wanted[0].as_str().to_owned()).or_default().add(right);
            if !right {
                let said = said.iter().map(|relation| relation.as_str()).collect::<Vec<_>>().join(", ");
                let want = wanted.iter().map(|relation| relation.as_str()).collect::<Vec<_>>().join(" or ");
                findings.push(finding("relation", target, Some(said), Some(want), hits[0].sentence.clone()));
            }
        }
    }
    let figures = vec![
        Figure::new(DOCUMENTS, documents, "documents of triples named in their passage"),
        Figure::new(RELATIONS, relations, "relations of those found"),
    ];
    LabelReport { set: "triples", folder: String::new(), units: passages.len(), left_out, figures, by_relation, findings }
}

#[cfg(test)]
mod tests {
    use super::{is_head, judge, parse};
    use crate::extract::Extractor;
    use crate::tables::Tables;

    #[test]
    fn lists_of_either_quotation_mark_are_read() {
        let read = super::strings(r#"["a \"b\"", 'c\u00e1\xa0\nd', '']"#);
        assert_eq!(read, ["a \"b\"", "c\u{e1}\u{a0}\nd", ""]);
    }

    #[test]
    fn targets_named_in_the_passage_are_judged() {
        let line = r#"{"document": "Khoản 2 / Điều 1 / Thông tư 5/2020/TT-BTC, trích yếu 'Sửa đổi Thông tư số 1/2019/TT-BTC' có [\"2. Bãi bỏ Điều 4.\", 'Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 01/2019/TT-BTC ngày 02/01/2019 của Bộ trưởng Bộ Tài chính']", "answer": [["x", "sửa đổi bổ sung", "Điều 4 / Thông tư 1/2019/TT-BTC"], ["x", "bãi bỏ", "Điều 9 / Thông tư 77/2018/TT-BTC"], ["x", "bãi bỏ", "Điều 4"]]}"#;
        assert!(is_head(line) && !is_head("{\"document\": 1}"));
        let passages = parse(line).expect("a sound record");
        assert!(passages[0].text.starts_with("Sửa đổi Thông tư số 1/2019/TT-BTC\n\nĐiều 1. "), "{}", passages[0].text);
        let report = judge(&Extractor::new(&Tables::builtin()), &passages);
        assert_eq!(report.figures.iter().map(|one| (one.tally.right, one.tally.judged)).collect::<Vec<_>>(), [(1, 1), (1, 1)]);
        assert!(report.findings.is_empty());
    }
}
