//! CSV of a task list and of a lineage (RFC 4180), as spreadsheets read it.

use super::united;
use crate::query::view::{Lineage, TaskItem, Tasks};

/// Whether the file is meant for Excel, which takes UTF-8 for something else unless a byte order mark stands first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Excel {
    /// With a byte order mark.
    Yes,
    /// Plain UTF-8.
    #[default]
    No,
}

/// Name of each column and how it is filled.
pub(super) type Column = (&'static str, fn(&TaskItem) -> String);

/// The columns of a task list.
pub(super) const COLUMNS: [Column; 14] = [
    ("document", |t| t.document.id.clone()),
    ("number", |t| t.document.number.clone().unwrap_or_default()),
    ("date", |t| t.document.date.map(|day| day.to_string()).unwrap_or_default()),
    ("issuer", |t| t.document.issuer.clone().unwrap_or_default()),
    ("province", |t| t.document.province.clone().unwrap_or_default()),
    ("label", |t| t.task.label.clone().unwrap_or_default()),
    ("text", |t| t.task.text.clone()),
    ("assignees", |t| t.task.assignees.join("; ")),
    ("coordinators", |t| t.task.coordinators.join("; ")),
    ("due_date", |t| t.task.due.as_ref().and_then(|due| due.date).map(|day| day.to_string()).unwrap_or_default()),
    ("due_text", |t| t.task.due.as_ref().map(|due| due.text.clone()).unwrap_or_default()),
    ("recurrence", |t| t.task.recurrence.as_ref().map(|again| again.text.clone()).unwrap_or_default()),
    ("report_to", |t| t.task.report_to.clone().unwrap_or_default()),
    ("start", |t| t.task.span.start.to_string()),
];

/// A header line and one line a task; lines end with CR LF.
///
/// For Excel a cell that it would take for a formula (`=`, `+`, `-`, `@` first) gets an apostrophe before it, which Excel
/// hides; the plain form leaves every cell as it is.
pub fn tasks_csv(tasks: &Tasks, excel: Excel) -> String {
    let mut out = String::from(if excel == Excel::Yes { "\u{feff}" } else { "" });
    out += &COLUMNS.map(|(name, _)| name).join(",");
    out += "\r\n";
    for item in &tasks.tasks {
        let cells: Vec<String> = COLUMNS.iter().map(|(_, value)| quoted(&value(item), excel)).collect();
        out += &cells.join(",");
        out += "\r\n";
    }
    out
}

/// A header line and one line an edge, with what is known of both documents.
pub fn lineage_csv(lineage: &Lineage, excel: Excel) -> String {
    const HEADER: &str = "from,from_number,from_date,from_issuer,relation,to,to_number,to_date,to_issuer,basis,stated_by,sentence\r\n";
    let (nodes, edges) = united(lineage);
    let mut out = String::from(if excel == Excel::Yes { "\u{feff}" } else { "" });
    out += HEADER;
    let known = |id: &str| {
        let node = nodes.iter().find(|node| node.id == id);
        let of = |value: Option<String>| value.unwrap_or_default();
        let (number, issuer) = (node.and_then(|node| node.number.clone()), node.and_then(|node| node.issuer.clone()));
        [id.to_owned(), of(number), of(node.and_then(|node| node.date).map(|day| day.to_string())), of(issuer)]
    };
    for edge in edges {
        let mut cells: Vec<String> = known(&edge.from).into();
        cells.push(edge.relation.as_str().to_owned());
        cells.extend(known(&edge.to));
        cells.extend([edge.basis.to_owned(), edge.stated_by.clone(), edge.sentence.clone()]);
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell, excel)).collect();
        out += &cells.join(",");
        out += "\r\n";
    }
    out
}

fn quoted(cell: &str, excel: Excel) -> String {
    let formula = excel == Excel::Yes && cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ') {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::{Excel, lineage_csv, quoted, tasks_csv};
    use crate::export::sample;

    #[test]
    fn cells_are_quoted_as_the_rfc_says() {
        for (cell, want) in
            [("a", "a"), ("a,b", "\"a,b\""), ("\"a\"", "\"\"\"a\"\"\""), ("a\nb", "\"a\nb\""), (" a", "\" a\""), ("-a", "-a")]
        {
            assert_eq!(quoted(cell, Excel::No), want);
        }
        assert_eq!((quoted("-a", Excel::Yes), quoted("=1+1", Excel::Yes)), ("'-a".to_owned(), "'=1+1".to_owned()));
    }

    #[test]
    fn a_list_has_a_header_and_a_line_a_task() {
        let text = tasks_csv(&sample::tasks(), Excel::Yes);
        assert!(text.starts_with("\u{feff}document,number,date,"));
        assert_eq!(text.matches("\r\n").count(), 4);
        assert!(
            text.contains("Ủy ban Kiểm tra Tỉnh ủy; Văn phòng,\"các cơ quan, đơn vị\",2022-12-31,trước hạn,hằng năm,,10\r\n"),
            "{text}"
        );
        assert!(tasks_csv(&sample::tasks(), Excel::No).starts_with("document,"));
    }

    #[test]
    fn a_lineage_has_a_line_an_edge() {
        let text = lineage_csv(&sample::lineage(), Excel::No);
        assert_eq!(text.matches("\r\n").count(), 4);
        assert!(text.contains("12-ct-tu-2022,12-CT/TU,2022-03-24,\"Ban <A> & \"\"B\"\"\",implements,12-ct-tw-2022,12-CT/TW,"), "{text}");
    }
}
