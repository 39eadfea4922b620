//! Answers of the reading side, on a catalogue held in memory and filled by `resolve` from a small corpus.
//!
//! The corpus is written in the form of the resolve cases. Not here: the store's own look-ups.

use crate::resolve::read;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use vanban::model::{Citation, Date, DateBasis, Due, Error, Extraction, Place, Relation, Signer, SourceFacts, Span, Task, TaskKind};
use vanban::query::{self, Catalogue, Direction, QueryError, SearchQuestion, TaskOrder, TaskQuestion, view};
use vanban::resolve::{Certainty, MentionAt, Node, Paper, Resolution, resolve};
use vanban::store::{
    CopyRow, DecisionRow, EdgeRow, LinkRow, Problem, Question, Rejected, Run, TaskMark, TaskRow, TextAnswer, TextHit, TextQuery,
};
use vanban::tables::{Tables, fold};

const CORPUS: &str = "
paper s2: -; kind BC; date 2017-07-20; issuer Ban Đối ngoại Trung ương; level central; title Báo cáo công tác đối ngoại sáu tháng đầu năm
  38-CT/TW; date 2014-07-21; issuer Bộ Chính trị; title về quản lý đoàn đi công tác nước ngoài; relation reports_on
  38-CT/TW
  748-CV/TU; date 2017-03-02; province Yên Bái
  24/2014/NĐ-CP; date 2014-04-04
  -; form named; kind L; title Luật Đất đai
paper hb: -; kind KL; date 2019-12-02; issuer Ban Thường vụ Tỉnh ủy Hòa Bình; level province; province Hòa Bình; title về sơ kết hai năm thực hiện nghị quyết
  12-NQ/TU; date 2017-01-06; relation reviews
  38-CT/TW; date 2014-07-21; relation implements
  182-KH/TU; date 2018-11-29
  25-CT/TW; date 2018-08-08
paper hn: 12-CT/TU; date 2022-03-24; issuer Ban Thường vụ Tỉnh ủy Hà Nam; level province; province Hà Nam; title về đối ngoại nhân dân trong tình hình mới
  12-CT/TW; date 2022-01-05; issuer Ban Bí thư; relation implements
  04-CT/TW; date 2011-07-06; issuer Ban Bí thư; relation reports_on
  12-CT/TU; form self
paper kh: 40-KH/TU; date 2022-05-20; issuer Ban Thường vụ Tỉnh ủy Hà Nam; level province; province Hà Nam; title kế hoạch thực hiện chỉ thị của tỉnh
  12-CT/TU; date 2022-03-24; relation implements
paper yb: 15-CT/TU; date 2022-02-10; issuer Tỉnh ủy Yên Bái; level province; province Yên Bái; title chỉ thị của Yên Bái
  12-CT/TW; date 2022-01-05; relation implements
paper bc: -; kind BC; date 2025-02-01; issuer Ban Đối ngoại Trung ương; level central; title Báo cáo không ghi ngày của văn bản
  38-CT/TW; date 2024-07-30; title về tiêu chuẩn, đo lường, chất lượng
  12-CT/TW; date 2017-01-05
paper am: -; kind BC; date 2025-03-01; issuer Ban Tuyên giáo Trung ương; level central; title Báo cáo mơ hồ về một chỉ thị
  38-CT/TW
";

struct Memory {
    tables: Tables,
    nodes: BTreeMap<String, Node>,
    links: Vec<LinkRow>,
    edges: Vec<EdgeRow>,
    tasks: Vec<TaskRow>,
    papers: Vec<Paper>,
}

fn citation(mention: &vanban::resolve::Mention) -> Citation {
    let number = mention.number.as_ref().map(ToString::to_string);
    let text = number.clone().unwrap_or_else(|| "Luật Đất đai".into());
    Citation {
        span: Span::new(10, 10 + text.len()),
        sentence: format!("Theo {text}."),
        sentence_at: 5,
        text,
        form: mention.form,
        kind: mention.kind.as_deref().map(str::to_owned),
        number,
        parsed: mention.number.as_deref().cloned(),
        date: mention.date,
        year: mention.year,
        issuer: mention.issuer.as_deref().map(str::to_owned),
        term: mention.term.as_deref().map(str::to_owned),
        province: mention.province.as_deref().map(str::to_owned),
        locator: None,
        title: mention.title.as_deref().map(str::to_owned),
        relation: mention.relation,
        place: Place::Body,
        section: Some("I".into()),
        footnote: None,
        antecedent: mention.antecedent.map(|at| at as usize),
    }
}

fn memory() -> Memory {
    let tables = Tables::builtin();
    let scenario = read(&tables, CORPUS);
    let Resolution { nodes, links } = resolve(&tables, &scenario.papers, &[]);
    let node_of = |paper: i64| nodes.iter().find(|node| node.papers.contains(&paper)).unwrap().id.clone();
    let mut rows = Vec::new();
    for paper in &scenario.papers {
        for (index, mention) in (0..).zip(&paper.mentions) {
            let link = links.iter().find(|link| link.at == MentionAt { paper: paper.id, index });
            let name = paper.hash.trim_start_matches('0');
            rows.push(LinkRow {
                id: format!("{name}.{}", index + 1),
                paper: paper.id,
                citing: node_of(paper.id),
                citation: citation(mention),
                candidates: link
                    .map(|link| link.candidates.iter().map(|c| (nodes[c.node as usize].id.clone(), c.clue.to_string())).collect())
                    .unwrap_or_default(),
                certainty: link.map(|link| link.certainty),
                why: link.map(|link| link.why.to_string()).unwrap_or_default(),
            });
        }
    }
    let mut edges: Vec<EdgeRow> = rows
        .iter()
        .filter(|row| row.citation.relation.is_lineage() && row.certainty.is_some_and(|c| c != Certainty::Ambiguous))
        .map(|row| EdgeRow {
            from: row.citing.clone(),
            to: row.candidates[0].0.clone(),
            relation: row.citation.relation,
            stated_by: None,
            sentence: row.citation.sentence.clone(),
            place: Place::Body,
        })
        .collect();
    edges.push(EdgeRow {
        from: "182-kh-tu-hoa-binh-2018".into(),
        to: "25-ct-tw-2018".into(),
        relation: Relation::Implements,
        stated_by: Some(node_of(2)),
        sentence: "Kế hoạch <182> & việc thực hiện \"Chỉ thị 25\".".into(),
        place: Place::Body,
    });
    let task = |node: &str, text: &str, assignee: &str, due: Option<&str>, start: usize| TaskRow {
        node: node.into(),
        task: Task {
            span: Span::new(start, start + text.len()),
            label: Some("III.1".into()),
            text: text.into(),
            kind: TaskKind::Assignment,
            assignees: vec![assignee.into()],
            coordinators: Vec::new(),
            due: due.map(|day| Due { text: format!("trước ngày {day}"), date: day.parse().ok() }),
            recurrence: None,
            report_to: None,
            citations: Vec::new(),
        },
    };
    let tasks = vec![
        task("40-kh-tu-ha-nam-2022", "1. Kiểm tra việc thực hiện; báo cáo", "Ủy ban Kiểm tra Tỉnh ủy", Some("2022-06-30"), 100),
        task("40-kh-tu-ha-nam-2022", "2. Tuyên truyền, \"phổ biến\"", "Ban Tuyên giáo Tỉnh ủy", None, 200),
        task("12-ct-tu-ha-nam-2022", "3. Theo dõi", "Văn phòng Tỉnh ủy", Some("2022-12-15"), 50),
    ];
    Memory {
        tables,
        nodes: nodes.into_iter().map(|node| (node.id.clone(), node)).collect(),
        links: rows,
        edges,
        tasks,
        papers: scenario.papers,
    }
}

impl Memory {
    fn filter(&self, keep: impl Fn(&Node) -> bool) -> Result<Vec<Node>, Error> {
        Ok(self.nodes.values().filter(|node| keep(node)).cloned().collect())
    }
}

impl Catalogue for Memory {
    fn tables(&self) -> &Tables {
        &self.tables
    }
    fn node(&self, id: &str) -> Result<Option<Node>, Error> {
        Ok(self.nodes.get(id).cloned())
    }
    fn nodes(&self, ids: &[String]) -> Result<Vec<Node>, Error> {
        Ok(ids.iter().filter_map(|id| self.nodes.get(id)).cloned().collect())
    }
    fn nodes_with_serial(&self, serial_key: &str) -> Result<Vec<Node>, Error> {
        self.filter(|node| node.parsed.as_ref().is_some_and(|number| number.serial_key() == serial_key))
    }
    fn nodes_with_kind(&self, kind: &str, year: Option<i16>) -> Result<Vec<Node>, Error> {
        self.filter(|node| node.kind.as_deref() == Some(kind) && year.is_none_or(|year| node.date.is_some_and(|day| day.year() == year)))
    }
    fn nodes_with_path(&self, path: &str) -> Result<Vec<Node>, Error> {
        let paper = self.papers.iter().find(|paper| format!("corpus/{}.txt", paper.file_stem) == path).map(|paper| paper.id);
        self.filter(|node| paper.is_some_and(|id| node.papers.contains(&id)))
    }
    fn nodes_with_title(&self, folded_words: &[String], limit: usize) -> Result<Vec<Node>, Error> {
        let has = |node: &Node| {
            let title = fold::bare(node.title.as_deref().unwrap_or_default());
            let words: BTreeSet<&str> = title.split(|c: char| !c.is_alphanumeric()).collect();
            folded_words.iter().all(|word| words.contains(word.as_str()))
        };
        Ok(self.nodes.values().filter(|node| has(node)).take(limit).cloned().collect())
    }
    fn numbers(&self) -> Result<Vec<String>, Error> {
        Ok(self.nodes.values().filter_map(|node| node.number.clone()).collect())
    }
    fn incoming(&self, node: &str) -> Result<Vec<LinkRow>, Error> {
        Ok(self.links.iter().filter(|row| row.candidates.iter().any(|(id, _)| id == node)).cloned().collect())
    }
    fn outgoing(&self, node: &str) -> Result<Vec<LinkRow>, Error> {
        Ok(self.links.iter().filter(|row| row.citing == node).cloned().collect())
    }
    fn link(&self, citation: &str) -> Result<Option<LinkRow>, Error> {
        Ok(self.links.iter().find(|row| row.id == citation).cloned())
    }
    fn decisions(&self) -> Result<Vec<DecisionRow>, Error> {
        Ok(Vec::new())
    }
    fn questions(&self) -> Result<Vec<Question>, Error> {
        let open = self.links.iter().enumerate().filter(|(_, row)| row.certainty == Some(Certainty::Ambiguous));
        let question = |(at, row): (usize, &LinkRow)| {
            let mut nodes: Vec<String> = row.candidates.iter().map(|(id, _)| id.clone()).collect();
            nodes.sort_unstable();
            Question { nodes, mentions: vec![at as i64] }
        };
        Ok(open.map(question).collect())
    }
    fn links_at(&self, keys: &[i64]) -> Result<Vec<LinkRow>, Error> {
        Ok(keys.iter().map(|key| self.links[*key as usize].clone()).collect())
    }
    fn edges_from(&self, node: &str) -> Result<Vec<EdgeRow>, Error> {
        Ok(self.edges.iter().filter(|edge| edge.from == node).cloned().collect())
    }
    fn edges_to(&self, node: &str) -> Result<Vec<EdgeRow>, Error> {
        Ok(self.edges.iter().filter(|edge| edge.to == node).cloned().collect())
    }
    fn counts(&self, node: &str) -> Result<(u64, u64, u64), Error> {
        let tasks = self.tasks.iter().filter(|row| row.node == node).count();
        Ok((self.outgoing(node)?.len() as u64, self.incoming(node)?.len() as u64, tasks as u64))
    }
    fn copies(&self, node: &str) -> Result<Vec<CopyRow>, Error> {
        let papers = self.nodes.get(node).map(|node| node.papers.clone()).unwrap_or_default();
        let row = |id: &i64| {
            let stem = &self.papers.iter().find(|paper| paper.id == *id).unwrap().file_stem;
            let paths = vec![format!("corpus/{stem}.txt"), format!("corpus/copy/{stem}.txt")];
            CopyRow { paper: *id, paths, media_type: "text/plain".into(), method: "text".into(), warnings: Vec::new(), at: 0 }
        };
        Ok(papers.iter().map(row).collect())
    }
    fn extraction(&self, paper: i64) -> Result<Option<Extraction>, Error> {
        let Some(paper) = self.papers.iter().find(|p| p.id == paper) else { return Ok(None) };
        let mut document = paper.facts.clone();
        document.date_basis = document.date.map(|_| DateBasis::Letterhead);
        document.signers = vec![Signer { name: "Nguyễn Văn Thử".into(), position: None, authority: None }];
        Ok(Some(Extraction {
            schema: vanban::model::SCHEMA.into(),
            source: SourceFacts {
                path: paper.file_stem.clone(),
                sha256: paper.hash.clone(),
                media_type: "text/plain".into(),
                encoding: None,
                bytes: 1,
                pages: None,
                method: vanban::model::Method::Text,
            },
            document,
            citations: Vec::new(),
            stated_relations: Vec::new(),
            tasks: Vec::new(),
            outline: Vec::new(),
            warnings: Vec::new(),
            parts: Vec::new(),
        }))
    }
    fn task_marks(&self, nodes: Option<&[String]>) -> Result<Vec<TaskMark>, Error> {
        let wanted = self.tasks.iter().enumerate().filter(|(_, row)| nodes.is_none_or(|ids| ids.contains(&row.node)));
        let mark = |(at, row): (usize, &TaskRow)| TaskMark {
            key: at as i64,
            node: row.node.as_str().into(),
            issued: self.nodes.get(&row.node).and_then(|node| node.date),
            due: row.task.due.as_ref().and_then(|due| due.date),
            assignees: row.task.assignees.clone(),
            recurs: row.task.recurrence.is_some(),
        };
        Ok(wanted.map(mark).collect())
    }
    fn tasks_at(&self, keys: &[i64]) -> Result<Vec<TaskRow>, Error> {
        Ok(keys.iter().map(|key| self.tasks[*key as usize].clone()).collect())
    }
    fn not_held(&self) -> Result<Vec<(Node, u64, u64)>, Error> {
        let mut out = Vec::new();
        for node in self.nodes.values().filter(|node| !node.held) {
            let rows = self.incoming(&node.id)?;
            let citing: BTreeSet<&str> = rows.iter().map(|row| row.citing.as_str()).collect();
            out.push((node.clone(), rows.len() as u64, citing.len() as u64));
        }
        out.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.id.cmp(&b.0.id)));
        Ok(out)
    }
    fn search(&self, query: &TextQuery) -> Result<TextAnswer, Error> {
        let keep = |node: &&Node| node.held && query.only.as_ref().is_none_or(|only| only.contains(&node.id));
        let ids: Vec<String> = self.nodes.values().filter(keep).map(|node| node.id.clone()).collect();
        let hit =
            |id: &String| TextHit { node: id.clone(), score: 1.5, snippet: vec![("đối ngoại".into(), true), (" là".into(), false)] };
        let hits = ids.iter().skip(query.offset).take(query.limit).map(hit).collect();
        Ok(TextAnswer { total: ids.len(), hits, facets: vec![("kind".into(), vec![("BC".into(), 3), ("CT".into(), 2)])] })
    }
    fn totals(&self) -> Result<(u64, u64, u64), Error> {
        Ok((self.nodes.values().filter(|node| node.held).count() as u64, self.links.len() as u64, self.tasks.len() as u64))
    }
    fn runs(&self) -> Result<Vec<Run>, Error> {
        Ok(Vec::new())
    }
    fn rejected(&self) -> Result<Vec<Rejected>, Error> {
        Ok(vec![Rejected { path: "corpus/hỏng.pdf".into(), odd: false, stage: "read".into(), reason: "it breaks off".into() }])
    }
    fn check(&self) -> Result<Vec<Problem>, Error> {
        Ok(Vec::new())
    }
}

fn day(text: &str) -> Option<Date> {
    Some(text.parse().unwrap())
}

fn json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

fn meanings(text: &str) -> Vec<String> {
    match query::find(&memory(), text) {
        Ok(found) => found.nodes.into_iter().map(|node| node.id).collect(),
        Err(QueryError::NotFound { nearest, .. }) => vec![format!("not found: {}", nearest.join(" "))],
        Err(error) => panic!("{text}: {error}"),
    }
}

#[test]
fn references_in_every_form() {
    for (text, want) in [
        ("38-CT/TW", "38-ct-tw-2014 38-ct-tw-2024"),
        ("38-CT/TƯ", "38-ct-tw-2014 38-ct-tw-2024"),
        ("Chỉ thị 38", "38-ct-tw-2014 38-ct-tw-2024"),
        ("chi thi so 38", "38-ct-tw-2014 38-ct-tw-2024"),
        ("CT 38 2014", "38-ct-tw-2014"),
        ("38-ct/tu", "38-ct-tw-2014 38-ct-tw-2024"),
        ("38-CT/TW ngày 21/7/2014", "38-ct-tw-2014"),
        ("chỉ thị 38 khóa XIII", "38-ct-tw-2024"),
        ("chỉ thị 38 khoa 11", "38-ct-tw-2014"),
        ("Chỉ thị 38 đo lường", "38-ct-tw-2024"),
        ("Chỉ thị 38 của Bộ Chính trị", "38-ct-tw-2014"),
        ("12-NQ/TU Hòa Bình", "12-nq-tu-hoa-binh-2017"),
        ("12-nq/tu hoa binh", "12-nq-tu-hoa-binh-2017"),
        ("12-CT/TU", "12-ct-tu-ha-nam-2022"),
        ("12-CT/TW", "12-ct-tw-2022 12-ct-tw-2017"),
        ("4-CT/TW", "4-ct-tw-2011"),
        ("Nghị định 24/2014", "24-2014-nd-cp"),
        ("Nghị định 24", "24-2014-nd-cp"),
        ("24/2014/nd-cp", "24-2014-nd-cp"),
        ("38-ct-tw-2014", "38-ct-tw-2014"),
        ("38-CT-TW-2014", "38-ct-tw-2014"),
        ("corpus/hn.txt", "12-ct-tu-ha-nam-2022"),
        ("đối ngoại nhân dân", "12-ct-tu-ha-nam-2022"),
        ("doi ngoai nhan dan", "12-ct-tu-ha-nam-2022"),
        ("39-CT/TW", "not found: 38-CT/TW 04-CT/TW 12-CT/TW 25-CT/TW"),
        ("38-CT/TW ngày 22/7/2015", "not found: "),
        ("Nghị định 24/2015", "not found: "),
        ("12-NQ/TU Cà Mau", "not found: "),
        ("không có gì như thế", "not found: "),
    ] {
        let has = meanings(text).join(" ");
        let found = if want == "not found: " { has.starts_with(want) } else { has == want };
        assert!(found, "{text}\n  has  {has}\n  want {want}");
    }
    assert!(matches!(query::find(&memory(), "  "), Err(QueryError::Bad { .. })));
}

#[test]
fn cited_by_answers_for_each_meaning() {
    let answer = query::cited_by(&memory(), "Chỉ thị 38").unwrap();
    assert_eq!(answer.schema, "vanban.cited-by/1");
    assert_eq!((answer.query.kind.as_deref(), answer.query.serial.as_deref()), (Some("CT"), Some("38")));
    let groups: Vec<(&str, Option<&str>, usize)> =
        answer.groups.iter().map(|group| (group.document.id.as_str(), group.singled_out_by.as_deref(), group.total)).collect();
    assert_eq!(groups, [("38-ct-tw-2014", Some("ngày 21/7/2014"), 4), ("38-ct-tw-2024", Some("ngày 30/7/2024"), 2)]);
    let of_2014: Vec<(&str, Option<Certainty>)> =
        answer.groups[0].citations.iter().map(|citation| (citation.id.as_str(), citation.certainty)).collect();
    let want = [
        ("s2.1", Some(Certainty::Certain)),
        ("s2.2", Some(Certainty::Likely)),
        ("hb.2", Some(Certainty::Certain)),
        ("am.1", Some(Certainty::Ambiguous)),
    ];
    assert_eq!(of_2014, want);
    let first = json(&answer.groups[0].citations[0]);
    assert_eq!(first["relation"], "reports_on");
    assert_eq!(first["sentence"], "Theo 38-CT/TW.");
    assert_eq!(first["span"], json!({"start": 10, "end": 18}));
    assert_eq!(first["document"]["held"], true);
    assert_eq!(first["document"]["number"], Value::Null);
    assert_eq!(json(&query::cited_by(&memory(), "25-CT/TW").unwrap())["groups"][0]["singled_out_by"], Value::Null);
}

#[test]
fn cites_groups_by_cited_document_and_keeps_doubt_apart() {
    let answer = query::cites(&memory(), "corpus/s2.txt", false).unwrap();
    let ids: Vec<(Option<&str>, usize)> = answer.groups.iter().map(|g| (g.document.as_ref().map(|d| d.id.as_str()), g.total)).collect();
    assert_eq!(ids, [(Some("38-ct-tw-2014"), 2), (Some("748-cv-tu-yen-bai-2017"), 1), (Some("24-2014-nd-cp"), 1)]);
    assert!(answer.groups[0].citations.iter().all(|citation| citation.document.id == answer.groups[0].citing));
    let named = query::cites(&memory(), "corpus/s2.txt", true).unwrap();
    assert_eq!(named.groups.len(), 4);
    assert_eq!(json(&named.groups[3])["document"], Value::Null);
    let doubt = query::cites(&memory(), "corpus/am.txt", false).unwrap();
    let group = json(&doubt.groups[0]);
    assert_eq!(group["document"], Value::Null);
    let clues: Vec<&str> = group["candidates"].as_array().unwrap().iter().map(|c| c["clue"].as_str().unwrap()).collect();
    assert_eq!(clues, ["ngày 30/7/2024", "ngày 21/7/2014"]);
    // 12-CT/TU is not 12-CT/TW, and its mention of itself is no citation.
    let own = query::cites(&memory(), "12-CT/TU", false).unwrap();
    let ids: Vec<&str> = own.groups.iter().map(|group| group.document.as_ref().unwrap().id.as_str()).collect();
    assert_eq!(ids, ["12-ct-tw-2022", "4-ct-tw-2011"]);
}

#[test]
fn show_tells_files_counts_and_what_the_date_rests_on() {
    let answer = json(&query::show(&memory(), "12-CT/TU").unwrap());
    let group = &answer["groups"][0];
    assert_eq!(group["document"]["issuer"], "Ban Thường vụ Tỉnh ủy Hà Nam");
    assert_eq!(group["copies"][1]["path"], "corpus/copy/hn.txt");
    assert_eq!(group["basis"], json!({"date": "letterhead"}));
    assert_eq!(group["counts"], json!({"cites": 3, "cited_by": 1, "tasks": 1}));
    let absent = json(&query::show(&memory(), "25-CT/TW").unwrap());
    assert_eq!(absent["groups"][0]["copies"], json!([]));
    assert_eq!(absent["groups"][0]["document"]["held"], false);
}

fn tree(text: &str, direction: Direction, depth: Option<u32>, as_of: Option<Date>) -> view::LineageGroup {
    query::lineage(&memory(), text, direction, depth, as_of).unwrap().groups.remove(0)
}

fn depths(group: &view::LineageGroup) -> Vec<(&str, i32)> {
    group.nodes.iter().map(|node| (node.document.id.as_str(), node.depth)).collect()
}

#[test]
fn lineage_goes_down_up_and_both_ways() {
    let down = tree("12-CT/TW ngày 05/01/2022", Direction::Down, None, None);
    let all = [("12-ct-tw-2022", 0), ("15-ct-tu-yen-bai-2022", 1), ("12-ct-tu-ha-nam-2022", 1), ("40-kh-tu-ha-nam-2022", 2)];
    assert_eq!(depths(&down), all);
    assert!(down.edges.iter().all(|edge| edge.basis == "own" && edge.stated_by == edge.from));
    let cut = tree("12-CT/TW ngày 05/01/2022", Direction::Down, Some(1), None);
    assert_eq!(depths(&cut), all[..3]);
    assert!(cut.cut && !down.cut);
    let early = tree("12-CT/TW ngày 05/01/2022", Direction::Down, None, day("2022-03-01"));
    assert_eq!(depths(&early), all[..2]);
    let both = tree("12-CT/TU", Direction::Both, None, None);
    assert_eq!(depths(&both), [("4-ct-tw-2011", -1), ("12-ct-tw-2022", -1), ("12-ct-tu-ha-nam-2022", 0), ("40-kh-tu-ha-nam-2022", 1)]);
    let flat = json(&both.nodes[0]);
    assert_eq!((flat["id"].as_str(), flat["depth"].as_i64()), (Some("4-ct-tw-2011"), Some(-1)));
}

#[test]
fn lineage_shows_who_states_an_edge_and_survives_circles() {
    let stated = tree("25-CT/TW", Direction::Down, None, None);
    assert_eq!(depths(&stated), [("25-ct-tw-2018", 0), ("182-kh-tu-hoa-binh-2018", 1)]);
    assert_eq!(stated.edges[0].basis, "stated");
    assert!(stated.edges[0].stated_by.starts_with("kl-"));
    let mut memory = memory();
    let edge = |from: &str, to: &str| EdgeRow {
        from: from.into(),
        to: to.into(),
        relation: Relation::Amends,
        stated_by: None,
        sentence: String::new(),
        place: Place::Body,
    };
    memory.edges.push(edge("12-ct-tw-2022", "40-kh-tu-ha-nam-2022"));
    memory.edges.push(edge("12-ct-tw-2022", "12-ct-tw-2022"));
    let group = query::lineage(&memory, "12-ct-tw-2022", Direction::Both, None, None).unwrap().groups.remove(0);
    assert_eq!(group.nodes.len(), 5);
    assert_eq!(group.edges.iter().filter(|edge| edge.relation == Relation::Amends).count(), 1);
}

#[test]
fn coverage_counts_the_provinces_of_the_time() {
    let answer = query::coverage(&memory(), "12-ct-tw-2022", None).unwrap();
    assert_eq!((answer.bodies.len(), answer.held, answer.missing), (63, 2, 61));
    let of = |name: &str| answer.bodies.iter().find(|body| body.province == name).unwrap();
    assert_eq!((of("Hà Nam").days, of("Yên Bái").days, of("Cà Mau").days), (Some(78), Some(36), None));
    let now = query::coverage(&memory(), "12-ct-tw-2022", day("2026-01-01")).unwrap();
    assert_eq!((now.bodies.len(), now.held), (34, 2));
    assert!(now.bodies.iter().any(|body| body.province == "Ninh Bình" && body.documents.len() == 1));
    assert!(now.bodies.iter().any(|body| body.province == "Lào Cai" && body.documents.len() == 1));
    let several = query::coverage(&memory(), "12-CT/TW", None).unwrap_err();
    assert!(matches!(&several, QueryError::Several { meanings, .. } if meanings.len() == 2), "{several}");
}

#[test]
fn tasks_are_found_by_assignee_and_day() {
    let labels = |question: &TaskQuestion| -> Vec<String> {
        let answer = query::tasks(&memory(), question).unwrap();
        assert_eq!(answer.total, answer.tasks.len());
        answer.tasks.into_iter().map(|item| item.task.text[..1].to_owned()).collect()
    };
    let none = TaskQuestion::default();
    assert_eq!(labels(&none), ["1", "3", "2"]);
    assert_eq!(labels(&TaskQuestion { reference: Some("40-KH/TU".into()), ..none.clone() }), ["1", "2"]);
    assert_eq!(labels(&TaskQuestion { assignee: Some("uy ban kiem tra".into()), ..none.clone() }), ["1"]);
    assert_eq!(labels(&TaskQuestion { due_before: day("2022-06-30"), ..none.clone() }), Vec::<String>::new());
    assert_eq!(labels(&TaskQuestion { due_before: day("2022-07-01"), ..none.clone() }), ["1"]);
    assert_eq!(labels(&TaskQuestion { due_after: day("2022-07-01"), ..none.clone() }), ["3"]);
    assert_eq!(labels(&TaskQuestion { overdue_on: day("2023-01-01"), ..none.clone() }), ["1", "3"]);
    assert_eq!(labels(&TaskQuestion { recurring: true, ..none.clone() }), Vec::<String>::new());
    assert_eq!(labels(&TaskQuestion { order: TaskOrder::Paper, ..none.clone() }), ["1", "2", "3"]);
    let part = query::tasks(&memory(), &TaskQuestion { page: view::Page { limit: Some(1), offset: 1 }, ..none.clone() }).unwrap();
    assert_eq!((part.total, part.tasks.len(), &part.tasks[0].task.text[..1]), (3, 1, "3"));
    let item = json(&query::tasks(&memory(), &none).unwrap().tasks[0]);
    assert_eq!(item["document"]["id"], "40-kh-tu-ha-nam-2022");
    assert_eq!(item["assignees"], json!(["Ủy ban Kiểm tra Tỉnh ủy"]));
    assert_eq!(item["due"]["date"], "2022-06-30");
}

#[test]
fn lists_of_the_whole_index() {
    let memory = memory();
    let missing = query::missing(&memory, view::Page { limit: Some(2), offset: 0 }).unwrap();
    assert_eq!(missing.documents.len(), 2);
    assert!(missing.total > 2);
    assert_eq!(
        (missing.documents[0].document.id.as_str(), missing.documents[0].citations, missing.documents[0].cited_by),
        ("38-ct-tw-2014", 4, 3)
    );
    let unresolved = query::unresolved(&memory, view::Page::default()).unwrap();
    assert_eq!(unresolved.total, 1);
    let first = json(&unresolved.citations[0]);
    assert_eq!(
        (first["id"].as_str(), first["weight"].as_u64(), first["candidates"].as_array().map(Vec::len)),
        (Some("am.1"), Some(1), Some(2))
    );
    let status = query::status(&memory).unwrap();
    assert_eq!((status.documents, status.tasks), (7, 3));
    assert_eq!(status.rejected[0].retry, "vanban ingest corpus/hỏng.pdf");
    assert!(query::check(&memory).unwrap().ok);
    let decided = query::decide(&memory, "am.1", "38-CT/TW ngày 21/7/2014", true).unwrap();
    assert_eq!(decided.target.as_deref(), Some("38-ct-tw-2014"));
    assert_eq!((decided.previous, decided.candidates.len(), decided.alike), (None, 2, Vec::new()));
    assert!(matches!(query::decide(&memory, "am.1", "Chỉ thị 38", false), Err(QueryError::Several { .. })));
    assert!(matches!(query::decide(&memory, "am.9", "38-ct-tw-2014", false), Err(QueryError::Bad { .. })));
    assert!(matches!(query::take_back(&memory, "am.1"), Err(QueryError::Bad { .. })));
}

#[test]
fn search_pages_and_filters_by_citation() {
    let memory = memory();
    let ask = |question: SearchQuestion| query::search(&memory, &question).unwrap();
    let first = ask(SearchQuestion {
        words: "đối ngoại".into(),
        kinds: vec!["chi thi".into(), "qd".into()],
        limit: 3,
        ..SearchQuestion::default()
    });
    assert_eq!(first.query.kind, ["CT", "QĐ"]);
    assert_eq!((first.total, first.hits.len(), first.next.as_deref()), (7, 3, Some("3")));
    assert_eq!(json(&first)["facets"]["kind"][0], json!({"value": "BC", "count": 3}));
    assert_eq!(json(&first.hits[0])["snippet"][0], json!({"text": "đối ngoại", "mark": true}));
    let last = ask(SearchQuestion { limit: 5, cursor: Some("3".into()), ..SearchQuestion::default() });
    assert_eq!((last.hits.len(), last.next), (4, None));
    let citing = ask(SearchQuestion { cites: Some("12-CT/TW ngày 05/01/2022".into()), limit: 9, ..SearchQuestion::default() });
    let ids: Vec<&str> = citing.hits.iter().map(|hit| hit.document.id.as_str()).collect();
    assert_eq!(ids, ["12-ct-tu-ha-nam-2022", "15-ct-tu-yen-bai-2022"]);
    for wrong in [
        SearchQuestion { kinds: vec!["XX".into()], ..SearchQuestion::default() },
        SearchQuestion { levels: vec!["xã".into()], ..SearchQuestion::default() },
        SearchQuestion { cursor: Some("x".into()), ..SearchQuestion::default() },
    ] {
        assert!(matches!(query::search(&memory, &wrong), Err(QueryError::Bad { .. })), "{wrong:?}");
    }
}
