//! What a name or a stretch of words is: yes or no.
//!
//! Duty: the questions that readers of duties ask of words: whether a name is one of its own, whether a sentence begins with what
//! is to be done, enforces the paper, tells and asks nothing. Not here: who is told to act (`task_frames`).

use super::task_bodies::GROUP;
use super::task_frames::{Follows, Frame, Reader};
use super::task_words::{COLON, COMMA, NUMBER, Roles};
use crate::tables::{BodyRole, DutyRole, fold};
use std::ops::Range;

/// True for the words before an order that was given in another paper: "ngày 16/8/2018 Bộ đã có Công văn số 3395/… và", "Tại Công văn số
/// 8014/…, Phó Thủ tướng đã".
pub(super) fn is_recounted(before: &str) -> bool {
    let folded = fold::lower(&before[before.ceil_char_boundary(before.len().saturating_sub(REACH))..]);
    let held = |paper: usize| folded[..paper].rfind(" có ").is_some_and(|at| folded[at..paper].split_whitespace().count() <= PAPER_WORDS);
    let mut papers = folded.match_indices(" số ").map(|(at, _)| at).peekable();
    papers.peek().is_some() && (folded.contains(" đã ") || folded.ends_with(" đã") || papers.any(held))
}

/// Words of "có" and a type word; bytes before an order that are read.
const PAPER_WORDS: usize = 3;
const REACH: usize = 600;

/// True for words that begin with a paper and its number: "Nghị định số 45/2025/NĐ-CP …". A verb is never followed by a number alone.
/// `typed`: a type word begins them, which may go on in small letters ("Thông báo kết luận số …").
pub(super) fn is_paper(words: &str, typed: bool) -> bool {
    const TYPE: usize = 2;
    const LONGEST_TYPE: usize = 4;
    let mut words = words.trim_start_matches(['*', '_', ' ']).split(' ');
    let mut kind: Vec<&str> = Vec::with_capacity(LONGEST_TYPE);
    loop {
        match words.next() {
            Some("số") => break,
            Some(word) if kind.len() < LONGEST_TYPE => kind.push(word),
            _ => return false,
        }
    }
    let number = words.next().unwrap_or_default();
    let goes_on = || typed && kind[1..].iter().all(|word| word.starts_with(char::is_lowercase));
    let named = (1..=TYPE).contains(&kind.len()) || !kind.is_empty() && goes_on();
    named && number.starts_with(|c: char| c.is_ascii_digit()) && number.contains(['/', '-'])
}

impl Reader<'_> {
    /// True for a name of its own: it begins with a capital and is no common noun.
    pub(super) fn is_proper(&self, name: &Range<usize>) -> bool {
        let common = Roles::body(&[BodyRole::Generic, BodyRole::Loose, BodyRole::Group]);
        // "Trạm Y tế xã" is a name, "Trạm y tế" a noun.
        let capitals = || self.words[name.start + 1..name.end].iter().any(|word| word.capital);
        name.len() > 1 && self.words[name.start].capital && (capitals() || self.lexicon.longest(self.words, name.start, common).is_none())
    }

    /// True for the name of an office, its own or of several: "Các huyện ủy", "Sở Y tế"; not "các cơ quan".
    pub(super) fn is_office(&self, name: &Range<usize>) -> bool {
        let head = name.start + self.lexicon.longest(self.words, name.start, GROUP).map_or(0, |(len, _)| len);
        let offices = Roles::body(&[BodyRole::Name, BodyRole::Noun]);
        self.is_proper(name) || head < name.end && self.lexicon.longest(self.words, head, offices).is_some()
    }

    /// True for the holder of an office by its name: "Giám đốc Sở Y tế".
    pub(super) fn is_holder(&self, name: &Range<usize>) -> bool {
        let head = name.start + self.lexicon.longest(self.words, name.start, GROUP).map_or(0, |(len, _)| len);
        let position = self.lexicon.longest(self.words, head, Roles::body(&[BodyRole::Position])).map_or(0, |(len, _)| len);
        position > 0 && name.end > head + position && self.words[name.end - 1].is_letters()
    }

    /// True for a name that begins a clause of its own behind a semicolon: "Sở Y tế", "Thủ trưởng các đơn vị", "các Ban của Hội đồng nhân dân tỉnh".
    pub(super) fn stands_alone(&self, name: &Range<usize>) -> bool {
        let group = self.lexicon.longest(self.words, name.start, GROUP).map_or(0, |(len, _)| len);
        let of_one = || group > 0 && name.start + group + 1 < name.end && self.words[name.start + group].capital;
        let listed = || self.words[name.clone()].iter().any(|word| word.id == COMMA);
        self.is_proper(name) || self.is_holder(name) && self.words[name.start].capital || of_one() && !listed()
    }

    /// True for a bare position that answers to somebody within a sentence: "…; người đứng đầu chịu trách nhiệm trước …".
    pub(super) fn answers_bare(&self, frame: &Frame) -> bool {
        let [name] = &frame.bodies[..] else { return false };
        if self.words[name.start].capital {
            return false;
        }
        let bare =
            self.lexicon.longest(self.words, name.start, Roles::body(&[BodyRole::Position])).is_some_and(|(len, _)| len >= name.len());
        let grouped = name.clone().any(|at| self.lexicon.longest(self.words, at, GROUP).is_some());
        bare && !grouped && self.answers(frame)
    }

    /// True for "X chịu trách nhiệm trước Y": X answers for what others do.
    pub(super) fn answers(&self, frame: &Frame) -> bool {
        let answers = self.lexicon.longest(self.words, frame.after, Roles::duty(&[DutyRole::Strong])).map(|(len, _)| frame.after + len);
        answers.is_some_and(|at| self.lexicon.longest(self.words, at, Roles::duty(&[DutyRole::Before])).is_some())
    }

    pub(super) fn closes_after(&self, at: usize) -> bool {
        let (len, roles) = self.roles(at);
        !roles.has(DutyRole::EnforceEnd) && self.words[at + len..].iter().all(|word| !word.is_letters())
    }

    /// True when the words of `range` begin with what is to be done ("Tiếp tục rà soát …"), not with a noun.
    pub(super) fn begins_with_verb(&self, range: &Range<usize>) -> bool {
        let reader = Reader { words: &self.words[..range.end], ..*self };
        let at = reader.skip_marks(range.start);
        let len = |mask| reader.lexicon.longest(reader.words, at, mask).map_or(0, |found| found.0);
        let verbs = Roles::duty(&[
            DutyRole::Verb,
            DutyRole::Adverb,
            DutyRole::Strong,
            DutyRole::Coordinate,
            DutyRole::Report,
            DutyRole::Order,
            DutyRole::Modal,
        ]);
        let verb = len(verbs);
        verb > 0 && len(Roles::duty(&[DutyRole::Aside])) <= verb && len(Roles::duty(&[DutyRole::NotTask])) == 0
    }

    /// True for "Trả lời: Theo khoản 1 …": the verb is a label, and what follows is no duty. An order is none ("Đề nghị: …").
    pub(super) fn is_label(&self, range: &Range<usize>) -> bool {
        let first = self.skip_marks(range.start);
        let verb = self.lexicon.longest(self.words, first, Roles::duty(&[DutyRole::Verb])).map_or(0, |found| found.0);
        let orders = self.roles(first).1.has(DutyRole::Order);
        let colon = first + verb;
        verb > 0 && !orders && colon + 1 < range.end && self.words[colon].id == COLON
    }

    /// True when the words of `range` begin with a decision: "Đồng ý chủ trương …", "Thống nhất với …".
    pub(super) fn decides(&self, range: &Range<usize>) -> bool {
        let decided = self.lexicon.longest(self.words, self.skip_marks(range.start), Roles::duty(&[DutyRole::Past]));
        decided.is_some_and(|(len, _)| len > 1)
    }

    /// True when the sentence is one that any part of a normative text may hold: "chịu trách nhiệm thi hành …".
    pub(super) fn enforces(&self, range: &Range<usize>) -> bool {
        let enforces = Roles::duty(&[DutyRole::Enforce, DutyRole::EnforceEnd]);
        let ends = |at: usize| self.words[at.min(range.end)..range.end].iter().all(|word| !word.is_letters());
        range.clone().any(|i| {
            let found = self.lexicon.longest(self.words, i, enforces);
            found.is_some_and(|(len, roles)| roles.has(DutyRole::Enforce) || ends(i + len))
        })
    }

    /// True when the paper itself is what is to be carried out: "… có trách nhiệm thực hiện Quy định này".
    pub(super) fn carries_out(&self, range: &Range<usize>) -> bool {
        range.clone().any(|i| self.lexicon.longest(self.words, i, Roles::duty(&[DutyRole::CarryOut])).is_some())
    }

    /// True when the sentence begins with a body of which something is told and nothing asked ("Các sở đã …").
    pub(super) fn begins_with_statement(&self, range: &Range<usize>) -> bool {
        let reader = Reader { words: &self.words[..range.end], ..*self };
        let at = reader.skip_marks(range.start);
        reader.list(at).is_some_and(|bodies| reader.follows(bodies.end) == Follows::Nothing)
    }

    /// True for "X yêu cầu Y …", by whatever X.
    pub(super) fn orders_by_subject(&self, range: &Range<usize>) -> bool {
        let reader = Reader { words: &self.words[..range.end], ..*self };
        let at = reader.skip_marks(range.start);
        reader.list(at).is_some_and(|bodies| matches!(reader.follows(bodies.end), Follows::Order(_)))
    }

    /// True for a heading that begins with "Nội dung" and names no task beside it.
    pub(super) fn is_bare_content(&self) -> bool {
        let len = |role| self.lexicon.longest(self.words, 0, Roles::duty(&[role])).map_or(0, |found| found.0);
        len(DutyRole::Content) > 0 && len(DutyRole::Task) == 2
    }

    /// True when a verb stands anywhere in `range`.
    pub(super) fn has_verb(&self, range: &Range<usize>) -> bool {
        range.clone().any(|i| self.lexicon.longest(self.words, i, Roles::duty(&[DutyRole::Verb, DutyRole::Strong])).is_some())
    }

    /// True when the first phrase of `range` has this role.
    pub(super) fn begins_with(&self, range: &Range<usize>, role: DutyRole) -> bool {
        let at = self.skip_marks(range.start);
        at < range.end && self.lexicon.longest(&self.words[..range.end], at, Roles::duty(&[role])).is_some()
    }

    /// True when the words change another paper: "Bãi bỏ khoản 4 Điều 1 …", "Thay cụm từ …". "Sửa đổi quy chế làm việc" asks for it.
    pub(super) fn amends(&self, range: &Range<usize>) -> bool {
        const REACH: usize = 8;
        let at = self.skip_marks(range.start);
        let Some((len, _)) = self.lexicon.longest(&self.words[..range.end], at, Roles::duty(&[DutyRole::Amend])) else { return false };
        let part = Roles::duty(&[DutyRole::Part]);
        let object = at + len..range.end.min(at + len + REACH);
        // "khoản 4", "điểm a", "Phụ lục II", "cụm từ “…”"; not "điều chỉnh".
        let named = |at: usize| self.words.get(at).is_some_and(|word| !word.is_letters() || word.capital || word.end - word.start <= 2);
        object.clone().any(|i| self.lexicon.longest(self.words, i, part).is_some_and(|(len, _)| named(i + len)))
    }

    /// True when a paper is the subject and its force is told: "Kế hoạch số A chấm dứt hiệu lực …", "Mẫu số 2 được sửa đổi như sau".
    pub(super) fn tells_of_force(&self, range: &Range<usize>) -> bool {
        /// A type word, "số" and the number.
        const LONGEST_TYPE: usize = 4;
        let force = Roles::duty(&[DutyRole::Force]);
        // "Kết luận số A": a number makes a noun of what may be a verb.
        let at = self.skip_marks(range.start);
        let numbered = self.words[at.min(range.end)..range.end].iter().take(LONGEST_TYPE).position(|word| word.id == NUMBER);
        let opens = self.begins_with_verb(range) || self.begins_with(range, DutyRole::Opener);
        (numbered.is_some_and(|words| words > 1) || !opens) && range.clone().any(|i| self.lexicon.longest(self.words, i, force).is_some())
    }

    /// True for a heading that names the time to come.
    pub(super) fn looks_ahead(&self) -> bool {
        (0..self.words.len()).any(|at| self.lexicon.longest(self.words, at, Roles::duty(&[DutyRole::Ahead])).is_some())
    }

    /// True for "Đính chính", "Sửa đổi, bổ sung" alone, or with the paper that it is done to: "Đính chính Hướng dẫn số 17/HD-LĐLĐ", "Bổ sung một số
    /// nội dung của Nghị quyết 11 như sau:".
    pub(super) fn is_amending_title(&self, line: &str, range: &Range<usize>) -> bool {
        let at = self.skip_marks(range.start);
        let found = self.lexicon.longest(&self.words[..range.end], at, Roles::duty(&[DutyRole::Amend]));
        found.is_some_and(|(len, _)| {
            let rest = &self.words[at + len..range.end];
            let object = rest.first().map_or("", |word| &line[word.start as usize..]);
            let parts = ["một số nội dung", "một số điều", "nội dung"].iter().any(|part| object.starts_with(part));
            let whole = || parts && object.find(" của ").is_some_and(|of| object[of + " của ".len()..].starts_with(char::is_uppercase));
            rest.iter().all(|word| word.is_mark()) || is_paper(object, true) || whole()
        })
    }

    /// True for "Thực hiện Nghị quyết A, Ủy ban nhân dân tỉnh đã ban hành …": the verb opens what is told of a body.
    pub(super) fn tells_what_was(&self, range: &Range<usize>) -> bool {
        let commas = range.clone().filter(|at| self.words[*at].id == COMMA).map(|at| at + 1);
        let told = |at: usize| {
            let bodies = self.list(at).filter(|bodies| bodies.end < range.end && self.is_proper(&bodies.names[0]));
            bodies.is_some_and(|bodies| self.roles(bodies.end).1.has(DutyRole::Done))
        };
        self.begins_with_verb(range) && commas.into_iter().any(told)
    }

    /// True when, before any mark, words follow that tell what those named get or suffer: "sẽ được …", "sẽ bị …".
    pub(super) fn is_outcome(&self, range: Range<usize>) -> bool {
        let outcome = Roles::duty(&[DutyRole::Outcome]);
        let mut clause = range.take_while(|at| !self.words[*at].is_mark());
        clause.any(|at| self.lexicon.longest(self.words, at, outcome).is_some())
    }
}
