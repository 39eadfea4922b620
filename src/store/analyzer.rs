//! Syllables, folded syllables and whole numbers: the one way in which texts and questions become tokens.
//!
//! Duty: cut text into words; give each word the exact token (lower case, NFC, one tone placement) and, at the same
//! position, the folded one (no marks, behind [`FOLDED`]); give a whole number its own token (behind [`NUMBER`])
//! beside its parts. Inside a number `đ` is never folded. Not here: what a question means, see `search`.

use crate::model::{NormText, RawText};
use crate::tables::{Tables, fold};
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Opens a folded token; no word contains it.
pub(super) const FOLDED: char = '~';
/// Opens the token of a whole number; no word contains it.
pub(super) const NUMBER: char = '#';
/// Words whose forms are remembered from one text to the next; Vietnamese has fewer than ten thousand syllables, so this is seldom reached.
const REMEMBERED: usize = 1 << 16;
/// Longest part of a symbol in bytes; `UBTVQH14`, `BNNPTNT` are shorter.
const LONGEST_PART: usize = 16;
/// Most parts of a symbol after the serial: `12/2020/TTLT-BTC-BNV-BTP` has five.
const MOST_PARTS: usize = 6;

/// The text that is indexed and shown in snippets: the normal text, in which symbols and words are whole.
pub fn indexed_text(tables: &Tables, raw: &RawText) -> String {
    let norm: NormText = crate::text::normalise(tables, raw);
    norm.text
}

/// Turns text into tokens. Holds a memory of forms, so keep one and use it again.
#[derive(Clone)]
pub struct Analyzer {
    codes: Arc<HashMap<String, String>>,
    memory: Memory,
}

/// Forms of the words met so far.
#[derive(Clone, Default)]
struct Memory {
    of_word: HashMap<Box<str>, usize, foldhash::fast::RandomState>,
    forms: Vec<Forms>,
}

#[derive(Clone)]
struct Forms {
    exact: Arc<str>,
    /// Behind [`FOLDED`]; empty for a word of digits.
    folded: Arc<str>,
}

/// One word of a text and the tokens that stand at its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Exact token.
    pub exact: Arc<str>,
    /// Folded token; `None` for a word of digits.
    pub folded: Option<Arc<str>>,
    /// Token of the whole number that begins here, and where it ends.
    pub number: Option<(String, usize)>,
    /// True inside a whole number, its first part included.
    pub in_number: bool,
}

impl Word {
    /// True when the word bears marks (or is `đ`): who typed them means them.
    pub fn is_marked(&self) -> bool {
        self.folded.as_ref().is_some_and(|folded| !self.in_number && folded[1..] != *self.exact)
    }
}

impl Analyzer {
    /// An analyzer that knows the spellings of type codes in `tables` (`QD` and `Q§` for `QĐ`).
    pub fn new(tables: &Tables) -> Analyzer {
        let mut codes = HashMap::new();
        for kind in tables.kinds.rows() {
            codes.insert(fold::lower(&kind.code), fold::lower(&kind.code));
        }
        for kind in tables.kinds.rows() {
            for code in &kind.codes {
                codes.entry(fold::lower(code)).or_insert_with(|| fold::lower(&kind.code));
            }
        }
        Analyzer { codes: Arc::new(codes), memory: Memory::default() }
    }

    /// All words of `text`, in order; the position of a word is its index.
    pub fn words(&mut self, text: &str) -> Vec<Word> {
        let steps = self.steps(text);
        steps.into_iter().map(|(step, forms)| self.word(step, forms)).collect()
    }

    /// The words of `text` as places with the index of their forms, from which [`Self::word`] makes words: most of a text is
    /// passed over when only few of its words matter.
    pub(super) fn steps(&mut self, text: &str) -> Vec<(Step, usize)> {
        self.memory.forget_many();
        let mut scan = Scan::new(text);
        let mut out = Vec::with_capacity(text.len() / 5);
        while let Some(step) = scan.step(&self.codes) {
            let forms = self.memory.at(&text[step.start..step.end]);
            out.push((step, forms));
        }
        out
    }

    /// The word of a step of the text that was cut last.
    pub(super) fn word(&self, step: Step, forms: usize) -> Word {
        let forms = &self.memory.forms[forms];
        let folded = if step.in_number && !forms.folded.is_empty() {
            Some(format!("{FOLDED}{}", forms.exact).into())
        } else {
            (!forms.folded.is_empty()).then(|| Arc::clone(&forms.folded))
        };
        let number = step.number.map(|(key, end)| (format!("{NUMBER}{key}"), end));
        Word { start: step.start, end: step.end, exact: Arc::clone(&forms.exact), folded, number, in_number: step.in_number }
    }

    /// The exact and the folded token with this index; words inside numbers fold to their exact form instead.
    pub(super) fn forms(&self, at: usize) -> [&str; 2] {
        let forms = &self.memory.forms[at];
        [&forms.exact, &forms.folded]
    }

    /// The normal form of a number in any spelling, for comparing: lower case, no blanks, one dash, no padding,
    /// `TƯ` as `tw`, lost `đ` of type codes restored. `"04 – CT / TƯ"` gives `4-ct/tw`; `None` if `text` is no whole number.
    pub fn number_key(&self, text: &str) -> Option<String> {
        let text = text.trim();
        let (end, key) = number_at(text, &self.codes)?;
        (end == text.len()).then_some(key)
    }
}

impl Memory {
    /// Makes room; called before a text, because indexes hold as long as the text is looked at.
    fn forget_many(&mut self) {
        if self.forms.len() >= REMEMBERED {
            *self = Memory::default();
        }
    }

    /// Index of the forms of a word.
    fn at(&mut self, word: &str) -> usize {
        if let Some(at) = self.of_word.get(word) {
            return *at;
        }
        let exact = if word.bytes().all(|b| b.is_ascii_digit()) { unpadded(word).to_owned() } else { fold::lower(word) };
        let folded = if exact.bytes().all(|b| b.is_ascii_digit()) { String::new() } else { format!("{FOLDED}{}", fold::bare(&exact)) };
        self.forms.push(Forms { exact: exact.into(), folded: folded.into() });
        self.of_word.insert(word.into(), self.forms.len() - 1);
        self.forms.len() - 1
    }
}

/// `05` and `5` are one word: dates and serials are padded at will.
fn unpadded(digits: &str) -> &str {
    let trimmed = digits.trim_start_matches('0');
    if trimmed.is_empty() { "0" } else { trimmed }
}

fn is_word(c: char) -> bool {
    match c {
        // Nearly all characters of Vietnamese text, without a look into the tables of Unicode.
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{1bf}' | '\u{1e00}'..='\u{1eff}' | '\u{300}'..='\u{36f}' => true,
        _ => c.is_alphanumeric(),
    }
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    number_end: usize,
}

/// A word before it has its tokens.
#[derive(Clone)]
pub(super) struct Step {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Key of the whole number that begins here, and where it ends.
    pub(super) number: Option<(String, usize)>,
    pub(super) in_number: bool,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        Scan { text, at: 0, number_end: 0 }
    }

    fn step(&mut self, codes: &HashMap<String, String>) -> Option<Step> {
        let start = self.at + self.text[self.at..].find(is_word)?;
        let rest = &self.text[start..];
        let end = start + rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        self.at = end;
        let mut number = None;
        if start >= self.number_end
            && rest.as_bytes()[0].is_ascii_digit()
            && let Some((length, key)) = number_at(rest, codes)
        {
            self.number_end = start + length;
            number = Some((key, self.number_end));
        }
        Some(Step { start, end, number, in_number: start < self.number_end })
    }
}

/// The whole number that `text` begins with: its length in bytes and its normal form.
///
/// Matches `38-CT/TW`, `04 – ct / tư`, `13/2017/QĐ-UBND`, `31/2024/QH15`, `120-SL`; not `26/10/2015`, `5-ngày`, `1/đơn`.
fn number_at(text: &str, codes: &HashMap<String, String>) -> Option<(usize, String)> {
    let mut at = text.find(|c: char| !c.is_ascii_digit())?;
    if text[at..].starts_with('.') && text[at + 1..].starts_with(|c: char| c.is_ascii_digit()) {
        at += 1 + text[at + 1..].find(|c: char| !c.is_ascii_digit())?;
    }
    if text[at..].starts_with(|c: char| c.is_ascii_lowercase()) && !text[at + 1..].starts_with(is_word) {
        at += 1;
    }
    let mut key = text[..at].trim_start_matches('0').to_owned();
    if !key.starts_with(|c: char| c.is_ascii_digit()) {
        key.insert(0, '0');
    }
    let (mut end, mut letters, mut capitals, mut dashes, mut slashes) = (at, 0, true, 0, 0);
    for place in 0..MOST_PARTS {
        let Some((gap, separator)) = separator(&text[at..]) else { break };
        let part_at = at + gap.len;
        let rest = &text[part_at..];
        let part = &rest[..rest.find(|c| !is_word(c)).unwrap_or(rest.len())];
        // A dash with blanks closes a complete symbol: "12-NQ/TU - Ban …".
        let complete = letters > 1 || (dashes > 0 && slashes > 0);
        if part.is_empty() || part.len() > LONGEST_PART || (gap.blanks && (complete || is_titlecase(part))) {
            break;
        }
        let is_year = place == 0 && separator == '/' && part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
        if !is_year && !is_symbol_part(part) {
            break;
        }
        match separator {
            '-' => dashes += 1,
            _ => slashes += 1,
        }
        if !is_year {
            letters += 1;
            capitals &= !part.chars().any(char::is_lowercase);
        }
        key.push(separator);
        let lower = fold::lower(part).replace('ð', "đ");
        key.push_str(if lower == "tư" { "tw" } else { codes.get(&lower).map_or(&lower[..], String::as_str) });
        at = part_at + part.len();
        end = at;
    }
    // One part alone is a symbol only in capitals: `120-SL`, not "5-năm".
    let whole = letters > 1 || (letters == 1 && (capitals || slashes > 1));
    whole.then_some((end, key))
}

struct Gap {
    len: usize,
    blanks: bool,
}

/// A slash or any dash, with the blanks around it.
fn separator(text: &str) -> Option<(Gap, char)> {
    let blank = |c: char| matches!(c, ' ' | '\u{a0}');
    let trimmed = text.trim_start_matches(blank);
    let c = trimmed.chars().next()?;
    let unified = match c {
        '/' | '\u{2044}' | '\u{2215}' => '/',
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ => return None,
    };
    let after = trimmed[c.len_utf8()..].trim_start_matches(blank);
    let len = text.len() - after.len();
    Some((Gap { len, blanks: len > c.len_utf8() }, unified))
}

/// Letters of symbols are ASCII, `Đ` and `Ư`; a part may end in digits (`QH15`).
fn is_symbol_part(part: &str) -> bool {
    let letters = part.trim_end_matches(|c: char| c.is_ascii_digit());
    !letters.is_empty() && letters.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, 'Đ' | 'đ' | 'Ð' | 'ð' | 'Ư' | 'ư'))
}

/// "Ban" is a word, `CTr` and `ct` are codes.
fn is_titlecase(part: &str) -> bool {
    part.chars().any(char::is_lowercase) && part.chars().filter(|c| c.is_uppercase()).count() == 1
}

/// The stream of tokens of one text.
pub struct Tokens<'a> {
    analyzer: &'a mut Analyzer,
    scan: Scan<'a>,
    token: Token,
    next_position: usize,
    /// The word whose exact token was given last, with the index of its forms.
    pending: Option<(Step, usize)>,
}

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Tokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens<'a> {
        self.memory.forget_many();
        Tokens { analyzer: self, scan: Scan::new(text), token: Token::default(), next_position: 0, pending: None }
    }
}

impl TokenStream for Tokens<'_> {
    fn advance(&mut self) -> bool {
        self.token.text.clear();
        if let Some((mut step, at)) = self.pending.take() {
            if let Some((key, _)) = step.number.take() {
                self.token.text.push(NUMBER);
                self.token.text.push_str(&key);
                self.pending = Some((step, at));
                return true;
            }
            let forms = &self.analyzer.memory.forms[at];
            if !forms.folded.is_empty() {
                if step.in_number {
                    self.token.text.push(FOLDED);
                    self.token.text.push_str(&forms.exact);
                } else {
                    self.token.text.push_str(&forms.folded);
                }
                return true;
            }
        }
        let Some(step) = self.scan.step(&self.analyzer.codes) else { return false };
        self.token.position = self.next_position;
        self.token.offset_from = step.start;
        self.token.offset_to = step.end;
        self.next_position += 1;
        let at = self.analyzer.memory.at(&self.scan.text[step.start..step.end]);
        self.token.text.push_str(&self.analyzer.memory.forms[at].exact);
        self.pending = Some((step, at));
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn analyzer() -> Analyzer {
        Analyzer::new(&Tables::builtin())
    }

    fn tokens(text: &str) -> Vec<(usize, String)> {
        let mut analyzer = analyzer();
        let mut stream = analyzer.token_stream(text);
        let mut out = Vec::new();
        while stream.advance() {
            out.push((stream.token().position, stream.token().text.clone()));
        }
        out
    }

    #[test]
    fn the_short_way_to_know_a_letter_agrees_with_unicode() {
        for c in '\0'..='\u{ffff}' {
            assert_eq!(is_word(c), c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}'), "{c:?}");
        }
    }

    #[test]
    fn a_syllable_has_two_tokens_at_one_place() {
        let want = [(0, "đối"), (0, "~doi"), (1, "ngoại"), (1, "~ngoai"), (2, "7")];
        assert_eq!(tokens("Đối ngoại, 07"), want.map(|(at, text)| (at, text.to_owned())));
        assert_eq!(tokens("HOÀ"), tokens("hòa"));
    }

    #[test]
    fn a_number_is_one_token_beside_its_parts_and_keeps_its_stroke() {
        let want =
            [(0, "13"), (0, "#13/2017/qđ-ubnd"), (1, "2017"), (2, "qđ"), (2, "~qđ"), (3, "ubnd"), (3, "~ubnd"), (4, "đi"), (4, "~di")];
        assert_eq!(tokens("13/2017/QĐ-UBND đi"), want.map(|(at, text)| (at, text.to_owned())));
    }

    #[test]
    fn numbers_fold_to_one_form() {
        let cases = [
            ("38-CT/TW", Some("38-ct/tw")),
            ("038 – ct / tư", Some("38-ct/tw")),
            ("38\u{2011}CT/TW", Some("38-ct/tw")),
            ("13/2017/QÐ-UBND", Some("13/2017/qđ-ubnd")),
            ("13/2017/QD-UBND", Some("13/2017/qđ-ubnd")),
            ("31/2024/QH15", Some("31/2024/qh15")),
            ("420/VPCP-QHQT", Some("420/vpcp-qhqt")),
            ("30a/2008/NQ-CP", Some("30a/2008/nq-cp")),
            ("120-SL", Some("120-sl")),
            ("26/10/2015", None),
            ("5-năm", None),
            ("1/đơn", None),
            ("12-NQ/TU - Ban", None),
            ("38", None),
        ];
        for (text, want) in cases {
            assert_eq!(analyzer().number_key(text).as_deref(), want, "{text}");
        }
        assert_eq!(tokens("12-NQ/TU - Ban Thường vụ")[1].1, "#12-nq/tu");
    }

    proptest! {
        #[test]
        fn any_spelling_of_a_number_is_one_token(serial in 1_u32..5000, kind in "(CT|NQ|QĐ|KL|HD)", issuer in "(TW|TU|VPTW)", pad in 0_usize..3, dash in "[-–‑]", gap in "( |\u{a0}|)") {
            let plain = format!("{serial}-{kind}/{issuer}");
            let typed = format!("{:0>width$}{gap}{dash}{gap}{kind}{gap}/{gap}{issuer}", serial, width = pad + serial.to_string().len());
            let mut analyzer = analyzer();
            let key = analyzer.number_key(&plain);
            prop_assert!(key.is_some());
            prop_assert_eq!(analyzer.number_key(&typed), key.clone());
            prop_assert_eq!(analyzer.number_key(&typed.to_lowercase()), key.clone());
            let words = analyzer.words(&format!("theo {typed}, và"));
            prop_assert_eq!(words[1].number.as_ref().map(|(token, _)| token[1..].to_owned()), key);
        }

        #[test]
        fn the_stream_and_the_words_agree(text in "[ \\-/.,0-9a-zA-ZĐđưăêòá\u{301}–~#\"]{0,60}") {
            let mut want = Vec::new();
            for (at, word) in analyzer().words(&text).into_iter().enumerate() {
                want.push((at, word.exact.to_string()));
                want.extend(word.number.map(|(token, _)| (at, token)));
                want.extend(word.folded.map(|token| (at, token.to_string())));
            }
            prop_assert_eq!(tokens(&text), want);
        }
    }
}
