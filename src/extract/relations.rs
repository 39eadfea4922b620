//! What this document does to each cited one, and what it says that others do.
//!
//! The phrase nearest before a citation tells, inside its clause; the subject must be this document or its issuer.
//! What stands inside the title of another citation, or is told of others, is a `mention` here and, where two numbered
//! documents are joined by a phrase, a stated relation. Vocabulary and sides: `relations.tsv`.
//! Longer than 350 lines because each kind of evidence (title, phrase, list, lead, passive) has its own short reader.

use super::mention::Mention;
use super::quotations::{Quotations, is_amended};
use super::relation_phrases::passive;
use super::relation_places::{Context, basis, is_looked_at, preamble_end, proposes, whole_paragraph, whole_title};
use super::relation_words::{Words, connects};
use super::sentence;
use super::stated::is_numbered;
use super::stated_lines::above;
use crate::model::{BlockKind, CitationForm, DocumentFacts, NormText, Relation, Span, Structure};
use crate::tables::{Side, Tables, fold};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// A relation between two mentions that the text states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stated {
    pub(super) from: usize,
    pub(super) relation: Relation,
    pub(super) to: usize,
    pub(super) span: Span,
}

/// Finds relations; made once from the tables.
#[derive(Clone, Debug)]
pub(super) struct RelationFinder {
    phrases: AhoCorasick,
    pub(super) rows: Vec<(Relation, Side, String)>,
    pub(super) words: Words,
}

/// Place of the rows that are part of a name.
const NAME: &str = "name";

/// A phrase where it stands in a folded stretch of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) row: usize,
}

impl RelationFinder {
    pub(super) fn new(tables: &Tables) -> Self {
        let phrases = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::LeftmostLongest)
            .build(tables.relations.iter().map(|row| row.phrase.as_str()))
            .expect("phrases are few and short");
        let rows = tables.relations.iter().map(|row| (row.relation, row.side, row.place.clone())).collect();
        RelationFinder { phrases, rows, words: Words::new(tables) }
    }

    /// The relation of every mention, and the stated ones.
    pub(super) fn find(
        &self,
        norm: &NormText,
        structure: &Structure,
        mentions: &[Mention],
        facts: &DocumentFacts,
    ) -> (Vec<Relation>, Vec<Stated>) {
        let mut relations = vec![Relation::Mentions; mentions.len()];
        // Mentions in the title of another citation: no items of the list that the others make.
        let mut nested = vec![false; mentions.len()];
        let mut stated = Vec::new();
        // What an amending paper quotes is the new text of another one, and told by its lead.
        let consolidated = facts.kind.as_deref() == Some("VBHN");
        let quotations = if consolidated { Quotations::find(norm, structure, mentions) } else { Quotations::default() };
        let preamble = preamble_end(&self.words.carried, norm, structure);
        let issuer = facts.issuer.as_ref().map_or(String::new(), |issuer| fold::lower(&issuer.name));
        for i in 0..mentions.len() {
            let mention = &mentions[i];
            let block = &structure.blocks[mention.block];
            // A subject is one sentence, however many lines it takes, and the type word may be its verb ("HƯỚNG DẪN").
            let title = (block.kind == BlockKind::Title).then(|| whole_title(structure, mention.block));
            let paragraph = || whole_paragraph(norm, structure, mention.block);
            let stretch = title.unwrap_or_else(|| if block.kind == BlockKind::Paragraph { paragraph() } else { block.span });
            let line = stretch.of(&norm.text);
            let at = mention.span.start - stretch.start;
            let sentence = if title.is_some() { Span::new(0, line.len()) } else { sentence::around(line, at) };
            let context = Context {
                line,
                base: stretch.start,
                sentence,
                kind: block.kind,
                preamble: mention.block <= preamble,
                paper: facts.kind.as_deref(),
                issuer: &issuer,
            };
            if let Some((relation, all)) = self.narrated(&context, mentions, i, &relations) {
                nested[i] = true;
                for to in all {
                    relations[to] = Relation::Mentions;
                    stated.push(Stated { from: i, relation, to, span: Span::new(mentions[to].span.start, mention.span.end) });
                }
                continue;
            }
            let quoted = quotations.of(mention.block);
            // "Luật số X có căn cứ ban hành như sau: “… Quốc hội ban hành Luật sửa đổi một số điều của Luật A số Y".
            if let Some(Some(from)) = quoted
                && is_amended(context.line.get(sentence.start..mention.number_at.end - stretch.start).unwrap_or_default())
            {
                nested[i] = true;
                stated.push(Stated { from, relation: Relation::Amends, to: i, span: mention.span });
                continue;
            }
            // "Quyết định A | Được thay thế bởi Quyết định B".
            if block.kind == BlockKind::TableRow
                && let Some((relation, all)) = self.by_cells_before(norm, block, mentions, i)
            {
                nested[i] = true;
                stated.extend(all.into_iter().map(|to| Stated { from: i, relation, to, span: mention.span }));
                continue;
            }
            let attached = self.attached_plan(&context, mentions, i);
            if let Some((carried, act)) = attached {
                let span = Span::new(mentions[carried].span.start, mention.span.end);
                // Who acts on the plan was told to carry out what the plan is for.
                let acting = stated.last_mut().filter(|last| last.to == carried && last.from < carried);
                let acted = act.zip(acting).map(|(relation, last)| *last = Stated { from: last.from, relation, to: i, span }).is_some();
                stated.push(Stated { from: i, relation: Relation::Implements, to: carried, span });
                if acted {
                    nested[i] = true;
                    continue;
                }
            }
            let holder = if attached.is_some() { None } else { self.holder(&context, mentions, i, &stated, &relations) };
            nested[i] = holder.is_some() || self.is_in_subject(&context, mentions, i);
            let meant = self.named_law(&context, norm, mentions, i).or_else(|| self.by_type_word(&context, mentions, i));
            if let Some(law) = meant {
                stated.push(Stated {
                    from: law.from,
                    relation: law.relation,
                    to: law.to,
                    span: Span::new(mentions[law.from].span.start, mention.span.end),
                });
            }
            relations[i] = match nested[i] {
                true => Relation::Mentions,
                false => self.of_mention(&context, structure, norm, mentions, i, &Known { relations: &relations, nested: &nested }),
            };
            // What a quoted paper does to others is its own act.
            if let Some(paper) = quoted.filter(|_| changes(relations[i])) {
                let told = paper.filter(|paper| *paper != i);
                stated.extend(told.map(|from| Stated { from, relation: relations[i], to: i, span: mention.span }));
                relations[i] = Relation::Mentions;
            }
            // "Thực hiện Công văn A về việc tổng kết 10 năm thực hiện Chỉ thị B, Huyện ủy báo cáo": what this report reviews as well.
            let reviewed =
                holder.as_ref().is_some_and(|holder| holder.to == i && holder.relation == Relation::Reviews && !holder.instrument);
            if reviewed && context.preamble && facts.kind.as_deref() == Some("BC") && block.kind != BlockKind::Title {
                relations[i] = Relation::Reviews;
            }
            // No province carries out another province's paper: it is told as an example.
            let elsewhere = mention.province.is_some() && facts.province.is_some() && mention.province != facts.province;
            if elsewhere && matches!(relations[i], Relation::Implements | Relation::Studies | Relation::Reviews | Relation::ReportsOn) {
                relations[i] = Relation::Mentions;
            }
            // "Thông tư A …" in one cell and "Được thay thế bởi Thông tư B" in the next, or on the next line.
            let line = if holder.is_none() { above(self, &context, norm, structure, mentions, i) } else { None };
            if line.is_some() {
                relations[i] = Relation::Mentions;
            }
            let holder = holder.or(line);
            if holder.is_none()
                && is_numbered(mention)
                && let Some((relation, all)) = self.acts_on_several(&context, mentions, i)
            {
                relations[i] = Relation::Mentions;
                stated.extend(all.into_iter().map(|to| Stated { from: i, relation, to, span: mention.span }));
                continue;
            }
            let holder = holder.or_else(|| self.of_noun_behind(&context, mentions, i));
            let holder = holder.or_else(|| self.amended_part(&context, structure, mentions, i, &relations));
            // "sau khi nghe Đảng ủy báo cáo sơ kết 3 năm thực hiện Chỉ thị A (Báo cáo B)": heard, whatever it does to A.
            if context.preamble && holder.as_ref().is_some_and(|holder| holder.from == i) {
                let left = fold::lower(context.line.get(context.sentence.start..mention.span.start - context.base).unwrap_or_default());
                if self.heard(&context, &left, mention) {
                    relations[i] = Relation::Considers;
                    nested[i] = false;
                }
            }
            if let Some(holder) = holder {
                // "Thành ủy sửa đổi Quy chế A bằng Quy chế B": what is done to A is done by B.
                if holder.instrument {
                    relations[holder.to] = Relation::Mentions;
                }
                let ends = [&mentions[holder.from].span, &mentions[holder.to].span];
                let span = Span::new(ends.iter().map(|s| s.start).min().unwrap_or(0), ends.iter().map(|s| s.end).max().unwrap_or(0));
                stated.push(Stated { from: holder.from, relation: holder.relation, to: holder.to, span });
                // "Tỉnh ủy A có Chương trình B, còn Tỉnh ủy C có Kế hoạch D, đều nhằm thực hiện Nghị quyết E".
                if holder.from < i && holder.to == i && context.between(mentions, holder.from, i).contains("đều ") {
                    let other = |j: &usize| context.in_sentence(&mentions[*j]) && is_numbered(&mentions[*j]) && !nested[*j];
                    stated.extend((0..holder.from).rev().find(other).map(|from| Stated { from, ..stated[stated.len() - 1] }));
                }
                // "Quyết định A và Quyết định B đều được thay thế bằng Quyết định C".
                for to in self.acted_on_together(&context, mentions, &holder) {
                    stated.push(Stated { to, ..stated[stated.len() - 1] });
                }
                // "các Kế hoạch số 96, 97-KH/TU … thực hiện Nghị quyết B": what its head does, the rest of the list does.
                let rest =
                    (holder.from + 1..i).take_while(|j| holder.from < i && mentions[*j].listed && mentions[*j].block == mention.block);
                for from in rest {
                    stated.push(Stated { from, ..stated[stated.len() - 1] });
                }
            }
        }
        (relations, stated)
    }

    pub(super) fn hits(&self, folded: &str) -> Vec<Hit> {
        self.phrases
            .find_iter(folded)
            .filter(|m| !folded[..m.start()].ends_with(char::is_alphanumeric) && !folded[m.end()..].starts_with(char::is_alphanumeric))
            .map(|m| Hit { start: m.start(), end: m.end(), row: m.pattern().as_usize() })
            // "Ban Chấp hành": a name, in which a phrase stands.
            .filter(|hit| self.rows[hit.row].2 != NAME)
            .collect()
    }

    /// What this document does to mention `i`.
    fn of_mention(
        &self,
        context: &Context<'_>,
        structure: &Structure,
        norm: &NormText,
        mentions: &[Mention],
        i: usize,
        known: &Known<'_>,
    ) -> Relation {
        let mention = &mentions[i];
        let start = mention.span.start - context.base;
        if context.kind == BlockKind::TableRow {
            let row = &structure.blocks[mention.block];
            let told = self.by_cell(row, &norm.text, mention).or_else(|| self.within_cell(context, row, &norm.text, mention));
            // A report's table says what was found, or what is proposed.
            return told.filter(|relation| !(context.tells() && changes(*relation))).unwrap_or(Relation::Mentions);
        }
        if context.kind == BlockKind::Footnote {
            return Relation::Mentions;
        }
        let left_span = Span::new(context.sentence.start.min(start), start);
        let left = unquoted(fold::lower(left_span.of(context.line)));
        let right_end = context.sentence.end.max(mention.span.end - context.base);
        let right = fold::lower(&context.line[mention.span.end - context.base..right_end]);
        let founds = |left: &str| left.trim_start_matches(['-', '+', '*', ' ']).starts_with("căn cứ");
        // A letter tells its grounds wherever it needs them.
        let letter = matches!(context.paper, Some("CV" | "TTr")) && founds(&left);
        // "- Theo đề nghị của X tại Tờ trình số …" is a line of the basis, be its kind what it may.
        let proposed = context.preamble && proposes(&left) && matches!(mention.kind.as_deref(), Some("TTr" | "CV" | "BC" | "TB"));
        if context.kind == BlockKind::Basis || letter || proposed {
            // "Xét Báo cáo A của Đoàn giám sát, được thành lập theo Nghị quyết B": B tells of the body, and is not looked at.
            if [", được thành lập theo", " được thành lập tại", " được giao tại", ", được thành lập tại"]
                .iter()
                .any(|told| left.trim_end().ends_with(told))
            {
                return Relation::Mentions;
            }
            // "Trên cơ sở Báo cáo số …, Ban Chấp hành quyết nghị": what was put before it.
            if matches!(mention.kind.as_deref(), Some("BC" | "TTr")) && left.trim_end().ends_with("trên cơ sở") {
                return Relation::Considers;
            }
            return self.carried_out(&left).or_else(|| self.guided(&left, &right)).unwrap_or_else(|| basis(&left));
        }
        // "Các quy định tại A về … hết hiệu lực thi hành": the subject of A may be long.
        let whole = left.trim().is_empty() || left.trim_end().ends_with("quy định tại") && left.trim_start().starts_with("các quy định");
        let ahead = mentions.get(i + 1).map_or(usize::MAX, |next| next.span.start - mention.span.end);
        // A report tells what was; only "… hết hiệu lực kể từ ngày … này có hiệu lực" would be its own act.
        let tells = matches!(context.paper, Some("BC" | "TTr")) && !right.contains(" này ");
        if let Some(relation) = passive(&right, self, whole, ahead).filter(|_| !tells) {
            return relation;
        }
        if let Some(relation) = self.acted_on_here(context, &right) {
            return relation;
        }
        if let Some(relation) = self.announced(&left, &right, ahead) {
            return relation;
        }
        if self.heard(context, &left, mention) || self.decided(context, &left, mention) {
            return Relation::Considers;
        }
        let report = matches!(mention.kind.as_deref(), Some("BC" | "TTr"));
        if report && context.preamble && left.trim().is_empty() && is_looked_at(norm, structure, mention.block) {
            return Relation::Considers;
        }
        // The paper's own name before its subject is no item.
        let own = |m: &Mention| m.form == CitationForm::SelfReference && m.number.is_some();
        let before = |j: &usize| context.holds(&mentions[*j]) && mentions[*j].span.end <= mention.span.start && !own(&mentions[*j]);
        let previous = (0..i).rev().find(before);
        let hits: Vec<Hit> = self.hits(&left).into_iter().filter(|hit| self.rows[hit.row].1 == Side::Right).collect();
        let after_previous = previous.map_or(0, |j| (mentions[j].span.end - context.base).saturating_sub(left_span.start));
        // A phrase in the title of the item before does not govern this one.
        let governs = |hit: &&Hit| {
            let tail = &left[hit.end..];
            // "hướng dẫn một số nội dung nêu tại Quy định …"
            let guided = || self.rows[hit.row].0 == Relation::Guides && connects(&tail.replace("nêu tại", "").replace("quy định tại", ""));
            // "sửa đổi, bổ sung quy định về … tại Nghị quyết số …", "thực hiện các nhiệm vụ tại Kết luận số …"
            let within = || match self.rows[hit.row].0 {
                relation if changes(relation) => self.words.changes_within(tail, 300),
                Relation::Corrects => tail.len() < 90 && (self.words.acts_within(tail, 90) || mention.locator.is_some()),
                // "Tổng kết 5 năm thực hiện Đề án … theo Quyết định số …".
                Relation::Implements if context.kind == BlockKind::Title && self.words.attached(tail) => true,
                // "quán triệt, triển khai đầy đủ, kịp thời các quan điểm, mục tiêu, nhiệm vụ nêu tại …".
                // "Tuyên truyền trên loa phát thanh nội dung Chỉ thị số …".
                Relation::Studies if tail.trim_end().ends_with(" nội dung") && !tail.contains([',', ';']) => true,
                Relation::Implements | Relation::Concretises | Relation::Studies => self.words.acts_within(tail, 160),
                // "trên cơ sở đề nghị của Công an xã tại Tờ trình số …".
                Relation::Considers => self.words.acts_within(tail, 160),
                _ => false,
            };
            // "thay thế A hướng dẫn về thể thức và B": the phrase is of A's subject, and B the next item.
            let listed = || after_previous > 0 && [" và", ",", ";"].iter().any(|mark| tail.trim_end().ends_with(mark));
            // "Sau khi thực hiện sắp xếp, Ủy ban nhân dân ban hành Quyết định số …": another one acts behind the comma.
            let issued = || tail.contains(',') && ["ban hành", "thông qua"].iter().any(|verb| tail.trim_end().ends_with(verb));
            hit.start >= after_previous
                && !listed()
                && !issued()
                && (connects(tail) || guided() || within() || self.words.earlier_too(tail))
                && !(previous.is_some() && after_previous > 0 && left[hit.end..].contains(';'))
        };
        if let Some(hit) = hits.last().filter(governs) {
            let hit = *hit;
            // "Chính phủ thông qua dự án Luật theo đề nghị của Bộ Xây dựng tại Tờ trình số …": what is decided on, wherever it stands.
            let proposed = matches!(mention.kind.as_deref(), Some("TTr")) && left[hit.end..].trim_end().ends_with(" tại");
            if self.rows[hit.row].0 == Relation::Considers && proposed {
                return Relation::Considers;
            }
            // "đã sơ kết 5 năm (Báo cáo số …)": the paper that tells of it.
            if self.rows[hit.row].0 == Relation::Reviews && mention.kind.as_deref() == Some("BC") && left.trim_end().ends_with('(') {
                return Relation::Mentions;
            }
            let relation = self.by_phrase(context, &left, &hits, hit);
            // "Việc thực hiện Chỉ thị số … phải nghiêm túc": asked for, and not told.
            let carries = self.rows[hit.row].0 == Relation::Implements;
            if relation == Relation::Mentions && carries && self.words.is_asked(&left[..hit.start], &right) {
                return Relation::Implements;
            }
            // "Đề nghị Chính phủ: - Sửa đổi Nghị định số …": a report changes nothing but a report.
            if context.tells() && changes(relation) && context.kind != BlockKind::Title && mention.kind.as_deref() != Some("BC") {
                return Relation::Mentions;
            }
            let told = relation == Relation::Implements
                && context.kind != BlockKind::Title
                && self.words.tells_past(&left[..hit.start], &right, context.preamble && !context.tells(), context.issuer);
            return if told { Relation::Mentions } else { relation };
        }
        // A list goes on from its last item, whatever that item's own title cites.
        let near = (0..i).rev().find(|j| before(j) && !known.nested[*j]);
        // "A (gọi tắt là Nghị quyết 68), B": the item before is A, not the name in its bracket.
        let bracketed = |j: usize| {
            let rest = &context.line[mentions[j].span.end - context.base..start];
            let head = context.line.get(context.sentence.start..mentions[j].span.start - context.base).unwrap_or("");
            rest.trim_start().starts_with(')') && head.rfind('(').is_some_and(|open| !head[open..].contains(')'))
        };
        let defines = |j: usize| {
            let head = context.line.get(context.sentence.start..mentions[j].span.start - context.base).unwrap_or("");
            head.rfind('(').is_some_and(|open| ["gọi tắt", "gọi là", "viết tắt"].iter().any(|word| head[open..].contains(word)))
        };
        // "Quyết định số 06/QĐ-TTg (gọi tắt là Đề án 06)": the name is of the paper before its bracket.
        let key = |m: &Mention| m.number.as_ref().map(|number| number.key());
        if mention.form == CitationForm::Alias
            && defines(i)
            && let Some(j) = near.filter(|j| key(&mentions[*j]) == key(mention) && context.in_sentence(&mentions[*j]))
        {
            return known.relations[j];
        }
        let item = match near {
            Some(j) if bracketed(j) && (mentions[j].form == CitationForm::Alias || defines(j)) => {
                (0..j).rev().find(|k| before(k) && !known.nested[*k]).or(near)
            }
            _ => near,
        };
        if let Some(j) = item.filter(|j| mentions[*j].span.start >= context.base + context.sentence.start) {
            let behind = near.unwrap_or(j).max(j);
            let between = &context.line[mentions[behind].span.end - context.base..start];
            // "Điều 3 của Nghị định A … và Điều 5 Nghị định B": the part belongs to the next item.
            let listed = |part: &&str| {
                let head = between.trim_end().trim_end_matches(*part).trim_end();
                mentions[j].locator.is_some() || head.ends_with(';') || head.ends_with(" và") && changes(known.relations[j])
            };
            let part = mention.locator.as_deref().filter(listed);
            let between = part.and_then(|part| between.trim_end().strip_suffix(part)).unwrap_or(between);
            // "Luật Địa chất và khoáng sản, Nghị định số …": the rest of a law's name in small letters.
            // "cụ thể hóa mục tiêu của Đề án được phê duyệt tại …": the short name, and what it is short for.
            if mentions[j].form == CitationForm::Alias && self.words.is_approved_by(between) {
                return known.relations[j];
            }
            let named = mentions[j].form == CitationForm::Named
                && between.trim_end().ends_with([',', ';'])
                && between.split_whitespace().count() <= 7
                && between.starts_with(" và ");
            // "thay thế A và các nội dung liên quan đến tàu cá của B": a part of the next item, told by its subject.
            let part = changes(known.relations[j])
                && between.trim_start().starts_with("và các nội dung ")
                && [" của", " tại"].iter().any(|of| between.trim_end().ends_with(of))
                && between.len() < 120;
            if named || part || self.words.goes_on(between) {
                let head = if between.trim_end().ends_with(';') { context.item_head(mentions, j) } else { j };
                return known.relations[head];
            }
        }
        // "Hướng dẫn xử lý tài chính khi thực hiện … theo quy định tại Nghị định số …"
        let first = hits.first().filter(|_| previous.is_none() && context.kind == BlockKind::Title);
        let guides = first.is_some_and(|hit| self.rows[hit.row].0 == Relation::Guides);
        // "HƯỚNG DẪN một số nội dung về kiểm điểm theo Quy định số …".
        let at = ["tại", " theo"].iter().any(|word| left.trim_end().ends_with(word));
        if guides && at && !left.contains([';', ':']) {
            return Relation::Guides;
        }
        if previous.is_none() {
            let listed = self.by_lead(context, structure, norm, mention);
            return if context.tells() { Relation::Mentions } else { listed };
        }
        Relation::Mentions
    }

    /// "Căn cứ A; thực hiện Công văn B, Ban Tổ chức hướng dẫn …": a clause of the grounds that begins with what is carried out.
    fn carried_out(&self, left: &str) -> Option<Relation> {
        let clause = left[left.rfind(';')? + 1..].trim_start();
        let hit = self.hits(clause).into_iter().next().filter(|hit| hit.start == 0)?;
        let relation = self.rows[hit.row].0;
        let tail = &clause[hit.end..];
        // "thực hiện ý kiến chỉ đạo của Chủ tịch tại Thông báo số …".
        let reached = connects(tail) || self.words.acts_within(tail, 160);
        (matches!(relation, Relation::Implements | Relation::Concretises) && reached).then_some(relation)
    }

    /// "Xét đề nghị của … tại Công văn A, Ban Tổ chức hướng dẫn thực hiện Quy định B như sau:": what the grounds lead on to.
    fn guided(&self, left: &str, right: &str) -> Option<Relation> {
        const ALIAS: usize = 120;
        let hit = self.hits(left).into_iter().rfind(|hit| self.rows[hit.row].1 == Side::Right)?;
        let leads = right.find("như sau").is_some_and(|at| at < ALIAS && !right[..at].contains([';', '.']));
        (leads && self.rows[hit.row].0 == Relation::Guides && connects(&left[hit.end..])).then_some(Relation::Guides)
    }

    /// "Điều chỉnh nhiệm vụ tại … ban hành kèm theo Nghị quyết số … như sau": what stands right before "như sau" is changed,
    /// whatever its subject cites. `ahead`: bytes to the next mention.
    fn announced(&self, left: &str, right: &str, ahead: usize) -> Option<Relation> {
        const LABEL: usize = 30;
        const SUBJECT: usize = 300;
        let at = right.find("như sau").filter(|at| *at < SUBJECT.min(ahead) && !right[..*at].contains([';', '.']))?;
        let first = self.hits(super::names::clip(left, 400)).into_iter().next().filter(|hit| hit.start < LABEL)?;
        let relation = self.rows[first.row].0;
        let announces = right[..at].trim().is_empty() || left[first.end..].contains("kèm theo");
        let acts = changes(relation) || relation == Relation::Corrects;
        (acts && announces && self.rows[first.row].1 == Side::Right).then_some(relation)
    }
}

/// Folded words with blanks for what they quote: "Thay thế cụm từ “…; …” bằng cụm từ “…” tại …".
pub(super) fn unquoted(folded: String) -> String {
    let mut rest = 0;
    let mut out = folded;
    while let Some((open, mark)) = out[rest..].find(['“', '"']).and_then(|at| Some((rest + at, out[rest + at..].chars().next()?))) {
        let inside = open + mark.len_utf8();
        let Some(close) = out[inside..].find(if mark == '“' { '”' } else { '"' }).map(|at| inside + at) else { break };
        out.replace_range(inside..close, &" ".repeat(close - inside));
        rest = close + if mark == '“' { '”'.len_utf8() } else { 1 };
    }
    out
}

/// What is known of the mentions before.
struct Known<'k> {
    relations: &'k [Relation],
    nested: &'k [bool],
}

/// True for what is done to the text of the cited paper.
pub(super) fn changes(relation: Relation) -> bool {
    matches!(relation, Relation::Amends | Relation::Replaces | Relation::Repeals)
}
