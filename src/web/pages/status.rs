//! Ingests, counts, files that were not taken; uploads where they are allowed.

use super::{Frame, rendered};
use crate::query;
use crate::query::view::RejectedFile;
use crate::store::Run;
use crate::web::asked::Asked;
use crate::web::fault::Fault;
use crate::web::route::Answer;
use crate::web::write;
use askama::Template;

/// Runs and files that are shown.
const RUNS: usize = 20;
const FILES: usize = 200;

#[derive(Template)]
#[template(path = "status.html")]
struct Page {
    f: Frame,
    counts: [(String, &'static str); 3],
    runs: Vec<Run>,
    rejected: Vec<RejectedFile>,
    more: usize,
    retry: bool,
    /// The word that an upload must bear; `None` where none is taken.
    upload: Option<String>,
}

pub(super) fn page(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let mut answer = query::status(asked.reader)?;
    answer.runs.reverse();
    answer.runs.truncate(RUNS);
    let more = answer.rejected.len().saturating_sub(FILES);
    answer.rejected.truncate(FILES);
    let digits = |number: u64| asked.lang.digits(number);
    let counts =
        [(digits(answer.documents), "home.documents"), (digits(answer.citations), "home.citations"), (digits(answer.tasks), "home.tasks")];
    let upload = (asked.app.options.uploads.is_some() && asked.editor).then(|| write::word(asked.app));
    rendered(&Page {
        f: Frame::of(asked, "status", asked.lang.of("nav.status")),
        counts,
        runs: answer.runs,
        retry: !answer.rejected.is_empty(),
        rejected: answer.rejected,
        more,
        upload,
    })
}
