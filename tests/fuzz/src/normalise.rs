//! Any text becomes normal text, and every span of it leads back to the source, at characters and in order.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use vanban::model::{RawText, Span};
use vanban::tables::Tables;
use vanban::text::normalise;

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::builtin);

fuzz_target!(|source: &str| {
    let norm = normalise(&TABLES, &RawText::plain(source));
    assert_eq!(norm.map.norm_len(), norm.text.len());
    assert_eq!(norm.map.source_len(), source.len());
    let mut last = 0;
    for (at, c) in norm.text.char_indices() {
        let span = norm.to_source(Span::new(at, at + c.len_utf8()));
        assert!(source.is_char_boundary(span.start) && source.is_char_boundary(span.end), "{span:?} cuts a character");
        assert!(span.start >= last, "the way back turns round at {at}");
        last = span.start;
    }
});
