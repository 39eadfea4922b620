//! `ingest --watch`: what changes is in the answers soon, whole, and Ctrl-C is a good end.

use crate::harness::{TempCorpus, program};
use crate::pipeline::letter;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use vanban::store::{Reader, TextQuery};

/// Far above what is wanted (2 s), so that a busy machine fails no test.
const LONGEST: Duration = Duration::from_secs(20);

struct Watched {
    corpus: TempCorpus,
    child: Child,
}

impl Watched {
    /// Starts the watch and waits until it listens.
    fn start(corpus: TempCorpus, args: &[&str]) -> Watched {
        let (out, err) = (corpus.path().join("out"), corpus.path().join("err"));
        let child = Command::new(program())
            .args(["ingest", "--watch"])
            .args(args)
            .current_dir(corpus.path())
            .env_remove("VANBAN_INDEX")
            .env_remove("VANBAN_TABLES")
            .stdin(Stdio::null())
            .stdout(fs::File::create(out).unwrap())
            .stderr(fs::File::create(err).unwrap())
            .spawn()
            .unwrap();
        let mut watched = Watched { corpus, child };
        watched.until("it listens", |watched| watched.said("err").contains("watching"));
        watched
    }

    fn said(&self, stream: &str) -> String {
        fs::read_to_string(self.corpus.path().join(stream)).unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.corpus.path().join("corpus").join(name)
    }

    /// Papers that hold these words, asked as any reader does.
    fn finds(&self, words: &str) -> usize {
        let reader = Reader::open(&self.corpus.path().join("index")).unwrap();
        reader.search(&TextQuery { words: words.into(), limit: 1, ..TextQuery::default() }).unwrap().total
    }

    /// Waits until something is so; how long it took.
    fn until(&mut self, what: &str, is_so: impl Fn(&Watched) -> bool) -> Duration {
        let clock = Instant::now();
        while !is_so(self) {
            assert!(self.child.try_wait().unwrap().is_none(), "it ended; {what}; {}", self.said("err"));
            assert!(clock.elapsed() < LONGEST, "{what}; {}{}", self.said("out"), self.said("err"));
            std::thread::sleep(Duration::from_millis(20));
        }
        clock.elapsed()
    }

    fn ends(&mut self) -> ExitStatus {
        let clock = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(clock.elapsed() < LONGEST, "it does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    #[cfg(unix)]
    fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([format!("-{name}"), self.child.id().to_string()]).status().unwrap().success());
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(unix)]
#[test]
fn what_changes_is_in_the_answers_soon() {
    let mut watched = Watched::start(TempCorpus::new().file("a.txt", letter(1, "rừng núi")), &[]);
    assert_eq!(watched.finds("rừng núi"), 1);

    fs::write(watched.path("b.txt"), letter(2, "sông biển")).unwrap();
    let took = watched.until("a new file", |watched| watched.finds("sông biển") == 1);
    println!("a new file was in the answers after {} ms", took.as_millis());
    fs::write(watched.path("b.txt"), letter(2, "đầm phá")).unwrap();
    watched.until("a changed file", |watched| watched.finds("đầm phá") == 1 && watched.finds("sông biển") == 0);

    // Written slowly: no half of it may be taken.
    let whole = letter(3, "đồng bằng");
    let mut slow = fs::File::create(watched.path("c.txt")).unwrap();
    for part in whole.as_bytes().chunks(whole.len() / 4 + 1) {
        slow.write_all(part).unwrap();
        std::thread::sleep(Duration::from_millis(150));
    }
    drop(slow);
    watched.until("a file written slowly", |watched| watched.finds("đồng bằng") == 1);
    assert_eq!(watched.said("out").matches(" 1 updated").count(), 1, "only b.txt was taken twice: {}", watched.said("out"));

    // A folder moved in, with a folder in it.
    let outside = watched.corpus.path().join("outside");
    fs::create_dir_all(outside.join("deep")).unwrap();
    fs::write(outside.join("deep/d.txt"), letter(4, "hải đảo")).unwrap();
    fs::rename(&outside, watched.path("inside")).unwrap();
    watched.until("a folder moved in", |watched| watched.finds("hải đảo") == 1);
    fs::write(watched.path("inside/deep/e.txt"), letter(5, "trung du")).unwrap();
    watched.until("a file in that folder", |watched| watched.finds("trung du") == 1);

    // A burst, with a bad file among it.
    for i in 10..40 {
        fs::write(watched.path(&format!("{i}.txt")), letter(i, "cao nguyên")).unwrap();
    }
    fs::write(watched.path("bad\n.pdf"), [0; 100]).unwrap();
    let before = watched.said("out").lines().filter(|line| line.contains(" found = ")).count();
    watched.until("a burst", |watched| watched.finds("cao nguyên") == 30);
    watched.until("a bad file", |watched| watched.said("err").contains(r"rejected: corpus/bad\n.pdf: sniff: "));
    let batches = watched.said("out").lines().filter(|line| line.contains(" found = ")).count() - before;
    assert!(batches < 10, "a burst is taken in few batches, not {batches}");

    fs::remove_file(watched.path("a.txt")).unwrap();
    fs::remove_dir_all(watched.path("inside")).unwrap();
    watched.until("files removed", |watched| watched.finds("rừng núi") == 0 && watched.finds("hải đảo") + watched.finds("trung du") == 0);

    // What a walk leaves out is left out here too.
    fs::write(watched.path(".hidden.txt"), letter(6, "bí mật")).unwrap();
    fs::write(watched.path("README.txt"), letter(6, "bí mật")).unwrap();
    fs::write(watched.path("last.txt"), letter(7, "cuối cùng")).unwrap();
    watched.until("the last file", |watched| watched.finds("cuối cùng") == 1);
    assert_eq!(watched.finds("bí mật"), 0);

    watched.signal("INT");
    assert_eq!(watched.ends().code(), Some(0), "{}", watched.said("err"));
    assert!(watched.said("err").contains("watch ended after "), "{}", watched.said("err"));
    let again = watched.corpus.run(["ingest"]);
    assert!(again.stdout.contains(" 0 added + 0 updated + "), "the watch left nothing to do: {}", again.stdout);
    assert_eq!(watched.corpus.run(["check"]).status, 0);
}

#[cfg(unix)]
#[test]
fn a_root_that_goes_away_ends_the_watch_and_removes_nothing() {
    let mut watched = Watched::start(TempCorpus::new().file("a.txt", letter(1, "rừng núi")), &["--format", "json"]);
    fs::rename(watched.corpus.path().join("corpus"), watched.corpus.path().join("away")).unwrap();
    assert_eq!(watched.ends().code(), Some(1));
    assert!(watched.said("err").contains("it is not there"), "{}", watched.said("err"));
    assert_eq!(watched.finds("rừng núi"), 1);
}

#[cfg(unix)]
#[test]
fn a_single_file_is_watched_and_a_writer_is_waited_for() {
    let corpus = TempCorpus::new().file("a.txt", letter(1, "rừng núi")).file("b.txt", letter(2, "sông biển"));
    let mut watched = Watched::start(corpus, &["corpus/a.txt"]);
    let lock = fs::File::options().write(true).open(watched.corpus.path().join("index/lock")).unwrap();
    lock.lock().unwrap();
    fs::write(watched.path("new"), letter(1, "rừng ngập mặn")).unwrap();
    fs::rename(watched.path("new"), watched.path("a.txt")).unwrap();
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(watched.finds("ngập mặn"), 0, "somebody else is writing");
    drop(lock);
    watched.until("the file", |watched| watched.finds("ngập mặn") == 1);
    assert_eq!(watched.finds("sông biển"), 0, "its neighbour was not asked for");
    watched.signal("TERM");
    assert_eq!(watched.ends().code(), Some(0));
}

/// A system that has no watches left: the reason and what to do, no deaf watch.
#[cfg(target_os = "linux")]
#[test]
fn a_system_that_cannot_watch_is_told() {
    let corpus = TempCorpus::new().file("a.txt", letter(1, "rừng núi"));
    let script = "echo 0 > /proc/sys/user/max_inotify_watches && echo limited && exec \"$0\" ingest --watch";
    let output = Command::new("unshare").args(["-Ur", "sh", "-c", script]).arg(program()).current_dir(corpus.path()).output();
    let Ok(output) = output else { return println!("skipped: there is no unshare here") };
    if !output.stdout.starts_with(b"limited") {
        return println!("skipped: the limit cannot be set here: {}", String::from_utf8_lossy(&output.stderr));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("no more watches") && said.contains("max_user_watches"), "{said}");
}
