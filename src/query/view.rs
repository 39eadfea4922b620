//! The wire shapes of all answers, as `interface.md` fixes them: command line JSON and HTTP use the same.
//!
//! Over 350 lines because it is one list of plain structs. Not here: how they are filled, and the questions as understood (see
//! `asked`, re-exported here). Fields may be added, never renamed.

pub use super::asked::{Page, SearchAsked, TasksQuery};

use crate::model::{Date, Level, Place, Relation, Span, Task};
use crate::resolve::{Certainty, Conflict, Node};
use crate::store::{DecisionRow, Problem, Run};
use serde::Serialize;
use std::collections::BTreeMap;

/// A document, the same in every answer; what is not known is `null`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Document {
    /// Readable id.
    pub id: String,
    /// Type code.
    pub kind: Option<String>,
    /// Canonical number.
    pub number: Option<String>,
    /// Date of issue.
    pub date: Option<Date>,
    /// Committee term.
    pub term: Option<String>,
    /// Issuing body.
    pub issuer: Option<String>,
    /// Province.
    pub province: Option<String>,
    /// Level of the issuer.
    pub level: Option<Level>,
    /// Subject.
    pub title: Option<String>,
    /// Whether a paper of it is in the index.
    pub held: bool,
}

impl From<&Node> for Document {
    fn from(node: &Node) -> Self {
        Document {
            id: node.id.clone(),
            kind: node.kind.clone(),
            number: node.number.clone(),
            date: node.date,
            term: node.term.clone(),
            issuer: node.issuer.clone(),
            province: node.province.clone(),
            level: node.level,
            title: node.title.clone(),
            held: node.held,
        }
    }
}

/// One mention.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Citation {
    /// Id of the mention, for `decide`.
    pub id: String,
    /// The citing paper.
    pub document: Document,
    /// From the citing paper to the cited document.
    pub relation: Relation,
    /// `full`, `short`, `alias`, `plenum`, `named`.
    pub form: String,
    /// The words of the mention.
    pub text: String,
    /// The sentence around it.
    pub sentence: String,
    /// Where the mention begins in the sentence, in bytes.
    pub sentence_at: usize,
    /// In which part of the paper: `title`, `preamble`, `body`.
    pub place: Place,
    /// Label of the section.
    pub section: Option<String>,
    /// "khoản 2 Điều 3".
    pub locator: Option<String>,
    /// Where it stands in the raw text.
    pub span: Span,
    /// How sure the meaning is; `null` for a name that was not looked up.
    pub certainty: Option<Certainty>,
    /// Why.
    pub why: String,
}

/// A document that a mention could mean.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Candidate {
    /// The document.
    pub document: Document,
    /// Words that would single it out.
    pub clue: String,
}

/// Answer of `cited-by`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CitedBy {
    /// `vanban.cited-by/1`.
    pub schema: &'static str,
    /// The reference as understood.
    pub query: super::Reading,
    /// One group a meaning, the most cited first.
    pub groups: Vec<CitedByGroup>,
}

/// Who cites one document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CitedByGroup {
    /// The cited document.
    pub document: Document,
    /// Words that single this meaning out; `null` when there is only one.
    pub singled_out_by: Option<String>,
    /// Number of mentions.
    pub total: usize,
    /// The mentions.
    pub citations: Vec<Citation>,
}

/// Answer of `cites`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cites {
    /// `vanban.cites/1`.
    pub schema: &'static str,
    /// The reference as understood.
    pub query: super::Reading,
    /// One group a cited document and citing paper.
    pub groups: Vec<CitesGroup>,
}

/// The mentions of one document in one citing paper.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CitesGroup {
    /// The cited document; `null` when several are possible.
    pub document: Option<Document>,
    /// What the mention could mean, best first; empty when it is resolved.
    pub candidates: Vec<Candidate>,
    /// Id of the citing document.
    pub citing: String,
    /// Words that single the citing document out; `null` when the reference has one meaning.
    pub singled_out_by: Option<String>,
    /// Number of mentions.
    pub total: usize,
    /// The mentions, in the order of the text.
    pub citations: Vec<Citation>,
}

/// Answer of `show`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Show {
    /// `vanban.show/1`.
    pub schema: &'static str,
    /// The reference as understood.
    pub query: super::Reading,
    /// One group a meaning.
    pub groups: Vec<ShowGroup>,
}

/// One document with its files and counts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShowGroup {
    /// The document.
    pub document: Document,
    /// Words that single this meaning out; `null` when there is only one.
    pub singled_out_by: Option<String>,
    /// Its files.
    pub copies: Vec<Copy>,
    /// What its copies and mentions disagree on.
    pub conflicts: Vec<Conflict>,
    /// How much hangs on it.
    pub counts: Counts,
    /// What each fact rests on, for facts of which that is kept: `date`.
    pub basis: BTreeMap<&'static str, String>,
    /// Who signed, as the shown paper says.
    pub signers: Vec<String>,
}

/// A file that is a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Copy {
    /// Path; one entry a path, also where several hold the same bytes.
    pub path: String,
    /// Internet media type.
    pub media_type: String,
    /// How the text was got.
    pub method: String,
    /// Why this copy's text is the one that is shown and whose facts count; none for the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Oddities seen.
    pub warnings: Vec<String>,
    /// Where the paper begins in the file's text, in bytes; none for the first or only one in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<usize>,
}

/// Numbers of mentions and tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Mentions that it makes.
    pub cites: u64,
    /// Mentions of it.
    pub cited_by: u64,
    /// Tasks that it lays.
    pub tasks: u64,
}

/// Answer of `lineage`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lineage {
    /// `vanban.lineage/1`.
    pub schema: &'static str,
    /// The reference as understood.
    pub query: super::Reading,
    /// One group a meaning.
    pub groups: Vec<LineageGroup>,
}

/// The implementation tree around one document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineageGroup {
    /// The document asked for.
    pub root: Document,
    /// Words that single this meaning out; `null` when there is only one.
    pub singled_out_by: Option<String>,
    /// The root and all that was reached, by depth, then date, then id.
    pub nodes: Vec<LineageNode>,
    /// Edges between them.
    pub edges: Vec<LineageEdge>,
    /// True when the depth asked for cut something off.
    pub cut: bool,
}

/// A document of a tree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineageNode {
    /// The document.
    #[serde(flatten)]
    pub document: Document,
    /// Steps from the root: positive towards those that implement it, negative towards what it implements.
    pub depth: i32,
}

/// Who does what to whom.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineageEdge {
    /// Id of the document that acts.
    pub from: String,
    /// Id of the document acted on.
    pub to: String,
    /// What it does.
    pub relation: Relation,
    /// In which part of the paper that says so: `title`, `preamble`, `body`.
    pub place: Place,
    /// `own` when `from` says so itself, `stated` when another paper does.
    pub basis: &'static str,
    /// The sentence that proves it.
    pub sentence: String,
    /// Id of the paper that says so.
    pub stated_by: String,
}

/// Answer of `coverage`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coverage {
    /// `vanban.coverage/1`.
    pub schema: &'static str,
    /// The reference as understood.
    pub query: super::Reading,
    /// The document to be implemented.
    pub document: Document,
    /// The day whose list of provinces is used.
    pub as_of: Option<Date>,
    /// One entry a province, by name.
    pub bodies: Vec<CoverageBody>,
    /// Provinces with an implementing document.
    pub held: usize,
    /// Provinces without.
    pub missing: usize,
}

/// What one province holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CoverageBody {
    /// Its name.
    pub province: String,
    /// Its implementing documents, oldest first.
    pub documents: Vec<Document>,
    /// Days from the document to the first of them.
    pub days: Option<i32>,
}

/// Answer of `tasks`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tasks {
    /// `vanban.tasks/1`.
    pub schema: &'static str,
    /// The question as understood.
    pub query: TasksQuery,
    /// Number of tasks.
    pub total: usize,
    /// By due day, undated ones last.
    pub tasks: Vec<TaskItem>,
}

/// A task with its document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TaskItem {
    /// The document that lays it.
    pub document: Document,
    /// The task.
    #[serde(flatten)]
    pub task: Task,
}

/// Answer of `missing`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Missing {
    /// `vanban.missing/1`.
    pub schema: &'static str,
    /// What was asked.
    pub query: Page,
    /// Number of documents in all.
    pub total: usize,
    /// Most cited first.
    pub documents: Vec<MissingDocument>,
}

/// A document that is cited but not held.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MissingDocument {
    /// The document.
    pub document: Document,
    /// Mentions.
    pub citations: u64,
    /// Documents that mention it.
    pub cited_by: u64,
}

/// Answer of `unresolved`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unresolved {
    /// `vanban.unresolved/1`.
    pub schema: &'static str,
    /// What was asked.
    pub query: Page,
    /// Number of mentions in all.
    pub total: usize,
    /// Heaviest first.
    pub citations: Vec<UnresolvedCitation>,
}

/// A mention that needs a person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnresolvedCitation {
    /// The mention.
    #[serde(flatten)]
    pub citation: Citation,
    /// What it could mean, best first.
    pub candidates: Vec<Candidate>,
    /// How many mentions ask the same question.
    pub weight: usize,
}

/// Answer of `decide`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decided {
    /// `vanban.decide/1`.
    pub schema: &'static str,
    /// Id of the mention.
    pub citation: String,
    /// Id of the document that it means from now on; null when a decision was taken back.
    pub target: Option<String>,
    /// Id of the document that it meant before; null when that was open.
    pub previous: Option<String>,
    /// Ids of the documents that it could mean before, best first.
    pub candidates: Vec<String>,
    /// Ids of the other mentions that ask the same question and were decided with it.
    pub alike: Vec<String>,
    /// What the mention means now.
    pub now: Option<Citation>,
}

/// Answer of `decide --log`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decisions {
    /// `vanban.decisions/1`.
    pub schema: &'static str,
    /// Every decision and every one taken back, oldest first.
    pub decisions: Vec<DecisionRow>,
}

/// Answer of `status`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Status {
    /// `vanban.status/1`.
    pub schema: &'static str,
    /// Finished ingests, oldest first.
    pub runs: Vec<Run>,
    /// Documents held.
    pub documents: u64,
    /// Mentions.
    pub citations: u64,
    /// Tasks.
    pub tasks: u64,
    /// Files not taken.
    pub rejected: Vec<RejectedFile>,
    /// The command that tries all of them again; `None` when there are none.
    pub retry: Option<&'static str>,
}

/// A file that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RejectedFile {
    /// Its path.
    pub path: String,
    /// The step that failed.
    pub stage: String,
    /// Why, and what to do.
    pub reason: String,
    /// The command that tries again.
    pub retry: String,
}

/// Answer of `check`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// `vanban.check/1`.
    pub schema: &'static str,
    /// True when nothing is wrong.
    pub ok: bool,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// Answer of `search`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Search {
    /// `vanban.search/1`.
    pub schema: &'static str,
    /// The question as understood.
    pub query: SearchAsked,
    /// All hits, counted.
    pub total: usize,
    /// Milliseconds.
    pub took_ms: u64,
    /// The page asked for.
    pub hits: Vec<Hit>,
    /// Facet name to values, most frequent first.
    pub facets: BTreeMap<String, Vec<Facet>>,
    /// Cursor of the next page.
    pub next: Option<String>,
}

/// One hit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// The document.
    pub document: Document,
    /// Higher is better.
    pub score: f32,
    /// Pieces of the original text.
    pub snippet: Vec<Piece>,
}

/// A piece of a snippet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether they were asked for.
    pub mark: bool,
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// The value.
    pub value: String,
    /// Hits with it.
    pub count: usize,
}
