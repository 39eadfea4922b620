//! Pages of a PDF that are pictures, drawn and recognised.
//!
//! Duty: drawing a page as it would be printed, turning it upright, telling blank pages, what was recognised and what was
//! not. Not here: telling which pages have no text of their own (`pdf`), the program that recognises (`ocr`).

use super::hocr::Recognised;
use super::ocr::{Failed, Recogniser};
use super::reader::message;
use crate::model::ErrorKind;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Dots to the inch for a page of usual size: that of most scans, which lose by being drawn at another one.
const DPI: f32 = 200.0;
/// Dots of the longer side, at most; a larger page is drawn smaller.
const MOST_DOTS: f32 = 4000.0;
/// Width of a usual page in inches.
const PAGE_INCHES: f32 = 8.27;
/// Pages of one file that are recognised, at most.
const MOST_PAGES: usize = 500;
/// Grey below which a dot is ink.
const INK: u8 = 128;
/// Dots of ink, in a million, from which a page is not blank.
const BLANK: usize = 50;
/// Confidence in percent below which a page may stand on its side.
const UNSURE: f32 = 60.0;
/// Letters that a page upright has at least.
const FEW: usize = 12;

/// What became of the pages.
#[derive(Default)]
pub(super) struct Scanned {
    /// Recognised pages; those that hold nothing have no runs.
    pub(super) pages: HashMap<u32, Recognised>,
    /// Pages that could not be recognised.
    pub(super) failed: Vec<u32>,
    /// Why the last of these failed.
    pub(super) why: Option<ErrorKind>,
}

/// Recognises pages, by their number from 1.
pub(super) fn read(bytes: &[u8], numbers: &[u32], ocr: &Recogniser) -> Scanned {
    let mut out = Scanned::default();
    let Ok(Ok(pdf)) = catch_unwind(AssertUnwindSafe(|| Pdf::new(bytes.to_vec()))) else {
        out.failed = numbers.to_vec();
        out.why = Some(ErrorKind::Malformed("its pages cannot be drawn".into()));
        return out;
    };
    let cache = RenderCache::new();
    for (count, &number) in numbers.iter().enumerate() {
        let page = pdf.pages().get(number as usize - 1);
        let read = match page {
            _ if count >= MOST_PAGES => Err(ErrorKind::Malformed(format!("more than {MOST_PAGES} pages are pictures"))),
            Some(page) => draw(page, &cache).and_then(|picture| recognise(picture, ocr)),
            None => Err(ErrorKind::Malformed(format!("page {number} cannot be drawn"))),
        };
        match read {
            Ok(page) => drop(out.pages.insert(number, page)),
            Err(kind) => {
                out.failed.push(number);
                out.why = Some(kind);
            }
        }
    }
    out
}

/// A page in grey, row by row from the top.
struct Picture {
    width: usize,
    height: usize,
    dots: Vec<u8>,
}

fn draw<'a>(page: &'a Page<'a>, cache: &RenderCache<'a>) -> Result<Picture, ErrorKind> {
    let (width, height) = page.render_dimensions();
    let scale = (DPI / 72.0).min(MOST_DOTS / width.max(height).max(1.0));
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let drawn =
        catch_unwind(AssertUnwindSafe(|| render(page, cache, &InterpreterSettings::default(), &RenderSettings::default(), &settings)));
    let drawn = drawn.map_err(|panic| ErrorKind::Crashed(message(panic.as_ref())))?;
    // As bright as the eye sees it: red and blue ink stay dark.
    let grey = |dot: &[u8]| ((299 * u32::from(dot[0]) + 587 * u32::from(dot[1]) + 114 * u32::from(dot[2])) / 1000) as u8;
    let dots = drawn.data_as_u8_slice().chunks_exact(4).map(grey).collect();
    Ok(Picture { width: usize::from(drawn.width()), height: usize::from(drawn.height()), dots })
}

fn recognise(picture: Picture, ocr: &Recogniser) -> Result<Recognised, ErrorKind> {
    if picture.is_blank() {
        return Ok(Recognised::default());
    }
    let read = |picture: &Picture| -> Result<Recognised, ErrorKind> {
        let pages = ocr.read(picture.file(), Some(picture.dpi())).map_err(failure)?;
        Ok(pages.into_iter().next().unwrap_or_default())
    };
    let as_it_is = read(&picture)?;
    if as_it_is.confidence >= UNSURE && as_it_is.letters >= FEW {
        return Ok(as_it_is);
    }
    let Some(degrees @ (90 | 180 | 270)) = ocr.turn(picture.file()) else { return Ok(as_it_is) };
    let turned = read(&picture.turned(degrees))?;
    Ok(if turned.confidence > as_it_is.confidence { turned } else { as_it_is })
}

/// What a file is told that was not recognised.
pub(super) fn failure(failed: Failed) -> ErrorKind {
    match failed {
        Failed::Time(seconds) => ErrorKind::TimeLimit(seconds),
        Failed::Refused(why) => ErrorKind::Crashed(format!("text recognition: {why}")),
    }
}

impl Picture {
    fn is_blank(&self) -> bool {
        self.dots.iter().filter(|dot| **dot < INK).count() * 1_000_000 < self.dots.len() * BLANK
    }

    fn dpi(&self) -> u32 {
        (self.width.min(self.height) as f32 / PAGE_INCHES).clamp(70.0, 600.0) as u32
    }

    /// The picture as a portable grey map, which needs no compression.
    fn file(&self) -> Vec<u8> {
        let mut file = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        file.extend_from_slice(&self.dots);
        file
    }

    /// The picture turned clockwise.
    fn turned(&self, degrees: u32) -> Picture {
        let (w, h) = (self.width, self.height);
        let (width, height) = if degrees == 180 { (w, h) } else { (h, w) };
        let from = |x: usize, y: usize| match degrees {
            90 => (y, h - 1 - x),
            180 => (w - 1 - x, h - 1 - y),
            _ => (w - 1 - y, x),
        };
        let dots = (0..height).flat_map(|y| (0..width).map(move |x| from(x, y))).map(|(x, y)| self.dots[y * w + x]).collect();
        Picture { width, height, dots }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_turned_clockwise() {
        let picture = Picture { width: 3, height: 2, dots: vec![1, 2, 3, 4, 5, 6] };
        assert_eq!(picture.turned(90).dots, [4, 1, 5, 2, 6, 3]);
        assert_eq!(picture.turned(180).dots, [6, 5, 4, 3, 2, 1]);
        let back = picture.turned(270);
        assert_eq!((back.width, back.height, back.dots), (2, 3, vec![3, 6, 2, 5, 1, 4]));
    }

    #[test]
    fn a_page_with_a_word_is_not_blank() {
        let mut picture = Picture { width: 1000, height: 1000, dots: vec![255; 1_000_000] };
        picture.dots[..20].fill(0);
        assert!(picture.is_blank(), "dust");
        picture.dots[..400].fill(0);
        assert!(!picture.is_blank());
    }
}
