//! Who cites a document, and what it cites: mentions with their sentences.

use super::document::{Head, head};
use super::shown::{Doc, Mention, Pager};
use super::{Frame, rendered};
use crate::model::Relation;
use crate::query::{self, view};
use crate::web::asked::{Asked, Kind, Param};
use crate::web::fault::Fault;
use crate::web::route::Answer;
use askama::Template;

pub(super) const PARAMS: &[Param] = &[
    Param::new("relation", Kind::Text, "only this relation"),
    Param::new("level", Kind::Word(&["central", "province", "district", "commune"]), "only papers of this level"),
    Param::new("cursor", Kind::Number(usize::MAX), "where the page begins"),
];
/// Mentions a page.
const ROWS: usize = 30;
/// Mentions of one document that are shown where it is one of many.
const MENTIONS: usize = 6;

#[derive(Template)]
#[template(path = "mentions.html")]
struct Page {
    f: Frame,
    h: Head,
    groups: Vec<Group>,
    relations: Vec<Choice>,
    levels: Vec<Choice>,
    pager: Pager,
    empty: &'static str,
}

/// Mentions under one heading.
struct Group {
    /// Heading as a key of the words; empty when the heading is a document.
    key: String,
    /// The document, where the mentions are of one.
    doc: Option<Doc>,
    candidates: Vec<(Doc, String)>,
    papers: Vec<Paper>,
    /// Mentions that are not shown.
    more: usize,
}

/// The mentions of one paper.
struct Paper {
    /// `None` where the paper is that of the page.
    doc: Option<Doc>,
    mentions: Vec<Mention>,
}

/// A filter with its count.
struct Choice {
    key: String,
    count: usize,
    href: String,
    on: bool,
}

/// Grouped by relation, then by paper.
pub(super) fn cited_by(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let (h, node) = head(asked, "cited-by")?;
    let mut answer = query::cited_by(asked.reader, &node.id)?;
    let mut all = answer.groups.pop().map(|group| group.citations).unwrap_or_default();
    all.retain(|citation| citation.document.id != node.id);
    let relations = choices(asked, "relation", Relation::ALL.iter().map(|relation| relation.as_str()), |word| {
        all.iter().filter(|citation| citation.relation.as_str() == word).count()
    });
    let levels = choices(asked, "level", ["central", "province", "district", "commune"].into_iter(), |word| {
        all.iter().filter(|citation| citation.document.level.is_some_and(|level| level.as_str() == word)).count()
    });
    if let Some(word) = asked.params.get("relation") {
        all.retain(|citation| citation.relation.as_str() == word);
    }
    if let Some(word) = asked.params.get("level") {
        all.retain(|citation| citation.document.level.is_some_and(|level| level.as_str() == word));
    }
    // In the order of the relations; a stable sort keeps the order of dates within each.
    all.sort_by_key(|citation| citation.relation);
    let (total, offset) = (all.len(), asked.params.number("cursor").unwrap_or(0));
    let shown: Vec<view::Citation> = all.into_iter().skip(offset).take(ROWS).collect();
    // A document that is not held has this page for its own.
    let path = format!("{}/cited-by", super::shown::href(asked.id));
    let pager = Pager::on(&path, asked, offset, shown.len(), total, ROWS);
    let mut groups: Vec<Group> = Vec::new();
    for citation in &shown {
        let mention = Mention::of(citation, asked.reader.tables(), asked.lang);
        if groups.last().is_none_or(|group| group.key != mention.relation) {
            groups.push(Group { key: mention.relation.clone(), doc: None, candidates: Vec::new(), papers: Vec::new(), more: 0 });
        }
        let Some(group) = groups.last_mut() else { continue };
        match group.papers.last_mut().filter(|paper| paper.doc.as_ref().is_some_and(|doc| doc.id == mention.citing.id)) {
            Some(paper) => paper.mentions.push(mention),
            None => group.papers.push(Paper { doc: Some(mention.citing.clone()), mentions: vec![mention] }),
        }
    }
    let title = format!("{} · {}", asked.lang.of("tab.cited_by"), h.doc.name);
    rendered(&Page { f: Frame::of(asked, "", title), h, groups, relations, levels, pager, empty: "cited_by.none" })
}

/// One group a cited document, in the order of the text.
pub(super) fn cites(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let (h, node) = head(asked, "cites")?;
    let answer = query::cites(asked.reader, &node.id, true)?;
    let (total, offset) = (answer.groups.len(), asked.params.number("cursor").unwrap_or(0));
    let tables = asked.reader.tables();
    // So many documents that their mentions fill a page.
    let mut room = ROWS;
    let fits = |group: &&view::CitesGroup| -> bool {
        let fits = room > 0;
        room = room.saturating_sub(group.citations.len().min(MENTIONS));
        fits
    };
    let shown = answer.groups.iter().skip(offset).take_while(fits).map(|group| Group {
        key: if group.document.is_some() {
            String::new()
        } else if group.candidates.is_empty() {
            "cites.named".into()
        } else {
            "cites.several".into()
        },
        doc: group.document.as_ref().map(|document| Doc::of(document, tables)),
        candidates: group.candidates.iter().map(|one| (Doc::of(&one.document, tables), one.clue.clone())).collect(),
        papers: vec![Paper {
            doc: None,
            mentions: group.citations.iter().take(MENTIONS).map(|one| Mention::of(one, tables, asked.lang)).collect(),
        }],
        more: group.citations.len().saturating_sub(MENTIONS),
    });
    let groups: Vec<Group> = shown.collect();
    let pager = Pager::new(asked, offset, groups.len(), total, ROWS);
    let title = format!("{} · {}", asked.lang.of("tab.cites"), h.doc.name);
    rendered(&Page { f: Frame::of(asked, "", title), h, groups, relations: Vec::new(), levels: Vec::new(), pager, empty: "cites.none" })
}

fn choices(asked: &Asked<'_>, name: &str, words: impl Iterator<Item = &'static str>, count: impl Fn(&str) -> usize) -> Vec<Choice> {
    let choice = |word: &'static str| {
        let on = asked.params.get(name) == Some(word);
        let next = if on { "" } else { word };
        let href = format!("{}/cited-by{}", super::shown::href(asked.id), asked.params.with(&[(name, next), ("cursor", "")]));
        Choice { key: format!("{name}.{word}"), count: count(word), href, on }
    };
    let all: Vec<Choice> = words.map(choice).filter(|choice| choice.count > 0).collect();
    if all.len() > 1 { all } else { Vec::new() }
}
