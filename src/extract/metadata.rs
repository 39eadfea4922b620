//! What a document says of itself: number, kind, date, title, term.
//!
//! The letterhead first; where it is silent, stamp, adoption clause and title. Not here: issuer and province (see
//! `issuing`), signers (see `signers`).

use super::issuing;
use super::mention::Mention;
use super::mentions::MentionFinder;
use super::own_date;
use super::portal;
use super::self_told;
use crate::model::{
    Block, BlockKind, DateBasis, DocNumber, DocumentFacts, Issuer, NormText, Span, Structure, System, Warning, WarningKind,
};
use crate::structure::words;
use crate::tables::{Tables, fold};

/// Bytes of a line with type word, body and number of a paper.
const LONGEST_NAME: usize = 240;
/// Lines before the basis of a paper without letterhead.
const REACH_OF_HEAD: usize = 12;
/// Lines of the basis, and of what goes before the articles.
const REACH_OF_BASIS: usize = 30;

/// Reads the document's own facts.
pub(super) fn find(
    tables: &Tables,
    finder: &MentionFinder,
    norm: &NormText,
    structure: &Structure,
    warnings: &mut Vec<Warning>,
) -> DocumentFacts {
    let mut facts = DocumentFacts::default();
    facts.parsed = own_number(tables, finder, norm, structure);
    facts.number = facts.parsed.as_ref().map(ToString::to_string);
    kind(tables, norm, structure, &mut facts);
    (facts.date, facts.date_basis) = own_date::find(norm, structure).map_or((None, None), |(date, basis)| (Some(date), Some(basis)));
    facts.title = title(norm, structure);
    let mut said = None;
    if facts.parsed.is_none()
        && let Some(own) = by_annex(tables, finder, norm, structure, facts.kind.as_deref())
    {
        facts.number = own.number.as_ref().map(ToString::to_string);
        facts.parsed = own.number;
        said = own.issuer;
        if let Some(kind) = own.kind.as_deref().and_then(|code| tables.kinds.by_code(code)).filter(|_| facts.kind.is_none()) {
            facts.kind = Some(tables.kinds.word(&kind.code).to_owned());
            facts.kind_name = Some(kind.name.clone());
        }
        if facts.date.is_none() {
            (facts.date, facts.date_basis) = (own.date, own.date.map(|_| DateBasis::Headline));
        }
    }
    if (facts.date.is_none() || facts.title.is_none())
        && let Some(own) = &facts.parsed
    {
        let mentions = own_mentions(finder, norm, structure, own);
        if facts.date.is_none()
            && let Some(date) = mentions.iter().find_map(|mention| mention.date)
        {
            (facts.date, facts.date_basis) = (Some(date), Some(DateBasis::Headline));
        }
        let subject =
            || Some(mentions.iter().find_map(|mention| mention.title)?.of(&norm.text).trim_end_matches(['.', ';', ' ']).to_owned());
        facts.title = facts.title.or_else(subject);
    }
    facts.signers = finder.signers.find(tables, norm, structure);
    facts.recipients = structure.recipients.iter().map(|span| recipient(span.of(&norm.text))).filter(|r| !r.is_empty()).collect();
    let told = portal::fill(tables, finder, norm, &mut facts);
    issuing::find(tables, &finder.bodies, norm, structure, said, &mut facts);
    facts.issuer = facts.issuer.or_else(|| told.map(|issuer| Issuer { province: facts.province.clone(), ..issuer }));
    facts.term = term(tables, &facts);
    facts.id = id(&facts);
    let mut missing = |kind, what: &str| warnings.push(Warning::new(kind, format!("the text shows no {what} of its own")));
    if facts.number.is_none() {
        missing(WarningKind::NumberMissing, "number");
    }
    if facts.date.is_none() {
        missing(WarningKind::DateMissing, "date");
    }
    if facts.issuer.is_none() {
        missing(WarningKind::IssuerMissing, "issuer");
    }
    facts
}

/// The number in the letterhead: on a "Số" line, else the only number of the letterhead.
fn own_number(tables: &Tables, finder: &MentionFinder, norm: &NormText, structure: &Structure) -> Option<DocNumber> {
    let lines = || structure.letterhead.iter().map(|span| span.of(&norm.text));
    let on = |line: &str| finder.numbers.find(&repaired(line), 0).into_iter().next().map(|found| found.number);
    let office = |line: &str| office_number(&repaired(line));
    // "CHÍNH PHỦ số: 12/CP": before the number stands nothing but a name in capitals or a type word; a subject would cite another paper.
    let alone = |line: &str| {
        let line = repaired(line);
        let found = finder.numbers.find(&line, 0).into_iter().next()?;
        let head = line[..found.span.start].trim_end_matches([' ', ':', '.']);
        let head = head.strip_suffix("số").unwrap_or(head).trim();
        (!head.chars().any(char::is_lowercase) || tables.kinds.by_name(head).is_some()).then_some(found.number)
    };
    let headline = || {
        let first = structure.blocks.first()?.span.of(&norm.text).trim();
        // A page of a portal begins with the citation of what it shows, and nothing else: "Nghị quyết số 12-NQ/TU".
        let found = finder.numbers.find(first, 0).into_iter().next()?;
        let word = first[..found.span.start].trim_end_matches([' ', ':']);
        let word = word.strip_suffix("số").or_else(|| word.strip_suffix("SỐ")).unwrap_or(word).trim_end();
        let law = tables.kinds.rows().iter().any(|kind| {
            matches!(kind.code.as_str(), "L" | "BL" | "PL")
                && word.strip_prefix(kind.name.as_str()).is_some_and(|rest| rest.starts_with(' '))
        });
        let named = (law && found.number.system == System::Assembly)
            || word.is_empty()
            || tables.kinds.by_name(word).is_some()
            || word.eq_ignore_ascii_case("số");
        (first.len() == found.span.end && named).then_some(found.number)
    };
    // "NGHỊ ĐỊNH" / "CỦA CHÍNH PHỦ SỐ 29/1998/NĐ-CP NGÀY …": collections put the number under the type word.
    let below = || {
        let caps = |line: &&str| line.contains(" SỐ ") && !line.contains(char::is_lowercase) && line.len() < 160;
        let line = lines().map(str::trim).find(caps)?;
        on(&line.replacen(" SỐ ", " số ", 1))
    };
    let type_line = || {
        let word = structure.type_word?;
        let line = structure.blocks.iter().find(|b| b.span.contains(word))?.span.of(&norm.text);
        // "Nghị định số 5/2013/NĐ-CP sửa đổi …": what follows the type word; "QUYẾT ĐỊNH của Bộ trưởng … số 12/QĐ-BTC" too.
        let after = norm.text[word.end..].trim_start_matches([' ', ':']);
        let after = after.strip_prefix("số").map_or(after, |rest| rest.trim_start_matches([' ', ':']));
        let beside = after.starts_with(|c: char| c.is_ascii_digit());
        let told = line.len() < LONGEST_NAME && line.contains(" số ");
        (beside || told).then(|| on(line)).flatten()
    };
    let numbered = || lines().filter(|line| words::is_number_line(line));
    numbered().find_map(on).or_else(|| numbered().find_map(office)).or_else(headline).or_else(type_line).or_else(below).or_else(|| {
        lines()
            .filter(|line| line.chars().count() < 100)
            .find_map(|line| finder.numbers.whole(line).or_else(|| line.contains("số").then(|| alone(line)).flatten()))
    })
}

/// "Số: 2276/VP-TH": the number of an office whose code stands in no table, which fills the line.
fn office_number(line: &str) -> Option<DocNumber> {
    let line = line.trim();
    let rest = ["Số", "số", "SỐ"].iter().find_map(|lead| line.strip_prefix(lead))?.trim_start_matches([':', '.', ' ']);
    let (serial, code) = rest.split_once('/')?;
    let (serial, code) = (serial.trim(), code.trim());
    // "4222 /TCT -PC Hà Nội, ngày …": blanks beside the hyphen, the other column behind.
    let code = code.replace(" -", "-").replace("- ", "-");
    let code = match code.split_once(' ') {
        Some((code, beside)) if words::is_place_line(beside) => code,
        _ => code.as_str(),
    };
    let figures = (1..=6).contains(&serial.len()) && serial.bytes().all(|b| b.is_ascii_digit());
    // "1187/SGDĐT-GDTrH": a small letter or two inside.
    let small = code.chars().filter(|c| c.is_lowercase()).count() <= 2 && code.ends_with(|c: char| !c.is_lowercase());
    let letters = code.chars().all(|c| c.is_alphabetic() || c.is_ascii_digit() || matches!(c, '-' | '&')) && small;
    let letters = letters && code.starts_with(char::is_uppercase);
    (figures && letters && (2..=24).contains(&code.chars().count())).then(|| DocNumber {
        serial: serial.to_owned(),
        year: None,
        kind: None,
        issuers: code.split('-').map(str::to_owned).collect(),
        system: System::Letter,
    })
}

/// A number line with the signs of recognition errors undone: `Số: l2-CT/TW`, `Sô 12 -CT/TU`.
fn repaired(line: &str) -> String {
    let mut out = line.replacen("Sô", "Số", 1);
    let from = out.find("Số").map_or(0, |i| i + "Số".len());
    let serial = from + (out[from..].len() - out[from..].trim_start_matches([' ', ':', '.']).len());
    let Some(length) = out[serial..].find(['/', '-']).filter(|length| (1..=8).contains(length)) else { return out };
    let figures = &out[serial..serial + length];
    if figures.chars().all(|c| c.is_ascii_digit() || matches!(c, 'l' | 'I' | 'O' | ' ' | '*')) {
        let figures: String = figures
            .chars()
            .filter(|c| *c != ' ')
            .map(|c| {
                if c == 'O' {
                    '0'
                } else if matches!(c, 'l' | 'I') {
                    '1'
                } else {
                    c
                }
            })
            .collect();
        out.replace_range(serial..serial + length, &figures);
    }
    out
}

/// The paper that an annex says it is issued with, below its heading: "(Kèm theo Quyết định số 49/2012/QĐ-UBND ngày … của …)". `kind`: of the
/// paper itself, where its type word is there.
fn by_annex(tables: &Tables, finder: &MentionFinder, norm: &NormText, structure: &Structure, kind: Option<&str>) -> Option<Mention> {
    const LINES: usize = 8;
    let family = |code: &str| tables.kinds.family(code).to_owned();
    let annexes = structure.blocks.iter().map(|block| block.annex).max().unwrap_or(0);
    let attached = |block: &Block| tables.forms("attached_line").iter().any(|head| block.span.of(&norm.text).starts_with(head.as_str()));
    let told = |(at, block): (usize, &Block)| {
        let mut mentions = Vec::new();
        finder.find(&norm.text, block.span, at, &mut mentions);
        mentions.into_iter().next().filter(|mention| mention.number.is_some())
    };
    let headed = (1..=annexes).find_map(|annex| {
        let mut below = structure.blocks.iter().enumerate().filter(|(_, block)| block.annex == annex).take(LINES);
        let own = told(below.find(|(_, block)| attached(block))?)?;
        let same = || own.kind.as_deref().zip(kind).is_none_or(|(told, kind)| family(told) == family(kind));
        same().then_some(own)
    });
    // Where no heading tells the annex: a decision is not issued with a decision, what follows it is.
    let below = || {
        let lines = structure.blocks.iter().enumerate().filter(|(_, block)| block.annex == 0).skip(LINES);
        let own = told(lines.into_iter().find(|(_, block)| attached(block))?)?;
        own.kind.as_deref().zip(kind).is_some_and(|(told, kind)| told == kind).then_some(own)
    };
    headed.or_else(below)
}

fn kind(tables: &Tables, norm: &NormText, structure: &Structure, facts: &mut DocumentFacts) {
    let named = structure.type_word.and_then(|span| {
        let word = span.of(&norm.text);
        tables.kinds.by_name(word).or_else(|| tables.kinds.by_bare_name(word))
    });
    let words = || structure.blocks.iter().filter(|block| block.annex == 0).map(|block| block.span.of(&norm.text).trim());
    // "QUYẾT ĐỊNH:" above the articles of a paper whose type word is gone.
    let based = || structure.blocks.iter().take(REACH_OF_HEAD).position(|block| block.kind == BlockKind::Basis);
    let resolved = || {
        let mut words = words()
            .skip(based()?)
            .take(REACH_OF_BASIS)
            .filter_map(|words| words.strip_suffix(':'))
            .filter(|words| !words.contains(char::is_lowercase));
        words.find_map(|words| if words == "QUYẾT NGHỊ" { tables.kinds.by_code("NQ") } else { tables.kinds.by_name(words) })
    };
    let named = named.or_else(|| resolved().filter(|_| facts.parsed.is_none()));
    let coded = facts.parsed.as_ref().and_then(|n| n.kind.as_deref()).and_then(|code| tables.kinds.by_code(code));
    let letter = facts.parsed.as_ref().is_some_and(|n| n.system == System::Letter)
        || structure.title.first().is_some_and(|t| t.of(&norm.text).starts_with("V/v"));
    let kind = match (named, coded) {
        // "5680/CT-CS" over "V/v …": the first code is the office, not a kind.
        (None, _) if letter => tables.kinds.by_code("CV"),
        // Letters alone have no type word.
        (None, None) if words().take(REACH_OF_HEAD).any(|words| words.starts_with("Kính gửi")) => tables.kinds.by_code("CV"),
        // "Quy định 37-QĐ/TW" is titled QUY ĐỊNH: the title word tells, within one family.
        // "THÔNG TƯ" above "LIÊN TỊCH CỦA …": the longer name.
        (Some(named), Some(coded)) if coded.name.strip_prefix(&named.name).is_some_and(|rest| rest.starts_with(' ')) => Some(coded),
        (Some(named), Some(coded)) if named.family == coded.family => Some(named),
        // "THÔNG BÁO kết luận": the symbol tells when the words disagree.
        (_, Some(coded)) => Some(coded),
        (Some(named), None) => Some(named),
        (None, None) => self_told::kind(tables, norm, structure),
    };
    facts.kind = kind.map(|k| tables.kinds.word(&k.code).to_owned());
    facts.kind_name = kind.map(|k| k.name.clone());
}

/// Mentions of the paper's own number in its first lines ("Nghị quyết số 57-NQ/TW (ngày 22/12/2024)", "… đã ký ban hành
/// Nghị quyết số 57-NQ/TW về …").
fn own_mentions(finder: &MentionFinder, norm: &NormText, structure: &Structure, own: &DocNumber) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for (index, block) in structure.blocks.iter().enumerate().take(8) {
        finder.find(&norm.text, block.span, index, &mut mentions);
    }
    mentions.retain(|mention| mention.number.as_ref().is_some_and(|number| number.key() == own.key()));
    mentions
}

/// The subject; that of a letter stands behind the mark "V/v" (NĐ 30/2020, Phụ lục I), which is no part of it.
fn title(norm: &NormText, structure: &Structure) -> Option<String> {
    let words: Vec<&str> = structure.title.iter().map(|span: &Span| span.of(&norm.text).trim()).filter(|w| !w.is_empty()).collect();
    let joined = words.join(" ");
    let unmarked = joined.strip_prefix("V/v").or_else(|| joined.strip_prefix("v/v")).unwrap_or(&joined);
    let subject = unmarked.trim_start_matches([':', ' ']).trim_end_matches(['.', '/', ' ']);
    (!subject.is_empty()).then(|| subject.to_owned())
}

fn recipient(line: &str) -> String {
    line.trim_start_matches(['-', '+', '•', ' ']).trim_end_matches([',', ';', '.', ' ', '/']).to_owned()
}

/// The committee term that runs on the day of a Party paper.
fn term(tables: &Tables, facts: &DocumentFacts) -> Option<String> {
    let number = facts.parsed.as_ref()?;
    let date = facts.date?;
    let body = match number.register() {
        _ if number.system != System::Party => return None,
        code if code.ends_with("TW") => "TW",
        code if code.ends_with("TU") => "TU",
        _ => return None,
    };
    tables.terms.on(body, date).map(|term| term.name.clone())
}

/// `12-ct-tu-ha-nam-2022`: number, province and year.
fn id(facts: &DocumentFacts) -> Option<String> {
    let number = facts.parsed.as_ref()?;
    let mut words = vec![fold::slug(&number.to_string())];
    if let Some(province) = facts.province.as_deref() {
        words.push(fold::slug(province));
    }
    if number.year.is_none()
        && let Some(date) = facts.date
    {
        words.push(date.year().to_string());
    }
    Some(words.join("-"))
}
