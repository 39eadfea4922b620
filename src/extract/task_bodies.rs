//! Names of bodies in running text: "Sở Văn hóa, Thể thao và Du lịch; Ủy ban nhân dân các xã, phường".
//!
//! Duty: read one list of bodies at a word and say where it ends. Not here: whether a duty follows (`task_frames`).
//!
//! A name is a head ("Sở", "Ủy ban Kiểm tra", "các cơ quan") and what goes on from it: capitals, fields, levels,
//! other heads ("Văn phòng" + "Tỉnh ủy"). Commas and "và" stand inside names as well as between them: a capital
//! that heads nothing goes on with the name, a head begins a new one, and bare nouns ("sở, ban, ngành") stay together.
//!
//! Longer than 350 lines: the steps of reading one name call one another, and share the reader.

use super::task_words::{CLOSE, COLON, COMMA, DASH, Lexicon, NUMBER, OPEN, OTHER, Roles, SEMICOLON, SLASH, Word};
use crate::tables::{BodyRole, DutyRole};
use std::ops::Range;

/// A list of bodies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bodies {
    /// Words of each name.
    pub(super) names: Vec<Range<usize>>,
    /// First word after the list.
    pub(super) end: usize,
}

const HEADS: Roles = Roles::body(&[BodyRole::Name, BodyRole::Noun, BodyRole::Generic, BodyRole::Loose, BodyRole::Unit, BodyRole::Position]);
/// What goes before several bodies: "các".
pub(super) const GROUP: Roles = Roles::body(&[BodyRole::Group]);
const UNIT: Roles = Roles::body(&[BodyRole::Unit]);
const FIELD: Roles = Roles::body(&[BodyRole::Field]);
const TAIL: Roles = Roles::body(&[BodyRole::Tail]);
const INNER: Roles = Roles::body(&[BodyRole::Name, BodyRole::Unit, BodyRole::Tail, BodyRole::Link]);
const COMMON: Roles = Roles::body(&[BodyRole::Generic, BodyRole::Noun]);

/// Phrases that end a name.
const ENDS: Roles = Roles::duty(&[
    DutyRole::Order,
    DutyRole::Object,
    DutyRole::Strong,
    DutyRole::Modal,
    DutyRole::Adverb,
    DutyRole::Verb,
    DutyRole::Opener,
    DutyRole::Past,
    DutyRole::Coordinate,
    DutyRole::Report,
    DutyRole::By,
    DutyRole::Join,
    DutyRole::Then,
]);
/// Phrases that look like a head and are none.
const NO_HEAD: Roles = ENDS.and(Roles::duty(&[DutyRole::Aside]));

/// Lower-case words without a role that a name may run through ("đơn vị cấp nước sạch") before it is no name.
const MOST_UNKNOWN: usize = 7;

/// What a part of a list ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bare {
    /// "sở", "cơ quan": goes on over a comma with another one.
    Common,
    /// "xã".
    Unit,
}

#[derive(Clone, Copy, Debug)]
struct Head {
    /// First word after the head.
    after: usize,
    kind: BodyRole,
    /// A determiner stands before it.
    group: bool,
}

#[derive(Clone, Debug)]
struct Part {
    range: Range<usize>,
    /// First word after the part, a parenthesis taken in.
    resume: usize,
    head: Head,
    bare: Option<Bare>,
}

/// Reads the list of bodies that begins at word `at`.
pub(super) fn list(lexicon: &Lexicon, words: &[Word], at: usize) -> Option<Bodies> {
    let reader = Reader { lexicon, words };
    let mut names = Vec::new();
    let first = reader.part(at, None)?;
    let first = reader.office_holder(&first).unwrap_or(first);
    let mut current = reader.opened(first, &mut names);
    while let Some(next) = reader.separator(current.resume) {
        if reader.goes_on(&current, next) {
            let (end, resume, bare) = reader.extend(next, current.head);
            current = Part { range: current.range.start..end, resume, bare, ..current };
            continue;
        }
        let Some(part) = reader.part(next, current.bare) else { break };
        let part = reader.office_holder(&part).unwrap_or(part);
        // "đồng chí Vàng A Sử, Phó Bí thư Huyện ủy, phụ trách …": the position of the person.
        if reader.is_person(&current)
            && part.head.kind == BodyRole::Position
            && !part.head.group
            && reader.words[current.resume].id == COMMA
        {
            current = Part { range: current.range.start..part.range.end, resume: part.resume, ..current };
        } else if joins(&current, &part) {
            current = Part { range: current.range.start..part.range.end, resume: part.resume, bare: part.bare, ..current };
        } else {
            names.push(current.range);
            current = reader.opened(part, &mut names);
        }
    }
    let end = current.resume;
    names.push(current.range);
    Some(Bodies { names, end })
}

/// True when two bare nouns are one group: "cơ quan" + "đơn vị", "xã" + "phường".
fn joins(current: &Part, next: &Part) -> bool {
    let common = matches!(next.head.kind, BodyRole::Generic | BodyRole::Noun | BodyRole::Loose);
    match (current.bare, next.head.kind) {
        (Some(Bare::Unit), BodyRole::Unit) => !next.head.group,
        (Some(Bare::Common), BodyRole::Unit) => !next.head.group,
        (Some(Bare::Common), _) => common && !next.head.group,
        _ => false,
    }
}

struct Reader<'a> {
    lexicon: &'a Lexicon,
    words: &'a [Word],
}

impl Reader<'_> {
    fn longest(&self, at: usize, mask: Roles) -> Option<(usize, Roles)> {
        self.lexicon.longest(self.words, at, mask)
    }

    fn len(&self, at: usize, mask: Roles) -> usize {
        self.longest(at, mask).map_or(0, |found| found.0)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.capital)
    }

    /// True for a mark inside an abbreviation: "GD&ĐT", "VH,TT&DL".
    fn is_glued(&self, at: usize) -> bool {
        let Some(mark) = self.words.get(at).filter(|word| matches!(word.id, OTHER | COMMA | SLASH)) else { return false };
        let before = at.checked_sub(1).map(|i| self.words[i]).filter(|word| word.capital && word.end == mark.start);
        before.is_some() && self.words.get(at + 1).is_some_and(|next| next.capital && next.start == mark.end)
    }

    /// First word after a comma, semicolon, "và" or both, if one stands at `at`.
    fn separator(&self, at: usize) -> Option<usize> {
        let join = self.len(at, Roles::duty(&[DutyRole::Join]));
        match self.words.get(at)?.id {
            COMMA | SEMICOLON => Some(at + 1 + self.len(at + 1, Roles::duty(&[DutyRole::Join]))),
            _ if join > 0 => Some(at + join),
            _ => None,
        }
    }

    /// True when the word after a separator is part of the name before it: "Sở Văn hóa, **Thể** thao".
    fn goes_on(&self, current: &Part, next: usize) -> bool {
        // "các huyện Sơn Trà, Kim Phú": the unit stands once for all.
        let places = current.head.kind == BodyRole::Unit && current.head.group;
        let open = matches!(current.head.kind, BodyRole::Noun | BodyRole::Name) || places;
        // "Ban Bí thư và Kế hoạch số 318-KH/TU": a paper, and no part of the name.
        const NEAR_NUMBER: usize = 4;
        let mut near = (next..self.words.len()).take(NEAR_NUMBER).take_while(|at| !self.words[*at].is_mark());
        open && current.resume == current.range.end
            && self.words[current.resume].id != SEMICOLON
            && self.is_capital(next)
            && self.head(next, None).is_none()
            && !near.any(|at| self.words[at].id == NUMBER)
    }

    fn head(&self, at: usize, before: Option<Bare>) -> Option<Head> {
        let mut at = at;
        let mut group = false;
        // "các" + "đồng chí", "các" + "cấp ủy"; "các cấp" is no determiner but a body.
        while let Some((len, _)) = self.longest(at, GROUP) {
            let inside = self.len(at + len, HEADS);
            let whole = self.len(at, HEADS) > len && inside < 2;
            if whole || self.words.get(at + len).is_none() {
                break;
            }
            at += len;
            group = true;
        }
        let Some((len, roles)) = self.longest(at, HEADS) else {
            // "phân công đồng chí Nguyễn Văn A".
            let named = group && self.is_capital(at) && self.lexicon.any(self.words, at).is_none();
            let charged = || if group { self.charged(at) } else { None }.map(|after| Head { after, kind: BodyRole::Generic, group });
            return named.then_some(Head { after: at + 1, kind: BodyRole::Position, group }).or_else(charged);
        };
        if self.len(at, NO_HEAD) > len {
            return None;
        }
        let after = at + len;
        // "Lãnh đạo thẩm tra …": a verb before another one, where it heads no name.
        let acts = roles.has_body(BodyRole::Position) && roles.has(DutyRole::Verb) && !group && before.is_none();
        if acts && self.len(after, Roles::duty(&[DutyRole::Verb])) > 0 {
            return None;
        }
        let kinds = [BodyRole::Name, BodyRole::Generic, BodyRole::Position, BodyRole::Noun, BodyRole::Unit, BodyRole::Loose];
        let kind = kinds.into_iter().find(|kind| roles.has_body(*kind))?;
        let listed = group || before.is_some();
        let stands = match kind {
            BodyRole::Noun => listed || self.is_capital(after) || self.len(after, FIELD) > 0 || self.is_of_unit(at, after),
            BodyRole::Unit => listed || self.is_capital(after) || self.words[at].capital,
            BodyRole::Loose => group || before == Some(Bare::Common) && self.closes(after),
            _ => true,
        };
        stands.then_some(Head { after, kind, group })
    }

    /// True for "đồng chí Vàng A Sử": no head but the name itself.
    fn is_person(&self, part: &Part) -> bool {
        part.head.group && part.head.kind == BodyRole::Position && self.len(part.head.after - 1, HEADS) == 0
    }

    /// "Các sàn thương mại điện tử có trách nhiệm gỡ bỏ …": whatever bears a duty by such words is a body. First word after its name.
    fn charged(&self, at: usize) -> Option<usize> {
        const STRONG: Roles = Roles::duty(&[DutyRole::Strong]);
        const OTHER_ENDS: Roles = Roles::duty(&[DutyRole::Past, DutyRole::Order, DutyRole::Modal, DutyRole::Object, DutyRole::By]);
        let end = (at + 1..=at + MOST_UNKNOWN).find(|end| self.len(*end, STRONG) > 1)?;
        let plain = |i: usize| self.words[i].is_letters() && self.len(i, OTHER_ENDS) == 0;
        (end < self.words.len() && (at..end).all(plain)).then_some(end)
    }

    /// True for "Thư viện tỉnh", "Bảo tàng thành phố": the noun at `at` begins with a capital, and a unit follows it.
    fn is_of_unit(&self, at: usize, after: usize) -> bool {
        let unit = self.len(after, UNIT);
        self.is_capital(at) && unit > 0 && self.len(after, NO_HEAD) <= unit
    }

    /// True when the noun before `at` is at its end, so that "tổ chức" there is a noun.
    fn closes(&self, at: usize) -> bool {
        self.separator(at).is_some()
            || self.len(at, TAIL) > 0
            || self.is_capital(at)
            || self.words.get(at).is_none_or(|word| !word.is_letters())
            || self.len(at, Roles::duty(&[DutyRole::Strong, DutyRole::Modal])) > 0
    }

    /// `part`, or the last of the offices that follow it after a colon; the others go to `names`.
    fn opened(&self, part: Part, names: &mut Vec<Range<usize>>) -> Part {
        let Some((mut fields, end)) = self.fields_after_colon(&part) else { return part };
        let Some(range) = fields.pop() else { return part };
        names.append(&mut fields);
        Part { range, resume: end, head: Head { kind: BodyRole::Generic, ..part.head }, bare: None }
    }

    /// The offices of "các Bộ: Y tế, Công Thương", where the noun stands once for all; and the first word after them.
    fn fields_after_colon(&self, part: &Part) -> Option<(Vec<Range<usize>>, usize)> {
        let colon = self.words.get(part.resume).is_some_and(|word| word.id == COLON);
        let bare = part.head.group && part.head.kind == BodyRole::Noun && part.range.end == part.head.after;
        // "Giám đốc các Sở: Tài chính, Tư pháp".
        let end = part.range.end;
        let noun = Roles::body(&[BodyRole::Noun]);
        let held = part.head.kind == BodyRole::Position
            && end > part.head.after + 1
            && self.len(end - 1, noun) == 1
            && self.len(end - 2, GROUP) > 0;
        let plural = bare || held;
        if !colon || !plural {
            return None;
        }
        // "NN&MT" stands for its field.
        let field = |at: usize| match self.is_capital(at) {
            true if self.is_glued(at + 1) && self.words[at + 1].id == OTHER => 3,
            true => self.len(at, FIELD),
            false => 0,
        };
        let mut at = part.resume + 1;
        let mut names = Vec::new();
        loop {
            let len = field(at);
            if len == 0 {
                break;
            }
            // The first name begins with the noun, so that it says what the others are.
            let start = if names.is_empty() { part.range.start } else { at };
            names.push(start..at + len);
            at += len;
            match self.separator(at) {
                Some(next) if field(next) > 0 => at = next,
                _ => break,
            }
        }
        (!names.is_empty()).then_some((names, at))
    }

    /// "Giám đốc: Sở A, Sở B": the position stands once for all, and a body follows its colon.
    fn office_holder(&self, part: &Part) -> Option<Part> {
        let colon = self.words.get(part.resume).is_some_and(|word| word.id == COLON);
        let bare = part.head.kind == BodyRole::Position && part.range.end == part.head.after;
        let held = self.part(part.resume + 1, None).filter(|_| colon && bare)?;
        let named = held.head.kind == BodyRole::Noun && held.range.end > held.head.after;
        named.then_some(Part { range: part.range.start..held.range.end, ..held })
    }

    fn part(&self, at: usize, before: Option<Bare>) -> Option<Part> {
        let head = self.head(at, before)?;
        let (end, resume, bare) = self.extend(head.after, head);
        Some(Part { range: at..end, resume, head, bare })
    }

    /// What goes on from a head: end of the name, first word after it (a parenthesis taken in), and what it ends with.
    fn extend(&self, at: usize, head: Head) -> (usize, usize, Option<Bare>) {
        let mut at = at;
        let mut unknown = 0;
        // After a field or a tail only what is known goes on.
        let mut closed = false;
        let mut common = matches!(head.kind, BodyRole::Position);
        let mut bare = match head.kind {
            BodyRole::Generic | BodyRole::Noun | BodyRole::Loose => Some(Bare::Common),
            _ => self.unit_before(at),
        };
        while let Some(word) = self.words.get(at) {
            let before = self.words[at - 1];
            if word.id == OPEN {
                return (at, self.after_parenthesis(at), bare);
            }
            if self.is_glued(at) {
                (at, bare) = (at + 2, None);
                continue;
            }
            // "các tỉnh/thành phố".
            if word.id == SLASH && before.end == word.start && self.unit_before(at).is_some() && self.len(at + 1, UNIT) > 0 {
                (at, bare) = (at + 1 + self.len(at + 1, UNIT), Some(Bare::Unit));
                continue;
            }
            if word.id == DASH && (self.is_capital(at + 1) || self.len(at + 1, TAIL) > 0) || word.id == NUMBER {
                (at, bare) = (at + 1, None);
                continue;
            }
            if !word.is_letters() {
                break;
            }
            let end = self.end_of_name(at);
            // "Bộ Ngoại giao Đồng chủ trì với …": no name goes on with these words, however they are written.
            const STRONG: Roles = Roles::duty(&[DutyRole::Strong]);
            if word.capital && at > head.after && self.len(at, STRONG) > 1 {
                break;
            }
            if word.capital {
                // "Ban Chỉ đạo", "Sở Xây dựng": a capital verb is part of the name.
                closed = self.len(at, FIELD) > 0;
                let inner = self.len(at, FIELD).max(self.len(at, HEADS)).max(self.len(at, TAIL));
                at += inner.max(end).max(1);
                bare = self.unit_before(at);
                continue;
            }
            // "Sở xây dựng" in small letters stays a subject and its verb; "Ban Chỉ đạo chuyển đổi số" is a name.
            let names_office = at == head.after && matches!(head.kind, BodyRole::Noun | BodyRole::Name);
            let field = if names_office { Some(self.len(at, FIELD)).filter(|len| *len > end).unwrap_or(0) } else { 0 };
            let of = if common { self.longest(at, COMMON) } else { None };
            let inner = self.longest(at, INNER);
            let group = self.len(at, GROUP);
            let taken = field.max(inner.map_or(0, |found| found.0)).max(of.map_or(0, |found| found.0));
            if group > taken {
                if self.head(at, None).is_none() {
                    break;
                }
                (at, common) = (at + group, true);
            } else if closed && self.ends_office(at, inner) {
                // "Thanh tra tỉnh thanh tra đột xuất …": behind its unit the name of an office is at its end.
                break;
            } else if taken > 0 && taken >= end {
                common = inner.is_some_and(|(_, roles)| roles.has_body(BodyRole::Link));
                closed = field == taken || self.len(at, TAIL) == taken;
                at += taken;
                let noun = of.is_some_and(|found| found.0 == taken);
                // "Công an tỉnh", "Bảo hiểm xã hội huyện": the unit ends the name of an office.
                let office = matches!(head.kind, BodyRole::Name | BodyRole::Noun) && !head.group;
                closed |= office && self.len(at - taken, UNIT) == taken;
                bare = if noun { Some(Bare::Common) } else { self.unit_before(at) };
            } else if end > 0 || closed {
                break;
            } else if before.capital {
                // Second syllable of a capitalised word: "Nội vụ".
                (at, bare) = (at + 1, None);
            } else {
                unknown += 1;
                if unknown > MOST_UNKNOWN {
                    break;
                }
                (at, bare) = (at + 1, None);
            }
        }
        (at, at, bare)
    }

    /// True for a small head of another office right behind a unit ("Thanh tra **tỉnh** thanh tra", "Công an **xã** công an"): there it
    /// is a verb, for nothing joins it.
    fn ends_office(&self, at: usize, inner: Option<(usize, Roles)>) -> bool {
        let name = Roles::body(&[BodyRole::Name]);
        let joined = Roles::body(&[BodyRole::Link, BodyRole::Tail, BodyRole::Unit]);
        self.unit_before(at).is_some() && inner.is_some_and(|(_, roles)| roles.meets(name) && !roles.meets(joined))
    }

    /// Length of a phrase that ends the name; 0 where a longer one begins with its word ("việc" in "việc làm").
    fn end_of_name(&self, at: usize) -> usize {
        let end = self.len(at, ENDS);
        if self.len(at, NO_HEAD) > end { 0 } else { end }
    }

    /// Tells that the name up to `at` ends with the bare noun of a unit ("Ủy ban nhân dân **tỉnh**").
    fn unit_before(&self, at: usize) -> Option<Bare> {
        let words = &self.words[..at];
        let unit = (1..=2).any(|len| at >= len && self.lexicon.longest(words, at - len, UNIT).is_some_and(|found| found.0 == len));
        (unit && !self.is_capital(at)).then_some(Bare::Unit)
    }

    /// First word after the parenthesis that opens at `at`; `at` where it does not close.
    fn after_parenthesis(&self, at: usize) -> usize {
        self.words[at..].iter().take(60).position(|word| word.id == CLOSE).map_or(at, |len| at + len + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::task_words::{Lexicon, bytes};
    use super::list;
    use crate::tables::Tables;

    /// Names at the start of `line`, and what is left.
    fn check(lexicon: &Lexicon, line: &str, names: &[&str], rest: &str) {
        let mut words = Vec::new();
        lexicon.cut(line, &mut words);
        let Some(found) = list(lexicon, &words, 0) else {
            assert!(names.is_empty(), "no body in {line:?}");
            return;
        };
        let got: Vec<&str> = found.names.iter().map(|range| bytes(&words, range).of(line)).collect();
        assert_eq!(got, names, "{line}");
        let left = words.get(found.end).map_or("", |word| &line[word.start as usize..]);
        assert_eq!(left, rest, "{line}");
    }

    #[test]
    fn lists_of_bodies() {
        let lexicon = Lexicon::new(&Tables::builtin());
        for case in include_str!("../../tests/cases/tasks/bodies.txt").split("\n\n") {
            let mut lines = case.lines().filter(|line| !line.starts_with('#'));
            let Some(line) = lines.next() else { continue };
            let mut names: Vec<&str> = lines.collect();
            let rest = names.pop_if(|last| last.starts_with('|')).map_or("", |last| last[1..].trim());
            check(&lexicon, line, &names, rest);
        }
    }
}
