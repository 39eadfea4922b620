//! The letterhead: which first lines belong to it, and where the type word stands.
//!
//! Party (HD 36-HD/VPTW) and state (NĐ 30/2020, Phụ lục I) letterheads, in one column or two, as a table, merged on
//! one line, in any order, or absent.

use super::words;
use crate::model::Span;
use crate::tables::{Tables, fold};

/// Where the letterhead ends and the title begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// Lines of the letterhead.
    pub(super) lines: Vec<usize>,
    /// Line and span of the type word.
    pub(super) type_word: Option<(usize, Span)>,
    /// Lines of the subject.
    pub(super) title: Vec<Span>,
    /// Index of the first line of the body.
    pub(super) body: usize,
}

/// Lines of a text with their spans.
pub(super) type Lines<'t> = [(Span, &'t str)];

/// A letterhead, with what portals put before it, has at most this many lines.
const SEARCH: usize = 40;
/// Lines that the bodies of a joint paper take below its type word, and the day.
const LINES_OF_NAME: usize = 5;
/// Characters of a line that is no part of a subject.
const LONG_LINE: usize = 160;
/// Characters of the label of an annex that stands alone.
const LONG_LABEL: usize = 40;
/// A subject has at most this many lines.
const TITLE_LINES: usize = 8;

/// Reads the head of a paper from line `from` on.
pub(super) fn read(tables: &Tables, lines: &Lines<'_>, from: usize) -> Head {
    let mut head = Head { body: from, ..Head::default() };
    let filled = |from: usize| (from..lines.len()).find(|i| !lines[*i].1.trim().is_empty());
    if let Some(head) = annex_alone(tables, lines, from).or_else(|| super::headless::read(tables, lines, from)) {
        return head;
    }
    // A collection puts a heading of kind and number before the name.
    let named = |i: &usize| super::headline::read(tables, lines[*i].1).is_some();
    let headed = filled(from).filter(|i| super::parts::heading(tables, lines[*i].1.trim()).is_some());
    if let Some(first) = headed.and_then(|i| filled(i + 1).filter(named)).or_else(|| filled(from))
        && let Some((word, subject)) = super::headline::read(tables, lines[first].1)
        && !lines[first + 1..]
            .iter()
            .take(SEARCH)
            .any(|(_, line)| words::is_number_line(line.trim()) || words::is_motto(tables, line.trim()))
    {
        let (span, line) = lines[first];
        let start = span.start + (line.len() - line.trim_start().len());
        head.type_word = Some((first, Span::new(start, start + word)));
        head.title.push(Span::new(start + subject, span.start + line.trim_end().len()));
        head.body = first + 1;
        return head;
    }
    let limit = lines.len().min(from + 5 * SEARCH);
    let mut letter_subject = None;
    for (i, (span, line)) in lines.iter().enumerate().take(limit).skip(from) {
        let words = line.trim();
        if words.is_empty() || words == "|" || words == "---" {
            continue;
        }
        if head.lines.len() >= SEARCH {
            break;
        }
        // "V/v điều chỉnh phụ lục" above "Công văn số 2085/QLCL": the subject goes on.
        let of_subject = letter_subject.is_some_and(|at| at + 1 == i);
        let small = || small_type_word(tables, words).filter(|_| !head.lines.is_empty() && !of_subject);
        if let Some(length) = type_word(tables, words).or_else(small) {
            let start = span.start + (line.len() - line.trim_start().len());
            head.type_word = Some((i, Span::new(start, start + length)));
            break;
        }
        // "Về việc góp ý …" under the number: some offices write it out.
        let numbered = || head.lines.iter().any(|i| words::is_number_line(lines[*i].1.trim()));
        if words.starts_with("V/v") || words.starts_with("v/v") || words.starts_with("Về việc ") && numbered() {
            letter_subject = Some(i);
        }
        if words::is_head_line(tables, words) || letter_subject == Some(i) {
            head.lines.push(i);
            continue;
        }
        // The first line of running text ends the letterhead, and so does the first heading.
        if words.starts_with("Nơi nhận") || heads_text(words) {
            break;
        }
        if words.starts_with("Kính gửi") || words.chars().count() > 120 || words.starts_with("Căn cứ") {
            break;
        }
        head.lines.push(i);
    }
    match head.type_word {
        Some((at, span)) => title(tables, lines, at, span, &mut head),
        None => {
            let known = head.lines.iter().rposition(|i| words::is_head_line(tables, lines[*i].1.trim()));
            match letter_subject {
                Some(at) => {
                    head.title.push(lines[at].0);
                    let mut next = at + 1;
                    let mut subject = vec![at];
                    // The place line of the right column may stand between two lines of the left one.
                    let small = |at: usize| lines.get(at).is_some_and(|(_, line)| line.trim().starts_with(char::is_lowercase));
                    let place = |at: usize| words::is_place_line(lines[at].1.trim()) && small(at + 1);
                    while next < limit && next <= at + 4 && (place(next) || goes_on(tables, lines[next].1)) {
                        if !place(next) {
                            head.title.push(lines[next].0);
                            subject.push(next);
                        }
                        next += 1;
                    }
                    let last = known.map_or(at, |k| head.lines[k]).max(next - 1);
                    head.lines.retain(|i| *i <= last && !subject.contains(i));
                    head.body = last + 1;
                }
                None => {
                    let keep = known.map_or(0, |k| k + 1);
                    head.lines.truncate(keep);
                    head.body = head.lines.last().map_or(from, |i| i + 1);
                }
            }
        }
    }
    head
}

/// "V. TỔ CHỨC THỰC HIỆN", "Điều 2. …", "Chương I": no line of a letterhead.
fn heads_text(words: &str) -> bool {
    use crate::text::label::LabelClass::{Article, Chapter, Part, Roman, Section};
    crate::text::label::label(words).is_some_and(|label| matches!(label.class, Article | Chapter | Part | Roman | Section))
}

/// A line that continues a letter's subject.
fn goes_on(tables: &Tables, line: &str) -> bool {
    let words = line.trim();
    !words.is_empty()
        && words != "|"
        && words != "---"
        && words.chars().count() < 80
        && !words::is_head_line(tables, words)
        && !words.starts_with("Kính gửi")
}

/// Length in bytes of the type word that `words` begin with, in capitals: "CHỈ THỊ", "KẾT LUẬN CỦA BỘ CHÍNH TRỊ".
pub(super) fn type_word(tables: &Tables, words: &str) -> Option<usize> {
    let small = words.find(|c: char| c.is_lowercase()).unwrap_or(words.len());
    // The capital right before the first small letter begins the next word ("BÁO CÁOKết quả").
    let caps = if small < words.len() {
        words[..small].char_indices().next_back().filter(|(_, c)| c.is_uppercase()).map_or(small, |(i, _)| i)
    } else {
        small
    };
    // "THÔNG TƯ1": the mark of a footnote.
    let head = words[..caps].trim_end().trim_end_matches(|c: char| c.is_ascii_digit() || "¹²³".contains(c));
    if head == "LUẬT" && head.len() == words.trim_end_matches(|c: char| c.is_ascii_digit()).len() {
        return Some(head.len());
    }
    if head.chars().count() < 5 {
        return None;
    }
    if head.chars().count() <= 24 && head.len() == words.len() && tables.kinds.by_bare_name(head).is_some() {
        return Some(head.len());
    }
    let mut best = None;
    for (end, _) in head.match_indices(' ').chain([(head.len(), "")]) {
        if tables.kinds.by_name(&head[..end]).is_some_and(|kind| kind.name.len() >= 5) {
            best = Some(end);
        }
        if end > 40 {
            break;
        }
    }
    let best = best?;
    let rest = head[best..].trim();
    // "NGHỊ QUYẾT ĐẠI HỘI …" goes on in capitals: still a title. "KẾ HOẠCH TÀI CHÍNH" as an issuer line does not occur.
    let bare = rest.is_empty()
        || rest.starts_with("CỦA ")
        || rest.starts_with("VỀ ")
        || rest.starts_with('-')
        || rest.starts_with(':')
        || caps < words.len();
    (bare || best == head.len() || rest.chars().count() > 3).then_some(best)
}

/// The same in small letters, as fonts without capitals leave it ("quyết định của bộ trưởng …"): a short line.
fn small_type_word(tables: &Tables, words: &str) -> Option<usize> {
    if words.chars().count() > 60 || words.ends_with(['.', ';', ',', ':']) {
        return None;
    }
    let ends = words.match_indices(' ').map(|(i, _)| i).chain([words.len()]).take(4);
    let (end, _) = ends
        .filter_map(|end| tables.kinds.by_name(&words[..end]).filter(|kind| kind.name.chars().count() >= 5).map(|k| (end, k)))
        .last()?;
    let rest = words[end..].trim();
    let lower = rest.to_lowercase();
    (rest.is_empty() || lower.starts_with("của ") || lower.starts_with("số ")).then_some(end)
}

/// Collects the lines of the subject after the type word at line `at`.
fn title(tables: &Tables, lines: &Lines<'_>, at: usize, word: Span, head: &mut Head) {
    let (span, line) = lines[at];
    let rest_start = word.end + (line[word.end - span.start..].len() - line[word.end - span.start..].trim_start_matches([' ', ':']).len());
    let rest = &line[rest_start - span.start..];
    let mut next = at + 1;
    let of_body = rest.starts_with("CỦA ") || rest.starts_with("của ") || rest.starts_with("số ");
    let mark = rest.trim().chars().all(|c| c.is_ascii_digit() || "¹²³".contains(c));
    // "THÔNG TƯ HƯỚNG DẪN" above "Về việc: Triển khai …": the subject is what the next line says.
    let below = lines[next..].iter().map(|(_, line)| line.trim()).find(|line| !line.is_empty());
    let verb = rest.trim().split(' ').count() <= 2 && below.is_some_and(|line| line.starts_with("Về việc") || line.starts_with("V/v"));
    if !mark && !of_body && !verb {
        head.title.push(Span::new(rest_start, span.end));
    }
    let mut had_rule = false;
    while next < lines.len() && head.title.len() < TITLE_LINES {
        let words = lines[next].1.trim();
        if words.is_empty() {
            next += 1;
            continue;
        }
        if words == "---" || words == "|" {
            if head.title.is_empty() && !had_rule {
                had_rule = true;
                next += 1;
                continue;
            }
            break;
        }
        let below = lines[next + 1..].iter().map(|(_, line)| line.trim()).find(|line| !line.is_empty());
        if ends_title(tables, words, below, head, lines) {
            break;
        }
        // "CỦA BAN THƯỜNG VỤ TỈNH ỦY" below the type word tells the issuer.
        if (words.starts_with("CỦA ") || words.starts_with("của ")) && head.title.is_empty() {
            head.lines.push(next);
            // "của Ban Thường vụ Tỉnh ủy về công viên": the subject on the same line.
            if let Some(about) = [" về ", " VỀ "].iter().find_map(|about| words.find(about)) {
                let (span, line) = lines[next];
                let start = span.start + (line.len() - line.trim_start().len()) + about + 1;
                head.title.push(Span::new(start, span.end));
            }
            next += 1;
            continue;
        }
        // "HỘI NGHỊ LẦN THỨ MƯỜI BAN CHẤP HÀNH ĐẢNG BỘ TỈNH" below the type word tells who resolved, where the subject goes on with "về".
        if head.title.is_empty() && words.starts_with("HỘI NGHỊ ") {
            let line = |i: &usize| lines.get(next + i).map_or("", |(_, line)| line.trim());
            let caps = |line: &str| !line.chars().any(char::is_lowercase);
            let subject = (1..LINES_OF_NAME).find(|i| !caps(line(i))).filter(|i| line(i).starts_with("về ") || line(i).starts_with("Về "));
            if let Some(lines_of_name) = subject {
                head.lines.extend(next..next + lines_of_name);
                next += lines_of_name;
                continue;
            }
        }
        // "LIÊN TỊCH CỦA BỘ TÀI CHÍNH - TỔNG CỤC" + "HẢI QUAN SỐ 176/1998/TTLT-BTC-TCHQ" + "NGÀY …": up to the day.
        if head.title.is_empty()
            && words.starts_with("LIÊN TỊCH CỦA ")
            && let Some(lines_of_name) =
                (1..LINES_OF_NAME).find(|i| lines.get(next + i).is_some_and(|(_, line)| words::behind_day(line.trim()).is_some()))
        {
            head.lines.extend(next..next + lines_of_name);
            next += lines_of_name;
            continue;
        }
        // "NGÀY 25 THÁNG 6 NĂM 2004 VỀ VIỆC …": the day, and the subject behind it.
        if head.title.is_empty()
            && let Some(behind) = words::behind_day(words)
        {
            head.lines.push(next);
            if !words[behind..].is_empty() {
                let (span, line) = lines[next];
                let start = span.start + (line.len() - line.trim_start().len()) + behind;
                head.title.push(Span::new(start, span.end));
            }
            next += 1;
            continue;
        }
        // Number or place line between type word and subject (converted papers). A subject in capitals may break before the
        // number of a paper that it cites: "… LUẬT THUẾ" + "SỐ 04/1998/QH10 NGÀY …".
        let day = words.contains(" NGÀY ") || words.starts_with("NGÀY ");
        let cited = !head.title.is_empty() && !words.chars().any(char::is_lowercase) && day;
        if !cited && (words::is_number_line(words) && words.starts_with(char::is_uppercase) || words::is_place_line(words)) {
            head.lines.push(next);
            next += 1;
            continue;
        }
        if is_attached(tables, words) {
            break;
        }
        head.title.push(lines[next].0);
        next += 1;
        if words.ends_with("./.") {
            break;
        }
    }
    while next < lines.len() && matches!(lines[next].1.trim(), "---" | "") {
        next += 1;
    }
    head.body = next;
}

/// True for the line below the subject of what is issued with another paper: "(Kèm theo Nghị định số …".
fn is_attached(tables: &Tables, words: &str) -> bool {
    tables.forms("attached_line").iter().any(|begin| words.starts_with(begin.as_str()))
}

/// An annex in a file of its own: "Phụ lục II", its subject, and the paper that it belongs to in brackets. It has no letterhead.
fn annex_alone(tables: &Tables, lines: &Lines<'_>, from: usize) -> Option<Head> {
    let filled = |from: usize| (from..lines.len()).filter(|i| !lines[*i].1.trim().is_empty());
    let first = filled(from).next()?;
    let named = lines[first].1.trim();
    if named.chars().count() > LONG_LABEL || !tables.forms("annex").iter().any(|word| named.starts_with(word.as_str())) {
        return None;
    }
    let below = || filled(first + 1).take(TITLE_LINES);
    let body = below().find(|i| is_attached(tables, lines[*i].1.trim()))?;
    let headed =
        below().take_while(|i| *i < body).any(|i| words::is_motto(tables, lines[i].1.trim()) || words::is_number_line(lines[i].1.trim()));
    let title = below().take_while(|i| *i < body).map(|i| lines[i].0).collect();
    (!headed).then(|| Head { lines: vec![first], title, body, ..Head::default() })
}

/// True when `words` are the first line after the subject; `below` is the next one.
fn ends_title(tables: &Tables, words: &str, below: Option<&str>, head: &Head, lines: &Lines<'_>) -> bool {
    let begins = |words: &str| {
        let stops = tables.forms("title_stop").iter();
        stops.map(String::as_str).any(|w| words.strip_prefix(w).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
    };
    if begins(words) {
        // "Thực hiện Chỉ thị số …" below the type word is the subject where the text begins as texts do on the next line.
        let founds = tables.forms("basis").iter().any(|head| words.starts_with(head.as_str())) || words.starts_with("Kính gửi");
        let open = !words.ends_with(['.', ';', ':', ',']) && words.chars().count() < 400;
        // It ends nowhere, and a paragraph that does end goes before the text: "… như sau:".
        let ends = |below: &str| below.ends_with(['.', ';', ':']) && below.chars().count() > LONG_LINE;
        // "Thực hiện công tác bầu cử …" over short lines that end nowhere is no paragraph, whatever stands below it.
        let carried = fold::lower(words);
        let carried = tables.forms("carried").iter().any(|head| carried.starts_with(head.as_str()));
        let follows = |below: &str| begins(below) || ends(below) || carried && is_short(lines, words);
        return founds || !open || !head.title.is_empty() || !below.is_some_and(follows);
    }
    if let Some(label) = crate::text::label::label(words) {
        return !matches!(label.class, crate::text::label::LabelClass::Decimal(_))
            || head.title.is_empty()
            || words.chars().any(char::is_lowercase);
    }
    let Some(first) = head.title.first() else {
        return words.chars().count() > 400;
    };
    let first_caps = !first_words(lines, *first).chars().any(char::is_lowercase);
    let caps = !words.chars().any(char::is_lowercase);
    if (caps && words::issuer_line(tables, words)) || tables.issuers.by_name(words).is_some() {
        return true;
    }
    if words.ends_with(':') && caps {
        return true;
    }
    if first_caps {
        // Capitals go on in capitals, or in "tại phiên họp ngày 12/3/2026 về …".
        let sentence = words.ends_with(['.', ';', ':']) || words.chars().count() > 250;
        !caps && (words.starts_with(char::is_uppercase) || words.chars().count() > 100 && sentence)
    } else {
        caps || words.ends_with(['.', ';', ':'])
            // A long line in small letters goes on with the subject above: "của Ban Thường vụ Tỉnh ủy khóa XIX về tăng cường …".
            || words.chars().count() > LONG_LINE && !words.starts_with(char::is_lowercase)
            || (words.starts_with(char::is_uppercase) && words.chars().count() > 60)
    }
}

/// True for a line that, with those below it that go on in small letters, is short and ends nowhere.
fn is_short(lines: &Lines<'_>, words: &str) -> bool {
    let mut rest = lines.iter().map(|(_, line)| line.trim()).skip_while(|line| *line != words).filter(|line| !line.is_empty());
    let first = rest.next().unwrap_or_default();
    let whole: Vec<&str> = std::iter::once(first).chain(rest.take_while(|line| line.starts_with(char::is_lowercase))).collect();
    let length: usize = whole.iter().map(|line| line.chars().count()).sum();
    length <= LONG_LINE && !whole[whole.len() - 1].ends_with(['.', ';', ':', ','])
}

fn first_words<'t>(lines: &Lines<'t>, span: Span) -> &'t str {
    lines.iter().find(|(s, _)| s.contains(span)).map_or("", |(s, line)| &line[span.start - s.start..span.end - s.start])
}
