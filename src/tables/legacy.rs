//! Encodings of Vietnamese from before Unicode, as tables from bytes to letters.
//!
//! Duty: a letter, or a letter and the byte of its marks, for one or two bytes. Not here: telling which encoding a text
//! is in.

use super::tsv;
use crate::model::Error;
use std::sync::LazyLock;

/// The code page as which such text is read: what the bytes 80 to 9F are there; the rest is Latin-1.
const CP1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–',
    '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The byte that windows-1252 shows as this character; the control characters 80 to 9F stand for themselves.
pub fn cp1252_byte(c: char) -> Option<u8> {
    match c {
        '\0'..='\u{ff}' => Some(c as u8),
        // PDF fonts name three of the signs after other characters that look like them.
        'μ' => Some(0xb5),
        '−' => Some(0xad),
        '∙' => Some(0xb7),
        _ => CP1252.iter().position(|known| *known == c).map(|at| 0x80 + at as u8),
    }
}

/// The character as which windows-1252 shows a byte.
pub fn cp1252_char(byte: u8) -> char {
    match byte {
        0x80..=0x9f => CP1252[usize::from(byte) - 0x80],
        _ => char::from(byte),
    }
}

/// A table from bytes to letters.
#[derive(Debug)]
pub struct Charmap {
    /// By byte; 0 where the byte is what windows-1252 says.
    single: [char; 256],
    /// By byte: the place of its row in `pairs`, from 1.
    rows: [u8; 256],
    /// By row and second byte; 0 where the two are no letter.
    pairs: Vec<[char; 256]>,
}

/// All tables.
#[derive(Debug)]
pub struct Legacy {
    /// TCVN3, also called ABC.
    pub tcvn3: Charmap,
    /// VNI for Windows.
    pub vni: Charmap,
    /// VISCII.
    pub viscii: Charmap,
    /// Windows code page 1258; tones are combining marks.
    pub cp1258: Charmap,
}

/// The compiled-in tables, parsed once.
pub fn legacy() -> &'static Legacy {
    static TABLES: LazyLock<Legacy> = LazyLock::new(|| {
        let parse = |name, text| Charmap::parse(name, text).expect("the compiled-in tables are checked by tests");
        Legacy {
            tcvn3: parse("tcvn3.tsv", include_str!("tcvn3.tsv")),
            vni: parse("vni.tsv", include_str!("vni.tsv")),
            viscii: parse("viscii.tsv", include_str!("viscii.tsv")),
            cp1258: parse("cp1258.tsv", include_str!("cp1258.tsv")),
        }
    });
    &TABLES
}

impl Charmap {
    fn parse(table: &str, text: &str) -> Result<Charmap, Error> {
        let mut out = Charmap { single: ['\0'; 256], rows: [0; 256], pairs: Vec::new() };
        tsv::read(table, text, |row| {
            let wrong = |what: &str| row.error(what);
            let code = |text: &str| u32::from_str_radix(text, 16).ok();
            let mut letters = row.get("text").chars();
            let letter = match (row.get("text").strip_prefix("U+"), letters.next(), letters.next()) {
                (Some(number), ..) => code(number).and_then(char::from_u32),
                (None, Some(letter), None) => Some(letter),
                _ => None,
            };
            let letter = letter.ok_or_else(|| wrong("`text` is not one letter"))?;
            let bytes = row.get("bytes");
            let number = code(bytes).filter(|_| matches!(bytes.len(), 2 | 4)).ok_or_else(|| wrong("`bytes` is not like B5 or 61F8"))?;
            let [.., high, low] = number.to_be_bytes();
            if bytes.len() == 2 {
                out.single[usize::from(low)] = letter;
                return Ok(());
            }
            let place = &mut out.rows[usize::from(high)];
            if *place == 0 {
                out.pairs.push(['\0'; 256]);
                *place = out.pairs.len() as u8;
            }
            let pairs = &mut out.pairs[usize::from(*place) - 1];
            // The mark may be typed in the other case: the letter's own case counts.
            pairs[usize::from(low)] = letter;
            pairs[usize::from(low ^ 0x20)] = letter;
            Ok(())
        })?;
        Ok(out)
    }

    /// The letter of one byte; `None` where windows-1252 says it as well.
    pub fn single(&self, byte: u8) -> Option<char> {
        Some(self.single[usize::from(byte)]).filter(|letter| *letter != '\0')
    }

    /// The letter of two bytes.
    pub fn pair(&self, first: u8, second: u8) -> Option<char> {
        let row = self.rows[usize::from(first)].checked_sub(1)?;
        Some(self.pairs[usize::from(row)][usize::from(second)]).filter(|letter| *letter != '\0')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_page_leads_there_and_back() {
        for byte in 0..=255 {
            assert_eq!(cp1252_byte(cp1252_char(byte)), Some(byte));
        }
        assert_eq!((cp1252_byte('ạ'), cp1252_byte('”')), (None, Some(0x94)));
    }

    #[test]
    fn every_letter_has_its_bytes() {
        let Legacy { tcvn3, vni, viscii, cp1258 } = legacy();
        let every = |map: &Charmap| (0..=255).filter(|byte| map.single(*byte).is_some()).count();
        // 67 small letters with marks and 7 capitals; 134 letters; 13 bytes and the sign of the currency.
        assert_eq!([every(tcvn3), every(viscii), every(cp1258)], [74, 134, 14]);
        assert_eq!(
            (vni.pair(b'a', 0xf8), vni.pair(b'A', 0xd8), vni.pair(b'A', 0xf8), vni.single(0xf1)),
            (Some('à'), Some('À'), Some('À'), Some('đ'))
        );
        assert_eq!((tcvn3.single(0xad), tcvn3.single(0x94), tcvn3.pair(b'a', 0xf8)), (Some('ư'), None, None));
    }
}
