//! Changes a PDF where the parsers would lose what it says.
//!
//! Duty: short names of filters (writers of before 2005 name the filter of a page's stream as only an inline picture may,
//! `/Fl` for `/FlateDecode`, which every viewer accepts and the parsers do not); the letter of TCVN3 that Unicode calls a
//! soft hyphen, which the parser drops. Not here: decoding.

use super::fonts::{Font, SOFT_HYPHEN};
use lopdf::{Document, Object};

/// Bytes that a map from codes to characters may unpack to.
const MAX_MAP: usize = 4 << 20;

/// Short name and name (PDF 1.7, table 94).
const NAMES: [(&[u8], &str); 7] = [
    (b"Fl", "FlateDecode"),
    (b"LZW", "LZWDecode"),
    (b"A85", "ASCII85Decode"),
    (b"AHx", "ASCIIHexDecode"),
    (b"RL", "RunLengthDecode"),
    (b"CCF", "CCITTFaxDecode"),
    (b"DCT", "DCTDecode"),
];

/// The file anew when something had to be changed, `None` when nothing had.
pub(super) fn repaired(document: &mut Document) -> Option<Vec<u8>> {
    // An encrypted file would be written encrypted again.
    if document.is_encrypted() || document.was_encrypted() {
        return None;
    }
    let mut changed = false;
    for object in document.objects.values_mut() {
        let Ok(stream) = object.as_stream_mut() else { continue };
        let Ok(filter) = stream.dict.get_mut(b"Filter") else { continue };
        match filter {
            Object::Array(filters) => filters.iter_mut().for_each(|filter| changed |= spell(filter)),
            filter => changed |= spell(filter),
        }
    }
    changed |= keep_soft_hyphens(document);
    let mut file = Vec::new();
    (changed && document.save_to(&mut file).is_ok()).then_some(file)
}

/// Puts another character for the soft hyphen into the character maps of fonts of an old encoding.
fn keep_soft_hyphens(document: &mut Document) -> bool {
    let is_old = |name: &[u8]| Font::of(&String::from_utf8_lossy(name)) != Font::Other;
    let fonts = document.objects.values().filter_map(|object| object.as_dict().ok());
    let fonts = fonts.filter(|font| font.get(b"BaseFont").and_then(Object::as_name).is_ok_and(is_old));
    let maps: Vec<_> = fonts.filter_map(|font| font.get(b"ToUnicode").and_then(Object::as_reference).ok()).collect();
    let mut changed = false;
    for id in maps {
        let Ok(stream) = document.get_object_mut(id).and_then(Object::as_stream_mut) else { continue };
        let Ok(map) = stream.get_plain_content_with_limit(MAX_MAP) else { continue };
        let map = String::from_utf8_lossy(&map);
        // The last part of a line is the character; what stands before it are codes.
        let lines: Vec<String> = map
            .split(['\n', '\r'])
            .map(|line| {
                let end = line.trim_end();
                match end.strip_suffix("<00AD>").or_else(|| end.strip_suffix("<00ad>")) {
                    Some(codes) if codes.contains('>') => format!("{codes}<{:04X}>", SOFT_HYPHEN as u32),
                    _ => line.to_owned(),
                }
            })
            .collect();
        let lines = lines.join("\n");
        if lines.len() != map.len() || lines.bytes().zip(map.bytes()).any(|(a, b)| a != b && !b.is_ascii_whitespace()) {
            stream.set_plain_content(lines.into_bytes());
            changed = true;
        }
    }
    changed
}

fn spell(filter: &mut Object) -> bool {
    let Some((_, name)) = filter.as_name().ok().and_then(|short| NAMES.iter().find(|(known, _)| *known == short)) else { return false };
    *filter = Object::Name(name.as_bytes().to_vec());
    true
}
