//! A document in a few lines, for the preview of a link; a page of its own for who has no script.

use super::document::{Head, head};
use super::{Frame, rendered};
use crate::web::asked::Asked;
use crate::web::fault::Fault;
use crate::web::route::Answer;
use askama::Template;

#[derive(Template)]
#[template(path = "card.html")]
struct Card {
    f: Frame,
    h: Head,
}

pub(super) fn page(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let (h, _) = head(asked, "")?;
    rendered(&Card { f: Frame::of(asked, "", h.doc.name.clone()), h })
}
