//! What a document says of itself.

use super::{Date, DocNumber, Issuer};
use serde::{Deserialize, Serialize};

/// What the date rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateBasis {
    /// The place and date line.
    Letterhead,
    /// The stamp of a digital signature.
    Stamp,
    /// "được Quốc hội thông qua ngày …".
    Adoption,
    /// The first mention of its own number, as a portal's headline or introduction gives it.
    Headline,
}

/// Who signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// "Lê Thị Thủy".
    pub name: String,
    /// "Bí thư".
    pub position: Option<String>,
    /// "T/M Ban Thường vụ".
    pub authority: Option<String>,
}

/// The document's own number, kind, date, issuer and so on. What the text does not say is `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DocumentFacts {
    /// Readable id of this document, from number, province and year: `12-ct-tu-ha-nam-2022`.
    pub id: Option<String>,
    /// Official type code.
    pub kind: Option<String>,
    /// The type word.
    pub kind_name: Option<String>,
    /// Canonical number.
    pub number: Option<String>,
    /// The number in parts.
    pub parsed: Option<DocNumber>,
    /// Date of issue.
    pub date: Option<Date>,
    /// What the date rests on.
    pub date_basis: Option<DateBasis>,
    /// Who issued it.
    pub issuer: Option<Issuer>,
    /// Province of a paper below the centre.
    pub province: Option<String>,
    /// The place of the place and date line.
    pub place: Option<String>,
    /// Committee term.
    pub term: Option<String>,
    /// Subject, without the type word.
    pub title: Option<String>,
    /// Who signed, first the one who signs for the issuer.
    pub signers: Vec<Signer>,
    /// The lines of "Nơi nhận".
    pub recipients: Vec<String>,
}
