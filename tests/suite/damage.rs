//! Clean and damaged papers: which damage changes nothing, and how much is left under the rest.

use crate::generated::support::damage::{Damage, Plan};
use crate::generated::support::reading::{found, tally};
use crate::harness::none;
use proptest::prelude::*;
use std::sync::LazyLock;
use vanban::extract::Extractor;
use vanban::tables::Tables;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(&Tables::builtin()));

/// Damage that changes no fact.
const HARMLESS: &[Damage] = &[
    Damage::Clean,
    Damage::Lines,
    Damage::Dashes,
    Damage::Spaces,
    Damage::DateSpaces,
    Damage::CentreWritten,
    Damage::Separators,
    Damage::LostStroke,
    Damage::Figures,
    Damage::Codes,
    Damage::Labels,
    Damage::Decomposed,
    Damage::Raised,
    Damage::GluedMark,
    Damage::TonePlace,
    Damage::LookAlikes,
    Damage::ZeroWidth,
    Damage::FixedBlanks,
    Damage::SharedCode,
    Damage::SameDay,
    Damage::NestedTitle,
];

/// The rest: lowest accepted recall and precision over [`PAPERS`] papers.
const HARMFUL: &[(Damage, f64, f64)] = &[
    // A break inside a code cannot be told from its end.
    (Damage::LinesAnywhere, 0.53, 0.69),
    // "QĐITW" is as well the symbol of a decision of another kind (QĐi).
    (Damage::LostSlash, 0.87, 0.87),
];

/// Papers a kind of damage.
const PAPERS: u64 = 60;

#[test]
fn every_kind_is_judged() {
    let judged = |damage: &Damage| HARMLESS.contains(damage) || HARMFUL.iter().any(|(kind, ..)| kind == damage);
    let left: Vec<String> = Damage::ALL.iter().filter(|damage| !judged(damage)).map(|damage| format!("{damage:?}")).collect();
    none(&left);
}

#[test]
fn what_damage_leaves_does_not_fall() {
    let mut problems = Vec::new();
    for (damage, recall, precision) in HARMFUL {
        let sum = tally(&EXTRACTOR, *damage, PAPERS, |_, _, _| {});
        if sum.recall() < *recall || sum.precision() < *precision {
            problems.push(format!("{damage:?}: recall {:.4} of {recall}, precision {:.4} of {precision}", sum.recall(), sum.precision()));
        }
    }
    none(&problems);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn harmless_damage_changes_no_fact(seed in any::<u64>(), damage in prop::sample::select(HARMLESS)) {
        let plan = Plan::new(seed);
        let text = plan.write(damage);
        prop_assert_eq!(found(&EXTRACTOR, &text), plan.facts(), "{:?}:\n{}", damage, text);
    }
}
