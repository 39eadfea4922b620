//! Ingest that goes on: what changes under the roots is taken as soon as it is whole.
//!
//! Duty: hear of changes, wait until files are whole (`settle`), ingest just these, tell each report, end when asked to. Readers see
//! each batch at once or not at all, as after any ingest; between two batches others may write. Not here: what an ingest does.
//!
//! It never goes deaf in silence: when the system cannot watch (any more), the watch ends with that error; when events were
//! lost, all roots are looked through.

use super::settle::{Settling, Sign};
use super::{Options, Progress, Report, run, take};
use crate::model::{Error, ErrorKind, Stage};
use crate::source::reach;
use crate::store::{Reader, absolute};
use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};
use walkdir::WalkDir;

/// How often files that are not whole yet are looked at.
const TICK: Duration = Duration::from_millis(50);
/// How long another writer is given.
const PATIENCE: Duration = Duration::from_millis(300);

/// What reaches a watch.
enum Word {
    Event(notify::Result<Event>),
    Stop,
}

/// Ends a watch from another thread.
#[derive(Clone, Debug)]
pub struct Stopper(Sender<Word>);

impl Stopper {
    /// Asks the watch to end after the batch at hand.
    pub fn stop(&self) {
        // It may have ended already.
        let _ = self.0.send(Word::Stop);
    }
}

/// Ears on the roots of an ingest.
pub struct Watch {
    options: Options,
    words: Receiver<Word>,
    sender: Sender<Word>,
    /// Dropping it ends the listening.
    _watcher: RecommendedWatcher,
    /// The beginning of paths in events, and what the user wrote for it.
    names: Vec<(PathBuf, PathBuf)>,
    /// Paths whose changes are our own doing.
    own: Vec<PathBuf>,
    settling: Settling,
    /// True when events were lost.
    deaf: bool,
}

impl Watch {
    /// Begins to listen; what changes from now on is kept until [`Watch::run`]. Changes of `own` files are passed over, as those of
    /// the store are. Errors: a root that is not there, a system that can watch no more.
    pub fn new(options: &Options, own: &[PathBuf]) -> Result<Watch, Error> {
        let (sender, words) = channel();
        let events = sender.clone();
        let mut watcher = notify::recommended_watcher(move |event| {
            // Nobody listens any more when the watch is ending.
            let _ = events.send(Word::Event(event));
        })
        .map_err(|error| failed(&error))?;
        let mut names = Vec::new();
        for root in &options.roots {
            reach(root)?;
            let whole = std::path::absolute(root).map_err(|error| Error::io(Stage::Walk, &error).at(root))?;
            // An editor puts a new file in place of the old one, so a single file is watched by its folder.
            let (ear, mode) = match whole.parent() {
                Some(folder) if whole.is_file() => (folder, RecursiveMode::NonRecursive),
                _ => (whole.as_path(), RecursiveMode::Recursive),
            };
            watcher.watch(ear, mode).map_err(|error| failed(&error).at(root))?;
            // Some systems tell paths without links.
            names.extend(root.canonicalize().ok().map(|real| (real, root.clone())));
            names.insert(0, (whole, root.clone()));
        }
        let own = own.iter().chain([&options.index]).map(|path| absolute(path)).collect();
        let (options, settling) = (options.clone(), Settling::default());
        Ok(Watch { options, words, sender, _watcher: watcher, names, own, settling, deaf: false })
    }

    /// What ends it.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.sender.clone())
    }

    /// Ingests what changes until it is stopped; `told` hears of each batch that found or removed something. Errors are about the
    /// watch as a whole: as for [`run`], and when the system cannot watch any more.
    pub fn run<E: From<Error>>(mut self, progress: &dyn Progress, mut told: impl FnMut(&Report) -> Result<(), E>) -> Result<(), E> {
        loop {
            let idle = self.settling.is_empty() && !self.deaf;
            let word = if idle { self.words.recv().map_err(|_| RecvTimeoutError::Disconnected) } else { self.words.recv_timeout(TICK) };
            match word {
                Ok(Word::Stop) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
                Ok(Word::Event(event)) => {
                    self.hear(event)?;
                    // All that has come meanwhile, before files are looked at again.
                    while let Ok(word) = self.words.try_recv() {
                        match word {
                            Word::Stop => return Ok(()),
                            Word::Event(event) => self.hear(event)?,
                        }
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            if let Some(report) = self.batch(progress)?.filter(|report| !report.files.is_empty()) {
                told(&report)?;
            }
        }
    }

    /// Ingests what is ready.
    fn batch(&mut self, progress: &dyn Progress) -> Result<Option<Report>, Error> {
        let paths = self.settling.ripe(Instant::now());
        if paths.is_empty() && !self.deaf {
            return Ok(None);
        }
        // A root that went away (an unplugged disk) must not look like papers that were deleted.
        self.options.roots.iter().try_for_each(|root| reach(root))?;
        let tables = |path: &PathBuf| self.options.roots.iter().any(|root| path.starts_with(root.join("tables")));
        let lost = || Reader::open(&self.options.index).is_err_and(|error| error.kind == ErrorKind::NoIndex);
        let whole = self.deaf || paths.iter().any(tables) || lost();
        let ended = if whole { run(&self.options, progress) } else { take(&self.options, &paths, progress) };
        match ended {
            Ok(report) => {
                self.deaf = false;
                Ok(Some(report))
            }
            // Somebody else writes: these are taken when he has ended.
            Err(error) if error.kind == ErrorKind::Locked => {
                let now = Instant::now();
                paths.into_iter().for_each(|path| self.settling.touch(path, Sign::Touched, now));
                std::thread::sleep(PATIENCE);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    fn hear(&mut self, event: notify::Result<Event>) -> Result<(), Error> {
        let event = event.map_err(|error| failed(&error))?;
        self.deaf |= event.need_rescan();
        let sign = match event.kind {
            // Among these is what our own reading does.
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => Sign::Closed,
            EventKind::Access(_) => return Ok(()),
            EventKind::Modify(ModifyKind::Data(_)) => Sign::Written,
            _ => Sign::Touched,
        };
        for path in &event.paths {
            if self.own.iter().any(|own| path.starts_with(own)) {
                continue;
            }
            let Some(path) = self.as_given(path) else { continue };
            let now = Instant::now();
            if sign == Sign::Touched && path.is_dir() {
                // Files may have come into a new folder before it was watched; what cannot be listed is told by the ingest.
                for entry in WalkDir::new(&path).follow_links(true) {
                    match entry {
                        Ok(entry) if entry.file_type().is_dir() => {}
                        Ok(entry) => self.settling.touch(entry.into_path(), sign, now),
                        Err(error) => self.settling.touch(error.path().unwrap_or(&path).to_path_buf(), sign, now),
                    }
                }
            } else {
                self.settling.touch(path, sign, now);
            }
        }
        Ok(())
    }

    /// The path as the first ingest found it; `None` for one that is not below a root.
    fn as_given(&self, path: &Path) -> Option<PathBuf> {
        let (below, given) = self.names.iter().find_map(|(whole, given)| Some((path.strip_prefix(whole).ok()?, given)))?;
        Some(if below.as_os_str().is_empty() { given.clone() } else { given.join(below) })
    }
}

/// Words an error of the watching system.
fn failed(error: &notify::Error) -> Error {
    let message = match &error.kind {
        notify::ErrorKind::MaxFilesWatch => "the system allows no more watches, so --watch cannot go on; raise the limit (Linux: \
            sysctl fs.inotify.max_user_watches), watch fewer folders, or run `vanban ingest` from time to time"
            .to_owned(),
        _ => format!("the system cannot watch the files ({error}); run `vanban ingest` from time to time instead"),
    };
    let failed = Error::new(Stage::Walk, ErrorKind::Io(std::io::ErrorKind::Other, message));
    match error.paths.first() {
        Some(path) => failed.at(path),
        None => failed,
    }
}
