//! What one cited paper does to another where lines or cells of a table join them.
//!
//! Duty: "Được thay thế bởi Thông tư B" in the cell beside A or on the line below it, "được sửa đổi, bổ sung bởi:" above those that
//! act, a subject on a line of its own. Not here: what one sentence states (see `stated`).

use super::mention::Mention;
use super::mentions::clip_end;
use super::relation_places::Context;
use super::relations::RelationFinder;
use super::stated::{Holder, REACH, acts, is_numbered};
use crate::model::{Block, BlockKind, NormText, Relation, Span, Structure};
use crate::tables::fold;

impl RelationFinder {
    /// "Sửa đổi, bổ sung một số điều của Nghị quyết số …" as a line of its own: the subject of the paper whose number stands above.
    fn by_cell_of_subject(&self, norm: &NormText, block: &Block, mention: &Mention) -> Option<Relation> {
        let cell = block.cells.iter().find(|cell| cell.contains(mention.span)).map(|cell| cell.start);
        let plain = block.kind == BlockKind::Paragraph && block.label.is_none() || cell.is_some();
        let head = norm.text[cell.unwrap_or(block.span.start)..mention.span.start].trim_start();
        if !plain || head.is_empty() || head.len() > REACH || !head.starts_with(char::is_uppercase) {
            return None;
        }
        let folded = fold::lower(head);
        let leads = self.words.leads.iter().any(|lead| folded.starts_with(lead.as_str()));
        if leads { self.of_subject(head, &folded) } else { None }
    }

    /// "Quyết định A | Quyết định B thay thế", "Chỉ thị A | Bị bãi bỏ tại khoản 2 Điều 1 Quyết định B": what B (mention `i`) does to the papers
    /// with which cells before it begin.
    pub(super) fn by_cells_before(&self, norm: &NormText, block: &Block, mentions: &[Mention], i: usize) -> Option<(Relation, Vec<usize>)> {
        const ACT: usize = 60;
        let mention = &mentions[i];
        let cell = block.cells.iter().find(|cell| is_numbered(mention) && cell.contains(mention.span))?;
        let begins = |j: &usize| {
            let at = block.cells.iter().find(|cell| cell.contains(mentions[*j].span));
            let head = |cell: &Span| norm.text[cell.start..mentions[*j].span.start].trim().chars().count() <= 6;
            is_numbered(&mentions[*j]) && at.is_some_and(|at| at.end <= cell.start && head(at))
        };
        let all: Vec<usize> = (0..i).rev().take_while(|j| mentions[*j].block == mention.block).filter(begins).collect();
        let head = fold::lower(clip_end(norm.text[cell.start..mention.span.start].trim_start(), REACH));
        let acting = |words: &str| self.hits(words).into_iter().next().filter(|hit| hit.start == 0 && acts(self.rows[hit.row].0));
        let passive = ["đã được", "đã bị", "được", "bị", "đã"];
        // "Cả hai đã bị Nghị quyết B bãi bỏ".
        let subject = ["cả hai ", "cả ba "].iter().find_map(|word| head.strip_prefix(word)).unwrap_or(&head).trim();
        let hit = if subject.is_empty() || passive.contains(&subject) {
            let tail = fold::lower(norm.text[mention.span.end..cell.end].trim());
            acting(&tail).filter(|_| tail.len() < ACT)?
        } else {
            let told = passive.iter().find_map(|word| head.strip_prefix(word)?.strip_prefix(' ')).unwrap_or(&head);
            let (words, hit) = acting(&head).map(|hit| (head.as_str(), hit)).or_else(|| Some((told, acting(told)?)))?;
            let behind = words[hit.end..].trim();
            let by = matches!(behind, "bởi" | "bằng" | "theo" | "tại") || self.words.changes_within(&words[hit.end..], ACT);
            Some(hit).filter(|_| by)?
        };
        (!all.is_empty()).then(|| (self.rows[hit.row].0, all))
    }
}

/// Who acts on the paper that the lines above begin with.
///
/// Either a cell begins with "Được thay thế bởi" in a row whose first cell is the paper; or a line ends with "được sửa đổi,
/// bổ sung bởi:" and those that act follow, one a line.
pub(super) fn above(
    finder: &RelationFinder,
    context: &Context<'_>,
    norm: &NormText,
    structure: &Structure,
    mentions: &[Mention],
    i: usize,
) -> Option<Holder> {
    const ROW: usize = 14;
    /// Lines from the cell of a number to that of its subject.
    const NEAR: usize = 4;
    const CELL: usize = 120;
    let mention = &mentions[i];
    if !is_numbered(mention) {
        return None;
    }
    // It is what its line begins with, but for a label or type word.
    let opens = |m: &Mention| {
        let block = &structure.blocks[m.block];
        norm.text[block.body..m.span.start.max(block.body)].trim().chars().count() <= 6
    };
    let annex = structure.blocks[mention.block].annex;
    let joined = |to: usize, relation: Relation| {
        let same = structure.blocks[mentions[to].block].annex == annex;
        same.then_some(Holder { from: i, relation, to, instrument: false })
    };
    let block = &structure.blocks[mention.block];
    let line = &norm.text[block.span.start..mention.span.start];
    // In a narrow column the act is a line of its own: "Được thay thế bằng".
    let above = mention.block.checked_sub(1).map(|at| &structure.blocks[at]).filter(|above| above.label.is_none());
    let act_above = above.map(|above| above.span.of(&norm.text)).filter(|_| line.is_empty());
    let head = clip_end(act_above.unwrap_or(line), CELL + 40);
    let begins = ["Được ", "Bị ", "Đã được ", "Đã bị "].iter().filter_map(|word| head.rfind(word)).max();
    let begins = begins.filter(|at| act_above.is_none() || *at == 0);
    if let Some(begins) = begins {
        let act = fold::lower(&head[begins..]);
        let by = ["bởi", "bằng", "theo", "tại"].iter().any(|by| act.trim_end().ends_with(by));
        let relation = finder.done_by(&act).filter(|_| by && act.len() <= CELL)?;
        let near = |j: &usize| mentions[*j].block + ROW >= mention.block;
        let to = (0..i).rev().take_while(near).find(|j| is_numbered(&mentions[*j]) && opens(&mentions[*j]))?;
        return joined(to, relation);
    }
    if let Some(relation) = finder.by_cell_of_subject(norm, block, mention) {
        // "05/2026/NQ-HĐND | Sửa đổi, bổ sung một số điều của Nghị quyết số …": the first cell with a number is the paper's own.
        let opens_cell = |m: &Mention| {
            let cell = block.cells.iter().find(|cell| cell.contains(m.span) && !cell.contains(mention.span));
            cell.is_some_and(|cell| norm.text[cell.start..m.span.start].trim().is_empty())
        };
        if block.kind == BlockKind::TableRow {
            let row = (0..i).rev().take_while(|j| mentions[*j].block == mention.block).filter(|j| is_numbered(&mentions[*j])).last();
            return row.filter(|j| opens_cell(&mentions[*j])).map(|from| Holder { from, relation, to: i, instrument: false });
        }
        // The cell of the number goes before: "17/2020/NQ-HĐND", "ngày 10/7/2020".
        let alone = |j: &usize| {
            let behind = norm.text[mentions[*j].span.end..structure.blocks[mentions[*j].block].span.end].trim();
            opens(&mentions[*j]) && (behind.is_empty() || super::dates::attached(&format!(" {behind}")).is_some())
        };
        let near = |j: &usize| mentions[*j].block + NEAR >= mention.block;
        let from =
            (0..i).rev().take_while(near).find(|j| is_numbered(&mentions[*j])).filter(|j| mentions[*j].block < mention.block && alone(j));
        if let Some(from) = from.filter(|from| structure.blocks[mentions[*from].block].annex == annex) {
            return Some(Holder { from, relation, to: i, instrument: false });
        }
    }
    if !opens(mention) || context.kind == BlockKind::Basis {
        return None;
    }
    // Back over the lines that act as well, to the line that leads on to them.
    let line = |block: &Block| block.span.of(&norm.text).trim_end();
    let of = |block: usize| (0..i).rev().take_while(move |j| mentions[*j].block >= block).filter(move |j| mentions[*j].block == block);
    let first_of = |block: usize| of(block).filter(|j| is_numbered(&mentions[*j])).last();
    let leads = (mention.block.saturating_sub(ROW)..mention.block).rev().find(|at| {
        let acts = first_of(*at).is_some_and(|j| opens(&mentions[j])) && !line(&structure.blocks[*at]).ends_with(':');
        !acts
    })?;
    let words = line(&structure.blocks[leads]).strip_suffix(':')?;
    let last = of(leads).next()?;
    let nearest = of(leads).find(|j| is_numbered(&mentions[*j]))?;
    let to = first_of(leads).filter(|first| opens(&mentions[*first])).unwrap_or(nearest);
    let act = fold::lower(norm.text.get(mentions[last].span.end..structure.blocks[leads].span.start + words.len())?);
    joined(to, finder.done_by(&act).filter(|_| act.trim_end().ends_with("bởi") || act.trim_end().ends_with("theo"))?)
}
