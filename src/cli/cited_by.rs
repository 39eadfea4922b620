//! `cited-by`: who cites a document, each mention with the sentence that proves it.
//!
//! Duty: ask `query`, lay the groups out by citing paper. Not here: who means whom.

use super::args::{CitedBy, Format};
use super::documents;
use super::error::{CommandError, Exit};
use super::mentions;
use super::naming::count;
use super::paint::Text;
use super::session::Session;
use crate::query;
use std::collections::BTreeSet;

/// Answers for each meaning of the reference, the most cited first.
pub(super) fn run(args: &CitedBy, session: &mut Session) -> Result<Exit, CommandError> {
    let reader = session.reader()?;
    let reference = args.of.words();
    let answer = query::cited_by(&reader, &reference)?;
    if session.output.format() == Format::Json {
        session.output.json(&answer)?;
        return Ok(Exit::Done);
    }
    let (tables, output) = (reader.tables(), &mut session.output);
    for (at, group) in answer.groups.iter().enumerate() {
        if at > 0 {
            output.gap()?;
        }
        let papers = group.citations.iter().map(|mention| mention.document.id.as_str()).collect::<BTreeSet<_>>().len() as u64;
        let notes = match group.total as u64 {
            0 => "nobody cites it".to_owned(),
            total => format!("{} in {}", count(total, "mention", "mentions"), count(papers, "paper", "papers")),
        };
        documents::heading(&group.document, &[notes], tables, output)?;
        for paper in group.citations.chunk_by(|one, next| one.document.id == next.document.id) {
            output.gap()?;
            let document = &paper[0].document;
            output.text(&Text::indented(2).strong(documents::cited(document, tables)).dim(format!("  {}", document.id)))?;
            for mention in paper {
                mentions::print(mention, output)?;
            }
        }
    }
    let meanings: Vec<_> = answer.groups.iter().map(|group| (group.document.id.as_str(), group.singled_out_by.as_deref())).collect();
    documents::several_meanings(&reference, &meanings, output)?;
    if let [(id, _)] = meanings[..] {
        output.next_step(&format!("next: vanban lineage {id} · vanban show {id}"))?;
    }
    Ok(Exit::Done)
}
