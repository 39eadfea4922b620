//! Who has what to do: filters, grouped by body or by paper, files to keep.

use super::document::{Head, head};
use super::shown::{Doc, Pager, day_of, quotation};
use super::{Frame, rendered};
use crate::export::{self, Excel};
use crate::model::{Date, Task};
use crate::query::{self, TaskOrder, TaskQuestion, view};
use crate::tables::fold;
use crate::web::api;
use crate::web::asked::{Asked, Kind, Param};
use crate::web::fault::Fault;
use crate::web::route::Answer;
use askama::Template;
use std::collections::BTreeMap;

pub(super) const PARAMS: &[Param] = &[
    Param::new("ref", Kind::Text, "only tasks of this document"),
    Param::new("assignee", Kind::Text, "words of the body"),
    Param::new("due_after", Kind::Day, "due later than this day"),
    Param::new("due_before", Kind::Day, "due earlier than this day"),
    Param::new("overdue_on", Kind::Day, "due day passed on this day"),
    Param::new("recurring", Kind::Flag, "only those that recur"),
    Param::new("group", Kind::Word(&["due", "body", "paper"]), "what stands together"),
    Param::new("cursor", Kind::Number(usize::MAX), "where the page begins"),
];
/// Tasks a page.
const ROWS: usize = 60;

#[derive(Template)]
#[template(path = "tasks.html")]
struct Page {
    f: Frame,
    total: String,
    groups: Vec<Group>,
    pager: Pager,
    fields: [(&'static str, &'static str, String); 5],
    recurring: bool,
    group: String,
    /// Only what falls due from today on.
    coming: String,
    orders: Vec<(&'static str, String, bool)>,
    files: Vec<(&'static str, String)>,
}

/// Tasks under one heading; without one where the list is by day.
struct Group {
    name: String,
    doc: Option<Doc>,
    rows: Vec<Row>,
}

/// A task.
pub(super) struct Row {
    /// Place in its document, for links.
    number: usize,
    doc: Doc,
    label: String,
    text: String,
    bodies: Vec<String>,
    with: Vec<String>,
    due: String,
    iso: String,
    due_words: String,
    again: String,
    report_to: String,
    late: bool,
    policy: bool,
    copy: String,
}

fn row(task: &Task, number: usize, doc: &Doc, today: Date) -> Row {
    let due = task.due.as_ref();
    let day = due.and_then(|due| due.date);
    let label = task.label.clone().unwrap_or_default();
    Row {
        number,
        copy: quotation(&task.text, &label, doc),
        doc: doc.clone(),
        label,
        text: task.text.clone(),
        bodies: task.assignees.clone(),
        with: task.coordinators.clone(),
        due: day.map(day_of).unwrap_or_default(),
        iso: day.map(|day| day.to_string()).unwrap_or_default(),
        due_words: due.map(|due| due.text.clone()).unwrap_or_default(),
        again: task.recurrence.as_ref().map(|again| again.text.clone()).unwrap_or_default(),
        report_to: task.report_to.clone().unwrap_or_default(),
        late: day.is_some_and(|day| day < today),
        policy: task.assignees.is_empty(),
    }
}

/// The whole list, for files to keep.
fn answer(asked: &Asked<'_>) -> Result<view::Tasks, Fault> {
    Ok(query::tasks(asked.reader, &api::task_question(asked))?)
}

pub(super) fn page(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let (params, lang) = (asked.params, asked.lang);
    let order = params.get("group").unwrap_or("due").to_owned();
    let by = match order.as_str() {
        "body" => TaskOrder::Body,
        "paper" => TaskOrder::Paper,
        _ => TaskOrder::Due,
    };
    let offset = params.number("cursor").unwrap_or(0);
    let question = TaskQuestion { order: by, page: view::Page { limit: Some(ROWS), offset }, ..api::task_question(asked) };
    let view::Tasks { total, tasks: shown, .. } = query::tasks(asked.reader, &question)?;
    let pager = Pager::new(asked, offset, shown.len(), total, ROWS);
    let today = jiff::Zoned::now().date();
    let numbers = numbers(asked, &shown)?;
    let mut groups: Vec<Group> = Vec::new();
    for item in &shown {
        let doc = Doc::of(&item.document, asked.reader.tables());
        let (name, head) = match order.as_str() {
            "body" => (item.task.assignees.first().cloned().unwrap_or_else(|| lang.of("task.all").to_owned()), None),
            "paper" => (doc.id.clone(), Some(doc.clone())),
            _ => (String::new(), None),
        };
        let number = numbers.get(&(item.document.id.as_str(), item.task.span.start)).copied().unwrap_or(0);
        let row = row(&item.task, number, &doc, today);
        match groups.last_mut().filter(|group| fold::slug(&group.name) == fold::slug(&name)) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { name, doc: head, rows: vec![row] }),
        }
    }
    let field = |name: &'static str, key: &'static str| (name, key, params.text(name).unwrap_or_default());
    let orders = ["due", "body", "paper"].map(|word| {
        let key = match word {
            "body" => "tasks.by_body",
            "paper" => "tasks.by_paper",
            _ => "tasks.by_due",
        };
        (key, format!("/tasks{}", params.with(&[("group", word), ("cursor", "")])), order == word)
    });
    let files = ["xlsx", "csv", "ics"].map(|ending| (ending, format!("/tasks.{ending}{}", params.with(&[("group", ""), ("cursor", "")]))));
    rendered(&Page {
        f: Frame::of(asked, "tasks", lang.of("nav.tasks")),
        total: lang.count("tasks.total", total as u64),
        groups,
        pager,
        fields: [
            field("assignee", "tasks.assignee"),
            field("ref", "tasks.ref"),
            field("due_after", "tasks.after"),
            field("due_before", "tasks.before"),
            field("overdue_on", "tasks.overdue"),
        ],
        recurring: params.flag("recurring"),
        group: order.clone(),
        coming: {
            let yesterday = today.yesterday().unwrap_or(today).to_string();
            format!("/tasks{}", params.with(&[("due_after", yesterday.as_str()), ("due_before", ""), ("overdue_on", ""), ("cursor", "")]))
        },
        orders: orders.into(),
        files: files.into(),
    })
}

/// The place of each shown task among the tasks of its document.
fn numbers<'a>(asked: &Asked<'_>, shown: &'a [view::TaskItem]) -> Result<BTreeMap<(&'a str, usize), usize>, Fault> {
    let mut ids: Vec<&str> = shown.iter().map(|item| item.document.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut numbers = BTreeMap::new();
    for id in ids {
        for (number, row) in asked.reader.tasks(&[id.to_owned()])?.into_iter().enumerate() {
            numbers.insert((id, row.task.span.start), number);
        }
    }
    Ok(numbers)
}

#[derive(Template)]
#[template(path = "document_tasks.html")]
struct OfDocument {
    f: Frame,
    h: Head,
    rows: Vec<Row>,
    pager: Pager,
    query: String,
}

/// The tasks of one document, in the order of its text.
pub(super) fn of_document(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let (h, node) = head(asked, "tasks")?;
    let all = asked.reader.tasks(std::slice::from_ref(&node.id))?;
    let (total, offset) = (all.len(), asked.params.number("cursor").unwrap_or(0));
    let today = jiff::Zoned::now().date();
    let many = ROWS * 5;
    let rows: Vec<Row> =
        all.iter().enumerate().skip(offset).take(many).map(|(number, one)| row(&one.task, number, &h.doc, today)).collect();
    let pager = Pager::new(asked, offset, rows.len(), total, many);
    let title = format!("{} · {}", asked.lang.of("tab.tasks"), h.doc.name);
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("ref", &node.id).finish();
    rendered(&OfDocument { f: Frame::of(asked, "", title), h, rows, pager, query })
}

pub(super) fn csv(asked: &Asked<'_>) -> Result<Answer, Fault> {
    Ok(Answer::file("text/csv; charset=utf-8", export::tasks_csv(&answer(asked)?, Excel::Yes), "tasks.csv"))
}

pub(super) fn ics(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let stamp = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
    Ok(Answer::file("text/calendar; charset=utf-8", export::tasks_ics(&answer(asked)?, &stamp), "tasks.ics"))
}

pub(super) fn xlsx(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let bytes = export::tasks_xlsx(&answer(asked)?).map_err(Fault::internal)?;
    Ok(Answer::file("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes, "tasks.xlsx"))
}
