//! Question: how long does a question take inside the process, at p50 and p95, on `BENCH_PAPERS` papers?
//!
//! One reader, one thread, warm files; each question is asked once, in an order drawn with a fixed seed. References are
//! the ids of papers and bare numbers ("01-KH/TU" means a paper in each province); searches mix words with and without
//! marks, phrases, numbers and filters.

#![allow(clippy::print_stdout)] // a bench reports on standard output

mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};
use support::Random;
use support::folder::{ingest, papers_wanted, write};
use vanban::query::{self, SearchQuestion};
use vanban::store::Reader;

/// Bytes of a paper.
const BYTES: usize = 5_000;
/// Questions of each sort.
const QUESTIONS: usize = 400;
/// Sorts of searches, in turn.
const SORTS: [&str; 4] = ["  words", "  words without marks", "  phrases", "  numbers"];

fn main() {
    let papers = papers_wanted(2_000);
    let dir = tempfile::tempdir().expect("a folder for temporary files");
    write(dir.path(), 1, papers, BYTES);
    let index = dir.path().join("index");
    let (report, took) = ingest(dir.path(), &index, 2);
    println!("{papers} papers, ingested in {:.1} s\n", took.as_secs_f64());
    let ids: Vec<String> = report.files.into_iter().filter_map(|file| file.id).collect();
    let numbers: Vec<String> = support::Generator::new(1, papers, BYTES).map(|paper| paper.truth.number).collect();

    let mut random = Random::new(2);
    let opening = timed(20, |_| drop(black_box(Reader::open(&index).expect("an index"))));
    let reader = Reader::open(&index).expect("an index");
    let by_id = timed(QUESTIONS, |_| {
        let id = &ids[random.below(ids.len())];
        black_box(query::cited_by(&reader, id).expect("a known id"));
    });
    let by_number = timed(QUESTIONS, |_| {
        let number = &numbers[random.below(numbers.len())];
        black_box(query::cited_by(&reader, number).expect("a known number"));
    });
    let lineage = timed(QUESTIONS, |_| {
        let id = &ids[random.below(ids.len())];
        black_box(query::lineage(&reader, id, query::Direction::Up, None, None).expect("a known id"));
    });
    let questions: Vec<SearchQuestion> = (0..QUESTIONS).map(|at| question(&mut random, &numbers, at)).collect();
    // The first search loads what filters and facets need; a person waits for that once.
    let first = timed(1, |_| drop(black_box(query::search(&reader, &questions[0]).expect("a sound question"))));
    let search = timed(QUESTIONS, |at| drop(black_box(query::search(&reader, &questions[at]).expect("a sound question"))));
    let of_sort = |sort: usize| {
        timed(QUESTIONS / SORTS.len(), |at| {
            drop(black_box(query::search(&reader, &questions[at * SORTS.len() + sort]).expect("a sound question")));
        })
    };

    println!("{:32} {:>10} {:>10}", "", "p50", "p95");
    line("open a reader", &opening, "");
    line("cited-by, by id", &by_id, "limit of p95: 5 ms");
    line("cited-by, by bare number", &by_number, "all meanings");
    line("lineage --up", &lineage, "");
    line("first search", &first, "");
    line("search", &search, "limit of p95: 20 ms");
    for (sort, name) in SORTS.iter().enumerate() {
        line(name, &of_sort(sort), "");
    }
}

fn question(random: &mut Random, numbers: &[String], at: usize) -> SearchQuestion {
    let topic = random.pick(support::topics());
    let words: Vec<&str> = topic.split_whitespace().collect();
    let some = words[..words.len().min(4)].join(" ");
    let words = match at % SORTS.len() {
        0 => some,
        1 => vanban::tables::fold::bare(&some),
        2 => format!("\"{some}\""),
        _ => numbers[random.below(numbers.len())].clone(),
    };
    let kinds = if at % 8 < 4 { Vec::new() } else { vec!["KH".to_owned()] };
    SearchQuestion { words, kinds, limit: 10, ..SearchQuestion::default() }
}

/// Times of so many questions, sorted.
fn timed(count: usize, mut ask: impl FnMut(usize)) -> Vec<Duration> {
    let mut times: Vec<Duration> = (0..count)
        .map(|at| {
            let began = Instant::now();
            ask(at);
            began.elapsed()
        })
        .collect();
    times.sort_unstable();
    times
}

fn line(what: &str, times: &[Duration], note: &str) {
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    println!("{what:32} {:7.2} ms {:7.2} ms  {note}", at(50), at(95));
}
