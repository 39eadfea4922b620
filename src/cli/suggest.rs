//! Questions that have answers in this very index, for somebody who has just built it.
//!
//! Duty: look at what is there and make three or four commands of it. Not here: running them.

use super::error::CommandError;
use crate::resolve::Node;
use crate::store::Reader;
use std::collections::BTreeMap;

/// Documents looked at; a large index has enough to show in its first ones.
const LOOKED_AT: usize = 500;
/// Most cited documents that are not held, looked at too.
const MISSING: usize = 5;

/// Commands to type, the most telling first; fewer when the index holds little.
pub(super) fn questions(reader: &Reader, ids: &[String]) -> Result<Vec<String>, CommandError> {
    let mut known = ids[..ids.len().min(LOOKED_AT)].to_vec();
    known.extend(reader.not_held()?.into_iter().take(MISSING).map(|(node, _, _)| node.id));
    let nodes = reader.nodes(&known)?;
    let mut cited: Option<(u64, &Node)> = None;
    let mut implemented: Option<(usize, &Node)> = None;
    for node in nodes.iter().filter(|node| node.number.is_some()) {
        let (_, citations, _) = reader.counts(&node.id)?;
        if citations > cited.map_or(0, |(most, _)| most) {
            cited = Some((citations, node));
        }
        let edges = reader.edges_to(&node.id)?.len();
        if edges > implemented.map_or(0, |(most, _)| most) {
            implemented = Some((edges, node));
        }
    }
    let mut commands = Vec::new();
    commands.extend(cited.map(|(_, node)| format!("vanban cited-by \"{}\"", spoken(reader, node))));
    commands.extend(implemented.map(|(_, node)| format!("vanban lineage {} --down", node.number.as_deref().unwrap_or(&node.id))));
    commands.extend(busiest_body(reader, &known)?.map(|body| format!("vanban tasks --assignee \"{body}\"")));
    let title = cited.or(implemented.map(|(most, node)| (most as u64, node))).and_then(|(_, node)| node.title.as_deref());
    commands.extend(title.and_then(subject).map(|words| format!("vanban search \"{words}\"")));
    Ok(commands)
}

/// As a person says it: "Chỉ thị 38".
fn spoken(reader: &Reader, node: &Node) -> String {
    let kind = node.kind.as_deref().map(|code| reader.tables().kinds.name(code, node.number.as_deref()));
    match (kind, &node.parsed) {
        (Some(kind), Some(number)) => format!("{kind} {}", number.serial),
        _ => node.number.clone().unwrap_or_else(|| node.id.clone()),
    }
}

/// The body on whom most tasks are laid.
fn busiest_body(reader: &Reader, ids: &[String]) -> Result<Option<String>, CommandError> {
    let mut bodies: BTreeMap<String, usize> = BTreeMap::new();
    for row in reader.tasks(ids)? {
        for body in row.task.assignees {
            *bodies.entry(body).or_default() += 1;
        }
    }
    // A body of its own has a capital ("Ủy ban Kiểm tra", not "các cấp ủy"); a long name is a list that was not split.
    let proper = |body: &str| body.starts_with(char::is_uppercase) && body.chars().count() <= 40;
    let best = bodies.into_iter().filter(|(body, _)| proper(body));
    Ok(best.max_by_key(|(body, tasks)| (*tasks, std::cmp::Reverse(body.len()))).map(|(body, _)| body))
}

/// The middle words of a subject, the opening "về" and "về việc" left out.
fn subject(title: &str) -> Option<String> {
    let words: Vec<&str> =
        title.split_whitespace().skip_while(|word| matches!(word.to_lowercase().as_str(), "về" | "việc" | "v/v")).collect();
    let plain: Vec<&str> = words.iter().copied().take_while(|word| word.chars().all(char::is_alphabetic)).take(5).collect();
    (plain.len() >= 2).then(|| plain.join(" "))
}

#[cfg(test)]
mod tests {
    use super::subject;

    #[test]
    fn a_subject_gives_words_to_search_for() {
        assert_eq!(subject("Về việc tăng cường quản lý nguồn nước ngầm").as_deref(), Some("tăng cường quản lý nguồn"));
        assert_eq!(subject("về 5 việc"), None);
    }
}
