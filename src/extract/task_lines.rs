//! A table of duties whose cells came as lines: the gazette prints tables, and their text loses the borders.
//!
//! Duty: know the head of such a table by its labels ("STT", "Nội dung", "Cơ quan chủ trì", "Thời gian"), gather the
//! lines of each numbered row and tell which are its bodies and its time. Not here: tables with borders (`task_tables`).
//!
//! A cell may be parted into several lines or glued to the one before it, so columns are told by what they hold: the
//! first line is the duty, the first body leads, the next takes part, the last line is the time.

use super::deadlines;
use super::task_bodies;
use super::task_draft::Draft;
use super::task_tables::{self, Values};
use super::task_words::{COMMA, Lexicon, Roles, Word, bytes};
use crate::model::{Block, BlockKind, Date, Span, Structure, TaskKind};
use crate::tables::{BodyRole, DutyRole};

/// Words of the longest label of a column.
const LONGEST_LABEL: usize = 8;

/// Bytes of the label of the first column ("Số thứ tự"), and of a head whose labels stand in one line.
const FIRST_LABEL: usize = 24;
const LONGEST_HEAD: usize = 400;

/// The table that is being read.
#[derive(Debug)]
pub(super) struct LineTable {
    annex: usize,
    /// First block after its head.
    body: usize,
    /// Number of the last row.
    number: usize,
    row: Option<Row>,
}

#[derive(Debug)]
struct Row {
    block: usize,
    cells: Vec<Span>,
}

/// What a block is to the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Of the table; it was taken in.
    Inside,
    /// Begins a row: the row before it is done.
    NextRow,
    /// After the table.
    After,
}

impl LineTable {
    /// The table whose head begins at block `at`.
    pub(super) fn begins(lexicon: &Lexicon, text: &str, structure: &Structure, at: usize) -> Option<LineTable> {
        let first = &structure.blocks[at];
        let line = &text[first.span.start..first.span.end];
        let numbers = || {
            let words = cut(lexicon, &line[..line.floor_char_boundary(FIRST_LABEL)]);
            lexicon.longest(&words, 0, Roles::duty(&[DutyRole::OrderNumber])).is_some()
        };
        if first.kind != BlockKind::Paragraph || line.len() > LONGEST_HEAD || !numbers() {
            return None;
        }
        let mut roles = Vec::new();
        let mut end = at;
        for block in &structure.blocks[at..] {
            let told = if block.kind == BlockKind::Paragraph { labels(lexicon, text, block) } else { Vec::new() };
            if told.is_empty() {
                break;
            }
            roles.extend(told);
            end += 1;
        }
        let has = |role| roles.contains(&role);
        let told =
            has(DutyRole::Lead) && (has(DutyRole::Content) || has(DutyRole::Product)) && (has(DutyRole::Time) || has(DutyRole::With));
        told.then_some(LineTable { annex: first.annex, body: end, number: 0, row: None })
    }

    /// Takes block `at` in, where it is of the table.
    pub(super) fn take(&mut self, lexicon: &Lexicon, text: &str, structure: &Structure, at: usize) -> Part {
        let block = &structure.blocks[at];
        if at < self.body || matches!(block.kind, BlockKind::Furniture | BlockKind::Footnote | BlockKind::Stamp) {
            return Part::Inside;
        }
        let own = matches!(block.kind, BlockKind::Heading | BlockKind::Item | BlockKind::Paragraph);
        if block.annex != self.annex || !own || block.kind == BlockKind::Heading && block.label.is_none() {
            return Part::After;
        }
        let number = block.label.as_deref().and_then(|label| label.parse().ok());
        if number == Some(self.number + 1) {
            return Part::NextRow;
        }
        let section = block.label.as_deref().is_some_and(|label| label.chars().all(|c| "IVXLCDABE".contains(c)));
        if section {
            // In the main text the next section ends the table; in an annex it groups the rows.
            return if self.annex == 0 { Part::After } else { Part::NextRow };
        }
        if let Some(row) = &mut self.row
            && labels(lexicon, text, block).is_empty()
        {
            row.cells.push(Span::new(block.span.start, block.span.end));
        }
        Part::Inside
    }

    /// Ends the row that is being read, and begins the one at block `at`; a section begins none.
    pub(super) fn next_row(&mut self, structure: &Structure, at: usize) {
        let block = &structure.blocks[at];
        let number: Option<usize> = block.label.as_deref().and_then(|label| label.parse().ok());
        self.row = number.map(|number| {
            self.number = number;
            let cell = Span::new(block.body, block.span.end);
            Row { block: at, cells: if cell.is_empty() { Vec::new() } else { vec![cell] } }
        });
    }

    /// The task of the row that was read.
    pub(super) fn finish(&mut self, lexicon: &Lexicon, text: &str, structure: &Structure, anchor: Option<Date>) -> Option<Draft> {
        let row = self.row.take()?;
        let (content, rest) = row.cells.split_first()?;
        let mut values = Values::default();
        let mut cells: Vec<&str> = rest.iter().map(|cell| cell.of(text).trim()).collect();
        if let Some(at) = cells.iter().rposition(|cell| is_time(lexicon, cell)) {
            values.add(lexicon, DutyRole::Time, cells[at], anchor);
            cells.truncate(at);
        }
        let mut body_end = content.end;
        let mut columns = [DutyRole::Lead, DutyRole::With].into_iter();
        if let Some(tail) = glued(lexicon, content.of(text)) {
            values.add(lexicon, DutyRole::Lead, &content.of(text)[tail..], anchor);
            body_end = content.start + tail;
            columns.next();
        }
        let mut cells = cells.into_iter();
        for role in columns {
            let Some(mut value) = cells.by_ref().find(|cell| begins_with_body(lexicon, cell)).map(str::to_owned) else { break };
            while goes_on(lexicon, &value)
                && let Some(next) = cells.next()
            {
                value.push(' ');
                value.push_str(next);
            }
            values.add(lexicon, role, &value, anchor);
        }
        if values == Values::default() {
            return None;
        }
        let head: &Block = &structure.blocks[row.block];
        let kind = if values.lead.is_empty() { TaskKind::Policy } else { TaskKind::Assignment };
        let mut draft = Draft::new(head.span.start, content.start, kind, Vec::new());
        draft.span.end = row.cells.last().map_or(content.end, |cell| cell.end);
        (draft.body_end, draft.block) = (Some(body_end), Some(row.block));
        draft.take(values);
        Some(draft)
    }
}

fn cut(lexicon: &Lexicon, text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    lexicon.cut(text, &mut words);
    words
}

/// The columns that a line names; none for a line that says anything else.
fn labels(lexicon: &Lexicon, text: &str, block: &Block) -> Vec<DutyRole> {
    let line = &text[block.span.start..block.span.end];
    let words = cut(lexicon, &line[..line.floor_char_boundary(400)]);
    let roles = task_tables::labels(lexicon, &words);
    let sparse = words.len() > LONGEST_LABEL * roles.len();
    if sparse { Vec::new() } else { roles }
}

fn is_time(lexicon: &Lexicon, cell: &str) -> bool {
    let words = cut(lexicon, cell);
    let always = (0..words.len()).any(|at| lexicon.longest(&words, at, Roles::duty(&[DutyRole::Always])).is_some());
    words.len() <= 20 && (always || deadlines::names_period(cell) || deadlines::every(cell).is_some())
}

fn begins_with_body(lexicon: &Lexicon, cell: &str) -> bool {
    task_bodies::list(lexicon, &cut(lexicon, cell), 0).is_some()
}

/// Where the body begins that was glued to the end of the duty: "… theo lộ trình phù hợp **Bộ Y tế**".
fn glued(lexicon: &Lexicon, content: &str) -> Option<usize> {
    let words = cut(lexicon, content);
    let heads = Roles::body(&[BodyRole::Name, BodyRole::Noun]);
    (1..words.len()).find_map(|at| {
        let begins = words[at].capital && words[at - 1].is_letters() && !words[at - 1].capital;
        let named = begins && lexicon.longest(&words, at, heads).is_some();
        let linked = lexicon.longest(&words, at - 1, Roles::body(&[BodyRole::Link])).is_some();
        let ends = || task_bodies::list(lexicon, &words, at).is_some_and(|bodies| bodies.end == words.len());
        (named && !linked && ends()).then(|| bytes(&words, &(at..at + 1)).start)
    })
}

/// True when a cell ends within a name: with a comma, a word that joins, a verb, or the head of a name.
fn goes_on(lexicon: &Lexicon, cell: &str) -> bool {
    let words = cut(lexicon, cell);
    let Some(last) = words.last() else { return false };
    let at = words.len() - 1;
    let ends = |mask| lexicon.longest(&words, at, mask).is_some();
    // "các cấp" ends a name although "cấp" is a verb as well.
    let noun = Roles::body(&[BodyRole::Generic, BodyRole::Tail, BodyRole::Name]);
    let named = at > 0 && lexicon.longest(&words, at - 1, noun).is_some_and(|(len, _)| len == 2);
    let joins = !named && ends(Roles::body(&[BodyRole::Link]).and(Roles::duty(&[DutyRole::Join, DutyRole::Verb])));
    let head = last.capital && ends(Roles::body(&[BodyRole::Noun]));
    let listed = at > 0 && words[at - 1].id == COMMA;
    last.id == COMMA || joins || head && listed
}
