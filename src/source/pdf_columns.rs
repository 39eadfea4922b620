//! Finds two columns beside each other on a PDF page.
//!
//! Duty: the letterhead at the top of a paper, and the recipients beside the signature at the foot of a page: where they
//! begin and end, and the lines of both sides. Not here: tables, which are read row by row.

use super::lines::starts_with_mark;
use super::pdf_lines::{Cell, Line, SMALL, WIDE};

/// Narrowest gutter between two columns, in em.
const GUTTER: f32 = 0.7;
/// Gap that shows the gutter of a letterhead whose cells are set close, in em; both its columns must have two lines then.
const CLOSE: f32 = 0.85;
/// Vertical gap, in em, that ends a letterhead.
const COLUMN_BREAK: f32 = 3.2;
/// Lines of one column that may stand above the first line of two.
const LEAD: usize = 5;
/// Room for a signature, in em.
const SIGNATURE: f32 = 12.0;
/// How far the middles of a signature's lines may lie apart, in em.
const CENTRED: f32 = 2.5;
/// Lines from the foot of the page in which a block of footnotes begins.
const NOTES: usize = 15;

/// Two columns beside each other over several lines.
pub(super) struct Pair {
    /// First line of it.
    pub(super) start: usize,
    /// First line after it.
    pub(super) end: usize,
    /// Lines of the left column.
    pub(super) left: Vec<String>,
    /// Lines of the right column.
    pub(super) right: Vec<String>,
}

/// The letterhead that begins at a line, when one of the next lines shows two columns.
pub(super) fn letterhead(lines: &[Line], start: usize) -> Option<Pair> {
    let close = columns_from(lines, start, CLOSE).filter(|pair| pair.left.len() > 1 && pair.right.len() > 1);
    close.or_else(|| columns_from(lines, start, WIDE).filter(|pair| pair.end - start > 1))
}

/// The recipients beside the signature: two columns that reach the foot of the page, the right one centred, as
/// signatures are and table cells are not. Footnotes may stand below.
pub(super) fn foot(lines: &[Line], size: f32) -> Option<Pair> {
    let end = before_notes(lines, size);
    let (top, (from, to)) = free_gutter(lines, end)?;
    let split = |line: &Line| line.cells.partition_point(|cell| cell.centre() < (from + to) / 2.0);
    // From the foot upward, as long as the right column stays centred.
    let (mut low, mut high) = (f32::INFINITY, f32::NEG_INFINITY);
    let mut lefts: Vec<f32> = Vec::new();
    let mut start = end;
    for i in (top..end).rev() {
        let [.., last] = lines[i].cells.as_slice() else { continue };
        let Some(first) = lines[i].cells.get(split(&lines[i])) else { continue };
        let centre = (first.left + last.right) / 2.0;
        (low, high) = (low.min(centre), high.max(centre));
        if high - low > CENTRED * lines[i].size {
            break;
        }
        lefts.push(first.left);
        start = i;
    }
    let ragged = lefts.iter().copied().fold(0.0, f32::max) - lefts.iter().copied().fold(f32::INFINITY, f32::min);
    let pair = Pair::cut(lines, start, end, split);
    let is_table = lines[start..end].iter().any(|line| line.columns() > 2);
    (lefts.len() > 1 && pair.left.len() > 1 && ragged > 0.5 * size && !is_table).then_some(pair)
}

impl Pair {
    /// The two columns of some lines, each line split before its n-th piece.
    fn cut(lines: &[Line], start: usize, end: usize, split: impl Fn(&Line) -> usize) -> Pair {
        let mut pair = Pair { start, end, left: Vec::new(), right: Vec::new() };
        for line in &lines[start..end] {
            let (left, right) = line.cells.split_at(split(line));
            for (column, cells) in [(&mut pair.left, left), (&mut pair.right, right)] {
                if !cells.is_empty() {
                    column.push(cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" "));
                }
            }
        }
        pair
    }
}

/// The two columns that go down from a line, by the gutter that a gap of so many em shows.
fn columns_from(lines: &[Line], start: usize, wide: f32) -> Option<Pair> {
    let (seed, (mut from, mut to)) = (start..lines.len().min(start + LEAD)).find_map(|i| Some((i, gutter(lines, i, wide)?)))?;
    let middle = page_middle(lines);
    // How far each column reaches, as far as is known.
    let mut extent: [Option<(f32, f32)>; 2] = [None, None];
    let mut end = start;
    for (i, line) in lines.iter().enumerate().skip(start) {
        let split = line.cells.partition_point(|cell| cell.centre() < (from + to) / 2.0);
        let columns = [&line.cells[..split], &line.cells[split..]];
        let next_from = columns[0].last().map_or(from, |cell| from.max(cell.right));
        let next_to = columns[1].first().map_or(to, |cell| to.min(cell.left));
        let is_far = i > start && lines[i - 1].base - line.base > COLUMN_BREAK * line.size;
        if is_far || next_to - next_from < GUTTER * line.size || is_title(line, columns, extent, middle) {
            break;
        }
        (from, to) = (next_from, next_to);
        for (cells, extent) in columns.into_iter().zip(&mut extent) {
            let (Some(first), Some(last)) = (cells.first(), cells.last()) else { continue };
            let (left, right) = extent.unwrap_or((first.left, last.right));
            *extent = Some((left.min(first.left), right.max(last.right)));
        }
        end = i + 1;
    }
    let split = |line: &Line| line.cells.partition_point(|cell| cell.centre() < (from + to) / 2.0);
    let pair = Pair::cut(lines, start, end, split);
    (end > seed && !pair.left.is_empty() && !pair.right.is_empty()).then_some(pair)
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

/// The widest strip in the middle half of the page that no line crosses, from a line down to `end`.
fn free_gutter(lines: &[Line], end: usize) -> Option<(usize, (f32, f32))> {
    let left = lines.iter().map(Line::left).fold(f32::INFINITY, f32::min);
    let width = lines.iter().map(Line::right).fold(f32::NEG_INFINITY, f32::max) - left;
    let mut free = vec![(left + 0.25 * width, left + 0.75 * width)];
    let mut top = end;
    for i in (0..end).rev() {
        if i + 1 < end && lines[i].base - lines[i + 1].base > SIGNATURE * lines[i].size {
            break;
        }
        let mut next = free.clone();
        for cell in &lines[i].cells {
            next = next.into_iter().flat_map(|(from, to)| [(from, to.min(cell.left)), (from.max(cell.right), to)]).collect();
            next.retain(|(from, to)| to - from >= GUTTER * lines[i].size);
        }
        if next.is_empty() {
            break;
        }
        (free, top) = (next, i);
    }
    let widest = free.into_iter().max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))?;
    (top < end).then_some((top, widest))
}

/// The end of the page without its footnotes: lines in smaller type, the first of which begins with a mark.
fn before_notes(lines: &[Line], size: f32) -> usize {
    let first = lines.len().saturating_sub(NOTES);
    let is_note = |i: &usize| {
        let line = &lines[*i];
        line.size < size * SMALL && starts_with_mark(&line.text()) && lines[*i..].iter().all(|other| other.size <= line.size * 1.1)
    };
    (first..lines.len()).find(is_note).unwrap_or(lines.len())
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
