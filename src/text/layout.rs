//! Lines: what belongs to one paragraph becomes one line; page furniture is lifted out.
//!
//! Hard-wrapped text carries no sign of where a paragraph ends, so each pair of lines is judged by its own marks
//! (labels, stops, capitals, open emphasis), by the width the text was wrapped at, and by whether blank lines in this
//! text part paragraphs at all (some converters put one after every line).

use super::furniture::mark_furniture;
use super::inline::copy_line;
use super::line_words::LineWords;
use super::lines::{Class, Last, Line, LineKind, lines, mark_rows};
use super::writer::Writer;
use crate::model::OffsetMap;
use crate::model::text::{FootnoteMark, Lifted};
use crate::tables::Tables;

/// A text laid out, with the way back; offsets of marks and pages count in the new text.
pub(super) struct Laid {
    pub(super) text: String,
    pub(super) map: OffsetMap,
    pub(super) marks: Vec<FootnoteMark>,
    pub(super) page_starts: Vec<usize>,
    pub(super) lifted: Vec<Lifted>,
}

/// Lays `text` out.
pub(super) fn layout(tables: &Tables, text: &str) -> Laid {
    let words = LineWords::new(tables);
    let mut lines = lines(text, &super::flat::cuts(text));
    mark_rows(text, &mut lines);
    mark_furniture(words, text, &mut lines);
    let page = Page::measure(words, &lines);
    let mut out = Writer::new(text);
    let mut laid = Laid { text: String::new(), map: OffsetMap::default(), marks: Vec::new(), page_starts: Vec::new(), lifted: Vec::new() };
    let mut previous: Option<Line> = None;
    // The paragraph that is being written began with a label.
    let mut labelled = false;
    for line in &lines {
        if line.new_page && !out.is_empty() {
            laid.page_starts.push(out.len());
        }
        match line.kind {
            LineKind::Furniture | LineKind::Stamp => {
                out.drop_to(line.end);
                laid.lifted.push(Lifted {
                    source: crate::model::Span::new(line.start, line.end),
                    at: out.len(),
                    text: text[line.start..line.end].to_owned(),
                    stamp: line.kind == LineKind::Stamp,
                });
                continue;
            }
            LineKind::Rule => {
                separate(&mut out, line.start, "\n");
                out.replace_to(line.end, "---");
            }
            LineKind::Border => {
                // "|" and "||" are the same border; two borders in a row part two rows, an empty line between them is an empty cell.
                let is_empty = line.blanks > 0 && previous.is_some_and(|before: Line| before.kind == LineKind::Border);
                separate(&mut out, line.start, if is_empty { "\n\n" } else { "\n" });
                out.replace_to(line.end, "|");
            }
            // The rule under a table's head says nothing.
            LineKind::Row if text[line.start..line.end].bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'=' | b'*')) => {
                out.drop_to(line.end);
                continue;
            }
            LineKind::Row => {
                separate(&mut out, line.start, "\n");
                row(&mut out, text, line, &mut laid.marks);
            }
            LineKind::BareRow => {
                separate(&mut out, line.start, "\n|\n");
                row(&mut out, text, line, &mut laid.marks);
                out.replace_to(line.end, "\n|");
            }
            LineKind::Text => {
                let between = match &previous {
                    None => "\n",
                    // A cell begins right below its border; what stands apart from it comes after the table.
                    Some(before) if matches!(before.kind, LineKind::Border | LineKind::Row) && line.blanks > 0 => "\n\n",
                    Some(before) => page.between(text, before, line, labelled),
                };
                labelled = line.label || labelled && !between.contains('\n');
                separate(&mut out, line.start, between);
                let split = line.chars < 160;
                copy_line(&mut out, text, line.start, line.end, split, &mut laid.marks);
            }
        }
        previous = Some(*line);
    }
    (laid.text, laid.map) = out.finish();
    laid
}

fn separate(out: &mut Writer<'_>, start: usize, between: &str) {
    if out.is_empty() || (between == " " && out.ends_with(' ')) {
        out.drop_to(start);
    } else {
        out.replace_to(start, between);
    }
}

/// Writes `| a | b |`, or a part of such a row, as the lines `|`, `a`, `|`, `b`, `|`.
fn row(out: &mut Writer<'_>, text: &str, line: &Line, marks: &mut Vec<FootnoteMark>) {
    let words = &text[line.start..line.end];
    let mut at = line.start;
    let mut first = words.starts_with('|');
    for (i, _) in words.match_indices('|') {
        let pipe = line.start + i;
        if !first {
            for end in runs(words, at - line.start, i).map(|end| line.start + end).collect::<Vec<_>>() {
                copy_line(out, text, at, end, false, marks);
                at = end + (text[end..].len() - text[end..].trim_start_matches(' ').len());
                out.replace_to(at, "\n");
            }
            copy_line(out, text, at, pipe, false, marks);
            out.replace_to(pipe, "\n");
        }
        out.copy_to(pipe + 1);
        at = pipe + 1;
        first = false;
        if pipe + 1 < line.end {
            out.replace_to(at, "\n");
        }
    }
    copy_line(out, text, at, line.end, false, marks);
}

/// Where the paragraphs of the cell `from..to` end that a converter joined: behind a bold one before another in bold or italics, and
/// before and behind the star of a letterhead ("**TỈNH ỦY X** \\* Số 214-BC/TU"); behind a number before the subject of a letter.
fn runs(words: &str, from: usize, to: usize) -> impl Iterator<Item = usize> + '_ {
    let cell = &words[from..to];
    let bold = cell.trim_start().starts_with("**");
    let numbered = cell.trim_start().trim_start_matches('*').starts_with("Số");
    let subject = move |at: usize| {
        let behind = cell[at..].trim_start().trim_start_matches(['*', '_']);
        numbered && ["V/v ", "v/v ", "V/v:", "v/v:"].iter().any(|head| behind.starts_with(head))
    };
    let ends = move |at: usize| bold && parts(&cell[..at], cell[at..].trim_start()) || subject(at);
    cell.match_indices(' ').map(|(at, _)| at).filter(move |at| ends(*at)).map(move |at| from + at)
}

/// True for the end of one paragraph of a cell and the beginning of the next.
fn parts(before: &str, behind: &str) -> bool {
    let number = || behind.starts_with("Số ") || behind.starts_with("Số: ") || behind.starts_with("V/v ");
    let emphasised = behind.starts_with('*') || number();
    before.ends_with("**") && emphasised || before.ends_with("\\*") && number()
}

/// What holds for the whole text.
struct Page<'t> {
    words: LineWords<'t>,
    /// Length that wrapped lines reach, in characters; 0 when the text is not hard-wrapped.
    width: u16,
    /// Blank lines part paragraphs.
    blanks_part: bool,
    /// Blanks before the first line of a paragraph, where the others begin further left.
    indent: Option<u16>,
}

/// Blanks before the first lines of paragraphs: those with labels stand in, and what surely goes on stands further left.
fn indent(text: &[&Line], goes_on: impl Fn(&&[&Line]) -> bool) -> Option<u16> {
    const FEWEST_LABELS: usize = 4;
    const FEWEST_LINES: usize = 8;
    let mut labelled: Vec<u16> = text.iter().filter(|l| l.label).map(|l| l.indent).collect();
    labelled.sort_unstable();
    let usual = labelled.get(labelled.len() / 2).copied().filter(|indent| *indent >= 2)?;
    let alike = labelled.iter().filter(|indent| indent.abs_diff(usual) <= 1).count();
    let further = || text.windows(2).filter(|pair| pair[1].blanks == 0).filter(&goes_on).map(|pair| pair[1].indent);
    let (all, left) = further().fold((0, 0), |(all, left), indent| (all + 1, left + usize::from(indent + 1 < usual)));
    let told = labelled.len() >= FEWEST_LABELS && alike * 3 >= labelled.len() * 2 && all >= FEWEST_LINES && left * 10 >= all * 9;
    told.then_some(usual)
}

impl<'t> Page<'t> {
    fn measure(words: LineWords<'t>, lines: &[Line]) -> Self {
        let text: Vec<&Line> = lines.iter().filter(|l| l.kind == LineKind::Text).collect();
        let mut lengths: Vec<u16> = text.iter().map(|l| l.chars).collect();
        lengths.sort_unstable();
        // Cells and headings are many and short: what counts is where most of the characters stand.
        let total: u64 = lengths.iter().map(|n| u64::from(*n)).sum();
        let mut seen = 0;
        let width = lengths.iter().copied().find(|n| {
            seen += u64::from(*n);
            seen * 4 >= total * 3
        });
        let width = width.unwrap_or(0);
        // Pairs that surely are one paragraph: the second goes on in small letters.
        let goes_on = |pair: &&[&Line]| pair[1].first == Class::Lower && !pair[1].label && pair[0].last == Last::Open && !pair[0].caps;
        let over_blank = text.windows(2).filter(|pair| pair[1].blanks > 0);
        let (blank_pairs, blank_on) = over_blank.fold((0, 0), |(n, on), pair| (n + 1, on + usize::from(goes_on(&pair))));
        let tight_on = text.windows(2).filter(|pair| pair[1].blanks == 0).filter(goes_on).count();
        let wrapped = tight_on + blank_on > 0 && width < 250;
        // The cells of a long table are narrow; running text is as wide as the lines that are no cells.
        let long: Vec<u16> = lengths.iter().copied().filter(|n| (50..=130).contains(n)).collect();
        let running = if long.len() >= 10 { long[long.len() * 3 / 4] } else { 0 };
        Page {
            words,
            width: if wrapped { width.max(40).max(running) } else { 0 },
            blanks_part: blank_pairs > 0 && (blank_on * 5 < blank_pairs || blank_on < 3),
            indent: indent(&text, goes_on),
        }
    }

    /// What to write between two text lines: nothing (a symbol goes on), a space (a paragraph goes on), or a line break.
    /// `labelled` tells that the paragraph of `a` began with a label.
    fn between(&self, text: &str, a: &Line, b: &Line, labelled: bool) -> &'static str {
        if a.kind != LineKind::Text {
            return "\n";
        }
        let before = text[a.start..a.end].trim_end_matches(['*', ' ', '_']);
        let after = text[b.start..b.end].trim_start_matches(['*', ' ', '_']);
        if b.blanks <= 3
            && let Some(between) = symbol_goes_on(self.words, before, after)
        {
            return between;
        }
        let full = |share: f64| self.width > 0 && f64::from(a.chars) >= f64::from(self.width) * share;
        if label_alone(before) && b.blanks == 0 && !b.label && self.width > 0 {
            return " ";
        }
        // A small number alone on its line is the first cell of a row.
        if b.blanks == 0 && after.len() <= 2 && after.bytes().all(|b| b.is_ascii_digit()) {
            return "\n";
        }
        // So is the head of their column.
        if matches!(after, "TT" | "STT" | "Số TT") {
            return "\n";
        }
        if b.label && !(b.first == Class::Lower && a.last == Last::Comma) {
            return "\n";
        }
        // "     6. Đẩy mạnh chuyển đổi số" above "     Sở Y tế chủ trì …", both set in: the second begins a paragraph.
        let set_in = |line: &Line| self.indent.is_some_and(|indent| line.indent.abs_diff(indent) <= 1);
        if set_in(b) && b.first == Class::Upper && a.last != Last::Comma {
            return "\n";
        }
        // "TT   Tên đề án   Cơ quan chủ trì   Thời gian" above "1   Đề án A   Sở Y tế   Năm 2026": lines of columns stand by themselves.
        if is_row(after) || is_row(before) && cells(after).count() > 1 {
            return "\n";
        }
        if a.last == Last::Open && b.blanks == 0 && b.first == Class::Upper && self.words.opens_paragraph(after) {
            return "\n";
        }
        if b.blanks == 0 && cites_on(self.words, before, after) {
            return " ";
        }
        // Whatever the width, a long line that stops nowhere goes on in small letters (a page or a note came between).
        if a.last == Last::Open && b.first == Class::Lower && a.chars > 60 && !a.caps && !b.label {
            return " ";
        }
        if a.last == Last::Open && b.blanks == 0 && !a.caps && !b.label && !b.caps && self.words.ends_with_particle(before) {
            return " ";
        }
        if a.last == Last::Open && a.chars > 40 && !a.caps && !b.label && !b.caps && self.words.is_unfinished(before) {
            return " ";
        }
        // Two columns of a letterhead fill the line, and yet each of their lines stands by itself.
        if b.blanks == 0 && begins_head_line(before, after) {
            return "\n";
        }
        if a.last == Last::Colon {
            // "…; thời gian hoàn thành:" at the end of a full line, and its value below.
            let name = before.rsplit([';', ',', '.']).next().filter(|name| name.len() < before.len());
            let short = || name.is_some_and(|name| name.split_whitespace().count() <= 4);
            return if b.blanks == 0 && b.first == Class::Lower && full(0.8) && short() { " " } else { "\n" };
        }
        // "**TỔNG KIỂM TOÁN NHÀ" + "NƯỚC**": one stretch of bold words, however short its lines.
        if a.open && b.blanks == 0 {
            return " ";
        }
        if self.width == 0 {
            return "\n";
        }
        if a.caps != b.caps && !(a.caps && a.open) && !(b.caps && b.chars < 12 && a.last == Last::Comma) {
            // A heading in capitals and the text below it; but a line may end or begin with an abbreviation.
            if a.caps && !(full(0.85) && a.chars > 30 && b.first == Class::Lower) {
                return "\n";
            }
            if b.caps && !(full(0.75) && b.chars < 30) {
                return "\n";
            }
        }
        // Where blank lines part paragraphs, a line right below goes on, though its first word has a capital.
        let running = || (a.chars >= 20 || a.label) && !whole_emphasis(&text[a.start..a.end]) && !head_line(before) && !head_line(after);
        if self.blanks_part && b.blanks == 0 && a.last == Last::Open && b.first == Class::Upper && !a.caps && !b.caps && running() {
            return " ";
        }
        let parted = b.blanks > 0 && self.blanks_part;
        match (a.last, b.first) {
            (Last::Stop, _) if b.blanks == 0 && full(0.8) => " ",
            // "Điều 3. Chánh Văn phòng …; Giám đốc Sở Tài chính;" + "Thủ trưởng …": a list of names within a paragraph.
            (Last::Semicolon, Class::Upper)
                if b.blanks == 0 && full(0.8) && (labelled || self.blanks_part) && !self.words.opens_paragraph(after) =>
            {
                " "
            }
            (Last::Stop, _) | (Last::Semicolon, Class::Upper | Class::Digit | Class::Other) => "\n",
            (Last::Semicolon, Class::Lower) => {
                if parted {
                    "\n"
                } else {
                    " "
                }
            }
            (_, Class::Lower) => {
                if parted && a.last == Last::Open && a.chars < 60 && !full(0.7) {
                    "\n"
                } else {
                    " "
                }
            }
            (Last::Comma, _) => {
                if parted {
                    "\n"
                } else {
                    " "
                }
            }
            _ if parted => "\n",
            _ if full(0.75) => " ",
            _ => "\n",
        }
    }
}

/// What stretches of three blanks and more part within a line: the columns of a page.
fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.split("   ").map(str::trim).filter(|cell| !cell.is_empty())
}

/// True for a line of three columns or more; the blanks that fill a line of running text stand before small letters.
fn is_row(line: &str) -> bool {
    const COLUMNS: usize = 3;
    line.contains("   ")
        && cells(line).all(|cell| cell.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
        && cells(line).count() >= COLUMNS
}

/// `**Điều 5. Tổ chức thực hiện**`: a heading in bold.
fn whole_emphasis(line: &str) -> bool {
    line.starts_with('*') && line.ends_with('*')
}

/// A line that stands by itself in letterhead and foot (number, motto, place and date, recipients).
fn head_line(line: &str) -> bool {
    let dated = || line.len() < 110 && line.contains("ngày") && line.contains("tháng");
    ["Số", "Độc lập", "Nơi nhận", "Kính gửi"].iter().any(|head| line.starts_with(head)) || dated()
}

/// "Số: 877/STC-NS   Hà Nam, ngày …" below "SỞ TÀI CHÍNH   Độc lập - Tự do - Hạnh phúc", "V/v …" below it.
fn begins_head_line(before: &str, after: &str) -> bool {
    const LONGEST_NUMBER: usize = 30;
    let subject = after.trim_start_matches('*');
    // "Số 21-KL/ĐU" alone in its line.
    let number = after.strip_prefix("Số ").filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains('/'));
    number.is_some_and(|number| number.len() < LONGEST_NUMBER && !number.contains([',', ';', '.']))
        || after.starts_with("Số:")
        || after.starts_with("số:") && before.ends_with("phúc")
        || subject.starts_with("V/v ")
        || subject.starts_with("v/v ")
        || before.starts_with("Số:") && head_line(after) && before.len() < 60
}

/// A label with nothing behind it: the words stand on the next line.
fn label_alone(line: &str) -> bool {
    line.len() <= 8 && super::label::label(line).is_some_and(|label| label.body >= line.len())
}

/// "Ban hành Kế hoạch thực hiện" + "Chỉ thị số 52-CT/TW", "Căn cứ Quy định" + "377 của Bộ Chính trị": what a line
/// leaves open is a citation on the next one.
fn cites_on(words: LineWords<'_>, before: &str, after: &str) -> bool {
    if after.starts_with(|c: char| c.is_ascii_digit()) {
        return words.ends_with_type(before);
    }
    let number = after.find(" số ").or_else(|| after.find(" SỐ ")).filter(|at| *at <= 24);
    let figure = number.and_then(|at| after[at..].trim_start_matches([' ', 's', 'S']).chars().nth(2));
    figure.is_some_and(|c| c.is_ascii_digit()) && after.starts_with(char::is_uppercase) && words.is_unfinished(&before.to_lowercase())
}

/// How a number or symbol that breaks over the lines goes on: glued, with a space, or not at all.
fn symbol_goes_on(words: LineWords<'_>, before: &str, after: &str) -> Option<&'static str> {
    let last_word = before.rsplit([' ', '(']).next().unwrap_or("");
    let first = after.chars().next()?;
    let codes = |s: &str| s.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    let figure = |s: &str| s.bytes().next().is_some_and(|b| b.is_ascii_digit());
    // "12-" + "NQ/TU", "24/2014/" + "NĐ-CP", "QĐ-" + "TTg"
    if last_word.len() >= 2 && last_word.ends_with(['-', '/']) && codes(last_word) && codes(after) {
        let stem = &last_word[..last_word.len() - 1];
        // "NQ/" alone between "12-" and "TW": the whole line is a piece of a symbol.
        let piece = last_word.len() == before.len() && stem.len() >= 2 && stem.chars().all(char::is_uppercase) && !figure(after);
        if figure(stem) || stem.contains('/') || piece {
            return Some("");
        }
    }
    // "12" + "-NQ/TU", "24/2014" + "/NĐ-CP"
    if (first == '-' || first == '/')
        && figure(last_word)
        && after[1..].chars().next().is_some_and(char::is_uppercase)
        && !after[1..].starts_with(' ')
    {
        let code = after[1..].split([' ', ',', ';']).next().unwrap_or("");
        if code.contains(['/', '-']) || last_word.contains('/') {
            return Some("");
        }
    }
    // "số 1" + "69-KL/TW": figures led in as a number, and the rest of it with the code.
    if figure(after) && last_word.bytes().all(|b| b.is_ascii_digit()) && before[..before.len() - last_word.len()].ends_with("số ") {
        let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.starts_with(['-', '/']) && rest[1..].starts_with(char::is_uppercase) {
            return Some("");
        }
    }
    // "số" + "72/2025/QH15", "Số:" + "123/2025/QĐ-UBND", "ngày" + "26 tháng"; "Hằng năm" + "2" are two cells.
    let row = matches!(last_word, "năm" | "Năm" | "số") && after.len() <= 2 && after.bytes().all(|b| b.is_ascii_digit());
    if first.is_ascii_digit() && !row && words.leads_to_number(last_word.trim_start_matches('*').trim_end_matches(':')) {
        return Some(" ");
    }
    None
}
