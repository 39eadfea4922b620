//! Puts the positioned runs of a PDF page into reading order.
//!
//! Duty: lines by their baseline, spaces by gaps, the two-column letterhead and the two-column foot (recipients beside
//! signature) with the left cell wholly before the right one, empty lines where paragraphs part. Not here: reading the
//! file, and what repeats over pages.
//!
//! All lengths are measured in the type size of the text around (em), so that the rules hold for any paper.

use super::lines::{mark_label, superscript};

/// Gap between two runs from which a space stands between them, in em. Vietnamese fonts have spaces of 0.25 em; kerning
/// and rounding stay below 0.1.
const SPACE: f32 = 0.13;
/// Gap from which two runs of a line are two cells, in em.
const CELL: f32 = 1.6;
/// Narrowest gutter between two columns, in em.
const GUTTER: f32 = 0.7;
/// Distance of baselines within which runs stand on one line, in em.
const SAME_LINE: f32 = 0.35;
/// Vertical gap, as a multiple of the usual step, from which a paragraph ends.
const PARAGRAPH: f32 = 1.22;
/// Vertical gap, in em, that ends a pair of columns.
const COLUMN_BREAK: f32 = 3.2;
/// Lines from the top of the first page in which a letterhead begins.
const LETTERHEAD_LINES: usize = 6;
/// First-line indent, in em.
const INDENT: f32 = 1.2;

/// A page before it is text.
pub(super) enum Page {
    /// Runs with their places.
    Laid(Vec<Run>),
    /// Text whose places are not known.
    Layer(String),
}

/// A run of text on a page. Lengths in points, `base` upward from the foot of the page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    /// Baseline of the line it belongs to.
    pub(super) base: f32,
    /// Type size.
    pub(super) size: f32,
    /// Stands above the baseline, as footnote marks do.
    pub(super) raised: bool,
}

/// A piece of a line without a wide gap.
#[derive(Clone, Debug)]
struct Cell {
    text: String,
    left: f32,
    right: f32,
}

/// A line of a page.
#[derive(Clone, Debug)]
pub(super) struct Line {
    cells: Vec<Cell>,
    pub(super) base: f32,
    pub(super) size: f32,
}

impl Line {
    fn left(&self) -> f32 {
        self.cells.first().map_or(0.0, |cell| cell.left)
    }

    fn right(&self) -> f32 {
        self.cells.last().map_or(0.0, |cell| cell.right)
    }

    /// The text, cells parted by a space.
    pub(super) fn text(&self) -> String {
        self.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// Gathers the runs of a page into lines, from the top down.
pub(super) fn lines(mut runs: Vec<Run>) -> Vec<Line> {
    runs.retain(|run| run.base.is_finite() && run.left.is_finite() && run.right.is_finite() && run.size.is_finite());
    runs.sort_by(|a, b| b.base.total_cmp(&a.base).then(a.left.total_cmp(&b.left)));
    // Bold type made by printing twice.
    runs.dedup_by(|a, b| a.text == b.text && (a.base - b.base).abs() < 0.5 && (a.left - b.left).abs() < 1.0);
    let mut groups: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        let fits = groups.last().is_some_and(|group| {
            let size = group.iter().map(|other| other.size).fold(run.size, f32::max);
            group.iter().any(|other| (other.base - run.base).abs() <= SAME_LINE * size.min(run.size.max(6.0) * 1.5))
        });
        match groups.last_mut() {
            Some(group) if fits => group.push(run),
            _ => groups.push(vec![run]),
        }
    }
    groups.into_iter().map(line).collect()
}

fn line(mut runs: Vec<Run>) -> Line {
    runs.sort_by(|a, b| a.left.total_cmp(&b.left));
    let size = runs.iter().filter(|run| !run.raised).map(|run| run.size).fold(0.0, f32::max).max(1.0);
    // The widest run's baseline is that of the line; a mark's would be too high.
    let base = runs.iter().max_by(|a, b| (a.right - a.left).total_cmp(&(b.right - b.left))).map_or(0.0, |run| run.base);
    let mut cells: Vec<Cell> = Vec::new();
    for run in runs {
        let raised = run.raised || (run.size < size * 0.8 && run.base > base + size * 0.15);
        let text = match mark_label(&run.text) {
            Some(label) if raised => label.chars().map(superscript).collect(),
            _ => run.text.clone(),
        };
        match cells.last_mut() {
            Some(cell) if run.left - cell.right < CELL * size => {
                let spaced = cell.text.ends_with(char::is_whitespace) || text.starts_with(char::is_whitespace);
                if !spaced && run.left - cell.right > SPACE * run.size {
                    cell.text.push(' ');
                }
                cell.text.push_str(&text);
                cell.right = cell.right.max(run.right);
            }
            _ => cells.push(Cell { text, left: run.left, right: run.right }),
        }
    }
    for cell in &mut cells {
        cell.text = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    cells.retain(|cell| !cell.text.is_empty());
    Line { cells, base, size }
}

/// The text of a page: columns in order, an empty line between paragraphs. `first` for the page with the letterhead.
pub(super) fn text(lines: &[Line], first: bool) -> String {
    let body = Body::of(lines);
    let mut out = String::new();
    let mut at = 0;
    while at < lines.len() {
        let pair = if first && at < LETTERHEAD_LINES {
            Pair::from(lines, at).filter(|pair| pair.end - at >= 2 && at < LETTERHEAD_LINES)
        } else {
            Pair::from(lines, at).filter(|pair| pair.is_foot(lines))
        };
        match pair {
            Some(pair) => {
                paragraph(&mut out);
                for column in [pair.left, pair.right] {
                    for line in &column {
                        out.push_str(line);
                        out.push('\n');
                    }
                    out.push('\n');
                }
                at = pair.end;
            }
            None => {
                if at > 0 && body.parts(&lines[at - 1], &lines[at]) {
                    paragraph(&mut out);
                }
                out.push_str(&lines[at].text());
                out.push('\n');
                at += 1;
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn paragraph(out: &mut String) {
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

/// How the running text of a page is set.
struct Body {
    left: f32,
    right: f32,
    /// Usual distance of baselines, in em.
    step: f32,
}

impl Body {
    fn of(lines: &[Line]) -> Self {
        let step = |pair: &[Line]| (pair[0].base - pair[1].base) / pair[1].size;
        let steps = lines.windows(2).map(step).filter(|step| (0.8..2.5).contains(step)).collect();
        let left = lines.iter().map(Line::left).fold(f32::INFINITY, f32::min);
        let right = lines.iter().map(Line::right).fold(f32::NEG_INFINITY, f32::max);
        Body { left, right, step: low_middle(steps).unwrap_or(1.2) }
    }

    /// True when a paragraph ends between the two lines.
    fn parts(&self, above: &Line, below: &Line) -> bool {
        let em = below.size.max(above.size);
        let gap = (above.base - below.base) / em;
        if gap > self.step * PARAGRAPH || gap < 0.0 || (above.size - below.size).abs() > 0.12 * em {
            return true;
        }
        let middle = (self.left + self.right) / 2.0;
        let centred = |line: &Line| line.left() > self.left + em && ((line.left() + line.right()) / 2.0 - middle).abs() < 1.5 * em;
        if centred(above) && centred(below) {
            return false;
        }
        let indented = |line: &Line| line.left() > self.left + INDENT * em;
        let short = above.right() < self.right - 4.0 * em;
        // A first line stands further in than the line above it, or the line above it ended early.
        indented(below) && (!indented(above) || short)
    }
}

/// The value below which a third of the others lie: steps inside paragraphs, not those between them.
fn low_middle(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 3).copied()
}

/// Two columns beside each other over several lines.
struct Pair {
    left: Vec<String>,
    right: Vec<String>,
    rights: Vec<(f32, f32)>,
    /// First line after it.
    end: usize,
}

impl Pair {
    /// The pair of columns that begins at a line, when that line is two cells or the next ones make it one.
    fn from(lines: &[Line], start: usize) -> Option<Pair> {
        // The first line with two cells shows the gutter; lines of one cell may stand before it in either column.
        let seed = (start..lines.len().min(start + 3)).find(|&i| lines[i].cells.len() == 2)?;
        let (mut from, mut to) = (lines[seed].cells[0].right, lines[seed].cells[1].left);
        let mut pair = Pair { left: Vec::new(), right: Vec::new(), rights: Vec::new(), end: start };
        let mut extent: [Option<(f32, f32)>; 2] = [None, None];
        for cell in &lines[seed].cells {
            extent[usize::from(cell.left >= to)] = Some((cell.left, cell.right));
        }
        let middle = page_middle(lines);
        for i in start..lines.len() {
            let line = &lines[i];
            let em = line.size;
            if i > start && lines[i - 1].base - line.base > COLUMN_BREAK * em {
                break;
            }
            let gutter = (from + to) / 2.0;
            let mut inside = line.cells.len() <= 2;
            let (mut next_from, mut next_to) = (from, to);
            for cell in &line.cells {
                if (cell.left + cell.right) / 2.0 < gutter { next_from = next_from.max(cell.right) } else { next_to = next_to.min(cell.left) }
            }
            inside &= next_to - next_from >= GUTTER * em;
            // A title stands in the middle of the page, not in the middle of a column.
            if let [cell] = line.cells.as_slice() {
                let centre = (cell.left + cell.right) / 2.0;
                let column = extent[usize::from(centre >= gutter)];
                let of_column = column.map_or(0.0, |(left, right)| (left + right) / 2.0);
                inside &= !((centre - middle).abs() < 1.5 * em && (centre - of_column).abs() > 3.0 * em);
            }
            if !inside {
                break;
            }
            (from, to) = (next_from, next_to);
            for cell in &line.cells {
                let right = (cell.left + cell.right) / 2.0 >= gutter;
                let span = &mut extent[usize::from(right)];
                *span = Some(span.map_or((cell.left, cell.right), |(l, r)| (l.min(cell.left), r.max(cell.right))));
                if right {
                    pair.rights.push((cell.left, cell.right));
                    pair.right.push(cell.text.clone());
                } else {
                    pair.left.push(cell.text.clone());
                }
            }
            pair.end = i + 1;
        }
        (pair.end > seed && !pair.left.is_empty() && !pair.right.is_empty()).then_some(pair)
    }

    /// True for recipients beside a signature: the pair reaches the foot of the page, the right column is centred, as
    /// signatures are and table cells are not.
    fn is_foot(&self, lines: &[Line]) -> bool {
        if self.end < lines.len() || self.left.len() < 2 || self.rights.len() < 2 {
            return false;
        }
        let em = lines[self.end - 1].size;
        let centres: Vec<f32> = self.rights.iter().map(|(left, right)| (left + right) / 2.0).collect();
        let spread = |values: &mut dyn Iterator<Item = f32>| {
            let (low, high) = values.fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
            high - low
        };
        spread(&mut centres.iter().copied()) < 2.5 * em && spread(&mut self.rights.iter().map(|(left, _)| *left)) > 0.5 * em
    }
}

fn page_middle(lines: &[Line]) -> f32 {
    let left = lines.iter().map(Line::left).fold(f32::INFINITY, f32::min);
    let right = lines.iter().map(Line::right).fold(f32::NEG_INFINITY, f32::max);
    (left + right) / 2.0
}
