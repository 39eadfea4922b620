//! Words of a line and the phrases of the task tables in them.
//!
//! Duty: cut a line into words and marks, each known word with a small number, and find the longest phrase of given
//! roles at a word; cut the words into sentences. Not here: what phrases mean together (`task_bodies`, `task_frames`).
//!
//! A word is folded into a buffer on the stack and looked up once; phrases are then compared by number, so that a
//! line costs one hash a word and no allocation but the list of words itself.

use crate::model::Span;
use crate::tables::{BodyRole, DutyRole, Tables, fold};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

/// Numbers of marks; known words follow from [`FIRST_WORD`].
pub(super) const UNKNOWN: u16 = 0;
pub(super) const COMMA: u16 = 1;
pub(super) const SEMICOLON: u16 = 2;
pub(super) const COLON: u16 = 3;
pub(super) const STOP: u16 = 4;
pub(super) const DASH: u16 = 5;
pub(super) const OPEN: u16 = 6;
pub(super) const CLOSE: u16 = 7;
pub(super) const SLASH: u16 = 8;
pub(super) const NUMBER: u16 = 9;
pub(super) const OTHER: u16 = 10;
const FIRST_WORD: u16 = 16;

/// Longer words than this many bytes are no Vietnamese syllables and stand in no table.
const LONGEST: usize = 24;

/// A word or mark of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Bytes in the line.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Which known word or mark.
    pub(super) id: u16,
    /// A letter word that begins with a capital.
    pub(super) capital: bool,
}

impl Word {
    /// A word of letters.
    pub(super) fn is_letters(self) -> bool {
        self.id == UNKNOWN || self.id >= FIRST_WORD
    }
}

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Roles(u64);

impl Roles {
    pub(super) const fn body(roles: &[BodyRole]) -> Roles {
        let (mut bits, mut i) = (0, 0);
        while i < roles.len() {
            bits |= 1 << (roles[i] as u32 + 40);
            i += 1;
        }
        Roles(bits)
    }

    pub(super) const fn duty(roles: &[DutyRole]) -> Roles {
        let (mut bits, mut i) = (0, 0);
        while i < roles.len() {
            bits |= 1 << (roles[i] as u32);
            i += 1;
        }
        Roles(bits)
    }

    pub(super) const fn and(self, other: Roles) -> Roles {
        Roles(self.0 | other.0)
    }

    pub(super) fn meets(self, other: Roles) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn has(self, role: DutyRole) -> bool {
        self.meets(Roles::duty(&[role]))
    }

    pub(super) fn has_body(self, role: BodyRole) -> bool {
        self.meets(Roles::body(&[role]))
    }
}

/// Multiplicative hash of short byte strings; the keys come from our own tables, so no attack needs warding off.
#[derive(Default)]
struct ShortHasher(u64);

impl Hasher for ShortHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x51_7c_c1_b7_27_22_0a_95);
        }
    }
}

#[derive(Clone, Debug, Default)]
struct Node {
    roles: Roles,
    next: Vec<(u16, u16)>,
}

/// The phrases of `bodies.tsv`, `duties.tsv` and the names of `issuers.tsv`, compiled.
#[derive(Clone, Debug)]
pub(super) struct Lexicon {
    ids: HashMap<Box<[u8]>, u16, BuildHasherDefault<ShortHasher>>,
    /// Node after the first word of a phrase, by word number; 0 for none.
    roots: Vec<u16>,
    nodes: Vec<Node>,
}

impl Lexicon {
    pub(super) fn new(tables: &Tables) -> Self {
        let mut lexicon = Lexicon { ids: HashMap::default(), roots: vec![0; FIRST_WORD as usize], nodes: vec![Node::default()] };
        for row in &tables.bodies {
            lexicon.add(&row.text, Roles::body(&[row.role]));
        }
        for row in &tables.duties {
            lexicon.add(&row.text, Roles::duty(&[row.role]));
        }
        for body in tables.issuers.rows() {
            for name in std::iter::once(&body.name).chain(&body.aliases) {
                // One word alone ("Đại hội" apart) is a code or too common to stand for a body in prose.
                if name.contains(' ') && name.chars().all(|c| c.is_alphanumeric() || " ,-".contains(c)) {
                    lexicon.add(&fold::lower(name), Roles::body(&[BodyRole::Name]));
                }
            }
        }
        lexicon
    }

    fn add(&mut self, phrase: &str, roles: Roles) {
        let mut words = Vec::new();
        self.cut(phrase, &mut words);
        let mut at = 0;
        for word in words {
            let id = if word.id == UNKNOWN { self.intern(&phrase[word.start as usize..word.end as usize]) } else { word.id };
            at = self.step_or_add(at, id);
        }
        let known = &mut self.nodes[at as usize].roles;
        *known = known.and(roles);
    }

    fn intern(&mut self, word: &str) -> u16 {
        if let Some(id) = self.ids.get(word.as_bytes()) {
            return *id;
        }
        let id = self.roots.len() as u16;
        self.ids.insert(word.as_bytes().into(), id);
        self.roots.push(0);
        id
    }

    fn step_or_add(&mut self, node: u16, id: u16) -> u16 {
        let found = if node == 0 { self.roots[id as usize] } else { self.step(node, id) };
        if found != 0 {
            return found;
        }
        let new = self.nodes.len() as u16;
        self.nodes.push(Node::default());
        if node == 0 {
            self.roots[id as usize] = new;
        } else {
            self.nodes[node as usize].next.push((id, new));
        }
        new
    }

    fn step(&self, node: u16, id: u16) -> u16 {
        self.nodes[node as usize].next.iter().find(|(next, _)| *next == id).map_or(0, |(_, to)| *to)
    }

    /// Cuts `line` into words and marks, appended to `out`.
    pub(super) fn cut(&self, line: &str, out: &mut Vec<Word>) {
        let mut chars = line.char_indices().peekable();
        while let Some((start, c)) = chars.next() {
            if c.is_whitespace() {
                continue;
            }
            let mut end = start + c.len_utf8();
            if c.is_alphabetic() {
                while let Some((i, c)) = chars.next_if(|(_, c)| c.is_alphanumeric()) {
                    end = i + c.len_utf8();
                }
                out.push(Word { start: start as u32, end: end as u32, id: self.id(&line[start..end]), capital: c.is_uppercase() });
                continue;
            }
            let id = match c {
                '0'..='9' => {
                    while let Some((i, c)) = chars.next_if(|(_, c)| c.is_ascii_digit()) {
                        end = i + c.len_utf8();
                    }
                    NUMBER
                }
                ',' => COMMA,
                ';' => SEMICOLON,
                ':' => COLON,
                '.' => STOP,
                '-' | '–' | '—' => DASH,
                '(' | '[' => OPEN,
                ')' | ']' => CLOSE,
                '/' => SLASH,
                _ => OTHER,
            };
            out.push(Word { start: start as u32, end: end as u32, id, capital: false });
        }
    }

    fn id(&self, word: &str) -> u16 {
        let mut buffer = [0u8; LONGEST];
        let mut len = 0;
        let (mut last, mut before) = (' ', ' ');
        for c in word.chars().flat_map(char::to_lowercase) {
            if len + c.len_utf8() > LONGEST {
                return UNKNOWN;
            }
            c.encode_utf8(&mut buffer[len..]);
            len += c.len_utf8();
            (before, last) = (last, c);
        }
        if let Some(id) = self.ids.get(&buffer[..len]) {
            return *id;
        }
        // The tables write "ủy"; some papers write "uỷ".
        if matches!(before, 'o' | 'u') && !last.is_ascii() {
            let folded = fold::lower(word);
            return self.ids.get(folded.as_bytes()).copied().unwrap_or(UNKNOWN);
        }
        UNKNOWN
    }

    /// The longest phrase at word `at` that has one of the roles of `mask`: its length in words, and all its roles.
    pub(super) fn longest(&self, words: &[Word], at: usize, mask: Roles) -> Option<(usize, Roles)> {
        let first = words.get(at)?;
        let mut node = self.roots[first.id as usize];
        let mut found = None;
        let mut i = at;
        while node != 0 {
            i += 1;
            let roles = self.nodes[node as usize].roles;
            if roles.meets(mask) {
                found = Some((i - at, roles));
            }
            let Some(word) = words.get(i) else { break };
            node = if word.id == UNKNOWN { 0 } else { self.step(node, word.id) };
        }
        found
    }

    /// The longest phrase of any role at word `at`.
    pub(super) fn any(&self, words: &[Word], at: usize) -> Option<(usize, Roles)> {
        self.longest(words, at, Roles(u64::MAX))
    }
}

/// The bytes in the line from word `range.start` to the end of word `range.end - 1`.
pub(super) fn bytes(words: &[Word], range: &Range<usize>) -> Span {
    Span::new(words[range.start].start as usize, words[range.end - 1].end as usize)
}

/// Cuts the words of `line` into sentences; the closing mark belongs to its sentence.
///
/// A full stop ends a sentence when a capital or the end follows it after a space, and the word before it is no
/// abbreviation ("TP. Hồ Chí Minh"); "3.636.000" and "v.v." hold none.
pub(super) fn sentences(line: &str, words: &[Word]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for i in 0..words.len() {
        if words[i].id == STOP && ends_sentence(line, words, i) {
            out.push(start..i + 1);
            start = i + 1;
        }
    }
    if start < words.len() {
        out.push(start..words.len());
    }
    out
}

fn ends_sentence(line: &str, words: &[Word], at: usize) -> bool {
    let Some(next) = words.get(at + 1) else { return true };
    let spaced = next.start > words[at].end;
    if !spaced || !(next.capital || next.id == OTHER || next.id == NUMBER || next.id == OPEN) {
        return false;
    }
    let Some(last) = at.checked_sub(1).map(|i| words[i]) else { return false };
    let text = &line[last.start as usize..last.end as usize];
    let symbol = at > 1 && matches!(words[at - 2].id, DASH | SLASH) && words[at - 2].end == last.start;
    !(last.capital && text.len() <= 3 && !symbol && text.chars().all(|c| !"aeiouyAEIOUY".contains(c) && c.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::{Lexicon, Roles, bytes, sentences};
    use crate::tables::{BodyRole, DutyRole, Tables};

    fn cut(lexicon: &Lexicon, line: &str) -> Vec<super::Word> {
        let mut words = Vec::new();
        lexicon.cut(line, &mut words);
        words
    }

    #[test]
    fn the_longest_phrase_wins_in_any_case_and_spelling() {
        let lexicon = Lexicon::new(&Tables::builtin());
        let words = cut(&lexicon, "Uỷ ban Mặt trận Tổ quốc được giao");
        assert_eq!(lexicon.longest(&words, 0, Roles::body(&[BodyRole::Name])).map(|found| found.0), Some(6));
        let (len, roles) = lexicon.any(&words, 6).expect("a phrase");
        assert!(len == 2 && roles.has(DutyRole::Aside));
    }

    #[test]
    fn stops_inside_numbers_and_abbreviations_end_nothing() {
        let lexicon = Lexicon::new(&Tables::builtin());
        let cases: [(&str, &[&str]); 3] = [
            ("Chi 3.636.000 đồng tại TP. Huế. Giao Sở Y tế.", &["Chi 3.636.000 đồng tại TP. Huế.", "Giao Sở Y tế."]),
            ("Theo 24/2014/NĐ-CP. Các sở làm.", &["Theo 24/2014/NĐ-CP.", "Các sở làm."]),
            ("Giảm TTHC... Rà soát v.v. rồi báo cáo./.", &["Giảm TTHC...", "Rà soát v.v. rồi báo cáo./."]),
        ];
        for (line, want) in cases {
            let words = cut(&lexicon, line);
            let got: Vec<&str> = sentences(line, &words).iter().map(|range| bytes(&words, range).of(line)).collect();
            assert_eq!(got, want);
        }
    }
}
