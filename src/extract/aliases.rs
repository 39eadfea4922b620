//! Names that a document defines for others, and what short forms stand for.
//!
//! `(sau đây gọi tắt là X)`, `(viết tắt: X)`, and a plain bracket right after a citation: `(Quy chế 272)`. Most such
//! clauses define bodies or terms: one counts only when X begins with the type word of a document, or bears the
//! number of the citation it follows. Not here: finding type words (see `mentions`).

use super::mention::Mention;
use super::sentence;
use super::sharing::same_day_as_before;
use crate::model::{CitationForm, DocumentFacts, NormText, Span, Structure, System};
use crate::tables::{Tables, fold};

/// A name and the mention it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Alias {
    name: String,
    /// Where the number of the mention stands: what stays true while mentions come and go.
    target: usize,
    defined_at: usize,
}

/// Short forms that may stand between a paper and the next one by its number.
const SHORT_FORMS: usize = 8;

/// Adds alias mentions to `mentions` (sorted again), and gives short forms the number, date and issuer they stand for; they may
/// also stand for a paper `before` this one in the same file.
pub(super) fn resolve(tables: &Tables, norm: &NormText, structure: &Structure, before: &[DocumentFacts], mentions: &mut Vec<Mention>) {
    let aliases = definitions(tables, norm, structure, mentions);
    add_uses(tables, norm, structure, &aliases, mentions);
    complete_short(tables, before, mentions);
    share_by_number(mentions);
    if same_day_as_before(&norm.text, mentions) {
        share_by_number(mentions);
    }
}

/// The aliases that the brackets after citations define.
fn definitions(tables: &Tables, norm: &NormText, structure: &Structure, mentions: &[Mention]) -> Vec<Alias> {
    let mut out: Vec<Alias> = Vec::new();
    for (i, mention) in mentions.iter().enumerate() {
        if mention.number.as_ref().is_none_or(|n| n.issuers.is_empty()) || mention.listed {
            continue;
        }
        let line = structure.blocks[mention.block].span;
        let sentence = sentence::around(line.of(&norm.text), mention.span.start - line.start);
        // Up to the next paper by its number; short forms ("gọi tắt là Chỉ thị 40") may stand between.
        let numbered = |m: &&Mention| m.number.as_ref().is_some_and(|n| !n.issuers.is_empty());
        let next = mentions[i + 1..].iter().take_while(|next| next.block == mention.block).take(SHORT_FORMS).find(numbered);
        let limit = (line.start + sentence.end).min(next.map_or(usize::MAX, |next| next.span.start.max(mention.span.end)));
        if limit <= mention.span.end {
            continue;
        }
        // A definition that holds a citation of its own ("gọi là Nghị quyết số 12-NQ/TU") starts before that citation.
        let rest = &norm.text[mention.span.end..limit];
        for (open, _) in rest.match_indices('(') {
            let at = mention.span.end + open + 1;
            // A definition is short; what no bracket closes is not searched to the end of the line.
            let inside = super::names::clip(&norm.text[at..(line.start + sentence.end).max(at)], 204);
            let Some(close) = inside.find(')').filter(|close| *close < 200) else { continue };
            let inside = inside[..close].trim();
            if rest[..open].contains(';') {
                break;
            }
            // Every definer says "gọi" or "viết tắt".
            let defines = inside.contains("gọi") || inside.contains("tắt");
            let defined = tables
                .forms("definer")
                .iter()
                .filter(|_| defines)
                .find_map(|definer| inside.find(definer.as_str()).map(|j| inside[j + definer.len()..].trim_start_matches([' ', ':'])));
            let name = defined.unwrap_or(inside).trim_matches(['"', '“', '”', '\'', '‘', '’', ' ', '.']);
            let within = |m: &&Mention| m.block == mention.block && m.span.start >= line.start + sentence.start;
            let holder = meant(tables, name, mentions[..=i].iter().rev().take_while(within)).unwrap_or(mention);
            if is_document_name(tables, name, holder, defined.is_some()) {
                out.push(Alias { name: name.to_owned(), target: holder.number_at.start, defined_at: at });
            }
        }
    }
    // "Quy chế 272" for "272-QĐ/TW": a document's kind with the serial of a citation needs no definition, and is
    // found as a short form; names are what is left.
    out.sort_by(|a, b| a.name.cmp(&b.name).then(a.defined_at.cmp(&b.defined_at)));
    out.dedup_by(|a, b| a.name == b.name);
    out
}

/// The citation that a name speaks of, among those of its sentence, the nearest first: the one whose serial it bears, else the
/// one whose type word it begins with ("Kế hoạch số 214-KH/TU … thực hiện Chỉ thị số 34-CT/TW (sau đây gọi tắt là Kế hoạch 214)").
fn meant<'m>(tables: &Tables, name: &str, before: impl Iterator<Item = &'m Mention> + Clone) -> Option<&'m Mention> {
    let kind = kind_of(tables, name);
    let numbered = before.filter(|m| m.number.as_ref().is_some_and(|n| !n.issuers.is_empty()) && m.antecedent.is_none());
    let of_kind = |m: &&Mention| kind.is_none() || m.kind == kind;
    let bears = |m: &&Mention| m.number.as_ref().is_some_and(|n| bears_serial(name, &n.serial_key()));
    let serial = numbered.clone().filter(of_kind).find(bears);
    serial.or_else(|| numbered.clone().find(of_kind)).or_else(|| numbered.clone().next())
}

/// True when one of the words of `name` is the serial, alone or behind the code of a kind: "Quyết định 22", "QĐ22".
fn bears_serial(name: &str, serial: &str) -> bool {
    let figures = |word: &str| word.trim_start_matches(char::is_uppercase).trim_start_matches('0') == serial;
    !serial.is_empty() && name.split(|c: char| !c.is_alphanumeric()).any(figures)
}

fn is_document_name(tables: &Tables, name: &str, mention: &Mention, defined: bool) -> bool {
    let length = name.chars().count();
    if !(4..=90).contains(&length) || name.contains([';', '(']) {
        return false;
    }
    let first_words: Vec<&str> = name.split(' ').take(3).collect();
    let typed = (1..=first_words.len()).any(|n| tables.kinds.by_name(&first_words[..n].join(" ")).is_some());
    let serial = mention.number.as_ref().map(|n| n.serial_key()).unwrap_or_default();
    let bears_serial = bears_serial(name, &serial);
    // "Ban hành kèm theo …", "qua Văn phòng …" are no names; "đã được sửa đổi …" neither.
    let clean = name.starts_with(char::is_uppercase);
    if defined { clean && (typed || bears_serial) } else { clean && bears_serial && length <= 40 && !name.contains('/') }
}

/// Finds where the names are used after they were defined.
fn add_uses(tables: &Tables, norm: &NormText, structure: &Structure, aliases: &[Alias], mentions: &mut Vec<Mention>) {
    // A name that bears a symbol is found as a number anyway.
    let named: Vec<&Alias> = aliases.iter().filter(|alias| !alias.name.contains('/')).collect();
    if named.is_empty() {
        return;
    }
    // A few names for one paper: looking for each costs less than building an automaton of all.
    let text = norm.text.as_bytes();
    let uses = |alias: &&Alias| {
        let length = alias.name.len();
        memchr::memmem::find_iter(text, alias.name.as_bytes()).map(move |at| Span::new(at, at + length)).collect::<Vec<Span>>()
    };
    let mut hits: Vec<(Span, &Alias)> = named.iter().flat_map(|alias| uses(alias).into_iter().map(|span| (span, *alias))).collect();
    // Where names overlap, the first counts, and of two that begin together the longer one.
    hits.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut found = Vec::new();
    let mut done = 0;
    for (span, alias) in hits {
        if span.start < done {
            continue;
        }
        done = span.end;
        if span.start < alias.defined_at.saturating_sub(1) || norm.text[span.end..].starts_with(|c: char| c.is_alphanumeric() || c == '/') {
            continue;
        }
        let Some(block) = structure.block_at(span.start) else { continue };
        if !super::citations::carries_citations(structure.blocks[block].kind) {
            continue;
        }
        let i = mentions.partition_point(|m| m.span.end <= span.start);
        if let Some(there) = mentions.get(i).filter(|m| m.span.overlaps(span)) {
            // The same words were read as a short form or a self-reference: the definition says more.
            if there.number.as_ref().is_some_and(|n| !n.issuers.is_empty()) || there.span.start < span.start {
                continue;
            }
        }
        found.push((span, block, alias));
    }
    mentions.retain(|m| {
        !found.iter().any(|(span, _, _)| m.number.as_ref().is_none_or(|n| n.issuers.is_empty()) && m.span.overlaps(*span))
            || m.number.as_ref().is_some_and(|n| !n.issuers.is_empty())
    });
    for (span, block, alias) in found {
        let kind = kind_of(tables, &alias.name);
        let mention = Mention { kind, antecedent: Some(alias.target), ..Mention::bare(span, CitationForm::Alias, block) };
        mentions.push(mention);
    }
    mentions.sort_by_key(|m| m.span.start);
    let positions: Vec<usize> = mentions.iter().map(|m| m.number_at.start).collect();
    let targets: Vec<Option<usize>> = mentions
        .iter()
        .map(|m| m.antecedent.filter(|_| m.form == CitationForm::Alias).and_then(|at| positions.iter().position(|p| *p == at)))
        .collect();
    for (i, target) in targets.into_iter().enumerate() {
        if let Some(target) = target {
            take_from(mentions, i, target);
        }
    }
}

fn kind_of(tables: &Tables, name: &str) -> Option<String> {
    let words: Vec<&str> = name.split(' ').take(4).collect();
    (1..=words.len()).rev().find_map(|n| tables.kinds.by_name(&words[..n].join(" ")).map(|kind| kind.code.clone()))
}

/// Gives mention `i` what the mention `target` says of the document.
fn take_from(mentions: &mut [Mention], i: usize, target: usize) {
    let from = mentions[target].clone();
    let to = &mut mentions[i];
    to.number = from.number;
    to.date = to.date.or(from.date);
    to.year = to.year.or(from.year);
    to.issuer = to.issuer.take().or(from.issuer);
    to.province = to.province.take().or(from.province);
    to.term = to.term.take().or(from.term);
    to.antecedent = Some(from.antecedent.unwrap_or(target));
}

/// "Chỉ thị 38", "Kết luận 98 của Ban Bí thư": a serial without symbol stands for the mention with that serial and a
/// fitting kind; without one, issuer and kind together may tell the symbol. Else it is dropped.
fn complete_short(tables: &Tables, beside: &[DocumentFacts], mentions: &mut Vec<Mention>) {
    let mut keep = vec![true; mentions.len()];
    for i in 0..mentions.len() {
        let mention = &mentions[i];
        let Some(number) = mention.number.as_ref().filter(|n| n.issuers.is_empty() && mention.form != CitationForm::Alias) else {
            continue;
        };
        let serial = number.serial_key();
        let family = mention.kind.as_deref().map(|kind| tables.kinds.family(kind).to_owned());
        let fits = |m: &Mention| {
            m.number.as_ref().is_some_and(|n| !n.issuers.is_empty() && n.serial_key() == serial)
                && (m.kind == mention.kind
                    || m.number.as_ref().and_then(|n| n.kind.as_deref()).map(|kind| tables.kinds.family(kind)) == family.as_deref()
                    // A regulation or statute is known by the number of the decision that it came with.
                    || matches!(mention.kind.as_deref(), Some("QC" | "QyĐ" | "QĐi" | "ĐA" | "CL")) && m.number.as_ref().is_some_and(|n| n.kind.as_deref() == Some("QĐ")))
                && (mention.year.is_none() || m.date.is_none_or(|d| Some(d.year()) == mention.year))
        };
        let before = mentions[..i].iter().rposition(fits);
        let target = before.or_else(|| mentions[i + 1..].iter().position(fits).map(|j| i + 1 + j));
        if let Some(target) = target {
            take_from(mentions, i, target);
            mentions[i].form = CitationForm::Alias;
        } else if let Some(number) = symbol_from_issuer(tables, mention) {
            mentions[i].number = Some(number);
        } else if let Some(facts) = beside.iter().rev().find(|facts| {
            facts.parsed.as_ref().is_some_and(|n| n.serial_key() == serial)
                && facts.kind.as_deref().map(|kind| tables.kinds.family(kind)) == family.as_deref()
        }) {
            let mention = &mut mentions[i];
            (mention.number, mention.date) = (facts.parsed.clone(), mention.date.or(facts.date));
            mention.issuer = mention.issuer.take().or_else(|| facts.issuer.as_ref().map(|issuer| issuer.name.clone()));
            mention.term = mention.term.take().or_else(|| facts.term.clone());
        } else {
            keep[i] = false;
        }
    }
    let mut keep = keep.into_iter();
    if keep.clone().all(|k| k) {
        return;
    }
    let mut moved = Vec::with_capacity(mentions.len());
    let mut kept = 0;
    for k in keep.clone() {
        moved.push(kept);
        kept += usize::from(k);
    }
    mentions.retain(|_| keep.next().unwrap_or(true));
    for mention in mentions.iter_mut() {
        mention.antecedent = mention.antecedent.map(|a| moved[a]);
    }
}

/// The symbol that kind and issuer make certain: "Kết luận 98 của Ban Bí thư" is `98-KL/TW`.
fn symbol_from_issuer(tables: &Tables, mention: &Mention) -> Option<crate::model::DocNumber> {
    let issuer = mention.issuer.as_deref()?;
    let head = issuer.split([',', '(']).next().unwrap_or(issuer);
    let body = tables.issuers.by_name(head)?;
    let mut number = mention.number.clone()?;
    let kind = tables.kinds.by_code(mention.kind.as_deref()?)?;
    if body.level != Some(crate::model::Level::Central) || body.register.is_empty() {
        return None;
    }
    number.kind = Some(if body.system == System::Party { kind.family.clone() } else { kind.code.clone() });
    number.issuers = vec![body.register.clone()];
    number.system = body.system;
    Some(number)
}

/// Mentions of one number in one document tell of one document, as long as dates and places do not part them.
fn share_by_number(mentions: &mut [Mention]) {
    let mut groups = std::collections::HashMap::<String, Vec<usize>>::new();
    for (i, mention) in mentions.iter().enumerate() {
        if let Some(number) = &mention.number {
            groups.entry(number.key()).or_default().push(i);
        }
    }
    for group in groups.values().filter(|group| group.len() > 1) {
        for (k, &i) in group.iter().enumerate() {
            if mentions[i].date.is_some() {
                continue;
            }
            // The nearest one before that bears a date, else the first one after.
            let fits = |j: &&usize| {
                let (a, b) = (&mentions[i], &mentions[**j]);
                **j != i
                    && b.date.is_some()
                    && (a.year.is_none() || b.date.map(|d| d.year()) == a.year)
                    && (a.province.is_none() || b.province.is_none() || a.province == b.province)
                    && (a.term.is_none() || b.term.is_none() || a.term == b.term)
                    && !issuers_part(a, b)
            };
            let target = group[..k].iter().rev().find(fits).or_else(|| group[k + 1..].iter().find(fits)).copied();
            if let Some(target) = target {
                let from = mentions[target].clone();
                let to = &mut mentions[i];
                to.date = from.date;
                to.issuer = to.issuer.take().or(from.issuer);
                to.province = to.province.take().or(from.province);
                to.term = to.term.take().or(from.term);
                to.antecedent = to.antecedent.or(Some(from.antecedent.unwrap_or(target)));
            }
        }
    }
}

/// True when both name an issuer and the names cannot be one body.
fn issuers_part(a: &Mention, b: &Mention) -> bool {
    let (Some(a), Some(b)) = (&a.issuer, &b.issuer) else { return false };
    let (a, b) = (fold::lower(a), fold::lower(b));
    !a.contains(&b) && !b.contains(&a) && a.split(' ').next() == b.split(' ').next() && a.len() > 20 && b.len() > 20
}
