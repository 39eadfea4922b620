//! Names and numbers for a person.
//!
//! Duty: counts, file names. Not here: how a document is written (`query::naming`), JSON, layout.

pub(super) use crate::query::naming::{Name, day};

/// A file's name or another's message in one line: what would move the cursor or turn the reading direction is written out.
pub(super) fn name(path: &str) -> String {
    path.chars().map(|c| if c.is_control() { c.escape_default().to_string() } else { c.to_string() }).collect()
}

/// `1 paper`, `2 papers`.
pub(super) fn count(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { many })
}

/// Digits in groups of three: `12,345`.
pub(super) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn digits_stand_in_groups_of_three() {
        assert_eq!([thousands(7), thousands(1234), thousands(1234567)], ["7", "1,234", "1,234,567"]);
    }
}
