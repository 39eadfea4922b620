//! Tab-separated tables with a header line.
//!
//! Lines that begin with `#` are comments (source, date, how to add a row). Empty cells are empty strings.
//! Lists inside a cell are parted by `|`.

use crate::model::{Date, Error, ErrorKind, Stage};

/// One row, read by column name.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    header: &'t [&'t str],
    cells: &'t [&'t str],
    line: usize,
    table: &'t str,
}

impl<'t> Row<'t> {
    /// The cell under `column`; empty where the row is short.
    pub fn get(&self, column: &str) -> &'t str {
        self.header.iter().position(|name| *name == column).and_then(|i| self.cells.get(i)).copied().unwrap_or("").trim()
    }

    /// The parts of a list cell.
    pub fn list(&self, column: &str) -> Vec<String> {
        self.get(column).split('|').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// The cell, or nothing where it is empty.
    pub fn opt(&self, column: &str) -> Option<String> {
        Some(self.get(column)).filter(|cell| !cell.is_empty()).map(str::to_owned)
    }

    /// A date cell (`2025-07-01`), or nothing where it is empty.
    pub fn date(&self, column: &str) -> Result<Option<Date>, Error> {
        match self.get(column) {
            "" => Ok(None),
            cell => cell.parse().map(Some).map_err(|_| self.error(&format!("{column} {cell:?} is no date like 2025-07-01"))),
        }
    }

    /// An error that names table and line.
    pub fn error(&self, what: &str) -> Error {
        Error::new(Stage::Open, ErrorKind::Table(format!("table {} line {}: {what}", self.table, self.line)))
    }
}

/// Reads `text` row by row; `each` turns a row into a value. `table` names it in errors.
pub fn read<T>(table: &str, text: &str, mut each: impl FnMut(&Row<'_>) -> Result<T, Error>) -> Result<Vec<T>, Error> {
    let mut header: Option<Vec<&str>> = None;
    let mut out = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let line = line.trim_end_matches('\r').trim_start_matches('\u{feff}');
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        let Some(header) = &header else {
            header = Some(cells);
            continue;
        };
        if cells.len() > header.len() {
            let row = Row { header, cells: &cells, line: i + 1, table };
            return Err(row.error(&format!("{} cells under {} columns", cells.len(), header.len())));
        }
        out.push(each(&Row { header, cells: &cells, line: i + 1, table })?);
    }
    Ok(out)
}
