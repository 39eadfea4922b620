//! Documents of word processors (DOC, DOCX, ODT, RTF), by way of anydoc's document model.
//!
//! Duty: paragraphs, lists with their labels, table cells and footnotes as raw text. Not here: pages (such a document has
//! none until it is laid out), headers and footers, the Markdown that anydoc would write, the fonts, which anydoc leaves
//! out (`archive_marks`, `rtf_marks`, `doc_fonts`).

use super::doc_fonts::{self, DocFonts};
use super::fonts::Font;
use super::lines::Lines;
use super::{Format, archive_marks, rtf_marks, txt};
use crate::model::{ErrorKind, Method, RawText};
use anydoc::ConvertError;
use anydoc::model::{Block, CellSlot, Document, Inline, List, Note, Table};
use memchr::memmem;

/// Reads a document. Errors: cut off, encrypted, or refused by the parser.
pub(super) fn decode(format: Format, bytes: &[u8]) -> Result<RawText, ErrorKind> {
    let (kind, marked) = match format {
        Format::Doc => (anydoc::Format::Doc, None),
        // An RTF is text, down to its pictures, which stand behind its fonts and styles.
        Format::Rtf if txt::is_noise(bytes.get(..4096).unwrap_or(bytes)) => return Err(ErrorKind::Binary),
        Format::Rtf => (anydoc::Format::Rtf, rtf_marks::keep(bytes)?),
        Format::Odt => (anydoc::Format::Odt, archive_marks::keep_odt(bytes)),
        _ => (anydoc::Format::Docx, archive_marks::keep_docx(bytes)),
    };
    if matches!(format, Format::Docx | Format::Odt) {
        // An archive ends with its directory, followed by a comment of at most 64 KiB.
        let tail = &bytes[bytes.len().saturating_sub(66_000)..];
        if memmem::find(tail, b"PK\x05\x06").is_none() {
            return Err(ErrorKind::Truncated("the archive has no directory at its end".into()));
        }
    }
    let fonts = if format == Format::Doc { doc_fonts::read(bytes) } else { None };
    let document = anydoc::to_document(marked.as_deref().unwrap_or(bytes), kind).map_err(refused)?;
    Ok(RawText {
        text: Writer::new(&document, marked.is_some(), fonts).text(),
        media_type: format.media_type().into(),
        encoding: None,
        pages: None,
        method: Method::Office,
        warnings: Vec::new(),
    })
}

fn refused(error: ConvertError) -> ErrorKind {
    match error {
        ConvertError::Encrypted => ErrorKind::Encrypted,
        ConvertError::MissingPart { part } => ErrorKind::Malformed(format!("the part {part} is missing")),
        other => ErrorKind::Malformed(other.to_string()),
    }
}

struct Writer<'a> {
    document: &'a Document,
    lines: Lines,
    /// Notes in the order in which the text refers to them; the place is the label.
    notes: Vec<&'a Note>,
    /// Depth of tables around the place that is written: inside, paragraphs are lines without an empty line between.
    cells: usize,
    /// True when fonts matter, so that words which anydoc makes itself need a mark.
    is_marked: bool,
    /// The fonts of a Word 97 file, whose text bears no marks.
    fonts: Option<DocFonts>,
}

impl<'a> Writer<'a> {
    fn new(document: &'a Document, is_marked: bool, fonts: Option<DocFonts>) -> Self {
        Writer { document, lines: Lines::default(), notes: Vec::new(), cells: 0, is_marked: is_marked || fonts.is_some(), fonts }
    }

    fn text(mut self) -> String {
        self.blocks(&self.document.blocks);
        // Notes may refer to notes, so the list can grow while it is written.
        let mut next = 0;
        while let Some(&note) = self.notes.get(next) {
            next += 1;
            if next == 1 {
                self.lines.paragraph()
            } else {
                self.lines.line()
            }
            self.label(next);
            self.lines.words(" ");
            self.cells += 1;
            let first = note.blocks.first();
            if let Some(Block::Paragraph(content)) = first {
                self.inlines(content);
                self.blocks(&note.blocks[1..]);
            } else {
                self.blocks(&note.blocks);
            }
            self.cells -= 1;
        }
        self.lines.finish()
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'a Block) {
        self.gap();
        match block {
            Block::Heading { content, .. } | Block::Paragraph(content) => self.inlines(content),
            Block::List(list) => self.list(list),
            Block::Table(table) => self.table(table),
            Block::BlockQuote(blocks) => self.blocks(blocks),
            Block::CodeBlock { text, .. } => self.lines.lines(text),
            Block::Math(formula) => self.lines.words(formula),
            Block::Rule => {}
        }
        self.gap();
    }

    fn gap(&mut self) {
        if self.cells > 0 { self.lines.line() } else { self.lines.paragraph() }
    }

    fn list(&mut self, list: &'a List) {
        for (n, item) in (list.start..).zip(&list.items) {
            self.gap();
            match &item.marker_label {
                Some(label) => self.plain(label),
                None if list.marker.ordered() => self.plain(&list.marker.label(n)),
                None => self.plain("-"),
            }
            self.lines.words(" ");
            match item.blocks.split_first() {
                Some((Block::Paragraph(content), rest)) => {
                    self.inlines(content);
                    self.blocks(rest);
                }
                _ => self.blocks(&item.blocks),
            }
        }
    }

    fn table(&mut self, table: &'a Table) {
        // A frame around something is no table.
        if table.is_single_cell() {
            for slot in table.grid.iter().flatten() {
                if let CellSlot::Origin(cell) = slot {
                    self.blocks(&cell.blocks);
                }
            }
            return;
        }
        self.cells += 1;
        for row in table.grid.iter().filter(|row| !row.is_empty()) {
            let mut empty = false;
            for slot in row {
                self.lines.border(empty);
                let before = self.lines.len();
                if let CellSlot::Origin(cell) = slot {
                    self.blocks(&cell.blocks);
                }
                empty = self.lines.len() == before;
            }
            self.lines.border(empty);
        }
        self.cells -= 1;
    }

    fn inlines(&mut self, content: &'a [Inline]) {
        for inline in content {
            match inline {
                Inline::Text { text, .. } => self.run(text),
                Inline::Link { content, .. } => self.inlines(content),
                Inline::NoteRef(id) => self.note(id),
                Inline::LineBreak => self.lines.line(),
                Inline::Math(formula) => self.lines.words(formula),
                Inline::Checkbox(checked) => self.lines.words(if *checked { "☑" } else { "☐" }),
                Inline::Image { .. } | Inline::Anchor(_) => {}
            }
        }
    }

    /// Words of the document, with the mark of their font where the text bears none.
    fn run(&mut self, text: &str) {
        let Some(fonts) = &mut self.fonts else { return self.lines.words(text) };
        for (piece, font) in fonts.split(text) {
            let words = piece.trim_start();
            self.lines.words(&piece[..piece.len() - words.len()]);
            if !words.is_empty() {
                self.lines.words(&format!("{}{words}", font.mark()));
            }
        }
    }

    /// The mark of a footnote.
    fn label(&mut self, number: usize) {
        let font = if self.is_marked { Font::Other.mark().to_string() } else { String::new() };
        self.lines.mark(&format!("{font}{number}"));
    }

    /// Words that no run of the document holds.
    fn plain(&mut self, text: &str) {
        if self.is_marked {
            self.lines.words(&format!("{}{text}", Font::Other.mark()));
        } else {
            self.lines.words(text);
        }
    }

    fn note(&mut self, id: &str) {
        let Some(note) = self.document.notes.iter().find(|note| note.id == id) else { return };
        let place = self.notes.iter().position(|known| known.id == id).unwrap_or_else(|| {
            self.notes.push(note);
            self.notes.len() - 1
        });
        self.label(place + 1);
    }
}
