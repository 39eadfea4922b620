//! New papers through the floors: read and extracted on several threads, put into the store by one.
//!
//! Duty: bounded queues (memory stays small however many files there are), durable batches, and no file that stops the
//! run: an error or a panic is that file's rejection. Which thread takes which file changes nothing: ids come from the
//! plan. Not here: deciding what to read (`plan`).

use super::Progress;
use super::plan::{Group, Plan, refusal, taken};
use super::report::Draft;
use crate::extract::Extractor;
use crate::model::{Error, ErrorKind, Extraction, NormText, RawText, SourceFacts, Stage};
use crate::source::Pool;
use crate::store::{FileRow, Reader, Refusal, Writer, part_hash, path_text};
use crate::tables::Tables;
use crate::text::normalise;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// Papers after which a batch is made durable.
const BATCH: usize = 1000;
/// Time after which a batch is made durable.
const PATIENCE: Duration = Duration::from_secs(2);
/// Papers that may wait for the writing thread, for each reading one.
const QUEUE: usize = 16;

/// What the reading threads share.
pub(super) struct Kit<'a> {
    pub(super) tables: &'a Tables,
    pub(super) extractor: &'a Extractor,
    pub(super) pool: &'a Pool,
    /// Folder of the store, for papers that are extracted again.
    pub(super) index: &'a Path,
}

/// A paper ready to be put, and the further ones of its file.
struct Ready {
    raw: RawText,
    indexed: String,
    extraction: Extraction,
    /// Where each begins in the text of the file, in bytes, and what it is.
    further: Vec<(usize, Ready)>,
}

/// What a reading thread hands on.
enum Done {
    /// A group: the files that failed before one was read, and that one with its place in the group.
    Group { group: usize, failed: Vec<Refusal>, ready: Option<Box<Ready>> },
    /// A paper of the store, extracted again.
    Again { paper: i64, ready: Result<Box<Ready>, Error> },
}

/// What was put.
#[derive(Default)]
pub(super) struct Put {
    /// Papers that were put.
    pub(super) papers: usize,
    /// Rows of files that held another paper before: they change together with the graph, so that a reader never sees
    /// a document without its file.
    pub(super) changed: Vec<FileRow>,
}

/// Reads all groups of the plan and extracts the papers `again`.
pub(super) fn run(
    kit: &Kit<'_>,
    jobs: usize,
    plan: &Plan,
    again: &[i64],
    writer: &mut Writer,
    draft: &mut Draft,
    progress: &dyn Progress,
) -> Result<Put, Error> {
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel(jobs * QUEUE);
        for _ in 0..jobs {
            let (send, next, stop) = (send.clone(), &next, &stop);
            scope.spawn(move || read_all(kit, plan, again, next, stop, &send));
        }
        drop(send);
        let put = put_all(&receive, plan, writer, draft, progress);
        // On an error the queue is closed, and the readers stop at their next paper.
        stop.store(true, Ordering::Relaxed);
        drop(receive);
        put
    })
}

/// Takes one piece of work after the other, papers of the store first.
fn read_all(kit: &Kit<'_>, plan: &Plan, again: &[i64], next: &AtomicUsize, stop: &AtomicBool, send: &SyncSender<Done>) {
    let store = if again.is_empty() { None } else { Some(Reader::open(kit.index)) };
    while !stop.load(Ordering::Relaxed) {
        let at = next.fetch_add(1, Ordering::Relaxed);
        let done = if let Some(paper) = again.get(at) {
            let ready = match &store {
                Some(Ok(store)) => read_again(kit, store, *paper),
                Some(Err(error)) => Err(error.clone()),
                None => continue,
            };
            Done::Again { paper: *paper, ready }
        } else if let Some(group) = plan.groups.get(at - again.len()) {
            read_group(kit, plan, at - again.len(), group)
        } else {
            return;
        };
        if send.send(done).is_err() {
            return;
        }
    }
}

fn read_again(kit: &Kit<'_>, store: &Reader, paper: i64) -> Result<Box<Ready>, Error> {
    let lost = || Error::new(Stage::Store, ErrorKind::StoreDamaged(format!("paper {paper} has no text"))).at(kit.index);
    let (raw, source) = store.raw(paper)?.ok_or_else(lost)?;
    let path = source.path.clone();
    extract(kit, raw, source).map_err(|error| error.at(path))
}

/// Reads the first file of a group that can be read. The name may tell a format, so one twin can fail and the next not.
fn read_group(kit: &Kit<'_>, plan: &Plan, at: usize, group: &Group) -> Done {
    let mut failed = Vec::new();
    for place in &group.files {
        match read(kit, &plan.files[*place].path, &plan.files[*place].row) {
            Ok(ready) => return Done::Group { group: at, failed, ready: Some(ready) },
            Err(error) => failed.push(refusal(&error)),
        }
    }
    Done::Group { group: at, failed, ready: None }
}

fn read(kit: &Kit<'_>, path: &Path, row: &FileRow) -> Result<Box<Ready>, Error> {
    let file = guarded(Stage::Read, || kit.pool.read(path))??;
    if row.sha256.as_ref().is_some_and(|hash| *hash != file.sha256) {
        let message = "it changed while it was being read; ingest again".to_owned();
        return Err(Error::new(Stage::Open, ErrorKind::Io(std::io::ErrorKind::Other, message)));
    }
    let raw = file.raw;
    let source = SourceFacts {
        path: path_text(path),
        sha256: file.sha256,
        media_type: raw.media_type.clone(),
        encoding: raw.encoding.clone(),
        bytes: file.bytes,
        pages: raw.pages,
        method: raw.method,
    };
    extract(kit, raw, source)
}

fn extract(kit: &Kit<'_>, raw: RawText, source: SourceFacts) -> Result<Box<Ready>, Error> {
    guarded(Stage::Extract, || {
        let norm = normalise(kit.tables, &raw);
        let starts = kit.extractor.parts(&raw, &norm);
        // The normal text is what `store::indexed_text` makes of the same raw text.
        let ready = |raw, norm: NormText, extraction| Ready { raw, indexed: norm.text, extraction, further: Vec::new() };
        if starts.is_empty() {
            let extraction = kit.extractor.extract_normal(&raw, &norm, source);
            return Box::new(ready(raw, norm, extraction));
        }
        let mut papers = kit.extractor.extract_parts(&raw, &starts, &source).into_iter().map(|mut paper| {
            if paper.at > 0 {
                paper.extraction.source.sha256 = part_hash(&source.sha256, paper.at);
            }
            (paper.at, ready(paper.raw, paper.norm, paper.extraction))
        });
        let (_, mut first) = papers.next().expect("a text has a first paper");
        first.further = papers.collect();
        Box::new(first)
    })
}

/// Runs a step on untrusted input; a panic in it is that file's error.
fn guarded<T>(stage: Stage, step: impl FnOnce() -> T) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(step)).map_err(|panic| {
        let message = panic.downcast_ref::<&str>().map(|text| (*text).to_owned()).or_else(|| panic.downcast_ref::<String>().cloned());
        Error::new(stage, ErrorKind::Crashed(message.unwrap_or_else(|| "panic".to_owned())))
    })
}

fn put_all(receive: &Receiver<Done>, plan: &Plan, writer: &mut Writer, draft: &mut Draft, progress: &dyn Progress) -> Result<Put, Error> {
    let (mut sum, mut batch, mut begun) = (Put::default(), 0, Instant::now());
    for done in receive {
        put(done, plan, writer, draft, &mut sum)?;
        batch += 1;
        if batch >= BATCH || begun.elapsed() >= PATIENCE {
            if writer.commit()? {
                draft.tell_rest(progress);
            }
            (batch, begun) = (0, Instant::now());
        }
    }
    if writer.commit()? {
        draft.tell_rest(progress);
    }
    Ok(sum)
}

fn put(done: Done, plan: &Plan, writer: &mut Writer, draft: &mut Draft, sum: &mut Put) -> Result<(), Error> {
    let (group, failed, ready) = match done {
        Done::Again { paper, ready } => {
            let ready = ready?;
            return put_ready(*ready, paper, plan, writer, sum);
        }
        Done::Group { group, failed, ready } => (&plan.groups[group], failed, ready),
    };
    let first = failed.len();
    let mut put_row = |row: FileRow, was_taken: bool| {
        if was_taken {
            sum.changed.push(row);
            return Ok(());
        }
        writer.put_file(&row)
    };
    for (place, refusal) in group.files.iter().zip(failed) {
        let file = &plan.files[*place];
        draft.read(file.row.size);
        draft.reject(file.row.shown.clone(), &refusal);
        put_row(FileRow { state: Err(refusal), ..file.row.clone() }, file.was_taken)?;
    }
    let Some(ready) = ready else { return Ok(()) };
    let sha256 = Some(&ready.extraction.source.sha256);
    for (i, place) in group.files.iter().enumerate().skip(first) {
        let file = &plan.files[*place];
        draft.read(file.row.size);
        draft.note(file.row.shown.clone(), taken(file, i > first), Some(group.paper));
        put_row(FileRow { state: Ok(group.paper), sha256: sha256.cloned(), ..file.row.clone() }, file.was_taken)?;
    }
    put_ready(*ready, group.paper, plan, writer, sum)
}

/// Puts a paper and the further ones of its file, whose ids lie above those that are planned.
fn put_ready(ready: Ready, paper: i64, plan: &Plan, writer: &mut Writer, sum: &mut Put) -> Result<(), Error> {
    sum.papers += 1 + ready.further.len();
    writer.put_paper(paper, &ready.raw, ready.indexed, &ready.extraction)?;
    for (at, further) in ready.further {
        writer.put_part(plan.last_paper(), (paper, at), &further.raw, further.indexed, &further.extraction)?;
    }
    Ok(())
}
