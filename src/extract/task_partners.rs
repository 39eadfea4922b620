//! Who takes part in a duty, and to whom it is reported.
//!
//! Duty: for one sentence, the bodies after "phối hợp với", "cùng", and the body after "báo cáo". Not here: who is in duty
//! (`task_frames`).

use super::task_bodies::Bodies;
use super::task_frames::Reader;
use super::task_words::{CLOSE, COLON, COMMA, OPEN, Roles, SEMICOLON, STOP, Word};
use crate::tables::{BodyRole, DutyRole};
use std::ops::Range;

impl Reader<'_> {
    /// The bodies after "cùng", "cùng với" at word `at`.
    pub(super) fn together_at(&self, at: usize) -> Option<Bodies> {
        let (len, roles) = self.lexicon.longest(self.words, at, Roles::duty(&[DutyRole::By]))?;
        // "với" alone joins much else.
        if len > 1 || roles.has(DutyRole::Adverb) { self.list(at + len) } else { None }
    }

    /// Bodies after each "phối hợp (chặt chẽ) (với|cùng)" of `range`, and after "cùng" at its start, behind the body in duty or
    /// behind "chủ trì".
    pub(super) fn coordinators(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let reader = Reader { words: &self.words[..range.end], ..*self };
        let mut out = Vec::new();
        let first = reader.skip_marks(range.start);
        let leads = |at: usize| {
            let before = if at > 0 && reader.words[at - 1].id == COMMA { at - 1 } else { at };
            let strong = Roles::duty(&[DutyRole::Strong]);
            (1..=3).any(|len| {
                before >= range.start + len
                    && reader.lexicon.longest(reader.words, before - len, strong).is_some_and(|found| found.0 == len)
            })
        };
        let mut at = range.start;
        while at < range.end {
            let mask = Roles::duty(&[DutyRole::Strong, DutyRole::Coordinate]);
            if !reader.lexicon.may(reader.words, at, mask) && reader.together_at(at).is_none() {
                at += 1;
                continue;
            }
            let (mut len, roles) = reader.roles(at);
            if let Some(bodies) = reader.together_at(at)
                && (at == first || leads(at) || reader.list(first).is_some_and(|subject| subject.end == at))
            {
                at = bodies.end.max(at + 1);
                out.extend(bodies.names);
                continue;
            }
            // "chủ trì, phối hợp" ends with the word looked for.
            let coordinate = Roles::duty(&[DutyRole::Coordinate]);
            if let Some((ends, _)) = reader.lexicon.longest(reader.words, at, coordinate).filter(|_| !roles.has(DutyRole::Aside)) {
                len = ends;
            } else if !roles.has(DutyRole::Strong) || len < 2 || reader.lexicon.longest(reader.words, at + len - 2, coordinate).is_none() {
                at += 1;
                continue;
            }
            let mut next = at + len;
            while let Some((skip, _)) = reader.lexicon.longest(reader.words, next, Roles::duty(&[DutyRole::By, DutyRole::Adverb])) {
                next += skip;
            }
            match reader.list(next) {
                Some(bodies) => {
                    at = bodies.end.max(next);
                    out.extend(bodies.names);
                }
                None => {
                    out.extend(reader.taking_part(range.start, at, next));
                    at += len.max(1);
                }
            }
        }
        out
    }

    /// "Sở A chủ trì, Sở B, Sở C phối hợp": the bodies before "phối hợp" at word `at`, where another one leads and nothing follows.
    fn taking_part(&self, start: usize, at: usize, next: usize) -> Vec<Range<usize>> {
        let leads = |i: usize| self.roles(i).1.has(DutyRole::Strong);
        let closes = self.words.get(next).is_none_or(|word| word.is_mark());
        if !closes || !(start..at).any(leads) {
            return Vec::new();
        }
        let marks = (start..at).filter(|i| matches!(self.words[*i].id, COMMA | SEMICOLON | OPEN));
        marks.filter_map(|i| self.list(i + 1)).find(|bodies| bodies.end == at).map(|bodies| bodies.names).unwrap_or_default()
    }

    /// The bodies that the one in duty makes take the lead: "Ủy ban nhân dân tỉnh chỉ đạo Sở Y tế chủ trì, phối hợp với …".
    pub(super) fn directed(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let reader = Reader { words: &self.words[..range.end], ..*self };
        let directs = Roles::duty(&[DutyRole::Directs]);
        let bodies = range.clone().find_map(|at| {
            let (len, _) = reader.lexicon.longest(reader.words, at, directs)?;
            let bodies = reader.list(at + len)?;
            reader.lexicon.longest(reader.words, bodies.end, Roles::duty(&[DutyRole::Strong])).map(|_| bodies.names)
        });
        bodies.unwrap_or_default()
    }

    /// The body after "báo cáo", or after "báo cáo … với|về|cho" in the same clause.
    pub(super) fn report_to(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let reader = Reader { words: &self.words[..range.end], ..*self };
        range.clone().find_map(|i| {
            let (len, roles) = reader.roles(i);
            if !roles.has(DutyRole::Report) {
                return None;
            }
            // "… gửi X để tổng hợp, báo cáo Z": what X is to do.
            let passed_on = reader.words[range.start..i].iter().rev().take(4).any(|word| reader.is_purpose(word));
            // "báo cáo để Ban Bí thư xem xét": whom it is told is he who is to act on it.
            let told = i + len + usize::from(reader.words.get(i + len).is_some_and(|word| reader.is_purpose(word)));
            let direct = reader.list(told).map(|bodies| bodies.names[0].clone());
            // "báo cáo kết quả (theo mẫu số 1, 2) về Bộ Nội vụ".
            let mut inside = false;
            let ends = |word: &&Word| {
                inside = (inside || word.id == OPEN) && word.id != CLOSE;
                inside || !matches!(word.id, COMMA | SEMICOLON | STOP)
            };
            let clause = reader.words[i..].iter().take_while(ends).count();
            let named = |j: usize| reader.list(j).or_else(|| reader.bare_office(j));
            let by = || (i + len..i + clause).filter(|j| reader.roles(*j).1.has(DutyRole::Towards)).find_map(|j| named(j + 1));
            // "… báo cáo tình hình của đơn vị, địa phương và gửi về Sở Y tế".
            let sent = || {
                (i + len..range.end).find_map(|j| {
                    let (len, roles) = reader.roles(j);
                    // "hoàn thành báo cáo, gửi Sở Y tế trước ngày …": the verb alone behind a mark.
                    let verb = roles.has(DutyRole::Verb) && matches!(reader.words[j - 1].id, COMMA | SEMICOLON);
                    let bodies = if roles.has(DutyRole::Towards) && (len > 1 || verb) { reader.list(j + len) } else { None };
                    bodies.filter(|bodies| len > 1 || reader.is_proper(&bodies.names[0]))
                })
            };
            // "báo cáo kết quả theo dõi, đánh giá về Ban Tổ chức": "về" before an office goes over the commas of what is told.
            let about = || {
                (i + len..range.end).take_while(|j| !matches!(reader.words[*j].id, SEMICOLON | STOP | COLON)).find_map(|j| {
                    let (len, roles) = reader.roles(j);
                    let to = len == 1 && roles.has(DutyRole::Towards) && roles.has(DutyRole::Topic);
                    if to { reader.list(j + 1).filter(|bodies| reader.is_proper(&bodies.names[0])) } else { None }
                })
            };
            // "…, gửi về Sở Y tế trước ngày 31/7; hằng năm báo cáo kết quả": to whom it is sent.
            let before = || {
                (range.start..i).rev().find_map(|j| {
                    let (len, roles) = reader.roles(j);
                    let towards = len > 1 && roles.has(DutyRole::Towards);
                    if towards { reader.list(j + len).filter(|bodies| reader.is_proper(&bodies.names[0])) } else { None }
                })
            };
            direct
                .or_else(|| by().or_else(sent).or_else(about).or_else(before).map(|bodies| bodies.names[0].clone()))
                .filter(|_| !passed_on)
        })
    }

    /// "báo cáo về Bộ": the noun alone, with a capital, is the office that the paper comes from.
    fn bare_office(&self, at: usize) -> Option<Bodies> {
        let noun = Roles::body(&[BodyRole::Noun]);
        let alone = self.words.get(at).is_some_and(|word| word.capital) && self.words.get(at + 1).is_none_or(|word| !word.capital);
        let one = self.lexicon.longest(self.words, at, noun).is_some_and(|(len, _)| len == 1);
        (alone && one).then(|| Bodies { names: std::iter::once(at..at + 1).collect(), end: at + 1 })
    }

    fn is_purpose(&self, word: &Word) -> bool {
        self.lexicon.any(&[*word], 0).is_some_and(|(_, roles)| roles.has(DutyRole::Purpose))
    }
}
