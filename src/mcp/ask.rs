//! What may be asked, tool by tool: the arguments with their meaning, from which their schemas are made.
//!
//! Duty: names, types and one sentence each; an unknown argument is refused. Not here: what is answered (`tools`).

use rmcp::schemars::{self, JsonSchema};
use serde::Deserialize;

/// Arguments of `find_document`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Find {
    /// The document as one would type it: 38-CT/TW, "Chỉ thị 38", 12-NQ/TU Hòa Bình, an id
    pub(super) r#ref: String,
}

/// Arguments of `cited_by`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CitedBy {
    /// The cited document as one would type it
    pub(super) r#ref: String,
    /// At most so many mentions of each meaning; 100 unless told
    pub(super) limit: Option<usize>,
    /// The `next` of the answer before
    pub(super) cursor: Option<String>,
}

/// Arguments of `cites`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Cites {
    /// The citing document as one would type it
    pub(super) r#ref: String,
    /// Also mentions by name only, without a number ("Luật Đất đai")
    #[serde(default)]
    pub(super) named: bool,
    /// At most so many cited documents; 100 unless told
    pub(super) limit: Option<usize>,
    /// The `next` of the answer before
    pub(super) cursor: Option<String>,
}

/// Which way a lineage is followed.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Way {
    /// To what implements it
    Down,
    /// To what it implements
    Up,
    /// Both
    #[default]
    Both,
}

/// Arguments of `lineage`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Lineage {
    /// The document as one would type it
    pub(super) r#ref: String,
    /// To what implements it, to what it implements, or both, which is usual
    #[serde(default)]
    pub(super) direction: Way,
    /// At most so many steps
    pub(super) depth: Option<u32>,
    /// As it stood on this day: 2020-01-31
    pub(super) as_of: Option<String>,
}

/// Arguments of `tasks`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Tasks {
    /// Only tasks of this document, as one would type it
    pub(super) r#ref: Option<String>,
    /// Words of the body that has to do it, with or without marks
    pub(super) assignee: Option<String>,
    /// Due earlier than this day: 2020-01-31
    pub(super) due_before: Option<String>,
    /// Due later than this day
    pub(super) due_after: Option<String>,
    /// Due day passed on this day
    pub(super) overdue_on: Option<String>,
    /// At most so many tasks; 100 unless told
    pub(super) limit: Option<usize>,
    /// The `next` of the answer before
    pub(super) cursor: Option<String>,
}

/// Arguments of `search`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Search {
    /// Words with or without marks, "phrases" in quotation marks, numbers in any spelling
    pub(super) query: String,
    /// Type codes or type words: CT, NQ, "Kế hoạch"
    #[serde(default)]
    pub(super) kind: Vec<String>,
    /// Words of the issuer's name
    pub(super) issuer: Option<String>,
    /// central, province, district, commune
    #[serde(default)]
    pub(super) level: Vec<String>,
    /// Province, in any spelling
    pub(super) province: Option<String>,
    /// First day: 2020-01-31
    pub(super) from: Option<String>,
    /// Last day
    pub(super) to: Option<String>,
    /// Only papers that cite this document, as one would type it
    pub(super) cites: Option<String>,
    /// At most so many hits, 10 unless told, at most 100
    pub(super) limit: Option<usize>,
    /// The `next` of the answer before
    pub(super) cursor: Option<String>,
}

/// Arguments of `extract`; one of the two.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Extract {
    /// The text of a paper; nothing of it is kept
    pub(super) text: Option<String>,
    /// A document that is held, as one would type it
    pub(super) r#ref: Option<String>,
}
