//! Builds raw text from runs of words, breaks and cell borders.
//!
//! Duty: the one shape that every reader hands on (see the floor's header): white space collapsed, a line a paragraph,
//! `|` lines around cells, superscript footnote marks. Not here: knowing what a paragraph or a cell is.

/// The line that stands between table cells.
const BORDER: &str = "|";

/// Raw text that grows line by line.
#[derive(Default)]
pub(super) struct Lines {
    text: String,
    /// What is owed before the next word.
    owed: Owed,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Owed {
    #[default]
    Nothing,
    Space,
    Line,
    Paragraph,
}

impl Lines {
    /// Appends running text; any run of ASCII white space becomes one space.
    pub(super) fn words(&mut self, text: &str) {
        for (i, word) in text.split(|c: char| c.is_ascii_whitespace()).enumerate() {
            if i > 0 {
                self.owed = self.owed.max(Owed::Space);
            }
            // A hard space alone fills an empty cell or line.
            if !word.trim_matches('\u{a0}').is_empty() {
                self.pay();
                self.text.push_str(word);
            }
        }
    }

    /// Appends text whose line breaks count.
    pub(super) fn lines(&mut self, text: &str) {
        for (i, line) in text.lines().enumerate() {
            if i > 0 {
                self.line();
            }
            self.words(line);
        }
    }

    /// Appends a footnote mark, written so that it cannot merge with a number before it.
    pub(super) fn mark(&mut self, label: &str) {
        // A mark belongs to the word before it, whatever white space the source has there.
        if self.owed == Owed::Space {
            self.owed = Owed::Nothing;
        }
        self.pay();
        self.text.extend(label.chars().map(superscript));
    }

    /// The next word begins a line.
    pub(super) fn line(&mut self) {
        self.owed = self.owed.max(Owed::Line);
    }

    /// The next word begins a paragraph, with an empty line before it.
    pub(super) fn paragraph(&mut self) {
        self.owed = Owed::Paragraph;
    }

    /// Appends a cell border on a line of its own; `after_empty_cell` when nothing stands since the border before.
    pub(super) fn border(&mut self, after_empty_cell: bool) {
        if self.owed != Owed::Paragraph {
            self.owed = Owed::Line;
        }
        self.pay();
        if after_empty_cell {
            self.text.push('\n');
        }
        self.text.push_str(BORDER);
        self.owed = Owed::Line;
    }

    /// Bytes so far.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// The text, ended by a line end.
    pub(super) fn finish(mut self) -> String {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text
    }

    fn pay(&mut self) {
        let owed = std::mem::take(&mut self.owed);
        if self.text.is_empty() {
            return;
        }
        match owed {
            Owed::Nothing => {}
            Owed::Space => self.text.push(' '),
            Owed::Line => self.text.push('\n'),
            Owed::Paragraph => self.text.push_str("\n\n"),
        }
    }
}

/// The superscript form of a digit; other characters as they are.
pub(super) fn superscript(c: char) -> char {
    match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4'..='9' => char::from_u32('⁴' as u32 + (c as u32 - '4' as u32)).unwrap_or(c),
        other => other,
    }
}

/// The label when the text is a footnote mark: digits, bare or in brackets.
pub(super) fn mark_label(text: &str) -> Option<&str> {
    let text = text.trim();
    let inner = text.strip_prefix(['[', '(']).and_then(|rest| rest.strip_suffix([']', ')'])).unwrap_or(text).trim();
    (!inner.is_empty() && inner.len() <= 3 && inner.bytes().all(|b| b.is_ascii_digit())).then_some(inner)
}

/// The label of a footnote that is glued to its text, as in "1Mẫu kèm theo", and that text; not the "1." of a list.
pub(super) fn note_label(text: &str) -> Option<(&str, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (label, note) = text.split_at(digits);
    ((1..=2).contains(&digits) && note.starts_with(char::is_uppercase)).then_some((label, note))
}

/// True for a line that begins with a footnote's label.
pub(super) fn starts_with_mark(text: &str) -> bool {
    note_label(text).is_some() || text.starts_with(['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_are_owed_not_piled_up() {
        let mut lines = Lines::default();
        lines.paragraph();
        lines.words("  Điều 1.\n Phạm vi ");
        lines.mark("12");
        lines.line();
        lines.paragraph();
        lines.line();
        lines.words("a");
        assert_eq!(lines.finish(), "Điều 1. Phạm vi¹²\n\na\n");
    }

    #[test]
    fn cells_stand_between_borders() {
        let mut lines = Lines::default();
        lines.words("Bảng");
        for row in [["a", "b"], ["", "c"]] {
            for cell in row {
                lines.border(false);
                lines.words(cell);
                if cell.is_empty() {
                    lines.border(true);
                    lines.words("c");
                    break;
                }
            }
            lines.border(false);
        }
        lines.paragraph();
        lines.words("Hết");
        assert_eq!(lines.finish(), "Bảng\n|\na\n|\nb\n|\n|\n\n|\nc\n|\n\nHết\n");
    }

    #[test]
    fn only_digits_are_marks() {
        assert_eq!(mark_label(" [12] "), Some("12"));
        assert_eq!(mark_label("3"), Some("3"));
        assert_eq!(mark_label("o"), None);
        assert_eq!(mark_label("2021"), None);
    }

    #[test]
    fn glued_note_labels_are_known() {
        assert_eq!(note_label("1Mẫu kèm theo"), Some(("1", "Mẫu kèm theo")));
        assert_eq!(note_label("1. Mẫu"), None);
        assert_eq!(note_label("12/5 là hạn"), None);
        assert!(starts_with_mark("³ Mẫu") && !starts_with_mark("3 Mẫu"));
    }
}
