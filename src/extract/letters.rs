//! Numbers that only the type word before them makes one: letters from offices that no table knows ("Văn bản số 19/HHNT"), decisions of the
//! chairman of the council of ministers ("Quyết định số 276-CT"), circulars of several ministries ("Thông tư liên bộ số 01/TTLB").
//!
//! Not here: numbers whose codes tell by themselves what they are (see `numbers`).

use super::numbers::{FoundNumber, LEADS};
use crate::model::{DocNumber, Span, System};

/// Type words, separator and code of numbers from before 1998 that bear no issuer.
const OLD: [(&[&str], u8, &str); 3] = [
    (&["uyết định", "hông tư", "hông báo"], b'-', "CT"),
    (&["liên bộ", "liên tịch"], b'/', "TTLB"),
    (&["liên bộ", "liên tịch"], b'/', "TTLT"),
];

/// "Quyết định số 276-CT", "Thông tư liên bộ số 01/TTLB".
pub(super) fn old(text: &str, serial: Span, at: usize, before: &str) -> Option<FoundNumber> {
    let head = LEADS.iter().find_map(|lead| before.strip_suffix(lead))?.trim_end();
    let rest = text.get(at + 1..)?;
    let (_, mark, code) = OLD.into_iter().find(|(words, mark, code)| {
        let whole = rest.strip_prefix(code).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '/')));
        whole && text.as_bytes()[at] == *mark && words.iter().any(|word| head.ends_with(word))
    })?;
    let number = DocNumber {
        serial: text[serial.start..serial.end].to_owned(),
        year: None,
        kind: None,
        issuers: vec![code.to_owned()],
        system: if mark == b'-' { System::Historic } else { System::Letter },
    };
    (serial.end == at).then(|| FoundNumber { span: Span::new(serial.start, at + 1 + code.len()), number, repaired: false })
}

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
