//! A table of duties whose cells came as lines: the gazette prints tables, and their text loses the borders.
//!
//! Duty: know the head of such a table by its labels ("STT", "Nội dung", "Cơ quan chủ trì", "Thời gian"), gather the
//! lines of each numbered row and tell which are its bodies and its time. Not here: tables with borders (`task_tables`).
//!
//! A row begins with its number, which counts up and starts anew in each section; a section ("II", "II Hoàn thiện …")
//! only groups rows, and so does a row with parts ("1", then "1.1"). What stands between two pages is skipped: the running head of the gazette, the page number, the
//! head of the table once more, footnotes. The cells of a row are told by what they hold (`task_cells`).

use super::task_cells;
use super::task_draft::Draft;
use super::task_tables;
use super::task_words::{Lexicon, Roles, Word};
use super::tasks::Walk;
use crate::model::{Block, BlockKind, Date, Span, Structure, TaskKind};
use crate::tables::DutyRole;

/// Words of the longest label of a column.
const LONGEST_LABEL: usize = 8;

/// Bytes of the label of the first column ("Số thứ tự"), and of a head whose labels stand in one line.
const FIRST_LABEL: usize = 24;
const LONGEST_HEAD: usize = 400;

/// How the running head of the gazette begins; the page number follows it.
const RUNNING_HEAD: &str = "CÔNG BÁO/";

/// Letters of a cell in capitals ("PTDS") that is no heading.
const LONGEST_CODE: usize = 20;

/// Labels of sections in their order.
const SECTIONS: [&str; 15] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"];

/// Labels of the parts that sections may stand in.
const PARTS: [&str; 6] = ["A", "B", "C", "D", "E", "G"];

/// What groups rows, by its place among its kind.
#[derive(Clone, Copy, Debug)]
enum Section {
    Roman(usize),
    Part(usize),
}

/// The table that is being read.
#[derive(Debug)]
pub(super) struct LineTable {
    annex: usize,
    /// First block after its head.
    body: usize,
    /// The columns of bodies in their order.
    columns: Vec<DutyRole>,
    /// Number of the last row.
    number: usize,
    /// Number of the last part of that row ("1.2"), 0 before the first.
    part: usize,
    /// Sections that began in this part of the table, and parts ("A", "B").
    sections: usize,
    parts: usize,
    /// A section has begun since the last row.
    in_section: bool,
    row: Option<Row>,
}

#[derive(Debug)]
struct Row {
    block: usize,
    cells: Vec<Span>,
    /// A part of a row: "1.2".
    part: bool,
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
                let words = cut(lexicon, &line_of(text, block)[..line_of(text, block).floor_char_boundary(LONGEST_HEAD)]);
                let short = block.kind == BlockKind::Paragraph && words.len() <= LONGEST_LABEL && row_number(text, block).is_none();
                let Some(role) = task_tables::label_within(lexicon, &words).filter(|_| short) else { break };
                roles.push(role);
            }
            roles.extend(told);
            end += 1;
        }
        let has = |role| roles.contains(&role);
        let told =
            has(DutyRole::Lead) && (has(DutyRole::Content) || has(DutyRole::Product)) && (has(DutyRole::Time) || has(DutyRole::With));
        let columns = roles.iter().copied().filter(|role| matches!(role, DutyRole::Lead | DutyRole::With)).collect();
        let annex = first.annex;
        told.then_some(LineTable { annex, body: end, columns, number: 0, part: 0, sections: 0, parts: 0, in_section: false, row: None })
    }

    /// Takes block `at` in, where it is of the table.
    pub(super) fn take(&mut self, lexicon: &Lexicon, text: &str, structure: &Structure, at: usize) -> Part {
        let block = &structure.blocks[at];
        if at < self.body || matches!(block.kind, BlockKind::Furniture | BlockKind::Footnote | BlockKind::Stamp) {
            return Part::Inside;
        }
        let own = matches!(block.kind, BlockKind::Heading | BlockKind::Item | BlockKind::Paragraph);
        if block.annex != self.annex || !own {
            return Part::After;
        }
        let line = line_of(text, block);
        let titled = block.kind == BlockKind::Heading && block.label.is_none();
        let groups = titled && self.groups(text, structure, at);
        let code = || line.chars().count() <= LONGEST_CODE && self.row.is_some();
        if titled && !self.in_section && !groups && !code() {
            return Part::After;
        }
        let after_head = || structure.blocks[..at].last().is_some_and(|last| text[last.span.start..].starts_with(RUNNING_HEAD));
        if line.starts_with(RUNNING_HEAD) || is_number(line) && after_head() {
            return Part::Inside;
        }
        if let Some((group, part, _)) = part_number(text, block)
            && group == self.number
            && (part == self.part + 1 || part == self.part + 2 && self.part > 0)
        {
            // A row with parts only groups them.
            self.row = self.row.take().filter(|row| row.part);
            return Part::NextRow;
        }
        if let Some((number, _)) = row_number(text, block)
            && self.counts(number, is_number(line))
        {
            return Part::NextRow;
        }
        let section = block.label.as_deref().is_some_and(|label| label.chars().all(|c| "IVXLCDABE".contains(c)));
        if section || groups || self.section(line).is_some() {
            // In the main text the next section ends the table; in an annex it groups the rows.
            return if self.annex == 0 && section { Part::After } else { Part::NextRow };
        }
        if let Some(row) = &mut self.row
            && labels(lexicon, text, block).is_empty()
        {
            row.cells.push(Span::new(block.span.start, block.span.end));
        }
        Part::Inside
    }

    /// True when the row with this number comes next; a number that stands alone may pass over one that was lost.
    fn counts(&self, number: usize, alone: bool) -> bool {
        number == self.number + 1 || number == 1 && self.in_section || alone && self.row.is_some() && number == self.number + 2
    }

    /// True for a title in capitals inside the table: the next row stands right below it.
    fn groups(&self, text: &str, structure: &Structure, at: usize) -> bool {
        let next = structure.blocks.get(at + 1).filter(|next| next.annex == self.annex);
        let number = next.and_then(|next| row_number(text, next)).map(|(number, _)| number);
        self.annex > 0 && number.is_some_and(|number| number == 1 || number == self.number + 1)
    }

    /// The section that begins with "III", "III Hoàn thiện …", "B", where it is the next one or the first of a part.
    fn section(&self, line: &str) -> Option<Section> {
        let word = line.split([' ', '.']).next().unwrap_or("");
        let rest = line[word.len()..].trim_start_matches([' ', '.']);
        if !rest.is_empty() && !rest.starts_with(char::is_uppercase) {
            return None;
        }
        let roman = SECTIONS.iter().position(|label| *label == word).filter(|at| *at == self.sections || *at == 0);
        let part = || PARTS.iter().position(|label| *label == word).filter(|at| *at == self.parts);
        roman.map(Section::Roman).or_else(|| part().map(Section::Part))
    }

    /// Ends the row that is being read, and begins the one at block `at`; a section begins none.
    pub(super) fn next_row(&mut self, text: &str, structure: &Structure, at: usize) {
        let block = &structure.blocks[at];
        let row = |body: usize, part: bool| {
            let cell = Span::new(body, block.span.end);
            Some(Row { block: at, cells: if cell.is_empty() { Vec::new() } else { vec![cell] }, part })
        };
        if let Some((_, part, body)) = part_number(text, block).filter(|(group, ..)| *group == self.number) {
            self.part = part;
            self.row = row(body, true);
            return;
        }
        self.row = match row_number(text, block) {
            Some((number, body)) => {
                (self.number, self.part, self.in_section) = (number, 0, false);
                row(body, false)
            }
            None => {
                match self.section(line_of(text, block)) {
                    Some(Section::Roman(at)) => self.sections = at + 1,
                    Some(Section::Part(at)) => (self.parts, self.sections) = (at + 1, 0),
                    None => {}
                }
                self.in_section = true;
                None
            }
        };
    }

    /// The task of the row that was read.
    pub(super) fn finish(&mut self, lexicon: &Lexicon, text: &str, structure: &Structure, anchor: Option<Date>) -> Option<Draft> {
        let row = self.row.take()?;
        let content = row.cells.first()?;
        let cells = task_cells::read(lexicon, text, &row.cells, &self.columns, anchor)?;
        let head: &Block = &structure.blocks[row.block];
        let kind = if cells.values.lead.is_empty() { TaskKind::Policy } else { TaskKind::Assignment };
        let mut draft = Draft::new(head.span.start, content.start, kind, Vec::new());
        draft.span.end = row.cells.last().map_or(content.end, |cell| cell.end);
        (draft.body_end, draft.block) = (Some(cells.content_end), Some(row.block));
        draft.take(cells.values);
        Some(draft)
    }
}

fn line_of<'t>(text: &'t str, block: &Block) -> &'t str {
    &text[block.span.start..block.span.end]
}

/// True for figures alone.
fn is_number(line: &str) -> bool {
    line.len() <= 4 && line.bytes().all(|b| b.is_ascii_digit())
}

/// The number with which a row begins, and where its words begin: its label, "7" alone, "7 Xây dựng …".
fn row_number(text: &str, block: &Block) -> Option<(usize, usize)> {
    if let Some(label) = &block.label {
        return label.parse().ok().map(|number| (number, block.body));
    }
    let line = &text[block.span.start..block.span.end];
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let number = line[..digits].parse().ok().filter(|_| digits <= 3)?;
    let rest = &line[digits..];
    let words = rest.trim_start();
    let spaced = rest.is_empty() || rest.len() > words.len() && words.starts_with(char::is_uppercase) && !is_note(words);
    spaced.then_some((number, block.span.end - words.len()))
}

/// The number of a row's part, "1.2" or "1.2 Xây dựng …": the row, the part, and where its words begin.
fn part_number(text: &str, block: &Block) -> Option<(usize, usize, usize)> {
    let line = line_of(text, block);
    let label = line.split([' ', '\n']).next().unwrap_or(line);
    let (group, part) = label.trim_end_matches('.').split_once('.')?;
    let figures = |figures: &str| figures.parse().ok().filter(|_| figures.len() <= 3);
    let body = block.span.start + label.len();
    Some((figures(group)?, figures(part)?, body + (text[body..block.span.end].len() - text[body..block.span.end].trim_start().len())))
}

/// True for a footnote: it names a paper by its number at once.
fn is_note(words: &str) -> bool {
    let mut first = words.split_whitespace().take(5).skip_while(|word| *word != "số").skip(1);
    first.next().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()))
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
    // "Nhiệm vụ thường xuyên" is the time of a row, though "Nhiệm vụ" heads a column.
    if lexicon.longest(&words, 0, Roles::duty(&[DutyRole::Always])).is_some() {
        return Vec::new();
    }
    let roles = task_tables::labels(lexicon, &words);
    let sparse = words.len() > LONGEST_LABEL * roles.len();
    if sparse { Vec::new() } else { roles }
}

impl Walk<'_> {
    /// Reads a block of a table whose cells came as lines; false where it is of none.
    pub(super) fn in_lines(&mut self, at: usize) -> bool {
        if self.lines.is_none() && self.structure.blocks[at].kind == BlockKind::Paragraph {
            self.lines = LineTable::begins(self.lexicon, self.text, self.structure, at);
        }
        let Some(lines) = &mut self.lines else { return false };
        match lines.take(self.lexicon, self.text, self.structure, at) {
            Part::Inside => true,
            Part::NextRow => {
                let done = lines.finish(self.lexicon, self.text, self.structure, self.anchor);
                lines.next_row(self.text, self.structure, at);
                self.drafts.extend(done);
                true
            }
            Part::After => {
                self.end_lines();
                false
            }
        }
    }

    pub(super) fn end_lines(&mut self) {
        if let Some(mut lines) = self.lines.take() {
            self.drafts.extend(lines.finish(self.lexicon, self.text, self.structure, self.anchor));
            (self.open, self.group) = (None, self.drafts.len());
        }
    }
}
