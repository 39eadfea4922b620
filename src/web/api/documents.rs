//! What is asked of one document.

use super::{CURSOR, LIMIT, json, rows};
use crate::query::{self, Direction, Paged, TaskQuestion};
use crate::web::asked::{Asked, Kind, Param};
use crate::web::fault::Fault;
use crate::web::route::Answer;

pub(super) const CITES: &[Param] = &[Param::new("named", Kind::Flag, "also mentions by name only, \"Luật Đất đai\""), LIMIT, CURSOR];
pub(super) const CITED_BY: &[Param] = &[LIMIT, CURSOR];
pub(super) const LINEAGE: &[Param] = &[
    Param::new("direction", Kind::Word(&["down", "up", "both"]), "to what implements it, to what it implements, or both, which is usual"),
    Param::new("depth", Kind::Number(1_000), "at most so many steps"),
    Param::new("as_of", Kind::Day, "as it stood on this day"),
];
pub(super) const COVERAGE: &[Param] = &[Param::new("as_of", Kind::Day, "the provinces of this day; of the document's own day unless told")];

/// Every meaning of a reference.
pub(super) fn find(asked: &Asked<'_>) -> Result<Answer, Fault> {
    json(&query::show(asked.reader, asked.params.get("ref").unwrap_or_default())?)
}

pub(super) fn show(asked: &Asked<'_>) -> Result<Answer, Fault> {
    json(&query::show(asked.reader, &asked.node()?.id)?)
}

pub(super) fn text(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let text = asked.reader.text(paper(asked)?)?.unwrap_or_default();
    Ok(Answer::new("text/plain; charset=utf-8", text))
}

pub(super) fn extraction(asked: &Asked<'_>) -> Result<Answer, Fault> {
    json(&asked.reader.extraction(paper(asked)?)?)
}

pub(super) fn cites(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let mut answer = query::cites(asked.reader, &asked.node()?.id, asked.params.flag("named"))?;
    let next = rows(asked).cut(&mut answer.groups);
    json(&Paged { answer, next })
}

pub(super) fn cited_by(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let mut answer = query::cited_by(asked.reader, &asked.node()?.id)?;
    let part = rows(asked);
    let next = answer.groups.first_mut().and_then(|group| part.cut(&mut group.citations));
    json(&Paged { answer, next })
}

pub(super) fn lineage(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let depth = asked.params.number("depth").and_then(|depth| u32::try_from(depth).ok());
    let direction = asked.params.get("direction").and_then(Direction::parse).unwrap_or_default();
    json(&query::lineage(asked.reader, &asked.node()?.id, direction, depth, asked.params.day("as_of"))?)
}

pub(super) fn tasks(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let part = rows(asked);
    let question = TaskQuestion { reference: Some(asked.node()?.id.clone()), page: part.page(), ..TaskQuestion::default() };
    let answer = query::tasks(asked.reader, &question)?;
    let next = part.next(answer.tasks.len(), answer.total);
    json(&Paged { answer, next })
}

pub(super) fn coverage(asked: &Asked<'_>) -> Result<Answer, Fault> {
    json(&query::coverage(asked.reader, &asked.node()?.id, asked.params.day("as_of"))?)
}

fn paper(asked: &Asked<'_>) -> Result<i64, Fault> {
    let node = asked.node()?;
    let hint = "it is only cited; cited-by tells where";
    node.papers.first().copied().ok_or_else(|| Fault::not_found(format!("{}: no paper of it is in this index", node.id)).hint(hint))
}
