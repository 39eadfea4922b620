//! Web pages: the main text, as lines and cells.
//!
//! Duty: decoding by what the page declares, finding the paper in the page, dropping scripts and menus, tables as cells.
//! Not here: known portals' own layouts.
//!
//! Where the paper is, Readability tells (dom_smoothie). It also throws away what it holds for clutter, a letterhead
//! table or a list of recipients among it, so only its first and last line are used: what stands between them in the
//! page is kept whole.

use super::lines::{Lines, mark_label};
use super::{Format, txt};
use crate::model::{ErrorKind, Method, RawText};
use dom_query::{Document, NodeRef};
use dom_smoothie::Readability;
use encoding_rs::Encoding;
use std::collections::{HashMap, HashSet};

/// Elements without text of the page.
const SILENT: &[&str] =
    &["head", "script", "style", "noscript", "template", "svg", "iframe", "object", "nav", "select", "button", "textarea", "input", "math"];
/// Elements around which an empty line stands.
const PARAGRAPHS: &[&str] =
    &["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "hr", "article", "section"];
/// Elements that begin a line.
const BLOCKS: &[&str] = &[
    "div",
    "li",
    "dt",
    "dd",
    "address",
    "aside",
    "center",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "main",
    "caption",
    "tr",
    "td",
    "th",
    "body",
    "details",
    "summary",
];
/// Depth of elements up to which the main part is looked for; its search takes the square of the depth.
const MAX_DEPTH: usize = 400;
/// Cells of one row that are believed; a page may claim any number.
const MAX_SPAN: usize = 64;

/// Reads a page. Errors: it has no text, or is noise.
pub(super) fn decode(bytes: &[u8]) -> Result<RawText, ErrorKind> {
    let decoded = txt::to_text(bytes.to_vec(), declared(bytes))?;
    let page = Document::from(decoded.text.as_str());
    let whole = render(&page);
    let main = (!is_deep(&page)).then(|| Readability::from(decoded.text.as_str()).parse().ok()).flatten();
    let main = main.map(|article| render(&Document::from(article.content)));
    let text = main.and_then(|main| between(&whole, &main)).unwrap_or(whole);
    Ok(RawText {
        text,
        media_type: Format::Html.media_type().into(),
        encoding: Some(decoded.encoding),
        pages: None,
        method: Method::Html,
        warnings: decoded.warnings,
    })
}

/// True for a page nested deeper than people nest them: finding its main part would take minutes.
fn is_deep(page: &Document) -> bool {
    let mut open = vec![(page.root(), 0)];
    while let Some((node, depth)) = open.pop() {
        if depth > MAX_DEPTH {
            return true;
        }
        open.extend(node.children_it(false).map(|child| (child, depth + 1)));
    }
    false
}

/// The encoding that the page declares in its first kilobyte, as browsers read it.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: Vec<u8> = bytes.iter().take(1024).map(u8::to_ascii_lowercase).collect();
    let at = memchr::memmem::find(&head, b"charset")? + "charset".len();
    let rest = head[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let length = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':'))).unwrap_or(rest.len());
    Encoding::for_label(&rest[..length])
}

/// The lines of the page from the first to the last one of its main text; `None` when that is less than half of it.
fn between(whole: &str, main: &str) -> Option<String> {
    let lines: Vec<&str> = whole.lines().collect();
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, line) in lines.iter().enumerate().filter(|(_, line)| line.len() > 1) {
        places.entry(line).or_default().push(place);
    }
    let kept: HashSet<&str> = main.lines().filter(|line| line.len() > 1).collect();
    // Only lines that occur once can be told from a menu that repeats the title.
    let anchors = kept.iter().filter_map(|line| places.get(line)).filter(|places| places.len() == 1).map(|places| places[0]);
    let (mut first, mut last) = anchors.fold((usize::MAX, 0), |(first, last), place| (first.min(place), last.max(place)));
    if first > last {
        return None;
    }
    // Lines that repeat, cell borders and empty lines belong to it as far as they touch it.
    let belongs = |line: &str| line.len() <= 1 || kept.contains(line);
    while first > 0 && belongs(lines[first - 1]) {
        first -= 1;
    }
    while last + 1 < lines.len() && belongs(lines[last + 1]) {
        last += 1;
    }
    let text = lines[first..=last].join("\n").trim_matches('\n').to_owned() + "\n";
    (text.len() * 2 >= whole.len()).then_some(text)
}

/// What is left to do while the tree is walked; a stack in place of recursion, because pages nest as deep as they like.
enum Step<'a> {
    Node(NodeRef<'a>),
    Words(String),
    Line,
    Paragraph,
    /// The border before a row.
    RowStart,
    /// The border after a cell.
    CellEnd,
    /// Inside a grid, paragraphs are lines.
    GridStart,
    GridEnd,
}

fn render(page: &Document) -> String {
    let mut lines = Lines::default();
    let mut in_grid = false;
    let mut opened = 0;
    let mut steps = vec![Step::Node(page.root())];
    while let Some(step) = steps.pop() {
        match step {
            Step::Words(words) => lines.words(&words),
            Step::Line => lines.line(),
            Step::Paragraph if in_grid => lines.line(),
            Step::Paragraph => lines.paragraph(),
            Step::GridStart => in_grid = true,
            Step::GridEnd => in_grid = false,
            Step::RowStart => {
                lines.border(false);
                opened = lines.len();
            }
            Step::CellEnd => {
                let empty = lines.len() == opened;
                lines.border(empty);
                opened = lines.len();
            }
            Step::Node(node) if node.is_text() => lines.words(&node.text()),
            Step::Node(node) => {
                let name = node.node_name().unwrap_or_default();
                match name.as_ref() {
                    "br" => lines.line(),
                    "sup" => match mark_label(&node.text()) {
                        Some(label) => lines.mark(label),
                        None => children(&node, &mut steps),
                    },
                    "pre" => lines.lines(&node.text()),
                    "table" if is_grid(&node) => {
                        steps.extend([Step::Paragraph, Step::GridEnd]);
                        grid(&node, &mut steps);
                        steps.extend([Step::GridStart, Step::Paragraph]);
                    }
                    name if SILENT.contains(&name) || is_hidden(&node) => {}
                    name => {
                        let gap = |steps: &mut Vec<Step<'_>>| {
                            if PARAGRAPHS.contains(&name) {
                                steps.push(Step::Paragraph);
                            } else if BLOCKS.contains(&name) {
                                steps.push(Step::Line);
                            }
                        };
                        gap(&mut steps);
                        children(&node, &mut steps);
                        if name == "li" {
                            steps.extend(label(&node).map(Step::Words));
                        }
                        gap(&mut steps);
                    }
                }
            }
        }
    }
    lines.finish()
}

fn children<'a>(node: &NodeRef<'a>, steps: &mut Vec<Step<'a>>) {
    steps.extend(node.children_it(true).map(Step::Node));
}

fn is_hidden(node: &NodeRef<'_>) -> bool {
    if !node.is_element() {
        return false;
    }
    let style = node.attr("style").map(|style| style.replace(' ', "").to_ascii_lowercase());
    node.has_attr("hidden")
        || style.is_some_and(|style| style.contains("display:none"))
        || node.attr("role").is_some_and(|role| role.as_ref() == "navigation")
}

/// The label that a browser would print before a list item.
fn label(item: &NodeRef<'_>) -> Option<String> {
    let list = item.parent()?;
    if list.has_name("ul") {
        let own = item.text().trim_start().starts_with(['-', '–', '+', '•', '*']);
        return (!own).then(|| "- ".into());
    }
    if !list.has_name("ol") {
        return None;
    }
    let start = list.attr("start").and_then(|start| start.parse::<usize>().ok()).unwrap_or(1);
    let place = list.element_children().iter().filter(|child| child.has_name("li")).position(|child| child.id == item.id)?;
    let number = start.saturating_add(place);
    let letter = (1..=26).contains(&number).then(|| char::from(b'a' + (number - 1) as u8));
    Some(match (list.attr("type").as_deref(), letter) {
        (Some("a"), Some(letter)) => format!("{letter}) "),
        (Some("A"), Some(letter)) => format!("{}. ", letter.to_ascii_uppercase()),
        _ => format!("{number}. "),
    })
}

/// The rows of a table, those of tables inside it left out.
fn rows<'a>(table: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    let mut rows = Vec::new();
    for child in table.element_children() {
        if child.has_name("tr") {
            rows.push(child);
        } else if child.has_name("thead") || child.has_name("tbody") || child.has_name("tfoot") {
            rows.extend(child.element_children().into_iter().filter(|row| row.has_name("tr")));
        }
    }
    rows
}

fn cells_of<'a>(row: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    row.element_children().into_iter().filter(|cell| cell.has_name("td") || cell.has_name("th")).collect()
}

/// True for a table of cells; one that holds tables, or one column only, is a page's scaffolding.
fn is_grid(table: &NodeRef<'_>) -> bool {
    let nested = table.descendants_it().any(|node| node.has_name("table"));
    !nested && rows(table).iter().any(|row| cells_of(row).len() > 1)
}

/// Puts the rows of a table onto the stack, last one first.
fn grid<'a>(table: &NodeRef<'a>, steps: &mut Vec<Step<'a>>) {
    let mut out: Vec<Step<'a>> = table.element_children().into_iter().filter(|child| child.has_name("caption")).map(Step::Node).collect();
    // Rows for which a column is still taken by a cell from above.
    let mut taken: Vec<usize> = Vec::new();
    for row in rows(table) {
        let mut cells = cells_of(&row).into_iter().peekable();
        let mut column = 0;
        if cells.peek().is_none() && taken.iter().all(|&rows| rows == 0) {
            continue;
        }
        out.push(Step::RowStart);
        loop {
            if taken.get(column).is_some_and(|&rows| rows > 0) {
                taken[column] -= 1;
                out.push(Step::CellEnd);
                column += 1;
                continue;
            }
            let Some(cell) = cells.next() else { break };
            let span = |name: &str| cell.attr(name).and_then(|n| n.trim().parse().ok()).unwrap_or(1usize).clamp(1, MAX_SPAN);
            let (wide, high) = (span("colspan"), span("rowspan"));
            taken.resize(taken.len().max(column + wide), 0);
            out.push(Step::Node(cell));
            for slot in &mut taken[column..column + wide] {
                *slot = high - 1;
                out.push(Step::CellEnd);
            }
            column += wide;
        }
    }
    steps.extend(out.into_iter().rev());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(page: &str) -> String {
        decode(page.as_bytes()).unwrap().text
    }

    #[test]
    fn blocks_are_lines_and_marks_are_raised() {
        let text = read("<body><p>Điều 1.  Phạm\n vi<sup>2</sup></p><div>a) Một<br>hai</div><p>H<sub>2</sub>O, 20<sup>o</sup>C</p></body>");
        assert_eq!(text, "Điều 1. Phạm vi²\n\na) Một\nhai\n\nH2O, 20oC\n");
    }

    #[test]
    fn lists_have_the_labels_a_browser_prints() {
        let text = read("<ol start=3><li>ba<li>bốn</ol><ol type=a><li>một</ol><ul><li>sáu<li>- bảy</ul>");
        assert_eq!(text, "3. ba\n4. bốn\n\na) một\n\n- sáu\n- bảy\n");
    }

    #[test]
    fn rows_keep_their_columns() {
        let text = read("<table><tr><th>TT<th>Việc<th>Hạn<tr><td rowspan=2>1<td>a<td>&nbsp;<tr><td colspan=2>b</table>");
        assert_eq!(text, "|\nTT\n|\nViệc\n|\nHạn\n|\n|\n1\n|\na\n|\n\n|\n|\n\n|\nb\n|\n\n|\n");
    }

    #[test]
    fn scaffolding_is_no_table() {
        assert_eq!(read("<table><tr><td><table><tr><td>a<td>b</table><tr><td>c</table>"), "|\na\n|\nb\n|\n\nc\n");
        assert_eq!(read("<table><tr><td>a<tr><td>b</table>"), "a\nb\n");
    }

    #[test]
    fn what_is_not_shown_is_not_read() {
        let text = read(
            "<head><title>t</title></head><nav>menu</nav><p>a<script>x</script></p><p style='display: none'>b</p><select><option>c</select>",
        );
        assert_eq!(text, "a\n");
    }

    #[test]
    fn the_main_part_is_kept_whole() {
        let whole = "menu\n\nTỈNH ỦY\n|\nx\n|\n\nBài viết một\n\nhộp\n\nBài viết hai\n\nTin khác\n";
        let kept = "TỈNH ỦY\n|\nx\n|\n\nBài viết một\n\nhộp\n\nBài viết hai\n";
        assert_eq!(between(whole, "TỈNH ỦY\nBài viết một\n\nBài viết hai\n").as_deref(), Some(kept));
        assert_eq!(between(whole, "hộp\n"), None, "less than half of the page");
        assert_eq!(between(whole, "nothing of it\n"), None);
    }

    #[test]
    fn the_declared_encoding_is_used() {
        let page = "<meta charset='windows-1258'><p>Số 15-CT/TU, ngày 12 tháng 5 n\u{103}m</p>";
        let (bytes, _, _) = encoding_rs::WINDOWS_1258.encode(page);
        let raw = decode(&bytes).unwrap();
        assert_eq!(raw.encoding.as_deref(), Some("windows-1258"));
        assert!(raw.text.contains("năm"), "{}", raw.text);
    }

    proptest::proptest! {
        #[test]
        fn no_page_makes_it_panic(page in "(<(/?)(p|td|tr|table|li|ol|sup|div|br)( rowspan=9| colspan=-1)?>|[a-z ]{0,3}){0,30}") {
            let _ = decode(page.as_bytes());
        }
    }
}
