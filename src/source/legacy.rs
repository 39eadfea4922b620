//! Finds text in encodings from before Unicode and turns it into letters.
//!
//! Duty: deciding stretch by stretch (a line, or a run of one font in it), so that mixed papers come right. A font's name
//! settles it where the reader knows fonts and left its marks; else the share of Vietnamese syllables before and after
//! does. What says too little by itself follows the rest of the paper, and stays as it is where that is mixed. Not here:
//! the tables (`tables::legacy`), what fonts mean ([`fonts`](super::fonts)).

use super::fonts::{self, Font};
use super::legacy_memory::Memory;
use super::legacy_words::{Encoding, Score, is_foreign, is_in_capitals, with_capitals, words};
use crate::model::{RawText, Warning, WarningKind};
use memchr::memchr3_iter;

/// Words that must become Vietnamese before a stretch is believed by itself.
const ENOUGH: usize = 3;
/// Words from which an encoding counts as one that the paper uses; below, only a font's name is believed.
const USED: usize = 8;
/// Words after which an encoding that is alone so far is tried first.
const ALONE: usize = 400;
/// Share of one encoding, against other ones and Unicode, from which it also takes the stretches that tell nothing: 9 of 10.
const DOMINANT: usize = 9;

/// Text with its letters restored.
pub(super) struct Restored {
    pub(super) text: String,
    /// The encodings, with the number of words that each one gave, the most first.
    pub(super) used: Vec<(Encoding, usize)>,
}

/// Restores the letters of a paper's text, and says so in its record.
pub(super) fn apply(raw: &mut RawText) {
    let Some(Restored { text, used }) = restore(&raw.text) else { return };
    raw.text = text;
    if used.is_empty() {
        return;
    }
    // Places in the text before are no places in this one.
    raw.warnings.iter_mut().for_each(|warning| warning.span = None);
    let names: Vec<&str> = used.iter().map(|(encoding, _)| encoding.name()).collect();
    let counts: Vec<String> = used.iter().map(|(encoding, words)| format!("{} ({words} words)", encoding.name())).collect();
    raw.warnings.push(Warning::new(WarningKind::Converted, format!("letters converted from {}", counts.join(", "))));
    let before = raw.encoding.take().filter(|encoding| encoding != SINGLE_BYTE).map(|encoding| format!("{encoding}+"));
    raw.encoding = Some(format!("{}{}", before.unwrap_or_default(), names.join("+")));
}

/// Name of the reading as single bytes, which the encoding that is found replaces.
pub(super) const SINGLE_BYTE: &str = "windows-1252";

/// The text with its letters restored; `None` when there is nothing to restore, which a look at the bytes shows.
pub(super) fn restore(text: &str) -> Option<Restored> {
    if !is_suspicious(text) {
        return None;
    }
    let mut reader = Reader::default();
    let (text, runs) = fonts::unmark(text);
    let mut stretches = fonts::stretches(&text, &runs);
    for stretch in &mut stretches {
        reader.decide(stretch);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for stretch in &stretches {
        reader.write(stretch, &mut out);
    }
    let mut used: Vec<(Encoding, usize)> =
        Encoding::ALL.into_iter().map(|encoding| (encoding, reader.taken[encoding as usize])).filter(|(_, words)| *words > 0).collect();
    used.sort_by_key(|(encoding, words)| (std::cmp::Reverse(*words), *encoding));
    Some(Restored { text: out, used })
}

/// A stretch of text within a line, of one font.
#[derive(Debug)]
pub(super) struct Stretch<'t> {
    pub(super) text: &'t str,
    pub(super) font: Font,
    /// What it tells by itself.
    pub(super) told: Told,
    /// Its letters and its words beyond ASCII, where all of it becomes Vietnamese in that encoding.
    pub(super) clean: Option<(String, usize)>,
}

/// What a stretch tells by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// Nothing, or too little.
    Open,
    /// Its encoding.
    Is(Encoding),
    /// It holds letters that only Unicode has.
    Unicode,
}

#[derive(Default)]
struct Reader {
    /// Words of stretches that tell their encoding, by encoding.
    told: [usize; Encoding::ALL.len()],
    /// Words of Unicode.
    unicode: usize,
    /// Words that were converted, by encoding.
    taken: [usize; Encoding::ALL.len()],
    scratch: String,
    memory: Memory,
}

impl Reader {
    fn read(&mut self, encoding: Encoding, text: &str) -> Score {
        self.scratch.clear();
        self.memory.read(encoding, text, &mut self.scratch)
    }

    /// Asks one stretch.
    fn decide(&mut self, stretch: &mut Stretch<'_>) {
        if stretch.text.is_ascii() {
            return;
        }
        if let Font::Legacy { encoding, .. } = stretch.font {
            let score = self.read(encoding, stretch.text);
            // The font of old text may have been kept when the text was converted.
            let is_old = score.invalid == 0 || Score::of(stretch.text).balance() <= score.balance();
            stretch.told = if is_old { Told::Is(encoding) } else { Told::Unicode };
            stretch.clean = (is_old && score.invalid == 0).then(|| (std::mem::take(&mut self.scratch), score.valid));
            self.told[encoding as usize] += if is_old { score.valid } else { 0 };
            return;
        }
        if stretch.text.chars().any(is_beyond) {
            self.unicode += Score::of(stretch.text).valid;
            stretch.told = Told::Unicode;
            return;
        }
        if !is_suspicious(stretch.text) {
            return;
        }
        if let Some(encoding) = self.alone() {
            let score = self.read(encoding, stretch.text);
            // What is short follows the paper anyway; what fits as a whole needs no comparison.
            if score.valid + score.invalid <= ENOUGH {
                return;
            }
            if score.invalid * 8 <= score.valid {
                self.told[encoding as usize] += score.valid;
                stretch.told = Told::Is(encoding);
                stretch.clean = (score.invalid == 0).then(|| (std::mem::take(&mut self.scratch), score.valid));
                return;
            }
        }
        let plain = Score::of(stretch.text);
        let mut scores = Encoding::ALL.map(|encoding| (self.read(encoding, stretch.text), encoding));
        scores.sort_by_key(|(score, encoding)| (std::cmp::Reverse(score.balance()), *encoding));
        let [(best, encoding), (next, _), ..] = scores;
        let is_clear = best.valid >= ENOUGH
            && best.invalid * 3 <= best.valid
            && plain.valid * 2 < best.valid
            && best.balance() > next.balance() + 1
            && best.balance() > plain.balance() + 2;
        if is_clear && words(stretch.text).filter(|word| is_foreign(word)).count() * 5 <= words(stretch.text).count() {
            self.told[encoding as usize] += best.valid;
            stretch.told = Told::Is(encoding);
        }
    }

    /// The encoding that was the only one so far, in many words.
    fn alone(&self) -> Option<Encoding> {
        let mut found = Encoding::ALL.into_iter().filter(|encoding| self.told[*encoding as usize] > 0);
        found.next().filter(|encoding| found.next().is_none() && self.told[*encoding as usize] >= ALONE)
    }

    fn used(&self) -> impl Iterator<Item = Encoding> + use<> {
        let told = self.told;
        Encoding::ALL.into_iter().filter(move |encoding| told[*encoding as usize] >= USED)
    }

    fn is_dominant(&self, encoding: Encoding) -> bool {
        let own = self.told[encoding as usize];
        let others = self.unicode + self.told.iter().sum::<usize>() - own;
        own >= USED && own >= others * DOMINANT
    }

    /// Writes one stretch, by what it tells or what the paper tells of it.
    fn write(&mut self, stretch: &Stretch<'_>, out: &mut String) {
        let encoding = match stretch.told {
            // A few words that fit by chance are no encoding.
            Told::Is(encoding) => Some(encoding).filter(|encoding| stretch.font != Font::Other || self.told[*encoding as usize] >= USED),
            Told::Unicode => return self.mend(stretch.text, out),
            Told::Open if stretch.text.is_ascii() => None,
            Told::Open => self.follow(stretch.text),
        };
        let drawn = matches!(stretch.font, Font::Legacy { capitals: true, .. });
        let capitals = drawn || (encoding == Some(Encoding::Tcvn3) && is_in_capitals(stretch.text));
        let start = out.len();
        match (encoding, &stretch.clean) {
            (Some(encoding), Some((letters, words))) => {
                self.taken[encoding as usize] += words;
                out.push_str(letters);
            }
            (Some(encoding), None) => self.convert(encoding, stretch.text, out),
            (None, _) => out.push_str(stretch.text),
        }
        if capitals {
            let upper = out[start..].to_uppercase();
            out.truncate(start);
            out.push_str(&upper);
        }
    }

    /// The encoding of a stretch that tells too little, by the encodings of the paper.
    fn follow(&mut self, text: &str) -> Option<Encoding> {
        if !has_letters(text) {
            return None;
        }
        let plain = Score::of(text);
        let scores: Vec<(Score, Encoding)> = self.used().map(|encoding| (self.read(encoding, text), encoding)).collect();
        let (best, encoding) = scores.into_iter().max_by_key(|(score, encoding)| (score.balance(), std::cmp::Reverse(*encoding)))?;
        let is_better = best.valid > plain.valid;
        let is_as_good = best.valid == plain.valid && self.is_dominant(encoding);
        (is_better || is_as_good).then_some(encoding)
    }

    /// Converts a stretch; word by word where not all of it becomes Vietnamese.
    fn convert(&mut self, encoding: Encoding, text: &str, out: &mut String) {
        let score = self.read(encoding, text);
        if score.invalid == 0 {
            self.taken[encoding as usize] += score.valid;
            out.push_str(&self.scratch);
            return;
        }
        for token in text.split_inclusive(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric()) {
            self.token(encoding, token, out);
        }
    }

    fn token(&mut self, encoding: Encoding, token: &str, out: &mut String) {
        let score = self.read(encoding, token);
        if score.invalid > 0 {
            let plain = Score::of(token);
            let fits = |score: Score| score.valid > 0 && score.invalid == 0;
            if encoding == Encoding::Tcvn3
                && let Some(capitals) = with_capitals(&self.scratch)
            {
                self.scratch = capitals;
            } else if fits(plain) || words(token).any(is_foreign) {
                return out.push_str(token);
            } else if let Some(other) = self.used().find(|other| fits(self.read(*other, token))) {
                self.read(other, token);
                self.taken[other as usize] += 1;
                return out.push_str(&self.scratch);
            } else {
                self.read(encoding, token);
            }
        }
        self.taken[encoding as usize] += score.valid + score.invalid;
        out.push_str(&self.scratch);
    }

    /// Writes a stretch of Unicode, with single words of the paper's other encodings converted.
    fn mend(&mut self, text: &str, out: &mut String) {
        if self.used().next().is_none() {
            return out.push_str(text);
        }
        for token in text.split_inclusive(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric()) {
            let is_open = has_letters(token) && !token.chars().any(is_beyond) && Score::of(token).invalid > 0;
            let other = if is_open { self.used().find(|other| self.read(*other, token).balance() > 0) } else { None };
            match other {
                Some(other) => self.token(other, token, out),
                None => out.push_str(token),
            }
        }
    }
}

/// True for a letter of Vietnamese that windows-1252 has not.
fn is_beyond(c: char) -> bool {
    matches!(c, '\u{102}'..='\u{1b0}' | '\u{1ea0}'..='\u{1ef9}' | '\u{300}'..='\u{323}') && crate::tables::legacy::cp1252_byte(c).is_none()
}

/// False for words that are numbers and lone signs, such as a footnote's mark or a bullet.
fn has_letters(text: &str) -> bool {
    let is_sign = |c: char| matches!(c, '¹' | '²' | '³' | '°' | '·' | '«' | '»' | '©' | '±' | '¶');
    words(text).any(|word| !word.is_ascii() && word.chars().any(|c| !c.is_ascii_digit() && !is_sign(c)))
}

/// True when some character is none of Unicode Vietnamese, but a letter in one of the encodings, or a font's mark.
fn is_suspicious(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr3_iter(0xc2, 0xc3, 0xef, bytes).any(|at| match (bytes[at], bytes.get(at + 1).copied().unwrap_or(0)) {
        (0xc2, next) => next <= 0x9f || next == 0xae,
        // Letters of Latin-1 that Vietnamese has not, and the two signs between them.
        (0xc3, next) => !matches!(next, 0x80..=0x83 | 0x88..=0x8a | 0x8c | 0x8d | 0x92..=0x95 | 0x99 | 0x9a | 0x9d | 0xa0..=0xa3 | 0xa8..=0xaa | 0xac | 0xad | 0xb2..=0xb5 | 0xb9 | 0xba | 0xbd),
        (_, next) => next == 0xa2 && matches!(bytes.get(at + 2), Some(0xa0..=0xaf)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::fonts::MARKS_FOR_TESTS as MARKS;

    /// What becomes of a text; `None` for one that stays.
    fn check(text: &str, wanted: Option<&str>) {
        let restored = restore(text).filter(|restored| !restored.used.is_empty()).map(|restored| restored.text);
        assert_eq!(restored.as_deref(), wanted, "{text}");
    }

    #[test]
    fn lines_of_different_encodings_are_read_each_in_its_own() {
        let tcvn3 = "C¨n cø LuËt Tæ chøc chÝnh quyÒn ®Þa ph\u{ad}¬ng; theo ®Ò nghÞ cña Së Néi vô";
        let vni = "Caên cöù Luaät Toå chöùc chính quyeàn ñòa phöông; theo ñeà nghò cuûa Sôû Noäi vuï";
        let unicode = "Căn cứ Luật Tổ chức chính quyền địa phương; theo đề nghị của Sở Nội vụ";
        check(&format!("{tcvn3}\n{unicode}\n{vni}\n"), Some(&format!("{unicode}\n{unicode}\n{unicode}\n")));
        // A short line follows the rest of the paper, where that is of one encoding.
        check(&format!("{tcvn3}\n{tcvn3}\nSè 12/Q§-UB ngµy 3\ncã\n"), Some(&format!("{unicode}\n{unicode}\nSố 12/QĐ-UB ngày 3\ncó\n")));
    }

    #[test]
    fn what_is_no_old_text_stays() {
        check("Căn cứ Luật Tổ chức chính quyền địa phương; số 12/QÐ-UB, 25 m², §1, ®", None);
        check("The façade of the château: Übermut, señor, naïve, smörgåsbord, Þór", None);
        check("L'été dernier, où la garçonne était à Besançon, près de l'île; œuvre, Noël, aîné", None);
        check("¿Qué tal? El niño está aquí, señor; más café, también el año próximo", None);
        // Too little to tell: a name, or three syllables that fit by chance.
        check("Số 12 QÐ\nlª mª nª", None);
    }

    #[test]
    fn fonts_are_believed_for_the_shortest_run() {
        let [other, tcvn3, capitals, vni] = MARKS;
        check(&format!("{capitals}chØ thÞ{tcvn3} sè 3{other} café{vni} veà"), Some("CHỈ THỊ số 3 café về"));
        // The font was kept when the text was converted.
        check(&format!("{tcvn3}về công tác cán bộ{capitals} sè"), Some("về công tác cán bộ SỐ"));
    }
}
