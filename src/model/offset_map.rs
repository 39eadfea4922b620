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
    pub fn then(&self, later: &OffsetMap) -> OffsetMap {
        debug_assert_eq!(self.norm_len, later.source_len, "the steps must meet in the same text");
        let mut out = OffsetMap::default();
        for (i, run) in later.runs.iter().enumerate() {
            let (norm_end, middle_end) = later.run_end(i);
            if run.copied {
                self.copy_range(run.source, middle_end, &mut out);
            } else {
                let source_end = self.boundary(middle_end);
                out.push_replaced((norm_end - run.norm) as usize, source_end - out.source_len as usize);
            }
        }
        let rest = self.source_len - out.source_len;
        out.push_replaced(0, rest as usize);
        out
    }

    /// Appends the runs of `self` that make up the middle range `from..to`.
    fn copy_range(&self, from: u32, to: u32, out: &mut OffsetMap) {
        let mut at = from;
        let mut i = self.runs.partition_point(|run| run.norm <= at).saturating_sub(1);
        // Deleted runs that stand exactly at `from` were taken in by what came before, or are taken here.
        while i > 0 && self.runs[i].norm == from && self.runs[i].source as usize > out.source_len() {
            i -= 1;
        }
        while i < self.runs.len() && self.runs[i].norm < to {
            let run = self.runs[i];
            let (norm_end, source_end) = self.run_end(i);
            if (source_end as usize) <= out.source_len() && norm_end <= at {
                i += 1;
                continue;
            }
            if run.copied {
                let stop = norm_end.min(to);
                let source_at = run.source + (at.max(run.norm) - run.norm);
                out.push_replaced(0, (source_at as usize).saturating_sub(out.source_len()));
                out.push_copied((stop - at.max(run.norm)) as usize);
                at = stop;
            } else {
                let stop = norm_end.min(to);
                let start = at.max(run.norm);
                out.push_replaced((stop - start) as usize, (source_end as usize).saturating_sub(out.source_len()));
                at = stop;
            }
            i += 1;
        }
    }

    /// Source offset of a boundary of the middle text, deletions before it taken in.
    fn boundary(&self, norm: u32) -> usize {
        if norm == self.norm_len { self.source_len as usize } else { self.start_of(norm) }
    }
}
