//! What one cited paper does to another by words that do not stand between a subject and its object.
//!
//! Duty: an act behind the citation ("A … B để thực hiện;"), in a bracket, named ("thay thế Quyết định này là B"), in the last clause of a
//! sentence about A. Not here: acts that stand between the two (see `stated`).

use super::mention::Mention;
use super::mentions::clip_end;
use super::names::clip;
use super::relation_places::Context;
use super::relation_words::{connects, verb_chain};
use super::relations::{Hit, RelationFinder, changes};
use super::stated::{Holder, REACH, acts, is_numbered, numbered_before};
use super::stated_passive::LONGEST_ACT;
use crate::model::Relation;
use crate::tables::{Side, fold};

/// Papers that one act may be on.
const LONGEST_LIST: usize = 12;

impl RelationFinder {
    /// ", bãi bỏ điểm 3, mục II": true when the folded words behind a citation that this paper acts on are a second act of it.
    pub(super) fn acts_again(&self, folded: &str) -> bool {
        let Some(act) = folded.trim_start().strip_prefix(',').map(str::trim_start) else { return false };
        self.opening_act(act.strip_prefix("và ").unwrap_or(act)).is_some_and(changes)
    }

    /// What the folded words before a citation do to it, where the act opens them and reaches the citation.
    pub(super) fn opening_act(&self, words: &str) -> Option<Relation> {
        let hit = self.hits(words).into_iter().next().filter(|hit| hit.start == 0 && self.rows[hit.row].1 == Side::Right)?;
        connects(&words[hit.end..]).then_some(self.rows[hit.row].0)
    }

    /// What mention `i` does to the one before by words that stand behind it, or before both: "có Chỉ thị A, tỉnh ban hành Kế hoạch B để
    /// thực hiện;", "đã sơ kết 5 năm thực hiện Chỉ thị A (Báo cáo B)".
    pub(super) fn told_behind(
        &self,
        context: &Context<'_>,
        mentions: &[Mention],
        from: usize,
        i: usize,
        between: &str,
    ) -> Option<Relation> {
        const PURPOSE: usize = 60;
        let (before, mention) = (&mentions[from], &mentions[i]);
        if between.len() > REACH || between.contains(';') || before.kind == mention.kind {
            return None;
        }
        let asked = matches!(before.kind.as_deref(), Some("TTr" | "BC" | "CV"));
        let behind = fold::lower(clip(&context.line[mention.span.end - context.base..], PURPOSE));
        if let Some(purpose) = behind.trim_start().strip_prefix("để ").filter(|_| !asked)
            && let hits = self.hits(purpose)
            && let Some(hit) = hits.first().filter(|hit| hit.start == 0)
            && let Some(last) = hits.iter().take_while(|h| h.start == 0 || verb_chain(&purpose[hit.end..h.start])).last()
            && purpose[last.end..].trim_start().starts_with([';', '.', ','])
            && let Some(carried) =
                [last, hit].into_iter().find(|h| matches!(self.rows[h.row].0, Relation::Implements | Relation::Concretises))
        {
            return Some(self.rows[carried.row].0);
        }
        // "Kết quả tổng kết 4 năm thực hiện A nêu tại Báo cáo B".
        let told = ["(", "nêu tại", "được nêu tại", "thể hiện tại", "thể hiện trong"].contains(&between.trim());
        if !told || mention.kind.as_deref() != Some("BC") {
            return None;
        }
        let left =
            fold::lower(&context.line[context.sentence.start.min(before.span.start - context.base)..before.span.start - context.base]);
        let hits: Vec<Hit> = self.hits(&left).into_iter().filter(|hit| self.rows[hit.row].1 == Side::Right).collect();
        let hit = *hits.last().filter(|hit| connects(&left[hit.end..]))?;
        let relation = self.with_words_before(&left, &hits, hit).unwrap_or(self.rows[hit.row].0);
        (relation == Relation::Reviews).then_some(relation)
    }

    /// "Luật A được Quốc hội thông qua ngày …, có hiệu lực từ ngày …, thay thế Luật B": what the subject of the sentence does, by the folded
    /// words between.
    pub(super) fn of_sentence(&self, context: &Context<'_>, before: &Mention, folded: &str) -> Option<Relation> {
        let start = before.span.start - context.base;
        let left = context.line.get(context.sentence.start.min(start)..start)?;
        let predicate = ["được ", "đã được ", "có hiệu lực"].iter().any(|word| folded.trim_start().starts_with(word));
        let begins = ["thông qua", "ban hành", "hiệu lực"].iter().any(|word| folded.contains(word));
        if left.split_whitespace().count() > 1 || !predicate || !begins {
            return None;
        }
        let hit = self.hits(folded).into_iter().rfind(|hit| self.rows[hit.row].1 == Side::Right)?;
        let head = folded[..hit.start].trim_end();
        let joins = head.ends_with(',') || head.ends_with(" và");
        (joins && changes(self.rows[hit.row].0) && connects(&folded[hit.end..])).then_some(self.rows[hit.row].0)
    }

    /// ", thay thế" behind a paper that somebody issued, or that opens its clause: what it does next, by the folded words behind it.
    pub(super) fn next_act(&self, context: &Context<'_>, mentions: &[Mention], from: usize, folded: &str) -> Option<Relation> {
        let act = folded[folded.rfind(", ")? + 2..].trim_start();
        let relation = self.opening_act(act.strip_prefix("và ").unwrap_or(act)).filter(|relation| changes(*relation))?;
        // The short name in its bracket stands for the paper before.
        let called = |j: usize| {
            let between = context.between(mentions, j, from);
            between.contains('(')
                && ["gọi tắt là", "viết tắt là", "gọi là", "viết tắt:"].iter().any(|word| between.trim_end().ends_with(word))
        };
        let first = (0..from).rev().take(2).find(|j| context.in_sentence(&mentions[*j]) && called(*j)).unwrap_or(from);
        let start = mentions[first].span.start - context.base;
        let left = fold::lower(context.line.get(context.sentence.start.min(start)..start)?);
        let clause = left.rsplit([';', ':']).next().unwrap_or(&left).trim();
        let issued = clause.strip_suffix(" các").unwrap_or(clause);
        let issued = self.words.issues.iter().any(|verb| issued.strip_suffix(verb.as_str()).is_some_and(|rest| rest.ends_with(' ')));
        let opens = !clause.contains(char::is_alphabetic) && left.contains(';');
        (issued || opens).then_some(relation)
    }

    /// The papers listed before the one that `holder` says is acted on, where the act is on all: "A và B đều được thay thế bằng C".
    pub(super) fn acted_on_together(&self, context: &Context<'_>, mentions: &[Mention], holder: &Holder) -> Vec<usize> {
        let mut out = Vec::new();
        let (from, to) = (mentions[holder.from].span, mentions[holder.to].span);
        if !changes(holder.relation) || holder.to > holder.from || !context.holds(&mentions[holder.to]) {
            return out;
        }
        let between = &context.line[to.end - context.base..from.start.max(to.end) - context.base];
        if !["đều ", "cùng được ", "cùng bị "].iter().any(|word| between.contains(word)) {
            return out;
        }
        let mut next = holder.to;
        while let Some((before, between)) = numbered_before(context, mentions, next) {
            if !self.words.goes_on(between) || out.len() == LONGEST_LIST {
                break;
            }
            out.push(before);
            next = before;
        }
        out
    }

    /// "Quyết định A … Quyết định B. Cả hai Quyết định nêu trên được thay thế bằng Quyết định C": the papers that C acts on, by the words
    /// before it in its sentence.
    pub(super) fn acts_on_several(&self, context: &Context<'_>, mentions: &[Mention], i: usize) -> Option<(Relation, Vec<usize>)> {
        const COUNTS: [(&str, usize); 3] = [("hai", 2), ("ba", 3), ("bốn", 4)];
        let mention = &mentions[i];
        let start = mention.span.start.checked_sub(context.base)?;
        let left = clip_end(context.line.get(context.sentence.start..start)?, LONGEST_ACT);
        if ![" trên ", " này ", "ả hai ", "ả ba ", "ả bốn "].iter().any(|word| left.contains(word)) {
            return None;
        }
        let left = fold::lower(left);
        let pointed = ["nêu trên", "nói trên", "trên đây", "trên", "này"].iter().find_map(|word| left.find(&format!(" {word} ")));
        let all = || ["cả hai ", "cả ba ", "cả bốn "].iter().find_map(|word| left.find(word).map(|at| at + word.len()));
        let pointed = pointed.or_else(all)?;
        let count = COUNTS.iter().find(|(word, _)| left[..pointed].split(' ').any(|said| said == *word))?.1;
        // "đã huỷ bỏ hai văn bản này bằng Công văn C": the act stands before.
        let active = || {
            let hit = self.hits(&left[..pointed]).into_iter().rfind(|hit| self.rows[hit.row].1 == Side::Right)?;
            let near = left[hit.end..pointed].trim().split(' ').count() <= 3;
            (near && left.trim_end().ends_with(" bằng")).then_some(self.rows[hit.row].0)
        };
        let relation = active().or_else(|| self.done_by(&left[pointed..])).filter(|relation| acts(*relation))?;
        let any = left[..pointed].contains("văn bản") || left[pointed..].trim_start().starts_with("văn bản");
        let before = |m: &Mention| any && m.span.end <= context.base + context.sentence.start;
        let earlier = |j: &usize| is_numbered(&mentions[*j]) && (before(&mentions[*j]) || !any && mentions[*j].kind == mention.kind);
        let mut out: Vec<usize> = Vec::new();
        for j in (0..i).rev().take_while(|j| context.holds(&mentions[*j])).filter(earlier) {
            if !out.iter().any(|known| mentions[*known].number == mentions[j].number) {
                out.push(j);
            }
        }
        out.truncate(count);
        (out.len() == count).then_some((relation, out))
    }

    /// "Nghị quyết X sửa đổi, bổ sung cập nhật Chương trình hành động thực hiện Nghị quyết C, ban hành kèm theo Nghị quyết B" (mention `i`):
    /// C, which B carries out by what is attached to it, and what is done to B by who acts on that.
    pub(super) fn attached_plan(&self, context: &Context<'_>, mentions: &[Mention], i: usize) -> Option<(usize, Option<Relation>)> {
        const NAME: usize = 60;
        let (from, between) = numbered_before(context, mentions, i).filter(|_| is_numbered(&mentions[i]))?;
        let attached = ["kèm theo", "KÈM THEO"].iter().any(|word| between.trim_end().ends_with(word));
        if between.len() > REACH || !attached || between.contains(';') {
            return None;
        }
        let start = mentions[from].span.start - context.base;
        let left = fold::lower(clip_end(context.line.get(context.sentence.start.min(start)..start)?, REACH));
        let hits = self.hits(&left);
        let carried = *hits.iter().rfind(|hit| self.rows[hit.row].1 == Side::Right)?;
        let (at, name) =
            ["chương trình", "kế hoạch", "đề án"].iter().filter_map(|name| Some((left[..carried.start].rfind(name)?, name))).max()?;
        let issuer = left[at + name.len()..carried.start].trim();
        let named = issuer.len() < NAME && !issuer.contains([',', ';', ':', '(']);
        if self.rows[carried.row].0 != Relation::Implements || !named || !connects(&left[carried.end..]) {
            return None;
        }
        let act = hits.iter().rfind(|hit| hit.end <= at && changes(self.rows[hit.row].0) && at - hit.end < NAME);
        let act = act.filter(|hit| !left[hit.end..at].contains([',', ';', ':', '(']));
        Some((from, act.map(|hit| self.rows[hit.row].0)))
    }

    /// What the paper does that stands between "được" or "bị" and its act: "được Quy định B thay thế",
    /// "hết hiệu lực do Quyết định B bãi bỏ".
    pub(super) fn acts_behind(&self, context: &Context<'_>, mention: &Mention, folded: &str) -> Option<Relation> {
        const ACT: usize = 60;
        if !["được", "bị", " do"].iter().any(|word| folded.trim_end().ends_with(word)) {
            return None;
        }
        let behind = fold::lower(clip(&context.line[mention.span.end - context.base..], ACT));
        let act = behind.trim_start();
        let hit = self.hits(act).into_iter().next().filter(|hit| hit.start == 0)?;
        let relation = self.rows[hit.row].0;
        acts(relation).then_some(relation)
    }

    /// "Quyết định A …; thay thế Quyết định này là Quyết định B": what B does to A, by the folded words between them.
    pub(super) fn named_act(&self, folded: &str) -> Option<Relation> {
        // "đã có văn bản thay thế là Quyết định B".
        if ["văn bản thay thế là", "văn bản mới thay thế là", "văn bản thay thế:"].iter().any(|named| folded.trim_end().ends_with(named))
        {
            return Some(Relation::Replaces);
        }
        let words = folded.trim_end().strip_suffix(" này là")?;
        let clause = words.rfind([',', ';', '.']).map_or(words, |at| &words[at + 1..]).trim_start();
        self.opening_act(clause).filter(|relation| acts(*relation))
    }

    /// "Nghị quyết A phân cấp … (thay thế Nghị quyết B)": what A does to B, by the folded words between them.
    pub(super) fn in_bracket(&self, folded: &str) -> Option<Relation> {
        let open = folded.rfind('(').filter(|open| !folded[*open..].contains(')') && !folded[..*open].contains([';', ':']))?;
        let words = folded[open + 1..].trim_start();
        self.opening_act(words.strip_prefix("để ").unwrap_or(words)).filter(|relation| acts(*relation))
    }
}
