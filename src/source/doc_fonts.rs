//! The fonts of a Word 97 file, which anydoc's model leaves out.
//!
//! Duty: the text in its order with the font of each run (after [MS-DOC]: piece table, character runs, styles, font
//! table), and finding a piece of anydoc's text in it. Not here: anything else of the file; where a structure does not
//! hold, there are no fonts, and the letters must tell.

use super::fonts::{Font, SOFT_HYPHEN};
use crate::tables::legacy::cp1252_char;
use std::collections::HashMap;
use std::io::{Cursor, Read};

/// Bytes that a stream may have.
const MAX_STREAM: u64 = 128 << 20;
/// Bytes of the text in which a piece is looked for ahead, and bytes of a piece that is worth it.
const AHEAD: usize = 1 << 16;
const TELLING: usize = 6;
/// An optional hyphen.
const HYPHEN: char = '\u{1f}';
/// Styles of which one is based on another, at most.
const MAX_CHAIN: usize = 32;

/// The text without white space, and where each font begins in it.
#[derive(Debug, Default)]
pub(super) struct DocFonts {
    text: String,
    runs: Vec<(usize, Font)>,
    /// Letters of TCVN3 that were saved as optional hyphens, which anydoc drops: where they stand, and whether they
    /// belong to the letter before.
    hyphens: Vec<(usize, bool)>,
    /// How far it was found.
    at: usize,
}

/// Reads the fonts; `None` when the file names no font of an old encoding, or cannot be followed.
pub(super) fn read(bytes: &[u8]) -> Option<DocFonts> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let mut stream = |name: &str| -> Option<Vec<u8>> {
        let mut out = Vec::new();
        file.open_stream(name).ok()?.take(MAX_STREAM).read_to_end(&mut out).ok()?;
        Some(out)
    };
    let main = stream("WordDocument")?;
    let table = stream(if u16_at(&main, 0x0a)? & 0x200 != 0 { "1Table" } else { "0Table" })?;
    let part = |at: usize| table.get(u32_at(&main, at)? as usize..)?.get(..u32_at(&main, at + 4)? as usize);
    let names = font_names(part(0x112)?);
    if !names.iter().any(|font| *font != Font::Other) {
        return None;
    }
    let sheet = Sheet::read(part(0xa2)?);
    let characters = runs(&main, part(0xfa)?, 1, |page, at| {
        let length = usize::from(*page.get(at)?);
        page.get(at + 1..at + 1 + length).map(Choice::of)
    });
    let paragraphs = runs(&main, part(0x102)?, 13, |page, at| {
        // The length of the properties is counted in words; 0 means that the next byte has it.
        u16_at(page, if *page.get(at)? == 0 { at + 2 } else { at + 1 })
    });
    let mut fonts = DocFonts::default();
    let mut field: Vec<bool> = Vec::new();
    let mut glued = false;
    for piece in pieces(part(0x1a2)?)? {
        let width = if piece.is_wide { 2 } else { 1 };
        let text = main.get(piece.offset..)?;
        let text = text.get(..piece.length.saturating_mul(width).min(text.len()))?;
        for (place, unit) in text.chunks_exact(width).enumerate() {
            let c = match unit {
                [byte] => cp1252_char(*byte),
                [low, high] => char::from_u32(u32::from(u16::from_le_bytes([*low, *high]))).unwrap_or('\u{fffd}'),
                _ => continue,
            };
            match c {
                '\u{13}' => field.push(false),
                '\u{14}' => field.iter_mut().last().into_iter().for_each(|shown| *shown = true),
                '\u{15}' => drop(field.pop()),
                _ if field.contains(&false) => {}
                _ if is_left_out(c) && c != HYPHEN => glued = false,
                _ => {
                    let offset = (piece.offset + place * width) as u32;
                    let own = at(&characters, offset).copied().unwrap_or_default();
                    let ftc = own.font.or_else(|| sheet.font(own.style?)).or_else(|| sheet.font(*at(&paragraphs, offset)?));
                    let ftc = ftc.unwrap_or(sheet.default);
                    let font = names.get(usize::from(ftc)).copied().unwrap_or_default();
                    if c != HYPHEN {
                        fonts.push(c, font);
                        glued = true;
                    } else if font != Font::Other {
                        fonts.hyphens.push((fonts.text.len(), glued));
                    }
                }
            }
        }
    }
    fonts.hyphens.sort_unstable();
    Some(fonts)
}

fn is_left_out(c: char) -> bool {
    c.is_whitespace() || c.is_control() || c == '-'
}

impl DocFonts {
    fn push(&mut self, c: char, font: Font) {
        if self.runs.last().is_none_or(|(_, last)| *last != font) {
            self.runs.push((self.text.len(), font));
        }
        self.text.push(c);
    }

    /// Parts a piece of text, which follows the one asked before, by font.
    pub(super) fn split(&mut self, text: &str) -> Vec<(String, Font)> {
        let key: String = text.chars().filter(|c| !is_left_out(*c)).collect();
        let rest = &self.text[self.at..];
        let found = if rest.starts_with(&key) {
            Some(0)
        } else {
            let window = &rest[..rest.floor_char_boundary(AHEAD)];
            Some(window).filter(|_| key.len() >= TELLING).and_then(|window| window.find(&key))
        };
        let Some(found) = found.filter(|_| !key.is_empty()) else { return vec![(text.to_owned(), Font::Other)] };
        let mut at = self.at + found;
        self.at = at + key.len();
        let mut out: Vec<(String, Font)> = Vec::new();
        let mut piece = String::new();
        let mut font = None;
        for c in text.chars() {
            if is_left_out(c) {
                piece.push(c);
                continue;
            }
            let own = self.runs[self.runs.partition_point(|(start, _)| *start <= at) - 1].1;
            if let Some(before) = font.replace(own).filter(|before| *before != own) {
                out.push((std::mem::take(&mut piece), before));
            }
            piece.extend(self.hyphen(at, false));
            piece.push(c);
            at += c.len_utf8();
            piece.extend(self.hyphen(at, true));
        }
        out.push((piece, font.unwrap_or_default()));
        out
    }

    fn hyphen(&self, at: usize, glued: bool) -> Option<char> {
        self.hyphens.binary_search(&(at, glued)).is_ok().then_some(SOFT_HYPHEN)
    }
}

/// What a run of characters says itself.
#[derive(Clone, Copy, Debug, Default)]
struct Choice {
    font: Option<u16>,
    style: Option<u16>,
}

impl Choice {
    fn of(modifiers: &[u8]) -> Choice {
        let mut out = Choice::default();
        let mut rest = modifiers;
        while let (Some(code), Some(operand)) = (u16_at(rest, 0), rest.get(2..)) {
            // The three highest bits tell the length of the operand.
            let length = match code >> 13 {
                0 | 1 => 1,
                2 | 4 | 5 => 2,
                3 => 4,
                7 => 3,
                _ => usize::from(operand.first().copied().unwrap_or(0)) + 1,
            };
            match code {
                // Font of plain letters, and of all letters in older files.
                0x4a4f | 0x4a3d => out.font = u16_at(operand, 0),
                0x4a30 => out.style = u16_at(operand, 0),
                _ => {}
            }
            rest = operand.get(length..).unwrap_or_default();
        }
        out
    }
}

/// Fonts of the styles, by number; a style without one has that of the style it is based on.
#[derive(Debug, Default)]
struct Sheet {
    styles: HashMap<u16, (Option<u16>, u16)>,
    default: u16,
}

impl Sheet {
    fn read(bytes: &[u8]) -> Sheet {
        let mut out = Sheet { default: u16_at(bytes, 14).unwrap_or(0), ..Sheet::default() };
        let (Some(head), Some(count), Some(fixed)) = (u16_at(bytes, 0), u16_at(bytes, 2), u16_at(bytes, 4)) else { return out };
        let mut at = 2 + usize::from(head);
        for number in 0..count {
            let Some(length) = u16_at(bytes, at).map(usize::from) else { break };
            if let Some(style) = bytes.get(at + 2..at + 2 + length).and_then(|record| style(record, fixed.into())) {
                out.styles.insert(number, style);
            }
            at += 2 + length;
        }
        out
    }

    fn font(&self, mut style: u16) -> Option<u16> {
        for _ in 0..MAX_CHAIN {
            let (font, base) = self.styles.get(&style)?;
            if font.is_some() {
                return *font;
            }
            style = *base;
        }
        None
    }
}

/// The font of a style, if it says one, and the style it is based on.
fn style(record: &[u8], fixed: usize) -> Option<(Option<u16>, u16)> {
    let sort = u16_at(record, 2)?;
    // A name, then blocks of modifiers: those of the paragraph, if it is a paragraph's style, then those of the letters.
    let mut at = fixed + 2 + usize::from(u16_at(record, fixed)?) * 2 + 2;
    for block in 0..2 {
        at += at % 2;
        let length = usize::from(u16_at(record, at)?);
        if block == 1 || sort & 0xf == 2 {
            return Some((Choice::of(record.get(at + 2..at + 2 + length)?).font, sort >> 4));
        }
        at += 2 + length;
    }
    None
}

/// What the names of the fonts say, by number.
fn font_names(bytes: &[u8]) -> Vec<Font> {
    let mut out = Vec::new();
    let mut rest = bytes.get(4..).unwrap_or_default();
    while let Some(record) = rest.first().and_then(|length| rest.get(1..1 + usize::from(*length))) {
        let units = record.get(39..).unwrap_or_default().chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        let name: String = char::decode_utf16(units.take_while(|unit| *unit != 0)).map(|c| c.unwrap_or('\u{fffd}')).collect();
        out.push(Font::of(&name));
        rest = &rest[1 + record.len()..];
    }
    out
}

struct Piece {
    offset: usize,
    length: usize,
    is_wide: bool,
}

/// The pieces of the text, in its order.
fn pieces(bytes: &[u8]) -> Option<Vec<Piece>> {
    let mut rest = bytes;
    // Modifiers of single pieces come first.
    while rest.first() == Some(&1) {
        rest = rest.get(3 + usize::from(u16_at(rest, 1)?)..)?;
    }
    let table = rest.get(5..)?.get(..u32_at(rest, 1)? as usize)?;
    let count = table.len().checked_sub(4)? / 12;
    let piece = |at: usize| {
        let length = u32_at(table, at * 4 + 4)?.checked_sub(u32_at(table, at * 4)?)?;
        let offset = u32_at(table, (count + 1) * 4 + at * 8 + 2)?;
        let is_wide = offset & 0x4000_0000 == 0;
        let offset = (offset & 0x3fff_ffff) as usize;
        Some(Piece { offset: if is_wide { offset } else { offset / 2 }, length: length as usize, is_wide })
    };
    (0..count).map(piece).collect()
}

/// Runs of something, by the place in the file at which they begin and end, sorted.
type Runs<T> = Vec<(u32, u32, T)>;

/// Reads the pages of 512 bytes on which runs are kept: places, then an entry of `width` bytes for each, then what `each`
/// reads at the place that the entry names.
fn runs<T>(main: &[u8], pages: &[u8], width: usize, each: impl Fn(&[u8], usize) -> Option<T>) -> Runs<T> {
    let count = pages.len().saturating_sub(4) / 8;
    let mut out = Vec::new();
    for number in (0..count).filter_map(|at| u32_at(pages, (count + 1) * 4 + at * 4)) {
        let Some(page) = main.get((number & 0x3f_ffff) as usize * 512..).and_then(|rest| rest.get(..512)) else { continue };
        let held = usize::from(page[511]);
        for k in 0..held {
            let entry = page.get((held + 1) * 4 + k * width).copied().unwrap_or(0);
            let found = Some(usize::from(entry) * 2).filter(|at| *at > 0).and_then(|at| each(page, at));
            if let (Some(start), Some(end), Some(found)) = (u32_at(page, k * 4), u32_at(page, k * 4 + 4), found) {
                out.push((start, end, found));
            }
        }
    }
    out.sort_by_key(|(start, ..)| *start);
    out
}

/// What the runs say of a place.
fn at<T>(runs: &Runs<T>, offset: u32) -> Option<&T> {
    let (_, end, found) = runs.get(runs.partition_point(|(start, ..)| *start <= offset).checked_sub(1)?)?;
    (offset < *end).then_some(found)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..)?.first_chunk::<2>().copied()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..)?.first_chunk::<4>().copied()?))
}
