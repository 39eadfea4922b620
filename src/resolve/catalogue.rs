//! From what papers say to documents in the world.
//!
//! Duty: gather the claims that fix a document by themselves (number, body, and a date, term or year) into documents by the
//! identity key of domain 4.6. Not here: reading numbers (see `claims`), and mentions that fix nothing (see `candidates`).
//! Over 350 lines because one run of claims passes through every step here, in this order.

use super::claims::{Claim, OWN};
use super::keys::{Keys, NONE, SymbolId};
use super::provinces::{Basis, Home, Places, Scope};
use super::terms::{Board, TermAt, TermBook};
use super::{Paper, titles};
use crate::model::{Date, DocumentFacts, System};
use crate::tables::fold;
use std::collections::HashMap;

/// Index of a document in [`World::docs`].
pub(super) type DocId = u32;
/// No document.
pub(super) const NO_DOC: DocId = u32::MAX;
/// The symbol of a document without number.
pub(super) const NO_SYMBOL: SymbolId = u32::MAX;

/// What ties a claim to its document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Fit {
    /// Nothing yet.
    #[default]
    Open,
    /// Number and date.
    Date,
    /// Same number in the same term or year, another date.
    OtherDate,
    /// The term told beside it goes before a date of another term.
    Misdated,
    /// The year inside the number.
    Symbol,
    /// Number and term.
    Term,
    /// Number and year.
    Year,
    /// Number and subject, of a paper without date.
    Title,
}

/// A date that is claimed, with how many papers are so dated and how many cite it so.
pub(super) type DateVotes = (Date, u32, u32);

/// A document in the world.
#[derive(Clone, Debug)]
pub(super) struct Doc {
    pub(super) symbol: SymbolId,
    pub(super) scope: Scope,
    pub(super) date: Option<Date>,
    /// Year, where only that is known.
    pub(super) year: i16,
    pub(super) term: TermAt,
    /// Committee of the place on the date, see [`Places::instance`].
    pub(super) instance: u32,
    /// True when a paper or a mention tells the body beside the number.
    pub(super) told: bool,
    /// Papers that are this document, in the order of hashes.
    pub(super) papers: Vec<u32>,
    /// Mentions that speak of it, see [`World::claims`].
    pub(super) claims: Vec<u32>,
    /// Every date claimed, most attested first.
    pub(super) dates: Vec<DateVotes>,
}

/// Everything that resolution works on.
pub(super) struct World<'p, 't> {
    pub(super) keys: Keys<'t>,
    pub(super) places: Places,
    pub(super) book: TermBook,
    /// In the order of hashes.
    pub(super) papers: Vec<&'p Paper>,
    pub(super) homes: Vec<Home>,
    pub(super) claims: Vec<Claim>,
    pub(super) claim_docs: Vec<DocId>,
    pub(super) claim_fits: Vec<Fit>,
    /// Where the claims of a paper begin; one more entry than papers.
    pub(super) claim_starts: Vec<u32>,
    pub(super) docs: Vec<Doc>,
    pub(super) paper_docs: Vec<DocId>,
    /// Documents of a symbol.
    pub(super) by_symbol: Vec<Vec<DocId>>,
}

impl<'p, 't> World<'p, 't> {
    /// Reads all papers and builds the documents that the claims fix.
    pub(super) fn new(keys: Keys<'t>, papers: &'p [Paper]) -> World<'p, 't> {
        let mut papers: Vec<&Paper> = papers.iter().collect();
        papers.sort_by(|a, b| a.hash.cmp(&b.hash).then(a.id.cmp(&b.id)));
        let mut keys = keys;
        let book = TermBook::new(&mut keys);
        let places = Places::new(&keys);
        let mut world = World {
            keys,
            places,
            book,
            homes: Vec::with_capacity(papers.len()),
            claims: Vec::new(),
            claim_docs: Vec::new(),
            claim_fits: Vec::new(),
            claim_starts: vec![0],
            docs: Vec::new(),
            paper_docs: vec![NO_DOC; papers.len()],
            by_symbol: Vec::new(),
            papers,
        };
        world.read();
        world.gather();
        world.place_papers();
        world
    }

    /// Gathers the claims whose body is known, one number of one body at a time.
    fn gather(&mut self) {
        let mut order: Vec<u32> = (0..self.claims.len() as u32).filter(|i| self.fixes(*i)).collect();
        order.sort_unstable_by_key(|i| {
            let claim = &self.claims[*i as usize];
            (claim.symbol, claim.scope, claim.date, *i)
        });
        let mut rest = &order[..];
        while let Some(first) = rest.first() {
            let first = self.claims[*first as usize];
            let same = rest.partition_point(|i| {
                let claim = &self.claims[*i as usize];
                (claim.symbol, claim.scope) <= (first.symbol, first.scope)
            });
            let (run, others) = rest.split_at(same);
            self.gather_one(run);
            rest = others;
        }
    }

    /// True when the claim fixes a document by itself.
    fn fixes(&self, claim: u32) -> bool {
        let claim = &self.claims[claim as usize];
        let key = self.keys.symbol(claim.symbol);
        let kindless = key.family == NONE && key.system == System::Assembly;
        claim.scope.is_known()
            && key.register != NONE
            && !kindless
            && (claim.date.is_some() || claim.term != NONE || claim.year != 0 || key.year != 0)
    }

    fn gather_one(&mut self, claims: &[u32]) {
        let undated_from = self.claims[claims[0] as usize];
        let first_doc = self.docs.len();
        let undated = claims.partition_point(|i| self.claims[*i as usize].date.is_none());
        let mut late: Vec<(u32, Fit)> = Vec::new();
        let mut groups: Vec<(DateVotes, bool, Vec<u32>)> = Vec::new();
        for group in claims[undated..].chunk_by(|a, b| self.claims[*a as usize].date == self.claims[*b as usize].date) {
            let mut members = Vec::with_capacity(group.len());
            for i in group {
                if self.is_misdated(*i) { late.push((*i, Fit::Misdated)) } else { members.push(*i) }
            }
            if let Some(day) = members.first().and_then(|i| self.claims[*i as usize].date) {
                let (votes, told) = self.votes(day, &members);
                groups.push((votes, told, members));
            }
        }
        // The best attested date of a number founds the document; the others join or stand alone.
        groups.sort_by(|(a, ..), (b, ..)| b.1.cmp(&a.1).then(b.2.cmp(&a.2)).then(a.0.cmp(&b.0)));
        for (votes, told, members) in &groups {
            self.add_dated(first_doc, *votes, *told, members);
        }
        let (by_year, by_term): (Vec<u32>, Vec<u32>) = claims[..undated].iter().partition(|i| self.claims[**i as usize].year != 0);
        late.extend(by_year.into_iter().map(|i| (i, Fit::Year)));
        late.extend(by_term.into_iter().map(|i| (i, Fit::Term)));
        let qppl = self.keys.symbol(undated_from.symbol).year != 0;
        for (claim, fit) in late {
            self.add_undated(first_doc, claim, if qppl { Fit::Symbol } else { fit });
        }
    }

    /// True when the term told beside the number excludes its date; for central papers only, whose switches are known.
    fn is_misdated(&self, claim: u32) -> bool {
        let claim = self.claims[claim as usize];
        let board = self.board(claim.symbol, claim.scope, claim.date);
        let Some(day) = claim.date.filter(|_| claim.term != NONE && board == Board::Central) else { return false };
        !self.book.at(board, day).admits(claim.term)
    }

    fn votes(&self, day: Date, claims: &[u32]) -> (DateVotes, bool) {
        let (mut held, mut citing, mut last, mut told) = (0, 0, u32::MAX, false);
        for i in claims {
            let claim = &self.claims[*i as usize];
            told |= claim.basis == Basis::Told;
            if claim.mention == OWN {
                held += 1;
            } else if claim.paper != last {
                citing += 1;
                last = claim.paper;
            }
        }
        ((day, held, citing), told)
    }

    fn add_dated(&mut self, first_doc: usize, votes: DateVotes, told: bool, members: &[u32]) {
        let (day, ..) = votes;
        let best = members.iter().copied().find(|i| self.claims[*i as usize].term != NONE).unwrap_or(members[0]);
        let claim = self.claims[best as usize];
        let term = self.term_of(&claim);
        let key = self.keys.symbol(claim.symbol);
        let instance = self.places.instance(&self.keys, claim.scope.place, Some(day));
        let kind = self.printed_kind(members[0]);
        let home = (first_doc..self.docs.len()).find(|i| {
            let doc = &self.docs[*i];
            let Some(date) = doc.date else { return false };
            let sure = match key.system {
                System::Party => doc.term.surely_same(term),
                _ => key.year != 0 || date.year() == day.year(),
            };
            let maybe = sure || (key.system == System::Party && doc.term.maybe_same(term));
            let same_kind = || doc.claims.first().is_none_or(|i| self.printed_kind(*i) == kind);
            maybe && doc.instance == instance && ((sure && told && same_kind()) || near(date, day))
        });
        let fit = if home.is_some() { Fit::OtherDate } else { Fit::Date };
        let at = home.unwrap_or_else(|| {
            let year = day.year();
            self.new_doc(Doc { date: Some(day), year, term, instance, ..Doc::empty(claim.symbol, claim.scope) }) as usize
        });
        self.docs[at].dates.push(votes);
        self.docs[at].told |= told;
        for i in members {
            self.join(*i, at as DocId, fit);
        }
    }

    /// A claim by term, by year or by the year in its number joins the one document that fits, or founds one.
    fn add_undated(&mut self, first_doc: usize, claim: u32, fit: Fit) {
        let c = self.claims[claim as usize];
        let term = match fit {
            Fit::Misdated => TermAt { name: c.term, other: NONE },
            _ => self.term_of(&c),
        };
        let mut fitting = (first_doc..self.docs.len()).filter(|i| {
            let doc = &self.docs[*i];
            match fit {
                Fit::Symbol => true,
                Fit::Year => doc.year == c.year && (c.term == NONE || doc.term.admits(c.term)),
                _ => doc.term.admits(c.term),
            }
        });
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => self.join(claim, only as DocId, fit),
            (Some(_), Some(_)) => {}
            (None, _) => {
                let key = self.keys.symbol(c.symbol);
                let year = if key.year != 0 { key.year } else { c.year };
                let told = c.basis == Basis::Told;
                let doc = self.new_doc(Doc { year, term, told, ..Doc::empty(c.symbol, c.scope) });
                self.join(claim, doc, fit);
            }
        }
    }

    /// Papers whose own number did not fix a document, and papers without number.
    fn place_papers(&mut self) {
        let mut unnumbered: HashMap<(Option<&str>, String, Date, String), DocId> = HashMap::new();
        for i in 0..self.papers.len() {
            if self.paper_docs[i] != NO_DOC {
                continue;
            }
            let paper = self.papers[i];
            let own = self.claim_starts[i];
            let has_number = own < self.claim_starts[i + 1] && self.claims[own as usize].mention == OWN;
            if has_number {
                self.place_paper(own, &paper.facts);
                continue;
            }
            // Two files of one paper without number agree in everything; a day and a subject must be there to say so.
            let facts = &paper.facts;
            let twin = facts.date.zip(facts.title.as_deref().map(fold::lower)).filter(|(_, title)| title.split(' ').nth(3).is_some());
            let key = twin.map(|(date, title)| {
                let issuer = facts.issuer.as_ref().map(|issuer| fold::lower(&issuer.name)).unwrap_or_default();
                (facts.kind.as_deref(), issuer, date, title)
            });
            let known = key.as_ref().and_then(|key| unnumbered.get(key)).copied();
            let doc = known.unwrap_or_else(|| {
                let year = facts.date.map_or(0, Date::year);
                let doc = Doc { date: facts.date, year, told: true, ..Doc::empty(NO_SYMBOL, Scope::CENTRAL) };
                self.docs.push(doc);
                self.docs.len() as DocId - 1
            });
            if let Some(key) = key {
                unnumbered.insert(key, doc);
            }
            self.paper_docs[i] = doc;
            self.docs[doc as usize].papers.push(i as u32);
        }
    }

    /// A paper whose number leaves the date, or the body, open: it is a known document only where the subjects agree.
    fn place_paper(&mut self, own: u32, facts: &DocumentFacts) {
        let claim = self.claims[own as usize];
        let title = facts.title.as_deref();
        let same = self.by_symbol[claim.symbol as usize].iter().copied().find(|id| {
            let doc = &self.docs[*id as usize];
            let dates_agree = claim.date.is_none_or(|day| doc.date == Some(day));
            // Two undated copies of one number of one body are one document unless their subjects differ.
            let both_open = claim.date.is_none() && doc.date.is_none() && doc.scope == claim.scope && claim.scope.is_known();
            claim.scope.admits(doc.scope)
                && dates_agree
                && match (title, self.title_of(doc)) {
                    (Some(a), Some(b)) => titles::alike(a, b),
                    _ => both_open,
                }
        });
        let doc = same.unwrap_or_else(|| {
            let term = self.term_of(&claim);
            let year = claim.date.map_or(claim.year, Date::year);
            let told = claim.basis == Basis::Told;
            self.new_doc(Doc { date: claim.date, year, term, told, ..Doc::empty(claim.symbol, claim.scope) })
        });
        self.join(own, doc, Fit::Title);
    }

    /// A subject of a document: of its first paper, else of the first mention that tells one.
    pub(super) fn title_of(&self, doc: &Doc) -> Option<&'p str> {
        let held = doc.papers.iter().find_map(|i| self.papers[*i as usize].facts.title.as_deref());
        held.or_else(|| {
            doc.claims.iter().find_map(|i| {
                let claim = &self.claims[*i as usize];
                self.papers[claim.paper as usize].mentions.get(claim.mention as usize)?.title.as_deref()
            })
        })
    }

    /// The type code inside the number, as printed: `QĐ` and `QyĐ` are one family, yet may be two papers.
    fn printed_kind(&self, claim: u32) -> Option<&'p str> {
        let claim = &self.claims[claim as usize];
        let paper = self.papers[claim.paper as usize];
        let number = match claim.mention {
            OWN => paper.facts.parsed.as_ref(),
            at => paper.mentions[at as usize].number.as_deref(),
        };
        number?.kind.as_deref()
    }

    /// Adds a document and enters it under its symbol.
    pub(super) fn new_doc(&mut self, doc: Doc) -> DocId {
        let id = self.docs.len() as DocId;
        self.by_symbol[doc.symbol as usize].push(id);
        self.docs.push(doc);
        id
    }

    fn join(&mut self, claim: u32, doc: DocId, fit: Fit) {
        let c = self.claims[claim as usize];
        self.claim_docs[claim as usize] = doc;
        self.claim_fits[claim as usize] = fit;
        self.docs[doc as usize].claims.push(claim);
        if c.mention == OWN {
            self.paper_docs[c.paper as usize] = doc;
            self.docs[doc as usize].papers.push(c.paper);
        }
    }
}

impl Doc {
    /// A document of which only the number is known.
    pub(super) fn empty(symbol: SymbolId, scope: Scope) -> Doc {
        Doc {
            symbol,
            scope,
            date: None,
            year: 0,
            term: TermAt::default(),
            instance: 0,
            told: false,
            papers: Vec::new(),
            claims: Vec::new(),
            dates: Vec::new(),
        }
    }
}

/// True when one date is likely the other, mistyped: one digit, two digits swapped, or the year off by one.
pub(super) fn near(a: Date, b: Date) -> bool {
    if (a.month(), a.day()) == (b.month(), b.day()) && (a.year() - b.year()).abs() <= 1 {
        return true;
    }
    let digits = |day: Date| format!("{:02}{:02}{:04}", day.day(), day.month(), day.year()).into_bytes();
    let (a, b) = (digits(a), digits(b));
    let differing: Vec<usize> = (0..a.len()).filter(|i| a[*i] != b[*i]).collect();
    match differing[..] {
        [] | [_] => true,
        [i, j] => j == i + 1 && a[i] == b[j] && a[j] == b[i],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn a_mistyped_date_is_near() {
        for (a, b, want) in [
            ("2014-07-21", "2015-07-21", true),
            ("2019-12-30", "2020-12-30", true),
            ("2014-07-21", "2014-07-24", true),
            ("2014-07-21", "2014-07-12", true),
            ("2017-01-05", "2022-01-05", false),
            ("2014-07-21", "2014-09-07", false),
        ] {
            assert_eq!(near(a.parse().unwrap(), b.parse().unwrap()), want, "{a} {b}");
        }
    }
}
