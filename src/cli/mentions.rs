//! One mention in an answer: relation, place, sentence, certainty.
//!
//! Duty: the lines of a mention, the same in every command. Not here: grouping.

use super::error::CommandError;
use super::output::Output;
use super::paint::{Text, Tone};
use super::passage;
use crate::query::view::Citation;
use crate::resolve::Certainty;

/// Prints relation, form and place on one line, the sentence below it.
pub(super) fn print(mention: &Citation, output: &mut Output) -> Result<(), CommandError> {
    let (tone, sure) = certainty(mention.certainty);
    let mut notes = vec![mention.form.clone()];
    notes.extend(mention.section.as_ref().map(|section| format!("section {section}")));
    notes.extend(mention.locator.clone());
    let line = Text::indented(4).plain(mention.relation.as_str()).dim(format!("  {}  ", notes.join(" · "))).with(tone, sure);
    // What is certain or decided needs no reason, unless somebody asks for it.
    let plain = matches!(mention.certainty, Some(Certainty::Certain | Certainty::Decided));
    let reason = output.verbose() || !plain;
    let line = if reason && !mention.why.is_empty() { line.dim(format!(": {}", mention.why)) } else { line };
    output.text(&line)?;
    output.text(&Text::indented(6).and(passage::marked(&mention.sentence, &mention.text, Some(mention.sentence_at), output.verbose())))
}

fn certainty(certainty: Option<Certainty>) -> (Tone, &'static str) {
    match certainty {
        Some(Certainty::Certain) => (Tone::Good, "certain"),
        Some(Certainty::Likely) => (Tone::Plain, "likely"),
        Some(Certainty::Ambiguous) => (Tone::Warn, "ambiguous"),
        Some(Certainty::Decided) => (Tone::Good, "decided"),
        None => (Tone::Dim, "not resolved"),
    }
}
