//! Reads the name of a body where it begins: "Ban Thường vụ Tỉnh ủy Hậu Giang", "Ủy ban nhân dân tỉnh Đắk Lắk".
//!
//! Not here: who issues what (see `citations`, `metadata`), or bodies on whom duties are laid (see `tasks`).
//!
//! Longer than 350 lines: a name is read by a few steps that share the tables.

use super::spelling::Spelling;
use crate::model::Level;
use crate::tables::{Tables, fold};
use std::collections::HashMap;

/// A body as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyRead {
    /// The words.
    pub name: String,
    /// Length in bytes.
    pub len: usize,
    /// Province among the words, as the table spells it.
    pub province: Option<String>,
    /// Row of the table of issuers that the words begin with.
    pub known: Option<String>,
}

/// Reads names of bodies; made once from the tables.
#[derive(Clone, Debug)]
pub struct BodyReader {
    /// By first word: folded names, longest first, with the row's id and whether the name goes on with a place.
    names: HashMap<String, Vec<(String, String, bool)>>,
    /// By first word: folded names of provinces, longest first, with the table's spelling.
    provinces: HashMap<String, Vec<(String, String)>>,
    /// Names of bodies and provinces as the tables spell them.
    spelling: Spelling,
    stops: Vec<String>,
    /// First words of offices that no table knows by name: "Phòng".
    offices: Vec<String>,
}

/// Longest name that is read, in bytes.
const WINDOW: usize = 240;
/// Words between a body's name and the name of its place.
pub(super) const UNITS: [&str; 14] = [
    "tỉnh ",
    "thành phố ",
    "tp. ",
    "tp.",
    "tp ",
    "huyện ",
    "quận ",
    "thị xã ",
    "xã ",
    "phường ",
    "đặc khu ",
    "thị trấn ",
    "đảng bộ tỉnh ",
    "t.p ",
];

impl BodyReader {
    /// Compiles the names of the tables.
    pub fn new(tables: &Tables) -> Self {
        let mut names: Vec<(String, String, bool)> = Vec::new();
        for body in tables.issuers.rows() {
            let open = body.level != Some(Level::Central);
            for name in std::iter::once(&body.name).chain(&body.aliases) {
                names.push((fold::lower(name), body.id.clone(), open));
            }
        }
        names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        names.dedup_by(|a, b| a.0 == b.0);
        let mut provinces: Vec<(String, String)> = Vec::new();
        for province in tables.provinces.rows() {
            for name in std::iter::once(&province.name).chain(&province.aliases) {
                provinces.push((fold::lower(name), province.name.clone()));
            }
        }
        provinces.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        provinces.dedup_by(|a, b| a.0 == b.0);
        let stops = tables.forms("name_stop").to_vec();
        let bodies = tables.issuers.rows().iter().map(|body| body.name.as_str());
        let places = tables.provinces.rows().iter().map(|province| province.name.as_str());
        let parts = tables.forms("mass_body").iter().chain(tables.forms("spelt")).map(String::as_str);
        let spelling = Spelling::new(bodies.chain(places).chain(parts));
        BodyReader {
            names: by_first_word(names, |row| &row.0),
            provinces: by_first_word(provinces, |row| &row.0),
            spelling,
            stops,
            offices: tables.forms("office").to_vec(),
        }
    }

    /// A name in capitals as it is usually written: "BAN BÍ THƯ" gives "Ban Bí thư".
    pub(super) fn usual(&self, name: &str) -> String {
        let small = fold::lower(name);
        // "UBND", "BQL", "XI": what has no vowel, or is a Roman figure, is no word.
        let sign = |word: &str| {
            let letters = || word.chars().filter(|c| c.is_alphabetic());
            let bare = fold::bare(word);
            // "UBND": no syllable has three consonants in a row but "ngh".
            let crowded = || bare.split(|c| "aeiouy".contains(c)).any(|run| run.chars().count() > 2 && run != "ngh");
            letters().count() > 1 && (letters().all(|c| "IVX".contains(c)) || bare.chars().all(|c| !"aeiouy".contains(c)) || crowded())
        };
        let words = small.split(' ').zip(name.split(' '));
        let small: Vec<&str> = words.map(|(small, written)| if sign(written) { written } else { small }).collect();
        let out = self.spell(&small.join(" "));
        super::spelling::begin_fields(&out)
    }

    /// Capitals of the tables' names put back into a folded text.
    pub(super) fn spell(&self, folded: &str) -> String {
        self.spelling.spell(folded)
    }

    /// The longest name of a province that stands in `text`, in any letter case, as the table spells it.
    pub(super) fn province_within(&self, text: &str) -> Option<String> {
        let folded = fold::lower(text);
        let mut best: Option<(usize, &str)> = None;
        let mut at = 0;
        while at < folded.len() {
            let begins = !folded[..at].ends_with(char::is_alphanumeric);
            if begins
                && let Some((length, name)) = self.province_at(&folded[at..])
                && best.is_none_or(|(longest, _)| length >= longest)
            {
                best = Some((length, name));
            }
            at += folded[at..].chars().next().map_or(1, char::len_utf8);
        }
        best.map(|(_, name)| name.to_owned())
    }

    /// The body whose name begins `text`: one of the table, or any run of words that begins with a capital.
    pub fn read(&self, text: &str) -> Option<BodyRead> {
        let window = clip(text, WINDOW);
        if !window.starts_with(|c: char| c.is_uppercase()) {
            return self.several(window).or_else(|| school(window));
        }
        let folded = fold::lower(window);
        if folded.len() != window.len() {
            return self.unknown(window);
        }
        match self.known_prefix(&folded) {
            Some((length, id, open)) => {
                let mut read = BodyRead { name: String::new(), len: length, province: None, known: Some(id.to_owned()) };
                if open {
                    self.place(window, &folded, &mut read);
                } else if let Some(more) = self.joint(&folded, read.len) {
                    read.len = more;
                }
                read.name = window[..read.len].to_owned();
                Some(read)
            }
            None => self.unknown(window),
        }
    }

    /// "liên Bộ Y tế - Tài chính": the ministries or departments that issued a joint paper; all but the first without their first word.
    fn several(&self, window: &str) -> Option<BodyRead> {
        const JOINT: &str = "liên ";
        let rest = window.strip_prefix(JOINT).filter(|rest| rest.starts_with(char::is_uppercase))?;
        let head = &rest[..rest.find(' ')? + 1];
        let mut len = JOINT.len() + self.read(rest)?.len;
        while let Some(more) = window[len..].strip_prefix(" - ") {
            // "liên Bộ Y tế - Bộ Tài chính" too.
            let whole = if more.starts_with(head) { more.to_owned() } else { format!("{head}{more}") };
            let known =
                self.known_prefix(&fold::lower(clip(&whole, WINDOW))).map(|(length, ..)| (length + more.len()).saturating_sub(whole.len()));
            let next = known.filter(|length| *length > 0).unwrap_or_else(|| capitalised(more, 4));
            if next == 0 {
                break;
            }
            len += " - ".len() + next;
        }
        Some(BodyRead { name: window[..len].to_owned(), len, province: None, known: None })
    }

    /// True for a name that begins as offices do that no table knows: "Phòng Kinh tế".
    pub(super) fn is_office(&self, name: &str) -> bool {
        self.offices.iter().any(|office| name.strip_prefix(office.as_str()).is_some_and(|rest| rest.starts_with(' ')))
    }

    /// The same for a central body whose name was typed with a small first letter: "ủy ban Thường vụ Quốc hội".
    pub(super) fn read_small(&self, text: &str) -> Option<BodyRead> {
        const LONGEST: usize = 90;
        let window = clip(text, LONGEST);
        let folded = fold::lower(window);
        if !window.starts_with(char::is_lowercase) || folded.len() != window.len() {
            return None;
        }
        let (len, id, open) = self.known_prefix(&folded)?;
        let named = !open && window[..len].contains(char::is_uppercase);
        named.then(|| BodyRead { name: window[..len].to_owned(), len, province: None, known: Some(id.to_owned()) })
    }

    /// Length of the first of the bodies that `name` joins: "Bộ Tư pháp" of "Bộ Tư pháp, Chính phủ".
    pub(super) fn first_of(&self, name: &str) -> Option<usize> {
        let (length, _, open) = self.known_prefix(&fold::lower(name))?;
        (!open && length < name.len()).then_some(length)
    }

    /// True when `text` begins with a name of the table.
    pub fn begins_known(&self, text: &str) -> bool {
        let window = clip(text, 90);
        window.starts_with(char::is_uppercase) && self.known_prefix(&fold::lower(window)).is_some()
    }

    fn known_prefix(&self, folded: &str) -> Option<(usize, &str, bool)> {
        let fits = |name: &str| folded.starts_with(name) && !folded[name.len()..].starts_with(char::is_alphanumeric);
        self.names.get(first_word(folded))?.iter().find(|(name, _, _)| fits(name)).map(|(name, id, open)| (name.len(), id.as_str(), *open))
    }

    /// "Bộ Chính trị, Ban Bí thư": a second body of the table after a comma or "và".
    fn joint(&self, folded: &str, at: usize) -> Option<usize> {
        let rest = [", ", " và "].iter().find_map(|mark| folded[at..].strip_prefix(mark).map(|_| at + mark.len()))?;
        let (length, _, open) = self.known_prefix(&folded[rest..])?;
        (!open).then_some(rest + length)
    }

    /// Takes the place after the name of a local body in: "tỉnh Đắk Lắk", "Hà Nam", "huyện Đồng Văn, tỉnh Hà Giang".
    fn place(&self, window: &str, folded: &str, read: &mut BodyRead) {
        for _ in 0..3 {
            let mut at = read.len;
            let rest = &folded[at..];
            let rest = rest.strip_prefix(',').unwrap_or(rest);
            at += folded.len() - at - rest.len();
            if !rest.starts_with(' ') {
                return;
            }
            at += 1;
            let unit = UNITS.iter().find(|unit| folded[at..].starts_with(**unit) || ends_with_unit(&folded[at..], unit));
            if rest.len() < folded.len() - read.len && unit.is_none() {
                return;
            }
            let name_at = (at + unit.map_or(0, |unit| unit.len())).min(folded.len());
            if let Some((length, province)) = self.province_prefix(&window[name_at..], &folded[name_at..]) {
                read.len = name_at + length;
                read.province = Some(province.to_owned());
                return;
            }
            if let Some((length, id, open)) = self.known_prefix(&folded[name_at..]).filter(|_| unit.is_none()) {
                // "Ban Thường vụ" + "Tỉnh ủy", "Chủ tịch" + "UBND"
                read.len = name_at + length;
                read.known = Some(id.to_owned());
                if !open {
                    return;
                }
                continue;
            }
            let capitals = capitalised(&window[name_at..], 4);
            // "Huyện ủy Yên Lãng": the committee's name holds the unit.
            const SEATED: [&str; 7] = ["huyện ủy", "quận ủy", "thị ủy", "thành ủy", "đảng ủy xã", "đảng ủy phường", "đảng ủy đặc khu"];
            let seated = SEATED.iter().any(|name| folded[..read.len].ends_with(name));
            if unit.is_none() && !seated || capitals == 0 {
                // "Ủy ban nhân dân tỉnh" with no name: this province.
                if unit.is_some() && capitals == 0 {
                    read.len = at + unit.map_or(0, |unit| unit.trim_end().len());
                }
                return;
            }
            read.len = name_at + capitals;
        }
    }

    /// The province whose name begins the text, as the table spells it; the text must have capitals there.
    pub fn province_prefix(&self, window: &str, folded: &str) -> Option<(usize, &str)> {
        if !window.starts_with(char::is_uppercase) {
            return None;
        }
        self.province_at(folded)
    }

    fn province_at(&self, folded: &str) -> Option<(usize, &str)> {
        let fits = |name: &str| folded.starts_with(name) && !folded[name.len()..].starts_with(char::is_alphanumeric);
        let rows = self.provinces.get(first_word(folded))?;
        rows.iter().find(|(name, _)| fits(name)).map(|(name, spelt)| (name.len(), spelt.as_str()))
    }

    /// The last province named in `text`, with its offset.
    pub fn last_province(&self, text: &str) -> Option<(usize, String)> {
        let folded = fold::lower(text);
        if folded.len() != text.len() {
            return None;
        }
        let mut found = None;
        let mut at = 0;
        while at < text.len() {
            let c = text[at..].chars().next().expect("inside the text");
            let begins = c.is_uppercase() && !text[..at].ends_with(char::is_alphanumeric);
            if begins && let Some((length, name)) = self.province_prefix(&text[at..], &folded[at..]) {
                // "Chủ tịch Hồ Chí Minh", "tư tưởng Hồ Chí Minh" is the person.
                if name != "Hồ Chí Minh" || names_city(&folded[..at]) {
                    found = Some((at, name.to_owned()));
                }
                at += length;
                continue;
            }
            at += c.len_utf8();
        }
        found
    }

    /// Words from a capital on, up to a word that begins something else.
    fn unknown(&self, window: &str) -> Option<BodyRead> {
        let mut end = 0;
        let mut count = 0;
        // "CÔNG TY CỔ PHẦN BẾN THỦY vướng mắc": a name in capitals ends with them.
        let capitals =
            |word: &str| word.chars().count() > 1 && word.chars().all(|c| !c.is_lowercase()) && word.contains(char::is_uppercase);
        let in_capitals = window.split(' ').take(3).filter(|word| capitals(word)).count() == 3;
        for word in window.split_inclusive(' ') {
            let bare = word.trim_end();
            let stop = bare.find([',', ';', '.', '(', ')', ':', '\n', '|']);
            let core = stop.map_or(bare, |i| &bare[..i]);
            let rest = &window[word.as_ptr() as usize - window.as_ptr() as usize..];
            let stops = |s: &String| rest.strip_prefix(s.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
            let lowered = in_capitals && core.contains(char::is_lowercase);
            if core.is_empty() || lowered || self.stops.iter().any(stops) || count >= 12 {
                break;
            }
            end = word.as_ptr() as usize - window.as_ptr() as usize + core.len();
            count += 1;
            if stop.is_some() {
                break;
            }
        }
        let name = window[..end].trim_end();
        if count == 0 || name.chars().count() < 3 {
            return None;
        }
        let province = self.last_province(name).map(|(_, province)| province);
        Some(BodyRead { name: name.to_owned(), len: name.len(), province, known: None })
    }
}

/// Rows by the first word of their folded name, in the order given.
fn by_first_word<T>(rows: Vec<T>, name: impl Fn(&T) -> &str) -> HashMap<String, Vec<T>> {
    let mut out = HashMap::<String, Vec<T>>::new();
    for row in rows {
        out.entry(first_word(name(&row)).to_owned()).or_default().push(row);
    }
    out
}

/// The letters and digits that a text begins with.
fn first_word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())]
}

/// True for a text that begins with the unit and nothing of its name: "huyện", "huyện, thị xã".
fn ends_with_unit(folded: &str, unit: &str) -> bool {
    let rest =
        folded.strip_prefix(unit.trim_end()).filter(|_| !unit.starts_with('t') || unit.starts_with("th") || unit.starts_with("tỉnh"));
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == ' ' || c == '.'))
}

fn names_city(before: &str) -> bool {
    ["thành phố ", "tp. ", "tp.", "tp ", "thành ủy ", "tphcm "].iter().any(|unit| before.ends_with(unit))
}

/// "trường Mầm non Phú Đức": the word before a school's name is often written small.
fn school(window: &str) -> Option<BodyRead> {
    const SCHOOL: &str = "trường ";
    let name = window.strip_prefix(SCHOOL)?;
    let first = capitalised(name, 1);
    let second = name.get(first..).and_then(|rest| rest.strip_prefix(' '))?;
    // "Mầm non", "Tiểu học", "Trung học cơ sở": words of the kind of school, then its own name.
    let small = second.split(' ').take_while(|word| word.starts_with(char::is_lowercase)).map(|word| word.len() + 1).sum::<usize>();
    let own = capitalised(second.get(small..)?, 6);
    let len = SCHOOL.len() + first + 1 + small + own;
    (first > 0 && own > 0).then(|| BodyRead { name: window[..len].to_owned(), len, province: None, known: None })
}

/// Length of the run of capitalised words at the start, at most `most`.
pub(super) fn capitalised(text: &str, most: usize) -> usize {
    let mut end = 0;
    for (i, word) in text.split(' ').enumerate() {
        let core = word.trim_end_matches([',', ';', '.', ')', ':']);
        if i >= most || !core.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
            break;
        }
        end = word.as_ptr() as usize - text.as_ptr() as usize + core.len();
        if core.len() < word.len() {
            break;
        }
    }
    end
}

/// The first `most` bytes, cut at a character, up to the end of the line.
pub(super) fn clip(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let line = memchr::memchr(b'\n', &text.as_bytes()[..end]).unwrap_or(end);
    &text[..line]
}
