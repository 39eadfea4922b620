//! Fields and rows on the walk through a paper: of which duties they speak.
//!
//! Duty: give the values of a line of fields to the items that it speaks of, and turn a row of a table into a duty. Not here: what
//! the labels and columns mean (`task_tables`), the rest of the walk (`tasks`).

use super::task_draft::Draft;
use super::task_rules::Line;
use super::task_tables::{self, Columns, Values};
use super::task_words::bytes;
use super::tasks::Walk;
use crate::model::{Block, TaskKind};

impl Walk<'_> {
    /// A line of fields ("Đơn vị chủ trì: Sở Y tế"): speaks of the items since the last such lines.
    pub(super) fn fields(&mut self, line: &Line<'_>) -> bool {
        let fields = task_tables::fields(self.lexicon, line.words);
        // "b) Cơ quan thực hiện:" alone heads the fields under it; "2. Phân công thực hiện:" heads items.
        if fields.first().is_none_or(|field| field.at != 0 || field.value.is_empty() && self.shapes[line.at].items) {
            return false;
        }
        let mut values = Values::default();
        for field in fields.iter().filter(|field| !field.value.is_empty()) {
            values.add(self.lexicon, field.role, bytes(line.words, &field.value).of(line.line), self.anchor);
        }
        let told = if self.in_fields { self.told_from } else { self.told_of(line) };
        (self.in_fields, self.told_from) = (true, told);
        // With a bullet under an item they speak of it alone; as paragraphs after a list of items, of all of them.
        let own = if line.block.label.is_none() {
            0
        } else {
            self.drafts.iter().rev().take_while(|draft| draft.block.is_some() && draft.block == line.block.parent).count()
        };
        let from = if own > 0 { self.drafts.len() - own } else { told };
        for draft in &mut self.drafts[from..] {
            draft.take(values.clone());
        }
        true
    }

    /// First of the drafts that a paragraph of fields speaks of: those since the last such lines, beside the item that it hangs under,
    /// and before it only such as name nobody themselves.
    fn told_of(&self, line: &Line<'_>) -> usize {
        let Some(item) = line.block.parent.filter(|_| line.block.label.is_none()) else { return self.group };
        let bullet = matches!(self.structure.blocks[item].label.as_deref(), Some("-" | "+"));
        let beside = |draft: &Draft| {
            let own = draft.block == Some(item);
            let sibling = draft.block.is_some_and(|at| self.structure.blocks[at].parent == self.structure.blocks[item].parent);
            own || sibling && (bullet || draft.kind == TaskKind::Policy)
        };
        let last = self.drafts.iter().rev().take_while(|draft| beside(draft)).count();
        if last == 0 { self.group } else { self.group.max(self.drafts.len() - last) }
    }

    /// A row of a table: its header, or one task.
    pub(super) fn row(&mut self, row: &Block) {
        self.open = None;
        let Some(columns) = &mut self.columns else {
            self.columns = Columns::read(self.lexicon, self.text, row);
            return;
        };
        if columns.refine(self.lexicon, self.text, row) {
            return;
        }
        let Some((content, values)) = columns.row(self.lexicon, self.text, row, self.anchor) else { return };
        let body = row.cells.iter().find(|cell| cell.of(self.text).trim() == content).map_or(row.span.start, |cell| cell.start);
        let kind = if values.lead.is_empty() { TaskKind::Policy } else { TaskKind::Assignment };
        let mut draft = Draft::new(row.span.start, body, kind, Vec::new());
        (draft.span, draft.body_end) = (row.span, Some(body + content.len()));
        draft.take(values);
        self.drafts.push(draft);
        self.group = self.drafts.len();
    }
}
