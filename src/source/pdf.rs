//! PDF files with a text layer.
//!
//! Duty: encryption, damage and page count (lopdf); positioned runs of text (pdf-inspector), page by page where the
//! whole fails; the invisible layer that text recognition left on a scan; telling pages that are pictures. Not here: the
//! order of the runs on a page (`pdf_layout`) and what repeats over pages (`pdf_pages`).

use super::pdf_layout::{Page, Run};
use super::reader::message;
use super::{Format, Limits, pdf_pages};
use crate::model::{ErrorKind, Method, RawText, Warning, WarningKind};
use lopdf::{Document, LoadOptions};
use memchr::memmem;
use pdf_inspector::TextItem;
use pdf_inspector::extractor::ItemType;
use std::collections::{BTreeSet, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Bytes that one stream of the file may unpack to.
const MAX_STREAM: usize = 256 << 20;
/// Bytes at the end in which a sound file says where its table is; writers append a few stray bytes now and then.
const TAIL: usize = 4096;

/// Reads a PDF. Errors: cut off, encrypted with a password, refused by the parser, or pictures only.
pub(super) fn decode(bytes: &[u8], limits: &Limits) -> Result<RawText, ErrorKind> {
    let end = bytes.iter().rposition(|b| !b.is_ascii_whitespace() && *b != 0).map_or(0, |last| last + 1);
    if memmem::find(&bytes[end.saturating_sub(TAIL)..end], b"startxref").is_none() {
        return Err(ErrorKind::Truncated("the end of the PDF is missing".into()));
    }
    let options = LoadOptions { max_decompressed_size: Some(MAX_STREAM), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(refused)?;
    if document.is_encrypted() && document.encryption_state.is_none() {
        return Err(ErrorKind::Encrypted);
    }
    let numbers: Vec<u32> = document.get_pages().into_keys().collect();
    if numbers.is_empty() {
        return Err(ErrorKind::Malformed("it has no pages".into()));
    }
    let mut items = items(bytes, &numbers)?;
    let mut pages: Vec<Page> = Vec::with_capacity(numbers.len());
    let (mut layers, mut pictures) = (0, Vec::new());
    for &number in &numbers {
        let runs = items.runs(number);
        if !runs.is_empty() {
            pages.push(Page::Laid(runs));
        } else if let Some(text) = layer(&document, number, limits.max_text) {
            layers += 1;
            pages.push(Page::Layer(text));
        } else {
            pictures.push(number);
            pages.push(Page::Layer(String::new()));
        }
    }
    if pictures.len() == numbers.len() && items.failed.is_empty() {
        return Err(if items.images { ErrorKind::NeedsOcr } else { ErrorKind::Empty });
    }
    if pictures.len() == numbers.len() {
        return Err(ErrorKind::Malformed(format!("no page can be read: {}", items.why)));
    }
    let laid = numbers.len() - layers - pictures.len();
    Ok(RawText {
        text: pdf_pages::text(pages),
        media_type: Format::Pdf.media_type().into(),
        encoding: None,
        pages: u32::try_from(numbers.len()).ok(),
        method: if layers > laid { Method::PdfTextLayer } else { Method::PdfLayout },
        warnings: warnings(&items, &pictures),
    })
}

fn warnings(items: &Items, pictures: &[u32]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut tell = |pages: Vec<u32>, what: &str| {
        if !pages.is_empty() {
            let list: Vec<String> = pages.iter().take(20).map(u32::to_string).collect();
            let more = if pages.len() > 20 { " …" } else { "" };
            warnings.push(Warning::new(WarningKind::Incomplete, format!("page {}{more}: {what}", list.join(", "))));
        }
    };
    tell(items.failed.iter().copied().collect(), "its text cannot be read");
    // A blank page is no loss; where the pictures cannot be told apart, the user is asked to look.
    let unread = pictures.iter().copied().filter(|page| !items.failed.contains(page) && items.pictured.contains(page)).collect();
    tell(unread, "a picture without text; run text recognition (OCR) over it");
    warnings
}

/// What the pages hold, by the second parser.
#[derive(Default)]
struct Items {
    items: Vec<TextItem>,
    failed: BTreeSet<u32>,
    pictured: HashSet<u32>,
    images: bool,
    why: String,
}

impl Items {
    /// Takes the runs of a page; text that stands upright only (what is turned is a stamp on the margin or a watermark).
    fn runs(&mut self, page: u32) -> Vec<Run> {
        let upright = |item: &&TextItem| item.page == page && matches!(item.item_type, ItemType::Text) && item.rotation.abs() < 1.0;
        self.items.iter().filter(upright).filter(|item| !item.text.trim().is_empty()).map(run).collect()
    }
}

fn run(item: &TextItem) -> Run {
    Run {
        text: item.text.clone(),
        left: item.x,
        right: item.x + item.width,
        base: item.line_y(),
        size: if item.font_size > 0.0 { item.font_size } else { item.height },
        raised: item.baseline_shift > 0.0,
    }
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
    all.pictured = all.items.iter().filter(|item| matches!(item.item_type, ItemType::Image)).map(|item| item.page).collect();
    all.images = !all.pictured.is_empty();
    Ok(all)
}

fn extract(bytes: &[u8], pages: Option<&HashSet<u32>>) -> Result<Vec<TextItem>, ErrorKind> {
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

/// The invisible text that text recognition put over a scanned page, if there is any.
fn layer(document: &Document, page: u32, max_text: usize) -> Option<String> {
    let text = document.extract_text_with_limit(&[page], max_text).ok()?;
    let text = text.replace('\u{c}', "\n");
    (text.chars().filter(|c| c.is_alphanumeric()).count() > 3).then(|| text.trim().to_owned())
}

fn refused(error: lopdf::Error) -> ErrorKind {
    match error {
        lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword | lopdf::Error::UnsupportedSecurityHandler(_) => ErrorKind::Encrypted,
        other => ErrorKind::Malformed(other.to_string()),
    }
}
