//! Files that are pictures of pages: PNG, JPEG, TIFF.
//!
//! Duty: handing the file as it is to text recognition, and telling a photograph from a page. Not here: running it.

use super::ocr::Recogniser;
use super::pdf_lines::Page;
use super::pdf_scan::failure;
use super::{Format, hocr, pdf_pages};
use crate::model::{ErrorKind, Method, RawText};

/// Letters that a page has at least.
const FEW: usize = 12;
/// Mean confidence in percent that a page has at least; what is seen in a photograph has less.
const UNSURE: f32 = 40.0;

/// Recognises the pages of a picture. Errors: recognition is not there or not wanted, it failed, or it found no text.
pub(super) fn decode(format: Format, bytes: &[u8], ocr: &Recogniser) -> Result<RawText, ErrorKind> {
    if !ocr.is_there() {
        return Err(ErrorKind::NeedsOcr);
    }
    let pages = ocr.read(bytes.to_vec(), None).map_err(failure)?;
    if !pages.iter().any(|page| page.letters >= FEW && page.confidence >= UNSURE) {
        return Err(ErrorKind::Empty);
    }
    let warnings = hocr::warnings((1..).zip(&pages));
    Ok(RawText {
        pages: u32::try_from(pages.len()).ok(),
        text: pdf_pages::text(pages.into_iter().map(|page| Page::Laid(page.runs)).collect()),
        media_type: format.media_type().into(),
        encoding: None,
        method: Method::Ocr,
        warnings,
    })
}
