//! Plain lists of the whole index: `missing`, `status`, `check`.

use super::{Catalogue, QueryError, view};
use crate::model::plain::is_hidden;

/// Tries every rejected file again.
const RETRY: &str = "vanban status --retry";

/// Documents that are cited but not held, most cited first.
pub fn missing(cat: &impl Catalogue, page: view::Page) -> Result<view::Missing, QueryError> {
    let all = cat.not_held()?;
    let total = all.len();
    let documents = all
        .iter()
        .skip(page.offset)
        .take(page.limit.unwrap_or(total))
        .map(|(node, citations, cited_by)| view::MissingDocument { document: node.into(), citations: *citations, cited_by: *cited_by })
        .collect();
    Ok(view::Missing { schema: "vanban.missing/1", query: page, total, documents })
}

/// Runs, counts, and files that were not taken with the command that tries them again.
pub fn status(cat: &impl Catalogue) -> Result<view::Status, QueryError> {
    let (documents, citations, tasks) = cat.totals()?;
    let rejected: Vec<view::RejectedFile> = cat
        .rejected()?
        .into_iter()
        .map(|file| view::RejectedFile {
            retry: if file.odd { RETRY.to_owned() } else { format!("vanban ingest {}", quoted(&file.path)) },
            path: file.path,
            stage: file.stage,
            reason: file.reason,
        })
        .collect();
    Ok(view::Status {
        schema: "vanban.status/1",
        runs: cat.runs()?,
        documents,
        citations,
        tasks,
        retry: (!rejected.is_empty()).then_some(RETRY),
        rejected,
    })
}

/// Whether store and index agree.
pub fn check(cat: &impl Catalogue) -> Result<view::Check, QueryError> {
    let problems = cat.check()?;
    Ok(view::Check { schema: "vanban.check/1", ok: problems.is_empty(), problems })
}

/// A path as a shell takes it; one that a terminal would not show as it is, in the form with escapes that bash, zsh and ksh read.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '+' | ',' | ':' | '@' | '%');
    let hidden = |c: char| c.is_control() || is_hidden(c);
    let dot = if path.starts_with('-') { "./" } else { "" };
    if path.chars().any(hidden) {
        let bytes = |c: char| c.to_string().bytes().map(|byte| format!("\\x{byte:02x}")).collect();
        let escaped: String = path
            .chars()
            .map(|c| match c {
                _ if hidden(c) => bytes(c),
                '\'' | '\\' => format!("\\{c}"),
                _ => c.to_string(),
            })
            .collect();
        return format!("$'{dot}{escaped}'");
    }
    match path {
        _ if !path.is_empty() && path.chars().all(plain) && dot.is_empty() => path.to_owned(),
        _ => format!("'{dot}{}'", path.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn paths_are_quoted_only_where_a_shell_would_split_them() {
        for (path, want) in [
            ("corpus/a.txt", "corpus/a.txt"),
            ("corpus/chỉ thị.txt", "'corpus/chỉ thị.txt'"),
            ("it's", r"'it'\''s'"),
            ("-x.txt", "'./-x.txt'"),
            ("a\nb'c", r"$'a\x0ab\'c'"),
            ("a\u{202e}b", r"$'a\xe2\x80\xaeb'"),
        ] {
            assert_eq!(quoted(path), want);
        }
    }
}
