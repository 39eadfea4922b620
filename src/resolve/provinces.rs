//! Which body of a register is meant: the province as a unit of its time, and the body below it.
//!
//! Duty: from the words around a number (or from the citing paper) to a [`Scope`]. Rules: domain 3.3, in the order told
//! there: told words first, then the issuer's own province, else unknown. Not here: terms and dates.

use super::keys::{ANY, Keys, NONE, Reach, Symbol, Word, body_named};
use crate::model::{Date, Level};
use crate::tables::{Province, fold};
use std::collections::HashMap;

/// Words before the name of a unit below the province, longest first; what follows the last of them is its name.
const UNIT_WORDS: [&str; 12] =
    ["thành phố", "đặc khu", "thị trấn", "huyện ủy", "đảng ủy", "quận ủy", "thị xã", "thị ủy", "phường", "huyện", "quận", "xã"];

/// Which body of a register: [`NONE`] where the register needs no more, [`ANY`] where it does and nothing tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Scope {
    /// Place: all units of one name, and units that only changed name or rank.
    pub(super) place: Word,
    /// Slug of the body below the province.
    pub(super) body: Word,
}

impl Scope {
    /// One body in the country.
    pub(super) const CENTRAL: Scope = Scope { place: NONE, body: NONE };

    /// True when nothing is missing.
    pub(super) fn is_known(self) -> bool {
        self.place != ANY && self.body != ANY
    }

    /// True when `other`, which may be known better, can be what this pattern means.
    pub(super) fn admits(self, other: Scope) -> bool {
        (self.place == ANY || self.place == other.place) && (self.body == ANY || self.body == other.body)
    }
}

/// How a scope was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Basis {
    /// The words say it, or the register needs no words.
    Told,
    /// The citing paper's own province or body.
    Own,
    /// Nothing says it.
    Unknown,
}

/// The words that may tell a scope.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Told<'a> {
    /// Province named near the number, or of the paper.
    pub(super) province: Option<&'a str>,
    /// Issuer as written.
    pub(super) issuer: Option<&'a str>,
    /// Level of the issuer, where the paper itself tells it.
    pub(super) level: Option<Level>,
}

/// What a paper knows of its own place.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Home {
    /// Place of a paper below the centre, else [`NONE`].
    pub(super) place: Word,
    /// Body below the province.
    pub(super) body: Word,
    /// True for a body of the province itself.
    pub(super) provincial: bool,
    /// Register of its own number.
    pub(super) register: Word,
}

/// What an issuer's words tell, kept so that each wording is read once.
#[derive(Clone, Copy, Debug)]
struct IssuerWords {
    place: Word,
    body: Word,
    provincial: bool,
}

/// One unit of a place: index of its row, and of the first row of the same committee.
#[derive(Clone, Copy, Debug)]
struct Unit {
    row: usize,
    root: usize,
}

/// Provinces and bodies, interned.
#[derive(Debug)]
pub(super) struct Places {
    /// For each row, the first row of the same committee, and the row that stands for its place.
    roots: Vec<usize>,
    groups: Vec<usize>,
    by_name: HashMap<Box<str>, Word>,
    units: HashMap<Word, Vec<Unit>>,
    /// Names that stand in no table.
    unlisted: HashMap<Word, Box<str>>,
    issuers: HashMap<Box<str>, IssuerWords>,
}

impl Places {
    pub(super) fn new(keys: &Keys<'_>) -> Places {
        let rows = keys.tables.provinces.rows();
        let forebears = forebears(rows);
        let root = |mut at: usize| {
            // A chain cannot be longer than the table; a circle in an overlay ends here.
            for _ in 0..rows.len() {
                match forebears[at] {
                    Some(before) => at = before,
                    None => break,
                }
            }
            at
        };
        let roots: Vec<usize> = (0..rows.len()).map(root).collect();
        let mut first: HashMap<&str, usize> = HashMap::new();
        let groups = rows.iter().enumerate().map(|(i, row)| roots[*first.entry(&row.name).or_insert(i)]).collect();
        Places { roots, groups, by_name: HashMap::new(), units: HashMap::new(), unlisted: HashMap::new(), issuers: HashMap::new() }
    }

    /// Places that do not know which names belong together: enough for one paper, and quick to make.
    pub(super) fn of_one_paper() -> Places {
        Places {
            roots: Vec::new(),
            groups: Vec::new(),
            by_name: HashMap::new(),
            units: HashMap::new(),
            unlisted: HashMap::new(),
            issuers: HashMap::new(),
        }
    }

    /// The place of a province name: one for all units of that name, and for a unit and the one that it alone became
    /// (Thừa Thiên Huế and Huế). A name in no table is a place of its own.
    pub(super) fn place(&mut self, keys: &mut Keys<'_>, name: &str) -> Word {
        if let Some(word) = self.by_name.get(name) {
            return *word;
        }
        let rows = keys.tables.provinces.rows();
        let first = if self.groups.is_empty() { None } else { keys.tables.provinces.named(name).next() };
        let group = first.and_then(|unit| rows.iter().position(|row| row.id == unit.id));
        let word = match group.map(|row| self.groups[row]) {
            Some(group) => {
                let word = keys.words.add(&fold::slug(&rows[group].name));
                let unit = |row| Unit { row, root: self.roots[row] };
                self.units.entry(word).or_insert_with(|| (0..rows.len()).filter(|row| self.groups[*row] == group).map(unit).collect());
                word
            }
            None => {
                let word = keys.words.add(&fold::slug(name));
                self.unlisted.entry(word).or_insert_with(|| name.into());
                word
            }
        };
        self.by_name.insert(name.into(), word);
        word
    }

    fn unit(&self, keys: &Keys<'_>, place: Word, day: Option<Date>) -> Option<Unit> {
        let (day, units) = (day?, self.units.get(&place)?);
        let rows = keys.tables.provinces.rows();
        units.iter().find(|unit| rows[unit.row].valid_on(day)).copied()
    }

    /// Which committee a place had on `day`: a number that equal committees share; 0 without a day or a row.
    pub(super) fn instance(&self, keys: &Keys<'_>, place: Word, day: Option<Date>) -> u32 {
        self.unit(keys, place, day).map_or(0, |unit| unit.root as u32 + 1)
    }

    /// Ids of the rows that are the committee of `place` on `day`, for its own rows in the table of terms.
    pub(super) fn unit_id<'t>(&self, keys: &Keys<'t>, place: Word, day: Date) -> Option<&'t str> {
        self.unit(keys, place, Some(day)).map(|unit| keys.tables.provinces.rows()[unit.root].id.as_str())
    }

    /// Display name of a place on a day; without a day, of its newest unit.
    pub(super) fn name(&self, keys: &Keys<'_>, place: Word, day: Option<Date>) -> Option<String> {
        let rows = keys.tables.provinces.rows();
        let newest = || self.units.get(&place)?.iter().max_by_key(|unit| rows[unit.row].valid_from).copied();
        match self.unit(keys, place, day).or_else(newest) {
            Some(unit) => Some(rows[unit.row].name.clone()),
            None => self.unlisted.get(&place).map(|name| name.to_string()),
        }
    }

    /// The scope of a number, and how it was found. `home` is the citing paper's own place; none for the paper's own number.
    pub(super) fn scope(&mut self, keys: &mut Keys<'_>, symbol: Symbol, told: Told<'_>, home: Option<&Home>) -> (Scope, Basis) {
        let reach = keys.reach(symbol);
        if reach == Reach::Central {
            return (Scope::CENTRAL, Basis::Told);
        }
        let words = told.issuer.map(|issuer| self.issuer(keys, issuer));
        let place = match told.province {
            Some(name) => Some(self.place(keys, name)),
            None => words.map(|words| words.place).filter(|place| *place != NONE),
        };
        let body = words.map(|words| words.body).filter(|body| *body != NONE && told.level != Some(Level::Province));
        let here = home.map(|home| home.place).filter(|place| *place != NONE);
        let own_body = home.filter(|home| home.register == symbol.register && home.body != NONE).map(|home| home.body);
        match reach {
            Reach::Central => (Scope::CENTRAL, Basis::Told),
            Reach::Province => match (place, here) {
                (Some(place), _) => (Scope { place, body: NONE }, Basis::Told),
                (None, Some(place)) => (Scope { place, body: NONE }, Basis::Own),
                (None, None) => (Scope { place: ANY, body: NONE }, Basis::Unknown),
            },
            Reach::Open | Reach::Bare => match place {
                Some(place) => (Scope { place, body: body.unwrap_or(NONE) }, Basis::Told),
                None => (Scope { place: ANY, body: body.unwrap_or(ANY) }, Basis::Unknown),
            },
            Reach::Body => match (body, own_body) {
                (Some(body), _) => (Scope { place: place.unwrap_or(NONE), body }, Basis::Told),
                (None, Some(body)) => (Scope { place: here.unwrap_or(NONE), body }, Basis::Own),
                (None, None) => (Scope { place: place.or(here).unwrap_or(ANY), body: ANY }, Basis::Unknown),
            },
            Reach::District | Reach::Local => {
                let provincial = reach == Reach::Local
                    && body.is_none()
                    && (told.level == Some(Level::Province) || words.is_some_and(|words| words.provincial) || told.province.is_some());
                let of_home = reach == Reach::Local && home.is_some_and(|home| home.provincial);
                let body = match (body, own_body) {
                    (Some(body), _) => body,
                    _ if provincial => NONE,
                    (None, _) if of_home => NONE,
                    (None, Some(body)) if place.is_none() => body,
                    // A paper's own number with a province and no lower body is the province's.
                    _ if home.is_none() && reach == Reach::Local && place.is_some() => NONE,
                    _ => ANY,
                };
                let scope = Scope { place: place.or(here).unwrap_or(ANY), body };
                let basis = match (place, scope.is_known()) {
                    (Some(_), true) => Basis::Told,
                    (_, true) => Basis::Own,
                    _ => Basis::Unknown,
                };
                (scope, basis)
            }
        }
    }

    /// What the words of an issuer tell: "Ban Thường vụ Tỉnh ủy Hậu Giang", "UBND huyện Kim Bôi, tỉnh Hòa Bình".
    fn issuer(&mut self, keys: &mut Keys<'_>, issuer: &str) -> IssuerWords {
        if let Some(words) = self.issuers.get(issuer) {
            return *words;
        }
        let folded = fold::lower(issuer);
        let row = keys.tables.issuers.by_name(issuer);
        let mut province = row.is_none().then(|| named_at_end(keys, issuer)).flatten();
        let provincial_row = body_named(keys.tables, issuer).and_then(|row| row.level) == Some(Level::Province);
        let mut lower = row.is_none().then(|| lower_body(&folded)).flatten();
        // A body named like a province: "UBND thành phố Hải Phòng" is the province itself, "UBND xã Hòa Bình" is not.
        if let (Some(name), Some((word, own))) = (&province, &lower)
            && fold::lower(name) == *own
        {
            let city = *word == "thành phố" && keys.tables.provinces.named(name).any(|unit| unit.city);
            if city { lower = None } else { province = None }
        }
        let place = province.as_ref().map_or(NONE, |name| self.place(keys, name));
        let body = lower.as_ref().map_or(NONE, |(_, name)| keys.words.add(&fold::slug(name)));
        let words = IssuerWords { place, body, provincial: provincial_row || (province.is_some() && body == NONE) };
        self.issuers.insert(issuer.into(), words);
        words
    }
}

/// For each unit the one that alone became it on the next day: an old name or rank of the same committee.
fn forebears(rows: &[Province]) -> Vec<Option<usize>> {
    let index: HashMap<&str, usize> = rows.iter().enumerate().map(|(i, row)| (row.id.as_str(), i)).collect();
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
    for (i, row) in rows.iter().enumerate() {
        if let Some(heir) = row.successor.as_deref().and_then(|id| index.get(id)) {
            before[*heir].push(i);
        }
    }
    let follows = |old: usize, new: usize| rows[old].valid_to.and_then(|end| end.tomorrow().ok()) == rows[new].valid_from;
    before.iter().enumerate().map(|(new, olds)| olds.first().copied().filter(|old| olds.len() == 1 && follows(*old, new))).collect()
}

/// The province with whose name, up to six words long, an issuer's name ends.
fn named_at_end(keys: &Keys<'_>, issuer: &str) -> Option<String> {
    let words: Vec<&str> = issuer.split_whitespace().collect();
    let from = words.len().saturating_sub(6).max(1);
    let provinces = &keys.tables.provinces;
    (from..words.len()).find_map(|i| provinces.named(&words[i..].join(" ")).next()).map(|unit| unit.name.clone())
}

/// The last unit word below the province and the name behind it, folded: ("huyện", "kim bôi").
fn lower_body(folded: &str) -> Option<(&'static str, String)> {
    // "…, tỉnh Hòa Bình" names the province, not the body.
    let own = folded.split(',').next().unwrap_or(folded);
    let own = own.split(" tỉnh ").next().unwrap_or(own);
    UNIT_WORDS
        .iter()
        .filter_map(|word| {
            let at = own.rfind(word)?;
            let before = own[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let rest = &own[at + word.len()..];
            let name = rest.trim();
            (before && rest.starts_with(' ') && !name.is_empty()).then(|| (at, *word, name.to_owned()))
        })
        .max_by_key(|(at, word, _)| (*at, word.len()))
        .map(|(_, word, name)| (word, name))
}

#[cfg(test)]
mod tests {
    use super::{Basis, Home, Places, Told, lower_body};
    use crate::model::{DocNumber, System};
    use crate::resolve::keys::{ANY, Keys, NONE};
    use crate::tables::Tables;

    fn symbol(keys: &mut Keys<'_>, code: &str) -> super::Symbol {
        let number =
            DocNumber { serial: "1".into(), year: None, kind: Some("CT".into()), issuers: vec![code.into()], system: System::Party };
        let id = keys.read(&number, None, None);
        keys.symbol(id)
    }

    #[test]
    fn the_body_below_the_province_is_what_follows_the_last_unit_word() {
        for (text, want) in [
            ("ubnd huyện kim bôi, tỉnh hòa bình", Some(("huyện", "kim bôi"))),
            ("đảng ủy xã hợp tiến", Some(("xã", "hợp tiến"))),
            ("đảng ủy bộ giáo dục và đào tạo", Some(("đảng ủy", "bộ giáo dục và đào tạo"))),
            ("ban thường vụ tỉnh ủy", None),
        ] {
            assert_eq!(lower_body(text), want.map(|(word, name)| (word, name.to_owned())), "{text}");
        }
    }

    #[test]
    fn told_words_go_before_the_papers_own_province() {
        let tables = Tables::builtin();
        let mut keys = Keys::new(&tables);
        let mut places = Places::new(&keys);
        let here = places.place(&mut keys, "Hà Nam");
        let home = Home { place: here, body: NONE, provincial: true, register: NONE };
        let tu = symbol(&mut keys, "TU");
        let issuer = Told { issuer: Some("Ban Thường vụ Tỉnh uỷ Hậu Giang"), ..Told::default() };
        let (scope, basis) = places.scope(&mut keys, tu, issuer, Some(&home));
        assert_eq!((scope.place, basis), (places.place(&mut keys, "Hậu Giang"), Basis::Told));
        assert_eq!(places.scope(&mut keys, tu, Told::default(), Some(&home)).0.place, here);
        let (open, basis) = places.scope(&mut keys, tu, Told::default(), Some(&Home::default()));
        assert_eq!((open.place, basis), (ANY, Basis::Unknown));
    }

    #[test]
    fn a_renamed_unit_is_one_place_and_a_merged_one_is_two_units() {
        let tables = Tables::builtin();
        let mut keys = Keys::new(&tables);
        let mut places = Places::new(&keys);
        let old = places.place(&mut keys, "Thừa Thiên - Huế");
        assert_eq!(old, places.place(&mut keys, "Huế"));
        let day = |text: &str| Some(text.parse().unwrap());
        let instance = |places: &Places, keys: &Keys<'_>, place, date| places.instance(keys, place, day(date));
        assert_eq!(instance(&places, &keys, old, "2020-01-01"), instance(&places, &keys, old, "2026-01-01"));
        assert_eq!(places.name(&keys, old, day("2026-01-01")).as_deref(), Some("Huế"));
        let tri = places.place(&mut keys, "Quảng Trị");
        assert_ne!(instance(&places, &keys, tri, "2025-06-30"), instance(&places, &keys, tri, "2025-07-01"));
        let nai = places.place(&mut keys, "Đồng Nai");
        assert_eq!(instance(&places, &keys, nai, "2026-01-01"), instance(&places, &keys, nai, "2026-06-01"));
    }

    #[test]
    fn a_city_that_is_a_province_is_no_lower_body() {
        let tables = Tables::builtin();
        let mut keys = Keys::new(&tables);
        let mut places = Places::new(&keys);
        let ubnd = symbol(&mut keys, "UBND");
        let mut scope = |issuer: &str| {
            let told = Told { issuer: Some(issuer), ..Told::default() };
            places.scope(&mut keys, ubnd, told, Some(&Home::default())).0
        };
        assert_eq!(scope("UBND thành phố Hải Phòng").body, NONE);
        assert_ne!(scope("UBND thành phố Biên Hòa, tỉnh Đồng Nai").body, NONE);
    }
}
