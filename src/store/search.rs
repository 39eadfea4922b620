//! Full-text questions: from what a person typed to hits with facets and snippets.
//!
//! Duty: words (all of them must stand in the text), "phrases in quotation marks", whole numbers in any spelling;
//! filters; counts over all hits. The rules:
//! - a word typed with marks means exactly that word; typed without marks, any word that is written so without marks;
//! - words that stand side by side rank higher, exact marks before others; texts typed without marks come last;
//! - a phrase holds with marks if one of its words has marks, else without;
//! - queries are built by hand, so no character of a question has a hidden meaning.
//!
//! Not here: what a question means beyond its words (`query`).

use super::analyzer::{Analyzer, FOLDED, Word, indexed_text};
use super::columns::FACETS;
use super::hits::Hits;
use super::snippet::{Marks, snippet};
use super::{Reader, TextAnswer, TextHit, TextQuery, index, reader};
use crate::model::{Error, RawText};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, EnableScoring, Occur, PhraseQuery, Query, TermQuery, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

impl Reader {
    /// Answers a full-text question from the snapshot.
    ///
    /// A document held in several copies is one hit, by its first paper. Equal scores are ordered newest first.
    pub fn search(&self, query: &TextQuery) -> Result<TextAnswer, Error> {
        index::guarded(|| Ok(self.answer(query))).unwrap_or_else(|error| Err(index::failed(&self.dir, &error)))
    }

    fn answer(&self, query: &TextQuery) -> Result<TextAnswer, Error> {
        let searcher = self.searcher.as_ref().ok_or_else(|| reader::not_ready(&self.dir))?;
        let columns = self.columns()?;
        let question = Question::parse(&query.words, &mut self.analyzer.borrow_mut());
        let failed = |error: tantivy::TantivyError| index::failed(&self.dir, &error);
        let field = index::schema().1.words;
        let known = question.known_numbers(field, searcher).map_err(failed)?;
        let words = question.query(field, searcher, &known).map_err(failed)?;
        let keep = query.offset.saturating_add(query.limit).min(columns.ids.len());
        let adjacent = question.adjacent(field, searcher, &known).map_err(failed)?;
        let hits =
            Hits { columns: Arc::clone(columns), pass: columns.filter(query).map(Arc::new), keep, adjacent, docs: searcher.num_docs() };
        let found = searcher.search(&*words, &hits).map_err(failed)?;
        let marks = question.marks(&known);
        let mut page = Vec::new();
        for ranked in found.best.into_iter().skip(query.offset) {
            let raw = self.raw_text(columns.papers[ranked.slot as usize])?;
            page.extend(raw.map(|raw| (columns.ids[ranked.slot as usize].clone(), ranked.score, raw)));
        }
        let page = self.with_snippets(page, &marks);
        let facets = FACETS.iter().zip(&columns.facets).zip(&found.counts);
        let facets = facets.map(|((name, column), counts)| ((*name).to_owned(), column.facet(counts))).collect();
        Ok(TextAnswer { total: found.total, hits: page, facets })
    }

    /// Cuts the snippets side by side: to read the texts again is most of the work of a question with few hits.
    fn with_snippets(&self, page: Vec<(String, f32, RawText)>, marks: &Marks) -> Vec<TextHit> {
        let (tables, spare) = (&self.tables, Mutex::new(std::mem::take(&mut *self.spare.borrow_mut())));
        let taken = || spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let hits = page.into_par_iter().map(|(node, score, raw)| {
            let mut analyzer = taken().unwrap_or_else(|| Analyzer::new(tables));
            let snippet = snippet(&indexed_text(tables, &raw), &mut analyzer, marks);
            spare.lock().unwrap_or_else(PoisonError::into_inner).push(analyzer);
            TextHit { node, score, snippet }
        });
        let hits = hits.collect();
        *self.spare.borrow_mut() = spare.into_inner().unwrap_or_else(PoisonError::into_inner);
        hits
    }
}

/// A question in parts.
#[derive(Debug, Default)]
struct Question {
    /// True when something was typed, be it only signs.
    typed: bool,
    /// Words outside of quotation marks, parts of numbers among them.
    loose: Vec<Word>,
    /// Words of each pair of quotation marks.
    phrases: Vec<Vec<Word>>,
}

impl Question {
    fn parse(words: &str, analyzer: &mut Analyzer) -> Question {
        let mut question = Question { typed: !words.trim().is_empty(), ..Question::default() };
        for (place, piece) in words.split(['"', '“', '”', '„']).enumerate() {
            let words = analyzer.words(piece);
            if place % 2 == 0 {
                question.loose.extend(words);
            } else if !words.is_empty() {
                question.phrases.push(words);
            }
        }
        question
    }

    fn query(&self, field: Field, searcher: &Searcher, known: &HashSet<String>) -> tantivy::Result<Box<dyn Query>> {
        if self.loose.is_empty() && self.phrases.is_empty() {
            return Ok(if self.typed { Box::new(EmptyQuery) } else { Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0)) });
        }
        let main: Box<dyn Query> = Box::new(BooleanQuery::new(self.clauses(field, known, meant)));
        // Texts that were typed without marks: all the words, none with marks, after all others.
        if !self.loose.iter().any(Word::is_marked) {
            return Ok(main);
        }
        for word in &self.loose {
            if searcher.doc_freq(&Term::from_field_text(field, typed_bare(word)))? == 0 {
                return Ok(main);
            }
        }
        let bare: Box<dyn Query> = Box::new(BooleanQuery::new(self.clauses(field, known, typed_bare)));
        Ok(Box::new(BooleanQuery::union(vec![main, Box::new(ConstScoreQuery::new(bare, 0.0))])))
    }

    /// The loose words side by side, in this order: looked for in the best hits only (see [`Hits`]).
    fn adjacent(&self, field: Field, searcher: &Searcher, known: &HashSet<String>) -> tantivy::Result<Option<Box<dyn Weight>>> {
        let row = in_row(&self.loose, known);
        if row.len() < 2 {
            return Ok(None);
        }
        run(field, &row).weight(EnableScoring::enabled_from_searcher(searcher)).map(Some)
    }

    /// The whole numbers of the question that some text has. One that no text has may be the beginning of a number: then
    /// its parts have to stand in a row.
    fn known_numbers(&self, field: Field, searcher: &Searcher) -> tantivy::Result<HashSet<String>> {
        let mut known = HashSet::new();
        for (key, _) in self.loose.iter().chain(self.phrases.iter().flatten()).filter_map(|word| word.number.as_ref()) {
            if searcher.doc_freq(&Term::from_field_text(field, key))? > 0 {
                known.insert(key.clone());
            }
        }
        Ok(known)
    }

    /// One clause a word, number or phrase, all of which must hold; `token` chooses the token of a loose word.
    fn clauses(&self, field: Field, known: &HashSet<String>, token: for<'w> fn(&'w Word) -> &'w str) -> Vec<(Occur, Box<dyn Query>)> {
        let loose = pieces(&self.loose).map(|words| match &words[0].number {
            Some(_) => run(field, &in_row(words, known)),
            None => term(field, token(&words[0])),
        });
        let phrases = self.phrases.iter().map(|words| run(field, &in_row(words, known)));
        loose.chain(phrases).map(|clause| (Occur::Must, clause)).collect()
    }

    /// What to mark in a snippet.
    fn marks(&self, known: &HashSet<String>) -> Marks {
        let owned = |row: Vec<(usize, &str)>| row.into_iter().map(|(at, token)| (at, token.to_owned())).collect();
        let mut marks = Marks::default();
        for words in pieces(&self.loose) {
            if words[0].number.is_some() {
                marks.phrases.push(owned(in_row(words, known)));
            } else {
                for token in [meant(&words[0]), typed_bare(&words[0])] {
                    if !marks.words.iter().any(|word| word == token) {
                        marks.words.push(token.to_owned());
                    }
                }
            }
        }
        marks.phrases.extend(self.phrases.iter().map(|words| owned(in_row(words, known))));
        marks
    }
}

/// Single words, and the words of each whole number together.
fn pieces(words: &[Word]) -> impl Iterator<Item = &[Word]> {
    let mut rest = words;
    std::iter::from_fn(move || {
        let (piece, after) = (!rest.is_empty()).then(|| rest.split_at(number_parts(rest)))?;
        rest = after;
        Some(piece)
    })
}

/// How many words, from the first one on, belong to the whole number that begins there; 1 for a word.
fn number_parts(words: &[Word]) -> usize {
    match &words[0].number {
        Some((_, end)) => words.iter().take_while(|word| word.in_number && word.start < *end).count().max(1),
        None => 1,
    }
}

/// The token that a loose word means: exact if it has marks, else folded; digits are always exact.
fn meant(word: &Word) -> &str {
    match &word.folded {
        Some(folded) if !word.is_marked() => folded,
        _ => &word.exact,
    }
}

/// The exact token of the word typed without marks.
fn typed_bare(word: &Word) -> &str {
    match &word.folded {
        Some(folded) => &folded[FOLDED.len_utf8()..],
        None => &word.exact,
    }
}

/// Tokens of words in a row with their places: exact if one of the words has marks, else folded; a known whole number
/// is one token, which stands at the place of its first part.
fn in_row<'w>(words: &'w [Word], known: &HashSet<String>) -> Vec<(usize, &'w str)> {
    let marked = words.iter().any(Word::is_marked);
    let (mut row, mut place) = (Vec::with_capacity(words.len()), 0);
    for piece in pieces(words) {
        match &piece[0].number {
            Some((key, _)) if known.contains(key) => row.push((place, key.as_str())),
            _ => row.extend(piece.iter().enumerate().map(|(i, word)| {
                let token = if marked { &*word.exact } else { word.folded.as_deref().unwrap_or(&word.exact) };
                (place + i, token)
            })),
        }
        place += piece.len();
    }
    row
}

fn term(field: Field, token: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, token), IndexRecordOption::WithFreqs))
}

fn run(field: Field, row: &[(usize, &str)]) -> Box<dyn Query> {
    match row {
        [(_, one)] => term(field, one),
        _ => Box::new(PhraseQuery::new_with_offset(row.iter().map(|(at, token)| (*at, Term::from_field_text(field, token))).collect())),
    }
}
