//! The store as `query` reads it.
//!
//! Duty: hand each question of [`Catalogue`] to the reading door. Not here: anything else.

use super::Catalogue;
use crate::model::{Error, Extraction};
use crate::resolve::Node;
use crate::store::{
    CopyRow, DecisionRow, EdgeRow, LinkRow, Problem, Question, Reader, Rejected, Run, TaskMark, TaskRow, TextAnswer, TextQuery,
};
use crate::tables::Tables;

impl Catalogue for Reader {
    fn tables(&self) -> &Tables {
        Reader::tables(self)
    }
    fn node(&self, id: &str) -> Result<Option<Node>, Error> {
        Reader::node(self, id)
    }
    fn nodes(&self, ids: &[String]) -> Result<Vec<Node>, Error> {
        Reader::nodes(self, ids)
    }
    fn nodes_with_serial(&self, serial_key: &str) -> Result<Vec<Node>, Error> {
        Reader::nodes_with_serial(self, serial_key)
    }
    fn nodes_with_kind(&self, kind: &str, year: Option<i16>) -> Result<Vec<Node>, Error> {
        Reader::nodes_with_kind(self, kind, year)
    }
    fn nodes_with_path(&self, path: &str) -> Result<Vec<Node>, Error> {
        Reader::nodes_with_path(self, path)
    }
    fn nodes_with_title(&self, folded_words: &[String], limit: usize) -> Result<Vec<Node>, Error> {
        Reader::nodes_with_title(self, folded_words, limit)
    }
    fn numbers(&self) -> Result<Vec<String>, Error> {
        Reader::numbers(self)
    }
    fn incoming(&self, node: &str) -> Result<Vec<LinkRow>, Error> {
        Reader::incoming(self, node)
    }
    fn outgoing(&self, node: &str) -> Result<Vec<LinkRow>, Error> {
        Reader::outgoing(self, node)
    }
    fn link(&self, citation: &str) -> Result<Option<LinkRow>, Error> {
        Reader::link(self, citation)
    }
    fn decisions(&self) -> Result<Vec<DecisionRow>, Error> {
        Reader::decisions(self)
    }
    fn questions(&self) -> Result<Vec<Question>, Error> {
        Reader::questions(self)
    }
    fn links_at(&self, keys: &[i64]) -> Result<Vec<LinkRow>, Error> {
        Reader::links_at(self, keys)
    }
    fn edges_from(&self, node: &str) -> Result<Vec<EdgeRow>, Error> {
        Reader::edges_from(self, node)
    }
    fn edges_to(&self, node: &str) -> Result<Vec<EdgeRow>, Error> {
        Reader::edges_to(self, node)
    }
    fn counts(&self, node: &str) -> Result<(u64, u64, u64), Error> {
        Reader::counts(self, node)
    }
    fn copies(&self, node: &str) -> Result<Vec<CopyRow>, Error> {
        Reader::copies(self, node)
    }
    fn extraction(&self, paper: i64) -> Result<Option<Extraction>, Error> {
        Reader::extraction(self, paper)
    }
    fn task_marks(&self, nodes: Option<&[String]>) -> Result<Vec<TaskMark>, Error> {
        Reader::task_marks(self, nodes)
    }
    fn tasks_at(&self, keys: &[i64]) -> Result<Vec<TaskRow>, Error> {
        Reader::tasks_at(self, keys)
    }
    fn not_held(&self) -> Result<Vec<(Node, u64, u64)>, Error> {
        Reader::not_held(self)
    }
    fn search(&self, query: &TextQuery) -> Result<TextAnswer, Error> {
        Reader::search(self, query)
    }
    fn totals(&self) -> Result<(u64, u64, u64), Error> {
        Reader::totals(self)
    }
    fn runs(&self) -> Result<Vec<Run>, Error> {
        Reader::runs(self)
    }
    fn rejected(&self) -> Result<Vec<Rejected>, Error> {
        Reader::rejected(self)
    }
    fn check(&self) -> Result<Vec<Problem>, Error> {
        Reader::check(self)
    }
}
