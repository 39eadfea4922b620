//! The bodies of a joint paper (Luật ban hành văn bản quy phạm pháp luật; NĐ 30/2020, Phụ lục I: "liên tịch").
//!
//! A joint paper bears the codes of several bodies in its symbol ("41/1999/TTLT-BLĐTBXH-BTC") and their names in its letterhead, side by
//! side or one below the other, each perhaps below the body that it belongs to. The symbol tells which of the names are meant.

use crate::model::{DocNumber, NormText, Signer, Structure, System};
use crate::structure::words;
use crate::tables::{Tables, fold};

/// What joins the names of the bodies of a joint paper, here as in letterheads.
pub(super) const AND: &str = " - ";

/// The names of the bodies that issued a joint paper, in capitals where the letterhead has them; fewer than two for a paper of one body.
/// `lines` are those of the letterhead that name bodies, in the order of the text.
pub(super) fn bodies(tables: &Tables, norm: &NormText, structure: &Structure, number: Option<&DocNumber>, lines: &[String]) -> Vec<String> {
    if let Some(told) = below_type(norm, structure) {
        return parts(tables, &told);
    }
    let Some(number) = number.filter(|number| number.issuers.len() > 1 && number.system != System::Letter && number.kind.is_some()) else {
        return Vec::new();
    };
    let meant = |names: Vec<String>| -> Vec<String> {
        names.into_iter().filter(|name| !is_organ(name) && number.issuers.iter().any(|code| bears(tables, name, code))).collect()
    };
    // One body below the other, or one name over several lines.
    let stacked: Vec<String> = lines.iter().flat_map(|line| parts(tables, line)).collect();
    let (stacked, wrapped) = (meant(stacked), meant(parts(tables, &lines.join(" "))));
    let named = if stacked.len() > wrapped.len() { stacked } else { wrapped };
    if named.len() > 1 {
        return named;
    }
    let joint = number.kind.as_deref().and_then(|code| tables.kinds.by_code(code)).is_some_and(|kind| is_joint(&kind.name));
    // The names of the codes, where every body of the symbol is known.
    let known = number.issuers.iter().map(|code| tables.issuers.by_code(code).next().map(|body| body.name.clone()));
    known.collect::<Option<Vec<_>>>().filter(|_| joint).unwrap_or_default()
}

/// Puts who signed for the first of the bodies before the others.
pub(super) fn in_order(bodies: &[String], signers: &mut [Signer]) {
    let place = |signer: &Signer| {
        let authority = fold::lower(signer.authority.as_deref().unwrap_or_default());
        bodies.iter().position(|body| authority.contains(fold::lower(body).as_str())).unwrap_or(bodies.len())
    };
    signers.sort_by_key(place);
}

/// The organ of the body named above it, which has a code of its own ("437/KH-MTTQ-BTT").
pub(super) fn is_organ(name: &str) -> bool {
    matches!(fold::lower(name).as_str(), "ban thường trực" | "ban thường vụ")
}

/// "Kế hoạch liên ngành", "Quy chế phối hợp".
fn is_joint(kind: &str) -> bool {
    kind.contains(" liên ") || kind.ends_with(" phối hợp")
}

/// "LIÊN TỊCH CỦA BỘ TÀI CHÍNH - BỘ" + "NỘI VỤ SỐ 12/1997/TTLT-BTC-BNV" below the type word, which may take several lines up to its number.
fn below_type(norm: &NormText, structure: &Structure) -> Option<String> {
    let mut head = structure.letterhead.iter().map(|span| span.of(&norm.text).trim());
    let first = head.find_map(|line| line.strip_prefix("LIÊN TỊCH CỦA "))?;
    let whole = std::iter::once(first).chain(head).collect::<Vec<_>>().join(" ");
    let number = whole.find(" SỐ ").or_else(|| whole.find(" NGÀY "))?;
    Some(whole[..number].trim().to_owned())
}

/// The names that a line joins by dashes. A dash within a name ("BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI") parts nothing: behind it no body begins.
fn parts(tables: &Tables, line: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for part in line.replace(" – ", AND).split(AND) {
        match out.last_mut() {
            Some(last) if !words::begins_body(tables, part) => {
                last.push_str(AND);
                last.push_str(part.trim());
            }
            _ => out.push(part.trim().to_owned()),
        }
    }
    out
}

/// True when `code` stands for the body `name`: by the table, or as letters that its words begin with ("HLHPN", "MTTQ", "SGD&ĐT").
fn bears(tables: &Tables, name: &str, code: &str) -> bool {
    let folded = fold::lower(name);
    let written = || folded.split(' ').any(|word| word == fold::lower(code));
    tables.issuers.by_code(code).any(|body| body.folded == folded) || has_initials(name, code) || written()
}

/// True when the words of `name` begin with the letters of `code`, one after the other.
pub(super) fn has_initials(name: &str, code: &str) -> bool {
    const SHORTEST: usize = 2;
    let folded = fold::lower(name);
    let words = folded.split([' ', ',']).filter(|word| !matches!(*word, "" | "-" | "và"));
    let initials: String = words.filter_map(|word| fold::bare(word).chars().next()).collect();
    // "TW" is written for "Trung ương".
    let code: String = fold::bare(&code.replace("TW", "TƯ")).chars().filter(|c| c.is_alphanumeric()).collect();
    code.len() >= SHORTEST && initials.contains(&code)
}
