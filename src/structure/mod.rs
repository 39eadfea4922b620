//! The shape of one document: letterhead, title, outline, footnotes, signature, recipients, annexes, tables.
//!
//! Duty: say of every line of the normal text what it is and under what it hangs. Cannot fail.
//! Not here: reading numbers, names or dates out of these lines (see `extract`).

mod body;
mod foot;
pub(crate) mod headless;
mod headline;
mod letterhead;
mod parts;
mod tables;
pub(crate) mod words;

pub use parts::parts;

use crate::model::{Block, BlockKind, NormText, Span, Structure};
use crate::tables::{Tables, fold};

/// Reads the shape of `norm`.
pub fn read(tables: &Tables, norm: &NormText) -> Structure {
    let lines: Vec<(Span, &str)> = norm.lines().collect();
    let head = letterhead::read(tables, &lines, 0);
    let mut structure = Structure { title: head.title.clone(), ..Structure::default() };
    structure.type_word = head.type_word.map(|(_, span)| span);
    for (i, (span, line)) in lines.iter().copied().enumerate().take(head.body) {
        let words = line.trim();
        if words.is_empty() || words == "|" || words == "---" {
            continue;
        }
        let in_title = head.title.iter().any(|t| span.contains(*t)) || head.type_word.is_some_and(|(at, _)| at == i);
        let kind = if in_title { BlockKind::Title } else { BlockKind::Letterhead };
        // Issuer, number and day may stand before the subject in one line.
        let subject = head.title.iter().find(|t| head.lines.contains(&i) && span.contains(**t) && t.start > span.start);
        let of = subject.map_or(span, |subject| Span::new(span.start, subject.start));
        if kind == BlockKind::Letterhead || subject.is_some() {
            structure.letterhead.push(trimmed(of, of.of(&norm.text)));
        }
        if let Some(subject) = subject {
            structure.blocks.push(plain(trimmed(of, of.of(&norm.text)), BlockKind::Letterhead));
            structure.blocks.push(plain(*subject, BlockKind::Title));
            continue;
        }
        structure.blocks.push(plain(trimmed(span, line), kind));
    }
    let end = match authentication(tables, &lines, head.body) {
        Some((from, to)) => {
            body::read(tables, norm, &lines[..from], head.body, &mut structure);
            for (span, line) in &lines[from..to] {
                if !line.trim().is_empty() {
                    structure.letterhead.push(trimmed(*span, line));
                    structure.blocks.push(plain(trimmed(*span, line), BlockKind::Letterhead));
                }
            }
            to
        }
        None => head.body,
    };
    body::read(tables, norm, &lines, end, &mut structure);
    in_order(&mut structure.blocks);
    structure
}

/// The lines that authenticate a consolidated text and bear its own number and date, which stand before the signature
/// (Pháp lệnh 01/2012/UBTVQH13, Điều 9): from the issuing body to the place line.
fn authentication(tables: &Tables, lines: &letterhead::Lines<'_>, from: usize) -> Option<(usize, usize)> {
    const REACH: usize = 12;
    let marks = tables.folded_forms("consolidated");
    let short = |line: &str| line.len() < 80 && !line.chars().any(char::is_lowercase);
    let at = (from..lines.len()).rfind(|i| short(lines[*i].1) && marks.contains(&fold::lower(lines[*i].1.trim())))?;
    let around = at.saturating_sub(REACH).max(from)..(at + REACH).min(lines.len());
    let number = around.clone().find(|i| words::is_number_line(lines[*i].1.trim()))?;
    let place = around.clone().rfind(|i| words::is_place_line(lines[*i].1.trim())).unwrap_or(at);
    let issuer = (around.start..number).rev().find(|i| words::issuer_line(tables, lines[*i].1.trim())).unwrap_or(number);
    Some((issuer.min(at).min(place), number.max(place).max(at) + 1))
}

/// Puts blocks into the order of the text; merged columns make recipients and signature take turns.
fn in_order(blocks: &mut Vec<Block>) {
    if blocks.is_sorted_by_key(|block| block.span.start) {
        return;
    }
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    order.sort_by_key(|i| blocks[*i].span.start);
    let mut place = vec![0; blocks.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old] = new;
    }
    *blocks = order.iter().map(|old| Block { parent: blocks[*old].parent.map(|p| place[p]), ..blocks[*old].clone() }).collect();
}

/// A block without label at the outermost level.
fn plain(span: Span, kind: BlockKind) -> Block {
    Block { span, body: span.start, kind, label: None, depth: 0, parent: None, annex: 0, cells: Vec::new() }
}

/// `span` without the spaces around `line`'s words.
fn trimmed(span: Span, line: &str) -> Span {
    let start = span.start + (line.len() - line.trim_start().len());
    Span::new(start, (start + line.trim().len()).max(start))
}
