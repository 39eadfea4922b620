//! Who means whom: cases in `tests/cases/resolve/*.txt`, and properties that hold for every corpus.
//!
//! A case file holds scenarios parted by `== name`. Lines of a scenario:
//!
//! ```text
//! paper NAME: NUMBER; date …; issuer …; level …; province …; kind …; title …; term …; stem …; legible …; length …
//!   NUMBER; form …; date …; year …; term …; issuer …; province …; kind …; title …; relation …; after N => EXPECTED
//! node ID: held yes; date …; term …; title …; issuer …; province …; conflict FIELD VALUE|VALUE; papers A B
//! decide PAPER.N: ID
//! nodes COUNT
//! ```
//!
//! `NUMBER` is `-` where there is none. `EXPECTED` is `ID certainty`, `? ID {clue} | ID {clue}` when ambiguous, `none`.
//! Mentions count from 1; `after 1` names the antecedent.

use proptest::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use vanban::model::{CitationForm, Date, DocNumber, DocumentFacts, Issuer, Level, Method, Relation, System};
use vanban::resolve::{Candidate, Decision, Mention, MentionAt, Paper, Resolution, document_id, resolve};
use vanban::tables::Tables;

/// Reads the number forms that the cases use.
pub(crate) fn number(tables: &Tables, text: &str) -> Option<DocNumber> {
    let (serial, rest) = text.split_at(text.find(['-', '/']).filter(|at| *at > 0)?);
    let make = |year: Option<&str>, kind: Option<&str>, issuers: &str, system| DocNumber {
        serial: serial.to_owned(),
        year: year.map(|year| year.parse().unwrap()),
        kind: kind.map(str::to_owned),
        issuers: issuers.split('-').filter(|code| !code.is_empty()).map(str::to_owned).collect(),
        system,
    };
    if let Some(rest) = rest.strip_prefix('-') {
        let (kind, issuers) = rest.split_once('/').unwrap_or((rest, ""));
        return Some(make(None, Some(kind), issuers, System::Party));
    }
    let parts: Vec<&str> = rest[1..].split('/').collect();
    let kinded = |symbol: &str| {
        symbol.split_once('-').filter(|(kind, _)| tables.kinds.by_code(kind).is_some()).map(|(k, i)| (k.to_owned(), i.to_owned()))
    };
    Some(match parts[..] {
        [year, symbol] => match kinded(symbol) {
            Some((kind, issuers)) => make(Some(year), Some(&kind), &issuers, System::State),
            None => make(Some(year), None, symbol, System::Assembly),
        },
        [symbol] => match kinded(symbol) {
            Some((kind, issuers)) => make(None, Some(&kind), &issuers, System::State),
            None => make(None, None, symbol, System::Letter),
        },
        _ => return None,
    })
}

/// Fields of a line: the text before the first `;`, then `key value` pairs.
fn fields(line: &str) -> (&str, BTreeMap<&str, &str>) {
    let mut parts = line.split(';').map(str::trim);
    let head = parts.next().unwrap_or_default();
    (
        head,
        parts.filter(|part| !part.is_empty()).map(|part| part.split_once(' ').unwrap_or((part, ""))).map(|(k, v)| (k, v.trim())).collect(),
    )
}

fn owned(value: Option<&&str>) -> Option<String> {
    value.map(|text| (*text).to_owned())
}

fn paper(tables: &Tables, name: &str, id: i64, line: &str) -> Paper {
    let (head, fields) = fields(line);
    let level = fields.get("level").map(|word| match *word {
        "central" => Level::Central,
        "province" => Level::Province,
        "district" => Level::District,
        "commune" => Level::Commune,
        other => panic!("level {other}"),
    });
    let parsed = number(tables, head);
    let kind = fields.get("kind").map(|code| (*code).to_owned()).or_else(|| parsed.as_ref()?.kind.clone());
    let province = owned(fields.get("province"));
    let issuer = fields.get("issuer").map(|name| Issuer { name: (*name).to_owned(), register: None, level, province: province.clone() });
    let facts = DocumentFacts {
        kind,
        number: parsed.as_ref().map(ToString::to_string),
        parsed,
        date: fields.get("date").map(|date| date.parse().unwrap()),
        issuer,
        province,
        term: owned(fields.get("term")),
        title: owned(fields.get("title")),
        ..DocumentFacts::default()
    };
    Paper {
        id,
        hash: format!("{name:0>8}"),
        file_stem: fields.get("stem").unwrap_or(&name).to_string(),
        method: Method::Text,
        legible: fields.get("legible").map_or(1000, |share| share.parse().unwrap()),
        length: fields.get("length").map_or(0, |bytes| bytes.parse().unwrap()),
        facts,
        mentions: Vec::new(),
    }
}

fn shared(value: Option<&&str>) -> Option<Arc<str>> {
    value.map(|text| Arc::from(*text))
}

fn mention(tables: &Tables, line: &str) -> Mention {
    let (head, fields) = fields(line);
    let number = number(tables, head);
    let form = match fields.get("form").copied() {
        Some("alias") => CitationForm::Alias,
        Some("plenum") => CitationForm::Plenum,
        Some("named") => CitationForm::Named,
        Some("self") => CitationForm::SelfReference,
        None if fields.contains_key("date") => CitationForm::Full,
        None => CitationForm::Short,
        Some(other) => panic!("form {other}"),
    };
    Mention {
        form,
        kind: shared(fields.get("kind")).or_else(|| number.as_ref()?.kind.as_deref().map(Arc::from)),
        number: number.map(Arc::new),
        date: fields.get("date").map(|date| date.parse().unwrap()),
        year: fields.get("year").map(|year| year.parse().unwrap()),
        issuer: shared(fields.get("issuer")),
        term: shared(fields.get("term")),
        province: shared(fields.get("province")),
        title: shared(fields.get("title")),
        relation: fields.get("relation").map_or(Relation::Mentions, |word| Relation::parse(word).unwrap()),
        antecedent: fields.get("after").map(|nth| nth.parse::<u32>().unwrap() - 1),
    }
}

#[derive(Default)]
pub(crate) struct Scenario {
    pub(crate) papers: Vec<Paper>,
    pub(crate) decisions: Vec<Decision>,
    links: Vec<(MentionAt, String)>,
    nodes: Vec<(String, String)>,
    count: Option<usize>,
}

pub(crate) fn read(tables: &Tables, text: &str) -> Scenario {
    let mut scenario = Scenario::default();
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        if let Some(rest) = trimmed.strip_prefix("paper ") {
            let (name, rest) = rest.split_once(':').expect("paper NAME: …");
            let id = scenario.papers.len() as i64 + 1;
            scenario.papers.push(paper(tables, name, id, rest));
        } else if let Some(rest) = trimmed.strip_prefix("node ") {
            let (id, rest) = rest.split_once(':').unwrap_or((rest, ""));
            scenario.nodes.push((id.to_owned(), rest.to_owned()));
        } else if let Some(rest) = trimmed.strip_prefix("nodes ") {
            scenario.count = Some(rest.parse().unwrap());
        } else if let Some(rest) = trimmed.strip_prefix("decide ") {
            let (citation, target) = rest.split_once(':').expect("decide PAPER.N: ID");
            let (paper, nth) = citation.split_once('.').expect("decide PAPER.N: ID");
            let paper =
                scenario.papers.iter().find(|p| p.hash.trim_start_matches('0') == paper).expect("a decision stands below its paper");
            let at = MentionAt { paper: paper.id, index: nth.parse::<u32>().unwrap() - 1 };
            scenario.decisions.push(Decision { at, target: target.trim().to_owned() });
        } else {
            let (told, want) = trimmed.split_once("=>").unwrap_or((trimmed, ""));
            let paper = scenario.papers.last_mut().expect("a mention stands below its paper");
            if !want.trim().is_empty() {
                let at = MentionAt { paper: paper.id, index: paper.mentions.len() as u32 };
                scenario.links.push((at, want.trim().to_owned()));
            }
            paper.mentions.push(mention(tables, told.trim()));
        }
    }
    scenario
}

/// The link of a mention in the words of the cases.
fn told(answer: &Resolution, at: MentionAt) -> String {
    let Some(link) = answer.links.iter().find(|link| link.at == at) else { return "none".into() };
    let id = |candidate: &Candidate| answer.nodes[candidate.node as usize].id.clone();
    let certainty = format!("{:?}", link.certainty).to_lowercase();
    if certainty == "ambiguous" {
        let each: Vec<String> = link.candidates.iter().map(|c| format!("{} {{{}}}", id(c), c.clue)).collect();
        return format!("? {}", each.join(" | "));
    }
    assert_eq!(link.candidates.len(), 1, "{at:?} is resolved");
    format!("{} {certainty}", id(&link.candidates[0]))
}

/// Runs one scenario; what differs goes to `failures`, so that one run shows all.
fn check(file: &str, name: &str, text: &str, failures: &mut Vec<String>) {
    let mut differs = |what: String, has: String, want: &str| {
        if has != want {
            failures.push(format!("{file}, {name}: {what}\n  has  {has}\n  want {want}"));
        }
    };
    let tables = Tables::builtin();
    let scenario = read(&tables, text);
    let answer = resolve(&tables, &scenario.papers, &scenario.decisions);
    let mut reversed = scenario.papers.clone();
    reversed.reverse();
    assert!(resolve(&tables, &reversed, &scenario.decisions) == answer, "{file}, {name}: the order of the papers matters");
    for (at, want) in &scenario.links {
        let paper = scenario.papers.iter().find(|paper| paper.id == at.paper).map_or("?", |paper| paper.hash.trim_start_matches('0'));
        differs(format!("mention {paper}.{}", at.index + 1), told(&answer, *at), want);
    }
    for (id, wanted) in &scenario.nodes {
        let node = answer.nodes.iter().find(|node| node.id == *id);
        let ids: Vec<&str> = answer.nodes.iter().map(|node| node.id.as_str()).collect();
        let Some(node) = node else {
            differs("nodes".into(), ids.join(" "), id);
            continue;
        };
        let hash_names: BTreeMap<i64, String> =
            scenario.papers.iter().map(|paper| (paper.id, paper.hash.trim_start_matches('0').to_owned())).collect();
        for (key, want) in fields(&format!(";{wanted}")).1 {
            let has = match key {
                "held" => if node.held { "yes" } else { "no" }.to_owned(),
                "date" => node.date.map_or_else(|| "-".into(), |date| date.to_string()),
                "kind" => node.kind.clone().unwrap_or_else(|| "-".into()),
                "number" => node.number.clone().unwrap_or_else(|| "-".into()),
                "term" => node.term.clone().unwrap_or_else(|| "-".into()),
                "title" => node.title.clone().unwrap_or_else(|| "-".into()),
                "issuer" => node.issuer.clone().unwrap_or_else(|| "-".into()),
                "province" => node.province.clone().unwrap_or_else(|| "-".into()),
                "level" => node.level.map_or("-", Level::as_str).to_owned(),
                "papers" => node.papers.iter().map(|id| hash_names[id].as_str()).collect::<Vec<_>>().join(" "),
                "conflict" => match &node.conflicts[..] {
                    [] => "-".into(),
                    all => all.iter().map(|c| format!("{} {}", c.field, c.values.join("|"))).collect::<Vec<_>>().join(", "),
                },
                other => panic!("{file}, {name}: field {other}"),
            };
            differs(format!("{key} of {id}"), has, want);
        }
    }
    if let Some(count) = scenario.count {
        let ids: Vec<&str> = answer.nodes.iter().map(|node| node.id.as_str()).collect();
        differs(format!("count of {ids:?}"), answer.nodes.len().to_string(), &count.to_string());
    }
}

#[test]
fn cases() {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/resolve");
    let mut files: Vec<_> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut count = 0;
    let mut failures = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        for scenario in text.split("\n== ").skip(1) {
            let (name, body) = scenario.split_once('\n').unwrap();
            check(&file, name, body, &mut failures);
            count += 1;
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(count >= 20, "only {count} scenarios were found");
}

#[test]
fn a_document_alone_gets_the_id_that_a_corpus_gives_it() {
    let tables = Tables::builtin();
    for line in [
        "12-CT/TU; date 2022-03-24; issuer Ban Thường vụ Tỉnh ủy Hà Nam; level province; province Hà Nam",
        "13/2017/QĐ-UBND; date 2017-05-02; issuer Ủy ban nhân dân tỉnh Đồng Nai; level province; province Đồng Nai",
        "15-NQ/HU; date 2021-05-02; issuer Huyện ủy Kim Bôi; level district; province Hòa Bình",
        "04-CT/TW; date 2011-07-06; issuer Ban Bí thư; level central",
        "-; kind BC; issuer Ban Đối ngoại Trung ương; level central; title Công tác đối ngoại sáu tháng đầu năm",
        "12-NQ/TU; term 2020-2025; province Hà Nam",
    ] {
        let paper = paper(&tables, "a", 1, line);
        let alone = document_id(&tables, &paper.facts);
        let answer = resolve(&tables, std::slice::from_ref(&paper), &[]);
        assert_eq!(alone.as_deref(), Some(answer.nodes[0].id.as_str()), "{line}");
    }
    assert_eq!(document_id(&tables, &DocumentFacts::default()), None);
}

/// A mention in figures: kind, serial, day, province, form.
type Drawn = (u8, u8, Option<u8>, Option<u8>, Option<bool>);

fn any_mention() -> impl Strategy<Value = Drawn> {
    (0u8..4, 1u8..4, proptest::option::of(0u8..6), proptest::option::of(0u8..3), proptest::option::of(any::<bool>()))
}

/// A small corpus over few numbers, so that all the hard cases meet.
fn corpus(parts: &[(Option<u8>, u8, Vec<Drawn>)]) -> Vec<Paper> {
    let tables = Tables::builtin();
    let days = ["2009-09-07", "2014-07-21", "2014-07-24", "2017-01-05", "2022-01-05", "2024-07-30"];
    let codes = ["TW", "TU", "UBND", ""];
    let provinces = ["Hà Nam", "Quảng Trị", "Hòa Bình"];
    let line = |code: u8, serial: u8| match codes[code as usize] {
        "UBND" => format!("{serial}/QĐ-UBND"),
        "" => format!("{serial}-CT"),
        code => format!("{serial}-CT/{code}"),
    };
    parts
        .iter()
        .enumerate()
        .map(|(i, (own, place, mentions))| {
            let province = provinces[*place as usize % 3];
            let head = own.map_or_else(|| "-".to_owned(), |serial| line(1, serial % 3 + 1));
            let text =
                format!("{head}; date {}; level province; province {province}; issuer Tỉnh ủy {province}", days[*place as usize % 6]);
            let mut paper = paper(&tables, &format!("p{i:03}"), i as i64, &text);
            for (k, (code, serial, day, place, before)) in mentions.iter().enumerate() {
                let mut text = line(*code, *serial);
                if let Some(day) = day {
                    text += &format!("; date {}", days[*day as usize]);
                }
                if let Some(place) = place {
                    text += &format!("; province {}", provinces[*place as usize]);
                }
                if *before == Some(true) && k > 0 {
                    text += &format!("; after {k}");
                }
                paper.mentions.push(mention(&tables, &text));
            }
            paper
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_mention_has_a_meaning_and_the_order_does_not_matter(
        parts in proptest::collection::vec((proptest::option::of(0u8..3), 0u8..6, proptest::collection::vec(any_mention(), 0..6)), 1..8),
        turn in 0usize..8,
    ) {
        let tables = Tables::builtin();
        let papers = corpus(&parts);
        let answer = resolve(&tables, &papers, &[]);
        let ids: HashSet<&str> = answer.nodes.iter().map(|node| node.id.as_str()).collect();
        prop_assert_eq!(ids.len(), answer.nodes.len(), "ids are unique");
        prop_assert!(answer.nodes.windows(2).all(|pair| pair[0].id < pair[1].id), "nodes are sorted");
        prop_assert!(answer.links.windows(2).all(|pair| pair[0].at < pair[1].at), "links are sorted");
        prop_assert_eq!(answer.links.len(), papers.iter().map(|paper| paper.mentions.len()).sum::<usize>());
        for link in &answer.links {
            prop_assert!(!link.candidates.is_empty() && link.candidates.iter().all(|c| (c.node as usize) < ids.len()));
            let clues: HashSet<&str> = link.candidates.iter().map(|c| &*c.clue).collect();
            prop_assert_eq!(clues.len(), link.candidates.len(), "each candidate has a clue of its own: {:?}", link);
        }
        let held: usize = answer.nodes.iter().map(|node| node.papers.len()).sum();
        prop_assert_eq!(held, papers.len(), "every paper is one document");
        let mut turned = papers.clone();
        turned.rotate_left(turn % papers.len());
        prop_assert!(resolve(&tables, &turned, &[]) == answer);
    }

    #[test]
    fn days_compare_as_dates(year in 1950i16..2030, month in 1i8..=12, day in 1i8..=28) {
        // The certainty of a full mention does not hang on the day.
        let tables = Tables::builtin();
        let mut one = paper(&tables, "a", 1, "-; kind BC; title Một báo cáo dùng để thử");
        let date = Date::new(year, month, day).unwrap();
        one.mentions.push(mention(&tables, &format!("7-CT/TW; date {date}")));
        let answer = resolve(&tables, &[one], &[]);
        prop_assert_eq!(told(&answer, MentionAt { paper: 1, index: 0 }), format!("7-ct-tw-{year} certain"));
    }
}
