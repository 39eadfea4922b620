//! One paper's extraction beside its gold record.
//!
//! Duty: the rules of the evaluation set (a citation is found when spans overlap and numbers agree; a task when it
//! begins within 40 bytes; mentions marked optional, self-references and names are judged neither way).
//! Not here: what counts as the same word (`compare`), sums over papers (`report`).

use super::compare::{fold, has, issuer_words, kind, number};
use super::gold::{Gold, GoldCitation, GoldTask};
use super::report::{Finding, Report, Tally};
use crate::model::{Citation, CitationForm, Extraction, Span, Task};

/// A task is found when it begins at most so many bytes from where the gold set says.
const TASK_REACH: usize = 40;

/// Fields of a paper that count as wrong when it cannot be read.
const UNREAD_FIELDS: u64 = 6;

/// What a judged field is part of.
#[derive(Clone, Copy)]
enum Group {
    Attribute,
    Relation,
    Metadata,
    TaskField,
}

/// Judges one paper.
pub(super) fn paper(report: &mut Report, gold: &Gold, text: &str, extraction: &Extraction) {
    let mut bench = Bench { report, gold, text };
    bench.metadata(extraction);
    bench.citations(extraction);
    bench.stated(extraction);
    bench.tasks(extraction);
}

/// Counts a paper that could not be read.
pub(super) fn unread(report: &mut Report, gold: &Gold, reason: &str) {
    report.sums.citations.missed += gold.citations.iter().filter(|citation| !citation.optional).count() as u64;
    report.sums.tasks.missed += gold.tasks.len() as u64;
    report.sums.metadata.judged += UNREAD_FIELDS;
    let finding = Finding { got: Some(reason.to_owned()), ..blank(gold, "not read") };
    report.findings.push(finding);
}

fn blank(gold: &Gold, what: &str) -> Finding {
    Finding { paper: gold.name.clone(), what: what.to_owned(), text: None, got: None, want: None, sentence: None }
}

/// The paper on the bench.
struct Bench<'a> {
    report: &'a mut Report,
    gold: &'a Gold,
    text: &'a str,
}

impl Bench<'_> {
    fn judge(&mut self, group: Group, fact: &str, right: bool, finding: impl FnOnce() -> Finding) {
        let sum: &mut Tally = match group {
            Group::Attribute => &mut self.report.sums.attributes,
            Group::Relation => &mut self.report.sums.relations,
            Group::Metadata => &mut self.report.sums.metadata,
            Group::TaskField => &mut self.report.sums.task_fields,
        };
        sum.add(right);
        self.report.by_fact.entry(fact.to_owned()).or_default().add(right);
        if !right {
            self.report.findings.push(finding());
        }
    }

    fn relation(&mut self, name: &str, right: bool) {
        let tally = self.report.by_relation.entry(name.to_owned()).or_default();
        tally.judged += 1;
        tally.right += u64::from(right);
    }

    fn metadata(&mut self, extraction: &Extraction) {
        let gold = self.gold;
        let (meta, own) = (&gold.meta, &extraction.document);
        if !meta.judged {
            return;
        }
        let mut field = |fact: &str, right: bool, got: Option<&str>, want: Option<&str>| {
            let (got, want) = (got.map(str::to_owned), want.map(str::to_owned));
            self.judge(Group::Metadata, fact, right, || Finding { got, want, ..blank(gold, fact) });
        };
        let date = own.date.map(|date| date.to_string());
        let issuer = issuer_words(own.issuer.as_ref());
        let issuer_name = own.issuer.as_ref().map(|issuer| issuer.name.as_str());
        let signer = own.signers.first();
        let signer_name = signer.map(|signer| signer.name.as_str());
        let position = signer.and_then(|signer| signer.position.as_deref());

        field("kind", kind(own.kind.as_deref(), meta.kind.as_deref()), own.kind.as_deref(), meta.kind.as_deref());
        let same_number = number(own.number.as_deref()) == number(meta.number.as_deref());
        field("number", same_number, own.number.as_deref(), meta.number.as_deref());
        field("date", date == meta.date, date.as_deref(), meta.date.as_deref());
        if let Some(want) = given(&meta.issuer) {
            field("issuer", has(Some(&issuer), want), issuer_name, Some(want));
        }
        if let Some(want) = given(&meta.province) {
            let around = format!("{} {}", fold(&issuer), fold(own.province.as_deref().unwrap_or_default()));
            field("province", around.contains(&fold(want)), own.province.as_deref(), Some(want));
        }
        if let Some(want) = given(&meta.signer) {
            field("signer", fold(signer_name.unwrap_or_default()) == fold(want), signer_name, Some(want));
        }
        if let Some(want) = given(&meta.signer_position) {
            field("signer position", has(position, want), position, Some(want));
        }
        if let Some(want) = given(&meta.title_starts) {
            let title = own.title.as_deref();
            field("title", fold(title.unwrap_or_default()).starts_with(&fold(want)), title, Some(want));
        }
    }

    fn citations(&mut self, extraction: &Extraction) {
        let gold = self.gold;
        let mut used = vec![false; extraction.citations.len()];
        for want in &gold.citations {
            let span = Span::new(want.start, want.end);
            let free = |(i, got): &(usize, &Citation)| !used[*i] && got.span.overlaps(span);
            let hits: Vec<usize> = extraction.citations.iter().enumerate().filter(free).map(|(i, _)| i).collect();
            if want.optional {
                hits.iter().for_each(|i| used[*i] = true);
                continue;
            }
            // A plenum resolution may be named without a number, by the gold set too.
            let hit = if want.form == "plenum" && want.number.as_deref().is_none_or(str::is_empty) {
                hits.first().copied()
            } else {
                let same = |i: &&usize| number(extraction.citations[**i].number.as_deref()) == number(want.number.as_deref());
                hits.iter().find(same).copied()
            };
            let form = self.report.by_form.entry(want.form.clone()).or_default();
            let Some(hit) = hit else {
                form.missed += 1;
                self.report.sums.citations.missed += 1;
                let there: Vec<_> = hits.iter().filter_map(|i| extraction.citations[*i].number.clone()).collect();
                let got = (!there.is_empty()).then(|| there.join(", "));
                let sentence = Some(self.around(span));
                let finding = Finding {
                    text: Some(one_line(&want.surface)),
                    got,
                    want: want.number.clone(),
                    sentence,
                    ..blank(gold, "citation missed")
                };
                self.report.findings.push(finding);
                continue;
            };
            form.found += 1;
            self.report.sums.citations.found += 1;
            used[hit] = true;
            self.attributes(want, &extraction.citations[hit]);
        }
        for (got, _) in extraction.citations.iter().zip(&used).filter(|(_, used)| !**used) {
            if matches!(got.form, CitationForm::SelfReference | CitationForm::Named) {
                continue;
            }
            self.report.sums.citations.extra += 1;
            self.report.by_form.entry(got.form.as_str().to_owned()).or_default().extra += 1;
            let sentence = Some(one_line(&got.sentence));
            let finding = Finding { text: Some(one_line(&got.text)), got: got.number.clone(), sentence, ..blank(gold, "citation extra") };
            self.report.findings.push(finding);
        }
    }

    fn attributes(&mut self, want: &GoldCitation, got: &Citation) {
        let gold = self.gold;
        let wrong = |what: &str, got_value: Option<String>, want_value: &str| Finding {
            text: Some(one_line(&want.surface)),
            got: got_value,
            want: Some(want_value.to_owned()),
            sentence: Some(one_line(&got.sentence)),
            ..blank(gold, what)
        };
        if let Some(value) = given(&want.date) {
            let date = got.date.map(|date| date.to_string());
            self.judge(Group::Attribute, "citation date", date.as_deref() == Some(value), || wrong("citation date", date, value));
        }
        if let Some(value) = given(&want.issuer) {
            let right = has(got.issuer.as_deref(), value);
            self.judge(Group::Attribute, "citation issuer", right, || wrong("citation issuer", got.issuer.clone(), value));
        }
        if let Some(value) = given(&want.kind)
            && want.form != "alias"
        {
            let right = kind(got.kind.as_deref(), Some(value));
            self.judge(Group::Attribute, "citation kind", right, || wrong("citation kind", got.kind.clone(), value));
        }
        if let Some(value) = given(&want.relation) {
            let right = got.relation.as_str() == value;
            self.relation(value, right);
            if !right {
                self.report.by_relation.entry(got.relation.as_str().to_owned()).or_default().extra += 1;
            }
            self.judge(Group::Relation, "relation", right, || wrong("relation", Some(got.relation.as_str().to_owned()), value));
        }
    }

    fn stated(&mut self, extraction: &Extraction) {
        let gold = self.gold;
        for (from, relation, to) in &gold.stated {
            let right = extraction.stated_relations.iter().any(|got| {
                number(Some(&got.from_number)) == number(Some(from))
                    && got.relation.as_str() == relation
                    && number(Some(&got.to_number)) == number(Some(to))
            });
            self.relation("stated", right);
            let want = Some(format!("{from} {relation} {to}"));
            self.judge(Group::Relation, "stated relation", right, || Finding { want, ..blank(gold, "stated relation missed") });
        }
    }

    fn tasks(&mut self, extraction: &Extraction) {
        let gold = self.gold;
        let mut used = vec![false; extraction.tasks.len()];
        for want in &gold.tasks {
            let near = |(i, got): &(usize, &Task)| !used[*i] && got.span.start.abs_diff(want.start) <= TASK_REACH;
            let hit = extraction.tasks.iter().enumerate().filter(near).min_by_key(|(_, got)| got.span.start.abs_diff(want.start));
            let Some((hit, got)) = hit else {
                self.report.sums.tasks.missed += 1;
                let sentence = Some(self.around(Span::new(want.start, want.start + want.surface.len())));
                let text = Some(one_line(&want.surface));
                let finding = Finding { text, want: Some(want.label.clone()), sentence, ..blank(gold, "task missed") };
                self.report.findings.push(finding);
                continue;
            };
            self.report.sums.tasks.found += 1;
            used[hit] = true;
            self.task_fields(want, got);
        }
        if gold.tasks_partial {
            return;
        }
        for (got, _) in extraction.tasks.iter().zip(&used).filter(|(_, used)| !**used) {
            self.report.sums.tasks.extra += 1;
            let text = Some(clip(&one_line(&got.text), 160));
            let finding = Finding { text, got: got.label.clone(), sentence: Some(self.around(got.span)), ..blank(gold, "task extra") };
            self.report.findings.push(finding);
        }
    }

    fn task_fields(&mut self, want: &GoldTask, got: &Task) {
        let gold = self.gold;
        let wrong = |what: &str, said: String, value: &str| Finding {
            text: Some(format!("{} {}", want.label, one_line(&want.surface))),
            got: (!said.is_empty()).then_some(said),
            want: Some(value.to_owned()),
            sentence: Some(clip(&one_line(&got.text), 240)),
            ..blank(gold, what)
        };
        for (fact, said, values) in
            [("task assignees", &got.assignees, &want.assignees), ("task coordinators", &got.coordinators, &want.coordinators)]
        {
            for value in values {
                let right = said.iter().any(|body| has(Some(body), value));
                self.judge(Group::TaskField, fact, right, || wrong(fact, said.join("; "), value));
            }
        }
        if let Some(value) = given(&want.due) {
            let due = got.due.as_ref().map_or(String::new(), |due| {
                [Some(due.text.clone()), due.date.map(|date| date.to_string())].into_iter().flatten().collect::<Vec<_>>().join(" ")
            });
            let recurrence = got.recurrence.as_ref().map_or(String::new(), |recurrence| {
                let months = recurrence.months.iter().map(u32::to_string);
                [recurrence.text.clone()].into_iter().chain(months).collect::<Vec<_>>().join(" ")
            });
            let said = format!("{due} {recurrence}");
            let right = fold(&said).contains(&fold(value));
            self.judge(Group::TaskField, "task due", right, || wrong("task due", said.trim().to_owned(), value));
        }
        if let Some(value) = given(&want.report_to) {
            let said = got.report_to.as_deref();
            self.judge(Group::TaskField, "task report_to", has(said, value), || {
                wrong("task report_to", said.unwrap_or_default().to_owned(), value)
            });
        }
    }

    /// The words around a span of the text as read: to the blank line or sentence end before and after, at most 240 bytes each way.
    fn around(&self, span: Span) -> String {
        const REACH: usize = 240;
        let end = span.end.min(self.text.len());
        let start = span.start.min(end);
        let from = self.text.floor_char_boundary(start.saturating_sub(REACH));
        let to = self.text.ceil_char_boundary((end + REACH).min(self.text.len()));
        let (start, end) = (self.text.floor_char_boundary(start), self.text.ceil_char_boundary(end));
        let before = &self.text[from..start];
        let after = &self.text[end..to];
        let left = ["\n\n", ". ", "; "].iter().filter_map(|mark| before.rfind(mark).map(|at| at + mark.len())).max().unwrap_or(0);
        let right = ["\n\n", ". ", "; "].iter().filter_map(|mark| after.find(mark)).min().unwrap_or(after.len());
        one_line(&self.text[from + left..end + right])
    }
}

/// The value, when the gold set gives one.
fn given(value: &Option<String>) -> Option<&str> {
    value.as_deref().filter(|value| !value.is_empty())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most `limit` characters, an ellipsis where something was cut.
fn clip(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let mut out: String = text.chars().take(limit).collect();
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use crate::eval::{Counts, Gold, Report, Tally, score};
    use crate::model::Extraction;
    use serde_json::{Value, json};

    const TEXT: &str = "Thực hiện Chỉ thị số 07-CT/TW ngày 01/02/2023 của Ban Bí thư. Xem Nghị quyết 9. Giao Văn phòng theo dõi.";

    fn citation(text: &str, number: &str, relation: &str) -> Value {
        let start = TEXT.find(text).expect("words of the text");
        json!({"span": {"start": start, "end": start + text.len()}, "text": text, "form": "full", "number": number, "relation": relation,
               "sentence": text, "sentence_at": 0})
    }

    fn extraction(citations: Value, tasks: Value) -> Extraction {
        let source = json!({"path": "a.txt", "sha256": "", "media_type": "text/plain", "bytes": 1, "method": "text"});
        let record = json!({"schema": "vanban.extraction/1", "source": source, "document": {"signers": [], "recipients": []},
            "citations": citations, "stated_relations": [], "tasks": tasks, "outline": [], "warnings": []});
        serde_json::from_value(record).expect("a whole record")
    }

    fn judged(gold: Value, got: Extraction) -> Report {
        let gold: Gold = serde_json::from_value(gold).expect("a gold record");
        score([(&gold, &Ok((TEXT.to_owned(), got)))])
    }

    fn wanted(text: &str, number: Value, optional: bool) -> Value {
        let start = TEXT.find(text).expect("words of the text");
        json!({"start": start, "end": start + text.len(), "surface": text, "optional": optional, "number": number, "form": "full",
               "date": "2023-02-01", "relation": "implements"})
    }

    #[test]
    fn a_citation_needs_overlap_and_number() {
        let gold = json!({"file": "a.txt", "citations": [wanted("Chỉ thị số 07-CT/TW", json!("7-CT/TW"), false)]});
        let right = judged(gold.clone(), extraction(json!([citation("số 07-CT/TW", "07-CT/TW", "implements")]), json!([])));
        assert_eq!(right.sums.citations, Counts { found: 1, extra: 0, missed: 0 });
        assert_eq!((right.sums.relations, right.sums.attributes), (Tally { right: 1, judged: 1 }, Tally { right: 0, judged: 1 }));
        let wrong = judged(gold, extraction(json!([citation("số 07-CT/TW", "70-CT/TW", "implements")]), json!([])));
        assert_eq!(wrong.sums.citations, Counts { found: 0, extra: 1, missed: 1 });
        assert_eq!(wrong.findings[0].got.as_deref(), Some("70-CT/TW"));
        assert!(
            wrong.findings[0]
                .sentence
                .as_deref()
                .is_some_and(|sentence| sentence.starts_with("Thực hiện") && sentence.ends_with("Ban Bí thư"))
        );
    }

    #[test]
    fn an_optional_mention_is_judged_neither_way() {
        let gold = json!({"file": "a.txt", "citations": [wanted("Nghị quyết 9", json!(null), true)]});
        let report = judged(gold, extraction(json!([citation("Nghị quyết 9", "9", "mentions")]), json!([])));
        assert_eq!(report.sums.citations, Counts::default());
        assert_eq!(report.sums.citations.f1(), 0.0);
    }

    #[test]
    fn a_task_is_found_by_where_it_begins() {
        let start = TEXT.find("Giao Văn").expect("words of the text");
        let task = |start: usize| {
            json!({"span": {"start": start, "end": TEXT.len()}, "text": "Giao Văn phòng theo dõi", "kind": "assignment",
                   "assignees": ["Văn phòng Tỉnh ủy"], "coordinators": [], "citations": []})
        };
        let want = json!({"label": "1", "start": start, "surface": "Giao Văn phòng", "assignees": ["Văn phòng"], "due": "hằng năm"});
        let gold = json!({"file": "a.txt", "tasks": [want]});
        let report = judged(gold.clone(), extraction(json!([]), json!([task(start + 3), task(start)])));
        assert_eq!(report.sums.tasks, Counts { found: 1, extra: 1, missed: 0 });
        assert_eq!(report.sums.task_fields, Tally { right: 1, judged: 2 });
        assert_eq!(judged(gold, extraction(json!([]), json!([task(0)]))).sums.tasks, Counts { found: 0, extra: 1, missed: 1 });
    }

    #[test]
    fn an_unread_paper_counts_as_missed() {
        let gold = json!({"file": "a.txt", "citations": [wanted("Chỉ thị số 07-CT/TW", json!("7-CT/TW"), false)]});
        let gold: Gold = serde_json::from_value(gold).expect("a gold record");
        let report = score([(&gold, &Err("no permission".to_owned()))]);
        assert_eq!((report.sums.citations.missed, report.sums.metadata.judged), (1, 6));
    }
}
