//! One paper's extraction, for a person.
//!
//! Duty: heading, citations with their sentences, tasks, warnings. Not here: JSON, reading.

use super::error::CommandError;
use super::naming::{Name, count, day, thousands};
use super::output::Output;
use super::paint::{Text, Tone};
use super::passage;
use crate::model::{Citation, DocumentFacts, Extraction, Task};
use crate::tables::Tables;

/// Column at which the values of the heading begin.
const VALUES: usize = 10;

/// Prints the whole extraction.
pub(super) fn print(extraction: &Extraction, tables: &Tables, output: &mut Output) -> Result<(), CommandError> {
    heading(extraction, tables, output)?;
    if !extraction.citations.is_empty() {
        output.gap()?;
        output.text(&Text::default().strong("Citations").dim(format!("  {}", extraction.citations.len())))?;
        for citation in &extraction.citations {
            cited(citation, output)?;
        }
    }
    for stated in &extraction.stated_relations {
        let words = format!("{} {} {}", stated.from_number, stated.relation.as_str(), stated.to_number);
        output.text(&Text::indented(2).dim("it states: ").plain(words))?;
    }
    if !extraction.tasks.is_empty() {
        output.gap()?;
        output.text(&Text::default().strong("Tasks").dim(format!("  {}", extraction.tasks.len())))?;
        for task in &extraction.tasks {
            duty(task, output)?;
        }
    }
    for part in extraction.parts.iter().skip(1) {
        let name = name(&part.document, &extraction.source.path).cited(tables);
        output.text(&Text::default().dim(format!("a further paper, from byte {}: ", part.span.start)).plain(name))?;
    }
    for warning in &extraction.warnings {
        output.text(&Text::default().with(Tone::Warn, "warning: ").plain(&warning.message))?;
    }
    Ok(())
}

/// The document that these facts describe, as one cites it.
pub(super) fn name<'a>(facts: &'a DocumentFacts, path: &'a str) -> Name<'a> {
    Name {
        kind: facts.kind.as_deref(),
        number: facts.number.as_deref(),
        date: facts.date,
        issuer: facts.issuer.as_ref().map(|issuer| issuer.name.as_str()),
        province: facts.province.as_deref(),
        title: facts.title.as_deref(),
        id: facts.id.as_deref().unwrap_or(path),
    }
}

fn heading(extraction: &Extraction, tables: &Tables, output: &mut Output) -> Result<(), CommandError> {
    let (facts, source) = (&extraction.document, &extraction.source);
    output.text(&Text::default().strong(name(facts, &source.path).cited(tables)))?;
    if let Some(title) = &facts.title {
        output.text(&Text::indented(2).plain(title))?;
    }
    let mut field = |label: &str, value: String| output.text(&Text::indented(2).hanging(2 + VALUES).dim(label).pad_to(VALUES).plain(value));
    for signer in &facts.signers {
        let parts = [Some(signer.name.clone()), signer.position.clone(), signer.authority.clone()];
        field("signed", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))?;
    }
    if let Some(term) = &facts.term {
        field("term", term.clone())?;
    }
    if !facts.recipients.is_empty() {
        field("sent to", facts.recipients.join("; "))?;
    }
    let pages = source.pages.map(|pages| count(u64::from(pages), "page", "pages"));
    let size = format!("{} bytes", thousands(source.bytes));
    field(
        "file",
        [Some(source.path.clone()), Some(source.media_type.clone()), pages, Some(size)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · "),
    )
}

fn cited(citation: &Citation, output: &mut Output) -> Result<(), CommandError> {
    let number = citation.number.clone().unwrap_or_else(|| citation.text.clone());
    let notes = [
        Some(citation.relation.as_str().to_owned()),
        Some(citation.form.as_str().to_owned()),
        citation.date.map(|date| format!("ngày {}", day(date))),
        citation.issuer.clone(),
        citation.section.as_ref().map(|section| format!("section {section}")),
        citation.footnote.as_ref().map(|footnote| format!("footnote {footnote}")),
    ];
    let notes = notes.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    output.text(&Text::indented(2).hanging(6).strong(number).dim(format!("  {notes}")))?;
    let sentence = passage::marked(&citation.sentence, &citation.text, Some(citation.sentence_at), output.verbose());
    output.text(&Text::indented(6).and(sentence))
}

/// Prints one task: who, what, by when.
pub(super) fn duty(task: &Task, output: &mut Output) -> Result<(), CommandError> {
    let who = if task.assignees.is_empty() { "(nobody named)".to_owned() } else { task.assignees.join("; ") };
    let label = task.label.as_ref().map_or(String::new(), |label| format!("{label}  "));
    let mut head = Text::indented(2).hanging(6).dim(label).strong(who);
    if !task.coordinators.is_empty() {
        head = head.plain(format!(" with {}", task.coordinators.join("; ")));
    }
    if let Some(due) = &task.due {
        // The day is told where the words do not hold it: "trong quý II/2023 (30/6/2023)".
        let date = due.date.map(day).filter(|written| !due.text.contains(written.trim_start_matches('0')));
        let date = date.map_or(String::new(), |written| format!(" ({written})"));
        head = head.with(Tone::Warn, format!("  {}{date}", due.text));
    }
    if let Some(recurrence) = &task.recurrence {
        head = head.with(Tone::Warn, format!("  {}", recurrence.text));
    }
    if let Some(body) = &task.report_to {
        head = head.dim(format!("  reports to {body}"));
    }
    output.text(&head)?;
    output.text(&Text::indented(6).and(passage::marked(&task.text, "", None, output.verbose())))
}
