//! The invisible text that text recognition leaves behind a scanned page.
//!
//! Duty: pdf-inspector skips invisible text when it gives positions, and lopdf gives it without lines. So the pages are
//! copied with that text made visible, and read again for their positions; where that fails, lopdf's text without lines is
//! taken. Not here: telling which pages are scans.

use super::pdf::{extract, letters, run};
use super::pdf_lines::{Page, Run};
use lopdf::content::Content;
use lopdf::{Document, Object, ObjectId};
use std::collections::{HashMap, HashSet};

/// Bytes that the marks of one page may unpack to.
const MAX_CONTENT: usize = 64 << 20;
/// Letters from which a layer is one; fewer are specks.
const ENOUGH: usize = 12;

/// The layers of the pages that have one; `pages` with the number of letters that are visible on each.
pub(super) fn read(mut document: Document, pages: &HashMap<u32, usize>, max_text: usize) -> HashMap<u32, Page> {
    let mut layers: HashMap<u32, Page> = HashMap::new();
    let mut wanted = Vec::new();
    for (&page, visible) in pages {
        let text = document.extract_text_with_limit(&[page], max_text).unwrap_or_default().replace('\u{c}', "\n");
        if letters(&text) >= visible * 2 + ENOUGH {
            layers.insert(page, Page::Layer(text.trim().to_owned()));
            wanted.push(page);
        }
    }
    if wanted.is_empty() {
        return layers;
    }
    let Some(shown) = shown(&mut document, &wanted) else { return layers };
    let wanted: HashSet<u32> = wanted.into_iter().collect();
    let Ok(items) = extract(&shown, Some(&wanted)) else { return layers };
    let mut runs: HashMap<u32, Vec<Run>> = HashMap::new();
    for item in &items {
        runs.entry(item.page).or_default().extend(run(item));
    }
    for (page, runs) in runs {
        let found: usize = runs.iter().map(|run| letters(&run.text)).sum();
        // Positions are better than none, unless much of the text has none.
        if matches!(layers.get(&page), Some(Page::Layer(text)) if found * 10 >= letters(text) * 9) {
            layers.insert(page, Page::Laid(runs));
        }
    }
    layers
}

/// The document as a file in which the text of the pages is visible.
fn shown(document: &mut Document, pages: &[u32]) -> Option<Vec<u8>> {
    // An encrypted file would be written encrypted again.
    if document.is_encrypted() || document.was_encrypted() {
        return None;
    }
    let ids = document.get_pages();
    for id in pages.iter().filter_map(|page| ids.get(page)) {
        let content = document.get_page_content_with_limit(*id, MAX_CONTENT).ok()?;
        if let Some(content) = show(&content) {
            document.change_page_content(*id, content).ok()?;
        }
    }
    // Some writers keep the layer as a form that the page draws.
    let forms: Vec<ObjectId> = document.objects.iter().filter(|(_, object)| is_form(object)).map(|(id, _)| *id).collect();
    for id in forms {
        let Ok(stream) = document.get_object_mut(id).and_then(Object::as_stream_mut) else { continue };
        let content = stream.get_plain_content_with_limit(MAX_CONTENT).ok();
        if let Some(content) = content.and_then(|content| show(&content)) {
            stream.set_plain_content(content);
        }
    }
    let mut file = Vec::new();
    document.save_to(&mut file).ok()?;
    Some(file)
}

fn is_form(object: &Object) -> bool {
    let subtype = object.as_stream().and_then(|stream| stream.dict.get(b"Subtype"));
    subtype.and_then(Object::as_name).is_ok_and(|name| name == b"Form")
}

/// The marks with invisible text (mode 3) filled (mode 0); `None` when there is none.
fn show(content: &[u8]) -> Option<Vec<u8>> {
    let mut content = Content::decode(content).ok()?;
    let mut changed = false;
    for operation in content.operations.iter_mut().filter(|operation| operation.operator == "Tr") {
        if operation.operands.first().and_then(|mode| mode.as_i64().ok()) == Some(3) {
            operation.operands = vec![Object::Integer(0)];
            changed = true;
        }
    }
    changed.then(|| content.encode().ok()).flatten()
}
