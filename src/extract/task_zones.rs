//! In which part of a paper a line stands: a part that lays duties, one that tells what was, a provision.
//!
//! Duty: read headings, lead-ins and the kind of the paper, and tell for each block its zone and the addressees that
//! hold there. Not here: the duties themselves (`tasks`).

use super::task_bodies;
use super::task_frames::{Reader, Strength};
use super::task_tables;
use super::task_words::{COLON, Lexicon, Roles, STOP, Word, sentences};
use crate::model::{Block, BlockKind, Date, DocumentFacts, Level, Structure, System};
use crate::tables::{BodyRole, DutyRole, fold};
use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

/// What a part of a paper does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// Neither; only a sentence that says so itself lays a duty.
    Open,
    /// Follows "… xây dựng kế hoạch như sau:": what begins with a verb asks, and so does a body with its verb.
    Asked,
    /// Lays duties: "Nhiệm vụ, giải pháp", "Tổ chức thực hiện", what follows a lead-in.
    Task,
    /// The implementing article of a normative text: a duty names its body.
    Article,
    /// Says what for: "Mục đích, yêu cầu".
    Goal,
    /// Tells what was, or by what it is judged: "Tình hình", "Tiêu chí".
    Account,
    /// What a normative text or an annexed statute says.
    Provision,
}

/// Kinds of papers whose items ask less than others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// What it lists is what the paper that it submits says.
    Submission,
    /// What it says, but for its last part, is how a thing is done.
    Guidance,
    /// What it says, but for its last part, is what was done.
    Report,
    /// It speaks to those whom it addresses.
    Letter,
    Other,
}

impl Form {
    pub(super) fn of(facts: &DocumentFacts) -> Self {
        match facts.kind.as_deref() {
            Some("TTr") => Form::Submission,
            Some("HD") => Form::Guidance,
            Some("BC") => Form::Report,
            Some("CV") => Form::Letter,
            _ => Form::Other,
        }
    }
}

/// Where a block stands.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) zone: Zone,
    /// Who is told to act where an item names nobody.
    pub(super) addressees: Rc<[String]>,
    /// A heading or lead-in that addresses somebody stands above.
    pub(super) addressed: bool,
    /// With whom they act where an item names nobody: "phối hợp với các sở thực hiện:".
    pub(super) with: Rc<[String]>,
}

impl Place {
    pub(super) fn new(zone: Zone) -> Self {
        Place { zone, addressees: Rc::from([]), addressed: false, with: Rc::from([]) }
    }
}

/// The parts of one paper.
pub(super) struct Zones {
    /// Place of each block that was read, by block.
    places: Vec<Option<Place>>,
    /// Place told by a lead-in paragraph for the blocks that follow it under the same parent.
    leads: Vec<Option<Place>>,
    /// The same for what hangs under nothing, main text first: an annex begins anew.
    roots: Vec<Option<Place>>,
    /// Zone of the lines of each annex, main text first.
    annexes: Vec<Zone>,
    /// A paper of the Party.
    pub(super) party: bool,
    /// The main text has articles.
    pub(super) articles: bool,
    /// Blocks that are articles, in order.
    article_at: Vec<usize>,
}

impl Zones {
    pub(super) fn new(lexicon: &Lexicon, text: &str, structure: &Structure, facts: &DocumentFacts) -> Self {
        let blocks = &structure.blocks;
        let normative = is_normative(lexicon, facts) || facts.kind.is_none() && is_long_in_articles(blocks);
        let last = blocks.iter().map(|block| block.annex).max().unwrap_or(0);
        let mut annexes = vec![Zone::Open; last + 1];
        if normative {
            annexes[0] = Zone::Provision;
        }
        let planned = |word: &Option<String>| word.as_ref().is_some_and(|word| begins(lexicon, word, DutyRole::Plan));
        for (annex, zone) in annexes.iter_mut().enumerate().skip(1) {
            let lines = || blocks.iter().filter(move |block| block.annex == annex);
            let titled = |role| lines().take(8).any(|block| begins(lexicon, &text[block.body..block.span.end], role));
            // A statute or a procedure, unless it is a plan, belongs to one, or is a second paper that asks.
            let plan = titled(DutyRole::Plan) || titled(DutyRole::AskingKind) || planned(&facts.kind_name);
            let statute = lines().any(is_article) || titled(DutyRole::Provision);
            if !statute && !plan && assigns(lexicon, text, lines()) {
                *zone = Zone::Task;
            } else if !plan || statute {
                *zone = Zone::Provision;
            }
        }
        let party = facts.parsed.as_ref().is_some_and(|number| number.system == System::Party);
        let articles = blocks.iter().any(|block| block.annex == 0 && is_article(block));
        let article_at = (0..blocks.len()).filter(|at| is_article(&blocks[*at])).collect();
        let unknown = vec![None; blocks.len()];
        Zones { places: unknown.clone(), leads: unknown, roots: vec![None; last + 1], annexes, party, articles, article_at }
    }

    /// The place of block `at`, as its parent and the lead-in before it tell.
    pub(super) fn of(&self, structure: &Structure, at: usize) -> Place {
        let block = &structure.blocks[at];
        let lead = block.parent.map_or(&self.roots[block.annex], |parent| &self.leads[parent]);
        if let Some(lead) = lead {
            return lead.clone();
        }
        let parent = block.parent.filter(|parent| structure.blocks[*parent].annex == block.annex);
        parent.and_then(|parent| self.places[parent].clone()).unwrap_or_else(|| Place::new(self.annexes[block.annex]))
    }

    /// The last article above block `at`.
    pub(super) fn article_before(&self, at: usize) -> Option<usize> {
        self.article_at[..self.article_at.partition_point(|article| *article < at)].last().copied()
    }

    /// Keeps the place that holds under block `at`.
    pub(super) fn set(&mut self, at: usize, place: Place) {
        self.places[at] = Some(place);
    }

    /// Keeps the place that a lead-in paragraph tells for its later siblings.
    pub(super) fn lead(&mut self, block: &Block, place: Place) {
        *block.parent.map_or(&mut self.roots[block.annex], |parent| &mut self.leads[parent]) = Some(place);
    }

    /// The zone of the main text or annex that `block` stands in.
    pub(super) fn ground(&self, block: &Block) -> Zone {
        self.annexes[block.annex]
    }
}

/// True for "Điều 5".
pub(super) fn is_article(block: &Block) -> bool {
    block.label.as_deref().is_some_and(|label| label.starts_with("Điều ") || label.starts_with("ĐIỀU "))
}

/// True for a label that heads a section ("III", "Phần thứ hai", "Điều 5", none) and not an item ("3", "a", "-").
pub(super) fn is_section(block: &Block) -> bool {
    match block.label.as_deref() {
        None => true,
        Some(label) => {
            label.contains(' ')
                || label.chars().all(|c| "IVXLC".contains(c)) && !label.is_empty()
                || label.len() == 1 && ("A".."Z").contains(&label)
        }
    }
}

/// True for "PHẦN THỨ NHẤT", "Phần II".
pub(super) fn is_part(block: &Block) -> bool {
    block.label.as_deref().is_some_and(|label| fold::lower(label).starts_with("phần "))
}

/// Laws, decrees and the like by their kind; decisions and resolutions by the year in their number (NĐ 30/2020, Điều 15).
/// Directives bore a year too until 2016 and yet say who is to do what (Luật 31/2004/QH11).
///
/// Before that law papers of the places bore a year whatever they said.
fn is_normative(lexicon: &Lexicon, facts: &DocumentFacts) -> bool {
    let by_law = Date::new(2005, 4, 1).ok();
    let local = facts.issuer.as_ref().and_then(|issuer| issuer.level).is_some_and(|level| level != Level::Central);
    let early = local && facts.date.is_some() && facts.date < by_law;
    let year = facts.parsed.as_ref().is_some_and(|number| number.year.is_some()) && !early;
    let has = |role| kind_words(facts).any(|word| begins(lexicon, word, role));
    let unknown = facts.kind.is_none() && facts.kind_name.is_none();
    has(DutyRole::NormativeKind) || year && (unknown || has(DutyRole::YearKind))
}

/// True for a law, and for the consolidated text of one, which the office of the National Assembly authenticates (Pháp lệnh 01/2012/UBTVQH13): what
/// a law says are provisions.
pub(super) fn is_law(lexicon: &Lexicon, facts: &DocumentFacts) -> bool {
    let code = |code: &str| begins(lexicon, code, DutyRole::LawKind);
    let consolidated = || facts.parsed.as_ref().is_some_and(|number| number.register() == "VPQH") && facts.kind.as_deref() == Some("VBHN");
    facts.kind.as_deref().is_some_and(code) || consolidated()
}

/// A paper without a kind that has more articles than any decision on one matter.
fn is_long_in_articles(blocks: &[Block]) -> bool {
    const ARTICLES_OF_A_LAW: usize = 10;
    blocks.iter().filter(|block| block.annex == 0 && is_article(block)).count() >= ARTICLES_OF_A_LAW
}

/// True for a paper that asks by its kind: a directive, a plan, a conclusion.
pub(super) fn is_asking(lexicon: &Lexicon, facts: &DocumentFacts) -> bool {
    !is_normative(lexicon, facts) && kind_words(facts).any(|word| begins(lexicon, word, DutyRole::AskingKind))
}

/// What a paper is called: its type word, and its code where no other type shares it ("TT" is Thông tư and Thông tri).
fn kind_words(facts: &DocumentFacts) -> impl Iterator<Item = &str> {
    let code = facts.kind.as_deref().filter(|code| facts.kind_name.is_none() || *code != "TT");
    code.into_iter().chain(facts.kind_name.as_deref())
}

fn begins(lexicon: &Lexicon, line: &str, role: DutyRole) -> bool {
    let mut words = Vec::new();
    lexicon.cut(line, &mut words);
    Reader::new(lexicon, &words).begins_with(&(0..words.len()), role)
}

/// True when the lines of an annex say of several items who leads and by when: "Đơn vị chủ trì: Phòng A. Thời hạn: 31/7/2024." A
/// procedure says in fields of its own how long a step takes.
fn assigns<'s>(lexicon: &Lexicon, text: &str, lines: impl Iterator<Item = &'s Block>) -> bool {
    let mut words = Vec::new();
    let (mut leads, mut times) = (BTreeSet::new(), BTreeSet::new());
    for block in lines {
        words.clear();
        lexicon.cut(&text[block.body..block.span.end], &mut words);
        if lexicon.longest(&words, 0, Roles::duty(&[DutyRole::Step])).is_some() {
            return false;
        }
        for field in task_tables::fields(lexicon, &words).into_iter().filter(|field| !field.value.is_empty()) {
            let told = match field.role {
                DutyRole::Lead => &mut leads,
                DutyRole::Time => &mut times,
                _ => continue,
            };
            told.insert(block.parent);
        }
    }
    leads.intersection(&times).count() >= 2
}

/// The zone that a heading opens; `None` where it says nothing of that.
///
/// A heading that begins with an account is one ("Kết quả thực hiện nhiệm vụ"); a goal gives way to a duty named with
/// it ("Mục tiêu, nhiệm vụ"). An item's heading ("5. Nghiên cứu giải pháp …") counts only by its first words.
pub(super) fn of_heading(lexicon: &Lexicon, words: &[Word], section: bool) -> Option<Zone> {
    let mask = Roles::duty(&[DutyRole::Task, DutyRole::Goal, DutyRole::Account, DutyRole::Article]);
    let mut found = None;
    let mut at = 0;
    while at < words.len() {
        let Some((len, roles)) = lexicon.longest(words, at, mask) else {
            at += 1;
            continue;
        };
        let leading = words[..at].iter().filter(|word| word.is_letters()).count() <= 2;
        if !section && !leading {
            break;
        }
        let zone = if roles.has(DutyRole::Account) {
            Zone::Account
        } else if roles.has(DutyRole::Goal) {
            Zone::Goal
        } else {
            Zone::Task
        };
        match (found, zone) {
            (None, _) | (Some(Zone::Goal), Zone::Task) => found = Some(zone),
            _ => {}
        }
        at += len;
    }
    found
}

/// True when the heading of an article says that it is the implementing one.
pub(super) fn is_implementing(lexicon: &Lexicon, words: &[Word]) -> bool {
    (0..words.len()).any(|at| lexicon.longest(words, at, Roles::duty(&[DutyRole::Article])).is_some())
}

/// True for "Trách nhiệm của các Bộ, ngành" over an article: each is told what it is to do. The article on one body
/// or on an office is a provision.
pub(super) fn is_shared(lexicon: &Lexicon, words: &[Word]) -> bool {
    let of_body = lexicon.longest(words, 0, Roles::duty(&[DutyRole::OfBody])).map(|(len, _)| len);
    let bodies = of_body.and_then(|at| task_bodies::list(lexicon, words, at).map(|bodies| (at, bodies)));
    bodies.is_some_and(|(at, bodies)| {
        let group = lexicon.longest(words, at, Roles::body(&[BodyRole::Group])).map_or(0, |found| found.0);
        // "… trong việc triển khai thực hiện".
        let tail = (bodies.end..words.len()).find_map(|at| Some(at + lexicon.longest(words, at, Roles::duty(&[DutyRole::Task]))?.0));
        let opens = lexicon.longest(words, bodies.end, Roles::duty(&[DutyRole::Opener])).is_some();
        let end = tail.filter(|_| opens).unwrap_or(bodies.end);
        group > 0 && words[end..].iter().all(|word| word.is_mark())
    })
}

/// True for a line that is no sentence: short, without a full stop or colon at its end.
pub(super) fn is_title_like(words: &[Word]) -> bool {
    words.len() <= 45 && words.last().is_some_and(|word| !matches!(word.id, STOP | COLON))
}

/// The closing paragraphs of the main text: unlabelled ones at its end that begin as closings do ("Trên đây là …",
/// "Trong quá trình thực hiện …") or lay a duty by the issuer's own word ("UBND tỉnh yêu cầu …").
pub(super) fn closing(lexicon: &Lexicon, text: &str, structure: &Structure) -> Range<usize> {
    let body = |block: &Block| block.annex == 0 && matches!(block.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Heading);
    // Forms and models may follow the foot without a word that they are an annex.
    let foot = |block: &Block| block.annex == 0 && matches!(block.kind, BlockKind::Recipients | BlockKind::Signature);
    let foot = structure.blocks.iter().position(foot).unwrap_or(structure.blocks.len());
    let Some(last) = structure.blocks[..foot].iter().rposition(body) else { return 0..0 };
    let mut start = last + 1;
    for (at, block) in structure.blocks[..=last].iter().enumerate().rev().take(6) {
        if matches!(block.kind, BlockKind::Furniture | BlockKind::Footnote | BlockKind::Stamp) {
            continue;
        }
        if block.kind != BlockKind::Paragraph || block.label.is_some() {
            break;
        }
        let line = &text[block.body..block.span.end];
        let mut words = Vec::new();
        lexicon.cut(line, &mut words);
        let reader = Reader::new(lexicon, &words);
        let all = 0..words.len();
        // "Ban Thường vụ Huyện ủy ban hành kế hoạch thực hiện Thông báo này".
        let carries = || {
            let told = |sentence: &Range<usize>| reader.frame(sentence).is_some_and(|frame| frame.strength >= Strength::Subject);
            let said = sentences(line, &words);
            // "Cây xanh là nhiệm vụ cấp bách. Thủ tướng Chính phủ yêu cầu các tỉnh thực hiện nghiêm túc Chỉ thị này."
            line.contains(" này")
                && (said.first().is_some_and(told) || said.last().is_some_and(|last| reader.orders_by_subject(last) && told(last)))
        };
        if reader.begins_with(&all, DutyRole::Closing) || reader.orders_by_subject(&all) || carries() {
            start = at;
        } else if at < last {
            break;
        }
    }
    start..last + 1
}
