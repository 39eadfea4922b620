//! The way back from normal text to source text.
//!
//! A map is a list of breakpoints, each the start of a run. A *copied* run has the same bytes on both sides; any
//! other run stands for its source bytes only as a whole. Built in one pass while the text is changed.
//! Invariant: both columns rise, runs are adjacent, and every boundary is a character boundary on both sides.

use super::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    norm: u32,
    source: u32,
    copied: bool,
}

/// Leads from byte offsets of a normal text to byte offsets of the text it was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OffsetMap {
    runs: Vec<Run>,
    norm_len: u32,
    source_len: u32,
}

impl OffsetMap {
    /// A map for a text that was not changed; `len` in bytes.
    pub fn identity(len: usize) -> Self {
        let mut map = OffsetMap::default();
        map.push_copied(len);
        map
    }

    /// Appends `len` bytes that are equal on both sides.
    pub fn push_copied(&mut self, len: usize) {
        if len == 0 {
            return;
        }
        if !self.runs.last().is_some_and(|run| run.copied) {
            self.runs.push(Run { norm: self.norm_len, source: self.source_len, copied: true });
        }
        self.norm_len += len as u32;
        self.source_len += len as u32;
    }

    /// Appends a run in which `source` bytes became `norm` bytes. Either may be zero.
    pub fn push_replaced(&mut self, norm: usize, source: usize) {
        if norm == 0 && source == 0 {
            return;
        }
        self.runs.push(Run { norm: self.norm_len, source: self.source_len, copied: false });
        self.norm_len += norm as u32;
        self.source_len += source as u32;
    }

    /// Length of the normal text in bytes.
    pub fn norm_len(&self) -> usize {
        self.norm_len as usize
    }

    /// Length of the source text in bytes.
    pub fn source_len(&self) -> usize {
        self.source_len as usize
    }

    /// Number of runs; a measure of how much was changed.
    pub fn runs(&self) -> usize {
        self.runs.len()
    }

    /// The source range of a normal range: the smallest one that holds all that the normal range was made from.
    ///
    /// Bytes that were deleted between two kept characters belong to no range unless both neighbours are in it.
    pub fn to_source(&self, span: Span) -> Span {
        debug_assert!(span.end <= self.norm_len as usize, "span outside the text");
        let start = self.start_of(span.start as u32);
        if span.is_empty() {
            return Span::new(start, start);
        }
        let end = self.end_of(span.end as u32);
        Span::new(start.min(end), end)
    }

    /// Source offset at which the character that starts at `norm` begins.
    fn start_of(&self, norm: u32) -> usize {
        // The last run that starts at or before `norm`; of several (deletions), the last one.
        let i = self.runs.partition_point(|run| run.norm <= norm);
        let Some(run) = i.checked_sub(1).map(|i| self.runs[i]) else { return 0 };
        if run.copied {
            return (run.source + (norm - run.norm)) as usize;
        }
        if norm == run.norm || norm < self.run_end(i - 1).0 { run.source as usize } else { self.run_end(i - 1).1 as usize }
    }

    /// Source offset at which the character that ends at `norm` ends.
    fn end_of(&self, norm: u32) -> usize {
        // The first run that reaches `norm`, counted by its end.
        let i = self.runs.partition_point(|run| run.norm < norm);
        let Some(run) = i.checked_sub(1).map(|i| self.runs[i]) else { return 0 };
        if run.copied { (run.source + (norm - run.norm)) as usize } else { self.run_end(i - 1).1 as usize }
    }

    fn run_end(&self, i: usize) -> (u32, u32) {
        self.runs.get(i + 1).map_or((self.norm_len, self.source_len), |next| (next.norm, next.source))
    }

    /// The map of two steps done one after the other: `self` leads from the middle text to the source,
    /// `later` from the final text to the middle text.
    ///
    /// A boundary stays only where neither step replaced across it: what either step knows as a whole stays whole.
    pub fn then(&self, later: &OffsetMap) -> OffsetMap {
        debug_assert_eq!(self.norm_len, later.source_len, "the steps must meet in the same text");
        let mut firsts = Rest::new(self.pieces());
        let mut laters = Rest::new(later.pieces().map(|(norm, source, copied)| (source, norm, copied)));
        let mut out = OffsetMap::default();
        // Bytes of the final text and of the source that were taken, and wait for the next boundary that stays.
        let (mut norm, mut source) = (0, 0);
        loop {
            match (firsts.middle(), laters.middle()) {
                // Deleted by the first step, or put in by the later one: nothing of the middle text.
                (Some(0), _) => source += firsts.take(0).0,
                (_, Some(0)) => norm += laters.take(0).0,
                (Some(first), Some(next)) => {
                    let len = first.min(next);
                    let ((from, first_copied), (to, next_copied)) = (firsts.take(len), laters.take(len));
                    if first_copied && next_copied {
                        out.push_copied(len as usize);
                        continue;
                    }
                    source += from;
                    norm += to;
                }
                _ => break,
            }
            if !firsts.inside && !laters.inside {
                out.push_replaced(norm as usize, source as usize);
                (norm, source) = (0, 0);
            }
        }
        out
    }

    /// Every run as its length in the normal text, its length in the source (both in bytes), and whether it is copied.
    fn pieces(&self) -> impl Iterator<Item = (u32, u32, bool)> {
        self.runs.iter().enumerate().map(|(i, run)| {
            let (norm_end, source_end) = self.run_end(i);
            (norm_end - run.norm, source_end - run.source, run.copied)
        })
    }
}

/// What is still to be read of a map, as lengths in the middle text and on the other side.
struct Rest<I> {
    pieces: I,
    current: Option<(u32, u32, bool)>,
    /// Whether a part of a replaced run was taken and another is still to come.
    inside: bool,
}

impl<I: Iterator<Item = (u32, u32, bool)>> Rest<I> {
    fn new(mut pieces: I) -> Self {
        let current = pieces.next();
        Rest { pieces, current, inside: false }
    }

    /// Length of the current run in the middle text.
    fn middle(&self) -> Option<u32> {
        self.current.map(|(middle, _, _)| middle)
    }

    /// Takes `len` bytes of the middle text; returns the bytes on the other side and whether they are copied ones.
    /// The other side of a replaced run is taken whole with its first part.
    fn take(&mut self, len: u32) -> (u32, bool) {
        let Some((middle, other, copied)) = self.current else { return (0, false) };
        let taken = if copied { len } else { other };
        if len == middle {
            self.current = self.pieces.next();
            self.inside = false;
        } else {
            self.current = Some((middle - len, other - taken, copied));
            self.inside = !copied;
        }
        (taken, copied)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Runs `(norm, source, copied)` made into a map; a copied run has its `norm` length on both sides.
    fn map(runs: &[(usize, usize, bool)]) -> OffsetMap {
        let mut map = OffsetMap::default();
        for &(norm, source, copied) in runs {
            if copied { map.push_copied(norm) } else { map.push_replaced(norm, source) }
        }
        map
    }

    /// Found by fuzzing: a later step that replaces from the middle of what the first step replaced as a whole.
    #[test]
    fn a_run_replaced_in_parts_leads_to_all_of_its_source() {
        let first = map(&[(4, 3, false), (2, 2, true)]);
        let both = first.then(&map(&[(2, 2, true), (1, 2, false), (2, 2, true)]));
        assert_eq!(both, map(&[(3, 3, false), (2, 2, true)]));
        // Across a boundary of the first step, and the deletion that stands there.
        let first = map(&[(1, 1, true), (0, 2, false), (2, 3, false), (1, 1, true)]);
        let both = first.then(&map(&[(3, 2, false), (2, 2, true)]));
        assert_eq!(both, map(&[(4, 6, false), (1, 1, true)]));
    }

    /// A map over a middle text of `marks.len()` bytes: each mark says how a byte is cut off and what becomes of it.
    fn over(marks: &[u8], middle_is_norm: bool) -> OffsetMap {
        let mut map = OffsetMap::default();
        for run in marks.chunk_by(|a, b| a & 1 == b & 1) {
            let (kind, len) = (run[0] >> 1, run.len());
            match (kind % 3, middle_is_norm) {
                (0, _) => map.push_copied(len),
                (_, true) => map.push_replaced(len, usize::from(kind)),
                (_, false) => map.push_replaced(usize::from(kind), len),
            }
            if kind % 5 == 4 {
                // Deleted by the first step; put in by the later one.
                if middle_is_norm { map.push_replaced(0, 2) } else { map.push_replaced(2, 0) }
            }
        }
        map
    }

    proptest! {
        /// Both texts are covered whole, a boundary that both steps know stays, and a span leads to no less than
        /// through the steps one by one.
        #[test]
        fn two_steps_lead_where_one_after_the_other_leads(
            (firsts, laters) in (0usize..24).prop_flat_map(|n| (proptest::collection::vec(0u8..20, n), proptest::collection::vec(0u8..20, n)))
        ) {
            let (first, later) = (over(&firsts, true), over(&laters, false));
            let both = first.then(&later);
            prop_assert_eq!(both.norm_len(), later.norm_len());
            prop_assert_eq!(both.source_len(), first.source_len());
            for start in 0..both.norm_len() {
                for end in start + 1..=both.norm_len() {
                    let through = first.to_source(later.to_source(Span::new(start, end)));
                    let at_once = both.to_source(Span::new(start, end));
                    prop_assert!(
                        through.is_empty() || (at_once.start <= through.start && through.end <= at_once.end),
                        "{start}..{end}: {at_once:?} at once, {through:?} through both of {first:?} and {later:?}"
                    );
                }
            }
        }
    }
}
