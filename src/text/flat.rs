//! Papers all of whose lines were written into one, as exports to data tables leave them.
//!
//! Duty: where such a line is cut, so that letterhead, basis, articles and items begin lines again. Only what opens a part of a paper (NĐ
//! 30/2020, Phụ lục I) parts it; sentences within a paragraph stay together. Not here: lines that were wrapped (see `layout`).

use regex::Regex;
use std::sync::LazyLock;

/// Characters of a line that holds a whole paper, at least.
const LONG: usize = 600;
/// A letterhead ends within this many bytes.
const HEAD: usize = 900;

/// What opens a part wherever it stands.
static OPENS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r" (?:Căn cứ |Kính gửi\s?:|Nơi nhận\s?:|(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|CHỈ THỊ)\s?:|Chương [IVX]+[ .]|Phụ lục [IVX\d]+[ .]|(?:TM\.|T/M|KT\.|TL\.) ?\p{Lu}{2})")
        .expect("the pattern is fixed")
});
/// What opens a part behind a stop: labels, bullets, further lines of a basis.
static LABELS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"[.;:/"”] (?:Điều \d{1,3}[.:] |[IVX]{1,4}[.] ?\p{Lu}|\d{1,2}[.)] ?\p{Lu}|[a-zđ]\) ?\p{L}|[-+–] ?\p{Lu}|Theo đề nghị |Xét đề nghị |Xét Tờ trình )"#)
        .expect("the pattern is fixed")
});
/// The first item below a heading in capitals: "II. NHIỆM VỤ 1. Sở Y tế a) Chủ trì …".
static BELOW: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\p{Lu}{2}( )\d{1,2}[.] ?\p{Lu}|\p{Ll}( )a\) ?\p{Lu}").expect("the pattern is fixed"));
/// What opens a line of a letterhead.
static HEADS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r" (?:CỘNG H[OÒ][AÀ] XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập|Số:? ?\d+ ?[-/])").expect("the pattern is fixed")
});
/// The type word in capitals behind the day, or with the subject behind it.
static TYPE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:năm \d{4} (\p{Lu}{2}))|(?:\p{Lu}{2}( )\p{Lu}\p{Ll})").expect("the pattern is fixed"));

/// Where lines begin anew, in bytes of `text`, in order; empty for every text whose lines are there.
pub(super) fn cuts(text: &str) -> Vec<usize> {
    let Some(line) = text.lines().max_by_key(|line| line.len()).filter(|line| line.len() * 10 > text.len() * 7) else { return Vec::new() };
    if line.chars().count() < LONG {
        return Vec::new();
    }
    let from = line.as_ptr() as usize - text.as_ptr() as usize;
    let mut out: Vec<usize> = OPENS.find_iter(line).map(|hit| hit.start()).collect();
    out.extend(LABELS.find_iter(line).map(|hit| hit.start() + hit.as_str().find(' ').unwrap_or(0)));
    out.extend(BELOW.captures_iter(line).filter_map(|hit| hit.get(1).or(hit.get(2)).map(|blank| blank.start())));
    // A paper has parts: one whose line has none is a long paragraph.
    if out.len() < 2 {
        return Vec::new();
    }
    let first = out.iter().copied().min().unwrap_or(0);
    let head = line.floor_char_boundary(HEAD.min(first));
    out.extend(HEADS.find_iter(&line[..head]).map(|hit| hit.start()));
    out.extend(
        TYPE.captures_iter(&line[..head])
            .filter_map(|hit| hit.get(1).or(hit.get(2)).map(|m| m.start() - usize::from(hit.get(1).is_some()))),
    );
    // The lines of a basis, and who decides behind it: "…; Bộ trưởng Bộ Y tế ban hành Thông tư".
    let articles = LABELS.find_iter(line).find(|hit| hit.as_str().contains("Điều 1")).map_or(first, |hit| hit.start());
    out.extend(
        line[first..articles.max(first)]
            .match_indices("; ")
            .map(|(at, _)| first + at + 1)
            .filter(|at| line[at + 1..].starts_with(char::is_uppercase)),
    );
    // The sentence behind the addressee of a letter.
    if let Some(at) = line.find("Kính gửi").and_then(|at| line[at..].find(". ").map(|stop| at + stop + 1)) {
        out.push(at);
    }
    out.sort_unstable();
    out.dedup();
    out.into_iter().map(|at| from + at).collect()
}
