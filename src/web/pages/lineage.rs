//! The lineage of a document: a picture, the same as a table, and files to keep.

use super::document::{Head, head};
use super::shown::{Doc, Pager, Quote, href, level_key, quote};
use super::{Frame, rendered};
use crate::export::{self, Drawing, Sign};
use crate::model::{Level, Relation};
use crate::query::view::{Lineage, LineageEdge, LineageGroup};
use crate::query::{self, Direction};
use crate::web::asked::{Asked, Kind, Param};
use crate::web::fault::Fault;
use crate::web::route::Answer;
use askama::Template;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

pub(super) const PARAMS: &[Param] = &[
    Param::new("direction", Kind::Word(&["both", "down", "up"]), "which way"),
    Param::new("depth", Kind::Number(1_000), "at most so many steps"),
    Param::new("as_of", Kind::Day, "as it stood on this day"),
    Param::new("relation", Kind::Many, "only these relations"),
    Param::new("level", Kind::Many, "only these levels"),
    Param::new("fold", Kind::Many, "documents behind which nothing is shown, by their ids"),
    Param::new("cursor", Kind::Number(usize::MAX), "where the table begins"),
];
/// Documents that are drawn; a picture of more says nothing. The table and the files hold all.
const DRAWN: usize = 1_000;
/// Rows of the table.
const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "lineage.html")]
struct Page {
    f: Frame,
    h: Head,
    /// The picture, made and escaped by `export`.
    svg: String,
    nodes: usize,
    edges: usize,
    cut: bool,
    /// How many documents are not shown, and the address that shows them all.
    folded: Option<(usize, String)>,
    rows: Vec<Row>,
    relations: Vec<(String, String, bool)>,
    levels: Vec<(&'static str, String, bool)>,
    directions: Vec<(String, &'static str, bool)>,
    depth: String,
    as_of: String,
    query: String,
    pager: Pager,
}

/// An edge with its proof.
struct Row {
    number: usize,
    from: Doc,
    to: Doc,
    relation: String,
    by: Option<Doc>,
    quote: Quote,
}

/// The whole answer, and what is left of it after the filters.
fn answers(asked: &Asked<'_>, id: &str) -> Result<(Lineage, Lineage), Fault> {
    let params = asked.params;
    let direction = params.get("direction").and_then(Direction::parse).unwrap_or_default();
    let depth = params.number("depth").and_then(|depth| u32::try_from(depth).ok()).filter(|depth| *depth > 0);
    let whole = query::lineage(asked.reader, id, direction, depth, params.day("as_of"))?;
    let (relations, levels) = (params.many("relation"), params.many("level"));
    let mut kept = whole.clone();
    for group in &mut kept.groups {
        let root = group.root.id.clone();
        group.edges.retain(|edge| relations.is_empty() || relations.iter().any(|word| word == edge.relation.as_str()));
        let level = |level: Option<Level>| level.map_or("unknown", Level::as_str);
        group
            .nodes
            .retain(|node| node.document.id == root || levels.is_empty() || levels.iter().any(|word| word == level(node.document.level)));
        let ids: BTreeSet<&str> = group.nodes.iter().map(|node| node.document.id.as_str()).collect();
        group.edges.retain(|edge| ids.contains(edge.from.as_str()) && ids.contains(edge.to.as_str()));
        let tied: BTreeSet<String> = group.edges.iter().flat_map(|edge| [edge.from.clone(), edge.to.clone()]).collect();
        group.nodes.retain(|node| node.document.id == root || tied.contains(&node.document.id));
        fold(group, &params.many("fold"));
    }
    Ok((whole, kept))
}

/// Leaves out what is reached only by way of a folded document; that itself stays.
fn fold(group: &mut LineageGroup, folded: &[String]) {
    if folded.is_empty() {
        return;
    }
    let mut beside: HashMap<&str, Vec<&str>> = HashMap::new();
    for edge in &group.edges {
        beside.entry(&edge.from).or_default().push(&edge.to);
        beside.entry(&edge.to).or_default().push(&edge.from);
    }
    let mut reached: BTreeSet<String> = BTreeSet::from([group.root.id.clone()]);
    let mut open = vec![group.root.id.as_str()];
    while let Some(id) = open.pop() {
        for other in beside.get(id).into_iter().flatten() {
            if reached.insert((*other).to_owned()) && !folded.iter().any(|id| id == other) {
                open.push(other);
            }
        }
    }
    group.nodes.retain(|node| reached.contains(&node.document.id));
    group.edges.retain(|edge| reached.contains(&edge.from) && reached.contains(&edge.to));
}

/// The sign on a document that folds what lies behind it, or shows it again; none where nothing lies behind.
fn signs(asked: &Asked<'_>, whole: &LineageGroup) -> HashMap<String, Sign> {
    let folded = asked.params.many("fold");
    let depth: HashMap<&str, i32> = whole.nodes.iter().map(|node| (node.document.id.as_str(), node.depth)).collect();
    let mut parents: BTreeSet<&str> = BTreeSet::new();
    for edge in &whole.edges {
        let (Some(from), Some(to)) = (depth.get(edge.from.as_str()), depth.get(edge.to.as_str())) else { continue };
        match from.abs().cmp(&to.abs()) {
            Ordering::Greater => parents.insert(&edge.to),
            Ordering::Less => parents.insert(&edge.from),
            Ordering::Equal => false,
        };
    }
    parents.remove(whole.root.id.as_str());
    let sign = |id: &str| {
        let on = folded.iter().any(|own| own == id);
        let mut next: Vec<&str> = folded.iter().map(String::as_str).filter(|own| *own != id).collect();
        if !on {
            next.push(id);
        }
        let next = next.join(",");
        let words = asked.lang.of(if on { "lineage.unfold" } else { "lineage.fold" }).to_owned();
        let href = format!("{}/lineage{}", href(asked.id), asked.params.with(&[("fold", next.as_str()), ("cursor", "")]));
        (id.to_owned(), Sign { look: if on { '+' } else { '−' }, href, does: words })
    };
    parents.into_iter().map(sign).collect()
}

pub(super) fn page(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let (h, node) = head(asked, "lineage")?;
    let (whole, kept) = answers(asked, &node.id)?;
    let group = kept.groups.first().ok_or_else(|| Fault::not_found(node.id.clone()))?;
    let tables = asked.reader.tables();
    let docs: HashMap<&str, Doc> = group.nodes.iter().map(|node| (node.document.id.as_str(), Doc::of(&node.document, tables))).collect();
    let mut rows = Vec::new();
    let offset = asked.params.number("cursor").unwrap_or(0);
    for (number, edge) in ordered(&group.edges).into_iter().enumerate().skip(offset).take(ROWS) {
        let (Some(from), Some(to)) = (docs.get(edge.from.as_str()), docs.get(edge.to.as_str())) else { continue };
        let by = if edge.basis == "own" { None } else { asked.reader.node(&edge.stated_by)?.map(|node| Doc::of(&(&node).into(), tables)) };
        let relation = format!("relation.{}", edge.relation.as_str());
        rows.push(Row {
            number,
            from: from.clone(),
            to: to.clone(),
            relation,
            quote: quote(&edge.sentence, "", None, "", by.as_ref().unwrap_or(from)),
            by,
        });
    }
    let signs = whole.groups.first().map(|whole| signs(asked, whole)).unwrap_or_default();
    let folded = asked.params.many("fold").iter().any(|id| signs.contains_key(id)).then(|| {
        let all = whole.groups.first().map_or(0, |whole| whole.nodes.len());
        (all.saturating_sub(group.nodes.len()), address(asked, "fold", ""))
    });
    let drawing = Drawing { sign: Some(Box::new(move |id: &str| signs.get(id).cloned())), ..drawing(asked, &group.edges) };
    let svg = if group.nodes.len() <= DRAWN { export::lineage_drawing(&kept, &drawing) } else { String::new() };
    let title = format!("{} · {}", asked.lang.of("tab.lineage"), h.doc.name);
    let (relations, levels) = filters(asked, &whole);
    let direction = asked.params.get("direction").unwrap_or("both");
    let directions = ["both", "down", "up"].map(|word| (address(asked, "direction", word), word, direction == word));
    let key = |word: &'static str| match word {
        "down" => "lineage.down",
        "up" => "lineage.up",
        _ => "lineage.both",
    };
    let text = |name: &str| asked.params.text(name).unwrap_or_default();
    rendered(&Page {
        f: Frame::of(asked, "", title),
        svg,
        nodes: group.nodes.len(),
        edges: group.edges.len(),
        cut: group.cut,
        folded,
        pager: Pager::new(asked, offset, rows.len(), group.edges.len(), ROWS),
        rows,
        relations,
        levels,
        directions: directions.into_iter().map(|(href, word, on)| (href, key(word), on)).collect(),
        depth: text("depth"),
        as_of: text("as_of"),
        query: asked.params.with(&[("cursor", "")]),
        h,
    })
}

/// Edges in the order of the table, which the picture's links name.
fn ordered(edges: &[LineageEdge]) -> Vec<&LineageEdge> {
    let mut all: Vec<&LineageEdge> = edges.iter().collect();
    all.sort_by_key(|edge| (&edge.to, edge.relation, &edge.from));
    all
}

/// Words of the language, links to documents and to the rows of the table.
fn drawing(asked: &Asked<'_>, edges: &[LineageEdge]) -> Drawing {
    let lang = asked.lang;
    let page = asked.params.number("cursor").unwrap_or(0);
    let here = address(asked, "cursor", "");
    let joined = if here.contains('?') { '&' } else { '?' };
    let all: HashMap<(String, String, &'static str), usize> = ordered(edges)
        .into_iter()
        .enumerate()
        .map(|(at, edge)| ((edge.from.clone(), edge.to.clone(), edge.relation.as_str()), at))
        .collect();
    let lanes = [Some("central"), Some("province"), Some("district"), Some("commune"), None];
    Drawing {
        sign: None,
        lanes: lanes.map(|level| lang.of(level_key(level)).to_owned()),
        undated: lang.of("lineage.undated").to_owned(),
        relation: Box::new(move |relation: Relation| {
            let key = format!("relation.{}", relation.as_str());
            lang.of(&key).to_owned()
        }),
        node: Some(Box::new(href)),
        edge: Some(Box::new(move |edge: &LineageEdge| {
            let at = *all.get(&(edge.from.clone(), edge.to.clone(), edge.relation.as_str()))?;
            let own = (page..page + ROWS).contains(&at);
            Some(if own { format!("#e{at}") } else { format!("{here}{joined}cursor={}#e{at}", at / ROWS * ROWS) })
        })),
    }
}

type Filters = (Vec<(String, String, bool)>, Vec<(&'static str, String, bool)>);

/// The relations and levels that the unfiltered answer has, each with the address that adds or drops it.
fn filters(asked: &Asked<'_>, whole: &Lineage) -> Filters {
    let edges = whole.groups.iter().flat_map(|group| &group.edges);
    let relations: BTreeSet<Relation> = edges.map(|edge| edge.relation).collect();
    let levels: BTreeSet<Option<Level>> = whole.groups.iter().flat_map(|group| &group.nodes).map(|node| node.document.level).collect();
    let toggle = |name: &str, word: &str| {
        let mut chosen = asked.params.many(name);
        let on = chosen.iter().any(|own| own == word);
        if on {
            chosen.retain(|own| own != word)
        } else {
            chosen.push(word.to_owned())
        }
        (address(asked, name, &chosen.join(",")), on)
    };
    let relations = relations.into_iter().map(|relation| {
        let (href, on) = toggle("relation", relation.as_str());
        (format!("relation.{}", relation.as_str()), href, on)
    });
    let levels = levels.into_iter().map(|level| {
        let (href, on) = toggle("level", level.map_or("unknown", Level::as_str));
        (level_key(level.map(Level::as_str)), href, on)
    });
    (relations.collect(), levels.collect())
}

fn address(asked: &Asked<'_>, name: &str, value: &str) -> String {
    format!("{}/lineage{}", href(asked.id), asked.params.with(&[(name, value)]))
}

fn file(asked: &Asked<'_>, media_type: &'static str, ending: &str, make: impl Fn(&Lineage) -> String) -> Result<Answer, Fault> {
    let node = asked.node()?;
    let (_, kept) = answers(asked, &node.id)?;
    Ok(Answer::file(media_type, make(&kept), format!("{}-lineage.{ending}", node.id)))
}

pub(super) fn svg(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let drawing = Drawing { node: None, edge: None, ..drawing(asked, &[]) };
    file(asked, "image/svg+xml", "svg", |lineage| export::lineage_drawing(lineage, &drawing))
}

pub(super) fn dot(asked: &Asked<'_>) -> Result<Answer, Fault> {
    file(asked, "text/vnd.graphviz; charset=utf-8", "dot", export::lineage_dot)
}

pub(super) fn mermaid(asked: &Asked<'_>) -> Result<Answer, Fault> {
    file(asked, "text/plain; charset=utf-8", "mmd", export::lineage_mermaid)
}

pub(super) fn graphml(asked: &Asked<'_>) -> Result<Answer, Fault> {
    file(asked, "application/xml", "graphml", export::lineage_graphml)
}

pub(super) fn csv(asked: &Asked<'_>) -> Result<Answer, Fault> {
    file(asked, "text/csv; charset=utf-8", "csv", |lineage| export::lineage_csv(lineage, export::Excel::Yes))
}
