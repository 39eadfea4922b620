//! Puts the lines of a PDF page into reading order.
//!
//! Duty: the two-column letterhead and the two-column foot (recipients beside signature) with the left cell wholly before
//! the right one, empty lines where paragraphs part. Not here: making lines of runs, finding columns, and what repeats
//! over pages.

use super::lines::{note_label, superscript};
use super::pdf_columns::{foot, letterhead};
use super::pdf_lines::{Line, SMALL};

/// Vertical gap, as a multiple of the usual step, from which a paragraph ends.
const PARAGRAPH: f32 = 1.22;
/// The same between the lines of a title.
const TITLE: f32 = 1.6;
/// Lines from the top of the first page in which a letterhead begins.
const LETTERHEAD_LINES: usize = 8;
/// First-line indent, in em.
const INDENT: f32 = 1.2;

/// The text of a page: columns in order, an empty line between paragraphs. `first` for the page with the letterhead.
pub(super) fn text(lines: &[Line], first: bool) -> String {
    let body = Body::of(lines);
    let mut out = String::new();
    let mut foot = foot(lines, body.size);
    let mut at = 0;
    // The letterhead stands above any running text.
    let mut above = first;
    while at < lines.len() {
        above &= at < LETTERHEAD_LINES;
        let head = if above { letterhead(lines, at) } else { None };
        match head.or_else(|| foot.take_if(|pair| pair.start == at)) {
            Some(pair) => {
                paragraph(&mut out);
                for column in [pair.left, pair.right] {
                    for line in &column {
                        out.push_str(line);
                        out.push('\n');
                    }
                    out.push('\n');
                }
                at = pair.end;
                above = false;
            }
            None => {
                if at > 0 && body.parts(&lines[at - 1], &lines[at]) {
                    paragraph(&mut out);
                }
                above &= lines[at].right() - lines[at].left() < 0.85 * (body.right - body.left);
                let text = lines[at].text();
                match note_label(&text).filter(|_| lines[at].size < body.size * SMALL) {
                    Some((label, note)) => {
                        out.extend(label.chars().map(superscript));
                        out.push(' ');
                        out.push_str(note);
                    }
                    None => out.push_str(&text),
                }
                out.push('\n');
                at += 1;
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn paragraph(out: &mut String) {
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

/// How the running text of a page is set.
struct Body {
    left: f32,
    right: f32,
    /// Type size of the longest part of the text.
    size: f32,
    /// Usual distance of baselines, in em.
    step: f32,
}

impl Body {
    fn of(all: &[Line]) -> Self {
        // A page that is one table has no other text.
        let has_text = all.iter().any(|line| !line.is_table);
        let lines: Vec<&Line> = all.iter().filter(|line| !line.is_table || !has_text).collect();
        let step = |pair: &[&Line]| (pair[0].base - pair[1].base) / pair[1].size;
        let steps = lines.windows(2).map(step).filter(|step| (0.8..2.5).contains(step)).collect();
        let left = lines.iter().map(|line| line.left()).fold(f32::INFINITY, f32::min);
        let right = lines.iter().map(|line| line.right()).fold(f32::NEG_INFINITY, f32::max);
        let mut sizes: Vec<(f32, usize)> = lines.iter().map(|line| (line.size, line.text().len())).collect();
        sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
        let half = sizes.iter().map(|(_, length)| length).sum::<usize>() / 2;
        let mut sum = 0;
        let size = sizes.iter().find(|(_, length)| {
            sum += length;
            sum >= half
        });
        Body { left, right, size: size.map_or(12.0, |(size, _)| *size), step: low_middle(steps).unwrap_or(1.2) }
    }

    /// True when a paragraph ends between the two lines.
    fn parts(&self, above: &Line, below: &Line) -> bool {
        let em = below.size.max(above.size);
        let gap = (above.base - below.base) / em;
        let middle = (self.left + self.right) / 2.0;
        let centred = |line: &Line| line.left() > self.left + 2.0 * em && ((line.left() + line.right()) / 2.0 - middle).abs() < 0.6 * em;
        if above.is_table || below.is_table || gap < 0.0 || (above.size - below.size).abs() > 0.12 * em {
            return true;
        }
        // Titles are set wider than the running text, and their last line is short without being a new paragraph.
        if centred(below) {
            return gap > self.step * if centred(above) { TITLE } else { PARAGRAPH };
        }
        if gap > self.step * PARAGRAPH {
            return true;
        }
        let indented = |line: &Line| line.left() > self.left + INDENT * em;
        let short = above.right() < self.right - 4.0 * em;
        // A first line stands further in than the line above it, or the line above it ended early.
        indented(below) && (!indented(above) || short)
    }
}

/// The value below which a third of the others lie: steps inside paragraphs, not those between them.
fn low_middle(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 3).copied()
}

#[cfg(test)]
mod tests {
    use super::super::pdf_lines::{Run, lines};
    use super::*;

    /// A run of 10-point type, each character half an em wide.
    fn at(left: f32, base: f32, text: &str) -> Run {
        Run { text: text.into(), left, right: left + 5.0 * text.chars().count() as f32, base, size: 10.0, raised: false }
    }

    fn laid(runs: Vec<Run>) -> String {
        text(&lines(runs), true)
    }

    #[test]
    fn spaces_come_from_gaps() {
        let runs = vec![at(10.0, 700.0, "Điều"), at(32.5, 700.3, "1."), at(42.6, 700.0, "Quy"), at(57.8, 700.0, "ết")];
        assert_eq!(laid(runs), "Điều 1.Quyết");
    }

    #[test]
    fn marks_are_raised_and_go_where_they_stand() {
        let mark = |left| Run { text: "3".into(), left, right: left + 3.0, base: 704.0, size: 6.0, raised: false };
        assert_eq!(laid(vec![at(10.0, 700.0, "năm 2023"), mark(50.5), at(54.0, 700.0, ", cả tỉnh")]), "năm 2023³, cả tỉnh");
        assert_eq!(laid(vec![at(10.0, 700.0, "Tỉnh ủy . Ban Thường vụ"), mark(45.0)]), "Tỉnh ủy³. Ban Thường vụ");
    }

    #[test]
    fn letterhead_columns_are_read_one_after_the_other() {
        let runs = vec![
            at(60.0, 760.0, "TỈNH ỦY SÔNG LAM"),
            at(300.0, 762.0, "ĐẢNG CỘNG SẢN VIỆT NAM"),
            at(95.0, 745.0, "*"),
            at(70.0, 730.0, "Số 15-CT/TU"),
            at(290.0, 728.0, "Sông Lam, ngày 12/5/2023"),
            at(215.0, 700.0, "CHỈ THỊ"),
            at(60.0, 680.0, "Hai năm qua, nhiều đảng bộ trong tỉnh đã soạn sổ tay nghiệp vụ cho cán bộ"),
        ];
        let expected = "TỈNH ỦY SÔNG LAM\n*\nSố 15-CT/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nSông Lam, ngày 12/5/2023\n\nCHỈ THỊ\n";
        assert!(laid(runs.clone()).starts_with(expected), "{}", laid(runs));
    }

    #[test]
    fn table_rows_at_the_foot_stay_rows() {
        let rows =
            (0..4).flat_map(|i| [at(60.0, 100.0 - 14.0 * i as f32, "Rà soát văn bản"), at(300.0, 100.0 - 14.0 * i as f32, "Tháng 6")]);
        let runs = std::iter::once(at(60.0, 700.0, "Phân công như sau, các cơ quan thực hiện đúng hạn và báo cáo kết quả:"));
        assert_eq!(laid(runs.chain(rows).collect()).matches("Rà soát văn bản Tháng 6").count(), 4);
    }

    #[test]
    fn recipients_come_before_the_signature() {
        let runs = vec![
            at(60.0, 300.0, "Chỉ thị này được phổ biến đến chi bộ, các cấp ủy báo cáo kết quả hằng quý."),
            at(60.0, 286.0, "Hết."),
            at(322.0, 250.0, "T/M BAN THƯỜNG VỤ"),
            at(60.0, 243.0, "Nơi nhận:"),
            at(340.0, 236.0, "PHÓ BÍ THƯ"),
            at(60.0, 231.0, "- Ban Bí thư,"),
            at(60.0, 219.0, "- Lưu Văn phòng."),
            at(335.0, 160.0, "Trần Văn Lam"),
        ];
        let foot = "Hết.\n\nNơi nhận:\n- Ban Bí thư,\n- Lưu Văn phòng.\n\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nTrần Văn Lam";
        assert!(laid(runs.clone()).ends_with(foot), "{}", laid(runs));
    }

    proptest::proptest! {
        #[test]
        fn every_letter_is_kept(places in proptest::collection::vec((0f32..500.0, 0f32..800.0, "[a-zđ0-9 ]{1,9}", 5f32..15.0), 0..40)) {
            let runs: Vec<Run> = places
                .into_iter()
                .enumerate()
                .map(|(i, (left, base, text, size))| Run { text: format!("{text}{}", char::from(b'a' + (i % 26) as u8)), left, right: left + 20.0, base, size, raised: false })
                .collect();
            let mut before: Vec<char> = runs.iter().flat_map(|run| run.text.chars()).filter(|c| c.is_alphabetic()).collect();
            let mut after: Vec<char> = laid(runs).chars().filter(|c| c.is_alphabetic()).collect();
            before.sort_unstable();
            after.sort_unstable();
            proptest::prop_assert_eq!(before, after);
        }
    }
}
