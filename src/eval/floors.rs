//! The scores that must not be lost again.
//!
//! Duty: read lines such as `citations = 0.90` and say which scores are below. Not here: choosing them.

use super::Report;

/// Lowest accepted score by fact.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Floors(Vec<(String, f64)>);

impl Floors {
    /// Reads `name = number` lines; `#` begins a comment. The message of a failure names the line.
    pub fn parse(text: &str) -> Result<Floors, String> {
        let known = Report::default().scores().map(|(name, _)| name);
        let mut floors = Vec::new();
        for (at, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let parts = line.split_once('=').and_then(|(name, value)| Some((name.trim(), value.trim().parse::<f64>().ok()?)));
            match parts {
                Some((name, value)) if known.contains(&name) => floors.push((name.to_owned(), value)),
                Some((name, _)) => return Err(format!("line {}: {name:?} is none of {}", at + 1, known.join(", "))),
                None => return Err(format!("line {}: expected a line such as `citations = 0.90`", at + 1)),
            }
        }
        Ok(Floors(floors))
    }

    /// The scores below their floor: name, score, floor.
    pub fn broken(&self, report: &Report) -> Vec<(String, f64, f64)> {
        let scores = report.scores();
        let below = self.0.iter().filter_map(|(name, floor)| {
            let (_, score) = scores.iter().find(|(known, _)| known == name)?;
            (score < floor).then(|| (name.clone(), *score, *floor))
        });
        below.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Floors;
    use crate::eval::{Counts, Report};

    #[test]
    fn a_score_under_its_floor_is_named() {
        let floors = Floors::parse("# as reached\ncitations = 0.9 # F1\ntasks=0.1\n").expect("valid");
        let report = Report {
            citations: Counts { found: 8, extra: 2, missed: 2 },
            tasks: Counts { found: 1, extra: 0, missed: 0 },
            ..Report::default()
        };
        let broken = floors.broken(&report);
        assert_eq!(broken.len(), 1);
        assert_eq!((broken[0].0.as_str(), broken[0].2), ("citations", 0.9));
    }

    #[test]
    fn a_wrong_line_is_named() {
        assert!(Floors::parse("citations = 0.9\ncitation = 0.9").expect_err("unknown name").contains("line 2"));
        assert!(Floors::parse("citations: 0.9").is_err());
    }
}
