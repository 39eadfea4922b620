//! Finds mentions of documents: type word, number, date, issuer, term, in one line of normal text.
//!
//! Not here: what a short form stands for (see `aliases`), or what this document does to it (see `relations`).
//! Longer than 350 lines because a mention has one reader for each of its forms, and all fill the same record.

use super::around::{
    bare_numbers_before, congress_at, is_local, law_name, locator_before, plenum_at, short_serial, strip_lead, term_at, title_after,
    whole_word,
};
use super::dates;
use super::mention::Mention;
use super::names::{BodyReader, clip};
use super::numbers::{FoundNumber, NumberReader};
use super::sentence;
use super::sharing::{IssuingWords, proposer, share_in_lists};
use super::signers::SignerReader;
use super::spelling::{each_upper, lower_first, old_style};
use super::subjects;
use crate::model::{CitationForm, DocNumber, Span, System};
use crate::tables::{Tables, fold};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::collections::HashMap;

/// Finds mentions; made once from the tables.
#[derive(Clone, Debug)]
pub(super) struct MentionFinder {
    pub(super) numbers: NumberReader,
    pub(super) bodies: BodyReader,
    pub(super) signers: SignerReader,
    /// Type words as they stand in text, first letter large or small.
    words: AhoCorasick,
    /// Code of each type word, and whether it begins with a capital.
    codes: Vec<(String, bool)>,
    /// Code of the kind whose name a longer one begins with: "QC" of "Quy chế" by that of "Quy chế phối hợp".
    plain: HashMap<String, String>,
    pub(super) issuing: IssuingWords,
    /// What bears a number and is no paper of an office: "hợp đồng".
    foreign: Vec<String>,
    /// First words of the subject behind a citation: "về", as written.
    subjects: Vec<String>,
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
                    add(each_upper(&spelling), &kind.code);
                }
            }
        }
        // Built once, run over every line: the fastest of the automata.
        let dfa = Some(AhoCorasickKind::DFA);
        let words =
            AhoCorasick::builder().kind(dfa).match_kind(MatchKind::LeftmostLongest).build(&patterns).expect("type words are few and short");
        MentionFinder {
            numbers: NumberReader::new(tables),
            bodies: BodyReader::new(tables),
            signers: SignerReader::new(tables),
            words,
            codes,
            plain: tables.kinds.plain(),
            issuing: IssuingWords::new(tables),
            foreign: tables.folded_forms("foreign").to_vec(),
            subjects: tables.forms("subject_start").to_vec(),
        }
    }

    /// All mentions of the line `span` of `text`, in order.
    pub(super) fn find(&self, text: &str, span: Span, block: usize, out: &mut Vec<Mention>) {
        let line = span.of(text);
        let found = self.numbers.find(line, 0);
        let words: Vec<(Span, usize)> = self
            .words
            .find_iter(line)
            .filter(|m| whole_word(line, m.start(), m.end()))
            .map(|m| (Span::new(m.start(), m.end()), m.pattern().as_usize()))
            .collect();
        if found.is_empty() && words.is_empty() {
            return;
        }
        let first = out.len();
        let mut floor = 0;
        // "các Hợp đồng số 15/2025/HĐ-XD và 16/2025/HĐ-XD": what the first is, the next is too.
        let mut refused = None;
        for (i, number) in found.iter().enumerate() {
            let ceiling = found.get(i + 1).map_or(line.len(), |next| next.span.start);
            let listed = |end: usize| matches!(line[end..number.span.start].trim(), "," | "và" | ", và" | ";" | ", số" | "và số");
            let before = out.len();
            if !refused.is_some_and(listed) {
                self.numbered(line, number, floor, ceiling, &words, block, out);
            }
            refused = (out.len() == before).then_some(number.span.end);
            floor = out[first..].last().map_or(number.span.end, |m| m.span.end.max(number.span.end));
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
            mention.title = title_after(&self.subjects, line, mention.span.end, next);
            for at in [&mut mention.span, &mut mention.number_at].into_iter().chain(mention.title.as_mut()) {
                *at = Span::new(at.start + span.start, at.end + span.start);
            }
        }
    }

    /// The mention around one number, and those of bare numbers listed before it.
    #[allow(clippy::too_many_arguments)]
    fn numbered(
        &self,
        line: &str,
        found: &FoundNumber,
        floor: usize,
        ceiling: usize,
        words: &[(Span, usize)],
        block: usize,
        out: &mut Vec<Mention>,
    ) {
        let bare = bare_numbers_before(line, found.span.start, floor, |end| words.iter().any(|(word, _)| word.end == end));
        let first_serial = bare.first().map_or(found.span.start, |span| span.start);
        let left = line[floor..first_serial].trim_end();
        let without_lead = strip_lead(left);
        let led = without_lead.len() < left.len();
        let left_end = floor + without_lead.trim_end().len();
        let mut issuer_before = None;
        let mut start = if led { floor + without_lead.len() } else { first_serial };
        let mut kind = None;
        let immediate = words.iter().rfind(|(word, _)| word.end == left_end && word.start >= floor);
        let chosen = immediate.copied().or_else(|| self.distant(line, found, floor, left_end, led, words, &mut issuer_before));
        if let Some((word, pattern)) = chosen {
            start = word.start;
            kind = Some(self.codes[pattern].0.clone());
            // "Thông báo Kết luận số 99-TB/TW": the symbol tells which of two type words that touch is meant.
            let outer = words.iter().rfind(|(outer, _)| outer.end + 1 == word.start && outer.start >= floor);
            // "Quy chế phối hợp số 05-QC/…": the code tells that it is one of the plain kind.
            if let Some(plain) = self.plain.get(&self.codes[pattern].0).filter(|plain| found.number.kind.as_ref() == Some(plain)) {
                kind = Some(plain.clone());
            } else if let Some((outer, pattern)) = outer
                && kind != found.number.kind
                && found.number.kind.as_ref() == Some(&self.codes[*pattern].0)
            {
                start = outer.start;
                kind = found.number.kind.clone();
            }
        }
        // "thay thế KH số 31/KH-UBND": the code stands for the type word.
        if led && immediate.is_none() {
            let head = line[floor..left_end].rfind([' ', '(', ',', ';']).map_or(floor, |at| floor + at + 1);
            if let Some(code) = self.numbers.kind_of(&line[head..left_end]) {
                (start, kind, issuer_before) = (head, Some(code.to_owned()), None);
            }
        }
        // "Văn bản số 15/STC-NS": the general word.
        if led && chosen.is_none() && start == floor + without_lead.len() {
            let head = &line[floor..left_end];
            let general = ["Văn bản", "văn bản"].iter().find(|word| head.ends_with(**word));
            start = general.map_or(start, |word| left_end - word.len());
            // "Văn bản số 4773/TC-CSTC": the code of an office, which is that of a kind as well.
            kind = general.filter(|_| found.number.kind.as_deref() == Some("TC")).map(|_| "CV".to_owned());
        }
        // "Hợp đồng số 15/2023/HĐ-XD" is no paper of an office.
        let foreign = fold::lower(clip_end(&line[floor..left_end], 40));
        if self.foreign.iter().any(|word| foreign.strip_suffix(word.as_str()).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))) {
            return;
        }
        while line[start..].starts_with(' ') {
            start += 1;
        }
        let number = &found.number;
        let mut mention = Mention {
            number_at: found.span,
            kind: kind.or_else(|| number.kind.clone()).or_else(|| (number.system == System::Letter).then(|| "CV".to_owned())),
            number: Some(number.clone()),
            issuer: issuer_before,
            locator: locator_before(line, start),
            ..Mention::bare(Span::new(start, found.span.end), CitationForm::Short, block)
        };
        self.attach(line, ceiling, &mut mention);
        if mention.date.is_none() && mention.year.is_none() {
            mention.date = subjects::issued_on(&self.issuing, line, mention.span.start)
                .or_else(|| dates::adopted_on(&line[mention.span.end..ceiling.max(mention.span.end)]));
        }
        if mention.issuer.is_none() {
            let start = mention.span.start;
            mention.issuer = proposer(&self.bodies, &self.issuing, line, start)
                .or_else(|| subjects::issuer(&self.bodies, &self.issuing, line, start, number))
                .or_else(|| subjects::issuer_behind(&self.bodies, &self.issuing, line, mention.span, number));
        }
        if mention.province.is_none()
            && is_local(number)
            && mention.issuer.as_deref().is_none_or(|issuer| self.bodies.last_province(issuer).is_none())
        {
            let clause = sentence::clause_before(line, mention.span.start);
            // "kinh nghiệm của tỉnh Sông Lam (Kết luận số …)": the bracket speaks of what stands before it.
            // "tỉnh Đông Lĩnh (Đề án số …; Quyết định số …)": so does each item of it.
            let window = clip_end(&line[..mention.span.start], 400);
            let open = window.rfind('(').filter(|open| !window[*open..].contains(')')).map(|open| mention.span.start - window.len() + open);
            let bracket = open.filter(|open| *open < clause.start && clause.of(line).trim().is_empty());
            let clause = bracket.map_or(clause, |open| sentence::clause_before(line, open));
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
            out.push(Mention {
                span: Span::new(start, serial.end),
                number_at: *serial,
                number: Some(number),
                listed: i > 0,
                ..mention.clone()
            });
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
        // "Luật Tổ chức Quốc hội 57/2014/QH13": the symbol of an assembly alone tells that it is a number.
        if !led && found.number.system != System::Assembly {
            return None;
        }
        let standing = |code: &String| code.starts_with("UBTVQH");
        let assembly = found.number.system == System::Assembly || found.number.issuers.iter().any(standing);
        let reach = if assembly { 320 } else { 200 };
        let before = |(word, _): &&(Span, usize)| word.end <= left_end && word.start >= floor && left_end - word.end < reach;
        let mut best: Option<(Span, usize)> = None;
        for (word, pattern) in words.iter().filter(before).rev() {
            let (code, capital) = &self.codes[*pattern];
            // "Luật Khuyến khích đầu tư trong nước (sửa đổi) số 03/1998/QH10".
            let between = line[word.end..left_end].trim_end();
            let between = between.strip_suffix("(sửa đổi)").unwrap_or(between);
            // "Nghị định của Chính phủ: số 57/2018/NĐ-CP …; số 98/2018/NĐ-CP …".
            let between = between.strip_suffix(':').unwrap_or(between);
            if between.contains([';', ':', '(', ')']) || (between.contains(". ") && !assembly) {
                break;
            }
            let fits = if assembly {
                matches!(code.as_str(), "L" | "BL" | "PL" | "NQ" | "HP") && found.number.kind.as_ref().is_none_or(|kind| kind == code)
            } else {
                found.number.kind.as_ref().is_none_or(|kind| kind == code)
            };
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
        let between = line[word.end..left_end].trim().trim_end_matches(':');
        if let Some(rest) = between.strip_prefix("của ")
            && let Some(read) = self.bodies.read(rest)
        {
            *issuer = Some(read.name);
        }
        best
    }

    /// Takes date, issuer and term that follow the number in.
    pub(super) fn attach(&self, line: &str, ceiling: usize, mention: &mut Mention) {
        let mut end = mention.span.end;
        for _ in 0..4 {
            // "số 8033/CĐ-BNN cùng ngày của Bộ trưởng …", "số 8033/CĐ-BNN hồi 16 giờ cùng ngày của …": whose it is stands behind.
            let told = end + dates::hour(&line[end..]);
            let same = line[told..].strip_prefix(" cùng ngày").filter(|after| after.starts_with(" của ") && mention.issuer.is_none());
            if same.is_some() && mention.date.is_none() {
                end = told + " cùng ngày".len();
            }
            end += if mention.date.is_none() { dates::hour(&line[end..]) } else { 0 };
            let rest = &line[end..];
            if mention.date.is_none()
                && mention.year.is_none()
                && let Some(read) = dates::attached(rest).or_else(|| dates::bare(rest))
                && end + read.len <= ceiling
            {
                mention.date = read.date;
                mention.year = read.year;
                mention.impossible_date = read.impossible;
                end += read.len;
                // "(ngày 22/12/2024) của Bộ Chính trị"
                let bracket = line[end - read.len..end].trim_start().starts_with('(') && line[end..].starts_with(')');
                end += usize::from(bracket && end < ceiling);
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
                && let Some((mut read, mut length)) = self.issuer_at(rest, mention.date.is_some())
                && end + length <= ceiling
            {
                // "số 5/TTr-BTP của Bộ Tư pháp, Chính phủ thống nhất …": a ministry's code alone names one body.
                let alone = mention.number.as_ref().is_some_and(|number| number.system == System::State && number.issuers.len() == 1);
                if let Some(first) = self.bodies.first_of(&read.name).filter(|_| alone) {
                    length -= read.name.len() - first;
                    read.name.truncate(first);
                }
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
        // "cùa": what recognition makes of "của".
        let (body, lead) = match ["của ", "CỦA ", "do ", "cùa ", "cúa "].iter().find_map(|word| body.strip_prefix(word)) {
            Some(after) => (after, true),
            None => (body, false),
        };
        if !lead && (!dated || !self.bodies.begins_known(body) || rest[..skipped].contains(',')) {
            return None;
        }
        // "của tỉnh Hòa Bình", "của đồng chí …"
        if lead && let Some(after) = ["tỉnh ", "thành phố "].iter().find_map(|unit| body.strip_prefix(unit)) {
            let window = clip(after, 60);
            let folded = fold::lower(window);
            let (length, province) = self.bodies.province_prefix(window, &folded)?;
            let whole = body.len() - after.len() + length;
            let name = body[..whole].to_owned();
            return Some((
                super::names::BodyRead { name, len: whole, province: Some(province.to_owned()), known: None },
                rest.len() - body.len() + whole,
            ));
        }
        // "của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ": the office is named last.
        let titles = ["Bộ trưởng, Chủ nhiệm ", "Phó Thủ tướng, Bộ trưởng "];
        let held = titles.iter().find(|title| body.starts_with(**title)).map_or(0, |title| title.find(", ").map_or(0, |at| at + 2));
        // "của Hội nghị lần thứ tám Ban Chấp hành Trung ương": the committee issues what its session adopts.
        let session = body.starts_with("Hội nghị ").then(|| clip(body, 60).find("Ban Chấp hành")).flatten().unwrap_or(held);
        let mut read = self.bodies.read(&body[session..]).or_else(|| self.bodies.read_small(&body[session..]).filter(|_| lead))?;
        read.len += session;
        // By the same name as that of a resolution of a plenum without number.
        if session > held
            && let Some(usual) = read.name.strip_suffix(" Đảng")
        {
            read.name = usual.to_owned();
        }
        if !read.name.chars().any(char::is_lowercase) && read.known.is_some() {
            read.name = self.bodies.usual(&read.name);
        }
        let length = rest.len() - body.len() + read.len;
        Some((read, length))
    }

    /// A mention without a symbol: short form, plenum, name, self-reference.
    fn unnumbered(&self, line: &str, word: Span, pattern: usize, block: usize) -> Option<Mention> {
        let (code, capital) = &self.codes[pattern];
        let rest = &line[word.end..];
        let make = |form, end: usize| Mention {
            kind: Some(code.clone()),
            locator: locator_before(line, word.start),
            ..Mention::bare(Span::new(word.start, end), form, block)
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
        // "về nghị quyết 57": in small letters too, for what nobody counts; it must stand for a paper that is cited.
        let small = |serial: &str| serial.len() > 1 && matches!(code.as_str(), "NQ" | "NĐ" | "TT");
        if let Some((serial, length)) = short_serial(rest).filter(|(serial, _)| *capital || small(serial)) {
            let mut mention = make(CitationForm::Short, word.end + length);
            mention.number_at = Span::new(word.end + length - serial.len(), word.end + length);
            mention.number =
                Some(DocNumber { serial: serial.to_owned(), year: None, kind: None, issuers: Vec::new(), system: System::Party });
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

/// The last `most` bytes of `text`, or fewer where a character would be cut.
pub(super) fn clip_end(text: &str, most: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(most))..]
}
