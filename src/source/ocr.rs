//! Text recognition by `tesseract`, a program of its own that need not be there.
//!
//! Duty: finding it with its Vietnamese data, running it over one picture within a time limit, ending it when it hangs, and
//! telling the side that waits that a page begins. Not here: drawing pages (`pdf_scan`), what the words on them are (`hocr`).
//!
//! The program runs with the limits of the reader process that starts it, on one thread: with its own choice of threads it
//! takes four times the work for the same page.

use super::Limits;
use super::hocr::{self, Recognised};
use std::cell::{Cell, OnceCell};
use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Data that the program must have.
const LANGUAGE: &str = "vie";
/// Seconds for a question about the program itself.
const MOMENT: u64 = 10;
/// Bytes that the words of one picture may take.
const MAX_ANSWER: u64 = 32 << 20;
/// Pages of one file that may take too long; the rest is then not tried.
const PATIENCE: u32 = 2;

/// Which pages are recognised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ocr {
    /// None.
    #[default]
    Never,
    /// Those without usable text, where the program is there.
    Auto,
    /// Every page of a PDF, whatever text it has.
    Always,
}

impl Ocr {
    /// The word of the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Ocr::Never => "never",
            Ocr::Auto => "auto",
            Ocr::Always => "always",
        }
    }
}

/// True when recognition is wanted and the program is there with its Vietnamese data.
pub fn can_recognise(limits: &Limits) -> bool {
    Recogniser::new(limits, None).is_there()
}

/// Why a picture was not recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failed {
    /// It took longer than the limit, in seconds.
    Time(u64),
    /// The program said no.
    Refused(String),
}

/// Told before each page that recognition begins.
pub(super) type Beat = Box<dyn Fn() + Send>;

/// The recognition of the pages of one file.
pub(super) struct Recogniser {
    mode: Ocr,
    program: PathBuf,
    seconds: u64,
    beat: Option<Beat>,
    there: OnceCell<bool>,
    late: Cell<u32>,
}

impl Recogniser {
    /// One for a file; `beat` is called before each page.
    pub(super) fn new(limits: &Limits, beat: Option<Beat>) -> Self {
        Recogniser {
            mode: limits.ocr,
            program: limits.recogniser.clone(),
            seconds: limits.page_seconds,
            beat,
            there: OnceCell::new(),
            late: Cell::new(0),
        }
    }

    /// True when every page is to be recognised.
    pub(super) fn takes_all(&self) -> bool {
        self.mode == Ocr::Always
    }

    /// True when recognition is wanted and possible. Looks for the program at the first call.
    pub(super) fn is_there(&self) -> bool {
        self.mode != Ocr::Never && *self.there.get_or_init(|| is_installed(&self.program))
    }

    /// The pages of a picture, mostly one. `dpi` where it is known.
    pub(super) fn read(&self, picture: Vec<u8>, dpi: Option<u32>) -> Result<Vec<Recognised>, Failed> {
        if self.late.get() >= PATIENCE {
            return Err(Failed::Time(self.seconds));
        }
        if let Some(beat) = &self.beat {
            beat();
        }
        let mut args: Vec<OsString> = ["-", "-", "-l", LANGUAGE, "--psm", "3", "-c", "tessedit_create_hocr=1"].map(OsString::from).into();
        if let Some(dpi) = dpi {
            args.extend(["--dpi".into(), dpi.to_string().into()]);
        }
        let said = run(&self.program, &args, picture, self.seconds).inspect_err(|failed| {
            if matches!(failed, Failed::Time(_)) {
                self.late.set(self.late.get() + 1);
            }
        })?;
        Ok(hocr::pages(&said.output))
    }

    /// By how many degrees a picture has to be turned clockwise to stand upright: 0, 90, 180 or 270; `None` when nobody can tell.
    pub(super) fn turn(&self, picture: Vec<u8>) -> Option<u32> {
        let args = ["-", "-", "-l", "osd", "--psm", "0"].map(OsString::from);
        let said = run(&self.program, &args, picture, self.seconds).ok()?;
        said.output.lines().find_map(|line| line.strip_prefix("Rotate:")?.trim().parse().ok())
    }
}

fn is_installed(program: &Path) -> bool {
    // Older versions list on the error output.
    run(program, &["--list-langs".into()], Vec::new(), MOMENT)
        .is_ok_and(|said| said.output.lines().chain(said.errors.lines()).any(|line| line.trim() == LANGUAGE))
}

/// What the program printed.
struct Said {
    output: String,
    errors: String,
}

/// Runs the program to its end, or ends it after so many seconds.
fn run(program: &Path, args: &[OsString], input: Vec<u8>, seconds: u64) -> Result<Said, Failed> {
    let refused = |error: std::io::Error| Failed::Refused(error.to_string());
    let mut command = Command::new(program);
    command.args(args).env("OMP_THREAD_LIMIT", "1").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = Running(command.spawn().map_err(refused)?);
    child.limit(seconds);
    let until = Instant::now() + Duration::from_secs(seconds);
    if let Some(mut pipe) = child.0.stdin.take() {
        // It may end without reading everything; what it says then tells why.
        spawn(move || drop(pipe.write_all(&input))).map_err(refused)?;
    }
    let output = child.0.stdout.take().map(collect).transpose().map_err(refused)?;
    let errors = child.0.stderr.take().map(collect).transpose().map_err(refused)?;
    let text = |pipe: Option<Receiver<Vec<u8>>>| {
        let bytes = pipe.map(|pipe| pipe.recv_timeout(until.saturating_duration_since(Instant::now()))).transpose();
        bytes.map(|bytes| String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()).map_err(|_| Failed::Time(seconds))
    };
    let said = Said { output: text(output)?, errors: text(errors)? };
    match child.end(until).map_err(refused)? {
        None => Err(Failed::Time(seconds)),
        Some(status) if status.success() => Ok(said),
        Some(status) => {
            let why = said.errors.lines().rev().find(|line| !line.trim().is_empty()).map_or_else(|| status.to_string(), str::to_owned);
            Err(Failed::Refused(why.chars().take(200).collect()))
        }
    }
}

/// A process that does not outlive its time.
struct Running(Child);

impl Running {
    /// Ends the process by its own work too, should nobody be there any more to do it.
    #[cfg(target_os = "linux")]
    fn limit(&self, seconds: u64) {
        if let Ok(id) = i32::try_from(self.0.id()) {
            // It may have ended already.
            let _ = rlimit::prlimit(id, rlimit::Resource::CPU, Some((seconds, seconds)), None);
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn limit(&self, _seconds: u64) {}

    /// How it ended; `None` when it did not.
    fn end(&mut self, until: Instant) -> std::io::Result<Option<ExitStatus>> {
        loop {
            if let Some(status) = self.0.try_wait()? {
                return Ok(Some(status));
            }
            if Instant::now() >= until {
                return Ok(None);
            }
            thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail only when it has ended, which is what is wanted.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Everything that comes out of a pipe, up to the limit, when it closes.
fn collect(pipe: impl Read + Send + 'static) -> std::io::Result<Receiver<Vec<u8>>> {
    let (send, receive) = channel();
    spawn(move || {
        let mut bytes = Vec::new();
        if pipe.take(MAX_ANSWER).read_to_end(&mut bytes).is_ok() {
            let _ = send.send(bytes);
        }
    })?;
    Ok(receive)
}

fn spawn(work: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    thread::Builder::new().name("ocr-pipe".into()).stack_size(256 << 10).spawn(work).map(|_| ())
}
