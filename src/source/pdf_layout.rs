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
/// Gap from which two runs of a line may belong to two columns, in em; justified text seldom has such spaces.
const PIECE: f32 = 0.6;
/// Gap that shows two columns by itself, in em.
const WIDE: f32 = 1.6;
/// Narrowest gutter between two columns, in em.
const GUTTER: f32 = 0.7;
/// Distance of baselines within which runs stand on one line, in em.
const SAME_LINE: f32 = 0.35;
/// Size of a mark, or of a footnote, beside that of the text, at most.
const SMALL: f32 = 0.88;
/// Vertical gap, as a multiple of the usual step, from which a paragraph ends.
const PARAGRAPH: f32 = 1.22;
/// Vertical gap, in em, that ends a pair of columns.
const COLUMN_BREAK: f32 = 3.2;
/// The same for a letterhead, whose cells are set close; both its columns must have two lines then.
const LETTERHEAD_GAP: f32 = 0.85;
/// Lines from the top of the first page in which a letterhead begins.
const LETTERHEAD_LINES: usize = 8;
/// Lines of one column that may stand above the first line of two.
const LEAD: usize = 5;
/// First-line indent, in em.
const INDENT: f32 = 1.2;

/// A page before it is text.
#[derive(Clone)]
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

impl Cell {
    fn centre(&self) -> f32 {
        (self.left + self.right) / 2.0
    }
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

    /// True for a line that stands in the middle of the page and not in the middle of the column it would fall into.
    fn is_title(&self, columns: [&[Cell]; 2], extent: [Option<(f32, f32)>; 2], middle: f32) -> bool {
        let side = match columns {
            [[_, ..], []] => 0,
            [[], [_, ..]] => 1,
            _ => return false,
        };
        let Some((left, right)) = extent[side] else { return false };
        let centre = (self.left() + self.right()) / 2.0;
        (centre - middle).abs() < 1.5 * self.size && (centre - (left + right) / 2.0).abs() > 3.0 * self.size
    }

    /// True for a line in the middle of the right column: the name under a signature, which needs room above it.
    fn is_name(&self, columns: [&[Cell]; 2], extent: [Option<(f32, f32)>; 2]) -> bool {
        let ([], Some((left, right))) = (columns[0], extent[1]) else { return false };
        ((self.left() + self.right()) / 2.0 - (left + right) / 2.0).abs() < 1.5 * self.size
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
    Line { cells, base, size }
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

/// The text of a page: columns in order, an empty line between paragraphs. `first` for the page with the letterhead.
pub(super) fn text(lines: &[Line], first: bool) -> String {
    let body = Body::of(lines);
    let mut out = String::new();
    let mut at = 0;
    // The letterhead stands above any running text.
    let mut above = first;
    while at < lines.len() {
        above &= at < LETTERHEAD_LINES;
        let pair = if above {
            let close = Pair::from(lines, at, LETTERHEAD_GAP).filter(|pair| pair.left.len() > 1 && pair.right.len() > 1);
            close.or_else(|| Pair::from(lines, at, WIDE).filter(|pair| pair.end - at >= 2))
        } else {
            Pair::from(lines, at, WIDE).filter(|pair| pair.is_foot(lines))
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
                above = false;
            }
            None => {
                if at > 0 && body.parts(&lines[at - 1], &lines[at]) {
                    paragraph(&mut out);
                }
                above &= lines[at].right() - lines[at].left() < 0.85 * (body.right - body.left);
                let text = lines[at].text();
                match note_label(&text).filter(|_| lines[at].size < body.size * SMALL) {
                    Some((label, note)) => {
                        out.extend(label.chars().map(superscript));
                        out.push(' ');
                        out.push_str(note);
                    }
                    None => out.push_str(&text),
                }
                out.push('\n');
                at += 1;
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The label of a footnote that is glued to its text, as in "1Mẫu kèm theo"; not the "1." or "1)" of a list.
fn note_label(text: &str) -> Option<(&str, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (label, note) = text.split_at(digits);
    ((1..=2).contains(&digits) && note.starts_with(char::is_uppercase)).then_some((label, note))
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
    /// Type size of the longest part of the text.
    size: f32,
    /// Usual distance of baselines, in em.
    step: f32,
}

impl Body {
    fn of(lines: &[Line]) -> Self {
        let step = |pair: &[Line]| (pair[0].base - pair[1].base) / pair[1].size;
        let steps = lines.windows(2).map(step).filter(|step| (0.8..2.5).contains(step)).collect();
        let left = lines.iter().map(Line::left).fold(f32::INFINITY, f32::min);
        let right = lines.iter().map(Line::right).fold(f32::NEG_INFINITY, f32::max);
        let mut sizes: Vec<(f32, usize)> = lines.iter().map(|line| (line.size, line.text().len())).collect();
        sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
        let half = sizes.iter().map(|(_, length)| length).sum::<usize>() / 2;
        let mut sum = 0;
        let size = sizes.iter().find(|(_, length)| {
            sum += length;
            sum >= half
        });
        Body { left, right, size: size.map_or(12.0, |(size, _)| *size), step: low_middle(steps).unwrap_or(1.2) }
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
    /// Where the lines of the right column begin and end.
    rights: Vec<(f32, f32)>,
    /// A line of the left column stands above the first line of two.
    led: bool,
    /// First line after it.
    end: usize,
}

impl Pair {
    /// The pair of columns that begins at a line, when one of the next lines shows two.
    fn from(lines: &[Line], start: usize, wide: f32) -> Option<Pair> {
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
            let far = i > start && lines[i - 1].base - line.base > COLUMN_BREAK * em && !line.is_name(columns, extent);
            if far || next_to - next_from < GUTTER * em || line.is_title(columns, extent, middle) {
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
    fn is_foot(&self, lines: &[Line]) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A run of 10-point type, each character half an em wide.
    fn at(left: f32, base: f32, text: &str) -> Run {
        Run { text: text.into(), left, right: left + 5.0 * text.chars().count() as f32, base, size: 10.0, raised: false }
    }

    fn laid(runs: Vec<Run>) -> String {
        text(&lines(runs), true)
    }

    #[test]
    fn spaces_come_from_gaps() {
        let runs = vec![at(10.0, 700.0, "Điều"), at(32.5, 700.3, "1."), at(42.6, 700.0, "Quy"), at(57.8, 700.0, "ết")];
        assert_eq!(laid(runs), "Điều 1.Quyết");
    }

    #[test]
    fn marks_are_raised_and_go_where_they_stand() {
        let mark = |left| Run { text: "3".into(), left, right: left + 3.0, base: 704.0, size: 6.0, raised: false };
        assert_eq!(laid(vec![at(10.0, 700.0, "năm 2023"), mark(50.5), at(54.0, 700.0, ", cả tỉnh")]), "năm 2023³, cả tỉnh");
        assert_eq!(laid(vec![at(10.0, 700.0, "Tỉnh ủy . Ban Thường vụ"), mark(45.0)]), "Tỉnh ủy³. Ban Thường vụ");
    }

    #[test]
    fn letterhead_columns_are_read_one_after_the_other() {
        let runs = vec![
            at(60.0, 760.0, "TỈNH ỦY SÔNG LAM"),
            at(300.0, 762.0, "ĐẢNG CỘNG SẢN VIỆT NAM"),
            at(95.0, 745.0, "*"),
            at(70.0, 730.0, "Số 15-CT/TU"),
            at(290.0, 728.0, "Sông Lam, ngày 12/5/2023"),
            at(215.0, 700.0, "CHỈ THỊ"),
            at(60.0, 680.0, "Hai năm qua, nhiều đảng bộ trong tỉnh đã soạn sổ tay nghiệp vụ cho cán bộ"),
        ];
        let expected = "TỈNH ỦY SÔNG LAM\n*\nSố 15-CT/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nSông Lam, ngày 12/5/2023\n\nCHỈ THỊ\n";
        assert!(laid(runs.clone()).starts_with(expected), "{}", laid(runs));
    }

    #[test]
    fn table_rows_at_the_foot_stay_rows() {
        let rows =
            (0..4).flat_map(|i| [at(60.0, 100.0 - 14.0 * i as f32, "Rà soát văn bản"), at(300.0, 100.0 - 14.0 * i as f32, "Tháng 6")]);
        let runs = std::iter::once(at(60.0, 700.0, "Phân công như sau, các cơ quan thực hiện đúng hạn và báo cáo kết quả:"));
        assert_eq!(laid(runs.chain(rows).collect()).matches("Rà soát văn bản Tháng 6").count(), 4);
    }

    #[test]
    fn glued_note_labels_are_raised() {
        assert_eq!(note_label("1Mẫu kèm theo"), Some(("1", "Mẫu kèm theo")));
        assert_eq!(note_label("1. Mẫu"), None);
        assert_eq!(note_label("12/5 là hạn"), None);
    }

    proptest::proptest! {
        #[test]
        fn every_letter_is_kept(places in proptest::collection::vec((0f32..500.0, 0f32..800.0, "[a-zđ0-9 ]{1,9}", 5f32..15.0), 0..40)) {
            let runs: Vec<Run> = places
                .into_iter()
                .enumerate()
                .map(|(i, (left, base, text, size))| Run { text: format!("{text}{}", char::from(b'a' + (i % 26) as u8)), left, right: left + 20.0, base, size, raised: false })
                .collect();
            let mut before: Vec<char> = runs.iter().flat_map(|run| run.text.chars()).filter(|c| c.is_alphabetic()).collect();
            let mut after: Vec<char> = laid(runs).chars().filter(|c| c.is_alphabetic()).collect();
            before.sort_unstable();
            after.sort_unstable();
            proptest::prop_assert_eq!(before, after);
        }
    }
}
