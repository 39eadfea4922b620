//! What one cited paper had done to it by another: acts in the passive, and acts by means of a paper.
//!
//! Duty: "X đã được sửa đổi theo Y", "sửa đổi X bằng Y", by the folded words between two citations. Not here: which two citations are
//! joined (see `stated`).

use super::mention::Mention;
use super::mentions::clip_end;
use super::relation_places::Context;
use super::relation_words::connects;
use super::relations::{RelationFinder, changes};
use super::stated::{REACH, acts};
use crate::model::{Relation, System};
use crate::tables::{Side, fold};

/// Bytes of the words of an act in the passive.
pub(super) const LONGEST_ACT: usize = 220;

impl RelationFinder {
    /// "X đã được sửa đổi, bổ sung theo Y", "X, được đính chính bởi Y": what Y does to X, by the folded words between them.
    pub(super) fn done_by(&self, folded: &str) -> Option<Relation> {
        let told = ["được ", "bị "].iter().filter_map(|word| folded.rfind(word)).max();
        // "X (sửa đổi, bổ sung tại Y)", "X, sau này bổ sung một số chỉ tiêu tại Y".
        // "X; đính chính tại Y", "X, bổ sung tại Y".
        let opened = || {
            let bracket = folded.rfind('(').filter(|open| !folded[*open..].contains(')'));
            let clause = folded.rfind(';').or_else(|| folded.find(',').filter(|_| folded.trim_start().starts_with(',')));
            [bracket, clause].into_iter().flatten().find(|open| {
                let words = folded[open + 1..].trim_start();
                self.hits(words).first().is_some_and(|hit| hit.start == 0 && acts(self.rows[hit.row].0))
            })
        };
        // "đã hai lần sửa đổi (tại các Quyết định X và Y)".
        let placed = || {
            let open = folded.rfind('(').filter(|open| {
                let by = folded[open + 1..].trim();
                ["tại", "theo", "bởi", "bằng"].iter().any(|word| by == *word || by.strip_suffix(" các") == Some(word))
            })?;
            let head = folded[..open].trim_end();
            let hit = self.hits(head).into_iter().rfind(|hit| hit.end == head.len() && changes(self.rows[hit.row].0))?;
            let told = head[..hit.start].trim_end();
            (told.ends_with("đã") || told.ends_with("lần") || told.ends_with("được")).then_some(self.rows[hit.row].0)
        };
        if let Some(relation) = placed() {
            return Some(relation);
        }
        // "mức hỗ trợ đã điều chỉnh theo Y".
        let adjusted = || {
            let at = folded.rfind(" đã ")? + " đã ".len();
            let hit = self.hits(&folded[at..]).into_iter().next().filter(|hit| hit.start == 0 && changes(self.rows[hit.row].0))?;
            (folded[at + hit.end..].trim() == "theo").then_some(at)
        };
        let later = || self.words.later.iter().find_map(|word| folded.find(word.as_str())).or_else(adjusted);
        let ended = || folded.rfind("hết hiệu lực");
        let passive = told.or_else(opened).or_else(later).or_else(ended)?;
        let tail = &folded[passive..];
        let act = tail.trim_end().trim_end_matches(':').trim_end();
        // "Nghị định A được ban hành thay thế Nghị định B": A acts.
        if tail.starts_with("được ban hành ") && !act.ends_with("bởi") {
            return None;
        }
        // "X hết hiệu lực kể từ ngày Y có hiệu lực".
        let from_day = || ended().is_some() && act.ends_with("kể từ ngày");
        // "A (sửa đổi Chương trình ban hành kèm theo B)": A acts.
        if told.is_none() && act.ends_with("kèm theo") {
            return None;
        }
        let by = match told {
            None => self.words.by.iter().any(|word| act.ends_with(word.as_str())) || from_day(),
            _ if act.contains("một số điều") || self.words.by.iter().any(|word| act.contains(word.as_str())) => true,
            _ => ["sửa đổi", "bổ sung", "thay thế", "bãi bỏ"].iter().any(|verb| act.ends_with(verb)),
        };
        if !by || tail.len() > LONGEST_ACT {
            return None;
        }
        // "Quy định A được ban hành để thay thế Quy định B": what A is for, and not what was done to it.
        if ["để ", "nhằm "].iter().any(|word| tail.contains(word)) {
            return None;
        }
        // "đã được hai cơ quan thay bằng".
        if told.is_some() && act.ends_with(" thay bằng") {
            return Some(Relation::Replaces);
        }
        let begins = tail.find([' ', '(']).map_or(0, |at| at + 1);
        let hits = self.hits(tail);
        let first = hits.iter().find(|hit| self.rows[hit.row].1 == Side::Right || changes(self.rows[hit.row].0))?;
        let relation = self.rows[first.row].0;
        let amends = || tail.contains("sửa đổi") || tail.contains("bổ sung");
        // "được sửa đổi, bổ sung, thay thế bởi": an amendment, whatever else it does.
        let relation = if changes(relation) && amends() { Relation::Amends } else { relation };
        // "các nội dung được hướng dẫn tại Y" tells of the contents; ", được hướng dẫn bởi Y" of X.
        let head = folded[..passive].trim_end().trim_end_matches("đã").trim_end_matches("từng").trim_end();
        let of_subject = head.is_empty() || head.ends_with([',', '(']);
        let behind = act[first.end.min(act.len())..].trim();
        match relation {
            Relation::Amends | Relation::Replaces | Relation::Repeals | Relation::Corrects => Some(relation),
            Relation::Guides | Relation::Concretises if of_subject && first.start <= begins => Some(relation),
            // "X được triển khai bằng Kế hoạch Y".
            Relation::Implements if of_subject && first.start <= begins && act.ends_with("bằng") => Some(relation),
            // "X … đã được Ủy ban nhân dân tỉnh cụ thể hóa bằng Kế hoạch Y".
            Relation::Concretises | Relation::Implements | Relation::Guides
                if behind == "bằng" || relation == Relation::Concretises && behind == "thành" =>
            {
                Some(relation)
            }
            _ => None,
        }
    }

    /// "sửa đổi Quy chế A … bằng Quy chế B": what B does to A (`before`), by the folded words between them.
    pub(super) fn instrument(&self, context: &Context<'_>, before: &Mention, folded: &str) -> Option<Relation> {
        let words = folded.trim_end();
        let by = ["bằng", "bằng các", "bằng việc ban hành", "thông qua", "thành", "thành các", "tại", "theo"]
            .into_iter()
            .find(|by| words.ends_with(by))?;
        let start = before.span.start - context.base;
        let left = fold::lower(&context.line[context.sentence.start.min(start)..start]);
        let left = clip_end(&left, REACH);
        let hit = self.hits(left).into_iter().rfind(|hit| self.rows[hit.row].1 == Side::Right)?;
        let relation = self.rows[hit.row].0;
        let acts = changes(relation) || matches!(relation, Relation::Concretises | Relation::Implements | Relation::Guides);
        if by.starts_with("thành") && relation != Relation::Concretises {
            return None;
        }
        // "bổ sung Kế hoạch A tại Công văn B": only a change is made at a place, and right behind the paper.
        let placed = matches!(by, "tại" | "theo");
        let near = !placed || changes(relation) && words.len() == by.len() + 1 && told_of_others(&left[..hit.start]);
        // "thay bảng giá đất tại Quyết định A bằng Nghị quyết B".
        let within = || changes(relation) && self.words.changes_within(&left[hit.end..], LONGEST_ACT);
        (acts && near && (connects(&left[hit.end..]) || within())).then_some(relation)
    }
}

/// True when the words before an act tell of others, or of what was: "Thành ủy A có Kế hoạch …, sau này bổ sung".
fn told_of_others(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with("đã") || before.ends_with("sau này") || before.ends_with("sau đó")
}

/// True for papers that may act on the same one: no plan changes a law, as an act of the National Assembly beside it does.
pub(super) fn acts_alike(a: &Mention, b: &Mention) -> bool {
    let assembly =
        |m: &Mention| m.number.as_ref().is_some_and(|number| number.system == System::Assembly || number.register().contains("QH"));
    assembly(a) == assembly(b)
}
