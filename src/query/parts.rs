//! Long lists in parts: a limit, and the cursor of the next part.
//!
//! Duty: what the API and the assistants' tools share beyond the answers of the command line. Not here: which rows there are.

use super::view::Page;
use serde::Serialize;

/// Rows of a part unless told.
const USUAL: usize = 100;

/// A part of a list: the answer with the cursor of the next part beside its own fields.
#[derive(Clone, Debug, Serialize)]
pub struct Paged<T> {
    /// The answer, with the rows of this part only.
    #[serde(flatten)]
    pub answer: T,
    /// Cursor of the next part.
    pub next: Option<String>,
}

/// Which rows of a list are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Rows {
    limit: usize,
    offset: usize,
}

impl Rows {
    /// From a limit, 100 unless told, and the place where the part begins.
    pub fn new(limit: Option<usize>, offset: Option<usize>) -> Rows {
        Rows { limit: limit.unwrap_or(USUAL), offset: offset.unwrap_or(0) }
    }

    /// Keeps these rows; the cursor of the next ones.
    pub fn cut<T>(&self, rows: &mut Vec<T>) -> Option<String> {
        let total = rows.len();
        rows.drain(..self.offset.min(total));
        rows.truncate(self.limit);
        self.next(rows.len(), total)
    }

    /// The cursor behind `shown` rows of `total`.
    pub fn next(&self, shown: usize, total: usize) -> Option<String> {
        let end = self.offset.saturating_add(shown);
        (shown > 0 && end < total).then(|| end.to_string())
    }

    /// The same for a list that is cut where it is read.
    pub fn page(&self) -> Page {
        Page { limit: Some(self.limit), offset: self.offset }
    }
}

#[cfg(test)]
mod tests {
    use super::Rows;

    #[test]
    fn a_list_is_taken_in_parts() {
        let part = |offset| {
            let mut rows: Vec<u8> = (0..5).collect();
            let next = Rows::new(Some(2), Some(offset)).cut(&mut rows);
            (rows, next)
        };
        assert_eq!(part(0), (vec![0, 1], Some("2".into())));
        assert_eq!((part(4), part(9)), ((vec![4], None), (vec![], None)));
    }
}
