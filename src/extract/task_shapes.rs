//! What hangs under a block: labelled items, paragraphs, and whether these begin with what is to be done.
//!
//! Duty: the shape of each block, and of the lists that hang together. Not here: what a list means (`tasks`).

use super::task_frames::Reader;
use super::task_tables;
use super::task_words::{COLON, Lexicon, Roles, Word};
use crate::model::{Block, BlockKind, Structure};
use crate::tables::DutyRole;
use std::cell::RefCell;
use std::collections::HashMap;

/// Bytes within which the colon of a field's label stands, and a verb that begins a line.
const LONGEST_LABEL: usize = 80;

/// What hangs under a block.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    /// Labelled lines that are no fields.
    pub(super) items: bool,
    /// Paragraphs or fields.
    pub(super) lines: bool,
    /// Fields that tell a duty and who does it or when: "1. Tên nhiệm vụ: …", "2. Cơ quan chủ trì: …".
    pub(super) duty: bool,
}

/// Fields under a block.
#[derive(Clone, Copy, Debug, Default)]
struct Told {
    /// "Nội dung: …".
    content: bool,
    /// A body or a time.
    value: bool,
}

/// The shape of each block.
pub(super) fn shapes(lexicon: &Lexicon, text: &str, structure: &Structure) -> Vec<Shape> {
    let mut shapes = vec![Shape::default(); structure.blocks.len()];
    let mut told = vec![Told::default(); structure.blocks.len()];
    let mut words = Vec::new();
    for block in &structure.blocks {
        let Some(parent) = block.parent else { continue };
        // "- Đơn vị chủ trì: Sở Y tế" has a bullet and is still a field.
        let labelled = is_labelled(block);
        let field = if labelled || block.kind == BlockKind::Paragraph { field(lexicon, text, block, &mut words) } else { None };
        let shape = &mut shapes[parent];
        told[parent].value |= matches!(field, Some(Field::Value));
        told[parent].content |= labelled && matches!(field, Some(Field::Content));
        shape.items |= labelled && field.is_none();
        shape.lines |= block.kind == BlockKind::Paragraph || labelled && field.is_some();
    }
    // "Nội dung: …" is the duty of the item above only among fields that name a body or a time.
    for (shape, told) in shapes.iter_mut().zip(told) {
        shape.items |= told.content && !told.value;
        shape.duty = told.content && told.value && !shape.items;
    }
    shapes
}

fn is_labelled(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Item | BlockKind::Heading) && block.label.is_some()
}

/// What a line with a label and a colon says of the item above it.
enum Field {
    /// Who, with whom, when.
    Value,
    /// The duty itself: "Nội dung: …".
    Content,
    /// What asks nothing: "Địa điểm: …".
    Note,
}

fn field(lexicon: &Lexicon, text: &str, block: &Block, words: &mut Vec<Word>) -> Option<Field> {
    let line = &text[block.body..block.span.end];
    if !line.bytes().take(LONGEST_LABEL).any(|byte| byte == b':') {
        return None;
    }
    words.clear();
    lexicon.cut(&line[..line.floor_char_boundary(2 * LONGEST_LABEL)], words);
    if task_tables::fields(lexicon, words).first().is_some_and(|field| field.at == 0) {
        return Some(Field::Value);
    }
    let note =
        |role| lexicon.longest(words, 0, Roles::duty(&[role])).is_some_and(|(len, _)| words.get(len).is_some_and(|word| word.id == COLON));
    let filled = !line.ends_with(':');
    match filled {
        true if note(DutyRole::Content) => Some(Field::Content),
        true if note(DutyRole::NotTask) => Some(Field::Note),
        _ => None,
    }
}

/// The block above a list, and whether its items are meant or its paragraphs.
type List = (Option<usize>, bool);

/// Lists of one paper: the labelled children of a block, or its paragraphs. Counted when first asked for.
pub(super) struct Lists {
    /// First of the closing paragraphs: they hang under the last item and are none of its list.
    closing: usize,
    known: RefCell<HashMap<List, (usize, usize)>>,
}

impl Lists {
    pub(super) fn new(closing: usize) -> Self {
        Lists { closing, known: RefCell::default() }
    }

    /// How many lines hang under `parent` (its items, or its paragraphs), and how many begin with a verb.
    pub(super) fn count(&self, lexicon: &Lexicon, text: &str, structure: &Structure, parent: Option<usize>, items: bool) -> (usize, usize) {
        if let Some(known) = self.known.borrow().get(&(parent, items)) {
            return *known;
        }
        let mut words = Vec::new();
        let (mut all, mut verbs) = (0, 0);
        let from = parent.map_or(0, |parent| parent + 1);
        let depth = parent.map_or(0, |parent| structure.blocks[parent].depth);
        for (at, block) in structure.blocks.iter().enumerate().skip(from) {
            if at >= self.closing && block.annex == 0 {
                continue;
            }
            let labelled = is_labelled(block);
            if parent.is_some() && labelled && block.depth <= depth {
                break;
            }
            let counts = if items { labelled } else { block.kind == BlockKind::Paragraph };
            if block.parent != parent || !counts || field(lexicon, text, block, &mut words).is_some() {
                continue;
            }
            let line = &text[block.body..block.span.end];
            words.clear();
            lexicon.cut(&line[..line.floor_char_boundary(LONGEST_LABEL)], &mut words);
            all += 1;
            verbs += usize::from(Reader::new(lexicon, &words).begins_with_verb(&(0..words.len())));
        }
        self.known.borrow_mut().insert((parent, items), (all, verbs));
        (all, verbs)
    }
}
