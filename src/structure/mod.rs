//! The shape of one document: letterhead, title, outline, footnotes, signature, recipients, annexes, tables.
//!
//! Duty: say of every line of the normal text what it is and under what it hangs. Cannot fail.
//! Not here: reading numbers, names or dates out of these lines (see `extract`).

mod body;
mod foot;
mod letterhead;
mod tables;
pub(crate) mod words;

use crate::model::{Block, BlockKind, NormText, Span, Structure};
use crate::tables::Tables;

/// Reads the shape of `norm`.
pub fn read(tables: &Tables, norm: &NormText) -> Structure {
    let lines: Vec<(Span, &str)> = norm.lines().collect();
    let head = letterhead::read(tables, &lines, 0);
    let mut structure = Structure { title: head.title.clone(), ..Structure::default() };
    structure.type_word = head.type_word.map(|(_, span)| span);
    for i in 0..head.body {
        let (span, line) = lines[i];
        let words = line.trim();
        if words.is_empty() || words == "|" || words == "---" {
            continue;
        }
        let in_title = head.title.iter().any(|t| span.contains(*t)) || head.type_word.is_some_and(|(at, _)| at == i);
        let kind = if in_title { BlockKind::Title } else { BlockKind::Letterhead };
        if kind == BlockKind::Letterhead {
            structure.letterhead.push(trimmed(span, line));
        }
        structure.blocks.push(plain(trimmed(span, line), kind));
    }
    body::read(tables, norm, &lines, head.body, &mut structure);
    structure
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
