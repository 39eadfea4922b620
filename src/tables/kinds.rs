//! Kinds of documents: code, name, system.

use super::{fold, tsv};
use crate::model::{Error, System};
use std::collections::HashMap;

/// One kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Official code: `CT`.
    pub code: String,
    /// Type word: "Chỉ thị".
    pub name: String,
    /// Who uses it: party, state, or both (`None`).
    pub system: Option<System>,
    /// Other type words and prose abbreviations that mean it.
    pub aliases: Vec<String>,
    /// Spellings of the code in symbols, canonical one first: `QĐ`, `Q§`, `QÐ` …
    pub codes: Vec<String>,
    /// Codes of one family compare as one in identity (`QĐ`, `QyĐ`, `QC` of the Party).
    pub family: String,
    /// A document of this kind usually bears a number.
    pub numbered: bool,
    /// The code of its type word, where symbols have a code of their own for it: `QC` of `QCPH`.
    pub word: Option<String>,
}

/// All kinds.
#[derive(Clone, Debug, Default)]
pub struct Kinds {
    rows: Vec<Kind>,
    by_code: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
    by_bare: HashMap<String, usize>,
}

impl Kinds {
    pub(super) fn parse(texts: &[(&str, &str)]) -> Result<Kinds, Error> {
        let mut kinds = Kinds::default();
        for (table, text) in texts {
            for kind in tsv::read(table, text, |row| {
                let code = row.get("code").to_owned();
                let mut codes = vec![code.clone()];
                codes.extend(row.list("codes"));
                Ok(Kind {
                    name: row.get("name").to_owned(),
                    system: match row.get("system") {
                        "party" => Some(System::Party),
                        "state" => Some(System::State),
                        "both" => None,
                        other => return Err(row.error(&format!("system {other:?} is none of party, state, both"))),
                    },
                    aliases: row.list("aliases"),
                    codes,
                    family: row.opt("family").unwrap_or_else(|| code.clone()),
                    numbered: row.get("numbered") != "no",
                    word: row.opt("word"),
                    code,
                })
            })? {
                kinds.add(kind);
            }
        }
        Ok(kinds)
    }

    fn add(&mut self, kind: Kind) {
        let at = self.by_code.get(&kind.code).copied().unwrap_or(self.rows.len());
        for code in &kind.codes {
            self.by_code.entry(code.clone()).or_insert(at);
        }
        self.by_name.entry(fold::lower(&kind.name)).or_insert(at);
        self.by_bare.entry(fold::bare(&kind.name)).or_insert(at);
        for alias in &kind.aliases {
            self.by_name.entry(fold::lower(alias)).or_insert(at);
        }
        if at == self.rows.len() { self.rows.push(kind) } else { self.rows[at] = kind }
    }

    /// Code of each kind whose name begins with that of another, and the code of that one: "QC" of "Quy chế" for "Quy chế phối hợp".
    pub fn plain(&self) -> HashMap<String, String> {
        let begins = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '));
        let plain = |long: &Kind| self.rows.iter().find(|short| begins(&long.name, &short.name)).map(|short| short.code.clone());
        self.rows.iter().filter_map(|long| Some((long.code.clone(), plain(long)?))).collect()
    }

    /// All rows, in table order.
    pub fn rows(&self) -> &[Kind] {
        &self.rows
    }

    /// The kind whose code or spelling in a symbol is exactly `code`: `QĐ`, `QÐ`.
    pub fn by_code(&self, code: &str) -> Option<&Kind> {
        self.by_code.get(code).map(|i| &self.rows[*i])
    }

    /// The kind of a type word, in any letter case and tone placement: "CHỈ THỊ", "công văn".
    pub fn by_name(&self, name: &str) -> Option<&Kind> {
        self.by_name.get(&fold::lower(name)).map(|i| &self.rows[*i])
    }

    /// The kind of a type word whose marks are damaged, as recognition leaves them: "QUYÉT ĐỊNH".
    pub fn by_bare_name(&self, name: &str) -> Option<&Kind> {
        self.by_bare.get(&fold::bare(name)).map(|i| &self.rows[*i])
    }

    /// The name of a code as a paper of this number bears it: "Thông tri" for `TT` of `03-TT/TU`, "Thông tư" for that of `03/2020/TT-BTC`. The
    /// Party writes a hyphen behind the serial (HD 36-HD/VPTW).
    pub fn name<'a>(&'a self, code: &'a str, number: Option<&str>) -> &'a str {
        let party = number.and_then(|number| number.find(['-', '/']).map(|at| number[at..].starts_with('-'))) == Some(true);
        let shared = |kind: &&Kind| kind.system == Some(System::Party) && kind.word.as_deref() == Some(code);
        let own = self.rows.iter().find(shared).filter(|_| party).or_else(|| self.by_code(code));
        own.map_or(code, |kind| &kind.name)
    }

    /// The code of the type word of a kind: `QC` for `QCPH`, "Quy chế phối hợp"; most are their own.
    pub fn word<'a>(&'a self, code: &'a str) -> &'a str {
        self.by_code(code).and_then(|kind| kind.word.as_deref()).unwrap_or(code)
    }

    /// The family of a code, for identity.
    pub fn family<'a>(&'a self, code: &'a str) -> &'a str {
        self.by_code(code).map_or(code, |kind| &kind.family)
    }
}
