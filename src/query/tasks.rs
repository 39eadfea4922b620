//! `tasks`: duties by document, assignee and day.

use super::citations::Known;
use super::{Catalogue, QueryError, reference, view};
use crate::model::Date;
use crate::store::TaskMark;
use crate::tables::fold;
use std::collections::HashMap;

/// Which tasks are asked for (all conditions hold together), in what order, and which part of the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskQuestion {
    /// Only tasks of the meanings of this reference.
    pub reference: Option<String>,
    /// Words that one assignee must have, with or without marks: "uy ban kiem tra".
    pub assignee: Option<String>,
    /// The due day is earlier.
    pub due_before: Option<Date>,
    /// The due day is later.
    pub due_after: Option<Date>,
    /// The due day has passed on this day.
    pub overdue_on: Option<Date>,
    /// Only those that recur.
    pub recurring: bool,
    /// What stands first.
    pub order: TaskOrder,
    /// Which part.
    pub page: view::Page,
}

/// The order of a list of tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TaskOrder {
    /// By due day, those without one last.
    #[default]
    Due,
    /// By the first body that leads, those for all first; then by due day.
    Body,
    /// By paper, the newest first, in the order of its text.
    Paper,
}

/// Tasks of every meaning of the reference, or of all documents; `total` counts those of all parts.
pub fn tasks(cat: &impl Catalogue, question: &TaskQuestion) -> Result<view::Tasks, QueryError> {
    let found = question.reference.as_deref().map(|text| reference::find(cat, text)).transpose()?;
    let ids: Option<Vec<String>> = found.as_ref().map(|found| found.nodes.iter().map(|node| node.id.clone()).collect());
    let mut marks = cat.task_marks(ids.as_deref())?;
    keep(&mut marks, question);
    sort(&mut marks, question.order);
    let total = marks.len();
    let shown = marks.iter().skip(question.page.offset).take(question.page.limit.unwrap_or(total));
    let rows = cat.tasks_at(&shown.map(|mark| mark.key).collect::<Vec<_>>())?;
    let known = Known::read(cat, rows.iter().map(|row| row.node.clone()))?;
    let tasks = rows.into_iter().filter_map(|row| Some(view::TaskItem { document: known.document(&row.node)?, task: row.task })).collect();
    let query = view::TasksQuery {
        reference: found.map(|found| found.reading),
        assignee: question.assignee.clone(),
        due_before: question.due_before,
        due_after: question.due_after,
        overdue_on: question.overdue_on,
    };
    Ok(view::Tasks { schema: "vanban.tasks/1", query, total, tasks })
}

fn keep(marks: &mut Vec<TaskMark>, question: &TaskQuestion) {
    let wanted: Vec<String> = question.assignee.as_deref().map(words).unwrap_or_default();
    // A body is named in many tasks.
    let mut fits: HashMap<String, bool> = HashMap::new();
    marks.retain(|mark| {
        let before = |limit: Option<Date>| limit.is_none_or(|limit| mark.due.is_some_and(|day| day < limit));
        before(question.due_before)
            && before(question.overdue_on)
            && question.due_after.is_none_or(|limit| mark.due.is_some_and(|day| day > limit))
            && (mark.recurs || !question.recurring)
            && (wanted.is_empty() || mark.assignees.iter().any(|body| has(&mut fits, body, &wanted)))
    });
}

fn has(known: &mut HashMap<String, bool>, body: &str, wanted: &[String]) -> bool {
    if let Some(fits) = known.get(body) {
        return *fits;
    }
    let has = words(body);
    let fits = wanted.iter().all(|word| has.contains(word));
    known.insert(body.to_owned(), fits);
    fits
}

fn sort(marks: &mut [TaskMark], order: TaskOrder) {
    marks.sort_unstable_by(|a, b| {
        let key = |mark: &TaskMark| (mark.due.is_none(), mark.due, mark.issued);
        key(a).cmp(&key(b)).then_with(|| a.node.cmp(&b.node)).then(a.key.cmp(&b.key))
    });
    match order {
        TaskOrder::Due => {}
        TaskOrder::Body => marks.sort_by_cached_key(|mark| mark.assignees.first().map(|body| fold::slug(body))),
        TaskOrder::Paper => marks.sort_by(|a, b| (b.issued, &a.node, a.key).cmp(&(a.issued, &b.node, b.key))),
    }
}

fn words(text: &str) -> Vec<String> {
    fold::bare(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
