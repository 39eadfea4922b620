//! The shape of one document. Spans count in the normal text, except in [`OutlineEntry`].

use super::Span;
use serde::{Deserialize, Serialize};

/// What a line of the normal text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Letterhead: superior body, issuing body, motto, number, place and date.
    Letterhead,
    /// The type word and the subject.
    Title,
    /// A line of the "Căn cứ …" block between title and body.
    Basis,
    /// A heading with nothing to do in it ("II. NHIỆM VỤ, GIẢI PHÁP", "Điều 1. Phạm vi").
    Heading,
    /// A numbered, lettered or bulleted item.
    Item,
    /// Running text.
    Paragraph,
    /// One row of a table, cells parted by `|` lines in the normal text.
    TableRow,
    /// The text of a footnote.
    Footnote,
    /// Authority, position and name under the text.
    Signature,
    /// A line of "Nơi nhận".
    Recipients,
    /// The stamp of a digital signature.
    Stamp,
    /// Running heads, page numbers, rules.
    Furniture,
}

/// One line (or table row) of the normal text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands, in the normal text, label included.
    pub span: Span,
    /// Where its words begin, after the label.
    pub body: usize,
    /// What it is.
    pub kind: BlockKind,
    /// Its own label: "III", "2", "a", "-", "(i)", "Điều 5".
    pub label: Option<String>,
    /// Nesting, 0 for the outermost labelled level; an unlabelled paragraph has the depth of the item that it
    /// belongs to plus one.
    pub depth: usize,
    /// Index of the block that this one hangs under.
    pub parent: Option<usize>,
    /// Number of the annex it stands in, 0 for the main text.
    pub annex: usize,
    /// For a table row, its cells; else empty.
    pub cells: Vec<Span>,
}

/// A footnote and the mark that leads to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footnote {
    /// The mark, as plain digits or a star.
    pub label: String,
    /// Where its text stands.
    pub span: Span,
    /// Byte offset of the mark in the running text, where found.
    pub mark: Option<usize>,
}

/// The shape of one document.
#[derive(Clone, Debug, Default)]
pub struct Structure {
    /// All lines in the order of the text; blocks do not overlap.
    pub blocks: Vec<Block>,
    /// Footnotes.
    pub footnotes: Vec<Footnote>,
    /// Lines of the letterhead, cell by cell (left cell wholly before right cell).
    pub letterhead: Vec<Span>,
    /// The type word ("CHỈ THỊ") in the title block.
    pub type_word: Option<Span>,
    /// Lines of the subject, the type word left out.
    pub title: Vec<Span>,
    /// Lines of the signature blocks, one list a signer.
    pub signatures: Vec<Vec<Span>>,
    /// Lines of "Nơi nhận", the words "Nơi nhận" left out.
    pub recipients: Vec<Span>,
    /// Stamp lines of a digital signature.
    pub stamps: Vec<Span>,
}

impl Structure {
    /// Index of the block that holds the byte offset `at` of the normal text.
    pub fn block_at(&self, at: usize) -> Option<usize> {
        let i = self.blocks.partition_point(|block| block.span.start <= at).checked_sub(1)?;
        (at <= self.blocks[i].span.end).then_some(i)
    }

    /// The path of labels that leads to a block, "II.1.a"; bullets are left out.
    pub fn path(&self, index: usize) -> String {
        let mut labels: Vec<&str> = Vec::new();
        let mut at = Some(index);
        while let Some(i) = at {
            let block = &self.blocks[i];
            if let Some(label) = &block.label
                && label.chars().any(char::is_alphanumeric)
            {
                // "8.1" under "8" bears the outer number already.
                let told = labels.last().is_some_and(|inner| inner.strip_prefix(label.as_str()).is_some_and(|rest| rest.starts_with('.')));
                if !told {
                    labels.push(label);
                }
            }
            at = block.parent;
        }
        labels.reverse();
        labels.join(".")
    }
}

/// A heading of the outline, as `extract` shows it. Span counts in the raw text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutlineEntry {
    /// "III".
    pub label: String,
    /// "Tổ chức thực hiện".
    pub heading: String,
    /// Where the heading stands.
    pub span: Span,
}
