//! `lineage`: who implements a document, and what it implements.
//!
//! Edges run from the paper that acts to the one acted on. Circles end where they began. Not here: drawing (see `export`).

use super::citations::Known;
use super::reference::{self, Found};
use super::{Catalogue, QueryError, view};
use crate::model::{Date, Place, Relation};
use crate::resolve::Node;
use crate::store::EdgeRow;
use std::collections::{BTreeMap, BTreeSet};

/// Which way to go from the root.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// To those that implement it.
    Down,
    /// To what it implements.
    Up,
    /// Both ways.
    #[default]
    Both,
}

impl Direction {
    /// From `down`, `up` or `both`.
    pub fn parse(word: &str) -> Option<Direction> {
        match word {
            "down" => Some(Direction::Down),
            "up" => Some(Direction::Up),
            "both" => Some(Direction::Both),
            _ => None,
        }
    }
}

/// The implementation tree of each meaning of `reference`: at most `depth` steps away, without documents dated after `as_of`.
/// A document whose date is not known stays.
pub fn lineage(
    cat: &impl Catalogue,
    reference: &str,
    direction: Direction,
    depth: Option<u32>,
    as_of: Option<Date>,
) -> Result<view::Lineage, QueryError> {
    let Found { reading, nodes, words } = reference::find(cat, reference)?;
    let mut groups = Vec::with_capacity(nodes.len());
    for (node, words) in nodes.iter().zip(words) {
        let mut walk = Walk { cat, depth, as_of, nodes: BTreeMap::new(), edges: BTreeMap::new(), cut: false };
        walk.nodes.insert(node.id.clone(), (view::Document::from(node), 0));
        if direction != Direction::Up {
            walk.go(node, 1)?;
        }
        if direction != Direction::Down {
            walk.go(node, -1)?;
        }
        groups.push(walk.group(node, words));
    }
    Ok(view::Lineage { schema: "vanban.lineage/1", query: reading, groups })
}

type EdgeKey = (String, String, &'static str);

struct Walk<'c, C> {
    cat: &'c C,
    depth: Option<u32>,
    as_of: Option<Date>,
    nodes: BTreeMap<String, (view::Document, i32)>,
    edges: BTreeMap<EdgeKey, view::LineageEdge>,
    cut: bool,
}

impl<C: Catalogue> Walk<'_, C> {
    /// Breadth first, so that a document has the depth of the shortest way; `step` is 1 downwards, -1 upwards.
    fn go(&mut self, root: &Node, step: i32) -> Result<(), QueryError> {
        let mut layer = vec![root.id.clone()];
        let mut done: BTreeSet<String> = BTreeSet::from([root.id.clone()]);
        let mut at = 0;
        while !layer.is_empty() {
            let full = self.depth.is_some_and(|depth| at >= depth);
            let mut met: Vec<(EdgeRow, String)> = Vec::new();
            for id in &layer {
                let rows = if step > 0 { self.cat.edges_to(id)? } else { self.cat.edges_from(id)? };
                let other = |row: &EdgeRow| if step > 0 { row.from.clone() } else { row.to.clone() };
                met.extend(
                    rows.into_iter()
                        .filter(|row| row.relation.is_lineage() && row.from != row.to)
                        .map(|row| (other(&row), row))
                        .map(|(id, row)| (row, id)),
                );
            }
            let known = Known::read(self.cat, met.iter().map(|(_, id)| id.clone()))?;
            let mut next = BTreeSet::new();
            for (row, id) in met {
                let Some(document) = known.document(&id) else { continue };
                if self.as_of.zip(document.date).is_some_and(|(as_of, date)| date > as_of) {
                    continue;
                }
                if full && !self.nodes.contains_key(&id) {
                    self.cut = true;
                    continue;
                }
                self.add_edge(row);
                if done.insert(id.clone()) {
                    self.nodes.entry(id.clone()).or_insert((document, step * (at as i32 + 1)));
                    next.insert(id);
                }
            }
            layer = next.into_iter().collect();
            at += 1;
        }
        Ok(())
    }

    /// Keeps one edge for each pair and relation; what the acting paper says itself goes before what others say.
    fn add_edge(&mut self, row: EdgeRow) {
        let key = (row.from.clone(), row.to.clone(), row.relation.as_str());
        let own = row.stated_by.is_none();
        let edge = view::LineageEdge {
            stated_by: row.stated_by.unwrap_or_else(|| row.from.clone()),
            from: row.from,
            to: row.to,
            relation: row.relation,
            place: row.place,
            basis: if own { "own" } else { "stated" },
            sentence: row.sentence,
        };
        match self.edges.get(&key) {
            Some(kept) if kept.basis == "own" || !own => {}
            _ => {
                self.edges.insert(key, edge);
            }
        }
    }

    /// Of the ways in which a paper says that it carries out another, the one that it says first and foremost: in its
    /// title before its opening, there before its body.
    fn keep_foremost(&mut self) {
        let mut foremost: BTreeMap<(String, String), (Place, Relation)> = BTreeMap::new();
        let carries_out = |edge: &view::LineageEdge| edge.basis == "own" && edge.relation.carries_out();
        for edge in self.edges.values().filter(|edge| carries_out(edge)) {
            let said = (edge.place, edge.relation);
            let best = foremost.entry((edge.from.clone(), edge.to.clone())).or_insert(said);
            *best = said.min(*best);
        }
        self.edges.retain(|_, edge| {
            let best = foremost.get(&(edge.from.clone(), edge.to.clone()));
            !carries_out(edge) || best.is_none_or(|(_, relation)| *relation == edge.relation)
        });
    }

    fn group(mut self, root: &Node, words: Option<String>) -> view::LineageGroup {
        self.keep_foremost();
        let mut nodes: Vec<view::LineageNode> =
            self.nodes.into_values().map(|(document, depth)| view::LineageNode { document, depth }).collect();
        nodes.sort_by(|a, b| {
            let key = |n: &view::LineageNode| (n.depth, n.document.date.is_none(), n.document.date, n.document.id.clone());
            key(a).cmp(&key(b))
        });
        view::LineageGroup { root: root.into(), singled_out_by: words, nodes, edges: self.edges.into_values().collect(), cut: self.cut }
    }
}
