//! Finds two columns beside each other on a PDF page.
//!
//! Duty: the gutter of a letterhead, or of recipients beside a signature, and the lines of both sides. Not here: where
//! on a page such a pair is looked for.

use super::pdf_lines::{Cell, Line, SMALL, WIDE};

/// Narrowest gutter between two columns, in em.
const GUTTER: f32 = 0.7;
/// Vertical gap, in em, that ends a pair of columns.
const COLUMN_BREAK: f32 = 3.2;
/// Lines of one column that may stand above the first line of two.
const LEAD: usize = 5;

/// Two columns beside each other over several lines.
pub(super) struct Pair {
    /// Lines of the left column.
    pub(super) left: Vec<String>,
    /// Lines of the right column.
    pub(super) right: Vec<String>,
    /// Where the lines of the right column begin and end.
    rights: Vec<(f32, f32)>,
    /// A line of the left column stands above the first line of two.
    led: bool,
    /// First line after it.
    pub(super) end: usize,
}

impl Pair {
    /// The pair of columns that begins at a line, when one of the next lines shows two.
    pub(super) fn from(lines: &[Line], start: usize, wide: f32) -> Option<Pair> {
        let (seed, gutter) = (start..lines.len().min(start + LEAD)).find_map(|i| Some((i, gutter(lines, i, wide)?)))?;
        let middle = page_middle(lines);
        let mut pair = Pair { left: Vec::new(), right: Vec::new(), rights: Vec::new(), led: false, end: start };
        let (mut from, mut to) = gutter;
        // How far each column reaches, as far as is known.
        let mut extent: [Option<(f32, f32)>; 2] = [None, None];
        for i in start..lines.len() {
            let line = &lines[i];
            let em = line.size;
            let split = line.cells.partition_point(|cell| cell.centre() < (from + to) / 2.0);
            let columns = [&line.cells[..split], &line.cells[split..]];
            let next_from = columns[0].last().map_or(from, |cell| from.max(cell.right));
            let next_to = columns[1].first().map_or(to, |cell| to.min(cell.left));
            let far = i > start && lines[i - 1].base - line.base > COLUMN_BREAK * em && !is_name(line, columns, extent);
            if far || next_to - next_from < GUTTER * em || is_title(line, columns, extent, middle) {
                break;
            }
            (from, to) = (next_from, next_to);
            pair.led |= i < seed && !columns[0].is_empty();
            for (side, cells) in columns.into_iter().enumerate() {
                let (Some(first), Some(last)) = (cells.first(), cells.last()) else { continue };
                let (left, right) = extent[side].unwrap_or((first.left, last.right));
                extent[side] = Some((left.min(first.left), right.max(last.right)));
                let text = cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" ");
                if side == 0 {
                    pair.left.push(text);
                } else {
                    pair.right.push(text);
                    pair.rights.push((first.left, last.right));
                }
            }
            pair.end = i + 1;
        }
        (pair.end > seed && !pair.left.is_empty() && !pair.right.is_empty()).then_some(pair)
    }

    /// True for recipients beside a signature: the pair reaches the foot of the page, the right column is centred, as
    /// signatures are and table cells are not.
    pub(super) fn is_foot(&self, lines: &[Line]) -> bool {
        let em = lines[self.end - 1].size;
        // Footnotes may stand below, in smaller type.
        let is_last = lines[self.end..].iter().all(|line| line.size < em * SMALL);
        // A line above it on the left is the end of the running text.
        if self.led || !is_last || self.left.len() < 2 || self.rights.len() < 2 {
            return false;
        }
        let centres: Vec<f32> = self.rights.iter().map(|(left, right)| (left + right) / 2.0).collect();
        let spread = |values: &mut dyn Iterator<Item = f32>| {
            let (low, high) = values.fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
            high - low
        };
        spread(&mut centres.iter().copied()) < 2.5 * em && spread(&mut self.rights.iter().map(|(left, _)| *left)) > 0.5 * em
    }
}

/// The gutter that a line shows: one wide gap in it, or beside the line under it, which stands too high for its own line.
fn gutter(lines: &[Line], i: usize, wide: f32) -> Option<(f32, f32)> {
    let em = lines[i].size;
    let mut gaps = lines[i].cells.windows(2).filter(|pair| pair[1].left - pair[0].right >= wide * em);
    if let Some(pair) = gaps.next() {
        return gaps.next().is_none().then_some((pair[0].right, pair[1].left));
    }
    let next = lines.get(i + 1).filter(|next| lines[i].base - next.base < 0.75 * em.min(next.size))?;
    if next.left() - lines[i].right() >= WIDE * em {
        return Some((lines[i].right(), next.left()));
    }
    (lines[i].left() - next.right() >= WIDE * em).then(|| (next.right(), lines[i].left()))
}

fn page_middle(lines: &[Line]) -> f32 {
    let left = lines.iter().map(Line::left).fold(f32::INFINITY, f32::min);
    let right = lines.iter().map(Line::right).fold(f32::NEG_INFINITY, f32::max);
    (left + right) / 2.0
}

/// True for a line that stands in the middle of the page and not in the middle of the column it would fall into.
fn is_title(line: &Line, columns: [&[Cell]; 2], extent: [Option<(f32, f32)>; 2], middle: f32) -> bool {
    let side = match columns {
        [[_, ..], []] => 0,
        [[], [_, ..]] => 1,
        _ => return false,
    };
    let Some((left, right)) = extent[side] else { return false };
    let centre = (line.left() + line.right()) / 2.0;
    (centre - middle).abs() < 1.5 * line.size && (centre - (left + right) / 2.0).abs() > 3.0 * line.size
}

/// True for a line in the middle of the right column: the name under a signature, which needs room above it.
fn is_name(line: &Line, columns: [&[Cell]; 2], extent: [Option<(f32, f32)>; 2]) -> bool {
    let ([], Some((left, right))) = (columns[0], extent[1]) else { return false };
    ((line.left() + line.right()) / 2.0 - (left + right) / 2.0).abs() < 1.5 * line.size
}
