//! The cells of a row whose borders were lost: its lines cut into the duty, the bodies and the time.
//!
//! Duty: tell by what they hold where the cells of a row begin. Not here: where a row begins (`task_lines`).
//!
//! The text of a narrow column is broken into lines, and a line may hold the end of one cell and the beginning of the
//! next. So a cell begins with a line, or within one with a capital head of a name that no word before it asks for
//! ("… hiện đại | Bộ Y tế"). A run of such pieces that are names throughout is a cell of bodies: the first one leads.

use super::deadlines;
use super::repetitions;
use super::task_bodies::{self, GROUP};
use super::task_tables::Values;
use super::task_words::{CLOSE, COLON, COMMA, Lexicon, NUMBER, OPEN, OTHER, Roles, SEMICOLON, Word};
use crate::model::{Date, Span};
use crate::tables::{BodyRole, DutyRole};

/// Heads with which a name begins, and the determiners before them.
const HEADS: Roles = Roles::body(&[BodyRole::Name, BodyRole::Noun, BodyRole::Position, BodyRole::Group]);
/// Words that end a name: after them another one may begin.
const CLOSED: Roles = Roles::body(&[BodyRole::Field, BodyRole::Tail, BodyRole::Unit]);
const FIELDS: Roles = Roles::body(&[BodyRole::Field, BodyRole::Tail]);
/// Words that stand before a name and make it a part of their own phrase; verbs as well.
const ASKS: Roles = Roles::body(&[BodyRole::Link]).and(Roles::duty(&[DutyRole::By, DutyRole::Join, DutyRole::Opener, DutyRole::Towards]));
const GOVERNS: Roles = ASKS.and(Roles::duty(&[DutyRole::Order, DutyRole::Verb]));
/// Heads that stand before the body they belong to: "Bộ trưởng | Bộ Y tế", "Văn phòng | Ủy ban".
const OUTER: Roles = Roles::body(&[BodyRole::Position, BodyRole::Noun, BodyRole::Name]);
/// Words of the longest such head; a longer name is whole.
const LONGEST_OUTER: usize = 2;
const TAIL: Roles = Roles::body(&[BodyRole::Tail]);
/// Words that a name may end with before the body above it.
const NAMES: Roles = Roles::body(&[BodyRole::Name, BodyRole::Field, BodyRole::Noun, BodyRole::Position]);
/// Words with which a product begins, or some other cell that names no body.
const NO_NAME: Roles = Roles::duty(&[
    DutyRole::Verb,
    DutyRole::Report,
    DutyRole::Plan,
    DutyRole::AskingKind,
    DutyRole::NormativeKind,
    DutyRole::Object,
    DutyRole::Always,
    DutyRole::Aside,
]);
/// Words of the longest phrase that is looked for before a name.
const LONGEST_PHRASE: usize = 5;

/// Lines that what is left of one name is broken into at most.
const LINES_OF_NAME: usize = 2;

/// Lines that the words of one time are broken into at most.
const LINES_OF_TIME: usize = 2;

/// What a row says.
pub(super) struct Cells {
    /// Where the words of the duty end.
    pub(super) content_end: usize,
    pub(super) values: Values,
}

/// A piece of a line that lies within one cell.
struct Piece {
    span: Span,
    /// The line that it is of.
    line: usize,
}

/// Reads the row that stands in `lines`, the duty first; `columns` are the columns of bodies in their order.
pub(super) fn read(lexicon: &Lexicon, text: &str, lines: &[Span], columns: &[DutyRole], anchor: Option<Date>) -> Option<Cells> {
    let reader = Reader { lexicon, text };
    let pieces: Vec<Piece> = lines.iter().enumerate().flat_map(|(line, span)| reader.pieces(*span, line)).collect();
    let first = (1..pieces.len()).find(|at| reader.begins_bodies(&pieces, *at));
    let mut values = Values::default();
    let mut at = first.unwrap_or(pieces.len().min(1));
    let mut columns = columns.iter().peekable();
    while let Some(role) = columns.next_if(|_| pieces.get(at).is_some_and(|piece| reader.begins_list(piece.span.of(text)))) {
        let end = reader.cell_end(&pieces, at, columns.peek().is_none());
        values.add(lexicon, *role, &reader.joined(&pieces[at..end]), anchor);
        at = end;
    }
    let rest = reader.lines(&pieces[at..]);
    if let Some(time) = reader.time(&rest) {
        values.add(lexicon, DutyRole::Time, &time, anchor);
    }
    let before = if first.is_some() { first.map(|at| at - 1) } else { pieces.iter().rposition(|piece| piece.line == 0) };
    let content_end = pieces.get(before?)?.span.end;
    (values != Values::default()).then_some(Cells { content_end, values })
}

struct Reader<'a> {
    lexicon: &'a Lexicon,
    text: &'a str,
}

impl Reader<'_> {
    fn cut(&self, words: &str) -> Vec<Word> {
        let mut out = Vec::new();
        self.lexicon.cut(words, &mut out);
        out
    }

    /// The pieces of a line: parted where a name or a time begins that nothing before it asks for.
    fn pieces(&self, span: Span, line: usize) -> Vec<Piece> {
        let words = self.cut(span.of(self.text));
        let mut out = Vec::new();
        let mut start = span.start;
        for at in 1..words.len() {
            let offset = span.start + words[at].start as usize;
            if self.parts(&words, at, &self.text[offset..span.end]) {
                out.push(Piece { span: Span::new(start, offset), line });
                start = offset;
            }
        }
        out.push(Piece { span: Span::new(start, span.end), line });
        for piece in &mut out {
            piece.span.end = piece.span.start + piece.span.of(self.text).trim_end().len();
        }
        out
    }

    /// True when a cell may begin at word `at`, within a line whose words from there on are `rest`.
    fn parts(&self, words: &[Word], at: usize, rest: &str) -> bool {
        let before = words[at - 1];
        let ended = before.is_letters() || matches!(before.id, NUMBER | CLOSE | OTHER);
        let grouped = self.lexicon.longest(words, at - 1, GROUP).is_some();
        // "Ban Tổ chức" + "Tỉnh ủy": the body above ends the name.
        let len = |mask| self.lexicon.longest(words, at, mask).map_or(0, |found| found.0);
        let ends = || len(TAIL) > 0 && len(TAIL) >= len(HEADS) && self.ends_with(&words[..at], NAMES, LONGEST_PHRASE);
        if !ended || grouped || !words[at].capital || ends() {
            return false;
        }
        if deadlines::begins_with_period(rest)
            || before.is_letters() && self.lexicon.longest(words, at, Roles::duty(&[DutyRole::Always])).is_some()
        {
            return true;
        }
        // After the last word of a name, a capital begins another cell: "Bộ Tư pháp | Quyết định của …".
        let other = NO_NAME.and(GROUP);
        if before.is_letters() && self.ends_with(&words[..at], FIELDS, LONGEST_PHRASE) && self.lexicon.longest(words, at, other).is_some() {
            return true;
        }
        // No sentence has a capital determiner in its midst.
        if self.lexicon.longest(words, at, HEADS).is_none() {
            return false;
        }
        if self.lexicon.longest(words, at, GROUP).is_some() || !before.is_letters() {
            return task_bodies::list(self.lexicon, words, at).is_some();
        }
        let spaced = words[at].start > before.end;
        spaced && !self.governs(&words[..at]) && !self.goes_on_as_sentence(words, at)
    }

    /// True when `words` end so that a name after them goes on with their phrase.
    fn governs(&self, words: &[Word]) -> bool {
        !self.ends_with(words, CLOSED, LONGEST_PHRASE)
            && (self.ends_with(words, GOVERNS, LONGEST_PHRASE) || self.ends_with(words, OUTER, LONGEST_OUTER))
    }

    /// True when small letters follow the name that begins at `at`: the duty speaks of it.
    fn goes_on_as_sentence(&self, words: &[Word], at: usize) -> bool {
        let end = (at + 1..words.len()).find(|i| self.starts_name(words, *i)).unwrap_or(words.len());
        task_bodies::list(self.lexicon, &words[..end], at)
            .is_none_or(|bodies| words.get(bodies.end).is_some_and(|next| next.is_letters() && !next.capital))
    }

    /// True when a name begins with a capital right after small letters.
    fn starts_name(&self, words: &[Word], at: usize) -> bool {
        let closed = words[at - 1].is_letters() && self.ends_with(&words[..at], CLOSED, LONGEST_PHRASE);
        closed && words[at].capital && self.lexicon.longest(words, at, HEADS).is_some()
    }

    /// True when `words` end with a phrase of these roles.
    fn ends_with(&self, words: &[Word], mask: Roles, longest: usize) -> bool {
        (1..=longest.min(words.len())).any(|len| self.lexicon.longest(words, words.len() - len, mask).is_some_and(|found| found.0 == len))
    }

    /// True when the words are names throughout; a bracket that the end of a page left open may follow them.
    fn is_bodies(&self, words: &str) -> bool {
        let cut = self.cut(words);
        let Some(bodies) = task_bodies::list(self.lexicon, &cut, 0) else { return false };
        let rest = &cut[bodies.end..];
        rest.first().is_some_and(|word| word.id == OPEN) || rest.iter().all(|word| word.is_mark())
    }

    /// True when the words begin with names and go on, if at all, behind a mark: "Tỉnh đoàn, các trường học".
    fn begins_list(&self, words: &str) -> bool {
        let cut = self.cut(words);
        task_bodies::list(self.lexicon, &cut, 0).is_some_and(|bodies| cut.get(bodies.end).is_none_or(|word| word.is_mark()))
    }

    /// True when the bodies begin with piece `at`: it is one, the duty before it is at an end, and it does not go on.
    fn begins_bodies(&self, pieces: &[Piece], at: usize) -> bool {
        let words = pieces[at].span.of(self.text);
        if !self.is_bodies(words) {
            return false;
        }
        let before = self.cut(pieces[at - 1].span.of(self.text));
        let listed = before.last().is_none_or(|last| matches!(last.id, COMMA | SEMICOLON));
        // Within a line it was asked where the pieces were parted; a capital determiner is asked for by nothing.
        let begins = pieces[at].line == pieces[at - 1].line || words.starts_with(char::is_uppercase) && self.is_grouped(words);
        // The duty may break off at a verb; a product ("Lớp tập huấn") ends with one.
        let governs = if pieces[at - 1].line == 0 { GOVERNS } else { ASKS };
        let open = listed || !begins && self.ends_with(&before, governs, LONGEST_PHRASE);
        let next = pieces.get(at + 1).map(|next| next.span.of(self.text));
        let goes_on = next.is_some_and(|next| next.starts_with(char::is_lowercase)) && !self.goes_on(words);
        !open && !goes_on
    }

    fn is_grouped(&self, words: &str) -> bool {
        self.lexicon.longest(&self.cut(words), 0, GROUP).is_some()
    }

    /// First piece after the cell of bodies that begins with piece `at`; the last column takes all that are left.
    fn cell_end(&self, pieces: &[Piece], at: usize, last: bool) -> usize {
        let mut end = at + 1;
        while end < pieces.len() {
            let cell = self.joined(&pieces[at..end]);
            let more = (1..=LINES_OF_NAME.min(pieces.len() - end)).find(|count| {
                let next = self.joined(&pieces[end..end + count]);
                let open = self.goes_on(&cell) || self.completes(&cell, &next);
                open && self.is_bodies(&format!("{cell} {next}")) || last && *count == 1 && self.is_bodies(&next)
            });
            let Some(count) = more else { break };
            end += count;
        }
        end
    }

    /// True when a cell ends within a name: with a comma, a word that joins, a verb, or the head of a name.
    fn goes_on(&self, cell: &str) -> bool {
        let words = self.cut(cell);
        let Some(last) = words.last() else { return false };
        let at = words.len() - 1;
        let ends = |mask| self.lexicon.longest(&words, at, mask).is_some();
        // "các cấp" ends a name although "cấp" is a verb as well.
        let noun = Roles::body(&[BodyRole::Generic, BodyRole::Tail, BodyRole::Name]);
        let named = at > 0 && self.lexicon.longest(&words, at - 1, noun).is_some_and(|(len, _)| len == 2);
        let whole = self.ends_with(&words, CLOSED, LONGEST_PHRASE);
        let joins = !named && !whole && ends(Roles::body(&[BodyRole::Link]).and(Roles::duty(&[DutyRole::Join, DutyRole::Verb])));
        let head = last.capital && ends(Roles::body(&[BodyRole::Noun]));
        let listed = at > 0 && words[at - 1].id == COMMA;
        matches!(last.id, COMMA | COLON) || joins || head && listed
    }

    /// True for "Ban Chỉ đạo" + "Phòng thủ dân sự": what follows heads no name, and makes one together with the cell.
    fn completes(&self, cell: &str, next: &str) -> bool {
        let words = self.cut(next);
        if words.is_empty() || task_bodies::list(self.lexicon, &words, 0).is_some() || deadlines::begins_with_period(next) {
            return false;
        }
        let field = self.lexicon.longest(&words, 0, Roles::body(&[BodyRole::Field])).is_some();
        let other = self.lexicon.longest(&words, 0, NO_NAME.and(GROUP)).is_some();
        (field || !other) && !self.ends_with(&self.cut(cell), CLOSED, LONGEST_PHRASE)
    }

    /// The lines of `pieces`, parted only where a time begins.
    fn lines(&self, pieces: &[Piece]) -> Vec<&str> {
        let mut out: Vec<(usize, Span)> = Vec::new();
        for piece in pieces {
            match out.last_mut().filter(|last| last.0 == piece.line && !self.is_time(piece.span.of(self.text), true)) {
                Some(last) => last.1.end = piece.span.end,
                None => out.push((piece.line, piece.span)),
            }
        }
        out.into_iter().map(|(_, span)| span.of(self.text)).collect()
    }

    fn joined(&self, pieces: &[Piece]) -> String {
        let words: Vec<&str> = pieces.iter().map(|piece| piece.span.of(self.text)).collect();
        words.join(" ")
    }

    /// The words of the time among the lines after the bodies.
    fn time(&self, lines: &[&str]) -> Option<String> {
        let told = |strict: bool| {
            (0..lines.len()).find_map(|at| {
                (1..=LINES_OF_TIME.min(lines.len() - at)).find_map(|count| {
                    let words = lines[at..at + count].join(" ");
                    self.is_time(&words, strict).then_some((at + count, words))
                })
            })
        };
        let (mut next, mut words) = told(true).or_else(|| told(false))?;
        // "Kỳ họp thứ nhất Quốc hội khóa" + "XVI".
        let open = |words: &str| ["khóa", "khoá"].iter().any(|word| words.ends_with(word));
        while let Some(line) = lines.get(next).filter(|line| line.starts_with(char::is_lowercase) || open(&words)) {
            words.push(' ');
            words.push_str(line);
            next += 1;
        }
        Some(words)
    }

    /// True for the words of a time; `strict` where they begin with it.
    fn is_time(&self, cell: &str, strict: bool) -> bool {
        let words = self.cut(cell);
        let always = |at| self.lexicon.longest(&words, at, Roles::duty(&[DutyRole::Always])).is_some();
        if words.len() > 20 {
            return false;
        }
        match strict {
            // A small letter goes on with the cell before it.
            true if cell.starts_with(char::is_lowercase) => false,
            true => always(0) || deadlines::begins_with_period(cell),
            false => (0..words.len()).any(always) || deadlines::names_period(cell) || repetitions::every(cell).is_some(),
        }
    }
}
