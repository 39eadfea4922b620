//! The inside of a reader process: asked for files one after the other, until the other side hangs up.
//!
//! Duty: the memory limit, one thread for each file so that a panic or a deep recursion costs that file only, and an end
//! of its own when the other side is gone and a parser does not return. Not here: starting and stopping such processes.

use super::ocr::Recogniser;
use super::{FileText, Limits, decode_owned, open, sniff, wire};
use crate::model::{Error, ErrorKind, Stage};
use std::any::Any;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// Stack of the thread that parses: deeply nested files recurse.
const STACK: usize = 64 << 20;

/// Answers requests until `input` ends; call it from a process that does nothing else, because it limits the memory of the
/// process and leaves a thread behind when it fails.
///
/// Errors: the pipes broke, the memory limit could not be set, or a file took twice the time limit (the asking side stops
/// the process long before, if it is still there).
pub fn serve(mut input: impl Read, mut output: impl Write, limits: &Limits) -> io::Result<()> {
    limit_memory(limits.memory_mib)?;
    while let Some(path) = wire::read_request(&mut input)? {
        let answer = guarded(path, limits, &mut output)?;
        wire::write_answer(&mut output, answer)?;
    }
    Ok(())
}

/// Reads one file in this process.
fn read(path: &Path, limits: &Limits, ocr: &Recogniser) -> Result<FileText, Error> {
    let source = open::open(path, limits)?.read(path)?;
    let format = sniff(&source.bytes, path)?;
    let bytes = source.bytes.len() as u64;
    let raw = decode_owned(ocr, format, source.bytes, path, limits)?;
    Ok(FileText { raw, sha256: source.sha256, bytes })
}

/// Reads one file on a thread of its own; that the recognition of a page begins is told at once. The outer error is the end
/// of this process.
fn guarded(path: PathBuf, limits: &Limits, output: &mut impl Write) -> io::Result<Result<FileText, Error>> {
    let (send, receive) = channel();
    let owned = limits.clone();
    let worker = thread::Builder::new().name("read".into()).stack_size(STACK).spawn(move || {
        let told = send.clone();
        // The only reason to fail, here and below, is that nobody waits any more.
        let beat = Box::new(move || drop(told.send(None)));
        let _ = send.send(Some(read(&path, &owned, &Recogniser::new(&owned, Some(beat)))));
    })?;
    let mut seconds = limits.seconds;
    loop {
        match receive.recv_timeout(Duration::from_secs(seconds.saturating_mul(2))) {
            Ok(Some(answer)) => return Ok(answer),
            Ok(None) => {
                wire::write_page(output)?;
                seconds = limits.seconds.saturating_add(limits.page_seconds);
            }
            Err(RecvTimeoutError::Timeout) => return Err(io::ErrorKind::TimedOut.into()),
            Err(RecvTimeoutError::Disconnected) => {
                let why = worker.join().err().map_or_else(|| "no answer".into(), |panic| message(panic.as_ref()));
                return Ok(Err(Error::new(Stage::Read, ErrorKind::Crashed(why))));
            }
        }
    }
}

/// What a panic said.
pub(super) fn message(panic: &(dyn Any + Send)) -> String {
    let said = panic.downcast_ref::<&str>().map(|said| (*said).to_owned()).or_else(|| panic.downcast_ref::<String>().cloned());
    said.unwrap_or_else(|| "panic".into()).lines().next().unwrap_or_default().chars().take(200).collect()
}

#[cfg(unix)]
fn limit_memory(mib: u64) -> io::Result<()> {
    if !rlimit::Resource::AS.is_supported() {
        return Ok(());
    }
    let (_, hard) = rlimit::Resource::AS.get()?;
    let wanted = mib.saturating_mul(1 << 20).min(hard);
    rlimit::Resource::AS.set(wanted, hard)
}

/// Other platforms know no such limit; the time limit still holds.
#[cfg(not(unix))]
fn limit_memory(_mib: u64) -> io::Result<()> {
    Ok(())
}
