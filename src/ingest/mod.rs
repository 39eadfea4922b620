//! The writing side: from a folder of files to a store, again and again.
//!
//! Duty: compare what is there with what is known (`plan`), read and extract what is new on all cores, put it into the
//! store in durable batches (`pipeline`), resolve, and say what happened to each file (`report`); go on with what changes
//! (`watch`). The only place with threads. Not here: reading a file, extracting, resolving, storing; printing.
//!
//! A file that vanished from an ingested folder is `removed`: its facts leave the answers with this ingest, as a user of
//! `git` or `ripgrep` would expect. Files outside of the given roots are left alone, unless `prune` is set: then those
//! that exist no more are removed too. A folder that cannot be listed removes nothing.

mod pipeline;
mod plan;
mod report;
mod settle;
mod watch;

pub use report::{FileOutcome, Outcome, Report, SCHEMA};
pub use watch::{Stopper, Watch};

use crate::extract::Extractor;
use crate::model::{Error, ErrorKind, Stage};
use crate::resolve;
use crate::source::{Found, Limits, Pool, look, reach, walk};
use crate::store::{FileRow, Filed, Reader, Writer, absolute, path_of};
use crate::tables::Tables;
use plan::Plan;
use std::collections::{BTreeMap, HashMap};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What to ingest, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// Files and folders.
    pub roots: Vec<PathBuf>,
    /// Folder of the store.
    pub index: PathBuf,
    /// Folder with the user's table rows; else `tables/` in a root, else the rows that the store keeps.
    pub tables: Option<PathBuf>,
    /// Threads, at least one.
    pub jobs: usize,
    /// Only tell what would be done: nothing is read beyond the hashes, nothing is written.
    pub dry_run: bool,
    /// Forget files outside of the roots too, when they exist no more.
    pub prune: bool,
    /// What one file may cost.
    pub limits: Limits,
    /// Program and arguments of a reader process.
    pub reader: (PathBuf, Vec<OsString>),
}

/// Hears how far the work has come. Called from one thread.
pub trait Progress: Sync {
    /// All files were found.
    fn found(&self, files: u64, bytes: u64);
    /// A file is done; what is told here is durable.
    fn done(&self, path: &Path, outcome: &FileOutcome);
    /// A part of the work begins: `find`, `read`, `resolve`.
    fn stage(&self, name: &str);
}

/// Hears nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn found(&self, _files: u64, _bytes: u64) {}
    fn done(&self, _path: &Path, _outcome: &FileOutcome) {}
    fn stage(&self, _name: &str) {}
}

/// Ingests files. One bad file is one line of the report; an error is about the whole run (a root that is not there, the
/// store is locked, foreign or full), and what was told as done before stays done.
pub fn run(options: &Options, progress: &dyn Progress) -> Result<Report, Error> {
    let begun = Begun::now();
    progress.stage("find");
    options.roots.iter().try_for_each(|root| reach(root))?;
    let found = walk(&options.roots);
    let tables = overlay(options)?;
    ingest(begun, options, tables, progress, |_, known| Scope { found, roots: options.roots.clone(), known, asked: Asked::Roots })
}

/// Takes only the files of the store that were rejected, whatever was known of them; `options.roots` is not looked at. One that is
/// gone is forgotten, and told as removed. Fails with `NoIndex` when nothing was ingested yet, else as [`run`] does.
pub fn retry(options: &Options, progress: &dyn Progress) -> Result<Report, Error> {
    Reader::open(&options.index)?;
    let tables = options.tables.as_ref().map_or(Ok(None), |_| overlay(options))?;
    ingest(Begun::now(), options, tables, progress, |progress, mut known| {
        progress.stage("find");
        let mut roots = Vec::new();
        for row in known.values_mut() {
            let Err(refusal) = &mut row.state else { continue };
            refusal.again = true;
            let path = path_of(&row.path, row.bytes.as_deref());
            // As it was given, where that leads to the same file from here.
            let shown = PathBuf::from(&row.shown);
            roots.push(if absolute(&shown) == path { shown } else { path });
        }
        Scope { found: look(&roots, &[]), roots, known, asked: Asked::Rejected }
    })
}

/// Takes only what is now at these paths, which are below `options.roots`; what is gone from there is removed.
pub fn take(options: &Options, paths: &[PathBuf], progress: &dyn Progress) -> Result<Report, Error> {
    let begun = Begun::now();
    progress.stage("find");
    let found = look(paths, &options.roots);
    ingest(begun, options, None, progress, |_, known| Scope { found, roots: paths.to_vec(), known, asked: Asked::Paths })
}

/// What a run looks at.
struct Scope {
    found: Vec<Found>,
    /// Where it looked: what is known below and was not found is gone.
    roots: Vec<PathBuf>,
    /// What is known of each path.
    known: BTreeMap<String, FileRow>,
    asked: Asked,
}

/// What was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Asked {
    /// Everything under the roots.
    #[default]
    Roots,
    /// Rejected files once more; then one that is gone is told.
    Rejected,
    /// Single paths; then to find nothing is not worth a row among the runs.
    Paths,
}

/// When a run began.
struct Begun(Instant, String);

impl Begun {
    fn now() -> Begun {
        Begun(Instant::now(), now())
    }
}

fn ingest(
    Begun(clock, started): Begun,
    options: &Options,
    tables: Option<Tables>,
    progress: &dyn Progress,
    scope: impl FnOnce(&dyn Progress, BTreeMap<String, FileRow>) -> Scope,
) -> Result<Report, Error> {
    if options.dry_run {
        let (files, papers) = match Reader::open(&options.index) {
            Ok(reader) => (reader.files()?, reader.papers()?),
            Err(error) if error.kind == ErrorKind::NoIndex => (BTreeMap::new(), HashMap::new()),
            Err(error) => return Err(error),
        };
        let plan = Plan::new(options, scope(progress, files), &papers, 1);
        progress.found(plan.files.len() as u64, plan.total_bytes());
        return Ok(plan.foretell().finish(started, clock.elapsed(), &HashMap::new(), &BTreeMap::new()));
    }
    let mut writer = Writer::open(&options.index, tables, options.jobs)?;
    let scope = scope(progress, writer.files()?);
    let asked = scope.asked;
    let plan = Plan::new(options, scope, &writer.papers()?, writer.next_paper()?);
    progress.found(plan.files.len() as u64, plan.total_bytes());
    let report = work(options, &mut writer, plan, progress)?;
    let report = report.finish(started, clock.elapsed(), &writer.nodes_of_papers()?, &writer.parts()?);
    if asked != Asked::Paths || !report.files.is_empty() {
        writer.put_run(&report.run())?;
    }
    writer.close()?;
    Ok(report)
}

fn work(options: &Options, writer: &mut Writer, plan: Plan, progress: &dyn Progress) -> Result<report::Draft, Error> {
    let mut again = Vec::new();
    if writer.is_outdated() {
        let parts = writer.parts()?;
        again.extend(plan.kept.iter().flat_map(|paper| std::iter::once(paper).chain(parts.get(paper).into_iter().flatten())));
        writer.put_again();
    }
    progress.stage("read");
    let (program, args) = options.reader.clone();
    let pool = Pool::new(program, args, options.jobs.max(1), options.limits.clone());
    let tables = writer.tables().clone();
    let extractor = Extractor::new(&tables);
    let kit = pipeline::Kit { tables: &tables, extractor: &extractor, pool: &pool, index: &options.index };
    let changes = plan.changes_papers() || writer.is_outdated() || writer.needs_resolving()?;
    let mut draft = report::Draft::default();
    let put = pipeline::run(&kit, options.jobs.max(1), &plan, &again, writer, &mut draft, progress)?;
    // From here to `finish` is one batch: files change what they hold together with the graph.
    for row in &put.changed {
        writer.put_file(row)?;
    }
    plan.settle(writer, &mut draft)?;
    if changes || put.papers > 0 {
        progress.stage("resolve");
        writer.finish(resolve::resolve)?;
    } else {
        writer.commit()?;
    }
    draft.tell_rest(progress);
    Ok(draft)
}

/// The tables to use, `None` for those of the store: a folder that was named, or `tables/` in a root.
fn overlay(options: &Options) -> Result<Option<Tables>, Error> {
    if let Some(dir) = &options.tables {
        if !dir.is_dir() {
            let missing = std::io::Error::from(std::io::ErrorKind::NotFound);
            return Err(Error::io(Stage::Open, &missing).at(dir));
        }
        return Tables::with_overlay(dir).map(Some);
    }
    let mut texts = Vec::new();
    for root in &options.roots {
        texts.extend(Tables::with_overlay(&root.join("tables"))?.overlay);
    }
    if texts.is_empty() { Ok(None) } else { Tables::with_texts(texts).map(Some) }
}

/// Keeps a person's decisions on what mentions mean, and resolves anew: each of `citations` means `target`, or, without one,
/// the last decision on it is taken back. What was decided before, in the order of `citations`; `None` for one that nobody knows.
///
/// Fails with `NoIndex` when nothing was ingested yet, and with `Locked` while an ingest is running.
pub fn decide(index: &Path, citations: &[String], target: Option<&str>) -> Result<Vec<Option<Filed>>, Error> {
    let mut writer = Writer::open(index, None, 1)?;
    let at = now();
    let filed = citations.iter().map(|citation| writer.decide(&at, citation, target)).collect::<Result<_, _>>()?;
    writer.finish(resolve::resolve)?;
    writer.close()?;
    Ok(filed)
}

/// The time, UTC, ISO 8601 to the second.
fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Path as given of a found file, as text.
fn shown(found: &Found) -> String {
    crate::store::path_text(&found.path)
}
