//! How alike two subjects are: the same document is told with more or fewer words each time.

use crate::tables::fold;
use std::collections::HashMap;

/// Words that must agree at least.
const FEWEST_COMMON: usize = 3;
/// Share of the shorter subject's words from which two subjects count as one.
pub(super) const ALIKE: f32 = 0.7;

/// The words of subjects, each word kept once.
#[derive(Debug, Default)]
pub(super) struct TitleWords {
    ids: HashMap<String, u32>,
}

impl TitleWords {
    /// Folded words of a subject, each once, sorted.
    pub(super) fn of(&mut self, title: &str) -> Vec<u32> {
        let folded = fold::lower(title);
        let mut out: Vec<u32> = Vec::new();
        for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let next = self.ids.len() as u32;
            let id = match self.ids.get(word) {
                Some(id) => *id,
                None => {
                    self.ids.insert(word.to_owned(), next);
                    next
                }
            };
            out.push(id);
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// Share of the shorter subject's words that the longer one has too; 0 where fewer than three agree.
pub(super) fn likeness(a: &[u32], b: &[u32]) -> f32 {
    let (shorter, longer) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let common = shorter.iter().filter(|word| longer.binary_search(word).is_ok()).count();
    if common < FEWEST_COMMON.min(shorter.len().max(2)) { 0.0 } else { common as f32 / shorter.len() as f32 }
}

/// True when one subject can be the other: at least seven words of ten agree.
pub(super) fn alike(a: &str, b: &str) -> bool {
    let mut words = TitleWords::default();
    let (a, b) = (words.of(a), words.of(b));
    likeness(&a, &b) >= ALIKE
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn subjects_agree_in_part_and_in_any_tone_placement() {
        assert!(alike("về tăng cường quản lý đoàn ra", "Tăng cường quản lý các đoàn ra nước ngoài của cán bộ"));
        assert!(alike("Về công tác hoà giải ở cơ sở", "công tác hòa giải ở cơ sở"));
        assert!(alike("đất đai", "về đất đai"));
        assert!(!alike("về bảo hiểm y tế", "về tiêu chuẩn, đo lường, chất lượng"));
        assert!(!alike("về", "về công tác cán bộ"));
    }
}
