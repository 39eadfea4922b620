//! Look-ups for a first glance at a store: what is new, what is cited most, what falls due.

use super::{Reader, TaskRow, rows};
use crate::model::{Date, Error};
use crate::resolve::Node;
use std::collections::HashSet;

impl Reader {
    /// Held documents with a date, newest first.
    pub fn newest(&self, limit: usize) -> Result<Vec<Node>, Error> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.nodes_where("n.held = 1 AND n.date IS NOT NULL ORDER BY n.date DESC, n.id LIMIT ?1", [limit])
    }

    /// Documents with the number of documents that cite them, held or not, most cited first.
    pub fn most_cited(&self, limit: usize) -> Result<Vec<(Node, u64)>, Error> {
        let sql = "SELECT m.node, count(DISTINCT m.citation >> 24) AS papers FROM candidates m WHERE m.rank = 0 \
                   GROUP BY m.node ORDER BY papers DESC, m.node LIMIT ?1";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let keys: Vec<i64> = self.list(sql, [limit], |row| row.get(0))?;
        let mut out = Vec::with_capacity(keys.len());
        let mut seen = HashSet::new();
        for key in keys {
            for node in self.nodes_where("n.key = ?1", [key])?.into_iter().filter(|node| seen.insert(node.id.clone())) {
                let cited_by = self.counts(&node.id)?.1;
                out.push((node, cited_by));
            }
        }
        out.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.id.cmp(&b.id)));
        Ok(out)
    }

    /// Tasks due on `day` or later, the nearest first.
    pub fn due_from(&self, day: Date, limit: usize) -> Result<Vec<TaskRow>, Error> {
        let sql = format!(
            "SELECT {}, n.id FROM tasks t CROSS JOIN node_papers np ON np.paper = t.key >> 24 AND np.rank = 0 CROSS JOIN nodes n ON n.key = np.node \
             WHERE t.due_date >= ?1 ORDER BY t.due_date, n.id, t.key LIMIT ?2",
            rows::TASK
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.list(&sql, (day.to_string(), limit), |row| Ok(TaskRow { node: row.get(rows::TASK_WIDTH)?, task: rows::task(row)? }))
    }
}
