//! Numbers of letters from offices that no table knows: "Văn bản số 19/HHNT".
//!
//! Duty: read such a number where a type word that only papers bear stands before it. Not here: numbers whose codes tell by themselves
//! what they are (see `numbers`).

use super::numbers::{FoundNumber, LEADS};
use crate::model::{DocNumber, Span, System};

/// "Văn bản số 19/HHNT", "Công văn số 4830/KTTH": a letter of an office that no table knows, told by the type word before it.
pub(super) fn letter(text: &str, serial: Span, at: usize, before: &str) -> Option<FoundNumber> {
    const TYPES: [&str; 2] = ["ông văn", "ăn bản"];
    let head = LEADS.iter().find_map(|lead| before.strip_suffix(lead))?.trim_end();
    let code: String = text.get(at + 1..)?.chars().take_while(|c| c.is_uppercase()).collect();
    let end = at + 1 + code.len();
    let whole = !text[end..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '.'));
    let known = text.as_bytes()[at] == b'/' && serial.end == at && (2..=8).contains(&code.chars().count()) && whole;
    if !known || !TYPES.iter().any(|word| head.ends_with(word)) {
        return None;
    }
    let number = DocNumber {
        serial: text[serial.start..serial.end].to_owned(),
        year: None,
        kind: None,
        issuers: vec![code],
        system: System::Letter,
    };
    Some(FoundNumber { span: Span::new(serial.start, end), number, repaired: false })
}
