//! `search`: full text with filters.
//!
//! Duty: what was typed to a question, its hits to lines. Not here: ranking, snippets.

use super::args::{Format, Level, Search};
use super::documents;
use super::error::{CommandError, Exit};
use super::naming::count;
use super::output::Output;
use super::paint::{Text, Tone};
use super::session::Session;
use crate::query::{self, SearchQuestion, view};

/// Values of a facet that are shown.
const FACET_VALUES: usize = 6;

/// Prints the hits of one page, best first.
pub(super) fn run(args: &Search, session: &mut Session) -> Result<Exit, CommandError> {
    let reader = session.reader()?;
    let words = args.query.join(" ");
    let question = SearchQuestion {
        words: words.clone(),
        kinds: args.kind.clone(),
        issuer: args.issuer.clone(),
        levels: args.level.iter().map(|level| word(*level).to_owned()).collect(),
        province: args.province.clone(),
        from: args.from,
        to: args.to,
        cites: args.cites.clone(),
        limit: args.limit,
        offset: args.offset,
        cursor: None,
    };
    let answer = query::search(&reader, &question)?;
    if session.output.format() == Format::Json {
        session.output.json(&answer)?;
        return Ok(Exit::Done);
    }
    let (tables, output) = (reader.tables(), &mut session.output);
    for (at, hit) in answer.hits.iter().enumerate() {
        let rank = format!("{:>3}  ", args.offset + at + 1);
        output.text(
            &Text::default().hanging(5).dim(rank).strong(documents::cited(&hit.document, tables)).dim(format!("  {}", hit.document.id)),
        )?;
        if let (Some(title), Some(_)) = (&hit.document.title, &hit.document.number) {
            output.text(&Text::indented(5).plain(title))?;
        }
        output.text(&snippet(&hit.snippet))?;
        output.gap()?;
    }
    let total = answer.total as u64;
    output.text(&Text::default().strong(count(total, "document", "documents")).dim(format!("  {} ms", answer.took_ms)))?;
    facets(&answer, output)?;
    let seen = args.offset + answer.hits.len();
    if total == 0 {
        output.next_step(&format!("no document holds all of {words:?}; try fewer words, or leave a filter out"))?;
    } else if (seen as u64) < total {
        output.next_step(&format!("next: --offset {seen} for more · --kind, --province, --from narrow it"))?;
    } else {
        output.next_step(&format!("next: vanban show {}", answer.hits.first().map_or("REF", |hit| hit.document.id.as_str())))?;
    }
    Ok(Exit::Done)
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Central => "central",
        Level::Province => "province",
        Level::District => "district",
        Level::Commune => "commune",
    }
}

fn snippet(pieces: &[view::Piece]) -> Text {
    let tone = |mark: bool| if mark { Tone::Mark } else { Tone::Plain };
    pieces.iter().fold(Text::indented(5), |text, piece| text.with(tone(piece.mark), piece.text.as_str()))
}

fn facets(answer: &view::Search, output: &mut Output) -> Result<(), CommandError> {
    for (name, values) in &answer.facets {
        let told: Vec<String> = values.iter().take(FACET_VALUES).map(|value| format!("{} {}", value.value, value.count)).collect();
        if told.len() > 1 {
            output.text(&Text::indented(2).hanging(12).dim(format!("{name}:")).pad_to(10).plain(told.join(" · ")))?;
        }
    }
    Ok(())
}
