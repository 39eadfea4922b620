//! The head of a paper without letterhead, as collections and portals keep it.
//!
//! Two forms: issuer, number, day and subject in one line of capitals below a type word that is gone ("CỦA BỘ XÂY DỰNG SỐ 04/2001/TT-BXD
//! NGÀY …"); and a subject in capitals above the line that names who decides, with the basis below it.

use super::letterhead::{Head, Lines};
use super::words;
use crate::model::Span;
use crate::tables::{Tables, fold};

/// Lines of a subject in capitals, and of the name below it.
const REACH: usize = 8;

/// Reads the head from line `from` on; `None` for every other text.
pub(super) fn read(tables: &Tables, lines: &Lines<'_>, from: usize) -> Option<Head> {
    let filled: Vec<usize> = (from..lines.len()).filter(|i| !lines[*i].1.trim().is_empty()).take(REACH).collect();
    let first = *filled.first()?;
    in_one_line(lines, first).or_else(|| above_name(tables, lines, &filled))
}

fn caps(line: &str) -> bool {
    line.chars().any(char::is_uppercase) && !line.chars().any(char::is_lowercase)
}

/// "CỦA BỘ XÂY DỰNG SỐ 04/2001/TT-BXD NGÀY 20 THÁNG 8 NĂM 2001 HƯỚNG DẪN …".
fn in_one_line(lines: &Lines<'_>, at: usize) -> Option<Head> {
    let (span, line) = lines[at];
    if !line.trim_start().starts_with("CỦA ") || !caps(line) || !line.contains(" SỐ ") {
        return None;
    }
    let day = line.find(" NGÀY ")? + 1;
    let subject = day + words::behind_day(&line[day..])?;
    (!line[subject..].trim().is_empty()).then(|| Head {
        lines: vec![at],
        title: vec![Span::new(span.start + subject, span.start + line.trim_end().len())],
        body: at + 1,
        ..Head::default()
    })
}

/// "BAN HÀNH KẾ HOẠCH …" above "THỦ TƯỚNG CHÍNH PHỦ" above "Căn cứ …".
fn above_name(tables: &Tables, lines: &Lines<'_>, filled: &[usize]) -> Option<Head> {
    let line = |at: &usize| lines[*at].1.trim();
    let basis = filled.iter().position(|at| tables.forms("basis").iter().any(|head| line(at).starts_with(head.as_str())))?;
    let name = filled[..basis].iter().rposition(|at| decider(tables, line(at)).is_some()).filter(|at| *at > 0)?;
    let subject = &filled[..name];
    let plain = |at: &usize| {
        let words = line(at);
        caps(words)
            && !words::is_head_line(tables, words)
            && !words::issuer_line(tables, words)
            && super::letterhead::type_word(tables, words).is_none()
    };
    (subject.iter().all(plain) && filled[..basis].iter().all(|at| caps(line(at)))).then(|| Head {
        lines: filled[name..basis].to_vec(),
        title: subject.iter().map(|at| lines[*at].0).collect(),
        body: filled[basis],
        ..Head::default()
    })
}

/// The body in a line of capitals that names who decides, without the position of its head: "HỘI ĐỒNG NHÂN DÂN TỈNH LAI CHÂU", "BỘ Y TẾ" of
/// "BỘ TRƯỞNG BỘ Y TẾ".
pub(crate) fn decider<'w>(tables: &Tables, words: &'w str) -> Option<&'w str> {
    const LONGEST: usize = 120;
    if !caps(words) || words.chars().count() > LONGEST {
        return None;
    }
    let folded = fold::lower(words);
    let behind = tables.folded_forms("position").iter().filter_map(|position| {
        let rest = folded.strip_prefix(position.as_str()).filter(|_| folded.len() == words.len())?;
        let body = words[words.len() - rest.len()..].trim_start();
        (rest.starts_with(' ') && words::begins_body(tables, body)).then_some(body)
    });
    // The longest position leaves the shortest name.
    behind.min_by_key(|body| body.len()).or_else(|| words::begins_body(tables, words).then_some(words))
}
