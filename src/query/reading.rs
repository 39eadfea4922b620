//! What a person typed, taken apart: number, kind, date, year, term, province, body, words of the subject.
//!
//! Duty: any spelling, with or without marks. Not here: which documents are meant (see `reference`).

use crate::model::Date;
use crate::tables::{Tables, fold};
use regex::Regex;
use serde::Serialize;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// A reference as understood; what was not typed is `null` or empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Reading {
    /// As typed.
    pub text: String,
    /// Type code, from the symbol or the type word.
    pub kind: Option<String>,
    /// Serial without padding.
    pub serial: Option<String>,
    /// Issuer codes of the symbol.
    pub issuers: Vec<String>,
    /// Year inside the symbol.
    pub symbol_year: Option<i16>,
    /// Day.
    pub date: Option<Date>,
    /// Year alone.
    pub year: Option<i16>,
    /// Term: "XI", "2020-2025".
    pub term: Option<String>,
    /// Name of a province.
    pub province: Option<String>,
    /// Usual name of a body.
    pub issuer: Option<String>,
    /// The other words, without marks.
    pub words: Vec<String>,
    /// Whether the symbol itself names the kind.
    #[serde(skip)]
    pub(super) kind_in_symbol: bool,
}

/// Words that say nothing of which document is meant.
const EMPTY_WORDS: [&str; 9] = ["so", "cua", "ngay", "thang", "nam", "ve", "viec", "tinh", "tp"];

struct Patterns {
    iso: Regex,
    numeric: Regex,
    spelt: Regex,
    congress: Regex,
    span: Regex,
    year: Regex,
    symbol: Regex,
    serial: Regex,
    lone_year: Regex,
}

// Texts are folded to ASCII before; each pattern says what it matches and what it must not.
static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let regex = |pattern: &str| Regex::new(pattern).expect("the patterns are constant and tested");
    Patterns {
        // 2014-07-21; not 38-2014-07
        iso: regex(r"(?:^|[^0-9a-z/-])((?:19|20)[0-9]{2})-([0-9]{1,2})-([0-9]{1,2})(?:$|[^0-9a-z])"),
        // ngay 21/7/2014, 21-07-2014; not 24/2014
        numeric: regex(r"(?:ngay )?(?:^|[^0-9a-z/-])([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]((?:19|20)[0-9]{2})(?:$|[^0-9a-z/])"),
        // 21 thang 7 nam 2014
        spelt: regex(r"(?:ngay )?([0-9]{1,2}) +thang +([0-9]{1,2}) +nam +((?:19|20)[0-9]{2})"),
        // khoa XI, khoa 11; not khoa hoc
        congress: regex(r"(?:^| )khoa +([ivx]+|[0-9]{1,2})(?:$|[ ,.)])"),
        // nhiem ky 2020 - 2025
        span: regex(r"(?:^| )nhiem ky +([0-9]{4}) ?- ?([0-9]{4})"),
        // nam 2014
        year: regex(r"(?:^| )nam +((?:19|20)[0-9]{2})(?:$|[ ,.)])"),
        // 38-ct/tw, 38 - ct / tw, 24/2014/nd-cp, 30a/2008; not khoa 11
        symbol: regex(r"(?:^|[ (])([0-9]+[a-z]?(?:\.[0-9]+)?) ?[-/] ?([a-z0-9&.]+(?: ?[-/] ?[a-z0-9&.]+){0,3})"),
        // 38, 30a, 66.7
        serial: regex(r"^ *(?:so +)?([0-9]+[a-z]?(?:\.[0-9]+)?)(?:$|[ ,.;)])"),
        // 2014
        lone_year: regex(r"(?:^| )((?:19|20)[0-9]{2})(?:$|[ ,.)])"),
    }
});

/// The text in two forms of equal length: as typed (NFC characters), and folded to ASCII letters.
struct Typed {
    chars: Vec<char>,
    flat: String,
}

impl Typed {
    fn new(text: &str) -> Typed {
        let chars: Vec<char> = text.trim().nfc().map(plain).collect();
        let flat = chars
            .iter()
            .map(|c| {
                let bare = fold::bare(c.encode_utf8(&mut [0; 4]));
                bare.chars().next().filter(|c| c.is_ascii() && bare.len() == 1).unwrap_or('?')
            })
            .collect();
        Typed { chars, flat }
    }

    /// Blanks what was understood.
    fn take(&mut self, range: std::ops::Range<usize>) {
        self.flat.replace_range(range.clone(), &" ".repeat(range.len()));
    }

    /// Finds whole words and blanks them: the first place of the first of `names` that stands there, with what it stands for.
    fn take_first(&mut self, names: &[(String, String)]) -> Option<(usize, String)> {
        let (at, name, value) = names.iter().find_map(|(name, value)| Some((find_words(&self.flat, name)?, name, value)))?;
        self.take(at..at + name.len());
        Some((at, value.clone()))
    }
}

/// Dashes and slashes of any make become plain.
fn plain(c: char) -> char {
    match c {
        '–' | '—' | '‐' | '‑' | '−' | '‒' => '-',
        '∕' | '⁄' | '／' => '/',
        '\u{a0}' | '\t' | '\n' | '\r' => ' ',
        '"' | '“' | '”' | '«' | '»' => ' ',
        c => c,
    }
}

fn find_words(text: &str, name: &str) -> Option<usize> {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
    text.match_indices(name)
        .map(|(at, _)| at)
        .find(|at| edge(text[..*at].chars().next_back()) && edge(text[at + name.len()..].chars().next()))
}

impl Reading {
    /// Takes a typed text apart.
    pub fn of(tables: &Tables, text: &str) -> Reading {
        let mut typed = Typed::new(text);
        let mut reading = Reading { text: text.trim().to_owned(), ..Reading::default() };
        reading.take_date(&mut typed);
        reading.take_term(&mut typed);
        reading.take_symbol(tables, &mut typed);
        let spellings = tables.spellings();
        let word = typed.take_first(&spellings.kinds);
        if let Some((at, code)) = &word
            && reading.serial.is_none()
        {
            reading.kind = Some(code.clone());
            reading.take_serial(&mut typed, *at);
        } else if let Some((_, code)) = word {
            reading.kind.get_or_insert(code);
        } else if reading.serial.is_none() && typed.flat.trim().len() <= 8 {
            // A number alone: "38".
            reading.take_serial(&mut typed, 0);
        }
        reading.take_year(&mut typed);
        reading.province = typed.take_first(&spellings.provinces).map(|(_, name)| name);
        reading.issuer = typed.take_first(&spellings.bodies).map(|(_, name)| name);
        let words = typed.flat.split(|c: char| !c.is_ascii_alphanumeric());
        reading.words = words.filter(|word| !word.is_empty() && !EMPTY_WORDS.contains(word)).map(str::to_owned).collect();
        reading
    }

    fn take_date(&mut self, typed: &mut Typed) {
        for (pattern, order) in [(&PATTERNS.spelt, [3, 2, 1]), (&PATTERNS.numeric, [3, 2, 1]), (&PATTERNS.iso, [1, 2, 3])] {
            let Some(found) = pattern.captures(&typed.flat) else { continue };
            let part = |i: usize| found[order[i]].parse::<i16>().unwrap_or(0);
            let (first, last) = (found.get(1), found.get(3));
            if let (Ok(day), Some(first), Some(last)) = (Date::new(part(0), part(1) as i8, part(2) as i8), first, last) {
                self.date = Some(day);
                let range = first.start()..last.end();
                typed.take(range);
                return;
            }
        }
    }

    fn take_term(&mut self, typed: &mut Typed) {
        if let Some(found) = PATTERNS.span.captures(&typed.flat) {
            self.term = Some(format!("{}-{}", &found[1], &found[2]));
            let range = found.get(0).map_or(0..0, |all| all.range());
            typed.take(range);
        } else if let Some(found) = PATTERNS.congress.captures(&typed.flat) {
            self.term = Some(found[1].to_uppercase());
            let range = found.get(0).map_or(0..0, |all| all.range());
            typed.take(range);
        }
    }

    fn take_symbol(&mut self, tables: &Tables, typed: &mut Typed) {
        let Some(found) = PATTERNS.symbol.captures(&typed.flat) else { return };
        let (Some(serial), Some(rest)) = (found.get(1), found.get(2)) else { return };
        self.serial = Some(serial_key(serial.as_str()));
        let mut at = rest.start();
        for (nth, part) in rest.as_str().split(['-', '/']).enumerate() {
            let range = at..at + part.len();
            at += part.len() + 1;
            let part = part.trim();
            if part.is_empty() {
                continue;
            }
            let as_typed: String = typed.chars[range].iter().collect::<String>().trim().to_uppercase();
            let year = part.parse::<i16>().ok().filter(|year| (1900..2100).contains(year));
            if let Some(year) = year.filter(|_| nth == 0) {
                self.symbol_year = Some(year);
            } else if let Some(code) = kind_by_code(tables, &as_typed).filter(|_| self.kind.is_none() && self.issuers.is_empty()) {
                self.kind = Some(code);
                self.kind_in_symbol = true;
            } else {
                // TƯ is the centre, TU a province; only the mark tells.
                self.issuers.push(if as_typed.ends_with("TƯ") || as_typed.ends_with("T.Ư") {
                    as_typed.replace("T.Ư", "TW").replace("TƯ", "TW")
                } else {
                    as_typed
                });
            }
        }
        let range = serial.start()..rest.end();
        typed.take(range);
    }

    /// The serial right behind the type word.
    fn take_serial(&mut self, typed: &mut Typed, from: usize) {
        let Some(found) = PATTERNS.serial.captures(&typed.flat[from..]) else { return };
        let Some(serial) = found.get(1) else { return };
        let year = serial.as_str().parse::<i16>().is_ok_and(|year| (1900..2100).contains(&year));
        // "Luật Đất đai 2013" has a year there, "Chỉ thị 2013" would be odd.
        if !year {
            self.serial = Some(serial_key(serial.as_str()));
            let range = from + serial.start()..from + serial.end();
            typed.take(range);
        }
    }

    fn take_year(&mut self, typed: &mut Typed) {
        for pattern in [&PATTERNS.year, &PATTERNS.lone_year] {
            if let Some(year) = pattern.captures(&typed.flat).and_then(|found| found.get(1)) {
                self.year = year.as_str().parse().ok();
                let range = year.range();
                typed.take(range);
                return;
            }
        }
    }
}

/// A serial without padding, as `DocNumber::serial_key` has it.
fn serial_key(text: &str) -> String {
    let kept = text.trim_start_matches('0');
    if kept.starts_with(|c: char| c.is_ascii_digit()) { kept.to_owned() } else { text.to_owned() }
}

/// The kind of a code in any letter case, with or without marks: an exact spelling goes before a folded one.
pub(super) fn kind_by_code(tables: &Tables, code: &str) -> Option<String> {
    let bare = fold::bare(code);
    let exact = tables.kinds.rows().iter().find(|kind| kind.codes.iter().any(|spelt| spelt.to_uppercase() == code.to_uppercase()));
    let folded = || tables.kinds.rows().iter().find(|kind| kind.codes.iter().any(|spelt| fold::bare(spelt) == bare));
    exact.or_else(folded).map(|kind| kind.code.clone())
}

#[cfg(test)]
mod tests {
    use super::Reading;
    use crate::tables::Tables;

    /// kind, serial, issuers, symbol year, date, year, term, province, issuer, words.
    fn told(text: &str) -> String {
        let r = Reading::of(&Tables::builtin(), text);
        let date = r.date.map(|day| day.to_string());
        let year = |year: Option<i16>| year.map(|year| year.to_string());
        let parts = [
            r.kind,
            r.serial,
            Some(r.issuers.join("-")).filter(|s| !s.is_empty()),
            year(r.symbol_year),
            date,
            year(r.year),
            r.term,
            r.province,
            r.issuer,
        ];
        let mut out: Vec<String> = parts.into_iter().map(|part| part.unwrap_or_else(|| "·".into())).collect();
        out.push(r.words.join(" "));
        out.join("|").trim_end_matches('|').to_owned()
    }

    #[test]
    fn every_usual_spelling_is_understood() {
        for (text, want) in [
            ("38-CT/TW", "CT|38|TW|·|·|·|·|·|·"),
            ("38 – ct / tư", "CT|38|TW|·|·|·|·|·|·"),
            ("38-ct/tw", "CT|38|TW|·|·|·|·|·|·"),
            ("Chỉ thị số 038-CT/TW", "CT|38|TW|·|·|·|·|·|·"),
            ("Chỉ thị 38", "CT|38|·|·|·|·|·|·|·"),
            ("chi thi so 38", "CT|38|·|·|·|·|·|·|·"),
            ("CT 38 2014", "CT|38|·|·|·|2014|·|·|·"),
            ("38-CT/TW ngày 21/7/2014", "CT|38|TW|·|2014-07-21|·|·|·|·"),
            ("38-CT/TW 2014-07-21", "CT|38|TW|·|2014-07-21|·|·|·|·"),
            ("Chỉ thị 38 ngày 21 tháng 7 năm 2014", "CT|38|·|·|2014-07-21|·|·|·|·"),
            ("chỉ thị 38 khoá XI", "CT|38|·|·|·|·|XI|·|·"),
            ("12-NQ/TU Hòa Bình", "NQ|12|TU|·|·|·|·|Hòa Bình|·"),
            ("12-nq/tu hoa binh nam 2017", "NQ|12|TU|·|·|2017|·|Hòa Bình|·"),
            ("Nghị định 24/2014", "NĐ|24|·|2014|·|·|·|·|·"),
            ("24/2014/nd-cp", "NĐ|24|CP|2014|·|·|·|·|·"),
            ("927/qđ-ttg", "QĐ|927|TTG|·|·|·|·|·|·"),
            ("420/VPCP-QHQT", "·|420|VPCP-QHQT|·|·|·|·|·|·"),
            ("luat 31/2024/QH15", "L|31|QH15|2024|·|·|·|·|·"),
            ("Kết luận 98 của Ban Bí thư", "KL|98|·|·|·|·|·|·|Ban Bí thư"),
            ("Nghị quyết 30a", "NQ|30a|·|·|·|·|·|·|·"),
            ("Luật Đất đai năm 2013", "L|·|·|·|·|2013|·|·|·|dat dai"),
            ("Chỉ thị 38 đoàn đi công tác", "CT|38|·|·|·|·|·|·|·|doan di cong tac"),
            ("38", "·|38|·|·|·|·|·|·|·"),
        ] {
            assert_eq!(told(text), want, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_harm(text in "[0-9a-zA-ZđĐưƯ/., –-]{0,40}|\\PC{0,30}") {
            let reading = Reading::of(&Tables::builtin(), &text);
            proptest::prop_assert!(reading.serial.is_none_or(|serial| serial.starts_with(|c: char| c.is_ascii_digit())));
        }
    }

    #[test]
    fn odd_input_is_read_without_harm() {
        for text in ["", "   ", "-/-", "38-", "ngày 99/99/2014", "Ⅷ ﬁ 𝒳 38-CT/TW", "khoá", "số"] {
            let reading = Reading::of(&Tables::builtin(), text);
            assert_eq!(reading.date, None, "{text}");
        }
    }
}
