//! A disk that is full at different moments of an ingest: a clear end, old answers still served, and the run after it ends where an
//! undisturbed one would. On a small file system in memory, in a mount namespace of its own.
#![cfg(target_os = "linux")]

use crate::harness::program;
use crate::pipeline::{dump, letter};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Says to the test, started anew inside the namespace, where it may mount.
const INSIDE: &str = "VANBAN_TEST_FULL_DISK";
/// Size of the file system.
const SIZE_KIB: usize = 24 << 10;
/// Space that is left free when the ingest begins.
const FREE_KIB: [usize; 10] = [0, 8, 36, 128, 400, 1000, 2600, 4500, 7000, 10_000];

fn ask(args: &[&str], index: &Path) -> Output {
    Command::new(program()).arg("--index").arg(index).args(args).env_remove("VANBAN_TABLES").output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{:?}\n{}{}", output.status.code(), String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Writes until only so much is free.
fn fill(path: &Path, free_kib: usize) {
    let mut ballast = fs::File::create(path).unwrap();
    let block = vec![1_u8; 4096];
    while ballast.write_all(&block).is_ok() {}
    let length = ballast.metadata().unwrap().len();
    ballast.set_len(length.saturating_sub((free_kib as u64) << 10)).unwrap();
}

/// Half of the papers, then all: the second ingest is the one that is disturbed.
fn write_papers(dir: &Path, count: u32) {
    fs::create_dir_all(dir).unwrap();
    for i in 0..count {
        let text = letter(i, &format!("việc số {i}")) + &"Nội dung còn dài. ".repeat(200);
        fs::write(dir.join(format!("{i}.txt")), text).unwrap();
    }
}

fn inside(mount: &Path, outside: &Path) {
    let (few, all) = (outside.join("few"), outside.join("all"));
    write_papers(&few, 100);
    write_papers(&all, 300);
    let all = all.to_str().unwrap();
    let undisturbed = outside.join("undisturbed");
    assert!(ask(&["ingest", all], &undisturbed).status.success());
    let (mut failed, mut problems) = (0, Vec::new());
    for free in FREE_KIB {
        let made = Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={SIZE_KIB}k"), "tmpfs"]).arg(mount).status().unwrap();
        assert!(made.success());
        let index = mount.join("index");
        assert!(ask(&["ingest", few.to_str().unwrap()], &index).status.success());
        let before = ask(&["search", "việc số", "--limit", "1", "--format", "json"], &index);
        let ballast = mount.join("ballast");
        fill(&ballast, free);
        let first = ask(&["ingest", all], &index);
        if !first.status.success() {
            failed += 1;
            let told = said(&first);
            if first.status.code() != Some(1)
                || !told.contains("the disk is full; free space and run the same command again")
                || !told.contains("index")
            {
                problems.push(format!("{free} KiB free: ingest: {told}"));
            }
            // Answers of before, or with what was committed meanwhile; never none.
            for question in
                [&["search", "việc số", "--limit", "1", "--format", "json"][..], &["cited-by", "5-CT/TU", "--format", "json"], &["status"]]
            {
                let answer = ask(question, &index);
                if !answer.status.success() || question[0] == "search" && answer.stdout.len() + 40 < before.stdout.len() {
                    problems.push(format!("{free} KiB free: {question:?}: {}", said(&answer)));
                }
            }
        }
        fs::remove_file(&ballast).unwrap();
        let second = ask(&["ingest", all], &index);
        if !second.status.success() {
            problems.push(format!("{free} KiB free: after space was made: {}", said(&second)));
        } else if !ask(&["check"], &index).status.success() {
            problems.push(format!("{free} KiB free: {}", said(&ask(&["check"], &index))));
        } else {
            let papers = |index: &Path| -> Vec<String> { dump(index).into_iter().filter(|row| !row.contains("/few/")).collect() };
            if papers(&index) != papers(&undisturbed) {
                problems.push(format!("{free} KiB free: another catalogue than that of an undisturbed run"));
            }
        }
        assert!(Command::new("umount").arg(mount).status().unwrap().success());
    }
    println!("{failed} of {} ingests met a full disk", FREE_KIB.len());
    crate::harness::none(&problems);
    assert!(failed >= 4, "the disk was too large for the test: {failed}");
}

#[test]
fn a_full_disk_is_told_and_survived() {
    if let Some(mount) = std::env::var_os(INSIDE) {
        let outside = tempfile::tempdir().unwrap();
        return inside(&PathBuf::from(mount), outside.path());
    }
    let mount = tempfile::tempdir().unwrap();
    let namespace = if Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout == b"0\n") { "-m" } else { "-Urm" };
    let can = Command::new("unshare").args([namespace, "mount", "-t", "tmpfs", "tmpfs"]).arg(mount.path()).output();
    if !can.is_ok_and(|output| output.status.success()) {
        return println!("skipped: no file system can be mounted here");
    }
    let output = Command::new("unshare")
        .args([namespace, "--propagation", "private"])
        .arg(std::env::current_exe().unwrap())
        .args(["full_disk::", "--nocapture"])
        .env(INSIDE, mount.path())
        .output()
        .unwrap();
    println!("{}", said(&output));
    assert!(output.status.success());
}
