//! Floor 2: files in every format become text, and bad files become one error each.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use vanban::model::{Error, ErrorKind, Method, RawText};
use vanban::source::{FileText, Limits, Pool, decode, hash, sniff, walk};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats").join(name)
}

fn here(name: &str) -> Result<RawText, Error> {
    let path = fixture(name);
    let bytes = std::fs::read(&path).unwrap();
    let limits = Limits::default();
    sniff(&bytes, &path).and_then(|format| decode(format, &bytes, &path, &limits))
}

/// A pool of our own program.
fn pool(processes: usize, limits: Limits) -> Pool {
    Pool::new(env!("CARGO_BIN_EXE_vanban").into(), vec!["__reader".into()], processes, limits)
}

/// The words, without what belongs to a format: Markdown marks, cell borders, line breaks.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().map(|word| word.trim_matches(['*', '#', '|'])).filter(|word| !word.is_empty()).collect()
}

fn outcome(error: &Error) -> &'static str {
    match error.kind {
        ErrorKind::Empty => "empty",
        ErrorKind::Binary => "binary",
        ErrorKind::Truncated(_) => "truncated",
        ErrorKind::Encrypted => "encrypted",
        ErrorKind::NeedsOcr => "needs_ocr",
        _ => "another error",
    }
}

/// One row of the case file against one reading.
fn check(row: &[&str], read: Result<RawText, Error>) {
    let [name, wanted, format, encoding, note] = row else { panic!("five columns: {row:?}") };
    match read {
        Ok(raw) => {
            assert_eq!(*wanted, "read", "{name} was read");
            assert!(
                raw.media_type.len() > 4 && sniff(&std::fs::read(fixture(name)).unwrap(), &fixture(name)).unwrap().name() == *format,
                "{name}"
            );
            assert_eq!(raw.encoding.as_deref().unwrap_or("-"), *encoding, "{name}");
            let kinds: Vec<String> = raw.warnings.iter().map(|warning| serde_json::to_string(&warning.kind).unwrap()).collect();
            let expected: Vec<String> = if *note == "-" { Vec::new() } else { vec![format!("\"{note}\"")] };
            assert_eq!(kinds, expected, "{name}");
        }
        Err(error) => {
            assert_eq!(outcome(&error), *wanted, "{error}");
            assert!(error.to_string().contains(note), "{error}");
            assert!(error.to_string().contains(name), "{error} names the file");
        }
    }
}

fn rows() -> Vec<Vec<&'static str>> {
    let table = include_str!("../cases/source/files.tsv");
    table.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split('\t').collect()).collect()
}

#[test]
fn every_fixture_has_its_outcome() {
    for row in rows() {
        check(&row, here(row[0]));
    }
}

#[test]
fn the_reader_process_tells_the_same() {
    let pool = pool(2, Limits::default());
    for row in rows() {
        check(&row, pool.read(&fixture(row[0])).map(|file| file.raw));
    }
}

#[test]
fn no_fixture_is_without_a_row() {
    let listed: Vec<&str> = rows().iter().map(|row| row[0]).collect();
    for entry in std::fs::read_dir(fixture("")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name == "README.md" || listed.contains(&name.as_str()), "{name} has no row in tests/cases/source/files.tsv");
    }
}

#[test]
fn all_formats_give_the_same_text() {
    let text = here("paper.txt").unwrap().text;
    for name in ["paper.md", "paper.html", "paper.docx", "paper.pdf", "paper.doc", "paper.odt", "paper.rtf"] {
        let other = here(name).unwrap().text;
        assert_eq!(words(&other), words(&text), "{name}");
    }
}

/// Rules make cells in a PDF as a document's table does: over several rows and columns, empty ones, words of two cells in one run.
#[test]
fn ruled_tables_of_a_pdf_have_the_cells_of_the_document() {
    let table = |name: &str| {
        let text = here(name).unwrap().text;
        text[text.find("|\nTT").unwrap()..=text.rfind('|').unwrap()].to_owned()
    };
    assert_eq!(table("tables.pdf"), table("tables.odt"));
}

/// Fonts tell the encoding of each run, capitals that the bytes do not hold, and what is Unicode already.
#[test]
fn old_fonts_give_the_same_text() {
    let text = here("paper.docx").unwrap().text;
    for name in ["old.docx", "old.doc", "old.odt", "old.rtf"] {
        assert_eq!(here(name).unwrap().text, text, "{name}");
    }
}

/// Plain bytes tell by their words; only TCVN3 has no capitals with tones, which stand where the letters around them do.
#[test]
fn old_bytes_give_the_same_text() {
    let text = here("paper.txt").unwrap().text;
    assert_eq!(here("mojibake.txt").unwrap().text, text);
    for name in ["tcvn3.txt", "vni.txt", "viscii.txt"] {
        assert_eq!(here(name).unwrap().text, text.replace('¹', ""), "{name}");
    }
}

#[test]
fn letterhead_cells_and_footnote_marks_keep_their_form() {
    for name in ["paper.html", "paper.docx", "paper.doc", "paper.odt", "paper.rtf"] {
        let text = here(name).unwrap().text;
        let head = "|\nTỈNH ỦY SÔNG LAM\n*\nSố 15-CT/TU\n|\nĐẢNG CỘNG SẢN VIỆT NAM\nSông Lam, ngày 12 tháng 5 năm 2023\n|\n\nCHỈ THỊ\n";
        assert!(text.starts_with(head), "{name}: {text}");
        assert!(text.contains("mẫu của Văn phòng Tỉnh ủy¹. Ban Thường vụ"), "{name}: {text}");
        assert!(text.ends_with("\n¹ Mẫu gửi kèm Công văn số 210-CV/VPTU, ngày 03/02/2023 của Văn phòng Tỉnh ủy.\n"), "{name}: {text}");
    }
    let text = here("paper.pdf").unwrap().text;
    let head = "TỈNH ỦY SÔNG LAM\n*\nSố 15-CT/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nSông Lam, ngày 12 tháng 5 năm 2023\n\nCHỈ THỊ\n";
    assert!(text.starts_with(head), "{text}");
    assert!(text.contains("\n\nNơi nhận:\n- Ban Bí thư"), "the foot is two columns: {text}");
}

#[test]
fn pdf_pages_lose_their_running_heads_only() {
    let raw = here("pages.pdf").unwrap();
    assert_eq!((raw.pages, raw.method), (Some(4), Method::PdfLayout));
    let pages: Vec<&str> = raw.text.split('\u{c}').collect();
    assert_eq!(pages.len(), 4);
    for page in pages {
        assert_eq!(page.trim().lines().filter(|line| line.starts_with("Dòng thứ")).count(), 6, "{page}");
        assert_eq!(page.trim().lines().count(), 6, "{page}");
    }
}

#[test]
fn invisible_text_of_a_scan_is_read_in_lines() {
    let raw = here("recognised.pdf").unwrap();
    assert_eq!(raw.method, Method::PdfTextLayer);
    assert_eq!(raw.text.trim(), here("open.pdf").unwrap().text.trim());
    assert!(raw.text.starts_with("TỈNH ỦY SÔNG LAM\nSố 16-TB/TU\n"), "{}", raw.text);
}

#[test]
fn threads_share_the_processes_and_get_equal_answers() {
    let pool = pool(2, Limits::default());
    let names = ["paper.txt", "paper.html", "paper.docx", "paper.pdf", "open.pdf"];
    let read = |name: &str| pool.read(&fixture(name)).map(|FileText { raw, sha256, bytes }| (raw.text, sha256, bytes)).unwrap();
    let alone: BTreeMap<&str, _> = names.iter().map(|name| (*name, read(name))).collect();
    std::thread::scope(|scope| {
        for start in 0..6 {
            let (alone, read) = (&alone, &read);
            scope.spawn(move || {
                for i in 0..10 {
                    let name = names[(start + i) % names.len()];
                    assert_eq!(read(name), alone[name]);
                }
            });
        }
    });
    let (_, sha256, bytes) = &alone["paper.docx"];
    assert_eq!(*bytes, std::fs::metadata(fixture("paper.docx")).unwrap().len());
    assert_eq!(sha256.len(), 64);
}

#[test]
fn a_file_that_takes_for_ever_costs_only_itself() {
    let folder = tempfile::tempdir().unwrap();
    let nested = |name: &str, depth: usize| {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("<!doctype html><body>{}Sông Lam", "<div>".repeat(depth))).unwrap();
        path
    };
    // Building the tree of a page takes the square of its depth.
    let (deep, bottomless) = (nested("deep.html", 3_000), nested("bottomless.html", 300_000));
    let pool = pool(1, Limits { seconds: 5, ..Limits::default() });
    assert_eq!(pool.read(&deep).unwrap().raw.text, "Sông Lam\n");
    let error = pool.read(&bottomless).unwrap_err();
    assert_eq!((error.kind, error.path), (ErrorKind::TimeLimit(5), Some(bottomless)));
    pool.read(&fixture("paper.pdf")).unwrap();
}

/// Files that hang cost their time limit each, and nothing beyond it.
#[test]
fn files_that_hang_cost_the_limit_only() {
    const SECONDS: u64 = 2;
    let folder = tempfile::tempdir().unwrap();
    let bottomless = folder.path().join("bottomless.html");
    std::fs::write(&bottomless, format!("<!doctype html><body>{}Sông Lam", "<div>".repeat(300_000))).unwrap();
    let read_all = |bad: usize| {
        let pool = pool(2, Limits { seconds: SECONDS, ..Limits::default() });
        let files: Vec<PathBuf> = (0..120).map(|i| if i % 40 < bad { bottomless.clone() } else { fixture("paper.docx") }).collect();
        let next = std::sync::atomic::AtomicUsize::new(0);
        let (clock, good) = (Instant::now(), std::sync::atomic::AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    while let Some(path) = files.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                        good.fetch_add(usize::from(pool.read(path).is_ok()), std::sync::atomic::Ordering::Relaxed);
                    }
                });
            }
        });
        assert_eq!(good.into_inner(), 120 - 3 * bad, "every good file is read");
        clock.elapsed()
    };
    let (without, with) = (read_all(0), read_all(1));
    println!("120 files in {} ms; 3 of them hanging, limit {SECONDS} s each, two processes: {} ms", without.as_millis(), with.as_millis());
    assert!(with < without * 2 + Duration::from_secs(3 * SECONDS + 3), "{without:?}, {with:?}");
}

/// One that wants more memory than a reader may have is told, and the next gets a new process.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_eats_memory_costs_only_itself() {
    let folder = tempfile::tempdir().unwrap();
    let large = folder.path().join("large.html");
    std::fs::write(&large, format!("<!doctype html><body>{}", "<p>chữ".repeat(1_000_000))).unwrap();
    let args = vec!["__reader".into(), "--memory=256".into()];
    let pool = Pool::new(env!("CARGO_BIN_EXE_vanban").into(), args, 1, Limits::default());
    pool.read(&fixture("paper.docx")).unwrap();
    let error = pool.read(&large).unwrap_err();
    assert!(matches!(&error.kind, ErrorKind::Crashed(why) if why.contains("out of memory")), "{error}");
    pool.read(&fixture("paper.docx")).unwrap();
}

#[test]
fn sizes_are_held_to_the_limits() {
    let limits = Limits { max_bytes: 1000, ..Limits::default() };
    let error = pool(1, limits).read(&fixture("paper.pdf")).unwrap_err();
    assert!(matches!(error.kind, ErrorKind::TooLarge { limit: 1000, .. }), "{error}");
    let limits = Limits { max_text: 1000, ..Limits::default() };
    let error = pool(1, limits).read(&fixture("paper.txt")).unwrap_err();
    assert!(matches!(error.kind, ErrorKind::TooLarge { limit: 1000, .. }), "{error}");
    let missing = pool(1, Limits::default()).read(Path::new("no/such/file.txt")).unwrap_err();
    assert!(matches!(missing.kind, ErrorKind::Io(std::io::ErrorKind::NotFound, _)), "{missing}");
}

/// A ZIP archive is a folder: its papers have paths, texts and hashes of their own.
#[test]
fn papers_in_an_archive_are_found_and_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("papers.zip");
    let mut writer = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    for (entry, name) in [("2023/a.doc", "old.doc"), ("b.docx", "paper.docx"), ("README.txt", "paper.txt")] {
        writer.start_file(entry, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, &std::fs::read(fixture(name)).unwrap()).unwrap();
    }
    writer.finish().unwrap();
    let found = walk(&[folder.path().to_path_buf()]);
    let paths: Vec<&Path> = found.iter().map(|found| found.path.as_path()).collect();
    assert_eq!(paths, [path.join("2023/a.doc"), path.join("b.docx")]);
    let pool = pool(1, Limits::default());
    for (found, name) in found.iter().zip(["old.doc", "paper.docx"]) {
        let (inside, outside) = (pool.read(&found.path).unwrap(), pool.read(&fixture(name)).unwrap());
        assert_eq!((inside.raw.text, &inside.sha256, inside.bytes), (outside.raw.text, &outside.sha256, outside.bytes));
        assert_eq!(hash(&found.path, &Limits::default()).unwrap(), inside.sha256);
        assert_eq!(found.stamp.as_ref().unwrap().bytes, inside.bytes);
    }
}

/// Every tenth of each binary format: an error with a reason or a text, never a crash.
#[test]
fn files_that_break_off_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let pool = pool(1, Limits::default());
    for name in ["old.doc", "old.docx", "old.odt", "old.rtf"] {
        let whole = std::fs::read(fixture(name)).unwrap();
        for tenth in 1..10 {
            let path = folder.path().join(name);
            std::fs::write(&path, &whole[..whole.len() * tenth / 10]).unwrap();
            let error = pool.read(&path).expect_err(&format!("{name}, {tenth} tenths"));
            assert!(matches!(error.kind, ErrorKind::Truncated(_) | ErrorKind::Malformed(_)), "{name}, {tenth} tenths: {error}");
        }
    }
}

#[test]
fn noise_behind_a_signature_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let pool = pool(1, Limits::default());
    let ole: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    for (name, start) in [("a.doc", ole), ("a.rtf", b"{\\rtf1"), ("a.odt", b"PK\x03\x04"), ("a.docx", b"PK\x03\x04")] {
        for seed in 1..20_u32 {
            let noise = (0..4_000_u32).map(|i| ((i + 1).wrapping_mul(seed.wrapping_mul(2_654_435_761)) >> 13) as u8);
            let path = folder.path().join(name);
            std::fs::write(&path, start.iter().copied().chain(noise).collect::<Vec<u8>>()).unwrap();
            let error = pool.read(&path).expect_err(name);
            assert!(!matches!(error.kind, ErrorKind::Crashed(_) | ErrorKind::TimeLimit(_)), "{name}: {error}");
        }
    }
}

/// Bytes of a sound file changed one by one: whatever the parser makes of it, the process answers.
#[test]
fn damaged_documents_do_not_end_the_reader() {
    let folder = tempfile::tempdir().unwrap();
    let pool = pool(1, Limits::default());
    for name in ["old.doc", "old.docx", "old.odt", "old.rtf"] {
        let whole = std::fs::read(fixture(name)).unwrap();
        for seed in 1..40_usize {
            let mut bytes = whole.clone();
            for k in 0..8 {
                let at = (seed * 7_919 + k * 104_729) % bytes.len();
                bytes[at] = bytes[at].wrapping_add((seed * 31 + k) as u8);
            }
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            if let Err(error) = pool.read(&path) {
                assert!(!matches!(error.kind, ErrorKind::TimeLimit(_)), "{name}, {seed}: {error}");
                assert!(!error.to_string().contains("signal"), "{name}, {seed}: {error}");
            }
        }
    }
}

/// A document may hold another one; what counts is what it is itself.
#[test]
fn what_is_embedded_does_not_tell_the_format() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xls");
    let mut file = cfb::create(&path).unwrap();
    std::io::Write::write_all(&mut file.create_stream("/Workbook").unwrap(), b"x").unwrap();
    file.create_storage("/MBD0001").unwrap();
    std::io::Write::write_all(&mut file.create_stream("/MBD0001/WordDocument").unwrap(), b"x").unwrap();
    file.flush().unwrap();
    let error = pool(1, Limits::default()).read(&path).unwrap_err();
    assert!(error.to_string().contains("an Excel 97 workbook (.xls)"), "{error}");
}

/// A part that unpacks to far more than the document holds.
#[test]
fn documents_that_unpack_without_end_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    let pool = pool(1, Limits::default());
    for (name, main, first) in [("a.docx", "word/document.xml", "[Content_Types].xml"), ("a.odt", "content.xml", "mimetype")] {
        let path = folder.path().join(name);
        let mut writer = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
        for (entry, bytes) in [(first, b"application/vnd.oasis.opendocument.text".to_vec()), (main, vec![b' '; 200 << 20])] {
            let stored = zip::write::SimpleFileOptions::default();
            let options = if entry == "mimetype" { stored.compression_method(zip::CompressionMethod::Stored) } else { stored };
            writer.start_file(entry, options).unwrap();
            std::io::Write::write_all(&mut writer, &bytes).unwrap();
        }
        writer.finish().unwrap();
        let error = pool.read(&path).expect_err(name);
        assert!(matches!(error.kind, ErrorKind::Malformed(_) | ErrorKind::TooLarge { .. }), "{name}: {error}");
    }
}

/// Programs that misbehave in the reader's place.
#[cfg(unix)]
mod bad_readers {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn script(folder: &Path, body: &str) -> PathBuf {
        let path = folder.join("reader.sh");
        std::fs::write(&path, format!("#!/bin/sh\n{body}\n")).unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
        path
    }

    /// Does `body` when it is started for the first time, and is our own reader from then on.
    fn at_first(folder: &Path, body: &str) -> PathBuf {
        let mark = folder.join("started");
        let reader = env!("CARGO_BIN_EXE_vanban");
        script(folder, &format!("if [ ! -e '{0}' ]; then : > '{0}'; {body}; fi\nexec '{reader}' __reader", mark.display()))
    }

    #[test]
    fn one_that_dies_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let pool = Pool::new(at_first(folder.path(), "kill -SEGV $$"), Vec::new(), 1, Limits::default());
        let error = pool.read(&fixture("paper.pdf")).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Crashed("signal 11".into()));
        assert!(pool.read(&fixture("paper.txt")).is_ok(), "text needs no reader");
        assert!(pool.read(&fixture("paper.pdf")).is_ok(), "the next file gets a new process");
    }

    #[test]
    fn one_that_hangs_is_stopped_and_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let limits = Limits { seconds: 1, ..Limits::default() };
        let pool = Pool::new(at_first(folder.path(), "exec sleep 60"), Vec::new(), 1, limits);
        let begin = Instant::now();
        let error = pool.read(&fixture("paper.pdf")).unwrap_err();
        assert_eq!(error.kind, ErrorKind::TimeLimit(1));
        assert!(begin.elapsed() < Duration::from_secs(10));
        assert!(pool.read(&fixture("paper.pdf")).is_ok(), "the next file gets a new process");
    }

    #[test]
    fn one_that_talks_nonsense_is_a_crash() {
        let folder = tempfile::tempdir().unwrap();
        let pool = Pool::new(script(folder.path(), "echo 'a line that is no answer at all'; cat"), Vec::new(), 1, Limits::default());
        let error = pool.read(&fixture("paper.pdf")).unwrap_err();
        assert!(matches!(error.kind, ErrorKind::Crashed(_)), "{error}");
    }

    #[test]
    fn one_that_is_not_there_is_told() {
        let pool = Pool::new("no/such/program".into(), Vec::new(), 1, Limits::default());
        let error = pool.read(&fixture("paper.pdf")).unwrap_err();
        assert!(error.to_string().contains("cannot start the reader"), "{error}");
    }

    #[test]
    fn a_named_pipe_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe.txt");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let error = pool(1, Limits::default()).read(&pipe).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Special("a named pipe".into()));
    }
}
