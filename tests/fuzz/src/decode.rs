//! The bytes of any file become text or a reason. A panic of this project's own code is a finding; one inside a parser of
//! others costs its reader process in the program and is told as a crash, so it is passed over here.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::panic::{catch_unwind, set_hook};
use std::path::Path;
use std::process::abort;
use std::sync::Once;
use vanban::source::{Limits, decode, sniff};

static HOOK: Once = Once::new();

fuzz_target!(|bytes: &[u8]| {
    HOOK.call_once(|| {
        set_hook(Box::new(|panic| {
            let own = panic.location().is_some_and(|place| place.file().starts_with("src/"));
            if own {
                eprintln!("{panic}");
                abort();
            }
        }));
    });
    let limits = Limits { max_bytes: 1 << 20, max_text: 1 << 20, ..Limits::default() };
    let path = Path::new("fuzz");
    let _ = catch_unwind(|| {
        if let Ok(raw) = sniff(bytes, path).and_then(|format| decode(format, bytes, path, &limits)) {
            assert!(!raw.text.trim().is_empty() && raw.text.len() <= limits.max_text);
        }
    });
});
