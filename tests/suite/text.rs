//! Normal text: what characters and lines become, and that every span leads back to where it came from.

use proptest::prelude::*;
use vanban::model::{NormText, RawText, Span};
use vanban::tables::Tables;
use vanban::text::normalise;

fn normal(text: &str) -> NormText {
    static TABLES: std::sync::OnceLock<Tables> = std::sync::OnceLock::new();
    normalise(TABLES.get_or_init(Tables::builtin), &RawText::plain(text))
}

/// Every case file holds pairs parted by a line `=====`: the text as it is, `-----`, the normal text.
#[test]
fn cases() {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/text");
    let mut files: Vec<_> = std::fs::read_dir(dir).expect("the folder of cases").map(|e| e.expect("an entry").path()).collect();
    files.sort();
    assert!(!files.is_empty(), "no case files in {dir}");
    for file in files {
        let all = std::fs::read_to_string(&file).expect("a case file");
        for case in all.split("\n=====\n") {
            let (given, want) = case
                .trim_start_matches('\n')
                .split_once("\n-->\n")
                .unwrap_or_else(|| panic!("{}: a case without -->: {case}", file.display()));
            let given = unescape(given.trim_end_matches('\n'));
            let want = unescape(want.trim_end_matches('\n'));
            let norm = normal(&given);
            let lines: Vec<&str> = norm.text.split('\n').map(str::trim_end).collect();
            assert_eq!(lines.join("\n"), want, "{}: {given:?}", file.display());
            leads_back(&given, &norm);
        }
    }
}

/// Found by fuzzing: the text may end right behind a mark.
#[test]
fn a_mark_without_words_may_end_a_text() {
    for text in ["#", "##", "*", "* ", "# *", "|", "|#", "Hội nghị kết thúc.\n#", "Hội nghị kết thúc.\n\n#\u{c}"] {
        leads_back(text, &normal(text));
    }
}

/// `\u{00D0}` and `\f` in a case file stand for the character.
fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\u{") {
        let end = at + rest[at..].find('}').expect("an escape ends with a brace");
        out.push_str(&rest[..at]);
        let code = u32::from_str_radix(&rest[at + 3..end], 16).expect("hexadecimal");
        out.push(char::from_u32(code).expect("a character"));
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    out
}

/// Source spans cut at characters, keep their order, and hold the same letters as the normal text.
fn leads_back(source: &str, norm: &NormText) {
    assert_eq!(norm.map.norm_len(), norm.text.len());
    assert_eq!(norm.map.source_len(), source.len());
    let mut last = 0;
    for (at, c) in norm.text.char_indices() {
        let span = norm.to_source(Span::new(at, at + c.len_utf8()));
        assert!(source.is_char_boundary(span.start) && source.is_char_boundary(span.end), "{span:?} cuts a character of {source:?}");
        assert!(span.start >= last, "the way back turns round at {at} in {source:?}");
        last = span.start;
        if c.is_alphanumeric() && c.is_ascii() {
            let there = span.of(source);
            let base = |text: &str| vanban::tables::fold::bare(text).contains(c.to_ascii_lowercase());
            assert!(base(there) || !there.is_ascii(), "{c:?} came from {there:?} in {source:?}");
        }
    }
    let whole = norm.to_source(Span::new(0, norm.text.len()));
    assert!(whole.end <= source.len());
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Chỉ thị số 38-CT/TW".to_owned()),
        Just("12-\n\nNQ/TU".to_owned()),
        Just("số\n72/2025/QH15".to_owned()),
        Just("ngày\n26 tháng 11 năm 2025".to_owned()),
        Just("Nghi\u{323}\u{302} quye\u{302}\u{301}t".to_owned()),
        Just("e\u{302}\u{323}".to_owned()),
        Just("\u{d0}a\u{309}ng".to_owned()),
        Just("12<sup>\\*</sup>-CT/TU".to_owned()),
        Just("địa phương¹".to_owned()),
        Just("**ỦY BAN\nNHÂN DÂN**".to_owned()),
        Just("| a | b |\n|---|---|\n| c |  |".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("\u{200b}".to_owned()),
        Just("\u{a0}".to_owned()),
        Just("\u{c}".to_owned()),
        Just("\r\n".to_owned()),
        Just("    ".to_owned()),
        Just("- ".to_owned()),
        Just("\n\n".to_owned()),
        Just("-----\n".to_owned()),
        "[a-zA-ZđĐơƯáẩ0-9 .,;:()*_|/<>&\\\\-]{0,12}",
        "\\PC{0,6}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn spans_lead_back(pieces in prop::collection::vec(piece(), 0..14)) {
        let text = pieces.concat();
        leads_back(&text, &normal(&text));
    }

    #[test]
    fn normalising_twice_changes_nothing(pieces in prop::collection::vec(prop_oneof![
        Just("Chỉ thị số 38-CT/TW, ngày 21/7/2014 của Bộ Chính trị".to_owned()),
        Just(" e\u{302}\u{323} ".to_owned()),
        Just(" \u{d0}o\u{302}i\u{301} ".to_owned()),
        Just(" \u{2013} ".to_owned()),
        Just("\u{a0}".to_owned()),
        Just(" Tăng cường".to_owned()),
        Just(". ".to_owned()),
        "[a-zđơư0-9 ,]{0,12}",
    ], 0..12)) {
        // Of one paragraph: where lines break, a second pass may see other widths.
        let once = normal(&pieces.concat()).text;
        prop_assert_eq!(&normal(&once).text, &once);
    }
}
