//! Generated papers in a folder, and an index of them.

use super::{Generator, Paper};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use vanban::ingest::{Options, Report, Silent, run};
use vanban::source::Limits;

/// Papers to work on: `BENCH_PAPERS`, or so many.
pub(crate) fn papers_wanted(default: usize) -> usize {
    std::env::var("BENCH_PAPERS").ok().map_or(default, |word| word.parse().expect("BENCH_PAPERS is a number"))
}

/// Writes papers to `dir/papers`, a thousand a folder, and the rows of their provinces to `dir/tables`.
pub(crate) fn write(dir: &Path, seed: u64, count: usize, bytes: usize) {
    std::fs::create_dir_all(dir.join("tables")).expect("a writable folder");
    for (table, text) in Generator::overlay() {
        std::fs::write(dir.join("tables").join(table), text).expect("a writable folder");
    }
    for (at, Paper { name, text, .. }) in Generator::new(seed, count, bytes).enumerate() {
        let folder = dir.join("papers").join(format!("{:03}", at / 1000));
        std::fs::create_dir_all(&folder).expect("a writable folder");
        std::fs::write(folder.join(name), text).expect("a writable folder");
    }
}

/// Ingests `dir/papers` into an index and tells how long that took.
pub(crate) fn ingest(dir: &Path, index: &Path, jobs: usize) -> (Report, Duration) {
    let options = Options {
        roots: vec![dir.join("papers")],
        index: index.to_path_buf(),
        tables: Some(dir.join("tables")),
        jobs,
        dry_run: false,
        prune: false,
        limits: Limits::default(),
        // Plain text is read without a reader process.
        reader: (PathBuf::from("unused"), Vec::new()),
    };
    let began = Instant::now();
    let report = run(&options, &Silent).expect("generated papers can be ingested");
    (report, began.elapsed())
}
