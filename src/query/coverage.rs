//! `coverage`: which provinces hold a document that implements the given one, and after how many days.
//!
//! Not here: districts and ministries; and whether a paper that was never ingested exists.

use super::{Catalogue, QueryError, reference, view};
use crate::model::{Date, Level, Relation};
use crate::tables::{Province, Tables, fold};
use std::collections::{BTreeMap, BTreeSet};

/// What makes a document of a province an implementing one.
const IMPLEMENTING: [Relation; 5] = [Relation::Implements, Relation::Studies, Relation::Concretises, Relation::Continues, Relation::Guides];

/// Every province of `as_of` with its documents that implement `reference`. Without `as_of` the day of the document itself
/// counts, so that a directive of 2024 is measured on the 63 provinces of its time.
pub fn coverage(cat: &impl Catalogue, reference: &str, as_of: Option<Date>) -> Result<view::Coverage, QueryError> {
    let (reading, node) = reference::find_one(cat, reference)?;
    let as_of = as_of.or(node.date);
    let tables = cat.tables();
    let listed = |unit: &&Province| as_of.map_or(unit.valid_to.is_none(), |day| unit.valid_on(day));
    let mut bodies: BTreeMap<String, Vec<view::Document>> =
        tables.provinces.rows().iter().filter(listed).map(|unit| (unit.name.clone(), Vec::new())).collect();
    let acting: BTreeSet<String> =
        cat.edges_to(&node.id)?.into_iter().filter(|edge| IMPLEMENTING.contains(&edge.relation)).map(|edge| edge.from).collect();
    for acting in cat.nodes(&acting.into_iter().collect::<Vec<_>>())? {
        if matches!(acting.level, None | Some(Level::Province))
            && let Some(province) = &acting.province
        {
            let name = name_on(tables, province, &bodies).unwrap_or_else(|| province.clone());
            bodies.entry(name).or_default().push(view::Document::from(&acting));
        }
    }
    let days = |documents: &[view::Document]| -> Option<i32> {
        let first = documents.iter().filter_map(|document| document.date).min()?;
        first.since(node.date?).ok().map(|span| span.get_days())
    };
    let mut bodies: Vec<view::CoverageBody> = bodies
        .into_iter()
        .map(|(province, mut documents)| {
            documents.sort_by(|a, b| (a.date.is_none(), a.date, &a.id).cmp(&(b.date.is_none(), b.date, &b.id)));
            view::CoverageBody { days: days(&documents), province, documents }
        })
        .collect();
    bodies.sort_by_cached_key(|body| fold::slug(&body.province));
    let held = bodies.iter().filter(|body| !body.documents.is_empty()).count();
    let missing = bodies.len() - held;
    Ok(view::Coverage { schema: "vanban.coverage/1", query: reading, document: (&node).into(), as_of, bodies, held, missing })
}

/// The listed name of a province: its own, that of the unit which took it over, or of the one that it alone continues.
fn name_on(tables: &Tables, province: &str, listed: &BTreeMap<String, Vec<view::Document>>) -> Option<String> {
    let units: Vec<&Province> = tables.provinces.named(province).collect();
    let own = units.iter().map(|unit| &unit.name);
    let heirs = units.iter().filter_map(|unit| tables.provinces.by_id(unit.successor.as_deref()?)).map(|unit| &unit.name);
    if let Some(name) = own.chain(heirs).find(|name| listed.contains_key(*name)) {
        return Some(name.clone());
    }
    let mut before = tables.provinces.rows().iter().filter(|row| units.iter().any(|unit| row.successor.as_deref() == Some(&unit.id)));
    let only = before.next().filter(|_| before.next().is_none())?;
    listed.contains_key(&only.name).then(|| only.name.clone())
}
