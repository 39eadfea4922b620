//! Lines that lead on to a list of duties, and headings that name who is in duty.
//!
//! Duty: for a heading or a line that ends with a colon, the bodies on whom what follows is laid ("… yêu cầu các sở
//! thực hiện:", "Các sở khẩn trương:", "3. Sở Y tế"). Not here: sentences that lay a duty themselves (`task_frames`).

use super::task_bodies::{Bodies, GROUP};
use super::task_frames::{Follows, Reader, Strength, names};
use super::task_words::{COLON, COMMA, Lexicon, NUMBER, Roles, SEMICOLON};
use crate::model::Structure;
use crate::tables::{BodyRole, DutyRole};
use std::ops::Range;

/// Those whom a letter addresses: "Kính gửi: Ủy ban nhân dân các tỉnh", or the items below it.
pub(super) fn letter_to(lexicon: &Lexicon, text: &str, structure: &Structure) -> Vec<String> {
    let blocks = &structure.blocks;
    let Some(at) = blocks.iter().position(|block| block.span.of(text).starts_with("Kính gửi")) else { return Vec::new() };
    let mut words = Vec::new();
    let mut names = |line: &str| -> Vec<String> {
        words.clear();
        lexicon.cut(line, &mut words);
        let reader = Reader::new(lexicon, &words);
        let list = reader.list(reader.skip_marks(0));
        list.map(|list| names(line, &words, &list.names)).unwrap_or_default()
    };
    let line = blocks[at].span.of(text).trim_start_matches("Kính gửi").trim_start_matches([':', ' ']);
    let first = names(line);
    if !first.is_empty() {
        return first;
    }
    let items = blocks[at + 1..].iter().take_while(|block| block.label.as_deref() == Some("-"));
    items.flat_map(|block| names(&text[block.body..block.span.end])).collect()
}

impl Reader<'_> {
    /// The bodies that fill the words `range` wholly ("Sở Y tế", "Đối với Sở Y tế:", "Các xã có trách nhiệm").
    pub(super) fn heading_bodies(&self, range: &Range<usize>) -> Option<Vec<Range<usize>>> {
        let reader = Reader { words: &self.words[..range.end], ..*self };
        let mut at = reader.skip_marks(range.start);
        let (len, roles) = reader.roles(at);
        let introduced = roles.has(DutyRole::OfBody);
        if roles.meets(Roles::duty(&[DutyRole::Order, DutyRole::OfBody])) {
            at += len;
            // "6. Đề nghị: Hội Nông dân tỉnh, Tỉnh đoàn".
            at += usize::from(reader.words.get(at).is_some_and(|word| word.id == COLON));
        }
        let bodies = reader.list(at)?;
        // "NHỮNG VẤN ĐỀ CHUNG": behind the word of a group stands no body.
        let group = self.lexicon.longest(self.words, bodies.names[0].start, GROUP).map_or(0, |(len, _)| len);
        let known = Roles::body(&[BodyRole::Name, BodyRole::Noun, BodyRole::Generic, BodyRole::Loose, BodyRole::Unit, BodyRole::Position]);
        if group > 0 && self.lexicon.longest(self.words, bodies.names[0].start + group, known).is_none() {
            return None;
        }
        let rest = &reader.words[bodies.end..];
        // "Đối với Văn phòng Đăng ký quyền sử dụng đất": whose duties are told is named up to the end.
        const LONGEST_NAME: usize = 14;
        if introduced
            && bodies.names.len() == 1
            && (1..=LONGEST_NAME).contains(&rest.len())
            && (bodies.end..range.end).all(|at| self.words[at].is_letters())
        {
            let mut names = bodies.names;
            names[0].end = range.end;
            return Some(names);
        }
        // "Phòng Công nghệ thông tin": a name alone in its line runs on over words that nothing else is known of.
        const LONGEST_TAIL: usize = 4;
        if bodies.names.len() == 1
            && (1..=LONGEST_TAIL).contains(&rest.len())
            && (bodies.end..range.end).all(|at| self.words[at].is_letters() && reader.roles(at).0 == 0)
        {
            let mut names = bodies.names;
            names[0].end = range.end;
            return Some(names);
        }
        let (len, roles) = reader.roles(bodies.end);
        let strong = if roles.has(DutyRole::Strong) { len } else { 0 };
        let closed = rest[strong..].iter().all(|word| !word.is_letters());
        let duty_of = strong > 0 || self.words[..range.end].last().is_some_and(|word| word.id == COLON);
        // "Các tổ chức, cá nhân khai thác nước có trách nhiệm": the name runs on to its verb at the end.
        let ends_strong = || (bodies.end..range.end).any(|i| reader.roles(i).1.has(DutyRole::Strong) && reader.closes_after(i));
        (closed || duty_of && strong > 0 || ends_strong()).then_some(bodies.names)
    }

    /// The addressees of a lead-in ("… yêu cầu các X thực hiện tốt một số nội dung sau:"); `None` where the sentence
    /// is none, an empty list where it names nobody.
    pub(super) fn lead_in(&self, range: &Range<usize>) -> Option<Vec<Range<usize>>> {
        let reader = Reader { words: &self.words[..range.end], ..*self };
        let colon = reader.words.last().filter(|word| word.id == COLON)?;
        let last = range.end - 1;
        debug_assert_eq!(colon.id, COLON);
        let ordered = (range.start..last).rev().filter_map(|i| {
            let (len, roles) = reader.roles(i);
            let inside = i > 0 && reader.roles(i - 1).0 > 1;
            (roles.has(DutyRole::Order) && !inside).then(|| (i + len == last, reader.list(i + len)))
        });
        let mut ended = false;
        for (ends, bodies) in ordered {
            if let Some(bodies) = bodies {
                return Some(bodies.names);
            }
            ended |= ends;
        }
        if ended {
            return Some(Vec::new());
        }
        let focus = (range.start..last).any(|i| reader.roles(i).1.has(DutyRole::Focus) || reader.focus_at(i));
        let follow_up = (last.saturating_sub(4)..last).any(|i| reader.roles(i).1.has(DutyRole::LeadEnd));
        if !focus || !follow_up {
            return None;
        }
        // "Ban Thường vụ xác định các cấp ủy cần tập trung …": who must act, whoever says so.
        let must = |bodies: &Bodies| reader.roles(bodies.end).1.has(DutyRole::Modal);
        if let Some(bodies) = (range.start..last).find_map(|i| reader.list(i).filter(must)) {
            return Some(bodies.names);
        }
        let starts = std::iter::once(range.start)
            .chain((range.start..last).filter(|i| matches!(reader.words[*i].id, COMMA | SEMICOLON | NUMBER)).map(|i| i + 1));
        // "…, năm 2026 Sở Y tế tập trung …": behind the time without a comma.
        let subject = starts.filter_map(|i| reader.list(i)).find(|bodies| reader.follows(bodies.end) != Follows::Nothing);
        Some(subject.map(|bodies| bodies.names).unwrap_or_default())
    }

    /// The bodies of "X phải:", "X khẩn trương:", "X chủ trì, phối hợp với Y:" before a list of what they are to do, and
    /// whether the words ask by themselves.
    pub(super) fn subject_lead(&self, range: &Range<usize>) -> Option<(Vec<Range<usize>>, bool)> {
        let last = range.end.checked_sub(1).filter(|last| *last > range.start && self.words[*last].id == COLON)?;
        let inner = range.start..last;
        if let Some(frame) = self.frame(&inner) {
            let urged = frame.strength > Strength::Subject || self.asks(frame.after..last);
            return Some((frame.bodies, urged));
        }
        let reader = Reader { words: &self.words[..last], ..*self };
        let bodies = reader.list(reader.skip_marks(range.start))?;
        // "Ủy ban nhân dân các tỉnh:" alone in its line.
        if bodies.end == last {
            return Some((bodies.names, false));
        }
        // "Giám đốc các sở có trách nhiệm:".
        if let Some((len, _)) = reader.lexicon.longest(reader.words, bodies.end, Roles::duty(&[DutyRole::Strong]))
            && bodies.end + len == last
        {
            return Some((bodies.names, true));
        }
        // "Các sở, nhất là những nơi chậm, khẩn trương:": what stands between two commas only tells which.
        let aside = reader.words.get(bodies.end).filter(|word| word.id == COMMA);
        let mut at = aside.and_then(|_| (bodies.end..last).rfind(|at| reader.words[*at].id == COMMA)).unwrap_or(bodies.end);
        while at < last {
            let mask = Roles::duty(&[DutyRole::Modal, DutyRole::Adverb, DutyRole::Urge]);
            match reader.lexicon.longest(reader.words, at, mask) {
                Some((len, _)) => at += len,
                None if reader.words[at].is_letters() => return None,
                None => at += 1,
            }
        }
        reader.asks(at.min(bodies.end)..last).then_some((bodies.names, true))
    }

    /// True when a word of `range` urges or obliges.
    fn asks(&self, range: Range<usize>) -> bool {
        let mask = Roles::duty(&[DutyRole::Modal, DutyRole::Urge]);
        range.into_iter().any(|at| self.lexicon.longest(self.words, at, mask).is_some())
    }

    /// True for "… xây dựng kế hoạch như sau:".
    pub(super) fn leads_on(&self, range: &Range<usize>) -> bool {
        let last = range.end.checked_sub(1).filter(|last| *last > range.start && self.words[*last].id == COLON);
        last.is_some_and(|last| self.leads_on_before(range.start, last))
    }

    /// True for "…, Ban Thường vụ Tỉnh ủy kết luận:": a body, and right before the colon what it does.
    pub(super) fn concludes(&self, range: &Range<usize>) -> bool {
        let Some(last) = range.end.checked_sub(1).filter(|last| *last > range.start && self.words[*last].id == COLON) else { return false };
        let reader = Reader { words: &self.words[..last], ..*self };
        let verb = Roles::duty(&[DutyRole::Verb]);
        let ends = |at: &usize| reader.lexicon.longest(reader.words, *at, verb).is_some_and(|(len, _)| at + len == last);
        let Some(verb) = (range.start..last).rev().take(3).find(ends) else { return false };
        let starts = std::iter::once(range.start)
            .chain((range.start..verb).filter(|at| matches!(reader.words[*at].id, COMMA | SEMICOLON)).map(|at| at + 1));
        starts.filter_map(|at| reader.list(at)).any(|bodies| bodies.end == verb)
    }

    /// True when the words from `start` up to the mark at word `mark` end so that a list follows: "một số việc sau".
    pub(super) fn leads_on_before(&self, start: usize, mark: usize) -> bool {
        let words = &self.words[..mark];
        // "đến hết tháng 4 năm sau": a time.
        let aside = mark.checked_sub(2).and_then(|at| self.lexicon.longest(words, at, Roles::duty(&[DutyRole::Aside])));
        if aside.is_some_and(|(len, _)| len == 2) {
            return false;
        }
        (mark.saturating_sub(3).max(start)..mark)
            .any(|at| self.lexicon.longest(words, at, Roles::duty(&[DutyRole::LeadEnd])).is_some_and(|(len, _)| at + len == mark))
    }

    /// True when the sentence begins with an order, or with the paper and an order: "Giao …", "Nghị quyết yêu cầu …".
    pub(super) fn orders_at_start(&self, range: &Range<usize>) -> bool {
        let at = self.skip_marks(range.start);
        (at..(at + 3).min(range.end)).any(|at| self.roles(at).1.has(DutyRole::Order))
    }

    /// True for "Về tình hình …", "Về kết quả …".
    pub(super) fn tells_of_account(&self, range: &Range<usize>) -> bool {
        let at = self.skip_marks(range.start);
        let topic = self.lexicon.longest(self.words, at, Roles::duty(&[DutyRole::Topic]));
        topic.is_some_and(|(len, _)| self.lexicon.longest(self.words, at + len, Roles::duty(&[DutyRole::Account])).is_some())
    }

    fn focus_at(&self, at: usize) -> bool {
        self.lexicon.longest(self.words, at, Roles::duty(&[DutyRole::Focus])).is_some()
    }
}
