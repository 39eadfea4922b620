//! Official names of documents, with the numbers that stand in them.
//!
//! Duty: read the records, judge: a document's own number, the first of its name, is never a cited one; every other
//! number is found; the relation is right where the words at the head of the subject tell it. They tell it of the first
//! number behind them and of those that begin an item of their list; what stands inside the name of another document is
//! that one's business. Not here: the numbers and dates that a crawler noted beside the names, of which some are wrong.

use super::words;
use super::{Figure, LabelReport, extraction, find_number, has_fields, number, objects};
use crate::eval::report::{Finding, Tally};
use crate::extract::Extractor;
use crate::model::{Citation, CitationForm, Relation};
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

/// Names whose own number is not cited.
pub(super) const OWN: &str = "title_own";
/// Numbers in the names that are found.
pub(super) const DOCUMENTS: &str = "title_documents";
/// Relations that the head of the subject tells.
pub(super) const RELATIONS: &str = "title_relations";

/// Words that may stand between a mark of a list and the number of its item: a type word of up to three, "số", "và".
const ITEM_WORDS: usize = 5;

/// One record.
#[derive(Debug, Deserialize)]
pub struct Title {
    title: String,
    title_own_number: String,
    title_cited_numbers: Vec<String>,
}

/// True for the first line of such a set.
pub(super) fn is_head(line: &str) -> bool {
    has_fields(line, &["title", "title_own_number", "title_cited_numbers"])
}

/// Reads the records; a name that stands twice counts once. The message of a failure names the line.
pub(super) fn parse(text: &str) -> Result<Vec<Title>, String> {
    let mut titles: Vec<Title> = objects(text)?;
    let mut seen = HashSet::new();
    titles.retain(|title| seen.insert(title.title.clone()));
    Ok(titles)
}

/// The relations that the name tells of a cited number that stands at `at`.
fn told(title: &Title, at: usize, first: bool) -> Option<&'static [Relation]> {
    let own = number(Some(&title.title_own_number));
    let written = title.title.split_whitespace().find(|word| number(Some(word)) == own)?;
    let subject = title.title.find(written)? + written.len();
    let relations = words::leading("title", title.title[subject..].trim_start())?;
    let before = title.title.get(subject..at)?;
    let item = before.rfind([';', ':']).is_some_and(|mark| before[mark + 1..].split_whitespace().count() <= ITEM_WORDS);
    (first || item).then_some(relations)
}

/// Judges every name.
pub(super) fn judge(extractor: &Extractor, titles: &[Title]) -> LabelReport {
    let (mut own, mut documents, mut relations) = (Tally::default(), Tally::default(), Tally::default());
    let mut by_relation: BTreeMap<String, Tally> = BTreeMap::new();
    let mut findings = Vec::new();
    for title in titles {
        let own_number = number(Some(&title.title_own_number));
        let got = extraction(extractor, &title.title_own_number, &format!("{}\n\n", title.title));
        let finding = |what: &str, said: Option<String>, want: Option<&str>, text: &str| Finding {
            paper: title.title_own_number.clone(),
            what: what.to_owned(),
            text: Some(text.to_owned()),
            got: said,
            want: want.map(str::to_owned),
            sentence: Some(title.title.clone()),
        };
        let with = |wanted: &str| -> Vec<&Citation> {
            let others = got.citations.iter().filter(|one| one.form != CitationForm::SelfReference);
            others.filter(|one| number(one.number.as_deref()) == wanted).collect()
        };
        let cited_itself = with(&own_number);
        own.add(cited_itself.is_empty());
        if let Some(wrong) = cited_itself.first() {
            findings.push(finding("own number cited", wrong.number.clone(), None, &wrong.text));
        }
        for (at, cited) in title.title_cited_numbers.iter().enumerate() {
            let wanted = number(Some(cited));
            let hits = with(&wanted);
            documents.add(!hits.is_empty());
            if hits.is_empty() {
                let there: Vec<&str> = got.citations.iter().filter_map(|one| one.number.as_deref()).collect();
                let there = (!there.is_empty()).then(|| there.join(", "));
                findings.push(finding("document missed", there, Some(cited), cited));
                continue;
            }
            let Some(told) = find_number(&title.title, &wanted).and_then(|place| told(title, place, at == 0)) else { continue };
            let right = hits.iter().any(|one| told.contains(&one.relation));
            relations.add(right);
            by_relation.entry(told[0].as_str().to_owned()).or_default().add(right);
            if !right {
                let want = told.iter().map(|relation| relation.as_str()).collect::<Vec<_>>().join(" or ");
                findings.push(finding("relation", Some(hits[0].relation.as_str().to_owned()), Some(&want), &hits[0].text));
            }
        }
    }
    let figures = vec![
        Figure::new(OWN, own, "names whose own number is not cited"),
        Figure::new(DOCUMENTS, documents, "numbers of other documents in names"),
        Figure::new(RELATIONS, relations, "relations that the head of the subject tells"),
    ];
    LabelReport { set: "titles", folder: String::new(), units: titles.len(), left_out: 0, figures, by_relation, findings }
}

#[cfg(test)]
mod tests {
    use super::{judge, parse};
    use crate::extract::Extractor;
    use crate::tables::Tables;

    #[test]
    fn names_are_judged_by_their_own_words() {
        let line = |title: &str, own: &str, cited: &str| {
            format!("{{\"title\": \"{title}\", \"title_own_number\": \"{own}\", \"title_cited_numbers\": [{cited}]}}\n")
        };
        let text = line(
            "Nghị định số 5/2020/NĐ-CP Sửa đổi, bổ sung một số điều của Nghị định số 1/2019/NĐ-CP",
            "5/2020/NĐ-CP",
            "\"1/2019/NĐ-CP\"",
        ) + &line("Luật Đất đai số 9/2013/QH13", "9/2013/QH13", "")
            + &line("Luật Đất đai số 9/2013/QH13", "9/2013/QH13", "");
        let titles = parse(&text).expect("sound records");
        let report = judge(&Extractor::new(&Tables::builtin()), &titles);
        assert_eq!(report.units, 2);
        assert_eq!(report.figures.iter().map(|one| (one.tally.right, one.tally.judged)).collect::<Vec<_>>(), [(2, 2), (1, 1), (1, 1)]);
    }

    #[test]
    fn a_list_tells_the_relation_of_each_item_and_of_no_number_inside_one() {
        let title = super::Title {
            title: "Thông tư số 8/2024/TT-BTC Bãi bỏ các Thông tư: Thông tư số 1/2009/TT-BTC theo Nghị định số 2/2008/NĐ-CP; Thông tư số 3/2010/TT-BTC".into(),
            title_own_number: "8/2024/TT-BTC".into(),
            title_cited_numbers: Vec::new(),
        };
        let at = |number: &str| title.title.find(number).expect("it stands there");
        assert!(super::told(&title, at("1/2009"), true).is_some());
        assert!(super::told(&title, at("2/2008"), false).is_none());
        assert!(super::told(&title, at("3/2010"), false).is_some());
    }
}
