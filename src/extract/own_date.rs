//! The day that a document bears: letterhead, headline, adoption clause, stamp.
//!
//! Not here: days of cited papers (see `mentions`), how the words of a day are read (see `dates`).

use super::dates;
use crate::model::{Date, DateBasis, NormText, Structure};
use crate::structure::words;
use crate::tables::fold;

/// Characters of a line of the letterhead into which its columns were merged.
const LONGEST_HEAD: usize = 200;

/// The day of a paper, with what it rests on.
pub(super) fn find(norm: &NormText, structure: &Structure) -> Option<(Date, DateBasis)> {
    let head = structure.letterhead.iter().map(|span| span.of(&norm.text));
    for line in head.filter(|line| words::is_place_line(line)) {
        if let Some(date) = line_date(line) {
            return Some((date, DateBasis::Letterhead));
        }
    }
    // "Số: 31/2001/TT-BTC Độc lập - Tự do - Hạnh phúc Hà Nội, ngày 18 tháng 5 năm 2001": columns merged into one line.
    let merged = |line: &&str| line.contains("Độc lập") && line.chars().count() < LONGEST_HEAD;
    if let Some(date) = structure.letterhead.iter().map(|span| span.of(&norm.text)).filter(merged).find_map(line_date) {
        return Some((date, DateBasis::Letterhead));
    }
    // "CỦA CHÍNH PHỦ SỐ 29/1998/NĐ-CP NGÀY 11 THÁNG 5 NĂM 1998", "ngày 10/10/2003 về …" under the type word.
    let below = structure.letterhead.iter().map(|span| span.of(&norm.text).trim());
    let dated = |line: &&str| {
        let small = line.to_lowercase();
        small.starts_with("ngày ") || small.starts_with("của ") && small.contains(" ngày ")
    };
    // The subject may go on behind the day, in one line.
    let before_subject = || {
        let subject = structure.title.first()?;
        let line = structure.blocks.iter().find(|block| block.span.contains(*subject))?;
        Some(norm.text[line.span.start..subject.start].trim()).filter(dated).and_then(line_date)
    };
    if let Some(date) = below.filter(dated).find_map(line_date).or_else(before_subject) {
        return Some((date, DateBasis::Headline));
    }
    if let Some(date) = adoption(norm, structure) {
        return Some((date, DateBasis::Adoption));
    }
    // The gazette signs what it prints on its own day: such a stamp is not the paper's.
    let publisher = |line: &str| ["công báo", "cổng thông tin điện tử"].iter().any(|name| line.contains(name));
    if norm.lifted.iter().any(|line| line.stamp && publisher(&fold::lower(&line.text))) {
        return None;
    }
    norm.lifted.iter().filter(|line| line.stamp).find_map(|line| crate::text::stamp_time(&line.text)).map(|date| (date, DateBasis::Stamp))
}

/// The day of a place and date line.
fn line_date(line: &str) -> Option<Date> {
    let lower = line.to_lowercase();
    let at = lower.find("ngày").map(|i| i + "ngày".len()).or_else(|| lower.find("ngay").map(|i| i + "ngay".len()))?;
    // In capitals the words of a date are read from the small letters.
    let day = |text: &str| text.get(at..).and_then(|rest| dates::day(rest.trim_start()));
    day(line).or_else(|| day(&lower)).and_then(|read| read.date)
}

/// "… thông qua ngày 26 tháng 6 năm 2025" near the end: laws and resolutions of assemblies.
fn adoption(norm: &NormText, structure: &Structure) -> Option<Date> {
    let last = structure.blocks.iter().rev().filter(|b| b.annex == 0).take(40);
    for block in last {
        let line = block.span.of(&norm.text);
        for lead in ["thông qua ngày ", "thông qua vào ngày ", "thông qua, ngày "] {
            if let Some(i) = line.find(lead)
                && let Some(date) = dates::day(&line[i + lead.len()..]).and_then(|read| read.date)
            {
                return Some(date);
            }
        }
    }
    None
}
