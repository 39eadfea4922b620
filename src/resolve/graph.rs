//! Documents and meanings put into the words of the answer: nodes with readable ids, links with clues.
//!
//! Duty: choose each node's facts (of its papers first, else what most mentions say), name conflicts, give ids,
//! and let a person's decision win. Not here: who means whom, and the wording of clues (see `clues`).

use super::candidates::Linked;
use super::catalogue::{Doc, NO_SYMBOL, World};
use super::claims::{Claim, OWN};
use super::clues::Clues;
use super::keys::{ANY, NONE, Reach};
use super::names::{self, IdParts, Slugs};
use super::organs::{Organs, is_organ};
use super::{Candidate, Certainty, Conflict, Decision, Link, Mention, MentionAt, Node, Paper, Resolution, titles};
use crate::model::{Date, DocNumber, Level, Method, System};
use crate::tables::fold;
use smallvec::smallvec;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Words the nodes, sorted by id, and the links, sorted by paper and place.
pub(super) fn answer(world: &World<'_, '_>, linked: Vec<Linked>, decisions: &[Decision]) -> Resolution {
    let ids = ids(world);
    let mut organs = Organs::new(world.keys.tables);
    let mut nodes: Vec<Node> = (0..world.docs.len()).map(|i| node(world, i, ids[i].clone(), &mut organs)).collect();
    let mut clues = Clues::new(world.keys.tables);
    let mut order: Vec<u32> = (0..nodes.len() as u32).collect();
    order.sort_by(|a, b| ids[*a as usize].cmp(&ids[*b as usize]));
    let mut place = vec![0; order.len()];
    for (at, doc) in order.into_iter().enumerate() {
        place[doc as usize] = at as u32;
    }
    let mut links: Vec<Link> = Vec::with_capacity(linked.len());
    for (paper, index, meaning) in linked {
        let candidate = |doc: u32, clue: Box<str>| Candidate { node: place[doc as usize], clue };
        let candidates = match meaning.docs[..] {
            [only] if meaning.certainty != Certainty::Ambiguous => smallvec![candidate(only, Box::default())],
            _ => meaning.docs.iter().zip(clues.of(&nodes, &meaning.docs)).map(|(doc, clue)| candidate(*doc, clue.into())).collect(),
        };
        let at = MentionAt { paper: world.papers[paper as usize].id, index };
        links.push(Link { at, candidates, certainty: meaning.certainty, why: meaning.why });
    }
    nodes.sort_by(|a, b| a.id.cmp(&b.id));
    links.sort_unstable_by_key(|link| link.at);
    for decision in decisions {
        decide(&mut links, &nodes, decision);
    }
    if !decisions.is_empty() {
        follow(&mut links, world);
    }
    Resolution { nodes, links }
}

/// Short forms and aliases go with the earlier mention that a person decided.
fn follow(links: &mut [Link], world: &World<'_, '_>) {
    let papers: HashMap<i64, &Paper> = world.papers.iter().map(|paper| (paper.id, *paper)).collect();
    for of_paper in links.chunk_by_mut(|a, b| a.at.paper == b.at.paper) {
        if of_paper.iter().all(|link| link.certainty != Certainty::Decided) {
            continue;
        }
        let mentions = &papers[&of_paper[0].at.paper].mentions;
        for i in 1..of_paper.len() {
            let (before, rest) = of_paper.split_at_mut(i);
            let link = &mut rest[0];
            let Some(antecedent) = mentions[link.at.index as usize].antecedent else { continue };
            let Ok(leader) = before.binary_search_by_key(&antecedent, |link| link.at.index) else { continue };
            if link.certainty != Certainty::Decided && before[leader].certainty == Certainty::Decided {
                link.candidates = before[leader].candidates.clone();
                link.certainty = Certainty::Decided;
                link.why = "stands for an earlier mention in this paper, which a person decided".into();
            }
        }
    }
}

/// A decision wins; one whose document is gone waits, and the link says so.
fn decide(links: &mut [Link], nodes: &[Node], Decision { at, target }: &Decision) {
    let Ok(found) = links.binary_search_by_key(at, |link| link.at) else { return };
    let link = &mut links[found];
    match nodes.binary_search_by(|node| node.id.cmp(target)) {
        Ok(node) => {
            link.candidates = smallvec![Candidate { node: node as u32, clue: Box::default() }];
            link.certainty = Certainty::Decided;
            link.why = "decided by a person".into();
        }
        Err(_) => link.why = format!("{}; the decision for {target} waits, as there is no such document now", link.why).into(),
    }
}

/// Ids of all documents. Where several want one id, the oldest has it, and the others take their day or a count.
fn ids(world: &World<'_, '_>) -> Vec<String> {
    let mut slugs = Slugs::default();
    let mut wanting: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, doc) in world.docs.iter().enumerate() {
        wanting.entry(base_id(world, &mut slugs, doc)).or_default().push(i);
    }
    let mut ids = vec![String::new(); world.docs.len()];
    let mut taken: HashSet<String> = wanting.keys().cloned().collect();
    for (base, mut docs) in wanting {
        docs.sort_by_cached_key(|i| {
            let doc = &world.docs[*i];
            let hash = doc.papers.first().map(|paper| world.papers[*paper as usize].hash.as_str());
            let cited = doc.claims.first().map(|claim| world.papers[world.claims[*claim as usize].paper as usize].hash.as_str());
            (doc.date.is_none(), doc.date, hash.is_none(), hash, cited, *i)
        });
        for (nth, i) in docs.into_iter().enumerate() {
            let mut id = base.clone();
            if nth > 0 {
                let day = world.docs[i].date.map(|day| format!("{base}-{:02}{:02}", day.month(), day.day()));
                id = day
                    .filter(|id| !taken.contains(id))
                    .unwrap_or_else(|| (2..).map(|n| format!("{base}-{n}")).find(|id| !taken.contains(id)).expect("the counts do not end"));
                taken.insert(id.clone());
            }
            ids[i] = id;
        }
    }
    ids
}

fn base_id(world: &World<'_, '_>, slugs: &mut Slugs, doc: &Doc) -> String {
    if doc.symbol == NO_SYMBOL {
        let paper = world.papers[doc.papers[0] as usize];
        let named = names::unnumbered(&paper.facts);
        return named.unwrap_or_else(|| {
            let kind = paper.facts.kind.as_deref().map_or_else(|| "vb".to_owned(), fold::slug);
            format!("{kind}-{}", paper.hash.chars().take(8).collect::<String>())
        });
    }
    let place = match doc.scope.place {
        NONE | ANY => None,
        place => world.places.name(&world.keys, place, doc.date),
    };
    names::numbered(
        &world.keys,
        slugs,
        world.keys.symbol(doc.symbol),
        &IdParts {
            body: world.keys.words.text(doc.scope.body),
            place: place.as_deref(),
            year: doc.year,
            term: if doc.term.other == NONE { world.keys.words.text(doc.term.name) } else { "" },
        },
    )
}

/// The surest text is shown, of equals the one that tells most of itself, then the best legible one, the longest one, the first
/// by hash. Shares that differ by less than two of a hundred words are equal.
fn order(paper: &Paper) -> (Method, Reverse<usize>, Reverse<u16>, Reverse<u64>, &str) {
    let facts = &paper.facts;
    let full = usize::from(facts.date.is_some()) + usize::from(facts.title.is_some()) + usize::from(facts.issuer.is_some());
    (paper.method, Reverse(full), Reverse(paper.legible / 20), Reverse(paper.length), &paper.hash)
}

/// The facts of one document.
fn node(world: &World<'_, '_>, at: usize, id: String, organs: &mut Organs<'_>) -> Node {
    let doc = &world.docs[at];
    let mut papers: Vec<&Paper> = doc.papers.iter().map(|i| world.papers[*i as usize]).collect();
    papers.sort_by(|a, b| order(a).cmp(&order(b)));
    let shown = papers.first();
    let claims: Vec<&Claim> = doc.claims.iter().map(|i| &world.claims[*i as usize]).collect();
    let mentions: Vec<&Mention> =
        claims.iter().filter(|claim| claim.mention != OWN).map(|c| &world.papers[c.paper as usize].mentions[c.mention as usize]).collect();
    let facts = shown.map(|paper| &paper.facts);
    let place = matches!(doc.scope.place, NONE | ANY)
        .then(|| facts.and_then(|facts| facts.province.clone()))
        .unwrap_or_else(|| world.places.name(&world.keys, doc.scope.place, doc.date));
    let parsed = facts.and_then(|facts| facts.parsed.clone()).or_else(|| number(world, doc, &mentions));
    let kind = facts
        .and_then(|facts| facts.kind.clone())
        .or_else(|| parsed.as_ref()?.kind.clone())
        .or_else(|| most(mentions.iter().filter_map(|m| m.kind.as_deref())).map(str::to_owned));
    let issuer = facts.and_then(|facts| Some(facts.issuer.as_ref()?.name.clone())).or_else(|| issuer(world, &mentions, place.as_deref()));
    let term = facts.and_then(|facts| facts.term.clone()).or_else(|| {
        let name = world.keys.words.text(doc.term.name);
        (!name.is_empty() && doc.term.other == NONE).then(|| name.to_owned())
    });
    let title = papers_first(facts.and_then(|facts| facts.title.as_deref()), mentions.iter().filter_map(|m| m.title.as_deref()));
    Node {
        id,
        kind,
        number: parsed
            .as_ref()
            .filter(|number| number.issuers.iter().any(|code| !code.is_empty()) || number.system == System::Historic)
            .map(ToString::to_string),
        level: facts.and_then(|facts| facts.issuer.as_ref()?.level).or_else(|| level(world, doc)),
        parsed,
        date: doc.date.or_else(|| facts.and_then(|facts| facts.date)),
        term,
        issuer,
        province: place,
        title,
        held: !papers.is_empty(),
        papers: papers.iter().map(|paper| paper.id).collect(),
        conflicts: conflicts(world, doc, &mentions, organs),
    }
}

/// The number as most mentions print it; a number without code gets its register's.
fn number(world: &World<'_, '_>, doc: &Doc, mentions: &[&Mention]) -> Option<DocNumber> {
    let printed = mentions.iter().filter_map(|mention| mention.number.as_deref());
    let coded = most(printed.clone().filter(|number| number.issuers.iter().any(|code| !code.is_empty())));
    let mut number = coded.or_else(|| most(printed)).cloned()?;
    if number.issuers.is_empty() {
        let symbol = world.keys.symbol(doc.symbol);
        let register = world.keys.words.text(symbol.register);
        if !register.is_empty() {
            number.issuers = register.split('-').map(str::to_owned).collect();
            number.system = symbol.system;
        }
    }
    Some(number)
}

/// The issuer that most mentions name, by its usual name; "Tỉnh ủy" gets the province's name.
fn issuer(world: &World<'_, '_>, mentions: &[&Mention], place: Option<&str>) -> Option<String> {
    let tables = world.keys.tables;
    let usual = |name| tables.issuers.by_name(name).map_or(name, |row| row.name.as_str());
    let name = most(mentions.iter().filter_map(|mention| mention.issuer.as_deref()).map(usual))?;
    let level = tables.issuers.by_name(name).and_then(|row| row.level);
    match (level, place) {
        (Some(Level::Province), Some(place)) => Some(format!("{name} {place}")),
        _ => Some(name.to_owned()),
    }
}

fn level(world: &World<'_, '_>, doc: &Doc) -> Option<Level> {
    if doc.symbol == NO_SYMBOL {
        return None;
    }
    match world.keys.known_reach(world.keys.symbol(doc.symbol))? {
        Reach::Central => Some(Level::Central),
        Reach::Province => Some(Level::Province),
        Reach::District => Some(Level::District),
        Reach::Local if doc.scope.body == NONE && doc.scope.place != ANY => Some(Level::Province),
        _ => None,
    }
}

/// Where papers and mentions disagree.
fn conflicts(world: &World<'_, '_>, doc: &Doc, mentions: &[&Mention], organs: &mut Organs<'_>) -> Vec<Conflict> {
    let mut out = Vec::new();
    let mut add = |field: &str, values: Vec<String>| {
        if values.len() > 1 {
            out.push(Conflict { field: field.to_owned(), values });
        }
    };
    let mut days: BTreeMap<Date, u32> = doc.dates.iter().map(|(day, held, citing)| (*day, held * 1000 + citing)).collect();
    for mention in mentions {
        // A date that its own term refutes founds no document, yet it was written.
        if let Some(day) = mention.date {
            days.entry(day).or_insert(1);
        }
    }
    let mut days: Vec<(Date, u32)> = days.into_iter().collect();
    days.sort_by_key(|(day, votes)| (Reverse(*votes), *day));
    add("date", days.into_iter().map(|(day, _)| day.to_string()).collect());
    let facts = || doc.papers.iter().map(|i| &world.papers[*i as usize].facts);
    let mut subjects: Vec<&str> = Vec::new();
    for title in facts().filter_map(|facts| facts.title.as_deref()) {
        if !subjects.iter().any(|known| titles::alike(known, title) || fold::lower(known) == fold::lower(title)) {
            subjects.push(title);
        }
    }
    add("title", subjects.into_iter().map(str::to_owned).collect());
    let own = facts().filter_map(|facts| facts.issuer.as_ref()).map(|issuer| (issuer.name.as_str(), true));
    let told = mentions.iter().filter_map(|mention| mention.issuer.as_deref()).map(|name| (name, false));
    let mut issuers: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for (name, own) in own.chain(told) {
        let row = organs.row(name);
        if own || row.is_some_and(is_organ) {
            issuers.entry(row.map_or_else(|| fold::lower(name), |row| row.id.clone())).or_insert((0, name)).0 += 1;
        }
    }
    let mut issuers: Vec<(usize, &str)> = issuers.into_values().collect();
    issuers.sort_by_key(|(votes, name)| (Reverse(*votes), *name));
    add("issuer", issuers.into_iter().map(|(_, name)| name.to_owned()).collect());
    out
}

fn papers_first<'a>(own: Option<&str>, told: impl Iterator<Item = &'a str>) -> Option<String> {
    own.or_else(|| most(told)).map(str::to_owned)
}

/// The most frequent value; of equals the one that sorts first.
fn most<T: Ord + Copy>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut values = values.peekable();
    let first = values.next()?;
    if values.peek().is_none() {
        return Some(first);
    }
    let mut counts: BTreeMap<T, usize> = BTreeMap::from([(first, 1)]);
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let best = counts.values().max().copied()?;
    counts.into_iter().find(|(_, count)| *count == best).map(|(value, _)| value)
}
