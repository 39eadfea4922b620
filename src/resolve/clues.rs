//! The words that single one document out among several: "của Tỉnh ủy Hà Nam", "ngày 21/7/2014", "khóa XI".
//!
//! Not here: which documents are candidates.

use super::Node;
use super::names::{written_date, written_term};
use crate::model::Level;
use crate::tables::Tables;
use std::collections::HashMap;

/// Words for documents that are candidates many times over.
#[derive(Debug)]
pub(super) struct Clues<'t> {
    tables: &'t Tables,
    bodies: HashMap<u32, Option<String>>,
}

impl<'t> Clues<'t> {
    pub(super) fn new(tables: &'t Tables) -> Clues<'t> {
        Clues { tables, bodies: HashMap::new() }
    }

    /// The clue of each of `docs`, which are indices into `nodes`.
    pub(super) fn of(&mut self, nodes: &[Node], docs: &[u32]) -> Vec<String> {
        let tables = self.tables;
        for id in docs {
            self.bodies.entry(*id).or_insert_with(|| body(tables, &nodes[*id as usize]));
        }
        let bodies = docs.iter().map(|id| self.bodies[id].clone()).collect();
        words(&docs.iter().map(|id| &nodes[*id as usize]).collect::<Vec<_>>(), bodies)
    }
}

/// The words that single each of `nodes` out among the others, in the same order; for a single node none are needed.
pub fn singling_words(tables: &Tables, nodes: &[Node]) -> Vec<String> {
    if nodes.len() < 2 {
        return vec![String::new(); nodes.len()];
    }
    words(&nodes.iter().collect::<Vec<_>>(), nodes.iter().map(|node| body(tables, node)).collect())
}

/// Where the bodies differ they tell most; else the date does, then the term, then the subject; the id always differs.
fn words(nodes: &[&Node], bodies: Vec<Option<String>>) -> Vec<String> {
    let columns: [Vec<Option<String>>; 4] = [
        bodies,
        nodes.iter().map(|node| node.date.map(written_date)).collect(),
        nodes.iter().map(|node| node.term.as_deref().map(|term| written_term(node, term))).collect(),
        nodes.iter().map(|node| node.title.clone()).collect(),
    ];
    let mut out: Vec<Option<String>> = vec![None; nodes.len()];
    for column in &columns {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for value in column.iter().flatten() {
            *counts.entry(value).or_default() += 1;
        }
        for (clue, value) in out.iter_mut().zip(column) {
            if clue.is_none() {
                *clue = value.clone().filter(|value| counts[value.as_str()] == 1);
            }
        }
    }
    out.into_iter().zip(nodes).map(|(clue, node)| clue.unwrap_or_else(|| node.id.clone())).collect()
}

/// "của Tỉnh ủy Hà Nam", for a body below the centre.
fn body(tables: &Tables, node: &Node) -> Option<String> {
    let province = node.province.as_deref()?;
    if let Some(issuer) = node.issuer.as_deref() {
        let of_every_province = tables.issuers.by_name(issuer).is_some_and(|row| row.level == Some(Level::Province));
        return Some(if of_every_province { format!("của {issuer} {province}") } else { format!("của {issuer}") });
    }
    // Of two bodies with one code, Tỉnh ủy and Thành ủy, the table names that of the cities second.
    let mut bodies = node.parsed.as_ref().map(|number| tables.issuers.by_code(number.register())).into_iter().flatten();
    let first = bodies.next();
    let city = tables.provinces.at(province, node.date).is_some_and(|unit| unit.city);
    let row = bodies.next().filter(|_| city).or(first);
    Some(row.map_or_else(|| format!("của {province}"), |row| format!("của {} {province}", row.name)))
}
