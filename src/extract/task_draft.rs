//! A task in the making: opened at its first sentence, filled by later sentences, fields and cells.
//!
//! Not here: where a task begins and ends (`tasks`).

use super::task_frames::Strength;
use super::task_tables::Values;
use crate::model::{Citation, Span, Structure, Task, TaskKind};

/// A task in the making.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) span: Span,
    /// Where its words begin, after the label.
    pub(super) body: usize,
    /// Where they end, where that is before the end of the span (a cell of a row).
    pub(super) body_end: Option<usize>,
    /// Block whose path labels it; none for the closing paragraphs.
    pub(super) block: Option<usize>,
    pub(super) kind: TaskKind,
    pub(super) assignees: Vec<String>,
    pub(super) coordinators: Vec<String>,
    pub(super) values: Values,
    pub(super) report_to: Option<String>,
}

impl Draft {
    /// A task whose span begins at `start` and whose words begin at `body`.
    pub(super) fn new(start: usize, body: usize, kind: TaskKind, assignees: Vec<String>) -> Self {
        Draft {
            span: Span::new(start, start),
            body,
            body_end: None,
            block: None,
            kind,
            assignees,
            coordinators: Vec::new(),
            values: Values::default(),
            report_to: None,
        }
    }

    pub(super) fn finish(self, text: &str, structure: &Structure, citations: &[Citation]) -> Task {
        let first = citations.partition_point(|citation| citation.span.start < self.span.start);
        let inside = citations[first..].iter().take_while(|citation| citation.span.start < self.span.end).count();
        Task {
            span: self.span,
            label: self.block.map(|block| structure.path(block)).filter(|label| !label.is_empty()),
            text: in_one_line(&text[self.body..self.body_end.unwrap_or(self.span.end)]),
            kind: self.kind,
            assignees: self.assignees,
            coordinators: self.coordinators,
            due: self.values.due,
            recurrence: self.values.recurrence,
            report_to: self.report_to,
            citations: (first..first + inside).collect(),
        }
    }

    /// True when `bodies` are already in duty here, by whatever part of their names. A subject goes on when its first
    /// body does; an order must name nobody new.
    pub(super) fn is_on(&self, bodies: &[String], strength: Strength) -> bool {
        let alike = |a: &str, b: &str| {
            let (a, b) = (a.to_lowercase(), b.to_lowercase());
            a.contains(&b) || b.contains(&a)
        };
        let judged = if strength == Strength::Explicit { bodies } else { &bodies[..1] };
        judged.iter().all(|body| self.assignees.iter().any(|known| alike(known, body)))
    }

    /// True when `bodies` are one of several that were named together: what the next sentence asks is asked of that one alone.
    pub(super) fn is_one_of(&self, bodies: &[String]) -> bool {
        bodies.len() == 1 && self.assignees.len() > 1 && self.assignees.contains(&bodies[0])
    }

    /// Gives a duty that is nobody's yet to `bodies`; false where it is somebody's.
    pub(super) fn led_by(&mut self, bodies: &[String]) -> bool {
        let open = self.kind == TaskKind::Policy && self.assignees.is_empty();
        if open {
            (self.kind, self.assignees) = (TaskKind::Assignment, bodies.to_vec());
        }
        open
    }

    /// Adds what fields or cells say; a body named there comes before the addressee of the lead-in.
    pub(super) fn take(&mut self, values: Values) {
        if !values.lead.is_empty() && self.kind == TaskKind::Policy {
            self.assignees.clear();
            self.kind = TaskKind::Assignment;
        }
        for (mine, told) in [(&mut self.assignees, values.lead), (&mut self.coordinators, values.with)] {
            for name in told {
                if !mine.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
                    mine.push(name);
                }
            }
        }
        if values.due.is_some() {
            self.values.due = values.due;
        }
        if values.recurrence.is_some() {
            self.values.recurrence = values.recurrence;
        }
    }
}

/// Words of several lines or cells as one line.
fn in_one_line(words: &str) -> String {
    if !words.contains('\n') {
        return words.trim().to_owned();
    }
    words.lines().map(str::trim).filter(|line| !line.is_empty() && *line != "|").collect::<Vec<_>>().join(" ")
}
