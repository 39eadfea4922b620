//! A blind sample that a person has marked.
//!
//! Duty: read the table, count right and wrong by form, with the interval in which the true share lies (Wilson's, at 95 %:
//! it holds for small samples and for shares near 1). Not here: drawing the sample (`sample`), printing.

use super::sample::COLUMNS;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// The normal quantile of a two-sided interval at 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// Marks of one form, or of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Share {
    /// Marked `y`.
    pub right: u64,
    /// Marked `y` or `n`.
    pub judged: u64,
    /// Left empty.
    pub not_judged: u64,
    /// Share of right ones among the judged; nothing when none is judged.
    pub precision: Option<f64>,
    /// The ends of its interval at 95 %.
    pub interval: Option<(f64, f64)>,
}

impl Share {
    fn add(&mut self, mark: Option<bool>) {
        match mark {
            None => self.not_judged += 1,
            Some(right) => {
                self.judged += 1;
                self.right += u64::from(right);
            }
        }
    }

    fn counted(mut self) -> Share {
        if self.judged > 0 {
            self.precision = Some(self.right as f64 / self.judged as f64);
            self.interval = Some(wilson(self.right, self.judged));
        }
        self
    }
}

/// The account of a marked sample.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Marked {
    /// All rows.
    pub all: Share,
    /// Rows by form.
    pub by_form: BTreeMap<String, Share>,
    /// Rows marked `n`: id and line of the table.
    pub wrong: Vec<(String, u64)>,
}

/// Wilson's interval at 95 % for `right` of `judged`, which is not 0.
fn wilson(right: u64, judged: u64) -> (f64, f64) {
    let (n, p) = (judged as f64, right as f64 / judged as f64);
    let middle = p + Z * Z / (2.0 * n);
    let reach = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + Z * Z / n;
    (((middle - reach) / whole).max(0.0), ((middle + reach) / whole).min(1.0))
}

/// Reads a marked table: columns may be in any order or number, `id`, `form` and `right` are needed; fields may be quoted, as
/// spreadsheets do. The message of a failure names the line.
pub fn read(text: &str) -> Result<Marked, String> {
    let text = text.trim_start_matches('\u{feff}');
    let mut table = csv::ReaderBuilder::new().delimiter(b'\t').has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut places: Option<([usize; 3], usize)> = None;
    let mut lines: HashMap<String, u64> = HashMap::new();
    let mut marked = Marked::default();
    let (mut line, mut counted) = (1, 0);
    for record in table.records() {
        let record = record.map_err(|error| error.to_string())?;
        // A record begins behind the line end of the one before, of which the reader has perhaps taken only the half.
        let begin = record.position().map_or(0, |position| position.byte() as usize);
        let begin = begin + text[begin..].len() - text[begin..].trim_start_matches(['\r', '\n']).len();
        line += text[counted..begin].matches('\n').count() as u64;
        counted = begin;
        let Some(([id, form, right], width)) = places else {
            let place = |name: &str| {
                let found = record.iter().position(|column| column.trim() == name);
                found.ok_or_else(|| format!("line {line}: no column `{name}`; the head should be {}, parted by tabs", COLUMNS.join(" ")))
            };
            places = Some(([place("id")?, place("form")?, place("right")?], record.len()));
            continue;
        };
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        if record.len() != width {
            return Err(format!("line {line}: {} columns, the head has {width}", record.len()));
        }
        let field = |at: usize| record.get(at).unwrap_or_default().trim();
        if field(id).is_empty() || field(form).is_empty() {
            return Err(format!("line {line}: id and form must not be empty"));
        }
        if let Some(earlier) = lines.insert(field(id).to_owned(), line) {
            return Err(format!("line {line}: {} stands in line {earlier} already", field(id)));
        }
        let mark = match field(right) {
            "" => None,
            "y" | "Y" => Some(true),
            "n" | "N" => Some(false),
            other => return Err(format!("line {line}: column `right` holds {other:?}; write y, n, or leave it empty")),
        };
        marked.all.add(mark);
        marked.by_form.entry(field(form).to_owned()).or_default().add(mark);
        if mark == Some(false) {
            marked.wrong.push((field(id).to_owned(), line));
        }
    }
    if places.is_none() {
        return Err(format!("line 1: the file is empty; the head should be {}, parted by tabs", COLUMNS.join(" ")));
    }
    marked.all = marked.all.counted();
    marked.by_form.values_mut().for_each(|share| *share = share.counted());
    Ok(marked)
}

#[cfg(test)]
mod tests {
    use super::{Share, read, wilson};

    #[test]
    fn the_interval_is_wilsons() {
        let near = |(low, high): (f64, f64), want: (f64, f64)| (low - want.0).abs() < 5e-4 && (high - want.1).abs() < 5e-4;
        assert!(near(wilson(95, 100), (0.8882, 0.9785)), "{:?}", wilson(95, 100));
        assert!(near(wilson(10, 10), (0.7225, 1.0)), "{:?}", wilson(10, 10));
        assert!(near(wilson(0, 10), (0.0, 0.2775)), "{:?}", wilson(0, 10));
    }

    #[test]
    fn marks_are_counted_by_form() {
        let text = "\u{feff}id\tsentence\tform\tright\r\na\t\"\"\"x\"\" y\"\tfull\ty\r\nb\tz\tfull\tN\r\nc\tz\tshort\t\r\n\t\t\t\r\n";
        let marked = read(text).expect("a sound table");
        assert_eq!((marked.all.right, marked.all.judged, marked.all.not_judged), (1, 2, 1));
        assert_eq!(marked.by_form["short"], Share { not_judged: 1, ..Share::default() });
        assert_eq!(marked.wrong, [("b".to_owned(), 3)]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, want) in [
            ("", "line 1: the file is empty"),
            ("id\tform\na\tfull\n", "line 1: no column `right`"),
            ("id,form,right\n", "line 1: no column `id`"),
            ("id\tform\tright\na\tfull\n", "line 2: 2 columns, the head has 3"),
            ("id\tform\tright\na\tfull\tmaybe\n", "line 2: column `right` holds \"maybe\""),
            ("id\tform\tright\na\tfull\ty\nb\tfull\ty\na\tfull\tn\n", "line 4: a stands in line 2 already"),
            ("id\tform\tright\n\tfull\ty\n", "line 2: id and form"),
        ] {
            let why = read(text).expect_err(text);
            assert!(why.starts_with(want), "{text:?}: {why}");
        }
    }
}
