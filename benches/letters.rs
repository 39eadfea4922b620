//! Question: how fast is text in an old encoding turned into letters, against plain Unicode text that only has to be
//! looked at? One thread, in MB of the text as it was read, each the best of five.

#![allow(clippy::print_stdout)] // a bench reports on standard output

mod support;

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;
use vanban::source::{Format, Limits, decode};
use vanban::tables::Charmap;
use vanban::tables::legacy::{cp1252_char, legacy};

/// Papers whose text is converted.
const PAPERS: usize = 400;

fn main() {
    let plain: String = support::Generator::new(1, PAPERS, 5_000).map(|paper| paper.text).collect();
    let looked = rate("Unicode, looked at", plain.as_bytes());
    for (name, map) in [("TCVN3", &legacy().tcvn3), ("VNI", &legacy().vni)] {
        let text = written(&plain, map);
        let took = rate(&format!("{name} in UTF-8, converted"), text.as_bytes());
        println!("  {:.2} of the rate of Unicode", took / looked);
    }
}

/// MB/s of reading `bytes` as plain text.
fn rate(what: &str, bytes: &[u8]) -> f64 {
    let limits = Limits::default();
    let once = || {
        let begin = Instant::now();
        black_box(decode(Format::Text, black_box(bytes), Path::new("a.txt"), &limits).expect("text"));
        begin.elapsed().as_secs_f64()
    };
    let best = (0..5).map(|_| once()).fold(f64::INFINITY, f64::min);
    let rate = bytes.len() as f64 / 1e6 / best;
    println!("{what}: {rate:.0} MB/s");
    rate
}

/// The text as a document in such a font shows it to a program: the bytes of its letters as windows-1252.
fn written(text: &str, map: &Charmap) -> String {
    let bytes = |letter: char| -> Option<Vec<u8>> {
        let single = (0x80..=0xff).find(|byte| map.single(*byte) == Some(letter)).map(|byte| vec![byte]);
        let pairs = || (0x41..=0xff).flat_map(|first: u8| (0x80..=0xff).map(move |second: u8| (first, second)));
        single.or_else(|| pairs().find(|(first, second)| map.pair(*first, *second) == Some(letter)).map(|(a, b)| vec![a, b]))
    };
    let mut known = std::collections::HashMap::new();
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        let found = known.entry(c).or_insert_with(|| bytes(c).or_else(|| bytes(c.to_lowercase().next().unwrap_or(c))));
        match found {
            Some(bytes) => out.extend(bytes.iter().map(|byte| cp1252_char(*byte))),
            None => out.push(c),
        }
    }
    out
}
