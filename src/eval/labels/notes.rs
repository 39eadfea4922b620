//! Source notes of a code of laws: "(Điều 1 Nghị định số …)", each link in them with the id of its target.
//!
//! Duty: read the links, judge whether two notes mean the same document. Each link with its own words is read as a text
//! of its own, all of them are resolved together, and the pairs of links are counted: same target and same document.
//! A link is judged when its words hold a figure and a code joined by a stroke: what has no number can mean nothing.
//! Not here: the relations between articles of the code, which the same file holds.

use super::{Figure, LabelReport, extraction, has_fields};
use crate::eval::report::{Finding, Tally};
use crate::extract::Extractor;
use crate::model::DocumentFacts;
use crate::resolve::{Certainty, MentionAt, Paper, Resolution, resolve};
use crate::tables::Tables;
use std::collections::{BTreeMap, HashMap};

/// Of the pairs that mean the same document here, those with one target.
pub(super) const PRECISION: &str = "note_precision";
/// Of the pairs with one target, those that mean the same document here.
pub(super) const RECALL: &str = "note_recall";

/// Columns that are read.
const COLUMNS: [&str; 5] = ["article_label", "kind", "link_text", "target_id", "text_after_or_target_kind"];

/// One link of a note.
#[derive(Debug)]
pub struct Note {
    label: String,
    words: String,
    target: String,
}

/// True for the first line of such a set.
pub(super) fn is_head(line: &str) -> bool {
    let columns: Vec<&str> = line.trim_start_matches('\u{feff}').split('\t').collect();
    !has_fields(line, &[]) && COLUMNS.iter().all(|name| columns.contains(name))
}

/// Reads the links of notes. The message of a failure names the line.
pub(super) fn parse(text: &str) -> Result<Vec<Note>, String> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let head: Vec<&str> = lines.next().map(|(_, line)| line.split('\t').collect()).unwrap_or_default();
    let places = COLUMNS.map(|name| head.iter().position(|column| *column == name));
    let mut notes = Vec::new();
    for (at, line) in lines {
        let fields: Vec<&str> = line.split('\t').collect();
        let field = |column: usize| places[column].and_then(|place| fields.get(place)).copied();
        let [Some(label), Some(kind), Some(link), Some(target), Some(after)] = [0, 1, 2, 3, 4].map(field) else {
            return Err(format!("line {}: {} fields, the head has {}", at + 1, fields.len(), head.len()));
        };
        if kind == "source_note" {
            let words = format!("{link} {after}");
            notes.push(Note { label: label.to_owned(), words: words.trim().to_owned(), target: target.to_owned() });
        }
    }
    Ok(notes)
}

/// True when the words hold a number: figures, a stroke, and a code of capitals behind it.
fn numbered(words: &str) -> bool {
    words.split_whitespace().any(|word| {
        let stroke = word.find(['/', '-']).filter(|at| word[..*at].ends_with(|c: char| c.is_ascii_alphanumeric()));
        word.starts_with(|c: char| c.is_ascii_digit()) && stroke.is_some_and(|at| word[at..].contains(char::is_uppercase))
    })
}

/// The document that each link means, in the order of the links.
fn documents(tables: &Tables, extractor: &Extractor, notes: &[&Note]) -> Vec<Option<String>> {
    let paper = |(id, note): (i64, &&Note)| {
        let got = extraction(extractor, &note.label, &note.words);
        // A note is no paper: what it seems to say of itself is nobody's number.
        Paper { hash: format!("{id:08}"), facts: DocumentFacts::default(), ..Paper::new(id, "", &got) }
    };
    let papers: Vec<Paper> = (0..).zip(notes).map(paper).collect();
    let Resolution { nodes, links } = resolve(tables, &papers, &[]);
    let sure = links.into_iter().filter(|link| link.certainty != Certainty::Ambiguous);
    let meant: HashMap<MentionAt, u32> = sure.filter_map(|link| Some((link.at, link.candidates.first()?.node))).collect();
    let document = |paper: &Paper| {
        let index = paper.mentions.iter().position(|mention| mention.number.is_some())? as u32;
        meant.get(&MentionAt { paper: paper.id, index }).map(|node| nodes[*node as usize].id.clone())
    };
    papers.iter().map(document).collect()
}

/// Judges every pair of links.
pub(super) fn judge(tables: &Tables, extractor: &Extractor, notes: &[Note]) -> LabelReport {
    let judged: Vec<&Note> = notes.iter().filter(|note| numbered(&note.words)).collect();
    let meant = documents(tables, extractor, &judged);
    // Links by target and document; one without a document is alone.
    let mut cells: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    let alone: Vec<String> = (0..judged.len()).map(|at| format!("?{at}")).collect();
    for (at, (note, document)) in judged.iter().zip(&meant).enumerate() {
        let document = document.as_deref().unwrap_or(&alone[at]);
        cells.entry((&note.target, document)).or_default().push(at);
    }
    let (mut by_target, mut by_document): (BTreeMap<&str, Vec<_>>, BTreeMap<&str, Vec<_>>) = Default::default();
    for ((target, document), links) in &cells {
        by_target.entry(*target).or_default().push((*document, links));
        by_document.entry(*document).or_default().push((*target, links));
    }
    let pairs = |links: usize| (links * links.saturating_sub(1) / 2) as u64;
    let right = cells.values().map(|links| pairs(links.len())).sum();
    let all = |groups: &BTreeMap<&str, Vec<(&str, &Vec<usize>)>>| {
        groups.values().map(|cells| pairs(cells.iter().map(|(_, links)| links.len()).sum())).sum()
    };
    let precision = Tally { right, judged: all(&by_document) };
    let recall = Tally { right, judged: all(&by_target) };
    let mut findings = Vec::new();
    for (what, groups) in [("one target, several documents", &by_target), ("one document, several targets", &by_document)] {
        for (group, cells) in groups.iter().filter(|(_, cells)| cells.len() > 1) {
            let largest = cells.iter().max_by_key(|(_, links)| links.len()).map(|(name, _)| *name);
            for (name, links) in cells {
                let note = judged[links[0]];
                findings.push(Finding {
                    paper: note.label.clone(),
                    what: format!("{what}: {group}"),
                    text: None,
                    got: (!name.starts_with('?')).then(|| format!("{name} ({})", links.len())),
                    want: largest.filter(|largest| largest != name).map(str::to_owned),
                    sentence: Some(note.words.clone()),
                });
            }
        }
    }
    let figures = vec![
        Figure::new(PRECISION, precision, "pairs of links that mean one document here"),
        Figure::new(RECALL, recall, "pairs of links with one target"),
    ];
    let left_out = notes.len() - judged.len();
    LabelReport { set: "notes", folder: String::new(), units: notes.len(), left_out, figures, by_relation: BTreeMap::new(), findings }
}

#[cfg(test)]
mod tests {
    use super::{is_head, judge, numbered, parse};
    use crate::extract::Extractor;
    use crate::tables::Tables;

    const HEAD: &str = "article_label\tkind\tlink_text\ttarget_id\ttext_after_or_target_kind\n";

    #[test]
    fn pairs_are_counted() {
        assert!(is_head(HEAD.trim_end()) && !is_head("article_label\tkind"));
        let rows = "a\tsource_note\t(Điều 1 Nghị định số 5/2015/NĐ-CP ngày 12/01/2015 của Chính phủ)\t1\t\n\
            b\tsource_note\tĐiều 2\t1\tNghị định số 05/2015/NĐ-CP, có hiệu lực\n\
            c\tsource_note\tĐiều 2\t2\tNghị định số 6/2015/NĐ-CP, có hiệu lực\n\
            d\trelated\tĐiều 2\t3\tphapdien\n\
            e\tsource_note\tĐiều 7\t2\t\n";
        let notes = parse(&(HEAD.to_owned() + rows)).expect("a sound table");
        let tables = Tables::builtin();
        let report = judge(&tables, &Extractor::new(&tables), &notes);
        assert_eq!((report.units, report.left_out), (4, 1));
        assert_eq!(report.figures.iter().map(|one| (one.tally.right, one.tally.judged)).collect::<Vec<_>>(), [(1, 1), (1, 1)]);
        assert!(parse(&(HEAD.to_owned() + "a\tb\n")).is_err_and(|why| why.contains("line 2")));
    }

    #[test]
    fn words_with_a_number_are_told() {
        assert!(numbered("Điều 1 Luật số 21-LCT/HDNN8 ngày") && numbered("30a/2008/NQ-CP,"));
        assert!(!numbered("Điều 1 ngày 12/11/1999 của") && !numbered("Chương III"));
    }
}
