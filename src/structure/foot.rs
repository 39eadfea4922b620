//! The foot: signature blocks and recipients.

use super::letterhead::Lines;
use super::words;
use crate::model::{BlockKind, Span, Structure};
use crate::tables::Tables;

/// Reads a "Nơi nhận" list at line `at`, if one begins there; returns the first line after it.
pub(super) fn recipients(tables: &Tables, lines: &Lines<'_>, at: usize, structure: &mut Structure) -> Option<usize> {
    let words = lines[at].1.trim();
    let rest = ["Nơi nhận", "NƠI NHẬN", "Nơi gửi", "Noi nhận"].iter().find_map(|head| words.strip_prefix(head))?;
    if !rest.trim_start().is_empty() && !rest.trim_start().starts_with([':', '.']) {
        return None;
    }
    let skip = words.len() - rest.trim_start_matches([':', '.', ' ']).len();
    let mut merged = Vec::new();
    recipient(tables, lines, at, skip, structure, &mut merged);
    let mut i = at + 1;
    while i < lines.len() {
        let words = lines[i].1.trim();
        if words.is_empty() || words == "|" {
            if words == "|" && i > at + 1 {
                break;
            }
            i += 1;
            continue;
        }
        let listed = words.starts_with(['-', '+', '•', '·', '–']) || words.starts_with("Như ") || words.starts_with("Lưu");
        if !listed
            && (words::is_authority(tables, words) || words::is_position(tables, words) || words == "---" || words.chars().count() > 200)
        {
            break;
        }
        let person = words::is_person(tables, words);
        if !listed && person && !merged.is_empty() {
            merged.push(super::trimmed(lines[i].0, lines[i].1));
            i += 1;
            break;
        }
        if !listed && (person || !words.chars().any(char::is_lowercase)) {
            break;
        }
        recipient(tables, lines, i, 0, structure, &mut merged);
        i += 1;
    }
    sign(merged, structure);
    Some(i)
}

/// Takes line `i` as one recipient, `skip` bytes of its words left out. Where the two columns of the foot were merged line by
/// line, the end of the line is of the signature and goes to `merged`.
fn recipient(tables: &Tables, lines: &Lines<'_>, i: usize, skip: usize, structure: &mut Structure, merged: &mut Vec<Span>) {
    let mut span = super::trimmed(lines[i].0, lines[i].1);
    let words = lines[i].1.trim();
    let signed = signed_from(tables, &words[skip..], !merged.is_empty()).map(|at| Span::new(span.start + skip + at, span.end));
    if let Some(signed) = signed {
        span.end = span.start + words[..signed.start - span.start].trim_end().len();
    }
    structure.blocks.push(super::plain(span, BlockKind::Recipients));
    span.start += skip;
    if span.start < span.end {
        structure.recipients.push(span);
    }
    merged.extend(signed);
}

/// Where in the words of a recipient the column of the signature begins: an authority or position in capitals, and, below one,
/// a person's name behind the mark that ends the recipient, or one that begins with a surname.
fn signed_from(tables: &Tables, words: &str, below: bool) -> Option<usize> {
    let mut starts = std::iter::once(0).chain(words.match_indices(' ').map(|(at, _)| at + 1));
    let caps = |tail: &str| !tail.chars().any(char::is_lowercase) && tail.chars().filter(|c| c.is_uppercase()).count() > 4;
    let heads = |at: &usize| {
        let tail = &words[*at..];
        caps(tail) && (words::is_authority(tables, tail) || words::is_position(tables, tail))
    };
    let named = |at: &usize| {
        let before = words[..*at].trim_end();
        // "thành phố trực thuộc TW Phạm Văn Trọng"; "đồng chí Phạm Văn Trọng" is told, and does not sign.
        let surname = || words::has_surname(tables, &words[*at..]) && !words::is_address(tables, before);
        below && words::is_person(tables, &words[*at..]) && (before.ends_with([';', '.', ',', ')']) || surname())
    };
    starts.find(|at| heads(at) || named(at))
}

/// Reads a signature block at line `at`, if one begins there; returns the first line after it.
///
/// A block is an authority or a position, and within a few lines a person's name.
pub(super) fn signature(tables: &Tables, lines: &Lines<'_>, at: usize, structure: &mut Structure) -> Option<usize> {
    let words = lines[at].1.trim();
    let caps = || !words.chars().any(char::is_lowercase);
    if !(words::is_authority(tables, words) || ((after_recipients(structure) || caps()) && words::is_position(tables, words))) {
        return None;
    }
    let mut block: Vec<Span> = Vec::new();
    let mut named = false;
    let mut i = at;
    let mut last = at;
    while i < lines.len() && block.len() < 10 && i < at + 40 {
        let words = lines[i].1.trim();
        if words.is_empty() || words == "|" || words == "---" {
            i += 1;
            continue;
        }
        let signs = words::is_authority(tables, words)
            || words::is_position(tables, words)
            || !block.is_empty() && words::is_small_position(tables, words);
        let person = words::is_person(tables, words) && !words::is_motto(tables, words);
        let note = words.starts_with('(') && words.len() < 40 || words.starts_with("Đã ký") || words.starts_with('[');
        if named && !person {
            break;
        }
        let heads = words.starts_with("Nơi nhận");
        let listed = words.starts_with(['-', '+']) || heads;
        let within = structure.blocks.last().is_some_and(|last| last.kind == BlockKind::Recipients);
        // A recipient of two lines goes on.
        let goes_on = within && !block.is_empty() && !signs && !person && !note && words.contains(char::is_lowercase);
        if listed && (within || heads && !block.is_empty()) || goes_on {
            // Two columns merged line by line: recipients and signature take turns.
            recipient(tables, lines, i, 0, structure, &mut block);
            i += 1;
            last = i;
            continue;
        }
        if words::is_motto(tables, words) || words::is_number_line(words) {
            return None;
        }
        if !signs && !person && !note && (words.chars().count() > 70 || words.starts_with("Nơi nhận") || words.starts_with('-')) {
            break;
        }
        if person && !signs {
            if named {
                break;
            }
            named = true;
        }
        // "CHỦ TỊCH Nguyễn Văn Sơn": a cell whose lines a converter joined.
        named |= words::split_person(tables, words).1.is_some();
        block.push(super::trimmed(lines[i].0, lines[i].1));
        i += 1;
        last = i;
    }
    // Without a name it must at least say for whom it is signed.
    if !named && !words::is_authority(tables, words) {
        return None;
    }
    sign(block, structure);
    Some(last)
}

/// Keeps the lines of a signature block, if there are any.
fn sign(block: Vec<Span>, structure: &mut Structure) {
    structure.blocks.extend(block.iter().map(|span| super::plain(*span, BlockKind::Signature)));
    if !block.is_empty() {
        structure.signatures.push(block);
    }
}

fn after_recipients(structure: &Structure) -> bool {
    structure.blocks.last().is_some_and(|block| matches!(block.kind, BlockKind::Recipients | BlockKind::Signature))
}
