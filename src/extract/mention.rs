//! One mention of a document, as the finder and the steps behind it fill it in.

use crate::model::{CitationForm, Date, DocNumber, Span};

/// A mention in the making. Spans count in the normal text.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) span: Span,
    /// Where the number stands, or the whole span.
    pub(super) number_at: Span,
    pub(super) form: CitationForm,
    pub(super) kind: Option<String>,
    pub(super) number: Option<DocNumber>,
    pub(super) date: Option<Date>,
    pub(super) year: Option<i16>,
    pub(super) impossible_date: bool,
    pub(super) issuer: Option<String>,
    pub(super) province: Option<String>,
    pub(super) term: Option<String>,
    pub(super) locator: Option<String>,
    pub(super) title: Option<Span>,
    /// Index of the block it stands in.
    pub(super) block: usize,
    pub(super) antecedent: Option<usize>,
    /// Follows another number of the same list ("số 187, 188-KL/TW").
    pub(super) listed: bool,
}

impl Mention {
    /// A mention of which nothing is told but where it stands.
    pub(super) fn bare(span: Span, form: CitationForm, block: usize) -> Mention {
        Mention {
            span,
            number_at: span,
            form,
            kind: None,
            number: None,
            date: None,
            year: None,
            impossible_date: false,
            issuer: None,
            province: None,
            term: None,
            locator: None,
            title: None,
            block,
            antecedent: None,
            listed: false,
        }
    }
}
