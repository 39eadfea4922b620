//! `lineage`: which papers implement, amend or review which, as a tree.
//!
//! Duty: ask `query`, draw the tree with the sentence that proves each edge. Not here: which edges there are.

use super::args::{Format, Lineage};
use super::documents;
use super::error::{CommandError, Exit};
use super::naming::count;
use super::output::Output;
use super::paint::Text;
use super::passage;
use super::session::Session;
use crate::export::{self, Excel};
use crate::query::{self, Direction, view};
use crate::tables::Tables;
use std::collections::{HashMap, HashSet};

/// Answers for each meaning of the reference.
pub(super) fn run(args: &Lineage, session: &mut Session) -> Result<Exit, CommandError> {
    let reader = session.reader()?;
    let reference = args.of.words();
    let direction = match (args.up, args.down) {
        (true, _) => Direction::Up,
        (_, true) => Direction::Down,
        _ => Direction::Both,
    };
    let answer = query::lineage(&reader, &reference, direction, args.depth, args.as_of)?;
    let drawn = match session.output.format() {
        Format::Json => {
            session.output.json(&answer)?;
            return Ok(Exit::Done);
        }
        Format::Svg => Some(export::lineage_svg(&answer)),
        Format::Dot => Some(export::lineage_dot(&answer)),
        Format::Mermaid => Some(export::lineage_mermaid(&answer)),
        Format::Graphml => Some(export::lineage_graphml(&answer)),
        Format::Csv => Some(export::lineage_csv(&answer, Excel::No)),
        _ => None,
    };
    if let Some(drawn) = drawn {
        session.output.verbatim(&drawn)?;
        return Ok(Exit::Done);
    }
    let (tables, output) = (reader.tables(), &mut session.output);
    for (at, group) in answer.groups.iter().enumerate() {
        if at > 0 {
            output.gap()?;
        }
        let nodes = count(group.nodes.len() as u64, "document", "documents");
        documents::heading(&group.root, &[nodes, count(group.edges.len() as u64, "edge", "edges")], tables, output)?;
        let tree = Tree::new(group, tables);
        if direction != Direction::Down {
            tree.print(output, &group.root.id, Way::Up)?;
        }
        if direction != Direction::Up {
            tree.print(output, &group.root.id, Way::Down)?;
        }
        if group.cut {
            output.text(&Text::default().dim("more lies beyond --depth"))?;
        }
    }
    let meanings: Vec<_> = answer.groups.iter().map(|group| (group.root.id.as_str(), group.singled_out_by.as_deref())).collect();
    documents::several_meanings(&reference, &meanings, output)?;
    if let [(id, _)] = meanings[..] {
        output.next_step(&format!("next: vanban coverage {id} · vanban cited-by {id}"))?;
    }
    Ok(Exit::Done)
}

/// Along or against the edges.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// To what is implemented.
    Up,
    /// To what implements.
    Down,
}

/// One group's documents and edges, by id.
struct Tree<'a> {
    documents: HashMap<&'a str, &'a view::Document>,
    edges: &'a [view::LineageEdge],
    tables: &'a Tables,
}

impl<'a> Tree<'a> {
    fn new(group: &'a view::LineageGroup, tables: &'a Tables) -> Tree<'a> {
        let documents = group.nodes.iter().map(|node| (node.document.id.as_str(), &node.document)).collect();
        Tree { documents, edges: &group.edges, tables }
    }

    /// Documents one step on, in the order of their days, each with all edges that lead there.
    fn steps(&self, from: &str, way: Way) -> Vec<(&'a str, Vec<&'a view::LineageEdge>)> {
        let mut steps: Vec<(&str, Vec<&view::LineageEdge>)> = Vec::new();
        for edge in self.edges {
            let (near, far) = if way == Way::Up { (&edge.from, &edge.to) } else { (&edge.to, &edge.from) };
            if near != from {
                continue;
            }
            match steps.iter_mut().find(|(known, _)| known == far) {
                Some((_, edges)) => edges.push(edge),
                None => steps.push((far, vec![edge])),
            }
        }
        steps.sort_by_key(|(far, _)| self.documents.get(far).map(|document| (document.date.is_none(), document.date)));
        steps
    }

    fn print(&self, output: &mut Output, root: &str, way: Way) -> Result<(), CommandError> {
        let steps = self.steps(root, way);
        output.gap()?;
        let title = if way == Way::Up { "What it implements" } else { "What implements it" };
        let title = Text::default().strong(title);
        output.text(&if steps.is_empty() { title.dim("  nothing known") } else { title })?;
        self.branch(output, root, way, "", &mut HashSet::from([root.to_owned()]))
    }

    /// Draws the steps below one document; a document that was drawn before is named but not followed.
    fn branch(&self, output: &mut Output, from: &str, way: Way, lead: &str, seen: &mut HashSet<String>) -> Result<(), CommandError> {
        let steps = self.steps(from, way);
        for (at, (far, edges)) in steps.iter().enumerate() {
            let last = at + 1 == steps.len();
            let (corner, below) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            let deeper = format!("{lead}{below}");
            let fresh = seen.insert((*far).to_owned());
            let line = Text::default().dim(format!("{lead}{corner}")).and(self.step(far, edges));
            let line = if fresh { line } else { line.dim(" · see above") };
            output.text(&line.hanging(deeper.chars().count() + 2))?;
            for edge in edges {
                let rule = format!("{deeper}  ");
                let sentence = passage::marked(&edge.sentence, "", None, output.verbose());
                output.text(&Text::default().hanging(rule.chars().count()).dim(rule).and(sentence))?;
            }
            if fresh {
                self.branch(output, far, way, &deeper, seen)?;
            }
        }
        Ok(())
    }

    /// "implements, reviews Kế hoạch số …", with who says so where it is another paper.
    fn step(&self, far: &str, edges: &[&view::LineageEdge]) -> Text {
        let known = self.documents.get(far);
        let name = known.map_or_else(|| far.to_owned(), |document| documents::cited(document, self.tables));
        let mut relations: Vec<&str> = edges.iter().map(|edge| edge.relation.as_str()).collect();
        relations.dedup();
        let mut line = Text::default().plain(format!("{} ", relations.join(", "))).strong(name).dim(format!("  {far}"));
        if known.is_some_and(|document| !document.held) {
            line = line.dim(" · not held");
        }
        for edge in edges.iter().filter(|edge| edge.basis == "stated") {
            line = line.dim(format!(" · stated by {}", edge.stated_by));
        }
        line
    }
}
