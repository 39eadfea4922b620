//! The store's two doors.

use rusqlite::Connection;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use tempfile::TempDir;
use vanban::model::*;
use vanban::resolve::{Candidate, Certainty, Conflict, Decision, Link, MentionAt, Node, Paper, Resolution};
use vanban::store::{FileRow, Reader, TextQuery, Writer, indexed_text, repair};
use vanban::tables::{Tables, fold};

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn number(text: &str) -> DocNumber {
    let (serial, rest) = text.split_once('-').expect("like 1-CT/TW");
    let (kind, issuer) = rest.split_once('/').expect("like 1-CT/TW");
    DocNumber { serial: serial.into(), year: None, kind: Some(kind.into()), issuers: vec![issuer.into()], system: System::Party }
}

fn citation(text: &str, of: &str, relation: Relation) -> Citation {
    let start = text.find(of).expect("the number stands in the text");
    Citation {
        span: Span::new(start, start + of.len()),
        text: of.into(),
        form: CitationForm::Full,
        kind: Some("CT".into()),
        number: Some(of.into()),
        parsed: Some(number(of)),
        date: Some("2014-07-21".parse().unwrap()),
        year: None,
        issuer: Some("Ban Bí thư".into()),
        term: Some("XI".into()),
        province: None,
        locator: Some("điểm c khoản 9 Điều 7".into()),
        title: Some("về thử".into()),
        relation,
        sentence: text.into(),
        sentence_at: start,
        place: Place::Preamble,
        section: Some("II.1".into()),
        footnote: Some("3".into()),
        antecedent: None,
    }
}

/// A paper with number `own` whose text is `text`, citing `cited`.
fn paper(own: &str, text: &str, cited: &[(&str, Relation)]) -> (RawText, Extraction) {
    let raw = RawText::plain(text);
    let extraction = Extraction {
        schema: SCHEMA.into(),
        source: SourceFacts {
            path: format!("{}.txt", fold::slug(own)),
            sha256: hash(text),
            media_type: raw.media_type.clone(),
            encoding: raw.encoding.clone(),
            bytes: text.len() as u64,
            pages: None,
            method: raw.method,
        },
        document: DocumentFacts {
            number: Some(own.into()),
            parsed: Some(number(own)),
            title: Some(text.into()),
            ..DocumentFacts::default()
        },
        citations: cited.iter().map(|(of, relation)| citation(text, of, *relation)).collect(),
        stated_relations: Vec::new(),
        tasks: Vec::new(),
        outline: Vec::new(),
        warnings: Vec::new(),
        parts: Vec::new(),
    };
    (raw, extraction)
}

/// One node a number; two numbers that differ only in what follows `/` in a mention with serial 99 are ambiguous.
fn by_number(_: &Tables, papers: &[Paper], decisions: &[Decision]) -> Resolution {
    let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
    let mut node = |number: &DocNumber, paper: Option<&Paper>| {
        let id = fold::slug(&number.key());
        let node = nodes.entry(id.clone()).or_insert_with(|| Node {
            id: id.clone(),
            kind: number.kind.clone(),
            number: Some(number.key()),
            parsed: Some(number.clone()),
            date: Some("2020-05-06".parse().unwrap()),
            term: None,
            issuer: None,
            province: None,
            level: Some(Level::Central),
            title: None,
            held: false,
            papers: Vec::new(),
            conflicts: vec![Conflict { field: "date".into(), values: vec!["a".into()] }],
        });
        if let Some(paper) = paper {
            node.held = true;
            node.papers.push(paper.id);
            node.title = paper.facts.title.clone();
        }
        id
    };
    for paper in papers {
        node(paper.facts.parsed.as_ref().expect("all test papers have a number"), Some(paper));
    }
    let mut links = Vec::new();
    let mentions = papers.iter().flat_map(|paper| (0..).zip(&paper.mentions).map(|(index, m)| (MentionAt { paper: paper.id, index }, m)));
    for (at, mention) in mentions {
        let number = mention.number.as_deref().expect("all test mentions have a number");
        let decided = decisions.iter().find(|decision| decision.at == at);
        let mut ids = vec![node(number, None)];
        if number.serial == "99" && decided.is_none() {
            ids.push(node(&DocNumber { issuers: vec!["TU".into()], ..number.clone() }, None));
        }
        let certainty = match (decided, ids.len()) {
            (Some(_), _) => Certainty::Decided,
            (None, 1) => Certainty::Certain,
            _ => Certainty::Ambiguous,
        };
        links.push((at, ids, certainty));
    }
    let place: BTreeMap<String, u32> = nodes.keys().cloned().zip(0..).collect();
    let links = links.into_iter().map(|(at, ids, certainty)| {
        let candidates = ids.into_iter().map(|id| Candidate { node: place[&id], clue: "khóa XI".into() }).collect();
        Link { at, candidates, certainty, why: "the number".into() }
    });
    Resolution { links: links.collect(), nodes: nodes.into_values().collect() }
}

fn put(writer: &mut Writer, id: i64, (raw, extraction): &(RawText, Extraction)) {
    let indexed = indexed_text(writer.tables(), raw);
    writer.put_paper(id, raw, indexed, extraction).unwrap();
    let shown = extraction.source.path.clone();
    let sha256 = Some(extraction.source.sha256.clone());
    writer.put_file(&FileRow { path: format!("/{shown}"), bytes: None, shown, size: 1, mtime_ns: 1, sha256, state: Ok(id) }).unwrap();
}

/// A store with these papers, ids from 1.
fn store(papers: &[(RawText, Extraction)]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    add(dir.path(), papers);
    dir
}

fn add(dir: &Path, papers: &[(RawText, Extraction)]) {
    let mut writer = Writer::open(dir, None, 1).unwrap();
    let next = writer.next_paper().unwrap();
    for (id, paper) in (next..).zip(papers) {
        put(&mut writer, id, paper);
    }
    assert!(writer.commit().unwrap());
    writer.finish(by_number).unwrap();
    writer.close().unwrap();
}

fn remove(dir: &Path, path: &str) {
    let mut writer = Writer::open(dir, None, 1).unwrap();
    writer.drop_file(path).unwrap();
    writer.finish(by_number).unwrap();
    writer.close().unwrap();
}

fn hits(reader: &Reader, words: &str) -> Vec<String> {
    let query = TextQuery { words: words.into(), limit: 10, ..TextQuery::default() };
    let answer = reader.search(&query).unwrap();
    assert_eq!(answer.total, answer.hits.len());
    answer.hits.into_iter().map(|hit| hit.node).collect()
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

fn abc() -> [(RawText, Extraction); 3] {
    [
        paper("1-CT/TW", "Chỉ thị một về rừng.", &[]),
        paper("2-CT/TW", "Chỉ thị hai thực hiện 1-CT/TW về biển.", &[("1-CT/TW", Relation::Implements)]),
        paper("3-CT/TW", "Chỉ thị ba nhắc 1-CT/TW và 99-CT/TW.", &[("1-CT/TW", Relation::Mentions), ("99-CT/TW", Relation::Amends)]),
    ]
}

#[test]
fn all_that_was_extracted_comes_back() {
    let text = "Chỉ thị số 5-KH/TU ngày 21/7/2014, theo 6-KH/TU.";
    let (mut raw, mut extraction) = paper("4-CT/TW", text, &[("5-KH/TU", Relation::Concretises), ("6-KH/TU", Relation::BasedOn)]);
    raw.warnings.push(Warning::new(WarningKind::Decoding, "some bytes"));
    extraction.source.pages = Some(3);
    extraction.source.method = Method::PdfTextLayer;
    raw.method = Method::PdfTextLayer;
    raw.pages = Some(3);
    extraction.citations[1].form = CitationForm::SelfReference;
    extraction.citations[1].antecedent = Some(0);
    extraction.citations[1].parsed = Some(DocNumber {
        serial: "0420".into(),
        year: Some(2013),
        kind: None,
        issuers: vec!["VPCP".into(), "QHQT".into()],
        system: System::Letter,
    });
    extraction.document.signers.push(Signer { name: "Nguyễn Văn Thử".into(), position: None, authority: Some("T/M Ban".into()) });
    extraction.document.date = Some("2020-01-31".parse().unwrap());
    extraction.document.date_basis = Some(DateBasis::Letterhead);
    extraction.stated_relations.push(StatedRelation {
        from_number: "5-KH/TU".into(),
        relation: Relation::Replaces,
        to_number: "6-KH/TU".into(),
        span: Span::new(1, 9),
        from: 0,
        to: 1,
    });
    extraction.tasks.push(Task {
        span: Span::new(0, 4),
        label: Some("III.3".into()),
        text: "Giao việc".into(),
        kind: TaskKind::Assignment,
        assignees: vec!["Ủy ban Kiểm tra".into()],
        coordinators: vec![],
        due: Some(Due { text: "trước 30/6".into(), date: None }),
        recurrence: Some(Recurrence { text: "hằng năm".into(), months: vec![6, 12] }),
        report_to: None,
        citations: vec![0, 1],
    });
    extraction.outline.push(OutlineEntry { label: "I".into(), heading: "MỤC".into(), span: Span::new(2, 6) });
    extraction.warnings.push(Warning { kind: WarningKind::ImpossibleDate, message: "no such day".into(), span: Some(Span::new(1, 2)) });
    let dir = store(&[(raw.clone(), extraction.clone())]);
    let reader = Reader::open(dir.path()).unwrap();
    assert_eq!(reader.extraction(1).unwrap().as_ref(), Some(&extraction));
    assert_eq!(reader.text(1).unwrap().as_deref(), Some(text));
    let (again, source) = reader.raw(1).unwrap().unwrap();
    assert_eq!((again.warnings, again.method, again.pages, source), (raw.warnings, raw.method, raw.pages, extraction.source));
    assert_eq!(reader.extraction(2).unwrap(), None);
    let copy = reader.copies("4-ct-tw").unwrap().remove(0);
    assert_eq!((copy.method.as_str(), copy.warnings), ("pdf-text-layer", vec!["no such day".to_owned()]));
    let [mark] = &reader.task_marks(None).unwrap()[..] else { panic!("one task") };
    assert_eq!(reader.task_marks(Some(&["4-ct-tw".into()])).unwrap(), std::slice::from_ref(mark));
    assert_eq!(reader.task_marks(Some(&["5-kh-tu".into()])).unwrap(), []);
    let [row] = &reader.tasks_at(&[mark.key]).unwrap()[..] else { panic!("the task") };
    assert_eq!((&row.task, row.node.as_str(), &*mark.node, mark.recurs), (&extraction.tasks[0], "4-ct-tw", "4-ct-tw", true));
    assert_eq!((mark.due, &mark.assignees), (None, &row.task.assignees));
    let [edge] = &reader.edges_from("5-kh-tu").unwrap()[..] else { panic!("one edge") };
    assert_eq!((edge.to.as_str(), edge.relation, edge.stated_by.as_deref()), ("420-vpcp-qhqt", Relation::Replaces, Some("4-ct-tw")));
    assert_eq!(edge.sentence, text);
}

/// The mention of 6-KH/TU above bears a number of its own, so the test resolution must make a node of it.
#[test]
fn nodes_links_and_edges_are_found_from_both_sides() {
    let dir = store(&abc());
    let reader = Reader::open(dir.path()).unwrap();
    assert!(reader.check().unwrap().is_empty());
    assert_eq!(reader.totals().unwrap(), (3, 3, 0));
    let node = reader.node("1-ct-tw").unwrap().unwrap();
    assert_eq!((node.papers.as_slice(), node.held, node.number.as_deref()), (&[1_i64][..], true, Some("1-CT/TW")));
    assert_eq!(node.conflicts.len(), 1);
    let incoming: Vec<_> = reader.incoming("1-ct-tw").unwrap().into_iter().map(|row| (row.citing, row.citation.relation)).collect();
    assert_eq!(incoming, [("2-ct-tw".to_owned(), Relation::Implements), ("3-ct-tw".to_owned(), Relation::Mentions)]);
    let outgoing = reader.outgoing("3-ct-tw").unwrap();
    assert_eq!(outgoing.len(), 2);
    assert_eq!(outgoing[1].certainty, Some(Certainty::Ambiguous));
    assert_eq!(outgoing[1].candidates, [("99-ct-tw".to_owned(), "khóa XI".to_owned()), ("99-ct-tu".to_owned(), "khóa XI".to_owned())]);
    assert_eq!(reader.incoming("99-ct-tu").unwrap()[0], outgoing[1]);
    assert_eq!(reader.link(&outgoing[1].id).unwrap().as_ref(), Some(&outgoing[1]));
    let [question] = &reader.questions().unwrap()[..] else { panic!("one question") };
    assert_eq!(question.nodes, ["99-ct-tu", "99-ct-tw"]);
    assert_eq!(reader.links_at(&question.mentions).unwrap(), [outgoing[1].clone()]);
    assert_eq!(reader.edges_to("1-ct-tw").unwrap(), reader.edges_from("2-ct-tw").unwrap());
    assert_eq!(reader.edges_from("3-ct-tw").unwrap(), [], "neither a mere mention nor an ambiguous one is an edge");
    assert_eq!(reader.counts("1-ct-tw").unwrap(), (0, 2, 0));
    assert_eq!(reader.counts("3-ct-tw").unwrap(), (2, 0, 0));
    assert_eq!(reader.not_held().unwrap(), [], "an ambiguous mention means no document yet");
    let ids = |nodes: Vec<Node>| nodes.into_iter().map(|node| node.id).collect::<Vec<_>>();
    assert_eq!(ids(reader.nodes_with_serial("2").unwrap()), ["2-ct-tw"]);
    assert_eq!(ids(reader.nodes_with_kind("CT", Some(2020)).unwrap()).len(), 5);
    assert_eq!(ids(reader.nodes_with_kind("CT", Some(2021)).unwrap()).len(), 0);
    assert_eq!(ids(reader.nodes_with_path("2-ct-tw.txt").unwrap()), ["2-ct-tw"]);
    assert_eq!(ids(reader.nodes_with_title(&["bien".into(), "hai".into()], 5).unwrap()), ["2-ct-tw"]);
    assert_eq!(ids(reader.nodes_with_title(&["bie".into()], 5).unwrap()), [""; 0], "whole words");
    assert_eq!(ids(reader.nodes(&["3-ct-tw".into(), "no".into(), "1-ct-tw".into()]).unwrap()), ["3-ct-tw", "1-ct-tw"]);
    assert_eq!(reader.numbers().unwrap(), ["1-CT/TW", "2-CT/TW", "3-CT/TW", "99-CT/TU", "99-CT/TW"]);
}

#[test]
fn a_decision_survives_and_the_one_before_is_told() {
    let dir = store(&abc());
    let id = asked(dir.path());
    let decide = |target: Option<&str>| {
        let mut writer = Writer::open(dir.path(), None, 1).unwrap();
        let filed = writer.decide("2026-11-22T08:00:00Z", &id, target).unwrap();
        writer.finish(by_number).unwrap();
        filed.unwrap().before
    };
    assert_eq!(decide(Some("99-ct-tu")), None);
    assert_eq!(decide(Some("99-ct-tw")).as_deref(), Some("99-ct-tu"));
    assert_eq!(decide(None).as_deref(), Some("99-ct-tw"), "taken back");
    let journal = Reader::open(dir.path()).unwrap().decisions().unwrap();
    let held: Vec<_> = journal.iter().map(|row| (row.target.as_deref(), row.in_force)).collect();
    assert_eq!(held, [(Some("99-ct-tu"), true), (Some("99-ct-tw"), false), (None, false)], "what was before it holds again");
    assert_eq!(decide(Some("99-ct-tw")).as_deref(), Some("99-ct-tu"));
    add(dir.path(), &[paper("4-CT/TW", "Chỉ thị bốn.", &[])]);
    let reader = Reader::open(dir.path()).unwrap();
    assert_eq!(reader.link(&id).unwrap().unwrap().certainty, Some(Certainty::Decided));
    assert_eq!(reader.not_held().unwrap().len(), 1);
}

/// The one mention that needs a person.
fn asked(dir: &Path) -> String {
    let reader = Reader::open(dir).unwrap();
    reader.links_at(&reader.questions().unwrap()[0].mentions).unwrap()[0].id.clone()
}

/// A store as format 1 had it: no places, one decision a citation, one paper a file.
fn as_format_1(dir: &Path, citation: &str, target: &str) {
    let db = Connection::open(dir.join("catalogue.sqlite")).unwrap();
    let view: String = db.query_row("SELECT sql FROM sqlite_schema WHERE name = 'edges'", [], |row| row.get(0)).unwrap();
    let later = "DROP VIEW edges; DROP VIEW paper_files; DROP INDEX papers_host; ALTER TABLE papers DROP COLUMN host; ALTER TABLE papers DROP COLUMN at; \
                 ALTER TABLE papers DROP COLUMN legible; ALTER TABLE papers DROP COLUMN length; \
                 ALTER TABLE citations DROP COLUMN place; DROP TABLE decisions";
    db.execute_batch(later).unwrap();
    db.execute_batch(&view.replace(", c.place", "")).unwrap();
    db.execute_batch("CREATE TABLE decisions (citation TEXT PRIMARY KEY, target TEXT NOT NULL) WITHOUT ROWID").unwrap();
    db.execute("INSERT INTO decisions VALUES (?1, ?2)", [citation, target]).unwrap();
    db.pragma_update(None, "user_version", 1).unwrap();
}

#[test]
fn a_store_of_format_1_is_brought_up_to_date_by_the_next_writer() {
    let dir = store(&abc());
    let id = asked(dir.path());
    as_format_1(dir.path(), &id, "99-ct-tu");
    let error = Reader::open(dir.path()).err().unwrap();
    assert_eq!(error.kind, ErrorKind::StoreVersion { found: 1, expected: 3 });
    assert!(error.reason().contains("`vanban ingest` brings it up to date"), "{error}");
    let mut writer = Writer::open(dir.path(), None, 1).unwrap();
    assert!(writer.is_outdated(), "the papers are extracted again");
    writer.finish(by_number).unwrap();
    let reader = Reader::open(dir.path()).unwrap();
    assert_eq!(reader.link(&id).unwrap().unwrap().certainty, Some(Certainty::Decided));
    assert_eq!(reader.decisions().unwrap()[0].target.as_deref(), Some("99-ct-tu"));
    assert!(reader.edges_to("1-ct-tw").unwrap().iter().all(|edge| edge.place == Place::Body));
}

#[test]
fn copies_do_not_count_twice() {
    let one = paper("2-CT/TW", "Bản một, theo 1-CT/TW.", &[("1-CT/TW", Relation::Implements)]);
    let mut two = paper("2-CT/TW", "Bản hai, theo 1-CT/TW.", &[("1-CT/TW", Relation::Implements)]);
    two.1.source.path = "copy.txt".into();
    let dir = store(&[one, two]);
    let reader = Reader::open(dir.path()).unwrap();
    assert_eq!(reader.copies("2-ct-tw").unwrap().len(), 2);
    assert_eq!(reader.incoming("1-ct-tw").unwrap().len(), 1);
    assert_eq!(reader.edges_to("1-ct-tw").unwrap().len(), 1);
    assert_eq!(hits(&reader, "bản"), ["2-ct-tw"]);
    assert_eq!(hits(&reader, "bản một"), ["2-ct-tw"]);
    assert_eq!(reader.not_held().unwrap()[0].1, 1);
}

#[test]
fn a_reader_keeps_its_snapshot() {
    let [a, b, c] = abc();
    let dir = store(&[a, b]);
    let old = Reader::open(dir.path()).unwrap();
    let mut writer = Writer::open(dir.path(), None, 1).unwrap();
    put(&mut writer, 3, &c);
    writer.commit().unwrap();
    let during = Reader::open(dir.path()).unwrap();
    assert_eq!(during.node("3-ct-tw").unwrap(), None, "a durable batch is no document before it is resolved");
    assert_eq!(hits(&during, "chỉ thị"), ["1-ct-tw", "2-ct-tw"]);
    writer.drop_file("/1-ct-tw.txt").unwrap();
    writer.finish(by_number).unwrap();
    for snapshot in [&old, &during] {
        assert!(snapshot.node("1-ct-tw").unwrap().unwrap().held);
        assert_eq!(hits(snapshot, "chỉ thị"), ["1-ct-tw", "2-ct-tw"]);
        assert!(!snapshot.is_current().unwrap());
    }
    let new = Reader::open(dir.path()).unwrap();
    assert!(new.is_current().unwrap());
    assert_eq!(hits(&new, "chỉ thị"), ["2-ct-tw", "3-ct-tw"]);
    assert!(!new.node("1-ct-tw").unwrap().unwrap().held);
}

#[test]
fn the_index_catches_up_from_any_state() {
    let [a, b, c] = abc();
    let dir = store(&[a]);
    let (store_dir, aside) = (dir.path().to_path_buf(), tempfile::tempdir().unwrap());
    let (catalogue, fulltext) = (store_dir.join("catalogue.sqlite"), store_dir.join("fulltext"));
    copy_folder(&fulltext, &aside.path().join("fulltext"));
    std::fs::copy(&catalogue, aside.path().join("catalogue.sqlite")).unwrap();
    add(&store_dir, &[b, c]);
    remove(&store_dir, "/1-ct-tw.txt");
    let newest = tempfile::tempdir().unwrap();
    copy_folder(&fulltext, &newest.path().join("fulltext"));
    std::fs::copy(&catalogue, newest.path().join("catalogue.sqlite")).unwrap();
    let is = |state: &str, want: &[&str]| {
        let reader = Reader::open(&store_dir).unwrap();
        assert_eq!(hits(&reader, "chỉ thị"), want, "{state}");
        assert_eq!(reader.check().unwrap(), [], "{state}");
    };
    std::fs::remove_dir_all(&fulltext).unwrap();
    is("lost", &["2-ct-tw", "3-ct-tw"]);
    std::fs::remove_dir_all(&fulltext).unwrap();
    copy_folder(&aside.path().join("fulltext"), &fulltext);
    is("behind", &["2-ct-tw", "3-ct-tw"]);
    std::fs::remove_dir_all(&fulltext).unwrap();
    std::fs::create_dir(&fulltext).unwrap();
    is("empty", &["2-ct-tw", "3-ct-tw"]);
    std::fs::write(fulltext.join("meta.json"), "{").unwrap();
    is("torn", &["2-ct-tw", "3-ct-tw"]);
    std::fs::copy(aside.path().join("catalogue.sqlite"), &catalogue).unwrap();
    is("ahead", &["1-ct-tw"]);
    let other = store(&[paper("7-CT/TW", "Chỉ thị bảy.", &[])]);
    std::fs::remove_dir_all(&fulltext).unwrap();
    copy_folder(&other.path().join("fulltext"), &fulltext);
    is("another store's", &["1-ct-tw"]);
}

#[test]
fn check_tells_and_repair_mends() {
    let dir = store(&abc());
    let fulltext = dir.path().join("fulltext");
    let mut files = std::fs::read_dir(&fulltext).unwrap().map(|entry| entry.unwrap().path());
    let segment = files.find(|path| path.extension().is_some_and(|end| end == "idx")).unwrap();
    let mut bytes = std::fs::read(&segment).unwrap();
    bytes[0] ^= 1;
    std::fs::write(&segment, bytes).unwrap();
    let found = Reader::open(dir.path()).unwrap().check().unwrap();
    assert!(found.iter().any(|problem| problem.what.contains("checksum") && problem.repair == "vanban check --repair"), "{found:?}");
    assert_eq!(repair(dir.path()).unwrap(), found);
    let reader = Reader::open(dir.path()).unwrap();
    assert_eq!(reader.check().unwrap(), []);
    assert_eq!(hits(&reader, "rừng"), ["1-ct-tw"]);
}

/// One byte, a stretch, or the end of each file of the store is changed in turn: `check` finds each, `repair` mends what can be
/// made again, and a damaged catalogue is left as it is.
#[test]
fn damage_of_every_file_is_found() {
    let whole = store(&abc());
    let sound = || {
        let dir = tempfile::tempdir().unwrap();
        std::fs::copy(whole.path().join("catalogue.sqlite"), dir.path().join("catalogue.sqlite")).unwrap();
        copy_folder(&whole.path().join("fulltext"), &dir.path().join("fulltext"));
        dir
    };
    let mut names: Vec<String> = std::fs::read_dir(whole.path().join("fulltext"))
        .unwrap()
        .map(|entry| format!("fulltext/{}", entry.unwrap().file_name().to_string_lossy()))
        .filter(|name| !name.ends_with(".lock"))
        .collect();
    names.push("catalogue.sqlite".into());
    assert!(names.len() > 6, "{names:?}");
    for name in &names {
        let length = std::fs::metadata(whole.path().join(name)).unwrap().len() as usize;
        for (way, tenth) in (0..10).map(|tenth| (tenth % 3, tenth)) {
            let dir = sound();
            let path = dir.path().join(name);
            let mut bytes = std::fs::read(&path).unwrap();
            let at = length * tenth / 10;
            match way {
                // A letter within a text leaves every page whole; a page is the least that a disk loses.
                _ if name == "catalogue.sqlite" => {
                    bytes[at & !4095..].iter_mut().take(4096).for_each(|byte| *byte = byte.wrapping_mul(37) ^ 0x5b)
                }
                0 => bytes[at] ^= 0x40,
                1 => bytes[at..].iter_mut().take(64).for_each(|byte| *byte ^= 0xff),
                _ => bytes.truncate(at),
            }
            std::fs::write(&path, &bytes).unwrap();
            let told = Reader::open(dir.path()).and_then(|reader| reader.check());
            let at = format!("{name}, way {way}, tenth {tenth}: {told:?}");
            if name == "catalogue.sqlite" {
                match told {
                    Ok(problems) => assert!(problems.iter().any(|problem| problem.what.contains("damaged")), "{at}"),
                    Err(error) => assert!(matches!(error.kind, ErrorKind::CatalogueDamaged(_) | ErrorKind::StoreDamaged(_)), "{at}"),
                }
                repair(dir.path()).expect_err(&at);
                assert_eq!(std::fs::read(&path).unwrap(), bytes, "{at}");
                continue;
            }
            // Opening may have mended it already.
            let unmended = std::fs::read(&path).is_ok_and(|now| now == bytes);
            if unmended && name.ends_with(".json") && told.as_ref().is_ok_and(Vec::is_empty) {
                // A sign in the two lists that means nothing to an answer.
                assert_eq!(hits(&Reader::open(dir.path()).expect(&at), "rừng"), ["1-ct-tw"], "{at}");
            } else if unmended {
                assert!(
                    told.as_ref().is_ok_and(|problems| problems.iter().any(|problem| problem.repair == "vanban check --repair")),
                    "{at}"
                );
            }
            repair(dir.path()).expect(&at);
            let reader = Reader::open(dir.path()).expect(&at);
            assert_eq!(reader.check().unwrap(), [], "{at}");
            assert_eq!(hits(&reader, "rừng"), ["1-ct-tw"], "{at}");
        }
    }
}

#[test]
fn an_interrupted_run_goes_on() {
    let [a, b, c] = abc();
    let dir = store(&[a]);
    let mut writer = Writer::open(dir.path(), None, 1).unwrap();
    put(&mut writer, 2, &b);
    writer.commit().unwrap();
    put(&mut writer, 3, &c);
    drop(writer);
    let reader = Reader::open(dir.path()).unwrap();
    assert_eq!(hits(&reader, "chỉ thị"), ["1-ct-tw"]);
    assert!(reader.check().unwrap().iter().any(|problem| problem.what.contains("interrupted")));
    let mut writer = Writer::open(dir.path(), None, 1).unwrap();
    assert!(writer.needs_resolving().unwrap());
    assert_eq!(writer.papers().unwrap().len(), 2, "the committed batch is there, the open one is not");
    writer.finish(by_number).unwrap();
    assert!(!writer.needs_resolving().unwrap());
    drop(writer);
    assert_eq!(hits(&Reader::open(dir.path()).unwrap(), "chỉ thị"), ["1-ct-tw", "2-ct-tw"]);
}

#[test]
fn an_interrupted_first_run_goes_on_too() {
    let [a, b, _] = abc();
    let dir = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(dir.path(), None, 1).unwrap();
    put(&mut writer, 1, &a);
    writer.commit().unwrap();
    drop(writer);
    let mut writer = Writer::open(dir.path(), None, 1).unwrap();
    assert!(!writer.is_outdated(), "what is there was made by this program with these tables");
    assert_eq!((writer.papers().unwrap().len(), writer.next_paper().unwrap()), (1, 2));
    put(&mut writer, 2, &b);
    writer.commit().unwrap();
    writer.finish(by_number).unwrap();
    drop(writer);
    assert_eq!(hits(&Reader::open(dir.path()).unwrap(), "chỉ thị"), ["1-ct-tw", "2-ct-tw"]);
}

#[test]
fn one_writer_and_readers_beside_it() {
    let dir = store(&abc());
    let writer = Writer::open(dir.path(), None, 1).unwrap();
    let second = Writer::open(dir.path(), None, 1).err().expect("the store is locked");
    assert_eq!(second.kind, ErrorKind::Locked);
    assert_eq!(hits(&Reader::open(dir.path()).unwrap(), "rừng"), ["1-ct-tw"]);
    drop(writer);
    assert!(Writer::open(dir.path(), None, 1).is_ok());
}

#[test]
fn what_is_not_ours_stays_as_it_is() {
    let kind = |dir: &Path| {
        let (reader, writer) = (Reader::open(dir).err().unwrap().kind, Writer::open(dir, None, 1).err().unwrap().kind);
        assert_eq!(reader, writer);
        reader
    };
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(Reader::open(dir.path()).err().unwrap().kind, ErrorKind::NoIndex);
    let file = dir.path().join("catalogue.sqlite");
    std::fs::write(&file, "a letter, not a database, and long enough to be looked at as one: ".repeat(40)).unwrap();
    let before = std::fs::read(&file).unwrap();
    assert!(matches!(kind(dir.path()), ErrorKind::StoreDamaged(why) if why.contains("not a catalogue")));
    assert_eq!(std::fs::read(&file).unwrap(), before);

    std::fs::remove_file(&file).unwrap();
    Connection::open(&file).unwrap().execute_batch("CREATE TABLE accounts (id INTEGER); INSERT INTO accounts VALUES (1)").unwrap();
    let before = std::fs::read(&file).unwrap();
    assert!(matches!(kind(dir.path()), ErrorKind::StoreDamaged(why) if why.contains("another program")));
    assert_eq!(std::fs::read(&file).unwrap(), before);

    let newer = store(&abc());
    let file = newer.path().join("catalogue.sqlite");
    Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = std::fs::read(&file).unwrap();
    assert_eq!(kind(newer.path()), ErrorKind::StoreVersion { found: 99, expected: 3 });
    assert_eq!(std::fs::read(&file).unwrap(), before);

    let photos = tempfile::tempdir().unwrap();
    std::fs::create_dir(photos.path().join("fulltext")).unwrap();
    std::fs::write(photos.path().join("fulltext/holiday.jpg"), "x").unwrap();
    let error = Writer::open(photos.path(), None, 1).err().unwrap();
    assert!(matches!(error.kind, ErrorKind::StoreDamaged(_)), "{error}");
    assert!(photos.path().join("fulltext/holiday.jpg").exists());
}

#[test]
fn a_start_that_was_killed_at_once_is_no_foreign_file() {
    let dir = tempfile::tempdir().unwrap();
    Connection::open(dir.path().join("catalogue.sqlite")).unwrap().pragma_update(None, "journal_mode", "wal").unwrap();
    assert_eq!(Reader::open(dir.path()).err().unwrap().kind, ErrorKind::NoIndex);
    add(dir.path(), &abc());
    assert_eq!(hits(&Reader::open(dir.path()).unwrap(), "rừng"), ["1-ct-tw"]);
}

/// The documents of tests/cases/search/ranking.txt, their names as ids.
fn ranking() -> (TempDir, Vec<(String, String)>) {
    let cases = include_str!("../cases/search/ranking.txt");
    let (mut papers, mut nodes, mut questions) = (Vec::new(), Vec::new(), Vec::new());
    let mut lines = cases.lines().filter(|line| !line.starts_with('#'));
    while let Some(line) = lines.next() {
        if let Some(head) = line.strip_prefix("@ ") {
            let fields: Vec<Option<String>> = head.split('|').map(|f| Some(f.trim().to_owned()).filter(|f| !f.is_empty())).collect();
            let text = lines.by_ref().take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
            papers.push(paper(&format!("{}-X/Y", papers.len() + 1), &text, &[]));
            nodes.push(Node {
                id: fields[0].clone().unwrap(),
                kind: fields[1].clone(),
                number: None,
                parsed: None,
                date: fields[2].as_ref().map(|date| date.parse().unwrap()),
                term: None,
                issuer: fields[5].clone(),
                province: fields[4].clone(),
                level: fields[3].as_deref().map(|level| if level == "central" { Level::Central } else { Level::Province }),
                title: None,
                held: true,
                papers: vec![papers.len() as i64],
                conflicts: Vec::new(),
            });
        } else if let Some(question) = line.strip_prefix("? ") {
            let (words, want) = question.split_once(" => ").expect("? words => names");
            questions.push((words.to_owned(), want.to_owned()));
        }
    }
    let dir = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(dir.path(), None, 1).unwrap();
    for (id, paper) in (1..).zip(&papers) {
        put(&mut writer, id, paper);
    }
    writer.commit().unwrap();
    nodes.sort_by(|a, b| a.id.cmp(&b.id));
    writer.finish(|_, _, _| Resolution { nodes, links: Vec::new() }).unwrap();
    writer.close().unwrap();
    (dir, questions)
}

#[test]
fn search_ranks_as_the_cases_say() {
    let (dir, questions) = ranking();
    let reader = Reader::open(dir.path()).unwrap();
    assert!(questions.len() > 25);
    let mut wrong = Vec::new();
    for (words, want) in questions {
        let (ordered, any) = want.split_once('~').unwrap_or((&want, ""));
        let names =
            |text: &str| text.split([' ', ',']).filter(|name| !name.is_empty() && *name != "-").map(str::to_owned).collect::<Vec<_>>();
        let (ordered, any) = (names(ordered), names(any));
        let got = hits(&reader, &words);
        let rest: HashSet<&String> = got.iter().skip(ordered.len()).collect();
        if !got.starts_with(&ordered) || rest != any.iter().collect() {
            wrong.push(format!("{words:?}: got {got:?}, want {want}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn filters_narrow_and_facets_count() {
    let (dir, _) = ranking();
    let reader = Reader::open(dir.path()).unwrap();
    let ask = |query: TextQuery| {
        let answer = reader.search(&TextQuery { limit: 10, ..query }).unwrap();
        (answer.hits.into_iter().map(|hit| hit.node).collect::<Vec<_>>(), answer.facets)
    };
    let all = TextQuery::default();
    let (newest_first, facets) = ask(all.clone());
    assert_eq!(newest_first, ["plain", "other", "apart", "exact", "upper", "number", "spelled", "near"]);
    assert_eq!(
        facets[0],
        ("kind".into(), vec![("QĐ".into(), 2)].into_iter().chain(["BC", "CT", "CV", "HD", "KH", "NQ"].map(|k| (k.into(), 1))).collect())
    );
    assert_eq!(facets[1].1, [("central".into(), 5), ("province".into(), 3)]);
    assert_eq!((facets[2].0.as_str(), facets[2].1.iter().map(|(_, count)| count).sum::<usize>()), ("issuer", 8));
    assert_eq!(facets[3].1, [("Hòa Bình".into(), 2), ("Hà Nam".into(), 1)]);
    assert_eq!(facets[4].1.len(), 8);
    // Each value of the facet, in quotation marks, finds as many as it counts.
    for (name, count) in &facets[2].1 {
        assert_eq!(ask(TextQuery { issuer: Some(format!("\"{name}\"")), ..all.clone() }).0.len(), *count, "{name}");
    }
    assert_eq!(ask(TextQuery { issuer: Some("\"tinh uy\"".into()), ..all.clone() }).0, [""; 0], "a part of a name is not the name");
    assert_eq!(ask(TextQuery { kinds: vec!["QĐ".into(), "ct".into()], ..all.clone() }).0, ["exact", "number", "spelled"]);
    assert_eq!(ask(TextQuery { kinds: vec!["QD".into()], ..all.clone() }).0, [""; 0]);
    assert_eq!(ask(TextQuery { levels: vec!["province".into()], ..all.clone() }).0, ["plain", "other", "upper"]);
    assert_eq!(ask(TextQuery { province: Some("hoa binh".into()), ..all.clone() }).0, ["other", "upper"]);
    assert_eq!(ask(TextQuery { issuer: Some("tinh uy".into()), ..all.clone() }).0, ["plain", "other", "upper"]);
    assert_eq!(ask(TextQuery { from: Some("2018-06-05".into()), to: Some("2020".into()), ..all.clone() }).0, ["apart", "exact", "upper"]);
    assert_eq!(ask(TextQuery { only: Some(vec!["near".into(), "exact".into()]), ..all.clone() }).0, ["exact", "near"]);
    assert_eq!(ask(TextQuery { words: "doi ngoai".into(), levels: vec!["central".into()], ..all.clone() }).0, ["exact", "apart"]);
    let page = reader.search(&TextQuery { limit: 2, offset: 3, ..all }).unwrap();
    assert_eq!((page.total, page.hits[0].node.as_str(), page.hits.len()), (8, "exact", 2));
}

#[test]
fn snippets_show_the_text_as_it_was_written() {
    let (dir, _) = ranking();
    let reader = Reader::open(dir.path()).unwrap();
    let snippet = |words: &str| {
        let query = TextQuery { words: words.into(), limit: 1, ..TextQuery::default() };
        let hit = reader.search(&query).unwrap().hits.remove(0);
        hit.snippet.into_iter().map(|(text, mark)| if mark { format!("[{text}]") } else { text }).collect::<String>()
    };
    assert_eq!(snippet("\"doi ngoai nhan dan\" trong"), "Tăng cường công tác [đối ngoại nhân dân trong] tình hình mới.");
    assert!(snippet("13/2017/qđ-ubnd").contains("số [13/2017/QĐ-UBND], cùng"));
    assert!(snippet("khỏe").contains("VIỆC [KHOẺ], ĐẸP"));
}
