//! Builds a text and the way back to the text it was made from, in one pass.

use crate::model::OffsetMap;

/// Copies, replaces and drops pieces of `source` in order.
pub(super) struct Writer<'s> {
    source: &'s str,
    at: usize,
    out: String,
    map: OffsetMap,
}

impl<'s> Writer<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Writer { source, at: 0, out: String::with_capacity(source.len()), map: OffsetMap::default() }
    }

    /// Bytes written so far.
    pub(super) fn len(&self) -> usize {
        self.out.len()
    }

    /// Bytes of the source dealt with so far.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Copies the source up to `end`.
    pub(super) fn copy_to(&mut self, end: usize) {
        if end > self.at {
            self.out.push_str(&self.source[self.at..end]);
            self.map.push_copied(end - self.at);
            self.at = end;
        }
    }

    /// Drops the source up to `end`.
    pub(super) fn drop_to(&mut self, end: usize) {
        self.replace_to(end, "");
    }

    /// Writes `with` in place of the source up to `end`.
    pub(super) fn replace_to(&mut self, end: usize, with: &str) {
        if end > self.at || !with.is_empty() {
            self.out.push_str(with);
            self.map.push_replaced(with.len(), end - self.at);
            self.at = end;
        }
    }

    pub(super) fn ends_with(&self, c: char) -> bool {
        self.out.ends_with(c)
    }

    /// What stands on the line that is being written.
    pub(super) fn line(&self) -> &str {
        &self.out[self.out.rfind('\n').map_or(0, |i| i + 1)..]
    }

    pub(super) fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// The source range from `from` to here.
    pub(super) fn finish(mut self) -> (String, OffsetMap) {
        let end = self.source.len();
        self.drop_to(end);
        (self.out, self.map)
    }
}
