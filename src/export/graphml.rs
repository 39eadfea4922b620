//! GraphML of a lineage, for Gephi, yEd and Cytoscape.

use super::united;
use crate::model::plain::escaped as xml;
use crate::query::view::{Document, Lineage};

/// Name of each node attribute and how it is read.
type Column = (&'static str, fn(&Document) -> Option<String>);

const NODE: [Column; 9] = [
    ("kind", |d| d.kind.clone()),
    ("number", |d| d.number.clone()),
    ("date", |d| d.date.map(|day| day.to_string())),
    ("term", |d| d.term.clone()),
    ("issuer", |d| d.issuer.clone()),
    ("province", |d| d.province.clone()),
    ("level", |d| d.level.map(|level| level.as_str().to_owned())),
    ("title", |d| d.title.clone()),
    ("held", |d| Some(d.held.to_string())),
];
const EDGE: [&str; 4] = ["relation", "basis", "stated_by", "sentence"];

/// A directed graph with all facts as attributes; edges run from what acts to what is acted on.
pub fn lineage_graphml(lineage: &Lineage) -> String {
    let (nodes, edges) = united(lineage);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    for (name, _) in NODE {
        let kind = if name == "held" { "boolean" } else { "string" };
        out += &format!("  <key id=\"{name}\" for=\"node\" attr.name=\"{name}\" attr.type=\"{kind}\"/>\n");
    }
    for name in EDGE {
        out += &format!("  <key id=\"{name}\" for=\"edge\" attr.name=\"{name}\" attr.type=\"string\"/>\n");
    }
    out += "  <graph edgedefault=\"directed\">\n";
    for node in nodes {
        out += &format!("    <node id=\"{}\">", xml(&node.id));
        for (name, value) in NODE {
            if let Some(value) = value(node) {
                out += &format!("<data key=\"{name}\">{}</data>", xml(&value));
            }
        }
        out += "</node>\n";
    }
    for edge in edges {
        let values = [edge.relation.as_str(), edge.basis, &edge.stated_by, &edge.sentence];
        out += &format!("    <edge source=\"{}\" target=\"{}\">", xml(&edge.from), xml(&edge.to));
        for (name, value) in EDGE.iter().zip(values) {
            out += &format!("<data key=\"{name}\">{}</data>", xml(value));
        }
        out += "</edge>\n";
    }
    out += "  </graph>\n</graphml>\n";
    out
}

#[cfg(test)]
mod tests {
    use super::lineage_graphml;
    use crate::export::sample;

    #[test]
    fn graphml_holds_every_fact_once() {
        let text = lineage_graphml(&sample::lineage());
        assert_eq!((text.matches("<node ").count(), text.matches("<edge ").count()), (4, 3));
        assert!(text.contains("<data key=\"issuer\">Ban &lt;A&gt; &amp; &quot;B&quot;</data>"), "{text}");
        assert!(
            text.contains("<edge source=\"12-ct-tu-2022\" target=\"12-ct-tw-2022\"><data key=\"relation\">implements</data>"),
            "{text}"
        );
        assert!(!text.contains("<data key=\"province\">"));
        for tag in ["node", "edge", "data", "graph", "graphml"] {
            let (open, close) = (
                text.matches(&format!("<{tag} ")).count() + text.matches(&format!("<{tag}>")).count(),
                text.matches(&format!("</{tag}>")).count(),
            );
            assert_eq!(open, close, "{tag}");
        }
    }
}
