//! Answers in the formats of other programs: graphs (DOT, Mermaid, GraphML, SVG), tables (CSV, XLSX), calendars (iCalendar).
//!
//! Duty: turn the shapes of `query::view` into text or bytes, with everything escaped. Pure. Not here: questions, files, terminals.

mod calendar;
mod csv;
mod dot;
mod graphml;
mod mermaid;
mod svg;
mod workbook;

pub use calendar::tasks_ics;
pub use csv::{Excel, lineage_csv, tasks_csv};
pub use dot::lineage_dot;
pub use graphml::lineage_graphml;
pub use mermaid::lineage_mermaid;
pub use svg::{Drawing, Sign, lineage_drawing, lineage_svg};
pub use workbook::tasks_xlsx;

use crate::query::view::{Document, Lineage, LineageEdge};
use std::collections::{BTreeMap, BTreeSet};

/// Most characters of a subject in a label.
const LONGEST_SUBJECT: usize = 60;

/// All documents and edges of a lineage, each once, in the order of ids.
fn united(lineage: &Lineage) -> (Vec<&Document>, Vec<&LineageEdge>) {
    let nodes: BTreeMap<&str, &Document> =
        lineage.groups.iter().flat_map(|group| &group.nodes).map(|node| (node.document.id.as_str(), &node.document)).collect();
    let mut seen = BTreeSet::new();
    let mut edges: Vec<&LineageEdge> = lineage.groups.iter().flat_map(|group| &group.edges).collect();
    edges.sort_by_key(|edge| key(edge));
    edges.retain(|edge| seen.insert(key(edge)) && nodes.contains_key(edge.from.as_str()) && nodes.contains_key(edge.to.as_str()));
    (nodes.into_values().collect(), edges)
}

fn key(edge: &LineageEdge) -> (&str, &str, &str) {
    (&edge.from, &edge.to, edge.relation.as_str())
}

/// Number (or kind and subject), date and issuer: the lines of a label.
fn label(document: &Document) -> Vec<String> {
    let name = document.number.clone().unwrap_or_else(|| {
        let subject = document.title.as_deref().map(|title| short(title, LONGEST_SUBJECT));
        match (&document.kind, subject) {
            (Some(kind), Some(subject)) => format!("{kind}: {subject}"),
            (None, Some(subject)) => subject,
            _ => document.id.clone(),
        }
    });
    let mut lines = vec![name];
    lines.extend(document.date.map(|day| day.strftime("%d/%m/%Y").to_string()));
    lines.extend(document.issuer.clone().or_else(|| document.province.clone()));
    lines
}

/// At most `most` characters, cut at a word.
fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    let at = cut.rfind(' ').filter(|at| *at > 0).unwrap_or(cut.len());
    format!("{}…", cut[..at].trim_end())
}

#[cfg(test)]
mod sample {
    //! A small lineage and task list with every character that some format gives a meaning to.

    use crate::model::{Due, Level, Place, Recurrence, Relation, Span, Task, TaskKind};
    use crate::query::Reading;
    use crate::query::view::{Document, Lineage, LineageEdge, LineageGroup, LineageNode, TaskItem, Tasks, TasksQuery};

    pub(super) fn document(id: &str, number: Option<&str>, date: Option<&str>, level: Option<Level>) -> Document {
        Document {
            id: id.into(),
            kind: Some("CT".into()),
            number: number.map(str::to_owned),
            date: date.map(|day| day.parse().unwrap()),
            term: None,
            issuer: Some("Ban <A> & \"B\"".into()),
            province: None,
            level,
            title: Some("về việc # một \\ hai; ba".into()),
            held: number.is_some(),
        }
    }

    pub(super) fn lineage() -> Lineage {
        let edge = |from: &str, to: &str| LineageEdge {
            from: from.into(),
            to: to.into(),
            relation: Relation::Implements,
            place: Place::Body,
            basis: "own",
            sentence: "Để thực hiện <\"nó\"> & hơn.".into(),
            stated_by: from.into(),
        };
        let root = document("12-ct-tw-2022", Some("12-CT/TW"), Some("2022-01-05"), Some(Level::Central));
        let nodes = vec![
            LineageNode { document: root.clone(), depth: 0 },
            LineageNode { document: document("12-ct-tu-2022", Some("12-CT/TU"), Some("2022-03-24"), Some(Level::Province)), depth: 1 },
            LineageNode { document: document("5-kh-tu-2022", Some("5-KH/TU"), Some("2022-03-25"), Some(Level::Province)), depth: 2 },
            LineageNode { document: document("kh-xa", None, None, None), depth: 2 },
        ];
        let edges = vec![edge("12-ct-tu-2022", "12-ct-tw-2022"), edge("5-kh-tu-2022", "12-ct-tu-2022"), edge("kh-xa", "12-ct-tu-2022")];
        let group = LineageGroup { root, singled_out_by: None, nodes, edges, cut: false };
        Lineage { schema: "vanban.lineage/1", query: Reading::default(), groups: vec![group.clone(), group] }
    }

    pub(super) fn tasks() -> Tasks {
        let item = |text: &str, due: Option<&str>, start: usize| TaskItem {
            document: document("5-kh-tu-2022", Some("5-KH/TU"), Some("2022-03-25"), Some(Level::Province)),
            task: Task {
                span: Span::new(start, start + text.len()),
                label: Some("III.3".into()),
                text: text.into(),
                kind: TaskKind::Assignment,
                assignees: vec!["Ủy ban Kiểm tra Tỉnh ủy".into(), "Văn phòng".into()],
                coordinators: vec!["các cơ quan, đơn vị".into()],
                due: due.map(|day| Due { text: "trước hạn".into(), date: day.parse().ok() }),
                recurrence: Some(Recurrence { text: "hằng năm".into(), months: vec![12] }),
                report_to: None,
                citations: Vec::new(),
            },
        };
        let long = "Tham mưu, chỉ đạo; kiểm tra việc thực hiện \"Chỉ thị\" và báo cáo Ban Thường vụ Tỉnh ủy kết quả thực hiện theo quy định\nhằng quý";
        let tasks = vec![item(long, Some("2022-12-31"), 10), item("- Tuyên truyền", None, 400), item("=1+1", Some("2023-02-28"), 500)];
        Tasks { schema: "vanban.tasks/1", query: TasksQuery::default(), total: tasks.len(), tasks }
    }
}

#[cfg(test)]
mod tests {
    use super::{label, sample, short, united};

    #[test]
    fn labels_are_short() {
        let document = sample::document("a", None, None, None);
        assert_eq!(label(&document)[0], "CT: về việc # một \\ hai; ba");
        assert_eq!(short("một hai ba bốn", 9), "một hai…");
    }

    #[test]
    fn two_groups_unite_without_doubles() {
        let lineage = sample::lineage();
        let (nodes, edges) = united(&lineage);
        assert_eq!((nodes.len(), edges.len()), (4, 3));
    }
}
