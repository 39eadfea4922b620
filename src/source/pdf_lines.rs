//! Gathers the runs of a PDF page into lines.
//!
//! Duty: which runs stand on one line, where a space or a wide gap is, footnote marks in their place. Not here: the order
//! of the lines.
//!
//! All lengths are measured in the type size of the text around (em), so that the rules hold for any paper.

use super::lines::{mark_label, superscript};

/// Gap between two runs from which a space stands between them, in em. Vietnamese fonts have spaces of 0.25 em; kerning
/// and rounding stay below 0.1.
const SPACE: f32 = 0.13;
/// Gap from which two runs of a line may belong to two columns, in em; justified text seldom has such spaces.
const PIECE: f32 = 0.6;
/// Distance of baselines within which runs stand on one line, in em.
const SAME_LINE: f32 = 0.35;
/// Gap that shows two columns by itself, in em.
pub(super) const WIDE: f32 = 1.6;
/// Size of a mark, or of a footnote, beside that of the text, at most.
pub(super) const SMALL: f32 = 0.88;

/// A page before it is text.
#[derive(Clone)]
pub(super) enum Page {
    /// Runs with their places.
    Laid(Vec<Run>),
    /// Lines, tables among them.
    Lines(Vec<Line>),
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

impl Run {
    /// The words before and after a place on the line; `None` for a run of one word. The gap is the one whose place, by the
    /// widths of letters, is nearest.
    pub(super) fn parted(&self, place: f32) -> Option<(Run, Run)> {
        let total: f32 = self.text.trim().chars().map(advance).sum();
        let point = (self.right - self.left) / total.max(1.0);
        let (mut at, mut best) = (self.left, None);
        for (byte, c) in self.text.char_indices() {
            if c.is_whitespace() && !self.text[..byte].trim().is_empty() && !self.text[byte..].trim().is_empty() {
                let gap = (at + advance(c) * point / 2.0 - place).abs();
                if best.is_none_or(|(least, _)| gap < least) {
                    best = Some((gap, byte));
                }
            }
            at += advance(c) * point;
        }
        let (_, byte) = best?;
        let (before, after) = self.text.split_at(byte);
        let piece = |text: &str, left: f32, right: f32| Run { text: text.trim().to_owned(), left, right, ..self.clone() };
        Some((piece(before, self.left, place), piece(after, place, self.right)))
    }
}

/// A piece of a line without a wide gap.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
}

impl Cell {
    /// The middle of the piece.
    pub(super) fn centre(&self) -> f32 {
        (self.left + self.right) / 2.0
    }
}

/// A line of a page.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its pieces, from left to right; none is empty.
    pub(super) cells: Vec<Cell>,
    /// Baseline.
    pub(super) base: f32,
    /// Type size.
    pub(super) size: f32,
    /// A whole table; its text has a line for each border and paragraph.
    pub(super) is_table: bool,
}

impl Line {
    /// Where the line begins.
    pub(super) fn left(&self) -> f32 {
        self.cells.first().map_or(0.0, |cell| cell.left)
    }

    /// Where the line ends.
    pub(super) fn right(&self) -> f32 {
        self.cells.last().map_or(0.0, |cell| cell.right)
    }

    /// Number of columns that hold words, by the wide gaps between them.
    pub(super) fn columns(&self) -> usize {
        let has_words = |cell: &Cell| cell.text.chars().any(char::is_alphabetic);
        let groups = self.cells.chunk_by(|a, b| b.left - a.right < WIDE * self.size);
        groups.filter(|group| group.iter().any(has_words)).count()
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
        match groups.last_mut() {
            Some(group) if group.iter().any(|above| on_one_line(above, &run)) => group.push(run),
            _ => groups.push(vec![run]),
        }
    }
    groups.into_iter().map(line).collect()
}

/// True when two runs stand on one line; the first one stands at least as high as the second.
fn on_one_line(above: &Run, below: &Run) -> bool {
    let height = above.base - below.base;
    // A footnote mark stands higher than any other difference allows, but touches its word.
    let is_mark = above.size < below.size * SMALL && mark_label(&above.text).is_some();
    if is_mark && above.left > below.left - below.size && above.left < below.right + below.size {
        return height <= 0.6 * below.size;
    }
    height <= SAME_LINE * above.size.min(below.size)
}

fn line(mut runs: Vec<Run>) -> Line {
    runs.sort_by(|a, b| a.left.total_cmp(&b.left));
    let size = runs.iter().filter(|run| !run.raised).map(|run| run.size).fold(0.0, f32::max).max(1.0);
    // The widest run's baseline is that of the line; a mark's would be too high.
    let base = runs.iter().max_by(|a, b| (a.right - a.left).total_cmp(&(b.right - b.left))).map_or(0.0, |run| run.base);
    let is_raised = |run: &Run| run.raised || (run.size < size * SMALL && run.base > base + size * 0.15);
    let (marks, mut runs): (Vec<Run>, Vec<Run>) = runs.into_iter().partition(|run| is_raised(run) && mark_label(&run.text).is_some());
    for mut mark in marks {
        mark.text = mark_label(&mark.text).unwrap_or_default().chars().map(superscript).collect();
        let middle = (mark.left + mark.right) / 2.0;
        match runs.iter_mut().find(|run| run.left < mark.left && middle < run.right - 0.1 * run.size) {
            // The parser joined the words on both sides of the mark into one run.
            Some(around) => insert(around, &mark.text, middle),
            None => {
                let place = runs.partition_point(|run| run.left < mark.left);
                runs.insert(place, mark);
            }
        }
    }
    let mut cells: Vec<Cell> = Vec::new();
    for run in runs {
        match cells.last_mut() {
            Some(cell) if run.left - cell.right < PIECE * size => {
                let spaced = cell.text.ends_with(char::is_whitespace) || run.text.starts_with(char::is_whitespace);
                if !spaced && run.left - cell.right > SPACE * run.size {
                    cell.text.push(' ');
                }
                cell.text.push_str(&run.text);
                cell.right = cell.right.max(run.right);
            }
            _ => cells.push(Cell { text: run.text, left: run.left, right: run.right }),
        }
    }
    for cell in &mut cells {
        cell.text = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    cells.retain(|cell| !cell.text.is_empty());
    Line { cells, base, size, is_table: false }
}

/// Puts a mark into a run, at the space that the parser left for it, nearest to where the mark stands.
fn insert(run: &mut Run, mark: &str, middle: f32) {
    let total: f32 = run.text.chars().map(advance).sum();
    let wanted = (middle - run.left) / (run.right - run.left).max(1.0) * total;
    let mut at = 0.0;
    let mut spaces: Vec<(f32, usize)> = Vec::new();
    for (place, c) in run.text.char_indices() {
        if c == ' ' {
            spaces.push(((at - wanted).abs(), place));
        }
        at += advance(c);
    }
    spaces.push(((at - wanted).abs(), run.text.len()));
    let Some((_, place)) = spaces.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)) else { return };
    let stop = run.text[place..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(['.', ',', ';', ':', ')', '”', '"']));
    let rest = run.text.split_off(place);
    run.text.push_str(mark);
    run.text.push_str(if stop { &rest[1..] } else { &rest });
}

/// Width of a character as text fonts have it, in em, good enough to find a gap in a line.
fn advance(c: char) -> f32 {
    match c {
        '\u{300}'..='\u{36f}' => 0.0,
        ' ' | '.' | ',' | ';' | ':' | '\'' | 'i' | 'j' | 'l' | 't' | 'f' | 'I' | '(' | ')' | '/' | '-' => 0.3,
        'm' | 'w' | 'M' | 'W' => 0.8,
        c if c.is_uppercase() => 0.68,
        _ => 0.48,
    }
}
