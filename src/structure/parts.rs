//! Where further papers begin in one text: a resolution with the conclusion behind it, a letter with what it forwards.
//!
//! Duty: the begin of each further paper. One begins where a letterhead begins again behind a signature or recipients (body or
//! motto, a number with figures, a place and a day, a type word, a text below: NĐ 30/2020, Phụ lục I), or where a collection
//! puts a heading of kind and number before the official name. An attached regulation or annex bears no number of its own
//! and stays with its paper; so does a pattern to be filled in ("Số: …/KH-…"). Not here: cutting the text (`extract`).

use super::{headline, letterhead, words};
use crate::model::{NormText, Span};
use crate::tables::Tables;

/// Lines of a letterhead above its number, blank ones counted.
const ABOVE: usize = 16;
/// Lines from the first line of a letterhead to the type word.
const REACH: usize = 40;
/// Lines of text below a title that make a paper.
const BODY: usize = 3;

/// Where each paper after the first begins: bytes in the normal text, in order.
pub fn parts(tables: &Tables, norm: &NormText) -> Vec<usize> {
    let lines: Vec<(Span, &str)> = norm.lines().collect();
    let marks = |words: &str| words::is_number_line(words) || heading(tables, words).is_some();
    // A look at the beginnings of lines ends it for nearly all papers.
    let marked: Vec<usize> = (0..lines.len()).filter(|i| marks(lines[*i].1.trim())).collect();
    if marked.len() < 2 && !marked.iter().any(|i| heading(tables, lines[*i].1.trim()).is_some()) {
        return Vec::new();
    }
    let mut body = letterhead::read(tables, &lines, 0).body;
    let mut numbers: Vec<String> = marked.iter().filter(|i| **i < body).filter_map(|i| figures(lines[*i].1)).collect();
    let mut starts = Vec::new();
    for at in marked {
        let Some(number) = (if at < body { None } else { figures(lines[at].1) }) else { continue };
        if numbers.contains(&number) {
            continue;
        }
        let start = named(tables, &lines, at).or_else(|| headed(tables, &lines, at, body));
        let Some(start) = start.filter(|start| *start >= body) else { continue };
        let head = letterhead::read(tables, &lines, start);
        let text = lines[head.body..].iter().filter(|(_, line)| line.trim().len() > 1).take(BODY).count();
        if text == BODY {
            starts.push(lines[start].0.start);
            numbers.push(number);
            body = head.body;
        }
    }
    starts
}

/// The first line of the letterhead whose number stands in line `at`, where the paper that began before `body` has ended.
fn headed(tables: &Tables, lines: &letterhead::Lines<'_>, at: usize, body: usize) -> Option<usize> {
    let blank = |words: &str| words.is_empty() || words == "|" || words == "---";
    let above = |i: &usize| {
        let words = lines[*i].1.trim();
        blank(words) || words == "*" || words::is_motto(tables, words) || words::issuer_line(tables, words) || words::is_place_line(words)
    };
    let first = (body.max(at.saturating_sub(ABOVE))..at).rev().take_while(above).last()?;
    let first = (first..at).find(|i| !blank(lines[*i].1.trim()))?;
    let body_told = (first..at).any(|i| words::issuer_line(tables, lines[i].1.trim()) || words::is_motto(tables, lines[i].1.trim()));
    let (word, _) = letterhead::read(tables, lines, first).type_word.filter(|(word, _)| *word > at && word - first <= REACH)?;
    let day = |words: &str| words::is_place_line(words) && words.bytes().filter(u8::is_ascii_digit).count() >= 6;
    let dated = (first..word).any(|i| day(lines[i].1.trim()));
    let ended = (body..first).any(|i| {
        let words = lines[i].1.trim();
        words.starts_with("Nơi nhận") || words::is_authority(tables, words)
    });
    (body_told && dated && ended).then_some(first)
}

/// Line `at`, where it is a heading of kind and number above the official name of the same paper.
fn named(tables: &Tables, lines: &letterhead::Lines<'_>, at: usize) -> Option<usize> {
    let own = heading(tables, lines[at].1.trim())?;
    let below = lines[at + 1..].iter().map(|(_, line)| line.trim()).find(|line| !line.is_empty())?;
    (headline::read(tables, below).is_some() && below.contains(own)).then_some(at)
}

/// The symbol of a line that is kind and number and nothing else: "Kết luận số 69-KL/TW".
pub(super) fn heading<'w>(tables: &Tables, words: &'w str) -> Option<&'w str> {
    if words.len() > 80 || !words.starts_with(char::is_uppercase) {
        return None;
    }
    let (kind, symbol) = words.rsplit_once(' ')?;
    let symbol_like =
        symbol.starts_with(|c: char| c.is_ascii_digit()) && symbol.contains(['/', '-']) && symbol.ends_with(char::is_uppercase);
    let kind = kind.strip_suffix(" số").unwrap_or(kind);
    (symbol_like && tables.kinds.by_name(kind).is_some()).then_some(symbol)
}

/// The number in a line, blanks left out; `None` where figures are still to be filled in.
fn figures(line: &str) -> Option<String> {
    let from = line.find(|c: char| c.is_ascii_digit())?;
    let number: String = line[from..].split([' ', '\t']).take(1).collect();
    (number.contains(['/', '-']) && number.chars().any(char::is_alphabetic)).then_some(number)
}
