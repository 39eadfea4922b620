//! Question: how many megabytes a second does each stage of one paper's way take on one core?
//!
//! Normalising, finding numbers (what citation finding begins with), structure and the whole of extraction run over the same fixed text (generated papers, seed 1). The
//! shares tell where time goes; compare them within one run, not across machines.

mod support;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use vanban::extract::Extractor;
use vanban::extract::numbers::NumberReader;
use vanban::model::{Method, NormText, RawText, SourceFacts};
use vanban::structure;
use vanban::tables::Tables;
use vanban::text::normalise;

/// Papers in the fixed text, and bytes of each.
const PAPERS: usize = 300;
const BYTES: usize = 8_000;

fn stages(criterion: &mut Criterion) {
    let tables = Tables::with_texts(support::Generator::overlay()).expect("the generator's rows are sound");
    let raws: Vec<RawText> = support::Generator::new(1, PAPERS, BYTES).map(|paper| RawText::plain(paper.text)).collect();
    let bytes: usize = raws.iter().map(|raw| raw.text.len()).sum();
    let source = SourceFacts {
        path: "bench.txt".to_owned(),
        sha256: String::new(),
        media_type: "text/plain".to_owned(),
        encoding: Some("utf-8".to_owned()),
        bytes: 0,
        pages: None,
        method: Method::Text,
    };

    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(20);
    group.bench_function("normalise", |bench| bench.iter(|| raws.iter().for_each(|raw| drop(black_box(normalise(&tables, raw))))));
    let normals: Vec<NormText> = raws.iter().map(|raw| normalise(&tables, raw)).collect();
    let numbers = NumberReader::new(&tables);
    group.bench_function("find numbers", |bench| {
        bench.iter(|| normals.iter().for_each(|norm| drop(black_box(numbers.find(&norm.text, 0)))))
    });
    group.bench_function("structure", |bench| {
        bench.iter(|| normals.iter().for_each(|norm| drop(black_box(structure::read(&tables, norm)))))
    });
    let extractor = Extractor::new(&tables);
    group.bench_function("facts (structure, citations, tasks)", |bench| {
        bench.iter(|| {
            raws.iter().zip(&normals).for_each(|(raw, norm)| drop(black_box(extractor.extract_normal(raw, norm, source.clone()))));
        });
    });
    group.bench_function("extract (normalise, structure, facts)", |bench| {
        bench.iter(|| raws.iter().for_each(|raw| drop(black_box(extractor.extract(raw, source.clone())))));
    });
    group.bench_function("tables parsed (not a rate)", |bench| bench.iter(|| black_box(Tables::builtin())));
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
