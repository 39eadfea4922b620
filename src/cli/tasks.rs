//! `tasks`: who has what to do, and by when.
//!
//! Duty: ask `query`, lay the tasks out by document. Not here: recognising tasks, the lines of one task (`facts`).

use super::args::{Format, Tasks};
use super::documents;
use super::error::{CommandError, Exit};
use super::facts;
use super::naming::count;
use super::output::Output;
use super::paint::Text;
use super::session::Session;
use crate::export::{self, Excel};
use crate::query::{self, TaskQuestion, view};
use crate::tables::Tables;

/// Lists the tasks of one document, or of all.
pub(super) fn run(args: &Tasks, session: &mut Session) -> Result<Exit, CommandError> {
    let reader = session.reader()?;
    let reference = args.reference.join(" ");
    let question = TaskQuestion {
        reference: (!reference.is_empty()).then_some(reference),
        assignee: args.assignee.clone(),
        due_before: args.due_before,
        due_after: args.due_after,
        overdue_on: args.overdue_on,
        ..TaskQuestion::default()
    };
    let answer = query::tasks(&reader, &question)?;
    match session.output.format() {
        Format::Json => session.output.json(&answer)?,
        Format::Csv => session.output.verbatim(&export::tasks_csv(&answer, Excel::No))?,
        Format::Ics => {
            let stamp = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
            session.output.verbatim(&export::tasks_ics(&answer, &stamp))?;
        }
        Format::Xlsx => {
            let book = export::tasks_xlsx(&answer);
            let book =
                book.map_err(|error| CommandError::with_hint(format!("no workbook: {error}"), "narrow the list, or take --format csv"))?;
            session.output.bytes(&book)?;
        }
        _ => return listed(&answer, reader.tables(), &mut session.output),
    }
    Ok(Exit::Done)
}

/// The tasks for a person, by document.
fn listed(answer: &view::Tasks, tables: &Tables, output: &mut Output) -> Result<Exit, CommandError> {
    for of_one in answer.tasks.chunk_by(|one, next| one.document.id == next.document.id) {
        let document = &of_one[0].document;
        let notes = count(of_one.len() as u64, "task", "tasks");
        documents::heading(document, &[notes], tables, output)?;
        for row in of_one {
            facts::duty(&row.task, output)?;
        }
        output.gap()?;
    }
    let dated = answer.tasks.iter().filter(|row| row.task.due.as_ref().is_some_and(|due| due.date.is_some())).count();
    let line = format!("{}, {dated} with a day", count(answer.total as u64, "task", "tasks"));
    output.text(&Text::default().strong(line))?;
    if answer.total == 0 {
        output.next_step("try fewer words in --assignee, or `vanban tasks` alone for all")?;
    } else {
        output.next_step("next: --assignee \"Ủy ban Kiểm tra\" · --due-before 2025-12-31 · --overdue-on 2025-06-30")?;
    }
    Ok(Exit::Done)
}
