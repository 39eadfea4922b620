//! Provinces and centrally run cities, with the days on which they were that unit.

use super::{fold, tsv};
use crate::model::{Date, Error};
use std::collections::HashMap;

/// One province as one unit: the Quảng Trị of before and of after 1 July 2025 are two rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Province {
    /// `quang-tri@1989`, `quang-tri@2025`: slug of the name and the year from which it is that unit.
    pub id: String,
    /// "Quảng Trị".
    pub name: String,
    /// `true` for a centrally run city ("Thành ủy"), `false` for a tỉnh ("Tỉnh ủy").
    pub city: bool,
    /// Places that stand on its place line beside its own name.
    pub capitals: Vec<String>,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// First day.
    pub valid_from: Option<Date>,
    /// Last day.
    pub valid_to: Option<Date>,
    /// Id of the unit that took over.
    pub successor: Option<String>,
}

impl Province {
    /// True when the unit existed on `day`.
    pub fn valid_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

/// All provinces.
#[derive(Clone, Debug, Default)]
pub struct Provinces {
    rows: Vec<Province>,
    by_id: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
    by_capital: HashMap<String, Vec<usize>>,
}

impl Provinces {
    pub(super) fn parse(texts: &[(&str, &str)]) -> Result<Provinces, Error> {
        let mut provinces = Provinces::default();
        for (table, text) in texts {
            for province in tsv::read(table, text, |row| {
                Ok(Province {
                    id: row.get("id").to_owned(),
                    name: row.get("name").to_owned(),
                    city: match row.get("kind") {
                        "city" => true,
                        "province" => false,
                        other => return Err(row.error(&format!("kind {other:?} is neither province nor city"))),
                    },
                    capitals: row.list("capitals"),
                    aliases: row.list("aliases"),
                    valid_from: row.date("valid_from")?,
                    valid_to: row.date("valid_to")?,
                    successor: row.opt("successor"),
                })
            })? {
                provinces.add(province);
            }
        }
        Ok(provinces)
    }

    fn add(&mut self, province: Province) {
        let at = self.rows.len();
        self.by_id.insert(province.id.clone(), at);
        for name in std::iter::once(&province.name).chain(&province.aliases) {
            let list = self.by_name.entry(fold::lower(name)).or_default();
            if !list.contains(&at) {
                list.push(at);
            }
        }
        for capital in &province.capitals {
            self.by_capital.entry(fold::lower(capital)).or_default().push(at);
        }
        self.rows.push(province);
    }

    /// All rows, in table order.
    pub fn rows(&self) -> &[Province] {
        &self.rows
    }

    /// The unit with this id.
    pub fn by_id(&self, id: &str) -> Option<&Province> {
        self.by_id.get(id).map(|i| &self.rows[*i])
    }

    /// Every unit that bears or bore this name (spelling variants too), oldest first as in the table.
    pub fn named<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Province> + use<'a> {
        self.by_name.get(&fold::lower(name)).map_or(&[][..], |v| v).iter().map(|i| &self.rows[*i])
    }

    /// The unit of this name on `day`; without a day, the newest one.
    pub fn at(&self, name: &str, day: Option<Date>) -> Option<&Province> {
        let mut units = self.named(name);
        match day {
            Some(day) => units.find(|unit| unit.valid_on(day)),
            None => units.last(),
        }
    }

    /// Units whose seat is or was `place`.
    pub fn with_capital<'a>(&'a self, place: &str) -> impl Iterator<Item = &'a Province> + use<'a> {
        self.by_capital.get(&fold::lower(place)).map_or(&[][..], |v| v).iter().map(|i| &self.rows[*i])
    }
}
