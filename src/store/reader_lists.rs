//! Look-ups for lists of the whole store: a light pass over all rows chooses, then only the rows of a page are read.
//!
//! Duty: marks of tasks and open questions, and the rows behind their keys. Not here: which of them are wanted, and in what order
//! (`query`).

use super::{LinkRow, Question, Reader, TaskMark, TaskRow, rows};
use crate::model::{Date, Error};
use rusqlite::{Params, Row};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Columns of a mark; the table is `t`.
const MARK: &str = "t.key, t.due_date, t.assignees, t.recurrence IS NOT NULL";

impl Reader {
    /// Marks of the tasks of these nodes, or of all.
    pub fn task_marks(&self, nodes: Option<&[String]>) -> Result<Vec<TaskMark>, Error> {
        let Some(nodes) = nodes else {
            // Two scans and a table in memory: a look-up of the node for each task would take several times as long.
            let of_paper = "SELECT np.paper, n.id, n.date FROM node_papers np JOIN nodes n ON n.key = np.node WHERE np.rank = 0";
            let of_paper: HashMap<i64, (Arc<str>, Option<Date>)> =
                self.list(of_paper, [], |row| Ok((row.get(0)?, (row.get(1)?, rows::date(row, 2)?))))?.into_iter().collect();
            return self.marks(&format!("SELECT {MARK} FROM tasks t"), [], |paper| of_paper.get(&paper).cloned());
        };
        let sql = format!("SELECT {MARK} FROM tasks t WHERE t.key BETWEEN ?1 AND ?2");
        let mut out = Vec::new();
        for node in self.nodes(nodes)? {
            let Some(paper) = self.first_paper(&node.id)? else { continue };
            let of = (Arc::from(node.id), node.date);
            out.extend(self.marks(&sql, rows::keys(paper), |_| Some(of.clone()))?);
        }
        Ok(out)
    }

    /// Marks whose paper is the first of a node; copies lay no tasks of their own.
    fn marks(&self, sql: &str, values: impl Params, of: impl Fn(i64) -> Option<(Arc<str>, Option<Date>)>) -> Result<Vec<TaskMark>, Error> {
        let found = self.list(sql, values, |row: &Row<'_>| {
            let key = row.get(0)?;
            let Some((node, issued)) = of(rows::paper_of(key)) else { return Ok(None) };
            let (due, assignees, recurs) = (rows::date(row, 1)?, rows::json(row, 2)?, row.get(3)?);
            Ok(Some(TaskMark { key, node, issued, due, assignees, recurs }))
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    /// The tasks with these keys, in the same order; unknown keys are left out.
    pub fn tasks_at(&self, keys: &[i64]) -> Result<Vec<TaskRow>, Error> {
        let sql = format!(
            "SELECT {}, n.id FROM json_each(?1) wanted CROSS JOIN tasks t ON t.key = wanted.value \
             CROSS JOIN node_papers np ON np.paper = t.key >> 24 AND np.rank = 0 CROSS JOIN nodes n ON n.key = np.node ORDER BY wanted.key",
            rows::TASK
        );
        self.list(&sql, [rows::to_json(&keys)], |row| Ok(TaskRow { node: row.get(rows::TASK_WIDTH)?, task: rows::task(row)? }))
    }

    /// What needs a person: the questions that settle most mentions first, then by their documents.
    pub fn questions(&self) -> Result<Vec<Question>, Error> {
        let first: HashSet<i64> = self.list("SELECT paper FROM node_papers WHERE rank = 0", [], |row| row.get(0))?.into_iter().collect();
        let sql = "SELECT m.citation, m.node FROM links l CROSS JOIN candidates m ON m.citation = l.citation \
             WHERE l.certainty = 'ambiguous' ORDER BY m.citation, m.rank";
        let could_be: Vec<(i64, i64)> = self.list(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut by_nodes: HashMap<Vec<i64>, Vec<i64>> = HashMap::new();
        for of_one in could_be.chunk_by(|one, next| one.0 == next.0).filter(|of_one| first.contains(&rows::paper_of(of_one[0].0))) {
            let mut nodes: Vec<i64> = of_one.iter().map(|(_, node)| *node).collect();
            nodes.sort_unstable();
            by_nodes.entry(nodes).or_default().push(of_one[0].0);
        }
        let ids: HashMap<i64, String> =
            self.list("SELECT key, id FROM nodes", [], |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect();
        let named = |(nodes, mentions): (Vec<i64>, Vec<i64>)| {
            let mut nodes: Vec<String> = nodes.iter().filter_map(|node| ids.get(node).cloned()).collect();
            nodes.sort_unstable();
            Question { nodes, mentions }
        };
        let mut questions: Vec<Question> = by_nodes.into_iter().map(named).collect();
        questions.sort_unstable_by(|a, b| (b.mentions.len(), &a.nodes).cmp(&(a.mentions.len(), &b.nodes)));
        Ok(questions)
    }

    /// The mentions with these keys, in the same order; unknown keys are left out.
    pub fn links_at(&self, keys: &[i64]) -> Result<Vec<LinkRow>, Error> {
        let wanted = rows::to_json(&keys);
        let links = self.links(
            "FROM json_each(?1) wanted CROSS JOIN citations c ON c.key = wanted.value LEFT JOIN links l ON l.citation = c.key \
             CROSS JOIN node_papers np ON np.paper = c.key >> 24 AND np.rank = 0 CROSS JOIN nodes n ON n.key = np.node ORDER BY wanted.key",
            [&wanted],
        )?;
        let sql = "SELECT m.citation, n.id, m.clue FROM json_each(?1) wanted CROSS JOIN candidates m ON m.citation = wanted.value \
             CROSS JOIN nodes n ON n.key = m.node ORDER BY m.citation, m.rank";
        self.with_candidates(links, sql, [&wanted])
    }
}
