//! The knowledge tables: spelling, order, unique ids, references, dates. Not here: what the recognisers do with them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use unicode_normalization::is_nfc;
use vanban::model::Date;
use vanban::tables::{Province, Tables, fold};

/// Name and text of every table in the source tree.
fn texts() -> Vec<(String, String)> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tables");
    let mut out: Vec<(String, String)> = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "tsv"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    out.sort();
    assert!(out.len() >= 8, "the tables are in src/tables");
    out
}

/// Lines of data of one table: (line number, cells by column).
fn rows(text: &str) -> Vec<(usize, HashMap<&str, &str>)> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let header: Vec<&str> = lines.next().expect("a table has a header").1.split('\t').collect();
    lines.map(|(i, line)| (i + 1, header.iter().copied().zip(line.split('\t')).collect())).collect()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn every_table_is_clean_text_with_a_source_line() {
    for (name, text) in texts() {
        assert!(text.starts_with("# "), "{name}: the first line tells the source");
        assert!(text.ends_with('\n') && !text.contains('\r'), "{name}: lines end with a newline");
        assert!(!text.starts_with('\u{feff}'), "{name}: no byte order mark");
        // The look-alike table lists the very characters, blanks among them, that the others must not have.
        for (i, line) in text.lines().enumerate().filter(|_| name != "confusables.tsv") {
            assert!(is_nfc(line), "{name} line {}: not NFC", i + 1);
            assert!(!line.ends_with(' '), "{name} line {}: trailing blank", i + 1);
            for cell in line.split('\t') {
                assert!(line.starts_with('#') || cell == cell.trim(), "{name} line {}: blank around {cell:?}", i + 1);
            }
        }
    }
}

#[test]
fn ids_and_keys_are_unique() {
    for (name, column) in [("provinces.tsv", "id"), ("issuers.tsv", "id"), ("kinds.tsv", "code")] {
        let all = texts();
        let text = &all.iter().find(|(n, _)| n == name).unwrap().1;
        let mut seen = HashSet::new();
        for (line, row) in rows(text) {
            assert!(!row[column].is_empty(), "{name} line {line}: {column} is empty");
            assert!(seen.insert(row[column]), "{name} line {line}: {} twice", row[column]);
        }
    }
}

#[test]
fn the_compiled_tables_parse_and_an_overlay_adds_rows() {
    let tables = Tables::builtin();
    assert!(tables.kinds.rows().len() > 40 && tables.issuers.rows().len() > 80 && !tables.relations.is_empty());
    let row =
        "id\tname\tkind\tcapitals\taliases\tvalid_from\tvalid_to\tsuccessor\nsong-lam@1997\tSông Lam\tprovince\tBến Thủy\t\t1997-01-01\n";
    let more = Tables::with_texts(vec![("provinces.tsv".into(), row.into())]).unwrap();
    assert_eq!(more.provinces.rows().len(), tables.provinces.rows().len() + 1);
    assert_eq!(more.provinces.with_capital("bến thuỷ").next().unwrap().name, "Sông Lam");
    let wrong = Tables::with_texts(vec![("provinces.tsv".into(), row.replace("1997-01-01", "1997-02-30"))]).unwrap_err();
    assert!(wrong.reason().contains("provinces.tsv line 2"), "{}", wrong.reason());
}

#[test]
fn kinds_parse_back_from_each_spelling_and_name() {
    let tables = Tables::builtin();
    for kind in tables.kinds.rows() {
        for code in &kind.codes {
            assert_eq!(tables.kinds.by_code(code).unwrap().code, kind.code, "spelling {code}");
        }
        assert!(tables.kinds.by_code(&kind.family).is_some(), "family {} of {} is a kind", kind.family, kind.code);
        let named = tables.kinds.by_name(&kind.name).unwrap();
        assert_eq!(fold::lower(&named.name), fold::lower(&kind.name));
    }
    assert_eq!(tables.kinds.family("QyĐ"), tables.kinds.family("QĐi"));
}

#[test]
fn provinces_stand_in_order_of_slug_and_year() {
    let tables = Tables::builtin();
    let keys: Vec<(String, u16)> = tables
        .provinces
        .rows()
        .iter()
        .map(|unit| {
            let (slug, year) = unit.id.split_once('@').expect("slug@year");
            assert_eq!(slug, fold::slug(&unit.name), "id of {}", unit.name);
            let year: u16 = year.parse().unwrap();
            assert!(unit.valid_from.is_none_or(|from| from.year() == year as i16), "year of {}", unit.id);
            (slug.to_owned(), year)
        })
        .collect();
    assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "provinces.tsv is sorted by slug, then year");
}

#[test]
fn units_of_one_name_follow_each_other_and_lead_to_a_later_unit() {
    let tables = Tables::builtin();
    let mut by_name: BTreeMap<&str, Vec<&Province>> = BTreeMap::new();
    for unit in tables.provinces.rows() {
        assert!(!unit.capitals.is_empty(), "{} has a seat", unit.id);
        assert!(unit.valid_from.zip(unit.valid_to).is_none_or(|(from, to)| from < to), "{} ends after it begins", unit.id);
        if let Some(next) = &unit.successor {
            let heir = tables.provinces.by_id(next).unwrap_or_else(|| panic!("{} leads to {next}, which is no unit", unit.id));
            let end = unit.valid_to.unwrap_or_else(|| panic!("{} has a successor but no last day", unit.id));
            assert!(heir.valid_on(end.tomorrow().unwrap()), "{next} exists on the day after {}", unit.id);
        }
        by_name.entry(&unit.name).or_default().push(unit);
    }
    for units in by_name.values() {
        for pair in units.windows(2) {
            assert!(pair[0].valid_to.unwrap() < pair[1].valid_from.unwrap(), "{} and {} overlap", pair[0].id, pair[1].id);
        }
    }
}

#[test]
fn there_are_as_many_units_as_the_law_says() {
    let tables = Tables::builtin();
    let count = |date: &str| tables.provinces.rows().iter().filter(|unit| unit.valid_on(day(date))).count();
    for (date, want) in [
        ("1985-01-01", 40),
        ("1994-01-01", 53),
        ("2000-01-01", 61),
        ("2004-02-01", 64),
        ("2010-01-01", 63),
        ("2025-06-30", 63),
        ("2025-07-01", 34),
        ("2026-10-01", 34),
    ] {
        assert_eq!(count(date), want, "on {date}");
    }
    let merged = tables.provinces.rows().iter().filter(|unit| unit.valid_to == Some(day("2025-06-30"))).count();
    assert_eq!(merged, 52, "63 less the 11 that stayed as they were");
}

#[test]
fn provinces_are_found_by_spelling_seat_and_day() {
    let tables = Tables::builtin();
    let at = |name: &str, date: &str| tables.provinces.at(name, Some(day(date))).map(|unit| unit.id.as_str());
    for (name, date, want) in [
        ("Quảng Trị", "2017-05-05", Some("quang-tri@1989")),
        ("Quảng Trị", "2025-07-01", Some("quang-tri@2025")),
        ("HOÀ BÌNH", "2019-01-01", Some("hoa-binh@1991")),
        ("Hòa Bình", "2025-08-01", None),
        ("Đắc Lắc", "2003-01-01", Some("dak-lak@1976")),
        ("TP. HCM", "2019-01-01", Some("ho-chi-minh@1976")),
        ("Thừa Thiên – Huế", "2024-12-31", Some("thua-thien-hue@1989")),
        ("Hà Tây", "2008-07-31", Some("ha-tay@1991")),
        ("Cần Thơ", "2003-12-31", Some("can-tho@1992")),
    ] {
        assert_eq!(at(name, date), want, "{name} on {date}");
    }
    let seats = |place: &str, date: &str| -> Vec<&str> {
        tables.provinces.with_capital(place).filter(|unit| unit.valid_on(day(date))).map(|unit| unit.id.as_str()).collect()
    };
    assert_eq!(seats("Đông Hà", "2007-10-17"), ["quang-tri@1989"]);
    assert_eq!(seats("Đồng Hới", "2025-09-01"), ["quang-tri@2025"]);
    assert_eq!(seats("Quy Nhơn", "2025-09-01"), ["gia-lai@2025"]);
    assert_eq!(seats("Phủ Lý", "2022-03-24"), ["ha-nam@1997"]);
}

#[test]
fn terms_of_a_body_follow_each_other_without_a_gap() {
    let tables = Tables::builtin();
    let rows = tables.terms.rows();
    assert!(rows.iter().all(|term| (0..=120).contains(&term.tolerance)));
    for pair in rows.windows(2).filter(|pair| pair[0].body == pair[1].body) {
        assert_eq!(pair[0].to.unwrap().tomorrow().unwrap(), pair[1].from, "{} {} and {}", pair[0].body, pair[0].name, pair[1].name);
    }
    for (body, date, want) in [
        ("TW", "2014-07-21", "XI"),
        ("TW", "2021-01-30", "XII"),
        ("TW", "2021-01-31", "XIII"),
        ("TW", "2026-01-23", "XIV"),
        ("TU", "2022-03-24", "2020-2025"),
        ("TU", "2007-10-17", "2005-2010"),
    ] {
        assert_eq!(tables.terms.on(body, day(date)).unwrap().name, want, "{body} on {date}");
    }
}
