//! A text that holds several papers: cut, and put together again for those who ask about the file.
//!
//! Duty: pieces of raw text, one a paper; one answer for a file from the facts of its papers. Not here: where a paper begins
//! (`structure::parts`).

use crate::model::{Extraction, NormText, PartFacts, RawText, Relation, Span, StatedRelation};

/// One of several papers in a text.
#[derive(Clone, Debug)]
pub struct PartOfText {
    /// Where it begins in the whole text, in bytes.
    pub at: usize,
    /// Its text.
    pub raw: RawText,
    /// The same, normal.
    pub norm: NormText,
    /// Its facts; spans count in `raw.text`.
    pub extraction: Extraction,
}

/// The papers of a text: where each begins in it, in bytes, and its text. `starts` are the begins after the first, in order.
/// What was noticed while the whole was read stays with the first.
pub(super) fn cut(raw: &RawText, starts: &[usize]) -> impl Iterator<Item = (usize, RawText)> {
    let ends = starts.iter().copied().chain([raw.text.len()]);
    let begins = std::iter::once(0).chain(starts.iter().copied());
    begins.zip(ends).map(|(from, to)| {
        let warnings = if from == 0 { raw.warnings.clone() } else { Vec::new() };
        let (media_type, encoding) = (raw.media_type.clone(), raw.encoding.clone());
        (from, RawText { text: raw.text[from..to].to_owned(), media_type, encoding, pages: raw.pages, method: raw.method, warnings })
    })
}

/// The facts of the papers of one text as those of the text: what the first says of itself, and what all say of others, so that
/// what a further one does is a stated relation. Spans count in the whole text; `parts` tells which stretch is whose.
pub(super) fn united(papers: Vec<PartOfText>) -> Extraction {
    let span = |paper: &PartOfText| Span::new(paper.at, paper.at + paper.raw.text.len());
    let parts = papers.iter().map(|paper| PartFacts { document: paper.extraction.document.clone(), span: span(paper) }).collect();
    let mut papers = papers.into_iter();
    let mut all = papers.next().expect("a text has a first paper").extraction;
    for PartOfText { at: from, extraction: paper, .. } in papers {
        let first = all.citations.len();
        let moved = |span: Span| Span::new(span.start + from, span.end + from);
        for (nth, mut citation) in (first..).zip(paper.citations) {
            citation.span = moved(citation.span);
            citation.antecedent = citation.antecedent.map(|at| at + first);
            if citation.relation != Relation::Mentions
                && let (Some(from_number), Some(to_number)) = (&paper.document.number, &citation.number)
            {
                let (from_number, to_number) = (from_number.clone(), to_number.clone());
                let relation = std::mem::replace(&mut citation.relation, Relation::Mentions);
                all.stated_relations.push(StatedRelation { from_number, relation, to_number, span: citation.span, from: nth, to: nth });
            }
            all.citations.push(citation);
        }
        all.stated_relations.extend(paper.stated_relations.into_iter().map(|mut relation| {
            (relation.from, relation.to) = (relation.from + first, relation.to + first);
            relation.span = moved(relation.span);
            relation
        }));
        all.tasks.extend(paper.tasks.into_iter().map(|mut task| {
            task.span = moved(task.span);
            task.citations.iter_mut().for_each(|at| *at += first);
            task
        }));
        all.outline.extend(paper.outline.into_iter().map(|mut entry| {
            entry.span = moved(entry.span);
            entry
        }));
        all.warnings.extend(paper.warnings.into_iter().map(|mut warning| {
            warning.span = warning.span.map(moved);
            warning
        }));
    }
    all.parts = parts;
    all
}

#[cfg(test)]
mod tests {
    use crate::extract::Extractor;
    use crate::model::RawText;
    use crate::tables::Tables;
    use crate::text::normalise;

    /// Cases are parted by `=====`; `@@` stands where a further paper begins.
    #[test]
    fn papers_behind_a_paper() {
        let tables = Tables::builtin();
        let extractor = Extractor::new(&tables);
        for case in include_str!("../../tests/cases/structure/parts.txt").split("\n=====\n") {
            let raw = RawText::plain(case.replace("@@", ""));
            let wanted: Vec<usize> = case.match_indices("@@").enumerate().map(|(nth, (at, _))| at - 2 * nth).collect();
            assert_eq!(extractor.parts(&raw, &normalise(&tables, &raw)), wanted, "{}", raw.text);
        }
    }
}
