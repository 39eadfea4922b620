//! `tasks`: duties by document, assignee and day.

use super::citations::Known;
use super::{Catalogue, QueryError, reference, view};
use crate::model::{Date, Task};
use crate::tables::fold;

/// Which tasks are asked for; all conditions hold together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskFilter {
    /// Words that one assignee must have, with or without marks: "uy ban kiem tra".
    pub assignee: Option<String>,
    /// The due day is earlier.
    pub due_before: Option<Date>,
    /// The due day is later.
    pub due_after: Option<Date>,
    /// The due day has passed on this day.
    pub overdue_on: Option<Date>,
}

/// Tasks of every meaning of `reference`, or of all documents; by due day, those without one last.
pub fn tasks(cat: &impl Catalogue, reference: Option<&str>, filter: &TaskFilter) -> Result<view::Tasks, QueryError> {
    let found = reference.map(|text| reference::find(cat, text)).transpose()?;
    let ids: Option<Vec<String>> = found.as_ref().map(|found| found.nodes.iter().map(|node| node.id.clone()).collect());
    let words: Vec<String> = filter.assignee.as_deref().map(words).unwrap_or_default();
    let mut rows = cat.tasks(ids.as_deref())?;
    rows.retain(|row| matches(&row.task, filter, &words));
    let known = Known::read(cat, rows.iter().map(|row| row.node.clone()))?;
    let mut tasks: Vec<view::TaskItem> =
        rows.into_iter().filter_map(|row| Some(view::TaskItem { document: known.document(&row.node)?, task: row.task })).collect();
    tasks.sort_by(|a, b| {
        let key = |item: &view::TaskItem| {
            let due = due(&item.task);
            (due.is_none(), due, item.document.date, item.document.id.clone(), item.task.span)
        };
        key(a).cmp(&key(b))
    });
    let query = view::TasksQuery {
        reference: found.map(|found| found.reading),
        assignee: filter.assignee.clone(),
        due_before: filter.due_before,
        due_after: filter.due_after,
        overdue_on: filter.overdue_on,
    };
    Ok(view::Tasks { schema: "vanban.tasks/1", query, total: tasks.len(), tasks })
}

fn due(task: &Task) -> Option<Date> {
    task.due.as_ref().and_then(|due| due.date)
}

fn matches(task: &Task, filter: &TaskFilter, wanted: &[String]) -> bool {
    let day = due(task);
    let before = |limit: Option<Date>| limit.is_none_or(|limit| day.is_some_and(|day| day < limit));
    let assigned = wanted.is_empty()
        || task.assignees.iter().any(|assignee| {
            let has = words(assignee);
            wanted.iter().all(|word| has.contains(word))
        });
    assigned
        && before(filter.due_before)
        && before(filter.overdue_on)
        && filter.due_after.is_none_or(|limit| day.is_some_and(|day| day > limit))
}

fn words(text: &str) -> Vec<String> {
    fold::bare(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
