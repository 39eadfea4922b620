//! Joins the pages of a PDF.
//!
//! Duty: dropping what the printer repeats on every page (running heads, page numbers), and form feeds between pages.
//! Not here: the order of the text within a page.

use super::pdf_layout::{Line, Page, lines, text as page_text};
use std::collections::HashMap;

/// Lines at the head and at the foot of a page that may be repeated ones.
const EDGE: usize = 3;

/// The text of all pages, parted by form feeds.
pub(super) fn text(pages: Vec<Page>) -> String {
    let laid: Vec<Result<Vec<Line>, String>> = pages
        .into_iter()
        .map(|page| match page {
            Page::Laid(runs) => Ok(lines(runs)),
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

/// A line as it is compared over pages: its words with all digits alike, and its height.
type Place = (String, i32);

/// Lines that stand at the same height on at least two pages and on a third of all.
fn repeated(pages: &[Result<Vec<Line>, String>]) -> Vec<Place> {
    let mut seen: HashMap<Place, usize> = HashMap::new();
    for lines in pages.iter().flatten() {
        for line in edges(lines) {
            *seen.entry(place(line)).or_default() += 1;
        }
    }
    let enough = (pages.len() / 3).max(2);
    seen.into_iter().filter(|(_, count)| *count >= enough).map(|(place, _)| place).collect()
}

fn edges(lines: &[Line]) -> impl Iterator<Item = &Line> {
    let foot = lines.len().saturating_sub(EDGE).max(EDGE);
    lines.iter().take(EDGE).chain(lines.iter().skip(foot))
}

fn place(line: &Line) -> Place {
    let mut text = String::new();
    for c in line.text().chars() {
        // Page 9 and page 10 must look alike.
        if c.is_ascii_digit() && text.ends_with('0') {
            continue;
        }
        text.push(if c.is_ascii_digit() { '0' } else { c });
    }
    (text, (line.base / 4.0).round() as i32)
}

fn without_repeats(mut lines: Vec<Line>, page: usize, repeated: &[Place]) -> Vec<Line> {
    let is_repeat = |line: &Line| {
        let here = place(line);
        repeated.iter().any(|(text, height)| *text == here.0 && (height - here.1).abs() <= 1) || is_page_number(line, page)
    };
    let mut cut = 0;
    while cut < EDGE && lines.first().is_some_and(is_repeat) {
        lines.remove(0);
        cut += 1;
    }
    cut = 0;
    while cut < EDGE && lines.last().is_some_and(is_repeat) {
        lines.pop();
        cut += 1;
    }
    lines
}

/// True for a line that says the number of the page, as "3", "- 3 -", "3/12".
fn is_page_number(line: &Line, page: usize) -> bool {
    let text = line.text();
    let bare = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '|' | '.'));
    let number = bare.split_once('/').map_or(bare, |(number, _)| number).trim();
    number.len() <= 4 && number.parse::<usize>().is_ok_and(|number| number == page)
}
