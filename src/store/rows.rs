//! Rows of the catalogue as model types, and back. The column lists here are the only ones.
//!
//! Not here: which rows are asked for, or transactions.

use crate::model::{
    Citation, CitationForm, Date, DocNumber, Due, Level, Place, Recurrence, Relation, Span, StatedRelation, System, Task, TaskKind,
};
use crate::resolve::{Certainty, MentionAt, Node};
use rusqlite::types::Type;
use rusqlite::{Error as SqlError, Row, Statement, params};
use serde::{Serialize, de::DeserializeOwned};

/// Bits of a key that count the rows of one paper.
const PLACE_BITS: u32 = 24;

/// The key of the `place`-th row of a paper in `citations`, `stated` or `tasks`.
pub(super) fn key(paper: i64, place: usize) -> i64 {
    debug_assert!(place < 1 << PLACE_BITS, "a paper of {place} rows is longer than the size limit of files allows");
    (paper << PLACE_BITS) | place as i64
}

/// The first and the last key that rows of a paper can have.
pub(super) fn keys(paper: i64) -> (i64, i64) {
    (key(paper, 0), key(paper, (1 << PLACE_BITS) - 1))
}

/// The paper of a key.
pub(super) fn paper_of(key: i64) -> i64 {
    key >> PLACE_BITS
}

/// The place of a key within its paper.
pub(super) fn place_of(key: i64) -> usize {
    (key & ((1 << PLACE_BITS) - 1)) as usize
}

/// Which mention a key of `citations` is: the place within its paper counts the mentions.
pub(super) fn mention_at(key: i64) -> MentionAt {
    MentionAt { paper: paper_of(key), index: place_of(key) as u32 }
}

/// The key of a mention.
pub(super) fn mention_key(at: MentionAt) -> i64 {
    key(at.paper, at.index as usize)
}

/// Columns of `citations` for [`citation`]; the table is `c`.
pub(super) const CITATION: &str = "c.key, c.id, c.span_start, c.span_end, c.text, c.form, c.kind, c.number, c.serial, c.number_year, \
     c.number_kind, c.issuers, c.system, c.date, c.year, c.issuer, c.term, c.province, c.locator, c.title, c.relation, c.sentence, \
     c.sentence_at, c.place, c.section, c.footnote, c.antecedent";
/// Number of columns in [`CITATION`].
pub(super) const CITATION_WIDTH: usize = 27;
/// Puts one citation in; parameters in the order of [`CITATION`].
pub(super) const PUT_CITATION: &str = "INSERT INTO citations (key, id, span_start, span_end, text, form, kind, number, serial, number_year, \
     number_kind, issuers, system, date, year, issuer, term, province, locator, title, relation, sentence, sentence_at, place, section, \
     footnote, antecedent) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,?23,?24,?25,?26,?27)";

const FORMS: [CitationForm; 6] =
    [CitationForm::Full, CitationForm::Short, CitationForm::Alias, CitationForm::Plenum, CitationForm::Named, CitationForm::SelfReference];
const SYSTEMS: [(System, &str); 6] = [
    (System::Party, "party"),
    (System::State, "state"),
    (System::Assembly, "assembly"),
    (System::Letter, "letter"),
    (System::Historic, "historic"),
    (System::Ministry, "ministry"),
];
const CERTAINTIES: [(Certainty, &str); 4] =
    [(Certainty::Certain, "certain"), (Certainty::Likely, "likely"), (Certainty::Ambiguous, "ambiguous"), (Certainty::Decided, "decided")];
const LEVELS: [Level; 4] = [Level::Central, Level::Province, Level::District, Level::Commune];

/// Writes a citation.
pub(super) fn put_citation(put: &mut Statement<'_>, key: i64, id: &str, c: &Citation) -> rusqlite::Result<()> {
    let number = NumberColumns::of(c.parsed.as_ref());
    put.execute(params![
        key,
        id,
        c.span.start,
        c.span.end,
        c.text,
        c.form.as_str(),
        c.kind,
        c.number,
        number.serial,
        number.year,
        number.kind,
        number.issuers,
        number.system,
        c.date.map(|date| date.to_string()),
        c.year,
        c.issuer,
        c.term,
        c.province,
        c.locator,
        c.title,
        c.relation.as_str(),
        c.sentence,
        c.sentence_at,
        c.place.as_str(),
        c.section,
        c.footnote,
        c.antecedent,
    ])?;
    Ok(())
}

/// Reads the columns [`CITATION`]: key, id, citation.
pub(super) fn citation(row: &Row<'_>) -> rusqlite::Result<(i64, String, Citation)> {
    let citation = Citation {
        span: Span { start: row.get(2)?, end: row.get(3)? },
        text: row.get(4)?,
        form: form(row, 5)?,
        kind: row.get(6)?,
        number: row.get(7)?,
        parsed: number(row, 8)?,
        date: date(row, 13)?,
        year: row.get(14)?,
        issuer: row.get(15)?,
        term: row.get(16)?,
        province: row.get(17)?,
        locator: row.get(18)?,
        title: row.get(19)?,
        relation: relation(row, 20)?,
        sentence: row.get(21)?,
        sentence_at: row.get(22)?,
        place: place(row, 23)?,
        section: row.get(24)?,
        footnote: row.get(25)?,
        antecedent: row.get(26)?,
    };
    Ok((row.get(0)?, row.get(1)?, citation))
}

/// A number in five columns: serial, year, kind, issuers, system.
pub(super) struct NumberColumns<'a> {
    pub(super) serial: Option<&'a str>,
    pub(super) year: Option<i16>,
    pub(super) kind: Option<&'a str>,
    pub(super) issuers: Option<String>,
    pub(super) system: Option<&'static str>,
}

impl<'a> NumberColumns<'a> {
    pub(super) fn of(number: Option<&'a DocNumber>) -> Self {
        let system = number.and_then(|n| SYSTEMS.iter().find(|(system, _)| *system == n.system)).map(|(_, word)| *word);
        NumberColumns {
            serial: number.map(|n| n.serial.as_str()),
            year: number.and_then(|n| n.year),
            kind: number.and_then(|n| n.kind.as_deref()),
            issuers: number.map(|n| n.issuers.join("-")),
            system,
        }
    }
}

/// Reads a number from five columns, the first of which is `at`.
pub(super) fn number(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<DocNumber>> {
    let Some(serial) = row.get(at)? else { return Ok(None) };
    let issuers: String = row.get(at + 3)?;
    let system = row.get_ref(at + 4)?.as_str()?;
    let system = SYSTEMS.iter().find(|(_, word)| *word == system).ok_or_else(|| bad(at + 4, system))?.0;
    // No issuer code holds a hyphen: the hyphen of a symbol is what parts them.
    let issuers = if issuers.is_empty() { Vec::new() } else { issuers.split('-').map(str::to_owned).collect() };
    Ok(Some(DocNumber { serial, year: row.get(at + 1)?, kind: row.get(at + 2)?, issuers, system }))
}

/// Reads an ISO date.
pub(super) fn date(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Date>> {
    let Some(text) = row.get_ref(at)?.as_str_or_null()? else { return Ok(None) };
    text.parse().map(Some).map_err(|_| bad(at, text))
}

/// Reads the word of a form.
pub(super) fn form(row: &Row<'_>, at: usize) -> rusqlite::Result<CitationForm> {
    let word = row.get_ref(at)?.as_str()?;
    FORMS.into_iter().find(|form| form.as_str() == word).ok_or_else(|| bad(at, word))
}

/// Reads the word of a place.
pub(super) fn place(row: &Row<'_>, at: usize) -> rusqlite::Result<Place> {
    let word = row.get_ref(at)?.as_str()?;
    Place::ALL.into_iter().find(|place| place.as_str() == word).ok_or_else(|| bad(at, word))
}

/// Reads the word of a relation.
pub(super) fn relation(row: &Row<'_>, at: usize) -> rusqlite::Result<Relation> {
    let word = row.get_ref(at)?.as_str()?;
    Relation::parse(word).ok_or_else(|| bad(at, word))
}

/// The word of a certainty.
pub(super) fn certainty_word(certainty: Certainty) -> &'static str {
    CERTAINTIES.iter().find(|(c, _)| *c == certainty).map_or("ambiguous", |(_, word)| word)
}

/// Reads the word of a certainty; `None` when there is no link.
pub(super) fn certainty(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Certainty>> {
    let Some(word) = row.get_ref(at)?.as_str_or_null()? else { return Ok(None) };
    CERTAINTIES.iter().find(|(_, w)| *w == word).map(|(c, _)| Some(*c)).ok_or_else(|| bad(at, word))
}

/// Columns of `nodes` for [`node`]; the table is `n`.
pub(super) const NODE: &str = "(SELECT json_group_array(paper) FROM (SELECT np.paper FROM node_papers np WHERE np.node = n.key ORDER BY np.rank)), \
     n.id, n.kind, n.number, n.serial, n.number_year, n.number_kind, n.issuers, n.system, n.date, n.term, \
     n.issuer, n.province, n.level, n.title, n.held, n.conflicts";

/// Reads the columns [`NODE`].
pub(super) fn node(row: &Row<'_>) -> rusqlite::Result<Node> {
    let level = match row.get_ref(13)?.as_str_or_null()? {
        None => None,
        Some(word) => Some(LEVELS.into_iter().find(|level| level.as_str() == word).ok_or_else(|| bad(13, word))?),
    };
    Ok(Node {
        id: row.get(1)?,
        kind: row.get(2)?,
        number: row.get(3)?,
        parsed: number(row, 4)?,
        date: date(row, 9)?,
        term: row.get(10)?,
        issuer: row.get(11)?,
        province: row.get(12)?,
        level,
        title: row.get(14)?,
        held: row.get(15)?,
        papers: json(row, 0)?,
        conflicts: json(row, 16)?,
    })
}

/// Columns of `stated` for [`stated`]; the table is `s`.
pub(super) const STATED: &str = "s.from_citation, s.to_citation, s.from_number, s.to_number, s.relation, s.span_start, s.span_end";

/// Reads the columns [`STATED`].
pub(super) fn stated(row: &Row<'_>) -> rusqlite::Result<StatedRelation> {
    Ok(StatedRelation {
        from: place_of(row.get(0)?),
        to: place_of(row.get(1)?),
        from_number: row.get(2)?,
        to_number: row.get(3)?,
        relation: relation(row, 4)?,
        span: Span { start: row.get(5)?, end: row.get(6)? },
    })
}

/// Columns of `tasks` for [`task`]; the table is `t`.
pub(super) const TASK: &str = "t.key, t.span_start, t.span_end, t.label, t.text, t.kind, t.assignees, t.coordinators, t.due_text, t.due_date, \
     t.recurrence, t.months, t.report_to, t.citations";

/// Number of columns in [`TASK`].
pub(super) const TASK_WIDTH: usize = 14;

/// Writes a task.
pub(super) fn put_task(put: &mut Statement<'_>, key: i64, task: &Task) -> rusqlite::Result<()> {
    let kind = match task.kind {
        TaskKind::Policy => "policy",
        TaskKind::Assignment => "assignment",
    };
    put.execute(params![
        key,
        task.span.start,
        task.span.end,
        task.label,
        task.text,
        kind,
        to_json(&task.assignees),
        to_json(&task.coordinators),
        task.due.as_ref().map(|due| &due.text),
        task.due.as_ref().and_then(|due| due.date).map(|date| date.to_string()),
        task.recurrence.as_ref().map(|recurrence| &recurrence.text),
        task.recurrence.as_ref().map(|recurrence| to_json(&recurrence.months)),
        task.report_to,
        to_json(&task.citations),
    ])?;
    Ok(())
}

/// Reads the columns [`TASK`].
pub(super) fn task(row: &Row<'_>) -> rusqlite::Result<Task> {
    let kind = match row.get_ref(5)?.as_str()? {
        "policy" => TaskKind::Policy,
        "assignment" => TaskKind::Assignment,
        other => return Err(bad(5, other)),
    };
    let due: Option<String> = row.get(8)?;
    let recurrence: Option<String> = row.get(10)?;
    Ok(Task {
        span: Span { start: row.get(1)?, end: row.get(2)? },
        label: row.get(3)?,
        text: row.get(4)?,
        kind,
        assignees: json(row, 6)?,
        coordinators: json(row, 7)?,
        due: due.map(|text| Ok::<_, SqlError>(Due { text, date: date(row, 9)? })).transpose()?,
        recurrence: recurrence.map(|text| Ok::<_, SqlError>(Recurrence { text, months: json(row, 11)? })).transpose()?,
        report_to: row.get(12)?,
        citations: json(row, 13)?,
    })
}

/// JSON of a value that cannot fail to be written: the catalogue's own types have string keys only.
pub(super) fn to_json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("model types hold nothing that JSON cannot say")
}

/// Reads a JSON column.
pub(super) fn json<T: DeserializeOwned>(row: &Row<'_>, at: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(at)?.as_str()?;
    serde_json::from_str(text).map_err(|error| SqlError::FromSqlConversionFailure(at, Type::Text, Box::new(error)))
}

fn bad(at: usize, word: &str) -> SqlError {
    SqlError::FromSqlConversionFailure(at, Type::Text, format!("{word:?} is not known here").into())
}

/// The word of an enum that serde writes as a string.
pub(super) fn word<T: Serialize>(value: &T) -> String {
    to_json(value).trim_matches('"').to_owned()
}

/// Reads the word of an enum that serde writes as a string.
pub(super) fn from_word<T: DeserializeOwned>(row: &Row<'_>, at: usize) -> rusqlite::Result<T> {
    let word = row.get_ref(at)?.as_str()?;
    serde_json::from_value(serde_json::Value::String(word.to_owned())).map_err(|_| bad(at, word))
}
