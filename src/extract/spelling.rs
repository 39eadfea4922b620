//! Capitals put back: "PHÓ BÍ THƯ THƯỜNG TRỰC" to "Phó Bí thư Thường trực", as the tables spell it.

use crate::tables::fold;
use aho_corasick::{AhoCorasick, MatchKind};

/// Words as they are usually written, found by their folded forms; made once from the tables.
#[derive(Clone, Debug)]
pub(super) struct Spelling {
    finder: AhoCorasick,
    written: Vec<String>,
}

impl Spelling {
    /// Compiles `written`; the longest word wins where several begin at one place.
    pub(super) fn new<'w>(written: impl Iterator<Item = &'w str>) -> Self {
        // A replacement must be as long as what it replaces, so that offsets hold.
        let written: Vec<String> = written.filter(|word| fold::lower(word).len() == word.len()).map(str::to_owned).collect();
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(written.iter().map(|word| fold::lower(word)))
            .expect("names are few and short");
        Spelling { finder, written }
    }

    /// `folded` (see [`fold::lower`]) with every known word as it is written.
    pub(super) fn spell(&self, folded: &str) -> String {
        let mut out = folded.to_owned();
        let mut at = 0;
        while let Some(found) = self.finder.find(aho_corasick::Input::new(folded).range(at..)) {
            let whole =
                !folded[..found.start()].ends_with(char::is_alphanumeric) && !folded[found.end()..].starts_with(char::is_alphanumeric);
            if whole {
                out.replace_range(found.range(), &self.written[found.pattern().as_usize()]);
            }
            // A word may begin inside what was no whole word.
            at = if whole { found.end() } else { found.start() + folded[found.start()..].chars().next().map_or(1, char::len_utf8) };
        }
        out
    }
}

/// `name` with a capital at its beginning; of an office each field has one: "Sở Văn hóa, Thể thao và Du lịch".
pub(super) fn begin_fields(name: &str) -> String {
    const MARKS: [&str; 4] = ["sở ", ", ", " và ", " - "];
    let begins = |at: usize| at == 0 || name.starts_with(MARKS[0]) && MARKS.iter().any(|mark| name[..at].ends_with(mark));
    let mut out = String::with_capacity(name.len());
    for (at, c) in name.char_indices() {
        if begins(at) { out.extend(c.to_uppercase()) } else { out.push(c) }
    }
    out
}

/// `name` with capitals in the name of a place that no table has: "Ủy ban nhân dân xã long hồ" to "Ủy ban nhân dân xã Long Hồ". `units`: words
/// before such a name, each with a space behind it.
pub(super) fn begin_place(name: &str, units: &[&str]) -> String {
    const WORDS_OF_PLACE: usize = 4;
    // "Bộ Lao động - Thương binh và Xã hội" has no commune.
    let behind = |at: usize| {
        let unit = units.iter().filter(|unit| name[at..].starts_with(**unit)).map(|unit| unit.len()).max()?;
        (!name[at..].starts_with("xã hội")).then_some(at + unit)
    };
    let place = name.match_indices(' ').filter_map(|(at, _)| behind(at + 1)).next_back().unwrap_or(name.len());
    let words: Vec<&str> = name[place..].split(' ').collect();
    if words.len() > WORDS_OF_PLACE || words.iter().any(|word| !word.chars().all(char::is_lowercase)) {
        return name.to_owned();
    }
    let upper = |word: &&str| {
        let mut chars = word.chars();
        chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
    };
    format!("{}{}", &name[..place], words.iter().map(upper).collect::<Vec<_>>().join(" "))
}

/// "Nghị Quyết" of "Nghị quyết".
pub(super) fn each_upper(name: &str) -> String {
    let upper =
        |word: &str| word.chars().next().map_or_else(String::new, |first| first.to_uppercase().chain(word.chars().skip(1)).collect());
    name.split(' ').map(upper).collect::<Vec<String>>().join(" ")
}

/// `quy chế` for `Quy chế`.
pub(super) fn lower_first(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |c| c.to_lowercase().chain(chars).collect())
}

/// The other placement of tone marks (`Giấy uỷ quyền`).
pub(super) fn old_style(word: &str) -> String {
    word.replace("ủy", "uỷ").replace("hóa", "hoá")
}
