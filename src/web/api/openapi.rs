//! The description of the API, OpenAPI 3.1.
//!
//! Duty: from the list of addresses and `schemas.json`, so that it cannot say less than there is; a test asks every address and
//! lays the answers beside the schemas. Not here: the readable page (`pages::api`).

use super::{ENDPOINTS, Endpoint};
use crate::web::asked::{Asked, Kind, Param};
use crate::web::fault::Fault;
use crate::web::route::Answer;
use serde_json::{Map, Value, json};

/// Schemas of the answers by name.
const SCHEMAS: &str = include_str!("schemas.json");
/// The statuses of faults with what they mean.
const FAULTS: [(&str, &str); 8] = [
    ("400", "The request is wrong: an unknown parameter, or a value of another kind"),
    ("401", "A token is needed"),
    ("404", "There is no such document"),
    ("409", "The reference means several documents; name one"),
    ("413", "The body or the answer is too large"),
    ("421", "Another host name than this server's"),
    ("500", "The store failed"),
    ("503", "Too much at a time, or not ready; ask again later"),
];

pub(super) fn answer(_asked: &Asked<'_>) -> Result<Answer, Fault> {
    super::json(&description())
}

/// The whole description.
pub(super) fn description() -> Value {
    let mut paths = Map::new();
    for endpoint in ENDPOINTS {
        paths.insert(endpoint.route.path.to_owned(), json!({ "get": operation(endpoint) }));
    }
    paths.insert("/api/v1/extract".to_owned(), json!({ "post": posted() }));
    let schemas: Value = serde_json::from_str(SCHEMAS).expect("the file is compiled in and tested");
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "vanban",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Who cites, implements and amends whom in Vietnamese Party and state papers; who has what to do; full text. \
                The answers are those of the command line with --format json. Lists are taken in parts with limit and cursor; every \
                answer bears an ETag, and is not sent again while the index has not changed.",
            "license": { "name": "MIT OR Apache-2.0" }
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer", "description": "Only where the server was started with a token." } }
        },
        "security": [{}, { "token": [] }]
    })
}

fn operation(endpoint: &Endpoint) -> Value {
    let mut parameters: Vec<Value> = Vec::new();
    if endpoint.route.path.contains("{id}") {
        let about = "Id of a document, as answers have it.";
        parameters.push(json!({ "name": "id", "in": "path", "required": true, "description": about, "schema": { "type": "string" } }));
    }
    parameters.extend(endpoint.route.params.iter().map(parameter));
    let content = match endpoint.schema {
        Some(name) => json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{name}") } } }),
        None => json!({ "text/plain": { "schema": { "type": "string" } } }),
    };
    let mut responses = faults();
    responses.insert("200".to_owned(), json!({ "description": "The answer.", "content": content }));
    responses.insert("304".to_owned(), json!({ "description": "The answer that the ETag names is still true." }));
    json!({ "operationId": endpoint.name, "summary": endpoint.summary, "parameters": parameters, "responses": responses })
}

fn parameter(param: &Param) -> Value {
    let schema = match param.kind {
        Kind::Text | Kind::Many | Kind::Day => json!({ "type": "string", "maxLength": 2000 }),
        Kind::Number(usize::MAX) => json!({ "type": "integer", "minimum": 0 }),
        Kind::Number(most) => json!({ "type": "integer", "minimum": 0, "maximum": most }),
        Kind::Flag => json!({ "type": "string", "enum": ["1", "true"] }),
        Kind::Word(words) => json!({ "type": "string", "enum": words }),
    };
    json!({ "name": param.name, "in": "query", "required": param.required, "description": param.about, "schema": schema })
}

fn posted() -> Value {
    let file = json!({ "schema": { "type": "string", "contentMediaType": "application/octet-stream" } });
    let mut responses = faults();
    let schema = json!({ "$ref": "#/components/schemas/Extraction" });
    responses.insert(
        "200".to_owned(),
        json!({ "description": "All that the paper says.", "content": { "application/json": { "schema": schema } } }),
    );
    responses.insert("422".to_owned(), fault("The file cannot be read; the message says why"));
    json!({
        "operationId": "extract",
        "summary": "What a posted paper says, without any index; nothing is kept",
        "requestBody": { "required": true, "content": { "text/plain": { "schema": { "type": "string" } }, "application/octet-stream": file } },
        "responses": responses
    })
}

fn faults() -> Map<String, Value> {
    FAULTS.iter().map(|(status, about)| ((*status).to_owned(), fault(about))).collect()
}

fn fault(about: &str) -> Value {
    json!({ "description": about, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Fault" } } } })
}
