//! Graphviz DOT of a lineage.

use super::{label, united};
use crate::query::view::Lineage;

/// One digraph; what implements stands below what it implements. Documents that are not held are dashed.
pub fn lineage_dot(lineage: &Lineage) -> String {
    let (nodes, edges) = united(lineage);
    let mut out = String::from("digraph lineage {\n  rankdir=BT;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n");
    for node in nodes {
        let style = if node.held { "rounded" } else { "rounded,dashed" };
        let text = label(node).iter().map(|line| escaped(line)).collect::<Vec<_>>().join("\\n");
        let tip = node.title.as_deref().map(escaped).unwrap_or_default();
        out += &format!("  \"{}\" [label=\"{text}\", style=\"{style}\", tooltip=\"{tip}\"];\n", escaped(&node.id));
    }
    for edge in edges {
        let style = if edge.basis == "own" { "solid" } else { "dashed" };
        let (from, to, tip) = (escaped(&edge.from), escaped(&edge.to), escaped(&edge.sentence));
        out += &format!("  \"{from}\" -> \"{to}\" [label=\"{}\", style={style}, tooltip=\"{tip}\"];\n", edge.relation.as_str());
    }
    out += "}\n";
    out
}

/// Inside a quoted string of DOT; a line break becomes a blank.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::lineage_dot;
    use crate::export::sample;

    #[test]
    fn dot_quotes_everything() {
        let dot = lineage_dot(&sample::lineage());
        assert!(dot.starts_with("digraph lineage {\n") && dot.ends_with("}\n"));
        assert!(dot.contains(r#""12-ct-tu-2022" -> "12-ct-tw-2022" [label="implements", style=solid"#), "{dot}");
        assert!(dot.contains(r#"Ban <A> & \"B\""#) && dot.contains(r"một \\ hai"), "{dot}");
        assert!(dot.contains(r#"style="rounded,dashed""#), "{dot}");
        // Every quotation mark that is not escaped closes what another opened.
        for line in dot.lines() {
            let plain = line.replace("\\\\", "").replace("\\\"", "");
            assert_eq!(plain.matches('"').count() % 2, 0, "{line}");
        }
    }
}
