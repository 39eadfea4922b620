//! How a document is written, as one cites it.
//!
//! Duty: "Chỉ thị số 38-CT/TW, ngày 21/7/2014 của Bộ Chính trị" from what is known. Not here: JSON, layout.

use super::view::Document;
use crate::model::Date;
use crate::tables::{Tables, fold};

/// What is known of a document.
#[derive(Clone, Copy, Debug, Default)]
pub struct Name<'a> {
    /// Type code.
    pub kind: Option<&'a str>,
    /// Canonical number.
    pub number: Option<&'a str>,
    /// Date of issue.
    pub date: Option<Date>,
    /// Issuing body.
    pub issuer: Option<&'a str>,
    /// Province of a paper below the centre.
    pub province: Option<&'a str>,
    /// Subject.
    pub title: Option<&'a str>,
    /// Readable id, for a document of which nothing else is known.
    pub id: &'a str,
}

impl<'a> From<&'a Document> for Name<'a> {
    fn from(document: &'a Document) -> Self {
        Name {
            kind: document.kind.as_deref(),
            number: document.number.as_deref(),
            date: document.date,
            issuer: document.issuer.as_deref(),
            province: document.province.as_deref(),
            title: document.title.as_deref(),
            id: &document.id,
        }
    }
}

impl Name<'_> {
    /// As one cites it; the subject only where there is no number.
    pub fn cited(self, tables: &Tables) -> String {
        let kind = self.kind.map(|code| tables.kinds.name(code, self.number));
        let mut out = match (kind, self.number) {
            (Some(kind), Some(number)) => format!("{kind} số {number}"),
            (None, Some(number)) => format!("số {number}"),
            (Some(kind), None) => kind.to_owned(),
            (None, None) => String::new(),
        };
        if self.number.is_none()
            && let Some(title) = self.title
        {
            out = format!("{out} {}", shortened(title)).trim_start().to_owned();
        }
        if let Some(date) = self.date {
            out.push_str(if out.is_empty() { "" } else { ", " });
            out.push_str(&format!("ngày {}", day(date)));
        }
        if let Some(body) = self.body()
            && !out.is_empty()
        {
            out.push_str(&format!(" của {body}"));
        }
        if out.is_empty() { self.id.to_owned() } else { out }
    }

    /// The issuer, with the province where the name does not hold it.
    fn body(self) -> Option<String> {
        let issuer = self.issuer?;
        match self.province {
            Some(province) if !fold::bare(issuer).contains(&fold::bare(province)) => {
                // "Tỉnh ủy" + "Hà Nam", but "Huyện ủy Lam Thượng" + ", Sông Lam": a place of its own goes before.
                let placed = issuer.split(' ').skip(1).last().is_some_and(|word| word.starts_with(char::is_uppercase));
                Some(if placed { format!("{issuer}, {province}") } else { format!("{issuer} {province}") })
            }
            _ => Some(issuer.to_owned()),
        }
    }
}

/// The first words of a long subject.
fn shortened(title: &str) -> String {
    const WORDS: usize = 14;
    let words: Vec<&str> = title.split_whitespace().collect();
    if words.len() <= WORDS + 2 { words.join(" ") } else { format!("{} …", words[..WORDS].join(" ")) }
}

/// A day as official papers write it (NĐ 30/2020, Phụ lục I): a zero before days under 10 and before January and February.
pub fn day(date: Date) -> String {
    let month = date.month();
    if month < 3 { format!("{:02}/{month:02}/{}", date.day(), date.year()) } else { format!("{:02}/{month}/{}", date.day(), date.year()) }
}

/// Reads a day as people write it: `2020-01-31` or `31/1/2020`.
pub fn read_day(word: &str) -> Option<Date> {
    let day_first = || {
        let mut parts = word.split(['/', '.']).map(str::trim);
        let (day, month, year) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        parts.next().is_none().then_some(())?;
        (year >= 1900).then_some(())?;
        Date::new(year, month, day).ok()
    };
    word.parse().ok().or_else(day_first)
}

#[cfg(test)]
mod tests {
    use super::{Name, day};
    use crate::model::Date;
    use crate::tables::Tables;

    #[test]
    fn a_document_is_written_as_one_cites_it() {
        let tables = Tables::builtin();
        let date = Date::new(2014, 7, 21).ok();
        let name = Name { kind: Some("CT"), number: Some("38-CT/TW"), date, issuer: Some("Bộ Chính trị"), ..Name::default() };
        assert_eq!(name.cited(&tables), "Chỉ thị số 38-CT/TW, ngày 21/7/2014 của Bộ Chính trị");
        let short =
            Name { kind: Some("XX"), number: Some("5-XX/TU"), issuer: Some("Tỉnh ủy"), province: Some("Hà Nam"), ..Name::default() };
        assert_eq!(short.cited(&tables), "XX số 5-XX/TU của Tỉnh ủy Hà Nam");
        let nameless = Name { kind: Some("KH"), title: Some("tuyên truyền"), ..Name::default() };
        assert_eq!(nameless.cited(&tables), "Kế hoạch tuyên truyền");
        assert_eq!(Name { id: "vb-1", ..Name::default() }.cited(&tables), "vb-1");
    }

    #[test]
    fn days_are_written_as_official_papers_do() {
        let written = |y, m, d| day(Date::new(y, m, d).expect("a day of the calendar"));
        assert_eq!([written(2022, 1, 5), written(2022, 3, 24), written(2022, 10, 7)], ["05/01/2022", "24/3/2022", "07/10/2022"]);
    }
}
