//! What a text tells of the past: who issued which paper to carry out which other.
//!
//! Duty: the clause that opens with what is carried out and ends with what was issued ("Thực hiện Chỉ thị A, Ban Thường vụ đã ban
//! hành Kế hoạch B"), and the act whose object was named before ("…; Hội đồng nhân dân thể chế hóa bằng Nghị quyết B"). Not here: an
//! act that stands between the two papers (see `stated`).

use super::mentions::Mention;
use super::relation_places::Context;
use super::relation_words::{connects, verb_chain};
use super::relations::{Hit, RelationFinder, Stated};
use super::stated::{REACH, is_numbered};
use crate::model::Relation;
use crate::tables::{Side, fold};

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
        let last = (0..i).rev().find(inside)?;
        let opened = (0..i).filter(inside).find(|j| is_numbered(&mentions[*j]))?;
        let issued = self.issued(&fold::lower(context.line.get(mentions[last].span.end - context.base..end)?))?;
        let left = fold::lower(&context.line[begin..mentions[opened].span.start - context.base]);
        let relation = self.opening(&left).or_else(|| {
            let aim = left.trim_start_matches(|c: char| !c.is_alphabetic());
            let aims = ["để ", "nhằm "].iter().any(|word| aim.starts_with(word));
            let behind = || fold::lower(context.line.get(mentions[opened].span.end - context.base..end).unwrap_or_default());
            let reached = |words: String| {
                let hit = self.hits(&words).into_iter().find(|hit| self.rows[hit.row].1 == Side::Left)?;
                (self.rows[hit.row].0 == Relation::Implements).then_some(Relation::Implements)
            };
            if aims && issued { reached(behind()) } else { None }
        })?;
        let own = relations[opened];
        let listed = |j: &usize| *j == opened || own != Relation::Mentions && relations[*j] == own && is_numbered(&mentions[*j]);
        let all: Vec<usize> = (opened..=last).filter(inside).filter(listed).collect();
        Some((relation, all))
    }

    /// What the folded words before a citation say that is done with it, where they open a clause: "để thực hiện", "sơ kết 5 năm thực
    /// hiện".
    fn opening(&self, left: &str) -> Option<Relation> {
        let left = left.trim_start_matches(|c: char| !c.is_alphabetic());
        let hits: Vec<Hit> = self.hits(left).into_iter().filter(|hit| self.rows[hit.row].1 == Side::Right).collect();
        let (first, last) = (*hits.first()?, *hits.last()?);
        let before = left[..first.start].trim_end();
        let opens = before.is_empty() || self.words.openings.iter().any(|word| word == before);
        let chained = first.start == last.start || verb_chain(&left[first.end..last.start]) || left[first.end..].contains(" năm ");
        if !opens || !chained || !connects(&left[last.end..]) {
            return None;
        }
        let concretised = hits.iter().any(|hit| self.rows[hit.row].0 == Relation::Concretises);
        match self.with_words_before(left, &hits, last).unwrap_or(self.rows[last.row].0) {
            Relation::Implements | Relation::Studies | Relation::Continues if concretised => Some(Relation::Concretises),
            Relation::Implements | Relation::Studies | Relation::Continues => Some(Relation::Implements),
            relation @ (Relation::Concretises | Relation::Reviews) => Some(relation),
            _ => None,
        }
    }

    /// True when the folded words between two citations say that somebody issued the second: ", Ban Thường vụ đã ban hành". None when a
    /// sentence goes on otherwise.
    fn issued(&self, between: &str) -> Option<bool> {
        if between.len() > REACH {
            return None;
        }
        let words = between.trim_end();
        let words = words.strip_suffix(" các").unwrap_or(words);
        let before = self.words.issues.iter().filter_map(|verb| words.strip_suffix(verb.as_str())).find(|rest| rest.ends_with(' '))?;
        let (_, subject) = before.rsplit_once(", ")?;
        let subject = self.words.without_manner(subject);
        let subject = subject.strip_suffix("đã").unwrap_or(subject);
        (!subject.trim().is_empty()).then_some(true)
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

/// The paper that an act told without its object is on: what the act before it was on, or the paper before.
pub(super) fn same_object(stated: &[Stated], before: usize) -> usize {
    stated.last().filter(|last| last.from == before && last.to < before).map_or(before, |last| last.to)
}
