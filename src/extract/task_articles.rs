//! Articles of decisions and resolutions: what the paper itself decides, and who is to carry it out.
//!
//! Duty: for an article, whether it approves what its items list, whether each of its items names a body and its verb, whether its
//! heading gives an order that its items go on with. Not here: the walk (`tasks`), what a heading opens (`task_zones`).

use super::task_frames::{Reader, Strength, names};
use super::task_rules::Line;
use super::task_words::{COLON, NUMBER, SEMICOLON, STOP};
use super::task_zones as zones;
use super::tasks::Walk;
use crate::model::{Block, BlockKind};
use crate::tables::{DutyRole, fold};
use std::ops::Range;

impl Walk<'_> {
    /// True for "Điều 2." whose items each name a body and what it does: "1. Thường trực Hội đồng nhân dân ban hành kế hoạch …; 2. Các Ban …".
    pub(super) fn all_act(&self, at: usize) -> bool {
        const FEWEST: usize = 2;
        let blocks = &self.structure.blocks;
        let under = blocks[at + 1..].iter().take_while(|block| !zones::is_article(block));
        let mut items = under.filter(|block| block.parent == Some(at) && block.kind != BlockKind::Furniture);
        let acts = |block: &Block| block.label.is_some() && self.acts(block);
        zones::is_article(&blocks[at]) && blocks[at].annex == 0 && items.clone().count() >= FEWEST && items.all(acts)
    }

    /// True for what hangs under an article by which the paper approves or decides something: "Điều 1. Thông qua chương trình giám sát, gồm:",
    /// "Điều 1. Hội đồng nhân dân tỉnh thống nhất mức hỗ trợ như sau:". Its items are what was decided.
    pub(super) fn is_approved(&self, at: usize) -> bool {
        let blocks = &self.structure.blocks;
        let above = std::iter::successors(blocks[at].parent, |at| blocks[*at].parent).find(|at| zones::is_article(&blocks[*at]));
        // "Điều 1. Thông qua chương trình …, cụ thể như sau:" and below it "I. GIÁM SÁT TẠI KỲ HỌP": its sections have labels of their own.
        let before = || {
            let article = self.zones.article_before(at).filter(|article| blocks[*article].annex == blocks[at].annex)?;
            blocks[article].span.of(self.text).trim_end().ends_with(':').then_some(article)
        };
        above.or_else(before).is_some_and(|article| self.approves(article))
    }

    /// True for "Điều 1. Thông qua …", "Điều 1. Hội đồng nhân dân tỉnh thống nhất …".
    fn approves(&self, article: usize) -> bool {
        let block = &self.structure.blocks[article];
        let mut words = Vec::new();
        self.lexicon.cut(&self.text[block.body..block.span.end], &mut words);
        let reader = Reader::new(self.lexicon, &words);
        let start = reader.skip_marks(0);
        let behind = reader.list(start).map_or(start, |bodies| bodies.end);
        [start, behind].into_iter().any(|at| reader.begins_with(&(at..words.len()), DutyRole::Approves))
    }

    /// True for a line that leads on to what is approved: it is such an article itself and names nobody, or it tells what the issuer will do.
    pub(super) fn leads_to_contents(&self, at: usize, addressed: &[String]) -> bool {
        if zones::is_article(&self.structure.blocks[at]) && addressed.is_empty() {
            return self.approves(at);
        }
        let issuer = fold::lower(self.issuer.as_deref().unwrap_or_default());
        let own = |name: &String| issuer.starts_with(fold::lower(name).as_str());
        !addressed.is_empty() && addressed.iter().all(own) && self.is_approved(at)
    }

    /// True for a bullet of those whom the paper addresses, right below "Kính gửi:".
    pub(super) fn addressed(&self, at: usize) -> bool {
        let blocks = &self.structure.blocks;
        let bullet = |at: &usize| blocks[*at].label.as_deref() == Some("-");
        const MOST: usize = 60;
        let above = (at.saturating_sub(MOST)..at).rev().find(|at| !bullet(at));
        bullet(&at) && above.is_some_and(|above| blocks[above].span.of(self.text).starts_with("Kính gửi"))
    }

    /// The bodies of an article whose heading gives an order that its items go on with: "Điều 3. Giao Chính phủ thực hiện một số biện pháp".
    pub(super) fn ordered_by_article(&self, reader: &Reader<'_>, line: &Line<'_>) -> Option<Vec<String>> {
        let all = 0..line.words.len();
        let open = zones::is_article(line.block) && ![STOP, SEMICOLON, COLON].iter().any(|mark| line.ends_with(*mark));
        let frame = if open && reader.begins_with(&all, DutyRole::Assign) { reader.frame(&all) } else { None }?;
        (frame.strength == Strength::Explicit).then(|| names(line.line, line.words, &frame.bodies))
    }
}

impl Reader<'_> {
    /// True for "Hỗ trợ hộ di chuyển: 50 triệu đồng/hộ": a name and its amount.
    pub(super) fn is_amount(&self, range: &Range<usize>) -> bool {
        const LONGEST: usize = 8;
        let Some(colon) = range.clone().find(|at| self.words[*at].id == COLON) else { return false };
        let amount = colon + 1..range.end;
        self.words.get(colon + 1).is_some_and(|word| word.id == NUMBER)
            && self.words[amount.clone()].iter().filter(|word| word.is_letters()).count() <= LONGEST
            && !self.has_verb(&amount)
    }
}
