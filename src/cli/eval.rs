//! `eval`: precision, recall and F1 against a gold set.
//!
//! Duty: read the papers of the gold set, print the account. Not here: the rules of judging (`eval`).

use super::args::{Eval, Format};
use super::error::{CommandError, Exit};
use super::extract::source_facts;
use super::output::Output;
use super::paint::{Text, Tone};
use super::passage;
use super::session::Session;
use crate::eval::{Answer, Counts, Finding, Floors, Report, Tally, gold, gold_table, score};
use crate::extract::Extractor;
use crate::model::{Error, ErrorKind, Stage};
use serde_json::{Map, Value, json};

/// Judges every paper of the gold set.
pub(super) fn run(args: &Eval, session: &mut Session) -> Result<Exit, CommandError> {
    let floors = match &args.floors {
        None => Floors::default(),
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|error| Error::io(Stage::Open, &error).at(path))?;
            Floors::parse(&text).map_err(|why| CommandError::usage(format!("{}: {why}", path.display()), "one score a line"))?
        }
    };
    let (gold_dir, docs) = gold::folders(&args.gold, args.docs.as_deref());
    let mut golds = gold::load(&gold_dir)?;
    let tables = session.tables()?;
    let extractor = Extractor::new(&tables);
    let pool = session.pool(1)?;
    let mut answers: Vec<Answer> = Vec::new();
    for gold in &mut golds {
        let path = docs.join(&gold.file);
        let answer = pool.read(&path).map_err(|error| error.to_string()).map(|file| {
            let extraction = extractor.extract(&file.raw, source_facts(&path, &file));
            (file.raw.text, extraction)
        });
        if gold.table
            && let Ok((text, _)) = &answer
        {
            gold_table::locate(gold, text).map_err(|why| Error::new(Stage::Read, ErrorKind::Malformed(why)).at(&path))?;
        }
        answers.push(answer);
    }
    let report = score(golds.iter().zip(&answers));
    match session.output.format() {
        Format::Json => session.output.json(&as_json(&report))?,
        Format::Text => print(&report, &mut session.output)?,
    }
    let broken = floors.broken(&report);
    for (name, got, floor) in &broken {
        session.output.complaint(&Text::default().with(Tone::Bad, "under its floor: ").plain(format!("{name} {got:.3} < {floor:.3}")))?;
    }
    Ok(if broken.is_empty() { Exit::Done } else { Exit::Failed })
}

fn as_json(report: &Report) -> Value {
    let scores: Map<String, Value> = report.scores().into_iter().map(|(name, score)| (name.to_owned(), json!(score))).collect();
    json!({"schema": "vanban.eval/1", "scores": scores, "counts": report})
}

fn print(report: &Report, output: &mut Output) -> Result<(), CommandError> {
    if output.verbose() {
        for finding in &report.findings {
            print_finding(finding, output)?;
        }
        output.gap()?;
    }
    let [citations, attributes, relations, metadata, tasks, task_fields] = report.scores();
    for ((name, score), judged) in [
        (citations, counted(report.citations)),
        (attributes, shared(report.attributes)),
        (relations, shared(report.relations)),
        (metadata, shared(report.metadata)),
        (tasks, counted(report.tasks)),
        (task_fields, shared(report.task_fields)),
    ] {
        output.text(&Text::default().plain(name).pad_to(14).strong(format!("{score:.3}")).dim(format!("  {judged}")))?;
    }
    table(output, "by form", report.by_form.iter().map(|(name, counts)| (name, counts.f1(), counted(*counts))))?;
    table(output, "by relation", report.by_relation.iter().map(|(name, tally)| (name, tally.share(), shared(*tally))))?;
    table(output, "by fact", report.by_fact.iter().map(|(name, tally)| (name, tally.share(), shared(*tally))))?;
    if !output.verbose() && !report.findings.is_empty() {
        output.next_step(&format!("{} findings; -v shows each in its sentence", report.findings.len()))?;
    }
    Ok(())
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
