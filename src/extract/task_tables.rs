//! Duties that are laid out as fields ("Đơn vị chủ trì: …") or as the rows of a table.
//!
//! Duty: labels of fields and columns, and the values under them. Not here: which item a field belongs to (`tasks`).

use super::deadlines;
use super::repetitions;
use super::task_bodies;
use super::task_frames::Reader;
use super::task_words::{COLON, COMMA, Lexicon, OPEN, Roles, SEMICOLON, STOP, Word, bytes};
use crate::model::{Block, Date, Due, Recurrence, Span};
use crate::tables::{BodyRole, DutyRole};
use std::ops::Range;

/// Columns and fields that are told apart.
const FIELDS: Roles = Roles::duty(&[DutyRole::Lead, DutyRole::With, DutyRole::Time, DutyRole::Product]);
const COLUMNS: Roles = FIELDS.and(Roles::duty(&[DutyRole::Content, DutyRole::OrderNumber]));
/// Words that may stand between the label's phrase and its colon ("Đơn vị chủ trì **tham mưu thực hiện**:").
const LABEL_WORDS: usize = 4;

/// What a field or cell says of a duty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Values {
    pub(super) lead: Vec<String>,
    pub(super) with: Vec<String>,
    pub(super) due: Option<Due>,
    pub(super) recurrence: Option<Recurrence>,
}

/// One field of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) role: DutyRole,
    /// First word of its label.
    pub(super) at: usize,
    /// Words of its value.
    pub(super) value: Range<usize>,
}

/// The fields of a line: "(Cơ quan chủ trì: Sở Y tế; thời gian: quý I/2026)" has two.
pub(super) fn fields(lexicon: &Lexicon, words: &[Word]) -> Vec<Field> {
    let mut out: Vec<Field> = Vec::new();
    for at in 0..words.len() {
        let begins = at == 0 || matches!(words[at - 1].id, OPEN | SEMICOLON | STOP) || !words[at - 1].is_letters() && at == 1;
        if !begins {
            continue;
        }
        let Some((len, role)) = label(lexicon, words, at) else { continue };
        let colon = words[at + len..].iter().take(LABEL_WORDS + 1).position(|word| !word.is_letters()).map(|gap| at + len + gap);
        let Some(colon) = colon.filter(|colon| words[*colon].id == COLON) else { continue };
        if let Some(last) = out.last_mut() {
            last.value.end = at;
        }
        out.push(Field { role, at, value: colon + 1..words.len() });
    }
    out
}

fn label(lexicon: &Lexicon, words: &[Word], at: usize) -> Option<(usize, DutyRole)> {
    let (len, roles) = lexicon.longest(words, at, FIELDS)?;
    let order = [DutyRole::Lead, DutyRole::With, DutyRole::Time, DutyRole::Product];
    order.into_iter().find(|role| roles.has(*role)).map(|role| (len, role))
}

impl Values {
    /// Takes in a value under a label.
    pub(super) fn add(&mut self, lexicon: &Lexicon, role: DutyRole, value: &str, anchor: Option<Date>) {
        let value = value.trim().trim_end_matches(['.', ';', ',', ')', '/']).trim();
        if value.is_empty() {
            return;
        }
        match role {
            DutyRole::Lead => {
                self.lead.extend(bodies(lexicon, value));
                // "Phòng A (phối hợp Phòng B)".
                let mut words = Vec::new();
                lexicon.cut(value, &mut words);
                let with = Reader::new(lexicon, &words).coordinators(&(0..words.len()));
                self.with.extend(with.iter().map(|range| bytes(&words, range).of(value).to_owned()));
            }
            DutyRole::With => self.with.extend(bodies(lexicon, value)),
            DutyRole::Time => self.time(lexicon, value, anchor),
            _ => {}
        }
    }

    /// A time that repeats is a repetition; any other is a deadline in its own words.
    fn time(&mut self, lexicon: &Lexicon, value: &str, anchor: Option<Date>) {
        let text = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let date = deadlines::last_day(&text, anchor);
        let mut words = Vec::new();
        lexicon.cut(&text, &mut words);
        let always = || (0..words.len()).any(|at| lexicon.longest(&words, at, Roles::duty(&[DutyRole::Always])).is_some());
        match repetitions::every(&text).or_else(|| always().then(Vec::new)) {
            Some(months) if date.is_none() => drop(self.recurrence.get_or_insert(Recurrence { text, months })),
            _ => drop(self.due.get_or_insert(Due { text, date })),
        }
    }
}

/// The bodies in the words of a field; what is no known body stands as written, parted at semicolons and lines.
pub(super) fn bodies(lexicon: &Lexicon, value: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut words = Vec::new();
    for piece in value.split(['\n', ';']) {
        let piece = piece.trim().trim_start_matches(['-', '+', '•']).trim().trim_end_matches(['.', ',']).trim();
        words.clear();
        lexicon.cut(piece, &mut words);
        let known = named(lexicon, &words);
        let names: Vec<&str> =
            if known.is_empty() { vec![piece] } else { known.iter().map(|range| bytes(&words, range).of(piece)).collect() };
        for name in names {
            if !name.is_empty() && !out.iter().any(|there| there == name) {
                out.push(name.to_owned());
            }
        }
    }
    out
}

/// Names at the start of `words` and after its commas; what stands between them ("trong phạm vi nhiệm vụ") is passed over.
fn named(lexicon: &Lexicon, words: &[Word]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = Some(0);
    while let Some(from) = at {
        let end = match task_bodies::list(lexicon, words, from) {
            Some(bodies) => {
                out.extend(bodies.names);
                bodies.end
            }
            None if out.is_empty() => break,
            None => from,
        };
        at = (end..words.len()).find(|i| words[*i].id == COMMA).map(|i| i + 1);
    }
    out
}

/// Which column of a table holds what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    roles: Vec<Option<DutyRole>>,
}

impl Columns {
    /// Reads a header row; `None` where the table lays no duties.
    pub(super) fn read(lexicon: &Lexicon, text: &str, row: &Block) -> Option<Columns> {
        let mut roles: Vec<Option<DutyRole>> = row.cells.iter().map(|cell| column(lexicon, cell.of(text))).collect();
        // "Đơn vị", "Chi bộ thực hiện": no other column is headed by a body.
        if !roles.contains(&Some(DutyRole::Lead)) {
            let headed = |(role, cell): (&Option<DutyRole>, &Span)| role.is_none() && is_body(lexicon, cell.of(text));
            if let Some(at) = roles.iter().zip(&row.cells).position(headed) {
                roles[at] = Some(DutyRole::Lead);
            }
        }
        let has = |role| roles.contains(&Some(role));
        let led = has(DutyRole::Lead) && (has(DutyRole::Content) || has(DutyRole::With));
        if row.cells.iter().any(|cell| is_step(lexicon, cell.of(text))) {
            return None;
        }
        (led || has(DutyRole::Content) && has(DutyRole::Time)).then_some(Columns { roles })
    }

    /// Takes in a second header row ("Chủ trì | Phối hợp" under "Cơ quan thực hiện"); false where `row` is none.
    pub(super) fn refine(&mut self, lexicon: &Lexicon, text: &str, row: &Block) -> bool {
        let told: Vec<Option<DutyRole>> = row.cells.iter().map(|cell| column(lexicon, cell.of(text))).collect();
        let filled = row.cells.iter().filter(|cell| !cell.of(text).trim().is_empty()).count();
        let numbered = filled > 1 && row.cells.iter().all(|cell| cell.of(text).trim().trim_matches(['(', ')']).len() <= 2);
        if numbered {
            return true;
        }
        if told.iter().flatten().count() < filled || filled == 0 || told.len() != self.roles.len() {
            return false;
        }
        for (mine, told) in self.roles.iter_mut().zip(told) {
            *mine = told.or(*mine);
        }
        true
    }

    /// The words of the duty and what the other cells say of it; `None` for a row that only heads others.
    pub(super) fn row<'t>(&self, lexicon: &Lexicon, text: &'t str, row: &Block, anchor: Option<Date>) -> Option<(&'t str, Values)> {
        if row.cells.len() != self.roles.len() || is_merged(text, row) {
            return None;
        }
        let mut values = Values::default();
        let mut content = "";
        for (cell, role) in row.cells.iter().zip(&self.roles) {
            let cell = cell.of(text).trim();
            match role {
                Some(DutyRole::Content) if content.is_empty() => content = cell,
                Some(role) => values.add(lexicon, *role, cell, anchor),
                None if !self.roles.contains(&Some(DutyRole::Content)) && cell.len() > content.len() => content = cell,
                None => {}
            }
        }
        (!content.is_empty() && values != Values::default()).then_some((content, values))
    }
}

/// True for the words of one cell over all columns but the first, which converters repeat in each: the head of a group of rows.
fn is_merged(text: &str, row: &Block) -> bool {
    let mut cells = row.cells.iter().skip(1).map(|cell| cell.of(text).trim());
    let Some(first) = cells.next().filter(|words| !words.is_empty()) else { return false };
    row.cells.len() > 2 && cells.all(|words| words == first)
}

/// The labels of columns that the words of a line name one after another; none where it begins otherwise.
pub(super) fn labels(lexicon: &Lexicon, words: &[Word]) -> Vec<DutyRole> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match label_of_column(lexicon, words, at) {
            Some((len, role)) => {
                out.push(role);
                at += len;
            }
            // "TT Tên văn bản, đề án Cơ quan chủ trì": a label may have a comma where the head begins with the number.
            None if words[at].id == COMMA && out.first() == Some(&DutyRole::OrderNumber) => at += 1,
            None if out.is_empty() || !words[at].is_letters() => return Vec::new(),
            None => at += 1,
        }
    }
    out
}

/// The column that a line of a head names, wherever in it: "Bộ, cơ quan, địa phương chủ trì".
pub(super) fn label_within(lexicon: &Lexicon, words: &[Word]) -> Option<DutyRole> {
    (0..words.len()).find_map(|at| label_of_column(lexicon, words, at)).map(|(_, role)| role)
}

fn label_of_column(lexicon: &Lexicon, words: &[Word], at: usize) -> Option<(usize, DutyRole)> {
    let order = [DutyRole::Lead, DutyRole::With, DutyRole::Time, DutyRole::Content, DutyRole::Product, DutyRole::OrderNumber];
    let (len, roles) = lexicon.longest(words, at, COLUMNS)?;
    order.into_iter().find(|role| roles.has(*role)).map(|role| (len, role))
}

/// True for the head of a column that only procedures have.
fn is_step(lexicon: &Lexicon, cell: &str) -> bool {
    let mut words = Vec::new();
    lexicon.cut(cell, &mut words);
    words.len() <= 14 && (0..words.len()).any(|at| lexicon.longest(&words, at, Roles::duty(&[DutyRole::Step])).is_some())
}

/// True for the head of a column that names a body and nothing else, or a body and that it acts.
fn is_body(lexicon: &Lexicon, cell: &str) -> bool {
    let mut words = Vec::new();
    lexicon.cut(cell, &mut words);
    let head = Roles::body(&[BodyRole::Generic, BodyRole::Noun, BodyRole::Name, BodyRole::Unit]);
    let len = lexicon.longest(&words, 0, head).map_or(0, |found| found.0);
    let charged = lexicon.longest(&words, len, Roles::duty(&[DutyRole::Charged])).map_or(0, |found| found.0);
    len > 0 && len + charged == words.len()
}

/// What the words at the head of a column say.
fn column(lexicon: &Lexicon, cell: &str) -> Option<DutyRole> {
    let mut words = Vec::new();
    lexicon.cut(cell, &mut words);
    if words.len() > 14 {
        return None;
    }
    label_within(lexicon, &words)
}
