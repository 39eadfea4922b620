//! Keeps the fonts of an RTF, before anydoc reads it.
//!
//! Duty: marks before each run of text, in a copy of the file, where it names a font of an old encoding; the bytes of such
//! runs as the characters of windows-1252, whatever charset the font claims. Telling a file that was cut off. Not here:
//! what an RTF says beside that.

use super::fonts::{Font, SOFT_HYPHEN};
use crate::model::ErrorKind;
use crate::tables::legacy::cp1252_char;
use std::collections::HashMap;

/// Groups whose text is none of the paper's.
const ASIDE: [&[u8]; 6] = [b"stylesheet", b"colortbl", b"info", b"pict", b"listtable", b"object"];

/// What holds within a group.
#[derive(Clone, Copy)]
struct State {
    font: i32,
    /// Bytes that stand behind a Unicode character for older readers.
    fallback: usize,
    place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Body,
    Fonts,
    Aside,
}

/// A copy of the file with marks; `None` when it has no font of an old encoding. Errors: cut off.
pub(super) fn keep(bytes: &[u8]) -> Result<Option<Vec<u8>>, ErrorKind> {
    let mut marker = Marker {
        bytes,
        out: Vec::new(),
        done: 0,
        fonts: HashMap::new(),
        has_old: false,
        name: Vec::new(),
        state: State { font: 0, fallback: 1, place: Place::Body },
        stack: Vec::new(),
        default: 0,
        skip: 0,
        fresh: true,
        opened: false,
    };
    marker.run();
    if !marker.stack.is_empty() {
        return Err(ErrorKind::Truncated("the last brace of the RTF is missing".into()));
    }
    marker.out.extend_from_slice(&bytes[marker.done..]);
    Ok(marker.has_old.then_some(marker.out))
}

struct Marker<'b> {
    bytes: &'b [u8],
    out: Vec<u8>,
    /// Bytes that are in `out`.
    done: usize,
    fonts: HashMap<i32, Font>,
    /// True when one of them is of an old encoding.
    has_old: bool,
    /// Name of the font that is being read.
    name: Vec<u8>,
    state: State,
    stack: Vec<State>,
    default: i32,
    /// Bytes to come that stand for the Unicode character before them.
    skip: usize,
    /// True when the next text needs a mark.
    fresh: bool,
    /// True right after a group began.
    opened: bool,
}

impl Marker<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(&byte) = self.bytes.get(at) {
            let start = at;
            at += 1;
            match byte {
                b'{' => {
                    self.stack.push(self.state);
                    (self.fresh, self.opened, self.skip) = (true, true, 0);
                    continue;
                }
                b'}' => {
                    self.state = self.stack.pop().unwrap_or(self.state);
                    (self.fresh, self.skip) = (true, 0);
                }
                b'\\' => match self.bytes.get(at) {
                    Some(b'\'') => {
                        let hex = self.bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
                        at = (at + 3).min(self.bytes.len());
                        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                            self.text(byte, start, at);
                        }
                    }
                    Some(letter) if letter.is_ascii_alphabetic() => at = self.word(at),
                    Some(symbol) => {
                        at += 1;
                        match symbol {
                            b'*' if self.opened => self.state.place = Place::Aside,
                            // Some programs write it so.
                            b'-' => self.text(0xad, start, at),
                            _ => {}
                        }
                        continue;
                    }
                    None => {}
                },
                b'\r' | b'\n' | 0 => continue,
                byte => self.text(byte, start, at),
            }
            self.opened = false;
        }
    }

    /// A control word that begins at `at`; returns where it ends.
    fn word(&mut self, at: usize) -> usize {
        let rest = &self.bytes[at..];
        let letters = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let digits = rest[letters..].iter().enumerate().take_while(|(k, b)| b.is_ascii_digit() || (*k == 0 && **b == b'-')).count();
        let number = std::str::from_utf8(&rest[letters..letters + digits]).ok().and_then(|text| text.parse::<i32>().ok());
        let mut end = at + letters + digits;
        end += usize::from(self.bytes.get(end) == Some(&b' '));
        let word = &rest[..letters];
        match (word, number) {
            (b"bin", Some(length)) => end = end.saturating_add(length.max(0) as usize).min(self.bytes.len()),
            (b"u", Some(code)) => {
                self.mark(at - 1);
                // Unicode has it as a soft hyphen, which anydoc drops.
                if self.font() != Font::Other && code == 0xad {
                    self.copy(at - 1);
                    self.out.extend_from_slice(format!("\\u{} ", SOFT_HYPHEN as i32 - 65_536).as_bytes());
                    self.done = end;
                }
                self.skip = self.state.fallback;
                return end;
            }
            (b"uc", Some(count)) => self.state.fallback = count.max(0) as usize,
            (b"f", Some(font)) => {
                self.state.font = font;
                self.name.clear();
            }
            (b"deff", Some(font)) => (self.default, self.state.font) = (font, font),
            (b"plain", _) => self.state.font = self.default,
            (b"footnote", _) => self.state.place = Place::Body,
            (b"fonttbl", _) => self.state.place = Place::Fonts,
            _ if self.opened && ASIDE.contains(&word) => self.state.place = Place::Aside,
            _ => {}
        }
        (self.fresh, self.skip) = (true, 0);
        end
    }

    fn font(&self) -> Font {
        self.fonts.get(&self.state.font).copied().unwrap_or_default()
    }

    /// A byte of text that stands from `start` to `end`.
    fn text(&mut self, byte: u8, start: usize, end: usize) {
        match self.state.place {
            Place::Aside => {}
            Place::Fonts if byte == b';' => {
                let name = std::mem::take(&mut self.name);
                let font = Font::of(&String::from_utf8_lossy(&name));
                self.has_old |= font != Font::Other;
                self.fonts.insert(self.state.font, font);
            }
            Place::Fonts => self.name.push(byte),
            Place::Body if self.skip > 0 => self.skip -= 1,
            Place::Body if byte == b' ' => {}
            Place::Body => {
                self.mark(start);
                if byte >= 0x80 && self.font() != Font::Other {
                    self.copy(start);
                    let c = if byte == 0xad { SOFT_HYPHEN } else { cp1252_char(byte) };
                    self.character(c);
                    self.done = end;
                }
            }
        }
    }

    /// The mark of the font, when the next text needs one.
    fn mark(&mut self, at: usize) {
        if std::mem::take(&mut self.fresh) && self.state.place == Place::Body && self.has_old {
            self.copy(at);
            self.character(self.font().mark());
        }
    }

    fn copy(&mut self, to: usize) {
        self.out.extend_from_slice(&self.bytes[self.done..to]);
        self.done = to;
    }

    /// In a group of its own, so that the count of fallback bytes holds for it only.
    fn character(&mut self, c: char) {
        self.out.extend_from_slice(format!("{{\\uc0\\u{} }}", c as u32 as u16 as i16).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(body: &str) -> Option<String> {
        let file = format!("{{\\rtf1\\ansi\\deff1{{\\fonttbl{{\\f0 Arial;}}{{\\f1{{\\*\\panose 02}}.VnTime;}}{{\\f2 .VnTimeH;}}}}{body}}}");
        keep(file.as_bytes()).unwrap().map(|bytes| String::from_utf8(bytes).unwrap().split_once("VnTimeH;}}").unwrap().1.to_owned())
    }

    #[test]
    fn runs_get_the_mark_of_their_font() {
        assert_eq!(kept(r"a\'e9{\f0 b}").as_deref(), Some(r"{\uc0\u-1887 }a{\uc0\u233 }{\f0 {\uc0\u-1888 }b}}"));
        assert_eq!(kept(r"\f2 x\u173 -y").as_deref(), Some(r"\f2 {\uc0\u-1886 }x\u-1875 -y}"));
        assert_eq!(kept(r"th\-{\*\footnote b}").as_deref(), Some(r"{\uc0\u-1887 }th{\uc0\u-1875 }{\*\footnote {\uc0\u-1887 }b}}"));
        assert_eq!(kept(r"{\*\x a}{\pict 00}").as_deref(), Some(r"{\*\x a}{\pict 00}}"));
    }

    #[test]
    fn files_without_such_fonts_are_left_and_cut_ones_told() {
        assert_eq!(keep(br"{\rtf1{\fonttbl{\f0 Arial;}}a}").unwrap(), None);
        assert!(matches!(keep(br"{\rtf1{\fonttbl{\f0 Arial;}}a").unwrap_err(), ErrorKind::Truncated(_)));
    }
}
