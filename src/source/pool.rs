//! The reader processes, seen from the side that asks.
//!
//! Duty: starting them when first needed, lending one to each asking thread, stopping one that takes too long, replacing
//! one that died, and reading plain text right here, since it needs no parser. Not here: what a reader does inside.

use super::ocr::Recogniser;
use super::wire::Answer;
use super::{FileText, Limits, decode_owned, open, sniff, wire};
use crate::model::{Error, ErrorKind, Stage};
use std::ffi::OsString;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Files after which a process is replaced, so that what its parsers leak stays small.
const FILES_A_PROCESS: u32 = 500;

/// Reads files, those that need a parser in processes of their own. Shared by any number of threads.
#[derive(Debug)]
pub struct Pool {
    program: PathBuf,
    args: Vec<OsString>,
    processes: usize,
    limits: Limits,
    slots: Mutex<Slots>,
    freed: Condvar,
}

#[derive(Debug, Default)]
struct Slots {
    idle: Vec<Worker>,
    lent: usize,
}

impl Pool {
    /// A pool of at most `processes` (at least one) runs of `program args…`, which must end in [`serve`](super::serve).
    /// Nothing is started yet.
    pub fn new(program: PathBuf, args: Vec<OsString>, processes: usize, limits: Limits) -> Self {
        Pool { program, args, processes: processes.max(1), limits, slots: Mutex::default(), freed: Condvar::new() }
    }

    /// Reads a file: plain text here, anything else in a reader process. Waits while all processes are busy.
    ///
    /// Errors are about this file only and carry its path; a crash or the time limit costs the process, which is replaced.
    pub fn read(&self, path: &Path) -> Result<FileText, Error> {
        let opened = open::open(path, &self.limits)?;
        if !sniff::is_container(opened.head()) && !sniff(opened.head(), path)?.needs_parser() {
            if opened.size() > self.limits.max_text as u64 {
                let kind = ErrorKind::TooLarge { bytes: opened.size(), limit: self.limits.max_text as u64 };
                return Err(Error::new(Stage::Open, kind).at(path));
            }
            let source = opened.read(path)?;
            let format = sniff(source.bytes.get(..64 << 10).unwrap_or(&source.bytes), path)?;
            let bytes = source.bytes.len() as u64;
            let raw = decode_owned(&Recogniser::new(&self.limits, None), format, source.bytes, path, &self.limits)?;
            return Ok(FileText { raw, sha256: source.sha256, bytes });
        }
        drop(opened);
        self.ask(path).map_err(|kind| match kind {
            Refusal::Told(error) => error.at(path),
            Refusal::Lost(kind) => Error::new(Stage::Read, kind).at(path),
        })
    }

    fn ask(&self, path: &Path) -> Result<FileText, Refusal> {
        loop {
            let mut worker = self.borrow().map_err(|error| {
                // Not the kind of the error itself: "not found" would be read as said of the file.
                let message = format!("cannot start the reader {}: {error}", self.program.display());
                Refusal::Lost(ErrorKind::Io(io::ErrorKind::Other, message))
            })?;
            let used = worker.served > 0;
            match worker.ask(path, &self.limits) {
                Ok(answer) => {
                    self.give_back(Some(worker));
                    return answer.map_err(Refusal::Told);
                }
                // A process that has read other files may have died of them: the file gets a fresh one.
                Err(Lost::Crash(_)) if used => self.give_back(None),
                Err(lost) => {
                    self.give_back(None);
                    return Err(Refusal::Lost(match lost {
                        Lost::Time(seconds) => ErrorKind::TimeLimit(seconds),
                        Lost::Crash(why) => ErrorKind::Crashed(why),
                    }));
                }
            }
        }
    }

    /// Takes an idle process or starts one; waits for a slot first.
    fn borrow(&self) -> io::Result<Worker> {
        let mut slots = self.slots();
        while slots.lent >= self.processes {
            slots = self.freed.wait(slots).unwrap_or_else(PoisonError::into_inner);
        }
        slots.lent += 1;
        if let Some(worker) = slots.idle.pop() {
            return Ok(worker);
        }
        drop(slots);
        Worker::start(&self.program, &self.args, &self.limits).inspect_err(|_| self.give_back(None))
    }

    fn give_back(&self, worker: Option<Worker>) {
        let mut slots = self.slots();
        slots.lent -= 1;
        slots.idle.extend(worker.filter(|worker| worker.served < FILES_A_PROCESS));
        drop(slots);
        self.freed.notify_one();
    }

    /// The slots stay consistent whatever a thread that held them did.
    fn slots(&self) -> MutexGuard<'_, Slots> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

enum Refusal {
    /// The reader says why.
    Told(Error),
    /// The reader is gone.
    Lost(ErrorKind),
}

enum Lost {
    /// So many seconds were not enough.
    Time(u64),
    Crash(String),
}

/// A running reader process; dropping it ends the process.
#[derive(Debug)]
struct Worker {
    child: Child,
    /// Taken away on drop: the reader ends when its input ends.
    requests: ChildStdin,
    answers: Receiver<io::Result<Answer>>,
    served: u32,
}

impl Worker {
    fn start(program: &Path, args: &[OsString], limits: &Limits) -> io::Result<Self> {
        let mut command = Command::new(program);
        // Ctrl-C is for the asking side; a reader that died of it would be told as a crash of its file.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command
            .args(args)
            // One file is one thread's work; thread pools and arenas inside would only eat the address space.
            .env("RAYON_NUM_THREADS", "1")
            .env("MALLOC_ARENA_MAX", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(requests), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("no pipes"));
        };
        let (send, answers) = channel();
        let limits = limits.clone();
        // Pipes know no time limit; a thread that waits on the pipe lets the asking side wait on the clock.
        thread::Builder::new().name("reader-answers".into()).spawn(move || {
            let mut output = BufReader::with_capacity(1 << 16, output);
            loop {
                let answer = wire::read_answer(&mut output, &limits);
                let last = answer.is_err();
                if send.send(answer).is_err() || last {
                    return;
                }
            }
        })?;
        Ok(Worker { child, requests, answers, served: 0 })
    }

    fn ask(&mut self, path: &Path, limits: &Limits) -> Result<Result<FileText, Error>, Lost> {
        if let Err(error) = wire::write_request(&mut self.requests, path) {
            return Err(Lost::Crash(self.death(&error)));
        }
        let mut seconds = limits.seconds;
        loop {
            match self.answers.recv_timeout(Duration::from_secs(seconds)) {
                Ok(Ok(Answer::Page)) => seconds = limits.seconds.saturating_add(limits.page_seconds),
                Ok(Ok(Answer::Done(answer))) => {
                    self.served += 1;
                    return Ok(answer.map(|file| *file));
                }
                Ok(Err(error)) => return Err(Lost::Crash(self.death(&error))),
                Err(RecvTimeoutError::Timeout) => return Err(Lost::Time(seconds)),
                Err(RecvTimeoutError::Disconnected) => return Err(Lost::Crash(self.death(&io::ErrorKind::BrokenPipe.into()))),
            }
        }
    }

    /// Ends the process and tells what it died of, as far as that can be seen.
    fn death(&mut self, error: &io::Error) -> String {
        // It closed its output, so it is ending by itself; a moment shows how.
        for _ in 0..50 {
            match self.child.try_wait() {
                Ok(Some(status)) => return describe(status),
                Ok(None) => thread::sleep(Duration::from_millis(2)),
                Err(error) => return error.to_string(),
            }
        }
        error.to_string()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Both fail only when the process is already gone, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(unix)]
fn describe(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt;
    // Rust aborts (signal 6) when memory cannot be had or the stack overflows.
    match status.signal() {
        Some(6) => "out of memory or nested too deeply".into(),
        Some(9) => "stopped by the system, probably out of memory".into(),
        Some(signal) => format!("signal {signal}"),
        None => status.to_string(),
    }
}

#[cfg(not(unix))]
fn describe(status: ExitStatus) -> String {
    status.to_string()
}
