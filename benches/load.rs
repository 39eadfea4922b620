//! Question: how long do pages take when 64 connections ask at once?
//!
//! An index of `BENCH_PAPERS` generated papers (or the one that `BENCH_INDEX` names) is served in this process and asked over so
//! many connections that each wait for their answer: document, cited-by and search pages by turns. First each address once, so
//! that nothing of it is remembered, then for `BENCH_SECONDS` again and again. Client and server share the cores.

#![allow(clippy::print_stdout)] // a bench reports on standard output

mod support;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use support::folder::{ingest, papers_wanted, write};
use vanban::source::Limits;
use vanban::web::{Options, Server};

/// Bytes of a paper.
const BYTES: usize = 5_000;
/// Words that are searched, alone and in pairs.
const WORDS: [&str; 16] = [
    "ke+hoach",
    "thuc+hien",
    "kiem+tra",
    "bao+cao",
    "t%E1%BB%95ng+k%E1%BA%BFt",
    "c%C3%B4ng+t%C3%A1c",
    "%C4%91%E1%BA%A3ng+vi%C3%AAn",
    "chuyen+doi+so",
    "dat+dai",
    "giao+duc",
    "y+te",
    "moi+truong",
    "%22to+chuc+thuc+hien%22",
    "dau+tu",
    "can+bo",
    "nong+thon",
];

/// What was asked: its sort, and how long it took.
type Sample = (&'static str, Duration);

fn main() {
    let number = |name: &str, usual: usize| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (seconds, connections, addresses) =
        (number("BENCH_SECONDS", 10), number("BENCH_CONNECTIONS", 64), number("BENCH_ADDRESSES", 1_500));
    let dir = tempfile::tempdir().expect("a folder for temporary files");
    let index = std::env::var_os("BENCH_INDEX").map(PathBuf::from).unwrap_or_else(|| {
        let index = dir.path().join("index");
        write(dir.path(), 1, papers_wanted(2_000), BYTES);
        ingest(dir.path(), &index, 2);
        index
    });
    let options = Options {
        index,
        tables: None,
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        token: None,
        users: None,
        writable: false,
        uploads: None,
        limits: Limits::default(),
        reader: (PathBuf::from("none"), Vec::new()),
    };
    let server = Server::bind(options).expect("an index that can be served");
    let (address, stopper) = (server.address(), server.stopper());
    let running = std::thread::spawn(move || server.run());
    let all = addresses_of(address, addresses);
    println!("{} addresses, {connections} connections", all.len());
    let next = AtomicUsize::new(0);
    let once = asked(address, connections, |_| all.get(next.fetch_add(1, Ordering::Relaxed)).cloned());
    told("first", &once);
    let end = Instant::now() + Duration::from_secs(seconds as u64);
    let again = asked(address, connections, |nth| (Instant::now() < end).then(|| all[(nth * 7_919) % all.len()].clone()));
    told("again", &again);
    let all: usize = again.values().map(Vec::len).sum();
    println!("load: {:.0} answers/s", all as f64 / seconds as f64);
    stopper.stop();
    running.join().expect("the server's thread").expect("a server that ends");
}

/// Document, cited-by and search pages of documents from all over the index.
fn addresses_of(address: SocketAddr, most: usize) -> Vec<(&'static str, String)> {
    let mut connection = Connection::open(address);
    let mut ids: Vec<String> = Vec::new();
    let total = connection.json("/api/v1/search?limit=1")["total"].as_u64().unwrap_or(0) as usize;
    let steps = most.div_ceil(200);
    for step in 0..steps {
        let answer = connection.json(&format!("/api/v1/search?limit=100&cursor={}", total / steps * step));
        ids.extend(answer["hits"].as_array().into_iter().flatten().filter_map(|hit| Some(hit["document"]["id"].as_str()?.to_owned())));
    }
    let mut all = Vec::with_capacity(most);
    for (nth, id) in ids.iter().enumerate().take(most / 3) {
        all.push(("document", format!("/documents/{id}")));
        all.push(("cited-by", format!("/documents/{id}/cited-by")));
        let (a, b) = (WORDS[nth % WORDS.len()], WORDS[nth / WORDS.len() % WORDS.len()]);
        all.push(("search", if nth % 3 == 0 { format!("/search?q={id}") } else { format!("/search?q={a}+{b}&cursor={}", nth % 5 * 20) }));
    }
    all
}

/// Asks over so many connections; `next` gives the address of the nth question, `None` at the end.
fn asked(
    address: SocketAddr,
    connections: usize,
    next: impl Fn(usize) -> Option<(&'static str, String)> + Sync,
) -> BTreeMap<&'static str, Vec<Duration>> {
    let (count, samples) = (AtomicUsize::new(0), Mutex::new(Vec::<Sample>::new()));
    std::thread::scope(|scope| {
        for _ in 0..connections {
            scope.spawn(|| {
                let mut connection = Connection::open(address);
                let mut own = Vec::new();
                while let Some((sort, path)) = next(count.fetch_add(1, Ordering::Relaxed)) {
                    let began = Instant::now();
                    let (status, _) = connection.get(&path);
                    assert_eq!(status, 200, "{path}");
                    own.push((sort, began.elapsed()));
                }
                samples.lock().expect("whole samples").extend(own);
            });
        }
    });
    let mut by_sort: BTreeMap<&'static str, Vec<Duration>> = BTreeMap::new();
    for (sort, took) in samples.into_inner().expect("whole samples") {
        by_sort.entry(sort).or_default().push(took);
    }
    by_sort.values_mut().for_each(|all| all.sort_unstable());
    by_sort
}

fn told(when: &str, samples: &BTreeMap<&'static str, Vec<Duration>>) {
    for (sort, all) in samples {
        let at = |share: f64| all[((all.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
        println!(
            "{when:>6} {sort:<9} {:>7} answers  p50 {:>7.1} ms  p99 {:>7.1} ms  most {:>7.1} ms",
            all.len(),
            at(0.5),
            at(0.99),
            at(1.0)
        );
    }
}

/// A connection that is kept.
struct Connection(BufReader<TcpStream>);

impl Connection {
    fn open(address: SocketAddr) -> Connection {
        let stream = TcpStream::connect(address).expect("a listening server");
        stream.set_nodelay(true).expect("a socket option");
        Connection(BufReader::new(stream))
    }

    /// Status and body.
    fn get(&mut self, path: &str) -> (u16, Vec<u8>) {
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n");
        self.0.get_mut().write_all(request.as_bytes()).expect("an open connection");
        let (mut status, mut length, mut line) = (0, 0, String::new());
        loop {
            line.clear();
            self.0.read_line(&mut line).expect("an answer");
            let text = line.trim_end();
            if text.is_empty() {
                break;
            }
            if let Some(code) = text.strip_prefix("HTTP/1.1 ") {
                status = code.get(..3).and_then(|code| code.parse().ok()).unwrap_or(0);
            } else if let Some((name, value)) = text.split_once(": ")
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.parse().unwrap_or(0);
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).expect("a whole body");
        (status, body)
    }

    fn json(&mut self, path: &str) -> serde_json::Value {
        serde_json::from_slice(&self.get(path).1).expect("JSON")
    }
}
