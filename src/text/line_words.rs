//! The words of the tables that tell whether a line goes on or a new one begins.
//!
//! Words stand in `forms.tsv`; they are compared as written.

use crate::tables::Tables;

/// Words at the ends and the beginnings of lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineWords<'t> {
    before_number: &'t [String],
    openers: &'t [String],
    types: &'t [String],
    particles: &'t [String],
    unfinished: &'t [String],
    stamps: &'t [String],
    stamp_fields: &'t [String],
}

/// True when `line` ends with one of `words`, and more stands before it.
fn ends(line: &str, words: &[String]) -> bool {
    words.iter().any(|word| line.strip_suffix(word.as_str()).is_some_and(|rest| rest.ends_with(' ')))
}

impl<'t> LineWords<'t> {
    pub(super) fn new(tables: &'t Tables) -> Self {
        LineWords {
            before_number: tables.forms("before_number"),
            openers: tables.forms("paragraph_opener"),
            types: tables.forms("numbered_type"),
            particles: tables.forms("particle"),
            unfinished: tables.forms("unfinished"),
            stamps: tables.forms("stamp"),
            stamp_fields: tables.forms("stamp_field"),
        }
    }

    /// True for a word after which a number must follow, whatever line it stands on: "ngày".
    pub(super) fn leads_to_number(&self, word: &str) -> bool {
        self.before_number.iter().any(|known| known == word)
    }

    /// True for the beginning of a paragraph of its own: "Căn cứ Luật …".
    pub(super) fn opens_paragraph(&self, line: &str) -> bool {
        self.openers.iter().any(|words| {
            let rest = line.strip_prefix(words.as_str());
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    }

    /// True when a bare number goes on with a citation: "Căn cứ Quy định".
    pub(super) fn ends_with_type(&self, line: &str) -> bool {
        ends(line, self.types)
    }

    /// True for the end of a line that goes on, be it a cell of two words: "của".
    pub(super) fn ends_with_particle(&self, line: &str) -> bool {
        ends(line, self.particles) || self.particles.iter().any(|word| line == word)
    }

    /// True for an end that no paragraph has: "nhằm".
    pub(super) fn is_unfinished(&self, line: &str) -> bool {
        ends(line, self.unfinished)
    }

    /// True for a line of an electronic signature: "Ký bởi: …".
    pub(super) fn is_stamp(&self, line: &str) -> bool {
        self.stamps.iter().any(|head| line.starts_with(head.as_str()))
    }

    /// True for a line that belongs to such a stamp when it touches one: "Cơ quan: …".
    pub(super) fn is_stamp_field(&self, line: &str) -> bool {
        self.stamp_fields.iter().any(|head| line.starts_with(head.as_str()))
    }
}
