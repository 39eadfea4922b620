//! Serials that recognition of a scanned page got wrong.
//!
//! Duty: where such a serial begins and ends, behind a word that leads a number in. Not here: serials as printed, and
//! what the letters stand for (`numbers`).

use super::numbers::LEADS;
use crate::model::Span;

/// Recognition parts a figure from the rest of it: the `1` or `I` of "số I 40/2025/NĐ-CP", after a word that leads a number in.
pub(super) fn parted_figure(text: &str, serial: Span) -> Span {
    let before = &text[..serial.start];
    let Some(rest) = before.strip_suffix(' ') else { return serial };
    let figure = rest.ends_with(['1', 'I', 'l']) && rest[..rest.len() - 1].ends_with("số ");
    if figure { Span::new(rest.len() - 1, serial.end) } else { serial }
}

/// A serial some of whose figures are misread as letters (`l2`, `II`, `1O5`), right behind a word that leads a number in.
pub(super) fn misread_before(text: &str, at: usize) -> Option<Span> {
    let bytes = text.as_bytes();
    let blanks = bytes[..at].iter().rev().take(2).take_while(|b| **b == b' ').count();
    let end = at - blanks;
    let length = bytes[..end].iter().rev().take(6).take_while(|b| b.is_ascii_digit() || matches!(b, b'l' | b'I' | b'O')).count();
    let start = end - length;
    let led = (1..=5).contains(&length)
        && text[..start].strip_suffix(' ').is_some_and(|before| LEADS.iter().any(|lead| before.trim_end_matches(':').ends_with(lead)));
    led.then(|| Span::new(start, end))
}
