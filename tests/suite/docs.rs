//! Documentation in step with the program.

use crate::harness::{files_under, none, root, run_in};
use regex::Regex;

#[test]
fn the_usage_block_of_the_readme_is_what_help_prints() {
    let path = root().join("README.md");
    assert!(path.exists(), "README.md is missing; it holds the output of `vanban --help` in a fenced block");
    let readme = std::fs::read_to_string(path).expect("a readable file");
    let help = run_in(&root(), ["--help"], None).ok().stdout;
    let block = fenced(&readme).into_iter().find(|block| block.contains("Usage: vanban"));
    let block = block.expect("README.md has a fenced block with the output of `vanban --help`");
    let shown = block.strip_prefix("$ vanban --help\n").unwrap_or(&block);
    assert_eq!(trimmed(shown), trimmed(&help), "README.md: the usage block differs from `vanban --help`");
}

#[test]
fn links_in_the_documents_lead_somewhere() {
    let link = Regex::new(r"\]\(([^)\s#]+)").expect("valid");
    let mut problems = Vec::new();
    for path in files_under(&root()).into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "md")) {
        // Sample papers may be Markdown too; their brackets are none of ours.
        let is_paper =
            path.starts_with(root().join("corpus")) && !path.ends_with("README.md") || path.starts_with(root().join("tests/cases"));
        let Some(text) = std::fs::read_to_string(&path).ok().filter(|_| !is_paper) else { continue };
        for target in link.captures_iter(&text).map(|found| found[1].to_owned()) {
            let outside = target.contains("://") || target.starts_with("mailto:");
            if !outside && !path.parent().expect("a file's folder").join(&target).exists() {
                problems.push(format!("{}: {target}", path.display()));
            }
        }
    }
    none(&problems);
}

#[test]
fn every_command_explains_itself() {
    let help = run_in(&root(), ["--help"], None).ok().stdout;
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(commands.contains(&"ingest") && commands.contains(&"cited-by"), "{help}");
    assert!(!help.contains("__reader"), "the hidden command is listed");
    for command in commands.into_iter().filter(|command| *command != "help") {
        let own = run_in(&root(), [command, "--help"], None).ok().stdout;
        assert!(own.contains(&format!("Usage: vanban {command}")), "{command}:\n{own}");
    }
}

/// The contents of the fenced blocks.
fn fenced(text: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<String> = None;
    for line in text.lines() {
        match (line.starts_with("```"), &mut open) {
            (true, None) => open = Some(String::new()),
            (true, Some(_)) => blocks.extend(open.take()),
            (false, Some(block)) => {
                block.push_str(line);
                block.push('\n');
            }
            (false, None) => {}
        }
    }
    blocks
}

fn trimmed(text: &str) -> String {
    text.trim().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}
