//! What the name of a font says of the encoding of its text, and how readers hand that on.
//!
//! Duty: names of fonts; marks within the text (characters for private use, taken out again when the letters are
//! restored). Not here: finding the fonts of a format, converting.

use super::legacy::{Stretch, Told};
use super::legacy_words::Encoding;
use std::borrow::Cow;

/// What the font of a run says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Font {
    /// Nothing: a font of Unicode, or not known.
    #[default]
    Other,
    /// Text in the encoding that the font was made for; `capitals` when it draws small letters as capitals.
    Legacy { encoding: Encoding, capitals: bool },
}

/// The marks: the text after one, up to the next, is in the font.
const MARKS: [(char, Font); 4] = [
    ('\u{f8a0}', Font::Other),
    ('\u{f8a1}', Font::Legacy { encoding: Encoding::Tcvn3, capitals: false }),
    ('\u{f8a2}', Font::Legacy { encoding: Encoding::Tcvn3, capitals: true }),
    ('\u{f8a3}', Font::Legacy { encoding: Encoding::Vni, capitals: false }),
];
/// The characters alone: other fonts, TCVN3, its capitals, VNI.
#[cfg(test)]
pub(super) const MARKS_FOR_TESTS: [char; 4] = [MARKS[0].0, MARKS[1].0, MARKS[2].0, MARKS[3].0];
/// Stands for U+00AD, a letter of TCVN3 that parsers take for a soft hyphen and drop.
pub(super) const SOFT_HYPHEN: char = '\u{f8ad}';

impl Font {
    /// By the name as a document has it: `.VnTime`, `VNI-Times`; in a PDF `ABCDEF+VnTimeHBold`.
    pub(super) fn of(name: &str) -> Font {
        let name = name.trim().trim_matches(['"', '\'']);
        let name = match name.split_once('+') {
            Some((tag, rest)) if tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()) => rest,
            _ => name,
        };
        let small = name.to_ascii_lowercase();
        if small.starts_with("vni-") || small.starts_with("vni ") {
            return Font::Legacy { encoding: Encoding::Vni, capitals: false };
        }
        // A PDF may leave out the stop, but then a capital of the family's name follows.
        let is_bare = name.strip_prefix("Vn").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
        if !small.starts_with(".vn") && !is_bare {
            return Font::Other;
        }
        let mut family = name.split([',', '-']).next().unwrap_or(name).trim_end();
        while let Some(rest) = ["Bold", "Italic", "Oblique", "Normal", "Regular"].iter().find_map(|style| family.strip_suffix(style)) {
            family = rest.trim_end();
        }
        Font::Legacy { encoding: Encoding::Tcvn3, capitals: family.ends_with('H') }
    }

    /// The mark that begins text of this font.
    pub(super) fn mark(self) -> char {
        MARKS.iter().find(|(_, font)| *font == self).map_or(MARKS[0].0, |(mark, _)| *mark)
    }
}

/// True for a character that only this module writes.
pub(super) fn is_mark(c: char) -> bool {
    ('\u{f8a0}'..='\u{f8af}').contains(&c)
}

/// The text without marks, and where each font begins.
pub(super) fn unmark(text: &str) -> (Cow<'_, str>, Vec<(usize, Font)>) {
    if !text.contains(is_mark) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut out = String::with_capacity(text.len());
    let mut runs: Vec<(usize, Font)> = Vec::new();
    for c in text.chars() {
        if let Some((_, font)) = MARKS.iter().find(|(mark, _)| *mark == c) {
            if runs.last().map_or(Font::Other, |(_, last)| *last) != *font {
                runs.push((out.len(), *font));
            }
        } else if c == SOFT_HYPHEN {
            out.push('\u{ad}');
        } else if !is_mark(c) {
            out.push(c);
        }
    }
    (Cow::Owned(out), runs)
}

/// Parts a text into stretches of one font within one line, line ends with them.
pub(super) fn stretches<'t>(text: &'t str, runs: &[(usize, Font)]) -> Vec<Stretch<'t>> {
    let mut out = Vec::new();
    let (mut at, mut next, mut font) = (0, 0, Font::Other);
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        while at < end {
            while let Some((_, own)) = runs.get(next).filter(|(start, _)| *start <= at) {
                font = *own;
                next += 1;
            }
            let stop = runs.get(next).map_or(end, |(start, _)| end.min(*start));
            out.push(Stretch { text: &text[at..stop], font, told: Told::Open, clean: None });
            at = stop;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_encoding() {
        let tcvn3 = |capitals| Font::Legacy { encoding: Encoding::Tcvn3, capitals };
        let vni = Font::Legacy { encoding: Encoding::Vni, capitals: false };
        for (name, wanted) in [
            (".VnTime", tcvn3(false)),
            (".VnTimeH", tcvn3(true)),
            (".VnArial NarrowH", tcvn3(true)),
            (".vntime", tcvn3(false)),
            ("BADEPR+.VnTimeH,Bold", tcvn3(true)),
            ("FBHPFO+VnTimeHBold", tcvn3(true)),
            ("FBHPLC+VnTimeBoldItalic", tcvn3(false)),
            ("VNI-Times", vni),
            ("VNI Helve", vni),
            ("Times New Roman", Font::Other),
            ("Vni", Font::Other),
            ("Vnlibre", Font::Other),
        ] {
            assert_eq!(Font::of(name), wanted, "{name}");
        }
    }
}
