//! Paragraphs of another paper that a text quotes: "Điều 103 của Luật Hải quan số 54/2014/QH13 quy định như sau: “Điều 103. …”".
//!
//! Duty: which blocks stand in such a quotation, and which paper is quoted. What they do to others is done by that paper (Pháp lệnh
//! 01/2012/UBTVQH13: a consolidated text quotes how each amending paper takes effect). Not here: quotation marks within a sentence.

use super::mention::Mention;
use super::stated::is_numbered;
use crate::model::{BlockKind, NormText, Structure};
use crate::tables::fold;

/// Blocks of one quotation; what no mark closes is none.
const LONGEST: usize = 80;
/// Blocks above a quotation in which its paper is named.
const REACH: usize = 3;

/// For each block of a quotation the mention of the paper that is quoted, if one is named above.
#[derive(Debug, Default)]
pub(super) struct Quotations {
    blocks: Vec<(std::ops::Range<usize>, Option<usize>)>,
}

impl Quotations {
    /// Finds the quotations of a paper; `mentions` in the order of the text.
    pub(super) fn find(norm: &NormText, structure: &Structure, mentions: &[Mention]) -> Self {
        let blocks = &structure.blocks;
        let words = |at: usize| norm.text[blocks[at].body.min(blocks[at].span.end)..blocks[at].span.end].trim();
        let opens = |at: usize| words(at).starts_with('“') && !closes(words(at));
        let mut out = Vec::new();
        let mut at = 1;
        while at < blocks.len() {
            let led = || {
                (0..at).rev().take(REACH).find(|at| blocks[*at].kind != BlockKind::Furniture).filter(|at| words(*at).ends_with("như sau:"))
            };
            if let Some(lead) = Some(at).filter(|at| opens(*at)).and_then(|_| led())
                && let Some(end) = (at..blocks.len()).take(LONGEST).find(|at| closes(words(*at)))
            {
                let paper = mentions.iter().position(|mention| mention.block == lead && is_numbered(mention));
                out.push((at..end + 1, paper));
                at = end;
            }
            at += 1;
        }
        Quotations { blocks: out }
    }

    /// The paper that block `at` is quoted from, `Some(None)` where it is not named; `None` outside of quotations.
    pub(super) fn of(&self, at: usize) -> Option<Option<usize>> {
        self.blocks.iter().find(|(range, _)| range.contains(&at)).map(|(_, paper)| *paper)
    }
}

/// "Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật A số X đã được sửa đổi theo Luật số Y, Luật B số Z": true for the laws that are
/// amended, which bear their names; `words`: the sentence up to the end of the citation's number.
pub(super) fn is_amended(words: &str) -> bool {
    let named = |words: &str| words.rfind("luật ").is_some_and(|at| !words[at + "luật ".len()..].starts_with("số "));
    words.contains("ban hành Luật sửa đổi") && named(&fold::lower(words))
}

/// True for words that end a quotation: "… có hiệu lực.”.".
fn closes(words: &str) -> bool {
    words.trim_end_matches(['.', ';', ',', ' ']).ends_with('”')
}
