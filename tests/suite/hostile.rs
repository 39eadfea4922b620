//! The hostile set beside good papers: the good ones arrive, each bad one is told once, nothing stalls, memory is bounded.
#![cfg(target_os = "linux")]

use crate::harness::program;
use crate::hostile_files::all;
use crate::pipeline::letter;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Seconds that one file may take here.
const SECONDS: u64 = 5;
/// Good papers between the bad ones.
const GOOD: u32 = 20;
/// Address space of a reader, and what the program itself may hold.
const READER_KIB: u64 = (1 << 20) + 1024;
const PROGRAM_KIB: u64 = 900 << 10;

/// Name to what is expected: `read`, or `stage: part of the reason`; several, with `|` between, where it depends on the machine's speed.
fn expected() -> BTreeMap<&'static str, &'static str> {
    let table = include_str!("../cases/source/hostile.tsv");
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).collect()
}

/// Writes what has no bytes of its own; names of those that are there.
fn special(dir: &Path) -> Vec<&'static str> {
    use std::os::unix::fs::symlink;
    let mut names =
        vec!["special/sparse.txt", "special/sparse.pdf", "special/dangling.txt", "special/itself.txt", "special/zero.txt", "special/loop"];
    let dir = dir.join("special");
    fs::create_dir(&dir).unwrap();
    for name in ["sparse.txt", "sparse.pdf"] {
        fs::File::create(dir.join(name)).unwrap().set_len(2 << 30).unwrap();
    }
    symlink("nowhere", dir.join("dangling.txt")).unwrap();
    symlink("itself.txt", dir.join("itself.txt")).unwrap();
    symlink("/dev/zero", dir.join("zero.txt")).unwrap();
    symlink(".", dir.join("loop")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(dir.join("socket.txt")).unwrap();
    names.push("special/socket.txt");
    if Command::new("mkfifo").arg(dir.join("pipe.txt")).status().is_ok_and(|status| status.success()) {
        names.push("special/pipe.txt");
    }
    fs::write(dir.join("a\nrejected: b\u{202e}\u{1b}[31m.txt"), "").unwrap();
    names.push("special/a\\nrejected: b\\u{202e}\\u{1b}[31m.txt");
    let long = dir.join("x".repeat(250) + ".txt");
    fs::write(long, "").unwrap();
    let mut deep = dir.clone();
    (0..200).for_each(|_| deep.push("deep"));
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("a.txt"), "").unwrap();
    names
}

/// True for the line of this file, or of one in this archive.
fn is_named(line: &str, name: &str) -> bool {
    line.strip_prefix("rejected: corpus/").and_then(|rest| rest.strip_prefix(name)).is_some_and(|rest| rest.starts_with([':', '/']))
}

/// Largest memory seen: of the program, of any reader.
fn watch_memory(id: u32, most: &mut (u64, u64)) {
    let field = |id: &str, name: &str| -> u64 {
        let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        status.lines().find_map(|line| line.strip_prefix(name)).and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
    };
    most.0 = most.0.max(field(&id.to_string(), "VmHWM:"));
    let threads = fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
    for thread in threads {
        let children = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
        for child in children.split_whitespace() {
            // Before its own start it is still a copy of the program.
            if fs::read_to_string(format!("/proc/{child}/cmdline")).is_ok_and(|line| line.contains("__reader")) {
                most.1 = most.1.max(field(child, "VmHWM:"));
            }
        }
    }
}

#[test]
fn a_hostile_folder_costs_only_what_is_bad_in_it() {
    let house = tempfile::tempdir().unwrap();
    let corpus = house.path().join("corpus");
    fs::create_dir(&corpus).unwrap();
    let mut names: Vec<String> = special(&corpus).into_iter().map(str::to_owned).collect();
    for (name, bytes) in all() {
        let path = corpus.join(&name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        names.push(name);
    }
    assert!(names.len() >= 60, "{}", names.len());
    for i in 0..GOOD {
        let folder = ["", "pdf", "text", "office"][i as usize % 4];
        fs::write(corpus.join(folder).join(format!("good {i}.txt")), letter(i, &format!("việc lành {i}"))).unwrap();
    }
    let clock = Instant::now();
    let report = house.path().join("report.json");
    let mut child = Command::new(program())
        .args(["ingest", "--ocr", "never", "--jobs", "2", "--file-seconds", &SECONDS.to_string(), "--report"])
        .arg(&report)
        .current_dir(house.path())
        .env_remove("VANBAN_INDEX")
        .env_remove("VANBAN_TABLES")
        .stdout(Stdio::null())
        .stderr(fs::File::create(house.path().join("err")).unwrap())
        .spawn()
        .unwrap();
    let mut memory = (0, 0);
    let status = loop {
        watch_memory(child.id(), &mut memory);
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        assert!(clock.elapsed() < Duration::from_secs(240), "it stalls");
        std::thread::sleep(Duration::from_millis(10));
    };
    println!(
        "{} hostile files in {:.1} s; memory of the program {} MiB, of a reader {} MiB",
        names.len(),
        clock.elapsed().as_secs_f64(),
        memory.0 >> 10,
        memory.1 >> 10
    );
    let said = fs::read_to_string(house.path().join("err")).unwrap();
    assert_eq!(status.code(), Some(3), "{said}");
    assert!(memory.0 < PROGRAM_KIB && memory.1 < READER_KIB, "{memory:?}");
    // Not a sign of a name reaches the terminal that moves it.
    assert!(!said.contains(['\u{1b}', '\u{202e}']), "{said}");

    let report: serde_json::Value = serde_json::from_slice(&fs::read(report).unwrap()).unwrap();
    let number = |name: &str| report[name].as_u64().unwrap();
    assert_eq!(number("found"), ["added", "updated", "unchanged", "duplicates", "rejected"].map(number).iter().sum::<u64>());
    let files = report["files"].as_array().unwrap();
    assert_eq!(number("found"), files.len() as u64);
    let good = files.iter().filter(|file| file["path"].as_str().unwrap().contains("good ") && file["outcome"] == "added").count();
    assert_eq!(good, GOOD as usize, "the good ones arrive");

    let expected = expected();
    let mut problems = Vec::new();
    for name in &names {
        let path = PathBuf::from("corpus").join(name.replace("\\n", "\n").replace("\\u{202e}", "\u{202e}").replace("\\u{1b}", "\u{1b}"));
        // An archive is told as a folder: by each file in it.
        let own: Vec<_> = files.iter().filter(|file| Path::new(file["path"].as_str().unwrap()).starts_with(&path)).collect();
        let told: Vec<String> = own
            .iter()
            .map(|file| match file["outcome"].as_str().unwrap() {
                "rejected" => format!("{}: {}", file["stage"].as_str().unwrap(), file["reason"].as_str().unwrap()),
                _ => "read".to_owned(),
            })
            .collect();
        let is = |want: &str| {
            told.iter().all(|told| want.split('|').any(|want| want == "read" && told == "read" || want != "read" && told.contains(want)))
        };
        match expected.get(name.as_str()) {
            Some(want) if !told.is_empty() && is(want) => {}
            want => problems.push(format!("{name}\t{told:?}, wanted {want:?}")),
        }
        let lines = said.lines().filter(|line| line.starts_with("rejected: ") && is_named(line, name)).count();
        let rejected = told.iter().filter(|told| *told != "read").count();
        if lines != rejected {
            problems.push(format!("{name}\tnamed in {lines} lines, not {rejected}"));
        }
    }
    for name in expected.keys().filter(|name| !names.iter().any(|other| other == *name) && !name.starts_with("special/")) {
        problems.push(format!("{name}\thas a row but is not made"));
    }
    crate::harness::none(&problems);
    // A second look at the same folder finds the same good ones and rejects the same files.
    assert_eq!(vanban::store::Reader::open(&house.path().join("index")).unwrap().rejected().unwrap().len() as u64, number("rejected"));
}

/// What may not be read is told with what to do, and taken once it may be. Root may read everything, so that rights are given up first.
#[test]
fn what_may_not_be_read_is_told_and_taken_later() {
    use std::os::unix::fs::PermissionsExt;
    let house = tempfile::tempdir().unwrap();
    let rights = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let corpus = house.path().join("corpus");
    fs::create_dir_all(corpus.join("shut")).unwrap();
    for (at, name) in ["open.txt", "closed.txt", "closed.html", "shut/inside.txt"].into_iter().enumerate() {
        fs::write(corpus.join(name), letter(at as u32, &format!("việc {at}"))).unwrap();
    }
    rights(house.path(), 0o777);
    for name in ["closed.txt", "closed.html", "shut"] {
        rights(&corpus.join(name), 0);
    }
    let root = Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout == b"0\n");
    let run = |args: &[&str]| {
        let mut command = Command::new(if root { "setpriv".into() } else { program() });
        if root {
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program());
        }
        command.args(args).current_dir(house.path()).env_remove("VANBAN_INDEX").env_remove("VANBAN_TABLES").output()
    };
    if !run(&["--version"]).is_ok_and(|output| output.status.success()) {
        return println!("skipped: rights cannot be given up here, or the program cannot be reached without them");
    }
    let output = run(&["ingest"]).unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    for name in ["closed.txt", "closed.html", "shut"] {
        let line = said.lines().find(|line| line.contains(&format!("corpus/{name}: "))).unwrap_or_default();
        assert!(line.contains("no permission to read it; give yourself read permission"), "{name}: {said}");
    }
    for name in ["closed.txt", "closed.html", "shut"] {
        rights(&corpus.join(name), 0o755);
    }
    let output = run(&["status", "--retry"]).unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && told.starts_with("3 found = 3 added"), "{told}{}", String::from_utf8_lossy(&output.stderr));
}
