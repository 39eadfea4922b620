//! A task list as a workbook (XLSX): days are days, the header stays in sight, columns can be filtered.
//!
//! Not here: CSV, which any program reads (see `csv`).

use super::csv::COLUMNS;
use crate::query::view::Tasks;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

/// Width of each column in characters.
const WIDTHS: [f64; 14] = [22.0, 14.0, 11.0, 26.0, 14.0, 8.0, 70.0, 30.0, 30.0, 11.0, 22.0, 20.0, 24.0, 8.0];
/// Columns that hold a day.
const DAYS: [usize; 2] = [2, 9];
/// Longest text of a cell.
const CELL: usize = 32_767;

/// The bytes of a workbook with one sheet: a header, and a row a task. Fails when there are more tasks than a sheet has rows.
pub fn tasks_xlsx(tasks: &Tasks) -> Result<Vec<u8>, String> {
    written(tasks).map_err(|error| error.to_string())
}

fn written(tasks: &Tasks) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let head = Format::new().set_bold();
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let day = Format::new().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Top);
    let sheet = workbook.add_worksheet();
    sheet.set_name("Nhiệm vụ")?;
    for (column, ((name, _), width)) in (0u16..).zip(COLUMNS.iter().zip(WIDTHS)) {
        sheet.write_string_with_format(0, column, *name, &head)?;
        sheet.set_column_width(column, width)?;
    }
    let mut last = 0;
    for (row, item) in (1u32..).zip(&tasks.tasks) {
        for (column, (nth, (_, value))) in (0u16..).zip(COLUMNS.iter().enumerate()) {
            let value = value(item);
            // Days before 1900 are no days for a spreadsheet.
            match DAYS.contains(&nth).then(|| ExcelDateTime::parse_from_str(&value)) {
                Some(Ok(date)) if !value.is_empty() => sheet.write_datetime_with_format(row, column, &date, &day)?,
                // Text stays text: a cell that begins with `=` is no formula here.
                _ => sheet.write_string_with_format(row, column, value.chars().take(CELL).collect::<String>(), &text)?,
            };
        }
        last = row;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, last, WIDTHS.len() as u16 - 1)?;
    workbook.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::tasks_xlsx;
    use crate::export::sample;
    use std::io::{Cursor, Read};

    #[test]
    fn a_workbook_holds_every_task_as_text_and_days_as_days() {
        let bytes = tasks_xlsx(&sample::tasks()).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut part = |name: &str| {
            let mut text = String::new();
            archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            text
        };
        let (sheet, strings) = (part("xl/worksheets/sheet1.xml"), part("xl/sharedStrings.xml"));
        assert_eq!(sheet.matches("<row ").count(), 4);
        // 31/12/2022 is day 44926 of Excel.
        assert!(sheet.contains("<v>44926</v>") && sheet.contains("<autoFilter"), "{sheet}");
        assert!(strings.contains("=1+1") && strings.contains("Ban &lt;A&gt;") && !sheet.contains("<f>"), "{strings}");
    }
}
