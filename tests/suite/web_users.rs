//! Who may look and who may change something: users, roles, sessions, and waits after failures.

use crate::harness::{TempCorpus, run_in};
use crate::served::{Reply, Served};
use serde_json::Value;
use std::path::Path;
use std::time::Duration;

const LAN: &str = "mật khẩu của Lan";
const MINH: &str = "mật khẩu của Minh";

/// An index with one open question, and a file of two users: `lan` decides, `minh` looks.
fn corpus() -> TempCorpus {
    let corpus = crate::web::corpus();
    let line = |name: &str, role: &str, password: &str| {
        let args = ["serve", "--hash-password", name, "--role", role];
        run_in(corpus.path(), args, Some(format!("{password}\n").as_bytes())).ok().stdout
    };
    let users = format!("# who may sign in\n{}{}", line("lan", "editor", LAN), line("minh", "reader", MINH));
    assert!(users.contains("\nlan editor $argon2id$") && !users.contains("mật"), "{users}");
    corpus.write(Path::new("users"), users.as_bytes());
    corpus
}

fn form(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", value.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>()))
        .collect();
    pairs.join("&")
}

/// Signs in; the cookie.
#[track_caller]
fn sign_in(server: &Served, name: &str, password: &str) -> String {
    let reply = server.post("/login", &form(&[("name", name), ("password", password), ("to", "/review")]));
    assert_eq!((reply.status, reply.header("location")), (303, Some("/review")), "{}", reply.text());
    let cookie = reply.header("set-cookie").expect("a cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    cookie.split(';').next().expect("a pair").to_owned()
}

fn get(server: &Served, path: &str, cookie: &str) -> Reply {
    server.send("GET", path, &[("Accept", "text/html"), ("Cookie", cookie)], b"")
}

fn post(server: &Served, path: &str, cookie: &str, body: &str) -> Reply {
    server.send("POST", path, &[("Cookie", cookie), ("Content-Type", "application/x-www-form-urlencoded")], body.as_bytes())
}

/// The word of the forms on a page, where it has one.
fn word(page: &Reply) -> Option<String> {
    Some(page.text().split("name=\"word\" value=\"").nth(1)?.split('"').next()?.to_owned())
}

#[test]
fn an_editor_decides_a_reader_looks_and_the_log_says_who() {
    let server = Served::start(corpus(), ["--users", "users", "--writable"]);
    assert_eq!(server.send("GET", "/api/v1/status", &[], b"").status, 401);
    assert_eq!(server.get("/review").header("location"), Some("/login?to=%2Freview"));
    let page = server.get("/login?to=%2Freview").ok().text();
    assert!(page.contains("name=\"name\"") && page.contains("name=\"password\"") && !page.contains("name=\"token\""), "{page}");

    let (lan, minh) = (sign_in(&server, "lan", LAN), sign_in(&server, "minh", MINH));
    let unresolved = get(&server, "/api/v1/unresolved", &minh).ok().json();
    let citation = unresolved["citations"][0]["id"].as_str().expect("an open question").to_owned();
    // The page of the editor is not what the reader gets, whoever asks first.
    let editors = get(&server, "/review", &lan).ok();
    let (word, readers) = (word(&editors).expect("the word of the form"), get(&server, "/review", &minh).ok());
    assert!(!readers.text().contains(&word) && !readers.text().contains("name=\"word\""), "a reader is offered a decision");
    assert_ne!(editors.header("etag"), readers.header("etag"));
    let body = format!("word={word}&citation={citation}&target=38-ct-tw-2024");
    let refused = post(&server, "/review/decide", &minh, &body);
    assert_eq!((refused.status, refused.json()["code"].as_str()), (403, Some("forbidden")), "{}", refused.text());
    assert_eq!(post(&server, "/review/decide", &lan, &body).status, 303);
    assert_eq!(get(&server, "/api/v1/unresolved", &minh).ok().json()["total"], 0);
    let log = std::fs::read_to_string(server.corpus.path().join("index/audit.jsonl")).expect("the log");
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect();
    assert_eq!(lines.iter().map(|line| line["who"].as_str()).collect::<Vec<_>>(), [Some("lan")], "{log}");
}

#[test]
fn a_session_ends_when_one_signs_out() {
    let server = Served::start(corpus(), ["--users", "users"]);
    let (lan, other) = (sign_in(&server, "lan", LAN), sign_in(&server, "lan", LAN));
    assert_ne!(lan, other, "every session has a word of its own");
    assert!(get(&server, "/login", &lan).ok().text().contains("<b lang=\"vi\">lan</b>"));
    let left = post(&server, "/logout", &lan, "");
    assert!(left.status == 303 && left.header("set-cookie").is_some_and(|cookie| cookie.contains("Max-Age=0")));
    assert_eq!((get(&server, "/tasks", &lan).status, get(&server, "/tasks", &other).status), (303, 200));
    assert_eq!(get(&server, "/tasks", "vanban=0000").status, 303);
}

#[test]
fn who_guesses_waits_and_so_does_the_right_password_meanwhile() {
    let server = Served::start(corpus(), ["--users", "users"]);
    let tries = |name: &str, password: &str| server.post("/login", &form(&[("name", name), ("password", password)]));
    for name in ["lan", "nobody"] {
        for nth in 0..5 {
            let reply = tries(name, "sai mật khẩu rồi");
            assert!(reply.status == 401 && reply.header("set-cookie").is_none(), "{name} {nth}: {}", reply.status);
        }
        let reply = tries(name, LAN);
        let wait: u64 = reply.header("retry-after").and_then(|wait| wait.parse().ok()).expect("seconds");
        assert!(reply.status == 429 && (1..=2).contains(&wait) && reply.text().contains("role=\"alert\""), "{name}: {}", reply.status);
    }
    // Others are not held up, and the wait passes.
    sign_in(&server, "minh", MINH);
    std::thread::sleep(Duration::from_millis(2_100));
    sign_in(&server, "lan", LAN);
}

#[test]
fn users_and_a_token_may_stand_side_by_side() {
    let corpus = corpus();
    corpus.write(Path::new("token"), b"0123456789abcdef0123\n");
    let server = Served::start(corpus, ["--users", "users", "--token-file", "token", "--writable"]);
    server.send("GET", "/api/v1/status", &[("Authorization", "Bearer 0123456789abcdef0123")], b"").ok();
    let page = server.get("/login").ok().text();
    assert!(page.contains("name=\"password\"") && page.contains("name=\"token\""));
    sign_in(&server, "minh", MINH);
    assert_eq!(server.post("/login", "token=wrong").status, 401);
    assert_eq!(server.post("/login", "token=0123456789abcdef0123").status, 303);
}

#[test]
fn a_wrong_file_of_users_is_told() {
    let corpus = corpus();
    corpus.write(Path::new("bad"), b"lan owner x\n");
    let ran = run_in(corpus.path(), ["serve", "--listen", "127.0.0.1:0", "--users", "bad"], None);
    assert!(
        ran.status == 1 && ran.stderr.contains("bad: line 1: owner is not a role") && ran.stderr.contains("--hash-password"),
        "{}",
        ran.stderr
    );
    let short = run_in(corpus.path(), ["serve", "--hash-password", "lan"], Some("ngắn\n".as_bytes()));
    assert!(short.status == 1 && short.stderr.contains("12 to"), "{}", short.stderr);
    assert_eq!(run_in(corpus.path(), ["serve", "--role", "editor"], None).status, 2);
}
