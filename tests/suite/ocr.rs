//! Scans: recognised where `tesseract` with its Vietnamese data is there, told as "needs OCR" where it is not, and taken as soon
//! as it is there. A script plays the program; one test asks the real one, and says so when it is not installed.
#![cfg(unix)]

use crate::harness::{Ran, TempCorpus, program, root};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use vanban::model::{ErrorKind, Method, Stage};
use vanban::source::{Limits, Pool};

/// What a script does with a picture that it was given.
const READS: &str = r#"cat >/dev/null
word() { echo "<span class='ocrx_word' title='bbox $1 0 $2 0; x_wconf $3'>$4</span>"; }
line() { echo "<span class='ocr_line' title='bbox 100 0 900 $1; baseline 0 0; x_size 20'>"; }
echo "<html><body><div class='ocr_page' title='bbox 0 0 1000 1400'>"
line 100; word 100 190 96 TỈNH; word 195 380 96 "ỦY SÔNG LAM"; word 600 650 90 ĐẢNG; word 660 720 90 CỘNG; word 730 800 90 SẢN; echo "</span>"
line 140; word 100 140 80 Số; word 150 300 80 7-CT/TU; word 600 700 96 "Sông Lam,"; word 710 900 96 "ngày 5 tháng 6 năm 2023"; echo "</span>"
line 300; word 400 600 96 "CHỈ THỊ"; echo "</span>"
line 340; word 300 700 96 "về việc trồng cây"; echo "</span></div></body></html>""#;

fn script(dir: &Path, body: &str) -> PathBuf {
    let path = dir.join("tesseract");
    let text = format!("#!/bin/sh\ncase \"$1\" in --list-langs) printf 'List of languages (2):\\neng\\nvie\\n'; exit;; esac\n{body}\n");
    std::fs::write(&path, text).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

fn fixture(name: &str) -> PathBuf {
    root().join("tests/fixtures/formats").join(name)
}

/// Runs the program where the recognition is `tesseract`.
fn run(house: &TempCorpus, tesseract: &Path, args: &[&str]) -> Ran {
    let ran = Command::new(program()).args(args).current_dir(house.path()).env("VANBAN_TESSERACT", tesseract).output().unwrap();
    Ran {
        stdout: String::from_utf8(ran.stdout).unwrap(),
        stderr: String::from_utf8(ran.stderr).unwrap(),
        status: ran.status.code().unwrap(),
    }
}

/// A reader process with a recognition of its own, so many seconds for a page.
fn pool(tesseract: &Path, page_seconds: u64) -> Pool {
    let limits = Limits { page_seconds, seconds: 20, ..Limits::default() };
    let recogniser = format!("--recogniser={}", tesseract.display());
    let args = ["__reader".into(), "--ocr=auto".into(), recogniser, format!("--page-seconds={page_seconds}")];
    Pool::new(program(), args.map(Into::into).into(), 1, limits)
}

#[test]
fn a_scan_waits_for_recognition_and_is_then_taken() {
    let house = TempCorpus::new().file("scan.pdf", std::fs::read(fixture("scan.pdf")).unwrap()).file("photo.png", b"\x89PNG\r\n\x1a\n");
    let missing = Path::new("no-such-program");
    for _ in 0..2 {
        let report = run(&house, missing, &["--format", "json", "ingest"]).json();
        assert_eq!(report["rejected"], 2, "{report}");
        assert_eq!(report["files"][1]["stage"], "ocr");
        assert!(report["files"][1]["reason"].as_str().unwrap().contains("apt install tesseract-ocr-vie"), "{report}");
    }
    let there = script(house.path(), READS);
    let never = run(&house, &there, &["--format", "json", "ingest", "--ocr", "never"]).json();
    assert_eq!(never["rejected"], 2);
    let report = run(&house, &there, &["--format", "json", "ingest"]).json();
    assert_eq!((&report["added"], &report["rejected"]), (&2.into(), &0.into()), "{report}");
    assert_eq!(run(&house, &there, &["--format", "json", "ingest"]).json()["unchanged"], 2);
    let shown = run(&house, &there, &["--format", "json", "show", "7-CT/TU"]).json();
    let copies = shown["groups"][0]["copies"].as_array().unwrap();
    assert_eq!(copies.len(), 2, "{shown}");
    assert!(copies.iter().all(|copy| copy["method"] == "ocr"), "{shown}");
    assert_eq!(shown["groups"][0]["document"]["date"], "2023-06-05");
}

/// One paper, two files: the typed text is shown, and it is said why.
#[test]
fn a_typed_copy_is_shown_before_a_recognised_one() {
    let typed = "TỈNH ỦY SÔNG LAM\n*\nSố 7-CT/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nSông Lam, ngày 5 tháng 6 năm 2023\n\nCHỈ THỊ\nvề việc trồng cây\n\n1. Các huyện ủy trồng cây.\n";
    let house = TempCorpus::new().file("scan.pdf", std::fs::read(fixture("scan.pdf")).unwrap()).file("typed.txt", typed);
    let there = script(house.path(), READS);
    assert_eq!(run(&house, &there, &["--format", "json", "ingest"]).json()["added"], 2);
    let shown = run(&house, &there, &["--format", "json", "show", "7-CT/TU"]).json();
    let [group] = &shown["groups"].as_array().unwrap()[..] else { panic!("one document: {shown}") };
    assert_eq!((&group["copies"][0]["method"], &group["copies"][1]["method"]), (&"text".into(), &"ocr".into()), "{shown}");
    assert_eq!(group["copies"][0]["why"], "shown: text is a surer text than ocr");
    assert!(group["copies"][1]["why"].is_null());
    assert_eq!(group["document"]["title"], "về việc trồng cây");
}

/// The left cell of the letterhead comes wholly before the right one.
#[test]
fn words_are_laid_out_by_their_places() {
    let house = TempCorpus::new();
    let file = pool(&script(house.path(), READS), 20).read(&fixture("scan.pdf")).unwrap();
    assert_eq!((file.raw.method, file.raw.pages), (Method::Ocr, Some(1)));
    let page = "TỈNH ỦY SÔNG LAM\nSố 7-CT/TU\n\nĐẢNG CỘNG SẢN\nSông Lam, ngày 5 tháng 6 năm 2023\n\nCHỈ THỊ\nvề việc trồng cây";
    assert!(file.raw.text.starts_with(page), "{}", file.raw.text);
    let [warning] = &file.raw.warnings[..] else { panic!("{:?}", file.raw.warnings) };
    assert!(warning.message.starts_with("1 page was read by text recognition with a mean confidence of 9"), "{warning:?}");
}

/// A PDF whose fonts do not say which letters they draw: its layer says signs, the page shows a paper.
#[test]
fn a_layer_of_wrong_letters_gives_way_to_recognition() {
    let mut bytes = std::fs::read(fixture("paper.pdf")).unwrap();
    while let Some(at) = memchr::memmem::find(&bytes, b"/ToUnicode") {
        bytes[at + 1] = b'X';
    }
    let house = TempCorpus::new().file("garbled.pdf", bytes.clone());
    let missing = run(&house, Path::new("no-such-program"), &["--format", "json", "ingest"]).json();
    assert_eq!(missing["files"][0]["stage"], "ocr", "{missing}");
    let line = |n: u32| format!("line {}; word 100 900 96 'Các huyện ủy trồng cây theo hướng dẫn của tỉnh.'; echo '</span>'", 300 + n * 40);
    let body: Vec<String> = (0..4).map(line).collect();
    let reads = READS.replace("line 300;", &format!("{}\nline 300;", body.join("\n")));
    let report = run(&house, &script(house.path(), &reads), &["--format", "json", "ingest"]).json();
    assert_eq!(report["added"], 1, "{report}");
    let method = |house: &TempCorpus, tesseract: &Path, path: &str| {
        assert_eq!(run(house, tesseract, &["ingest"]).status, 0);
        run(house, tesseract, &["--format", "json", "show", path]).json()["groups"][0]["copies"][0]["method"].clone()
    };
    assert_eq!(method(&house, &script(house.path(), &reads), "corpus/garbled.pdf"), "ocr");
    // A page that reads well is not recognised, and one that recognition reads no better stays as it was.
    let house = TempCorpus::new().file("typed.pdf", std::fs::read(fixture("paper.pdf")).unwrap());
    assert_eq!(method(&house, &script(house.path(), &reads), "corpus/typed.pdf"), "pdf-layout");
    let house = TempCorpus::new().file("garbled.pdf", bytes);
    assert_eq!(
        method(
            &house,
            &script(house.path(), &reads.replace("ủy trồng cây theo hướng dẫn của", "qxz wqz xcv bnm qwr zxz")),
            "corpus/garbled.pdf"
        ),
        "pdf-layout"
    );
}

#[test]
fn recognition_that_hangs_is_ended() {
    let house = TempCorpus::new();
    let pool = pool(&script(house.path(), "exec sleep 600"), 1);
    let begun = Instant::now();
    let error = pool.read(&fixture("scan.pdf")).unwrap_err();
    assert_eq!((error.stage, error.kind), (Stage::Read, ErrorKind::TimeLimit(1)));
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
}

#[test]
fn recognition_that_fails_says_why() {
    let house = TempCorpus::new();
    let error = pool(&script(house.path(), "echo 'no memory left' >&2; exit 1"), 20).read(&fixture("scan.pdf")).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Crashed("text recognition: no memory left".into()));
}

#[test]
fn recognition_that_must_be_there_is_missed_at_once() {
    let house = TempCorpus::new().file("a.txt", "x");
    let ran = run(&house, Path::new("no-such-program"), &["ingest", "--ocr", "always"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("tesseract with its Vietnamese data was not found"), "{}", ran.stderr);
}

/// A page of a scan against the text it was made from.
#[test]
fn the_real_program_reads_a_scan() {
    let listed = Command::new("tesseract").arg("--list-langs").output();
    let has_vietnamese = listed.is_ok_and(|listed| String::from_utf8_lossy(&listed.stdout).lines().any(|line| line == "vie"));
    if !has_vietnamese {
        println!("skipped: no tesseract with vie");
        return;
    }
    let file = pool(Path::new("tesseract"), 120).read(&fixture("scan.pdf")).unwrap();
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<String>>();
    let (read, meant) = (words(&file.raw.text), words(&std::fs::read_to_string(fixture("paper.txt")).unwrap()));
    let right = meant.iter().filter(|word| read.contains(word)).count();
    assert!(right * 100 >= meant.len() * 90, "{right} of {} words:\n{}", meant.len(), file.raw.text);
    for fact in ["15-CT/TU", "38-CT/TW,", "21/7/2014", "30/6/2023."] {
        assert!(read.contains(&fact.to_owned()), "{fact} in:\n{}", file.raw.text);
    }
}
