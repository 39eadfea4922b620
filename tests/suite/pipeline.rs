//! Ingest: what happens to files, incremental equals fresh, one thread equals many.

use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, SystemTime};
use tempfile::TempDir;
use vanban::ingest::{FileOutcome, Options, Outcome, Progress, Report, Silent, retry, run};
use vanban::model::ErrorKind;
use vanban::source::Limits;
use vanban::store::{Reader, TextQuery};

struct House {
    dir: TempDir,
    jobs: usize,
}

impl House {
    fn new() -> House {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("papers")).unwrap();
        House { dir, jobs: 2 }
    }

    fn papers(&self) -> PathBuf {
        self.dir.path().join("papers")
    }

    fn index(&self) -> PathBuf {
        self.dir.path().join("index")
    }

    /// Writes a file; its time of change moves on with each write, as it would between two ingests.
    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.papers().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let before =
            std::fs::metadata(&path).and_then(|meta| meta.modified()).unwrap_or(SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 30));
        std::fs::write(&path, text).unwrap();
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(before + Duration::from_secs(1)).unwrap();
    }

    fn remove(&self, name: &str) {
        std::fs::remove_file(self.papers().join(name)).unwrap();
    }

    fn options(&self) -> Options {
        Options {
            roots: vec![self.papers()],
            index: self.index(),
            tables: None,
            jobs: self.jobs,
            dry_run: false,
            prune: false,
            limits: Limits::default(),
            reader: (env!("CARGO_BIN_EXE_vanban").into(), vec!["__reader".into()]),
        }
    }

    fn ingest(&self) -> Report {
        checked(run(&self.options(), &Silent).unwrap())
    }

    fn finds(&self, words: &str) -> usize {
        let reader = Reader::open(&self.index()).unwrap();
        assert_eq!(reader.check().unwrap(), []);
        reader.search(&TextQuery { words: words.into(), limit: 100, ..TextQuery::default() }).unwrap().total
    }
}

/// The sum that always holds.
fn checked(report: Report) -> Report {
    assert_eq!(report.found, report.added + report.updated + report.unchanged + report.duplicates + report.rejected);
    assert_eq!(report.files.len() as u64, report.found + report.removed);
    assert!(report.files.is_sorted_by(|a, b| a.path <= b.path));
    report
}

fn outcomes(report: &Report) -> BTreeMap<String, Outcome> {
    let name = |file: &FileOutcome| Path::new(&file.path).file_name().unwrap().to_string_lossy().into_owned();
    report.files.iter().map(|file| (name(file), file.outcome)).collect()
}

pub(crate) fn letter(number: u32, words: &str) -> String {
    format!(
        "TỈNH ỦY THỬ\n*\nSố {number}-CT/TU\nCHỈ THỊ\nvề {words}\n\nThực hiện Chỉ thị số {}-CT/TU, Ban Thường vụ yêu cầu {words}.\n",
        number + 1
    )
}

/// Everything that answers are made of, without row numbers and times.
pub(crate) fn dump(index: &Path) -> Vec<String> {
    let db = Connection::open(index.join("catalogue.sqlite")).unwrap();
    let queries = [
        "SELECT 'file', f.path, f.size, f.sha256, p.sha256, f.stage, f.reason FROM files f LEFT JOIN papers p ON p.id = f.paper",
        "SELECT 'paper', sha256, bytes, media_type, encoding, pages, method, document, outline, warnings, reading, text FROM papers JOIN texts ON paper = id",
        "SELECT 'citation', c.id, p.sha256, c.ord, c.span_start, c.span_end, c.form, c.number, c.date, c.relation, c.sentence, c.antecedent \
         FROM citations c JOIN papers p ON p.id = c.paper",
        "SELECT 'stated', p.sha256, a.id, b.id, s.relation, s.span_start FROM stated s JOIN papers p ON p.id = s.key >> 24 \
         JOIN citations a ON a.key = s.from_citation JOIN citations b ON b.key = s.to_citation",
        "SELECT 'task', p.sha256, t.key & 16777215, t.text, t.assignees, t.due_date FROM tasks t JOIN papers p ON p.id = t.key >> 24",
        "SELECT 'node', id, kind, number, date, term, issuer, province, level, title, held, conflicts FROM nodes",
        "SELECT 'copy', n.id, np.rank, p.sha256 FROM node_papers np JOIN nodes n ON n.key = np.node JOIN papers p ON p.id = np.paper",
        "SELECT 'link', c.id, l.certainty, l.why, k.rank, n.id, k.clue FROM links l JOIN citations c ON c.key = l.citation \
         JOIN candidates k ON k.citation = l.citation JOIN nodes n ON n.key = k.node",
        "SELECT 'edge', a.id, b.id, e.relation, e.sentence FROM edges e JOIN nodes a ON a.key = e.from_node JOIN nodes b ON b.key = e.to_node",
    ];
    let mut out = Vec::new();
    for sql in queries {
        let mut statement = db.prepare(sql).unwrap();
        let width = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            out.push(format!("{:?}", (0..width).map(|i| row.get::<_, rusqlite::types::Value>(i).unwrap()).collect::<Vec<_>>()));
        }
    }
    out.sort();
    out
}

#[test]
fn every_file_has_one_outcome() {
    let house = House::new();
    house.write("a.txt", letter(1, "rừng núi"));
    house.write("b.txt", letter(2, "sông biển"));
    house.write("c.txt", letter(3, "đồng bằng"));
    house.write("copy/d.txt", letter(1, "rừng núi"));
    house.write("empty.txt", "");
    let first = house.ingest();
    assert_eq!((first.found, first.added, first.duplicates, first.rejected), (5, 3, 1, 1));
    let rejected = first.files.iter().find(|file| file.outcome == Outcome::Rejected).unwrap();
    assert!(rejected.path.ends_with("empty.txt") && rejected.reason.is_some() && rejected.stage.is_some());
    let ids: Vec<_> = first.files.iter().filter(|file| file.outcome != Outcome::Rejected).map(|file| file.id.clone().unwrap()).collect();
    assert_eq!(ids[0], ids[3], "a file with the same bytes is the same document");
    assert_eq!(house.finds("rừng núi"), 1);

    let second = house.ingest();
    assert_eq!((second.unchanged, second.rejected, second.bytes), (4, 1, 0));

    house.write("a.txt", letter(11, "rừng ngập mặn"));
    house.write("e.txt", letter(9, "hải đảo"));
    house.write("c.txt", letter(3, "đồng bằng"));
    house.remove("b.txt");
    house.remove("empty.txt");
    let third = house.ingest();
    let want = [
        ("a.txt", Outcome::Updated),
        ("b.txt", Outcome::Removed),
        ("c.txt", Outcome::Unchanged),
        ("d.txt", Outcome::Unchanged),
        ("e.txt", Outcome::Added),
    ];
    assert_eq!(outcomes(&third), want.map(|(name, outcome)| (name.to_owned(), outcome)).into());
    assert_eq!((house.finds("sông biển"), house.finds("ngập mặn"), house.finds("rừng núi"), house.finds("hải đảo")), (0, 1, 1, 1));

    std::fs::rename(house.papers().join("e.txt"), house.papers().join("f.txt")).unwrap();
    std::fs::copy(house.papers().join("c.txt"), house.papers().join("g.txt")).unwrap();
    let fourth = outcomes(&house.ingest());
    assert_eq!((fourth["e.txt"], fourth["f.txt"], fourth["g.txt"]), (Outcome::Removed, Outcome::Added, Outcome::Duplicate));
    assert_eq!(house.finds("hải đảo"), 1);
    let runs = Reader::open(&house.index()).unwrap().runs().unwrap();
    assert_eq!(runs.iter().map(|run| run.found).collect::<Vec<_>>(), [5, 5, 4, 5]);
    assert!(Reader::open(&house.index()).unwrap().rejected().unwrap().is_empty());
}

#[test]
fn the_report_has_the_shape_of_the_interface() {
    let house = House::new();
    house.write("a.txt", letter(1, "rừng núi"));
    house.write("z.bin", [0_u8; 64]);
    let value = serde_json::to_value(house.ingest()).unwrap();
    for field in ["found", "added", "updated", "unchanged", "duplicates", "removed", "rejected", "bytes"] {
        assert!(value[field].is_u64(), "{field}");
    }
    assert_eq!(value["schema"], "vanban.ingest/1");
    assert!(value["seconds"].is_f64());
    let files = value["files"].as_array().unwrap();
    assert_eq!((&files[0]["outcome"], &files[0]["reason"], &files[0]["stage"]), (&"added".into(), &().into(), &().into()));
    assert!(files[0]["id"].is_string() && files[0]["path"].is_string());
    assert_eq!(files[1]["outcome"], "rejected");
}

/// Only rejected files are tried again: one that became readable leaves the list, one that vanished is told.
#[cfg(unix)]
#[test]
fn rejected_files_are_tried_again() {
    let house = House::new();
    assert_eq!(retry(&house.options(), &Silent).unwrap_err().kind, ErrorKind::NoIndex);
    house.write("a.txt", letter(1, "rừng núi"));
    for name in ["becomes.txt", "vanishes.txt", "stays.txt", "cut.zip"] {
        house.write(name, if name == "cut.zip" { "PK\x03\x04" } else { "" });
    }
    let mut zip = zip::ZipWriter::new(std::fs::File::create(house.papers().join("b.zip")).unwrap());
    zip.start_file("in/empty.txt", zip::write::SimpleFileOptions::default()).unwrap();
    zip.finish().unwrap();
    std::os::unix::fs::symlink(".", house.papers().join("loop")).unwrap();
    assert_eq!((house.ingest().rejected, house.ingest().unchanged), (6, 1));

    house.write("becomes.txt", letter(2, "sông biển"));
    house.write("new.txt", letter(3, "đồng bằng"));
    house.remove("vanishes.txt");
    house.write("a.txt", letter(1, "rừng khác"));
    let again = checked(retry(&house.options(), &Silent).unwrap());
    let want = [
        ("becomes.txt", Outcome::Added),
        ("cut.zip", Outcome::Rejected),
        ("empty.txt", Outcome::Rejected),
        ("loop", Outcome::Rejected),
        ("stays.txt", Outcome::Rejected),
        ("vanishes.txt", Outcome::Removed),
    ];
    assert_eq!(outcomes(&again), want.map(|(name, outcome)| (name.to_owned(), outcome)).into());
    assert_eq!((house.finds("sông biển"), house.finds("đồng bằng"), house.finds("rừng khác")), (1, 0, 0));
    let left: Vec<_> = Reader::open(&house.index()).unwrap().rejected().unwrap();
    assert_eq!(left.len(), 4, "{left:?}");
    // One entry of an archive can be named alone.
    let entry = Options { roots: vec![house.papers().join("b.zip/in/empty.txt")], ..house.options() };
    assert_eq!(checked(run(&entry, &Silent).unwrap()).rejected, 1);
    std::fs::remove_file(house.papers().join("loop")).unwrap();
    house.ingest();
    let fresh = Options { index: house.dir.path().join("fresh"), ..house.options() };
    checked(run(&fresh, &Silent).unwrap());
    assert_eq!(dump(&house.index()), dump(&fresh.index));
}

#[test]
fn incremental_equals_fresh() {
    let house = House::new();
    for i in 0..30 {
        house.write(&format!("{}/{i}.txt", i % 3), letter(i, &format!("việc số {i}")));
    }
    house.ingest();
    for i in (0..30).step_by(4) {
        house.write(&format!("{}/{i}.txt", i % 3), letter(i + 1, &format!("việc mới {i}")));
    }
    for i in (1..30).step_by(7) {
        house.remove(&format!("{}/{i}.txt", i % 3));
    }
    house.ingest();
    for i in 30..40 {
        house.write(&format!("new/{i}.txt"), letter(i / 2, &format!("việc thêm {}", i / 3)));
    }
    house.ingest();
    let fresh = Options { index: house.dir.path().join("fresh"), ..house.options() };
    checked(run(&fresh, &Silent).unwrap());
    assert_eq!(dump(&house.index()), dump(&fresh.index));
}

#[test]
fn one_thread_equals_many() {
    let house = House::new();
    for i in 0..60 {
        house.write(&format!("{i}.txt"), letter(i / 2, &format!("việc số {}", i / 3)));
    }
    let one = Options { jobs: 1, ..house.options() };
    let many = Options { jobs: 5, index: house.dir.path().join("many"), ..house.options() };
    let reports = [checked(run(&one, &Silent).unwrap()), checked(run(&many, &Silent).unwrap())];
    assert_eq!(reports[0].files, reports[1].files);
    assert_eq!(dump(&one.index), dump(&many.index));
    let ids = |index: &Path| {
        let db = Connection::open(index.join("catalogue.sqlite")).unwrap();
        let mut statement = db.prepare("SELECT id, sha256 FROM papers ORDER BY id").unwrap();
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect::<Vec<(i64, String)>>()
    };
    assert_eq!(ids(&one.index), ids(&many.index), "even the row numbers are the same");
}

#[test]
fn a_dry_run_tells_and_changes_nothing() {
    let house = House::new();
    house.write("a.txt", letter(1, "rừng núi"));
    let dry = Options { dry_run: true, ..house.options() };
    assert_eq!(checked(run(&dry, &Silent).unwrap()).added, 1);
    assert!(!house.index().exists());
    house.ingest();
    let before = dump(&house.index());
    house.write("a.txt", letter(1, "rừng khác"));
    house.write("b.txt", letter(1, "rừng khác"));
    house.write("c.txt", letter(2, "mới"));
    let told = checked(run(&dry, &Silent).unwrap());
    assert_eq!((told.updated, told.duplicates, told.added), (1, 1, 1));
    assert_eq!(dump(&house.index()), before);
}

#[test]
fn other_folders_are_left_alone_unless_pruned() {
    let house = House::new();
    house.write("a/1.txt", letter(1, "rừng núi"));
    house.write("b/2.txt", letter(2, "sông biển"));
    house.ingest();
    house.remove("b/2.txt");
    let only_a = Options { roots: vec![house.papers().join("a")], ..house.options() };
    assert_eq!(checked(run(&only_a, &Silent).unwrap()).removed, 0);
    assert_eq!(house.finds("sông biển"), 1);
    let pruned = checked(run(&Options { prune: true, ..only_a }, &Silent).unwrap());
    assert_eq!((pruned.removed, pruned.unchanged), (1, 1));
    assert_eq!(house.finds("sông biển"), 0);
}

#[test]
fn a_root_that_is_not_there_stops_before_anything_is_touched() {
    let house = House::new();
    let options = Options { roots: vec![house.papers().join("nowhere")], ..house.options() };
    let error = run(&options, &Silent).unwrap_err();
    assert!(matches!(error.kind, ErrorKind::Io(std::io::ErrorKind::NotFound, _)), "{error}");
    assert!(!house.index().exists());
}

#[test]
fn one_file_under_two_spellings_of_a_folder_is_found_once() {
    let house = House::new();
    house.write("a/1.txt", letter(1, "rừng núi"));
    let twice = Options { roots: vec![house.papers(), house.papers().join("a/../a")], ..house.options() };
    assert_eq!(checked(run(&twice, &Silent).unwrap()).found, 1);
    assert_eq!(house.ingest().unchanged, 1);
}

#[test]
fn the_index_inside_a_root_is_no_paper() {
    let house = House::new();
    house.write("a.txt", letter(1, "rừng núi"));
    let inside = Options { index: house.papers().join("idx"), ..house.options() };
    assert_eq!(checked(run(&inside, &Silent).unwrap()).found, 1);
    assert_eq!(checked(run(&inside, &Silent).unwrap()).found, 1);
}

#[test]
fn own_rows_are_kept_and_changed_rows_extract_again() {
    let house = House::new();
    house.write("a.txt", letter(1, "rừng núi"));
    house.ingest();
    let head = "id\tname\tkind\tcapitals\taliases\tvalid_from\tvalid_to\tsuccessor\n";
    house.write("tables/provinces.tsv", format!("{head}song-lam@1997\tSông Lam\tprovince\t\t\t\t\t\n"));
    let report = house.ingest();
    assert_eq!((report.found, report.unchanged), (1, 1), "the table is no paper, and the paper's bytes are the same");
    let reader = Reader::open(&house.index()).unwrap();
    assert!(reader.tables().overlay.iter().any(|(name, text)| name == "provinces.tsv" && text.contains("Sông Lam")));
    assert_eq!(house.finds("rừng núi"), 1);
    let before = dump(&house.index());
    std::fs::remove_dir_all(house.papers().join("tables")).unwrap();
    house.ingest();
    assert!(!Reader::open(&house.index()).unwrap().tables().overlay.is_empty(), "the rows stay with the store");
    assert_eq!(dump(&house.index()), before);
}

#[test]
fn what_is_told_is_durable() {
    struct Heard(Mutex<Vec<String>>);
    impl Progress for Heard {
        fn found(&self, files: u64, _bytes: u64) {
            assert_eq!(files, 3);
        }
        fn done(&self, path: &Path, outcome: &FileOutcome) {
            assert_eq!(outcome.outcome, Outcome::Added);
            self.0.lock().unwrap().push(path.to_string_lossy().into_owned());
        }
        fn stage(&self, name: &str) {
            assert!(["find", "read", "resolve"].contains(&name));
        }
    }
    let house = House::new();
    (1..4).for_each(|i| house.write(&format!("{i}.txt"), letter(i, "việc")));
    let heard = Heard(Mutex::default());
    let report = run(&house.options(), &heard).unwrap();
    let mut told = heard.0.into_inner().unwrap();
    told.sort();
    assert_eq!(told, report.files.into_iter().map(|file| file.path).collect::<Vec<_>>());
}

#[cfg(target_os = "linux")]
#[test]
fn names_need_not_be_text() {
    use std::os::unix::ffi::OsStrExt;
    let house = House::new();
    let odd = house.papers().join(std::ffi::OsStr::from_bytes(b"c\xf4ng v\xe3n.txt"));
    std::fs::write(&odd, letter(1, "rừng núi")).unwrap();
    let report = house.ingest();
    assert_eq!(report.added, 1);
    assert!(report.files[0].path.ends_with("c\\xf4ng v\\xe3n.txt"));
    assert_eq!(house.ingest().unchanged, 1);
    std::fs::remove_file(&odd).unwrap();
    let empty = house.papers().join("empty");
    std::fs::create_dir(&empty).unwrap();
    let elsewhere = Options { roots: vec![empty], prune: true, ..house.options() };
    assert_eq!(checked(run(&elsewhere, &Silent).unwrap()).removed, 1);
}

/// Files that are written, replaced and removed all the time: every one has an outcome, and in the end each is what it is.
#[test]
fn files_may_change_and_vanish_while_they_are_read() {
    let house = House::new();
    for i in 0..20 {
        house.write(&format!("{i}.txt"), letter(i, &format!("việc số {i}")));
    }
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0_u32.. {
                for name in ["a", "b", "c", "d"] {
                    let path = house.papers().join(format!("{name}.txt"));
                    let text = letter(100 + round % 7, &"việc đổi ".repeat((round % 5_000) as usize));
                    if round % 3 == 0 {
                        // It may be gone already.
                        let _ = std::fs::remove_file(&path);
                    } else {
                        std::fs::write(&path, text).unwrap();
                    }
                }
                if stop.load(std::sync::atomic::Ordering::Relaxed) {
                    return;
                }
            }
        });
        for _ in 0..12 {
            let report = checked(run(&house.options(), &Silent).unwrap());
            for file in report.files.iter().filter(|file| file.outcome == Outcome::Rejected) {
                let reason = file.reason.as_deref().unwrap_or_default();
                let fits =
                    ["it is not there", "changed while", "written to while", "there is no text"].iter().any(|part| reason.contains(part));
                assert!(fits, "{}: {reason}", file.path);
            }
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    for name in ["a", "b", "c", "d"] {
        house.write(&format!("{name}.txt"), letter(200, &format!("việc cuối {name}")));
    }
    assert_eq!((house.ingest().rejected, house.ingest().unchanged), (0, 24));
    let fresh = Options { index: house.dir.path().join("fresh"), ..house.options() };
    checked(run(&fresh, &Silent).unwrap());
    assert_eq!(dump(&house.index()), dump(&fresh.index));
}

/// A directive and the plan that implements it, one behind the other in one file.
fn two(number: u32, words: &str) -> String {
    let head = |symbol: &str, word: &str| {
        format!("TỈNH ỦY SÔNG LAM\n*\nSố {symbol}\n\nĐẢNG CỘNG SẢN VIỆT NAM\nLam Giang, ngày 03 tháng 4 năm 2023\n\n{word}\nvề {words}\n\n")
    };
    let body = "Các cấp ủy đã làm tốt.\n1. Tiếp tục làm.\n2. Báo cáo kết quả.\n\n";
    let foot = "Nơi nhận:\n- Như trên.\n\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\n\nNguyễn Văn Lâm\n\n";
    let (first, second) = (head(&format!("{number}-CT/TU"), "CHỈ THỊ"), head(&format!("{}-KH/TU", number + 50), "KẾ HOẠCH"));
    format!("{first}{body}{foot}{second}Thực hiện Chỉ thị số {number}-CT/TU, ngày 03/4/2023, Tỉnh ủy đặt kế hoạch.\n{body}{foot}")
}

#[test]
fn a_file_with_several_papers_is_several_documents() {
    let house = House::new();
    for number in 1..=6 {
        // Each paper has two pages.
        house.write(
            &format!("{number}.txt"),
            two(number, &format!("việc số {number}")).replace("1. Tiếp", "\u{c}1. Tiếp").replace("Văn Lâm\n\n", "Văn Lâm\n\n\u{c}"),
        );
    }
    let report = house.ingest();
    assert_eq!((report.found, report.added), (6, 6), "files are counted, not papers");
    let file = report.files.iter().find(|file| file.path.ends_with("/3.txt")).unwrap();
    assert_eq!(file.id.as_deref(), Some("3-ct-tu-2023"), "{file:?}");
    assert_eq!(file.also, ["53-kh-tu-2023"]);
    let reader = Reader::open(&house.index()).unwrap();
    assert_eq!(reader.totals().unwrap().0, 12);
    let copy = reader.copies("53-kh-tu-2023").unwrap().remove(0);
    assert!(copy.paths[0].ends_with("/3.txt") && copy.at > 0, "{copy:?}");
    assert!(reader.originals("53-kh-tu-2023").unwrap()[0].path.ends_with("3.txt"));
    assert!(reader.text(copy.paper).unwrap().unwrap().starts_with("TỈNH ỦY SÔNG LAM"));
    assert_eq!(reader.edges_to("3-ct-tu-2023").unwrap()[0].from, "53-kh-tu-2023");
    assert_eq!(reader.pages_before(copy.paper).unwrap(), 2, "the pages of the paper before it");
    assert_eq!(vanban::query::show(&reader, &file.path).unwrap().groups.len(), 2, "a path means all its papers");
    assert_eq!(house.finds("\"kế hoạch\""), 6);
    // Nothing new; then one paper leaves its file, a file goes, and one comes back.
    assert_eq!(house.ingest().unchanged, 6);
    house.write("3.txt", two(3, "việc số 3").split_once("TỈNH ỦY SÔNG LAM\n*\nSố 53").unwrap().0);
    house.remove("4.txt");
    let report = checked(run(&Options { prune: true, ..house.options() }, &Silent).unwrap());
    assert_eq!((report.updated, report.removed), (1, 1));
    assert_eq!(Reader::open(&house.index()).unwrap().totals().unwrap().0, 9);
    assert_eq!(house.finds("\"kế hoạch\""), 4);
    house.write("4.txt", two(4, "việc số 4"));
    house.ingest();
    let fresh = House { jobs: 1, ..House::new() };
    for name in ["1.txt", "2.txt", "3.txt", "4.txt", "5.txt", "6.txt"] {
        std::fs::copy(house.papers().join(name), fresh.papers().join(name)).unwrap();
    }
    fresh.ingest();
    let papers = |house: &House| -> Vec<String> { dump(&house.index()).into_iter().filter(|row| !row.contains("file|")).collect() };
    assert_eq!(papers(&house).len(), papers(&fresh).len());
}

#[test]
fn papers_of_one_file_are_extracted_again_where_they_lie() {
    let house = House::new();
    house.write("1.txt", two(1, "việc"));
    house.ingest();
    let before = dump(&house.index());
    let db = Connection::open(house.index().join("catalogue.sqlite")).unwrap();
    db.execute("UPDATE meta SET value = 'another version' WHERE name = 'made_by'", []).unwrap();
    drop(db);
    assert_eq!(house.ingest().unchanged, 1);
    assert_eq!(dump(&house.index()), before);
    assert_eq!(house.finds("\"kế hoạch\""), 1);
}
