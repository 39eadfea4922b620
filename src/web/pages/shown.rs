//! Documents, mentions and quotations as the templates show them.
//!
//! Duty: names, links, the sentence with the mention marked, and the text to copy: the sentence with its reference in the official
//! form. Not here: finding them.

use crate::model::Date;
use crate::query::naming::{Name, day};
use crate::query::view::{Citation, Document};
use crate::resolve::Certainty;
use crate::tables::Tables;
use crate::web::asked::Asked;
use crate::web::words::Lang;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Characters kept on either side of the mention in a long sentence.
const AROUND: usize = 220;

const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A document.
#[derive(Clone, Debug)]
pub(super) struct Doc {
    pub(super) id: String,
    /// As one cites it.
    pub(super) name: String,
    /// Subject, where the name does not hold it.
    pub(super) title: String,
    /// Its page.
    pub(super) href: String,
    pub(super) held: bool,
    /// Level, as a key of the words.
    pub(super) level: &'static str,
}

impl Doc {
    pub(super) fn of(document: &Document, tables: &Tables) -> Doc {
        Doc {
            name: Name::from(document).cited(tables),
            title: document.title.clone().filter(|_| document.number.is_some()).unwrap_or_default(),
            href: href(&document.id),
            id: document.id.clone(),
            held: document.held,
            level: level_key(document.level.map(crate::model::Level::as_str)),
        }
    }

    /// The whole reference: name and subject.
    pub(super) fn reference(&self) -> String {
        if self.title.is_empty() { self.name.clone() } else { format!("{} {}", self.name, lower_first(&self.title)) }
    }
}

/// The page of a document.
pub(super) fn href(id: &str) -> String {
    format!("/documents/{}", utf8_percent_encode(id, SEGMENT))
}

/// Key of a level's word.
pub(super) fn level_key(level: Option<&str>) -> &'static str {
    match level {
        Some("central") => "level.central",
        Some("province") => "level.province",
        Some("district") => "level.district",
        Some("commune") => "level.commune",
        _ => "level.unknown",
    }
}

/// "Về tăng cường …" goes on in lower case after a name.
fn lower_first(title: &str) -> String {
    let mut words = title.splitn(2, ' ');
    match words.next() {
        Some(first @ ("Về" | "V/v")) => format!("{} {}", first.to_lowercase(), words.next().unwrap_or_default()),
        _ => title.to_owned(),
    }
}

/// A day as people of the language read it.
pub(super) fn day_of(date: Date) -> String {
    day(date)
}

/// A moment of the store (UTC, ISO 8601) as people read it, to the minute.
pub(super) fn moment(at: &str) -> String {
    let day = at.get(..10).and_then(|day| day.parse::<Date>().ok());
    match (day, at.get(11..16)) {
        (Some(day), Some(time)) => format!("{} {time}", day_of(day)),
        _ => at.to_owned(),
    }
}

/// A sentence with the words that it is shown for.
#[derive(Clone, Debug)]
pub(super) struct Quote {
    pub(super) before: String,
    pub(super) mark: String,
    pub(super) after: String,
    /// The quotation with its reference, to be pasted elsewhere.
    pub(super) copy: String,
}

/// One mention.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) id: String,
    /// The citing paper.
    pub(super) citing: Doc,
    pub(super) quote: Quote,
    /// Keys of words.
    pub(super) relation: String,
    pub(super) certainty: &'static str,
    pub(super) sure: String,
    pub(super) form: String,
    pub(super) section: String,
    pub(super) locator: String,
    /// Why it means what it means, in the language.
    pub(super) why: String,
    /// Where it stands: page and place.
    pub(super) place: String,
}

impl Mention {
    pub(super) fn of(citation: &Citation, tables: &Tables, lang: Lang) -> Mention {
        let citing = Doc::of(&citation.document, tables);
        let section = citation.section.clone().unwrap_or_default();
        Mention {
            quote: quote(&citation.sentence, &citation.text, Some(citation.sentence_at), &section, &citing),
            relation: format!("relation.{}", citation.relation.as_str()),
            certainty: certainty(citation.certainty),
            sure: format!("certainty.{}", certainty(citation.certainty)),
            form: format!("form.{}", citation.form),
            locator: citation.locator.clone().unwrap_or_default(),
            why: lang.told(&citation.why),
            place: format!("{}?at={}#{}", citing.href, citation.id, citation.id),
            id: citation.id.clone(),
            citing,
            section,
        }
    }
}

/// How sure, as a word that is a class of the style and the end of a key.
pub(super) fn certainty(certainty: Option<Certainty>) -> &'static str {
    match certainty {
        Some(Certainty::Certain) => "certain",
        Some(Certainty::Likely) => "likely",
        Some(Certainty::Ambiguous) => "ambiguous",
        Some(Certainty::Decided) => "decided",
        None => "named",
    }
}

/// The sentence around `words`, shortened at both ends where it is long.
pub(super) fn quote(sentence: &str, words: &str, at: Option<usize>, section: &str, from: &Doc) -> Quote {
    let exact = at.filter(|at| sentence.get(*at..).is_some_and(|rest| rest.starts_with(words)));
    let start = exact.or_else(|| sentence.find(words)).filter(|_| !words.is_empty());
    let (before, mark, after) = match start {
        Some(start) => (&sentence[..start], words, &sentence[start + words.len()..]),
        None => (sentence, "", ""),
    };
    let before = if start.is_some() { shortened_start(before) } else { shortened_end(before) };
    let after = shortened_end(after);
    let copy = quotation(&format!("{before}{mark}{after}"), section, from);
    Quote { before, mark: mark.to_owned(), after, copy }
}

/// "“…” (mục II.1, Chỉ thị số 12-CT/TU, ngày … của … về …)".
pub(super) fn quotation(words: &str, section: &str, from: &Doc) -> String {
    let place = match section {
        "" => String::new(),
        section if section.starts_with(|c: char| c.is_ascii_digit() || "IVXLC".contains(c)) => format!("mục {section}, "),
        section => format!("{section}, "),
    };
    format!("“{}” ({place}{})", words.trim(), from.reference())
}

fn shortened_start(text: &str) -> String {
    match text.char_indices().rev().nth(AROUND) {
        Some((from, _)) => {
            let cut = text[from..].find(' ').map_or(from, |blank| from + blank);
            format!("…{}", &text[cut..])
        }
        None => text.to_owned(),
    }
}

fn shortened_end(text: &str) -> String {
    match text.char_indices().nth(2 * AROUND) {
        Some((to, _)) => {
            let cut = text[..to].rfind(' ').unwrap_or(to);
            format!("{} …", &text[..cut])
        }
        None => text.to_owned(),
    }
}

/// Links to the pages of a long list.
#[derive(Clone, Debug, Default)]
pub(super) struct Pager {
    /// Address of the page before; empty on the first.
    pub(super) before: String,
    /// Address of the next page; empty on the last.
    pub(super) next: String,
    /// First and last row shown, counted from one.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) total: usize,
}

impl Pager {
    /// For rows from `offset`, `shown` of `total`, `rows` a page; the address is that of `asked` with another cursor.
    pub(super) fn new(asked: &Asked<'_>, offset: usize, shown: usize, total: usize, rows: usize) -> Pager {
        Pager::on(asked.path, asked, offset, shown, total, rows)
    }

    /// The same with another path, where a page is also shown elsewhere.
    pub(super) fn on(path: &str, asked: &Asked<'_>, offset: usize, shown: usize, total: usize, rows: usize) -> Pager {
        let at = |cursor: usize| {
            let word = if cursor == 0 { String::new() } else { cursor.to_string() };
            format!("{path}{}", asked.params.with(&[("cursor", word.as_str())]))
        };
        Pager {
            before: if offset > 0 { at(offset.saturating_sub(rows)) } else { String::new() },
            next: if offset + shown < total && shown > 0 { at(offset + shown) } else { String::new() },
            from: if shown == 0 { 0 } else { offset + 1 },
            to: offset + shown,
            total,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Doc, href, quote};

    fn doc() -> Doc {
        Doc {
            id: "a".into(),
            name: "Chỉ thị số 12-CT/TU, ngày 18/3/2022 của Tỉnh ủy".into(),
            title: "Về tăng cường".into(),
            href: href("a"),
            held: true,
            level: "level.province",
        }
    }

    #[test]
    fn a_quotation_bears_its_reference_in_the_official_form() {
        let told = quote("Thực hiện Chỉ thị 7.", "Chỉ thị 7", Some(13), "II.1", &doc());
        assert_eq!((told.before.as_str(), told.mark.as_str(), told.after.as_str()), ("Thực hiện ", "Chỉ thị 7", "."));
        assert_eq!(told.copy, "“Thực hiện Chỉ thị 7.” (mục II.1, Chỉ thị số 12-CT/TU, ngày 18/3/2022 của Tỉnh ủy về tăng cường)");
        assert!(quote("a", "", None, "Điều 5", &doc()).copy.contains("(Điều 5, Chỉ thị"));
    }

    #[test]
    fn ids_are_safe_in_an_address() {
        assert_eq!(href("12-qđ/a b?#"), "/documents/12-q%C4%91%2Fa%20b%3F%23");
    }
}
