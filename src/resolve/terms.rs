//! In which committee term a day falls, and what a written term means.
//!
//! Rules: domain 4.1 and 4.2. Near a switch a day may belong to either term; then both are told. Not here: the dates
//! themselves (`terms.tsv`).

use super::keys::{Keys, NONE, Word};
use crate::model::Date;
use crate::tables::Term;
use std::collections::HashMap;

/// Whose terms count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Board<'t> {
    /// The central committee.
    Central,
    /// A province's committee with rows of its own (unit id), or the usual span of all.
    Provincial(Option<&'t str>),
}

/// The term of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TermAt {
    /// By the exact bounds.
    pub(super) name: Word,
    /// The other one, within the tolerance of a switch.
    pub(super) other: Word,
}

impl TermAt {
    /// True when both are one term beyond doubt.
    pub(super) fn surely_same(self, b: TermAt) -> bool {
        self.name != NONE && self.name == b.name && self.other == NONE && b.other == NONE
    }

    /// True when both could be one term.
    pub(super) fn maybe_same(self, b: TermAt) -> bool {
        self.admits(b.name) || (b.other != NONE && self.admits(b.other))
    }

    /// True when the day could fall in the term `name`.
    pub(super) fn admits(self, name: Word) -> bool {
        name != NONE && (self.name == name || self.other == name)
    }
}

#[derive(Clone, Debug)]
struct Span {
    name: Word,
    from: Date,
    to: Date,
    early: Date,
    late: Date,
}

/// The terms of all bodies, ready for look-up.
#[derive(Debug, Default)]
pub(super) struct TermBook {
    spans: HashMap<String, Vec<Span>>,
}

impl TermBook {
    pub(super) fn new(keys: &mut Keys<'_>) -> TermBook {
        let mut book = TermBook::default();
        let tables = keys.tables;
        for Term { body, name, from, to, tolerance } in tables.terms.rows() {
            let to = to.unwrap_or(Date::MAX);
            let days = jiff::Span::new().days(*tolerance);
            let (early, late) = (from.saturating_sub(days), to.saturating_add(days));
            let name = keys.words.add(name);
            book.spans.entry(body.clone()).or_default().push(Span { name, from: *from, to, early, late });
        }
        book
    }

    fn of(&self, board: Board<'_>) -> &[Span] {
        let own = match board {
            Board::Central => self.spans.get("TW"),
            Board::Provincial(unit) => unit.and_then(|id| self.spans.get(id)).or_else(|| self.spans.get("TU")),
        };
        own.map_or(&[], Vec::as_slice)
    }

    /// The term that runs on `day`.
    pub(super) fn at(&self, board: Board<'_>, day: Date) -> TermAt {
        let spans = self.of(board);
        let name = spans.iter().find(|span| span.from <= day && day <= span.to).map_or(NONE, |span| span.name);
        let near = spans.iter().find(|span| span.name != name && span.early <= day && day <= span.late);
        TermAt { name, other: near.map_or(NONE, |span| span.name) }
    }

    /// The term of a whole year, where only one runs in it.
    pub(super) fn in_year(&self, board: Board<'_>, year: i16) -> TermAt {
        let (Ok(first), Ok(last)) = (Date::new(year, 1, 1), Date::new(year, 12, 31)) else { return TermAt::default() };
        let (a, b) = (self.at(board, first), self.at(board, last));
        if a.name == b.name { TermAt { name: a.name, other: NONE } } else { TermAt { name: a.name, other: b.name } }
    }

    /// First and last day of a term.
    pub(super) fn bounds(&self, board: Board<'_>, name: Word) -> Option<(Date, Date)> {
        self.of(board).iter().find(|span| span.name == name).map(|span| (span.early, span.late))
    }

    /// The term before `name`.
    pub(super) fn before(&self, board: Board<'_>, name: Word) -> Option<Word> {
        let spans = self.of(board);
        let at = spans.iter().position(|span| span.name == name)?;
        at.checked_sub(1).map(|i| spans[i].name)
    }

    /// A term as written: "XI", "khoá 11", "2020 – 2025". A provincial ordinal ("lần thứ XII") says nothing here, for it differs
    /// from province to province: [`NONE`].
    pub(super) fn written(&self, keys: &mut Keys<'_>, board: Board<'_>, text: &str) -> Word {
        let last = text.split_whitespace().last().unwrap_or_default();
        let joined: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == '–' || c == '—' { '-' } else { c }).collect();
        let spans = self.of(board);
        if board == Board::Central
            && let Some(span) = last.parse::<usize>().ok().and_then(|nth| spans.get(nth.checked_sub(1)?))
        {
            return span.name;
        }
        let upper = last.to_uppercase();
        spans
            .iter()
            .find(|span| {
                let name = keys.words.text(span.name);
                name == upper || name == joined
            })
            .map_or(NONE, |span| span.name)
    }
}

#[cfg(test)]
mod tests {
    use super::{Board, TermBook};
    use crate::resolve::keys::{Keys, NONE};
    use crate::tables::Tables;

    #[test]
    fn days_near_a_switch_may_belong_to_either_term() {
        let tables = Tables::builtin();
        let mut keys = Keys::new(&tables);
        let book = TermBook::new(&mut keys);
        for (day, name, other) in
            [("2014-07-21", "XI", ""), ("2021-01-30", "XII", "XIII"), ("2021-02-02", "XIII", "XII"), ("2026-01-25", "XIV", "XIII")]
        {
            let at = book.at(Board::Central, day.parse().unwrap());
            assert_eq!((keys.words.text(at.name), keys.words.text(at.other)), (name, other), "{day}");
        }
        let autumn = book.at(Board::Provincial(None), "2020-11-15".parse().unwrap());
        assert_eq!((keys.words.text(autumn.name), keys.words.text(autumn.other)), ("2020-2025", "2015-2020"));
    }

    #[test]
    fn written_terms_are_read_in_every_usual_spelling() {
        let tables = Tables::builtin();
        let mut keys = Keys::new(&tables);
        let book = TermBook::new(&mut keys);
        for (text, want) in [("XI", "XI"), ("khoá xi", "XI"), ("khóa 11", "XI"), ("99", "")] {
            let word = book.written(&mut keys, Board::Central, text);
            assert_eq!(keys.words.text(word), want, "{text}");
        }
        let span = book.written(&mut keys, Board::Provincial(None), "2020 – 2025");
        assert_eq!(keys.words.text(span), "2020-2025");
        assert_eq!(book.written(&mut keys, Board::Provincial(None), "XII"), NONE);
        assert_eq!(keys.words.text(book.in_year(Board::Central, 2014).name), "XI");
        assert_ne!(book.in_year(Board::Central, 2016).other, NONE);
    }
}
