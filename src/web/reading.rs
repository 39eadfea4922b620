//! A paper prepared for reading: its lines in parts that a browser takes at once, with the places of citations and tasks.
//!
//! Duty: normal text and structure of a stored paper, facts led from the raw text into the lines, long texts cut into parts;
//! the last few papers are kept. Depends on the paper alone, not on what its citations mean. Not here: HTML (`pages::text`).

use super::fault::Fault;
use crate::model::text::FootnoteMark;
use crate::model::{BlockKind, NormText, OutlineEntry, Span, Structure, Task};
use crate::store::Reader;
use crate::tables::{Tables, fold};
use crate::{structure, text};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

/// What a part weighs at most: bytes of text, and so many for each link.
const PART: usize = 48 << 10;
const LINK: usize = 160;
/// A longer line is cut.
const LINE: usize = 16 << 10;
/// Papers that are kept, and bytes of text of all of them.
const KEPT: usize = 12;
const KEPT_BYTES: usize = 48 << 20;

/// A paper in parts.
pub(super) struct Paper {
    /// Its normal text, in which all spans count.
    pub(super) text: String,
    /// Parts of the text, never empty.
    pub(super) parts: Vec<Vec<Line>>,
    /// Headings with the part and the line where they stand.
    pub(super) outline: Vec<Heading>,
    /// Footnotes: part and number of the line, and the words.
    pub(super) footnotes: Vec<(usize, usize, Span)>,
    /// Part and line in which each task begins, by its place in the list of tasks.
    pub(super) tasks: Vec<(usize, usize)>,
    /// Part in which each mention stands, by its place in the list of mentions.
    pub(super) mentions: Vec<usize>,
    /// Where pages end in the raw text.
    breaks: Vec<usize>,
    /// Pages of the file before the one on which the text begins.
    pages_before: usize,
    /// Where each part begins in the raw text.
    starts: Vec<usize>,
}

impl Paper {
    /// The page of the file, from 1, on which a place of the raw text stands; 1 where there are no pages.
    pub(super) fn page_at(&self, raw: usize) -> usize {
        self.pages_before + self.breaks.partition_point(|at| *at < raw) + 1
    }

    /// The page on which a part begins.
    pub(super) fn page_of_part(&self, part: usize) -> usize {
        self.starts.get(part).map_or(1, |start| self.page_at(*start))
    }
}

/// A line of the text.
pub(super) struct Line {
    /// Number in the whole text; the same line cut into pieces has the same number.
    pub(super) number: usize,
    /// What it is.
    pub(super) kind: Look,
    /// Nesting.
    pub(super) depth: usize,
    /// Where it stands.
    pub(super) span: Span,
    /// For a table row, its cells.
    pub(super) cells: Vec<Span>,
    /// Mentions in it: where, and which.
    pub(super) mentions: Vec<(Span, usize)>,
    /// Marks that lead to footnotes: where, the label, and which of [`Paper::footnotes`].
    pub(super) notes: Vec<(usize, String, Option<usize>)>,
    /// Tasks that begin in it.
    pub(super) tasks: Vec<usize>,
}

/// How a line is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Left cell of the letterhead: the issuing body and the number.
    HeadLeft,
    /// Right cell: the motto, place and date.
    HeadRight,
    /// Any other kind of block.
    Block(BlockKind),
    /// The rest of a line that was cut.
    Rest,
}

/// A heading of the outline.
pub(super) struct Heading {
    /// "III".
    pub(super) label: String,
    /// "Tổ chức thực hiện".
    pub(super) words: String,
    /// Part.
    pub(super) part: usize,
    /// Number of the line.
    pub(super) line: usize,
    /// Nesting, from the label.
    pub(super) depth: usize,
}

/// The last papers that were read.
#[derive(Default)]
pub(super) struct Readings(Mutex<VecDeque<(i64, Arc<Paper>)>>);

impl Readings {
    /// The paper with this row id; `None` when the snapshot does not have it.
    pub(super) fn get(&self, reader: &Reader, paper: i64) -> Result<Option<Arc<Paper>>, Fault> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = kept.iter().position(|(id, _)| *id == paper)
            && let Some(entry) = kept.remove(at)
        {
            let found = Arc::clone(&entry.1);
            kept.push_front(entry);
            return Ok(Some(found));
        }
        drop(kept);
        let (Some((raw, _)), Some(facts)) = (reader.raw(paper)?, reader.extraction(paper)?) else { return Ok(None) };
        let norm = text::normalise(reader.tables(), &raw);
        let structure = structure::read(reader.tables(), &norm);
        let mentions: Vec<Span> = facts.citations.iter().map(|citation| citation.span).collect();
        let breaks = raw.text.match_indices('\u{c}').map(|(at, _)| at).collect();
        let made = prepared(reader.tables(), norm, &structure, &mentions, &facts.tasks, &facts.outline);
        let made = Arc::new(Paper { breaks, pages_before: reader.pages_before(paper)?, ..made });
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front((paper, Arc::clone(&made)));
        while kept.len() > KEPT || kept.len() > 1 && kept.iter().map(|(_, paper)| paper.text.len()).sum::<usize>() > KEPT_BYTES {
            kept.pop_back();
        }
        Ok(Some(made))
    }
}

fn prepared(tables: &Tables, norm: NormText, structure: &Structure, mentions: &[Span], tasks: &[Task], outline: &[OutlineEntry]) -> Paper {
    let mut lines = lines(tables, &norm, structure);
    let at = |start: usize, lines: &[Line]| lines.partition_point(|line| line.span.start <= start).saturating_sub(1);
    let mut placed: Vec<(Span, usize)> =
        mentions.iter().enumerate().map(|(nth, span)| (Span::new(place(&norm, span.start), place(&norm, span.end)), nth)).collect();
    placed.sort_by_key(|(span, nth)| (span.start, *nth));
    let mut end = 0;
    for (span, nth) in placed {
        let number = at(span.start, &lines);
        let Some(line) = lines.get_mut(number) else { continue };
        // Two mentions in one stretch ("số 187, 188-KL/TW"): what is left of the second.
        let start = span.start.max(end).max(line.span.start);
        let stop = span.end.min(line.span.end);
        if start < stop && norm.text.is_char_boundary(start) && norm.text.is_char_boundary(stop) {
            line.mentions.push((Span::new(start, stop), nth));
            end = stop;
        }
    }
    for mark in &norm.marks {
        let number = at(mark.at, &lines);
        if let Some(line) = lines.get_mut(number).filter(|line| mark.at <= line.span.end) {
            line.notes.push((mark.at, mark.label.clone(), footnote_of(structure, mark)));
        }
    }
    for (nth, task) in tasks.iter().enumerate() {
        let number = at(place(&norm, task.span.start), &lines);
        if let Some(line) = lines.get_mut(number) {
            line.tasks.push(nth);
        }
    }
    let notes: Vec<usize> =
        structure.footnotes.iter().map(|note| lines.get(at(note.span.start, &lines)).map_or(0, |line| line.number)).collect();
    let headings: Vec<usize> = outline.iter().map(|entry| at(place(&norm, entry.span.start), &lines)).collect();
    let headings: Vec<usize> = headings.into_iter().map(|at| lines.get(at).map_or(0, |line| line.number)).collect();
    let parts = parted(&norm.text, lines);
    let start = |part: &Vec<Line>| part.first().map_or(0, |line| norm.to_source(line.span).start);
    let starts = parts.iter().map(start).collect();
    let mut part_of = BTreeMap::new();
    let (mut of_task, mut of_mention) = (vec![(0, 0); tasks.len()], vec![0; mentions.len()]);
    for (part, lines) in parts.iter().enumerate() {
        for line in lines {
            part_of.entry(line.number).or_insert(part);
            line.tasks.iter().for_each(|nth| of_task[*nth] = (part, line.number));
            line.mentions.iter().for_each(|(_, nth)| of_mention[*nth] = part);
        }
    }
    let headings = outline.iter().zip(headings).map(|(entry, line)| Heading {
        label: entry.label.clone(),
        words: entry.heading.clone(),
        part: part_of.get(&line).copied().unwrap_or(0),
        line,
        depth: entry.label.matches('.').count().min(3),
    });
    let footnotes = notes.iter().zip(&structure.footnotes);
    let footnotes = footnotes.map(|(line, note)| (part_of.get(line).copied().unwrap_or(0), *line, note.span)).collect();
    Paper {
        outline: headings.collect(),
        text: norm.text,
        parts,
        footnotes,
        tasks: of_task,
        mentions: of_mention,
        breaks: Vec::new(),
        pages_before: 0,
        starts,
    }
}

/// The footnote that a mark leads to: the one that stands for this very place, else the next one of this label.
fn footnote_of(structure: &Structure, mark: &FootnoteMark) -> Option<usize> {
    let notes = &structure.footnotes;
    let here = notes.iter().position(|note| note.mark == Some(mark.at) && note.label == mark.label);
    here.or_else(|| notes.iter().position(|note| note.label == mark.label && note.span.start > mark.at))
}

/// The first place in the normal text that comes from the raw text at `raw` or after it.
fn place(norm: &NormText, raw: usize) -> usize {
    let (mut low, mut high) = (0, norm.text.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        if norm.to_source(Span::new(middle, middle)).start < raw { low = middle + 1 } else { high = middle }
    }
    norm.text.ceil_char_boundary(low)
}

fn lines(tables: &Tables, norm: &NormText, structure: &Structure) -> Vec<Line> {
    let mottoes = tables.folded_forms("motto");
    let mut right = false;
    let mut lines = Vec::with_capacity(structure.blocks.len());
    for (number, block) in structure.blocks.iter().enumerate() {
        let words = &norm.text[block.span.start..block.span.end];
        right |= block.kind == BlockKind::Letterhead && mottoes.contains(&fold::lower(words.trim()));
        let kind = match block.kind {
            BlockKind::Letterhead if right => Look::HeadRight,
            BlockKind::Letterhead => Look::HeadLeft,
            other => Look::Block(other),
        };
        lines.push(Line {
            number,
            kind,
            depth: block.depth.min(6),
            span: block.span,
            cells: block.cells.clone(),
            mentions: Vec::new(),
            notes: Vec::new(),
            tasks: Vec::new(),
        });
    }
    lines
}

/// Lines in parts; what is too long for one is cut at a blank outside of mentions.
fn parted(text: &str, lines: Vec<Line>) -> Vec<Vec<Line>> {
    let mut parts = vec![Vec::new()];
    let mut weight = 0;
    for line in lines.into_iter().flat_map(|line| cut(text, line)) {
        let own = line.span.end - line.span.start + LINK * (line.mentions.len() + line.tasks.len());
        if weight + own > PART && weight > 0 {
            parts.push(Vec::new());
            weight = 0;
        }
        weight += own;
        if let Some(part) = parts.last_mut() {
            part.push(line);
        }
    }
    parts
}

fn cut(text: &str, mut line: Line) -> Vec<Line> {
    let mut pieces = Vec::new();
    loop {
        let mut end = line.span.start + LINE;
        // So many mentions as fit, each with its link.
        let links = LINE / LINK;
        if let Some((span, _)) = line.mentions.get(links) {
            end = end.min(span.start);
        }
        if end >= line.span.end || !line.cells.is_empty() {
            pieces.push(line);
            return pieces;
        }
        end = text.floor_char_boundary(end);
        if let Some((span, _)) = line.mentions.iter().find(|(span, _)| span.start < end && end < span.end) {
            end = span.start;
        } else if let Some(blank) = text[line.span.start..end].rfind(' ').filter(|blank| *blank > LINE / 2) {
            let at = line.span.start + blank + 1;
            if !line.mentions.iter().any(|(span, _)| span.start < at && at < span.end) {
                end = at;
            }
        }
        if end <= line.span.start {
            pieces.push(line);
            return pieces;
        }
        let later = line.mentions.partition_point(|(span, _)| span.start < end);
        let notes = line.notes.partition_point(|(at, ..)| *at < end);
        let rest = Line {
            number: line.number,
            kind: Look::Rest,
            depth: line.depth,
            span: Span::new(end, line.span.end),
            cells: Vec::new(),
            mentions: line.mentions.split_off(later),
            notes: line.notes.split_off(notes),
            tasks: Vec::new(),
        };
        line.span.end = end;
        pieces.push(line);
        line = rest;
    }
}

#[cfg(test)]
mod tests {
    use super::{LINE, Look, PART, prepared};
    use crate::extract::Extractor;
    use crate::model::{Method, RawText, SourceFacts};
    use crate::tables::Tables;

    fn read(text: &str) -> (super::Paper, usize) {
        let tables = Tables::builtin();
        let raw = RawText::plain(text);
        let source = SourceFacts {
            path: String::new(),
            sha256: String::new(),
            media_type: String::new(),
            encoding: None,
            bytes: 0,
            pages: None,
            method: Method::Text,
        };
        let norm = crate::text::normalise(&tables, &raw);
        let structure = crate::structure::read(&tables, &norm);
        let facts = Extractor::new(&tables).extract(&raw, source);
        let spans: Vec<_> = facts.citations.iter().map(|citation| citation.span).collect();
        (prepared(&tables, norm, &structure, &spans, &facts.tasks, &facts.outline), spans.len())
    }

    #[test]
    fn mentions_are_found_again_in_the_lines() {
        let (paper, count) =
            read("Căn cứ Chỉ thị số 12-CT/TW, ngày 05/01/2022 của Ban Bí thư;\n\nTheo Kết luận số 7-\nKL/TW và Quyết định 9-QĐ/TW.\n");
        let shown: Vec<&str> =
            paper.parts.iter().flatten().flat_map(|line| &line.mentions).map(|(span, _)| &paper.text[span.start..span.end]).collect();
        assert_eq!(count, 3);
        assert_eq!(shown, ["Chỉ thị số 12-CT/TW, ngày 05/01/2022 của Ban Bí thư", "Kết luận số 7-KL/TW", "Quyết định 9-QĐ/TW"]);
    }

    #[test]
    fn footnote_marks_lead_to_their_notes() {
        let (paper, _) =
            read("Điều 1. Phạm vi¹ của Quy chế là như sau.\n\nĐiều 2. Hiệu lực.\n\n¹ Xem thêm Phụ lục kèm theo Quy chế này.\n");
        let notes: Vec<_> = paper.parts.iter().flatten().flat_map(|line| &line.notes).collect();
        assert_eq!(notes.len(), 1, "{notes:?}");
        let (_, _, span) = paper.footnotes[notes[0].2.expect("a footnote")];
        assert!(paper.text[span.start..span.end].contains("Xem thêm Phụ lục"));
    }

    #[test]
    fn a_long_line_is_cut_and_nothing_is_lost() {
        let text = "Thực hiện Chỉ thị số 12-CT/TW, ".repeat(4_000);
        let (paper, count) = read(&text);
        assert!(paper.parts.len() > 4);
        let all: String = paper.parts.iter().flatten().map(|line| &paper.text[line.span.start..line.span.end]).collect();
        assert_eq!(all.trim(), paper.text.trim());
        assert_eq!(paper.parts.iter().flatten().map(|line| line.mentions.len()).sum::<usize>(), count);
        assert!(paper.parts.iter().flatten().skip(1).all(|line| line.kind == Look::Rest && line.span.end - line.span.start <= LINE));
        assert!(paper.parts.iter().all(|part| part.iter().map(|line| line.span.end - line.span.start).sum::<usize>() <= PART));
    }
}
