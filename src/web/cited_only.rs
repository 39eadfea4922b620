//! Search among documents that are only cited: their text is not here, but number, subject and issuer are known.
//!
//! Duty: the list, made once in each state of the index, and the rows of it that a question means. Not here: full text (`search`).

use crate::query::view::{Document, SearchAsked};
use crate::store::{IssuerFilter, Reader};
use crate::tables::fold;
use crate::web::fault::Fault;

/// Every document that is cited but not held, the most cited first.
pub(super) struct CitedOnly(Vec<Row>);

/// One of them.
struct Row {
    document: Document,
    /// Words of number, kind and subject without marks, framed by blanks.
    words: String,
}

impl CitedOnly {
    /// Reads the list.
    pub(super) fn read(reader: &Reader) -> Result<CitedOnly, Fault> {
        let kinds = &reader.tables().kinds;
        let row = |(node, _, _): (crate::resolve::Node, u64, u64)| {
            let document = Document::from(&node);
            let kind = document.kind.as_deref().map_or("", |code| kinds.name(code, document.number.as_deref()));
            let all = [kind, document.number.as_deref().unwrap_or_default(), &document.id, document.title.as_deref().unwrap_or_default()];
            let words = format!(" {} ", words(&all.join(" ")).join(" "));
            Row { document, words }
        };
        Ok(CitedOnly(reader.not_held()?.into_iter().map(row).collect()))
    }

    /// Those that the words name and the filters keep; `asked` as understood. One that is not held cites nothing.
    pub(super) fn matching<'a>(&'a self, asked: &'a SearchAsked) -> impl Iterator<Item = &'a Document> {
        let wanted: Vec<String> = words(&asked.words).into_iter().map(|word| format!(" {word} ")).collect();
        let issuer = asked.issuer.as_deref().map(IssuerFilter::new);
        let rows = if asked.cites.is_some() { &[] } else { &self.0[..] };
        let kept = rows.iter().filter(move |row| {
            let document = &row.document;
            let one_of = |own: Option<&str>, all: &[String]| all.is_empty() || own.is_some_and(|own| all.iter().any(|word| word == own));
            wanted.iter().all(|word| row.words.contains(word))
                && one_of(document.kind.as_deref(), &asked.kind)
                && one_of(document.level.map(crate::model::Level::as_str), &asked.level)
                && issuer.as_ref().is_none_or(|issuer| document.issuer.as_deref().is_some_and(|name| issuer.admits(name)))
                && asked.province.as_deref().is_none_or(|name| document.province.as_deref() == Some(name))
                && asked.from.is_none_or(|from| document.date.is_some_and(|date| date >= from))
                && asked.to.is_none_or(|to| document.date.is_some_and(|date| date <= to))
        });
        kept.map(|row| &row.document)
    }
}

/// Words without marks, in lower case.
fn words(text: &str) -> Vec<String> {
    fold::bare(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
