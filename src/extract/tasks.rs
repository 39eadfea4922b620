//! Tasks: duties that a paper lays on bodies.
//!
//! Duty: walk the blocks of a paper in order and turn items, sentences, fields and table rows into tasks: who, with
//! whom, by when, how often, reporting to whom. Not here: which part of a paper a block stands in (`task_zones`), how
//! a sentence lays a duty (`task_frames`), names of bodies (`task_bodies`), fields and columns (`task_tables`), dates
//! (`deadlines`).
//!
//! An item of the lowest level is a task when its part lays duties; a later sentence of it that lays a duty on
//! another body is a task of its own. Anywhere else only a sentence that says so itself ("Giao X …") is one.
//!
//! Longer than 350 lines: the walk keeps one state (open item, fields, table), which its steps share.

use super::deadlines;
use super::repetitions;
use super::task_draft::Draft;
use super::task_frames::{Frame, Reader, Strength, names};
use super::task_leads;
use super::task_lines::LineTable;
use super::task_rules::Line;
use super::task_shapes::{Lists, Shape, shapes};
use super::task_tables::{self, Columns, Values};
use super::task_words::{COLON, Lexicon, SEMICOLON, STOP, Word, bytes, sentences};
use super::task_zones::{self as zones, Form, Place, Zone, Zones};
use crate::model::{Block, BlockKind, Citation, Date, DocumentFacts, NormText, Structure, Task, TaskKind};
use crate::tables::{DutyRole, Tables};
use std::ops::Range;
use std::rc::Rc;

/// Finds tasks; compiled once from the tables.
#[derive(Clone, Debug)]
pub struct TaskFinder {
    lexicon: Lexicon,
}

impl TaskFinder {
    /// Compiles the phrases of `tables`.
    pub fn new(tables: &Tables) -> Self {
        TaskFinder { lexicon: Lexicon::new(tables) }
    }

    /// The tasks of one paper in the order of the text. Spans, those of `citations` too, count in the normal text.
    pub fn find(&self, norm: &NormText, structure: &Structure, facts: &DocumentFacts, citations: &[Citation]) -> Vec<Task> {
        if zones::is_law(&self.lexicon, facts) {
            return Vec::new();
        }
        let closing = zones::closing(&self.lexicon, &norm.text, structure);
        let mut walk = Walk {
            lexicon: &self.lexicon,
            text: &norm.text,
            structure,
            zones: Zones::new(&self.lexicon, &norm.text, structure, facts),
            lists: Lists::new(closing.start),
            closing,
            shapes: shapes(&self.lexicon, &norm.text, structure),
            asking: zones::is_asking(&self.lexicon, facts),
            form: Form::of(facts),
            anchor: facts.date,
            issuer: facts.issuer.as_ref().map(|issuer| issuer.name.clone()),
            letter_to: if Form::of(facts) == Form::Letter {
                task_leads::letter_to(&self.lexicon, &norm.text, structure).into()
            } else {
                Rc::from([])
            },
            drafts: Vec::new(),
            open: None,
            group: 0,
            in_fields: false,
            told_from: 0,
            pending: None,
            columns: None,
            lines: None,
            ended: None,
            quoted: 0,
        };
        let mut words = Vec::new();
        for at in 0..structure.blocks.len() {
            walk.block(at, &mut words);
        }
        walk.end_lines();
        walk.drafts.into_iter().map(|draft| draft.finish(&norm.text, structure, citations)).collect()
    }
}

pub(super) struct Walk<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) text: &'a str,
    pub(super) structure: &'a Structure,
    pub(super) zones: Zones,
    pub(super) closing: Range<usize>,
    pub(super) shapes: Vec<Shape>,
    pub(super) lists: Lists,
    /// A paper that asks by its kind.
    pub(super) asking: bool,
    pub(super) form: Form,
    pub(super) anchor: Option<Date>,
    pub(super) issuer: Option<String>,
    /// Those whom a letter addresses.
    pub(super) letter_to: Rc<[String]>,
    pub(super) drafts: Vec<Draft>,
    /// Block of the item whose paragraphs still belong to the last draft.
    pub(super) open: Option<usize>,
    /// First draft that the next fields speak of.
    pub(super) group: usize,
    pub(super) in_fields: bool,
    /// First draft that the fields of the lines above spoke of.
    pub(super) told_from: usize,
    /// Item that only heads its paragraphs: the first task in them begins at its label.
    pub(super) pending: Option<usize>,
    pub(super) columns: Option<Columns>,
    /// A table whose cells came as lines.
    pub(super) lines: Option<LineTable>,
    /// Annex whose recipients were read: what follows there is the foot of the paper.
    pub(super) ended: Option<usize>,
    /// Last block of the quotation that was met last.
    pub(super) quoted: usize,
}

impl<'a> Walk<'a> {
    fn block(&mut self, at: usize, words: &mut Vec<Word>) {
        let block = &self.structure.blocks[at];
        if self.in_lines(at) || self.quoted(at) || self.addressed(at) {
            return;
        }
        if block.kind == BlockKind::Recipients {
            self.ended = Some(block.annex);
        }
        if self.ended == Some(block.annex) {
            return;
        }
        if block.kind == BlockKind::TableRow {
            return self.row(block);
        }
        // "Xét đề nghị của …, Thủ tướng Chính phủ có ý kiến như sau:" is of the basis, and leads on.
        let leads = block.kind == BlockKind::Basis && block.span.of(self.text).trim_end().ends_with(':');
        if !leads && !matches!(block.kind, BlockKind::Heading | BlockKind::Item | BlockKind::Paragraph) {
            return;
        }
        self.columns = None;
        let place = self.zones.of(self.structure, at);
        let line = &self.text[block.body..block.span.end];
        words.clear();
        self.lexicon.cut(line, words);
        let line = Line { at, block, line, words };
        if self.closing.contains(&at) && block.kind == BlockKind::Paragraph {
            self.open = None;
            return self.sentences(&line, &Place::new(Zone::Task), None);
        }
        if self.fields(&line) {
            return self.zones.set(at, place);
        }
        match block.kind {
            BlockKind::Paragraph | BlockKind::Basis => self.paragraph(&line, place),
            _ => self.item(&line, place),
        }
    }

    /// A heading or labelled item.
    fn item(&mut self, line: &Line<'_>, mut place: Place) {
        let shape = self.shapes[line.at];
        let reader = Reader::new(self.lexicon, line.words);
        let all = 0..line.words.len();
        // "- Nội dung: …", "- Địa điểm: …" under an item that has only such lines: they tell of that item.
        if let Some(parent) = line.block.parent.filter(|parent| !self.shapes[*parent].items) {
            let told = place.zone == Zone::Task || place.zone == Zone::Open && self.shapes[parent].duty;
            if self.open != Some(parent) && told && reader.begins_with(&all, DutyRole::Content) {
                // An article only says that the duty is laid.
                self.pending = Some(parent).filter(|parent| !zones::is_article(&self.structure.blocks[*parent]));
                self.group = self.drafts.len();
                self.draft(line, line.block.span.start, TaskKind::Policy, place.addressees.to_vec(), &all);
                self.open = Some(parent);
            }
            return self.zones.set(line.at, place);
        }
        let section = zones::is_section(line.block);
        if shape.items
            && line.block.annex == 0
            && let Some(bodies) = self.ordered_by_article(&reader, line)
        {
            (place.zone, place.addressees, place.addressed) = (Zone::Task, bodies.into(), true);
            return self.under(line, place);
        }
        let titled = line.block.kind == BlockKind::Heading || (shape.items || shape.lines) && zones::is_title_like(line.words);
        if titled && let Some(zone) = self.title(line, section, &place) {
            // "Nhiệm vụ" in an article tells what an office is for.
            // An article that approves a plan holds the plan's own sections.
            let office = !section || zones::is_article(line.block);
            let zone = if zone == Zone::Task && office && self.in_article(line.at) { Zone::Article } else { zone };
            // A heading between an address and the items under it: "1. Trồng cây trong trường:".
            place = if zone == Zone::Task && place.zone == Zone::Task && !section { place } else { Place::new(zone) };
            let own = matches!(zone, Zone::Task | Zone::Article) && !section && !zones::is_article(line.block);
            // With one paragraph it is the item itself; with several it heads as many duties.
            let single = || self.lists.count(self.lexicon, self.text, self.structure, Some(line.at), false).0 == 1;
            self.pending = (own && shape.lines && !shape.items && single()).then_some(line.at);
            // "Điều 2. Nhiệm vụ của Ban Chỉ đạo", "1. Trách nhiệm của Sở Y tế": its items are laid on that body.
            if (zone == Zone::Article || zone == Zone::Task && !section)
                && reader.begins_with(&all, DutyRole::OfBody)
                && let Some(bodies) = reader.heading_bodies(&all)
            {
                (place.addressees, place.addressed) = (names(line.line, line.words, &bodies).into(), true);
            }
            return self.under(line, place);
        }
        // "Về tình hình tháng 5: …" tells; "Thời gian tới, …" asks.
        if !titled && reader.tells_of_account(&all) && place.zone != Zone::Provision {
            place.zone = Zone::Account;
        } else if self.asking && place.zone == Zone::Open && reader.begins_with(&all, DutyRole::Ahead) {
            place.zone = Zone::Asked;
        }
        let told = matches!(place.zone, Zone::Task | Zone::Asked | Zone::Article | Zone::Open);
        self.pending = None;
        if line.words.is_empty() {
            // "6." alone on its line: its words are the paragraph below.
            self.pending = Some(line.at);
            // In a normative text only one of the last articles says who carries it out.
            let implements = || place.zone != Zone::Provision || self.ends_text(line.at);
            if self.heads_implementing(line.at) || implements() && self.all_act(line.at) {
                place.zone = Zone::Article;
            }
            return self.under(line, place);
        }
        if shape.items && place.zone == Zone::Task && self.names_parts(&reader, line) {
            self.draft(line, line.block.span.start, TaskKind::Policy, place.addressees.to_vec(), &all);
            return self.zones.set(line.at, Place { zone: Zone::Goal, ..place });
        }
        // "1. Đồng ý điều chỉnh mức trợ cấp như sau:" above what was decided, "Bổ sung một số nội dung của Nghị quyết 11:" above the changes.
        if shape.items && line.ends_with(COLON) {
            if place.zone == Zone::Task && reader.decides(&all) {
                return self.under(line, Place::new(Zone::Open));
            }
            if place.zone != Zone::Provision && reader.is_amending_title(line.line, &all) {
                return self.under(line, Place::new(Zone::Account));
            }
        }
        let opens = shape.items && told && line.ends_with(COLON);
        let addressed = if opens { reader.lead_in(&all).or_else(|| reader.frame(&all).map(|frame| frame.bodies)) } else { None };
        // "đ) Phối hợp với các sở chỉ đạo:" holds for the items under it.
        if opens {
            let with = names(line.line, line.words, &reader.coordinators(&all));
            place.with = if with.is_empty() { place.with } else { with.into() };
        }
        // The issuer's name between title and body has no label and addresses nobody.
        let heads = (titled || line.ends_with(COLON)) && told && line.block.label.is_some();
        let bodies = addressed.or_else(|| if heads { reader.heading_bodies(&all) } else { None });
        let bodies =
            bodies.map(|bodies| names(line.line, line.words, &bodies)).filter(|own| !opens || !self.leads_to_contents(line.at, own));
        if let Some(own) = bodies {
            place.zone = if place.zone == Zone::Article { Zone::Article } else { Zone::Task };
            if !own.is_empty() {
                (place.addressees, place.addressed) = (own.into(), true);
            }
            if shape.items || !shape.lines || self.lists_duties(line.at) {
                return self.under(line, place);
            }
            self.zones.set(line.at, place.clone());
            let kind = if place.addressed { TaskKind::Assignment } else { TaskKind::Policy };
            let assignees = place.addressees.to_vec();
            return self.draft(line, line.block.span.start, kind, assignees, &all);
        }
        self.zones.set(line.at, place.clone());
        // "2. Về kiến nghị của tỉnh:" and the paragraphs under it are one item.
        let heads = shape.lines && !shape.items && !section && !zones::is_article(line.block) && zones::is_title_like(line.words);
        // "4. Đính chính": what the paper does to others.
        if titled && reader.is_amending_title(line.line, &all) {
            return self.under(line, place);
        }
        if heads || shape.lines && !shape.items && !section && line.ends_with(COLON) {
            self.pending = Some(line.at);
        }
        // "5. Phục vụ nhân dân" above the paragraph that tells who does it, "6. Biểu giao việc" above its table.
        let next = self.structure.blocks.get(line.at + 1).filter(|next| next.parent == Some(line.at));
        let tabled = next.is_some_and(|next| next.kind == BlockKind::TableRow);
        // "2. Giải phóng mặt bằng đường X" above "Đồng ý chủ trương …": the heading of what was decided.
        if heads && next.is_some_and(|next| next.kind == BlockKind::Paragraph && self.decides(next)) {
            self.pending = None;
            return self.under(line, place);
        }
        if tabled || heads && next.is_some_and(|next| next.kind == BlockKind::Paragraph && self.acts(next)) {
            self.pending = (!tabled).then_some(line.at);
            return self.under(line, place);
        }
        if titled && (section || shape.items) || line.ends_with(COLON) && !shape.items && self.lists_duties(line.at) {
            self.pending = None;
            return self.under(line, place);
        }
        let lowest = !shape.items;
        if lowest || line.ends_with(STOP) || line.ends_with(SEMICOLON) {
            self.open = None;
            let before = self.drafts.len();
            self.sentences(line, &place, Some(line.at));
            // Items under a sentence that assigns go on with its bodies.
            if let Some(draft) = self.drafts.get(before).filter(|draft| shape.items && !draft.assignees.is_empty()) {
                let addressees = draft.assignees.clone().into();
                self.zones.set(line.at, Place { addressees, addressed: true, ..place });
            }
        } else {
            self.under(line, place);
        }
    }

    /// Goes on under a heading: no item is open, and fields speak of what follows.
    fn under(&mut self, line: &Line<'_>, place: Place) {
        self.open = None;
        (self.group, self.in_fields) = (self.drafts.len(), false);
        // "TỔ CHỨC THỰC HIỆN" without label heads all that follows, not only what hangs under it.
        if line.block.label.is_none() {
            self.zones.lead(line.block, place.clone());
        }
        self.zones.set(line.at, place);
    }

    fn paragraph(&mut self, line: &Line<'_>, place: Place) {
        let reader = Reader::new(self.lexicon, line.words);
        let all = 0..line.words.len();
        let last = sentences(line.line, line.words).pop().unwrap_or(all.clone());
        if self.enumerates(&reader, line, &place) {
            // "Tập trung phát triển:" before nouns is itself what is to be done.
            let place = if place.zone == Zone::Open { Place { zone: Zone::Task, ..place } } else { place };
            let at = line.block.parent.filter(|at| {
                !zones::is_section(&self.structure.blocks[*at])
                    && self.structure.blocks.get(at + 1).is_some_and(|next| std::ptr::eq(next, line.block))
            });
            self.pending = at.or(self.pending);
            self.draft(line, line.block.span.start, TaskKind::Policy, place.addressees.to_vec(), &all);
            self.zones.lead(line.block, Place { zone: Zone::Goal, ..place.clone() });
            return self.zones.set(line.at, place);
        }
        if line.ends_with(COLON) && place.zone != Zone::Provision && reader.is_amending_title(line.line, &all) {
            return self.under(line, Place::new(Zone::Account));
        }
        if let Some(told) = self.lead(&reader, line, &last, &place) {
            // After bullets the lead-in may hang deeper than the items that it opens.
            let labelled = |block: &&Block| matches!(block.kind, BlockKind::Item | BlockKind::Heading);
            let opened = self.structure.blocks[line.at + 1..].iter().find(labelled).unwrap_or(line.block);
            self.zones.lead(opened, told.clone());
            self.zones.lead(line.block, told.clone());
            self.zones.set(line.at, told);
            self.open = None;
            return;
        }
        // "Thực hiện Công điện số A, Công văn số B:" before items that say who does what is no duty itself.
        let next = self.structure.blocks.get(line.at + 1).filter(|next| next.label.is_some());
        if line.ends_with(COLON) && next.is_some_and(|next| self.acts(next)) && reader.frame(&all).is_none() {
            return self.under(line, place);
        }
        self.zones.set(line.at, place.clone());
        let within = self.open.filter(|open| line.block.parent == Some(*open));
        if within.is_none() {
            self.open = None;
        }
        self.sentences(line, &place, within);
    }

    /// The duties of the sentences of a line. `item` is the item that the line is, or goes on with.
    fn sentences(&mut self, line: &Line<'_>, place: &Place, item: Option<usize>) {
        let reader = Reader::new(self.lexicon, line.words);
        let first_of_item = item == Some(line.at);
        let pending = self.pending.filter(|pending| !first_of_item && line.block.parent == Some(*pending));
        let all: Vec<Range<usize>> = sentences(line.line, line.words).iter().flat_map(|range| reader.clauses(range)).collect();
        let mut begun = item.is_some() && !first_of_item;
        let answers = first_of_item && reader.begins_with(&(0..line.words.len()), DutyRole::Topic);
        // "3. Chế biến và thị trường. Thu hút …": the first sentence only heads the next.
        let headed = first_of_item && all.len() > 1 && self.heads_sentence(&reader, line, &all[0], place);
        for (i, range) in all.iter().enumerate() {
            // "…. Ban Thường vụ lưu ý một số vấn đề sau:" leads on to the paragraphs below.
            if i > 0 && first_of_item && self.shapes[line.at].lines && reader.leads_on(range) {
                continue;
            }
            // A later sentence that says how those must be who have no name of their own goes on with the item.
            let own = i == 0 && first_of_item;
            let counts = |frame: &Frame| match frame.strength {
                Strength::Told => own || frame.at == reader.skip_marks(range.start),
                Strength::State => own || reader.is_office(&frame.bodies[0]),
                _ => true,
            };
            let frame = self.frame(&reader, line, range, place).or_else(|| self.next_in_charge(&reader, line, range, place, begun));
            let frame = frame.filter(counts);
            let opens = first_of_item && (i == 0 || i == 1 && headed && !begun);
            let start = if opens { line.block.span.start } else { line.offset(range.start) };
            match frame {
                Some(frame) => {
                    let bodies = self.names_of(&reader, line, &frame.bodies);
                    let apart = reader.begins_with(range, DutyRole::Apart);
                    // "Sở Tài chính …. Giám đốc Sở Tài chính chịu trách nhiệm trước …": who holds the office answers himself.
                    let holder = reader.is_holder(&frame.bodies[0])
                        && self.drafts.last().is_some_and(|draft| draft.assignees.iter().all(|known| known.len() < bodies[0].len()));
                    let alone = || self.drafts.last().is_some_and(|draft| frame.strength >= Strength::Subject && draft.is_one_of(&bodies));
                    let same = begun
                        && !apart
                        && !holder
                        && !alone()
                        && self.drafts.last().is_some_and(|draft| draft.is_on(&bodies, frame.strength));
                    // What is said first of all of an item that nobody is addressed in is done by the body told next.
                    let heads = begun
                        && first_of_item
                        && !reader.begins_with(range, DutyRole::Closing)
                        && !reader.answers(&frame)
                        && self.drafts.last_mut().is_some_and(|draft| draft.led_by(&bodies));
                    if same || heads {
                        self.absorb(line, range);
                    } else {
                        // "Ban Thường vụ lưu ý một số việc sau: Các cấp ủy phải …".
                        let led =
                            frame.at > range.start && line.words[frame.at - 1].id == COLON && reader.leads_on(&(range.start..frame.at));
                        let start = if led && !own { line.offset(frame.at) } else { start };
                        let start = if answers && !begun { line.block.span.start } else { start };
                        // "2. Về dự án X" above "Chính phủ ghi nhận …. Giao Bộ Y tế …": what was told before begins no duty.
                        if i > 0 && !begun && place.zone == Zone::Open && !first_of_item {
                            self.pending = None;
                        }
                        let parts = reader.parts(range, &frame);
                        let (first, rest) =
                            parts.split_first().map_or((range.clone(), &[][..]), |(first, rest)| (range.start..first.end, rest));
                        self.draft(line, start, TaskKind::Assignment, bodies.clone(), &first);
                        for part in rest {
                            self.draft(line, line.offset(part.start), TaskKind::Assignment, bodies.clone(), part);
                        }
                        begun = true;
                    }
                }
                None if begun => self.absorb(line, range),
                None if (i == 0 || opens) && self.is_policy(&reader, line, range, place, first_of_item) => {
                    let assignees = place.addressees.to_vec();
                    self.draft(line, start, TaskKind::Policy, assignees, range);
                    begun = true;
                }
                None => {}
            }
            if begun {
                self.open = pending.or(item);
            }
        }
        if !begun && first_of_item {
            self.open = None;
        }
    }

    fn draft(&mut self, line: &Line<'_>, start: usize, kind: TaskKind, assignees: Vec<String>, range: &Range<usize>) {
        if self.in_fields {
            (self.group, self.in_fields) = (self.drafts.len(), false);
        }
        let heading = self.pending.take().filter(|pending| line.block.parent == Some(*pending));
        let (start, body, at) = match heading.map(|at| (at, &self.structure.blocks[at])) {
            Some((at, block)) => (block.span.start, block.body, at),
            None if start == line.block.span.start => (start, line.block.body, line.at),
            None => (start, start, line.at),
        };
        let block = (!self.closing.contains(&line.at)).then_some(at);
        // Who a letter addresses is meant where it names nobody.
        let assignees = if assignees.is_empty() { self.letter_to.to_vec() } else { assignees };
        self.drafts.push(Draft { block, ..Draft::new(start, body, kind, assignees) });
        self.open = Some(line.at);
        self.absorb(line, range);
        let place = self.zones.of(self.structure, line.at);
        if let Some(draft) =
            self.drafts.last_mut().filter(|draft| draft.coordinators.is_empty() && draft.assignees[..] == place.addressees[..])
        {
            draft.coordinators = place.with.to_vec();
        }
    }

    /// Takes one more sentence into the last draft.
    fn absorb(&mut self, line: &Line<'_>, range: &Range<usize>) {
        let reader = Reader::new(self.lexicon, line.words);
        let Some(draft) = self.drafts.last_mut() else { return };
        let span = bytes(line.words, range);
        draft.span.end = line.block.body + span.end;
        let sentence = span.of(line.line);
        for name in names(line.line, line.words, &reader.coordinators(range)) {
            if !draft.coordinators.contains(&name) {
                draft.coordinators.push(name);
            }
        }
        for name in names(line.line, line.words, &reader.directed(range)) {
            if !draft.assignees.is_empty() && !draft.assignees.contains(&name) {
                draft.assignees.push(name);
            }
        }
        if draft.report_to.is_none() {
            draft.report_to = reader.report_to(range).map(|body| bytes(line.words, &body).of(line.line).to_owned());
        }
        if draft.values.due.is_none() {
            draft.values.due = deadlines::due(sentence, self.anchor).map(|(_, due)| due);
        }
        if draft.values.recurrence.is_none() {
            draft.values.recurrence = repetitions::recurrence(sentence).map(|(_, recurrence)| recurrence);
        }
        let inside = task_tables::fields(self.lexicon, &line.words[..range.end]);
        let mut values = Values::default();
        // A field at the start of the line is no sentence of a duty.
        for field in inside.iter().filter(|field| field.at >= range.start.max(1) && !field.value.is_empty()) {
            values.add(self.lexicon, field.role, bytes(line.words, &field.value).of(line.line), self.anchor);
        }
        draft.take(values);
    }
}
