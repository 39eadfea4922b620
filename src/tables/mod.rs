//! What the field knows, as data: kinds, issuers, provinces, terms, phrases.
//!
//! Duty: parse the `.tsv` files of this folder (compiled in) and a user's overlay rows, and answer look-ups.
//! Not here: any rule of how a document is read. To add a row: open the table, add the line, run `cargo test`.

pub mod confusables;
pub mod duties;
pub mod fold;
pub mod issuers;
pub mod kinds;
pub mod legacy;
pub mod phrases;
pub mod provinces;
pub mod spellings;
pub mod syllables;
pub mod terms;
pub mod tsv;

pub use confusables::{Confusables, Context};
pub use duties::{BodyRole, BodyWord, DutyPhrase, DutyRole};
pub use issuers::{Body, Issuers};
pub use kinds::{Kind, Kinds};
pub use legacy::{Charmap, Legacy, legacy};
pub use phrases::{RelationPhrase, Side};
pub use provinces::{Province, Provinces};
pub use spellings::Spellings;
pub use syllables::{Syllables, syllables};
pub use terms::{Term, Terms};

use crate::model::{Error, Stage};
use std::collections::HashMap;
use std::path::Path;
use std::sync::OnceLock;

/// Names of the tables and their built-in text.
const BUILTIN: &[(&str, &str)] = &[
    ("kinds.tsv", include_str!("kinds.tsv")),
    ("issuers.tsv", include_str!("issuers.tsv")),
    ("provinces.tsv", include_str!("provinces.tsv")),
    ("terms.tsv", include_str!("terms.tsv")),
    ("relations.tsv", include_str!("relations.tsv")),
    ("forms.tsv", include_str!("forms.tsv")),
    ("bodies.tsv", include_str!("bodies.tsv")),
    ("duties.tsv", include_str!("duties.tsv")),
    ("confusables.tsv", include_str!("confusables.tsv")),
];

/// All tables, parsed.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// Kinds of documents.
    pub kinds: Kinds,
    /// Issuing bodies.
    pub issuers: Issuers,
    /// Provinces.
    pub provinces: Provinces,
    /// Committee terms.
    pub terms: Terms,
    /// Phrases that tell a relation.
    pub relations: Vec<RelationPhrase>,
    /// Words that make up the name of a body on whom a duty may be laid.
    pub bodies: Vec<BodyWord>,
    /// Verbs, frames and headings of duties.
    pub duties: Vec<DutyPhrase>,
    /// Set words of the parts of a paper, by role.
    forms: HashMap<String, Vec<String>>,
    folded_forms: HashMap<String, Vec<String>>,
    /// Look-alike characters.
    pub confusables: Confusables,
    /// Names as people type them; made at the first question.
    spellings: OnceLock<Spellings>,
    /// The overlay rows as they were read: (table name, text), kept with the store.
    pub overlay: Vec<(String, String)>,
}

impl Tables {
    /// The compiled-in tables.
    pub fn builtin() -> Tables {
        Tables::with_texts(Vec::new()).expect("the compiled-in tables are checked by tests")
    }

    /// The compiled-in tables and the rows of the `.tsv` files in `dir` that bear the name of a table.
    ///
    /// Fails when a file cannot be read or a row is wrong; the message names table and line.
    pub fn with_overlay(dir: &Path) -> Result<Tables, Error> {
        let mut overlay = Vec::new();
        for (name, _) in BUILTIN {
            let path = dir.join(name);
            if path.is_file() {
                let text = std::fs::read_to_string(&path).map_err(|error| Error::io(Stage::Open, &error).at(&path))?;
                overlay.push(((*name).to_owned(), text));
            }
        }
        Tables::with_texts(overlay)
    }

    /// The compiled-in tables and the given overlay texts: (table name, text).
    pub fn with_texts(overlay: Vec<(String, String)>) -> Result<Tables, Error> {
        let texts = |name: &'static str| -> Vec<(&str, &str)> {
            let builtin = BUILTIN.iter().filter(|(n, _)| *n == name).copied();
            builtin.chain(overlay.iter().filter(|(n, _)| n == name).map(|(n, t)| (n.as_str(), t.as_str()))).collect()
        };
        let mut forms = HashMap::<String, Vec<String>>::new();
        for (table, text) in texts("forms.tsv") {
            for (text, role) in tsv::read(table, text, |row| Ok((row.get("text").to_owned(), row.get("role").to_owned())))? {
                forms.entry(role).or_default().push(text);
            }
        }
        Ok(Tables {
            folded_forms: forms.iter().map(|(role, texts)| (role.clone(), texts.iter().map(|text| fold::lower(text)).collect())).collect(),
            forms,
            kinds: Kinds::parse(&texts("kinds.tsv"))?,
            issuers: Issuers::parse(&texts("issuers.tsv"))?,
            provinces: Provinces::parse(&texts("provinces.tsv"))?,
            terms: Terms::parse(&texts("terms.tsv"))?,
            relations: phrases::parse(&texts("relations.tsv"))?,
            bodies: duties::parse_bodies(&texts("bodies.tsv"))?,
            duties: duties::parse_duties(&texts("duties.tsv"))?,
            confusables: Confusables::parse(&texts("confusables.tsv"))?,
            spellings: OnceLock::new(),
            overlay,
        })
    }

    /// All rows as they are written, (table name, text): those compiled in, then the overlay.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        BUILTIN.iter().copied().chain(self.overlay.iter().map(|(name, text)| (name.as_str(), text.as_str())))
    }

    /// Names of kinds, provinces and bodies as people type them.
    pub fn spellings(&self) -> &Spellings {
        self.spellings.get_or_init(|| Spellings::of(&self.kinds, &self.provinces, &self.issuers))
    }

    /// The same words folded ([`fold::lower`]), in the same order.
    pub fn folded_forms(&self, role: &str) -> &[String] {
        self.folded_forms.get(role).map_or(&[], Vec::as_slice)
    }

    /// Set words with this role, in table order (see `forms.tsv`).
    pub fn forms(&self, role: &str) -> &[String] {
        self.forms.get(role).map_or(&[], Vec::as_slice)
    }
}
