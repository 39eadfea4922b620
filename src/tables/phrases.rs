//! Phrases that tell a relation.

use super::tsv;
use crate::model::{Error, Relation};

/// On which side of the phrase the cited document stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The cited document follows: "thực hiện Chỉ thị …".
    Right,
    /// The cited document goes before: "Chỉ thị … hết hiệu lực".
    Left,
}

/// One phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationPhrase {
    /// Lower case, tone mark on the first letter (see [`super::fold::lower`]): "triển khai thực hiện".
    pub phrase: String,
    /// What it tells.
    pub relation: Relation,
    /// Where the cited document stands.
    pub side: Side,
    /// Where it counts: `any`, `title`, `basis`, `preamble`; `name`: nowhere, it is part of a name.
    pub place: String,
}

pub(super) fn parse(texts: &[(&str, &str)]) -> Result<Vec<RelationPhrase>, Error> {
    let mut out = Vec::new();
    for (table, text) in texts {
        out.extend(tsv::read(table, text, |row| {
            Ok(RelationPhrase {
                phrase: super::fold::lower(row.get("phrase")),
                relation: Relation::parse(row.get("relation"))
                    .ok_or_else(|| row.error(&format!("relation {:?} is unknown", row.get("relation"))))?,
                side: match row.get("side") {
                    "R" => Side::Right,
                    "L" => Side::Left,
                    other => return Err(row.error(&format!("side {other:?} is neither R nor L"))),
                },
                place: row.opt("place").unwrap_or_else(|| "any".into()),
            })
        })?);
    }
    Ok(out)
}
