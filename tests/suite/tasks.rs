//! Tasks of whole papers. Each case is a paper of our own writing and what it asks of whom (tests/cases/tasks/papers.txt).

use proptest::prelude::*;
use std::fmt::Write;
use vanban::extract::tasks::TaskFinder;
use vanban::model::{DocumentFacts, NormText, RawText, Structure, Task};
use vanban::tables::Tables;
use vanban::{structure, text};

struct Reader {
    tables: Tables,
    finder: TaskFinder,
}

impl Reader {
    fn new() -> Self {
        let tables = Tables::builtin();
        let finder = TaskFinder::new(&tables);
        Reader { tables, finder }
    }

    fn read(&self, paper: &str, facts: &DocumentFacts) -> (NormText, Vec<Task>) {
        let norm = text::normalise(&self.tables, &RawText::plain(paper));
        let structure: Structure = structure::read(&self.tables, &norm);
        let tasks = self.finder.find(&norm, &structure, facts, &[]);
        (norm, tasks)
    }
}

/// One line a task: how it begins, who, with whom, until when, how often, reporting to whom.
fn show(norm: &NormText, tasks: &[Task]) -> String {
    let mut out = String::new();
    for task in tasks {
        let begins: Vec<&str> = task.span.of(&norm.text).split_whitespace().take(6).collect();
        let mut line = format!("{} <- {}", begins.join(" "), task.assignees.join(" | "));
        let parts = [
            ("with", (!task.coordinators.is_empty()).then(|| task.coordinators.join(" | "))),
            ("due", task.due.as_ref().map(|due| due.date.map_or(due.text.clone(), |date| date.to_string()))),
            ("every", task.recurrence.as_ref().map(|each| format!("{} {:?}", each.text, each.months))),
            ("to", task.report_to.clone()),
        ];
        for (name, value) in parts {
            if let Some(value) = value {
                write!(line, "; {name} {value}").expect("a string takes all that is written");
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[test]
fn papers_ask_what_their_cases_say() {
    let reader = Reader::new();
    let mut wrong = String::new();
    for case in include_str!("../cases/tasks/papers.txt").split("\n=== ").skip(1) {
        let (head, rest) = case.split_once('\n').expect("a case has a head line");
        let (paper, want) = rest.split_once("\n--- tasks\n").expect("a case has its tasks");
        let mut words = head.split(' ');
        let kind = words.next().expect("a head line begins with the kind");
        let facts = DocumentFacts {
            kind: Some(reader.tables.kinds.word(kind).to_owned()),
            kind_name: reader.tables.kinds.by_code(kind).map(|kind| kind.name.clone()),
            date: words.next().and_then(|date| date.parse().ok()),
            ..DocumentFacts::default()
        };
        let (norm, tasks) = reader.read(paper, &facts);
        let got = show(&norm, &tasks);
        if got.trim() != want.trim() {
            write!(wrong, "\n=== {head}\n--- got\n{got}--- want\n{want}\n").expect("a string takes all that is written");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever words, labels and marks stand together, spans cut at characters, run forward and lie in the text.
    #[test]
    fn spans_hold_in_any_order_of_words(lines in proptest::collection::vec(line(), 1..20)) {
        let reader = Reader::new();
        let (norm, tasks) = reader.read(&lines.join("\n"), &DocumentFacts::default());
        for task in &tasks {
            prop_assert!(norm.text.get(task.span.start..task.span.end).is_some_and(|words| !words.is_empty()));
            prop_assert!(!task.text.is_empty());
        }
        prop_assert!(tasks.windows(2).all(|two| two[0].span.start <= two[1].span.start));
    }
}

/// A line of labels, bodies, verbs and marks in any order.
fn line() -> impl Strategy<Value = String> {
    let pieces = proptest::sample::select(vec![
        "1.",
        "a)",
        "-",
        "II.",
        "Điều 3.",
        "|",
        "Giao",
        "yêu cầu",
        "Sở Y tế",
        "các sở, ban, ngành",
        "và",
        ",",
        ";",
        ":",
        ".",
        "(",
        ")",
        "chủ trì, phối hợp với",
        "xây dựng",
        "báo cáo",
        "trước ngày 30/6/2025",
        "định kỳ",
        "Đơn vị chủ trì:",
        "Tổ chức thực hiện",
        "NHIỆM VỤ",
        "căn cứ",
        "về việc",
        "tỉnh",
        "Trên đây là",
        "…",
        "“",
        "uỷ",
        "ĐẢNG",
        "12/",
        "\u{301}",
        "x",
    ]);
    proptest::collection::vec(pieces, 0..14).prop_map(|words| words.join(" "))
}
