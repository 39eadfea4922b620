//! `vanban mcp`: JSON lines to a running process, its answers laid beside the command line's.

use crate::harness::{TempCorpus, program, run_in};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

const CENTRAL: &str = "BAN BÍ THƯ\nSố 38-CT/TW\n\nĐẢNG CỘNG SẢN VIỆT NAM\nHà Nội, ngày 30 tháng 7 năm 2024\n\nCHỈ THỊ\nvề công tác đo lường\n\n\
    1. Các tỉnh uỷ, thành uỷ xây dựng kế hoạch thực hiện, xong trước ngày 31/12/2024.\n\nT/M BAN BÍ THƯ\nTrần Văn A\n";
const LOCAL: &str = "TỈNH ỦY SÔNG LAM\nSố 12-KH/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nLam Giang, ngày 18 tháng 9 năm 2024\n\nKẾ HOẠCH\n\
    thực hiện Chỉ thị số 38-CT/TW, ngày 30/7/2024 của Ban Bí thư về công tác đo lường\n\nI- MỤC ĐÍCH\nThực hiện Chỉ thị số 38-CT/TW, ngày 30/7/2024 \
    của Ban Bí thư.\n\nII- NHIỆM VỤ\n1. Ủy ban Kiểm tra Tỉnh ủy kiểm tra việc thực hiện, báo cáo trước ngày 30/6/2025.\n2. Văn phòng Tỉnh ủy theo dõi, \
    định kỳ hằng quý báo cáo.\n\nT/M BAN THƯỜNG VỤ\nPhạm Thị C\n";

/// A running server of the protocol; dropping it ends it.
struct Assistant {
    child: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
    last: u64,
}

impl Assistant {
    /// Starts the program in a folder and greets it.
    fn start(corpus: &TempCorpus) -> Assistant {
        let mut child = Command::new(program())
            .arg("mcp")
            .current_dir(corpus.path())
            .env_remove("VANBAN_INDEX")
            .env_remove("VANBAN_TABLES")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program that cargo has just built");
        let (to, from) = (child.stdin.take(), BufReader::new(child.stdout.take().expect("a pipe")));
        let mut assistant = Assistant { child, to, from, last: 0 };
        let hello = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "suite", "version": "0" } });
        let answer = assistant.ask("initialize", &hello)["result"].take();
        assert_eq!(answer["serverInfo"]["name"], "vanban", "{answer}");
        assert!(
            answer["capabilities"]["tools"].is_object() && answer["instructions"].as_str().is_some_and(|words| words.contains("38-CT/TW"))
        );
        assistant.send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        assistant
    }

    fn send(&mut self, message: &Value) {
        let pipe = self.to.as_mut().expect("an open pipe");
        writeln!(pipe, "{message}").and_then(|()| pipe.flush()).expect("a listening process");
    }

    /// The answer to a request.
    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.last += 1;
        let id = self.last;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        let mut line = String::new();
        self.from.read_line(&mut line).expect("an answer");
        let answer: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error} in {line:?}"));
        assert_eq!(answer["id"], id, "{answer}");
        answer
    }

    /// What a tool says, and whether it is a refusal.
    fn call(&mut self, tool: &str, arguments: Value) -> (Value, bool) {
        let answer = self.ask("tools/call", &json!({ "name": tool, "arguments": arguments }));
        let result = &answer["result"];
        let text = result["content"][0]["text"].as_str().unwrap_or_else(|| panic!("{tool}: {answer}"));
        let told: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{tool}: {error} in {text}"));
        let refused = result["isError"] == true;
        assert!(refused || result["structuredContent"] == told, "{tool}: the structure is not the text");
        (told, refused)
    }

    /// Ends its input; how it ended.
    fn end(mut self) -> Option<i32> {
        drop(self.to.take());
        self.child.wait().expect("a child").code()
    }
}

impl Drop for Assistant {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer without what differs from run to run, and without the cursor, which only parts have.
fn bare(mut answer: Value) -> Value {
    answer["took_ms"] = Value::Null;
    if let Some(fields) = answer.as_object_mut() {
        assert!(fields.remove("next").is_none_or(|next| next.is_null()), "{fields:?}");
    }
    answer
}

#[test]
fn tools_answer_what_the_command_line_prints() {
    let corpus = TempCorpus::new().file("moi.txt", CENTRAL).file("kh.txt", LOCAL).ingest();
    let mut assistant = Assistant::start(&corpus);
    for (tool, arguments, args) in [
        ("find_document", json!({ "ref": "38-CT/TW" }), vec!["show", "38-CT/TW"]),
        ("cited_by", json!({ "ref": "38-CT/TW" }), vec!["cited-by", "38-CT/TW"]),
        ("cites", json!({ "ref": "12-KH/TU", "named": true }), vec!["cites", "12-KH/TU", "--named"]),
        ("lineage", json!({ "ref": "38-CT/TW" }), vec!["lineage", "38-CT/TW"]),
        ("lineage", json!({ "ref": "38-CT/TW", "direction": "up", "depth": 2 }), vec!["lineage", "38-CT/TW", "--up", "--depth", "2"]),
        ("tasks", json!({}), vec!["tasks"]),
        (
            "tasks",
            json!({ "assignee": "uy ban kiem tra", "due_before": "2026-01-01" }),
            vec!["tasks", "--assignee", "uy ban kiem tra", "--due-before", "1/1/2026"],
        ),
        ("search", json!({ "query": "đo lường", "kind": ["CT"] }), vec!["search", "đo lường", "--kind", "CT"]),
    ] {
        let printed = run_in(corpus.path(), args.iter().copied().chain(["--format", "json"]), None).ok().json();
        let (told, refused) = assistant.call(tool, arguments);
        assert!(!refused, "{tool}: {told}");
        assert_eq!(bare(told), bare(printed), "{tool}");
    }
    let printed = run_in(corpus.path(), ["extract", "-", "--format", "json"], Some(LOCAL.as_bytes())).ok().json();
    let (told, _) = assistant.call("extract", json!({ "text": LOCAL }));
    assert!(told["citations"].as_array().is_some_and(|citations| !citations.is_empty()));
    for part in ["document", "citations", "stated_relations", "tasks", "outline", "warnings"] {
        assert_eq!(told[part], printed[part], "{part}");
    }
    let (held, _) = assistant.call("extract", json!({ "ref": "12-kh-tu-2024" }));
    assert_eq!(held["citations"], printed["citations"]);
    assert_eq!(assistant.end(), Some(0), "the end of its input ends it in good order");
}

#[test]
fn every_tool_is_described_and_read_only() {
    let corpus = TempCorpus::new().file("moi.txt", CENTRAL).ingest();
    let mut assistant = Assistant::start(&corpus);
    let answer = assistant.ask("tools/list", &json!({}));
    let tools = answer["result"]["tools"].as_array().expect("tools");
    let names: Vec<&str> = tools.iter().filter_map(|tool| tool["name"].as_str()).collect();
    assert_eq!(names, ["find_document", "cited_by", "cites", "lineage", "tasks", "search", "extract"]);
    for tool in tools {
        assert!(tool["description"].as_str().is_some_and(|words| words.len() > 40), "{tool}");
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{tool}");
        let schema = &tool["inputSchema"];
        assert_eq!((&schema["type"], &schema["additionalProperties"]), (&json!("object"), &json!(false)), "{tool}");
        for (name, property) in schema["properties"].as_object().expect("arguments") {
            assert!(property["description"].as_str().is_some_and(|words| words.len() > 3), "{tool}: {name} is not described");
        }
    }
}

#[test]
fn a_long_list_comes_in_parts() {
    let corpus = TempCorpus::new().file("moi.txt", CENTRAL).file("kh.txt", LOCAL).ingest();
    let mut assistant = Assistant::start(&corpus);
    let (whole, _) = assistant.call("cited_by", json!({ "ref": "38-CT/TW" }));
    let whole = whole["groups"][0]["citations"].as_array().expect("mentions").clone();
    let (mut parts, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let mut arguments = json!({ "ref": "38-CT/TW", "limit": 1 });
        if let Some(cursor) = &cursor {
            arguments["cursor"] = json!(cursor);
        }
        let (part, _) = assistant.call("cited_by", arguments);
        parts.extend(part["groups"][0]["citations"].as_array().expect("mentions").iter().cloned());
        cursor = part["next"].as_str().map(str::to_owned);
        if cursor.is_none() {
            break;
        }
    }
    assert!(whole.len() >= 2);
    assert_eq!(parts, whole);
}

#[test]
fn what_is_wrong_is_told_clearly() {
    let corpus = TempCorpus::new().file("moi.txt", CENTRAL).ingest();
    let mut assistant = Assistant::start(&corpus);
    for (tool, arguments, code, words) in [
        ("find_document", json!({}), "bad_request", "missing field `ref`"),
        ("find_document", json!({ "ref": 38 }), "bad_request", "expected a string"),
        ("find_document", json!({ "ref": "38-CT/TW", "surely_not": 1 }), "bad_request", "unknown field `surely_not`"),
        ("find_document", json!({ "ref": "39-CT/TW" }), "not_found", "39-CT/TW"),
        ("lineage", json!({ "ref": "38-CT/TW", "direction": "sideways" }), "bad_request", "unknown variant `sideways`"),
        ("lineage", json!({ "ref": "38-CT/TW", "as_of": "31/2/2024" }), "bad_request", "as_of: 31/2/2024"),
        ("tasks", json!({ "limit": -1 }), "bad_request", "invalid value"),
        ("cited_by", json!({ "ref": "38-CT/TW", "cursor": "x" }), "bad_request", "no cursor"),
        ("search", json!({ "query": "a", "limit": 101 }), "bad_request", "limit: 101"),
        ("search", json!({ "query": "a", "kind": ["XYZ"] }), "bad_request", "XYZ"),
        ("extract", json!({}), "bad_request", "either text or ref"),
        ("extract", json!({ "text": "   " }), "unreadable", "no text"),
    ] {
        let (told, refused) = assistant.call(tool, arguments.clone());
        assert!(refused && told["code"] == code, "{tool} {arguments}: {told}");
        assert!(told["message"].as_str().is_some_and(|message| message.contains(words)), "{tool} {arguments}: {told}");
    }
    let unknown = assistant.ask("tools/call", &json!({ "name": "delete_everything", "arguments": {} }));
    assert!(unknown["error"]["message"].as_str().is_some_and(|message| message.contains("no such tool")), "{unknown}");
    assert_eq!(assistant.ask("no/such/method", &json!({}))["error"]["code"], -32601);
    let (nearest, _) = assistant.call("find_document", json!({ "ref": "39-CT/TW" }));
    assert!(nearest["hint"].as_str().is_some_and(|hint| hint.contains("38-CT/TW")), "{nearest}");

    let mut empty = Assistant::start(&TempCorpus::new());
    let (told, refused) = empty.call("search", json!({ "query": "a" }));
    assert!(
        refused && told["code"] == "no_index" && told["message"].as_str().is_some_and(|words| words.contains("vanban ingest")),
        "{told}"
    );
}

#[test]
fn a_newer_index_is_seen() {
    let corpus = TempCorpus::new().file("moi.txt", CENTRAL).ingest();
    let mut assistant = Assistant::start(&corpus);
    assert_eq!(assistant.call("cited_by", json!({ "ref": "38-CT/TW" })).0["groups"][0]["total"], 0);
    let corpus = corpus.file("kh.txt", LOCAL).ingest();
    assert_eq!(assistant.call("cited_by", json!({ "ref": "38-CT/TW" })).0["groups"][0]["total"], 2);
    drop(corpus);
}
