//! The official name of a paper as the first line of a text without letterhead: "Nghị định số 91/2015/NĐ-CP về đầu tư vốn".
//!
//! Portals and collections put it there. A sentence that begins with a citation ("Chỉ thị số 38-CT/TW đã nêu rõ …") is none:
//! behind number, date and issuer a name goes on with its subject.

use crate::tables::Tables;

/// A name is at most this long, in bytes.
const LONGEST: usize = 1200;

/// Length of the type word, and where the subject begins, both in bytes of the trimmed line.
pub(super) fn read(tables: &Tables, line: &str) -> Option<(usize, usize)> {
    let line = line.trim();
    if line.len() > LONGEST || line.ends_with([';', ':']) || !line.starts_with(char::is_uppercase) {
        return None;
    }
    let ends = line.match_indices(' ').map(|(i, _)| i).take(4);
    let word = ends.filter(|end| tables.kinds.by_name(&line[..*end]).is_some()).last()?;
    let rest = line[word..].trim_start();
    let rest = rest.strip_prefix("số").map_or(rest, |rest| rest.trim_start_matches([':', ' ']));
    let number = rest.split(' ').next().unwrap_or(rest).trim_end_matches(',');
    let symbol = number.starts_with(|c: char| c.is_ascii_digit()) && number.contains(['/', '-']) && number.contains(char::is_uppercase);
    if !symbol {
        return None;
    }
    let rest = after_issuer(after_date(rest[number.len()..].trim_start_matches([',', ' '])));
    let opens = rest.starts_with(char::is_uppercase)
        || tables
            .forms("title_lead")
            .iter()
            .any(|lead| rest.strip_prefix(lead.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)));
    // One sentence: a name has no full stop before its end.
    let full_stop = |at: usize| rest[..at].rsplit(' ').next().is_some_and(|word| word.chars().count() > 3);
    let one = !rest.match_indices(". ").any(|(at, _)| full_stop(at) && rest[at + 2..].starts_with(char::is_uppercase));
    (opens && one).then_some((word, line.len() - rest.len()))
}

/// Leaves out "ngày 10 tháng 7 năm 2024", "ngày 10/7/2024".
fn after_date(rest: &str) -> &str {
    let Some(date) = rest.strip_prefix("ngày ") else { return rest };
    let figures = |c: char| c.is_ascii_digit() || matches!(c, '/' | '-' | '.' | ' ' | ',');
    let mut date = date.trim_start_matches(figures);
    for word in ["tháng", "năm"] {
        date = date.strip_prefix(word).map_or(date, |rest| rest.trim_start_matches(figures));
    }
    date
}

/// Leaves out "của Chính phủ", up to the word that opens the subject.
fn after_issuer(rest: &str) -> &str {
    if !rest.starts_with("của ") {
        return rest;
    }
    let leads = [" về ", " quy định ", " ban hành ", " hướng dẫn ", " sửa đổi", " phê duyệt ", " bãi bỏ "];
    leads.iter().filter_map(|lead| rest.find(lead)).min().filter(|at| *at < 160).map_or(rest, |at| &rest[at + 1..])
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::tables::Tables;

    #[test]
    fn names_are_told_from_sentences() {
        let tables = Tables::builtin();
        for (line, subject) in [
            ("Nghị định số 91/2015/NĐ-CP Về đầu tư vốn", Some("Về đầu tư vốn")),
            (
                "Thông tư số 2/2019/TT-BKHĐT ngày 08/01/2019 của Bộ Kế hoạch và Đầu tư sửa đổi, bổ sung Thông tư số 20/2015/TT-BKHĐT",
                Some("sửa đổi, bổ sung Thông tư số 20/2015/TT-BKHĐT"),
            ),
            ("Chỉ thị số 38-CT/TW đã nêu rõ nhiệm vụ", None),
            ("Nghị quyết này có hiệu lực", None),
            ("Chỉ thị số 38-CT/TW về cây xanh. Các cấp ủy đã làm tốt.", None),
        ] {
            assert_eq!(read(&tables, line).map(|(_, at)| &line[at..]), subject, "{line}");
        }
    }
}
