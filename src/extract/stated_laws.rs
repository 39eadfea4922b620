//! Laws and parts of papers in what the text states: a law meant by its name, the part of a paper that an article amends.
//!
//! Not here: the statements about numbered papers (`stated`).

use super::mention::Mention;
use super::relation_places::Context;
use super::relations::{RelationFinder, changes};
use super::stated::{Holder, REACH, is_numbered, is_parted, numbered_before};
use super::stated_passive::LONGEST_ACT;
use crate::model::{CitationForm, NormText, Relation, Structure};
use crate::tables::fold;

/// Mentions among which the number of a law is looked for.
const FURTHEST: usize = 300;
/// Levels of items under the article that says which paper is amended.
const LEVELS: usize = 4;

/// Type words that alone mean a paper told before, as they are written then, by their kind.
const NOUNS: [(&str, &str); 5] = [("L", "Luật"), ("CT", "Chỉ thị"), ("NQ", "Nghị quyết"), ("KL", "Kết luận"), ("PL", "Pháp lệnh")];

/// Where `noun` stands in `words` before a mark or at the end: "của Luật, số vụ cháy giảm".
fn ends_with_noun(words: &str, noun: &str) -> Option<usize> {
    let whole = |at: &usize| {
        let behind = words[at + noun.len()..].trim_start_matches([')', '”', '"']);
        words[..*at].ends_with(' ') && (behind.is_empty() || behind.starts_with([',', ';', '.']))
    };
    words.match_indices(noun).map(|(at, _)| at).find(whole)
}

impl RelationFinder {
    /// "1. Sửa đổi khoản 2 Điều 4 (đã được sửa đổi tại khoản 1 Điều 1 Thông tư B) như sau", under the article that amends A: what B does
    /// to A.
    pub(super) fn amended_part(
        &self,
        context: &Context<'_>,
        structure: &Structure,
        mentions: &[Mention],
        i: usize,
        relations: &[Relation],
    ) -> Option<Holder> {
        let mention = &mentions[i];
        let left = context.line.get(context.sentence.start..mention.span.start - context.base)?;
        let open = left.rfind('(').filter(|open| left.len() - open < LONGEST_ACT && !left[*open..].contains(')'))?;
        if !is_numbered(mention) || !left[open..].contains("được") || numbered_before(context, mentions, i).is_some() {
            return None;
        }
        let relation = self.done_by(&fold::lower(&left[open..]))?;
        let above = std::iter::successors(structure.blocks[mention.block].parent, |at| structure.blocks[*at].parent);
        let amended = |block: usize| {
            let of = (0..i).rev().take_while(move |j| mentions[*j].block >= block).filter(move |j| mentions[*j].block == block);
            of.filter(|j| is_numbered(&mentions[*j]) && changes(relations[*j])).last()
        };
        let to = above.take(LEVELS).find_map(amended)?;
        Some(Holder { from: i, relation, to, instrument: false })
    }

    /// "Luật số A …; Nghị định B quy định chi tiết một số điều của Luật Đất đai": what B does to a law by its name, whose number is told before.
    pub(super) fn named_law(&self, context: &Context<'_>, norm: &NormText, mentions: &[Mention], i: usize) -> Option<Holder> {
        let named = mentions[i].form == CitationForm::Named && mentions[i].number.is_none();
        let (from, between) = if named { numbered_before(context, mentions, i) } else { None }?;
        let name = law_of(Some(mentions[i].span.of(&norm.text)))?;
        let of_name = |j: &usize| is_numbered(&mentions[*j]) && law_of(Some(mentions[*j].span.of(&norm.text))).as_ref() == Some(&name);
        let to = (0..i).rev().take(FURTHEST).find(of_name).filter(|to| *to != from)?;
        let folded = fold::lower(between);
        let told = || self.of_subject(between, &folded).or_else(|| self.opening_act(folded.trim_start()));
        let relation = if between.len() <= REACH && !is_parted(between) { told() } else { None }?;
        Some(Holder { from, relation, to, instrument: false })
    }

    /// "Luật Cây xanh số A và Nghị định B quy định chi tiết một số điều của Luật, …", "Tỉnh ủy có Kế hoạch B thực hiện Chỉ thị.": what mention `i` does to
    /// the paper that its type word alone means: the one of that type told last, a few lines above at most.
    pub(super) fn by_type_word(&self, context: &Context<'_>, mentions: &[Mention], i: usize) -> Option<Holder> {
        const LONGEST: usize = 160;
        const BLOCKS: usize = 3;
        let mention = &mentions[i];
        if !is_numbered(mention) {
            return None;
        }
        let end = mentions.get(i + 1).map_or(usize::MAX, |next| next.span.start.saturating_sub(context.base)).min(context.sentence.end);
        let right = context.line.get(mention.span.end - context.base..end)?;
        let right = super::names::clip(right, LONGEST);
        let (noun, at) = NOUNS.iter().find_map(|(kind, noun)| Some((kind, ends_with_noun(right, noun)?)))?;
        let words = &right[..at];
        let folded = fold::lower(words);
        let relation =
            if is_parted(words) { None } else { self.of_subject(words, &folded).or_else(|| self.opening_act(folded.trim_start())) }?;
        let of_kind = |j: &usize| is_numbered(&mentions[*j]) && mentions[*j].kind.as_deref() == Some(*noun);
        let near = |j: &usize| mention.block.abs_diff(mentions[*j].block) <= BLOCKS;
        let to = (0..i).rev().take_while(near).find(of_kind)?;
        Some(Holder { from: i, relation, to, instrument: false })
    }

    /// True for a law without number in the subject of another citation: "Nghị định A quy định chi tiết Luật B".
    pub(super) fn is_in_subject(&self, context: &Context<'_>, mentions: &[Mention], i: usize) -> bool {
        let named = mentions[i].form == CitationForm::Named && mentions[i].number.is_none();
        let before = if named { numbered_before(context, mentions, i) } else { None };
        before.is_some_and(|(_, between)| {
            between.len() <= REACH && !is_parted(between) && self.of_subject(between, &fold::lower(between)).is_some()
        })
    }
}

/// True for "Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15"; an amending law has no name: "Luật số 97/2025/QH15".
pub(super) fn bears_name(context: &Context<'_>, mention: &Mention) -> bool {
    mention.kind.as_deref() == Some("L")
        && law_of(context.line.get(mention.span.start - context.base..mention.span.end - context.base)).is_some()
}

/// The name of a law in the words of a mention, folded: "luật đất đai" of "Luật Đất đai số 31/2024/QH15", "Luật Đất đai ngày 18/01/2024".
fn law_of(words: Option<&str>) -> Option<String> {
    let folded = fold::lower(words?);
    let name = [" số ", " năm ", " ngày ", ", ", " (", ","]
        .iter()
        .filter_map(|end| folded.find(end))
        .min()
        .map_or(folded.as_str(), |end| &folded[..end]);
    let name = name.trim();
    let of = ["luật ", "bộ luật ", "pháp lệnh "].iter().find_map(|kind| name.strip_prefix(kind))?;
    (!of.is_empty() && !of.starts_with(|c: char| c.is_ascii_digit())).then(|| name.to_owned())
}
