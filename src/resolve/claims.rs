//! What each number in each paper says: register, body, date, year, term.
//!
//! Duty: read papers and mentions into claims, one a number. Not here: which documents follow from them (see `catalogue`).

use super::catalogue::{Fit, NO_DOC, World};
use super::keys::{Keys, NONE, Reach, Symbol, SymbolId, Word};
use super::provinces::{Basis, Home, Places, Scope, Told};
use super::terms::{Board, TermAt};
use crate::model::{Date, DocumentFacts, Level, System};

/// The mention index of a paper's own number.
pub(super) const OWN: u32 = u32::MAX;
/// What one number in one paper says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim {
    pub(super) symbol: SymbolId,
    pub(super) scope: Scope,
    pub(super) basis: Basis,
    pub(super) date: Option<Date>,
    pub(super) year: i16,
    pub(super) term: Word,
    /// Index in the order of hashes.
    pub(super) paper: u32,
    /// Index in the paper, or [`OWN`].
    pub(super) mention: u32,
}

impl<'t> World<'_, 't> {
    /// Reads every paper's own number and every mention's.
    pub(super) fn read(&mut self) {
        for i in 0..self.papers.len() {
            let paper = self.papers[i];
            let home = self.read_own(i as u32, &paper.facts);
            self.homes.push(home);
            for (k, mention) in paper.mentions.iter().enumerate() {
                let Some(number) = &mention.number else { continue };
                let symbol = self.keys.read(number, mention.kind.as_deref(), mention.issuer.as_deref());
                let told = Told { province: mention.province.as_deref(), issuer: mention.issuer.as_deref(), level: None };
                let key = self.keys.symbol(symbol);
                let (scope, basis) = self.places.scope(&mut self.keys, key, told, Some(&home));
                let written = mention.term.as_deref();
                self.claim(symbol, scope, basis, mention.date, mention.year, written, (i as u32, k as u32));
            }
            self.claim_starts.push(self.claims.len() as u32);
        }
        self.claim_docs = vec![NO_DOC; self.claims.len()];
        self.claim_fits = vec![Fit::Open; self.claims.len()];
        self.by_symbol = vec![Vec::new(); self.keys.symbol_count()];
    }

    /// The paper's own number, and its place.
    fn read_own(&mut self, paper: u32, facts: &DocumentFacts) -> Home {
        let mut home = home(&mut self.keys, &mut self.places, facts);
        let Some(number) = &facts.parsed else { return home };
        let symbol = self.keys.read(number, facts.kind.as_deref(), facts.issuer.as_ref().map(|issuer| issuer.name.as_str()));
        let key = self.keys.symbol(symbol);
        let (scope, basis) = own_scope(&mut self.keys, &mut self.places, key, facts);
        home.register = key.register;
        home.body = if scope.is_known() { scope.body } else { NONE };
        self.claim(symbol, scope, basis, facts.date, None, facts.term.as_deref(), (paper, OWN));
        home
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of a claim, read in two places")]
    fn claim(
        &mut self,
        symbol: SymbolId,
        scope: Scope,
        basis: Basis,
        date: Option<Date>,
        year: Option<i16>,
        term: Option<&str>,
        at: (u32, u32),
    ) {
        let party = self.keys.symbol(symbol).system == System::Party;
        let board = self.board(symbol, scope, date);
        let term = match term {
            Some(text) if party => self.book.written(&mut self.keys, board, text),
            _ => NONE,
        };
        self.claims.push(Claim { symbol, scope, basis, date, year: year.unwrap_or(0), term, paper: at.0, mention: at.1 });
    }

    /// Whose terms count for a register.
    pub(super) fn board(&self, symbol: SymbolId, scope: Scope, date: Option<Date>) -> Board<'t> {
        match self.keys.known_reach(self.keys.symbol(symbol)) {
            Some(Reach::Central) => Board::Central,
            _ => Board::Provincial(date.and_then(|day| self.places.unit_id(&self.keys, scope.place, day))),
        }
    }

    /// The term that a date, a year or a written term fixes; nothing for numbers of the state.
    pub(super) fn term_of(&self, claim: &Claim) -> TermAt {
        if self.keys.symbol(claim.symbol).system != System::Party {
            return TermAt::default();
        }
        let board = self.board(claim.symbol, claim.scope, claim.date);
        let told = TermAt { name: claim.term, other: NONE };
        match (claim.date, claim.year) {
            (Some(day), _) => {
                let at = self.book.at(board, day);
                if at.admits(claim.term) { told } else { at }
            }
            (None, 0) => told,
            (None, year) => {
                let at = self.book.in_year(board, year);
                if claim.term != NONE { told } else { at }
            }
        }
    }
}

/// Where a paper is at home, its own number left out.
fn home(keys: &mut Keys<'_>, places: &mut Places, facts: &DocumentFacts) -> Home {
    let level = facts.issuer.as_ref().and_then(|issuer| issuer.level);
    if level == Some(Level::Central) {
        return Home::default();
    }
    let name = facts.province.as_deref().or_else(|| facts.issuer.as_ref()?.province.as_deref());
    let place = name.map_or(NONE, |name| places.place(keys, name));
    Home { place, provincial: place != NONE && matches!(level, None | Some(Level::Province)), ..Home::default() }
}

/// The scope of a paper's own number.
pub(super) fn own_scope(keys: &mut Keys<'_>, places: &mut Places, symbol: Symbol, facts: &DocumentFacts) -> (Scope, Basis) {
    let issuer = facts.issuer.as_ref();
    let province = facts.province.as_deref().or_else(|| issuer?.province.as_deref());
    let told = Told { province, issuer: issuer.map(|issuer| issuer.name.as_str()), level: issuer.and_then(|issuer| issuer.level) };
    let (scope, _) = places.scope(keys, symbol, told, None);
    (scope, if scope.is_known() { Basis::Told } else { Basis::Unknown })
}
