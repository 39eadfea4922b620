//! The only place that prints.
//!
//! Duty: results to standard output, messages to standard error; colours only where somebody sees them.
//! Not here: what is said.

use super::args::{Color, Format};
use super::error::CommandError;
use super::paint::{Layout, Text, Tone};
use anstream::{AutoStream, ColorChoice};
use serde::Serialize;
use std::io::{self, BufWriter, IsTerminal, Write};

/// Where a command's words go.
pub(super) struct Output {
    out: BufWriter<io::Stdout>,
    format: Format,
    results: Layout,
    messages: Layout,
    pretty: bool,
    quiet: bool,
    verbose: bool,
}

impl Output {
    /// Looks at the terminal once.
    pub(super) fn new(format: Format, color: Color, quiet: bool, verbose: bool) -> Output {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        // `auto` asks the stream: a terminal, no NO_COLOR, not TERM=dumb.
        let styled = |automatic: ColorChoice| match choice {
            ColorChoice::Auto => automatic != ColorChoice::Never,
            other => other != ColorChoice::Never,
        };
        let (out, err) = (io::stdout(), io::stderr());
        let terminal = out.is_terminal();
        let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        Output {
            results: Layout { width: width.filter(|_| terminal), styled: styled(AutoStream::choice(&out)) },
            messages: Layout { width: None, styled: styled(AutoStream::choice(&err)) },
            pretty: terminal,
            out: BufWriter::new(out),
            format,
            quiet,
            verbose,
        }
    }

    /// What `--format` asks for.
    pub(super) fn format(&self) -> Format {
        self.format
    }

    /// True with `-v`.
    pub(super) fn verbose(&self) -> bool {
        self.verbose
    }

    /// True when a person watches standard error and did not ask for silence.
    pub(super) fn progress_is_seen(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// One paragraph of a result.
    pub(super) fn text(&mut self, text: &Text) -> Result<(), CommandError> {
        let laid_out = text.lay_out(self.results);
        writeln!(self.out, "{}", laid_out.trim_end())?;
        Ok(())
    }

    /// An empty line between results.
    pub(super) fn gap(&mut self) -> Result<(), CommandError> {
        writeln!(self.out)?;
        Ok(())
    }

    /// What to try next; left out with `-q`.
    pub(super) fn next_step(&mut self, words: &str) -> Result<(), CommandError> {
        if self.quiet {
            return Ok(());
        }
        self.gap()?;
        self.text(&Text::indented(0).dim(words))
    }

    /// A command to type next; left out with `-q`.
    pub(super) fn hint_line(&mut self, words: &str) -> Result<(), CommandError> {
        if self.quiet { Ok(()) } else { self.text(&Text::indented(2).plain(words)) }
    }

    /// Text of a paper as it is, without layout.
    pub(super) fn verbatim(&mut self, text: &str) -> Result<(), CommandError> {
        self.out.write_all(text.as_bytes())?;
        Ok(())
    }

    /// Bytes of a file. Fails on a terminal, which would show them as rubbish.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> Result<(), CommandError> {
        if self.pretty {
            return Err(CommandError::usage("this format is not for a terminal", "write it to a file: … > FILE"));
        }
        self.out.write_all(bytes)?;
        Ok(())
    }

    /// One JSON object; over several lines on a terminal.
    pub(super) fn json(&mut self, value: &impl Serialize) -> Result<(), CommandError> {
        let written =
            if self.pretty { serde_json::to_writer_pretty(&mut self.out, value) } else { serde_json::to_writer(&mut self.out, value) };
        written.map_err(io::Error::from)?;
        self.gap()
    }

    /// One JSON object on one line, also on a terminal.
    pub(super) fn json_line(&mut self, value: &impl Serialize) -> Result<(), CommandError> {
        serde_json::to_writer(&mut self.out, value).map_err(io::Error::from)?;
        self.gap()
    }

    /// A message for the person at the terminal; left out with `-q`.
    pub(super) fn message(&mut self, text: &Text) -> Result<(), CommandError> {
        if self.quiet { Ok(()) } else { self.complaint(text) }
    }

    /// A message that `-q` does not silence: something was not done.
    pub(super) fn complaint(&mut self, text: &Text) -> Result<(), CommandError> {
        self.out.flush()?;
        // A closed standard error must not stop the work.
        let _ = writeln!(io::stderr(), "{}", text.lay_out(self.messages));
        Ok(())
    }

    /// The message of a failed command.
    pub(super) fn error(&mut self, message: &str, hint: Option<&str>) {
        // The failure itself is told even when results can no longer be written.
        let _ = self.complaint(&Text::indented(0).with(Tone::Bad, "error: ").plain(message));
        if let Some(hint) = hint {
            let _ = self.complaint(&Text::indented(0).dim("hint: ").plain(hint));
        }
    }

    /// Sends out what is still held back.
    pub(super) fn finish(&mut self) -> Result<(), CommandError> {
        self.out.flush()?;
        Ok(())
    }
}
