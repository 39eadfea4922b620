//! Names as people type them: without marks, in small letters, the longest first.
//!
//! Duty: every name of a kind, province or body and every code of a body, folded once ([`fold::bare`]), because each question
//! looks through all of them. Not here: what a question means.

use super::{Issuers, Kinds, Provinces, fold};
use std::collections::HashMap;

/// Folded names with what they stand for.
#[derive(Clone, Debug, Default)]
pub struct Spellings {
    /// Type words and codes, and the code of the kind.
    pub kinds: Vec<(String, String)>,
    /// Names and other names of provinces, and the name.
    pub provinces: Vec<(String, String)>,
    /// Names and other names of bodies, and the name.
    pub bodies: Vec<(String, String)>,
    registers: HashMap<String, String>,
}

impl Spellings {
    pub(super) fn of(kinds: &Kinds, provinces: &Provinces, issuers: &Issuers) -> Spellings {
        let kinds = kinds.rows().iter().flat_map(|kind| {
            let names = std::iter::once(&kind.name).chain(&kind.aliases).chain(&kind.codes);
            names.map(|name| (fold::bare(name), kind.code.clone()))
        });
        let provinces = provinces
            .rows()
            .iter()
            .flat_map(|unit| std::iter::once(&unit.name).chain(&unit.aliases).map(|name| (fold::bare(name), unit.name.clone())));
        let bodies = issuers
            .rows()
            .iter()
            .flat_map(|body| std::iter::once(&body.name).chain(&body.aliases).map(|name| (fold::bare(name), body.name.clone())));
        let mut registers = HashMap::new();
        for body in issuers.rows().iter().filter(|body| !body.code.is_empty()) {
            registers.entry(fold::bare(&body.code)).or_insert_with(|| fold::bare(&body.register));
        }
        Spellings { kinds: longest_first(kinds), provinces: longest_first(provinces), bodies: longest_first(bodies), registers }
    }

    /// The register in which a body's papers are numbered, from its code; both folded. A code of no body is its own register.
    pub fn register<'a>(&'a self, code: &'a str) -> &'a str {
        self.registers.get(code).map_or(code, String::as_str)
    }
}

/// Sorted so that the first that fits is the longest; of equals the first in table order.
fn longest_first(names: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut names: Vec<(String, String)> = names.filter(|(name, _)| !name.is_empty()).collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    names
}
