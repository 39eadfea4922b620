//! Issuing bodies: the code in the symbol, names in prose, level, validity.

use super::{fold, tsv};
use crate::model::{Date, Error, Level, System};
use std::collections::HashMap;

/// One body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Unique id of the row, lower case ASCII: `bo-chinh-tri`.
    pub id: String,
    /// Code in symbols, empty for bodies that are named in prose only: `TW`, `UBND`.
    pub code: String,
    /// Shortest usual name: "Bộ Chính trị". For a body that every province has, without the province: "Tỉnh ủy".
    pub name: String,
    /// The name folded ([`fold::lower`]).
    pub folded: String,
    /// Other names in prose: "BCT", "Ban Bí thư Trung ương Đảng".
    pub aliases: Vec<String>,
    /// Party or state.
    pub system: System,
    /// Level; `None` where the name alone does not tell (UBND, ĐU).
    pub level: Option<Level>,
    /// Register in which its numbers run: Bộ Chính trị issues in `TW`.
    pub register: String,
    /// First day.
    pub valid_from: Option<Date>,
    /// Last day.
    pub valid_to: Option<Date>,
    /// Id of the body that took over.
    pub successor: Option<String>,
}

/// All bodies.
#[derive(Clone, Debug, Default)]
pub struct Issuers {
    rows: Vec<Body>,
    by_id: HashMap<String, usize>,
    by_code: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, usize>,
}

impl Issuers {
    pub(super) fn parse(texts: &[(&str, &str)]) -> Result<Issuers, Error> {
        let mut issuers = Issuers::default();
        for (table, text) in texts {
            for body in tsv::read(table, text, |row| {
                let code = row.get("code").to_owned();
                Ok(Body {
                    id: row.get("id").to_owned(),
                    name: row.get("name").to_owned(),
                    folded: fold::lower(row.get("name")),
                    aliases: row.list("aliases"),
                    system: match row.get("system") {
                        "party" => System::Party,
                        "state" => System::State,
                        other => return Err(row.error(&format!("system {other:?} is neither party nor state"))),
                    },
                    level: match row.get("level") {
                        "central" => Some(Level::Central),
                        "province" => Some(Level::Province),
                        "district" => Some(Level::District),
                        "commune" => Some(Level::Commune),
                        "" => None,
                        other => return Err(row.error(&format!("level {other:?} is unknown"))),
                    },
                    register: row.opt("register").unwrap_or_else(|| code.clone()),
                    valid_from: row.date("valid_from")?,
                    valid_to: row.date("valid_to")?,
                    successor: row.opt("successor"),
                    code,
                })
            })? {
                issuers.add(body);
            }
        }
        Ok(issuers)
    }

    fn add(&mut self, body: Body) {
        let at = self.rows.len();
        self.by_id.insert(body.id.clone(), at);
        if !body.code.is_empty() {
            self.by_code.entry(body.code.clone()).or_default().push(at);
        }
        self.by_name.entry(fold::lower(&body.name)).or_insert(at);
        for alias in &body.aliases {
            self.by_name.entry(fold::lower(alias)).or_insert(at);
        }
        self.rows.push(body);
    }

    /// All rows, in table order.
    pub fn rows(&self) -> &[Body] {
        &self.rows
    }

    /// The body with this id.
    pub fn by_id(&self, id: &str) -> Option<&Body> {
        self.by_id.get(id).map(|i| &self.rows[*i])
    }

    /// Bodies whose symbols bear this code, in table order.
    pub fn by_code<'a>(&'a self, code: &str) -> impl Iterator<Item = &'a Body> + use<'a> {
        self.by_code.get(code).map_or(&[][..], |v| v).iter().map(|i| &self.rows[*i])
    }

    /// The body of a name or alias, in any letter case and tone placement.
    pub fn by_name(&self, name: &str) -> Option<&Body> {
        self.by_name.get(&fold::lower(name)).map(|i| &self.rows[*i])
    }
}
