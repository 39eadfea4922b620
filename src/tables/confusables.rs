//! Look-alike characters, compiled for a look-up per character.

use super::tsv;
use crate::model::Error;
use std::collections::HashMap;

/// When a look-alike is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// Always.
    Always,
    /// Only in a token that is otherwise Latin.
    Latin,
}

/// All look-alikes.
#[derive(Clone, Debug, Default)]
pub struct Confusables {
    map: HashMap<char, (String, Context)>,
    /// One bit for each block of 64 characters below U+10000 that holds an entry.
    blocks: Vec<u64>,
}

impl Confusables {
    pub(super) fn parse(texts: &[(&str, &str)]) -> Result<Confusables, Error> {
        let mut out = Confusables { map: HashMap::new(), blocks: vec![0; 16] };
        for (table, text) in texts {
            for (c, replacement, context) in tsv::read(table, text, |row| {
                let code = u32::from_str_radix(row.get("char").trim_start_matches("U+"), 16).ok().and_then(char::from_u32);
                let c = code.ok_or_else(|| row.error("`char` is not like U+00D0"))?;
                let context = match row.get("context") {
                    "latin" => Context::Latin,
                    "any" | "letter" | "dash" => Context::Always,
                    other => return Err(row.error(&format!("context {other:?} is none of any, letter, dash, latin"))),
                };
                // A cell is trimmed, so a space is written as a word.
                let replacement = if row.get("replacement") == "space" { " " } else { row.get("replacement") };
                Ok((c, replacement.to_owned(), context))
            })? {
                let block = c as usize >> 6;
                if block < 1024 {
                    out.blocks[block >> 6] |= 1 << (block & 63);
                }
                out.map.insert(c, (replacement, context));
            }
        }
        Ok(out)
    }

    /// The replacement of `c` and when it holds.
    pub fn get(&self, c: char) -> Option<(&str, Context)> {
        let block = c as usize >> 6;
        if block >= 1024 || self.blocks.get(block >> 6).is_none_or(|bits| bits & (1 << (block & 63)) == 0) {
            return None;
        }
        self.map.get(&c).map(|(replacement, context)| (replacement.as_str(), *context))
    }
}
