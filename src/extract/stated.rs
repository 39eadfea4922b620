//! What the text says that one cited document does to another.
//!
//! Duty: join two mentions that stand in one sentence, or in lines that follow one another: "Thông tư A hướng dẫn Nghị định
//! B", "Nghị định A, được sửa đổi bởi Nghị định B", "sửa đổi Quy chế A bằng Quy chế B". Not here: what this paper does itself
//! (`relations`), lines and cells (`stated_lines`), the phrases (`relations.tsv`).
//!
//! Longer than 350 lines: each form of a statement has its own short reader, and all join the same two mentions.

use super::mention::Mention;
use super::narrated::same_object;
use super::relation_places::Context;
use super::relation_words::{connects, verb_chain, years_of};
use super::relations::{Hit, RelationFinder, Stated, changes, unquoted};
use super::stated_laws::bears_name;
use super::stated_passive::{LONGEST_ACT, acts_alike};
use crate::model::{CitationForm, Relation, System};
use crate::tables::{Side, fold};

/// Bytes within which two mentions are read together.
pub(super) const REACH: usize = 420;
/// Bytes of an issuer that the mention before did not take in.
const LONGEST_ISSUER: usize = 140;

/// Levels of items under the article that says which paper is amended.
const LEVELS: usize = 4;

/// Two mentions that the text joins.
pub(super) struct Holder {
    pub(super) from: usize,
    pub(super) relation: Relation,
    pub(super) to: usize,
    /// The act stands before the paper that is acted on: "sửa đổi A bằng B".
    pub(super) instrument: bool,
}

impl RelationFinder {
    /// Who acts on whom when mention `i` stands in the subject of another citation, or acts on it in passing. `relations`: what this
    /// paper does to the mentions before.
    pub(super) fn holder(
        &self,
        context: &Context<'_>,
        mentions: &[Mention],
        i: usize,
        stated: &[Stated],
        relations: &[Relation],
    ) -> Option<Holder> {
        let mention = &mentions[i];
        if !is_numbered(mention) {
            return None;
        }
        let Some((from, between)) = numbered_before(context, mentions, i) else { return self.of_sentence_before(context, mentions, i) };
        let before = &mentions[from];
        // What a subject quotes is no act: "Tờ trình A về việc thông qua “Điều chỉnh quy hoạch” và Báo cáo B".
        let folded = unquoted(fold::lower(between));
        // "Sau 13 năm thực hiện A về … và 05 năm thực hiện B": the years of B are told like those of A.
        if relations[from] == Relation::Reviews
            && folded.trim_end().strip_suffix("thực hiện").is_some_and(|years| years.contains(" và ") && years_of(years))
        {
            return None;
        }
        let joined = |from, relation, to| Some(Holder { from, relation, to, instrument: false });
        let last = stated.last();
        // "theo Luật số X và Luật số Y": Y amends what X amends.
        // "theo Luật số X; Luật Thuế B số Y đã được sửa đổi …": behind a semicolon what is amended itself is the next item.
        let anew = || {
            let behind = context.line[mention.span.end - context.base..].trim_start();
            let passive = || ["đã được ", "được "].iter().any(|word| behind.starts_with(word));
            between.contains(';') && (before.kind != mention.kind || passive() || bears_name(context, mention))
        };
        // "lần đầu được sửa đổi tại X; lần sau bị bãi bỏ Điều 14 theo Y": what was acted on first is meant again.
        if let Some(last) = last.filter(|last| last.from == from && last.to < from && changes(last.relation))
            && let Some(again) = self.words.again.iter().find_map(|word| folded.find(word.as_str()))
            && between.len() <= REACH
        {
            let act = self.done_by(&folded[again..]).or_else(|| folded.trim_end().ends_with("bằng").then_some(last.relation));
            if let Some(relation) = act {
                return joined(i, relation, last.to);
            }
        }
        if let Some(last) = last.filter(|last| last.from == from && last.to < from)
            && self.words.goes_on(between)
            && !anew()
            && acts_alike(before, mention)
            && !between.split('(').next().unwrap_or_default().contains(')')
        {
            return joined(i, last.relation, last.to);
        }
        // "Luật sửa đổi một số điều của Luật A số X; Luật B số Y đã được sửa đổi theo Luật số Z; Luật C số N": each is one that is amended.
        if between.trim() == ";"
            && let Some(outer) = stated.iter().rev().find(|outer| {
                changes(outer.relation)
                    && outer.from < outer.to
                    && outer.from != from
                    && context.in_sentence(&mentions[outer.to])
                    && mentions[outer.to].kind == mention.kind
                    && mentions[outer.from].kind == mention.kind
            })
        {
            return joined(outer.from, outer.relation, i);
        }
        // "sửa đổi một số điều của Nghị định A và Nghị định B": one act on several papers of one type.
        if let Some(last) = last.filter(|last| last.to == from && last.from < from)
            && changes(last.relation)
            && before.kind == mention.kind
            && (between.trim_end().ends_with(" và") || between.trim_end().ends_with(','))
            && self.words.goes_on(between)
        {
            return joined(last.from, last.relation, i);
        }
        // "Nghị định A thay thế Nghị định B (đã được Nghị định X sửa đổi) và Nghị định C": behind the bracket the list goes on.
        if let Some(rest) = between.split_once(')').filter(|(head, _)| !head.contains('(')).map(|(_, rest)| rest.trim())
            && matches!(rest, "và" | "," | ", và")
            && let Some(outer) = stated.iter().rev().take(2).find(|outer| {
                outer.from < outer.to && outer.to < from && context.holds(&mentions[outer.from]) && mentions[outer.to].kind == mention.kind
            })
        {
            return joined(outer.from, outer.relation, i);
        }
        // "đã bị Quy định X thay thế cùng với Quy định A và Quy định B".
        if let Some(last) = last.filter(|last| last.from == from && last.to < from && changes(last.relation))
            && folded.trim_end().ends_with(" cùng với")
            && between.len() < LONGEST_ACT
        {
            return joined(from, last.relation, i);
        }
        // "Kế hoạch A triển khai Chỉ thị B thay cho Kế hoạch C": the act is A's, for C is of its type.
        if let Some(last) = last.filter(|last| last.to == from && last.from < from && !changes(last.relation))
            && mentions[last.from].kind == mention.kind
            && before.kind != mention.kind
            && let Some(relation) = self.opening_act(folded.trim_start()).filter(|relation| changes(*relation))
        {
            return joined(last.from, relation, i);
        }
        // "Kế hoạch A thực hiện Chỉ thị B và Kế hoạch C"; where this paper acts on A, C may be the next that it acts on.
        if let Some(last) = last.filter(|last| last.to == from && last.from < from)
            && matches!(
                last.relation,
                Relation::Implements | Relation::Studies | Relation::Concretises | Relation::Reviews | Relation::Continues
            )
            && (relations[last.from] == Relation::Mentions || before.kind == mention.kind)
            && (last.relation != Relation::Continues || register(before) == register(mention))
            && matches!(between.trim(), "và" | "," | ", và" | "và các" | "và số" | ", số")
        {
            return joined(last.from, last.relation, i);
        }
        if let Some(relation) = self.told_behind(context, mentions, from, i, between) {
            // "đã sơ kết … Chỉ thị A (Báo cáo B)": what is done to A is done by B. "Kết luận A về tiếp tục thực hiện C (gọi là Chỉ thị C), … Kế hoạch
            // B để thực hiện;": A is carried out, and not what stands in its subject.
            let same = |j: usize| mentions[j].number.as_ref().map(|n| n.key()) == before.number.as_ref().map(|n| n.key());
            let near = |last: &&Stated| mentions[last.from].span.start >= context.base + context.sentence.start;
            let outer = stated
                .last()
                .filter(near)
                .filter(|last| last.from < last.to && (last.to == from || before.form == CitationForm::Alias && same(last.to)));
            let to = outer.filter(|_| relation != Relation::Reviews).map_or(from, |last| last.from);
            return Some(Holder { from: i, relation, to, instrument: relation == Relation::Reviews });
        }
        if between.len() > REACH {
            return None;
        }
        if let Some(relation) = self.done_with(&folded) {
            return Some(Holder { from: i, relation, to: same_object(stated, from), instrument: true });
        }
        if let Some(relation) = self.taken_up(context, before, &folded) {
            return joined(from, relation, i);
        }
        let earlier = |j: &usize| context.holds(&mentions[*j]) && is_numbered(&mentions[*j]);
        if let Some((to, relation)) = (0..=from)
            .rev()
            .take_while(|j| context.holds(&mentions[*j]))
            .take(LEVELS)
            .filter(earlier)
            .find_map(|j| Some((j, self.acted_on(context, &mentions[j], &folded)?)))
        {
            return Some(Holder { from: i, relation, to, instrument: true });
        }
        // "Quy định A (ban hành để cụ thể hóa Quy định X) được thay thế bởi Quy định B": behind the bracket A is meant.
        if let Some((outer, rest)) = outside(context, mentions, from, i) {
            let folded = fold::lower(rest);
            if let Some(relation) = self.done_by(&folded).filter(|_| !rest.contains(';')) {
                return joined(i, relation, outer);
            }
        }
        // "Nghị định A (thay thế Nghị định X; đã được sửa đổi bởi Nghị định B)": in the bracket it is A throughout.
        if let Some(last) = last.filter(|last| last.to == from && last.from < from)
            && between.contains(';')
            && context.between(mentions, last.from, from).contains('(')
            && !context.between(mentions, last.from, from).contains(')')
            && !between.contains(')')
            && let Some(relation) = self.done_by(&folded)
        {
            return joined(i, relation, last.from);
        }
        // "… ban hành Quy định A (gọi tắt là Quy định A), thay thế Quy định B", "Quyết định A phân cấp …, thay thế Quyết định B".
        if before.kind == mention.kind
            && !between.contains(';')
            && let Some(relation) = self.next_act(context, mentions, from, &folded)
        {
            return joined(from, relation, i);
        }
        if is_parted(between) {
            return None;
        }
        // "Thông báo A kết luận của Phó Chủ tịch sau khi xem xét Tờ trình B".
        if matches!(mention.kind.as_deref(), Some("TTr" | "BC")) && matches!(before.kind.as_deref(), Some("TB" | "KL" | "NQ" | "QĐ" | "CV"))
        {
            // "Công văn A chấp thuận đề nghị … tại Tờ trình B".
            let asked = ["đề nghị", "đề xuất", "kiến nghị"].iter().any(|word| folded.contains(word));
            if asked
                && folded.trim_end().ends_with(" tại")
                && self.words.agrees.iter().any(|word| folded.trim_start().starts_with(word.as_str()))
            {
                return joined(from, Relation::Considers, i);
            }
            let hit = self.hits(&folded).into_iter().next_back().filter(|hit| self.rows[hit.row].0 == Relation::Considers);
            if hit.is_some_and(|hit| {
                folded[hit.start..].starts_with("sau khi ") && !folded[..hit.start].contains(',') && connects(&folded[hit.end..])
            }) {
                return joined(from, Relation::Considers, i);
            }
        }
        // "Chương trình này thay thế A, bãi bỏ điểm 3, mục II B": this paper acts again.
        let acting = changes(relations[from]) || last.is_some_and(|last| last.to == from && changes(relations[last.from]));
        if acting && last.is_none_or(|last| last.to != from || !changes(last.relation)) && self.acts_again(&folded) {
            return None;
        }
        // "Nghị quyết A sửa đổi Nghị quyết B và bãi bỏ Nghị quyết C": a second act of the same paper.
        let again = |last: &&Stated| changes(last.relation) || mentions[last.from].kind == mention.kind;
        if let Some(last) = last.filter(|last| last.to == from && last.from < from).filter(again)
            && let Some(act) = folded.trim_start_matches([',', ' ']).strip_prefix("và ").or_else(|| folded.trim_start().strip_prefix(", "))
            && let Some(relation) = self.opening_act(act).filter(|relation| changes(*relation))
        {
            return joined(last.from, relation, i);
        }
        // "Quy định A (đã được Quy định B thay thế)": who acts stands between "được" and the act.
        if let Some(relation) = self.acts_behind(context, mention, &folded) {
            return joined(i, relation, from);
        }
        if before.kind == mention.kind
            && let Some(relation) = self.in_bracket(&folded)
        {
            return joined(from, relation, i);
        }
        if let Some(relation) = self.named_act(&folded) {
            return joined(i, relation, from);
        }
        if let Some(relation) = self.of_sentence(context, before, &folded) {
            return joined(from, relation, i);
        }
        if let Some(relation) = self.done_by(&folded) {
            // "Quyết định A … theo Nghị định N; đính chính tại Quyết định B": behind the semicolon A is meant again.
            let alike = || {
                let of_kind = |j: &usize| context.holds(&mentions[*j]) && is_numbered(&mentions[*j]) && mentions[*j].kind == mention.kind;
                (0..from).rev().take_while(|j| context.holds(&mentions[*j])).find(of_kind)
            };
            if folded.contains(';')
                && before.kind != mention.kind
                && let Some(to) = alike()
            {
                return joined(i, relation, to);
            }
            // "Thông tư A hướng dẫn Nghị định B, được thay thế bởi Thông tư C": C is of A's type.
            // No state paper changes a paper of the Party, and none of the Party one of the state.
            let party = |m: &Mention| m.number.as_ref().map(|number| number.system == System::Party);
            let other = before.kind != mention.kind || party(before) != party(mention);
            let outer = last.filter(|last| last.to == from && changes(relation) && other);
            let to = outer.map(|last| last.from).filter(|outer| mentions[*outer].kind == mention.kind).unwrap_or(from);
            // "Thông tư A hướng dẫn Nghị định B Được bãi bỏ bởi C": a row whose cells came as one line is about its first paper.
            let begins = ["Được ", "Bị ", "Đã được ", "Đã bị "].iter().any(|word| between.contains(&format!(" {word}")));
            let opening =
                || (0..from).rev().take_while(|j| mentions[*j].block == mention.block).filter(|j| is_numbered(&mentions[*j])).last();
            let row = last.filter(|last| begins && last.to == from).and_then(|_| opening());
            // The cells of that row may be lines of their own (see `above`).
            const LABEL: usize = 12;
            if begins && row.is_none() && mentions[from].span.start > context.base + LABEL {
                return None;
            }
            return joined(i, relation, row.unwrap_or(to));
        }
        if let Some(relation) = self.instrument(context, before, &folded) {
            return Some(Holder { from: i, relation, to: from, instrument: true });
        }
        // "… tại Công văn A, Ban Tổ chức hướng dẫn Quy định B": behind the comma another one acts, for who issued A is told.
        let titled = before.issuer.as_ref().is_some_and(|issuer| !issuer.ends_with("trưởng"));
        let single = before.number.as_ref().is_some_and(|number| number.issuers.len() < 2);
        // "tại Công văn A, Ban Tổ chức hướng dẫn Quy định B": it is A's issuer that stands there.
        let own = |rest: &str| before.issuer.as_ref().is_some_and(|issuer| rest.starts_with(issuer.as_str()));
        if titled && single && between.strip_prefix(", ").is_some_and(|rest| rest.starts_with(char::is_uppercase) && !own(rest)) {
            return None;
        }
        // "Hướng dẫn A về một số nội dung Quy định B".
        let about = || {
            const SUBJECT: usize = 90;
            let subject = folded.split_once("về ").map(|(_, subject)| subject).filter(|subject| subject.len() < SUBJECT)?;
            let plain =
                ["một số", "nội dung", "thực hiện"].iter().any(|word| subject.starts_with(word)) && !subject.contains([',', ';', ':', '(']);
            (before.kind.as_deref() == Some("HD") && plain && connects(subject)).then_some(Relation::Guides)
        };
        let relation = self.of_subject(between, &folded).or_else(about)?;
        // "Hướng dẫn A về việc quán triệt, thực hiện Nghị quyết B".
        let guides = before.kind.as_deref() == Some("HD")
            && mention.kind != before.kind
            && matches!(relation, Relation::Implements | Relation::Studies);
        joined(from, if guides { Relation::Guides } else { relation }, i)
    }

    /// What the paper before does to the one behind, by the words between: its subject, or a sentence about it.
    pub(super) fn of_subject(&self, between: &str, folded: &str) -> Option<Relation> {
        let begins = |words: &str| self.words.leads.iter().any(|lead| words.starts_with(lead.as_str()));
        let trimmed = folded.trim_start_matches([' ', ',', '(']);
        let trimmed = trimmed.strip_prefix("đã ").unwrap_or(trimmed);
        let made = self.words.made.iter().find_map(|word| trimmed.strip_prefix(word.as_str())).filter(|rest| rest.starts_with(' '));
        let trimmed = made.map_or(trimmed, str::trim_start);
        let trimmed = trimmed.strip_prefix("đã ").unwrap_or(trimmed);
        // "Kế hoạch số A nhằm cụ thể hóa Chương trình số B"; behind a comma the purpose is the sentence's own.
        let apart = made.is_none() && folded.trim_start().starts_with(',');
        let purpose = ["để ", "nhằm "].iter().find_map(|word| trimmed.strip_prefix(word)).filter(|_| !apart);
        let trimmed = purpose.unwrap_or(trimmed);
        let founded = made.is_some() && trimmed.starts_with("căn cứ");
        if !founded && !begins(trimmed) {
            // "của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ hướng dẫn …".
            let name = between.trim_start_matches([' ', ',']);
            let issuer = name.starts_with("của ") || name.starts_with(char::is_uppercase);
            let starts = trimmed.match_indices(' ').map(|(at, _)| at + 1).take_while(|at| *at < LONGEST_ISSUER);
            let led = issuer && starts.filter(|at| trimmed.is_char_boundary(*at)).any(|at| begins(&trimmed[at..]));
            if !led {
                return None;
            }
        }
        // "… về A và Chỉ thị số …" goes on with the next citation; a verb right before it belongs to the subject.
        let hits: Vec<Hit> = self.hits(folded).into_iter().filter(|hit| self.rows[hit.row].1 == Side::Right).collect();
        let hit = *hits.last()?;
        let mut relation = self.rows[hit.row].0;
        // "… sửa đổi, bổ sung một số điều của Quy định ban hành kèm theo Quyết định B": what is done to the part.
        let act = |h: &Hit| {
            let relation = self.rows[h.row].0;
            let carries = matches!(relation, Relation::Guides | Relation::Implements | Relation::Concretises);
            (changes(relation) || carries && folded[..h.start].trim().is_empty()) && hit.start - h.end < 260
        };
        if relation == Relation::IssuedWith
            && let Some(act) = hits[..hits.len() - 1].iter().rfind(|h| act(h))
        {
            relation = self.with_words_before(folded, &hits, *act).unwrap_or(self.rows[act.row].0);
        }
        // "Thực hiện Công văn A, căn cứ Nghị định B": the grounds of this paper, and not of A.
        if relation == Relation::BasedOn {
            return founded.then_some(Relation::BasedOn);
        }
        let mut relation = self.with_words_before(folded, &hits, hit).unwrap_or(relation);
        // "Hướng dẫn A hướng dẫn nghiệp vụ thực hiện Kế hoạch B".
        let guided =
            hits.first().is_some_and(|first| self.rows[first.row].0 == Relation::Guides && folded[..first.start].trim().is_empty());
        if relation == Relation::Implements && guided && !folded.contains(',') {
            relation = Relation::Guides;
        }
        let tail = &folded[hit.end..];
        let guides = relation == Relation::Guides && tail.trim_end().ends_with("tại");
        // "A hướng dẫn về thể thức và Công văn B": B follows A in a list.
        if !changes(relation) && [" và", ","].iter().any(|mark| tail.trim_end().ends_with(mark)) {
            return None;
        }
        // "Chương trình A để triển khai, Ủy ban ban hành Kế hoạch B": another one acts behind the comma.
        let anew = tail.contains(',') && [" ban hành ", " có ", " ra "].iter().any(|word| tail.contains(word));
        ((connects(tail) || guides) && !anew).then_some(relation)
    }

    /// What the words before a phrase make of carrying out: "tổng kết 5 năm thực hiện", "tiếp tục thực hiện", "hướng dẫn thực
    /// hiện", "quy định chi tiết … và biện pháp thi hành".
    pub(super) fn with_words_before(&self, folded: &str, hits: &[Hit], hit: Hit) -> Option<Relation> {
        if !matches!(self.rows[hit.row].0, Relation::Implements | Relation::ReportsOn) {
            return None;
        }
        let before = &folded[..hit.start];
        let clause = before.rsplit([';', ':']).next().unwrap_or(before);
        if ["sơ kết", "tổng kết"].iter().any(|word| clause.contains(word)) || years_of(clause) {
            return Some(Relation::Reviews);
        }
        if clause.trim_end().ends_with("tiếp tục") {
            return Some(Relation::Continues);
        }
        // "hướng dẫn việc quán triệt, triển khai thực hiện Kết luận số …".
        const HOW: &str = "hướng dẫn việc ";
        let how = clause.rfind(HOW).map(|at| before.len() - clause.len() + at + HOW.len()).and_then(|at| {
            let first = hits.iter().find(|h| h.start >= at).filter(|h| h.start == at)?;
            (first.start == hit.start || first.end <= hit.start && verb_chain(&folded[first.end..hit.start])).then_some(Relation::Guides)
        });
        if how.is_some() {
            return how;
        }
        // "hướng dẫn một số nội dung thực hiện Chỉ thị số …".
        let some = |h: &Hit| {
            let between = before[h.end.min(before.len())..].trim();
            self.rows[h.row].0 == Relation::Guides
                && h.end <= hit.start
                && between.starts_with("một số ")
                && between.split(' ').count() <= 6
        };
        if hits.iter().any(some) {
            return Some(Relation::Guides);
        }
        let touches = |h: &Hit| self.rows[h.row].0 == Relation::Guides && h.end <= hit.start && before[h.end..].trim().is_empty();
        let detailed = |h: &Hit| self.rows[h.row].0 == Relation::Guides && h.start >= before.len() - clause.len() && h.end <= hit.start;
        let carries = folded[hit.start..hit.end].ends_with("thi hành");
        (hits.iter().any(touches) || carries && hits.iter().any(detailed)).then_some(Relation::Guides)
    }
}

/// The nearest citation by number before mention `i` in its sentence, and the words between them.
pub(super) fn numbered_before<'t>(context: &Context<'t>, mentions: &[Mention], i: usize) -> Option<(usize, &'t str)> {
    let mention = &mentions[i];
    let near = |j: &usize| {
        let m = &mentions[*j];
        context.holds(m) && is_numbered(m) && m.span.end <= mention.span.start
    };
    let last = (0..i).rev().find(near)?;
    // "số 96, 97-KH/TU, ngày …": a list speaks with its head, and what is said of it stands behind its end.
    let head = (0..=last).rev().find(|j| !mentions[*j].listed).filter(|head| (*head..=last).all(|j| context.holds(&mentions[j])));
    let from = head?;
    let last = if mention.listed { from } else { last };
    // In a narrow column the day stands on the next line.
    let told = mentions[last].span.end - context.base;
    let below = context.line[told..].starts_with('\n').then(|| super::dates::attached(&context.line[told..])).flatten();
    let end = mentions[last].span.end + below.map_or(0, |read| read.len);
    if end > mention.span.start {
        return None;
    }
    (end >= context.base + context.sentence.start).then(|| (from, &context.line[end - context.base..mention.span.start - context.base]))
}

/// The paper before a bracket that holds mention `from` and is closed before mention `i`, and the words behind that bracket.
fn outside<'c>(context: &'c Context<'_>, mentions: &[Mention], from: usize, i: usize) -> Option<(usize, &'c str)> {
    let (_, rest) = context.between(mentions, from, i).split_once(')').filter(|(head, _)| !head.contains('('))?;
    let open = context.line.get(context.sentence.start..mentions[from].span.start - context.base)?.rfind('(')? + context.sentence.start;
    let outer = (0..from).rev().find(|j| is_numbered(&mentions[*j]) && mentions[*j].span.end <= context.base + open)?;
    context.in_sentence(&mentions[outer]).then_some((outer, rest))
}

/// The register of a paper: "CT-TTg".
fn register(mention: &Mention) -> Option<&[String]> {
    mention.number.as_ref().map(|number| number.issuers.as_slice())
}

/// True for a mention of another paper by its number.
pub(super) fn is_numbered(mention: &Mention) -> bool {
    mention.number.is_some() && mention.form != CitationForm::SelfReference
}

/// True for what one paper does to the text of another.
pub(super) fn acts(relation: Relation) -> bool {
    changes(relation) || relation == Relation::Corrects
}

/// True when a mark between two mentions ends what is said of the first: a semicolon, or the end of a bracket around it.
pub(super) fn is_parted(between: &str) -> bool {
    const SUBJECT: usize = 32;
    let (before, clause) = between.rsplit_once(';').unwrap_or(("", between));
    let clause = clause.trim_start();
    // "Quyết định A …; văn bản này đã được sửa đổi tại B".
    let subject = clause.find(" này ").filter(|at| *at < SUBJECT && !clause[..*at].contains(',')).map_or(0, |at| at + " này ".len());
    let act = clause[subject..].trim_end();
    // "Quyết định A …; thay thế Quyết định này là Quyết định B".
    let named = clause.trim_end().ends_with(" này là");
    // "Quyết định A …; đính chính tại Quyết định B".
    // "Nghị quyết A …; sau đó được sửa đổi, bổ sung tại B", "Quyết định A …; phụ lục của Quyết định có sai sót, đã được đính chính tại B".
    let verb = act.replace("sửa đổi, bổ sung", "sửa đổi");
    let told = || verb.rsplit_once(", ").is_some_and(|(_, last)| ["được ", "đã được ", "đã bị "].iter().any(|told| last.starts_with(told)));
    let placed = [" tại", " bởi", " bằng"].iter().any(|by| act.ends_with(by)) && (!verb.contains(',') || told());
    let passive = named
        || placed
        || ["được ", "đã được ", "bị ", "đã bị ", "qua hai lần ", "qua ba lần ", "qua nhiều lần ", "đã qua "]
            .iter()
            .any(|word| act.starts_with(word));
    let semicolon = if passive { before.contains(';') } else { between.contains(';') };
    let closed = between.find(')').is_some_and(|close| !between[..close].contains('('));
    semicolon || closed
}
