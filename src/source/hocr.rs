//! What text recognition found on a page: words with their boxes, in hOCR, as runs for the layout of pages.
//!
//! Duty: lines made level, specks dropped, the mean confidence. Not here: running the program, the order of columns.

use super::pdf::letters;
use super::pdf_lines::Run;
use crate::model::{Warning, WarningKind};
use dom_query::{Document, Selection};

/// Lines of hOCR, whatever part of the page they are taken for.
const LINES: &str = ".ocr_line, .ocr_header, .ocr_caption, .ocr_textfloat";
/// Width of a page in points; lengths only count beside each other.
const PAGE: f32 = 595.0;
/// Confidence in percent below which a sign without letters is a speck.
const SPECK: f32 = 70.0;
/// Mean confidence below which a line of a few letters is dirt: a stamp, a fold, a pen stroke.
const DIRT: f32 = 45.0;
/// Letters of such a line, at most.
const DIRT_LETTERS: usize = 4;
/// Mean confidence of a page below which a person should look at it.
const UNSURE: f32 = 80.0;
/// Signs with which an item of a list begins.
const BULLETS: [&str; 6] = ["-", "–", "—", "+", "*", "•"];

/// A page as it was recognised.
#[derive(Clone, Debug, Default)]
pub(super) struct Recognised {
    /// Its words.
    pub(super) runs: Vec<Run>,
    /// Mean confidence of its letters, in percent.
    pub(super) confidence: f32,
    /// Letters and digits.
    pub(super) letters: usize,
}

struct Word {
    text: String,
    left: f32,
    right: f32,
    confidence: f32,
}

struct Line {
    words: Vec<Word>,
    left: f32,
    width: f32,
    /// Height of the baseline at the left end, downward from the head of the page.
    base: f32,
    slope: f32,
    size: f32,
}

/// What is to be said of recognised pages, by their number.
pub(super) fn warnings<'a>(pages: impl Iterator<Item = (u32, &'a Recognised)>) -> Vec<Warning> {
    let pages: Vec<(u32, &Recognised)> = pages.filter(|(_, page)| page.letters > 0).collect();
    let letters: usize = pages.iter().map(|(_, page)| page.letters).sum();
    if letters == 0 {
        return Vec::new();
    }
    let mean = pages.iter().map(|(_, page)| page.confidence * page.letters as f32).sum::<f32>() / letters as f32;
    let what = if pages.len() == 1 { "1 page was" } else { &format!("{} pages were", pages.len()) };
    let mut message = format!("{what} read by text recognition with a mean confidence of {mean:.0} %");
    let unsure: Vec<String> = pages.iter().filter(|(_, page)| page.confidence < UNSURE).map(|(number, _)| number.to_string()).collect();
    if !unsure.is_empty() {
        let more = if unsure.len() > 20 { " …" } else { "" };
        let list = unsure.iter().take(20).map(String::as_str).collect::<Vec<_>>().join(", ");
        message.push_str(&format!("; check the numbers and dates of page {list}{more}"));
    }
    vec![Warning::new(WarningKind::Recognised, message)]
}

/// The pages of an hOCR text.
pub(super) fn pages(hocr: &str) -> Vec<Recognised> {
    Document::from(hocr).select(".ocr_page").iter().map(|found| page(&found)).collect()
}

fn page(found: &Selection<'_>) -> Recognised {
    let title = found.attr("title").unwrap_or_default();
    let [_, _, width, height] = numbers(&title, "bbox").unwrap_or([0.0, 0.0, PAGE, PAGE]);
    let scale = PAGE / width.max(1.0);
    let lines: Vec<Line> = found.select(LINES).iter().filter_map(|found| line(&found)).collect();
    // Long lines tell the slope of a skew page best.
    let widths: f32 = lines.iter().map(|line| line.width).sum();
    let slope = lines.iter().map(|line| line.slope * line.width).sum::<f32>() / widths.max(1.0);
    let mut out = Recognised::default();
    let mut sum = 0.0;
    for line in lines {
        let base = (height - (line.base - slope * line.left)) * scale;
        for word in line.words {
            let count = letters(&word.text);
            out.letters += count;
            sum += word.confidence * count as f32;
            let (left, right) = (word.left * scale, word.right * scale);
            // A space: the program parts words by what it knows of them, not by the gap alone.
            out.runs.push(Run { text: word.text + " ", left, right, base, size: line.size * scale, raised: false });
        }
    }
    out.confidence = sum / out.letters.max(1) as f32;
    out
}

fn line(found: &Selection<'_>) -> Option<Line> {
    let title = found.attr("title")?;
    let [left, top, right, bottom] = numbers(&title, "bbox")?;
    let [slope, offset] = numbers(&title, "baseline").unwrap_or([0.0, 0.0]);
    let size = numbers(&title, "x_size").map_or(bottom - top, |[size]| size).max(1.0);
    let mut words: Vec<Word> = found.select(".ocrx_word").iter().filter_map(|found| word(&found)).collect();
    let first = words.iter().position(|word| letters(&word.text) > 0)?;
    let mut place = 0;
    words.retain(|word| {
        let is_bullet = place < first && BULLETS.contains(&word.text.as_str());
        place += 1;
        letters(&word.text) > 0 || is_bullet || (word.confidence >= SPECK && place > first)
    });
    let count: usize = words.iter().map(|word| letters(&word.text)).sum();
    let confidence = words.iter().map(|word| word.confidence * letters(&word.text) as f32).sum::<f32>() / count as f32;
    let is_dirt = count <= DIRT_LETTERS && confidence < DIRT;
    (!is_dirt).then_some(Line { words, left, width: right - left, base: bottom + offset, slope, size })
}

fn word(found: &Selection<'_>) -> Option<Word> {
    let title = found.attr("title")?;
    let [left, _, right, _] = numbers(&title, "bbox")?;
    let [confidence] = numbers(&title, "x_wconf").unwrap_or([0.0]);
    let text = found.text().trim().to_owned();
    (!text.is_empty()).then_some(Word { text, left, right, confidence })
}

/// The numbers of a property in an hOCR title: `bbox 10 20 30 40; x_wconf 96`.
fn numbers<const N: usize>(title: &str, property: &str) -> Option<[f32; N]> {
    let values = title.split(';').find_map(|part| part.trim().strip_prefix(property)?.strip_prefix(' '))?;
    let mut out = [0.0; N];
    let mut words = values.split_whitespace();
    for value in &mut out {
        *value = words.next()?.parse().ok().filter(|value: &f32| value.is_finite())?;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::super::pdf_lines::Page;
    use super::super::pdf_pages;
    use super::*;

    fn word(left: u32, right: u32, confidence: u32, text: &str) -> String {
        format!("<span class='ocrx_word' title='bbox {left} 0 {right} 0; x_wconf {confidence}'>{text}</span>")
    }

    fn line(left: u32, bottom: u32, slope: f32, words: &[String]) -> String {
        let title = format!("bbox {left} {} 2000 {bottom}; baseline {slope} -10; x_size 50; x_descenders 10", bottom - 60);
        format!("<span class='ocr_line' title=\"{title}\">{}</span>", words.join("\n"))
    }

    fn read(lines: &[String]) -> Vec<Recognised> {
        pages(&format!("<html><body><div class='ocr_page' title='image \"\"; bbox 0 0 2480 3508'>{}</div></body></html>", lines.join("\n")))
    }

    fn text(page: &Recognised) -> String {
        pdf_pages::text(vec![Page::Laid(page.runs.clone())])
    }

    /// The head of a skew page: what stands lower on the right is one line with what stands on the left.
    #[test]
    fn columns_of_a_skew_page_come_one_after_the_other() {
        let lines = [
            line(300, 300, 0.02, &[word(300, 600, 90, "SỞ"), word(620, 900, 95, "XÂY"), word(920, 1000, 95, "DỰNG")]),
            line(1400, 322, 0.02, &[word(1400, 1700, 90, "CỘNG"), word(1720, 2000, 95, "HÒA")]),
            line(300, 400, 0.02, &[word(300, 400, 80, "Số:"), word(420, 600, 60, "5/TB-SXD")]),
            line(1400, 422, 0.02, &[word(1400, 1600, 90, "Độc"), word(1620, 1900, 95, "lập")]),
            line(300, 800, 0.02, &[word(300, 500, 90, "Kính"), word(520, 700, 95, "báo"), word(720, 1990, 95, "&amp;nbsp;x")]),
        ];
        let [page] = &read(&lines)[..] else { panic!("one page") };
        assert_eq!(text(page), "SỞ XÂY DỰNG\nSố: 5/TB-SXD\n\nCỘNG HÒA\nĐộc lập\n\nKính báo &nbsp;x\n");
        assert!((85.0..95.0).contains(&page.confidence), "{}", page.confidence);
    }

    #[test]
    fn specks_are_dropped_and_bullets_kept() {
        let lines = [
            line(300, 100, 0.0, &[word(300, 340, 20, "Ắ")]),
            line(300, 200, 0.0, &[word(300, 310, 40, "-"), word(330, 600, 95, "Lưu:"), word(620, 700, 30, "~"), word(720, 800, 90, "VT.")]),
            line(300, 300, 0.0, &[word(300, 900, 80, "___")]),
        ];
        assert_eq!(text(&read(&lines)[0]), "- Lưu: VT.\n");
    }

    proptest::proptest! {
        #[test]
        fn no_answer_makes_it_panic(title in "[a-z_ 0-9.;-]{0,40}", text in ".{0,20}") {
            let _ = pages(&format!("<div class='ocr_page' title='{title}'><span class='ocr_line' title='{title}'><span class='ocrx_word' title='{title}'>{text}</span></span></div>"));
        }
    }
}
