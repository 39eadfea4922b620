//! A mention of another document, as written.

use super::{Date, DocNumber, Relation, Span};
use serde::{Deserialize, Serialize};

/// How a document is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CitationForm {
    /// Number and date.
    Full,
    /// Number without date.
    Short,
    /// A name that this document defined: "Quy chế 272".
    Alias,
    /// A resolution of a plenum: "Nghị quyết Trung ương 4 khoá XII".
    Plenum,
    /// A name without number: "Luật Đất đai năm 2013".
    Named,
    /// This document: "Chỉ thị này".
    #[serde(rename = "self")]
    SelfReference,
}

impl CitationForm {
    /// The word of the interface.
    pub fn as_str(self) -> &'static str {
        match self {
            CitationForm::Full => "full",
            CitationForm::Short => "short",
            CitationForm::Alias => "alias",
            CitationForm::Plenum => "plenum",
            CitationForm::Named => "named",
            CitationForm::SelfReference => "self",
        }
    }
}

/// In which part of a paper a mention stands: what the title names goes before what the opening names, and that before the
/// body, when it is asked what a paper chiefly implements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// The subject under the type word.
    Title,
    /// The "Căn cứ …" lines, and the text before the first heading or item.
    Preamble,
    /// Everything else, annexes and footnotes too.
    #[default]
    Body,
}

impl Place {
    /// Every place, in order.
    pub const ALL: [Place; 3] = [Place::Title, Place::Preamble, Place::Body];

    /// The word of the interface.
    pub fn as_str(self) -> &'static str {
        match self {
            Place::Title => "title",
            Place::Preamble => "preamble",
            Place::Body => "body",
        }
    }
}

/// One mention. Never changed by resolution. Spans count in the raw text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    /// From the type word to the end of number, date and issuer.
    pub span: Span,
    /// The words of the span, in normal text.
    pub text: String,
    /// How the document is mentioned.
    pub form: CitationForm,
    /// Code of the type word as written: "Quy chế 272" is `QC`.
    pub kind: Option<String>,
    /// Canonical number.
    pub number: Option<String>,
    /// The number in parts.
    pub parsed: Option<DocNumber>,
    /// Date of the cited document, as told here or by an earlier mention.
    pub date: Option<Date>,
    /// Year, where only that is told ("năm 2014").
    pub year: Option<i16>,
    /// Issuer as written next to it, or by the mention that it stands for.
    pub issuer: Option<String>,
    /// Committee term as written ("XIII", "2020-2025") or told by the date for central Party papers.
    pub term: Option<String>,
    /// Province that the words around point to, for a number whose register is provincial.
    pub province: Option<String>,
    /// "điểm c khoản 9 Điều 7".
    pub locator: Option<String>,
    /// Name or subject that follows ("về tăng cường …"), for telling namesakes apart.
    pub title: Option<String>,
    /// From this document to the cited one.
    pub relation: Relation,
    /// The sentence around, in normal text.
    pub sentence: String,
    /// Where the span begins in `sentence`, in bytes.
    pub sentence_at: usize,
    /// In which part of the paper it stands; records of versions that did not tell count as body.
    #[serde(default)]
    pub place: Place,
    /// Label of the section, "II.1".
    pub section: Option<String>,
    /// Label of the footnote that the mention stands in.
    pub footnote: Option<String>,
    /// Index of the earlier citation that this short form or alias stands for.
    pub antecedent: Option<usize>,
}

/// A relation between two other documents that this text states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatedRelation {
    /// Number of the acting document.
    pub from_number: String,
    /// What it does.
    pub relation: Relation,
    /// Number of the document that it acts on.
    pub to_number: String,
    /// Where it is said, in the raw text.
    pub span: Span,
    /// Index of the acting document's citation.
    pub from: usize,
    /// Index of the other document's citation.
    pub to: usize,
}
