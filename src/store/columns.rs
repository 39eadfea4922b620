//! Metadata of all held documents in memory, for filters, facets and the order of equal hits.
//!
//! Duty: one slot a document, newest first; columns of small numbers; from a row of the index to the slot of its document.
//! Loaded from the catalogue at the first search, so that the full-text index need not change when a resolution gives a
//! paper another date or issuer. Not here: text.

use super::{Reader, TextQuery, graph, index, reader};
use crate::model::Error;
use crate::tables::fold;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use tantivy::SegmentReader;

/// No slot, or no value.
pub(super) const NONE: u32 = u32::MAX;

/// A column of words: each distinct value once, and which one a slot has.
#[derive(Default)]
pub(super) struct Column {
    values: Vec<String>,
    of_slot: Vec<u32>,
}

impl Column {
    fn push(&mut self, value: Option<String>, known: &mut HashMap<String, u32>) {
        let Some(value) = value else { return self.of_slot.push(NONE) };
        let next = self.values.len() as u32;
        let index = *known.entry(value).or_insert_with_key(|value| {
            self.values.push(value.clone());
            next
        });
        self.of_slot.push(index);
    }

    /// Number of distinct values.
    pub(super) fn width(&self) -> usize {
        self.values.len()
    }

    /// The value of a slot as an index, or [`NONE`].
    pub(super) fn at(&self, slot: u32) -> u32 {
        self.of_slot[slot as usize]
    }

    /// Counts by value index as (value, count), most frequent first, at most [`VALUES`], those that count nothing left out.
    pub(super) fn facet(&self, counts: &[usize]) -> Vec<(String, usize)> {
        let counted = self.values.iter().zip(counts).filter(|(_, count)| **count > 0);
        let mut out: Vec<(String, usize)> = counted.map(|(value, count)| (value.clone(), *count)).collect();
        out.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        out.truncate(VALUES);
        out
    }
}

/// Columns of all held documents.
#[derive(Default)]
pub(super) struct Columns {
    /// Ids of the nodes.
    pub(super) ids: Vec<String>,
    /// First papers.
    pub(super) papers: Vec<i64>,
    /// In the order of [`FACETS`].
    pub(super) facets: [Column; FACETS.len()],
    /// Year, month and day as one number, 20220324; 0 when there is none.
    dates: Vec<u32>,
    /// For each segment of the index, the slot of the document whose first paper a row is, or [`NONE`].
    pub(super) slot_of_row: Vec<Vec<u32>>,
}

/// Names of the facets.
pub(super) const FACETS: [&str; 5] = ["kind", "level", "issuer", "province", "year"];
/// Values of a facet that are told; issuers are many.
const VALUES: usize = 100;

/// How many documents have each value of each facet.
pub(super) type Counts = [Vec<usize>; FACETS.len()];

/// What is asked of an issuer's name, marks and capitals aside.
pub struct IssuerFilter {
    whole: bool,
    words: Vec<String>,
}

impl IssuerFilter {
    /// All of these words; in quotation marks, just this name.
    pub fn new(asked: &str) -> IssuerFilter {
        match asked.trim().strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
            Some(name) => IssuerFilter { whole: true, words: vec![graph::framed(name)] },
            None => IssuerFilter { whole: false, words: asked.split_whitespace().map(graph::framed).collect() },
        }
    }

    /// Whether a name is meant.
    pub fn admits(&self, name: &str) -> bool {
        let name = graph::framed(name);
        if self.whole { self.words[0] == name } else { self.words.iter().all(|word| name.contains(word.as_str())) }
    }
}

impl Columns {
    /// Which slots pass the filters of a question; `None` when it has no filter.
    pub(super) fn filter(&self, query: &TextQuery) -> Option<Vec<bool>> {
        let mut pass: Option<Vec<bool>> = None;
        let mut narrow = |test: &dyn Fn(usize) -> bool| {
            let pass = pass.get_or_insert_with(|| vec![true; self.ids.len()]);
            pass.iter_mut().enumerate().for_each(|(slot, pass)| *pass = *pass && test(slot));
        };
        let mut by_value = |column: &Column, test: &dyn Fn(&str) -> bool| {
            let good: Vec<bool> = column.values.iter().map(|value| test(value)).collect();
            narrow(&|slot| column.of_slot[slot] != NONE && good[column.of_slot[slot] as usize]);
        };
        let [kinds, levels, issuers, provinces, _] = &self.facets;
        if !query.kinds.is_empty() {
            by_value(kinds, &|value| query.kinds.iter().any(|kind| fold::lower(kind) == fold::lower(value)));
        }
        if !query.levels.is_empty() {
            by_value(levels, &|value| query.levels.iter().any(|level| level.eq_ignore_ascii_case(value)));
        }
        if let Some(province) = &query.province {
            let wanted = fold::slug(province);
            by_value(provinces, &|value| fold::slug(value) == wanted);
        }
        if let Some(issuer) = &query.issuer {
            let filter = IssuerFilter::new(issuer);
            by_value(issuers, &|value| filter.admits(value));
        }
        if query.from.is_some() || query.to.is_some() {
            let (first, last) = (day(query.from.as_deref(), '0', 1), day(query.to.as_deref(), '9', NONE));
            narrow(&|slot| (first..=last).contains(&self.dates[slot]) && self.dates[slot] > 0);
        }
        if let Some(only) = &query.only {
            let only: HashSet<&str> = only.iter().map(String::as_str).collect();
            narrow(&|slot| only.contains(self.ids[slot].as_str()));
        }
        pass
    }
}

/// `2022-03-24`, `2022-03` or `2022` as 20220324, what is missing filled up; a text that is no date lets nothing pass.
fn day(text: Option<&str>, fill: char, open: u32) -> u32 {
    let Some(text) = text else { return open };
    let mut digits: String = text.chars().filter(|c| *c != '-').collect();
    while digits.len() < 8 {
        digits.push(fill);
    }
    digits.parse().unwrap_or(if fill == '0' { NONE } else { 0 })
}

impl Reader {
    /// The columns of this snapshot, loaded once.
    pub(super) fn columns(&self) -> Result<&Arc<Columns>, Error> {
        if let Some(columns) = self.columns.get() {
            return Ok(columns);
        }
        let columns = Arc::new(self.load_columns()?);
        Ok(self.columns.get_or_init(|| columns))
    }

    fn load_columns(&self) -> Result<Columns, Error> {
        let mut columns = Columns::default();
        let mut slot_of_paper = Vec::new();
        let mut known: [HashMap<String, u32>; FACETS.len()] = Default::default();
        let sql = "SELECT np.paper, n.id, n.kind, n.level, n.province, n.date, n.number_year, n.issuer FROM nodes n \
                   JOIN node_papers np ON np.node = n.key AND np.rank = 0 ORDER BY n.date DESC, n.id";
        self.list(sql, [], |row| {
            let paper: i64 = row.get(0)?;
            let date: Option<String> = row.get(5)?;
            let number_year: Option<i16> = row.get(6)?;
            let year =
                date.as_deref().and_then(|date| date.get(..4)).map(str::to_owned).or_else(|| number_year.map(|year| year.to_string()));
            let slot = columns.ids.len() as u32;
            if slot_of_paper.len() <= paper as usize {
                slot_of_paper.resize(paper as usize + 1, NONE);
            }
            slot_of_paper[paper as usize] = slot;
            columns.papers.push(paper);
            columns.ids.push(row.get(1)?);
            columns.dates.push(date.map_or(0, |date| day(Some(&date), '0', 0)));
            for (at, value) in [row.get(2)?, row.get(3)?, row.get(7)?, row.get(4)?, year].into_iter().enumerate() {
                columns.facets[at].push(value, &mut known[at]);
            }
            Ok(())
        })?;
        let searcher = self.searcher.as_ref().ok_or_else(|| reader::not_ready(&self.dir))?;
        let rows = || searcher.segment_readers().iter().map(|segment| slots(segment, &slot_of_paper)).collect();
        columns.slot_of_row = index::guarded(rows).map_err(|error| index::failed(&self.dir, &error))?;
        Ok(columns)
    }
}

/// The slot of each row of a segment. A paper that is no document's first, or that the snapshot does not hold (yet, or
/// any more), has none.
fn slots(segment: &SegmentReader, slot_of_paper: &[u32]) -> tantivy::Result<Vec<u32>> {
    let papers = segment.fast_fields().u64("paper")?;
    let slot = |paper: u64| slot_of_paper.get(paper as usize).copied();
    Ok((0..segment.max_doc()).map(|row| papers.first(row).and_then(slot).unwrap_or(NONE)).collect())
}
