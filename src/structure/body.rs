//! The body: headings, items, paragraphs, footnotes, tables, annexes, and what hangs under what.

use super::letterhead::Lines;
use super::{foot, tables as cells, words};
use crate::model::{Block, BlockKind, Footnote, NormText, Span, Structure};
use crate::tables::Tables;
use crate::text::label::{Label, LabelClass, label};

/// A line that heads the list of legal grounds has at most so many words ("Căn cứ pháp lý:").
const LONGEST_BASIS_HEAD: usize = 4;

/// The open items, outermost first.
struct Outline {
    stack: Vec<(LabelClass, usize)>,
    annex: usize,
}

/// Reads the lines from `from` on.
pub(super) fn read(tables: &Tables, norm: &NormText, lines: &Lines<'_>, from: usize, structure: &mut Structure) {
    let mut outline = Outline { stack: Vec::new(), annex: 0 };
    let (mut in_basis, mut begun) = (true, false);
    let (mut signed, mut basis_list) = (false, false);
    let mut i = from;
    while i < lines.len() {
        let (span, line) = lines[i];
        let words = line.trim();
        if words == "|" {
            if let Some(table) = cells::read(lines, i)
                && is_data(tables, norm, &table)
            {
                rows(&table, structure, &outline);
                i = table.end.max(i + 1);
                continue;
            }
            i += 1;
            continue;
        }
        if words.is_empty() || words == "---" {
            i += 1;
            continue;
        }
        if let Some(next) = foot::recipients(tables, lines, i, structure) {
            outline.stack.clear();
            i = next;
            continue;
        }
        if let Some(next) = foot::signature(tables, lines, i, structure) {
            outline.stack.clear();
            signed = true;
            i = next;
            continue;
        }
        let span = super::trimmed(span, line);
        if let Some(mark) = footnote_label(words) {
            note(norm, span, mark, structure, &outline);
            i += 1;
            continue;
        }
        if starts_annex(tables, words, signed, &lines[i + 1..]) {
            outline.annex += 1;
            outline.stack.clear();
            signed = false;
            let mut block = super::plain(span, BlockKind::Heading);
            block.annex = outline.annex;
            structure.blocks.push(block);
            i += 1;
            continue;
        }
        let basis = tables.forms("basis").iter().any(|head| words.starts_with(head.as_str()));
        // A consolidated text tells first, in numbered items, what it is made of: the basis may come late, but before the parts.
        let late = !begun && words.starts_with("Căn cứ ") && words.ends_with(';');
        // "Căn cứ pháp lý" alone, and the acts as a list below it.
        let listed = basis_list && label(words).is_some_and(|label| label.class == LabelClass::Dash);
        basis_list = listed || basis && outline.annex == 0 && words.split_whitespace().count() <= LONGEST_BASIS_HEAD;
        // "Căn cứ Luật A;" above "Thông tư số B …;": the next of the acts.
        let goes_on = words.ends_with(';')
            && structure.blocks.last().is_some_and(|last| last.kind == BlockKind::Basis && last.span.of(&norm.text).ends_with(';'))
            && begins_paper(tables, words);
        if listed || goes_on || basis && (in_basis || late || basis_list) {
            let mut block = super::plain(span, BlockKind::Basis);
            block.annex = outline.annex;
            structure.blocks.push(block);
        } else {
            // "- Để thực hiện Chỉ thị số …;" among the lines of a Party decision.
            let dashed = label(words).is_some_and(|label| label.class == LabelClass::Dash) && words.ends_with([';', ',']);
            let short = words.chars().count() < 200 && label(words).is_none();
            in_basis = in_basis && structure.blocks.len() < from + 40 && (dashed || short);
            begun = begun || label(words).is_some_and(|label| rank(label.class) <= rank(LabelClass::Roman));
            let next = lines[i + 1..].iter().map(|(_, next)| next.trim()).find(|next| !next.is_empty() && *next != "---");
            outline.push(span, words, next, structure);
        }
        i += 1;
    }
}

impl Outline {
    /// Adds a line of running text, an item or a heading.
    fn push(&mut self, span: Span, words: &str, next: Option<&str>, structure: &mut Structure) {
        let caps = !words.chars().any(char::is_lowercase) && words.chars().filter(|c| c.is_alphabetic()).count() > 3;
        let mut block = super::plain(span, BlockKind::Paragraph);
        block.annex = self.annex;
        match label(words).filter(|label| !self.is_broken_off(label, words, structure)) {
            Some(label) => {
                let opens = structure.blocks.last().is_some_and(|last| last.span.end > 0) && opens_list(structure, &label);
                self.close_for(label.class, opens);
                block.parent = self.stack.last().map(|(_, at)| *at);
                block.depth = self.stack.len();
                block.label = Some(label.text.to_owned());
                block.body = span.start + label.body;
                block.kind = if is_heading(&label, &words[label.body..], next) { BlockKind::Heading } else { BlockKind::Item };
                self.stack.push((label.class, structure.blocks.len()));
            }
            None if caps && words.chars().count() < 160 => {
                // "QUYẾT ĐỊNH:", "TỔ CHỨC THỰC HIỆN": a heading that ends all items.
                block.kind = BlockKind::Heading;
                self.stack.clear();
            }
            None => {
                block.parent = self.stack.last().map(|(_, at)| *at);
                block.depth = self.stack.len();
            }
        }
        structure.blocks.push(block);
    }

    /// "… Quốc hội khóa" / "XVII.": a figure that a line break left alone, out of the row of the open sections.
    fn is_broken_off(&self, label: &Label<'_>, words: &str, structure: &Structure) -> bool {
        let alone = label.class == LabelClass::Roman && words[label.body..].trim().is_empty();
        let before = || self.stack.iter().rfind(|(class, _)| *class == LabelClass::Roman).map(|(_, at)| *at);
        alone
            && before().and_then(|at| structure.blocks[at].label.as_deref()).is_some_and(|last| {
                let last = roman(last);
                last > 0 && roman(label.text) != last + 1
            })
    }

    /// Closes the items that cannot hold an item of `class`.
    fn close_for(&mut self, class: LabelClass, opens: bool) {
        if let Some(at) = self.stack.iter().rposition(|(open, _)| *open == class) {
            self.stack.truncate(at);
            return;
        }
        if let LabelClass::Decimal(n) = class
            && n > 1
            && let Some(at) = self.stack.iter().rposition(|(open, _)| *open == LabelClass::Decimal(n - 1))
        {
            self.stack.truncate(at + 1);
            return;
        }
        if opens {
            return;
        }
        while self.stack.last().is_some_and(|(open, _)| rank(*open) > rank(class)) {
            self.stack.pop();
        }
    }
}

/// The value of a Roman numeral; 0 for what is none.
fn roman(text: &str) -> u32 {
    let value = |c| match c {
        'I' => 1,
        'V' => 5,
        'X' => 10,
        'L' => 50,
        'C' => 100,
        _ => 0,
    };
    let digits: Vec<u32> = text.chars().map(value).collect();
    let sign = |i: usize| digits.get(i + 1).is_some_and(|next| *next > digits[i]);
    digits.iter().enumerate().fold(0i64, |sum, (i, digit)| if sign(i) { sum - i64::from(*digit) } else { sum + i64::from(*digit) }).max(0)
        as u32
}

/// The usual order of levels, outermost first.
fn rank(class: LabelClass) -> u8 {
    match class {
        LabelClass::Part => 0,
        LabelClass::Chapter => 1,
        LabelClass::Section => 2,
        LabelClass::Article => 3,
        LabelClass::Capital => 4,
        LabelClass::Roman => 5,
        LabelClass::Decimal(n) => 5 + n.min(5),
        LabelClass::Ordinal => 11,
        LabelClass::Letter => 12,
        LabelClass::Paren => 13,
        LabelClass::Dash => 14,
        LabelClass::Plus => 15,
        LabelClass::Dot => 16,
    }
}

/// True when `label` is the first of its list and the line before ends with a colon: a list inside the open item.
fn opens_list(structure: &Structure, label: &Label<'_>) -> bool {
    let first = matches!(label.text, "1" | "a" | "i" | "A" | "I" | "Một là");
    first && structure.blocks.last().is_some_and(|last| last.label.as_deref() == Some("-"))
}

/// True for a labelled line that only names what its items are about.
fn is_heading(label: &Label<'_>, body: &str, next: Option<&str>) -> bool {
    let length = body.chars().count();
    if length == 0 || !body.chars().any(char::is_lowercase) {
        return true;
    }
    let ends = body.trim_end().ends_with(['.', ';', '!']);
    match label.class {
        LabelClass::Part | LabelClass::Chapter | LabelClass::Section => !ends || length < 120,
        LabelClass::Roman | LabelClass::Capital => !ends && length < 250 && !body.trim_end().ends_with("sau:"),
        LabelClass::Article => !ends && length < 200 && !body.trim_end().ends_with("sau:"),
        _ => {
            let deeper = next.and_then(crate::text::label::label).is_some_and(|child| rank(child.class) > rank(label.class));
            !ends && length < 160 && deeper
        }
    }
}

/// The label of a footnote's text: `¹ Theo …`, `[1] Theo …`.
fn footnote_label(words: &str) -> Option<String> {
    let raised: String = words.chars().map_while(|c| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|r| r == c)).map(|d| d.to_string()).collect();
    if !raised.is_empty() {
        return Some(raised);
    }
    let inside = words.strip_prefix('[')?.split(']').next()?;
    (!inside.is_empty() && inside.len() <= 3 && inside.bytes().all(|b| b.is_ascii_digit())).then(|| inside.to_owned())
}

fn note(norm: &NormText, span: Span, label: String, structure: &mut Structure, outline: &Outline) {
    let mut block = super::plain(span, BlockKind::Footnote);
    block.annex = outline.annex;
    structure.blocks.push(block);
    let taken = |at: usize| structure.footnotes.iter().any(|note| note.mark == Some(at));
    let lifted = norm.marks.iter().filter(|mark| mark.label == label && !taken(mark.at)).map(|mark| mark.at).rfind(|at| *at < span.start);
    let bracket = || norm.text[..span.start].rfind(&format!("[{label}]")).filter(|at| !taken(*at));
    let mark = lifted.or_else(bracket);
    structure.footnotes.push(Footnote { label, span, mark });
}

/// Lines between the first words of an annex ("CHƯƠNG TRÌNH") and "(Kèm theo …)", that line counted.
const LINES_OF_TITLE: usize = 4;

/// A heading that begins an annex, or a second paper in the same file after the signature.
fn starts_annex(tables: &Tables, words: &str, signed: bool, after: &[(Span, &str)]) -> bool {
    let caps = !words.chars().any(char::is_lowercase);
    let annex = tables.forms("annex").iter().any(|head| words.starts_with(head.as_str())) && words.chars().count() < 80;
    if annex && (signed || caps) && !words.ends_with([';', '.']) {
        return true;
    }
    let issued = || {
        // The lines of the title may stand between.
        after.iter().map(|(_, next)| next.trim()).filter(|next| !next.is_empty()).take(LINES_OF_TITLE).any(|next| {
            let next = next.trim_start_matches('(').to_lowercase();
            next.starts_with("ban hành kèm theo") || next.starts_with("kèm theo")
        })
    };
    signed && caps && (issued() || tables.kinds.by_name(words).is_some())
}

/// True for a line that begins with a type word and "số": "Thông tư số 03/2018/TT-BGDĐT …".
fn begins_paper(tables: &Tables, words: &str) -> bool {
    const WORDS: usize = 4;
    let head = words.find(" số ").map(|at| &words[..at]);
    head.is_some_and(|head| head.split(' ').count() <= WORDS && tables.kinds.by_name(head).is_some())
}

/// A table that holds the foot of a paper is not data.
fn is_data(tables: &Tables, norm: &NormText, table: &cells::Table) -> bool {
    // "CHỦ TỊCH QUỐC HỘI" above a name, and nothing else: laws have no recipients.
    let signed = |words: &str| {
        let lines: Vec<&str> = words.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let caps = |line: &str| !line.chars().any(char::is_lowercase);
        let ends = lines.first().zip(lines.last()).filter(|_| (2..=4).contains(&lines.len()));
        ends.is_some_and(|(first, last)| caps(first) && words::is_position(tables, first) && words::is_person(tables, last))
    };
    if let [row] = &table.rows[..]
        && row.iter().any(|cell| signed(cell.of(&norm.text)))
    {
        return false;
    }
    table.rows.iter().any(|row| row.len() >= 2)
        && !table.rows.iter().flatten().any(|cell| {
            let words = cell.of(&norm.text).trim();
            words.starts_with("Nơi nhận") || words::is_authority(tables, words.lines().next().unwrap_or(""))
        })
}

fn rows(table: &cells::Table, structure: &mut Structure, outline: &Outline) {
    for row in &table.rows {
        // An empty cell at the edge says nothing.
        let mut filled = row.iter().filter(|cell| !cell.is_empty());
        let Some(first) = filled.next() else { continue };
        let span = Span::new(first.start, filled.next_back().unwrap_or(first).end);
        structure.blocks.push(Block {
            span,
            body: span.start,
            kind: BlockKind::TableRow,
            label: None,
            depth: outline.stack.len(),
            parent: outline.stack.last().map(|(_, at)| *at),
            annex: outline.annex,
            cells: row.clone(),
        });
    }
}
