//! Who issued a paper and when, as the sentence before it tells: "Huyện ủy đã quán triệt …; ban hành Kế hoạch số …".
//!
//! Duty: the subject of the words before a number, however much stands between, where the symbol bears its code; the day
//! with which the clause opens. Not here: a body right before or behind the number (`sharing`, `mentions`).

use super::around::term_at;
use super::dates;
use super::joint::has_initials;
use super::mentions::clip_end;
use super::names::BodyReader;
use super::sentence;
use super::sharing::{IssuingWords, strip_verb, unit};
use crate::model::{Date, DocNumber, Span};

/// Bytes before a number in which its subject is looked for.
const REACH: usize = 700;

/// How the words right before a number say that the subject issued it.
struct Act<'t> {
    /// What stands before those words.
    head: &'t str,
    /// Nothing may stand between the body and them.
    touching: bool,
}

/// The subject of the sentence before byte `start`, where its code is that of `number`.
pub(super) fn issuer(bodies: &BodyReader, words: &IssuingWords, line: &str, start: usize, number: &DocNumber) -> Option<String> {
    let sentence = sentence::around(line, start);
    let before = clip_end(&line[sentence.start.min(start)..start], REACH).trim_end();
    // "…, sớm nhất là huyện Lam Thượng (Báo cáo số …)", "như huyện A (Kế hoạch số …), huyện B (Kế hoạch số …)".
    if let Some(told) = before.strip_suffix('(') {
        let told = told.trim_end();
        let at = ["là ", "như ", "như: ", ", "].iter().filter_map(|word| Some(told.rfind(word)? + word.len())).max();
        let local = at.filter(|_| number.issuers.iter().any(|code| code == "UBND")).and_then(|at| unit(&told[at..]));
        return local.or_else(|| named_last(bodies, words, told, number));
    }
    let act = act(words, before)?;
    let starts = act.head.char_indices().filter(|(at, c)| c.is_uppercase() && !act.head[..*at].ends_with(char::is_alphanumeric));
    let places: Vec<usize> = starts.map(|(at, _)| at).collect();
    places.into_iter().rev().filter(|at| opens_clause(&act.head[..*at])).find_map(|at| {
        let read = bodies.read(&act.head[at..])?;
        let rest = &act.head[at + read.len..];
        let rest = &rest[term_at(rest).map_or(0, |(_, length)| length)..];
        // "Huyện ủy Lam Thượng: Kế hoạch số A …, có Báo cáo số B".
        let acts = rest.is_empty() || !act.touching && (is_predicate(rest) || rest.starts_with(": "));
        let coded = || read.known.as_ref().is_some_and(|known| words.bears(known, number)) || bears_initials(&read.name, number);
        (acts && coded()).then_some(read.name)
    })
}

/// "tại Quyết định số A ngày …, Thủ tướng Chính phủ đã phê duyệt …": who acts by the paper at `span`, where its code is that of `number`.
pub(super) fn issuer_behind(bodies: &BodyReader, words: &IssuingWords, line: &str, span: Span, number: &DocNumber) -> Option<String> {
    let led = [" tại", "Tại", " bằng", "Bằng"].iter().any(|lead| line[..span.start].trim_end().ends_with(lead));
    let behind = line[span.end..].strip_prefix(", ").filter(|_| led)?;
    let read = bodies.read(behind)?;
    let did = behind[read.len..].trim_start();
    let acts = ["đã ", "quyết định ", "phê duyệt ", "giao ", "ban hành "].iter().any(|verb| did.starts_with(verb));
    let coded = || read.known.as_ref().is_some_and(|known| words.bears(known, number)) || bears_initials(&read.name, number);
    (acts && coded()).then_some(read.name)
}

/// True when a code of the symbol is made of the first letters of a department's name, as offices make it: "STC" of "Sở Tài chính", "SKHCN" of
/// "Sở Khoa học và Công nghệ".
fn bears_initials(name: &str, number: &DocNumber) -> bool {
    const SHORTEST: usize = 3;
    let words = name.split([' ', ',']).filter(|word| !word.is_empty() && *word != "và");
    let initials: String = words.filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect();
    let code = |code: &String| code.chars().count() >= SHORTEST && initials.starts_with(code.as_str());
    name.starts_with("Sở ") && number.issuers.iter().any(code)
}

/// "sau khi có ý kiến của Bộ Y tế (Công văn số 15/BYT-KH …": the body whose name ends right before the bracket, where the symbol bears
/// its code.
fn named_last(bodies: &BodyReader, words: &IssuingWords, told: &str, number: &DocNumber) -> Option<String> {
    const LONGEST: usize = 160;
    let told = clip_end(told, LONGEST);
    let starts = told.char_indices().filter(|(at, c)| c.is_uppercase() && (*at == 0 || told[..*at].ends_with(' ')));
    let mut read = starts.filter_map(|(at, _)| bodies.read(&told[at..]).filter(|read| at + read.len == told.len()));
    // "4773/TC-CSTC": the code of the ministry of finance is that of a kind, too.
    let by_letters = |name: &str| number.kind.iter().chain(number.issuers.first()).any(|code| has_initials(name, code));
    read.find(|read| read.known.as_ref().is_some_and(|known| words.bears(known, number)) || by_letters(&read.name)).map(|read| read.name)
}

/// True when what stands before a body lets it be a subject: the beginning, a mark, a day, "khi", "được".
fn opens_clause(before: &str) -> bool {
    // The code within "30/2021/QĐ-UBND" is no body.
    if !(before.is_empty() || before.ends_with([' ', '('])) {
        return false;
    }
    let before = before.trim_end();
    let last = before.rsplit(' ').next().unwrap_or_default();
    before.ends_with([',', ';', ':', '(', '-', '–', '.', ')']) && !before.ends_with(" và,")
        || last.is_empty()
        || last.ends_with(|c: char| c.is_ascii_digit())
        || matches!(last, "khi" | "được" | "bị" | "do" | "mà" | "như" | "song" | "nhưng" | "còn" | "dù" | "tuy")
}

/// True for words that go on with what the body before them did.
fn is_predicate(rest: &str) -> bool {
    let Some(next) = rest.strip_prefix(' ') else { return false };
    let word = next.split(' ').next().unwrap_or_default();
    word.starts_with(char::is_lowercase) && !matches!(word, "của" | "và" | "hoặc" | "về" | "thuộc")
}

fn act<'t>(words: &IssuingWords, before: &'t str) -> Option<Act<'t>> {
    let before = before.strip_suffix(" các").map_or(before, str::trim_end);
    let touching = |word: &str| before.strip_suffix(word).map(|head| Act { head: head.trim_end(), touching: true });
    // "Huyện ủy Lam Thượng: Kế hoạch số …", "như Huyện ủy Lam Thượng với Chỉ thị số …".
    if let Some(act) = touching(":").or_else(|| touching(" với")) {
        return Some(act);
    }
    let free = |head: &'t str| Act { head: head.trim_end(), touching: false };
    // "… thống nhất chủ trương tại Thông báo số …", "…, đồng thời tại Kết luận số …", "… đã thẩm định dự thảo tại Báo cáo số …".
    if let Some(head) = before.strip_suffix(" tại").map(str::trim_end) {
        return Some(free(strip_verb(&words.says, head).or_else(|| head.strip_suffix("đồng thời")).unwrap_or(head)));
    }
    // "… đã ban hành nhiều văn bản chỉ đạo, gần đây nhất là Công văn số …".
    if let Some(head) = words.notably.iter().find_map(|word| before.strip_suffix(word.as_str())) {
        return Some(free(head));
    }
    let issuing =
        strip_verb(&words.issues, before).or_else(|| strip_verb(&words.drafts, before)).or_else(|| strip_verb(&words.means, before));
    let mut head = issuing?.trim_end();
    while let Some(rest) = strip_verb(&words.adverbs, head) {
        head = rest.trim_end();
    }
    Some(free(head))
}

/// The day with which the clause before byte `start` opens, where it ends with words of issuing: "Ngày 30/9/2022, Ban Thường vụ ban
/// hành", "song đến ngày 05/3/2024 Huyện ủy mới có". "Đến ngày …" alone tells what was by then.
pub(super) fn issued_on(words: &IssuingWords, line: &str, start: usize) -> Option<Date> {
    let clause = sentence::clause_before(line, start).of(line).trim();
    let clause = clause.strip_suffix(" các").unwrap_or(clause);
    let before = strip_verb(&words.issues, clause)?.trim_end();
    let late = before.ends_with(" mới");
    let mut days = clause.match_indices("gày ").filter(|(at, _)| clause[..*at].ends_with(['n', 'N']));
    days.find_map(|(at, day)| {
        let (head, told) = (clause[..at - 1].trim_end(), &clause[at + day.len()..]);
        let read = dates::day(told)?;
        let opens = head.is_empty() || head.ends_with([':', '-']) || is_label(head) || head.ends_with("đến") && late;
        // "ngày 05/3/2020 của Ủy ban nhân dân …" is the day of the paper before it.
        (opens && !told[read.len..].trim_start().starts_with("của ")).then_some(read.date).flatten()
    })
}

/// True for "1.", "a)" alone.
fn is_label(head: &str) -> bool {
    head.len() <= 5 && head.ends_with(['.', ')']) && !head.contains(' ')
}
