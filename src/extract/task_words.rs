//! Words of a line and the phrases of the task tables in them.
//!
//! Duty: cut a line into words and marks, each known word with a small number, and find the longest phrase of given
//! roles at a word; cut the words into sentences. Not here: what phrases mean together (`task_bodies`, `task_frames`).
//!
//! A word is folded into a key in registers and looked up once; phrases are then compared by number, and of each word the
//! longest phrase that begins with it is kept. So a line costs one hash and one walk a word, however often it is asked about, and no
//! allocation but the list of words itself.

use crate::model::Span;
use crate::tables::{BodyRole, DutyRole, Tables, fold};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;
use std::str::Chars;

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

/// Longer words than this many letters are no Vietnamese syllables and stand in no table.
const LONGEST: usize = 16;
/// Steps of a node that are looked through one by one.
const FEW: usize = 8;

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
    /// Node of the longest phrase that begins here, in [`Lexicon::nodes`]; 0 for none.
    longest: u16,
}

impl Word {
    /// A word of letters.
    pub(super) fn is_letters(self) -> bool {
        self.id == UNKNOWN || self.id >= FIRST_WORD
    }

    /// Neither letters nor a number.
    pub(super) fn is_mark(self) -> bool {
        !self.is_letters() && self.id != NUMBER
    }
}

/// First bit of the body roles: above every duty role, or "kế hoạch" would be a body.
const BODY_ROLES: u32 = 64;
const _: () = assert!(DutyRole::ALL.len() <= BODY_ROLES as usize && BodyRole::ALL.len() <= 128 - BODY_ROLES as usize);

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Roles(u128);

impl Roles {
    pub(super) const fn body(roles: &[BodyRole]) -> Roles {
        let (mut bits, mut i) = (0u128, 0);
        while i < roles.len() {
            bits |= 1 << (roles[i] as u32 + BODY_ROLES);
            i += 1;
        }
        Roles(bits)
    }

    pub(super) const fn duty(roles: &[DutyRole]) -> Roles {
        let (mut bits, mut i) = (0u128, 0);
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

/// A folded word: sixteen bits a letter, the last one lowest. Compared without a look at other memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Key {
    low: u128,
    high: u128,
}

impl Key {
    /// Adds a letter; false when no letter of a table is like it.
    fn push(&mut self, letter: char) -> bool {
        let Ok(code) = u16::try_from(u32::from(letter)) else { return false };
        self.high = self.high << 16 | self.low >> 112;
        self.low = self.low << 16 | u128::from(code);
        true
    }

    /// The key of a folded word; `None` when it is too long or of strange letters.
    fn of(word: &str) -> Option<Key> {
        let mut key = Key::default();
        (word.chars().count() <= LONGEST && word.chars().all(|c| key.push(c))).then_some(key)
    }
}

/// Multiplicative hash of keys; they come from our own tables, so no attack needs warding off.
#[derive(Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        // The table takes its place from the low bits, which a product mixes least.
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x51_7c_c1_b7_27_22_0a_95);
    }

    fn write_u128(&mut self, word: u128) {
        self.write_u64(word as u64);
        self.write_u64((word >> 64) as u64);
    }
}

/// A place in the tree of phrases.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// Roles of the phrase that ends here.
    roles: Roles,
    /// Its words.
    depth: u16,
    /// The next shorter phrase with the same beginning; 0 for none.
    shorter: u16,
    /// Its steps in [`Lexicon::steps`].
    first: u32,
    end: u32,
}

/// The phrases of `bodies.tsv`, `duties.tsv` and the names of `issuers.tsv`, compiled.
#[derive(Clone, Debug)]
pub(super) struct Lexicon {
    ids: HashMap<Key, u16, BuildHasherDefault<KeyHasher>>,
    /// Node after the first word of a phrase, by word number; 0 for none.
    roots: Vec<u16>,
    /// All roles of the phrases that begin with a word: most look-ups end here.
    reach: Vec<Roles>,
    nodes: Vec<Node>,
    /// Next words with their nodes, in the order of words; those of one node stand together.
    steps: Vec<(u16, u16)>,
    /// Words of the longest phrase.
    most: usize,
    /// The word "và".
    and: u16,
}

impl Lexicon {
    pub(super) fn new(tables: &Tables) -> Self {
        let marks = FIRST_WORD as usize;
        let (roots, reach) = (vec![0; marks], vec![Roles::default(); marks]);
        let (nodes, steps) = (vec![Node::default()], Vec::new());
        let mut lexicon = Lexicon { ids: HashMap::default(), roots, reach, nodes, steps, most: 0, and: UNKNOWN };
        let mut next = vec![Vec::new()];
        lexicon.and = lexicon.intern("và");
        for row in &tables.bodies {
            lexicon.add(&row.text, Roles::body(&[row.role]), &mut next);
        }
        for row in &tables.duties {
            lexicon.add(&row.text, Roles::duty(&[row.role]), &mut next);
        }
        for body in tables.issuers.rows() {
            for name in std::iter::once(&body.name).chain(&body.aliases) {
                // One word alone ("Đại hội" apart) is a code or too common to stand for a body in prose.
                if name.contains(' ') && name.chars().all(|c| c.is_alphanumeric() || " ,-".contains(c)) {
                    lexicon.add(&fold::lower(name), Roles::body(&[BodyRole::Name]), &mut next);
                }
            }
        }
        // A node stands behind the one that leads to it, so that what is shorter is known first.
        for (at, steps) in next.iter().enumerate() {
            let Node { roles, shorter, .. } = lexicon.nodes[at];
            let shorter = if roles == Roles::default() { shorter } else { at as u16 };
            steps.iter().for_each(|(_, to)| lexicon.nodes[*to as usize].shorter = shorter);
        }
        lexicon.most = lexicon.nodes.iter().map(|node| node.depth as usize).max().unwrap_or(0);
        for (node, mut steps) in lexicon.nodes.iter_mut().zip(next) {
            steps.sort_unstable();
            node.first = lexicon.steps.len() as u32;
            lexicon.steps.extend(steps);
            node.end = lexicon.steps.len() as u32;
        }
        lexicon
    }

    /// Adds a phrase; `next` are the steps of each node while the tree grows.
    fn add(&mut self, phrase: &str, roles: Roles, next: &mut Vec<Vec<(u16, u16)>>) {
        let mut words = Vec::new();
        self.cut(phrase, &mut words);
        // A row of the user's own with a word that no text can match.
        if words.iter().any(|word| word.is_letters() && Key::of(&phrase[word.start as usize..word.end as usize]).is_none()) {
            return;
        }
        let mut at = 0;
        for word in words {
            let id = if word.id == UNKNOWN { self.intern(&phrase[word.start as usize..word.end as usize]) } else { word.id };
            if at == 0 {
                self.reach[id as usize] = self.reach[id as usize].and(roles);
            }
            at = self.step_or_add(at, id, next);
        }
        let known = &mut self.nodes[at as usize].roles;
        *known = known.and(roles);
    }

    fn intern(&mut self, word: &str) -> u16 {
        let fresh = self.roots.len() as u16;
        let id = Key::of(word).map_or(UNKNOWN, |key| *self.ids.entry(key).or_insert(fresh));
        if id == fresh {
            self.roots.push(0);
            self.reach.push(Roles::default());
        }
        id
    }

    fn step_or_add(&mut self, node: u16, id: u16, next: &mut Vec<Vec<(u16, u16)>>) -> u16 {
        let known = &mut next[node as usize];
        let found = if node == 0 { self.roots[id as usize] } else { known.iter().find(|(word, _)| *word == id).map_or(0, |(_, to)| *to) };
        if found != 0 {
            return found;
        }
        let new = self.nodes.len() as u16;
        if node == 0 {
            self.roots[id as usize] = new;
        } else {
            known.push((id, new));
        }
        self.nodes.push(Node { depth: self.nodes[node as usize].depth + 1, ..Node::default() });
        next.push(Vec::new());
        new
    }

    fn step(&self, node: Node, id: u16) -> u16 {
        let steps = &self.steps[node.first as usize..node.end as usize];
        if steps.len() <= FEW {
            return steps.iter().find(|(word, _)| *word == id).map_or(0, |(_, to)| *to);
        }
        steps.binary_search_by_key(&id, |(word, _)| *word).map_or(0, |at| steps[at].1)
    }

    /// Cuts `line` into words and marks, appended to `out`.
    pub(super) fn cut(&self, line: &str, out: &mut Vec<Word>) {
        let before = out.len();
        self.scan(line, out);
        // A phrase may begin in what was there before.
        for at in before.saturating_sub(self.most)..out.len() {
            out[at].longest = self.walk(out, at);
        }
    }

    fn scan(&self, line: &str, out: &mut Vec<Word>) {
        out.reserve(line.len() / 5);
        let mut rest = line.chars();
        let mut start = 0;
        while let Some(c) = rest.next() {
            let after = line.len() - rest.as_str().len();
            if let Some(folded) = letter(c) {
                let (id, end) = self.word(line, start, folded, &mut rest);
                out.push(Word { start: start as u32, end: end as u32, id, capital: folded != c, longest: 0 });
                start = end;
                continue;
            }
            if c.is_ascii_digit() {
                let digits = rest.as_str().bytes().take_while(u8::is_ascii_digit).count();
                rest = rest.as_str()[digits..].chars();
                out.push(Word { start: start as u32, end: (after + digits) as u32, id: NUMBER, capital: false, longest: 0 });
                start = after + digits;
                continue;
            }
            // "Nông nghiệp & Phát triển nông thôn": an "and" between words; inside "GD&ĐT" it is part of a code.
            if c == '&' && line[..start].ends_with(' ') && rest.as_str().starts_with(' ') {
                out.push(Word { start: start as u32, end: after as u32, id: self.and, capital: false, longest: 0 });
                start = after;
                continue;
            }
            if let Some(id) = mark(c) {
                out.push(Word { start: start as u32, end: after as u32, id, capital: false, longest: 0 });
            }
            start = after;
        }
    }

    /// The number of the word that begins at `start` with the letter `first`, and its end; `rest` is moved past it.
    fn word(&self, line: &str, start: usize, first: char, rest: &mut Chars<'_>) -> (u16, usize) {
        let mut key = Key::default();
        let (mut known, mut letters) = (key.push(first), 1);
        let (mut last, mut before) = (first, ' ');
        loop {
            let ahead = rest.clone();
            let Some(c) = rest.next() else { break };
            let Some(folded) = letter(c).or(if c.is_ascii_digit() { Some(c) } else { None }) else {
                *rest = ahead;
                break;
            };
            letters += 1;
            known &= key.push(folded);
            (before, last) = (last, folded);
        }
        let end = line.len() - rest.as_str().len();
        if !known || letters > LONGEST {
            return (UNKNOWN, end);
        }
        if let Some(id) = self.ids.get(&key) {
            return (*id, end);
        }
        // The tables write "ủy"; some papers write "uỷ".
        if matches!(before, 'o' | 'u') && !last.is_ascii() {
            let known = Key::of(&fold::lower(&line[start..end])).and_then(|key| self.ids.get(&key));
            return (known.copied().unwrap_or(UNKNOWN), end);
        }
        (UNKNOWN, end)
    }

    /// The longest phrase at word `at` that has one of the roles of `mask`: its length in words, and all its roles.
    #[inline]
    pub(super) fn longest(&self, words: &[Word], at: usize, mask: Roles) -> Option<(usize, Roles)> {
        let mut next = words.get(at)?.longest;
        while next != 0 {
            let node = &self.nodes[next as usize];
            // `words` may be a part of the line.
            if node.roles.meets(mask) && node.depth as usize <= words.len() - at {
                return Some((node.depth as usize, node.roles));
            }
            next = node.shorter;
        }
        None
    }

    /// The node of the longest phrase at word `at`.
    fn walk(&self, words: &[Word], at: usize) -> u16 {
        let mut next = self.roots[words[at].id as usize];
        let mut found = 0;
        let mut i = at;
        while next != 0 {
            i += 1;
            let node = self.nodes[next as usize];
            if node.roles != Roles::default() {
                found = next;
            }
            let Some(word) = words.get(i).filter(|word| word.id != UNKNOWN) else { break };
            next = self.step(node, word.id);
        }
        found
    }

    /// False where no phrase with one of the roles of `mask` begins with word `at`.
    #[inline]
    pub(super) fn may(&self, words: &[Word], at: usize, mask: Roles) -> bool {
        words.get(at).is_some_and(|word| self.reach[word.id as usize].meets(mask))
    }

    /// The longest phrase of any role at word `at`.
    pub(super) fn any(&self, words: &[Word], at: usize) -> Option<(usize, Roles)> {
        self.longest(words, at, Roles(u128::MAX))
    }
}

/// The small form of a letter; `None` for what is none. Vietnamese letters stand in four blocks, told apart by
/// arithmetic; any other letter is asked of the Unicode tables.
fn letter(c: char) -> Option<char> {
    let code = u32::from(c);
    let next = || char::from_u32(code + 1);
    match code {
        0x61..=0x7a => Some(c),
        0x41..=0x5a => Some(c.to_ascii_lowercase()),
        0..=0xbf => None,
        0xc0..=0xde if code != 0xd7 => char::from_u32(code + 0x20),
        0xdf..=0xff if code != 0xf7 => Some(c),
        // Ă Đ Ĩ Ũ and the letters with two marks: capital and small alternate.
        0x102..=0x137 | 0x14a..=0x177 | 0x1ea0..=0x1eff => {
            if code % 2 == 0 {
                next()
            } else {
                Some(c)
            }
        }
        0x1a0 | 0x1af => next(),
        0x1a1 | 0x1b0 => Some(c),
        _ if c.is_alphabetic() => c.to_lowercase().next(),
        _ => None,
    }
}

/// The number of a mark; `None` for a space.
fn mark(c: char) -> Option<u16> {
    match c {
        ',' => Some(COMMA),
        ';' => Some(SEMICOLON),
        ':' => Some(COLON),
        '.' => Some(STOP),
        '-' | '–' | '—' => Some(DASH),
        '(' | '[' => Some(OPEN),
        ')' | ']' => Some(CLOSE),
        '/' => Some(SLASH),
        _ if c.is_whitespace() => None,
        _ => Some(OTHER),
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
    // "… quyết định.Kho bạc …": the space was left out between words of which none is an abbreviation.
    let glued = || {
        let words_on_both_sides = at > 0 && words[at - 1].is_letters() && !words[at - 1].capital && next.capital;
        words_on_both_sides && line[next.start as usize..next.end as usize].chars().nth(1).is_some_and(char::is_lowercase)
    };
    let spaced = next.start > words[at].end || glued();
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
    fn letters_fold_as_unicode_says() {
        let vietnamese = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ";
        for c in vietnamese.chars().chain(vietnamese.to_uppercase().chars()).chain("ßÿĄłŻ×÷…“1 ".chars()) {
            let want = if c.is_alphabetic() { c.to_lowercase().next() } else { None };
            assert_eq!(super::letter(c), want, "{c}");
        }
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
