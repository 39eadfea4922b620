//! Finds the numbers of documents in normal text.
//!
//! Rules: HD 36-HD/VPTW (`NUMBER-TYPE/ISSUER`), NĐ 30/2020, Phụ lục I (`NUMBER/TYPE-ISSUER`, with a year when
//! normative), and the variants met in practice. Rejected: fractions `25/59`, ranges `5-10/3`, court cases
//! `12/2020/HS-ST`. Not here: the words around a number (see `citations`).
//!
//! Longer than 350 lines: one parser by hand, whose steps share the text and the place in it.

use super::assemblies::{self, is_assembly};
use super::letters::{letter, old};
use super::misread::{misread_before, parted_figure};
use crate::model::{DocNumber, Span, System};
use crate::tables::Tables;
use std::collections::{HashMap, HashSet};

/// A number where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundNumber {
    /// From the serial to the end of the symbol.
    pub span: Span,
    /// The number.
    pub number: DocNumber,
    /// Spelt otherwise than by rule (separators, lost đ, TƯ).
    pub repaired: bool,
}

/// Finds and parses numbers; made once from the tables.
#[derive(Clone, Debug)]
pub struct NumberReader {
    kinds: HashMap<String, String>,
    issuers: HashMap<String, String>,
    /// Codes with "Đ", by what they are without the stroke.
    without_stroke: HashMap<String, String>,
    /// Codes that only state bodies bear.
    state: HashSet<String>,
    /// Last syllables of the names of kinds, before which a symbol may stand without "số": "thị".
    named: HashSet<String>,
}

/// Codes whose register is the Party's whatever separators were typed.
const PARTY_TAILS: [&str; 6] = ["TW", "TU", "HU", "QU", "ThU", "ĐU"];
/// Codes of the Youth Union, which writes as the Party does: "02 ĐA/TĐTN".
const YOUTH: [&str; 3] = ["TĐTN", "ĐTN", "TWĐTN"];
/// Words before a number that tell that it is one.
pub(super) const LEADS: [&str; 6] = ["số", "Số", "SỐ", "so", "sô", "số:"];

impl NumberReader {
    /// Compiles the codes of the tables.
    pub fn new(tables: &Tables) -> Self {
        let mut kinds = HashMap::new();
        for kind in tables.kinds.rows() {
            for code in &kind.codes {
                kinds.entry(code.clone()).or_insert_with(|| kind.code.clone());
            }
        }
        let mut issuers = HashMap::new();
        for body in tables.issuers.rows().iter().filter(|body| !body.code.is_empty()) {
            issuers.entry(body.code.to_uppercase()).or_insert_with(|| body.code.clone());
        }
        let party: HashSet<&str> = tables.issuers.rows().iter().filter(|b| b.system == System::Party).map(|b| b.code.as_str()).collect();
        let state = tables.issuers.rows().iter().map(|body| &body.code).filter(|code| !party.contains(code.as_str())).cloned().collect();
        let last = |name: &str| name.rsplit_once(' ').map(|(_, last)| last.to_owned());
        let named = tables.kinds.rows().iter().filter_map(|kind| last(&kind.name)).collect();
        let stroked = issuers.values().filter(|code| code.contains('Đ')).map(|code| (code.replace('Đ', "D"), code.clone()));
        let without_stroke = stroked.filter(|(bare, _)| !issuers.contains_key(bare)).collect();
        NumberReader { kinds, issuers, without_stroke, state, named }
    }

    /// All numbers in `text`, in order, not overlapping. `from` is added to the spans.
    pub fn find(&self, text: &str, from: usize) -> Vec<FoundNumber> {
        let mut out: Vec<FoundNumber> = Vec::new();
        let bytes = text.as_bytes();
        let mut done = 0;
        for at in memchr::memchr2_iter(b'-', b'/', bytes) {
            if at < done || at == 0 {
                continue;
            }
            // Look before you parse: a digit (or one letter after a digit, or a code) before, something after.
            let spaced = || self.spaced(text, at);
            let found = match serial_before(bytes, at).or_else(|| misread_before(text, at)) {
                Some(serial) if serial.start < done => continue,
                // "các Nghị định số 25/CP, 26/CP": what leads the first in leads the next.
                Some(serial) => {
                    let listed = done > 0 && matches!(text[done..serial.start].trim(), "," | "và" | ";");
                    self.parse(text, serial, at, listed)
                }
                None => spaced().filter(|found| found.span.start >= done),
            };
            if let Some(mut found) = found {
                done = found.span.end;
                found.span = Span::new(found.span.start + from, found.span.end + from);
                out.push(found);
            }
        }
        out
    }

    /// The kind that a code stands for: `KH` of "KH số 31/KH-UBND".
    pub(super) fn kind_of(&self, code: &str) -> Option<&str> {
        self.kinds.get(code).map(String::as_str)
    }

    /// The number that `text` is, from its first character to its last: `38-CT/TW`, `38 – ct/tw` no.
    pub fn whole(&self, text: &str) -> Option<DocNumber> {
        let text = text.trim();
        let at = text.find(['-', '/'])?;
        let found = match serial_before(text.as_bytes(), at) {
            Some(serial) => self.parse_with(text, serial, at, true)?,
            None => self.spaced(text, at)?,
        };
        (found.span.start == 0 && found.span.end == text.len()).then_some(found.number)
    }

    fn parse(&self, text: &str, serial: Span, at: usize, listed: bool) -> Option<FoundNumber> {
        let before = text[..serial.start].trim_end();
        let head = before_list(before);
        let named = || self.named.iter().any(|word| head.ends_with(word.as_str()));
        let lead = listed || LEADS.iter().any(|lead| before.ends_with(lead)) || named();
        let parted = parted_figure(text, serial);
        self.parse_with(text, parted, at, lead || parted != serial)
            .or_else(|| old(text, serial, at, before))
            .or_else(|| letter(text, serial, at, before))
    }

    /// Parses the symbol that goes on at the separator `at`. `lead`: the words before say that a number follows.
    fn parse_with(&self, text: &str, serial: Span, at: usize, lead: bool) -> Option<FoundNumber> {
        let bytes = text.as_bytes();
        let mut next = skip(bytes, at + 1, 2);
        let mut year = None;
        if bytes.get(next).is_some_and(u8::is_ascii_digit) {
            let digits = bytes[next..].iter().take_while(|b| b.is_ascii_digit()).count();
            let value: i16 = if digits == 4 { text[next..next + 4].parse().ok()? } else { return None };
            let slash = skip(bytes, next + 4, 1);
            // "33/2015QĐ-TTg": the stroke before the kind was left out.
            let stroke = matches!(bytes.get(slash), Some(b'/' | b'-'));
            let kind = || self.code(text, next + 4).is_some_and(|(code, _)| self.kinds.contains_key(&code));
            if !(1945..2100).contains(&value) || !(stroke || kind()) {
                return None;
            }
            year = Some(value);
            next = if stroke { skip(bytes, slash + 1, 2) } else { next + 4 };
        }
        let (codes, separators, end) = self.codes(text, next)?;
        let first = bytes[at];
        let (number, regular) = self.assemble(&text[serial.start..serial.end], year, first, &codes, &separators, lead)?;
        let written: String = text[serial.start..end].chars().filter(|c| *c != ' ').collect();
        let repaired = !regular || written != number.to_string();
        Some(FoundNumber { span: Span::new(serial.start, end), number, repaired })
    }

    /// "số 74 TC/TCT", "số 18 TT/LB", "số 123 QĐ/BTC": a blank instead of the first separator, as offices wrote before the
    /// rules of 1998; the slash stands at `at`.
    fn spaced(&self, text: &str, at: usize) -> Option<FoundNumber> {
        let head = text[..at].rfind(|c: char| !c.is_uppercase()).map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
        let length = text[head..at].chars().count();
        let serial = serial_before(text.as_bytes(), head).filter(|serial| serial.end + 1 == head)?;
        let led = serial.start == 0 || LEADS.iter().any(|lead| text[..serial.start].trim_end().ends_with(lead));
        if !(2..=6).contains(&length) || !led || text.as_bytes()[at] != b'/' {
            return None;
        }
        let (mut codes, separators, end) = self.codes(text, head)?;
        if codes.len() < 2 || separators[0] != b'/' {
            return None;
        }
        let written = text[serial.start..serial.end].to_owned();
        let party = self.kinds.contains_key(&codes[0]) && (self.party_tail(&codes[1]) || YOUTH.contains(&codes[1].as_str()));
        // "TC" is the ministry of finance here.
        let kind = self.kinds.get(&codes[0]).filter(|kind| kind.as_str() != "TC").cloned();
        if kind.is_some() {
            codes.remove(0);
        }
        let system = if party { System::Party } else { System::Historic };
        let number = DocNumber { serial: written, year: None, kind, issuers: codes, system };
        Some(FoundNumber { span: Span::new(serial.start, end), number, repaired: true })
    }

    /// The codes from `at` on, the separators between them, and the end.
    fn codes(&self, text: &str, at: usize) -> Option<(Vec<String>, Vec<u8>, usize)> {
        let bytes = text.as_bytes();
        let mut codes = Vec::new();
        let mut separators = Vec::new();
        let (code, mut end) = self.code(text, at)?;
        codes.push(code);
        while codes.len() < 8 {
            let gap = skip(bytes, end, 1);
            // "QĐ_BKHCN": the stroke was typed with the shift key.
            // "595/QĐ BHXH": a blank instead of the hyphen between a kind and a body that is known.
            if gap > end && codes.len() == 1 && self.kinds.contains_key(&codes[0]) && self.body_at(text, gap) {
                let (code, stop) = self.code(text, gap)?;
                codes.push(code);
                separators.push(b'-');
                end = stop;
                continue;
            }
            let Some(separator @ (b'-' | b'/' | b'_' | b'.')) = bytes.get(gap).copied() else { break };
            // "522/2002/QĐ.UB": the stroke was typed as the key beside it.
            if separator == b'.' && (gap > end || codes.len() > 1 || !self.kinds.contains_key(&codes[0]) || !self.known_at(text, gap + 1)) {
                break;
            }
            let separator = if matches!(separator, b'_' | b'.') { b'-' } else { separator };
            // "141-CV/VPTW/nb": the register of papers for use within the Party.
            const INTERNAL: &str = "/nb";
            if text[gap..].starts_with(INTERNAL) && !text[gap + INTERNAL.len()..].starts_with(char::is_alphanumeric) {
                if let Some(last) = codes.last_mut() {
                    last.push_str(INTERNAL);
                }
                end = gap + INTERNAL.len();
                break;
            }
            let start = skip(bytes, gap + 1, 2);
            let Some((code, stop)) = self.code(text, start) else { break };
            // With spaces around it, a hyphen is a dash unless a known code follows.
            let spaced = gap > end || start > gap + 1;
            // "3374/ BKHCN- CNCNTT": the hyphen touches one side, and the office has a code of capitals.
            // "02/TTr-CAT- ANCTNB": so has the section of one.
            let of_office = codes.len() == 1 && self.known(&codes[0]) || codes.len() == 2 && self.kinds.contains_key(&codes[0]);
            let touches = gap == end && of_office && code.chars().count() >= 4;
            // "3236/TTr -SNN": the same behind the code of a kind.
            let led = start == gap + 1 && codes.len() == 1 && self.kinds.contains_key(&codes[0]) && code.chars().count() >= 3;
            if spaced && !touches && !led && !self.known(&code) {
                break;
            }
            codes.push(code);
            separators.push(separator);
            end = stop;
        }
        Some((codes, separators, end))
    }

    /// True when a known code begins at `at`.
    fn known_at(&self, text: &str, at: usize) -> bool {
        self.code(text, at).is_some_and(|(code, _)| self.known(&code))
    }

    /// True when the code of a body stands at `at`, and no word: two capitals and more.
    fn body_at(&self, text: &str, at: usize) -> bool {
        const SHORTEST: usize = 3;
        self.code(text, at).is_some_and(|(code, end)| {
            code.chars().count() >= SHORTEST
                && self.issuers.contains_key(&code.to_uppercase())
                && text[at..end].chars().all(char::is_uppercase)
        })
    }

    fn known(&self, code: &str) -> bool {
        self.kinds.contains_key(code) || self.issuers.contains_key(&code.to_uppercase()) || self.party_tail(code) || is_assembly(code)
    }

    fn party_tail(&self, code: &str) -> bool {
        // The Front's offices write as those of the state do: "437/KH-MTTW-BTT".
        const FRONT: &str = "MT";
        PARTY_TAILS.iter().any(|tail| code.ends_with(tail)) && !code.starts_with(FRONT) || code.starts_with("ĐU") || code.starts_with("BCĐ")
    }

    /// One code at `at`: a capital, then capitals, digits, and the small letters of known codes (`CTr`, `TTg`).
    fn code(&self, text: &str, at: usize) -> Option<(String, usize)> {
        let rest = text.get(at..)?;
        if !rest.starts_with(char::is_uppercase) {
            return None;
        }
        let mut end = 0;
        let mut small = None;
        for (i, c) in rest.char_indices() {
            let dotted = c == '.' && (rest[..i].ends_with('T')) && rest[i + 1..].starts_with(['Ư', 'W', 'U']);
            if c.is_uppercase() || (i > 0 && (c.is_ascii_digit() || matches!(c, '&' | '§') || dotted)) {
                end = i + c.len_utf8();
            } else if c.is_lowercase() {
                small.get_or_insert(i);
                end = i + c.len_utf8();
            } else {
                break;
            }
            if end > 48 {
                return None;
            }
        }
        // "NĐ-CP2": the mark of a footnote stands raised in print.
        let bare = rest[..end].trim_end_matches(|c: char| c.is_ascii_digit());
        let mark = (1..=2).contains(&(end - bare.len())) && !bare.ends_with("QH");
        if small.is_none() && mark && self.known(bare) && (end - bare.len() == 1 || !self.known(&rest[..end])) {
            end = bare.len();
        }
        if let Some(small) = small {
            // "CPquy định": words glued to the symbol; the code ends before them, unless it is known as it is.
            let whole = &rest[..end];
            if !self.known(whole) && !self.kinds.contains_key(whole) {
                let known = (small..end).rev().filter(|i| rest.is_char_boundary(*i)).find(|i| self.known(&rest[..*i]));
                // "NgV", "SNgV": a small letter or two inside a code that ends with a capital.
                let inside = whole.ends_with(char::is_uppercase)
                    && whole.chars().filter(|c| c.is_lowercase()).count() <= 2
                    && whole.chars().count() <= 8;
                match known {
                    _ if inside => {}
                    Some(cut) if rest[..cut].chars().count() >= 2 => end = cut,
                    // "BSGBTr": a company's code may end like a province's.
                    _ if small >= 3 && end - small <= 2 && rest[small..end].is_ascii() => {}
                    // "Chỉ", "Ban": a word.
                    _ if small <= 2 => return None,
                    _ => end = small,
                }
            }
        }
        // "QH1 5": the term of an assembly has two figures.
        if rest[..end].ends_with("QH1")
            && let Some(last) = rest[end..].strip_prefix(' ').filter(|after| after.starts_with(|c: char| c.is_ascii_digit()))
            && !last[1..].starts_with(char::is_alphanumeric)
        {
            return Some((format!("{}{}", &rest[..end], &last[..1]), at + end + 2));
        }
        // "43/2013/QH 13": the same, parted before the term.
        if rest[..end].ends_with("QH")
            && let Some(after) = rest[end..].strip_prefix(' ')
            && let figures @ 1..=2 = after.bytes().take_while(u8::is_ascii_digit).count()
            && !after[figures..].starts_with(|c: char| c.is_alphanumeric() || c == '/')
        {
            return Some((format!("{}{}", &rest[..end], &after[..figures]), at + end + 1 + figures));
        }
        // "262/BC-UBTCNS 14": the same of a committee of the assembly.
        if rest.starts_with("UB")
            && !rest.starts_with("UBND")
            && rest[..end].chars().all(char::is_uppercase)
            && let Some(after) = rest[end..].strip_prefix(' ')
            && after.bytes().take_while(u8::is_ascii_digit).count() == 2
            && (after[2..].starts_with([',', ';', ')']) || after[2..].starts_with(" ngày"))
        {
            return Some((format!("{}{}", &rest[..end], &after[..2]), at + end + 3));
        }
        let written = &rest[..end];
        let undotted = written.replace('.', "");
        // "Ư" at the end of a code is the Party's centre; "TVV" and "TVW" are misread.
        let code = match undotted.as_str() {
            code if code.ends_with("TƯ") => format!("{}TW", &code[..code.len() - "TƯ".len()]),
            "TVV" | "TVW" | "TWW" => "TW".to_owned(),
            "BCD" => "BCĐ".to_owned(),
            // "QĐÐ": a letter printed twice.
            "QĐĐ" | "NĐĐ" => undotted.trim_end_matches('Đ').to_owned() + "Đ",
            code => assemblies::misread(code).unwrap_or_else(|| code.to_owned()),
        };
        let canonical = self.issuers.get(&code.to_uppercase()).or_else(|| self.undone(&code)).filter(|_| !self.kinds.contains_key(&code));
        // "LDTBXH" in the symbol of a letter, where the code has no "B".
        let office = || self.undone(&format!("B{code}")).and_then(|whole| whole.strip_prefix('B')).map(str::to_owned);
        let canonical = canonical.cloned().or_else(office);
        Some((canonical.unwrap_or(code), at + end))
    }

    /// The code of a body whose "Đ" was read as "D": "BLĐTBXH" of "BLDTBXH".
    fn undone(&self, code: &str) -> Option<&String> {
        const SHORTEST: usize = 4;
        (code.contains('D') && code.chars().count() >= SHORTEST).then(|| self.without_stroke.get(code)).flatten()
    }

    /// The type code and the issuer's code that are written as one.
    fn unglued<'c>(&self, code: &'c str) -> Option<(&str, &'c str)> {
        let cuts = code.char_indices().map(|(i, _)| i).filter(|i| *i >= 2);
        let issuer = |rest: &str| self.issuers.contains_key(&rest.to_uppercase()) || PARTY_TAILS.contains(&rest);
        cuts.rev().find_map(|cut| {
            let kind = self.kinds.get(&code[..cut])?;
            // "CTITW": the slash is read as a letter.
            let rest = [Some(&code[cut..]), code[cut..].strip_prefix('I')].into_iter().flatten().find(|rest| issuer(rest))?;
            Some((kind.as_str(), rest))
        })
    }

    /// The number that the parts make, and whether they follow the rule; `None` when they make none.
    fn assemble(
        &self,
        serial: &str,
        year: Option<i16>,
        first: u8,
        codes: &[String],
        separators: &[u8],
        lead: bool,
    ) -> Option<(DocNumber, bool)> {
        let figure = |c: char| match c {
            'I' | 'l' => '1',
            'O' => '0',
            c => c,
        };
        let serial: String = serial.chars().filter(|c| *c != ' ').map(figure).collect();
        let number = |kind: Option<&str>, issuers: &[String], system| DocNumber {
            serial: serial.clone(),
            year,
            kind: kind.map(str::to_owned),
            issuers: issuers.to_vec(),
            system,
        };
        let head = codes.first()?;
        if is_assembly(head) && (year.is_some() || lead) {
            let code = if let Some(rest) = head.strip_prefix("OH") { format!("QH{rest}") } else { head.clone() };
            return Some((number(None, &[code], System::Assembly), true));
        }
        // "48-TC/TCT", "505-LĐTBXH/TT": the office goes before its unit or the type; "TC" is the ministry of finance here.
        let known = |code: &str| self.issuers.contains_key(&code.to_uppercase()) || self.issuers.contains_key(&format!("B{code}"));
        let office = head == "TC" || lead && !self.kinds.contains_key(head) && known(head);
        if office && first == b'-' && year.is_none() && !separators.is_empty() && separators.iter().all(|mark| *mark == b'/') {
            let party = codes[1..].iter().any(|code| self.party_tail(code));
            return (!party).then(|| (number(None, codes, System::Ministry), true));
        }
        if let (Some(kind), Some(rest)) = (self.kinds.get(head), codes.get(1..).filter(|rest| !rest.is_empty())) {
            // Steering committees are the Party's or the state's: each writes its own way.
            let as_state = first == b'/' && separators[0] == b'-' && rest[0].starts_with("BCĐ");
            let party = year.is_none() && self.party_tail(&rest[0]) && !as_state;
            // A hyphen inside a body's code ("BTCTU-BDVTU") is no new level.
            let state = rest.iter().all(|code| self.state.contains(code));
            return Some(match (first, separators[0], party) {
                (b'-', b'/', _) if year.is_none() && state => (number(Some(kind), rest, System::State), false),
                (b'-', b'/', _) if year.is_none() => (number(Some(kind), rest, System::Party), true),
                (_, _, true) => (number(Some(kind), rest, System::Party), false),
                (b'/', b'-', _) => (number(Some(kind), rest, System::State), true),
                _ => (number(Some(kind), rest, System::State), false),
            });
        }
        // "92/2017/NĐCP", "38-CTTW": the second separator is lost.
        if let [glued] = codes
            && let Some((kind, issuer)) = self.unglued(glued)
            && (lead || year.is_some())
        {
            let party = year.is_none() && self.party_tail(issuer);
            let system = if party { System::Party } else { System::State };
            return Some((number(Some(kind), &[issuer.to_owned()], system), false));
        }
        if codes.len() >= 2 && first == b'/' && year.is_none() {
            let issuer = self.issuers.contains_key(&head.to_uppercase());
            return (issuer || lead).then(|| (number(None, codes, System::Letter), true));
        }
        if codes.len() >= 2
            && lead
            && year.is_some()
            && head.chars().count() <= 5
            && !matches!(head.as_str(), "HS" | "DS" | "HC" | "KDTM" | "HNGĐ" | "LĐ" | "TLST" | "TLPT")
        {
            return Some((number(Some(head), &codes[1..], System::State), false));
        }
        // Before 1993: `120-SL`, `178-CP`, `754/TTg`; only where the words say that it is a number.
        let historic = matches!(head.as_str(), "SL" | "CP" | "TTg" | "HĐBT" | "HĐCP" | "LCT" | "CTN");
        (codes.len() == 1 && historic && lead && year.is_none()).then(|| {
            if first == b'/' {
                return (number(None, codes, System::Letter), true);
            }
            let kind = matches!(head.as_str(), "SL" | "LCT");
            let issuers = if kind { &[][..] } else { codes };
            (number(kind.then_some(head), issuers, System::Historic), true)
        })
    }
}

/// What stands before the bare numbers of a list: "Nghị định" of "Nghị định 87, 88,".
fn before_list(before: &str) -> &str {
    let mut head = before;
    while let Some(list) = head.strip_suffix([',', ';']).map(str::trim_end) {
        let rest = list.trim_end_matches(|c: char| c.is_ascii_digit());
        if !(1..=4).contains(&(list.len() - rest.len())) {
            break;
        }
        head = rest.trim_end();
    }
    head
}

/// The serial that ends before the separator at `at`: digits, perhaps with one small letter or a decimal part.
fn serial_before(bytes: &[u8], at: usize) -> Option<Span> {
    let mut end = at;
    while end > 0 && at - end < 2 && bytes[end - 1] == b' ' {
        end -= 1;
    }
    let mut start = end;
    if start > 1 && bytes[start - 1].is_ascii_lowercase() && bytes[start - 2].is_ascii_digit() {
        start -= 1;
    }
    let digits_end = start;
    while start > 0 && bytes[start - 1].is_ascii_digit() {
        start -= 1;
    }
    if start == digits_end || digits_end - start > 6 {
        return None;
    }
    // "66.7/2025/NQ-CP": a decimal serial. "1.234/QĐ-UBND": a thousands mark.
    if start > 1 && bytes[start - 1] == b'.' && bytes[start - 2].is_ascii_digit() {
        let mut whole = start - 1;
        while whole > 0 && bytes[whole - 1].is_ascii_digit() {
            whole -= 1;
        }
        if start - 1 - whole <= 3 && digits_end - start <= 3 {
            start = whole;
        }
    }
    let before = start.checked_sub(1).map(|i| bytes[i]);
    let clean = before.is_none_or(|b| {
        !(b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'.' | b','))
            || (matches!(b, b',' | b'.') && start > 1 && !bytes[start - 2].is_ascii_digit())
    });
    clean.then(|| Span::new(start, end))
}

fn skip(bytes: &[u8], at: usize, most: usize) -> usize {
    at + bytes.get(at..).map_or(0, |rest| rest.iter().take(most).take_while(|b| **b == b' ').count())
}

#[cfg(test)]
mod tests {
    use super::NumberReader;
    use crate::tables::Tables;

    #[test]
    fn numbers_are_found_in_any_spelling() {
        let reader = NumberReader::new(&Tables::builtin());
        for (text, want) in [
            ("Chỉ thị số 38-CT/TW, ngày", "38-CT/TW"),
            ("Nghị quyết số 12- NQ/TU", "12-NQ/TU"),
            ("Quyết định 57 - NQ/TW", "57-NQ/TW"),
            ("số 19/NQ-TW", "19-NQ/TW"),
            ("số 57-NQ-TW", "57-NQ/TW"),
            ("57/NQ/TW", "57-NQ/TW"),
            ("1379-QĐNS/TƯ", "1379-QĐNS/TW"),
            ("Chương trình 11-CTR/TU", "11-CTr/TU"),
            ("06-HD/BTCTW-BTGTW", "06-HD/BTCTW-BTGTW"),
            ("13/2017/QĐ-UBND, ngày", "13/2017/QĐ-UBND"),
            ("927/QĐ-TTG", "927/QĐ-TTg"),
            ("24/2014/ND-CP", "24/2014/NĐ-CP"),
            ("24/2014/NĐ-CPquy định", "24/2014/NĐ-CP"),
            ("Luật số 31/2024/QH15", "31/2024/QH15"),
            ("107/2025/UBTVQH15", "107/2025/UBTVQH15"),
            ("1314/NQ-UBTVQH15", "1314/NQ-UBTVQH15"),
            ("Pháp lệnh số 02/2020/UBTVQH ngày", "02/2020/UBTVQH"),
            ("Báo cáo số 475/BC-UBTVQHI4 ngày", "475/BC-UBTVQH14"),
            ("Nghị quyết số 712/2013/UBTVQOH13 ngày", "712/2013/UBTVQH13"),
            ("Quyết định số 33/2015QĐ-TTg ngày", "33/2015/QĐ-TTg"),
            ("Quyết định số 226/QD-BCD ngày", "226/QĐ-BCĐ"),
            ("Văn bản số 2327/LDTBXH-BHXH ngày", "2327/LĐTBXH-BHXH"),
            ("Thông tư số 08/2023/TT-BLDTBXH ngày", "08/2023/TT-BLĐTBXH"),
            ("Quyết định số 595/QĐ BHXH ngày", "595/QĐ-BHXH"),
            ("1314/NQ- UBTVQH15", "1314/NQ-UBTVQH15"),
            ("số 92/2017/NĐCP ngày", "92/2017/NĐ-CP"),
            ("số 38-CTTW", "38-CT/TW"),
            ("262-TB/VPCP", "262/TB-VPCP"),
            ("số I 40/2025/NĐ-CP", "140/2025/NĐ-CP"),
            ("Luật số 58/2024/QH1 5 được", "58/2024/QH15"),
            ("140/NQ-CP2", "140/NQ-CP"),
            ("số l2-CT/TW", "12-CT/TW"),
            ("Số: II /2026/QĐ-UBND", "11/2026/QĐ-UBND"),
            ("số 1O5-QĐ/TW", "105-QĐ/TW"),
            ("số 38-CTITW", "38-CT/TW"),
            ("10/2007/QĐ_BKHCN", "10/2007/QĐ-BKHCN"),
            ("Văn bản số 3374/ BKHCN- CNCNTT ngày", "3374/BKHCN-CNCNTT"),
            ("3260-KH/ĐĐQH15", "3260-KH/ĐĐQH15"),
            ("số 12-CTr/BCĐ3", "12-CTr/BCĐ"),
            ("số 15-KH/BCĐ35", "15-KH/BCĐ35"),
            ("công văn số 144/2025/CV-BSGBTr ngày", "144/2025/CV-BSGBTr"),
            ("công văn số 420/VPCP-QHQT, ngày", "420/VPCP-QHQT"),
            ("Tờ trình số 41/TTr-SNgV", "41/TTr-SNgV"),
            ("công văn số 905/UBND-NgV", "905/UBND-NgV"),
            ("tại Văn bản số 19/HHNT, ngày", "19/HHNT"),
            ("các công văn số 4830/KTTH ngày", "4830/KTTH"),
            ("Kế hoạch số 437/KH-MTTW-BTT, ngày", "437/KH-MTTW-BTT"),
            ("66.7/2025/NQ-CP", "66.7/2025/NQ-CP"),
            ("30a/2008/NQ-CP", "30a/2008/NQ-CP"),
            ("403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN", "403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN"),
            ("Nghị định số 178-CP", "178-CP"),
            ("Thông tư số 48-TC/TCT ngày", "48-TC/TCT"),
            ("Quyết định số 529-TC/QĐ/TCT ngày", "529-TC/QĐ/TCT"),
            ("Thông tư số 15-LĐTBXH/TT ngày", "15-LĐTBXH/TT"),
            ("Quyết định số 276-CT ngày", "276-CT"),
            ("Thông tư liên bộ số 01/TTLB ngày", "01/TTLB"),
            ("Chỉ thị 814/TTg ngày 12/12/1995", "814/TTg"),
            ("Quyết định số: 522/2002/QĐ.UB ngày", "522/2002/QĐ-UB"),
            ("Tờ trình số 3236/TTr -SNNX ngày", "3236/TTr-SNNX"),
            ("kế hoạch số 958/Kh-BTC ngày", "958/KH-BTC"),
            ("Báo cáo thẩm tra số 262/BC-UBTCNS 14 ngày", "262/BC-UBTCNS14"),
            ("Quyết định số 64/QĐ-BCĐCCTLBHXH ngày", "64/QĐ-BCĐCCTLBHXH"),
        ] {
            let found = reader.find(text, 0);
            assert_eq!(found.first().map(|f| f.number.to_string()).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn false_friends_are_left_alone() {
        let reader = NumberReader::new(&Tables::builtin());
        for text in [
            "đạt 25/59 tỉnh",
            "(5-10/3)",
            "11-18/6",
            "giai đoạn 2016-2020",
            "mẫu 01/PLI",
            "khu I/A-CT",
            "số O-CT",
            "Chỉ thị số 05-CT, ngày",
            "mục II-CT/TW",
            "mẫu số 01/PLI",
            "hồ sơ số 118/HSCB-2",
            "bản án 12/2020/HS-ST",
            "24/7 giờ",
            "2,7% - 3,5%",
        ] {
            assert_eq!(reader.find(text, 0), Vec::new(), "{text}");
        }
    }
}
