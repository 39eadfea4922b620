//! Frames of sentences that tell first what they are about and then who does it.
//!
//! Duty: "Vật liệu san lấp: Sở Xây dựng công bố giá", "Việc X do Y đảm nhiệm", "Những kiến nghị được giao cho Thanh tra tỉnh kiểm tra",
//! "Xây dựng đề án (Sở Y tế chủ trì)". Not here: sentences that begin with the body (`task_frames`).

use super::task_frames::{Frame, Reader, Strength};
use super::task_words::{COLON, OPEN, Roles, SEMICOLON, STOP};
use crate::tables::DutyRole;
use std::ops::Range;

impl Reader<'_> {
    /// "Vật liệu san lấp: Sở Xây dựng công bố giá …", "Việc di dời đường điện giao X …": the body behind what it is about.
    pub(super) fn frame_after_heading(&self, range: Range<usize>) -> Option<Frame> {
        const LONGEST_HEADING: usize = 16;
        let colon = range.clone().take(LONGEST_HEADING).find(|at| self.words[*at].id == COLON);
        // "Chế độ báo cáo: định kỳ trước ngày 05/6, các cấp ủy báo cáo …".
        let opened = |at: usize| {
            let opens = self.lexicon.longest(self.words, at, Roles::duty(&[DutyRole::Opener])).is_some();
            if opens { self.frame_after_opening(at..range.end) } else { None }
        };
        if let Some(frame) = colon.and_then(|at| self.frame_at(at + 1).or_else(|| opened(at + 1))) {
            return Some(frame);
        }
        // "Đối với các huyện A, B: cử tổ chốt chặn …", "Với Sở Y tế: xem xét …": the body is told before the colon.
        let of_body = self.lexicon.longest(self.words, range.start, Roles::duty(&[DutyRole::OfBody])).map(|(len, _)| range.start + len);
        if let (Some(colon), Some(at)) = (colon, of_body)
            && let Some(bodies) = self.list(at).filter(|bodies| bodies.end == colon)
            && self.words[at..colon].iter().any(|word| word.capital)
            && self.begins_with_verb(&(colon + 1..range.end))
        {
            return Some(Frame { bodies: bodies.names, at, after: bodies.end, strength: Strength::Subject });
        }
        let object = self.lexicon.longest(self.words, range.start, Roles::duty(&[DutyRole::Object]))?;
        let assigned = |at: &usize| {
            let (_, roles) = self.roles(*at);
            roles.has(DutyRole::Assign) && !roles.meets(Roles::duty(&[DutyRole::Past, DutyRole::Aside]))
        };
        let clause = range.start + object.0..range.end;
        let at = clause.take_while(|at| !matches!(self.words[*at].id, STOP | SEMICOLON | COLON)).find(assigned)?;
        self.frame_at(at)
    }

    /// "Xây dựng vùng an toàn dịch bệnh (Sở Y tế chủ trì, phối hợp với …)": who does what goes before the bracket.
    pub(super) fn frame_in_bracket(&self, range: Range<usize>) -> Option<Frame> {
        let charged = Roles::duty(&[DutyRole::Charged, DutyRole::Strong]);
        range.skip(2).filter(|at| self.words[*at].id == OPEN).find_map(|at| {
            // "(Giao Sở Y tế chủ trì …)", "(giao Công an tỉnh tham mưu)".
            let (order, roles) = self.roles(at + 1);
            let ordered = roles.has(DutyRole::Assign);
            let bodies = self.list(at + 1 + if ordered { order } else { 0 })?;
            let charged = if ordered { charged.and(Roles::duty(&[DutyRole::Verb])) } else { charged };
            let told = self.lexicon.longest(self.words, bodies.end, charged).is_some();
            told.then_some(Frame { bodies: bodies.names, at, after: bodies.end, strength: Strength::Subject })
        })
    }

    /// "Việc theo dõi do Văn phòng Tỉnh ủy đảm nhiệm": who does what the sentence is about.
    pub(super) fn frame_of_doer(&self, range: Range<usize>) -> Option<Frame> {
        // "Việc ứng kinh phí do Sở Tài chính tham mưu": where the sentence is about a thing and not a verb, any verb tells it.
        let about =
            !self.begins_with_verb(&range) && [DutyRole::Object, DutyRole::Topic].iter().any(|role| self.begins_with(&range, *role));
        let by = Roles::duty(&[DutyRole::ByWhom]);
        range.skip(1).filter(|at| self.lexicon.may(self.words, *at, by)).find_map(|at| {
            let (len, roles) = self.roles(at);
            if !roles.meets(by) {
                return None;
            }
            // "được giao cho Thanh tra tỉnh kiểm tra": so it does behind words that say that it is laid on somebody.
            let plain = if about || len > 1 { Roles::duty(&[DutyRole::Verb]) } else { Roles::default() };
            let charged = Roles::duty(&[DutyRole::Charged]).and(plain);
            let mut bodies = self.list(at + len)?;
            let last = bodies.names.last_mut()?;
            // "do Phó Chủ tịch phụ trách": the word that ends the name tells it.
            let inside = (1..=2).find(|len| last.len() > *len && self.lexicon.longest(self.words, last.end - len, charged).is_some());
            last.end -= inside.unwrap_or(0);
            let told = inside.is_some() || self.lexicon.longest(self.words, bodies.end, charged).is_some();
            told.then_some(Frame { bodies: bodies.names, at, after: bodies.end, strength: Strength::Subject })
        })
    }
}
