//! Organs that share one register: Bộ Chính trị and Ban Bí thư number their papers together (domain 4.1).
//!
//! Duty: which organ a written issuer is, and which organ issued a document. Not here: registers.

use super::catalogue::{Doc, DocId, World};
use super::claims::OWN;
use super::keys::body_named;
use crate::model::{Level, System};
use crate::tables::{Body, Tables};
use std::collections::HashMap;

/// Issuers as written and the bodies with whose names they begin, each wording looked up once.
pub(super) struct Organs<'t> {
    tables: &'t Tables,
    rows: HashMap<String, Option<&'t Body>>,
    of_docs: HashMap<DocId, Option<&'t str>>,
}

impl<'t> Organs<'t> {
    pub(super) fn new(tables: &'t Tables) -> Organs<'t> {
        Organs { tables, rows: HashMap::new(), of_docs: HashMap::new() }
    }

    /// The body with whose name a written issuer begins.
    pub(super) fn row(&mut self, name: &str) -> Option<&'t Body> {
        if let Some(row) = self.rows.get(name) {
            return *row;
        }
        let row = body_named(self.tables, name);
        self.rows.insert(name.to_owned(), row);
        row
    }

    /// The organ that a written issuer is; nothing for the whole ("Trung ương") and for bodies with a register of their own.
    pub(super) fn written(&mut self, name: &str) -> Option<&'t str> {
        self.row(name).filter(|row| is_organ(row)).map(|row| row.id.as_str())
    }

    /// The organ of a document: what its papers say, else what the mentions that speak of it agree on.
    pub(super) fn of(&mut self, world: &World<'_, '_>, id: DocId) -> Option<&'t str> {
        if let Some(known) = self.of_docs.get(&id) {
            return *known;
        }
        let organ = self.find(world, &world.docs[id as usize]);
        self.of_docs.insert(id, organ);
        organ
    }

    fn find(&mut self, world: &World<'_, '_>, doc: &Doc) -> Option<&'t str> {
        for paper in &doc.papers {
            let issuer = world.papers[*paper as usize].facts.issuer.as_ref();
            if let Some(organ) = issuer.and_then(|issuer| self.written(&issuer.name)) {
                return Some(organ);
            }
        }
        let mut agreed = None;
        for claim in doc.claims.iter().map(|i| &world.claims[*i as usize]).filter(|claim| claim.mention != OWN) {
            let told = world.papers[claim.paper as usize].mentions[claim.mention as usize].issuer.as_deref();
            let Some(organ) = told.and_then(|name| self.written(name)) else { continue };
            if *agreed.get_or_insert(organ) != organ {
                return None;
            }
        }
        agreed
    }
}

/// True for one organ among those that share a central register, not for the whole.
pub(super) fn is_organ(row: &Body) -> bool {
    row.code.is_empty() && row.level == Some(Level::Central) && row.system == System::Party
}
