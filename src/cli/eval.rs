//! `eval`: gold sets, label sets, and a blind sample of the index.
//!
//! Duty: read the papers of the sets, have them judged, hold the scores to their floors; write and score a sample; write
//! the decisions of persons as a set.
//! Not here: the rules of judging (`eval`), the look of the account (`scores`).

use super::args::{Eval, Format, Ocr};
use super::error::{CommandError, Exit};
use super::output::Output;
use super::paint::{Text, Tone};
use super::scores;
use super::session::Session;
use crate::eval::sets::{self, Set};
use crate::eval::{Answer, Floors, Gold, LabelReport, Report, gold, gold_table, marked, resolution, sample, score};
use crate::extract::Extractor;
use crate::model::{Error, ErrorKind, Stage};
use crate::source::{Pool, walk};
use crate::tables::Tables;
use serde_json::{Map, Value, json};
use std::path::Path;

/// Judges every set of the folders, or deals with a sample.
pub(super) fn run(args: &Eval, session: &mut Session) -> Result<Exit, CommandError> {
    if args.export_decisions {
        return export(args.docs.as_deref(), session);
    }
    match (args.sample, &args.score) {
        (Some(size), _) => draw(size, args.seed, session),
        (_, Some(file)) => mark(file, session),
        _ => judge(args, session),
    }
}

fn judge(args: &Eval, session: &mut Session) -> Result<Exit, CommandError> {
    let floors = match &args.floors {
        None => Floors::default(),
        Some(path) => {
            Floors::parse(&text_of(path)?).map_err(|why| CommandError::usage(format!("{}: {why}", path.display()), "one score a line"))?
        }
    };
    let mut found = Vec::new();
    for dir in &args.dirs {
        let (sets, others) = sets::find(dir)?;
        found.extend(sets);
        for other in others {
            session.output.message(&Text::default().dim(format!("{}: neither a gold set nor a label set; left out", other.display())))?;
        }
    }
    let tables = session.tables()?;
    let extractor = Extractor::new(&tables);
    let pool = session.pool(1, Ocr::Never)?;
    let (mut golds, mut answers, mut labels): (Vec<Gold>, Vec<Answer>, Vec<LabelReport>) = Default::default();
    for set in found {
        match set {
            Set::Gold(dir) => {
                let (gold_dir, docs) = gold::folders(&dir, args.docs.as_deref());
                for mut gold in gold::load(&gold_dir)? {
                    let path = docs.join(&gold.file);
                    answers.push(answer(&mut gold, &path, &extractor, &pool)?);
                    golds.push(gold);
                }
            }
            Set::Resolution(dir) => labels.push(resolved(&dir, args.docs.as_deref(), &tables, &extractor, &pool, &mut session.output)?),
            Set::Labels(dir, set) => labels.push(set.judge(&tables, &extractor, &dir.display().to_string())),
        }
    }
    let report = (!golds.is_empty()).then(|| score(golds.iter().zip(&answers)));
    let gold_scores = report.iter().flat_map(Report::scores);
    let all: Vec<(&str, f64)> =
        gold_scores.chain(labels.iter().flat_map(|set| set.figures.iter().map(|figure| (figure.name, figure.score)))).collect();
    match session.output.format() {
        Format::Json => session.output.json(&as_json(&all, report.as_ref(), &labels))?,
        _ => {
            if let Some(report) = &report {
                scores::gold(report, &mut session.output)?;
            }
            for (at, set) in labels.iter().enumerate() {
                scores::labels(set, report.is_some() || at > 0, &mut session.output)?;
            }
            scores::findings_hint(
                report.iter().map(|one| one.findings.len()).chain(labels.iter().map(|set| set.findings.len())).sum(),
                &mut session.output,
            )?;
        }
    }
    let broken = floors.broken(&all);
    for (name, got, floor) in &broken {
        let words = match got {
            Some(got) => format!("{name} {got:.4} < {floor}"),
            None => format!("{name} was not measured; name the folder of its set too"),
        };
        session.output.complaint(&Text::default().with(Tone::Bad, "under its floor: ").plain(words))?;
    }
    Ok(if broken.is_empty() { Exit::Done } else { Exit::Failed })
}

/// What the program makes of the paper of a gold record, whose spans are looked up where it is a table.
fn answer(gold: &mut Gold, path: &Path, extractor: &Extractor, pool: &Pool) -> Result<Answer, CommandError> {
    let answer = pool.read(path).map_err(|error| error.to_string()).map(|file| {
        let extraction = extractor.extract(&file.raw, file.facts(path.display().to_string()));
        (file.raw.text, extraction)
    });
    if gold.table
        && let Ok((text, _)) = &answer
    {
        gold_table::locate(gold, text).map_err(|why| Error::new(Stage::Read, ErrorKind::Malformed(why)).at(path))?;
    }
    Ok(answer)
}

/// Resolves all papers of a folder and judges what the tables of `dir` say of their mentions.
fn resolved(
    dir: &Path,
    docs: Option<&Path>,
    tables: &Tables,
    extractor: &Extractor,
    pool: &Pool,
    output: &mut Output,
) -> Result<LabelReport, CommandError> {
    let mut rows = Vec::new();
    for path in resolution::tables(dir)? {
        let found = resolution::parse(&text_of(&path)?).map_err(|why| Error::new(Stage::Read, ErrorKind::Malformed(why)).at(&path))?;
        rows.extend(found);
    }
    let (_, docs) = gold::folders(dir, docs);
    let mut papers = Vec::new();
    for found in walk(std::slice::from_ref(&docs)) {
        match pool.read(&found.path) {
            Ok(file) => {
                let extraction = extractor.extract(&file.raw, file.facts(found.path.display().to_string()));
                let below = found.path.strip_prefix(&docs).unwrap_or(&found.path);
                papers.push((below.to_string_lossy().into_owned(), (file.raw.text, extraction)));
            }
            Err(error) => output.message(&Text::default().dim(format!("left out: {error}")))?,
        }
    }
    let judged = resolution::judge(tables, &rows, &papers, &dir.display().to_string());
    Ok(judged.map_err(|why| Error::new(Stage::Read, ErrorKind::Malformed(why)).at(dir))?)
}

fn as_json(all: &[(&str, f64)], report: Option<&Report>, labels: &[LabelReport]) -> Value {
    let scores: Map<String, Value> = all.iter().map(|(name, score)| ((*name).to_owned(), json!(score))).collect();
    json!({"schema": "vanban.eval/1", "scores": scores, "counts": report, "labels": labels})
}

/// Writes the decisions in force as a table.
fn export(docs: Option<&Path>, session: &mut Session) -> Result<Exit, CommandError> {
    let reader = session.reader()?;
    let file_of = |id: &str| Ok(reader.copies(id)?.into_iter().find_map(|copy| copy.paths.into_iter().next()));
    let table = resolution::decided(&reader.decisions()?, docs, file_of)?;
    session.output.verbatim(&table)?;
    Ok(Exit::Done)
}

/// Writes a sample of the index as a table.
fn draw(size: usize, seed: u64, session: &mut Session) -> Result<Exit, CommandError> {
    let reader = session.reader()?;
    let rows = sample::draw(&reader, size, seed)?;
    if rows.len() < size {
        let words = format!("the index has {} citations, so all of them are drawn", rows.len());
        session.output.message(&Text::default().dim(words))?;
    }
    match session.output.format() {
        Format::Json => {
            session.output.json(&json!({"schema": "vanban.sample/1", "query": {"size": size, "seed": seed}, "citations": rows}))?
        }
        _ => session.output.verbatim(&sample::table(&rows))?,
    }
    Ok(Exit::Done)
}

/// Counts the marks of a sample.
fn mark(file: &Path, session: &mut Session) -> Result<Exit, CommandError> {
    let marked = marked::read(&text_of(file)?)
        .map_err(|why| CommandError::with_hint(format!("{}: {why}", file.display()), "save the table as tab-separated text in UTF-8"))?;
    match session.output.format() {
        Format::Json => session.output.json(&json!({"schema": "vanban.marked/1", "counts": marked}))?,
        _ => scores::marked(&marked, &mut session.output)?,
    }
    Ok(Exit::Done)
}

fn text_of(path: &Path) -> Result<String, CommandError> {
    Ok(std::fs::read_to_string(path).map_err(|error| Error::io(Stage::Open, &error).at(path))?)
}
