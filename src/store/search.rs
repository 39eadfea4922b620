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

use super::analyzer::{Analyzer, Word, indexed_text};
use super::columns::{Columns, FACETS, NONE};
use super::snippet::{Marks, snippet};
use super::{Reader, TextAnswer, TextHit, TextQuery, index, reader};
use crate::model::Error;
use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashSet};
use std::sync::Arc;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column as FastColumn;
use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, Searcher, SegmentOrdinal, SegmentReader, Term};

/// How much more an adjacent run of the words counts than the words alone.
const ADJACENCY: Score = 2.0;

impl Reader {
    /// Answers a full-text question from the snapshot.
    ///
    /// A document held in several copies is one hit, by its first paper. Equal scores are ordered newest first.
    pub fn search(&self, query: &TextQuery) -> Result<TextAnswer, Error> {
        let searcher = self.searcher.as_ref().ok_or_else(|| reader::not_ready(&self.dir))?;
        let columns = self.columns()?;
        let mut analyzer = Analyzer::new(&self.tables);
        let question = Question::parse(&query.words, &mut analyzer);
        let failed = |error: tantivy::TantivyError| index::failed(&self.dir, &error);
        let field = index::schema().1.words;
        let known = question.known_numbers(field, searcher).map_err(failed)?;
        let words = question.query(field, searcher, &known).map_err(failed)?;
        let keep = query.offset.saturating_add(query.limit).min(columns.ids.len());
        let hits = Hits { columns: Arc::clone(columns), pass: columns.filter(query).map(Arc::new), keep };
        let found = searcher.search(&*words, &hits).map_err(failed)?;
        let marks = question.marks(&known);
        let mut page = Vec::new();
        for ranked in found.best.into_iter().skip(query.offset) {
            let Some((raw, _)) = self.raw(columns.papers[ranked.slot as usize])? else { continue };
            let text = indexed_text(&self.tables, &raw);
            let snippet = snippet(&text, &analyzer.words(&text), &marks);
            page.push(TextHit { node: columns.ids[ranked.slot as usize].clone(), score: ranked.score, snippet });
        }
        let facets = FACETS.iter().zip(&columns.facets).zip(&found.counts);
        let facets = facets.map(|((name, column), counts)| ((*name).to_owned(), column.facet(counts))).collect();
        Ok(TextAnswer { total: found.total, hits: page, facets })
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
        let mut main = self.clauses(field, known, meant);
        let row = in_row(&self.loose, known);
        if row.len() > 1 {
            main.push((Occur::Should, Box::new(BoostQuery::new(run(field, &row), ADJACENCY))));
        }
        let main: Box<dyn Query> = Box::new(BooleanQuery::new(main));
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
                marks.words.extend([meant(&words[0]).to_owned(), typed_bare(&words[0]).to_owned()]);
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
        Some(folded) => &folded[super::analyzer::FOLDED.len_utf8()..],
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
                let token = if marked { word.exact.as_str() } else { word.folded.as_deref().unwrap_or(&word.exact) };
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

/// Collects the best hits and counts all of them.
struct Hits {
    columns: Arc<Columns>,
    pass: Option<Arc<Vec<bool>>>,
    keep: usize,
}

/// A hit; the greater one is the worse one, so that a heap gives up the worst first.
#[derive(Clone, Copy, Debug)]
struct Ranked {
    score: Score,
    slot: u32,
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        other.score.total_cmp(&self.score).then(self.slot.cmp(&other.slot))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ranked {}

/// What was collected: best first.
#[derive(Default)]
struct Found {
    total: usize,
    best: Vec<Ranked>,
    counts: [Vec<usize>; 4],
}

struct SegmentHits {
    columns: Arc<Columns>,
    pass: Option<Arc<Vec<bool>>>,
    keep: usize,
    paper_of_doc: FastColumn<u64>,
    heap: BinaryHeap<Ranked>,
    found: Found,
}

impl Collector for Hits {
    type Fruit = Found;
    type Child = SegmentHits;

    fn for_segment(&self, _segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentHits> {
        let counts = std::array::from_fn(|at| vec![0; self.columns.facets[at].width()]);
        Ok(SegmentHits {
            columns: Arc::clone(&self.columns),
            pass: self.pass.clone(),
            keep: self.keep,
            paper_of_doc: reader.fast_fields().u64("paper")?,
            heap: BinaryHeap::with_capacity(self.keep.min(1024) + 1),
            found: Found { counts, ..Found::default() },
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<Found>) -> tantivy::Result<Found> {
        let mut all = Found { counts: std::array::from_fn(|at| vec![0; self.columns.facets[at].width()]), ..Found::default() };
        for fruit in fruits {
            all.total += fruit.total;
            all.best.extend(fruit.best);
            for (sum, counts) in all.counts.iter_mut().zip(fruit.counts) {
                sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            }
        }
        all.best.sort_unstable();
        all.best.truncate(self.keep);
        Ok(all)
    }
}

impl SegmentCollector for SegmentHits {
    type Fruit = Found;

    fn collect(&mut self, doc: DocId, score: Score) {
        // A paper that is no document's first, or that the snapshot does not hold (yet, or any more), is no hit.
        let slot = self.paper_of_doc.first(doc).map_or(NONE, |paper| self.columns.slot(paper));
        if slot == NONE || self.pass.as_ref().is_some_and(|pass| !pass[slot as usize]) {
            return;
        }
        self.found.total += 1;
        for (column, counts) in self.columns.facets.iter().zip(&mut self.found.counts) {
            let value = column.at(slot);
            if value != NONE {
                counts[value as usize] += 1;
            }
        }
        let ranked = Ranked { score, slot };
        if self.heap.len() < self.keep {
            self.heap.push(ranked);
        } else if let Some(mut worst) = self.heap.peek_mut()
            && ranked < *worst
        {
            *worst = ranked;
        }
    }

    fn harvest(self) -> Found {
        Found { best: self.heap.into_sorted_vec(), ..self.found }
    }
}
