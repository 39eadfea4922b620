//! Collecting hits: the best ones in order, and counts over all of them.
//!
//! Duty: filter, count, rank; raise the hits in which the words stand side by side. Positions are dear: where very many
//! texts have all the words, neighbours are looked for only in the [`LOOKED_AT`] best by the words themselves.
//! Not here: which query is asked (`search`).

use super::columns::{Columns, Counts, NONE};
use std::cmp::Ordering;
use std::sync::Arc;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::{Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentOrdinal, SegmentReader, TERMINATED};

/// How much more words side by side count than the words alone.
const ADJACENCY: Score = 2.0;
/// Hits, over all segments, in which neighbours are looked for; costs a few milliseconds.
const LOOKED_AT: usize = 8_000;

/// Collects the best hits and counts all of them.
pub(super) struct Hits {
    /// Documents of the snapshot.
    pub(super) columns: Arc<Columns>,
    /// Slots that pass the filters; `None` when there are none.
    pub(super) pass: Option<Arc<Vec<bool>>>,
    /// Hits to keep.
    pub(super) keep: usize,
    /// The words side by side, where there is more than one.
    pub(super) adjacent: Option<Box<dyn Weight>>,
    /// Papers in the index.
    pub(super) docs: u64,
}

/// What was collected.
#[derive(Default)]
pub(super) struct Found {
    /// All hits.
    pub(super) total: usize,
    /// Kept ones, best first.
    pub(super) best: Vec<Ranked>,
    /// For each facet, how many hits have each value.
    pub(super) counts: Counts,
}

/// A hit; the lesser one is the better one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranked {
    /// Higher is better.
    pub(super) score: Score,
    /// Newer documents have lower slots.
    pub(super) slot: u32,
    doc: DocId,
}

impl Ranked {
    fn rank(&self, other: &Ranked) -> Ordering {
        other.score.total_cmp(&self.score).then(self.slot.cmp(&other.slot))
    }
}

/// The hits of one segment.
pub(super) struct SegmentHits {
    columns: Arc<Columns>,
    pass: Option<Arc<Vec<bool>>>,
    segment: SegmentOrdinal,
    all: Vec<Ranked>,
    counts: Counts,
}

impl Hits {
    fn no_counts(&self) -> Counts {
        std::array::from_fn(|at| vec![0; self.columns.facets[at].width()])
    }

    /// Raises the hits in which the words stand side by side.
    fn raise_adjacent(&self, reader: &SegmentReader, all: &mut [Ranked]) -> tantivy::Result<()> {
        let Some(weight) = &self.adjacent else { return Ok(()) };
        let share = (LOOKED_AT as u64 * u64::from(reader.max_doc())).div_ceil(self.docs.max(1)) as usize;
        let looked_at = if all.len() > share {
            all.select_nth_unstable_by(share, Ranked::rank);
            &mut all[..share]
        } else {
            all
        };
        looked_at.sort_unstable_by_key(|hit| hit.doc);
        let mut scorer: Option<Box<dyn Scorer>> = None;
        let mut next = 0;
        for hit in looked_at {
            if hit.doc < next {
                continue;
            }
            // Looks at this document and no other; a plain `seek` would go on to the next match.
            let seen = match &mut scorer {
                Some(scorer) => scorer.seek_danger(hit.doc),
                None => {
                    let (seen, first) = weight.scorer_danger(reader, hit.doc, ADJACENCY)?;
                    scorer = Some(first);
                    seen
                }
            };
            match (seen, &mut scorer) {
                (SeekDangerResult::Found, Some(scorer)) => hit.score += scorer.score(),
                (SeekDangerResult::SeekLowerBound(TERMINATED), _) => break,
                (SeekDangerResult::SeekLowerBound(bound), _) => next = bound,
                (SeekDangerResult::Found, None) => {}
            }
        }
        Ok(())
    }
}

impl Collector for Hits {
    type Fruit = Found;
    type Child = SegmentHits;

    fn for_segment(&self, segment: SegmentOrdinal, _reader: &SegmentReader) -> tantivy::Result<SegmentHits> {
        Ok(SegmentHits { columns: Arc::clone(&self.columns), pass: self.pass.clone(), segment, all: Vec::new(), counts: self.no_counts() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn collect_segment(&self, weight: &dyn Weight, segment: u32, reader: &SegmentReader) -> tantivy::Result<Found> {
        let mut hits = self.for_segment(segment, reader)?;
        let alive = reader.alive_bitset();
        weight.for_each(reader, &mut |doc, score| {
            if alive.is_none_or(|alive| alive.is_alive(doc)) {
                hits.collect(doc, score);
            }
        })?;
        self.raise_adjacent(reader, &mut hits.all)?;
        let mut found = hits.harvest();
        best(&mut found.best, self.keep);
        Ok(found)
    }

    fn merge_fruits(&self, fruits: Vec<Found>) -> tantivy::Result<Found> {
        let mut all = Found { counts: self.no_counts(), ..Found::default() };
        for fruit in fruits {
            all.total += fruit.total;
            all.best.extend(fruit.best);
            for (sum, counts) in all.counts.iter_mut().zip(fruit.counts) {
                sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            }
        }
        best(&mut all.best, self.keep);
        Ok(all)
    }
}

/// Keeps the best, in order.
fn best(hits: &mut Vec<Ranked>, keep: usize) {
    if hits.len() > keep {
        hits.select_nth_unstable_by(keep, Ranked::rank);
        hits.truncate(keep);
    }
    hits.sort_unstable_by(Ranked::rank);
}

impl SegmentCollector for SegmentHits {
    type Fruit = Found;

    fn collect(&mut self, doc: DocId, score: Score) {
        let slot = self.columns.slot_of_row[self.segment as usize][doc as usize];
        if slot == NONE || self.pass.as_ref().is_some_and(|pass| !pass[slot as usize]) {
            return;
        }
        for (column, counts) in self.columns.facets.iter().zip(&mut self.counts) {
            let value = column.at(slot);
            if value != NONE {
                counts[value as usize] += 1;
            }
        }
        self.all.push(Ranked { score, slot, doc });
    }

    fn harvest(self) -> Found {
        Found { total: self.all.len(), best: self.all, counts: self.counts }
    }
}
