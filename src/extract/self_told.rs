//! What a paper without letterhead tells of itself in its own sentences: kind and issuer.
//!
//! Collections keep papers without their heads, scans lose first pages. "Kế hoạch này", "Trên đây là Kế hoạch …" and the lead-in ("… xây dựng
//! kế hoạch như sau") tell the kind; the clause of adoption and the signature tell who decided. Not here: what letterhead, title and symbol
//! tell (see `metadata`, `issuing`).

use super::names::BodyReader;
use crate::model::{BlockKind, NormText, Structure};
use crate::tables::{Kind, Tables, fold};

/// Bytes of the longest name of a kind, with the blank before "này".
const LONGEST_NAME: usize = 40;
/// Paragraphs among which the lead-in stands.
const REACH: usize = 10;

/// The kind that a paper calls itself by.
pub(super) fn kind<'t>(tables: &'t Tables, norm: &NormText, structure: &Structure) -> Option<&'t Kind> {
    let blocks = || structure.blocks.iter().filter(|block| block.annex == 0).map(|block| block.span.of(&norm.text).trim());
    // An annex in a file of its own speaks of the paper that it belongs to.
    let annex = |words: &str| tables.forms("annex").iter().any(|word| words.starts_with(word.as_str()));
    if blocks().find(|words| !words.is_empty()).is_some_and(annex) {
        return None;
    }
    let closing = || blocks().rev().find_map(|words| words.strip_prefix("Trên đây là ").and_then(|rest| kind_at(tables, rest)));
    let mut said: Vec<(&Kind, usize)> = Vec::new();
    for kind in blocks().flat_map(|words| words.match_indices(" này").filter_map(|(at, _)| kind_before(tables, &words[..at]))) {
        match said.iter_mut().find(|(known, _)| known.code == kind.code) {
            Some((_, count)) => *count += 1,
            None => said.push((kind, 1)),
        }
    }
    // The first of those said most often.
    let most = said.iter().map(|(_, count)| *count).max();
    let called = said.iter().find(|(_, count)| Some(*count) == most).map(|(kind, _)| *kind);
    let leads = || blocks().take(REACH).find_map(|words| led_in(tables, words));
    closing().or(called.filter(|_| is_paper(structure))).or_else(leads)
}

/// The name of a kind that `words` end with, with a capital as a paper writes its own: "… thi hành Quyết định".
fn kind_before<'t>(tables: &'t Tables, words: &str) -> Option<&'t Kind> {
    let from = words.ceil_char_boundary(words.len().saturating_sub(LONGEST_NAME));
    let tail = &words[from..];
    let begins = |at: &usize| tail[*at..].starts_with(char::is_uppercase) && (*at > 0 || from == 0);
    let starts = std::iter::once(0).chain(tail.match_indices(' ').map(|(at, _)| at + 1));
    starts.filter(begins).find_map(|at| tables.kinds.by_name(&tail[at..]))
}

/// The longest name of a kind that `words` begin with.
fn kind_at<'t>(tables: &'t Tables, words: &str) -> Option<&'t Kind> {
    let ends = words.match_indices([' ', ',', '.', ':']).map(|(at, _)| at).take(4).chain([words.len()]);
    ends.filter_map(|end| tables.kinds.by_name(&words[..end])).last()
}

/// The kind in "… xây dựng Kế hoạch … như sau", "… ban hành Kế hoạch …, cụ thể như sau:".
fn led_in<'t>(tables: &'t Tables, words: &str) -> Option<&'t Kind> {
    const VERBS: [&str; 2] = [" xây dựng ", " ban hành "];
    let ends = words.trim_end_matches([':', '.', ' ']).ends_with("như sau");
    let at = VERBS.iter().filter_map(|verb| words.rfind(verb).map(|at| at + verb.len())).max().filter(|_| ends)?;
    kind_at(tables, &words[at..])
}

/// Who adopted the paper: "Nghị quyết này đã được Hội đồng nhân dân tỉnh Sông Lam khóa X, kỳ họp thứ hai thông qua".
pub(super) fn adopter(bodies: &BodyReader, norm: &NormText, structure: &Structure) -> Option<String> {
    const LEADS: [&str; 2] = [" này đã được ", " này được "];
    let blocks = structure.blocks.iter().rev().filter(|block| block.annex == 0).map(|block| block.span.of(&norm.text));
    let blocks = blocks.filter(|_| is_paper(structure));
    blocks.filter(|words| words.contains("thông qua")).find_map(|words| {
        let at = LEADS.iter().find_map(|lead| words.find(lead).map(|at| at + lead.len()))?;
        bodies.read(&words[at..]).map(|read| read.name)
    })
}

/// The whole name of the body on whose behalf the paper is signed, as its text writes it: "TM. BAN THƯỜNG TRỰC" with
/// "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam xã Lam Trà". The name said most often wins, then the longest.
pub(super) fn signing(bodies: &BodyReader, norm: &NormText, structure: &Structure, authority: &str) -> Option<String> {
    let body = authority.split_once([' ', '.']).map_or(authority, |(_, body)| body).trim_start_matches(['.', ' ']);
    let folded = fold::lower(body);
    if folded.split(' ').count() < 2 {
        return None;
    }
    let blocks = structure.blocks.iter().filter(|block| block.annex == 0 && block.kind != BlockKind::Signature);
    let names = blocks.flat_map(|block| {
        let words = block.span.of(&norm.text);
        let small = fold::lower(words);
        let starts: Vec<usize> =
            if small.len() == words.len() { small.match_indices(&folded).map(|(at, _)| at).collect() } else { Vec::new() };
        let starts = starts.into_iter().filter(|at| words[*at..].starts_with(char::is_uppercase));
        starts.filter_map(|at| bodies.read(&words[at..]).map(|read| words[at..at + read.len].trim().to_owned())).collect::<Vec<_>>()
    });
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    for name in names.filter(|name| name.len() > body.len()) {
        *counts.entry(name).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(name, count)| (*count, name.chars().count())).map(|(name, _)| name)
}

/// True for a text with a part that only papers have: a basis, an article, a signature or "Nơi nhận". Others tell of papers.
fn is_paper(structure: &Structure) -> bool {
    let part = || {
        let mut blocks = structure.blocks.iter().filter(|block| block.annex == 0);
        blocks.any(|block| block.kind == BlockKind::Basis || block.label.as_deref().is_some_and(|label| label.starts_with("Điều ")))
    };
    !structure.signatures.is_empty() || !structure.recipients.is_empty() || part()
}
