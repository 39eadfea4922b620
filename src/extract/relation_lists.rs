//! What lists and tables tell of the papers in them: the line that leads on to a list, a cell beside a number.
//!
//! Not here: the phrases before a citation in its own sentence (see `relations`).

use super::mention::Mention;
use super::mentions::clip_end;
use super::names::clip;
use super::relation_places::Context;
use super::relation_words::connects;
use super::relations::{Hit, RelationFinder, changes};
use crate::model::{Block, BlockKind, NormText, Relation, Structure};
use crate::tables::{Side, fold};

/// Items of one list that are looked through for the line that leads on to it.
const LONGEST_LIST: usize = 80;
/// Bytes of a cell before a number that are read, and of a number in a list there.
const REACH: usize = 160;
const ITEM: usize = 60;

impl RelationFinder {
    /// "Sửa đổi, bổ sung | Quyết định số …", "57/2014/QH13 | Luật Tổ chức Quốc hội | Căn cứ": a cell of a table that describes the
    /// paper says what it does to those in the other cells, where it says nothing else.
    pub(super) fn by_cell(&self, row: &Block, text: &str, mention: &Mention) -> Option<Relation> {
        const LONGEST: usize = 120;
        row.cells.iter().filter(|cell| !cell.contains(mention.span)).find_map(|cell| {
            let words = fold::lower(clip(cell.of(text).trim(), LONGEST));
            let hit = self.hits(&words).into_iter().find(|hit| self.rows[hit.row].1 == Side::Right)?;
            let whole = (hit.end - hit.start) * 5 > words.len() * 2 && !["bởi", "bằng"].iter().any(|by| words.contains(by));
            whole.then(|| self.rows[hit.row].0)
        })
    }

    /// "Tổ chức hội nghị quán triệt Nghị quyết số …, Kế hoạch số …" in a cell of a plan: what is to be done with them.
    pub(super) fn within_cell(&self, context: &Context<'_>, row: &Block, text: &str, mention: &Mention) -> Option<Relation> {
        let asks = matches!(context.paper, Some("KH" | "CTr" | "CT"));
        let cell = row.cells.iter().find(|cell| asks && cell.contains(mention.span))?;
        let left = fold::lower(clip_end(&text[cell.start..mention.span.start], REACH));
        let hit = self.hits(&left).into_iter().rfind(|hit| self.rows[hit.row].1 == Side::Right)?;
        let relation = self.rows[hit.row].0;
        let listed = left[hit.end..].split([',', ';']).skip(1).all(|item| item.len() < ITEM);
        let acts = matches!(relation, Relation::Studies | Relation::Implements | Relation::Concretises);
        // "Tuyên truyền trên hệ thống loa nội dung Chỉ thị số …".
        if relation == Relation::Studies && listed && left[hit.end..].trim_end().ends_with(" nội dung") {
            return Some(relation);
        }
        (acts && listed && connects(left[hit.end..].trim_end_matches([',', ' '])) && !left[..hit.start].contains("kết quả"))
            .then_some(relation)
    }

    /// "Bãi bỏ các văn bản sau đây:" holds for every item under it that begins with a citation.
    pub(super) fn by_lead(&self, context: &Context<'_>, structure: &Structure, norm: &NormText, mention: &Mention) -> Relation {
        let block = &structure.blocks[mention.block];
        let begins = block.body.max(context.base) - context.base;
        let head = context.line.get(begins..mention.span.start - context.base).unwrap_or("").trim();
        let located = mention.locator.is_some() || self.words.only_parts(&fold::lower(clip(head, 200)));
        if block.label.is_none() || !located {
            return Relation::Mentions;
        }
        let parent = structure.blocks[mention.block].parent.filter(|at| {
            let above = &structure.blocks[*at];
            above.kind == BlockKind::Heading || !above.span.of(&norm.text).trim_end().ends_with(['.', ';'])
        });
        let leads = [list_lead(structure, norm, mention.block), parent];
        leads
            .into_iter()
            .flatten()
            .find_map(|lead| self.by_words_of_lead(structure.blocks[lead].span.of(&norm.text)))
            .unwrap_or(Relation::Mentions)
    }

    /// What a line that leads on to a list does to those in it.
    fn by_words_of_lead(&self, words: &str) -> Option<Relation> {
        const LONGEST: usize = 600;
        let folded = fold::lower(clip(words, LONGEST));
        let acts =
            |relation: Relation| changes(relation) || matches!(relation, Relation::Suspends | Relation::Corrects | Relation::BasedOn);
        // "… được sửa đổi, bổ sung bởi:": what follows acts, and is not acted on.
        let passive = |hit: &Hit| ["được", "bị"].iter().any(|word| folded[..hit.start].trim_end().ends_with(word));
        // "thu hồi Giấy chứng nhận trong các trường hợp sau:": no act on papers.
        let taken = |hit: &Hit| &folded[hit.start..hit.end] == "thu hồi" && !folded[hit.end..].contains("văn bản");
        let hits = self.hits(&folded).into_iter().filter(|hit| !passive(hit) && !taken(hit));
        hits.map(|hit| self.rows[hit.row].0).rfind(|relation| acts(*relation))
    }
}

/// The line that leads on to the list in which block `at` stands: the nearest one above its items that ends with a colon, or
/// the heading over them. Footnotes of a page may stand between two items.
fn list_lead(structure: &Structure, norm: &NormText, at: usize) -> Option<usize> {
    let at = first_item(structure, at);
    let own = class(structure.blocks[at].label.as_deref()?);
    let depth = structure.blocks[at].depth;
    for above in (0..at).rev().take(LONGEST_LIST) {
        let block = &structure.blocks[above];
        if matches!(block.kind, BlockKind::Footnote | BlockKind::Furniture | BlockKind::Stamp) {
            continue;
        }
        let words = block.span.of(&norm.text).trim_end();
        let label = block.label.as_deref().map(class);
        if label != Some(own) && (words.ends_with(':') || block.kind == BlockKind::Heading) {
            return Some(above);
        }
        // "b) Thông tư số … sửa đổi …." above a list that lost its place leads on to nothing.
        if label != Some(own) && (label.is_none() || block.depth <= depth) {
            return None;
        }
    }
    None
}

/// The item "a" of the list that goes on with item `at`: each is looked for before the next one, whatever the footnotes of a page
/// put between them.
fn first_item(structure: &Structure, at: usize) -> usize {
    const REACH: usize = 16;
    const LETTERS: [&str; 23] =
        ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "x", "y"];
    let label = |at: usize| structure.blocks[at].label.as_deref();
    let mut first = at;
    while let Some(place) = label(first).and_then(|own| LETTERS.iter().position(|letter| *letter == own)).filter(|place| *place > 0) {
        let before = |at: &usize| label(*at) == Some(LETTERS[place - 1]);
        match (first.saturating_sub(REACH)..first).rev().find(before) {
            Some(found) => first = found,
            None => break,
        }
    }
    first
}

/// What labels of one list have in common: figures, letters, or the bullet. A letter may be misread ("ø)").
fn class(label: &str) -> char {
    match label.chars().next() {
        Some(c) if c.is_ascii_digit() => '1',
        Some(c) if c.is_uppercase() => 'A',
        Some(c) if c.is_alphabetic() => 'a',
        _ => '-',
    }
}
