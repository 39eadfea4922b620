//! temporary: finds numbers only
use crate::model::*;
use crate::tables::Tables;
use regex::Regex;

/// temporary
pub struct Extractor {
    number: Regex,
}

impl Extractor {
    /// temporary
    pub fn new(_tables: &Tables) -> Self {
        Extractor { number: Regex::new("([0-9]+)-([A-ZĐ][A-Za-zĐ]*)/([A-ZĐ]+)").expect("temporary") }
    }

    /// temporary
    pub fn extract(&self, raw: &RawText, source: SourceFacts) -> Extraction {
        let mut document = DocumentFacts::default();
        let mut citations: Vec<Citation> = Vec::new();
        for found in self.number.captures_iter(&raw.text) {
            let number = DocNumber {
                serial: found[1].to_owned(),
                year: None,
                kind: Some(found[2].to_owned()),
                issuers: vec![found[3].to_owned()],
                system: System::Party,
            };
            if document.number.is_none() {
                document.number = Some(number.key());
                document.kind = number.kind.clone();
                document.parsed = Some(number);
                document.title = raw.text.lines().nth(1).map(str::to_owned);
                continue;
            }
            let at = found.get(0).expect("temporary");
            let from = raw.text[..at.start()].rfind(['\n', '.']).map_or(0, |i| i + 1);
            let to = raw.text[at.end()..].find(['\n', '.']).map_or(raw.text.len(), |i| at.end() + i);
            citations.push(Citation {
                span: Span::new(at.start(), at.end()),
                text: at.as_str().to_owned(),
                form: CitationForm::Short,
                kind: number.kind.clone(),
                number: Some(number.key()),
                parsed: Some(number),
                date: None,
                year: None,
                issuer: None,
                term: None,
                province: None,
                locator: None,
                title: None,
                relation: Relation::Implements,
                sentence: raw.text[from..to].to_owned(),
                sentence_at: at.start() - from,
                section: None,
                footnote: None,
                antecedent: None,
            });
        }
        Extraction {
            schema: SCHEMA.to_owned(),
            source,
            document,
            citations,
            stated_relations: Vec::new(),
            tasks: Vec::new(),
            outline: Vec::new(),
            warnings: raw.warnings.clone(),
        }
    }
}
