//! Question: how many citations survive each kind of damage, with number and date?
//!
//! The same plans are written clean and damaged (`support/damage.rs`); the clean form stands in the first line. Recall is
//! the share of the citations written that are found with the right number and date; precision the share of those found.
//! `DAMAGE_SHOW=Spaces cargo bench --bench damage` also prints what was read wrongly under that damage.

#![allow(clippy::print_stdout)] // a bench reports on standard output

mod support;

use support::damage::Damage;
use support::reading::tally;
use vanban::extract::Extractor;
use vanban::tables::Tables;

/// Papers a kind of damage.
const PAPERS: u64 = 400;

fn main() {
    let extractor = Extractor::new(&Tables::builtin());
    let shown = std::env::var("DAMAGE_SHOW").unwrap_or_default();
    println!("{:<15} {:>8} {:>10} {:>9}", "damage", "recall", "precision", "written");
    for damage in std::iter::once(Damage::Clean).chain(Damage::ALL) {
        let name = format!("{damage:?}");
        let show = name == shown;
        let sum = tally(&extractor, damage, PAPERS, |text, want, got| {
            if show {
                let missed: Vec<_> = want.iter().filter(|fact| !got.contains(fact)).collect();
                let extra: Vec<_> = got.iter().filter(|fact| !want.contains(fact)).collect();
                println!("missed {missed:?}\nextra  {extra:?}\n{text}\n");
            }
        });
        println!("{name:<15} {:>8.4} {:>10.4} {:>9}", sum.recall(), sum.precision(), sum.written);
    }
}
