//! Tables of a PDF page: what stands between ruled lines becomes cells.
//!
//! Duty: grids of rules, cells that reach over several rows or columns, the runs of each cell as text, a line a paragraph.
//! Tables without rules stay lines. Not here: finding the rules (`pdf_rules`), what columns mean.

use super::lines::Lines;
use super::pdf_lines::{Cell, Line, Run, lines};
use super::pdf_rules::{NEAR, Rule, Rules};

/// Rows and columns that a table has at least; less is a frame.
const LEAST: usize = 2;
/// Rows and columns of a table at most; more is a drawing.
const MOST: usize = 400;
/// Points between a cell's border and its text.
const PADDING: f32 = 5.4;
/// Width of a letter in em, on the average, and how much wider the next word may be than that says.
const LETTER: f32 = 0.5;
const SLACK: f32 = 1.15;

/// The lines of a page from the top down; each table is one of them.
pub(super) fn page(mut runs: Vec<Run>, rules: &Rules) -> Vec<Line> {
    let mut tables = Vec::new();
    for grid in grids(rules) {
        runs = runs.into_iter().flat_map(|run| grid.parted(run)).collect();
        let (inside, outside): (Vec<Run>, Vec<Run>) = runs.into_iter().partition(|run| grid.slot(run).is_some());
        runs = outside;
        match grid.line(inside) {
            Ok(line) => tables.push(line),
            Err(inside) => runs.extend(inside),
        }
    }
    let mut lines = lines(runs);
    lines.extend(tables);
    lines.sort_by(|a, b| b.base.total_cmp(&a.base));
    lines
}

/// A grid of rules. Rows from the top, columns from the left.
struct Grid<'r> {
    /// Borders of columns, one more than columns, to the right.
    across: Vec<f32>,
    /// Borders of rows, one more than rows, downward.
    down: Vec<f32>,
    level: Vec<&'r Rule>,
    upright: Vec<&'r Rule>,
}

/// The grids of a page: rules that touch each other, with two rows and two columns.
fn grids(rules: &Rules) -> Vec<Grid<'_>> {
    let mut left: Vec<&Rule> = rules.upright.iter().collect();
    let mut level_left: Vec<&Rule> = rules.level.iter().collect();
    let mut grids = Vec::new();
    while let Some(first) = left.pop() {
        let (mut upright, mut level) = (vec![first], Vec::new());
        let (mut seen_upright, mut seen_level) = (0, 0);
        while seen_upright < upright.len() || seen_level < level.len() {
            while seen_upright < upright.len() {
                let rule = upright[seen_upright];
                seen_upright += 1;
                level.extend(level_left.extract_if(.., |other| crosses(rule, other)));
            }
            while seen_level < level.len() {
                let rule = level[seen_level];
                seen_level += 1;
                upright.extend(left.extract_if(.., |other| crosses(rule, other)));
            }
        }
        let (across, mut down) = (places(&upright), places(&level));
        down.reverse();
        let is_table = |borders: &[f32]| (LEAST..=MOST).contains(&borders.len().saturating_sub(1));
        if is_table(&across) && is_table(&down) {
            grids.push(Grid { across, down, level, upright });
        }
    }
    grids
}

fn crosses(a: &Rule, b: &Rule) -> bool {
    a.covers(b.at) && b.covers(a.at)
}

/// Where the rules stand, in order, each place once.
fn places(rules: &[&Rule]) -> Vec<f32> {
    let mut places: Vec<f32> = rules.iter().map(|rule| rule.at).collect();
    places.sort_by(f32::total_cmp);
    places.dedup_by(|next, kept| *next - *kept < NEAR);
    places
}

impl Grid<'_> {
    fn columns(&self) -> usize {
        self.across.len() - 1
    }

    fn rows(&self) -> usize {
        self.down.len() - 1
    }

    /// The slot in which a run stands, row by row; `None` outside.
    fn slot(&self, run: &Run) -> Option<usize> {
        let (x, y) = ((run.left + run.right) / 2.0, run.base + run.size * 0.3);
        let row = self.down.partition_point(|border| *border > y).checked_sub(1).filter(|row| *row < self.rows())?;
        let column = self.across.partition_point(|border| *border < x).checked_sub(1).filter(|column| *column < self.columns())?;
        Some(row * self.columns() + column)
    }

    /// A run in pieces where a border passes through it: the parser joins words that stand close, in two cells too.
    fn parted(&self, run: Run) -> Vec<Run> {
        let height = run.base + run.size * 0.3;
        let inside = self.down[0] > height && height > self.down[self.rows()];
        let passes = |border: &&f32| {
            let within = run.left + run.size < **border && **border < run.right - run.size;
            inside && within && self.upright.iter().any(|rule| (rule.at - **border).abs() < NEAR && rule.covers(height))
        };
        let borders: Vec<f32> = self.across.iter().filter(passes).copied().collect();
        let mut rest = run;
        let mut pieces = Vec::new();
        for border in borders {
            let Some((before, after)) = rest.parted(border) else { continue };
            pieces.push(before);
            rest = after;
        }
        pieces.push(rest);
        pieces
    }

    /// For each slot, the first slot of the cell that it belongs to.
    fn cells(&self) -> Vec<usize> {
        let columns = self.columns();
        let mut cell: Vec<usize> = (0..columns * self.rows()).collect();
        let middle = |borders: &[f32], at: usize| (borders[at] + borders[at + 1]) / 2.0;
        let rule = |rules: &[&Rule], at: f32, passes: f32| rules.iter().any(|rule| (rule.at - at).abs() < NEAR && rule.covers(passes));
        for slot in 0..cell.len() {
            let (row, column) = (slot / columns, slot % columns);
            let open_left = column > 0 && !rule(&self.upright, self.across[column], middle(&self.down, row));
            let open_above = row > 0 && !rule(&self.level, self.down[row], middle(&self.across, column));
            if open_left {
                cell[slot] = cell[slot - 1];
            } else if open_above {
                cell[slot] = cell[slot - columns];
            }
        }
        cell
    }

    /// The table as one line; its runs back when it holds words in less than two columns or rows.
    fn line(&self, runs: Vec<Run>) -> Result<Line, Vec<Run>> {
        let columns = self.columns();
        let cells = self.cells();
        let mut held: Vec<Vec<Run>> = vec![Vec::new(); cells.len()];
        for run in &runs {
            if let Some(slot) = self.slot(run) {
                held[cells[slot]].push(run.clone());
            }
        }
        let filled = |of: &dyn Fn(usize) -> usize| {
            let mut places: Vec<usize> = (0..held.len()).filter(|slot| !held[*slot].is_empty()).map(of).collect();
            places.sort_unstable();
            places.dedup();
            places.len()
        };
        if filled(&|slot| slot % columns) < LEAST || filled(&|slot| slot / columns) < LEAST {
            return Err(runs);
        }
        let size = runs.iter().map(|run| run.size).fold(1.0, f32::max);
        let mut text = Lines::default();
        for row in 0..self.rows() {
            let mut empty = false;
            for column in 0..columns {
                let slot = row * columns + column;
                text.border(empty);
                let last = (column..columns).take_while(|next| cells[row * columns + next] == slot).last().unwrap_or(column);
                let width = self.across[last + 1] - self.across[column] - 2.0 * PADDING;
                let before = text.len();
                write(std::mem::take(&mut held[slot]), width, &mut text);
                empty = text.len() == before;
            }
            text.border(empty);
        }
        let cell = Cell { text: text.finish(), left: self.across[0], right: self.across[columns] };
        Ok(Line { cells: vec![cell], base: self.down[0], size, is_table: true })
    }
}

/// Writes the text of a cell. Where the next word would have had room on a line, the line was ended on purpose.
fn write(runs: Vec<Run>, width: f32, out: &mut Lines) {
    let lines = lines(runs);
    for (at, line) in lines.iter().enumerate() {
        let text = line.text();
        if let Some(above) = at.checked_sub(1).map(|above| &lines[above]) {
            let word = text.split(' ').next().map_or(0, |word| word.chars().count() + 1);
            let has_room = above.right() - above.left() + word as f32 * LETTER * SLACK * line.size < width;
            if has_room { out.line() } else { out.words(" ") }
        }
        out.words(&text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a picture of a page: rules of `+`, `-` and `|`, words between them; six points a letter and twelve a line.
    fn drawn(picture: &str) -> (Vec<Run>, Rules) {
        let rows: Vec<Vec<char>> = picture.lines().map(|line| line.chars().collect()).collect();
        let (x, y) = (|column: usize| column as f32 * 6.0, |row: usize| 700.0 - row as f32 * 12.0);
        let mut rules = Rules::default();
        let mut runs = Vec::new();
        for (row, line) in rows.iter().enumerate() {
            for (from, to) in stretches(line.len(), |at| matches!(line[at], '+' | '-')) {
                rules.level.push(Rule { at: y(row), from: x(from), to: x(to) });
            }
            for (from, to) in stretches(line.len(), |at| !matches!(line[at], '+' | '-' | '|')) {
                let text: String = line[from..=to].iter().collect();
                let (left, words) = (from + text.len() - text.trim_start().len(), text.trim().to_owned());
                if !words.is_empty() {
                    let right = x(left + words.chars().count());
                    runs.push(Run { text: words, left: x(left), right, base: y(row) - 4.0, size: 12.0, raised: false });
                }
            }
        }
        for column in 0..rows.iter().map(Vec::len).max().unwrap_or(0) {
            let is_rule = |row: usize| rows[row].get(column).is_some_and(|c| matches!(c, '+' | '|'));
            for (first, last) in stretches(rows.len(), is_rule) {
                rules.upright.push(Rule { at: x(column), from: y(last), to: y(first) });
            }
        }
        (runs, rules)
    }

    /// First and last place of each stretch of at least two.
    fn stretches(len: usize, inside: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
        let places: Vec<usize> = (0..len).filter(|at| inside(*at)).collect();
        let ends = |piece: &[usize]| (piece[0], piece[piece.len() - 1]);
        places.chunk_by(|a, b| a + 1 == *b).filter(|piece| piece.len() > 1).map(ends).collect()
    }

    fn check(picture: &str, wanted: &str) {
        let (runs, rules) = drawn(picture);
        let got: Vec<String> = page(runs, &rules).iter().map(Line::text).collect();
        let got = got.join("\n").replace("\n|\n|\n", " ¶ ");
        assert_eq!(got.split_whitespace().collect::<Vec<_>>().join(" "), wanted, "{picture}");
    }

    #[test]
    fn cells_between_rules() {
        check(
            "Kèm theo\n\
             +-----+--------------------+------------+\n\
             | TT  | Nội dung           | Chủ trì    |\n\
             +-----+--------------------+------------+\n\
             | 1   | Soạn đề án về việc | Sở Nội vụ  |\n\
             |     | trồng cây ven biển |            |\n\
             +-----+--------------------+------------+\n\
             Hết",
            "Kèm theo | TT | Nội dung | Chủ trì ¶ 1 | Soạn đề án về việc trồng cây ven biển | Sở Nội vụ | Hết",
        );
    }

    #[test]
    fn cells_over_several_rows_and_columns() {
        check(
            "+-----+----------+----------+\n\
             | A   | Hai cột cùng nhau   |\n\
             |     +----------+----------+\n\
             |     | b        | c        |\n\
             +-----+----------+----------+",
            "| A | Hai cột cùng nhau | ¶ | b | c |",
        );
    }

    #[test]
    fn a_run_over_a_border_is_parted() {
        let (mut runs, rules) = drawn(
            "+---------+-----------+\n| A       | Thời gian |\n+---------+-----------+\n|         |           |\n+---------+-----------+",
        );
        let both = Run { text: "Sở Y tế 30/6/2024".to_owned(), left: 8.0, right: 116.0, base: 660.0, size: 12.0, raised: false };
        runs.push(both);
        let text = page(runs, &rules)[0].text();
        assert_eq!(text.split_whitespace().collect::<Vec<_>>().join(" "), "| A | Thời gian | | Sở Y tế | 30/6/2024 |");
    }

    #[test]
    fn a_frame_is_no_table() {
        check("+--------------+\n| Một khung    |\n+--------------+\n| Hai hàng     |\n+--------------+", "Một khung Hai hàng");
    }
}
