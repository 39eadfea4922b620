//! Random requests made from the API's own description: right, at the edge, and wrong. Nothing fails on the server's side, every
//! answer is what the description says, every refusal has the one shape.
//!
//! The seed is fixed; `VANBAN_CASES` asks more of each address, `VANBAN_SEED` others.

use crate::harness::{none, root};
use crate::served::{Reply, Served};
use crate::web::{ID, corpus};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Small and good enough for choosing (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }

    fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// True once in so many times.
    fn rarely(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

/// What no parameter wants, percent-encoded where an address needs it.
const ODD: [&str; 12] = [
    "%00",
    "%ff%fe",
    "%E2%80%AE",
    "%3Cscript%3E",
    "..%2F..%2Fetc%2Fpasswd",
    "%27%3B+DROP+TABLE+nodes%3B--",
    "%22",
    "%22%22%22",
    "(((",
    "-1",
    "9999999999999999999999",
    "%F0%9F%98%80+%F0%9F%98%80",
];

/// A value for a parameter, and whether it is one that the description allows.
fn value(chance: &mut Chance, name: &str, schema: &Value) -> (String, bool) {
    if chance.rarely(4) {
        let odd = if chance.rarely(8) { "a".repeat(2_001) } else { chance.one(&ODD).to_owned() };
        return (odd, false);
    }
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        return (chance.one(&words).to_owned(), true);
    }
    if schema["type"] == "integer" {
        let most = schema["maximum"].as_u64();
        let right = ["0".to_owned(), "1".to_owned(), "7".to_owned(), most.unwrap_or(u64::from(u32::MAX)).to_string()];
        let wrong = [most.map_or("18446744073709551616".to_owned(), |most| (most + 1).to_string()), "1.5".into(), "x".into(), "-0".into()];
        return if chance.rarely(3) { (wrong[chance.below(4)].clone(), false) } else { (right[chance.below(4)].clone(), true) };
    }
    let right: &[&str] = match name {
        "ref" | "cites" => &["38-CT%2FTW", "12-KH%2FTU", "chi+thi+38", "99-KL%2FTW", "12-kh-tu-2024"],
        "kind" => &["CT", "CT,KH", "NQ", "Ch%E1%BB%89+th%E1%BB%8B"],
        "level" => &["central", "province,district", "commune"],
        "province" => &["H%C3%A0+Nam", "ha+nam", "S%C3%B4ng+Lam"],
        "from" | "to" | "as_of" | "due_before" | "due_after" | "overdue_on" => &["2024-07-30", "30/7/2024", "1900-01-01", "9999-12-31"],
        _ => &["do+luong", "%C4%91o+l%C6%B0%E1%BB%9Dng", "%22cong+tac%22", "38", "a"],
    };
    (chance.one(right).to_owned(), true)
}

/// The validators of the schemas of a description, by the schema.
struct Schemas {
    components: Value,
    made: BTreeMap<String, Validator>,
}

impl Schemas {
    /// What of a value does not fit the schema.
    fn faults(&mut self, schema: &Value, value: &Value) -> Vec<String> {
        let made = self.made.entry(schema.to_string()).or_insert_with(|| {
            let mut whole = schema.clone();
            whole["components"] = self.components.clone();
            jsonschema::validator_for(&whole).unwrap_or_else(|error| panic!("{schema}: {error}"))
        });
        made.iter_errors(value).take(3).map(|error| format!("{error} at {}", error.instance_path())).collect()
    }
}

/// Whether a reply is what the operation's description says of its status.
fn judge(schemas: &mut Schemas, operation: &Value, reply: &Reply) -> Vec<String> {
    let told = &operation["responses"][reply.status.to_string()];
    let Some(content) = told.get("content").and_then(Value::as_object) else {
        return vec![format!("{} is not described", reply.status)];
    };
    let media_type = reply.header("content-type").unwrap_or_default().split(';').next().unwrap_or_default();
    let Some(schema) = content.get(media_type).map(|content| &content["schema"]) else {
        return vec![format!("{media_type} is not described")];
    };
    if media_type != "application/json" {
        return Vec::new();
    }
    let Ok(body) = serde_json::from_slice::<Value>(&reply.body) else { return vec!["no JSON".to_owned()] };
    let mut faults = schemas.faults(schema, &body);
    if reply.status != 200 && body["status"] != reply.status {
        faults.push(format!("a fault of another status: {body}"));
    }
    faults
}

fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[test]
fn random_requests_are_answered_as_described() {
    let server = Served::start(corpus(), []);
    let description = server.get("/api/v1/openapi.json").ok().json();
    let mut schemas = Schemas { components: description["components"].clone(), made: BTreeMap::new() };
    let mut chance = Chance(setting("VANBAN_SEED", 38));
    let (mut problems, mut seen) = (Vec::new(), BTreeSet::new());
    for (path, operations) in description["paths"].as_object().expect("paths") {
        let Some(operation) = operations.get("get") else { continue };
        let parameters = operation["parameters"].as_array().expect("parameters");
        for _ in 0..setting("VANBAN_CASES", 40) {
            let (mut query, mut right, mut unknown) = (Vec::new(), true, false);
            let mut address = path.clone();
            for parameter in parameters {
                let name = parameter["name"].as_str().expect("a name");
                if parameter["in"] == "path" {
                    let id =
                        if chance.rarely(3) { chance.one(&ODD) } else { chance.one(&[ID, "12-kh-tu-2024", "99-kl-tw-2021", "khong-co"]) };
                    address = address.replace("{id}", id);
                    continue;
                }
                if parameter["required"] != true && !chance.rarely(2) || chance.rarely(12) {
                    right &= parameter["required"] != true;
                    continue;
                }
                for _ in 0..if chance.rarely(12) { 2 } else { 1 } {
                    let (value, fits) = value(&mut chance, name, &parameter["schema"]);
                    right &= fits && !query.iter().any(|pair: &String| pair.starts_with(&format!("{name}=")));
                    query.push(format!("{name}={value}"));
                }
            }
            if chance.rarely(10) {
                query.push(format!("{}=1", chance.one(&["surely_not", "LIMIT", "ref%00", "%F0%9F%98%80", "lang"])));
                unknown = true;
            }
            let address = if query.is_empty() { address } else { format!("{address}?{}", query.join("&")) };
            let reply = server.send("GET", &address, &[], b"");
            let mut faults = judge(&mut schemas, operation, &reply);
            if reply.status >= 500 {
                faults.push("the server failed".to_owned());
            }
            if unknown && reply.status != 400 {
                faults.push("an unknown parameter was taken".to_owned());
            }
            if right && !unknown && reply.status == 400 && !ODD.iter().any(|odd| address.contains(&format!("/{odd}"))) {
                faults.push(format!("what is described was refused: {}", reply.text()));
            }
            seen.insert((path.clone(), reply.status));
            problems.extend(faults.into_iter().map(|fault| format!("{address}: {} {fault}", reply.status)));
        }
    }
    none(&problems);
    // Every address was answered and refused at least once.
    for path in description["paths"].as_object().expect("paths").iter().filter(|(_, all)| all.get("get").is_some()).map(|(path, _)| path) {
        for status in [200, 400] {
            assert!(seen.contains(&(path.clone(), status)), "{path} never answered {status}; more cases are needed");
        }
    }
}

#[test]
fn random_files_are_extracted_or_refused_as_described() {
    let server = Served::start(corpus(), []);
    let description = server.get("/api/v1/openapi.json").ok().json();
    let mut schemas = Schemas { components: description["components"].clone(), made: BTreeMap::new() };
    let operation = &description["paths"]["/api/v1/extract"]["post"];
    let papers = ["corpus/trung-uong/272-qd-tw-2015.docx", "corpus/song-lam/12-ct-tu-2022.txt"];
    let papers: Vec<Vec<u8>> = papers.iter().map(|path| std::fs::read(root().join(path)).expect("a sample paper")).collect();
    let mut chance = Chance(setting("VANBAN_SEED", 12));
    let (mut problems, mut seen) = (Vec::new(), BTreeSet::new());
    for nth in 0..setting("VANBAN_CASES", 40) {
        let mut body = papers[chance.below(papers.len())].clone();
        for _ in 0..chance.below(4) {
            let at = chance.below(body.len().max(1));
            match chance.below(3) {
                0 => body.truncate(at),
                1 if !body.is_empty() => body[at] = chance.below(256) as u8,
                _ => body.insert(at, chance.below(256) as u8),
            }
        }
        let media_type = chance.one(&["text/plain", "application/octet-stream", "application/json", "x"]);
        let reply = server.send("POST", "/api/v1/extract", &[("Content-Type", media_type)], &body);
        seen.insert(reply.status);
        let mut faults = judge(&mut schemas, operation, &reply);
        if reply.status >= 500 {
            faults.push("the server failed".to_owned());
        }
        problems.extend(faults.into_iter().map(|fault| format!("body {nth} of {} bytes: {} {fault}", body.len(), reply.status)));
    }
    none(&problems);
    assert!(seen.contains(&200) && seen.contains(&422), "{seen:?}");
}

#[test]
fn the_judge_sees_what_is_wrong() {
    let described =
        json!({ "responses": { "200": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/A" } } } } } });
    let mut schemas = Schemas { components: json!({ "schemas": { "A": { "type": "object", "required": ["a"] } } }), made: BTreeMap::new() };
    let mut reply = |status: u16, kind: &str, body: &str| {
        let reply = Reply { status, headers: vec![("Content-Type".into(), kind.into())], body: body.into() };
        judge(&mut schemas, &described, &reply).join("; ")
    };
    assert_eq!(reply(200, "application/json", "{\"a\":1}"), "");
    assert!(reply(200, "application/json", "{}").contains("\"a\" is a required property"));
    assert_eq!(reply(200, "application/json", "{"), "no JSON");
    assert_eq!(reply(500, "application/json", "{}"), "500 is not described");
    assert_eq!(reply(200, "text/html", "{}"), "text/html is not described");
}
