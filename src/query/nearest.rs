//! "Did you mean": numbers spelt nearly like what was typed.

use crate::tables::fold;
use std::collections::BTreeSet;

/// Most suggestions.
const MOST: usize = 5;

/// The numbers nearest to `typed` by edit distance, nearest first; only those that differ in a third of their length or less.
pub(super) fn nearest(typed: &str, numbers: &[String]) -> Vec<String> {
    let wanted: Vec<char> = fold::bare(typed).chars().filter(|c| !c.is_whitespace()).collect();
    let limit = (wanted.len() / 3).max(2);
    let mut found: BTreeSet<(usize, &str)> = BTreeSet::new();
    for number in numbers {
        let bare = fold::bare(number);
        let whole: Vec<char> = bare.chars().collect();
        // "Chỉ thị 39" is typed without the issuer's code.
        let short: Vec<char> = bare.split('/').next().unwrap_or_default().chars().collect();
        let near = distance(&wanted, &whole, limit).or_else(|| distance(&wanted, &short, limit).map(|d| d + 1));
        if let Some(near) = near {
            found.insert((near, number));
            if found.len() > MOST {
                found.pop_last();
            }
        }
    }
    found.into_iter().map(|(_, number)| number.to_owned()).collect()
}

/// Edit distance, or nothing above `limit`.
fn distance(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        let mut least = row[0];
        for (k, y) in b.iter().enumerate() {
            let next = (corner + usize::from(x != y)).min(row[k] + 1).min(row[k + 1] + 1);
            corner = std::mem::replace(&mut row[k + 1], next);
            least = least.min(next);
        }
        if least > limit {
            return None;
        }
    }
    row.last().copied().filter(|far| *far <= limit)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_numbers_come_nearest_first() {
        let numbers: Vec<String> = ["38-CT/TW", "39-CT/TW", "138-CT/TW", "12-NQ/TU", "24/2014/NĐ-CP"].map(str::to_owned).to_vec();
        assert_eq!(nearest("38-ct/tw", &numbers)[0], "38-CT/TW");
        assert_eq!(nearest("24/2015/nd-cp", &numbers), ["24/2014/NĐ-CP"]);
        assert!(nearest("hoàn toàn khác hẳn", &numbers).is_empty());
    }
}
