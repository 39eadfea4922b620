//! Rules of the house, each a test: who may use whom, how long a file is, who prints.

use crate::harness::{files_under, none, root};
use regex::Regex;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Floor of each module of the crate; a module uses lower floors only, never its own neighbour.
const FLOORS: &[(&str, u8)] = &[
    ("model", 0),
    ("tables", 1),
    ("source", 2),
    ("text", 2),
    ("structure", 3),
    ("extract", 4),
    ("resolve", 5),
    ("store", 6),
    ("ingest", 7),
    ("query", 7),
    ("export", 8),
    ("eval", 8),
    ("mcp", 9),
    ("web", 9),
    ("cli", 10),
];

/// Longest file before its tests, and the length above which its header must say why.
const LONGEST: usize = 500;
const LONG: usize = 350;

struct Source {
    path: PathBuf,
    /// The module of the crate that the file belongs to; `None` for lib.rs and main.rs.
    module: Option<String>,
    text: String,
}

impl Source {
    /// The text before the unit tests.
    fn code(&self) -> &str {
        let at = self.text.find("\n#[cfg(test)]\nmod ").map_or(self.text.len(), |at| at + 1);
        &self.text[..at]
    }

    /// Lines that are no comments, with their numbers.
    fn lines<'a>(&self, text: &'a str) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
        text.lines().enumerate().map(|(at, line)| (at + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    fn name(&self) -> String {
        relative(&self.path)
    }
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let rust = files_under(&src).into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    let found: Vec<Source> = rust
        .map(|path| {
            let inside = path.strip_prefix(&src).expect("a file under src");
            let module = (inside.components().count() > 1)
                .then(|| inside.components().next().expect("a part").as_os_str().to_string_lossy().into_owned());
            let text = std::fs::read_to_string(&path).expect("a readable source file");
            Source { path, module, text }
        })
        .collect();
    assert!(found.len() > 10, "the sources were not found");
    found
}

#[test]
fn a_module_uses_lower_floors_only() {
    let floors: BTreeMap<&str, u8> = FLOORS.iter().copied().collect();
    let path = Regex::new(r"\b(?:crate|vanban)::(?:\{([^}]*)\}|([a-z_]+))").expect("valid");
    let mut problems = Vec::new();
    for source in sources() {
        let Some(module) = source.module.as_deref() else { continue };
        let Some(own) = floors.get(module) else {
            problems.push(format!("{}: module {module} stands on no floor; add it to FLOORS", source.name()));
            continue;
        };
        let code: String = source.lines(&source.text).map(|(_, line)| format!("{line}\n")).collect();
        for found in path.captures_iter(&code) {
            let names = found.get(1).or(found.get(2)).expect("one of the two").as_str();
            for name in names.split(',').filter_map(|part| part.trim().split("::").next()) {
                let Some(floor) = floors.get(name) else { continue };
                if name != module && floor >= own {
                    problems.push(format!("{}: {module} (floor {own}) uses {name} (floor {floor})", source.name()));
                }
            }
        }
        // From mod.rs `super` is the crate itself, from its sister files `super::super`.
        let depth = source.path.strip_prefix(root().join("src")).expect("a file under src").components().count();
        let upward = if source.path.ends_with("mod.rs") { "super::".repeat(depth - 1) } else { "super::".repeat(depth) };
        for (at, line) in source.lines(source.code()) {
            if line.contains(&upward) {
                problems.push(format!("{}:{at}: reaches the crate through `super`; write `crate::`", source.name()));
            }
        }
    }
    none(&problems);
}

#[test]
fn floors_and_files_agree() {
    let lib = std::fs::read_to_string(root().join("src/lib.rs")).expect("the crate's root");
    let declared: Vec<&str> = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let mut last = 0;
    for name in &declared {
        let floor = FLOORS.iter().find(|(known, _)| known == name).map(|(_, floor)| *floor);
        let floor = floor.unwrap_or_else(|| panic!("module {name} stands on no floor"));
        assert!(floor >= last, "lib.rs lists {name} (floor {floor}) after floor {last}: it is not in the order of the pipeline");
        last = floor;
    }
    assert!(declared.len() >= 10, "{declared:?}");
}

#[test]
fn files_are_short_and_say_why_when_not() {
    let mut problems = Vec::new();
    for source in sources() {
        let lines = source.code().lines().count();
        let header: String = source.text.lines().take_while(|line| line.starts_with("//!")).collect();
        if lines > LONGEST {
            problems.push(format!("{}: {lines} lines before its tests, more than {LONGEST}", source.name()));
        } else if lines > LONG && !["long", "over 350"].iter().any(|reason| header.to_lowercase().contains(reason)) {
            problems.push(format!("{}: {lines} lines; its header must say why it is longer than {LONG}", source.name()));
        }
    }
    none(&problems);
}

#[test]
fn every_file_opens_with_its_duty() {
    let sources = sources();
    let bare = sources.iter().filter(|source| !source.text.starts_with("//! "));
    let problems: Vec<String> = bare.map(|source| format!("{}: no `//!` header", source.name())).collect();
    none(&problems);
}

#[test]
fn nothing_below_the_command_line_prints_reads_the_environment_or_exits() {
    let forbidden =
        ["println!", "print!(", "eprint!(", "dbg!(", "env::var", "env::args", "process::exit", "io::stdout", "io::stderr", "io::stdin"];
    let mut problems = Vec::new();
    for source in sources().iter().filter(|source| source.module.as_deref().is_some_and(|module| module != "cli")) {
        for (at, line) in source.lines(source.code()) {
            problems.extend(forbidden.iter().filter(|word| line.contains(**word)).map(|word| format!("{}:{at}: {word}", source.name())));
        }
    }
    none(&problems);
}

#[test]
fn only_one_file_of_the_command_line_prints() {
    let mut problems = Vec::new();
    for source in sources().iter().filter(|source| source.module.as_deref() == Some("cli")) {
        for (at, line) in source.lines(source.code()) {
            let prints = line.contains("print!(") || line.contains("println!(") || line.contains("io::stdout()");
            if prints && !source.path.ends_with("output.rs") && !source.path.ends_with("reader.rs") {
                problems.push(format!("{}:{at}: prints beside output.rs", source.name()));
            }
        }
    }
    none(&problems);
}

#[test]
fn main_is_thin() {
    let main = std::fs::read_to_string(root().join("src/main.rs")).expect("the program's root");
    assert!(main.lines().count() <= 30, "main.rs has more than 30 lines");
}

#[test]
fn every_dependency_has_a_reason() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    let mut inside = false;
    let mut problems = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.contains("dependencies");
        } else if inside && line.contains('=') && line.split_once('#').is_none_or(|(_, reason)| reason.trim().len() < 10) {
            problems.push(format!("Cargo.toml: no reason for `{line}`"));
        }
    }
    none(&problems);
}

#[test]
fn no_path_of_a_machine_is_in_the_repository() {
    // Spelled in parts, so that this file does not find itself.
    let folders = [["/wo", "rk/"], ["/ho", "me/"], ["/ro", "ot/"], ["/Us", "ers/"], ["/var/fo", "lders/"]].map(|parts| parts.concat());
    let mut problems = Vec::new();
    for path in files_under(&root()) {
        let kept_out = path.starts_with(root().join("index")) && !path.ends_with("README.md");
        let Some(text) = std::fs::read_to_string(&path).ok().filter(|_| !kept_out) else { continue };
        for (at, line) in text.lines().enumerate() {
            let alone = |folder: &String| {
                line.match_indices(folder)
                    .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '/' | '_' | '-')))
            };
            if folders.iter().any(alone) {
                problems.push(format!("{}:{}: {}", relative(&path), at + 1, line.trim()));
            }
        }
    }
    none(&problems);
}
