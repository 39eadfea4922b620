//! What a number says of identity: register, family of kinds, serial, year; and how far its register reaches.
//!
//! Duty: turn written numbers into small comparable keys (domain: identity key), each text kept once. Not here: which
//! committee of the register is meant (see `scope`), or in which term.

use crate::model::{DocNumber, Level, System};
use crate::tables::{Body, Tables, fold};
use std::collections::HashMap;

/// Index of an interned text; 0 is the empty text, "not needed here".
pub(super) type Word = u32;
/// The empty text.
pub(super) const NONE: Word = 0;
/// Something that is needed but not known.
pub(super) const ANY: Word = u32::MAX;

/// Texts, each kept once.
#[derive(Debug)]
pub(super) struct Words {
    by_text: HashMap<Box<str>, Word>,
    texts: Vec<Box<str>>,
}

impl Words {
    fn new() -> Words {
        let mut words = Words { by_text: HashMap::new(), texts: Vec::new() };
        words.add("");
        words
    }

    /// The index of `text`, which is added when new.
    pub(super) fn add(&mut self, text: &str) -> Word {
        if let Some(word) = self.by_text.get(text) {
            return *word;
        }
        let word = self.texts.len() as Word;
        self.texts.push(text.into());
        self.by_text.insert(text.into(), word);
        word
    }

    /// The text of an index; empty for [`ANY`].
    pub(super) fn text(&self, word: Word) -> &str {
        self.texts.get(word as usize).map_or("", |text| text)
    }
}

/// How far a register reaches: what has to be known beside the code before two equal numbers are one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// One body in the country.
    Central,
    /// One body a province: TU, VPTU, departments.
    Province,
    /// One body a district.
    District,
    /// A body of the state at any level below the centre: UBND, HĐND.
    Local,
    /// A body that only its name tells: ĐU, BCSĐ.
    Body,
    /// A code that stands in no table.
    Open,
    /// No code at all: "Nghị quyết 18".
    Bare,
}

/// What documents with one number share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Symbol {
    /// The rule that the number follows.
    pub(super) system: System,
    /// Code of the register, or of all joint issuers.
    pub(super) register: Word,
    /// Family of the type code; empty for letters.
    pub(super) family: Word,
    /// Serial without padding.
    pub(super) serial: Word,
    /// Year inside the symbol (series "qppl"), 0 without one ("admin").
    pub(super) year: i16,
}

/// Index of a [`Symbol`].
pub(super) type SymbolId = u32;

/// Reads numbers into symbols.
#[derive(Debug)]
pub(super) struct Keys<'t> {
    pub(super) tables: &'t Tables,
    pub(super) words: Words,
    by_symbol: HashMap<Symbol, SymbolId>,
    symbols: Vec<Symbol>,
    registers: HashMap<Box<str>, Word>,
    reaches: HashMap<Word, Reach>,
    buffer: String,
}

impl<'t> Keys<'t> {
    pub(super) fn new(tables: &'t Tables) -> Keys<'t> {
        Keys {
            tables,
            words: Words::new(),
            by_symbol: HashMap::new(),
            symbols: Vec::new(),
            registers: HashMap::new(),
            reaches: HashMap::new(),
            buffer: String::new(),
        }
    }

    /// The symbol of an index.
    pub(super) fn symbol(&self, id: SymbolId) -> Symbol {
        self.symbols[id as usize]
    }

    /// How many symbols there are; indices run below it.
    pub(super) fn symbol_count(&self) -> usize {
        self.symbols.len()
    }

    /// The index of a symbol.
    pub(super) fn id(&mut self, symbol: Symbol) -> SymbolId {
        let next = self.symbols.len() as SymbolId;
        let id = *self.by_symbol.entry(symbol).or_insert(next);
        if id == next {
            self.symbols.push(symbol);
        }
        id
    }

    /// The index of a symbol, if it has one.
    pub(super) fn known(&self, symbol: Symbol) -> Option<SymbolId> {
        self.by_symbol.get(&symbol).copied()
    }

    /// Reads a number. `kind` is the type word's code, which a symbol of the National Assembly needs; `issuer` is the body as
    /// written, which a number without code needs ("Kết luận 98 của Ban Bí thư" is of the register TW).
    pub(super) fn read(&mut self, number: &DocNumber, kind: Option<&str>, issuer: Option<&str>) -> SymbolId {
        let mut system = number.system;
        let register = if number.issuers.iter().any(|code| !code.is_empty()) {
            self.register(number)
        } else if let Some(body) = issuer.and_then(|name| body_named(self.tables, name)).filter(|body| body.system == System::Party) {
            system = System::Party;
            self.words.add(&body.register)
        } else {
            NONE
        };
        let code = number.kind.as_deref().or(kind);
        let family = match (system, code) {
            (System::Letter, _) | (_, None) => NONE,
            // Laws and codes of law run in one sequence, resolutions in another, ordinances in a third.
            (System::Assembly, Some(code)) if !matches!(code, "NQ" | "PL") => self.words.add("L"),
            (_, Some(code)) => {
                let tables = self.tables;
                self.words.add(tables.kinds.family(code))
            }
        };
        let serial = self.serial(number);
        self.id(Symbol { system, register, family, serial, year: number.year.unwrap_or(0) })
    }

    fn serial(&mut self, number: &DocNumber) -> Word {
        let text = &number.serial;
        // Most serials are plain digits without padding: no copy is made for them.
        if !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit()) {
            return self.words.add(text);
        }
        self.words.add(&number.serial_key())
    }

    /// The register: spellings of one code fold to the table's, joint issuers stay together, a letter's unit is left out.
    fn register(&mut self, number: &DocNumber) -> Word {
        let used = if number.system == System::Letter { &number.issuers[..1] } else { &number.issuers[..] };
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        for code in used {
            if !buffer.is_empty() {
                buffer.push('-');
            }
            buffer.push_str(code);
        }
        let word = match self.registers.get(buffer.as_str()) {
            Some(word) => *word,
            None => {
                let folded: Vec<&str> = used
                    .iter()
                    .map(|code| self.tables.issuers.by_code(code).next().map_or(code.as_str(), |body| body.register.as_str()))
                    .collect();
                let word = self.words.add(&folded.join("-"));
                self.registers.insert(buffer.as_str().into(), word);
                word
            }
        };
        self.buffer = buffer;
        word
    }

    /// How far a register reaches, once it has been asked for.
    pub(super) fn known_reach(&self, symbol: Symbol) -> Option<Reach> {
        self.reaches.get(&symbol.register).copied()
    }

    /// How far a register reaches. Codes in no table are judged by their make: `…TU` and departments (`S…`) are provincial.
    pub(super) fn reach(&mut self, symbol: Symbol) -> Reach {
        if let Some(reach) = self.reaches.get(&symbol.register) {
            return *reach;
        }
        let code = self.words.text(symbol.register).to_owned();
        let reach = reach_of(self.tables, &code);
        self.reaches.insert(symbol.register, reach);
        reach
    }
}

/// The body with whose name the words begin: "Bộ Chính trị khóa XI", "Ban Thường vụ Tỉnh ủy Hà Nam".
pub(super) fn body_named<'t>(tables: &'t Tables, words: &str) -> Option<&'t Body> {
    let words: Vec<&str> = words.split_whitespace().collect();
    (1..=words.len()).rev().take(8).find_map(|n| tables.issuers.by_name(&words[..n].join(" ")))
}

fn reach_of(tables: &Tables, code: &str) -> Reach {
    if code.is_empty() {
        return Reach::Bare;
    }
    let mut rows = tables.issuers.by_code(code).peekable();
    if let Some(first) = rows.peek() {
        return match (first.level, first.system) {
            (Some(Level::Central), _) => Reach::Central,
            (Some(Level::Province), _) => Reach::Province,
            (Some(Level::District), _) => Reach::District,
            (Some(Level::Commune), _) | (None, System::Party) => Reach::Body,
            (None, _) => Reach::Local,
        };
    }
    let assembly = |prefix: &str| code.strip_prefix(prefix).is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    let first = code.split('-').next().unwrap_or_default();
    if first != code {
        // Joint issuers reach as far as the first of them; a unit behind a code (UBND-HC) does not change it.
        return reach_of(tables, first);
    }
    if assembly("QH") || assembly("UBTVQH") || code.ends_with("TW") {
        Reach::Central
    } else if code.ends_with("TU") {
        Reach::Province
    } else if code.ends_with("HU") {
        Reach::District
    } else if code.starts_with("ĐU") || code.starts_with("BCSĐ") {
        Reach::Body
    } else if code.starts_with('S') && fold::bare(code).len() >= 2 {
        Reach::Province
    } else {
        Reach::Open
    }
}

#[cfg(test)]
mod tests {
    use super::{Keys, Reach};
    use crate::model::{DocNumber, System};
    use crate::tables::Tables;

    fn number(serial: &str, year: Option<i16>, kind: Option<&str>, issuers: &[&str], system: System) -> DocNumber {
        let issuers = issuers.iter().map(|code| (*code).to_owned()).collect();
        DocNumber { serial: serial.into(), year, kind: kind.map(str::to_owned), issuers, system }
    }

    #[test]
    fn spellings_of_one_number_share_a_symbol() {
        let tables = Tables::builtin();
        let mut keys = Keys::new(&tables);
        let mut read =
            |serial: &str, kind: &str, code: &str| keys.read(&number(serial, None, Some(kind), &[code], System::Party), None, None);
        assert_eq!(read("04", "CT", "TW"), read("4", "CT", "TW"));
        assert_eq!(read("366", "QĐ", "TW"), read("366", "QyĐ", "TW"));
        assert_ne!(read("30", "CT", "TW"), read("30a", "CT", "TW"));
        assert_ne!(read("18", "NQ", "TW"), read("18", "NQ", "TU"));
    }

    #[test]
    fn a_number_without_code_takes_the_register_of_its_issuer() {
        let tables = Tables::builtin();
        let mut keys = Keys::new(&tables);
        let bare = number("98", None, Some("KL"), &[], System::Party);
        let full = number("98", None, Some("KL"), &["TW"], System::Party);
        let want = keys.read(&full, None, None);
        assert_eq!(keys.read(&bare, None, Some("Ban Bí thư")), want);
        let open = keys.read(&bare, None, None);
        let symbol = keys.symbol(open);
        assert_eq!(keys.reach(symbol), Reach::Bare);
    }

    #[test]
    fn laws_and_resolutions_of_one_number_differ() {
        let tables = Tables::builtin();
        let mut keys = Keys::new(&tables);
        let law = number("1", Some(2021), None, &["QH15"], System::Assembly);
        assert_ne!(keys.read(&law, Some("L"), None), keys.read(&law, Some("NQ"), None));
        assert_eq!(keys.read(&law, Some("L"), None), keys.read(&law, Some("BL"), None));
    }

    #[test]
    fn registers_reach_as_far_as_their_bodies() {
        let tables = Tables::builtin();
        let mut keys = Keys::new(&tables);
        for (code, want) in [
            ("TW", Reach::Central),
            ("QH15", Reach::Central),
            ("BTC", Reach::Central),
            ("TU", Reach::Province),
            ("BCĐTU", Reach::Province),
            ("SNV", Reach::Province),
            ("HU", Reach::District),
            ("UBND", Reach::Local),
            ("ĐU", Reach::Body),
            ("XYZ", Reach::Open),
        ] {
            let id = keys.read(&number("1", None, Some("QĐ"), &[code], System::Party), None, None);
            let symbol = keys.symbol(id);
            assert_eq!(keys.reach(symbol), want, "{code}");
        }
    }
}
