//! Who a mention means.
//!
//! Duty: link every mention to its document, by the evidence of domain 4.6 in its order: date, term, year, an earlier mention
//! in the same paper, subject words, not later than the citing paper; one candidate left resolves, several stay, ranked.
//! Not here: which documents there are (see `catalogue`), and the wording of clues (see `graph`).

use super::catalogue::{Doc, DocId, Fit, NO_DOC, World};
use super::claims::{Claim, OWN};
use super::keys::{ANY, NONE, Reach, Symbol, SymbolId, Word};
use super::organs::Organs;
use super::provinces::{Basis, Scope};
use super::series::Watermarks;
use super::titles::{self, TitleWords};
use super::{Certainty, Paper};
use crate::model::{CitationForm, Date, System};
use smallvec::{SmallVec, smallvec};
use std::borrow::Cow;
use std::collections::HashMap;

/// Most candidates that are kept for one mention.
const MOST_CANDIDATES: usize = 20;
/// How much more alike the best subject must be than the next one.
const TITLE_LEAD: f32 = 0.2;

/// What a mention means, before ids are given.
#[derive(Clone, Debug)]
pub(super) struct Meaning {
    /// Best first.
    pub(super) docs: SmallVec<[DocId; 2]>,
    pub(super) certainty: Certainty,
    pub(super) why: Cow<'static, str>,
}

/// A meaning with the mention that has it: paper, index in the paper.
pub(super) type Linked = (u32, u32, Meaning);

type Provisional = (SymbolId, Scope, Option<Date>, i16, Word);

/// Finds the meaning of every mention; provisional documents are added to the world.
pub(super) fn link<'t>(world: &mut World<'_, 't>) -> Vec<Linked> {
    let marks = Watermarks::new(world);
    let known = world.docs.len();
    let assembly_kinds = ["", "L", "NQ", "PL"].map(|kind| world.keys.words.add(kind));
    let mut linker = Linker {
        by_serial: by_serial(world),
        assembly_kinds,
        marks,
        known,
        provisional: HashMap::new(),
        organs: Organs::new(world.keys.tables),
        title_words: TitleWords::default(),
        doc_titles: HashMap::new(),
    };
    let mut out = Vec::with_capacity(world.claims.len());
    for paper in 0..world.papers.len() as u32 {
        linker.link_paper(world, paper, &mut out);
    }
    out
}

struct Linker<'t> {
    /// Symbols with documents, by family and serial: for numbers without a code.
    by_serial: HashMap<(Word, Word), Vec<SymbolId>>,
    marks: Watermarks,
    /// Documents that stand on their own; the provisional ones come after them and are never candidates of others.
    known: usize,
    provisional: HashMap<Provisional, DocId>,
    /// Families in which the National Assembly numbers.
    assembly_kinds: [Word; 4],
    organs: Organs<'t>,
    title_words: TitleWords,
    /// Words of the subjects met so far.
    doc_titles: HashMap<DocId, Vec<u32>>,
}

fn by_serial(world: &World<'_, '_>) -> HashMap<(Word, Word), Vec<SymbolId>> {
    let mut map: HashMap<(Word, Word), Vec<SymbolId>> = HashMap::new();
    for (id, docs) in world.by_symbol.iter().enumerate().filter(|(_, docs)| !docs.is_empty()) {
        let symbol = world.keys.symbol(id as SymbolId);
        if symbol.register != NONE && !docs.is_empty() {
            map.entry((symbol.family, symbol.serial)).or_default().push(id as SymbolId);
        }
    }
    map
}

impl<'t> Linker<'t> {
    fn link_paper(&mut self, world: &mut World<'_, '_>, paper: u32, out: &mut Vec<Linked>) {
        let p = world.papers[paper as usize];
        let (from, to) = (world.claim_starts[paper as usize] as usize, world.claim_starts[paper as usize + 1] as usize);
        // Documents that this paper names beyond doubt: its own, and those with a date.
        let mut seen: Vec<DocId> = Vec::new();
        for at in from..to {
            let doc = world.claim_docs[at];
            if doc != NO_DOC && !seen.contains(&doc) {
                seen.push(doc);
            }
        }
        // Claims stand in the order of the mentions, after the paper's own.
        let mut next = from + usize::from(from < to && world.claims[from].mention == OWN);
        let mut meanings: Vec<Option<Meaning>> = Vec::with_capacity(p.mentions.len());
        for (k, mention) in p.mentions.iter().enumerate() {
            let followed = mention.antecedent.and_then(|before| meanings.get(before as usize)?.clone());
            let claim = (next < to && world.claims[next].mention == k as u32).then_some(next);
            next += usize::from(claim.is_some());
            let meaning = match (followed, claim) {
                _ if mention.form == CitationForm::SelfReference => None,
                (Some(meaning), _) => Some(follow(meaning)),
                (None, Some(at)) => Some(self.meaning(world, p, at, &seen)),
                (None, None) => None,
            };
            if let Some(meaning) = &meaning {
                out.push((paper, k as u32, meaning.clone()));
            }
            meanings.push(meaning);
        }
    }

    fn meaning(&mut self, world: &mut World<'_, '_>, paper: &Paper, at: usize, seen: &[DocId]) -> Meaning {
        let claim = world.claims[at];
        let doc = world.claim_docs[at];
        if doc != NO_DOC {
            return fixed(&world.docs[doc as usize], doc, &claim, world.claim_fits[at]);
        }
        let before = world.papers[claim.paper as usize].facts.date;
        let title = paper.mentions[claim.mention as usize].title.as_deref();
        let mut left = self.with_number(world, &claim, seen);
        let had_any = !left.is_empty();
        if let Some(day) = claim.date {
            left.retain(|id| world.docs[*id as usize].date == Some(day));
        } else {
            let here: Vec<DocId> = left.iter().copied().filter(|id| seen.contains(id)).collect();
            if let [only] = here[..] {
                let own = world.docs[only as usize].papers.contains(&claim.paper);
                return one(
                    only,
                    Certainty::Likely,
                    if own { "this paper's own number" } else { "told with its date elsewhere in this paper" },
                );
            }
            if !here.is_empty() {
                left = here;
            }
        }
        let (term, year) = (claim.term, claim.year);
        left.retain(|id| {
            let doc = &world.docs[*id as usize];
            (term == NONE || doc.term.admits(term)) && (year == 0 || doc.year == 0 || doc.year == year)
        });
        if let Some(before) = before.filter(|_| claim.date.is_none()) {
            left.retain(|id| !self.is_later(world, *id, before));
        }
        let Some(first) = left.first().copied() else { return self.provisional(world, at, had_any) };
        if let Some(best) = self.best_title(world, &left, title) {
            return one(best, Certainty::Likely, "its subject words");
        }
        if let Some(only) = self.of_organ(world, &left, paper.mentions[claim.mention as usize].issuer.as_deref()) {
            return one(only, Certainty::Likely, "the issuer next to it");
        }
        let body_open = claim.basis == Basis::Unknown && world.keys.symbol(claim.symbol).register != NONE;
        if left.len() == 1 && (!body_open || claim.date.is_some()) {
            return one(first, Certainty::Likely, only_reason(&claim, had_any));
        }
        self.rank(world, &mut left, &claim, title);
        let why = if left.len() > 1 {
            "several documents bear this number"
        } else {
            "its body is not told; one document with this number is known"
        };
        Meaning { docs: left.into(), certainty: Certainty::Ambiguous, why: why.into() }
    }

    /// Known documents with the number of a mention, of a body that the words admit.
    fn with_number(&self, world: &World<'_, '_>, claim: &Claim, seen: &[DocId]) -> Vec<DocId> {
        let symbol = world.keys.symbol(claim.symbol);
        let home = world.homes[claim.paper as usize].place;
        let mut symbols: Vec<SymbolId> = Vec::new();
        if symbol.register == NONE {
            symbols.extend(self.by_serial.get(&(symbol.family, symbol.serial)).into_iter().flatten());
        } else if symbol.family == NONE && symbol.system == System::Assembly {
            symbols.extend(self.assembly_kinds.iter().filter_map(|family| world.keys.known(Symbol { family: *family, ..symbol })));
        } else {
            symbols.push(claim.symbol);
        }
        let mut docs: Vec<DocId> = Vec::new();
        for id in symbols {
            for doc in &world.by_symbol[id as usize] {
                let scope = world.docs[*doc as usize].scope;
                // A number without any code is one of the centre, of this province, or of this paper.
                let bare_fits = symbol.register != NONE || scope == Scope::CENTRAL || scope.place == home || seen.contains(doc);
                if (*doc as usize) < self.known && bare_fits && claim.scope.admits(scope) {
                    docs.push(*doc);
                }
            }
        }
        // A body that the words leave open is first looked for at home.
        let near: Vec<DocId> = docs.iter().copied().filter(|id| world.docs[*id as usize].scope.place == home).collect();
        if symbol.register != NONE && claim.scope.place == ANY && home != NONE && !near.is_empty() { near } else { docs }
    }

    /// True when the document cannot have been there on `day`.
    fn is_later(&self, world: &World<'_, '_>, id: DocId, day: Date) -> bool {
        let doc = &world.docs[id as usize];
        match doc.date {
            Some(date) => date > day,
            None if doc.year > day.year() => true,
            None if doc.term.name == NONE || doc.term.other != NONE => false,
            None => {
                let board = world.board(doc.symbol, doc.scope, doc.date);
                let begins = world.book.bounds(board, doc.term.name).map(|(from, _)| from);
                begins.is_some_and(|from| from > day)
                    || self.marks.earliest(world, doc.symbol, doc.scope, doc.term.name).is_some_and(|earliest| earliest > day)
            }
        }
    }

    /// A document of which nothing is known but this number; equal mentions share it.
    fn provisional(&mut self, world: &mut World<'_, '_>, at: usize, had_any: bool) -> Meaning {
        let claim = world.claims[at];
        let symbol = world.keys.symbol(claim.symbol);
        let year = if symbol.year != 0 { symbol.year } else { claim.year };
        let key = (claim.symbol, claim.scope, claim.date, year, claim.term);
        let why = if had_any {
            "a document with this number is known, but not one that fits".into()
        } else {
            self.older_terms(world, &claim).unwrap_or(Cow::Borrowed("no document with this number is known"))
        };
        let id = *self.provisional.entry(key).or_insert_with(|| {
            let mut doc = Doc { date: claim.date, year, ..Doc::empty(claim.symbol, claim.scope) };
            doc.year = claim.date.map_or(year, Date::year);
            doc.term.name = claim.term;
            world.new_doc(doc)
        });
        world.docs[id as usize].claims.push(at as u32);
        Meaning { docs: smallvec![id], certainty: Certainty::Likely, why }
    }

    /// The one candidate of the organ told, where all others are known to be of another.
    fn of_organ(&mut self, world: &World<'_, '_>, docs: &[DocId], issuer: Option<&str>) -> Option<DocId> {
        let told = self.organs.written(issuer.filter(|_| docs.len() > 1)?)?;
        let mut own = None;
        for id in docs {
            match self.organs.of(world, *id)? {
                organ if organ != told => {}
                _ if own.is_some() => return None,
                _ => own = Some(*id),
            }
        }
        own
    }

    /// The one candidate whose subject agrees, if it leads clearly.
    fn best_title(&mut self, world: &World<'_, '_>, docs: &[DocId], title: Option<&str>) -> Option<DocId> {
        let words = self.title_words.of(title?);
        let mut scored: Vec<(f32, DocId)> = docs.iter().map(|id| (self.likeness(world, *id, &words), *id)).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (best, id) = *scored.first()?;
        let next = scored.get(1).map_or(0.0, |(score, _)| *score);
        (best >= titles::ALIKE && best - next >= TITLE_LEAD).then_some(id)
    }

    fn likeness(&mut self, world: &World<'_, '_>, id: DocId, words: &[u32]) -> f32 {
        if words.is_empty() {
            return 0.0;
        }
        let own = self
            .doc_titles
            .entry(id)
            .or_insert_with(|| world.title_of(&world.docs[id as usize]).map_or_else(Vec::new, |title| self.title_words.of(title)));
        titles::likeness(words, own)
    }

    /// Best first: alike in subject, of the citing paper's own province, newest, most cited.
    fn rank(&mut self, world: &World<'_, '_>, docs: &mut Vec<DocId>, claim: &Claim, title: Option<&str>) {
        let words = title.map(|title| self.title_words.of(title)).unwrap_or_default();
        let home = world.homes[claim.paper as usize].place;
        docs.sort_by_cached_key(|id| {
            let doc = &world.docs[*id as usize];
            let alike = (self.likeness(world, *id, &words) * 100.0) as i32;
            let place = world.keys.words.text(doc.scope.place);
            let newest = std::cmp::Reverse(doc.date.map_or((doc.year, 0), |day| (day.year(), day.day_of_year())));
            let other_place = doc.scope.place != home || home == NONE;
            (-alike, other_place, newest, std::cmp::Reverse(doc.claims.len()), place.to_owned(), *id)
        });
        docs.truncate(MOST_CANDIDATES);
    }

    /// Which terms are excluded because the numbers had not come so far when the citing paper was written.
    fn older_terms(&self, world: &World<'_, '_>, claim: &Claim) -> Option<Cow<'static, str>> {
        let symbol = world.keys.symbol(claim.symbol);
        let day = world.papers[claim.paper as usize].facts.date?;
        if symbol.system != System::Party || world.keys.known_reach(symbol) != Some(Reach::Central) {
            return None;
        }
        let board = world.board(claim.symbol, claim.scope, Some(day));
        let mut term = world.book.at(board, day).name;
        let mut excluded = NONE;
        while self.marks.earliest(world, claim.symbol, claim.scope, term).is_some_and(|earliest| earliest > day) {
            excluded = term;
            term = world.book.before(board, term)?;
        }
        if excluded == NONE {
            return None;
        }
        let (term, excluded) = (world.keys.words.text(term), world.keys.words.text(excluded));
        Some(format!("no document with this number is known; of khóa {term} or before, as khóa {excluded} had not come so far").into())
    }
}

/// The meaning of a mention that fixes its document by itself.
fn fixed(doc: &Doc, id: DocId, claim: &Claim, fit: Fit) -> Meaning {
    let own = claim.basis == Basis::Own && !doc.told;
    let sure = if own { Certainty::Likely } else { Certainty::Certain };
    match fit {
        Fit::Date if own => one(id, sure, "date next to it; taken to be of this paper's own province"),
        Fit::Date => one(id, sure, "date next to it"),
        Fit::Symbol => one(id, sure, "the year in its number"),
        Fit::Term => one(id, sure, "the term next to it"),
        Fit::Year if doc.term.other == NONE => one(id, sure, "the year next to it"),
        Fit::Year => one(id, Certainty::Likely, "the year next to it"),
        Fit::OtherDate => one(id, Certainty::Likely, "the only document with this number in its term or year, though dated otherwise"),
        Fit::Misdated => one(id, Certainty::Likely, "the term next to it, though its date is of another term"),
        Fit::Title | Fit::Open => one(id, Certainty::Likely, "its subject words"),
    }
}

fn one(doc: DocId, certainty: Certainty, why: &'static str) -> Meaning {
    Meaning { docs: smallvec![doc], certainty, why: why.into() }
}

/// The meaning of a name or short form that stands for an earlier mention.
fn follow(meaning: Meaning) -> Meaning {
    Meaning { why: "stands for an earlier mention in this paper".into(), ..meaning }
}

fn only_reason(claim: &Claim, had_any: bool) -> &'static str {
    debug_assert!(had_any, "a candidate is left");
    match (claim.date, claim.term, claim.year) {
        (Some(_), ..) => "number and date; the only such document known",
        (None, NONE, 0) => "only document with this number that fits",
        (None, NONE, _) => "number and year; the only such document known",
        (None, ..) => "number and term; the only such document known",
    }
}
