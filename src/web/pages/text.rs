//! A part of a paper as HTML.
//!
//! Duty: each line as an element, citations as links with certainty and relation, footnote marks, tasks in the margin. The only
//! HTML that is not made by a template, because a part has hundreds of pieces; [`escape`] is the only way for text into it.
//! Not here: which lines there are (`reading`).

use super::shown::Doc;
use crate::model::plain::escape;
use crate::model::{BlockKind, Span, Task};
use crate::web::reading::{Line, Look, Paper};
use crate::web::words::Lang;
use std::fmt::Write;

/// Where a mention leads.
pub(super) struct Target {
    /// Id of the mention.
    pub(super) id: String,
    /// How sure: a class of the style, and the end of a key.
    pub(super) class: &'static str,
    pub(super) relation: &'static str,
    pub(super) why: String,
    /// Address; empty when there is none.
    pub(super) href: String,
    /// It means this very paper.
    pub(super) own: bool,
}

/// What the lines are linked with.
pub(super) struct Links<'a> {
    pub(super) mentions: &'a [Target],
    pub(super) tasks: &'a [Task],
    pub(super) lang: Lang,
    pub(super) doc: &'a Doc,
}

/// The HTML of a part.
pub(super) fn part(paper: &Paper, part: usize, links: &Links<'_>) -> String {
    let Some(lines) = paper.parts.get(part) else { return String::new() };
    let mut out = String::with_capacity(96 << 10);
    let mut open = "";
    for line in lines {
        let group = group(line.kind);
        if group != open {
            out.push_str(close(open));
            out.push_str(begin(group));
            open = group;
        }
        write_line(&mut out, paper, line, links);
    }
    out.push_str(close(open));
    out
}

/// Lines that stand in one element together.
fn group(kind: Look) -> &'static str {
    match kind {
        Look::HeadLeft | Look::HeadRight => "head",
        Look::Block(BlockKind::TableRow) => "table",
        Look::Block(BlockKind::Recipients) => "to",
        Look::Block(BlockKind::Signature) => "sign",
        _ => "",
    }
}

fn begin(group: &str) -> &'static str {
    match group {
        "head" => "<div class=\"letterhead\">",
        "table" => "<div class=\"scroll\"><table class=\"cells\"><tbody>",
        "to" => "<div class=\"to\">",
        "sign" => "<div class=\"sign\">",
        _ => "",
    }
}

fn close(group: &str) -> &'static str {
    match group {
        "table" => "</tbody></table></div>",
        "head" | "to" | "sign" => "</div>",
        _ => "",
    }
}

fn write_line(out: &mut String, paper: &Paper, line: &Line, links: &Links<'_>) {
    let id = if line.kind == Look::Rest { String::new() } else { format!(" id=\"b{}\"", line.number) };
    if line.kind == Look::Block(BlockKind::TableRow) {
        let _ = write!(out, "<tr{id}>");
        for (nth, cell) in line.cells.iter().enumerate() {
            out.push_str("<td>");
            if nth == 0 {
                margins(out, line, links);
            }
            words(out, paper, line, *cell, links);
            out.push_str("</td>");
        }
        out.push_str("</tr>");
        return;
    }
    let (tag, class) = match line.kind {
        Look::HeadLeft => ("p", "left"),
        Look::HeadRight => ("p", "right"),
        Look::Rest => ("p", "rest"),
        Look::Block(kind) => match kind {
            BlockKind::Title => ("p", "title"),
            BlockKind::Basis => ("p", "basis"),
            BlockKind::Heading if line.depth == 0 => ("h2", "heading"),
            BlockKind::Heading => ("h3", "heading"),
            BlockKind::Item => ("p", "item"),
            BlockKind::Footnote => ("p", "footnote"),
            BlockKind::Stamp => ("p", "stamp"),
            BlockKind::Furniture => ("p", "furniture"),
            _ => ("p", "plain"),
        },
    };
    let _ = write!(out, "<{tag}{id} class=\"{class} d{}\">", line.depth);
    // First, so that a margin note begins beside the first line of its duty.
    margins(out, line, links);
    words(out, paper, line, line.span, links);
    let _ = write!(out, "</{tag}>");
}

/// The words of a stretch with its links.
fn words(out: &mut String, paper: &Paper, line: &Line, span: Span, links: &Links<'_>) {
    let mut at = span.start;
    let mut notes = line.notes.iter().peekable();
    let mut plain = |out: &mut String, from: usize, to: usize| {
        let mut from = from;
        while let Some((place, label, which)) = notes.next_if(|(place, ..)| *place <= to) {
            let place = (*place).clamp(from, to);
            escape(out, &paper.text[from..place]);
            note(out, paper, label, *which, links.doc);
            from = place;
        }
        escape(out, &paper.text[from..to]);
    };
    for (place, nth) in line.mentions.iter().filter(|(place, _)| span.start <= place.start && place.end <= span.end) {
        plain(out, at, place.start);
        let target = &links.mentions.get(*nth);
        open_mention(out, *target, links.lang);
        escape(out, &paper.text[place.start..place.end]);
        out.push_str(if target.is_some_and(|target| !target.href.is_empty() && !target.own) { "</a>" } else { "</span>" });
        at = place.end;
    }
    plain(out, at, span.end);
}

/// The mark of a footnote: a link to it, with its words at hand.
fn note(out: &mut String, paper: &Paper, label: &str, which: Option<usize>, doc: &Doc) {
    const WORDS: usize = 300;
    out.push_str("<sup>");
    let found = which.and_then(|which| paper.footnotes.get(which));
    if let Some((part, line, span)) = found {
        out.push_str("<a href=\"");
        escape(out, &doc.href);
        let _ = write!(out, "?part={part}#b{line}\" title=\"");
        let words: String = paper.text[span.start..span.end].chars().take(WORDS).collect();
        escape(out, &words);
        out.push_str("\">");
    }
    escape(out, label);
    out.push_str(if found.is_some() { "</a></sup>" } else { "</sup>" });
}

fn open_mention(out: &mut String, target: Option<&Target>, lang: Lang) {
    let Some(target) = target else {
        out.push_str("<span>");
        return;
    };
    let _ = write!(out, "<{} id=\"", if target.href.is_empty() || target.own { "span" } else { "a" });
    escape(out, &target.id);
    if target.own || target.href.is_empty() {
        let _ = write!(out, "\" class=\"cite {}\">", if target.own { "own" } else { target.class });
        return;
    }
    out.push_str("\" href=\"");
    escape(out, &target.href);
    let _ = write!(out, "\" class=\"cite {}\" title=\"", target.class);
    escape(out, lang.of(&format!("relation.{}", target.relation)));
    out.push_str(" · ");
    escape(out, lang.of(&format!("certainty.{}", target.class)));
    if target.class == "ambiguous" || target.class == "likely" {
        out.push_str(": ");
        escape(out, &lang.told(&target.why));
    }
    if target.class == "ambiguous" { out.push_str("\">") } else { out.push_str("\" data-card>") }
}

/// The tasks that begin in a line.
fn margins(out: &mut String, line: &Line, links: &Links<'_>) {
    for nth in &line.tasks {
        if let Some(task) = links.tasks.get(*nth) {
            margin(out, task, *nth, links);
        }
    }
}

/// A task beside the line in which it begins.
fn margin(out: &mut String, task: &Task, nth: usize, links: &Links<'_>) {
    let Links { lang, doc, .. } = links;
    out.push_str("<a class=\"task\" href=\"");
    escape(out, &doc.href);
    let _ = write!(out, "/tasks#t{nth}\" id=\"task{nth}\"><span class=\"hidden\">");
    escape(out, lang.of("task"));
    out.push_str(": </span>");
    match task.assignees.first() {
        Some(body) => escape(out, body),
        None => escape(out, lang.of("task.all")),
    }
    if task.assignees.len() > 1 {
        let _ = write!(out, " +{}", task.assignees.len() - 1);
    }
    if let Some(due) = &task.due {
        out.push_str(" <b>");
        match due.date {
            Some(day) => escape(out, &super::shown::day_of(day)),
            None => escape(out, &due.text),
        }
        out.push_str("</b>");
    } else if let Some(again) = &task.recurrence {
        out.push_str(" <b>");
        escape(out, &again.text);
        out.push_str("</b>");
    }
    out.push_str("</a>");
}
