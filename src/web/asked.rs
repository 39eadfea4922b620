//! What a request asks, checked against what may be asked.
//!
//! Duty: the parameters of an address as a list of names with kinds, from which the API's description is made too; what is
//! unknown, doubled or wrong is refused with a hint. Not here: what the words mean (`query`).

use super::app::App;
use super::fault::Fault;
use super::words::Lang;
use crate::model::Date;
use crate::query::naming::read_day;
use crate::store::Reader;
use axum::http::Method;

/// Longest value.
const LONGEST: usize = 2_000;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Any text.
    Text,
    /// Texts parted by commas, also given several times.
    Many,
    /// A day: 2020-01-31 or 31/1/2020.
    Day,
    /// A number from 0 to this one.
    Number(usize),
    /// `1` or `true`; anything else is refused.
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
}

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Param {
    /// Its name in the address.
    pub(super) name: &'static str,
    /// What its value is.
    pub(super) kind: Kind,
    /// Whether it must be there.
    pub(super) required: bool,
    /// What it means, for the description.
    pub(super) about: &'static str,
}

impl Param {
    /// One that may be left out.
    pub(super) const fn new(name: &'static str, kind: Kind, about: &'static str) -> Param {
        Param { name, kind, required: false, about }
    }

    /// One that must be there.
    pub(super) const fn needed(name: &'static str, kind: Kind, about: &'static str) -> Param {
        Param { name, kind, required: true, about }
    }

    fn check(&self, value: &str) -> Result<(), Fault> {
        let wrong = |want: String| Err(Fault::bad(format!("{}: {value} is not {want}", self.name)).hint(self.about));
        match self.kind {
            Kind::Text | Kind::Many => Ok(()),
            Kind::Day if read_day(value).is_none() => wrong("a day of the calendar, such as 2020-01-31 or 31/1/2020".into()),
            Kind::Number(most) if value.parse::<usize>().is_ok_and(|number| number <= most) => Ok(()),
            Kind::Number(most) => wrong(format!("a number from 0 to {most}")),
            Kind::Flag if !matches!(value, "1" | "true") => wrong("1 or true".into()),
            Kind::Word(words) if !words.contains(&value) => wrong(format!("one of {}", words.join(", "))),
            Kind::Day | Kind::Flag | Kind::Word(_) => Ok(()),
        }
    }
}

/// Checked parameters; one that was given empty counts as left out, as browsers send empty fields.
#[derive(Clone, Debug, Default)]
pub(super) struct Params(Vec<(&'static str, String)>);

impl Params {
    /// Reads the query of an address. With `strict`, a name that is not in `known` is refused; else it is passed over.
    pub(super) fn read(query: &str, known: &'static [Param], strict: bool) -> Result<Params, Fault> {
        let mut read: Vec<(&'static str, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let Some(param) = known.iter().find(|param| param.name == name) else {
                if strict {
                    let names: Vec<&str> = known.iter().map(|param| param.name).collect();
                    let hint = if names.is_empty() { "it takes none".to_owned() } else { format!("known are {}", names.join(", ")) };
                    return Err(Fault::bad(format!("{name}: no such parameter here")).hint(hint));
                }
                continue;
            };
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            if value.len() > LONGEST {
                return Err(Fault::bad(format!("{}: longer than {LONGEST} bytes", param.name)));
            }
            if param.kind != Kind::Many && read.iter().any(|(name, _)| *name == param.name) {
                return Err(Fault::bad(format!("{}: given twice", param.name)));
            }
            param.check(value)?;
            read.push((param.name, value.to_owned()));
        }
        let missing = known.iter().find(|param| param.required && !read.iter().any(|(name, _)| *name == param.name));
        match missing {
            Some(param) => Err(Fault::bad(format!("{}: missing", param.name)).hint(param.about)),
            None => Ok(Params(read)),
        }
    }

    /// A text or word.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str())
    }

    /// The same as a text of its own.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    /// All texts of a [`Kind::Many`].
    pub(super) fn many(&self, name: &str) -> Vec<String> {
        let values = self.0.iter().filter(|(own, _)| *own == name);
        let parts = values.flat_map(|(_, value)| value.split(',')).map(str::trim);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// A day.
    pub(super) fn day(&self, name: &str) -> Option<Date> {
        self.get(name).and_then(read_day)
    }

    /// A number.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.get(name).and_then(|value| value.parse().ok())
    }

    /// Whether a flag is set.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The same question with other values: a name with an empty value is left out. The result begins with `?`, or is empty.
    pub(super) fn with(&self, changes: &[(&str, &str)]) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        let kept = self.0.iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        out.extend_pairs(kept.map(|(name, value)| (*name, value.as_str())));
        out.extend_pairs(changes.iter().filter(|(_, value)| !value.is_empty()));
        let query = out.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }
}

/// A request as a handler sees it.
pub(super) struct Asked<'a> {
    /// What all requests share.
    pub(super) app: &'a App,
    /// A snapshot of the store.
    pub(super) reader: &'a Reader,
    /// Checked parameters.
    pub(super) params: &'a Params,
    /// The named part of the path.
    pub(super) id: &'a str,
    /// Language of pages.
    pub(super) lang: Lang,
    /// The path itself.
    pub(super) path: &'a str,
    /// Whether who asks may change something, where the server lets anything be changed.
    pub(super) editor: bool,
}

impl Asked<'_> {
    /// The document that the path names, by its id alone.
    pub(super) fn node(&self) -> Result<crate::resolve::Node, Fault> {
        let found = self.reader.node(self.id)?;
        let hint = "take the id of an answer; /api/v1/documents?ref=… finds a document by what you would type";
        found.ok_or_else(|| Fault::not_found(format!("{}: no such document in this index", self.id)).hint(hint))
    }
}

/// Whether a request may change something.
pub(super) fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

#[cfg(test)]
mod tests {
    use super::{Kind, Param, Params};

    const KNOWN: &[Param] = &[
        Param::needed("q", Kind::Text, "words"),
        Param::new("kind", Kind::Many, "kinds"),
        Param::new("from", Kind::Day, "a day"),
        Param::new("limit", Kind::Number(100), "hits"),
        Param::new("all", Kind::Flag, "all"),
        Param::new("group", Kind::Word(&["body", "paper"]), "order"),
    ];

    #[test]
    fn what_is_unknown_or_wrong_is_refused() {
        let refused = |query: &str| Params::read(query, KNOWN, true).err().map(|fault| fault.message);
        for (query, want) in [
            ("", "q: missing"),
            ("q=a&x=1", "x: no such parameter here"),
            ("q=a&q=b", "q: given twice"),
            ("q=a&from=31/2/2020", "from: 31/2/2020 is not a day of the calendar, such as 2020-01-31 or 31/1/2020"),
            ("q=a&limit=101", "limit: 101 is not a number from 0 to 100"),
            ("q=a&limit=-1", "limit: -1 is not a number from 0 to 100"),
            ("q=a&all=no", "all: no is not 1 or true"),
            ("q=a&group=x", "group: x is not one of body, paper"),
        ] {
            assert_eq!(refused(query).as_deref(), Some(want), "{query}");
        }
        assert!(Params::read("q=a&x=1", KNOWN, false).is_ok());
    }

    #[test]
    fn values_are_read_and_changed() {
        let params = Params::read("q=%C4%91%E1%BB%91i+ngo%E1%BA%A1i&kind=CT,NQ&kind=KH&from=&all=1", KNOWN, true).expect("good");
        assert_eq!(
            (params.get("q"), params.many("kind").len(), params.day("from"), params.flag("all")),
            (Some("đối ngoại"), 3, None, true)
        );
        assert_eq!(params.with(&[("q", "a b"), ("kind", ""), ("all", "")]), "?q=a+b");
    }
}
