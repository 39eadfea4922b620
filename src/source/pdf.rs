//! PDF files with a text layer.
//!
//! Duty: encryption, damage and page count (lopdf); positioned runs of text (pdf-inspector), page by page where the
//! whole fails; telling pages that are pictures. Not here: the invisible layer of a scan (`pdf_layer`), the order of the
//! runs on a page (`pdf_layout`) and what repeats over pages (`pdf_pages`).

use super::fonts::Font;
use super::lines::mark_label;
use super::ocr::Recogniser;
use super::pdf_lines::{Page, Run};
use super::pdf_rules::Rules;
use super::pdf_scan::Scanned;
use super::reader::message;
use super::{Format, Limits, hocr, pdf_doubt, pdf_layer, pdf_pages, pdf_repairs, pdf_rules, pdf_scan, pdf_tables};
use crate::model::{ErrorKind, Method, RawText, Warning, WarningKind};
use lopdf::{Document, LoadOptions};
use memchr::memmem;
use pdf_inspector::TextItem;
use pdf_inspector::extractor::ItemType;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Bytes that one stream of the file may unpack to.
const MAX_STREAM: usize = 256 << 20;
/// Square points from which a picture may be a scanned page; a third of A4.
const SCAN: f32 = 150_000.0;
/// Letters that stamps and running heads print on a scanned page.
const FEW_LETTERS: usize = 200;
/// Bytes at the end in which a sound file says where its table is; writers append a few stray bytes now and then.
const TAIL: usize = 4096;

/// Reads a PDF. Errors: cut off, encrypted with a password, refused by the parser, or pictures only.
pub(super) fn decode(bytes: &[u8], limits: &Limits, ocr: &Recogniser) -> Result<RawText, ErrorKind> {
    let end = bytes.iter().rposition(|b| !b.is_ascii_whitespace() && *b != 0).map_or(0, |last| last + 1);
    if memmem::find(&bytes[end.saturating_sub(TAIL)..end], b"startxref").is_none() {
        return Err(ErrorKind::Truncated("the end of the PDF is missing".into()));
    }
    let options = LoadOptions { max_decompressed_size: Some(MAX_STREAM), ..LoadOptions::default() };
    let mut document = Document::load_mem_with_options(bytes, options).map_err(refused)?;
    if document.is_encrypted() && document.encryption_state.is_none() {
        return Err(ErrorKind::Encrypted);
    }
    let numbers: Vec<u32> = document.get_pages().into_keys().collect();
    if numbers.is_empty() {
        return Err(ErrorKind::Malformed("it has no pages".into()));
    }
    let anew = pdf_repairs::repaired(&mut document);
    let items = items(anew.as_deref().unwrap_or(bytes), &numbers)?;
    // Rules that cannot be read cost the cells of a table, not the page.
    let ruled = |id| catch_unwind(AssertUnwindSafe(|| pdf_rules::read(&document, id))).unwrap_or_default();
    let rules: HashMap<u32, Rules> = document.get_pages().into_iter().map(|(page, id)| (page, ruled(id))).collect();
    let unread: HashMap<u32, usize> =
        numbers.iter().filter(|page| items.is_picture(**page)).map(|page| (*page, items.letters(*page))).collect();
    let hidden = if unread.is_empty() { HashMap::new() } else { pdf_layer::read(document, &unread, limits.max_text) };
    let is_wanted = |page: &u32| ocr.takes_all() || (unread.contains_key(page) && !hidden.contains_key(page));
    let wanted: Vec<u32> = numbers.iter().copied().filter(is_wanted).collect();
    let mut scanned = if wanted.is_empty() || !ocr.is_there() { Scanned::default() } else { pdf_scan::read(bytes, &wanted, ocr) };
    let own = |page: u32| {
        hidden.get(&page).cloned().unwrap_or_else(|| match rules.get(&page).filter(|rules| !rules.upright.is_empty()) {
            Some(rules) => Page::Lines(pdf_tables::page(items.runs(page), rules)),
            None => Page::Laid(items.runs(page)),
        })
    };
    let doubts = pdf_doubt::doubts(numbers.iter().filter(|page| !wanted.contains(page)).map(|page| (*page, own(*page))));
    if !doubts.is_empty() && ocr.is_there() {
        scanned.pages.extend(pdf_doubt::recognised(bytes, &doubts, ocr));
    }
    let mut pages: Vec<Page> = Vec::with_capacity(numbers.len());
    let mut pictures = Vec::new();
    let mut layers = 0;
    let mut recognised = 0;
    for &number in &numbers {
        match scanned.pages.get(&number) {
            // A drawn page shows all that it says, the few words beside a scan too.
            Some(page) if doubts.contains_key(&number) || page.letters >= items.letters(number) => {
                recognised += usize::from(page.letters > 0);
                pages.push(Page::Laid(page.runs.clone()));
            }
            // What little a scanned page says itself, a signature's stamp say, is kept.
            _ => {
                layers += usize::from(hidden.contains_key(&number));
                pictures.extend((unread.contains_key(&number) && !hidden.contains_key(&number)).then_some(number));
                pages.push(own(number));
            }
        }
    }
    let garbled: Vec<u32> = doubts.keys().copied().filter(|page| !scanned.pages.contains_key(page)).collect();
    if !ocr.is_there() && garbled.iter().filter(|page| doubts[page] == 0).count() * 2 > numbers.len() {
        return Err(ErrorKind::NeedsOcr);
    }
    let said: usize = numbers.iter().filter(|page| !hidden.contains_key(page)).map(|page| items.letters(*page)).sum();
    let is_scan = pictures.len() * 2 >= numbers.len() && said < FEW_LETTERS && layers + recognised == 0;
    if is_scan {
        return Err(if !items.failed.is_empty() {
            ErrorKind::Malformed(format!("no page can be read: {}", items.why))
        } else if let Some(why) = scanned.why {
            why
        } else if items.images {
            ErrorKind::NeedsOcr
        } else {
            ErrorKind::Empty
        });
    }
    let mut warnings = warnings(&items, &pictures, if ocr.is_there() { &[] } else { &garbled });
    warnings.extend(hocr::warnings(numbers.iter().filter_map(|page| Some((*page, scanned.pages.get(page)?)))));
    Ok(RawText {
        text: pdf_pages::text(pages),
        media_type: Format::Pdf.media_type().into(),
        encoding: None,
        pages: u32::try_from(numbers.len()).ok(),
        method: match numbers.len() {
            all if recognised * 2 > all => Method::Ocr,
            all if layers * 2 > all => Method::PdfTextLayer,
            _ => Method::PdfLayout,
        },
        warnings,
    })
}

fn warnings(items: &Items, pictures: &[u32], garbled: &[u32]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut tell = |pages: Vec<u32>, what: &str| {
        if !pages.is_empty() {
            let list: Vec<String> = pages.iter().take(20).map(u32::to_string).collect();
            let more = if pages.len() > 20 { " …" } else { "" };
            warnings.push(Warning::new(WarningKind::Incomplete, format!("page {}{more}: {what}", list.join(", "))));
        }
    };
    tell(items.failed.iter().copied().collect(), "its text cannot be read");
    // A blank page is no loss.
    let unread = pictures.iter().copied().filter(|page| !items.failed.contains(page) && items.has_image(*page)).collect();
    tell(unread, "a picture without text that needs OCR; install tesseract with its Vietnamese data");
    tell(garbled.to_vec(), "few of its words are Vietnamese, so its letters may be wrong; install tesseract with its Vietnamese data");
    warnings
}

/// What the pages hold, by the second parser.
#[derive(Default)]
struct Items {
    items: Vec<TextItem>,
    failed: BTreeSet<u32>,
    images: bool,
    has_old_fonts: bool,
    why: String,
}

impl Items {
    fn of(&self, page: u32) -> impl Iterator<Item = &TextItem> {
        self.items.iter().filter(move |item| item.page == page)
    }

    /// The runs of a page; with the marks of their fonts where one of the document is of an old encoding.
    fn runs(&self, page: u32) -> Vec<Run> {
        let mut runs = Vec::new();
        for (item, mut run) in self.of(page).filter_map(|item| Some((item, run(item)?))) {
            // A number needs no mark, and a raised one must be seen as a footnote's.
            if self.has_old_fonts && letters(&run.text) > 0 && mark_label(&run.text).is_none() {
                run.text.insert(0, Font::of(&item.font).mark());
            }
            runs.push(run);
        }
        runs
    }

    fn has_image(&self, page: u32) -> bool {
        self.of(page).any(|item| matches!(item.item_type, ItemType::Image))
    }

    fn letters(&self, page: u32) -> usize {
        self.of(page).filter(|item| matches!(item.item_type, ItemType::Text)).map(|item| letters(&item.text)).sum()
    }

    /// True for a page that says nothing, or next to nothing beside a picture as large as a scan.
    fn is_picture(&self, page: u32) -> bool {
        let letters = self.letters(page);
        let scan = |item: &TextItem| matches!(item.item_type, ItemType::Image) && item.width * item.height > SCAN;
        letters == 0 || (letters < FEW_LETTERS && self.of(page).any(scan))
    }
}

/// Letters and digits of a text.
pub(super) fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// A run of upright text; what is turned is a stamp on the margin or a watermark.
pub(super) fn run(item: &TextItem) -> Option<Run> {
    let is_text = matches!(item.item_type, ItemType::Text) && item.rotation.abs() < 1.0 && !item.text.trim().is_empty();
    is_text.then(|| Run {
        text: item.text.clone(),
        left: item.x,
        right: item.x + item.width,
        base: item.line_y(),
        size: if item.font_size > 0.0 { item.font_size } else { item.height },
        raised: item.baseline_shift > 0.0,
    })
}

/// The positioned items of the document; page by page when the whole fails.
fn items(bytes: &[u8], numbers: &[u32]) -> Result<Items, ErrorKind> {
    let mut all = Items::default();
    match extract(bytes, None) {
        Ok(items) => all.items = items,
        Err(ErrorKind::Encrypted) => return Err(ErrorKind::Encrypted),
        Err(kind) if numbers.len() == 1 => {
            all.failed.insert(numbers[0]);
            all.why = why(kind);
        }
        Err(_) => {
            for &number in numbers {
                match extract(bytes, Some(&HashSet::from([number]))) {
                    Ok(items) => all.items.extend(items),
                    Err(kind) => {
                        all.failed.insert(number);
                        all.why = why(kind);
                    }
                }
            }
        }
    }
    all.has_old_fonts = all.items.iter().any(|item| Font::of(&item.font) != Font::Other);
    all.images = all.items.iter().any(|item| matches!(item.item_type, ItemType::Image));
    Ok(all)
}

pub(super) fn extract(bytes: &[u8], pages: Option<&HashSet<u32>>) -> Result<Vec<TextItem>, ErrorKind> {
    // A panic on one page must not cost the others.
    match catch_unwind(AssertUnwindSafe(|| pdf_inspector::extractor::extract_text_with_positions_mem_pages(bytes, pages))) {
        Ok(Ok(items)) => Ok(items),
        Ok(Err(pdf_inspector::PdfError::Encrypted)) => Err(ErrorKind::Encrypted),
        Ok(Err(error)) => Err(ErrorKind::Malformed(error.to_string())),
        Err(panic) => Err(ErrorKind::Crashed(message(panic.as_ref()))),
    }
}

fn why(kind: ErrorKind) -> String {
    match kind {
        ErrorKind::Malformed(why) | ErrorKind::Crashed(why) => why,
        _ => "the parser refused it".into(),
    }
}

fn refused(error: lopdf::Error) -> ErrorKind {
    match error {
        lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword | lopdf::Error::UnsupportedSecurityHandler(_) => ErrorKind::Encrypted,
        other => ErrorKind::Malformed(other.to_string()),
    }
}
