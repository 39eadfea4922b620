//! What counts as a duty at a place of a paper.
//!
//! Duty: the questions that the walk asks of a line: whether its frame lays a duty in its zone, whether an item without
//! a body is one, what a heading or lead-in opens. Not here: the walk itself and its state (`tasks`).
//!
//! Longer than 350 lines: each question is short, and they share the zones of the walk.

use super::deadlines;
use super::repetitions;
use super::task_asks::{is_paper, is_recounted};
use super::task_frames::{Frame, Reader, Strength, delegates, names};
use super::task_words::{COLON, NUMBER, Roles, STOP, Word, bytes, sentences};
use super::task_zones::{self as zones, Form, Place, Zone};
use super::tasks::Walk;
use crate::model::{Block, BlockKind, TaskKind};
use crate::tables::{BodyRole, DutyRole, fold};
use std::ops::Range;

/// An item of fewer words names something and asks nothing.
const FEWEST_WORDS: usize = 4;
/// Paragraphs of a list that lost its bullets, whatever they say.
const FEWEST_OF_A_LIST: usize = 3;

impl Walk<'_> {
    /// True when the paragraphs under an item are a list that lost its bullets: several, each begins with a verb; two of several clauses are what
    /// one item says.
    pub(super) fn lists_duties(&self, at: usize) -> bool {
        let (all, verbs) = self.lists.count(self.lexicon, self.text, self.structure, Some(at), false);
        let mut under = self.structure.blocks[at + 1..].iter().take_while(|block| block.parent == Some(at));
        let mut short = || under.all(|block| !block.span.of(self.text).contains("; "));
        all >= 2 && all == verbs && (all >= FEWEST_OF_A_LIST || short())
    }

    /// True when block `at` is one of several items most of which begin with a verb, in a paper that asks by its kind.
    pub(super) fn is_asked(&self, at: usize) -> bool {
        let parent = self.structure.blocks[at].parent;
        self.asking && {
            let (all, verbs) = self.lists.count(self.lexicon, self.text, self.structure, parent, true);
            verbs >= 2 && verbs * 2 >= all
        }
    }

    /// The zone that a heading opens; for an article of a normative text, whether it is the implementing one.
    pub(super) fn title(&self, line: &Line<'_>, section: bool, place: &Place) -> Option<Zone> {
        if self.zones.ground(line.block) == Zone::Provision {
            let tells = || {
                zones::is_implementing(self.lexicon, line.words)
                    || (self.zones.party || self.ends_text(line.at)) && zones::is_shared(self.lexicon, line.words)
            };
            // Circulars of the 1990s have sections instead of articles: "III. TỔ CHỨC THỰC HIỆN".
            let part = || zones::is_article(line.block) || section && line.block.label.is_some() && !self.zones.articles;
            let implementing = line.block.annex == 0 && part() && tells();
            return if implementing { Some(Zone::Article) } else { None };
        }
        // "2. Yêu cầu Sở Y tế lãnh đạo:" orders; "Yêu cầu" before anything else heads what for.
        let reader = Reader::new(self.lexicon, line.words);
        if line.ends_with(COLON) && reader.order(reader.skip_marks(0)).is_some() {
            return None;
        }
        // What a guidance says under "Nội dung" is how a thing is done: a duty there says so itself.
        let told = || {
            let folded = fold::lower(line.line);
            folded.contains("nội dung") && !["nhiệm vụ", "giải pháp", "thực hiện"].iter().any(|word| folded.contains(word))
        };
        let how = self.form == Form::Guidance && (Reader::new(self.lexicon, line.words).is_bare_content() || told());
        let zone =
            zones::of_heading(self.lexicon, line.words, section).map(|zone| if zone == Zone::Task && how { Zone::Open } else { zone });
        // "I- Công tác lãnh đạo, tổ chức thực hiện" in a report: work is told of there; what is to be done is called by its name.
        let work = || fold::lower(line.line).starts_with("công tác ") && !Reader::new(self.lexicon, line.words).looks_ahead();
        if self.form == Form::Report && section && zone == Some(Zone::Task) && work() {
            return Some(Zone::Account);
        }
        // "3. Kiểm tra, giám sát" in a report: what was looked into.
        let looked = || ["kiểm tra", "giám sát", "báo cáo"].iter().any(|word| fold::lower(line.line).contains(word));
        if self.form == Form::Report && zone == Some(Zone::Task) && looked() && !Reader::new(self.lexicon, line.words).looks_ahead() {
            return None;
        }
        // "Phần thứ nhất. Kết quả" and in it "I- Công tác quán triệt, tổ chức thực hiện": what was done.
        let told = || line.block.parent.is_some_and(|at| zones::is_part(&self.structure.blocks[at]));
        zone.filter(|zone| *zone != Zone::Task || place.zone != Zone::Account || section && !told())
    }

    /// True when the first sentence of a block says who is to act.
    pub(super) fn acts(&self, block: &Block) -> bool {
        let line = &self.text[block.body..block.span.end];
        let mut words = Vec::new();
        self.lexicon.cut(line, &mut words);
        let reader = Reader::new(self.lexicon, &words);
        sentences(line, &words).first().is_some_and(|first| reader.frame(first).is_some_and(|frame| frame.strength > Strength::State))
    }

    /// True when a block begins with what was decided.
    pub(super) fn decides(&self, block: &Block) -> bool {
        let mut words = Vec::new();
        self.lexicon.cut(&self.text[block.body..block.span.end], &mut words);
        Reader::new(self.lexicon, &words).decides(&(0..words.len()))
    }

    /// True for an article without a title below "ĐIỀU KHOẢN THI HÀNH".
    pub(super) fn heads_implementing(&self, at: usize) -> bool {
        let blocks = &self.structure.blocks;
        let above = |at: usize| at.checked_sub(1).filter(|before| blocks[*before].kind == BlockKind::Heading);
        zones::is_article(&blocks[at])
            && blocks[at].parent.into_iter().chain(above(at)).any(|heading| {
                let mut words = Vec::new();
                self.lexicon.cut(&self.text[blocks[heading].body..blocks[heading].span.end], &mut words);
                zones::is_implementing(self.lexicon, &words)
            })
    }

    /// True for one of the last articles of the main text, which say who carries it out.
    pub(super) fn ends_text(&self, at: usize) -> bool {
        const LAST: usize = 4;
        self.structure.blocks[at + 1..].iter().filter(|block| block.annex == 0 && zones::is_article(block)).count() < LAST
    }

    /// True for a duty that ends with a colon before items none of which is one: they only name its parts.
    pub(super) fn enumerates(&self, reader: &Reader<'_>, line: &Line<'_>, place: &Place) -> bool {
        let asks = place.zone == Zone::Task || place.zone == Zone::Open && self.asking;
        let all = 0..line.words.len();
        // What a submission proposes lists what its draft says: "Dự thảo gồm 6 chương:".
        let submitted = self.form == Form::Submission && !place.addressed;
        if !asks
            || submitted
            || !line.ends_with(COLON)
            || !reader.begins_with_verb(&all)
            || reader.leads_on(&all)
            || reader.lead_in(&all).is_some()
        {
            return false;
        }
        let next = self.structure.blocks.get(line.at + 1).filter(|next| next.label.is_some() && next.parent == line.block.parent);
        next.is_some_and(|next| !self.acts(next)) && {
            let (items, verbs) = self.lists.count(self.lexicon, self.text, self.structure, line.block.parent, true);
            items >= 2 && verbs * 3 < items
        }
    }

    /// True for an item like that: "a) Ưu tiên nguồn lực cho các dự án:" before the names of projects.
    pub(super) fn names_parts(&self, reader: &Reader<'_>, line: &Line<'_>) -> bool {
        let all = 0..line.words.len();
        if zones::is_section(line.block) || !line.ends_with(COLON) || !reader.begins_with_verb(&all) || reader.leads_on(&all) {
            return false;
        }
        let (items, verbs) = self.lists.count(self.lexicon, self.text, self.structure, Some(line.at), true);
        let mut words = Vec::new();
        let mut acts = |block: &Block| {
            words.clear();
            self.lexicon.cut(&self.text[block.body..block.span.end], &mut words);
            Reader::new(self.lexicon, &words).frame(&(0..words.len())).is_some()
        };
        items >= 2 && verbs * 3 < items && reader.lead_in(&all).is_none() && !self.structure.blocks.get(line.at + 1).is_some_and(&mut acts)
    }

    /// True for a paragraph of another paper that is quoted: it stands between “ at the beginning of a paragraph above and
    /// the ” that ends it.
    pub(super) fn quoted(&mut self, at: usize) -> bool {
        const LONGEST_QUOTATION: usize = 30;
        let line = |at: usize| self.structure.blocks.get(at).map(|block| &self.text[block.body..block.span.end]);
        if at > 0 && at <= self.quoted {
            return true;
        }
        let opens = |line: &str| line.starts_with('“') && !line.contains('”');
        if line(at).is_some_and(opens) {
            let end = (at + 1..at + LONGEST_QUOTATION).map_while(|at| line(at).filter(|line| !opens(line)).map(|line| (at, line)));
            let end = end.filter(|(_, line)| line.trim_end_matches(['.', ';', ' ']).ends_with('”')).map(|(at, _)| at).next();
            if let Some(end) = end {
                self.quoted = end;
                return true;
            }
        }
        false
    }

    /// The place that a line opens which leads on to a list: "… yêu cầu các sở:", "Các sở khẩn trương:".
    pub(super) fn lead(&self, reader: &Reader<'_>, line: &Line<'_>, last: &Range<usize>, place: &Place) -> Option<Place> {
        if !line.ends_with(COLON) {
            return None;
        }
        let opened = |bodies: &[Range<usize>]| {
            let with = names(line.line, line.words, &reader.coordinators(last)).into();
            let told = names(line.line, line.words, bodies);
            // "1. Phòng A" and below it "Chủ trì, phối hợp với các phòng, cụ thể:" speak of the same office.
            let own = told.is_empty() && place.addressed;
            let addressees = if own { place.addressees.clone() } else { told.into() };
            Place { zone: Zone::Task, addressed: !addressees.is_empty(), addressees, with }
        };
        if (place.zone != Zone::Provision || line.block.annex == 0 && reader.orders_at_start(last))
            && let Some(bodies) = reader.lead_in(last)
        {
            let place = opened(&bodies);
            return Some(self.of_own_lead(&place).unwrap_or(place));
        }
        let next = self.structure.blocks.get(line.at + 1).filter(|next| next.label.is_some() && next.annex == line.block.annex)?;
        if matches!(place.zone, Zone::Provision | Zone::Account) {
            return None;
        }
        if let Some((bodies, urged)) = reader.subject_lead(last)
            && (urged || place.zone == Zone::Task)
        {
            return Some(opened(&bodies));
        }
        // "1. Phòng A" and below it "Triển khai kế hoạch, cụ thể:".
        if place.zone == Zone::Task && place.addressed && reader.leads_on(last) && reader.begins_with_verb(last) {
            return Some(opened(&[]));
        }
        let asked = (self.asking || self.form == Form::Letter && reader.concludes(last))
            && place.zone == Zone::Open
            && next.parent.is_none()
            && !zones::is_section(next)
            && (reader.leads_on(last) || reader.concludes(last));
        asked.then(|| Place::new(Zone::Asked))
    }

    /// "…, Bộ Tài chính hướng dẫn một số nội dung như sau:" in a paper of that ministry: in a letter what begins with a verb is asked of those whom
    /// it addresses, a guidance says how a thing is done; `None` where the lead names others than the issuer.
    fn of_own_lead(&self, place: &Place) -> Option<Place> {
        let issuer = fold::lower(self.issuer.as_deref().filter(|_| matches!(self.form, Form::Letter | Form::Guidance))?);
        let own = place.addressees.iter().all(|name| issuer.starts_with(fold::lower(name).as_str()));
        if !own || place.addressees.is_empty() {
            return None;
        }
        if self.form == Form::Guidance {
            return Some(Place::new(Zone::Open));
        }
        let (addressees, with) = (self.letter_to.clone(), place.with.clone());
        Some(Place { zone: Zone::Asked, addressed: !addressees.is_empty(), addressees, with })
    }

    /// The frame of a sentence, where its part of the paper lets it lay a duty.
    pub(super) fn frame(&self, reader: &Reader<'_>, line: &Line<'_>, range: &Range<usize>, place: &Place) -> Option<Frame> {
        let frame = reader.frame(range)?;
        // "Lãnh đạo Ủy ban nhân dân xây dựng …" under the body that is to lead: a verb, and no body of its own.
        let first = reader.skip_marks(range.start);
        let verb = self.lexicon.longest(reader.words, first, Roles::duty(&[DutyRole::Verb])).map_or(0, |found| found.0);
        // "Thanh tra tỉnh thanh tra …": the name of an office, though its head is a verb as well.
        let named = || {
            self.lexicon.longest(reader.words, first, Roles::body(&[BodyRole::Name])).is_some_and(|(len, _)| len >= verb)
                && reader.words.get(frame.after).is_none_or(|word| word.id != COLON)
        };
        if place.addressed && frame.at == first && verb > 1 && frame.strength < Strength::Explicit && !named() {
            return None;
        }
        // "b) Phân công cấp ủy viên phụ trách …" under the body that is addressed: whom it sends of its own is its affair.
        let sends = || {
            delegates(reader.roles(first).1) && !reader.words[frame.bodies[0].start].capital && !reader.is_grouped(frame.bodies[0].start)
        };
        if place.addressed && sends() {
            return None;
        }
        // "…; người đứng đầu chịu trách nhiệm trước Chủ tịch nếu để chậm" goes on with the duty of the body whose head it is.
        // "Các hộ trồng rừng ven sông sẽ được hỗ trợ …": what befalls those who do it.
        if reader.answers_bare(&frame) || frame.strength <= Strength::Subject && reader.is_outcome(frame.after..range.end) {
            return None;
        }
        let until = |end: usize| if range.start < end { bytes(line.words, &(range.start..end)).of(line.line).trim_end() } else { "" };
        let told = until(frame.at);
        // "…, Phó Thủ tướng đã giao Bộ Y tế xây dựng …".
        let gave = || {
            let mut last = until(frame.bodies[0].start).rsplit(' ');
            frame.strength == Strength::Explicit && last.next().is_some() && last.take(2).any(|word| word == "đã")
        };
        let recounted = || is_recounted(told);
        let in_article = || self.in_article(line.at);
        let counts = match place.zone {
            // "Cơ quan trực tiếp thực hiện: Sở Tư pháp" tells who acts in a procedure.
            _ if frame.strength <= Strength::Subject && reader.begins_with(range, DutyRole::NotTask) => false,
            _ if gave() => false,
            Zone::Task if frame.strength == Strength::Told => true,
            Zone::Asked if frame.strength == Strength::Told => line.block.label.is_some(),
            _ if frame.strength == Strength::Told => false,
            Zone::Task | Zone::Asked | Zone::Article | Zone::Goal => true,
            Zone::Open => {
                let listed = || line.block.label.is_some() && self.is_asked(line.at);
                // "Bộ Xây dựng hoàn thành trong tháng 9/2026 …" in a paper that asks: a deadline ahead makes it a duty.
                let due = || {
                    let sentence = bytes(line.words, range).of(line.line);
                    let ahead = deadlines::due(sentence, self.anchor).is_some_and(|(_, due)| due.date.is_some());
                    ahead || repetitions::recurrence(sentence).is_some()
                };
                // "Điều 3. 1. Sở A chủ trì …. 2. Các huyện ủy rà soát …": the clauses of an article go on as its first one began.
                let clause = || {
                    let blocks = &self.structure.blocks;
                    // The duty before may hang under an earlier clause: "1. Phòng A:" above "a) …".
                    let last = self.drafts.last().and_then(|draft| draft.block);
                    let mut above = std::iter::successors(last, |at| blocks[*at].parent).map(|at| &blocks[at]);
                    let sibling = above.any(|before| !zones::is_article(before) && before.parent == line.block.parent);
                    let subject = frame.strength >= Strength::Subject && frame.at == first && reader.is_office(&frame.bodies[0]);
                    line.block.label.is_some() && subject && sibling && in_article()
                };
                let timed = || {
                    let asks = self.asking && self.form != Form::Guidance;
                    asks && frame.strength >= Strength::Subject && frame.at == first && reader.is_proper(&frame.bodies[0]) && due()
                };
                // "2. Sở A chủ trì …. 3. Đề nghị Sở B …. 4. Sở C rà soát …" in a conclusion: the items of a list go on as those before.
                let row = || {
                    let office = frame.strength >= Strength::Subject && frame.at == first && reader.is_office(&frame.bodies[0]);
                    line.block.label.is_some()
                        && self.asking
                        && matches!(self.form, Form::Other | Form::Letter)
                        && office
                        && self.follows_orders(line.at)
                };
                let urged = frame.strength == Strength::Urged && in_article();
                frame.strength == Strength::Explicit && !recounted() || urged || listed() || timed() || clause() || row()
            }
            Zone::Provision => {
                let carries = frame.strength == Strength::Explicit && reader.carries_out(range);
                // "Trong quá trình thực hiện nếu có vướng mắc, đề nghị các đơn vị phản ánh về Bộ".
                let trouble = || {
                    let troubles = Roles::duty(&[DutyRole::Object]);
                    let opening = self.lexicon.longest(line.words, first, Roles::duty(&[DutyRole::Closing])).map_or(0, |(len, _)| len);
                    (first + opening..frame.at).any(|at| self.lexicon.longest(line.words, at, troubles).is_some())
                };
                // "33. Ban Chấp hành Trung ương giao Bộ Chính trị …": the issuer of a Party's regulation has no other way to assign.
                let issues = || {
                    let start = line.words.get(first).map_or(line.line.len(), |word| word.start as usize);
                    let issuer = self.issuer.as_deref().map(fold::lower);
                    let opens = issuer.is_some_and(|issuer| fold::lower(&line.line[start..]).starts_with(issuer.as_str()));
                    self.zones.party && opens && self.ends_items(line.at) && self.begins_with_assign_behind(reader, range)
                };
                let closes = reader.begins_with(range, DutyRole::Closing) && frame.at > range.start && trouble();
                line.block.annex == 0 && (carries || closes || reader.enforces(range) || issues())
            }
            // What was told may end with an order: "Về tiêu chuẩn, giao X quy định …"; "UBND tỉnh giao X" there tells on.
            Zone::Account => self.begins_with_assign(reader, &frame) && !recounted(),
        };
        counts.then_some(frame)
    }

    /// "Giao Sở Tư pháp đăng tải …. Các sở thông tin …": in an article that orders, a later sentence may name an office and its verb.
    pub(super) fn next_in_charge(
        &self,
        reader: &Reader<'_>,
        line: &Line<'_>,
        range: &Range<usize>,
        place: &Place,
        begun: bool,
    ) -> Option<Frame> {
        let ordered = begun && place.zone == Zone::Open && self.in_article(line.at);
        let frame = if ordered { reader.frame(range) } else { None }?;
        (frame.strength >= Strength::Subject && reader.is_office(&frame.bodies[0])).then_some(frame)
    }

    /// The names of `bodies`; for "Sở này", "cơ quan này" the body that was named last before it in the line.
    pub(super) fn names_of(&self, reader: &Reader<'_>, line: &Line<'_>, bodies: &[Range<usize>]) -> Vec<String> {
        let mut out = names(line.line, line.words, bodies);
        for (name, range) in out.iter_mut().zip(bodies) {
            let Some(kind) = name.strip_suffix(" này") else { continue };
            let kind = kind.to_lowercase();
            let of_kind = |named: &str| {
                let named = named.to_lowercase();
                !named.ends_with(" này")
                    && (kind.contains(' ') || named.strip_prefix(kind.as_str()).is_some_and(|rest| rest.starts_with(' ')))
            };
            let before = (0..range.start).rev().filter(|at| line.words[*at].capital).filter_map(|at| reader.list(at)).take(24);
            let named = before.filter_map(|bodies| bodies.names.into_iter().next()).map(|words| bytes(line.words, &words).of(line.line));
            let last = self.drafts.last().into_iter().flat_map(|draft| &draft.assignees).map(String::as_str);
            if let Some(meant) = named.chain(last).find(|named| of_kind(named)) {
                *name = meant.to_owned();
            }
        }
        out
    }

    /// True for a first sentence that is only a heading before one that begins with what is to be done.
    pub(super) fn heads_sentence(&self, reader: &Reader<'_>, line: &Line<'_>, range: &Range<usize>, place: &Place) -> bool {
        const LONGEST_HEADING: usize = 12;
        let words = &line.words[range.clone()];
        let letters = words.iter().filter(|word| word.is_letters()).count();
        let ends = words.last().is_some_and(|word| word.id == STOP) && letters <= LONGEST_HEADING;
        let plain = ends && !reader.has_verb(range) && !words.iter().any(|word| word.id == NUMBER) && reader.frame(range).is_none();
        let next = range.end..line.words.len();
        plain && !self.is_policy(reader, line, range, place, true) && reader.begins_with_verb(&next)
    }

    pub(super) fn begins_with_assign(&self, reader: &Reader<'_>, frame: &Frame) -> bool {
        frame.strength == Strength::Explicit && reader.begins_with(&(frame.at..reader.words.len()), DutyRole::Assign)
    }

    /// True for the last item of the main text.
    fn ends_items(&self, at: usize) -> bool {
        !self.structure.blocks[at + 1..].iter().any(|block| block.annex == 0 && block.kind == BlockKind::Item && block.label.is_some())
    }

    /// True for "X giao Y …": an order that only the issuer gives stands among the first words.
    fn begins_with_assign_behind(&self, reader: &Reader<'_>, range: &Range<usize>) -> bool {
        const NEAR: usize = 10;
        let assigns = Roles::duty(&[DutyRole::Assign]);
        (range.start..range.end.min(range.start + NEAR)).any(|at| self.lexicon.longest(reader.words, at, assigns).is_some())
    }

    /// True for an item right behind two of its list each of which is a duty of a body that it names.
    fn follows_orders(&self, at: usize) -> bool {
        let blocks = &self.structure.blocks;
        let own = |before: &usize| blocks[*before].parent == blocks[at].parent && blocks[*before].label.is_some();
        let mut before = (0..at).rev().filter(own).take(2);
        let assigned = |at: usize| {
            let first = self.drafts.iter().find(|draft| draft.block == Some(at));
            first.is_some_and(|draft| draft.kind == TaskKind::Assignment && !draft.assignees.is_empty())
        };
        blocks[at].parent.is_some() && before.by_ref().filter(|at| assigned(*at)).count() == 2
    }

    /// True for what hangs under an article.
    pub(super) fn in_article(&self, at: usize) -> bool {
        let blocks = &self.structure.blocks;
        std::iter::successors(Some(at), |at| blocks[*at].parent).any(|at| zones::is_article(&blocks[at]))
    }

    /// True when an item lays a duty on the addressees of its part.
    pub(super) fn is_policy(&self, reader: &Reader<'_>, line: &Line<'_>, range: &Range<usize>, place: &Place, labelled: bool) -> bool {
        let labelled = labelled || self.pending.is_some_and(|at| line.block.parent == Some(at) && is_empty(&self.structure.blocks[at]));
        let duty = match place.zone {
            Zone::Task => true,
            Zone::Article => place.addressed,
            Zone::Asked => reader.begins_with_verb(range),
            // "Điều 1. Ban hành …", "Điều 2. Điều chỉnh …": what the paper itself does.
            Zone::Open if zones::is_article(line.block) => false,
            Zone::Open => {
                let heads = || self.pending.is_some_and(|at| line.block.parent == Some(at));
                let asked = || if labelled { self.is_asked(line.at) } else { self.asking && heads() };
                reader.begins_with_verb(range) && asked() && !self.is_approved(line.at)
            }
            _ => false,
        };
        // "Đối với tập thể: việc chấp hành …" names what is judged.
        let heading =
            reader.begins_with(range, DutyRole::OfBody).then(|| range.clone().take(12).find(|at| line.words[*at].id == COLON)).flatten();
        if heading.is_some_and(|colon| colon + 1 < range.end && !reader.begins_with_verb(&(colon + 1..range.end))) {
            return false;
        }
        let heads_items = labelled && self.shapes[line.at].items;
        let answers = !place.addressed && reader.begins_with(range, DutyRole::Topic);
        let letters = line.words.iter().filter(|word| word.is_letters()).count();
        let number = letters < FEWEST_WORDS || line.words.first().is_some_and(|word| word.id == NUMBER);
        // "Bãi bỏ khoản 4 Điều 1 …", "Kế hoạch số A hết hiệu lực …": what the paper does to another one.
        // "Kế hoạch này thay thế …" tells of the paper itself, "Đồng ý chủ trương …" what was decided; "a) Việc ban hành văn bản" among the
        // matters that are looked into asks nothing.
        let words = bytes(line.words, range).of(line.line);
        let own = words.split(' ').take(3).any(|word| word == "này");
        let matter = words.starts_with("Việc ") && ![" phải ", " cần "].iter().any(|word| words.contains(word));
        let told = own
            || matter
            || reader.decides(range)
            || !place.addressed && reader.amends(range)
            || is_paper(words, reader.begins_with(range, DutyRole::AskingKind))
            || reader.tells_of_force(range)
            || reader.tells_what_was(range)
            || !reader.begins_with_verb(range) && reader.is_outcome(range.clone());
        let submitted = self.form == Form::Submission && !place.addressed;
        if !duty
            || submitted
            || number
            || heads_items
            || answers
            || told
            || reader.is_label(range)
            || reader.is_amount(range)
            || reader.begins_with(range, DutyRole::NotTask)
            || !reader.has_verb(range)
        {
            return false;
        }
        if !labelled {
            // Lists that lost their labels: paragraphs right under a lead-in that begin with what is to be done.
            let heads = self.pending.is_some_and(|at| line.block.parent == Some(at));
            let listed = || heads || place.addressed || line.block.parent.is_some_and(|parent| self.lists_duties(parent));
            return line.block.label.is_none() && reader.begins_with_verb(range) && listed();
        }
        reader.begins_with_verb(range) || !reader.begins_with_statement(range)
    }
}

/// True for a label alone on its line.
fn is_empty(block: &Block) -> bool {
    block.body >= block.span.end
}

/// A block and its words.
pub(super) struct Line<'a> {
    pub(super) at: usize,
    pub(super) block: &'a Block,
    /// The words of the block, its label left out.
    pub(super) line: &'a str,
    pub(super) words: &'a [Word],
}

impl Line<'_> {
    /// Offset of word `at` in the normal text.
    pub(super) fn offset(&self, at: usize) -> usize {
        self.block.body + self.words[at].start as usize
    }

    pub(super) fn ends_with(&self, mark: u16) -> bool {
        self.words.last().is_some_and(|word| word.id == mark)
    }
}
