//! What a phrase beside a citation says that this paper does to it: before it, where others may be the subject; behind it, in the passive.
//!
//! Not here: which phrase governs a citation (see `relations`), the words between them (see `relation_words`).

use super::mention::Mention;
use super::relation_places::Context;
use super::relation_words::verb_chain;
use super::relations::{Hit, RelationFinder, changes};
use crate::model::{BlockKind, Relation};
use crate::tables::Side;

/// Bytes of an act in the passive up to who does it.
const AGENT: usize = 60;

impl RelationFinder {
    /// "Tại phiên họp ngày …, sau khi nghe Ban A báo cáo … (Tờ trình số …)": true for a submission told in brackets behind what was heard.
    pub(super) fn heard(&self, context: &Context<'_>, left: &str, mention: &Mention) -> bool {
        if !context.preamble || context.paper == Some("BC") {
            return false;
        }
        let told = left.trim_end().strip_suffix('(').filter(|_| matches!(mention.kind.as_deref(), Some("TTr" | "CV" | "BC" | "TB")));
        told.is_some_and(|told| {
            let hit = self.hits(told).into_iter().find(|hit| self.rows[hit.row].0 == Relation::Considers);
            hit.is_some_and(|hit| told[hit.start..].starts_with("sau khi "))
        })
    }

    /// "Về đề nghị của Bộ A tại Tờ trình số …: Chính phủ thống nhất", "thông qua dự án Luật do Bộ A trình tại Tờ trình số …": true for what is
    /// decided on in a paper that decides.
    pub(super) fn decided(&self, context: &Context<'_>, left: &str, mention: &Mention) -> bool {
        let asks =
            matches!(mention.kind.as_deref(), None | Some("TTr" | "CV" | "BC")) && matches!(context.paper, Some("TB" | "KL" | "NQ" | "CV"));
        // "Chính phủ thông qua nội dung Báo cáo số …": the paper itself is agreed to.
        let words = left.trim_end();
        let words = words.strip_suffix(" nội dung").unwrap_or(words);
        if asks
            && ["thông qua", "thống nhất với", "đồng ý với", "nhất trí với", "tán thành", "tán thành với"]
                .iter()
                .any(|word| words.ends_with(word))
        {
            return true;
        }
        if !asks || !words.ends_with(" tại") {
            return false;
        }
        let asked = ["đề nghị", "đề xuất", "kiến nghị", "trình"].iter().filter_map(|word| left.rfind(word)).max();
        let head = left.trim_start_matches(|c: char| !c.is_alphabetic());
        // "a) Đối với kiến nghị của …".
        let head = head.split_once(") ").filter(|(label, _)| label.chars().count() == 1).map_or(head, |(_, rest)| rest);
        let head = head.strip_prefix("về ").or_else(|| head.strip_prefix("đối với "));
        let opens = head.is_some_and(|head| ["đề nghị", "đề xuất", "kiến nghị"].iter().any(|word| head.starts_with(word)));
        let agreed = ["thống nhất với", "thông qua", "đồng ý với", "nhất trí với"].iter().filter_map(|word| left.find(word)).min();
        // "Thống nhất chủ trương điều chỉnh như đề nghị của Sở A tại Tờ trình số …".
        let like = || {
            let at = left
                .rfind("như ")
                .or_else(|| left.rfind("theo "))
                .filter(|at| Some(at + "như ".len()) == asked || Some(at + "theo ".len()) == asked);
            at.is_some_and(|at| {
                ["thống nhất ", "đồng ý ", "nhất trí "]
                    .iter()
                    .any(|word| left[..at].trim_start_matches(|c: char| !c.is_alphabetic()).starts_with(word))
            })
        };
        asked.is_some_and(|asked| opens || agreed.is_some_and(|agreed| agreed < asked)) || like()
    }

    /// "Kế hoạch A tiếp tục có hiệu lực, được sửa đổi chỉ tiêu … theo phụ lục kèm theo Kế hoạch này": what is done to the citation by this paper,
    /// which the folded words behind it name.
    pub(super) fn acted_on_here(&self, context: &Context<'_>, right: &str) -> Option<Relation> {
        const REACH: usize = 300;
        const ACT: usize = 120;
        let right = super::names::clip(right, REACH);
        if !right.contains(" này") {
            return None;
        }
        let own = format!("{} này", self.own_noun(context)?);
        let hits = self.hits(right);
        let told = hits.iter().find(|hit| {
            let before = right[..hit.start].trim_end();
            changes(self.rows[hit.row].0) && (before.ends_with("được") || before.ends_with("bị"))
        })?;
        let behind = &right[told.end..];
        let named = behind.find(&own).filter(|at| *at < ACT && !behind[..*at].contains([';', '.']))?;
        let by = ["theo", "bằng", "tại", "bởi"].iter().any(|by| behind[..named].split(' ').any(|word| word == *by));
        by.then_some(self.rows[told.row].0)
    }

    /// What this paper is called: "kế hoạch".
    fn own_noun(&self, context: &Context<'_>) -> Option<&str> {
        let code = context.paper?;
        self.words.kinds.iter().find(|(known, _)| known == code).map(|(_, name)| name.as_str())
    }

    /// True when somebody else acts. A report tells of others; a directive or plan lays down what is to be done.
    pub(super) fn others_act(&self, context: &Context<'_>, clause: &str) -> bool {
        let told = matches!(context.paper, Some("BC" | "TB" | "KL"))
            && ["địa phương", "các tỉnh", "một số tỉnh", "nhiều tỉnh", "các bộ, ngành đã"].iter().any(|w| clause.contains(w));
        // A report, or a notice of what was found, tells what a body below did.
        let another = || {
            let reports = matches!(context.paper, Some("BC" | "TB" | "TTr"));
            let did = clause.contains(" đã ") || clause.trim_end().ends_with(" đã") || clause.trim_end().ends_with("tổ chức");
            reports && did && self.words.another_did(clause, context.issuer)
        };
        told || clause.contains("đã ban hành") || another()
    }

    /// A folded clause without the verbs at its end that are said together with the next: "các địa phương đã quán triệt,".
    fn before_chain<'c>(&self, clause: &'c str) -> &'c str {
        let mut end = clause.len();
        while let Some(hit) = self.hits(&clause[..end]).into_iter().next_back().filter(|hit| verb_chain(&clause[hit.end..end])) {
            end = hit.start;
        }
        &clause[..end]
    }

    /// The relation that the phrase `hit` tells, the words before it considered.
    pub(super) fn by_phrase(&self, context: &Context<'_>, left: &str, hits: &[Hit], hit: Hit) -> Relation {
        let relation = self.rows[hit.row].0;
        let before = &left[..hit.start];
        let clause = before.rsplit([';', ':']).next().unwrap_or(before);
        let title = context.kind == BlockKind::Title;
        // "Việc thực hiện Quy định số … có chuyển biến", "ghi nhận kết quả trong việc triển khai …": told of, and not done.
        if matches!(relation, Relation::Implements | Relation::Concretises) && !title && self.words.is_noun(clause) {
            return Relation::Mentions;
        }
        match relation {
            Relation::Implements | Relation::ReportsOn => {
                match self.with_words_before(left, hits, hit) {
                    Some(Relation::Continues) if !title => return Relation::Implements,
                    Some(Relation::Guides) if !title && !context.preamble => return Relation::Mentions,
                    Some(other) => return other,
                    None => {}
                }
                // "một số xã chưa thực hiện nghiêm Kế hoạch số …" tells what others fail to do.
                let plain = self.words.without_manner(self.before_chain(clause));
                if ["chưa", "không", "chậm", "ngừng"].iter().any(|word| plain.ends_with(word)) || plain.ends_with(" đã") {
                    return Relation::Mentions;
                }
                // "Công tác cho vay thực hiện đúng Hướng dẫn số …" in a report: found, and not done.
                if context.tells() && !title && left[hit.end..].trim_start().starts_with("đúng") {
                    return Relation::Mentions;
                }
                // "Đề nghị Bộ Tài chính hướng dẫn nguồn kinh phí thực hiện Nghị định số …" in a report: asked of others.
                let asked = clause.trim_start_matches(|c: char| !c.is_alphabetic());
                if context.tells() && !title && ["đề nghị ", "kiến nghị "].iter().any(|ask| asked.starts_with(ask)) {
                    return Relation::Mentions;
                }
                // "Xem xét báo cáo của Ủy ban nhân dân tỉnh thực hiện Nghị quyết số …": what the report tells of.
                if !title && clause.contains("xem xét báo cáo của ") {
                    return Relation::Mentions;
                }
                // "Kinh nghiệm của tỉnh A (thực hiện Đề án số …)": what the name before the bracket did.
                if !title && clause.trim_end().ends_with('(') && clause.contains(char::is_alphabetic) {
                    return Relation::Mentions;
                }
                // "từ khi thực hiện Quy định số …" only tells the time; "việc chuyển vốn được thực hiện đúng …" what is done by the rules of it.
                if ["khi", "quá trình", " được"].iter().any(|word| clause.trim_end().ends_with(word)) {
                    return Relation::Mentions;
                }
                // "Tiến độ thực hiện … còn chậm": the subject of what is found.
                if ["tiến độ", "kết quả", "quá trình"].contains(&clause.trim_matches(|c: char| !c.is_alphabetic())) && !title {
                    return Relation::Mentions;
                }
                if relation == Relation::ReportsOn {
                    return if matches!(context.paper, Some("BC")) || title { Relation::ReportsOn } else { Relation::Implements };
                }
                if self.others_act(context, clause) { Relation::Mentions } else { relation }
            }
            // "tiếp theo Công văn số …, Bộ Nội vụ hướng dẫn": what goes before this paper.
            Relation::Continues if left[hit.start..].starts_with("tiếp theo") => {
                if context.preamble {
                    Relation::Continues
                } else {
                    Relation::Mentions
                }
            }
            // "Kế hoạch này tiếp nối Kế hoạch số …".
            Relation::Continues if left[hit.start..].starts_with("tiếp nối") => {
                if title || clause.trim_end().ends_with(" này") {
                    Relation::Continues
                } else {
                    Relation::Mentions
                }
            }
            // A conclusion goes on with what was resolved: "Bộ Chính trị yêu cầu tiếp tục thực hiện Nghị quyết số …".
            Relation::Continues if !title && context.paper != Some("KL") => Relation::Implements,
            // "cử đoàn học tập tỉnh A về … (Đề án số …)": what is learnt from, as an example.
            Relation::Studies if left[hit.end..].contains('(') => Relation::Mentions,
            // "Sau khi xem xét Tờ trình số …, Chính phủ thống nhất …": what is decided after it.
            Relation::Considers
                if left[hit.start..].starts_with("sau khi xem xét") && !context.sentence.of(context.line).contains(" đã ") =>
            {
                Relation::Considers
            }
            Relation::Considers if !context.preamble => Relation::Mentions,
            Relation::BasedOn => {
                if context.preamble {
                    Relation::BasedOn
                } else {
                    Relation::Mentions
                }
            }
            Relation::Amends | Relation::Replaces | Relation::Repeals | Relation::Suspends => {
                // "Trên đây là kết quả rà soát, thay cho Báo cáo số …": the paper's own act.
                if clause.trim_start().starts_with("trên đây là ") {
                    return relation;
                }
                // "Việc bãi bỏ Quyết định số … chưa thực hiện": the act as a noun.
                let noun = clause.trim_end().ends_with("việc") && !clause.trim_end().ends_with("về việc") && !title;
                // "ban hành thông tư thay thế", "chờ hướng dẫn mới của …": a paper that is still to come.
                let coming = context.paper != Some("QĐ") && !context.preamble && self.words.is_coming(clause);
                // A submission tells what the paper that it submits will do.
                let others = !title && !context.preamble && self.words.laid_on_others(clause, context.issuer);
                // "sau đó được sửa đổi tại Nghị quyết B": what B does.
                let done = ["được", "bị", "được giao", "được cấp"].iter().any(|word| clause.trim_end().ends_with(word));
                let told = done || noun || coming || others || self.words.proposal(clause) || context.paper == Some("TTr");
                if told { Relation::Mentions } else { relation }
            }
            Relation::IssuedWith => {
                // "sửa đổi khoản 2 Điều 12 của Quy định ban hành kèm theo …": what is done to the part is done to the whole.
                // The name of what is amended may have semicolons of its own in a subject.
                let from = if title { 0 } else { before.len() - clause.len() };
                let act = hits.iter().rfind(|h| h.end <= hit.start && h.start >= from);
                let act = act.map(|h| (self.rows[h.row].0, h.end));
                const LABEL: usize = 30;
                /// "Quy định về bồi thường, hỗ trợ … trên địa bàn tỉnh" between "sửa đổi" and "ban hành kèm theo".
                const LONGEST_NAME: usize = 300;
                let opening = match hits {
                    [first, only] if first.start < LABEL && only.start == hit.start => Some(self.rows[first.row].0),
                    _ => None,
                };
                // The line below the title of what is issued with a decision: "(Ban hành kèm theo Quyết định số …)", "Phụ lục II … (Kèm theo …)".
                let own = title || !before.contains(char::is_alphabetic) || before.ends_with('(') && self.words.is_annex(before);
                let issued = if own { Relation::IssuedWith } else { Relation::Mentions };
                match act {
                    // "Tỉnh ủy đã triển khai Đề án ban hành kèm theo …" in a report: told, and not done.
                    Some((Relation::Implements, _)) if context.tells() && clause.contains(" đã ") => Relation::Mentions,
                    // "Đính chính Phụ lục 2 kèm theo …", "Thực hiện Quy chế làm việc ban hành kèm theo …".
                    Some((done @ (Relation::Corrects | Relation::Implements), end)) if self.words.acts_through(&left[end..hit.start]) => {
                        done
                    }
                    // "Đồng ý chủ trương sửa đổi Quy chế ban hành kèm theo …": what others will do.
                    Some((done, end)) if changes(done) && hit.start - end < 160 && self.words.proposal(&left[..end]) => Relation::Mentions,
                    Some((done, end))
                        if changes(done)
                            && left[end..hit.start].split_whitespace().map(|word| word.len() + 1).sum::<usize>() < LONGEST_NAME =>
                    {
                        done
                    }
                    // "Bãi bỏ Mục 6.5 quy định giới hạn …; Mục 6.8 …; Mục 6.12 … ban hành kèm theo …": what opens the sentence governs
                    // all its parts.
                    None if opening.is_some_and(changes) => opening.unwrap_or(issued),
                    Some((Relation::Guides, end)) if title && hit.start - end < 300 => Relation::Guides,
                    _ => issued,
                }
            }
            Relation::Guides | Relation::Details if !title && !context.preamble && !clause.trim_end().ends_with(" này") => {
                Relation::Mentions
            }
            // "đã tổ chức 120 buổi tuyên truyền …", "tổ chức hội nghị toàn tỉnh quán triệt …" in a report: told.
            Relation::Studies if clause.contains("đã tổ chức") || context.tells() && clause.contains("tổ chức hội nghị") => {
                Relation::Mentions
            }
            // "Tham mưu Ban Thường vụ sơ kết 03 năm thực hiện …" in a report: told.
            Relation::Reviews if context.tells() && clause.contains("tham mưu ") => Relation::Mentions,
            _ => {
                if self.others_act(context, clause) || self.words.others_did(self.words.without_manner(clause)) {
                    Relation::Mentions
                } else {
                    relation
                }
            }
        }
    }
}

/// "được thay thế", "hết hiệu lực", "bị bãi bỏ" after the citation: this document does it only when it says "này".
/// `ahead`: bytes to the next mention.
pub(super) fn passive(right: &str, finder: &RelationFinder, whole: bool, ahead: usize) -> Option<Relation> {
    // The subject of what opens the sentence may be long and have semicolons of its own.
    let long = super::names::clip(right, 900);
    let closed = whole && long.contains(" này có hiệu lực");
    let window = if closed { long } else { super::names::clip(right, 460).split(';').next().unwrap_or_default() };
    let hit = finder.hits(window).into_iter().find(|hit| finder.rows[hit.row].1 == Side::Left)?;
    let relation = finder.rows[hit.row].0;
    // "Quyết định A đã hết hiệu lực" tells what was, "sẽ được thay bằng" what will be.
    if ["đã", "sẽ", "chưa", "chưa được tuyên bố", "chưa được công bố"].iter().any(|word| window[..hit.start].trim_end().ends_with(word))
    {
        return None;
    }
    // "bị bãi bỏ bởi Quyết định B", "được thay bằng Quyết định B": another one does it.
    let by = window.get(hit.start..ahead.min(window.len())).unwrap_or_default().trim_end();
    if ahead < window.len() && by.len() < AGENT && ["bởi", "bằng"].iter().any(|word| by.ends_with(word)) {
        return None;
    }
    // "… như sau" announces the act, however long the citation's subject is; other phrases must stand near.
    // So does "hết hiệu lực kể từ ngày Thông tư này có hiệu lực".
    let by_this = super::names::clip(&window[hit.end..], 60).contains(" này có hiệu lực");
    let reach = match relation {
        _ if closed && by_this => 800,
        Relation::Amends | Relation::Replaces => 400,
        _ if whole || by_this => 400,
        _ => 200,
    };
    (hit.start < reach).then_some(relation)
}
