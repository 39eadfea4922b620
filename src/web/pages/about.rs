//! The API's description for a person.

use super::{Frame, rendered};
use crate::web::api::ENDPOINTS;
use crate::web::asked::{Asked, Param};
use crate::web::fault::Fault;
use crate::web::route::Answer;
use askama::Template;

#[derive(Template)]
#[template(path = "api.html")]
struct Page {
    f: Frame,
    endpoints: Vec<Shown>,
}

struct Shown {
    path: &'static str,
    name: &'static str,
    summary: &'static str,
    params: &'static [Param],
    schema: &'static str,
}

pub(super) fn page(asked: &Asked<'_>) -> Result<Answer, Fault> {
    let endpoints = ENDPOINTS.iter().map(|endpoint| Shown {
        path: endpoint.route.path,
        name: endpoint.name,
        summary: endpoint.summary,
        params: endpoint.route.params,
        schema: endpoint.schema.unwrap_or("text/plain"),
    });
    rendered(&Page { f: Frame::of(asked, "api", "API"), endpoints: endpoints.collect() })
}
