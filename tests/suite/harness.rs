//! A fresh folder with papers and an index, and the program run in it.
//!
//! `TempCorpus::new().file("a.txt", TEXT).ingest().run(["cited-by", "12-CT/TW"])`

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// What a run printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) status: i32,
}

impl Ran {
    /// Asserts success.
    #[track_caller]
    pub(crate) fn ok(self) -> Ran {
        assert_eq!(self.status, 0, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// Standard output as one JSON value.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error} in stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr))
    }
}

/// A folder that is removed at the end: papers in `corpus/`, the index in `index/`.
pub(crate) struct TempCorpus {
    dir: TempDir,
}

impl TempCorpus {
    /// An empty folder.
    pub(crate) fn new() -> TempCorpus {
        let dir = tempfile::tempdir().expect("a folder for temporary files");
        std::fs::create_dir(dir.path().join("corpus")).expect("a fresh folder");
        TempCorpus { dir }
    }

    /// The folder itself, in which the program runs.
    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Writes a paper to `corpus/`; a name with `/` makes folders.
    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> TempCorpus {
        self.write(&Path::new("corpus").join(name), content.as_ref());
        self
    }

    /// Writes a file anywhere in the folder.
    pub(crate) fn write(&self, name: &Path, content: &[u8]) {
        let path = self.dir.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a path in the folder")).expect("a writable folder");
        std::fs::write(path, content).expect("a writable folder");
    }

    /// Ingests `corpus/`; rejected files are no failure here.
    #[track_caller]
    pub(crate) fn ingest(self) -> TempCorpus {
        let ran = self.run(["ingest"]);
        assert!(matches!(ran.status, 0 | 3), "stdout:\n{}\nstderr:\n{}", ran.stdout, ran.stderr);
        self
    }

    /// Runs the program in the folder.
    pub(crate) fn run<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Ran {
        run_in(self.path(), args, None)
    }
}

/// Runs the program in a folder, with standard input where given. The environment does not leak in.
pub(crate) fn run_in<A: AsRef<OsStr>>(dir: &Path, args: impl IntoIterator<Item = A>, stdin: Option<&[u8]>) -> Ran {
    let mut child = Command::new(program())
        .args(args)
        .current_dir(dir)
        .env_remove("VANBAN_INDEX")
        .env_remove("VANBAN_TABLES")
        .env("VANBAN_TESSERACT", "no-such-program") // what is installed here must not change an answer
        .env_remove("COLUMNS")
        .env_remove("CLICOLOR_FORCE")
        .stdin(if stdin.is_some() { Stdio::piped() } else { Stdio::null() })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program that cargo has just built");
    if let (Some(bytes), Some(mut pipe)) = (stdin, child.stdin.take()) {
        // The program may end without reading everything; that is judged by its output.
        let _ = pipe.write_all(bytes);
    }
    let output = child.wait_with_output().expect("a running program");
    Ran {
        stdout: String::from_utf8(output.stdout).expect("UTF-8 on standard output"),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        status: output.status.code().expect("an exit status, no signal"),
    }
}

/// The program under test.
pub(crate) fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_vanban"))
}

/// The folder of the package.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files under a folder, sorted; none when there is no such folder.
pub(crate) fn files_under(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(dir)
        .into_iter()
        .filter_entry(|entry| !matches!(entry.file_name().to_str(), Some("target" | ".git" | ".claude")))
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    files.sort();
    files
}

/// Fails with the first problems, one a line, when there are any.
#[track_caller]
pub(crate) fn none(problems: &[String]) {
    const SHOWN: usize = 20;
    let first = problems.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(problems.is_empty(), "{} problems, the first {}:\n{first}", problems.len(), problems.len().min(SHOWN));
}
