//! iCalendar (RFC 5545) of a task list: each due day is a whole-day event.
//!
//! Tasks without a due day are left out. Not here: the clock; the caller says when the file is made.

use crate::model::Date;
use crate::query::view::{TaskItem, Tasks};

/// Octets that a line may have before it is folded.
const LINE: usize = 75;
/// Characters of a task in the summary.
const SUMMARY: usize = 90;

/// A calendar; `stamp` is the moment of making in UTC, as `20261122T130000Z`.
pub fn tasks_ics(tasks: &Tasks, stamp: &str) -> String {
    let mut out = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//vanban//tasks//VI", "CALSCALE:GREGORIAN"] {
        push(&mut out, line);
    }
    for item in &tasks.tasks {
        if let Some(day) = item.task.due.as_ref().and_then(|due| due.date) {
            event(&mut out, item, day, stamp);
        }
    }
    push(&mut out, "END:VCALENDAR");
    out
}

fn event(out: &mut String, item: &TaskItem, day: Date, stamp: &str) {
    let compact = |day: Date| day.strftime("%Y%m%d").to_string();
    let task = &item.task;
    let number = item.document.number.as_deref().unwrap_or(&item.document.id);
    let mut about = vec![task.text.clone()];
    let mut add = |name: &str, bodies: &[String]| {
        if !bodies.is_empty() {
            about.push(format!("{name}: {}", bodies.join("; ")));
        }
    };
    add("Chủ trì", &task.assignees);
    add("Phối hợp", &task.coordinators);
    add("Báo cáo", task.report_to.as_slice());
    push(out, "BEGIN:VEVENT");
    push(out, &format!("UID:{}-{}@vanban", item.document.id, task.span.start));
    push(out, &format!("DTSTAMP:{stamp}"));
    push(out, &format!("DTSTART;VALUE=DATE:{}", compact(day)));
    // The last day of the calendar has no day after it; the event then has none either.
    if let Ok(next) = day.tomorrow() {
        push(out, &format!("DTEND;VALUE=DATE:{}", compact(next)));
    }
    push(out, &format!("SUMMARY:{}", escaped(&format!("{number}: {}", super::short(&task.text, SUMMARY)))));
    push(out, &format!("DESCRIPTION:{}", escaped(&about.join("\n"))));
    push(out, "TRANSP:TRANSPARENT");
    push(out, "END:VEVENT");
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace("\r\n", "\\n").replace(['\n', '\r'], "\\n")
}

/// Adds a line, folded at 75 octets between characters.
fn push(out: &mut String, line: &str) {
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::tasks_ics;
    use crate::export::sample;

    #[test]
    fn due_days_become_events_in_short_lines() {
        let text = tasks_ics(&sample::tasks(), "20261122T130000Z");
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 2);
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        let joined = text.replace("\r\n ", "");
        assert!(joined.contains("DTSTART;VALUE=DATE:20221231\r\nDTEND;VALUE=DATE:20230101\r\n"), "{joined}");
        assert!(joined.contains("Tham mưu\\, chỉ đạo\\; kiểm tra") && joined.contains("\\nhằng quý"), "{joined}");
        assert!(joined.contains("UID:5-kh-tu-2022-10@vanban\r\n"), "{joined}");
    }
}
