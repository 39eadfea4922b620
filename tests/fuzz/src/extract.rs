//! Any text gives an extraction whose spans lie in the text and cut it at characters.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use vanban::extract::Extractor;
use vanban::model::{RawText, SourceFacts, Span};
use vanban::tables::Tables;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(&Tables::builtin()));

fuzz_target!(|text: &str| {
    let raw = RawText::plain(text);
    let facts = EXTRACTOR.extract(&raw, source(&raw));
    let lies_inside = |what: &str, span: Span| {
        assert!(span.start <= span.end && text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{what}: {span:?}");
    };
    let mut last = 0;
    for citation in &facts.citations {
        lies_inside("citation", citation.span);
        assert!(citation.span.start < citation.span.end && citation.span.start >= last, "citations are in order: {citation:?}");
        assert!(citation.sentence.get(citation.sentence_at..).is_some_and(|rest| rest.starts_with(&*citation.text)), "{citation:?}");
        last = citation.span.start;
    }
    for task in &facts.tasks {
        lies_inside("task", task.span);
        assert!(task.citations.iter().all(|at| *at < facts.citations.len()), "{task:?}");
    }
    facts.stated_relations.iter().for_each(|relation| lies_inside("stated relation", relation.span));
    facts.outline.iter().for_each(|entry| lies_inside("heading", entry.span));
    facts.warnings.iter().filter_map(|warning| warning.span).for_each(|span| lies_inside("warning", span));
});

fn source(raw: &RawText) -> SourceFacts {
    SourceFacts {
        path: "fuzz.txt".into(),
        sha256: String::new(),
        media_type: raw.media_type.clone(),
        encoding: raw.encoding.clone(),
        bytes: raw.text.len() as u64,
        pages: raw.pages,
        method: raw.method,
    }
}
