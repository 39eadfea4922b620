//! From mentions to citations: which lines carry them, what they stand for, the sentence and section around them.

use super::aliases;
use super::dates;
use super::mention::Mention;
use super::mentions::MentionFinder;
use super::relations::{RelationFinder, Stated};
use super::sentence;
use crate::model::{
    Block, BlockKind, Citation, CitationForm, DocumentFacts, NormText, Place, Relation, Span, StatedRelation, Structure, Warning,
    WarningKind,
};
use crate::structure::words;
use crate::tables::Tables;

/// A sentence is kept up to this many bytes on either side of the mention.
const SENTENCE: usize = 700;

/// True for the lines in which another document can be cited.
pub(super) fn carries_citations(kind: BlockKind) -> bool {
    !matches!(kind, BlockKind::Letterhead | BlockKind::Signature | BlockKind::Recipients | BlockKind::Stamp | BlockKind::Furniture)
}

/// All citations and stated relations; spans count in the normal text. `before`: the papers before this one in the same file.
pub(super) fn find(
    tables: &Tables,
    finder: &MentionFinder,
    relations: &RelationFinder,
    norm: &NormText,
    structure: &Structure,
    (facts, before): (&DocumentFacts, &[DocumentFacts]),
    warnings: &mut Vec<Warning>,
) -> (Vec<Citation>, Vec<StatedRelation>) {
    let mut mentions = Vec::new();
    for (index, block) in structure.blocks.iter().enumerate() {
        if !carries_citations(block.kind) {
            continue;
        }
        let line = block.span.of(&norm.text);
        // A number line inside an annex is that annex's own letterhead ("số 12-CTr/TU" in small letters is a cell's last line).
        if !matches!(block.kind, BlockKind::TableRow | BlockKind::Title)
            && words::is_number_line(line)
            && line.starts_with(char::is_uppercase)
            && line.chars().count() < 60
        {
            continue;
        }
        if block.kind == BlockKind::TableRow {
            let first = mentions.len();
            for cell in &block.cells {
                finder.find(&norm.text, *cell, index, &mut mentions);
            }
            told_in_cells(finder, &norm.text, &block.cells, &mut mentions[first..]);
        } else {
            finder.find(&norm.text, block.span, index, &mut mentions);
        }
    }
    told_on_next_line(finder, norm, structure, &mut mentions);
    own_number_is_self(facts, &mut mentions);
    aliases::resolve(tables, norm, structure, before, &mut mentions);
    let (found, stated) = relations.find(norm, structure, &mentions, facts);
    let citations: Vec<Citation> =
        mentions.iter().zip(&found).map(|(mention, relation)| citation(tables, norm, structure, mention, *relation)).collect();
    for mention in &mentions {
        if mention.impossible_date {
            warnings.push(Warning {
                kind: WarningKind::ImpossibleDate,
                message: format!("no calendar has the date in {:?}", mention.span.of(&norm.text)),
                span: Some(mention.span),
            });
        }
    }
    let stated = stated.iter().filter_map(|s| stated_relation(s, &mentions)).collect();
    (citations, stated)
}

/// A row of a list of papers: the day and the issuer stand in cells of their own beside the number.
fn told_in_cells(finder: &MentionFinder, text: &str, cells: &[Span], mentions: &mut [Mention]) {
    let mut opening = mentions.iter_mut().filter(|m| {
        let cell = cells.iter().find(|cell| cell.contains(m.span));
        m.number.is_some() && cell.is_some_and(|cell| text[cell.start..m.span.start].trim().is_empty())
    });
    let (Some(mention), None) = (opening.next(), opening.next()) else { return };
    for cell in cells.iter().filter(|cell| !cell.contains(mention.span)).map(|cell| cell.of(text).trim()) {
        if mention.date.is_none()
            && let Some(read) = dates::day(cell).filter(|read| read.len == cell.len())
        {
            (mention.date, mention.form) = (read.date, CitationForm::Full);
        }
        if mention.issuer.is_none()
            && let Some(read) = finder
                .bodies
                .read(cell)
                .filter(|read| read.len == cell.len() && (read.known.is_some() || finder.bodies.is_office(&read.name)))
        {
            (mention.issuer, mention.province) = (Some(read.name), read.province);
        }
    }
}

/// In a narrow column the day and the issuer stand on the lines below the number: "27/2019/NQ-HĐND", "ngày 11/12/2019".
fn told_on_next_line(finder: &MentionFinder, norm: &NormText, structure: &Structure, mentions: &mut [Mention]) {
    const LINES: usize = 3;
    const LONGEST: usize = 240;
    for mention in mentions.iter_mut() {
        let block = &structure.blocks[mention.block];
        let ends = norm.text[mention.span.end..block.span.end.max(mention.span.end)].trim().is_empty();
        // A subject is one stretch of text: "… Chỉ thị số 27-CT/TU, ngày 09/9/2019" + "của Ban Thường vụ Tỉnh ủy về …".
        if ends
            && block.kind == BlockKind::Title
            && mention.number.is_some()
            && mention.issuer.is_none()
            && let Some(next) = structure.blocks.get(mention.block + 1).filter(|next| next.kind == BlockKind::Title)
        {
            let line = norm.text[block.span.start..next.span.end].replace('\n', " ");
            let at = |span: Span| Span::new(span.start - block.span.start, span.end - block.span.start);
            let mut told = Mention { span: at(mention.span), ..mention.clone() };
            finder.attach(&line, line.len(), &mut told);
            // What recognition of a page left of a name is no body.
            if told.issuer.as_deref().is_some_and(|issuer| finder.bodies.begins_known(issuer) || finder.bodies.is_office(issuer)) {
                (mention.date, mention.year, mention.term) = (told.date, told.year, told.term);
                (mention.issuer, mention.province) = (told.issuer, told.province);
                mention.form = if mention.date.is_some() { CitationForm::Full } else { mention.form };
            }
        }
        if !ends || block.kind == BlockKind::TableRow || mention.number.is_none() || mention.date.is_some() || mention.year.is_some() {
            continue;
        }
        let below = structure.blocks[mention.block + 1..].iter().take(LINES);
        let plain = below.take_while(|next| next.kind == BlockKind::Paragraph && next.label.is_none() && next.annex == block.annex);
        let lines: Vec<&str> = plain.map(|next| super::names::clip(next.span.of(&norm.text), LONGEST)).collect();
        if !lines.first().is_some_and(|line| line.starts_with("ngày")) {
            continue;
        }
        let written = mention.span.of(&norm.text).replace('\n', " ");
        let line = format!("{written} {}", lines.join(" "));
        let mut told = Mention { span: Span::new(0, written.len()), ..mention.clone() };
        finder.attach(&line, line.len(), &mut told);
        if told.date.is_some() {
            (mention.date, mention.year, mention.form) = (told.date, told.year, CitationForm::Full);
            (mention.issuer, mention.province) = (told.issuer, told.province);
        }
    }
}

/// "Quyết định số 36/2025/NQ-HĐND" inside 36/2025/NQ-HĐND is the paper itself.
fn own_number_is_self(facts: &DocumentFacts, mentions: &mut [Mention]) {
    let Some(own) = &facts.parsed else { return };
    for mention in mentions {
        let same = mention.number.as_ref().is_some_and(|number| number.key() == own.key());
        let another_day = mention.date.is_some() && facts.date.is_some() && mention.date != facts.date;
        let another_place = mention.province.is_some() && facts.province.is_some() && mention.province != facts.province;
        if same && !another_day && !another_place {
            mention.form = CitationForm::SelfReference;
        }
    }
}

fn citation(tables: &Tables, norm: &NormText, structure: &Structure, mention: &Mention, relation: Relation) -> Citation {
    let block = &structure.blocks[mention.block];
    let line = block.span.of(&norm.text);
    let at = mention.span.start - block.span.start;
    let whole = sentence::around(line, at);
    let window = window(line, whole, at, mention.span.end - block.span.start);
    let footnote = structure.footnotes.iter().find(|note| note.span.contains(mention.span)).map(|note| note.label.clone());
    let section = Some(structure.path(mention.block)).filter(|path| !path.is_empty());
    let central = mention.number.as_ref().is_some_and(|n| n.register() == "TW");
    let by_date = || mention.date.filter(|_| central).and_then(|date| tables.terms.on("TW", date)).map(|term| term.name.clone());
    Citation {
        span: mention.span,
        text: mention.span.of(&norm.text).replace('\n', " "),
        form: mention.form,
        kind: mention.kind.as_deref().map(|code| tables.kinds.word(code).to_owned()),
        number: mention.number.as_ref().filter(|n| !n.issuers.is_empty() || n.kind.is_some()).map(ToString::to_string),
        parsed: mention.number.clone(),
        date: mention.date,
        year: mention.year,
        issuer: mention.issuer.clone(),
        term: mention.term.clone().or_else(by_date),
        province: mention.province.clone(),
        locator: mention.locator.clone(),
        title: mention.title.map(|span| span.of(&norm.text).to_owned()),
        relation: if mention.form == CitationForm::SelfReference { Relation::Mentions } else { relation },
        sentence: window.of(line).replace('\n', " "),
        sentence_at: at - window.start,
        place: place(structure, mention.block),
        section,
        footnote,
        antecedent: mention.antecedent,
    }
}

/// In which part of the paper a block stands.
fn place(structure: &Structure, block: usize) -> Place {
    let opens_body = |block: &Block| matches!(block.kind, BlockKind::Heading | BlockKind::Item | BlockKind::TableRow);
    match structure.blocks[block].kind {
        BlockKind::Title => Place::Title,
        BlockKind::Basis => Place::Preamble,
        BlockKind::Paragraph if structure.blocks[block].annex == 0 && !structure.blocks[..block].iter().any(opens_body) => Place::Preamble,
        _ => Place::Body,
    }
}

/// The part of the sentence around the mention, cut at spaces when the sentence is very long.
fn window(line: &str, sentence: Span, start: usize, end: usize) -> Span {
    let mut from = sentence.start.max(start.saturating_sub(SENTENCE)).min(start);
    while !line.is_char_boundary(from) {
        from += 1;
    }
    if from > sentence.start {
        from += line[from..start].find(' ').map_or(0, |i| i + 1);
    }
    let mut to = sentence.end.min(end + SENTENCE).max(end);
    while !line.is_char_boundary(to) {
        to -= 1;
    }
    if to < sentence.end {
        to = end + line[end..to].rfind(' ').unwrap_or(to - end);
    }
    Span::new(from, to)
}

fn stated_relation(stated: &Stated, mentions: &[Mention]) -> Option<StatedRelation> {
    let number = |i: usize| mentions[i].number.as_ref().map(ToString::to_string);
    // What this document says of itself is no relation of others.
    let own = |i: usize| mentions[i].form == CitationForm::SelfReference;
    if own(stated.from) || own(stated.to) || matches!(stated.relation, Relation::Mentions) {
        return None;
    }
    let (from_number, to_number) = (number(stated.from)?, number(stated.to)?);
    (from_number != to_number).then_some(StatedRelation {
        from_number,
        relation: stated.relation,
        to_number,
        span: stated.span,
        from: stated.from,
        to: stated.to,
    })
}
