//! Plain text and Markdown: the bytes as they are, or decoded when they are not UTF-8.
//!
//! Duty: encodings with a byte order mark, damaged UTF-8, single-byte encodings by guess, and refusing noise.
//! Not here: the letters of TCVN3, VNI and VISCII, whose bytes come through as windows-1252 ([`legacy`] restores them).
//! Markdown marks are kept: spans count in the file's own bytes.

use super::legacy_words::Encoding as Old;
use super::{Format, Limits, legacy};
use crate::model::{ErrorKind, Method, RawText, Span, Warning, WarningKind};
use crate::tables::legacy::cp1252_char;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use memchr::memchr_iter;

/// Valid multi-byte characters for each damaged place, from which the file counts as UTF-8 that was damaged.
const VALID_FOR_ONE_DAMAGED: usize = 8;

/// Decodes a text file. Errors: noise, or more bytes than `limits.max_text`.
pub(super) fn decode(format: Format, bytes: Vec<u8>, limits: &Limits) -> Result<RawText, ErrorKind> {
    if bytes.len() > limits.max_text {
        return Err(ErrorKind::TooLarge { bytes: bytes.len() as u64, limit: limits.max_text as u64 });
    }
    let Decoded { text, encoding, warnings } = to_text(bytes, None)?;
    Ok(RawText { text, media_type: format.media_type().into(), encoding: Some(encoding), pages: None, method: Method::Text, warnings })
}

/// Text with the encoding it was in.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: String,
    pub(super) warnings: Vec<Warning>,
}

/// Decodes bytes whose encoding is open; `declared` is what the file says of itself (an HTML page does).
pub(super) fn to_text(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<Decoded, ErrorKind> {
    if let Some(encoding) = utf16_mark(&bytes) {
        return Ok(foreign(encoding, &bytes[2..]));
    }
    if memchr_iter(0, &bytes).count() * 100 > bytes.len() {
        return Err(ErrorKind::Binary);
    }
    // Valid UTF-8 is UTF-8 whatever the file says: no other encoding looks like it by chance.
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(Decoded { text, encoding: "utf-8".into(), warnings: Vec::new() }),
        Err(error) => error.into_bytes(),
    };
    if is_noise(&bytes) {
        return Err(ErrorKind::Binary);
    }
    if is_damaged_utf8(&bytes) {
        return Ok(damaged_utf8(&bytes));
    }
    if let Some(text) = old_vietnamese(&bytes) {
        return Ok(Decoded { text, encoding: legacy::SINGLE_BYTE.into(), warnings: Vec::new() });
    }
    Ok(foreign(declared.unwrap_or_else(|| guess(&bytes)), &bytes))
}

/// The bytes as windows-1252, where that shows a Vietnamese encoding which no standard decoder knows.
fn old_vietnamese(bytes: &[u8]) -> Option<String> {
    let text: String = bytes.iter().map(|byte| cp1252_char(*byte)).collect();
    let restored = legacy::restore(&text)?;
    let (encoding, _) = restored.used.first()?;
    matches!(encoding, Old::Tcvn3 | Old::Vni | Old::Viscii).then_some(text)
}

/// True when more than one byte in twenty-five is a control character that no text has.
///
/// VISCII puts six capital letters on control characters, so a few are allowed.
pub(super) fn is_noise(bytes: &[u8]) -> bool {
    let controls =
        |bytes: &[u8]| bytes.iter().filter(|&&b| (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)) || b == 0x7f).count();
    controls(bytes) * 25 > bytes.len() || memchr_iter(0, bytes).count() * 100 > bytes.len()
}

/// The UTF-16 encoding that a byte order mark names.
pub(super) fn utf16_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        _ => None,
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"vn"), Utf8Detection::Deny)
}

fn foreign(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let name = encoding.name().to_ascii_lowercase();
    let warnings = if damaged {
        let at = text.find('\u{fffd}').map(|at| Span::new(at, at + '\u{fffd}'.len_utf8()));
        let message = format!("some bytes are not {name} and were replaced");
        vec![Warning { kind: WarningKind::Decoding, message, span: at }]
    } else {
        Vec::new()
    };
    Decoded { text: text.into_owned(), encoding: name, warnings }
}

fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut damaged) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        // Lead bytes of multi-byte characters.
        valid += chunk.valid().bytes().filter(|&b| b >= 0xc0).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    valid >= damaged * VALID_FOR_ONE_DAMAGED
}

fn damaged_utf8(bytes: &[u8]) -> Decoded {
    let mut text = String::with_capacity(bytes.len() + 16);
    let mut warnings: Vec<Warning> = Vec::new();
    let mut places = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if chunk.invalid().is_empty() {
            continue;
        }
        // Bytes that follow each other are one damage.
        places += usize::from(places == 0 || !chunk.valid().is_empty());
        let at = text.len();
        text.push('\u{fffd}');
        if warnings.is_empty() {
            warnings.push(Warning { kind: WarningKind::Decoding, message: String::new(), span: Some(Span::new(at, text.len())) });
        }
    }
    if let Some(first) = warnings.first_mut() {
        first.message = format!("bytes were replaced in {places} place(s), the first one here");
    }
    Decoded { text, encoding: "utf-8 (damaged)".into(), warnings }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> RawText {
        decode(Format::Text, bytes.to_vec(), &Limits::default()).unwrap()
    }

    #[test]
    fn utf8_keeps_its_bytes_and_its_mark() {
        let text = "\u{feff}Số 12-CT/TU\r\nSông Lam";
        let raw = read(text.as_bytes());
        assert_eq!((raw.text.as_str(), raw.encoding.as_deref()), (text, Some("utf-8")));
    }

    #[test]
    fn utf16_is_told_by_its_mark() {
        for (encoding, little) in [("utf-16le", true), ("utf-16be", false)] {
            let units = "\u{feff}Tỉnh ủy Sông Lam".encode_utf16();
            let bytes: Vec<u8> = units.flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect();
            let raw = read(&bytes);
            assert_eq!((raw.text.as_str(), raw.encoding.as_deref()), ("Tỉnh ủy Sông Lam", Some(encoding)));
        }
    }

    #[test]
    fn windows_1258_is_guessed() {
        let text = "Ca\u{309}i ca\u{301}ch ha\u{300}nh chi\u{301}nh cu\u{309}a ti\u{309}nh, quy\u{301} 2 năm sau. ".repeat(8);
        let (bytes, _, unmapped) = encoding_rs::WINDOWS_1258.encode(&text);
        assert!(!unmapped, "the text must fit the encoding");
        assert_eq!(read(&bytes).encoding.as_deref(), Some("windows-1258"));
    }

    #[test]
    fn one_broken_byte_is_damage_not_another_encoding() {
        let mut bytes = "Ban Thường vụ Tỉnh ủy chỉ đạo các cấp ủy trực thuộc".as_bytes().to_vec();
        bytes.insert(4, 0xff);
        let raw = read(&bytes);
        assert_eq!(raw.encoding.as_deref(), Some("utf-8 (damaged)"));
        assert_eq!(raw.warnings[0].kind, WarningKind::Decoding);
        assert_eq!(raw.warnings[0].span.map(|span| span.of(&raw.text)), Some("\u{fffd}"));
    }

    #[test]
    fn noise_is_refused() {
        let noise: Vec<u8> = (0..20_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(Format::Text, noise, &Limits::default()).unwrap_err(), ErrorKind::Binary);
        let hole = [b"Some words first.".to_vec(), vec![0; 5000]].concat();
        assert_eq!(decode(Format::Text, hole, &Limits::default()).unwrap_err(), ErrorKind::Binary);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(0u8.., 0..400)) {
            let _ = decode(Format::Text, bytes, &Limits::default());
        }

        #[test]
        fn valid_text_comes_back_unchanged(text in "[^\u{0}]{0,80}") {
            if utf16_mark(text.as_bytes()).is_none() {
                proptest::prop_assert_eq!(read(text.as_bytes()).text, text);
            }
        }
    }
}
