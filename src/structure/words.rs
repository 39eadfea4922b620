//! What single lines of letterhead, signature and recipients look like.

use crate::tables::{Tables, fold};

/// True for a line in capitals that names a body.
pub(super) fn issuer_line(tables: &Tables, words: &str) -> bool {
    if words.chars().any(char::is_lowercase) {
        return false;
    }
    if tables.issuers.by_name(words).is_some() {
        return true;
    }
    // "BAN HÀNH KÈM THEO …" is a verb.
    let names = !words.starts_with("BAN HÀNH");
    names && words.chars().count() < 90 && begins_body(tables, words)
}

/// True when `words` begin as the names of bodies do, in any letter case.
pub(crate) fn begins_body(tables: &Tables, words: &str) -> bool {
    let folded = fold::lower(words);
    tables.forms("body_head").iter().any(|head| starts_with_word(&folded, head))
}

/// `Số: 36/2025/NQ-HĐND`, `Số 09-NQ/TU`, `Số12*-CT/TU`
pub(crate) fn is_number_line(words: &str) -> bool {
    let rest = ["Số", "SỐ", "Sô", "So", "sô", "số", "S6"].iter().find_map(|head| words.strip_prefix(head));
    rest.is_some_and(|rest| {
        let rest = rest.trim_start_matches([' ', ':', '.']);
        let figures = rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'l' | 'I' | 'O'))
            || rest.starts_with('/')
            || rest.starts_with('-')
            || rest.starts_with('…');
        figures && rest.contains(['/', '-']) && words.chars().count() < 80
    })
}

/// Where the words behind a day begin that opens a line: "NGÀY 25 THÁNG 6 NĂM 2004 VỀ VIỆC …", "ngày 10/10/2003 về …".
pub(super) fn behind_day(words: &str) -> Option<usize> {
    let small = words.to_lowercase();
    if small.len() != words.len() {
        return None;
    }
    let rest = small.strip_prefix("ngày ")?;
    let figures = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut at = words.len() - rest.len();
    let mut parts = 0;
    for word in rest.split_inclusive(' ') {
        // "năm1998": the blank was lost.
        let bare = word.trim();
        let bare = ["tháng", "năm"].iter().find_map(|unit| bare.strip_prefix(unit).filter(|rest| !rest.is_empty())).unwrap_or(bare);
        let day = matches!(bare, "tháng" | "năm")
            || figures(bare) > 0 && bare.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'/' | b'-' | b'.'));
        if !day {
            break;
        }
        parts += bare.split(['/', '-', '.']).filter(|part| figures(part) > 0).count();
        at += word.len();
    }
    (parts == 3).then_some(at)
}

/// `Đắk Lắk, ngày 26 tháng 11 năm 2025`; `* Đắk Lắk, ngày …`, where the star of the other column was merged with it.
pub(crate) fn is_place_line(words: &str) -> bool {
    if words.len() > 330 {
        return false;
    }
    // A star that opens a line was read as a bullet; what a bullet lists names a paper before its day.
    let bare = words.trim_start_matches(['*', '-', ' ']);
    let listed = || bare.find("ngày").is_some_and(|at| bare[..at].contains(|c: char| c.is_ascii_digit()) || bare[..at].len() > 40);
    if bare.len() < words.len() && listed() {
        return false;
    }
    let words = bare;
    let folded = words.to_lowercase();
    let Some(at) = folded.find("ngày").or_else(|| folded.find("ngay ")) else { return false };
    at < 60
        && words.chars().count() < 110
        && folded[at..].contains("tháng") | folded[at..].contains("thang")
        && folded.contains("năm") | folded.contains("nam")
        && (at == 0 || folded[..at].trim_end().ends_with([',', '.', ';']) || at < 40)
        && (words.starts_with(|c: char| c.is_uppercase() || c == 'n' || c == '(') || words.starts_with("số: "))
}

/// True for the Party's name, the state's name, the motto.
pub(crate) fn is_motto(tables: &Tables, words: &str) -> bool {
    // The state's name and motto are short; a paragraph need not be folded to tell.
    let folded = fold::lower(&words[..words.floor_char_boundary(160)]);
    tables.forms("motto").iter().any(|motto| folded.starts_with(motto.as_str()))
        || folded.replace('-', " ").split_whitespace().collect::<Vec<_>>().join(" ").starts_with("độc lập tự do")
}

/// True for any line that only a letterhead has.
pub(super) fn is_head_line(tables: &Tables, words: &str) -> bool {
    words == "*"
        || is_motto(tables, words)
        || is_number_line(words)
        || is_place_line(words)
        || issuer_line(tables, words)
        || words.starts_with("V/v")
}

/// `T/M BAN THƯỜNG VỤ`, `KT. CHỦ TỊCH`
pub(crate) fn is_authority(tables: &Tables, words: &str) -> bool {
    words.len() < 240
        && words.chars().count() < 80
        && mostly_caps(words)
        && tables.forms("authority").iter().any(|head| {
            let rest = words.strip_prefix(head.as_str());
            rest.is_some_and(|rest| {
                rest.starts_with(['.', '/', ' ']) && rest.trim_start_matches(['.', '/', ' ']).starts_with(char::is_uppercase)
            })
        })
}

/// `BÍ THƯ`, `PHÓ BÍ THƯ THƯỜNG TRỰC`, `Phó Chủ tịch`
pub(crate) fn is_position(tables: &Tables, words: &str) -> bool {
    if words.len() > 180 || !words.starts_with(char::is_uppercase) || words.ends_with([';', ',', '.']) {
        return false;
    }
    let folded = fold::lower(words);
    words.chars().count() < 60 && tables.folded_forms("position").iter().any(|position| starts_with_word(&folded, position))
        || misread_position(tables, words).is_some()
}

/// The position that a whole line in capitals names, where recognition lost its marks: "CHU TỊCH", "PHÓ TỎNG CỤC TRƯỞNG".
pub(crate) fn misread_position<'t>(tables: &'t Tables, words: &str) -> Option<&'t str> {
    const LONGEST: usize = 80;
    let letters = |words: &str| words.chars().filter(|c| c.is_alphabetic()).map(fold::bare_char).collect::<Vec<char>>();
    let other = |c: char| !(c.is_uppercase() || c == ' ');
    if words.len() > LONGEST || words.contains(other) {
        return None;
    }
    let wanted = letters(words);
    tables.forms("position").iter().find(|position| letters(position) == wanted).map(String::as_str)
}

/// A position alone in its line whose first letter is small: "phó Thống đốc", as fonts without capitals leave it.
pub(crate) fn is_small_position(tables: &Tables, words: &str) -> bool {
    const LONGEST: usize = 60;
    words.len() < LONGEST && words.starts_with(char::is_lowercase) && {
        let folded = fold::lower(words);
        tables.folded_forms("position").contains(&folded)
    }
}

/// True for a name that begins with a surname: "Phạm Văn Trọng".
pub(crate) fn has_surname(tables: &Tables, words: &str) -> bool {
    let first = strip_rank(tables, words).split(' ').next().unwrap_or_default();
    tables.folded_forms("surname").contains(&fold::lower(first))
}

/// True when `words` end with what goes before the name of somebody who is spoken of: "đồng chí".
pub(super) fn is_address(tables: &Tables, words: &str) -> bool {
    let folded = fold::lower(words);
    let whole = |rest: &str| !rest.ends_with(char::is_alphanumeric);
    tables.folded_forms("address").iter().any(|word| folded.strip_suffix(word.as_str()).is_some_and(whole))
}

fn mostly_caps(words: &str) -> bool {
    let upper = words.chars().filter(|c| c.is_uppercase()).count();
    let lower = words.chars().filter(|c| c.is_lowercase()).count();
    upper >= lower || words.starts_with("T/M") || words.starts_with("TM.") || words.starts_with("KT.") || words.starts_with("K/T")
}

/// Two to five words, each with a capital first letter: a person's name. Titles and ranks before it are allowed.
pub(crate) fn is_person(tables: &Tables, words: &str) -> bool {
    if words.len() > 240 {
        return false;
    }
    let words = strip_rank(tables, words);
    let parts: Vec<&str> = words.split_whitespace().collect();
    // "Số TT": a name is in capitals, or each word of it begins with one.
    let shouted = |part: &&str| part.chars().count() > 1 && !part.chars().any(char::is_lowercase);
    let shouts = parts.iter().filter(|part| shouted(part)).count();
    let initials = parts.iter().filter(|part| part.chars().count() == 1).count();
    (2..=5).contains(&parts.len())
        && (shouts == 0 || shouts + initials == parts.len())
        && parts.iter().all(|part| {
            let mut chars = part.chars();
            chars.next().is_some_and(char::is_uppercase) && part.chars().count() <= 7 && part.chars().all(char::is_alphabetic)
        })
        && !(words.chars().all(|c| !c.is_lowercase())
            && (is_position(tables, words) || is_motto(tables, words) || issuer_line(tables, words) && !has_surname(tables, words)))
}

/// "KT. THỦ TƯỚNG PHÓ THỦ TƯỚNG Nguyễn Văn Bình": the words in capitals, and the name behind them.
pub(crate) fn split_person<'l>(tables: &Tables, line: &'l str) -> (&'l str, Option<&'l str>) {
    let caps = |head: &str| head.chars().any(char::is_uppercase) && !head.chars().any(char::is_lowercase);
    let begins = |at: &usize| {
        let (head, tail) = (&line[..*at], &line[*at..]);
        let signs = is_authority(tables, head.trim_end()) || is_position(tables, head.trim_end());
        caps(head) && signs && tail.contains(char::is_lowercase) && is_person(tables, tail) && has_surname(tables, tail)
    };
    match line.match_indices(' ').map(|(at, _)| at + 1).find(begins) {
        Some(at) => (line[..at].trim_end(), Some(&line[at..])),
        None => (line, None),
    }
}

/// "Đại tướng Phan Văn Giang", "PGS.TS. Nguyễn Văn A", "(Đã ký)" lose what stands before the name.
pub(crate) fn strip_rank<'w>(tables: &Tables, words: &'w str) -> &'w str {
    let mut rest = words.trim();
    while let Some(cut) = tables.forms("rank").iter().find_map(|rank| rest.strip_prefix(rank.as_str())) {
        rest = cut.trim_start();
    }
    rest
}

/// True when `words` begin with `head` as whole words.
fn starts_with_word(words: &str, head: &str) -> bool {
    words.strip_prefix(head).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}
