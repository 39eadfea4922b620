//! `kill -9` at any moment, then the same command again: the store equals one that was made undisturbed.

use crate::pipeline::{dump, letter};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use vanban::model::ErrorKind;
use vanban::store::{Reader, TextQuery};

const PAPERS: u32 = 400;
/// Kills of one run of the test; `VANBAN_KILLS=200 cargo test kill` asks for more.
const KILLS: u32 = 50;

fn ingest(papers: &Path, index: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_vanban"))
        .args(["--index".as_ref(), index.as_os_str(), "ingest".as_ref(), papers.as_os_str()])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program that cargo has just built")
}

/// Whatever a kill left: a snapshot opens, its index is in line, and nothing is wrong but that the run is not over.
fn is_sound(index: &Path) {
    match Reader::open(index) {
        Ok(reader) => {
            let problems = reader.check().unwrap();
            assert!(problems.iter().all(|problem| problem.what.contains("interrupted")), "{problems:?}");
        }
        Err(error) => assert_eq!(error.kind, ErrorKind::NoIndex, "{error}"),
    }
}

#[test]
fn a_killed_ingest_goes_on_to_the_same_end() {
    let dir = tempfile::tempdir().unwrap();
    let papers = dir.path().join("papers");
    std::fs::create_dir(&papers).unwrap();
    for i in 0..PAPERS {
        std::fs::write(papers.join(format!("{i}.txt")), letter(i, &format!("việc số {i}"))).unwrap();
    }
    let undisturbed = dir.path().join("undisturbed");
    let clock = Instant::now();
    assert!(ingest(&papers, &undisturbed).wait().unwrap().success());
    let whole = clock.elapsed();

    let index = dir.path().join("index");
    let mut seed = 0x9e37_79b9_u32;
    let kills = std::env::var("VANBAN_KILLS").ok().map_or(KILLS, |kills| kills.parse().expect("VANBAN_KILLS is a number"));
    for round in 0..kills {
        // A paper changes before one run, and back before the next.
        let number = (round - round % 2) * 31 % PAPERS;
        let words = if round % 2 == 0 { "việc khác".to_owned() } else { format!("việc số {number}") };
        std::fs::write(papers.join(format!("{number}.txt")), letter(number, &words)).unwrap();
        let mut child = ingest(&papers, &index);
        seed ^= seed << 13;
        seed ^= seed >> 17;
        seed ^= seed << 5;
        std::thread::sleep(Duration::from_micros(u64::from(seed) % (whole.as_micros() as u64 + 1)));
        // The run may have ended already; then there is nothing to kill, which is one of the moments too.
        let _ = child.kill();
        child.wait().unwrap();
        is_sound(&index);
    }
    assert!(ingest(&papers, &index).wait().unwrap().success());
    assert_eq!(dump(&index), dump(&undisturbed));
    let reader = Reader::open(&index).unwrap();
    assert_eq!(reader.check().unwrap(), []);
    let all = TextQuery { words: "việc số".into(), limit: 1, ..TextQuery::default() };
    assert_eq!(reader.search(&all).unwrap().total, Reader::open(&undisturbed).unwrap().search(&all).unwrap().total);
}
