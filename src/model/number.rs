//! The number and symbol of a document: `38-CT/TW`, `13/2017/QĐ-UBND`, `31/2024/QH15`, `420/VPCP-QHQT`.
//!
//! Not here: finding numbers in text (see `extract::numbers`).

use serde::{Deserialize, Serialize};
use std::fmt;

/// Which rule a symbol follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum System {
    /// `NUMBER-TYPE/ISSUER` (HD 36-HD/VPTW).
    Party,
    /// `NUMBER/TYPE-ISSUER` or `NUMBER/YEAR/TYPE-ISSUER` (NĐ 30/2020, Điều 15).
    State,
    /// `NUMBER/YEAR/QHnn`: laws and resolutions of the National Assembly, no type code.
    Assembly,
    /// `NUMBER/ISSUER-UNIT`: state official letters, no type code.
    Letter,
    /// Symbols from before 1993 (`120-SL`, `178-CP`).
    Historic,
    /// `NUMBER-OFFICE/UNIT`, `NUMBER-OFFICE/TYPE/UNIT`: papers of ministries until 1998 (`48-TC/TCT`).
    Ministry,
}

/// A parsed number. Equality is by what was printed; use [`DocNumber::key`] to compare documents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocNumber {
    /// As printed, padding kept: `04`, `30a`, `66.7`.
    pub serial: String,
    /// The year inside the symbol, if any.
    pub year: Option<i16>,
    /// Canonical type code (`CT`, `QĐ`), if the symbol has one.
    pub kind: Option<String>,
    /// Issuer codes in the printed order: `["TW"]`, `["VPCP", "QHQT"]`, `["QH15"]`.
    pub issuers: Vec<String>,
    /// The rule that the symbol follows.
    pub system: System,
}

impl DocNumber {
    /// The serial without padding, lower case: `04` and `4` agree, `30a` and `30` do not.
    pub fn serial_key(&self) -> String {
        let trimmed = self.serial.trim_start_matches('0');
        let kept = if trimmed.is_empty() || !trimmed.starts_with(|c: char| c.is_ascii_digit()) { &self.serial[..] } else { trimmed };
        kept.to_lowercase()
    }

    /// The integer part of the serial, for comparing within a series.
    pub fn serial_value(&self) -> Option<u32> {
        let digits: String = self.serial.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    }

    /// The first issuer code, which owns the register.
    pub fn register(&self) -> &str {
        self.issuers.first().map_or("", String::as_str)
    }

    /// Canonical text without padding; equal for two spellings of one number.
    pub fn key(&self) -> String {
        // "48-TC/TCT" and "48 TC/TCT" are one.
        let system = if self.system == System::Ministry { System::Historic } else { self.system };
        DocNumber { serial: self.serial_key(), system, ..self.clone() }.to_string()
    }
}

impl fmt::Display for DocNumber {
    /// Writes the canonical form, padding as printed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let issuers = self.issuers.join("-");
        let kind = self.kind.as_deref().unwrap_or_default();
        let serial = &self.serial;
        match (self.system, self.year) {
            (System::Party, _) => write!(f, "{serial}-{kind}/{issuers}"),
            (System::State, Some(year)) => write!(f, "{serial}/{year}/{kind}-{issuers}"),
            (System::State, None) => write!(f, "{serial}/{kind}-{issuers}"),
            (System::Assembly, Some(year)) => write!(f, "{serial}/{year}/{issuers}"),
            (System::Assembly, None) | (System::Letter, _) => write!(f, "{serial}/{issuers}"),
            (System::Ministry, _) => write!(f, "{serial}-{}", self.issuers.join("/")),
            (System::Historic, _) if self.issuers.is_empty() => write!(f, "{serial}-{kind}"),
            (System::Historic, _) if !kind.is_empty() => write!(f, "{serial} {kind}/{issuers}"),
            (System::Historic, _) if self.issuers.len() > 1 => write!(f, "{serial} {}", self.issuers.join("/")),
            (System::Historic, _) => write!(f, "{serial}-{issuers}"),
        }
    }
}
