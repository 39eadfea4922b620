//! Any text that a person may type as a reference is taken apart without harm.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use vanban::query::Reading;
use vanban::tables::Tables;

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::builtin);

fuzz_target!(|text: &str| {
    let reading = Reading::of(&TABLES, text);
    assert!(reading.serial.is_none_or(|serial| serial.starts_with(|c: char| c.is_ascii_digit())));
});
