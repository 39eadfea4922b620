//! Gold records as tables, one fact a line, as a careful reader writes them.
//!
//! Duty: parse the table, and find where its words stand in the paper. Not here: the JSON form (`gold`), judging.
//!
//! Lines are tab-separated: `file NAME`; `meta` kind, number, date, issuer, province, signer, position, first words of
//! the subject; `cite` words, number, kind, date, issuer, form, relation; `cite?` words (judged neither way); `stated`
//! number, relation, number; `task` label, first words, assignees, coordinators, due or recurrence, report_to;
//! `partial tasks`. `-` means that the paper does not tell. Words stand in the order of the text.

use super::gold::{Gold, GoldCitation, GoldTask, Meta};

/// Parses a table; spans are empty until [`locate`] finds them. The message of a failure names the line.
pub fn parse(text: &str) -> Result<Gold, String> {
    let mut gold = Gold::default();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')) {
        let mut fields = line.split('\t').map(str::trim);
        let tag = fields.next().unwrap_or_default();
        let mut next = || fields.next().filter(|field| !field.is_empty() && *field != "-").map(str::to_owned);
        match tag {
            "file" => gold.file = next().ok_or_else(|| format!("line {}: no file name", at + 1))?,
            "meta" => {
                gold.meta = Meta {
                    judged: true,
                    kind: next(),
                    number: next(),
                    date: next(),
                    issuer: next(),
                    province: next(),
                    signer: next(),
                    signer_position: next(),
                    title_starts: next(),
                };
            }
            "cite" | "cite?" => gold.citations.push(GoldCitation {
                start: 0,
                end: 0,
                surface: next().ok_or_else(|| format!("line {}: no words", at + 1))?,
                optional: tag == "cite?",
                number: next(),
                kind: next(),
                date: next(),
                issuer: next(),
                form: next().unwrap_or_else(|| "named".to_owned()),
                relation: next(),
            }),
            "stated" => match (next(), next(), next()) {
                (Some(from), Some(relation), Some(to)) => gold.stated.push((from, relation, to)),
                _ => return Err(format!("line {}: a stated relation has two numbers and a word between", at + 1)),
            },
            "task" => gold.tasks.push(GoldTask {
                label: next().unwrap_or_default(),
                start: 0,
                surface: next().ok_or_else(|| format!("line {}: no words", at + 1))?,
                assignees: several(next()),
                coordinators: several(next()),
                due: next(),
                report_to: next(),
            }),
            "partial" => gold.tasks_partial = true,
            other => return Err(format!("line {}: {other:?} is no kind of line", at + 1)),
        }
    }
    if gold.file.is_empty() {
        return Err("no line names the file".to_owned());
    }
    Ok(gold)
}

fn several(field: Option<String>) -> Vec<String> {
    field.map_or_else(Vec::new, |field| field.split(" ; ").map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect())
}

/// Finds the words of every citation and task in `text` (spans in its bytes), each behind the one before. The message of a
/// failure gives the words that do not stand there.
pub fn locate(gold: &mut Gold, text: &str) -> Result<(), String> {
    let missing = |what: &str, surface: &str| format!("from here on the paper does not hold the {what} {surface:?}");
    let mut from = 0;
    for citation in &mut gold.citations {
        let (start, end) = find(text, from, &citation.surface).ok_or_else(|| missing("citation", &citation.surface))?;
        (citation.start, citation.end) = (start, end);
        citation.surface = text[start..end].to_owned();
        from = end;
    }
    let mut from = 0;
    for task in &mut gold.tasks {
        let (start, _) = find(text, from, &task.surface).ok_or_else(|| missing("task", &task.surface))?;
        task.start = start;
        from = start + text[start..].chars().next().map_or(1, char::len_utf8);
    }
    Ok(())
}

/// The words of `surface`, with any spaces, line breaks, stars, underscores and cell borders between them, and stars inside.
pub(super) fn find(text: &str, from: usize, surface: &str) -> Option<(usize, usize)> {
    let words: Vec<&str> = surface.split_whitespace().collect();
    let (first, rest) = words.split_first()?;
    let gap = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '|');
    memchr::memmem::find_iter(text.as_bytes().get(from..)?, first.as_bytes()).map(|at| from + at).find_map(|start| {
        let mut end = start + first.len();
        for word in rest {
            // A table may keep the stars that open a word.
            let after = text[end..].trim_start_matches(gap);
            end = text.len() - behind(after, word.trim_start_matches(gap))?.len();
        }
        Some((start, end))
    })
}

/// What follows `word` at the beginning of `text`, stars in it passed over ("**25-CT/TW**, ngày").
fn behind<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    word.chars().try_fold(text, |rest, c| rest.strip_prefix(c).or_else(|| rest.trim_start_matches('*').strip_prefix(c)))
}

#[cfg(test)]
mod tests {
    use super::{locate, parse};

    const TABLE: &str = "# about\nfile\ta.md\nmeta\tKH\t1/KH-UBND\t-\t-\ncite\tChỉ **thị số 5-CT/TW\t5-CT/TW\tCT\t-\t-\tshort\timplements\n\
        task\t1\t1. Sở Y tế\tSở Y tế ; Sở Nội vụ\nstated\t1-A/B\tamends\t2-A/B\npartial\ttasks\n";

    #[test]
    fn a_table_becomes_a_record_with_spans() {
        let mut gold = parse(TABLE).expect("a sound table");
        let text = "theo Chỉ\n**thị** số 5-**CT**/TW\n\n1. Sở | Y tế làm";
        assert_eq!(locate(&mut gold, text), Ok(()));
        assert_eq!(&text[gold.citations[0].start..gold.citations[0].end], "Chỉ\n**thị** số 5-**CT**/TW");
        assert_eq!((gold.tasks[0].assignees.len(), text[gold.tasks[0].start..].starts_with("1. Sở")), (2, true));
        assert!(gold.tasks_partial && gold.meta.judged && gold.stated.len() == 1 && gold.meta.date.is_none());
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert!(parse("cite\tx\n").is_err_and(|why| why.contains("file")));
        assert!(parse("file\ta\nnote\tx\n").is_err_and(|why| why.contains("line 2")));
        let mut gold = parse(TABLE).expect("a sound table");
        assert!(locate(&mut gold, "nothing").is_err_and(|why| why.contains("Chỉ **thị số 5-CT/TW")));
    }
}
