//! Who issued the paper, at which level, in which province, at which place.
//!
//! Evidence, strongest first (domain: 3.3): the issuing-body lines, the symbol, the signing authority, the place line
//! (a province or its seat), the words of title and first paragraphs. A central Party letterhead never tells the
//! organ: the signature or the first sentences do. Longer than 350 lines because each kind of evidence has its reader.

use super::joint;
use super::misread_names;
use super::names::{BodyReader, UNITS};
use super::self_told;
use super::spelling::begin_place;
use crate::model::{BlockKind, DocumentFacts, Issuer, Level, NormText, Structure, System};
use crate::structure::{headless, words};
use crate::tables::{Body, Tables, fold};

/// What the evidence is read from.
#[derive(Clone, Copy)]
struct Paper<'p> {
    tables: &'p Tables,
    bodies: &'p BodyReader,
    norm: &'p NormText,
    structure: &'p Structure,
}

/// Fills issuer, province and place of `facts`; number, date and signers are known already. `said`: the issuer as its annexes name it.
pub(super) fn find(
    tables: &Tables,
    bodies: &BodyReader,
    norm: &NormText,
    structure: &Structure,
    said: Option<String>,
    facts: &mut DocumentFacts,
) {
    let paper = Paper { tables, bodies, norm, structure };
    let head: Vec<&str> = structure.letterhead.iter().map(|span| span.of(&norm.text).trim()).collect();
    facts.place = head.iter().find(|line| words::is_place_line(line)).and_then(|line| place(line));
    let lines = issuer_lines(tables, &head);
    let register = facts.parsed.as_ref().map(|n| n.register().to_owned());
    let party = facts.parsed.as_ref().map(|n| n.system == System::Party).unwrap_or_else(|| party_paper(&head, facts));
    let authority = facts.signers.first().and_then(|s| s.authority.clone()).or_else(|| last_authority(tables, norm, structure));
    let named = if lines.is_empty() {
        deciding_body(paper).or(said).or_else(|| self_told::adopter(bodies, norm, structure)).unwrap_or_default()
    } else {
        issuing_body(tables, &lines)
    };
    let mut level = None;
    let mut name = None;
    let by_code: Vec<&Body> = register.as_deref().map(|code| tables.issuers.by_code(code).collect()).unwrap_or_default();
    // "BẢO HIỂM XÃ HỘI TỈNH HÀ NAM" writes with the code of the centre.
    let local_office =
        |body: &Body| bodies.province_within(&named).is_some_and(|name| !body.name.contains(&name)) && is_local(tables, &named);
    let central = by_code.iter().find(|body| body.level == Some(Level::Central) && (body.system == System::Party) == party);
    if let Some(central) = central.filter(|body| !local_office(body)) {
        level = Some(Level::Central);
        name = Some(if central.code == "TW" {
            organ(paper, authority.as_deref()).unwrap_or_else(|| "Ban Chấp hành Trung ương".into())
        } else {
            central.name.clone()
        });
    } else if register.as_deref().is_some_and(|code| code.starts_with("QH") || code.starts_with("UBTVQH")) {
        level = Some(Level::Central);
        name = Some(
            if register.as_deref().is_some_and(|code| code.starts_with('U')) {
                "Ủy ban Thường vụ Quốc hội"
            } else {
                "Quốc hội"
            }
            .to_owned(),
        );
    }
    facts.province = province(paper, facts, &named, &lines.join(" "), level);
    let joint = joint::bodies(tables, norm, structure, facts.parsed.as_ref(), &lines);
    if joint.len() > 1 {
        level = level.or_else(|| level_of(&fold::lower(&joint[0]), register.as_deref().unwrap_or_default(), facts.province.is_some()));
        joint::in_order(&joint, &mut facts.signers);
        // The place stands behind the last name, for all of them; "Ủy ban nhân dân tỉnh" wants it none the less.
        let usual = joint.iter().enumerate().map(|(i, name)| {
            let name = begun(proper(tables, bodies, name, facts));
            let wants = i + 1 == joint.len() || [" tỉnh", " thành phố"].iter().any(|unit| name.ends_with(unit));
            if wants { with_place(tables, name, level, facts) } else { name }
        });
        name = Some(usual.collect::<Vec<_>>().join(joint::AND));
    } else if name.is_none() {
        (name, level) = local(paper, facts, &named, &by_code, party, authority.as_deref());
    }
    if level == Some(Level::Central) {
        facts.province = None;
    }
    // "Hội đồng nhân dân tỉnh" of the first sentences, whose level nothing else tells.
    let local = name.as_deref().is_some_and(|name| name.ends_with(" tỉnh") || name.ends_with(" thành phố"));
    let level = level.or(Some(Level::Province).filter(|_| local));
    let name = name.map(|name| with_place(tables, name, level, facts));
    facts.issuer = name.map(|name| Issuer { name, register, level, province: facts.province.clone() });
}

/// With a capital at its head: names of the table have one, capitals that were made small have none.
fn begun(name: String) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The lines of the letterhead that name the issuing body and the one above it, in the order of the text.
fn issuer_lines(tables: &Tables, head: &[&str]) -> Vec<String> {
    head.iter()
        .map(|line| {
            // What the other column has on the same line.
            let beside = ["CỘNG HÒA", "CỘNG HOÀ", "ĐẢNG CỘNG SẢN", "Độc lập"];
            let line = beside.iter().fold(*line, |line, words| line.split(words).next().unwrap_or(line));
            misread_names::before_state(line).trim_matches([' ', '_', '-', '*'])
        })
        .map(|line| {
            let urgency = tables.forms("urgency").iter().find_map(|word| line.strip_suffix(word.as_str()));
            urgency.filter(|rest| !rest.ends_with(char::is_alphanumeric)).map_or(line, str::trim_end)
        })
        .filter(|line| {
            !line.is_empty()
                && !line.starts_with(|c: char| c.is_ascii_digit())
                && !words::is_number_line(line)
                && !words::is_place_line(line)
                && !words::is_motto(tables, line)
                // "KHÓA XVII", "KHÓA XIV, KỲ HỌP THỨ NĂM" below the name of a council.
                && !fold::lower(line).starts_with("khóa ")
        })
        .filter(|line| !line.chars().any(char::is_lowercase) && line.chars().filter(|c| c.is_alphabetic()).count() > 3)
        .map(|line| misread_names::body(tables, line).map_or_else(|| line.to_owned(), |name| name.to_uppercase()))
        .collect()
}

/// The lines that name the issuing body itself: from the last line that begins a body's name on. An office of a
/// committee bears the committee's name behind it ("TỈNH ỦY KIÊN GIANG / VĂN PHÒNG").
fn issuing_body(tables: &Tables, lines: &[String]) -> String {
    let begins = |line: &str| words::begins_body(tables, line);
    let Some(last) = lines.iter().rposition(|line| begins(line)) else { return lines.join(" ") };
    let body = lines[last..].join(" ");
    let above = lines[..last].iter().rposition(|line| begins(line)).map(|i| lines[i..last].join(" "));
    let folded = fold::lower(&body);
    // "MẶT TRẬN TỔ QUỐC VIỆT NAM TỈNH A / BAN THƯỜNG TRỰC": the organ of the body above.
    let bare =
        joint::is_organ(&body)
            || tables.issuers.rows().iter().any(|row| {
                row.folded.strip_prefix(&folded).is_some_and(|rest| matches!(rest.trim(), "tỉnh ủy" | "trung ương" | "huyện ủy"))
            });
    // "HỘI NÔNG DÂN VIỆT NAM / BAN CHẤP HÀNH TỈNH SÔNG LAM": the committee of the organisation above in that place.
    const COMMITTEE: &str = "BAN CHẤP HÀNH ";
    if let Some((place, organisation)) =
        body.strip_prefix(COMMITTEE).zip(above.as_deref().and_then(|above| above.strip_suffix(" VIỆT NAM")))
        && ["TỈNH ", "HUYỆN ", "THÀNH PHỐ ", "XÃ ", "PHƯỜNG "].iter().any(|unit| place.starts_with(unit))
    {
        return format!("{COMMITTEE}{organisation} {place}");
    }
    match above {
        Some(above) if bare => {
            let above = fold::lower(&above).replace("ban chấp hành trung ương", "TRUNG ƯƠNG").to_uppercase();
            format!("{body} {above}")
        }
        _ => body,
    }
}

/// Who decides, where no letterhead names the issuer: the line of capitals between subject and basis ("HỘI ĐỒNG NHÂN DÂN TỈNH LAI CHÂU").
fn deciding_body(paper: Paper<'_>) -> Option<String> {
    const REACH: usize = 16;
    let Paper { tables, norm, structure, .. } = paper;
    let blocks = structure.blocks.iter().take(REACH);
    let words = |block: &crate::model::Block| block.span.of(&norm.text).trim();
    let founds = |block: &crate::model::Block| {
        let opens = |head: &String| words(block).starts_with(head.as_str());
        // "QUYẾT ĐỊNH:" below the name of a paper whose basis was left out.
        let decides = || words(block).strip_suffix(':').is_some_and(|words| !words.contains(char::is_lowercase));
        block.kind == BlockKind::Basis || tables.forms("basis").iter().any(opens) || decides()
    };
    let basis = blocks.clone().position(founds)?;
    let lines: Vec<&str> = blocks.take(basis).filter(|block| block.kind != BlockKind::Title).map(words).collect();
    lines.iter().rev().find_map(|line| headless::decider(tables, line)).map(str::to_owned)
}

/// "Đắk Lắk" of "Đắk Lắk, ngày 26 tháng 11 năm 2025".
fn place(line: &str) -> Option<String> {
    let at = line.to_lowercase().find("ngày")?;
    let words = line.get(..at)?.trim_matches([' ', ',', '.', '*', '-']);
    // "Số: 3122/QĐ-UBND, Long Hồ, ngày …": both columns of the letterhead in one line.
    let words = if words::is_number_line(words) { words.split_once(", ").map_or(words, |(_, place)| place) } else { words };
    (!words.is_empty() && words.chars().count() < 40).then(|| words.to_owned())
}

/// True when the letterhead or the signature follows the Party's form.
fn party_paper(head: &[&str], facts: &DocumentFacts) -> bool {
    head.iter().any(|line| fold::lower(line).contains("đảng cộng sản việt nam"))
        || facts.signers.iter().any(|s| s.authority.as_deref().is_some_and(|a| a.contains('/')))
}

fn last_authority(tables: &Tables, norm: &NormText, structure: &Structure) -> Option<String> {
    structure.signatures.iter().flatten().map(|span| span.of(&norm.text)).find(|line| words::is_authority(tables, line)).map(str::to_owned)
}

/// Bộ Chính trị, Ban Bí thư or Ban Chấp hành Trung ương, from the signature, the line under the type word, or the first sentences.
fn organ(paper: Paper<'_>, authority: Option<&str>) -> Option<String> {
    let Paper { tables, bodies, norm, structure } = paper;
    let of_register = |words: &str| {
        let folded = fold::lower(words);
        let central = tables.issuers.rows().iter().filter(|body| body.register == "TW" && body.code.is_empty());
        central.filter_map(|body| folded.find(&body.folded).map(|at| (at, body.name.clone()))).min().map(|(_, name)| name)
    };
    let under_type = || {
        // "NGHỊ QUYẾT CỦA BỘ CHÍNH TRỊ" on one line, or below the type word.
        let word = structure.type_word.map_or(0, |span| span.end);
        let beside = norm.text[word..].lines().next().filter(|_| word > 0).map(str::trim);
        let below = structure.letterhead.iter().map(|span| span.of(&norm.text));
        beside.into_iter().chain(below).find(|line| fold::lower(line).starts_with("của ")).map(str::to_owned)
    };
    authority
        .and_then(of_register)
        .or_else(|| under_type().as_deref().and_then(of_register))
        .or_else(|| first_paragraphs(norm, structure).find_map(|line| acting(tables, bodies, line)).and_then(|words| of_register(&words)))
}

/// The first lines of running text.
fn first_paragraphs<'t>(norm: &'t NormText, structure: &'t Structure) -> impl Iterator<Item = &'t str> {
    structure
        .blocks
        .iter()
        .filter(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Basis))
        .take(10)
        .map(|b| b.span.of(&norm.text))
}

/// The body of the table that stands right before a verb which only the issuer of a paper is the subject of.
fn acting(tables: &Tables, bodies: &BodyReader, line: &str) -> Option<String> {
    let begins = |at: &usize| line[..*at].ends_with(' ');
    let verbs = tables.forms("issuer_act").iter();
    let mut at: Vec<usize> =
        verbs.flat_map(|verb| line.match_indices(verb.as_str()).map(|(i, _)| i)).filter(begins).map(|i| i - 1).collect();
    at.sort_unstable();
    at.into_iter().find_map(|at| {
        let start = line[..at].rfind([',', ';', '.', ':']).map_or(0, |i| i + 1);
        let words = line[start..at].trim();
        let first = words.find(char::is_uppercase)?;
        let read = bodies.read(&words[first..])?;
        (read.known.is_some() && words.len() - first - read.len < 12).then_some(read.name)
    })
}

/// The province of a paper below the centre.
fn province(paper: Paper<'_>, facts: &DocumentFacts, named: &str, above: &str, level: Option<Level>) -> Option<String> {
    let Paper { tables, bodies, norm, structure } = paper;
    if level == Some(Level::Central) {
        return None;
    }
    // The body itself, then the lines above it: "ĐẢNG BỘ TỈNH SÔNG LAM / HUYỆN ỦY LAM THƯỢNG".
    if let Some(found) = bodies.province_within(named).or_else(|| bodies.province_within(above)) {
        return Some(found);
    }
    if let Some(place) = &facts.place {
        let bare = ["Thành phố ", "thành phố ", "TP. ", "TP.", "TP ", "Tỉnh ", "T.P "]
            .iter()
            .find_map(|unit| place.strip_prefix(unit))
            .unwrap_or(place);
        if let Some(found) = tables.provinces.at(bare, facts.date).or_else(|| tables.provinces.named(bare).last()) {
            // Ministries sit in Hà Nội: the place tells the province only of a local body.
            return Some(found.name.clone());
        }
        let seats: Vec<&str> =
            tables.provinces.with_capital(bare).filter(|p| facts.date.is_none_or(|day| p.valid_on(day))).map(|p| p.name.as_str()).collect();
        if let Some(first) = seats.first().filter(|first| seats.iter().all(|name| name == *first)) {
            return Some((*first).to_owned());
        }
    }
    // Title, then the whole text: "tỉnh Hòa Bình" named most often, when no other comes near.
    let title = facts.title.as_deref().unwrap_or("");
    if let Some((at, name)) = bodies.last_province(title)
        && ["tỉnh ", "thành phố ", "tỉnh ủy ", "thành ủy "].iter().any(|unit| fold::lower(&title[..at]).ends_with(unit))
    {
        return Some(name);
    }
    let local = structure.blocks.iter().any(|b| {
        let line = b.span.of(&norm.text);
        tables.forms("of_province").iter().any(|w| line.contains(w.as_str()))
    });
    if !local {
        return None;
    }
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    for unit in ["tỉnh ", "Tỉnh ủy ", "Tỉnh uỷ ", "Thành ủy ", "thành phố "] {
        for at in memchr::memmem::find_iter(norm.text.as_bytes(), unit) {
            let rest = super::names::clip(&norm.text[at + unit.len()..], 40);
            if let Some((_, name)) = bodies.province_prefix(rest, &fold::lower(rest)) {
                *counts.entry(name.to_owned()).or_default() += 1;
            }
        }
    }
    let total: usize = counts.values().sum();
    counts.into_iter().max_by_key(|(_, n)| *n).filter(|(_, n)| n * 3 > total * 2).map(|(name, _)| name)
}

/// Name and level of a body that is not told by the symbol alone.
fn local(
    paper: Paper<'_>,
    facts: &DocumentFacts,
    named: &str,
    by_code: &[&Body],
    party: bool,
    authority: Option<&str>,
) -> (Option<String>, Option<Level>) {
    let Paper { tables, bodies, norm, structure } = paper;
    let folded = fold::lower(named);
    // The letterhead knows better than a table whether its province was a city on that day.
    let by_table = || facts.province.as_deref().and_then(|p| tables.provinces.at(p, facts.date)).is_some_and(|p| p.city);
    let city = folded.contains("thành ủy") || folded.contains("thành phố") || !folded.contains("tỉnh") && by_table();
    let of_province = |name: &str| facts.province.as_ref().map_or_else(|| name.to_owned(), |p| format!("{name} {p}"));
    let committee = if city { "Thành ủy" } else { "Tỉnh ủy" };
    let register = facts.parsed.as_ref().map(|n| n.register().to_owned()).unwrap_or_default();
    let said = authority.map(fold::lower).unwrap_or_default();
    let provincial_party =
        register == "TU" || (register.is_empty() && party && (folded.contains("tỉnh ủy") || folded.contains("thành ủy")));
    if provincial_party {
        let standing = said.contains("ban thường vụ") || said.contains("btv");
        let whole = said.contains("ban chấp hành") || said.contains("bch");
        let name = match (standing, whole) {
            (true, _) => format!("Ban Thường vụ {committee}"),
            (_, true) => format!("Ban Chấp hành Đảng bộ {}", if city { "thành phố" } else { "tỉnh" }),
            _ => committee.to_owned(),
        };
        return (Some(of_province(&name)), Some(Level::Province));
    }
    if let Some(body) = by_code.iter().find(|body| body.level == Some(Level::Province) && body.system == System::Party) {
        let name = if city { body.name.replace("Tỉnh ủy", "Thành ủy") } else { body.name.clone() };
        return (Some(of_province(&name)), Some(Level::Province));
    }
    // A state body, or a Party body below the province: the lines of the letterhead name it.
    if !named.is_empty() {
        let level = level_of(&folded, &register, facts.province.is_some());
        let name = proper(tables, bodies, named, facts);
        // "T/M BAN THƯỜNG VỤ" below a paper of a committee: its standing committee decided, as in the province.
        let committee = ["Huyện ủy ", "Quận ủy ", "Thị ủy ", "Thành ủy ", "Đảng ủy "].iter().any(|head| name.starts_with(head));
        let standing = committee && (said.contains("ban thường vụ") || said.contains("btv"));
        return (Some(if standing { format!("Ban Thường vụ {name}") } else { name }), level);
    }
    // No letterhead: the line under the type word, the subject of the first sentences, the signature.
    let under = structure.letterhead.iter().map(|span| span.of(&norm.text)).find_map(|line| {
        let rest = line.strip_prefix("CỦA ").or_else(|| line.strip_prefix("của "))?;
        let number = rest.find(" SỐ ").or_else(|| rest.find(" số ")).unwrap_or(rest.len());
        Some(proper(tables, bodies, rest[..number].trim(), facts))
    });
    let acting = || first_paragraphs(norm, structure).find_map(|line| acting(tables, bodies, line)).map(|name| headed(tables, name));
    let signing = || self_told::signing(bodies, norm, structure, authority?);
    let name = under.or_else(acting).or_else(signing).or_else(|| by_code.first().map(|body| body.name.clone()));
    let level = name
        .as_deref()
        .and_then(|name| bodies.read(name))
        .and_then(|read| read.known)
        .and_then(|id| tables.issuers.by_id(&id).and_then(|body| body.level));
    (name, level)
}

/// True for the name of a local office: "BẢO HIỂM XÃ HỘI TỈNH HÀ NAM".
fn is_local(tables: &Tables, named: &str) -> bool {
    let folded = fold::lower(named);
    tables.folded_forms("local_body").iter().any(|body| {
        let place = folded.strip_prefix(body.as_str());
        place.is_some_and(|place| [" tỉnh ", " thành phố ", " tp "].iter().any(|unit| place.starts_with(unit)))
    })
}

/// The body of who is named by position: "Bộ Y tế" of "Bộ trưởng Bộ Y tế"; "Thủ tướng Chính phủ" is an issuer of its own.
fn headed(tables: &Tables, name: String) -> String {
    let heads = ["Bộ trưởng ", "Thống đốc ", "Tổng cục trưởng ", "Cục trưởng ", "Giám đốc ", "Chủ tịch "];
    let body = heads.iter().find_map(|head| name.strip_prefix(head)).filter(|body| words::begins_body(tables, body));
    body.map_or_else(|| name.clone(), str::to_owned)
}

fn level_of(folded: &str, register: &str, province: bool) -> Option<Level> {
    // "Sở Lao động - Thương binh và Xã hội", "Liên minh Hợp tác xã tỉnh": no commune.
    let folded = &folded.replace("xã hội", "").replace("hợp tác xã", "");
    let has = |words: &[&str]| words.iter().any(|w| folded.contains(w));
    if has(&["xã ", "phường ", "thị trấn", "đặc khu", "chi bộ"]) {
        Some(Level::Commune)
    } else if has(&["huyện", "quận", "thị xã", "thị ủy"]) || register == "HU" {
        Some(Level::District)
    } else if has(&["tỉnh", "thành phố", "sở "]) {
        Some(Level::Province)
    } else if folded.starts_with("bộ ") || folded.contains("trung ương") || has(&["chính phủ", "quốc hội", "tổng cục"]) {
        // Ministries sit in Hà Nội: their place tells no province.
        Some(Level::Central)
    } else if province {
        Some(Level::Province)
    } else if has(&["cục "]) {
        Some(Level::Central)
    } else {
        None
    }
}

/// The name of an office of the province with the province: "Sở Y tế" to "Sở Y tế tỉnh Sông Lam", "Thanh tra tỉnh" to "Thanh tra tỉnh Sông Lam".
fn with_place(tables: &Tables, name: String, level: Option<Level>, facts: &DocumentFacts) -> String {
    let Some(province) = facts.province.as_deref().filter(|_| level == Some(Level::Province)) else { return name };
    let folded = fold::lower(&name);
    if folded.contains(&fold::lower(province)) {
        return name;
    }
    if [" tỉnh", " thành phố"].iter().any(|unit| folded.ends_with(unit)) {
        return format!("{name} {province}");
    }
    let office = folded.starts_with("sở ") && !folded.contains(" tỉnh") && !folded.contains(" thành phố");
    let city = || tables.provinces.at(province, facts.date).is_some_and(|p| p.city);
    if office { format!("{name} {} {province}", if city() { "thành phố" } else { "tỉnh" }) } else { name }
}

/// Capitals to the usual writing, by the names of the tables: "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK" to
/// "Ủy ban nhân dân tỉnh Đắk Lắk".
fn proper(tables: &Tables, bodies: &BodyReader, named: &str, facts: &DocumentFacts) -> String {
    if named.chars().any(char::is_lowercase) {
        return named.to_owned();
    }
    if let Some(name) = misread_names::body(tables, named) {
        return name;
    }
    // "BỘ LAO ĐỘNG-THƯƠNG BINH VÀ XÃ HỘI".
    let named = named.replace('-', joint::AND).replace("   ", " ").replace("  ", " ");
    let mut name = spelt_out(&bodies.usual(&named));
    // A place that no table has is spelt as on the place line ("Lam Thượng, ngày …").
    if let Some(place) = facts.place.as_deref()
        && let Some(at) = name.find(&fold::lower(place)).filter(|_| fold::lower(place).len() == place.len())
        && !name[..at].ends_with(char::is_alphanumeric)
        && !name[at + place.len()..].starts_with(char::is_alphanumeric)
    {
        name.replace_range(at..at + place.len(), place);
    }
    let name = begin_place(&name, &UNITS);
    let bare = matches!(fold::lower(&name).as_str(), "ủy ban nhân dân" | "hội đồng nhân dân");
    match (&facts.province, bare) {
        (Some(province), true) => format!(
            "{name} {} {province}",
            if tables.provinces.at(province, facts.date).is_some_and(|p| p.city) { "thành phố" } else { "tỉnh" }
        ),
        _ => name,
    }
}

/// "Văn phòng UBND tỉnh" to "Văn phòng Ủy ban nhân dân tỉnh".
fn spelt_out(name: &str) -> String {
    let words = name.split(' ').map(|word| match word {
        "UBND" => "Ủy ban nhân dân",
        "HĐND" => "Hội đồng nhân dân",
        _ => word,
    });
    words.collect::<Vec<_>>().join(" ")
}
