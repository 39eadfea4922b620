//! Plain lists of the whole index: `missing`, `status`, `check`.

use super::{Catalogue, QueryError, view};

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
    let rejected = cat
        .rejected()?
        .into_iter()
        .map(|file| view::RejectedFile {
            retry: format!("vanban ingest {}", quoted(&file.path)),
            path: file.path,
            stage: file.stage,
            reason: file.reason,
        })
        .collect();
    Ok(view::Status { schema: "vanban.status/1", runs: cat.runs()?, documents, citations, tasks, rejected })
}

/// Whether store and index agree.
pub fn check(cat: &impl Catalogue) -> Result<view::Check, QueryError> {
    let problems = cat.check()?;
    Ok(view::Check { schema: "vanban.check/1", ok: problems.is_empty(), problems })
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '+' | ',' | ':' | '@' | '%');
    match path {
        _ if !path.is_empty() && path.chars().all(plain) && !path.starts_with('-') => path.to_owned(),
        _ if path.starts_with('-') => format!("'./{}'", path.replace('\'', r"'\''")),
        _ => format!("'{}'", path.replace('\'', r"'\''")),
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
        ] {
            assert_eq!(quoted(path), want);
        }
    }
}
