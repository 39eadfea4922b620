//! Names of bodies whose letters a converter parted or recognition misread.
//!
//! Letters are compared without marks and blanks with the names that the tables have. Not here: letters parted in running text
//! (see `text`).

use crate::tables::{Tables, fold};

/// The body that a line names, where its letters are parted ("B Ộ LAO ĐỘNG - THƯƠNG BINH V À X Ã HỘI") or its marks lost ("BẢO HIẾM XA HỘI
/// VIETNAM", "BẢO HIẾM XÃ HỘI TP HÀ NOI") and the tables tell which it is. Written as the tables write it.
pub(super) fn body(tables: &Tables, named: &str) -> Option<String> {
    const UNITS: [(&str, &str); 3] = [("tỉnh", "tỉnh"), ("thành phố", "thành phố"), ("TP", "thành phố")];
    let wanted: Vec<char> = bare_letters(named).collect();
    let mut bodies = tables.issuers.rows().iter().map(|body| body.name.as_str());
    // Letter by letter: nearly every name differs in its first.
    let known = bodies.find(|name| bare_letters(name).eq(wanted.iter().copied())).map(str::to_owned);
    known.or_else(|| {
        let local = tables.forms("local_body").iter().find_map(|body| Some((body, behind(&wanted, body)?)))?;
        let unit = UNITS.iter().find_map(|(written, unit)| Some((unit, behind(local.1, written)?)))?;
        let mut provinces = tables.provinces.rows().iter().map(|province| province.name.as_str());
        let province = provinces.find(|name| bare_letters(name).eq(unit.1.iter().copied()))?;
        Some(format!("{} {} {province}", local.0, unit.0))
    })
}

/// The line up to the name of the state, where recognition left marks out: "BO TÀI CHÍNH CONG HOA XÃ HỘI CHỦ NGHĨA VIỆT NAM".
pub(super) fn before_state(line: &str) -> &str {
    const STATE: &str = "cong hoa xa hoi";
    let begins = |at: &usize| line[*at..].chars().map(fold::bare_char).take(STATE.len()).eq(STATE.chars());
    let words = line.match_indices([' ', '|']).map(|(at, _)| at + 1);
    words.filter(|at| line[*at..].starts_with(['C', 'Ç'])).find(begins).map_or(line, |at| &line[..at])
}

/// The letters and figures of a name, without marks, in small letters.
fn bare_letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| c.is_alphanumeric()).map(fold::bare_char)
}

/// What follows the letters of `head`, where `letters` begin with them.
fn behind<'l>(letters: &'l [char], head: &str) -> Option<&'l [char]> {
    let length = bare_letters(head).count();
    let begins = letters.len() >= length && bare_letters(head).eq(letters[..length].iter().copied());
    begins.then(|| &letters[length..])
}
