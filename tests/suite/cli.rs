//! The program as a user runs it. Each file under `tests/cases/cli` is a case; see `tests/README.md` for its fields.

use crate::harness::{Ran, TempCorpus, program, root, run_in};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

/// One case: files, then one run or several.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What the case shows.
    about: String,
    /// Path to content, as lines; `corpus/…` is what `ingest` reads by default.
    #[serde(default)]
    files: BTreeMap<String, Vec<String>>,
    /// Runs in this order, in the same folder.
    runs: Vec<Run>,
}

/// One run of the program and what it must do.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Run {
    args: Vec<String>,
    stdin: Option<String>,
    /// Lines of standard output: `[..]` stands for anything in a line, a line `...` for any lines. Absent: not judged.
    stdout: Option<Vec<String>>,
    /// Standard output is JSON that holds at least this.
    json: Option<Value>,
    /// Lines of standard error, as for `stdout`.
    stderr: Option<Vec<String>>,
    #[serde(default)]
    status: i32,
}

#[test]
fn cases() {
    let dir = root().join("tests/cases/cli");
    let mut paths: Vec<_> = std::fs::read_dir(&dir).expect("the folder of cases").map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    paths.sort();
    assert!(!paths.is_empty(), "no cases in {}", dir.display());
    let problems: Vec<String> = paths.iter().filter_map(|path| check(path).err()).collect();
    assert!(problems.is_empty(), "\n{}", problems.join("\n\n"));
}

fn check(path: &Path) -> Result<(), String> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let text = std::fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
    let case: Case = serde_json::from_str(&text).map_err(|error| format!("{name}: {error}"))?;
    let corpus = TempCorpus::new();
    for (file, lines) in &case.files {
        corpus.write(Path::new(file), (lines.join("\n") + "\n").as_bytes());
    }
    for run in &case.runs {
        let ran = run_in(corpus.path(), &run.args, run.stdin.as_deref().map(str::as_bytes));
        judge(run, &ran).map_err(|why| {
            format!(
                "{name}: {}\n  vanban {}\n  {why}\n  status {}\n  stdout:\n{}\n  stderr:\n{}",
                case.about,
                run.args.join(" "),
                ran.status,
                ran.stdout,
                ran.stderr
            )
        })?;
    }
    Ok(())
}

fn judge(run: &Run, ran: &Ran) -> Result<(), String> {
    if run.status != ran.status {
        return Err(format!("status {} wanted", run.status));
    }
    for (stream, want, got) in [("stdout", &run.stdout, &ran.stdout), ("stderr", &run.stderr, &ran.stderr)] {
        if let Some(want) = want {
            let got: Vec<&str> = got.lines().collect();
            let want: Vec<&str> = want.iter().map(String::as_str).collect();
            if !lines_match(&want, &got) {
                return Err(format!("{stream} differs; wanted:\n{}", want.join("\n")));
            }
        }
    }
    if let Some(want) = &run.json {
        let got: Value = serde_json::from_str(&ran.stdout).map_err(|error| format!("stdout is no JSON: {error}"))?;
        holds(want, &got).map_err(|at| format!("JSON differs at {at}"))?;
    }
    Ok(())
}

/// True when the lines agree; a line `...` stands for any number of lines.
fn lines_match(want: &[&str], got: &[&str]) -> bool {
    match want {
        [] => got.is_empty(),
        ["...", rest @ ..] => (0..=got.len()).any(|skipped| lines_match(rest, &got[skipped..])),
        [first, rest @ ..] => got.split_first().is_some_and(|(line, others)| line_matches(first, line) && lines_match(rest, others)),
    }
}

/// True when the line agrees; `[..]` stands for any characters.
fn line_matches(want: &str, got: &str) -> bool {
    let Some((head, tail)) = want.split_once("[..]") else { return want == got };
    let Some(rest) = got.strip_prefix(head) else { return false };
    rest.char_indices().map(|(at, _)| at).chain([rest.len()]).any(|at| line_matches(tail, &rest[at..]))
}

/// Checks that `got` holds all of `want`: objects may have more fields, lists must be as long. `"[..]"` fits any string part.
fn holds(want: &Value, got: &Value) -> Result<(), String> {
    match (want, got) {
        (Value::Object(want), Value::Object(got)) => want.iter().try_for_each(|(key, value)| {
            let other = got.get(key).ok_or_else(|| format!(".{key}: absent"))?;
            holds(value, other).map_err(|at| format!(".{key}{at}"))
        }),
        (Value::Array(want), Value::Array(got)) if want.len() == got.len() => {
            want.iter().zip(got).enumerate().try_for_each(|(at, (want, got))| holds(want, got).map_err(|deeper| format!("[{at}]{deeper}")))
        }
        (Value::String(want), Value::String(got)) if line_matches(want, got) => Ok(()),
        (want, got) if want == got => Ok(()),
        (want, got) => Err(format!(": wanted {want}, got {got}")),
    }
}

const PAPER: &str = "TỈNH ỦY HÀ NAM\n*\nSố 12-CT/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nHà Nam, ngày 24 tháng 3 năm 2022\n\nCHỈ THỊ\nvề hàng cây ven sông\n-----\n\n\
    Thực hiện Chỉ thị số 91-CT/TW, ngày 05/01/2022 của Ban Bí thư về cây xanh, các cấp ủy yêu cầu trồng thêm cây.\n";

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let corpus = TempCorpus::new().file("a.txt", PAPER).ingest();
    let mut child = Command::new(program())
        .args(["cited-by", "91-CT/TW"])
        .current_dir(corpus.path())
        .env_remove("VANBAN_INDEX")
        .env_remove("VANBAN_TABLES")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program that cargo has just built");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("a running program");
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn a_paper_that_arrives_later_takes_over_what_was_cited() {
    let corpus = TempCorpus::new().file("a.txt", PAPER).ingest();
    let held =
        |corpus: &TempCorpus| corpus.run(["show", "91-CT/TW", "--format", "json"]).ok().json()["groups"][0]["document"]["held"].clone();
    assert_eq!(held(&corpus), Value::from(false));
    let central = "BAN CHẤP HÀNH TRUNG ƯƠNG\n*\nSố 91-CT/TW\n\nĐẢNG CỘNG SẢN VIỆT NAM\nHà Nội, ngày 05 tháng 01 năm 2022\n\nCHỈ THỊ\n\
        CỦA BAN BÍ THƯ\nvề cây xanh\n-----\n\nCây xanh làm mát phố phường.\n\nT/M BAN BÍ THƯ\n\nTrần Văn Mai\n";
    let corpus = corpus.file("b/91.txt", central).ingest();
    assert_eq!(held(&corpus), Value::from(true));
    let answer = corpus.run(["cited-by", "91-CT/TW", "--format", "json"]).ok().json();
    assert_eq!(answer["groups"].as_array().map(Vec::len), Some(1), "{answer}");
    assert_eq!(answer["groups"][0]["total"], 1, "{answer}");
}

#[test]
fn patterns_match_as_described() {
    assert!(line_matches("a [..] c", "a b c") && line_matches("[..]", "") && !line_matches("a[..]c", "ab"));
    assert!(lines_match(&["a", "...", "c"], &["a", "b", "b", "c"]) && !lines_match(&["a"], &["a", "b"]));
    assert!(holds(&serde_json::json!({"a": [1]}), &serde_json::json!({"a": [1], "b": 2})).is_ok());
    assert!(holds(&serde_json::json!({"a": [1]}), &serde_json::json!({"a": [1, 2]})).is_err());
}
