//! The scores that must not be lost again.
//!
//! Duty: read lines such as `citations = 0.90` and say which scores are below, or were not measured at all.
//! Not here: choosing them.

use super::{labels, report};

/// Lowest accepted score by fact.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Floors(Vec<(String, f64)>);

impl Floors {
    /// Reads `name = number` lines; `#` begins a comment. The message of a failure names the line.
    pub fn parse(text: &str) -> Result<Floors, String> {
        let known: Vec<&str> = report::SCORES.into_iter().chain(labels::FIGURES).collect();
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

    /// The floors that do not hold: name, score, floor. A score that none of the sets gave has no value.
    pub fn broken(&self, scores: &[(&str, f64)]) -> Vec<(String, Option<f64>, f64)> {
        let below = self.0.iter().filter_map(|(name, floor)| {
            let score = scores.iter().find(|(known, _)| known == name).map(|(_, score)| *score);
            score.is_none_or(|score| score < *floor).then(|| (name.clone(), score, *floor))
        });
        below.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Floors;

    #[test]
    fn a_score_under_its_floor_is_named() {
        let floors = Floors::parse("# as reached\ncitations = 0.9 # F1\ntasks=0.1\nnote_recall = 0.5").expect("valid");
        let broken = floors.broken(&[("citations", 0.8), ("tasks", 1.0)]);
        assert_eq!(broken, [("citations".to_owned(), Some(0.8), 0.9), ("note_recall".to_owned(), None, 0.5)]);
    }

    #[test]
    fn a_wrong_line_is_named() {
        assert!(Floors::parse("citations = 0.9\ncitation = 0.9").expect_err("unknown name").contains("line 2"));
        assert!(Floors::parse("citations: 0.9").is_err());
    }
}
