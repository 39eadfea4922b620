//! `show`: one document with its files, conflicts and counts.

use super::reference::{self, Found};
use super::{Catalogue, QueryError, view};
use crate::model::DateBasis;
use crate::store::CopyRow;
use std::collections::BTreeMap;

/// Everything kept of the document itself; one group a meaning of `reference`.
pub fn show(cat: &impl Catalogue, reference: &str) -> Result<view::Show, QueryError> {
    let Found { reading, nodes, words } = reference::find(cat, reference)?;
    let mut groups = Vec::with_capacity(nodes.len());
    for (node, words) in nodes.iter().zip(words) {
        let (cites, cited_by, tasks) = cat.counts(&node.id)?;
        let mut copies = Vec::new();
        let rows = cat.copies(&node.id)?;
        let mut why = chosen(&rows);
        for row in rows {
            let why = why.take();
            copies.extend(row.paths.into_iter().map(|path| view::Copy {
                path,
                media_type: row.media_type.clone(),
                method: row.method.clone(),
                why: why.clone(),
                warnings: row.warnings.clone(),
                at: (row.at > 0).then_some(row.at),
            }));
        }
        let mut basis = BTreeMap::new();
        let mut signers = Vec::new();
        if let Some(paper) = node.papers.first()
            && let Some(extraction) = cat.extraction(*paper)?
        {
            if let Some(on) = extraction.document.date_basis {
                basis.insert("date", basis_word(on).to_owned());
            }
            signers = extraction.document.signers.into_iter().map(|signer| signer.name).collect();
        }
        groups.push(view::ShowGroup {
            document: node.into(),
            singled_out_by: words,
            copies,
            conflicts: node.conflicts.clone(),
            counts: view::Counts { cites, cited_by, tasks },
            basis,
            signers,
        });
    }
    Ok(view::Show { schema: "vanban.show/1", query: reading, groups })
}

/// Why the first of several papers is the one that is shown, in the order of `resolve`.
fn chosen(copies: &[CopyRow]) -> Option<String> {
    let [first, others @ ..] = copies else { return None };
    let mut less: Vec<&str> = others.iter().map(|copy| copy.method.as_str()).filter(|method| *method != first.method).collect();
    less.dedup();
    match (others.is_empty(), less.is_empty()) {
        (true, _) => None,
        (_, false) => Some(format!("shown: {} is a surer text than {}", first.method, less.join(", "))),
        _ => Some(format!(
            "shown: of {} texts by {} the one with most of date, subject and issuer, else the most legible, else the longest",
            copies.len(),
            first.method
        )),
    }
}

fn basis_word(basis: DateBasis) -> &'static str {
    match basis {
        DateBasis::Letterhead => "letterhead",
        DateBasis::Stamp => "stamp",
        DateBasis::Adoption => "adoption",
        DateBasis::Headline => "headline",
    }
}
