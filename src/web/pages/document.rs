//! One document: the head that all its pages share, and the reading view.

use super::copies::SHOWN;
use super::shown::{Doc, certainty, day_of};
use super::text::{Links, Target, part};
use super::{Frame, rendered};
use crate::query::{self, view};
use crate::resolve::{Certainty, Node};
use crate::store::LinkRow;
use crate::web::asked::{Asked, Kind, Param};
use crate::web::fault::Fault;
use crate::web::reading::Paper;
use crate::web::route::Answer;
use askama::Template;

pub(super) const PARAMS: &[Param] = &[
    Param::new("part", Kind::Number(usize::MAX), "which part of a long text"),
    Param::new("at", Kind::Text, "the mention to show"),
    Param::new("task", Kind::Number(usize::MAX), "the task to show"),
    Param::new("beside", Kind::Flag, "the original file beside the text"),
];

/// What stands above every page of a document.
pub(super) struct Head {
    pub(super) doc: Doc,
    /// The open tab.
    pub(super) tab: &'static str,
    pub(super) kind: String,
    /// Key of a word and the fact.
    pub(super) facts: Vec<(&'static str, String)>,
    pub(super) conflicts: Vec<(String, String)>,
    pub(super) cites: usize,
    pub(super) cited_by: usize,
    pub(super) tasks: usize,
    pub(super) copies: usize,
    pub(super) warnings: usize,
    pub(super) reference: String,
    /// Which of its files a browser can show.
    pub(super) view: Option<usize>,
    /// Whether that one is a PDF.
    pdf: bool,
}

/// The head of the document that the path names.
pub(super) fn head(asked: &Asked<'_>, tab: &'static str) -> Result<(Head, Node), Fault> {
    let node = asked.node()?;
    let mut answer = query::show(asked.reader, &node.id)?;
    let Some(group) = answer.groups.pop() else { return Err(Fault::not_found(node.id)) };
    let tables = asked.reader.tables();
    let doc = Doc::of(&group.document, tables);
    let kind = group.document.kind.as_deref().map(|code| tables.kinds.name(code, group.document.number.as_deref()).to_owned());
    let conflicts = group.conflicts.iter().map(|conflict| (format!("field.{}", conflict.field), conflict.values.join(" · "))).collect();
    let viewed = group.copies.iter().position(|copy| SHOWN.contains(&copy.media_type.as_str()));
    let head = Head {
        tab,
        kind: kind.unwrap_or_default(),
        facts: facts(asked, &group),
        conflicts,
        cites: group.counts.cites as usize,
        cited_by: group.counts.cited_by as usize,
        tasks: group.counts.tasks as usize,
        copies: group.copies.len(),
        warnings: group.copies.iter().map(|copy| copy.warnings.len()).sum(),
        reference: doc.reference(),
        pdf: viewed.is_some_and(|nth| group.copies[nth].media_type == SHOWN[0]),
        view: viewed,
        doc,
    };
    Ok((head, node))
}

/// Metadata with what the date rests on; what is not known is left out.
fn facts(asked: &Asked<'_>, group: &view::ShowGroup) -> Vec<(&'static str, String)> {
    let (document, lang) = (&group.document, asked.lang);
    let date = document.date.map(|date| {
        let basis = group.basis.get("date").map(|word| format!("basis.{word}"));
        let basis = basis.or_else(|| (!document.held).then(|| "basis.cited".to_owned()));
        basis.map_or_else(|| day_of(date), |key| format!("{} ({})", day_of(date), lang.of(&key)))
    });
    let level = document.level.map(|level| lang.of(super::shown::level_key(Some(level.as_str()))).to_owned());
    let signers = (!group.signers.is_empty()).then(|| group.signers.join(", "));
    let all = [
        ("field.number", document.number.clone()),
        ("field.date", date),
        ("field.issuer", document.issuer.clone()),
        ("field.level", level),
        ("field.province", document.province.clone()),
        ("field.term", document.term.clone()),
        ("field.signers", signers),
        ("field.id", Some(document.id.clone())),
    ];
    all.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

#[derive(Template)]
#[template(path = "document.html")]
struct Page {
    f: Frame,
    h: Head,
    /// The text, with links; made and escaped by `text`.
    text: String,
    outline: Vec<Entry>,
    part: usize,
    parts: usize,
    before: String,
    next: String,
    beside: Option<Beside>,
    /// The same part with or without the original.
    toggle: String,
}

/// The original beside the text.
struct Beside {
    src: String,
    /// A PDF stands in a frame, at a page; a picture stands by itself.
    page: Option<usize>,
}

/// A heading at the side.
struct Entry {
    label: String,
    words: String,
    href: String,
    depth: usize,
}

/// The reading view; a document that is not held shows who cites it.
pub(super) fn page(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let (h, node) = head(asked, "text")?;
    let Some(paper) = node.papers.first().copied() else { return super::mentions::cited_by(asked) };
    let read = asked.app.readings.get(asked.reader, paper)?;
    let Some(read) = read else { return Err(Fault::not_found(format!("{}: its text is not here", node.id))) };
    let rows = asked.reader.outgoing(&node.id)?;
    let shown = shown_part(asked, &read, &rows).min(read.parts.len() - 1);
    let links: Vec<Target> = rows.iter().map(|row| target(row, &node.id)).collect();
    let tasks: Vec<_> = asked.reader.tasks(std::slice::from_ref(&node.id))?.into_iter().map(|row| row.task).collect();
    let text = part(&read, shown, &Links { mentions: &links, tasks: &tasks, lang: asked.lang, doc: &h.doc });
    let with = asked.params.flag("beside") && h.view.is_some();
    let href = |to: usize| format!("{}?part={to}{}", h.doc.href, if with { "&beside=1" } else { "" });
    let beside = h.view.filter(|_| with).map(|nth| beside(asked, &h, nth, &read, shown, &rows));
    let outline = read.outline.iter().map(|heading| Entry {
        // The list is nested: "Điều 1" under "Chương I", not "Chương I.Điều 1".
        label: heading.label.rsplit('.').next().unwrap_or_default().to_owned(),
        words: heading.words.clone(),
        href: if heading.part == shown { format!("#b{}", heading.line) } else { format!("{}#b{}", href(heading.part), heading.line) },
        depth: heading.depth,
    });
    let outline = outline.collect();
    rendered(&Page {
        f: Frame::of(asked, "", h.doc.name.clone()),
        text,
        outline,
        part: shown + 1,
        parts: read.parts.len(),
        before: if shown > 0 { href(shown - 1) } else { String::new() },
        next: if shown + 1 < read.parts.len() { href(shown + 1) } else { String::new() },
        toggle: format!("{}{}", h.doc.href, asked.params.with(&[("beside", if with { "" } else { "1" })])),
        beside,
        h,
    })
}

/// The original file, a PDF at the page of what was asked for.
fn beside(asked: &Asked<'_>, h: &Head, nth: usize, read: &Paper, part: usize, rows: &[LinkRow]) -> Beside {
    let mention =
        asked.params.get("at").and_then(|id| rows.iter().find(|row| row.id == id)).map(|row| read.page_at(row.citation.span.start));
    let page = mention.unwrap_or_else(|| read.page_of_part(part));
    let src = format!("{}/view?n={nth}", h.doc.href);
    if h.pdf { Beside { src: format!("{src}#page={page}&view=FitH"), page: Some(page) } } else { Beside { src, page: None } }
}

/// The part that was asked for: by number, or by the mention or task in it.
fn shown_part(asked: &Asked<'_>, read: &Paper, rows: &[LinkRow]) -> usize {
    let params = asked.params;
    let mention = params.get("at").and_then(|id| rows.iter().position(|row| row.id == id)).and_then(|nth| read.mentions.get(nth).copied());
    let task = params.number("task").and_then(|nth| read.tasks.get(nth)).map(|(part, _)| *part);
    params.number("part").or(mention).or(task).unwrap_or(0)
}

/// Where a mention leads.
fn target(row: &LinkRow, own: &str) -> Target {
    let first = row.candidates.first().map(|(id, _)| id.as_str());
    let href = match (row.certainty, first) {
        (Some(Certainty::Ambiguous), _) => format!("/review/{}", row.id),
        (Some(_), Some(id)) if id != own => super::shown::href(id),
        _ => String::new(),
    };
    Target {
        id: row.id.clone(),
        class: certainty(row.certainty),
        relation: row.citation.relation.as_str(),
        why: row.why.clone(),
        href,
        own: row.citation.form == crate::model::CitationForm::SelfReference || first == Some(own),
    }
}
