//! Mermaid flowchart of a lineage, for Markdown pages.

use super::{label, united};
use crate::query::view::Lineage;
use std::collections::HashMap;

/// One flowchart; what implements stands below what it implements. Stated edges are dotted.
pub fn lineage_mermaid(lineage: &Lineage) -> String {
    let (nodes, edges) = united(lineage);
    let mut out = String::from("flowchart BT\n");
    // Ids of documents hold hyphens, which end an id of Mermaid where a dash follows.
    let names: HashMap<&str, String> = nodes.iter().enumerate().map(|(i, node)| (node.id.as_str(), format!("n{i}"))).collect();
    for node in &nodes {
        let text = label(node).iter().map(|line| escaped(line)).collect::<Vec<_>>().join("<br/>");
        out += &format!("  {}[\"{text}\"]\n", names[node.id.as_str()]);
    }
    for edge in edges {
        let arrow = if edge.basis == "own" { "-->" } else { "-.->" };
        let (from, to) = (&names[edge.from.as_str()], &names[edge.to.as_str()]);
        out += &format!("  {from} {arrow}|{}| {to}\n", edge.relation.as_str());
    }
    let absent: Vec<&str> = nodes.iter().filter(|node| !node.held).map(|node| names[node.id.as_str()].as_str()).collect();
    if !absent.is_empty() {
        out += "  classDef absent stroke-dasharray: 4 3\n";
        out += &format!("  class {} absent\n", absent.join(","));
    }
    out
}

/// Inside a quoted label: Mermaid's own entity codes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '#' => out.push_str("#35;"),
            '"' => out.push_str("#quot;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '&' => out.push_str("#amp;"),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::lineage_mermaid;
    use crate::export::sample;

    #[test]
    fn mermaid_escapes_with_its_own_entities() {
        let text = lineage_mermaid(&sample::lineage());
        assert!(text.starts_with("flowchart BT\n"));
        assert!(text.contains("Ban #lt;A#gt; #amp; #quot;B#quot;"), "{text}");
        assert!(text.contains("  n0 -->|implements| n1\n"), "{text}");
        assert!(text.contains("về việc #35; một"), "{text}");
        assert!(text.contains("  class n3 absent\n"), "{text}");
    }
}
