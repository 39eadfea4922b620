//! What one mention has from its neighbours: the date at the end of a list, the issuer told before it.

use super::around::term_at;
use super::dates;
use super::mention::Mention;
use super::mentions::clip_end;
use super::names::{BodyReader, UNITS, capitalised};
use crate::model::{CitationForm, DocNumber};
use crate::tables::{Tables, fold};
use std::collections::HashMap;

/// "18-NQ/TW và 19-NQ/TW, ngày 25/10/2017": what stands at the end of a list holds for its members.
pub(super) fn share_in_lists(line: &str, mentions: &mut [Mention]) {
    for i in (0..mentions.len().saturating_sub(1)).rev() {
        let (before, after) = mentions.split_at_mut(i + 1);
        let (a, b) = (&mut before[i], &mut after[0]);
        if a.span.end > b.span.start {
            continue;
        }
        let between = line[a.span.end..b.span.start].trim();
        let between = between.strip_suffix("số").map_or(between, str::trim_end);
        let touching = matches!(between, "," | "và" | ", và" | "" | ";" | "hoặc");
        // A type word of its own begins a new item, but its kind may still be written once for several.
        let own_word = line[b.span.start..b.number_at.start].chars().any(char::is_alphabetic) && !line[b.span.start..].starts_with("số");
        // "Kế hoạch số A và Quyết định số B cùng ngày 06/3/2020": the day holds for both.
        let same = line[b.span.start..b.span.end].find("cùng ngày ").is_some_and(|at| {
            line[b.span.start + at + "cùng ngày ".len()..].starts_with(|c: char| c.is_ascii_digit()) && a.date.is_none() && a.year.is_none()
        });
        if same && matches!(between, "," | "và" | ", và" | ";" | "" | "và các" | ", các") {
            a.date = b.date;
            a.form = if a.date.is_some() { CitationForm::Full } else { a.form };
        }
        // "Quyết định số 217-QĐ/TW và Quyết định số 218-QĐ/TW, ngày 12/12/2013": numbers that follow each other in one register, the day once.
        let register = |m: &Mention| m.number.as_ref().map(|n| (n.kind.clone(), n.issuers.clone()));
        // "Quyết định số A ngày …, Quyết định số B ngày … của Thủ tướng Chính phủ": papers of one register.
        if touching && own_word && a.issuer.is_none() && a.date.is_some() && a.kind == b.kind && register(a) == register(b) {
            let behind = b.issuer.as_ref().filter(|issuer| line[b.number_at.end..b.span.end].contains(issuer.as_str()));
            if behind.is_some() {
                (a.issuer, a.province) = (b.issuer.clone(), b.province.clone());
            }
        }
        let serial = |m: &Mention| m.number.as_ref().and_then(|number| number.serial.parse::<u32>().ok());
        let next = serial(a).is_some_and(|serial_of_a| serial(b) == Some(serial_of_a + 1));
        if between == "và" && own_word && next && a.date.is_none() && a.year.is_none() && a.kind == b.kind && register(a) == register(b) {
            a.date = b.date;
            a.form = if a.date.is_some() { CitationForm::Full } else { a.form };
        }
        // "số 46, 72/TB-UBND ngày 02/02/2024 và ngày 05/3/2024": the first day is of the first number.
        let respective = (touching && !own_word && b.date.is_some() && (a.date.is_none() && a.year.is_none() || a.date == b.date))
            .then(|| line[b.span.end..].strip_prefix(" và ngày ").and_then(dates::day))
            .flatten();
        if let Some(read) = respective.filter(|read| read.date.is_some()) {
            (a.date, a.form) = (b.date, CitationForm::Full);
            b.date = read.date;
            b.span.end += " và ngày ".len() + read.len;
        }
        if touching && !own_word {
            let own_issuer = a.issuer.as_ref().is_some_and(|issuer| line[a.span.start..a.span.end].contains(issuer.as_str()));
            if a.date.is_none() && a.year.is_none() && !own_issuer {
                a.date = b.date;
                a.year = b.year;
                if a.date.is_some() {
                    a.form = CitationForm::Full;
                }
            }
            if a.issuer.is_none() {
                a.issuer = b.issuer.clone();
                a.province = b.province.clone();
            }
            if a.term.is_none() && a.date.is_none() {
                a.term = b.term.clone();
            }
        }
    }
    // "các Nghị định số 25/CP, 26/CP": the type word stands once.
    for i in 1..mentions.len() {
        let (before, after) = mentions.split_at_mut(i);
        let (a, b) = (&before[i - 1], &mut after[0]);
        let bare = b.span.start == b.number_at.start && b.number.as_ref().is_some_and(|number| number.kind.is_none());
        if bare
            && a.span.end <= b.span.start
            && matches!(line[a.span.end..b.span.start].trim(), "," | "và" | ", và" | "; số" | ", số" | "và số")
        {
            b.kind = a.kind.clone();
        }
    }
    // "Quyết định số A ngày 21/7/2014 và Kết luận số B cùng ngày": the day told last.
    for i in 1..mentions.len() {
        let (before, after) = mentions.split_at_mut(i);
        let b = &mut after[0];
        if b.date.is_none()
            && b.year.is_none()
            && (dates::same_day(&line[b.span.end..]) || line[b.span.start..b.span.end].contains(" cùng ngày"))
        {
            // "Công văn số A nêu trên và Công văn số B cùng ngày": A's day is told elsewhere (see `same_day_as_before`).
            let near = before.last().filter(|a| a.date.is_none() && a.number.is_some() && line[a.span.end..b.span.start].len() < 40);
            b.date = if near.is_some() { None } else { before.iter().rev().find_map(|a| a.date) };
            if b.date.is_some() {
                b.form = CitationForm::Full;
            }
        }
    }
    // "X ban hành Kế hoạch số A và Quyết định số B", "theo đề nghị của X tại Tờ trình số A và Tờ trình số B": X holds for both.
    for i in 1..mentions.len() {
        let (before, after) = mentions.split_at_mut(i);
        let (a, b) = (&before[i - 1], &mut after[0]);
        let told_before = |issuer: &String| !line[a.span.start..a.span.end].contains(issuer.as_str());
        // Another body's code says that the next paper is not of the same issuer.
        let codes = |m: &Mention| m.number.as_ref().map(|number| number.issuers.clone()).unwrap_or_default();
        let alike = codes(a).iter().any(|code| codes(b).contains(code));
        // "các Nghị định của Chính phủ: số A về …; số B": the issuer stands once, before the first number.
        let heads = |issuer: &String| line[a.span.start..a.number_at.start].contains(issuer.as_str());
        if codes(a) == codes(b)
            && b.issuer.is_none()
            && a.span.end <= b.span.start
            && line[b.span.start..b.number_at.start].trim_end_matches([' ', ':']).eq_ignore_ascii_case("số")
            && (a.issuer.as_ref().is_some_and(heads) || a.listed)
            && (line[a.span.end..b.span.start].trim_end().ends_with([';', ',']) || line[a.span.end..b.span.start].ends_with(" và "))
        {
            (b.issuer, b.province) = (a.issuer.clone(), a.province.clone());
            b.kind = a.kind.clone();
            b.listed = true;
        }
        if alike
            && a.issuer.as_ref().is_some_and(told_before)
            && b.issuer.is_none()
            && a.span.end <= b.span.start
            && matches!(line[a.span.end..b.span.start].trim(), "," | "và" | ", và" | ";" | "và Văn bản" | ", Văn bản" | "và văn bản")
        {
            b.issuer = a.issuer.clone();
            b.province = a.province.clone();
        }
    }
    share_over_semicolons(line, mentions);
}

/// "UBND tỉnh ban hành Kế hoạch số A …; Quyết định số B …", "các Quyết định của UBND tỉnh: Quyết định số A …; Quyết định số B …": who issues
/// stands once, before the first item of its register.
fn share_over_semicolons(line: &str, mentions: &mut [Mention]) {
    let codes = |m: &Mention| m.number.as_ref().map(|number| number.issuers.clone()).filter(|codes| !codes.is_empty());
    for i in 1..mentions.len() {
        let (before, after) = mentions.split_at_mut(i);
        let b = &mut after[0];
        let head = line[..b.span.start].trim_end();
        // "UBND tỉnh ban hành Kế hoạch số A thực hiện Quyết định số X của Thủ tướng và Kế hoạch số B": the papers of one kind.
        let joined = head.ends_with(" và");
        let item = joined || head.trim_end_matches(" và").ends_with(';');
        if !item || b.issuer.is_some() || codes(b).is_none() {
            continue;
        }
        let told_before = |a: &&Mention| {
            let told = a.issuer.as_ref().is_some_and(|issuer| !line[a.span.start..a.span.end].contains(issuer.as_str()));
            told && codes(a) == codes(b)
                && (!joined || a.kind == b.kind)
                && a.span.end <= b.span.start
                && !line[a.span.end..b.span.start].contains(". ")
        };
        if let Some(a) = before.iter().rev().find(|a| codes(a) == codes(b)).filter(told_before) {
            (b.issuer, b.province) = (a.issuer.clone(), a.province.clone());
        }
    }
}

/// "Công văn số A nêu trên và Công văn số B cùng ngày": once A's day is known from elsewhere, it is B's. True when any was given.
pub(super) fn same_day_as_before(text: &str, mentions: &mut [Mention]) -> bool {
    let mut given = false;
    for i in 1..mentions.len() {
        let (before, after) = mentions.split_at_mut(i);
        let (a, b) = (&before[i - 1], &mut after[0]);
        if b.date.is_some() || b.year.is_some() || a.block != b.block || a.date.is_none() || a.span.end > b.span.start {
            continue;
        }
        if b.number.is_some() && (dates::same_day(&text[b.span.end..]) || b.span.of(text).contains(" cùng ngày")) {
            (b.date, b.form) = (a.date, CitationForm::Full);
            given = true;
        }
    }
    given
}

/// Bytes of "các Chương trình hành động" before "của".
const LONGEST_TYPE: usize = 48;

/// Words around who issues a paper.
#[derive(Clone, Debug)]
pub(super) struct IssuingWords {
    /// "ban hành".
    pub(super) issues: Vec<String>,
    /// What may stand before it: "đã".
    pub(super) adverbs: Vec<String>,
    /// What somebody does at a paper: "nêu".
    pub(super) says: Vec<String>,
    /// What somebody does with a paper that stands in brackets behind it: "báo cáo".
    pub(super) reports: Vec<String>,
    /// "xây dựng": tells who issued a paper only where its symbol says the same.
    pub(super) drafts: Vec<String>,
    /// "bằng": by which paper something was done.
    pub(super) means: Vec<String>,
    /// "gần đây nhất là": one of several papers.
    pub(super) notably: Vec<String>,
    /// Code in symbols of each body, by the id of its row.
    codes: HashMap<String, String>,
}

impl IssuingWords {
    pub(super) fn new(tables: &Tables) -> Self {
        let words = |role| tables.forms(role).to_vec();
        let codes = tables.issuers.rows().iter().map(|body| (body.id.clone(), body.register.clone())).collect();
        IssuingWords {
            issues: words("issues"),
            adverbs: words("issue_adverb"),
            says: words("says"),
            reports: words("reports"),
            drafts: words("drafts"),
            means: words("means"),
            notably: words("notably"),
            codes,
        }
    }

    /// True when the symbol of `number` bears the code of the body with this row, or of the committee that it chairs.
    pub(super) fn bears(&self, body: &str, number: &DocNumber) -> bool {
        let code = self.codes.get(body).map_or("", String::as_str);
        let chaired = code.strip_prefix("CT").filter(|committee| *committee == "UBND").unwrap_or(code);
        !code.is_empty() && number.issuers.iter().any(|issuer| issuer == code || issuer == chaired)
    }
}

/// "Theo đề nghị của Bộ trưởng Bộ Y tế tại Tờ trình số …", "Bộ Y tế có công văn số …": who issues what follows.
pub(super) fn proposer(bodies: &BodyReader, words: &IssuingWords, line: &str, start: usize) -> Option<String> {
    let before = line[..start].trim_end();
    // "Thay thế các Quyết định của Ủy ban nhân dân tỉnh: Quyết định số …".
    if let Some(head) = before.strip_suffix(':') {
        let (listed, name) = head.trim_end().rsplit_once(" của ")?;
        let read = bodies.read(name).filter(|read| read.len == name.len())?;
        return clip_end(listed, LONGEST_TYPE).contains("các ").then_some(read.name);
    }
    // "Sau khi nghe Sở Y tế báo cáo (Báo cáo số …)".
    if let Some(told) = before.strip_suffix('(') {
        return subject(bodies, words, strip_verb(&words.reports, told.trim_end())?);
    }
    let before = before.strip_suffix(" các").unwrap_or(before);
    // "ý kiến của Bộ Tư pháp (tại Công văn số …)".
    if let Some(before) = before.strip_suffix("tại").map(|before| before.trim_end_matches([' ', '('])) {
        // "cách tính mà Huyện ủy Sơn Trà nêu tại Thông báo số …".
        let says = || subject(bodies, words, strip_verb(&words.says, before)?);
        // "ý kiến của Sở A tại Công văn số … và Sở B tại …".
        let joined = || {
            let name = before.rsplit_once(" và ")?.1;
            let read = bodies.read(name).filter(|read| read.len == name.len())?;
            (read.known.is_some() || bodies.is_office(&read.name)).then_some(read.name)
        };
        return proposing(before).or_else(|| told_by(bodies, before)).or_else(says).or_else(joined);
    }
    // "Bộ Khoa học và Công nghệ có công văn số …": the subject of the clause.
    subject(bodies, words, strip_verb(&words.issues, before)?)
}

/// `before` without one of `verbs` at its end, as a whole word.
pub(super) fn strip_verb<'t>(verbs: &[String], before: &'t str) -> Option<&'t str> {
    verbs.iter().filter_map(|verb| before.strip_suffix(verb.as_str()).filter(|rest| rest.ends_with(' '))).min_by_key(|rest| rest.len())
}

/// The body that is the subject of the clause that ends with `before`, its verb left out.
fn subject(bodies: &BodyReader, words: &IssuingWords, before: &str) -> Option<String> {
    let mut subject = before.trim_end();
    while let Some(rest) = strip_verb(&words.adverbs, subject) {
        subject = rest.trim_end();
    }
    // "Tỉnh ủy (khóa XVII) đã ban hành …".
    if let Some((name, term)) = subject.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("))
        && term_at(&format!(" {term}")).is_some_and(|(_, length)| length == term.len() + 1)
    {
        subject = name;
    }
    let clause = &subject[subject.rfind([',', ';', '.', ':', '(']).map_or(0, |i| i + 1)..];
    const LONGEST: usize = 160;
    let clause = &clause[clause.ceil_char_boundary(clause.len().saturating_sub(LONGEST))..];
    // "Đảng ủy phường A có cách làm hay khi ban hành …": who issues is the subject of the sentence, where it names no other.
    if let Some(main) = clause.strip_suffix(" khi").map(str::trim_start) {
        let read = bodies.read(main).filter(|read| read.known.is_some() || bodies.is_office(&read.name))?;
        return (!main[read.len..].contains(char::is_uppercase)).then_some(read.name);
    }
    if let Some(unit) = unit(clause.trim_start()) {
        return Some(unit);
    }
    let words = clause.char_indices().filter(|(at, c)| c.is_uppercase() && !clause[..*at].ends_with(char::is_alphanumeric));
    // "Sau khi nghe Phòng Kinh tế trình bày …": the name ends the clause.
    words.filter_map(|(at, _)| bodies.read(&clause[at..]).map(|read| (at, read))).find_map(|(at, read)| {
        // "Ban Chấp hành Đảng bộ tỉnh khóa XV ban hành …".
        let rest = &clause[at + read.len..];
        let ends = rest.is_empty() || term_at(rest).is_some_and(|(_, length)| length == rest.len());
        let known = read.known.is_some() || bodies.is_office(&read.name);
        (known && ends).then_some(read.name)
    })
}

/// A unit that is nothing but its kind and name: "huyện Lam Thượng", "Thị xã Kim Sơn".
pub(super) fn unit(clause: &str) -> Option<String> {
    let folded = fold::lower(clause);
    let kind = UNITS.iter().find(|unit| folded.len() == clause.len() && folded.starts_with(**unit))?;
    let name = &clause[kind.len()..];
    (!name.is_empty() && capitalised(name, 4) == name.len()).then(|| clause.to_owned())
}

/// "Theo đề nghị của Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch": nothing but who proposes stands between these words and "tại".
fn proposing(before: &str) -> Option<String> {
    const LONGEST: usize = 160;
    let window = clip_end(before, LONGEST);
    let at = ["đề nghị của ", "đề xuất của "].iter().filter_map(|word| Some(window.rfind(word)? + word.len())).max()?;
    let name = &window[at..];
    let one = name.starts_with(char::is_uppercase) && !name.contains([';', ':', '.', '(']) && !name.contains(" và ý kiến");
    one.then(|| name.to_owned())
}

/// "Thông báo của Bộ A và Bộ B tại …": the names that fill the words behind the last "của".
fn told_by(bodies: &BodyReader, before: &str) -> Option<String> {
    let lead = ["của ", "với ", "ý kiến "].into_iter().filter_map(|lead| Some(before.rfind(lead)? + lead.len())).max()?;
    // "Vụ trưởng Vụ Khoa học công nghệ và vật liệu xây dựng": small letters go on with the field of the office.
    let whole = before[lead..]
        .split(" và ")
        .enumerate()
        .all(|(i, name)| i > 0 && name.starts_with(char::is_lowercase) || bodies.read(name).is_some_and(|read| name.len() - read.len < 3));
    whole.then(|| before[lead..].to_owned())
}
