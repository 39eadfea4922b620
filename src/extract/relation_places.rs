//! Where a citation stands: in which stretch of text and sentence, before the body or in it.
//!
//! Duty: the stretch of text that one sentence may take, the end of what goes before the body. Not here: what the words around a
//! citation tell (see `relations`).

use super::mention::Mention;
use super::names::clip;
use crate::model::{Block, BlockKind, CitationForm, NormText, Relation, Span, Structure};
use crate::tables::fold;

/// Blocks that one paragraph whose lines were not joined may take.
const LINES_OF_PARAGRAPH: usize = 6;

pub(super) struct Context<'t> {
    pub(super) line: &'t str,
    pub(super) base: usize,
    pub(super) sentence: Span,
    pub(super) kind: BlockKind,
    pub(super) preamble: bool,
    /// Type code of this paper.
    pub(super) paper: Option<&'t str>,
    /// Who issued it, as the text tells.
    pub(super) issuer: &'t str,
}

impl Context<'_> {
    /// The first mention between two semicolons, of which `j` is one: the others stand in its subject.
    pub(super) fn item_head(&self, mentions: &[Mention], j: usize) -> usize {
        let from = self.sentence.start;
        let begins = self.line[from..mentions[j].span.start - self.base].rfind(';').map_or(from, |at| from + at);
        let inside = |k: &usize| self.holds(&mentions[*k]) && mentions[*k].span.start >= self.base + begins;
        let own = |m: &Mention| m.form == CitationForm::SelfReference;
        (0..=j).rev().take_while(inside).filter(|k| !own(&mentions[*k])).last().unwrap_or(j)
    }

    /// True for a paper that tells what others did.
    pub(super) fn tells(&self) -> bool {
        matches!(self.paper, Some("BC" | "TTr"))
    }

    /// The words between two mentions of this stretch, or none.
    pub(super) fn between(&self, mentions: &[Mention], from: usize, to: usize) -> &str {
        let (end, start) = (mentions[from].span.end.wrapping_sub(self.base), mentions[to].span.start.wrapping_sub(self.base));
        self.line.get(end..start).unwrap_or_default()
    }

    /// True for a mention in the sentence in question.
    pub(super) fn in_sentence(&self, mention: &Mention) -> bool {
        self.holds(mention) && mention.span.start >= self.base + self.sentence.start && mention.span.end <= self.base + self.sentence.end
    }

    /// True for a mention in this stretch of text.
    pub(super) fn holds(&self, mention: &Mention) -> bool {
        mention.span.start >= self.base && mention.span.end <= self.base + self.line.len()
    }
}

/// From the type word, or the first line of the subject, to its last line.
pub(super) fn whole_title(structure: &Structure, at: usize) -> Span {
    let title = |block: &&Block| block.kind == BlockKind::Title;
    let first = structure.blocks[..=at].iter().rev().take_while(title).last().map_or(structure.blocks[at].span, |block| block.span);
    let last = structure.blocks[at..].iter().take_while(title).last().map_or(structure.blocks[at].span, |block| block.span);
    Span::new(first.start, last.end.max(first.end))
}

/// "Theo đề nghị của …", "Xét …": a line of the basis, a bullet before it or not.
pub(super) fn proposes(left: &str) -> bool {
    let left = left.trim_start_matches(['-', '+', '*', ' ']);
    ["theo đề nghị", "theo đề xuất", "xét ", "xem xét ", "sau khi xem xét "].iter().any(|head| left.starts_with(head))
}

/// Last block of what goes before the body proper: title, basis, and the first paragraphs without label. `carried`: first words of a
/// ground that is carried out, folded.
pub(super) fn preamble_end(carried: &[String], norm: &NormText, structure: &Structure) -> usize {
    let blocks = &structure.blocks;
    let words = |b: &Block| fold::lower(clip(&norm.text[b.body.min(b.span.end)..b.span.end], 40));
    let founds = |words: &str| words.starts_with("căn cứ") || proposes(words);
    let grounds = |words: &str| founds(words) || carried.iter().any(|head| words.starts_with(head.as_str()));
    let bullet = |b: &Block| matches!(b.label.as_deref(), Some("-" | "+"));
    // "- Thực hiện Nghị quyết số …;" between title and body, beside "- Căn cứ …;": what is carried out is one of the grounds.
    let ground = |at: usize| {
        let above = at.checked_sub(1).map(|at| &blocks[at]);
        let among = above.is_some_and(|b| {
            matches!(b.kind, BlockKind::Title | BlockKind::Basis | BlockKind::Furniture) || bullet(b) && grounds(&words(b))
        });
        among && grounds(&words(&blocks[at]))
    };
    let labelled = |at: usize| {
        let b = &blocks[at];
        let item = b.label.is_some() && matches!(b.kind, BlockKind::Heading | BlockKind::Item);
        item && !(bullet(b) && (founds(&words(b)) || ground(at)))
    };
    // The list of those whom a letter addresses goes before its first words.
    let addressed = |b: &Block| norm.text[b.span.start..b.span.end].starts_with("Kính gửi");
    let begins = blocks.iter().position(addressed).map_or(0, |at| at + 1 + blocks[at + 1..].iter().take_while(|b| bullet(b)).count());
    let end = (begins..blocks.len()).find(|at| labelled(*at)).unwrap_or(blocks.len()).saturating_sub(1);
    end.min(blocks.len().saturating_sub(1))
}

/// True for a line of its own below "Sau khi xem xét Tờ trình số …;": "Báo cáo thẩm tra số …;" was looked at as well.
pub(super) fn is_looked_at(norm: &NormText, structure: &Structure, at: usize) -> bool {
    const LINES: usize = 4;
    let above = structure.blocks[..at].iter().rev().filter(|block| block.kind != BlockKind::Furniture).take(LINES);
    let lines = above.map(|block| block.span.of(&norm.text).trim()).take_while(|line| line.ends_with([';', ',']));
    let heads = |line: &str, heads: &[&str]| {
        let folded = fold::lower(clip(line, 40));
        heads.iter().any(|head| folded.trim_start_matches(['-', '+', ' ']).starts_with(head))
    };
    // Reports and submissions in between go on with the list.
    let mut rest = lines.skip_while(|line| heads(line, &["báo cáo", "tờ trình"]));
    rest.next().is_some_and(|line| heads(line, &["xét ", "sau khi xem xét", "sau khi nghe"]))
}

/// The paragraph that block `at` is of: narrow columns leave its lines apart, and the next one goes on in small letters.
pub(super) fn whole_paragraph(norm: &NormText, structure: &Structure, at: usize) -> Span {
    let blocks = &structure.blocks;
    let plain = |at: usize| blocks[at].kind == BlockKind::Paragraph && blocks[at].label.is_none();
    let text = |at: usize| blocks[at].span.of(&norm.text);
    let goes_on = |at: usize| {
        let above = at > 0 && plain(at) && plain(at - 1) && blocks[at].annex == blocks[at - 1].annex;
        above && text(at).starts_with(char::is_lowercase) && !text(at - 1).trim_end().ends_with(['.', ';', ':', '!', '?'])
    };
    let mut first = at;
    while at - first < LINES_OF_PARAGRAPH && goes_on(first) {
        first -= 1;
    }
    let mut last = at;
    while last - at < LINES_OF_PARAGRAPH && last + 1 < blocks.len() && goes_on(last + 1) {
        last += 1;
    }
    Span::new(blocks[first].span.start, blocks[last].span.end)
}

/// What a line of the grounds does with the paper behind the folded words `left`.
pub(super) fn basis(left: &str) -> Relation {
    // "Căn cứ A về xét công nhận sáng kiến; Căn cứ B": each ground by its own words.
    let left = left.rfind(';').map(|at| left[at + 1..].trim_start()).filter(|clause| clause.starts_with("căn cứ")).unwrap_or(left);
    let considers = ["tờ trình", "theo đề nghị", "theo đề xuất", "xét ", "báo cáo", "đề nghị của", "đề xuất của", "ý kiến thẩm định"]
        .iter()
        .any(|w| left.contains(w));
    if considers || left.trim_start_matches(['-', ' ']).starts_with("xét") { Relation::Considers } else { Relation::BasedOn }
}
