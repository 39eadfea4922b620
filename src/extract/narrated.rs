//! What a text tells of the past: who issued which paper to carry out which other.
//!
//! Duty: the clause that opens with what is carried out and ends with what was issued ("Thực hiện Chỉ thị A, Ban Thường vụ đã ban
//! hành Kế hoạch B"), and the act whose object was named before ("…; Hội đồng nhân dân thể chế hóa bằng Nghị quyết B"). Not here: an
//! act that stands between the two papers (see `stated`).

use super::mention::Mention;
use super::names::clip;
use super::relation_places::Context;
use super::relation_words::{connects, verb_chain};
use super::relations::{Hit, RelationFinder, Stated};
use super::stated::{Holder, REACH, acts, is_numbered};
use crate::model::Relation;
use crate::tables::{Side, fold};

/// Papers before one that are looked at.
const LONGEST_LIST: usize = 16;

impl RelationFinder {
    /// "Thực hiện A và B, Ban Thường vụ đã ban hành C": what C (mention `i`) does, and to which mentions.
    pub(super) fn narrated(
        &self,
        context: &Context<'_>,
        mentions: &[Mention],
        i: usize,
        relations: &[Relation],
    ) -> Option<(Relation, Vec<usize>)> {
        let mention = &mentions[i];
        // A submission or a report tells of what was done, and carries out nothing.
        if !is_numbered(mention) || matches!(mention.kind.as_deref(), Some("TTr" | "BC") | None) {
            return None;
        }
        let end = mention.span.start.checked_sub(context.base)?;
        let sentence = context.line.get(context.sentence.start..end)?;
        let begin = context.sentence.start + sentence.rfind(';').map_or(0, |at| at + 1);
        let inside = |j: &usize| mentions[*j].span.start >= context.base + begin && mentions[*j].span.end <= mention.span.start;
        let clause = || (0..i).rev().take_while(inside).take(LONGEST_LIST);
        let last = clause().next()?;
        // Look before you fold: most clauses end otherwise.
        let verb = context.line.get(mentions[last].span.end - context.base..end)?.trim_end();
        let verb = verb.strip_suffix(" các").unwrap_or(verb);
        if !verb.ends_with(" tại") && !self.words.issues.iter().any(|word| verb.ends_with(word.as_str())) {
            return None;
        }
        let opened = clause().filter(|j| is_numbered(&mentions[*j])).last()?;
        let between = context.line.get(mentions[last].span.end - context.base..end).filter(|words| words.len() <= REACH)?;
        let left = context.line.get(begin..mentions[opened].span.start - context.base).filter(|words| words.len() <= REACH)?;
        let (between, left) = (fold::lower(between), fold::lower(left));
        // "Ủy ban nhân dân tỉnh căn cứ A ban hành B".
        if last == opened && self.words.issues.iter().any(|verb| between.trim() == verb) {
            let founded = left.trim_end().strip_suffix("căn cứ").is_some_and(|subject| !self.words.behind_time(subject).trim().is_empty());
            return founded.then(|| (Relation::BasedOn, vec![opened]));
        }
        let issued = self.issued(&between)?;
        let considered = issued == Issuing::Said;
        let relation = self.opening(&left).filter(|relation| considered == (*relation == Relation::Considers)).or_else(|| {
            let aim = self.words.behind_time(&left);
            let aims = ["để ", "nhằm "].iter().any(|word| aim.starts_with(word));
            let behind = || fold::lower(context.line.get(mentions[opened].span.end - context.base..end).unwrap_or_default());
            let reached = |words: String| {
                let hit = self.hits(&words).into_iter().find(|hit| self.rows[hit.row].1 == Side::Left)?;
                (self.rows[hit.row].0 == Relation::Implements).then_some(Relation::Implements)
            };
            if aims && !considered { reached(behind()) } else { None }
        })?;
        let own = relations[opened];
        let listed = |j: &usize| *j == opened || own != Relation::Mentions && relations[*j] == own && is_numbered(&mentions[*j]);
        let all: Vec<usize> = (opened..=last).filter(listed).collect();
        Some((relation, all))
    }

    /// "Nghị định A …; Nghị định này thay thế B", "A là văn bản hướng dẫn B", "A (kế hoạch của tỉnh triển khai B)": what A (`before`) does to B, by
    /// the folded words between that take it up again.
    pub(super) fn taken_up(&self, context: &Context<'_>, before: &Mention, folded: &str) -> Option<Relation> {
        self.by_this(context, before, folded).or_else(|| {
            let bracket = folded.rfind('(').filter(|open| !folded[*open..].contains(')')).map(|open| open + 1);
            let comma = || {
                let rest = folded.strip_prefix(", ")?;
                self.words.papers.iter().any(|name| rest.starts_with(name.as_str())).then_some(", ".len())
            };
            let is = || {
                folded
                    .rfind("là ")
                    .filter(|at| folded[..*at].ends_with([' ', ',']) && !folded[..*at].trim_end().ends_with("đây"))
                    .map(|at| at + "là ".len())
            };
            self.apposed(&folded[bracket.or_else(is).or_else(comma)?..])
        })
    }

    /// "Nghị định này thay thế": the paper cited before, where this one is of another type.
    fn by_this(&self, context: &Context<'_>, before: &Mention, folded: &str) -> Option<Relation> {
        if !self.words.points(folded) {
            return None;
        }
        let noun = self.noun_of(context, before)?;
        if context.paper.is_none() || before.kind.as_deref() == context.paper {
            return None;
        }
        let (at, end) = self.words.pointers.iter().find_map(|pointed| {
            let said = format!("{noun} {pointed} ");
            folded.rfind(&said).map(|at| (at, at + said.len()))
        })?;
        let begins = folded[..at].trim_end();
        let subject = begins.is_empty() || begins.ends_with([';', ',', '.', '(']);
        let act = &folded[end..];
        let act = act.strip_prefix("trước đây ").unwrap_or(act);
        self.opening_act(act.strip_prefix("đã ").unwrap_or(act)).filter(|_| subject)
    }

    /// "Chính phủ cụ thể hóa Nghị quyết này bằng Nghị định B", "song chính Thông tư này phải đính chính bằng Quyết định B": what B does to the
    /// paper before, which the folded words between name by its type.
    pub(super) fn acted_on(&self, context: &Context<'_>, before: &Mention, between: &str) -> Option<Relation> {
        context.paper?;
        let words = between.trim_end();
        let words = ["bằng", "tại", "thông qua", "bằng việc ban hành"].iter().find_map(|by| words.strip_suffix(by))?.trim_end();
        if !self.words.points(words) {
            return None;
        }
        let noun = self.noun_of(context, before).filter(|_| before.kind.as_deref() != context.paper)?;
        let (at, end) = pointed_at(&self.words.pointers, words, noun)?;
        // "cả hai Quyết định nêu trên": more than the one before.
        if ["hai", "ba", "bốn", "các", "những", "cả"].iter().any(|count| words[..at].trim_end().ends_with(count)) {
            return None;
        }
        let act = words[end..].trim();
        let hits = self.hits(act);
        let behind = hits.last().filter(|hit| hit.end == act.len() && acts(self.rows[hit.row].0));
        if let Some(hit) = behind {
            return Some(self.rows[hit.row].0);
        }
        let clause = &words[words[..at].rfind([';', '.']).map_or(0, |mark| mark + 1)..at];
        let hits: Vec<Hit> = self.hits(clause).into_iter().filter(|hit| self.rows[hit.row].1 == Side::Right).collect();
        let last = *hits.last().filter(|hit| act.is_empty() && connects(&clause[hit.end..]))?;
        let guided = hits.iter().any(|hit| self.rows[hit.row].0 == Relation::Guides);
        match self.with_words_before(clause, &hits, last).unwrap_or(self.rows[last.row].0) {
            Relation::Implements if guided => Some(Relation::Guides),
            relation @ (Relation::Implements | Relation::Guides | Relation::Concretises) => Some(relation),
            relation if acts(relation) => Some(relation),
            _ => None,
        }
    }

    /// "Ngay sau Chỉ thị A, … có Thông tri B hướng dẫn thực hiện Chỉ thị ấy": what mention `i` does to the paper named before, by the words
    /// behind it.
    pub(super) fn of_noun_behind(&self, context: &Context<'_>, mentions: &[Mention], i: usize) -> Option<Holder> {
        const CLAUSE: usize = 160;
        let mention = &mentions[i];
        let right = context.line.get(mention.span.end.checked_sub(context.base)?..).filter(|_| is_numbered(mention))?;
        let next = mentions.get(i + 1).filter(|next| is_numbered(next)).map_or(usize::MAX, |next| next.span.start - mention.span.end);
        let right = clip(right, CLAUSE.min(next));
        if !self.words.points(right) {
            return None;
        }
        let right = fold::lower(right);
        let right = right.split(['.', ';', ',']).next().unwrap_or_default();
        let earlier = |j: &usize| context.holds(&mentions[*j]) && is_numbered(&mentions[*j]) && mentions[*j].number != mention.number;
        let near = (0..i).rev().take_while(|j| context.holds(&mentions[*j])).take(LONGEST_LIST);
        let to = near.filter(earlier).find(|j| {
            let noun = self.noun_of(context, &mentions[*j]).filter(|_| mentions[*j].kind.as_deref() != context.paper);
            noun.is_some_and(|noun| pointed_at(&self.words.pointers, right, noun).is_some())
        })?;
        let (at, _) = pointed_at(&self.words.pointers, right, self.noun_of(context, &mentions[to])?)?;
        let words = right[..at].trim_start();
        let aim = ["để ", "nhằm "].iter().find_map(|word| words.strip_prefix(word)).unwrap_or(words);
        let hits: Vec<Hit> = self.hits(aim).into_iter().filter(|hit| self.rows[hit.row].1 == Side::Right).collect();
        let (first, last) = (hits.first().filter(|hit| hit.start == 0)?, *hits.last()?);
        if !connects(&aim[last.end..]) || mentions[to].kind == mention.kind {
            return None;
        }
        let relation = self.with_words_before(aim, &hits, last).unwrap_or(self.rows[last.row].0);
        let relation = if self.rows[first.row].0 == Relation::Guides { Relation::Guides } else { relation };
        let told =
            acts(relation) || matches!(relation, Relation::Implements | Relation::Guides | Relation::Concretises | Relation::Reviews);
        told.then_some(Holder { from: i, relation, to, instrument: true })
    }

    /// What a paper is called where mention `before` names it: "nghị định".
    fn noun_of(&self, context: &Context<'_>, before: &Mention) -> Option<&str> {
        let surface = context.line.get(before.span.start.checked_sub(context.base)?..)?;
        let surface = fold::lower(clip(surface, 60));
        self.words.papers.iter().find(|name| surface.starts_with(name.as_str())).map(String::as_str)
    }

    /// "kế hoạch của tỉnh triển khai": what a paper called so does.
    fn apposed(&self, words: &str) -> Option<Relation> {
        const ISSUER: usize = 80;
        let words = words.trim_start();
        let named = self.words.papers.iter().find_map(|name| words.strip_prefix(name.as_str()))?;
        let hits: Vec<Hit> = self.hits(named).into_iter().filter(|hit| self.rows[hit.row].1 == Side::Right).collect();
        let (first, last) = (*hits.first()?, *hits.last()?);
        let issuer = named[..first.start].trim();
        let issuer = issuer.strip_suffix("đã").map_or(issuer, str::trim_end);
        // "(hướng dẫn thực hiện Quy định B)": a verb that is also what papers are called.
        let verb = issuer.is_empty() && self.hits(words).first().is_some_and(|hit| hit.start == 0);
        let plain =
            !verb && issuer.is_empty() || issuer.starts_with("của ") && issuer.len() < ISSUER && !issuer.contains([',', ';', ':', ')']);
        let chained = first.start == last.start || verb_chain(&named[first.end..last.start]);
        (plain && chained && connects(&named[last.end..]))
            .then(|| self.with_words_before(named, &hits, last).unwrap_or(self.rows[first.row].0))
            .filter(|relation| !matches!(relation, Relation::BasedOn | Relation::Considers | Relation::Mentions))
    }

    /// "Đây là văn bản thể chế hóa Nghị quyết B", "Nghị quyết này được Ủy ban tổ chức thi hành bằng Quyết định B": the paper of the sentence
    /// before, and what it does, or has done to it, where mention `i` is the first one of its sentence.
    pub(super) fn of_sentence_before(&self, context: &Context<'_>, mentions: &[Mention], i: usize) -> Option<Holder> {
        let mention = &mentions[i];
        let at = mention.span.start.checked_sub(context.base)?;
        let left = context.line.get(context.sentence.start..at).filter(|_| is_numbered(mention))?;
        let earlier = |j: &usize| {
            context.holds(&mentions[*j]) && is_numbered(&mentions[*j]) && mentions[*j].span.end <= context.base + context.sentence.start
        };
        // Look before you fold: nearly always it is the first paper of its stretch.
        (0..i).rev().take_while(|j| context.holds(&mentions[*j])).find(earlier)?;
        let left = fold::lower(clip(left, REACH));
        if let Some(words) = left.strip_prefix("đây là ") {
            let relation = self.apposed(words)?;
            let from = (0..i).rev().take_while(|j| context.holds(&mentions[*j])).filter(earlier).last()?;
            return Some(Holder { from, relation, to: i, instrument: false });
        }
        let near = || (0..i).rev().take_while(|j| context.holds(&mentions[*j])).take(LONGEST_LIST).filter(earlier);
        let object = near().find_map(|j| Some((j, self.acted_on(context, &mentions[j], &left)?)));
        if let Some((to, relation)) = object {
            return Some(Holder { from: i, relation, to, instrument: true });
        }
        let name = self.words.papers.iter().find(|name| left.starts_with(name.as_str()))?;
        let other = near().find(|j| self.noun_of(context, &mentions[*j]) == Some(name))?;
        if context.paper.is_none() || mentions[other].kind.as_deref() == context.paper {
            return None;
        }
        let words = left[name.len()..].trim_start();
        let words = self.words.pointers.iter().find_map(|pointed| words.strip_prefix(pointed.as_str())).unwrap_or(words).trim_start();
        let plain = words.strip_prefix("đã ").unwrap_or(words);
        if ["được ", "bị "].iter().any(|told| plain.starts_with(told)) {
            let relation = self.done_by(words)?;
            return Some(Holder { from: i, relation, to: other, instrument: false });
        }
        let relation = self.opening_act(plain).filter(|_| words.len() < left.len() - name.len() - 1)?;
        Some(Holder { from: other, relation, to: i, instrument: false })
    }

    /// What the folded words before a citation say that is done with it, where they open a clause: "để thực hiện", "sơ kết 5 năm thực
    /// hiện".
    fn opening(&self, left: &str) -> Option<Relation> {
        let left = self.words.behind_time(left);
        let hits: Vec<Hit> = self.hits(left).into_iter().filter(|hit| self.rows[hit.row].1 == Side::Right).collect();
        let (first, last) = (*hits.first()?, *hits.last()?);
        let before = left[..first.start].trim_end();
        let opens = before.is_empty() || self.words.openings.iter().any(|word| word == before);
        let chained = first.start == last.start || verb_chain(&left[first.end..last.start]) || left[first.end..].contains(" năm ");
        // "Thể chế hóa chủ trương tại Nghị quyết A, Tỉnh ủy ban hành B".
        let reached = || connects(&left[last.end..]) || self.words.acts_within(&left[last.end..], 60);
        if !opens || !chained || !reached() {
            return None;
        }
        let concretised = hits.iter().any(|hit| self.rows[hit.row].0 == Relation::Concretises);
        match self.with_words_before(left, &hits, last).unwrap_or(self.rows[last.row].0) {
            Relation::Implements | Relation::Studies | Relation::Continues if concretised => Some(Relation::Concretises),
            Relation::Implements | Relation::Studies | Relation::Continues => Some(Relation::Implements),
            relation @ (Relation::Concretises | Relation::Reviews | Relation::BasedOn | Relation::Considers) => Some(relation),
            _ => None,
        }
    }

    /// How the folded words between two citations say that somebody issued the second: ", Ban Thường vụ đã ban hành", or decided by it: ",
    /// Ban Thường vụ thống nhất chủ trương tại".
    fn issued(&self, between: &str) -> Option<Issuing> {
        let words = between.trim_end();
        let words = words.strip_suffix(" các").unwrap_or(words);
        if let Some(said) = words.strip_suffix(" tại") {
            let (_, clause) = said.rsplit_once(", ")?;
            let says = self.words.agrees.iter().any(|word| clause.contains(word.as_str()));
            return says.then_some(Issuing::Said);
        }
        let before = self.words.issues.iter().filter_map(|verb| words.strip_suffix(verb.as_str())).find(|rest| rest.ends_with(' '))?;
        let (_, subject) = before.rsplit_once(", ")?;
        let subject = self.words.without_manner(subject);
        let subject = subject.strip_suffix("đã").unwrap_or(subject);
        (!subject.trim().is_empty()).then_some(Issuing::Issued)
    }

    /// "Ngay sau khi có Nghị quyết A, …; Hội đồng nhân dân kịp thời thể chế hóa bằng Nghị quyết B": what B does to the paper named before, by
    /// the folded words between them.
    pub(super) fn done_with(&self, between: &str) -> Option<Relation> {
        const CLAUSE: usize = 120;
        let words = between.trim_end();
        let words = words.strip_suffix(" các").unwrap_or(words);
        let act = self.words.means.iter().filter_map(|by| words.strip_suffix(by.as_str())).find(|rest| rest.ends_with(' '))?.trim_end();
        let clause = act.rfind([';', ',']).map_or("", |at| &act[at + 1..]);
        let hit = self.hits(clause).into_iter().next().filter(|hit| hit.end == clause.len() && clause.len() < CLAUSE)?;
        let relation = self.rows[hit.row].0;
        // "được cụ thể hóa bằng" tells of what stands before it (see `done_by`).
        let told = ["được", "bị"].iter().any(|word| clause[..hit.start].split(' ').any(|said| said == *word));
        let carries = matches!(relation, Relation::Concretises | Relation::Implements);
        (carries && !told && !clause[..hit.start].trim().is_empty()).then_some(relation)
    }
}

/// Where "nghị quyết này", "chỉ thị ấy" begins and ends in folded words, the last such.
fn pointed_at(pointers: &[String], words: &str, noun: &str) -> Option<(usize, usize)> {
    words.rmatch_indices(noun).find_map(|(at, _)| {
        let behind = words[at + noun.len()..].strip_prefix(' ')?;
        let pointer = pointers.iter().find(|word| behind.starts_with(word.as_str()))?;
        let end = at + noun.len() + 1 + pointer.len();
        (!words[end..].starts_with(char::is_alphanumeric)).then_some((at, end))
    })
}

/// How a clause ends in a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Issuing {
    /// It was issued.
    Issued,
    /// Something was decided by it.
    Said,
}

/// The paper that an act told without its object is on: what the act before it was on, or the paper before.
pub(super) fn same_object(stated: &[Stated], before: usize) -> usize {
    stated.last().filter(|last| last.from == before && last.to < before).map_or(before, |last| last.to)
}
