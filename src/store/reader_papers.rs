//! Look-ups of papers in a snapshot: copies, facts, texts, tasks.

use super::{CopyRow, Original, Reader, TaskRow, path_of, rows};
use crate::model::{Error, Extraction, RawText, SCHEMA, SourceFacts, Warning};

impl Reader {
    /// The copies of a node, the one that is shown first.
    pub fn copies(&self, node: &str) -> Result<Vec<CopyRow>, Error> {
        let found = self.list(
            "SELECT p.id, p.media_type, p.method, p.warnings, p.at FROM nodes n JOIN node_papers np ON np.node = n.key \
             JOIN papers p ON p.id = np.paper WHERE n.id = ?1 ORDER BY np.rank",
            [node],
            |row| {
                let warnings: Vec<Warning> = rows::json(row, 3)?;
                let warnings = warnings.into_iter().map(|warning| warning.message).collect();
                Ok(CopyRow {
                    paper: row.get(0)?,
                    paths: Vec::new(),
                    media_type: row.get(1)?,
                    method: row.get(2)?,
                    warnings,
                    at: row.get(4)?,
                })
            },
        )?;
        found.into_iter().map(|copy| Ok(CopyRow { paths: self.paths(copy.paper)?, ..copy })).collect()
    }

    fn paths(&self, paper: i64) -> Result<Vec<String>, Error> {
        self.list("SELECT shown FROM paper_files WHERE paper = ?1 ORDER BY shown", [paper], |row| row.get(0))
    }

    /// Where the files of a node lie, in the order of [`Reader::copies`] and their paths.
    pub fn originals(&self, node: &str) -> Result<Vec<Original>, Error> {
        let sql = "SELECT f.path, f.bytes, f.sha256, p.media_type FROM nodes n JOIN node_papers np ON np.node = n.key \
                   JOIN papers p ON p.id = np.paper JOIN paper_files pf ON pf.paper = np.paper \
                   JOIN files f ON f.path = pf.path WHERE n.id = ?1 ORDER BY np.rank, f.shown";
        self.list(sql, [node], |row| {
            let (key, bytes): (String, Option<Vec<u8>>) = (row.get(0)?, row.get(1)?);
            Ok(Original { path: path_of(&key, bytes.as_deref()), sha256: row.get(2)?, media_type: row.get(3)? })
        })
    }

    /// All that was extracted from a paper, as it was.
    pub fn extraction(&self, paper: i64) -> Result<Option<Extraction>, Error> {
        let sql = "SELECT sha256, bytes, media_type, encoding, pages, method, document, outline, warnings FROM papers WHERE id = ?1";
        let found = self.one(sql, [paper], |row| {
            let source = SourceFacts {
                path: String::new(),
                sha256: row.get(0)?,
                media_type: row.get(2)?,
                encoding: row.get(3)?,
                bytes: row.get(1)?,
                pages: row.get(4)?,
                method: rows::from_word(row, 5)?,
            };
            Ok((source, rows::json(row, 6)?, rows::json(row, 7)?, rows::json(row, 8)?))
        })?;
        let Some((mut source, document, outline, warnings)) = found else { return Ok(None) };
        source.path = self.paths(paper)?.into_iter().next().unwrap_or_default();
        let range = rows::keys(paper);
        let citations = format!("SELECT {} FROM citations c WHERE c.key BETWEEN ?1 AND ?2 ORDER BY c.key", rows::CITATION);
        let stated = format!("SELECT {} FROM stated s WHERE s.key BETWEEN ?1 AND ?2 ORDER BY s.key", rows::STATED);
        let tasks = format!("SELECT {} FROM tasks t WHERE t.key BETWEEN ?1 AND ?2 ORDER BY t.key", rows::TASK);
        Ok(Some(Extraction {
            schema: SCHEMA.to_owned(),
            source,
            document,
            citations: self.list(&citations, range, |row| Ok(rows::citation(row)?.2))?,
            stated_relations: self.list(&stated, range, rows::stated)?,
            tasks: self.list(&tasks, range, rows::task)?,
            outline,
            warnings,
            parts: Vec::new(),
        }))
    }

    /// The text of a paper as it was read; spans of its facts count in it.
    pub fn text(&self, paper: i64) -> Result<Option<String>, Error> {
        self.one("SELECT text FROM texts WHERE paper = ?1", [paper], |row| row.get(0))
    }

    /// Pages that end in the file before the text of a paper begins; none but for a further paper of a file.
    pub fn pages_before(&self, paper: i64) -> Result<usize, Error> {
        let sql = "SELECT coalesce(sum(length(t.text) - length(replace(t.text, char(12), ''))), 0) FROM papers own \
                   JOIN papers p ON (p.id = own.host OR p.host = own.host) AND p.at < own.at JOIN texts t ON t.paper = p.id WHERE own.id = ?1";
        Ok(self.one(sql, [paper], |row| row.get(0))?.unwrap_or(0))
    }

    /// The text of a paper as its reader gave it, and the file it came from: enough to extract it again.
    pub fn raw(&self, paper: i64) -> Result<Option<(RawText, SourceFacts)>, Error> {
        let Some(raw) = self.raw_text(paper)? else { return Ok(None) };
        let found = self.one("SELECT sha256, bytes FROM papers WHERE id = ?1", [paper], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let Some((sha256, bytes)) = found else { return Ok(None) };
        let path = self.paths(paper)?.into_iter().next().unwrap_or_default();
        let (media_type, encoding) = (raw.media_type.clone(), raw.encoding.clone());
        let source = SourceFacts { path, sha256, media_type, encoding, bytes, pages: raw.pages, method: raw.method };
        Ok(Some((raw, source)))
    }

    /// The text of a paper as its reader gave it.
    pub(super) fn raw_text(&self, paper: i64) -> Result<Option<RawText>, Error> {
        let sql = "SELECT t.text, p.media_type, p.encoding, p.pages, p.method, p.reading FROM papers p \
                   JOIN texts t ON t.paper = p.id WHERE p.id = ?1";
        self.one(sql, [paper], |row| {
            Ok(RawText {
                text: row.get(0)?,
                media_type: row.get(1)?,
                encoding: row.get(2)?,
                pages: row.get(3)?,
                method: rows::from_word(row, 4)?,
                warnings: rows::json(row, 5)?,
            })
        })
    }

    /// Tasks of the given nodes in their order; those of one node in the order of its text.
    pub fn tasks(&self, nodes: &[String]) -> Result<Vec<TaskRow>, Error> {
        let sql = format!("SELECT {} FROM tasks t WHERE t.key BETWEEN ?1 AND ?2 ORDER BY t.key", rows::TASK);
        let mut out = Vec::new();
        for node in nodes {
            let Some(paper) = self.first_paper(node)? else { continue };
            out.extend(self.list(&sql, rows::keys(paper), |row| Ok(TaskRow { node: node.clone(), task: rows::task(row)? }))?);
        }
        Ok(out)
    }
}
