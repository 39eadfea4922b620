//! `show`: one document with its files, conflicts and counts.

use super::reference::{self, Found};
use super::{Catalogue, QueryError, view};
use crate::model::DateBasis;
use std::collections::BTreeMap;

/// Everything kept of the document itself; one group a meaning of `reference`.
pub fn show(cat: &impl Catalogue, reference: &str) -> Result<view::Show, QueryError> {
    let Found { reading, nodes, words } = reference::find(cat, reference)?;
    let mut groups = Vec::with_capacity(nodes.len());
    for (node, words) in nodes.iter().zip(words) {
        let (cites, cited_by, tasks) = cat.counts(&node.id)?;
        let mut copies = Vec::new();
        for row in cat.copies(&node.id)? {
            copies.extend(row.paths.into_iter().map(|path| view::Copy {
                path,
                media_type: row.media_type.clone(),
                method: row.method.clone(),
                warnings: row.warnings.clone(),
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

fn basis_word(basis: DateBasis) -> &'static str {
    match basis {
        DateBasis::Letterhead => "letterhead",
        DateBasis::Stamp => "stamp",
        DateBasis::Adoption => "adoption",
        DateBasis::Headline => "headline",
    }
}
