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

/// Levels of items under the article that says which paper is amended.
const LEVELS: usize = 4;

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
        let to = (0..i).rev().find(of_name).filter(|to| *to != from)?;
        let relation = if between.len() <= REACH && !is_parted(between) { self.of_subject(between, &fold::lower(between)) } else { None }?;
        Some(Holder { from, relation, to, instrument: false })
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
