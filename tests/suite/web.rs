//! Pages and API: shapes, limits, safety, both languages, hostile papers.

use crate::harness::{TempCorpus, files_under, none, root, run_in};
use crate::served::{Reply, Served};
use regex::Regex;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::time::Instant;

/// Bytes of a page without the text of a paper.
const PAGE: usize = 150 << 10;

const CENTRAL: &str = "BAN BÍ THƯ\nSố 38-CT/TW\n\nĐẢNG CỘNG SẢN VIỆT NAM\nHà Nội, ngày 30 tháng 7 năm 2024\n\nCHỈ THỊ\nvề công tác đo lường\n\n\
    1. Các tỉnh uỷ, thành uỷ xây dựng kế hoạch thực hiện, xong trước ngày 31/12/2024.\n\nT/M BAN BÍ THƯ\nTrần Văn A\n";
const OLDER: &str = "BỘ CHÍNH TRỊ\nSố 38-CT/TW\n\nĐẢNG CỘNG SẢN VIỆT NAM\nHà Nội, ngày 21 tháng 7 năm 2014\n\nCHỈ THỊ\nvề các đoàn đi công tác\n\n\
    1. Ban cán sự đảng Chính phủ hướng dẫn việc cử đoàn.\n\nT/M BỘ CHÍNH TRỊ\nLê Văn B\n";
const LOCAL: &str = "TỈNH ỦY SÔNG LAM\nSố 12-KH/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nLam Giang, ngày 18 tháng 9 năm 2024\n\nKẾ HOẠCH\n\
    thực hiện Chỉ thị số 38-CT/TW, ngày 30/7/2024 của Ban Bí thư về công tác đo lường\n\nI- MỤC ĐÍCH\nThực hiện Chỉ thị số 38-CT/TW, ngày 30/7/2024 \
    của Ban Bí thư.\n\nII- NHIỆM VỤ\n1. Ủy ban Kiểm tra Tỉnh ủy kiểm tra việc thực hiện, báo cáo trước ngày 30/6/2025.\n2. Văn phòng Tỉnh ủy theo dõi, \
    định kỳ hằng quý báo cáo.\n\nT/M BAN THƯỜNG VỤ\nPhạm Thị C\n";
const UNSURE: &str = "TỈNH ỦY SÔNG LAM\nSố 15-CV/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nLam Giang, ngày 20 tháng 11 năm 2025\n\nCÔNG VĂN\nvề việc rà soát\n\n\
    Căn cứ Kết luận số 99-KL/TW, ngày 02/3/2021 của Ban Bí thư.\n\nĐề nghị các huyện ủy rà soát việc thực hiện Chỉ thị số 38-CT/TW.\n\nT/M BAN THƯỜNG VỤ\nPhạm Thị C\n";
pub(crate) const ID: &str = "38-ct-tw-2024";

/// Four papers: a directive and an older one of the same number, a plan, a letter that could mean both.
pub(crate) fn corpus() -> TempCorpus {
    TempCorpus::new().file("moi.txt", CENTRAL).file("cu.txt", OLDER).file("kh.txt", LOCAL).file("cv.txt", UNSURE).ingest()
}

/// Every page of the small index.
pub(crate) fn pages(server: &Served) -> Vec<String> {
    let citation = unsure(server);
    let mut pages: Vec<String> = [
        "/",
        "/search",
        "/search?q=%C4%91o+l%C6%B0%E1%BB%9Dng",
        "/search?q=38-CT%2FTW",
        "/search?q=39-CT%2FTW",
        "/search?kind=KH&from=2020-01-01",
    ]
    .into_iter()
    .chain(["/tasks", "/tasks?group=body", "/tasks?group=paper&recurring=1", "/missing", "/review", "/status", "/api"])
    .map(str::to_owned)
    .collect();
    for tab in [
        "",
        "/card",
        "/cites",
        "/cited-by",
        "/cited-by?relation=implements",
        "/tasks",
        "/lineage",
        "/lineage?relation=implements",
        "/coverage",
        "/copies",
    ] {
        pages.push(format!("/documents/{ID}{tab}"));
    }
    // Cited, not held.
    pages.push("/documents/99-kl-tw-2021".to_owned());
    pages.push(format!("/review/{citation}"));
    pages
}

/// The citation that could mean both.
#[track_caller]
fn unsure(server: &Served) -> String {
    let answer = server.get("/api/v1/unresolved").ok().json();
    answer["citations"][0]["id"].as_str().expect("one citation that several documents could be").to_owned()
}

#[test]
fn every_page_is_small_whole_and_in_both_languages() {
    let server = Served::start(corpus(), []);
    let mut problems = Vec::new();
    let tag =
        Regex::new(r"<(/?)(main|table|tbody|tr|td|th|section|article|nav|form|ul|ol|li|a|button|details|svg|span|div|p|h1|h2|h3)\b[^>]*>")
            .expect("valid");
    for path in pages(&server) {
        for (lang, word) in [("vi", "Nhiệm vụ"), ("en", "Tasks")] {
            let reply = server.send("GET", &path, &[("Accept", "text/html"), ("Cookie", &format!("lang={lang}"))], b"");
            let text = reply.text();
            let opened = tag.captures_iter(&text).filter(|found| found[1].is_empty()).count();
            let closed = tag.captures_iter(&text).filter(|found| !found[1].is_empty()).count();
            let fine = [
                (reply.status == 200, "status"),
                (text.len() <= PAGE, "size"),
                (text.contains(&format!("<html lang=\"{lang}\">")) && text.contains(word), "language"),
                (opened == closed, "tags that are not closed"),
                (text.matches("<h1").count() == 1 || path == "/search" || path.contains("/search?"), "one heading"),
                (!text.contains(" style=") && !text.contains(" onclick") && !text.contains("<style"), "inline style or script"),
                (!text.contains("http://") && !text.contains("https://") || text.contains("http://www.w3.org/2000/svg"), "another host"),
            ];
            problems.extend(fine.iter().filter(|(fine, _)| !fine).map(|(_, what)| format!("{path} {lang}: {what} ({} bytes)", text.len())));
        }
    }
    none(&problems);
    let switched = server.get("/?lang=en").ok();
    assert!(switched.text().contains("Search") && switched.header("set-cookie").is_some_and(|cookie| cookie.starts_with("lang=en;")));
}

#[test]
fn every_word_of_the_pages_is_in_the_table_and_every_row_is_used() {
    let web = root().join("src/web");
    let table = std::fs::read_to_string(web.join("words.tsv")).expect("the table");
    let keys: BTreeSet<&str> = table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('\t').next()).collect();
    let asked = Regex::new(r#"(?:f\.w|f\.n|lang\.of|lang\.count|\.of)\(\s*"([a-z_0-9.]+)""#).expect("valid");
    let quoted = Regex::new(r#""([a-z_]+(?:\.[a-z_]+)?)""#).expect("valid");
    let (mut missing, mut used) = (Vec::new(), BTreeSet::new());
    for path in files_under(&web).into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs" || ending == "html")) {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        let words = asked.captures_iter(&text).map(|found| found[1].to_owned());
        missing.extend(words.filter(|key| !keys.contains(key.as_str())).map(|key| format!("{}: {key}", path.display())));
        used.extend(quoted.captures_iter(&text).map(|found| found[1].to_owned()));
    }
    let made = ["relation.", "certainty.", "form.", "field.", "basis.", "fault.", "level.", "told."];
    missing.extend(
        vanban::model::Relation::ALL.iter().map(|one| format!("relation.{}", one.as_str())).filter(|key| !keys.contains(key.as_str())),
    );
    missing.extend(
        keys.iter()
            .filter(|key| !used.contains(**key) && !made.iter().any(|head| key.starts_with(head)))
            .map(|key| format!("{key}: nobody uses it")),
    );
    none(&missing);
}

#[test]
fn the_api_answers_what_the_command_line_prints() {
    let server = Served::start(corpus(), []);
    for (path, args) in [
        ("/api/v1/documents?ref=38-CT%2FTW".to_owned(), vec!["show", "38-CT/TW"]),
        (format!("/api/v1/documents/{ID}"), vec!["show", ID]),
        (format!("/api/v1/documents/{ID}/cited-by"), vec!["cited-by", ID]),
        ("/api/v1/documents/12-kh-tu-2024/cites".to_owned(), vec!["cites", "12-kh-tu-2024"]),
        (format!("/api/v1/documents/{ID}/lineage"), vec!["lineage", ID]),
        (format!("/api/v1/documents/{ID}/coverage"), vec!["coverage", ID]),
        (format!("/api/v1/documents/{ID}/tasks"), vec!["tasks", ID]),
        ("/api/v1/tasks?assignee=uy+ban+kiem+tra".to_owned(), vec!["tasks", "--assignee", "uy ban kiem tra"]),
        ("/api/v1/status".to_owned(), vec!["status"]),
        ("/api/v1/decisions".to_owned(), vec!["decide", "--log"]),
        ("/api/v1/search?q=do+luong&limit=10".to_owned(), vec!["search", "do luong"]),
    ] {
        let mut served = server.get(&path).ok().json();
        let printed = run_in(server.corpus.path(), args.iter().copied().chain(["--format", "json"]), None).ok().json();
        if served["schema"] != "vanban.search/1" {
            let next = served.as_object_mut().and_then(|answer| answer.remove("next"));
            assert!(next.is_none_or(|next| next.is_null()), "{path}");
        }
        let same = |mut answer: Value| {
            answer["took_ms"] = Value::Null;
            answer["query"]["text"] = Value::Null;
            answer
        };
        assert_eq!(same(served), same(printed), "{path}");
    }
    let (text, read) = (server.get(&format!("/api/v1/documents/{ID}/text")).ok(), CENTRAL);
    assert_eq!((text.text().as_str(), text.header("content-type")), (read, Some("text/plain; charset=utf-8")));
}

#[test]
fn the_description_is_true() {
    let server = Served::start(corpus(), []);
    let description = server.get("/api/v1/openapi.json").ok().json();
    assert_eq!(description["openapi"], "3.1.0");
    let (mut asked, mut problems) = (0, Vec::new());
    for (path, operations) in description["paths"].as_object().expect("paths") {
        let Some(operation) = operations.get("get") else { continue };
        let mut query: Vec<String> = Vec::new();
        for parameter in operation["parameters"].as_array().expect("parameters").iter().filter(|one| one["in"] == "query") {
            let name = parameter["name"].as_str().expect("a name");
            let value = match (name, &parameter["schema"]["enum"], parameter["schema"]["type"].as_str()) {
                ("ref" | "cites", _, _) => "38-CT%2FTW".to_owned(),
                (_, Value::Array(words), _) => words[0].as_str().expect("a word").to_owned(),
                (_, _, Some("integer")) => "1".to_owned(),
                ("kind", _, _) => "CT".to_owned(),
                ("level", _, _) => "central".to_owned(),
                ("from" | "to" | "as_of" | "due_before" | "due_after" | "overdue_on", _, _) => "2025-01-31".to_owned(),
                _ => "an".to_owned(),
            };
            if parameter["required"] == true {
                query.push(format!("{name}={value}"));
            }
            // Each alone is taken, too.
            let base = query.first().map(|first| format!("{first}&")).unwrap_or_default();
            let one = if parameter["required"] == true { format!("{name}={value}") } else { format!("{base}{name}={value}") };
            let reply = server.get(&format!("{}?{one}", path.replace("{id}", ID)));
            if reply.status != 200 {
                problems.push(format!("{path}?{one}: {} {}", reply.status, reply.text()));
            }
        }
        let query = query.join("&");
        let address = format!("{}?{query}", path.replace("{id}", ID));
        let reply = server.get(address.trim_end_matches('?')).ok();
        let content = &operation["responses"]["200"]["content"];
        if let Some(schema) = content.get("application/json").map(|content| &content["schema"]) {
            differences(&description, schema, &reply.json(), path, &mut problems);
        } else {
            assert!(content.get("text/plain").is_some() && !reply.body.is_empty(), "{path}");
        }
        let refused = server.get(&format!("{}?{query}&surely-not=1", path.replace("{id}", ID)));
        assert_eq!((refused.status, refused.json()["code"].as_str()), (400, Some("bad_request")), "{path}");
        differences(&description, &description["components"]["schemas"]["Fault"], &refused.json(), path, &mut problems);
        if path.contains("{id}") {
            assert_eq!(server.get(&path.replace("{id}", "khong-co")).status, 404, "{path}");
        }
        asked += 1;
    }
    none(&problems);
    assert!(asked >= 15, "{asked}");
}

/// Where a value is not what a schema says: types, required fields, words of a list; enough for the schemas of this description.
fn differences(all: &Value, schema: &Value, value: &Value, at: &str, problems: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let schema = all.pointer(name.trim_start_matches('#')).unwrap_or_else(|| panic!("{name} is not described"));
        return differences(all, schema, value, at, problems);
    }
    if let Some(each) = schema["allOf"].as_array() {
        return each.iter().for_each(|schema| differences(all, schema, value, at, problems));
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let fits = any.iter().any(|schema| {
            let mut found = Vec::new();
            differences(all, schema, value, at, &mut found);
            found.is_empty()
        });
        if !fits {
            problems.push(format!("{at}: none of anyOf fits {value}"));
        }
        return;
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let takes = |word: &Value| word == kind || word == "number" && kind == "integer";
    let fits = match &schema["type"] {
        Value::Array(words) => words.iter().any(takes),
        Value::Null => true,
        word => takes(word),
    };
    if !fits || schema["enum"].as_array().is_some_and(|words| !words.contains(value)) {
        problems.push(format!("{at}: {value} is not {schema}"));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.is_object() && value.get(name).is_none() {
            problems.push(format!("{at}: {name} is missing"));
        }
    }
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(value) = value.get(name) {
            differences(all, schema, value, &format!("{at}.{name}"), problems);
        }
    }
    for value in value.as_array().into_iter().flatten().filter(|_| schema.get("items").is_some()) {
        differences(all, &schema["items"], value, &format!("{at}[]"), problems);
    }
}

#[test]
fn long_lists_are_taken_in_parts() {
    let server = Served::start(corpus(), []);
    let whole = server.get("/api/v1/tasks").ok().json();
    let (mut parts, mut cursor) = (Vec::new(), String::new());
    loop {
        let part = server.get(&format!("/api/v1/tasks?limit=1{cursor}")).ok().json();
        assert_eq!(part["total"], whole["total"]);
        parts.extend(part["tasks"].as_array().expect("tasks").iter().cloned());
        let Some(next) = part["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert!(parts.len() > 2);
    assert_eq!(&parts, whole["tasks"].as_array().expect("tasks"));
}

#[test]
fn an_answer_is_sent_again_only_when_the_index_has_changed() {
    let server = Served::start(corpus(), []);
    let path = format!("/api/v1/documents/{ID}");
    let tag = server.get(&path).ok().header("etag").expect("a tag").to_owned();
    let again = server.send("GET", &path, &[("If-None-Match", &tag)], b"");
    assert_eq!((again.status, again.body.len()), (304, 0));
    server.corpus.write(std::path::Path::new("corpus/moi-hon.txt"), LOCAL.replace("12-KH/TU", "13-KH/TU").as_bytes());
    run_in(server.corpus.path(), ["ingest", "-q"], None).ok();
    std::thread::sleep(std::time::Duration::from_millis(400));
    let fresh = server.send("GET", &path, &[("If-None-Match", &tag)], b"").ok();
    assert_eq!(fresh.json()["groups"][0]["counts"]["cited_by"], 3);
}

#[test]
fn wrong_requests_are_told_in_one_shape() {
    let server = Served::start(corpus(), []);
    for (method, path, status, code) in [
        ("GET", "/api/v1/search?limit=abc", 400, "bad_request"),
        ("GET", "/api/v1/search?from=31/2/2020", 400, "bad_request"),
        ("GET", "/api/v1/search?kind=XYZ", 400, "bad_request"),
        ("GET", "/api/v1/documents", 400, "bad_request"),
        ("GET", "/api/v1/documents?ref=99-XX%2FYY", 404, "not_found"),
        ("GET", "/api/v1/nothing", 404, "not_found"),
        ("GET", "/api/v1/documents/..%2F..%2Fetc%2Fpasswd", 404, "not_found"),
        ("GET", "/static/..%2Fmod.rs", 404, "not_found"),
        ("POST", "/api/v1/search", 405, "method_not_allowed"),
        ("DELETE", "/documents/38-ct-tw-2024", 405, "method_not_allowed"),
        ("OPTIONS", "/api/v1/search", 405, "method_not_allowed"),
        ("POST", "/api/v1/extract", 400, "bad_request"),
    ] {
        let reply = server.send(method, path, &[], b"");
        let body = reply.json();
        assert_eq!(
            (reply.status, body["status"].as_u64(), body["code"].as_str()),
            (status, Some(status.into()), Some(code)),
            "{method} {path}"
        );
        assert!(body["message"].as_str().is_some_and(|message| !message.is_empty()), "{method} {path}");
    }
    let page = server.get("/documents/khong-co");
    assert!(page.status == 404 && page.text().contains("Không tìm thấy") && page.text().contains("<main"), "{}", page.text());
}

#[test]
fn a_posted_paper_is_extracted_and_not_kept() {
    let server = Served::start(corpus(), []);
    let reply = server.send("POST", "/api/v1/extract", &[("Content-Type", "text/plain; charset=utf-8")], UNSURE.as_bytes()).ok();
    let (told, printed) =
        (reply.json(), run_in(server.corpus.path(), ["extract", "-", "--format", "json"], Some(UNSURE.as_bytes())).ok().json());
    assert_eq!((&told["document"], &told["citations"]), (&printed["document"], &printed["citations"]));
    let office = std::fs::read(root().join("corpus/trung-uong/272-qd-tw-2015.docx")).expect("a sample paper");
    let reply = server.send("POST", "/api/v1/extract", &[("Content-Type", "application/octet-stream")], &office).ok();
    assert_eq!(reply.json()["document"]["number"], "272-QĐ/TW");
    let broken = server.send("POST", "/api/v1/extract", &[], &office[..2_000]);
    assert_eq!((broken.status, broken.json()["code"].as_str()), (422, Some("unreadable")), "{}", broken.text());
    let left: Vec<_> = std::fs::read_dir(std::env::temp_dir()).expect("the folder for temporary files").filter_map(Result::ok).collect();
    let own = format!("vanban-posted-{}-", server.pid());
    assert!(!left.iter().any(|file| file.file_name().to_string_lossy().starts_with(&own)));
}

#[test]
fn every_colour_can_be_read_on_its_ground() {
    let style = std::fs::read_to_string(root().join("src/web/static/vanban.css")).expect("the style");
    let variable = Regex::new(r"--([a-z-]+): (#[0-9a-f]{3,6});").expect("valid");
    let (light, rest) = style.split_once("@media (prefers-color-scheme: dark)").expect("two themes");
    let dark = rest.split_once("* {").expect("the end of the themes").0;
    let luminance = |colour: &str| {
        let digits: Vec<char> = colour[1..].chars().collect();
        let wide: String =
            if digits.len() == 3 { digits.iter().flat_map(|digit| [*digit, *digit]).collect() } else { digits.iter().collect() };
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&wide[at..at + 2], 16).expect("hexadecimal")) / 255.0;
            if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
    };
    let mut problems = Vec::new();
    for (name, theme) in [("light", light), ("dark", dark)] {
        let colours: std::collections::BTreeMap<&str, f64> =
            variable.captures_iter(theme).map(|found| (found.get(1).expect("a name").as_str(), luminance(&found[2]))).collect();
        let mut pairs = vec![("on-accent", "accent"), ("mark-ink", "mark")];
        for ground in ["paper", "ground", "tint"] {
            pairs.extend(["ink", "soft", "link", "good", "warn", "late"].map(|ink| (ink, ground)));
        }
        for (ink, ground) in pairs {
            let (a, b) = (colours[ink].max(colours[ground]), colours[ink].min(colours[ground]));
            let contrast = (a + 0.05) / (b + 0.05);
            if contrast < 4.5 {
                problems.push(format!("{name}: {ink} on {ground} has a contrast of {contrast:.2}"));
            }
        }
    }
    none(&problems);
}

#[test]
fn the_file_itself_can_be_had_as_long_as_it_is_the_one_that_was_read() {
    let server = Served::start(corpus(), []);
    let path = format!("/documents/{ID}/file");
    let file = server.get(&path).ok();
    assert_eq!((file.text().as_str(), file.header("content-disposition")), (CENTRAL, Some("attachment; filename=\"38-ct-tw-2024.txt\"")));
    assert_eq!(file.header("content-type"), Some("application/octet-stream"));
    assert_eq!(server.get(&format!("{path}?n=1")).status, 404);
    server.corpus.write(std::path::Path::new("corpus/cu.txt"), b"other words");
    assert_eq!(server.get("/documents/38-ct-tw-2014/file").status, 404);
}

#[test]
fn headers_keep_a_browser_safe() {
    let server = Served::start(corpus(), []);
    for path in ["/", "/api/v1/status", "/static/vanban.js", "/nothing", "/documents/38-ct-tw-2024/lineage.svg"] {
        let reply = server.get(path);
        let policy = reply.header("content-security-policy").expect("a policy").to_owned();
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(
            (reply.header("x-content-type-options"), reply.header("referrer-policy")),
            (Some("nosniff"), Some("same-origin")),
            "{path}"
        );
        assert!(reply.header("access-control-allow-origin").is_none());
    }
    let file = server.get("/documents/38-ct-tw-2024/lineage.svg");
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"38-ct-tw-2024-lineage.svg\""));
}

#[test]
fn other_names_and_other_sites_are_refused() {
    let server = Served::start(corpus(), ["--writable"]);
    for host in ["evil.example", "evil.example:80", "127.0.0.1.evil.example"] {
        assert_eq!(server.send("GET", "/", &[("Host", host)], b"").status, 421, "{host}");
    }
    for (name, value) in
        [("Origin", "https://evil.example"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site")]
    {
        let reply = server.send("POST", "/review/decide", &[(name, value)], b"citation=c1&undo=1");
        assert_eq!((reply.status, reply.json()["code"].as_str()), (403, Some("forbidden")), "{name}: {value}");
    }
}

#[test]
fn a_token_is_needed_where_one_was_given() {
    let corpus = corpus();
    corpus.write(std::path::Path::new("token"), b"0123456789abcdef0123\n");
    corpus.write(std::path::Path::new("short"), b"abc\n");
    assert_eq!(run_in(corpus.path(), ["serve", "--listen", "0.0.0.0:0"], None).status, 2);
    assert_eq!(run_in(corpus.path(), ["serve", "--listen", "127.0.0.1:0", "--token-file", "short"], None).status, 1);
    let server = Served::start(corpus, ["--token-file", "token"]);
    assert_eq!(server.send("GET", "/api/v1/status", &[], b"").status, 401);
    assert_eq!(server.send("GET", "/api/v1/status", &[("Authorization", "Bearer 0123456789abcdef0124")], b"").status, 401);
    server.send("GET", "/api/v1/status", &[("Authorization", "Bearer 0123456789abcdef0123")], b"").ok();
    let sent = server.get("/search?q=a");
    assert_eq!((sent.status, sent.header("location")), (303, Some("/login?to=%2Fsearch%3Fq%3Da")));
    assert!(server.get("/login?to=%2F").ok().text().contains("type=\"password\""));
    assert_eq!(server.post("/login", "token=wrong&to=%2F").status, 401);
    let entered = server.post("/login", "token=0123456789abcdef0123&to=%2Fsearch");
    let cookie = entered.header("set-cookie").expect("a cookie").to_owned();
    assert!(entered.status == 303 && cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    assert!(!cookie.contains("0123456789abcdef0123"));
    let cookie = cookie.split(';').next().expect("a pair");
    server.send("GET", "/search", &[("Accept", "text/html"), ("Cookie", cookie)], b"").ok();
    let evil = server.post("/login", "token=0123456789abcdef0123&to=%2F%2Fevil.example");
    assert_eq!(evil.header("location"), Some("/"));
}

/// The word of the forms on a page.
#[track_caller]
fn word(page: &Reply) -> String {
    let found = Regex::new("name=\"word\" value=\"([0-9a-f]{64})\"").expect("valid");
    found.captures(&page.text()).map(|found| found[1].to_owned()).expect("a form with its word")
}

#[test]
fn a_decision_is_made_taken_back_and_logged() {
    let read_only = Served::start(corpus(), []);
    assert!(!read_only.get("/review").ok().text().contains("name=\"word\""));
    assert_eq!(read_only.post("/review/decide", "citation=c1&target=x").status, 403);

    let server = Served::start(corpus(), ["--writable"]);
    let (citation, word) = (unsure(&server), word(&server.get("/review").ok()));
    assert_eq!(server.post("/review/decide", &format!("citation={citation}&target={ID}")).status, 403, "without the word");
    assert_eq!(server.post("/review/decide", &format!("word={}&citation={citation}&target={ID}", "0".repeat(64))).status, 403);
    assert_eq!(server.get("/api/v1/unresolved").ok().json()["total"], 1);
    let decided = server.post("/review/decide", &format!("word={word}&citation={citation}&target={ID}"));
    assert_eq!((decided.status, decided.header("location")), (303, Some(format!("/review?done={citation}").as_str())));
    assert_eq!(server.get("/api/v1/unresolved").ok().json()["total"], 0, "seen at once");
    assert!(server.get(&format!("/review?done={citation}")).ok().text().contains("class=\"done\""));
    let undone = server.post("/review/decide", &format!("word={word}&citation={citation}&undo=1"));
    assert_eq!(undone.status, 303, "{}", undone.text());
    assert_eq!(server.get("/api/v1/unresolved").ok().json()["total"], 1);
    assert_eq!(server.post("/review/decide", &format!("word={word}&citation={citation}&undo=1")).status, 400, "nothing is left to undo");
    let log = std::fs::read_to_string(server.corpus.path().join("index/audit.jsonl")).expect("the log");
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect();
    let told: Vec<_> = lines.iter().map(|line| (line["what"].as_str(), line["on"].as_str(), line["who"].as_str())).collect();
    assert_eq!(told, [(Some("decide"), Some(citation.as_str()), Some("local")), (Some("undo"), Some(citation.as_str()), Some("local"))]);
}

#[test]
fn an_uploaded_paper_is_ingested() {
    let corpus = corpus();
    std::fs::create_dir(corpus.path().join("moi")).expect("a folder");
    let server = Served::start(corpus, ["--writable", "--uploads", "moi"]);
    let word = word(&server.get("/status").ok());
    let form = |word: &str, name: &str, content: &str| {
        format!(
            "--b\r\nContent-Disposition: form-data; name=\"word\"\r\n\r\n{word}\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n--b--\r\n"
        )
    };
    let post = |body: String| server.send("POST", "/upload", &[("Content-Type", "multipart/form-data; boundary=b")], body.as_bytes());
    let paper = LOCAL.replace("12-KH/TU", "77-KH/TU");
    assert_eq!(post(form("", "a.txt", &paper)).status, 403);
    assert_eq!(std::fs::read_dir(server.corpus.path().join("moi")).expect("the folder").count(), 0);
    let taken = post(form(&word, "../../ngoai.txt", &paper));
    assert_eq!((taken.status, taken.header("location")), (303, Some("/status")), "{}", taken.text());
    assert!(server.corpus.path().join("moi/ngoai.txt").is_file() && !server.corpus.path().join("../ngoai.txt").exists());
    server.get("/documents/77-kh-tu-2024").ok();
    assert_eq!(post(form(&word, "ngoai.txt", &paper)).status, 303);
    assert!(server.corpus.path().join("moi/ngoai-2.txt").is_file(), "a file of the same name stays");
    let log = std::fs::read_to_string(server.corpus.path().join("index/audit.jsonl")).expect("the log");
    assert_eq!(log.matches("\"upload\"").count(), 2);
}

#[test]
fn nothing_of_a_hostile_paper_becomes_markup_and_ten_thousand_citations_stay_in_parts() {
    let mut paper = String::from(
        "TỈNH ỦY SÔNG LAM\nSố 66-BC/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nLam Giang, ngày 18 tháng 9 năm 2024\n\nBÁO CÁO\n\
         về <script>alert(1)</script> \"'><img src=x onerror=alert(2)> \u{202e}ngược\u{202c}\n\nI- <B>MỤC</B> <SCRIPT>\n",
    );
    paper += "Theo Chỉ thị số 1-CT/TW, ngày 01/02/2020 của <script>alert(3)</script> & Ban Bí thư.\n\n";
    for nth in 0..10_000 {
        let _ = write!(paper, "thực hiện Kết luận số {}-KL/TW; ", nth % 300 + 1);
    }
    let corpus = TempCorpus::new().file("a\"><script>.txt", &paper).file("kh.txt", LOCAL).ingest();
    let server = Served::start(corpus, []);
    let found = server.get("/api/v1/documents?ref=66-BC%2FTU").ok().json();
    let id = found["groups"][0]["document"]["id"].as_str().expect("an id").to_owned();
    let counts = &found["groups"][0]["counts"];
    assert!(counts["cites"].as_u64().is_some_and(|cites| cites >= 300), "{counts}");
    let mut paths: Vec<String> =
        ["", "/card", "/cites", "/cited-by", "/tasks", "/lineage", "/copies"].iter().map(|tab| format!("/documents/{id}{tab}")).collect();
    paths.extend(["/", "/search?q=alert", "/search?q=%22%3E%3Cscript%3E", "/missing", "/review", "/status"].map(str::to_owned));
    for path in &paths {
        let began = Instant::now();
        let page = server.get(path).ok().text();
        assert!(began.elapsed().as_secs() < 20, "{path}: {:?}", began.elapsed());
        let lower = page.to_lowercase();
        assert!(lower.matches("<script").count() == 1 && !lower.contains("<img") && !lower.contains("<b>mục"), "{path}");
        // A picture of three hundred documents is no page of words.
        let most = if path.ends_with("/lineage") { 600 << 10 } else { PAGE + (60 << 10) };
        assert!(page.len() < most, "{path}: {} bytes", page.len());
    }
    let first = server.get(&format!("/documents/{id}")).ok().text();
    assert!(first.contains("&lt;script&gt;") && !first.split("<article").nth(1).expect("the text").contains('\u{202e}'));
    let parts: usize = Regex::new(r"Phần 1 / (\d+)").expect("valid").captures(&first).expect("parts")[1].parse().expect("a number");
    assert!(parts > 10, "{parts}");
    let mut links = 0;
    for part in 0..parts {
        let page = server.get(&format!("/documents/{id}?part={part}")).ok().text();
        assert!(page.len() < PAGE + (60 << 10), "part {part}: {} bytes", page.len());
        links += page.split("<article").nth(1).expect("the text").matches("class=\"cite ").count() - 4;
    }
    assert!(links >= 10_000, "{links}");
}

#[test]
fn a_long_text_is_read_in_parts_quickly() {
    let mut paper = LOCAL.to_owned();
    for nth in 0..16_000 {
        let _ = write!(
            paper,
            "\n{nth}. Các cấp ủy tiếp tục thực hiện nhiệm vụ được giao, bảo đảm đúng tiến độ và chất lượng đề ra trong từng năm.\n"
        );
    }
    assert!(paper.len() > 2 << 20);
    let server = Served::start(TempCorpus::new().file("dai.txt", &paper).ingest(), []);
    let path = "/documents/12-kh-tu-2024";
    server.get(path).ok();
    let began = Instant::now();
    let page = server.get(&format!("{path}?part=20")).ok();
    // The debug build is some ten times slower than what is shipped.
    assert!(began.elapsed().as_millis() < 3_000, "{:?}", began.elapsed());
    assert!(page.body.len() < PAGE + (60 << 10), "{}", page.body.len());
}

#[cfg(unix)]
#[test]
fn it_ends_in_good_order_and_needs_an_index() {
    let mut server = Served::start(corpus(), []);
    server.get("/health").ok();
    assert_eq!(server.interrupt(), Some(0));
    let empty = TempCorpus::new();
    let ran = run_in(empty.path(), ["serve", "--listen", "127.0.0.1:0"], None);
    assert!(ran.status == 1 && ran.stderr.contains("vanban ingest"), "{}", ran.stderr);
}

#[test]
fn tasks_and_lineage_come_in_the_formats_of_other_programs() {
    let corpus = corpus();
    for (args, head) in [
        (["tasks", "--format", "csv"], "document,number,date"),
        (["tasks", "--format", "ics"], "BEGIN:VCALENDAR"),
        (["tasks", "--format", "xlsx"], "PK"),
        (["lineage 38-ct-tw-2024", "--format", "svg"], "<svg "),
        (["lineage 38-ct-tw-2024", "--format", "dot"], "digraph"),
        (["lineage 38-ct-tw-2024", "--format", "mermaid"], "flowchart"),
        (["lineage 38-ct-tw-2024", "--format", "graphml"], "<?xml"),
        (["lineage 38-ct-tw-2024", "--format", "csv"], "from,from_number"),
    ] {
        let words: Vec<&str> = args[0].split(' ').chain(args[1..].iter().copied()).collect();
        let out =
            std::process::Command::new(crate::harness::program()).args(&words).current_dir(corpus.path()).output().expect("the program");
        assert!(out.status.success() && out.stdout.starts_with(head.as_bytes()), "{words:?}: {}", String::from_utf8_lossy(&out.stderr));
    }
    assert_eq!(run_in(corpus.path(), ["status", "--format", "svg"], None).status, 2);
}
