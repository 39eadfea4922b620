//! Questions: how much longer than a bare Tantivy index of the same normalised text, in the same schema, does a whole
//! ingest take? What does an ingest cost when nothing has changed? Do two threads help? Is ten times the papers ten
//! times the time? All in one run, each the better of two, so that the ratios hold on any machine.

#![allow(clippy::print_stdout)] // a bench reports on standard output

mod support;

use std::path::Path;
use std::time::{Duration, Instant};
use support::folder::{ingest, papers_wanted, write};
use tantivy::schema::{FAST, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, TantivyDocument};
use vanban::model::RawText;
use vanban::store::{Analyzer, indexed_text};
use vanban::tables::Tables;

/// Bytes of a paper.
const BYTES: usize = 5_000;
/// Memory for postings, as in the store.
const HEAP: usize = 128 << 20;

fn main() {
    let many = papers_wanted(10_000);
    let few = many.div_ceil(10);
    let dir = tempfile::tempdir().expect("a folder for temporary files");
    let (small, large) = (dir.path().join("small"), dir.path().join("large"));
    write(&small, 1, few, BYTES);
    write(&large, 1, many, BYTES);
    let tables = Tables::with_texts(support::Generator::overlay()).expect("the generator's rows are sound");
    let texts: Vec<String> =
        support::Generator::new(1, many, BYTES).map(|paper| indexed_text(&tables, &RawText::plain(paper.text))).collect();
    let megabytes = texts.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    println!("{many} papers, {megabytes:.0} MB\n");

    let fresh = |papers: &Path, jobs: usize| {
        best(|| {
            let index = tempfile::tempdir().expect("a folder for temporary files");
            let (report, took) = ingest(papers, index.path(), jobs);
            assert_eq!(report.rejected, 0, "a generated paper was rejected");
            took
        })
    };
    let bare_two = best(|| bare(&tables, &texts, 2));
    let bare_one = best(|| bare(&tables, &texts, 1));
    let (whole_two, whole_one, tenth) = (fresh(&large, 2), fresh(&large, 1), fresh(&small, 2));
    let index = dir.path().join("index");
    ingest(&large, &index, 2);
    let unchanged = best(|| {
        let (report, took) = ingest(&large, &index, 2);
        assert_eq!(report.unchanged, many as u64, "papers were read again");
        took
    });

    let rate = |took: Duration| format!("{:.1} MB/s", megabytes / took.as_secs_f64());
    line("bare Tantivy index, 2 threads", bare_two, &rate(bare_two));
    line("bare Tantivy index, 1 thread", bare_one, &rate(bare_one));
    line("whole ingest, 2 threads", whole_two, &rate(whole_two));
    line("whole ingest, 1 thread", whole_one, &rate(whole_one));
    line("ingest of a tenth, 2 threads", tenth, "");
    line("ingest, nothing changed", unchanged, &format!("{:.0} files/s", many as f64 / unchanged.as_secs_f64()));
    println!();
    let ratio = |one: Duration, other: Duration| one.as_secs_f64() / other.as_secs_f64();
    println!("whole / bare, 2 threads      {:6.2}  (limit 1.70)", ratio(whole_two, bare_two));
    println!("whole / bare, 1 thread       {:6.2}", ratio(whole_one, bare_one));
    println!("1 thread / 2 threads         {:6.2}", ratio(whole_one, whole_two));
    println!("10 x papers / papers         {:6.2}  (limit 11)", ratio(whole_two, tenth) * 10.0 / (many as f64 / few as f64));
    println!("nothing changed / fresh      {:6.3}", ratio(unchanged, whole_two));
}

/// The better of two runs: what disturbs a run only makes it longer.
fn best(mut run: impl FnMut() -> Duration) -> Duration {
    let first = run();
    first.min(run())
}

fn line(what: &str, took: Duration, rate: &str) {
    println!("{what:32} {:8.2} s   {rate}", took.as_secs_f64());
}

/// Indexes the texts with the store's analyzer and field options, and nothing else.
fn bare(tables: &Tables, texts: &[String], threads: usize) -> Duration {
    let dir = tempfile::tempdir().expect("a folder for temporary files");
    let mut builder = Schema::builder();
    let paper = builder.add_u64_field("paper", INDEXED | FAST);
    let indexing = TextFieldIndexing::default().set_tokenizer("syllables").set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let words = builder.add_text_field("words", TextOptions::default().set_indexing_options(indexing));
    let began = Instant::now();
    let index = Index::create_in_dir(dir.path(), builder.build()).expect("an empty folder");
    index.tokenizers().register("syllables", Analyzer::new(tables));
    let mut writer = index.writer_with_num_threads(threads, HEAP).expect("enough memory");
    for (at, text) in texts.iter().enumerate() {
        let mut document = TantivyDocument::new();
        document.add_u64(paper, at as u64);
        document.add_text(words, text);
        writer.add_document(document).expect("a running writer");
    }
    writer.commit().expect("a writable folder");
    writer.wait_merging_threads().expect("merges end");
    began.elapsed()
}
