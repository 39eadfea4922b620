//! Text with tones, laid out for a terminal or a pipe.
//!
//! Duty: words with a meaning (strong, marked, dim …) to lines with colours or plain signs, wrapped to a width.
//! Not here: printing; what is said.

use crate::model::plain::{is_hidden, turns};
use anstyle::{AnsiColor, Style};

/// What a piece of text is, not how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// Running text.
    Plain,
    /// A name or number that the eye should find.
    Strong,
    /// The very words asked for; between « » where there are no colours.
    Mark,
    /// Less important.
    Dim,
    /// Well.
    Good,
    /// Needs a look.
    Warn,
    /// Wrong.
    Bad,
}

impl Tone {
    fn style(self) -> Style {
        match self {
            Tone::Plain => Style::new(),
            Tone::Strong => Style::new().bold(),
            Tone::Mark => Style::new().bold().underline(),
            Tone::Dim => Style::new().dimmed(),
            Tone::Good => AnsiColor::Green.on_default(),
            Tone::Warn => AnsiColor::Yellow.on_default(),
            Tone::Bad => AnsiColor::Red.on_default().bold(),
        }
    }
}

/// How text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// Columns of the terminal; `None` in a pipe, where a paragraph stays one line.
    pub(super) width: Option<usize>,
    /// Colours and bold letters are shown.
    pub(super) styled: bool,
}

/// One paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text {
    pieces: Vec<(Tone, String)>,
    indent: usize,
    hang: usize,
}

impl Text {
    /// An empty paragraph, indented by so many columns.
    pub(super) fn indented(indent: usize) -> Text {
        Text { indent, hang: indent, ..Text::default() }
    }

    /// The same paragraph, its second and later lines indented by so many columns.
    pub(super) fn hanging(mut self, hang: usize) -> Text {
        self.hang = hang;
        self
    }

    /// Adds words in a tone.
    pub(super) fn with(mut self, tone: Tone, words: impl Into<String>) -> Text {
        let words = words.into();
        if !words.is_empty() {
            self.pieces.push((tone, words));
        }
        self
    }

    /// Adds running text.
    pub(super) fn plain(self, words: impl Into<String>) -> Text {
        self.with(Tone::Plain, words)
    }

    /// Adds words that the eye should find.
    pub(super) fn strong(self, words: impl Into<String>) -> Text {
        self.with(Tone::Strong, words)
    }

    /// Adds less important words.
    pub(super) fn dim(self, words: impl Into<String>) -> Text {
        self.with(Tone::Dim, words)
    }

    /// Adds all pieces of another paragraph.
    pub(super) fn and(mut self, other: Text) -> Text {
        self.pieces.extend(other.pieces);
        self
    }

    /// Columns that the text takes on one line, indent left out.
    pub(super) fn columns(&self) -> usize {
        self.pieces.iter().map(|(tone, words)| columns(words) + if *tone == Tone::Mark { 2 } else { 0 }).sum()
    }

    /// Adds blanks up to a column, for the next cell of a table.
    pub(super) fn pad_to(self, column: usize) -> Text {
        let blanks = column.saturating_sub(self.columns());
        self.plain(" ".repeat(blanks))
    }

    /// The lines, joined by newlines, without a final one.
    pub(super) fn lay_out(&self, layout: Layout) -> String {
        let letters = self.letters(layout.styled);
        let lines = match layout.width {
            Some(width) => wrap(&letters, width.max(40), self.indent, self.hang),
            None => vec![&letters[..]],
        };
        let mut out = String::new();
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                out.push('\n');
            }
            out.extend(std::iter::repeat_n(' ', if at == 0 { self.indent } else { self.hang }));
            write_line(&mut out, line, layout.styled);
        }
        out
    }

    fn letters(&self, styled: bool) -> Vec<(char, Tone)> {
        let mut letters = Vec::new();
        for (tone, words) in &self.pieces {
            let quoted = *tone == Tone::Mark && !styled;
            letters.extend(quoted.then_some(('«', *tone)));
            for c in words.chars() {
                match c {
                    // What moves the cursor or turns the reading direction must not reach the terminal.
                    _ if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => letters.push((' ', *tone)),
                    _ if turns(c) => letters.extend(c.escape_unicode().map(|c| (c, *tone))),
                    _ => letters.push((c, *tone)),
                }
            }
            letters.extend(quoted.then_some(('»', *tone)));
        }
        letters
    }
}

/// Columns of a word: combining marks and zero-width characters take none.
pub(super) fn columns(words: &str) -> usize {
    words.chars().map(char_columns).sum()
}

fn char_columns(c: char) -> usize {
    usize::from(!matches!(c, '\u{300}'..='\u{36f}') && !is_hidden(c))
}

/// Cuts at blanks so that each line fits; a word longer than a line stands alone.
fn wrap(letters: &[(char, Tone)], width: usize, indent: usize, hang: usize) -> Vec<&[(char, Tone)]> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut blank: Option<usize> = None;
    let mut used = indent;
    for (at, (c, _)) in letters.iter().enumerate() {
        if *c == ' ' {
            blank = Some(at);
        }
        used += char_columns(*c);
        if used > width
            && let Some(cut) = blank
        {
            lines.push(&letters[start..cut]);
            start = cut + 1;
            blank = None;
            used = hang + letters[start..=at.max(start)].iter().map(|(c, _)| char_columns(*c)).sum::<usize>();
        }
    }
    lines.push(&letters[start.min(letters.len())..]);
    lines
}

fn write_line(out: &mut String, line: &[(char, Tone)], styled: bool) {
    let mut rest = line;
    while let Some((_, tone)) = rest.first() {
        let run = rest.iter().take_while(|(_, other)| other == tone).count();
        let style = if styled { tone.style() } else { Style::new() };
        out.push_str(&style.render().to_string());
        out.extend(rest[..run].iter().map(|(c, _)| *c));
        out.push_str(&style.render_reset().to_string());
        rest = &rest[run..];
    }
}

#[cfg(test)]
mod tests {
    use super::{Layout, Text, Tone};
    use proptest::prelude::{any, prop, proptest};

    const PIPE: Layout = Layout { width: None, styled: false };

    #[test]
    fn a_mark_is_quoted_in_a_pipe_and_underlined_on_a_terminal() {
        let text = Text::indented(2).plain("theo ").with(Tone::Mark, "Chỉ thị 7").plain(".");
        assert_eq!(text.lay_out(PIPE), "  theo «Chỉ thị 7».");
        let styled = text.lay_out(Layout { width: Some(80), styled: true });
        assert!(styled.contains("\u{1b}[4m") && !styled.contains('«'), "{styled:?}");
    }

    #[test]
    fn lines_break_at_blanks_and_hang() {
        let words = "một hai ba bốn năm sáu bảy tám chín mười mười một mười hai";
        let text = Text::indented(0).hanging(4).plain(words).lay_out(Layout { width: Some(40), styled: false });
        assert_eq!(text, "một hai ba bốn năm sáu bảy tám chín mười\n    mười một mười hai");
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(Text::indented(0).plain("a\u{1b}[31m\nb").lay_out(PIPE), "a [31m b");
    }

    proptest! {
        #[test]
        fn wrapping_keeps_the_words(words in prop::collection::vec("[a-zđáậ]{1,50}", 0..40), styled in any::<bool>(), width in 0_usize..100) {
            let text = Text::indented(1).hanging(3).plain(words.join(" ")).lay_out(Layout { width: Some(width), styled });
            let back: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(back, words);
            let limit = width.max(40);
            for line in text.lines() {
                assert!(super::columns(line) <= limit || line.trim().split(' ').count() == 1, "{line:?}");
            }
        }
    }
}
