//! Pages whose text layer says other letters than the page shows.
//!
//! Duty: telling such a layer (a font without its table of letters, a poor recognition) by the share of Vietnamese
//! syllables, recognising these pages, choosing the reading in which more words are syllables. Not here: pages without a
//! text layer (`pdf`), drawing and recognising (`pdf_scan`).

use super::hocr::Recognised;
use super::legacy;
use super::ocr::Recogniser;
use super::pdf::letters;
use super::pdf_lines::{Line, Page};
use super::pdf_pages;
use super::pdf_scan;
use crate::tables::syllables;
use std::collections::{BTreeMap, HashMap};

/// Syllables in a thousand words below which a page may be read wrongly: sound pages of real papers stay above 850, pages
/// that lost the letters with marks below 600.
const DOUBTFUL: u16 = 750;
/// Syllables in a thousand words that another reading must have more.
const BETTER: u16 = 100;
/// Syllables in a thousand words that it must have at least.
const USABLE: u16 = 500;
/// Signs without blanks from which a page tells how well it reads.
const ENOUGH: usize = 100;
/// Pages after which recognition that was never better is given up: the paper is in another language.
const TRIED: usize = 2;

/// Doubtful pages, each with the syllables in a thousand words; 0 where signs stand for letters.
pub(super) type Doubts = BTreeMap<u32, u16>;

/// The doubtful ones of the pages.
pub(super) fn doubts(pages: impl Iterator<Item = (u32, Page)>) -> Doubts {
    pages.filter_map(|(number, page)| Some((number, quality(&page).filter(|quality| *quality < DOUBTFUL)?))).collect()
}

/// Recognises doubtful pages; those that read better so.
pub(super) fn recognised(bytes: &[u8], doubts: &Doubts, ocr: &Recogniser) -> HashMap<u32, Recognised> {
    let better = |numbers: &[u32]| {
        let mut pages = pdf_scan::read(bytes, numbers, ocr).pages;
        pages.retain(|number, page| {
            let quality = quality(&Page::Laid(page.runs.clone()));
            quality.is_some_and(|quality| quality >= USABLE.max(doubts[number] + BETTER))
        });
        pages
    };
    let numbers: Vec<u32> = doubts.keys().copied().collect();
    let (tried, rest) = numbers.split_at(TRIED.min(numbers.len()));
    let mut pages = better(tried);
    if !pages.is_empty() && !rest.is_empty() {
        pages.extend(better(rest));
    }
    pages
}

/// Syllables in a thousand words of a page; `None` where it says too little.
fn quality(page: &Page) -> Option<u16> {
    let quick = match page {
        Page::Laid(runs) => runs.iter().map(|run| run.text.as_str()).collect::<Vec<_>>().join(" "),
        Page::Lines(lines) => lines.iter().map(Line::text).collect::<Vec<_>>().join(" "),
        Page::Layer(text) => text.clone(),
    };
    if quick.chars().filter(|c| !c.is_whitespace()).count() < ENOUGH {
        return None;
    }
    let quality = syllables().share(&quick);
    if quality >= DOUBTFUL {
        return Some(quality);
    }
    // Words may be parted over runs, and letters may be of an old encoding.
    let text = pdf_pages::text(vec![page.clone()]);
    let text = legacy::restore(&text).map_or(text, |restored| restored.text);
    let signs = text.chars().filter(|c| !c.is_whitespace()).count();
    Some(if letters(&text) * 2 < signs { 0 } else { syllables().share(&text) })
}
