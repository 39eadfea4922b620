//! Tables: cells parted by lines that hold only `|`.
//!
//! Two borders in a row part two rows; an empty line between two borders is an empty cell; an empty line or a rule after a
//! border and before words ends the table (see `text::layout`).

use super::letterhead::Lines;
use crate::model::Span;

/// One table: rows of cells; a cell is the span of its lines.
pub(super) struct Table {
    pub(super) rows: Vec<Vec<Span>>,
    /// Index of the first line after it.
    pub(super) end: usize,
}

/// True when `row` has as many cells as the rows before it: a further cell would be one too many. One row alone tells
/// only where it has two cells, for a head of more may stand over columns that are parted below.
fn is_full(rows: &[Vec<Span>], row: &[Span]) -> bool {
    match rows {
        [] => false,
        [first] => first.len() == 2 && row.len() == 2,
        [.., before, last] => last.len() == row.len() && before.len() == row.len(),
    }
}

/// Reads the table that begins with the border at line `from`; `None` where no cell follows.
pub(super) fn read(lines: &Lines<'_>, from: usize) -> Option<Table> {
    let mut table = Table { rows: Vec::new(), end: from };
    let mut row: Vec<Span> = Vec::new();
    let mut cell: Option<Span> = None;
    let mut i = from;
    let mut after_border = false;
    while i < lines.len() {
        let (span, line) = lines[i];
        let words = line.trim();
        if words == "|" {
            if let Some(cell) = cell.take() {
                row.push(cell);
            } else if after_border && !row.is_empty() {
                table.rows.push(std::mem::take(&mut row));
            }
            after_border = true;
            table.end = i + 1;
        } else if words.is_empty() || words == "---" && after_border {
            let border_next = lines.get(i + 1).is_some_and(|(_, next)| next.trim() == "|");
            if after_border && border_next {
                cell = Some(Span::new(span.start, span.start));
            } else if after_border {
                break;
            }
        } else {
            // Markdown leaves no line between a table and the text after it.
            if after_border && is_full(&table.rows, &row) {
                break;
            }
            let span = super::trimmed(span, line);
            cell = Some(cell.map_or(span, |cell| Span::new(cell.start, span.end)));
            after_border = false;
            // A cell that no border closes is running text after the table.
            let closes = lines[i + 1..].iter().take(80).position(|(_, next)| next.trim() == "|");
            if closes.is_none() {
                break;
            }
        }
        i += 1;
    }
    if !row.is_empty() {
        table.rows.push(row);
    }
    (!table.rows.is_empty()).then_some(table)
}
