//! What resolution needs, and what it answers: papers out of the catalogue, changed nodes and links into it.
//!
//! Duty: load all papers with their mentions; compare an answer with what is stored by digests and write only the
//! difference, so that one new paper among a hundred thousand costs little. Not here: resolving.

use super::rows::{self, NumberColumns};
use crate::model::{DocNumber, DocumentFacts};
use crate::resolve::{Link, Mention, MentionAt, Node, Paper, Resolution};
use crate::tables::fold;
use rusqlite::{Connection, Row, params};
use sha2::{Digest, Sha256};
use smallvec::SmallVec;
use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::path::Path;
use std::sync::Arc;

/// All papers that a file holds, by id.
pub(super) fn papers(db: &Connection) -> rusqlite::Result<Vec<Paper>> {
    let mut statement = db.prepare(
        "SELECT p.id, p.sha256, p.document, p.method, p.legible, p.length, (SELECT min(f.path) FROM files f WHERE f.paper = coalesce(p.host, p.id)) AS path FROM papers p \
         WHERE path IS NOT NULL ORDER BY p.id",
    )?;
    let found = statement.query_map([], |row| {
        let path: String = row.get(6)?;
        let file_stem = Path::new(&path).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let mut facts: DocumentFacts = rows::json(row, 2)?;
        // Whom a paper goes to and who signed it decides nothing, and all papers are held at once.
        (facts.recipients, facts.signers) = (Vec::new(), Vec::new());
        let (id, hash, method) = (row.get(0)?, row.get(1)?, rows::from_word(row, 3)?);
        Ok(Paper { id, hash, file_stem, method, legible: row.get(4)?, length: row.get(5)?, facts, mentions: Vec::new() })
    })?;
    let mut papers: Vec<Paper> = found.collect::<rusqlite::Result<_>>()?;
    let mut shared = Shared::default();
    let mut statement = db.prepare(
        "SELECT key, form, kind, serial, number_year, number_kind, issuers, system, date, year, issuer, term, province, title, \
         relation, antecedent FROM citations ORDER BY key",
    )?;
    let mut found = statement.query([])?;
    let mut at = 0;
    while let Some(row) = found.next()? {
        let MentionAt { paper, index } = rows::mention_at(row.get(0)?);
        while let Some(done) = papers.get_mut(at).filter(|p| p.id < paper) {
            // All mentions of all papers are held at once: no room to spare.
            done.mentions.shrink_to_fit();
            at += 1;
        }
        let Some(holder) = papers.get_mut(at).filter(|p| p.id == paper) else { continue };
        debug_assert_eq!(index as usize, holder.mentions.len(), "the mentions of a paper are numbered without a gap");
        holder.mentions.push(Mention {
            form: rows::form(row, 1)?,
            kind: shared.text(row, 2)?,
            number: rows::number(row, 3)?.map(|number| kept(&mut shared.numbers, number)),
            date: rows::date(row, 8)?,
            year: row.get(9)?,
            issuer: shared.text(row, 10)?,
            term: shared.text(row, 11)?,
            province: shared.text(row, 12)?,
            title: shared.text(row, 13)?,
            relation: rows::relation(row, 14)?,
            antecedent: row.get(15)?,
        });
    }
    Ok(papers)
}

/// Words and numbers of mentions, each kept once.
#[derive(Default)]
struct Shared {
    texts: HashSet<Arc<str>>,
    numbers: HashSet<Arc<DocNumber>>,
}

impl Shared {
    fn text(&mut self, row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Arc<str>>> {
        Ok(row.get_ref(at)?.as_str_or_null()?.map(|text| kept(&mut self.texts, text)))
    }
}

/// The one among `all` that is equal to `value`, which is added when new.
fn kept<T: ?Sized + Eq + Hash, V: Borrow<T> + Into<Arc<T>>>(all: &mut HashSet<Arc<T>>, value: V) -> Arc<T> {
    if let Some(known) = all.get(value.borrow()) {
        return known.clone();
    }
    let new: Arc<T> = value.into();
    all.insert(new.clone());
    new
}

/// Writes the nodes and links that differ from what is stored, and takes out those that are no more.
pub(super) fn write(db: &Connection, resolution: &Resolution) -> rusqlite::Result<()> {
    let nodes = write_nodes(db, &resolution.nodes)?;
    write_links(db, &resolution.links, &nodes)
}

/// The keys of the nodes, in their order.
fn write_nodes(db: &Connection, nodes: &[Node]) -> rusqlite::Result<Vec<i64>> {
    let mut statement = db.prepare("SELECT id, key, digest FROM nodes")?;
    let stored = statement.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    let mut stored: HashMap<String, (i64, i64)> = stored.collect::<rusqlite::Result<_>>()?;
    let mut next = stored.values().map(|(key, _)| *key).max().unwrap_or(0) + 1;
    let mut keys = Vec::with_capacity(nodes.len());
    let (mut changed, mut outdated) = (Vec::new(), Vec::new());
    for node in nodes {
        let digest = digest(&[rows::to_json(node).as_bytes()]);
        let key = match stored.remove(&node.id) {
            Some((key, same)) if same == digest => key,
            Some((key, _)) => {
                outdated.push(key);
                changed.push((key, digest, node));
                key
            }
            None => {
                changed.push((next, digest, node));
                next += 1;
                next - 1
            }
        };
        keys.push(key);
    }
    // First out, then in: a paper may have moved from one node to another.
    let mut clear = db.prepare("DELETE FROM node_papers WHERE node = ?1")?;
    let mut delete = db.prepare("DELETE FROM nodes WHERE key = ?1")?;
    for (key, _) in stored.values() {
        clear.execute([key])?;
        delete.execute([key])?;
    }
    for (key, ..) in &changed {
        clear.execute([key])?;
    }
    let mut put =
        db.prepare("INSERT OR REPLACE INTO nodes VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20)")?;
    let mut put_paper = db.prepare("INSERT INTO node_papers VALUES (?1, ?2, ?3)")?;
    for (key, digest, node) in changed {
        let number = NumberColumns::of(node.parsed.as_ref());
        put.execute(params![
            key,
            node.id,
            node.kind,
            node.number,
            number.serial,
            number.year,
            number.kind,
            number.issuers,
            number.system,
            node.parsed.as_ref().map(|number| number.serial_key()),
            node.date.map(|date| date.to_string()),
            node.term,
            node.issuer,
            node.province,
            node.level.map(|level| level.as_str()),
            node.title,
            node.title.as_deref().map(framed),
            node.held,
            rows::to_json(&node.conflicts),
            digest,
        ])?;
        for (rank, paper) in node.papers.iter().enumerate() {
            put_paper.execute((key, rank, paper))?;
        }
    }
    Ok(keys)
}

/// The words of a title without marks, parted and framed by single blanks, so that a whole word can be looked for.
pub(super) fn framed(title: &str) -> String {
    let mut out = String::from(" ");
    for word in fold::bare(title).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        out.push_str(word);
        out.push(' ');
    }
    out
}

/// Links come in the order of their keys, as those that are stored do: both are walked side by side, and what differs is
/// written behind that, so that pages are filled one after the other.
fn write_links(db: &Connection, links: &[Link], nodes: &[i64]) -> rusqlite::Result<()> {
    debug_assert!(links.is_sorted_by_key(|link| rows::mention_key(link.at)), "links come in the order of their mentions");
    let mut statement = db.prepare("SELECT citation, digest FROM links ORDER BY citation")?;
    let mut stored = statement.query_map([], |row| <(i64, i64)>::try_from(row))?;
    let mut next = || stored.next().transpose();
    let mut old = next()?;
    let (mut gone, mut changed) = (Vec::new(), Vec::new());
    for (at, link) in links.iter().enumerate() {
        let key = rows::mention_key(link.at);
        while let Some((before, _)) = old.filter(|(stored, _)| *stored < key) {
            gone.push(before);
            old = next()?;
        }
        let digest = digest(&[
            rows::certainty_word(link.certainty).as_bytes(),
            link.why.as_bytes(),
            rows::to_json(&candidates(link, nodes).as_slice()).as_bytes(),
        ]);
        if let Some((_, same)) = old.filter(|(stored, _)| *stored == key) {
            old = next()?;
            if same == digest {
                continue;
            }
            gone.push(key);
        }
        changed.push((at, digest));
    }
    while let Some((key, _)) = old {
        gone.push(key);
        old = next()?;
    }
    let mut delete = db.prepare("DELETE FROM links WHERE citation = ?1")?;
    let mut clear = db.prepare("DELETE FROM candidates WHERE citation = ?1")?;
    for key in gone {
        clear.execute([key])?;
        delete.execute([key])?;
    }
    let mut put = db.prepare("INSERT INTO links VALUES (?1, ?2, ?3, ?4)")?;
    let mut put_candidate = db.prepare("INSERT INTO candidates VALUES (?1, ?2, ?3, ?4)")?;
    for (at, digest) in changed {
        let link = &links[at];
        let key = rows::mention_key(link.at);
        put.execute((key, rows::certainty_word(link.certainty), &link.why, digest))?;
        for (rank, (node, clue)) in candidates(link, nodes).iter().enumerate() {
            put_candidate.execute((key, rank, node, clue))?;
        }
    }
    Ok(())
}

/// What a mention may mean, by the keys of the nodes, each with its clue.
fn candidates<'l>(link: &'l Link, nodes: &[i64]) -> SmallVec<[(i64, &'l str); 1]> {
    link.candidates.iter().map(|candidate| (nodes[candidate.node as usize], &*candidate.clue)).collect()
}

fn digest(parts: &[&[u8]]) -> i64 {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let bytes: [u8; 8] = hash.finalize()[..8].try_into().expect("eight of thirty-two bytes");
    i64::from_le_bytes(bytes)
}
