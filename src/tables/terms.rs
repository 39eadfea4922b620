//! Terms of the central committee and of provincial committees.

use super::tsv;
use crate::model::{Date, Error};

/// One term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Body: `TW`, or a province id for a provincial committee, or `TU` for the usual span of all of them.
    pub body: String,
    /// "XIII", or "2020-2025".
    pub name: String,
    /// First day of the term (first plenum).
    pub from: Date,
    /// Last day; `None` while it runs.
    pub to: Option<Date>,
    /// Days by which either end may be wrong.
    pub tolerance: i64,
}

/// All terms.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    rows: Vec<Term>,
}

impl Terms {
    pub(super) fn parse(texts: &[(&str, &str)]) -> Result<Terms, Error> {
        let mut terms = Terms::default();
        for (table, text) in texts {
            terms.rows.extend(tsv::read(table, text, |row| {
                Ok(Term {
                    body: row.get("body").to_owned(),
                    name: row.get("term").to_owned(),
                    from: row.date("from")?.ok_or_else(|| row.error("`from` is empty"))?,
                    to: row.date("to")?,
                    tolerance: row.get("tolerance").parse().unwrap_or(0),
                })
            })?);
        }
        Ok(terms)
    }

    /// All rows, in table order.
    pub fn rows(&self) -> &[Term] {
        &self.rows
    }

    /// The term of `body` that runs on `day`, by its exact bounds.
    pub fn on(&self, body: &str, day: Date) -> Option<&Term> {
        self.rows.iter().filter(|term| term.body == body).find(|term| term.from <= day && term.to.is_none_or(|to| day <= to))
    }

    /// The term of `body` with this name.
    pub fn named(&self, body: &str, name: &str) -> Option<&Term> {
        self.rows.iter().find(|term| term.body == body && term.name == name)
    }
}
