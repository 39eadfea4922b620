//! What has to be done: the files that are there against the files that are known.
//!
//! Duty: unchanged (size and time of the last change), same content (hash), new content, known content under another
//! path, gone. Ids of new papers are given here, in the order of the paths, so that any number of threads gives the same
//! catalogue. Not here: reading texts, writing.

use super::report::{Draft, Outcome};
use super::{Asked, Options, Scope, shown};
use crate::model::{Error, ErrorKind, Stage};
use crate::source::{self, Found, Limits, Stamp};
use crate::store::{self, FileRow, Refusal, Writer, absolute, path_bytes, path_of};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// A file that was found, and what is to be done with it.
#[derive(Debug)]
pub(super) struct Planned {
    /// As it can be opened.
    pub(super) path: PathBuf,
    /// What the catalogue will know of it; `state` holds only for [`Step::Settled`].
    pub(super) row: FileRow,
    /// What is to be done.
    pub(super) step: Step,
    /// True when the path was known and held a paper.
    pub(super) was_taken: bool,
}

/// What is to be done with a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Nothing; the row is as it was when `true`.
    Settled(Outcome, bool),
    /// It belongs to the group with this index.
    Read(usize),
}

/// Files with the same new content; read once.
#[derive(Debug)]
pub(super) struct Group {
    /// Id of the paper to come.
    pub(super) paper: i64,
    /// Indices into [`Plan::files`], in the order of the paths.
    pub(super) files: Vec<usize>,
}

/// All that has to be done.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Found files, by path.
    pub(super) files: Vec<Planned>,
    /// New contents, by the first path of each.
    pub(super) groups: Vec<Group>,
    /// Known files that are gone.
    removed: Vec<FileRow>,
    /// Papers of the catalogue that a file still holds, in order.
    pub(super) kept: Vec<i64>,
    /// True when a known path changed what it holds, or a known paper got another path.
    moved: bool,
    asked: Asked,
}

/// What a look at a file showed.
enum Seen {
    /// Same size and time as when it was read.
    Same,
    /// Hash of its bytes.
    Hash(String),
    /// Cannot be read, or is too large to be tried.
    Unread(Option<Refusal>),
}

impl Plan {
    /// Compares what was found with what is known; new papers get ids from `next` on. Hashes files on all cores.
    pub(super) fn new(options: &Options, scope: Scope, papers: &HashMap<String, i64>, next: i64) -> Plan {
        let Scope { found, roots, known, asked } = scope;
        let known = &known;
        let index = absolute(&options.index);
        let mut found: Vec<(Found, PathBuf)> = found.into_iter().map(|found| (absolute(&found.path), found)).map(|(a, f)| (f, a)).collect();
        found.retain(|(_, path)| !path.starts_with(&index));
        // One file may be under two roots that are written differently.
        found.sort_by(|(_, a), (_, b)| a.cmp(b));
        found.dedup_by(|(_, a), (_, b)| a == b);
        let hopes = Hopes::new(known, &options.limits);
        let seen: Vec<(FileRow, Seen)> = found.par_iter().map(|(found, path)| look(found, path, known, &hopes, &options.limits)).collect();
        let mut plan = Plan { asked, ..Plan::default() };
        plan.find_removed(&roots, options.prune, &found, &seen, known);
        let mut holders = plan.holders(&seen, known);
        let mut groups: HashMap<String, usize> = HashMap::new();
        for ((found, _), (mut row, seen)) in found.into_iter().zip(seen) {
            let before = known.get(&row.path);
            let was_taken = before.is_some_and(|before| before.state.is_ok());
            let place = plan.files.len();
            let step = match (seen, before) {
                (Seen::Same, Some(before)) => {
                    row.state = before.state.clone();
                    row.sha256 = before.sha256.clone();
                    settled(&row, before)
                }
                (Seen::Hash(hash), before) => {
                    row.sha256 = Some(hash.clone());
                    let same = before.filter(|before| before.sha256.as_deref() == Some(hash.as_str()));
                    let same = same.filter(|before| before.state.as_ref().map_or_else(|refusal| !hopes.has(refusal), |_| true));
                    if let Some(before) = same {
                        row.state = before.state.clone();
                        settled(&row, before)
                    } else if let Some(paper) = papers.get(&hash) {
                        row.state = Ok(*paper);
                        plan.moved = true;
                        let outcome = match (holders.insert(*paper), was_taken) {
                            (false, _) => Outcome::Duplicate,
                            (true, true) => Outcome::Updated,
                            (true, false) => Outcome::Added,
                        };
                        Step::Settled(outcome, false)
                    } else {
                        let at = *groups.entry(hash).or_insert_with(|| plan.new_group(next));
                        plan.groups[at].files.push(place);
                        Step::Read(at)
                    }
                }
                (Seen::Unread(Some(refusal)), _) => {
                    row.state = Err(refusal);
                    plan.moved |= was_taken;
                    Step::Settled(Outcome::Rejected, before == Some(&row))
                }
                (Seen::Unread(None) | Seen::Same, _) => {
                    let at = plan.new_group(next);
                    plan.groups[at].files.push(place);
                    Step::Read(at)
                }
            };
            plan.files.push(Planned { path: found.path, row, step, was_taken });
        }
        plan.kept = plan.find_kept(known);
        plan
    }

    fn new_group(&mut self, next: i64) -> usize {
        self.groups.push(Group { paper: next + self.groups.len() as i64, files: Vec::new() });
        self.groups.len() - 1
    }

    /// Known files under the roots that were not found; with `prune` also those elsewhere that exist no more.
    fn find_removed(
        &mut self,
        roots: &[PathBuf],
        prune: bool,
        found: &[(Found, PathBuf)],
        seen: &[(FileRow, Seen)],
        known: &BTreeMap<String, FileRow>,
    ) {
        let here: HashSet<&str> = seen.iter().map(|(row, _)| row.path.as_str()).collect();
        let roots: HashSet<PathBuf> = roots.iter().map(|root| absolute(root)).collect();
        // A folder that cannot be listed tells nothing about the files in it.
        let unlisted: HashSet<&Path> = found.iter().filter(|(found, _)| found.stamp.is_err()).map(|(_, path)| path.as_path()).collect();
        for row in known.values().filter(|row| !here.contains(row.path.as_str())) {
            let path = path_of(&row.path, row.bytes.as_deref());
            let listed = path.ancestors().any(|above| roots.contains(above)) && !path.ancestors().any(|above| unlisted.contains(above));
            if listed || prune && is_gone(&path) {
                self.removed.push(row.clone());
            }
        }
    }

    /// Papers that a file holds which stays as it is.
    fn holders(&self, seen: &[(FileRow, Seen)], known: &BTreeMap<String, FileRow>) -> HashSet<i64> {
        let removed: HashSet<&str> = self.removed.iter().map(|row| row.path.as_str()).collect();
        let changed = seen.iter().filter(|(row, seen)| match seen {
            Seen::Same => false,
            Seen::Hash(hash) => known.get(&row.path).is_none_or(|before| before.sha256.as_ref() != Some(hash)),
            Seen::Unread(_) => true,
        });
        let changed: HashSet<&str> = changed.map(|(row, _)| row.path.as_str()).collect();
        let stays = known.values().filter(|row| !removed.contains(row.path.as_str()) && !changed.contains(row.path.as_str()));
        stays.filter_map(|row| row.state.as_ref().ok().copied()).collect()
    }

    /// Bytes of all files found.
    pub(super) fn total_bytes(&self) -> u64 {
        self.files.iter().map(|file| file.row.size).sum()
    }

    /// True when papers come or go, or get another path, even if nothing new can be read.
    pub(super) fn changes_papers(&self) -> bool {
        let held = |file: &Planned| file.was_taken && matches!(file.step, Step::Read(_));
        self.moved || self.removed.iter().any(|row| row.state.is_ok()) || self.files.iter().any(held)
    }

    /// The highest id that the plan gives to a paper; 0 when it gives none.
    pub(super) fn last_paper(&self) -> i64 {
        self.groups.iter().map(|group| group.paper).max().unwrap_or(0)
    }

    fn find_kept(&self, known: &BTreeMap<String, FileRow>) -> Vec<i64> {
        let touched: HashSet<&str> =
            self.files.iter().map(|f| f.row.path.as_str()).chain(self.removed.iter().map(|r| r.path.as_str())).collect();
        let elsewhere = known.values().filter(|row| !touched.contains(row.path.as_str()));
        let here = self.files.iter().filter(|file| matches!(file.step, Step::Settled(..))).map(|file| &file.row);
        let mut papers: Vec<i64> = elsewhere.chain(here).filter_map(|row| row.state.as_ref().ok().copied()).collect();
        papers.sort_unstable();
        papers.dedup();
        papers
    }

    /// Writes the rows of files that need no reading, and forgets those that are gone.
    pub(super) fn settle(&self, writer: &mut Writer, draft: &mut Draft) -> Result<(), Error> {
        for file in &self.files {
            let Step::Settled(outcome, as_it_was) = file.step else { continue };
            if !as_it_was {
                writer.put_file(&file.row)?;
            }
            note(file, outcome, draft);
        }
        for row in &self.removed {
            writer.drop_file(&row.path)?;
        }
        self.note_removed(draft);
        Ok(())
    }

    /// A rejected file that is gone is forgotten without a word: nothing of it was in the answers. Who asked to try it again
    /// is told.
    fn note_removed(&self, draft: &mut Draft) {
        for row in self.removed.iter().filter(|row| self.asked == Asked::Rejected || row.state.is_ok()) {
            draft.note(row.shown.clone(), Outcome::Removed, None);
        }
    }

    /// What an ingest would do, as far as it can be told without reading texts.
    pub(super) fn foretell(&self) -> Draft {
        let mut draft = Draft::default();
        for file in &self.files {
            let outcome = match file.step {
                Step::Settled(outcome, _) => outcome,
                Step::Read(group) => {
                    draft.read(file.row.size);
                    taken(file, !std::ptr::eq(file, &self.files[self.groups[group].files[0]]))
                }
            };
            note(file, outcome, &mut draft);
        }
        self.note_removed(&mut draft);
        draft
    }
}

/// The outcome of a file that is read, or whose twin was.
pub(super) fn taken(file: &Planned, twin: bool) -> Outcome {
    match (twin, file.was_taken) {
        (true, _) => Outcome::Duplicate,
        (false, true) => Outcome::Updated,
        (false, false) => Outcome::Added,
    }
}

fn note(file: &Planned, outcome: Outcome, draft: &mut Draft) {
    match &file.row.state {
        Err(refusal) if outcome == Outcome::Rejected => draft.reject(file.row.shown.clone(), refusal),
        state => draft.note(file.row.shown.clone(), outcome, state.as_ref().ok().copied()),
    }
}

/// Known content under a known path.
fn settled(row: &FileRow, before: &FileRow) -> Step {
    let outcome = if row.state.is_ok() { Outcome::Unchanged } else { Outcome::Rejected };
    Step::Settled(outcome, row == before)
}

/// Which rejected files may be read now though they are unchanged.
struct Hopes {
    /// True when text recognition, which was missing, is there.
    recognition: bool,
}

impl Hopes {
    fn new(known: &BTreeMap<String, FileRow>, limits: &Limits) -> Hopes {
        let waits = known.values().any(|row| row.state.as_ref().is_err_and(waits_for_recognition));
        Hopes { recognition: waits && source::can_recognise(limits) }
    }

    fn has(&self, refusal: &Refusal) -> bool {
        refusal.again && (self.recognition || !waits_for_recognition(refusal))
    }

    fn is_same(&self, before: &FileRow, now: &FileRow) -> bool {
        before.size == now.size
            && before.mtime_ns == now.mtime_ns
            && before.state.as_ref().map_or_else(|refusal| !self.has(refusal), |_| true)
    }
}

/// True for a file of pictures.
fn waits_for_recognition(refusal: &Refusal) -> bool {
    refusal.stage == Stage::Ocr.as_str()
}

fn look(found: &Found, path: &Path, known: &BTreeMap<String, FileRow>, hopes: &Hopes, limits: &Limits) -> (FileRow, Seen) {
    let stamp = found.stamp.as_ref().ok();
    let row = FileRow {
        path: store::path_text(path),
        bytes: path_bytes(path),
        shown: shown(found),
        size: stamp.map_or(0, |stamp| stamp.bytes),
        mtime_ns: stamp.map_or(0, time),
        sha256: None,
        state: Err(unread()),
    };
    let seen = match &found.stamp {
        Err(error) => Seen::Unread(Some(refusal(error))),
        Ok(_) if known.get(&row.path).is_some_and(|before| hopes.is_same(before, &row)) => Seen::Same,
        Ok(stamp) if stamp.bytes > limits.max_bytes => Seen::Unread(None),
        Ok(_) => match source::hash(&found.path, limits) {
            Ok(hash) => Seen::Hash(hash),
            Err(error) => Seen::Unread(Some(refusal(&error))),
        },
    };
    (row, seen)
}

/// Nanoseconds since 1970; times that do not fit (before 1678, after 2262) count as the nearest that do.
fn time(stamp: &Stamp) -> i64 {
    stamp.mtime_ns.clamp(i64::MIN.into(), i64::MAX.into()) as i64
}

fn unread() -> Refusal {
    Refusal { stage: Stage::Open.as_str().to_owned(), reason: "it was not read yet".to_owned(), again: true }
}

/// The error of a file as the catalogue keeps it.
pub(super) fn refusal(error: &Error) -> Refusal {
    let again = matches!(
        error.kind,
        ErrorKind::Io(..)
            | ErrorKind::TimeLimit(_)
            | ErrorKind::Crashed(_)
            | ErrorKind::TooLarge { .. }
            | ErrorKind::Loop
            | ErrorKind::Changed
            | ErrorKind::NeedsOcr
    );
    Refusal { stage: error.stage.as_str().to_owned(), reason: error.reason(), again }
}

fn is_gone(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound)
}
