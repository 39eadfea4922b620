//! Raw text to normal text, with an exact way back.
//!
//! The ordered steps: characters (`compose`), words that were parted (`parted`), then lines (`layout`) with what stands
//! inside them (`inline`).
//! Not here: what a line means (see `structure`).

mod compose;
mod flat;
mod furniture;
mod inline;
pub mod label;
mod layout;
mod line_words;
mod lines;
mod parted;
mod writer;

use crate::model::{NormText, RawText};
use crate::tables::Tables;

pub(crate) use furniture::stamp_time;

/// Makes the normal text of `raw`. Cannot fail; the map leads every span back to the raw text.
pub fn normalise(tables: &Tables, raw: &RawText) -> NormText {
    let composed = compose::compose(&tables.confusables, &raw.text);
    let text = composed.as_ref().map_or(&raw.text, |(text, _)| text);
    let joined = parted::rejoin(tables, text);
    let text = joined.as_ref().map_or(text, |(text, _)| text);
    let laid = layout::layout(tables, text);
    let mut lifted = laid.lifted;
    let before = match (composed, &joined) {
        (Some((_, first)), Some((_, second))) => Some(first.then(second)),
        (Some((_, only)), None) => Some(only),
        (None, Some((_, only))) => Some(only.clone()),
        (None, None) => None,
    };
    let map = match &before {
        None => laid.map,
        Some(before) => {
            for line in &mut lifted {
                line.source = before.to_source(line.source);
            }
            before.then(&laid.map)
        }
    };
    NormText { text: laid.text, map, marks: laid.marks, page_starts: laid.page_starts, lifted }
}
