//! Joins the pages of a PDF.
//!
//! Duty: dropping what the printer repeats on every page (running heads, page numbers), and form feeds between pages.
//! Not here: the order of the text within a page.

use super::pdf_layout::text as page_text;
use super::pdf_lines::{Line, Page, lines};
use std::collections::HashMap;

/// Lines at the head and at the foot of a page that may be repeated ones.
const EDGE: usize = 3;

/// The text of all pages, parted by form feeds.
pub(super) fn text(pages: Vec<Page>) -> String {
    let laid: Vec<Result<Vec<Line>, String>> = pages
        .into_iter()
        .map(|page| match page {
            Page::Laid(runs) => Ok(lines(runs)),
            Page::Lines(lines) => Ok(lines),
            Page::Layer(text) => Err(text),
        })
        .collect();
    let repeated = repeated(&laid);
    let mut out = String::new();
    let mut first = true;
    for (place, page) in laid.into_iter().enumerate() {
        if place > 0 {
            out.push_str("\n\u{c}\n");
        }
        match page {
            Ok(lines) => {
                let kept = without_repeats(lines, place + 1, &repeated);
                out.push_str(&page_text(&kept, first));
                first &= kept.is_empty();
            }
            Err(layer) => {
                first &= layer.is_empty();
                out.push_str(&layer);
            }
        }
    }
    out.push('\n');
    out
}

/// A line as it is compared over pages: its letters alone, because numbers change and change sides, and its height.
type Place = (String, i32);

/// Letters from which a line is long enough to be known again; "Điều 5" may stand at the same height by chance.
const LONG: usize = 10;
/// Distance from the text, in em, that sets a running head apart; a letterhead stands closer to what follows.
const APART: f32 = 1.6;

/// Lines that stand at the same height on a third of all pages, short ones on more than half.
fn repeated(pages: &[Result<Vec<Line>, String>]) -> Vec<Place> {
    let mut seen: HashMap<Place, usize> = HashMap::new();
    for lines in pages.iter().flatten() {
        for line in edges(lines) {
            if let Some(place) = place(line) {
                *seen.entry(place).or_default() += 1;
            }
        }
    }
    let enough = |(letters, _): &Place| {
        let is_short = (1..LONG).contains(&letters.chars().count());
        if is_short { (pages.len() / 2 + 1).max(3) } else { (pages.len() / 3).max(2) }
    };
    seen.into_iter().filter(|(place, count)| *count >= enough(place)).map(|(place, _)| place).collect()
}

fn edges(lines: &[Line]) -> impl Iterator<Item = &Line> {
    let foot = lines.len().saturating_sub(EDGE).max(EDGE);
    lines.iter().take(EDGE).chain(lines.iter().skip(foot))
}

/// `None` for a table, and for a line that has neither letters nor a short number to go by.
fn place(line: &Line) -> Option<Place> {
    if line.is_table {
        return None;
    }
    let text = line.text();
    let letters: String = text.chars().filter(|c| c.is_alphabetic()).collect();
    let is_number = letters.is_empty() && text.len() <= 12 && text.bytes().any(|b| b.is_ascii_digit());
    (!letters.is_empty() || is_number).then(|| (letters, (line.base / 4.0).round() as i32))
}

fn without_repeats(mut lines: Vec<Line>, page: usize, repeated: &[Place]) -> Vec<Line> {
    let is_repeat = |line: &Line| {
        let here = place(line);
        let known = |(text, height): &Place| here.as_ref().is_some_and(|here| *text == here.0 && (height - here.1).abs() <= 1);
        is_page_number(line, page) || (line.columns() <= 1 && repeated.iter().any(known))
    };
    let head = repeats(lines.iter(), is_repeat);
    lines.drain(..head);
    let foot = repeats(lines.iter().rev(), is_repeat);
    lines.truncate(lines.len() - foot);
    lines
}

/// How many lines at an edge are repeated ones: those that a clear space parts from the text, or that are numbers.
fn repeats<'a>(lines: impl Iterator<Item = &'a Line> + Clone, is_repeat: impl Fn(&Line) -> bool) -> usize {
    let most = lines.clone().take(EDGE).take_while(|line| is_repeat(line)).count();
    let lines: Vec<&Line> = lines.take(most + 1).collect();
    let is_apart = |count: &usize| {
        let last = lines[count - 1];
        let gap = lines.get(*count).map_or(f32::INFINITY, |next| (last.base - next.base).abs());
        gap >= APART * last.size || !last.text().chars().any(char::is_alphabetic)
    };
    (1..=most).rev().find(is_apart).unwrap_or(0)
}

/// True for a line that says the number of the page, as "3", "- 3 -", "3/12".
fn is_page_number(line: &Line, page: usize) -> bool {
    let text = line.text();
    let bare = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '|' | '.'));
    let number = bare.split_once('/').map_or(bare, |(number, _)| number).trim();
    number.len() <= 4 && number.parse::<usize>().is_ok_and(|number| number == page)
}
