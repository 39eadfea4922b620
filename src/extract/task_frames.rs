//! The frames in which a sentence lays a duty on a body.
//!
//! Duty: for one sentence, who is told to act ("Giao X …", "X chủ trì …", "Y yêu cầu X …", "Đối với …, X kịp thời …"),
//! with whom ("phối hợp với Y"), and to whom it is reported ("báo cáo Z"). Not here: which sentences are asked
//! (`task_zones`), dates (`deadlines`).
//!
//! Longer than 350 lines: each frame is a few lines, and they share the reader; apart they would need one another.
//!
//! Holds: "Giao Sở Y tế xây dựng đề án". Does not: "nhiệm vụ được giao", "Sở Y tế đã xây dựng đề án".

use super::task_bodies::{self, Bodies, GROUP};
use super::task_words::{CLOSE, COLON, COMMA, Lexicon, NUMBER, OPEN, OTHER, Roles, SEMICOLON, STOP, Word, bytes};
use crate::tables::{BodyRole, DutyRole};
use std::ops::Range;

/// How clearly a sentence lays a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// A body of its own name and a word that nothing is known of: "Sở Y tế quảng diễn …".
    Told,
    /// A body and how it must be: "Mỗi đoàn phải gọn".
    State,
    /// A body and a verb: "Sở Y tế rà soát …".
    Subject,
    /// A body and a verb that is urged: "Sở Y tế khẩn trương rà soát …".
    Urged,
    /// An order, or words that only a duty has: "giao", "chủ trì", "chịu trách nhiệm".
    Explicit,
}

/// A duty and the bodies that it is laid on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// Words of each body.
    pub(super) bodies: Vec<Range<usize>>,
    /// First word of the frame.
    pub(super) at: usize,
    /// First word after the bodies.
    pub(super) after: usize,
    /// How clearly.
    pub(super) strength: Strength,
}

/// What stands after a list of bodies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Follows {
    Duty(Strength),
    /// "X yêu cầu Y": the bodies after the order.
    Order(Bodies),
    Nothing,
}

/// Phrases that tell whether a duty follows a body.
const FOLLOWS: Roles = Roles::duty(&[
    DutyRole::Strong,
    DutyRole::Order,
    DutyRole::Modal,
    DutyRole::Verb,
    DutyRole::Coordinate,
    DutyRole::Report,
    DutyRole::Adverb,
    DutyRole::Opener,
    DutyRole::Past,
    DutyRole::Aside,
    DutyRole::Charged,
]);

/// Words within which "có trách nhiệm" names the paper that is carried out.
const NEAR: usize = 8;

/// Words after an opening clause ("căn cứ …") in which a verb is looked for.
const REACH: usize = 80;

/// Reads sentences; holds the words of one line.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) words: &'a [Word],
}

impl<'a> Reader<'a> {
    pub(super) fn new(lexicon: &'a Lexicon, words: &'a [Word]) -> Self {
        Reader { lexicon, words }
    }

    /// The frame of the sentence `range`, if it lays a duty on a body: at its start, or after an opening clause.
    pub(super) fn frame(&self, range: &Range<usize>) -> Option<Frame> {
        let reader = Reader { words: &self.words[..range.end], ..*self };
        let start = reader.skip_marks(range.start);
        // "Bí thư Tỉnh ủy lưu ý một số việc sau: Các cấp ủy phải …": the duty stands behind the colon; "… như sau." has none.
        let told = |at: &usize| matches!(reader.words[*at].id, COLON | STOP) && reader.leads_on_before(range.start, *at);
        match (start..range.end).find(told) {
            Some(at) if at + 1 < range.end => return reader.frame(&(at + 1..range.end)),
            Some(at) if reader.words[at].id == STOP => return None,
            _ => {}
        }
        if let Some(frame) = reader.enforcement(start).or_else(|| reader.frame_at(start)) {
            return Some(frame);
        }
        if let Some(frame) = reader.frame_after_title(start) {
            return Some(frame);
        }
        let (len, roles) = self.lexicon.any(self.words, start).unwrap_or_default();
        // "Riêng Sở Y tế xây dựng …".
        if roles.has(DutyRole::Apart)
            && let Some(frame) = reader.frame_at(start + len)
        {
            return Some(frame);
        }
        let opens = roles.meets(Roles::duty(&[DutyRole::Opener, DutyRole::Closing]));
        let opened = if opens { reader.frame_after_opening(start..range.end) } else { None };
        let told = || reader.frame_after_heading(start..range.end).or_else(|| reader.frame_of_doer(start..range.end));
        opened.or_else(told).or_else(|| reader.frame_in_bracket(start..range.end))
    }

    /// "A; B, C và D chịu trách nhiệm thi hành …": whatever names stand before these words, for nothing else can.
    fn enforcement(&self, start: usize) -> Option<Frame> {
        let heads = Roles::body(&[BodyRole::Noun, BodyRole::Generic, BodyRole::Loose, BodyRole::Group]);
        let strong = Roles::duty(&[DutyRole::Strong]);
        let end = (start..self.words.len()).find(|at| {
            let strong = self.lexicon.may(self.words, *at, strong) && self.roles(*at).1.has(DutyRole::Strong) && !self.closes_after(*at);
            strong && (self.enforces(&(*at..*at + 1)) || self.carries_out(&(*at..(*at + NEAR).min(self.words.len()))))
        })?;
        let told = Roles::duty(&[DutyRole::Modal, DutyRole::Past, DutyRole::Order, DutyRole::Opener]);
        let plain = |at: usize| !matches!(self.words[at].id, STOP | COLON) || self.list(start).is_some_and(|bodies| at < bodies.end);
        if !(start..end).all(plain) || self.lexicon.longest(self.words, start, told).is_some() {
            return None;
        }
        let within = Reader { words: &self.words[..end], ..*self };
        let mut bodies = within.list(start)?;
        while let Some(mark) = (bodies.end..end).find(|at| matches!(self.words[*at].id, COMMA | SEMICOLON) || within.joins_at(*at)) {
            let next = mark + 1 + usize::from(within.joins_at(mark + 1));
            bodies.end = match within.list(next) {
                Some(told) => {
                    bodies.names.extend(told.names);
                    told.end
                }
                None => {
                    let until =
                        (next..end).find(|at| matches!(self.words[*at].id, COMMA | SEMICOLON) || within.joins_at(*at)).unwrap_or(end);
                    if self.lexicon.longest(self.words, next, heads).is_some() {
                        bodies.names.push(next..until);
                    }
                    until.max(next)
                }
            };
        }
        Some(Frame { bodies: bodies.names, at: start, after: end, strength: Strength::Explicit })
    }

    fn joins_at(&self, at: usize) -> bool {
        self.lexicon.longest(self.words, at, Roles::duty(&[DutyRole::Join])).is_some()
    }

    /// "Trách nhiệm thi hành Các Bộ trưởng … chịu trách nhiệm …": a title whose line ran on into its paragraph.
    fn frame_after_title(&self, start: usize) -> Option<Frame> {
        const LONGEST_TITLE: usize = 12;
        let titles = Roles::duty(&[DutyRole::Task, DutyRole::Article]);
        (start..(start + LONGEST_TITLE).min(self.words.len())).find_map(|at| {
            let (len, _) = self.lexicon.longest(self.words, at, titles)?;
            let next = self.words.get(at + len).filter(|word| word.capital)?;
            let glued = self.words[at + len - 1].is_letters() && !self.words[at + len - 1].capital && next.is_letters();
            let frame = self.frame_at(at + len).filter(|frame| frame.strength == Strength::Explicit);
            frame.or_else(|| self.enforcement(at + len)).filter(|_| glued)
        })
    }

    /// The sentence `range` cut where, after a semicolon, a duty of its own begins: "; giao X …", "; X chịu trách nhiệm …".
    /// "; đề nghị X …" is none: there the body in duty asks another one.
    pub(super) fn clauses(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let reader = Reader { words: &self.words[..range.end], ..*self };
        let mut out = Vec::new();
        let mut start = range.start;
        // "… phối hợp với A; B có trách nhiệm": B takes part as well.
        let with = self.coordinators(range);
        if reader.enforcement(reader.skip_marks(start)).is_some() {
            return vec![range.clone()];
        }
        for at in range.clone().filter(|i| matches!(self.words[*i].id, SEMICOLON | COMMA)).map(|i| i + 1) {
            let roles = reader.roles(at).1;
            // After a comma only "riêng" begins anew.
            if self.words[at - 1].id == COMMA && !roles.has(DutyRole::Apart) {
                continue;
            }
            // "; đề nghị X" is asked by the body in duty, and by the paper where there is none ("Nhất trí với …; đề nghị X …")
            // or where the paper asks before ("Đề nghị X …; đề nghị Y …").
            let asks = || reader.order(reader.skip_marks(start)).is_some() || reader.frame(&(start..at)).is_none();
            // "Sở A …; phân công các đồng chí B …" goes on with what the subject does.
            let subject = || reader.frame(&(start..at)).is_some_and(|frame| reader.order(frame.at).is_none());
            let own = if delegates(roles) { !subject() } else { roles.has(DutyRole::Assign) || !roles.has(DutyRole::Order) || asks() };
            let takes_part = with.iter().any(|name| name.start == at);
            // "; riêng Sở Tài chính xây dựng …", "; Sở Nội vụ rà soát …" after a duty of another body.
            let apart = roles.has(DutyRole::Apart);
            let begins = at + if apart { self.lexicon.any(self.words, at).map_or(0, |found| found.0) } else { 0 };
            let splits = |frame: &Frame| {
                let acts = |before: &Frame| reader.has_verb(&(before.after.min(at)..at));
                let proper = || self.stands_alone(&frame.bodies[0]) && reader.frame(&(start..at)).is_some_and(|before| acts(&before));
                frame.strength == Strength::Explicit || frame.strength >= Strength::Subject && (apart || proper())
            };
            if own && !takes_part && reader.frame_at(begins).is_some_and(|frame| splits(&frame)) {
                out.push(start..at);
                start = at;
            }
        }
        out.push(start..range.end);
        // "Căn cứ …; các cấp ủy có trách nhiệm …", "Sở A, Sở B; các cơ quan chịu trách nhiệm …": no clause of its own.
        let opens = |range: &Range<usize>| {
            let begins = self.begins_with(range, DutyRole::Opener) || reader.list(reader.skip_marks(range.start)).is_some();
            begins && self.frame(range).is_none()
        };
        if out.len() > 1 && opens(&out[0]) {
            out[1].start = out[0].start;
            out.remove(0);
        }
        out
    }

    pub(super) fn skip_marks(&self, at: usize) -> usize {
        let marks = self.words[at.min(self.words.len())..].iter().take_while(|word| !word.is_letters() && word.id != NUMBER);
        at + marks.count()
    }

    pub(super) fn roles(&self, at: usize) -> (usize, Roles) {
        self.lexicon.any(self.words, at).unwrap_or((0, Roles::default()))
    }

    pub(super) fn list(&self, at: usize) -> Option<Bodies> {
        task_bodies::list(self.lexicon, self.words, at)
    }

    /// The frame that begins exactly at word `at`.
    pub(super) fn frame_at(&self, at: usize) -> Option<Frame> {
        if let Some(bodies) = self.order(at) {
            return Some(Frame { bodies: bodies.names, at, after: bodies.end, strength: Strength::Explicit });
        }
        // "16 địa phương chưa báo cáo phải giải trình".
        if self.words.get(at).is_some_and(|word| word.id == NUMBER)
            && let Some(bodies) = self.list(at + 1).filter(|bodies| self.owes_behind(bodies.end))
        {
            return Some(Frame { bodies: bodies.names, at, after: bodies.end, strength: Strength::Subject });
        }
        // "cấp có thẩm quyền quyết định" tells who decides and asks nobody.
        let bodies = self.list(at).filter(|bodies| !self.is_higher(&bodies.names[0]))?;
        match self.follows(bodies.end) {
            Follows::Duty(Strength::Told) if !self.is_office(&bodies.names[0]) => None,
            Follows::Duty(strength) => Some(Frame { bodies: bodies.names, at, after: bodies.end, strength }),
            Follows::Order(told) => Some(Frame { bodies: told.names, at, after: told.end, strength: Strength::Explicit }),
            Follows::Nothing => None,
        }
    }

    /// The bodies after an order at word `at` ("giao", "xin kiến nghị"), marks between them left out.
    pub(super) fn order(&self, at: usize) -> Option<Bodies> {
        let (len, roles) = self.roles(at);
        if roles.has(DutyRole::Order) {
            let at = at + len;
            let at = if self.words.get(at).is_some_and(|word| word.id == COLON) { at + 1 } else { at };
            return self.list(at).filter(|bodies| !bodies.names.iter().any(|name| self.is_higher(name)));
        }
        if roles.has(DutyRole::Adverb) && len > 0 { self.order(at + len) } else { None }
    }

    fn is_higher(&self, name: &Range<usize>) -> bool {
        name.clone().any(|i| self.lexicon.longest(self.words, i, Roles::duty(&[DutyRole::Higher])).is_some())
    }

    /// The first frame at a clause of an opened sentence; after its colon first, if it has one.
    pub(super) fn frame_after_opening(&self, range: Range<usize>) -> Option<Frame> {
        let colon = range.clone().find(|i| self.words[*i].id == COLON);
        if let Some(frame) = colon.and_then(|i| self.frame_at(i + 1)) {
            return Some(frame);
        }
        let topic = self.begins_with(&range, DutyRole::Topic);
        let named = |at: usize| {
            let (_, roles) = self.roles(at);
            // A bare common noun after a comma goes on with the list before it ("các cơ quan, đơn vị thực hiện …").
            let grouped = || self.lexicon.longest(self.words, at, GROUP).is_some();
            roles.has(DutyRole::Order) || grouped() || !roles.meets(Roles::body(&[BodyRole::Generic, BodyRole::Loose]))
        };
        let mut at = range.start;
        while at < range.end {
            let (len, roles) = self.roles(at);
            let begins = at > range.start && (matches!(self.words[at - 1].id, COMMA | SEMICOLON | COLON | STOP) || self.is_then(at - 1));
            // "Về việc X đề nghị" says what is answered; ", giao Y …" there lays the duty.
            // Behind the colon of the topic any order lays it: "Về cơ chế X: đã có hướng dẫn, đề nghị các địa phương …".
            let answered = roles.has(DutyRole::Order) && colon.is_some_and(|colon| colon < at);
            if topic && !(begins && (roles.has(DutyRole::Assign) || answered)) {
                // "Về nhiệm vụ 6 tháng cuối năm, Hội nghị yêu cầu các cấp ủy …", "…, Ban Tổ chức được giao tham mưu …".
                let told = begins.then(|| self.ordered_near(at).or_else(|| self.charged_at(at))).flatten();
                if told.is_some() {
                    return told;
                }
                at += len.max(1);
                continue;
            }
            // An order may stand without a comma before it: "nếu có vướng mắc đề nghị các sở …". "Tại trường học, trạm y tế:"
            // tells where.
            let place =
                |frame: &Frame| frame.strength == Strength::Subject && self.words.get(frame.after).is_some_and(|word| word.id == COLON);
            if (begins && named(at) || roles.has(DutyRole::Order))
                && let Some(frame) = self.frame_at(at).filter(|frame| !place(frame))
            {
                return Some(frame);
            }
            // "nếu có vướng mắc các cơ quan kịp thời báo cáo": the body right after what it is about.
            let object = self.lexicon.longest(self.words, at, Roles::duty(&[DutyRole::Object])).map_or(0, |found| found.0);
            let grouped = object > 0 && self.lexicon.longest(self.words, at + object, GROUP).is_some();
            if grouped && let Some(frame) = self.frame_at(at + object).filter(|frame| frame.strength > Strength::Subject) {
                return Some(frame);
            }
            at += if roles.has(DutyRole::Aside) { len } else { 1 };
        }
        None
    }

    /// The frame of an order within a few words of word `at`, whoever gives it: "Hội nghị yêu cầu các cấp ủy".
    fn ordered_near(&self, at: usize) -> Option<Frame> {
        const NEAR_ORDER: usize = 4;
        let words = (at..self.words.len().min(at + NEAR_ORDER + 1)).take_while(|at| self.words[*at].is_letters());
        words.skip(1).find_map(|order| {
            let (_, roles) = self.roles(order);
            let gives = roles.has(DutyRole::Order) && !roles.meets(Roles::duty(&[DutyRole::Past, DutyRole::Aside]));
            let bodies = if gives { self.order(order) } else { None }?;
            Some(Frame { bodies: bodies.names, at, after: bodies.end, strength: Strength::Explicit })
        })
    }

    /// The frame of a body at word `at` that was charged: "Ban Tổ chức Tỉnh ủy được giao tham mưu".
    fn charged_at(&self, at: usize) -> Option<Frame> {
        let frame = self.frame_at(at)?;
        let (_, roles) = self.roles(frame.after);
        let charged = roles.has(DutyRole::Past) && roles.has(DutyRole::Aside) || roles.has(DutyRole::Strong);
        (charged && self.is_office(&frame.bodies[0])).then_some(frame)
    }

    /// "thì".
    fn is_then(&self, at: usize) -> bool {
        self.words[at].is_letters() && self.roles(at).1.has(DutyRole::Then)
    }

    /// What stands at word `at`, after a list of bodies.
    pub(super) fn follows(&self, at: usize) -> Follows {
        let mut at = at;
        let mut opened = false;
        let mut strength = Strength::Subject;
        let limit = (at + REACH).min(self.words.len());
        while at < limit {
            let word = self.words[at];
            if word.id == COLON {
                return if at + 1 < self.words.len() && !opened { Follows::Duty(Strength::Subject) } else { Follows::Nothing };
            }
            if matches!(word.id, STOP | SEMICOLON) {
                return Follows::Nothing;
            }
            let (len, roles) = self.lexicon.longest(self.words, at, FOLLOWS).unwrap_or_default();
            // "Ban Tuyên giáo cùng Sở Y tế hướng dẫn …".
            if !opened && let Some(with) = self.together_at(at) {
                at = with.end;
                continue;
            }
            if roles.has(DutyRole::Strong) && !self.closes_after(at) {
                return Follows::Duty(Strength::Explicit);
            }
            if roles.has(DutyRole::Order)
                && !opened
                && let Some(told) = self.list(at + len)
            {
                // "Đảng ủy phường phân công cấp ủy viên bám từng hộ": whom it sends is its own affair.
                let own = delegates(roles) && !self.words[told.names[0].start].capital && !self.is_grouped(at + len);
                return if own { Follows::Duty(strength) } else { Follows::Order(told) };
            }
            // "phải bị xem xét trách nhiệm" tells what happens to them.
            let suffers = |at: usize| {
                let (len, roles) = self.roles(at);
                roles.has(DutyRole::Past) && len > 1 && !roles.has(DutyRole::Aside)
            };
            if roles.has(DutyRole::Modal) && suffers(at + len) {
                return Follows::Nothing;
            }
            // "phải gần dân" tells how to be, "phải thường xuyên rà soát" what to do.
            // "không được dồn hồ sơ": what must not be done, by whatever verb.
            let barred = || self.lexicon.longest(self.words, at, Roles::duty(&[DutyRole::Adverb])).is_some();
            let owes = roles.has(DutyRole::Modal) && !self.acts_at(at + len) && !barred();
            // "đồng chí A, Phó Chủ tịch, phụ trách địa bàn B".
            if roles.has(DutyRole::Charged) && !opened {
                return Follows::Duty(strength);
            }
            if !owes && roles.meets(Roles::duty(&[DutyRole::Modal, DutyRole::Verb, DutyRole::Coordinate, DutyRole::Report])) {
                // "… căn cứ quy trình đã ban hành, có trách nhiệm …": the words that lay it follow what opened.
                let strong = opened && self.is_strong_after(at..limit);
                return Follows::Duty(if strong { Strength::Explicit } else { strength });
            }
            if owes {
                let strong = (at..limit).any(|at| self.roles(at).1.has(DutyRole::Strong) && !self.closes_after(at));
                return Follows::Duty(if strong { Strength::Explicit } else { Strength::State });
            }
            if roles.has(DutyRole::Urge) {
                strength = Strength::Urged;
            }
            // "Các cơ quan được phân công chủ trì …": tells which ones.
            let told = roles.has(DutyRole::Past) && roles.has(DutyRole::Aside);
            let skips = told || roles.meets(Roles::duty(&[DutyRole::Adverb, DutyRole::Opener])) || matches!(word.id, COMMA | OPEN | OTHER);
            if roles.has(DutyRole::Past) && !told && !opened || !skips && !opened {
                let unknown = word.is_letters() && !word.capital && self.lexicon.any(self.words, at).is_none();
                return match unknown {
                    _ if self.owes_behind(at) => Follows::Duty(Strength::Subject),
                    true => Follows::Duty(Strength::Told),
                    false => Follows::Nothing,
                };
            }
            opened |= told || roles.has(DutyRole::Opener) || word.id == OPEN;
            at += len.max(1);
        }
        Follows::Nothing
    }

    pub(super) fn is_grouped(&self, at: usize) -> bool {
        self.lexicon.longest(self.words, at, GROUP).is_some()
    }

    /// True for "… có tỷ lệ giải ngân thấp phải giải trình": behind words that tell which body is meant, it must do something.
    fn owes_behind(&self, at: usize) -> bool {
        let limit = (at + REACH).min(self.words.len());
        let clause = (at..limit).take_while(|at| !matches!(self.words[*at].id, STOP | SEMICOLON | COLON));
        let told = Roles::duty(&[DutyRole::Order, DutyRole::Then]);
        let asked = told.and(Roles::duty(&[DutyRole::Modal, DutyRole::Urge, DutyRole::Past]));
        let mut denied = usize::MAX;
        for at in clause.filter(|at| self.lexicon.may(self.words, *at, asked)) {
            let (len, roles) = self.roles(at);
            // "chưa kịp thời báo cáo" tells what was not done.
            denied = if roles.has(DutyRole::Past) { at + len } else { denied };
            if roles.has(DutyRole::Modal) || roles.has(DutyRole::Urge) && at != denied {
                let next = self.roles(at + len).1;
                return !next.has(DutyRole::Past) && self.acts_at(at + len);
            }
            if roles.meets(told) && !roles.has(DutyRole::Aside) {
                return false;
            }
        }
        false
    }

    /// True when, in the same clause, a strong phrase stands right after a comma.
    fn is_strong_after(&self, range: Range<usize>) -> bool {
        range
            .take_while(|at| !matches!(self.words[*at].id, STOP | SEMICOLON | COLON))
            .any(|at| self.words[at].id == COMMA && self.roles(at + 1).1.has(DutyRole::Strong) && !self.closes_after(at + 1))
    }

    /// True when a verb stands among the next words, or no word does.
    fn acts_at(&self, at: usize) -> bool {
        let acts = Roles::duty(&[DutyRole::Verb, DutyRole::Adverb, DutyRole::Strong, DutyRole::Coordinate, DutyRole::Report]);
        let next = || (at..self.words.len()).take(3).take_while(|at| self.words[*at].is_letters());
        next().next().is_none() || next().any(|at| self.lexicon.longest(self.words, at, acts).is_some())
    }

    /// The words of each numbered part of "Giao X: (i) …; (ii) …", where the frame's bodies stand right before them.
    pub(super) fn parts(&self, range: &Range<usize>, frame: &Frame) -> Vec<Range<usize>> {
        let begins = |at: usize| {
            let mark = |at: usize, id: u16| self.words.get(at).is_some_and(|word| word.id == id);
            mark(at, OPEN)
                && mark(at + 2, CLOSE)
                && self.words[at + 1].is_letters()
                && self.words[at + 1].end - self.words[at + 1].start <= 4
        };
        let colon = self.words.get(frame.after).is_some_and(|word| word.id == COLON);
        if !colon || frame.strength < Strength::Explicit || !begins(frame.after + 1) {
            return Vec::new();
        }
        let starts: Vec<usize> = (frame.after + 1..range.end).filter(|at| begins(*at) && self.words[*at - 1].is_mark()).collect();
        starts.iter().enumerate().map(|(i, start)| *start..starts.get(i + 1).copied().unwrap_or(range.end)).collect()
    }
}

/// True for "phân công": a body sends some of its own by it as well as others.
pub(super) fn delegates(roles: Roles) -> bool {
    roles.has(DutyRole::Assign) && roles.has(DutyRole::OfBody)
}

/// The names of `bodies` as they stand in `line`.
pub(super) fn names(line: &str, words: &[Word], bodies: &[Range<usize>]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(bodies.len());
    for range in bodies {
        let name = bytes(words, range).of(line);
        if !out.iter().any(|known| known == name) {
            out.push(name.to_owned());
        }
    }
    out
}
