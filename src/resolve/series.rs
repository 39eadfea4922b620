//! Watermarks: within one register, kind and term the number rises with the date (domain 4.3).
//!
//! Duty: tell before which day a number cannot have been issued. Only dates that a held paper or two citing papers bear out
//! count as evidence. Not here: numbers of the state, whose year says the same.

use super::catalogue::{NO_SYMBOL, World};
use super::keys::{NONE, SymbolId, Word};
use super::provinces::Scope;
use crate::model::{Date, System};
use std::collections::HashMap;

type Series = (Word, Word, Scope, Word);

/// Dated numbers of every series of a Party register.
#[derive(Debug, Default)]
pub(super) struct Watermarks {
    /// Serial and the latest day up to and with it, by serial.
    marks: HashMap<Series, Vec<(u32, Date)>>,
}

impl Watermarks {
    pub(super) fn new(world: &World<'_, '_>) -> Watermarks {
        let mut marks: HashMap<Series, Vec<(u32, Date)>> = HashMap::new();
        for doc in &world.docs {
            let borne_out = doc.dates.first().is_some_and(|(_, held, citing)| *held > 0 || *citing > 1);
            let Some(day) = doc.date.filter(|_| borne_out && doc.symbol != NO_SYMBOL && doc.term.name != NONE && doc.term.other == NONE)
            else {
                continue;
            };
            let symbol = world.keys.symbol(doc.symbol);
            if symbol.system == System::Party
                && let Some(serial) = value(world.keys.words.text(symbol.serial))
            {
                marks.entry((symbol.register, symbol.family, doc.scope, doc.term.name)).or_default().push((serial, day));
            }
        }
        for list in marks.values_mut() {
            list.sort_unstable();
            for i in 1..list.len() {
                list[i].1 = list[i].1.max(list[i - 1].1);
            }
        }
        Watermarks { marks }
    }

    /// The day on which a smaller number of the same series was issued: this one cannot be older.
    pub(super) fn earliest(&self, world: &World<'_, '_>, symbol: SymbolId, scope: Scope, term: Word) -> Option<Date> {
        let symbol = world.keys.symbol(symbol);
        let list = self.marks.get(&(symbol.register, symbol.family, scope, term))?;
        let serial = value(world.keys.words.text(symbol.serial))?;
        let below = list.partition_point(|(mark, _)| *mark < serial);
        below.checked_sub(1).map(|i| list[i].1)
    }
}

fn value(serial: &str) -> Option<u32> {
    let digits = serial.find(|c: char| !c.is_ascii_digit()).map_or(serial, |end| &serial[..end]);
    digits.parse().ok()
}
