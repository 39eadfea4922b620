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
    let mut out: Vec<Option<String>> = vec![None; nodes.len()];
    single_out(&mut out, bodies);
    let later: [fn(&Node) -> Option<String>; 3] =
        [|node| node.date.map(written_date), |node| node.term.as_deref().map(|term| written_term(node, term)), |node| node.title.clone()];
    for value in later {
        if out.iter().any(Option::is_none) {
            single_out(&mut out, nodes.iter().map(|node| value(node)).collect());
        }
    }
    out.into_iter().zip(nodes).map(|(clue, node)| clue.unwrap_or_else(|| node.id.clone())).collect()
}

/// Gives each document that has none yet its value, where no other has the same.
fn single_out(out: &mut [Option<String>], values: Vec<Option<String>>) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for value in values.iter().flatten() {
        *counts.entry(value).or_default() += 1;
    }
    let unique: Vec<bool> = values.iter().map(|value| value.as_ref().is_some_and(|value| counts[value.as_str()] == 1)).collect();
    for ((clue, value), unique) in out.iter_mut().zip(values).zip(unique) {
        if clue.is_none() && unique {
            *clue = value;
        }
    }
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
