//! Raw text to normal text, with an exact way back.
//!
//! The ordered steps: characters (`compose`), then lines (`layout`) with what stands inside them (`inline`).
//! Not here: what a line means (see `structure`).

mod compose;
mod furniture;
mod inline;
pub mod label;
mod layout;
mod line_words;
mod lines;
mod writer;

use crate::model::{NormText, RawText};
use crate::tables::Tables;

pub(crate) use furniture::stamp_time;

/// Makes the normal text of `raw`. Cannot fail; the map leads every span back to the raw text.
pub fn normalise(tables: &Tables, raw: &RawText) -> NormText {
    let composed = compose::compose(&tables.confusables, &raw.text);
    let laid = layout::layout(tables, composed.as_ref().map_or(&raw.text, |(text, _)| text));
    let mut lifted = laid.lifted;
    let map = match &composed {
        None => laid.map,
        Some((_, first)) => {
            for line in &mut lifted {
                line.source = first.to_source(line.source);
            }
            first.then(&laid.map)
        }
    };
    NormText { text: laid.text, map, marks: laid.marks, page_starts: laid.page_starts, lifted }
}
