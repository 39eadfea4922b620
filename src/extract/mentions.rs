//! Finds mentions of documents: type word, number, date, issuer, term, in one line of normal text.
//!
//! Not here: what a short form stands for (see `aliases`), or what this document does to it (see `relations`).

use super::dates;
use super::names::{BodyReader, clip};
use super::numbers::{FoundNumber, NumberReader};
use super::sentence;
use crate::model::{CitationForm, Date, DocNumber, Span, System};
use crate::tables::{Tables, fold};
use aho_corasick::{AhoCorasick, MatchKind};

/// A mention in the making. Spans count in the normal text.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) span: Span,
    /// Where the number stands, or the whole span.
    pub(super) number_at: Span,
    pub(super) form: CitationForm,
    pub(super) kind: Option<String>,
    pub(super) number: Option<DocNumber>,
    pub(super) date: Option<Date>,
    pub(super) year: Option<i16>,
    pub(super) impossible_date: bool,
    pub(super) repaired: bool,
    pub(super) issuer: Option<String>,
    pub(super) province: Option<String>,
    pub(super) term: Option<String>,
    pub(super) locator: Option<String>,
    pub(super) title: Option<Span>,
    /// Index of the block it stands in.
    pub(super) block: usize,
    pub(super) antecedent: Option<usize>,
    /// Type word begins with a capital.
    pub(super) capital: bool,
    /// Follows another number of the same list ("số 187, 188-KL/TW").
    pub(super) listed: bool,
}

/// Finds mentions; made once from the tables.
#[derive(Clone, Debug)]
pub(super) struct MentionFinder {
    pub(super) numbers: NumberReader,
    pub(super) bodies: BodyReader,
    /// Type words as they stand in text, first letter large or small.
    words: AhoCorasick,
    /// Code of each type word, and whether it begins with a capital.
    codes: Vec<(String, bool)>,
}

impl MentionFinder {
    pub(super) fn new(tables: &Tables) -> Self {
        let mut patterns: Vec<String> = Vec::new();
        let mut codes = Vec::new();
        let mut add = |word: String, code: &str| {
            if !patterns.contains(&word) {
                codes.push((code.to_owned(), word.starts_with(char::is_uppercase)));
                patterns.push(word);
            }
        };
        for kind in tables.kinds.rows() {
            for name in std::iter::once(&kind.name).chain(&kind.aliases) {
                if name.chars().count() < 4 {
                    continue;
                }
                for spelling in [name.clone(), old_style(name)] {
                    add(spelling.clone(), &kind.code);
                    add(lower_first(&spelling), &kind.code);
                    add(spelling.to_uppercase(), &kind.code);
                }
            }
        }
        let words = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&patterns).expect("type words are few and short");
        MentionFinder { numbers: NumberReader::new(tables), bodies: BodyReader::new(tables), words, codes }
    }

    /// All mentions of the line `span` of `text`, in order.
    pub(super) fn find(&self, text: &str, span: Span, block: usize, out: &mut Vec<Mention>) {
        let line = span.of(text);
        let found = self.numbers.find(line, 0);
        let words: Vec<(Span, usize)> = self.words.find_iter(line).filter(|m| whole_word(line, m.start(), m.end())).map(|m| (Span::new(m.start(), m.end()), m.pattern().as_usize())).collect();
        if found.is_empty() && words.is_empty() {
            return;
        }
        let first = out.len();
        let mut floor = 0;
        for (i, number) in found.iter().enumerate() {
            let ceiling = found.get(i + 1).map_or(line.len(), |next| next.span.start);
            self.numbered(line, number, floor, ceiling, &words, block, out);
            floor = out.last().map_or(number.span.end, |m| m.span.end.max(number.span.end));
        }
        share_in_lists(line, &mut out[first..]);
        let taken: Vec<Span> = out[first..].iter().map(|m| m.span).collect();
        for (word, pattern) in &words {
            if taken.iter().any(|span| span.overlaps(*word)) {
                continue;
            }
            if let Some(mention) = self.unnumbered(line, *word, *pattern, block)
                && !taken.iter().any(|span| span.overlaps(mention.span))
                && !out[first..].iter().any(|m| m.span.overlaps(mention.span))
            {
                out.push(mention);
            }
        }
        out[first..].sort_by_key(|m| m.span.start);
        let ends: Vec<usize> = out[first..].iter().map(|m| m.span.start).skip(1).chain([line.len()]).collect();
        for (mention, next) in out[first..].iter_mut().zip(ends) {
            mention.title = title_after(line, mention.span.end, next);
            for at in [&mut mention.span, &mut mention.number_at].into_iter().chain(mention.title.as_mut()) {
                *at = Span::new(at.start + span.start, at.end + span.start);
            }
        }
    }

    /// The mention around one number, and those of bare numbers listed before it.
    #[allow(clippy::too_many_arguments)]
    fn numbered(&self, line: &str, found: &FoundNumber, floor: usize, ceiling: usize, words: &[(Span, usize)], block: usize, out: &mut Vec<Mention>) {
        let bare = bare_numbers_before(line, found.span.start, floor);
        let first_serial = bare.first().map_or(found.span.start, |span| span.start);
        let left = line[floor..first_serial].trim_end();
        let without_lead = strip_lead(left);
        let led = without_lead.len() < left.len();
        let left_end = floor + without_lead.trim_end().len();
        let mut issuer_before = None;
        let mut start = if led { floor + without_lead.len() } else { first_serial };
        let mut kind = None;
        let mut capital = false;
        let immediate = words.iter().rfind(|(word, _)| word.end == left_end && word.start >= floor);
        let chosen = immediate.copied().or_else(|| self.distant(line, found, floor, left_end, led, words, &mut issuer_before));
        if let Some((word, pattern)) = chosen {
            start = word.start;
            kind = Some(self.codes[pattern].0.clone());
            capital = self.codes[pattern].1;
        }
        while line[start..].starts_with(' ') {
            start += 1;
        }
        let number = &found.number;
        let mut mention = Mention {
            span: Span::new(start, found.span.end),
            number_at: found.span,
            form: CitationForm::Short,
            kind: kind.or_else(|| number.kind.clone()).or_else(|| (number.system == System::Letter).then(|| "CV".to_owned())),
            number: Some(number.clone()),
            date: None,
            year: None,
            impossible_date: false,
            repaired: found.repaired,
            issuer: issuer_before,
            province: None,
            term: None,
            locator: locator_before(line, start),
            title: None,
            block,
            antecedent: None,
            capital,
            listed: false,
        };
        self.attach(line, ceiling, &mut mention);
        if mention.issuer.is_none() {
            mention.issuer = proposer(&self.bodies, line, mention.span.start);
        }
        if mention.province.is_none() && is_local(number) && mention.issuer.as_deref().is_none_or(|issuer| self.bodies.last_province(issuer).is_none()) {
            let clause = sentence::clause_before(line, mention.span.start);
            if let Some((at, province)) = self.bodies.last_province(clause.of(line)) {
                // "Yên Bái ban hành công văn số …": the province goes before in the same clause.
                let between = &line[clause.start + at..mention.span.start];
                if mention.issuer.is_none() && between.len() < 160 {
                    mention.issuer = Some(province.clone());
                    mention.province = Some(province);
                }
            }
        }
        if mention.date.is_some() {
            mention.form = CitationForm::Full;
        }
        for (i, serial) in bare.iter().enumerate() {
            let start = if i == 0 { mention.span.start.min(serial.start) } else { serial.start };
            let number = DocNumber { serial: serial.of(line).to_owned(), ..number.clone() };
            out.push(Mention { span: Span::new(start, serial.end), number_at: *serial, number: Some(number), listed: i > 0, ..mention.clone() });
        }
        if !bare.is_empty() {
            mention.span.start = found.span.start;
            mention.listed = true;
        }
        out.push(mention);
    }

    /// A type word that does not touch the number: a law's name or an issuer stands between.
    #[allow(clippy::too_many_arguments)]
    fn distant(
        &self,
        line: &str,
        found: &FoundNumber,
        floor: usize,
        left_end: usize,
        led: bool,
        words: &[(Span, usize)],
        issuer: &mut Option<String>,
    ) -> Option<(Span, usize)> {
        if !led {
            return None;
        }
        let assembly = found.number.system == System::Assembly;
        let reach = if assembly { 320 } else { 200 };
        let before = |(word, _): &&(Span, usize)| word.end <= left_end && word.start >= floor && left_end - word.end < reach;
        let mut best: Option<(Span, usize)> = None;
        for (word, pattern) in words.iter().filter(before).rev() {
            let (code, capital) = &self.codes[*pattern];
            let between = &line[word.end..left_end];
            if between.contains([';', ':', '(', ')']) || (between.contains(". ") && !assembly) {
                break;
            }
            let fits = if assembly { matches!(code.as_str(), "L" | "BL" | "PL" | "NQ" | "HP") } else { found.number.kind.as_ref().is_none_or(|kind| kind == code) };
            if !fits || !capital {
                continue;
            }
            // "Luật sửa đổi, bổ sung một số điều của Luật X": the outer law is meant.
            let outer = best.is_none() || line[word.end..].trim_start().starts_with("sửa đổi");
            if outer {
                best = Some((*word, *pattern));
            }
            if !assembly {
                break;
            }
        }
        let (word, _) = best?;
        let between = line[word.end..left_end].trim();
        if let Some(rest) = between.strip_prefix("của ")
            && let Some(read) = self.bodies.read(rest)
        {
            *issuer = Some(read.name);
        }
        best
    }

    /// Takes date, issuer and term that follow the number in.
    fn attach(&self, line: &str, ceiling: usize, mention: &mut Mention) {
        let mut end = mention.span.end;
        for _ in 0..4 {
            let rest = &line[end..];
            if mention.date.is_none()
                && mention.year.is_none()
                && let Some(read) = dates::attached(rest)
                && end + read.len <= ceiling
            {
                mention.date = read.date;
                mention.year = read.year;
                mention.impossible_date = read.impossible;
                end += read.len;
                continue;
            }
            if mention.term.is_none()
                && let Some((term, length)) = term_at(rest)
            {
                mention.term = Some(term);
                end += length;
                continue;
            }
            if mention.issuer.is_none()
                && let Some((read, length)) = self.issuer_at(rest, mention.date.is_some())
                && end + length <= ceiling
            {
                mention.issuer = Some(read.name);
                mention.province = read.province;
                end += length;
                continue;
            }
            break;
        }
        mention.span.end = end;
    }

    /// `, của Bộ Chính trị`, ` của Thành ủy Hà Nội`; after a date also without "của".
    fn issuer_at(&self, rest: &str, dated: bool) -> Option<(super::names::BodyRead, usize)> {
        let skipped = rest.len() - rest.trim_start_matches([' ', ',']).len();
        if skipped == 0 || skipped > 2 {
            return None;
        }
        let body = &rest[skipped..];
        let (body, lead) = match body.strip_prefix("của ").or_else(|| body.strip_prefix("do ")) {
            Some(after) => (after, true),
            None => (body, false),
        };
        if !lead && (!dated || !self.bodies.begins_known(body) || rest[..skipped].contains(',')) {
            return None;
        }
        // "của tỉnh Hòa Bình", "của đồng chí …"
        let mut at = body;
        if lead && let Some(after) = ["tỉnh ", "thành phố "].iter().find_map(|unit| body.strip_prefix(unit)) {
            at = after;
            let window = clip(after, 60);
            let folded = fold::lower(window);
            let (length, province) = self.bodies.province_prefix(window, &folded)?;
            let whole = body.len() - after.len() + length;
            let name = body[..whole].to_owned();
            return Some((super::names::BodyRead { name, len: whole, province: Some(province.to_owned()), known: None }, rest.len() - body.len() + whole));
        }
        let read = self.bodies.read(at)?;
        let length = rest.len() - at.len() + read.len;
        Some((read, length))
    }

    /// A mention without a symbol: short form, plenum, name, self-reference.
    fn unnumbered(&self, line: &str, word: Span, pattern: usize, block: usize) -> Option<Mention> {
        let (code, capital) = &self.codes[pattern];
        let rest = &line[word.end..];
        let make = |form, end: usize| Mention {
            span: Span::new(word.start, end),
            number_at: Span::new(word.start, end),
            form,
            kind: Some(code.clone()),
            number: None,
            date: None,
            year: None,
            impossible_date: false,
            repaired: false,
            issuer: None,
            province: None,
            term: None,
            locator: locator_before(line, word.start),
            title: None,
            block,
            antecedent: None,
            capital: *capital,
            listed: false,
        };
        for demonstrative in [" này", " nầy"] {
            if rest.starts_with(demonstrative) && !rest[demonstrative.len()..].starts_with(char::is_alphabetic) {
                return Some(make(CitationForm::SelfReference, word.end + demonstrative.len()));
            }
        }
        if let Some((length, term)) = plenum_at(rest).filter(|_| matches!(code.as_str(), "NQ" | "KL")) {
            let mut mention = make(CitationForm::Plenum, word.end + length);
            mention.term = term;
            mention.issuer = Some("Ban Chấp hành Trung ương".into());
            return Some(mention);
        }
        if let Some((serial, length)) = short_serial(rest).filter(|_| *capital) {
            let mut mention = make(CitationForm::Short, word.end + length);
            mention.number_at = Span::new(word.end + length - serial.len(), word.end + length);
            mention.number = Some(DocNumber { serial: serial.to_owned(), year: None, kind: None, issuers: Vec::new(), system: System::Party });
            self.attach(line, line.len(), &mut mention);
            return Some(mention);
        }
        if let Some(length) = congress_at(rest) {
            return Some(make(CitationForm::Named, word.end + length));
        }
        if matches!(code.as_str(), "L" | "BL" | "PL" | "HP") && *capital {
            let name = law_name(rest);
            if name > 0 || code == "HP" {
                let mut mention = make(CitationForm::Named, word.end + name);
                self.attach_law_date(line, &mut mention);
                return Some(mention);
            }
        }
        None
    }

    fn attach_law_date(&self, line: &str, mention: &mut Mention) {
        if let Some(read) = dates::attached(&line[mention.span.end..]) {
            mention.date = read.date;
            mention.year = read.year;
            mention.span.end += read.len;
        }
    }
}

/// `Điều lệ` for `Điều lệ`, `quy chế` for `Quy chế`.
fn lower_first(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |c| c.to_lowercase().chain(chars).collect())
}

/// The other placement of tone marks (`Giấy uỷ quyền`).
fn old_style(word: &str) -> String {
    word.replace("ủy", "uỷ").replace("hóa", "hoá")
}

fn whole_word(line: &str, start: usize, end: usize) -> bool {
    !line[..start].ends_with(char::is_alphanumeric) && !line[end..].starts_with(char::is_alphanumeric)
}

/// `left` without the lead word of a number.
fn strip_lead(left: &str) -> &str {
    let trimmed = left.trim_end_matches([':', ' ', '.']);
    for lead in ["số", "Số", "SỐ", "sô", "so", "Sô", "sổ"] {
        if let Some(rest) = trimmed.strip_suffix(lead)
            && (rest.is_empty() || rest.ends_with([' ', '(', ',', ';']))
        {
            return rest.strip_suffix("mang ").unwrap_or(rest);
        }
    }
    left
}

/// Bare serials listed before a full number: the `187` of "số 187, 188-KL/TW", in order.
fn bare_numbers_before(line: &str, serial: usize, floor: usize) -> Vec<Span> {
    let mut out = Vec::new();
    let mut at = serial;
    loop {
        let before = &line[floor..at];
        let cut = before.trim_end();
        let cut = cut.strip_suffix("số").map_or(cut, str::trim_end);
        let Some(rest) = [",", "và", ";", "&"].iter().find_map(|mark| cut.strip_suffix(mark)) else { break };
        let rest = rest.trim_end();
        let digits = rest.bytes().rev().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 4 {
            break;
        }
        let start = floor + rest.len() - digits;
        let lead = line[floor..start].trim_end();
        let listed = strip_lead(lead).len() < lead.len() || lead.ends_with([',', ';']) || lead.ends_with("và");
        if !listed {
            break;
        }
        out.push(Span::new(start, floor + rest.len()));
        at = start;
    }
    out.reverse();
    // A list begins with "số 187" or a type word; else the figures are something else.
    let head = out.first().map_or("", |span| line[floor..span.start].trim_end());
    if strip_lead(head).len() == head.len() {
        out.clear();
    }
    out
}

/// "18-NQ/TW và 19-NQ/TW, ngày 25/10/2017": what stands at the end of a list holds for its members.
fn share_in_lists(line: &str, mentions: &mut [Mention]) {
    for i in (0..mentions.len().saturating_sub(1)).rev() {
        let (before, after) = mentions.split_at_mut(i + 1);
        let (a, b) = (&mut before[i], &after[0]);
        if a.span.end > b.span.start {
            continue;
        }
        let between = line[a.span.end..b.span.start].trim();
        let between = between.strip_suffix("số").map_or(between, str::trim_end);
        let touching = matches!(between, "," | "và" | ", và" | "" | ";" | "hoặc");
        // A type word of its own begins a new item, but its kind may still be written once for several.
        let own_word = line[b.span.start..b.number_at.start].chars().any(char::is_alphabetic) && !line[b.span.start..].starts_with("số");
        if touching && !own_word {
            if a.date.is_none() && a.year.is_none() && a.issuer.is_none() {
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
}

/// True for a number whose register many provinces have.
fn is_local(number: &DocNumber) -> bool {
    number.issuers.iter().any(|code| {
        code.ends_with("TU") || code.ends_with("HU") || code.ends_with("UBND") || code.ends_with("HĐND") || matches!(code.as_str(), "UB" | "UBT" | "QU" | "ThU")
    })
}

/// ` khoá XI`, `, khóa XII`, ` (khoá XIII)`: the term and the length.
fn term_at(rest: &str) -> Option<(String, usize)> {
    let trimmed = rest.trim_start_matches([' ', ',', '(']);
    let skipped = rest.len() - trimmed.len();
    if skipped == 0 || skipped > 3 {
        return None;
    }
    let after = ["khoá ", "khóa ", "Khoá ", "Khóa "].iter().find_map(|word| trimmed.strip_prefix(word))?;
    let roman: usize = after.bytes().take_while(|b| matches!(b, b'I' | b'V' | b'X')).count();
    let name = &after[..roman];
    if roman == 0 || after[roman..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let mut length = rest.len() - after.len() + roman;
    if rest[..skipped].contains('(') && rest[length..].starts_with(')') {
        length += 1;
    }
    Some((name.to_owned(), length))
}

/// ` Trung ương 4 khoá XII`, ` Hội nghị Trung ương 6 khóa XI`, ` Hội nghị lần thứ 9 Ban Chấp hành Trung ương …`.
fn plenum_at(rest: &str) -> Option<(usize, Option<String>)> {
    let mut at = rest.strip_prefix(' ')?;
    at = at.strip_prefix("số ").unwrap_or(at);
    let conference = at.strip_prefix("Hội nghị ").or_else(|| at.strip_prefix("hội nghị "));
    at = conference.unwrap_or(at);
    let central = ["Trung ương ", "TW ", "TW", "Trung ương lần thứ ", "Ban Chấp hành Trung ương "].iter().find_map(|word| at.strip_prefix(word));
    at = central.unwrap_or(at);
    let ordinal = at.strip_prefix("lần thứ ");
    at = ordinal.unwrap_or(at);
    if central.is_none() && (conference.is_none() || ordinal.is_none()) {
        return None;
    }
    const WORDS: [&str; 12] = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười một", "mười hai", "mười"];
    let digits = at.bytes().take_while(u8::is_ascii_digit).count();
    let length = if digits > 0 && digits <= 2 { digits } else { WORDS.iter().find(|word| at.starts_with(**word)).map(|word| word.len())? };
    at = &at[length..];
    for tail in [" (lần 2)", ", Ban Chấp hành Trung ương Đảng", " Ban Chấp hành Trung ương Đảng", ", Ban Chấp hành Trung ương", " Ban Chấp hành Trung ương", " của Ban Chấp hành Trung ương"] {
        at = at.strip_prefix(tail).unwrap_or(at);
    }
    let mut end = rest.len() - at.len();
    let term = term_at(at).map(|(term, length)| {
        end += length;
        term
    });
    Some((end, term))
}

/// The serial of a short form: `" 38"` of "Chỉ thị 38", `" số 98"` of "Kết luận số 98".
fn short_serial(rest: &str) -> Option<(&str, usize)> {
    let after = rest.strip_prefix(' ')?;
    let after = after.strip_prefix("số ").unwrap_or(after);
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 4 {
        return None;
    }
    let mut end = digits;
    let tail = &after[digits..];
    if tail.starts_with(|c: char| c.is_ascii_lowercase()) && !tail[1..].starts_with(char::is_alphanumeric) {
        end += 1;
    }
    let tail = &after[end..];
    let mut next = tail.chars();
    let goes_on = match next.next() {
        Some('/' | '-' | '%') => true,
        Some('.' | ',') => next.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    // "Kế hoạch 5 năm", "Báo cáo 6 tháng", "Quyết định 2 nội dung" count things.
    let counts = [" năm ", " tháng", " ngày", " nội dung", " điểm", " nhiệm vụ", " lần", " bộ", " văn bản", " tỷ", " triệu", " huyện", " xã", " tỉnh", " đồng"];
    let year = tail.starts_with(" năm ") && tail[" năm ".len()..].starts_with(|c: char| c.is_ascii_digit());
    if goes_on || (!year && (counts.iter().any(|unit| tail.starts_with(unit)) || tail == " năm")) {
        return None;
    }
    Some((&after[..end], rest.len() - after.len() + end))
}

/// ` Đại hội đại biểu toàn quốc lần thứ XIII của Đảng`: the length.
fn congress_at(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix(" Đại hội ").or_else(|| rest.strip_prefix(" đại hội "))?;
    let stop = after.find(['.', ',', ';', ')', '(', ':', '"', '”']).unwrap_or(after.len()).min(90);
    let clipped = clip(after, stop);
    let end = ["của Đảng", "toàn quốc"].iter().filter_map(|tail| clipped.find(tail).map(|i| i + tail.len())).max();
    let roman = clipped.find("lần thứ ").map(|i| {
        let from = i + "lần thứ ".len();
        from + clipped[from..].find(' ').unwrap_or(clipped.len() - from)
    });
    let end = end.max(roman).unwrap_or_else(|| clipped.find(' ').unwrap_or(clipped.len()));
    Some(rest.len() - after.len() + end)
}

/// Length of the name of a law after the type word: capitalised first, up to a word that ends it.
fn law_name(rest: &str) -> usize {
    let Some(after) = rest.strip_prefix(' ') else { return 0 };
    let sua = after.starts_with("sửa đổi");
    if !sua && !after.starts_with(char::is_uppercase) {
        return 0;
    }
    let stops = [" ngày ", " năm ", " số ", " và ", " quy định", " về ", " có ", " được ", " thì ", " đã ", " hoặc ", " là ", " trong ", " phải ", " để ", " hiện ", " theo ", " này", " cho "];
    let window = clip(after, if sua { 300 } else { 120 });
    let mut end = window.find([',', ';', '.', '(', ')', ':', '"', '”', '|']).unwrap_or(window.len());
    if sua {
        // "sửa đổi, bổ sung một số điều của Luật X": the comma belongs to the name.
        let from = window.find("Luật ").map_or(0, |i| i + "Luật ".len());
        end = from + window[from..].find([',', ';', '.', '(', ')', ':']).unwrap_or(window.len() - from);
        let cut = stops.iter().filter_map(|stop| window[from..end].find(stop)).min().unwrap_or(end - from);
        return 1 + from + cut;
    }
    let cut = stops.iter().filter_map(|stop| window[..end].find(stop)).min().unwrap_or(end);
    1 + cut
}

/// "Theo đề nghị của Bộ trưởng Bộ Y tế tại Tờ trình số …": who proposes issues the submission.
fn proposer(bodies: &BodyReader, line: &str, start: usize) -> Option<String> {
    let before = line[..start].trim_end().strip_suffix("tại")?.trim_end();
    let at = before.rfind("đề nghị của ")? + "đề nghị của ".len();
    let read = bodies.read(&before[at..])?;
    (before.len() - at - read.len < 3).then_some(read.name)
}

/// "điểm c khoản 9 Điều 7" before the type word.
fn locator_before(line: &str, start: usize) -> Option<String> {
    const UNITS: [&str; 10] = ["điểm", "khoản", "điều", "mục", "chương", "phần", "tiểu mục", "phụ lục", "tiết", "đoạn"];
    let mut head = line[..start].trim_end();
    head = head.strip_suffix("của").map_or(head, str::trim_end);
    let window_start = {
        let mut at = head.len().saturating_sub(160);
        while !head.is_char_boundary(at) {
            at += 1;
        }
        at
    };
    let words: Vec<&str> = head[window_start..].split(' ').filter(|w| !w.is_empty()).collect();
    let mut i = words.len();
    let mut first = None;
    // Backward: a value (7, c, IV, 1.3), a unit, and marks between several of them.
    while i >= 2 {
        let value = words[i - 1].trim_end_matches([',', ';']);
        let unit = words[i - 2].to_lowercase();
        let is_value = !value.is_empty() && value.chars().count() <= 5 && (value.chars().all(|c| c.is_ascii_digit() || c == '.') || value.chars().count() == 1 || value.chars().all(|c| matches!(c, 'I' | 'V' | 'X')));
        if is_value && UNITS.contains(&unit.as_str()) {
            i -= 2;
            first = Some(i);
        } else if is_value && first.is_some() && (words[i - 1].ends_with(',') || matches!(words[i - 2], "và" | "hoặc")) {
            i -= 1;
        } else if matches!(words[i - 1], "và" | "hoặc" | "của") && first.is_some() {
            i -= 1;
        } else {
            break;
        }
    }
    first.map(|i| words[i..].join(" ").trim_end_matches(',').to_owned())
}

/// The subject after a mention: from "về", "quy định" … to the next stop.
fn title_after(line: &str, end: usize, next: usize) -> Option<Span> {
    let limit = next.max(end);
    let rest = &line[end..limit];
    let trimmed = rest.trim_start_matches([' ', ',', ':', '“', '"']);
    let start = end + rest.len() - trimmed.len();
    const STARTS: [&str; 14] = ["về", "Về", "v/v", "V/v", "quy định", "ban hành", "phê duyệt", "hướng dẫn", "sửa đổi", "công bố", "triển khai", "thực hiện", "quy định chi tiết", "thông qua"];
    if !STARTS.iter().any(|word| trimmed.starts_with(word)) {
        return None;
    }
    let stop = trimmed.find([';', '(', '”', '"', '|']).unwrap_or(trimmed.len());
    let stop = [". ", ", Chỉ thị", ", Nghị", ", Kết luận", " nhằm ", ", Ban ", ", Ủy ban "].iter().filter_map(|mark| trimmed[..stop].find(mark)).min().unwrap_or(stop);
    let words = clip(&trimmed[..stop], 300).trim_end_matches([' ', '.', ',']);
    (words.chars().count() > 5).then(|| Span::new(start, start + words.len()))
}
