//! How scores are shown.
//!
//! Duty: the account of a gold set, of a label set, of a marked sample, as text. Not here: counting (`eval`).

use super::error::CommandError;
use super::output::Output;
use super::paint::{Text, Tone};
use super::passage;
use crate::eval::marked::{Marked, Share};
use crate::eval::{Counts, Finding, LabelReport, Report, Sums, Tally};

/// Prints the account of the gold sets.
pub(super) fn gold(report: &Report, output: &mut Output) -> Result<(), CommandError> {
    findings(&report.findings, output)?;
    let sums = &report.sums;
    let [citations, attributes, relations, metadata, tasks, task_fields] = report.scores();
    for (score, judged) in [
        (citations, counted(sums.citations)),
        (attributes, shared(sums.attributes)),
        (relations, shared(sums.relations)),
        (metadata, shared(sums.metadata)),
        (tasks, counted(sums.tasks)),
        (task_fields, shared(sums.task_fields)),
    ] {
        figure(score.0, score.1, &judged, (14, 3), output)?;
    }
    table(output, "by form", report.by_form.iter().map(|(name, counts)| (name, counts.f1(), counted(*counts))))?;
    table(output, "by relation", report.by_relation.iter().map(|(name, tally)| (name, tally.counts().f1(), counted(tally.counts()))))?;
    table(output, "by fact", report.by_fact.iter().map(|(name, tally)| (name, tally.share(), shared(*tally))))?;
    table(output, "by kind of paper (citations)", report.by_kind.iter().map(|(name, sums)| (name, sums.citations.f1(), kind(sums))))
}

/// Prints the account of one label set; `after` when something stands before it.
pub(super) fn labels(report: &LabelReport, after: bool, output: &mut Output) -> Result<(), CommandError> {
    if after {
        output.gap()?;
    }
    findings(&report.findings, output)?;
    let about = if report.left_out > 0 {
        format!("{} units, {} of them not judged", report.units, report.left_out)
    } else {
        format!("{} units", report.units)
    };
    output.text(&Text::default().strong(report.folder.as_str()).dim(format!("  {about}")))?;
    for one in &report.figures {
        figure(one.name, one.score, &format!("{}: {}", shared(one.tally), one.of), (18, 4), output)?;
    }
    for (name, tally) in &report.by_relation {
        output.text(
            &Text::indented(2).plain(name.as_str()).pad_to(18).plain(format!("{:.4}", tally.share())).dim(format!("  {}", shared(*tally))),
        )?;
    }
    Ok(())
}

/// Tells how to see the findings, when they were not shown.
pub(super) fn findings_hint(count: usize, output: &mut Output) -> Result<(), CommandError> {
    if output.verbose() || count == 0 {
        return Ok(());
    }
    output.next_step(&format!("{count} findings; -v shows each in its sentence"))
}

/// Prints the account of a marked sample.
pub(super) fn marked(marked: &Marked, output: &mut Output) -> Result<(), CommandError> {
    for (name, share) in marked.by_form.iter().map(|(name, share)| (name.as_str(), share)).chain([("all", &marked.all)]) {
        let text = Text::default().plain(name).pad_to(10);
        output.text(&match (share.precision, share.interval) {
            (Some(precision), Some((low, high))) => {
                text.strong(format!("{precision:.3}")).plain(format!("  [{low:.3}, {high:.3}]")).dim(format!("  {}", marks(share)))
            }
            _ => text.dim(format!("nothing judged  {}", marks(share))),
        })?;
    }
    output.next_step("precision with its 95 % interval (Wilson)")?;
    if output.verbose() {
        for (id, line) in &marked.wrong {
            output.text(&Text::indented(2).with(Tone::Warn, id.as_str()).dim(format!("  line {line}")))?;
        }
    }
    Ok(())
}

fn marks(share: &Share) -> String {
    let Share { right, judged, not_judged, .. } = share;
    format!("{right} of {judged} right, {not_judged} not judged")
}

/// One line: name, score, what it counts. The scores of label sets are near 1, so they have a figure more.
fn figure(name: &str, score: f64, judged: &str, (wide, digits): (usize, usize), output: &mut Output) -> Result<(), CommandError> {
    output.text(&Text::default().plain(name).pad_to(wide).strong(format!("{score:.digits$}")).dim(format!("  {judged}")))
}

fn table<'a>(output: &mut Output, title: &str, rows: impl Iterator<Item = (&'a String, f64, String)>) -> Result<(), CommandError> {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return Ok(());
    }
    output.gap()?;
    output.text(&Text::default().strong(title))?;
    for (name, score, judged) in rows {
        output.text(&Text::indented(2).plain(name).pad_to(20).plain(format!("{score:.3}")).dim(format!("  {judged}")))?;
    }
    Ok(())
}

fn counted(counts: Counts) -> String {
    let Counts { found, extra, missed } = counts;
    format!("F1; precision {:.3}, recall {:.3}; found {found}, extra {extra}, missed {missed}", counts.precision(), counts.recall())
}

fn shared(tally: Tally) -> String {
    format!("{} of {}", tally.right, tally.judged)
}

fn kind(sums: &Sums) -> String {
    let Sums { papers, citations, attributes, relations, metadata, tasks, .. } = sums;
    format!(
        "{}; attributes {}, relations {}, metadata {}, tasks F1 {:.3}; papers {papers}",
        counted(*citations),
        shared(*attributes),
        shared(*relations),
        shared(*metadata),
        tasks.f1()
    )
}

fn findings(findings: &[Finding], output: &mut Output) -> Result<(), CommandError> {
    if !output.verbose() || findings.is_empty() {
        return Ok(());
    }
    for finding in findings {
        print_finding(finding, output)?;
    }
    output.gap()
}

fn print_finding(finding: &Finding, output: &mut Output) -> Result<(), CommandError> {
    let mut head = Text::default().hanging(4).dim(format!("{}  ", finding.paper)).with(Tone::Warn, finding.what.as_str());
    if let Some(got) = &finding.got {
        head = head.plain(format!("  got {got:?}"));
    }
    if let Some(want) = &finding.want {
        head = head.plain(format!("  want {want:?}"));
    }
    output.text(&head)?;
    let words = finding.text.as_deref().unwrap_or_default();
    match &finding.sentence {
        Some(sentence) => output.text(&Text::indented(4).and(passage::marked(sentence, words, None, false))),
        None if words.is_empty() => Ok(()),
        None => output.text(&Text::indented(4).plain(words)),
    }
}
