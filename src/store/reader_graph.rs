//! Look-ups of mentions and edges in a snapshot.
//!
//! A document may be held in several copies; only the mentions of its first paper count here, so that a PDF beside its
//! DOCX does not double them.

use super::{EdgeRow, LinkRow, Reader, rows};
use crate::model::{CitationForm, Error};
use rusqlite::{Params, Row};
use std::collections::{HashMap, HashSet};

impl Reader {
    /// Mentions that mean this node or could mean it, by citing document and place in the text.
    pub fn incoming(&self, node: &str) -> Result<Vec<LinkRow>, Error> {
        let Some(key) = self.node_key(node)? else { return Ok(Vec::new()) };
        let links = self.links(
            "FROM candidates m CROSS JOIN citations c ON c.key = m.citation JOIN links l ON l.citation = c.key \
             JOIN node_papers np ON np.paper = c.key >> 24 AND np.rank = 0 JOIN nodes n ON n.key = np.node \
             WHERE m.node = ?1 ORDER BY n.id, c.key",
            [key],
        )?;
        let sql = "SELECT m.citation, n.id, m.clue FROM candidates of CROSS JOIN candidates m ON m.citation = of.citation \
             JOIN nodes n ON n.key = m.node WHERE of.node = ?1 ORDER BY m.citation, m.rank";
        self.with_candidates(links, sql, [key])
    }

    /// All mentions in the paper that this node is, in the order of the text.
    pub fn outgoing(&self, node: &str) -> Result<Vec<LinkRow>, Error> {
        let Some(paper) = self.first_paper(node)? else { return Ok(Vec::new()) };
        let (first, last) = rows::keys(paper);
        let links = self.links(
            "FROM citations c LEFT JOIN links l ON l.citation = c.key JOIN node_papers np ON np.paper = ?1 \
             JOIN nodes n ON n.key = np.node WHERE c.key BETWEEN ?2 AND ?3 ORDER BY c.key",
            (paper, first, last),
        )?;
        let sql = "SELECT m.citation, n.id, m.clue FROM candidates m JOIN nodes n ON n.key = m.node \
             WHERE m.citation BETWEEN ?1 AND ?2 ORDER BY m.citation, m.rank";
        self.with_candidates(links, sql, (first, last))
    }

    /// Ids and forms of all mentions, by paper and place in the text.
    pub fn mention_forms(&self) -> Result<Vec<(String, CitationForm)>, Error> {
        let sql = "SELECT c.id, c.form FROM citations c JOIN node_papers np ON np.paper = c.key >> 24 AND np.rank = 0 ORDER BY c.key";
        self.list(sql, [], |row| Ok((row.get(0)?, rows::form(row, 1)?)))
    }

    /// The mention with this id, in whatever paper it stands.
    pub fn link(&self, citation: &str) -> Result<Option<LinkRow>, Error> {
        let found = self.links(
            "FROM citations c LEFT JOIN links l ON l.citation = c.key LEFT JOIN node_papers np ON np.paper = c.key >> 24 \
             LEFT JOIN nodes n ON n.key = np.node WHERE c.id = ?1 ORDER BY c.key LIMIT 1",
            [citation],
        )?;
        let Some((key, _)) = found.first() else { return Ok(None) };
        let sql = "SELECT m.citation, n.id, m.clue FROM candidates m JOIN nodes n ON n.key = m.node WHERE m.citation = ?1 ORDER BY m.rank";
        let key = *key;
        Ok(self.with_candidates(found, sql, [key])?.pop())
    }

    /// Mentions with their keys, the candidates still left out.
    pub(super) fn links(&self, from: &str, values: impl Params) -> Result<Vec<(i64, LinkRow)>, Error> {
        let sql = format!("SELECT {}, l.certainty, l.why, n.id {from}", rows::CITATION);
        self.list(&sql, values, |row: &Row<'_>| {
            let (key, id, citation) = rows::citation(row)?;
            let certainty = rows::certainty(row, rows::CITATION_WIDTH)?;
            let why: Option<String> = row.get(rows::CITATION_WIDTH + 1)?;
            let citing: Option<String> = row.get(rows::CITATION_WIDTH + 2)?;
            let (why, citing) = (why.unwrap_or_default(), citing.unwrap_or_default());
            Ok((key, LinkRow { id, paper: rows::paper_of(key), citing, citation, candidates: Vec::new(), certainty, why }))
        })
    }

    /// Puts their candidates to mentions; `sql` selects (citation, id, clue), for each mention the best first.
    pub(super) fn with_candidates(&self, links: Vec<(i64, LinkRow)>, sql: &str, values: impl Params) -> Result<Vec<LinkRow>, Error> {
        let mut of: HashMap<i64, Vec<(String, String)>> = HashMap::with_capacity(links.len());
        self.list(sql, values, |row| {
            of.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?));
            Ok(())
        })?;
        let filled = links.into_iter().map(|(key, link)| LinkRow { candidates: of.remove(&key).unwrap_or_default(), ..link });
        Ok(filled.collect())
    }

    /// Edges on which this node acts: what it says itself, and what others say of it. Each pair and relation once.
    pub fn edges_from(&self, node: &str) -> Result<Vec<EdgeRow>, Error> {
        self.edges("from_node", node)
    }

    /// Edges that act on this node. Each pair and relation once.
    pub fn edges_to(&self, node: &str) -> Result<Vec<EdgeRow>, Error> {
        self.edges("to_node", node)
    }

    fn edges(&self, side: &str, node: &str) -> Result<Vec<EdgeRow>, Error> {
        let Some(key) = self.node_key(node)? else { return Ok(Vec::new()) };
        let sql = format!(
            "SELECT a.id, b.id, e.relation, s.id, e.sentence, e.place, e.citation FROM edges e JOIN nodes a ON a.key = e.from_node \
             JOIN nodes b ON b.key = e.to_node LEFT JOIN nodes s ON s.key = e.stated_by WHERE e.{side} = ?1"
        );
        let mut found = self.list(&sql, [key], |row: &Row<'_>| {
            let edge = EdgeRow {
                from: row.get(0)?,
                to: row.get(1)?,
                relation: rows::relation(row, 2)?,
                stated_by: row.get(3)?,
                sentence: row.get(4)?,
                place: rows::place(row, 5)?,
            };
            Ok((row.get::<_, i64>(6)?, edge))
        })?;
        // The first place that proves it stands for all; own words before those of others.
        found.sort_by(|(p, a), (q, b)| (&a.from, &a.to, a.relation, &a.stated_by, p).cmp(&(&b.from, &b.to, b.relation, &b.stated_by, q)));
        let mut seen = HashSet::new();
        Ok(found
            .into_iter()
            .map(|(_, edge)| edge)
            .filter(|edge| seen.insert((edge.from.clone(), edge.to.clone(), edge.relation, edge.stated_by.clone())))
            .collect())
    }

    /// How many documents this one cites, how many cite it (or could), and how many tasks it lays.
    pub fn counts(&self, node: &str) -> Result<(u64, u64, u64), Error> {
        let cited_by = self.cited_by_count(node)?;
        let count = |sql: &str, a: i64, b: i64| -> Result<u64, Error> { Ok(self.one(sql, (a, b), |row| row.get(0))?.unwrap_or(0)) };
        let Some(paper) = self.first_paper(node)? else { return Ok((0, cited_by, 0)) };
        let (first, last) = rows::keys(paper);
        let cites = count("SELECT count(DISTINCT node) FROM candidates WHERE citation BETWEEN ?1 AND ?2 AND rank = 0", first, last)?;
        let tasks = count("SELECT count(*) FROM tasks WHERE key BETWEEN ?1 AND ?2", first, last)?;
        Ok((cites, cited_by, tasks))
    }

    /// How many documents cite this one (or could).
    pub fn cited_by_count(&self, node: &str) -> Result<u64, Error> {
        let Some(key) = self.node_key(node)? else { return Ok(0) };
        let sql = "SELECT count(DISTINCT np.node) FROM candidates m JOIN node_papers np ON np.paper = m.citation >> 24 AND np.rank = 0 \
             WHERE m.node = ?1 AND np.node <> ?1";
        Ok(self.one(sql, [key], |row| row.get(0))?.unwrap_or(0))
    }

    /// The paper whose text is shown for a node.
    pub(super) fn first_paper(&self, node: &str) -> Result<Option<i64>, Error> {
        let sql = "SELECT np.paper FROM nodes n JOIN node_papers np ON np.node = n.key AND np.rank = 0 WHERE n.id = ?1";
        self.one(sql, [node], |row| row.get(0))
    }
}
