#!/usr/bin/env python3
"""Make the DOCX, PDF and DOC papers of the corpus from the .src texts beside this file.

Needs python-docx, LibreOffice (soffice) and the font Tinos. Run it from anywhere: python3 corpus/.make/build.py [NAME...]

A .src file: `@out PATH` (one line a format), `@head` (left cell, a line `|`, right cell), `@title`, `@body`, `@page`, `@sign`
(as `@head`). In the body `# ` opens a heading, `| a | b |` is a row of a table and `[[...]]` is a footnote.
"""

import datetime
import pathlib
import re
import subprocess
import sys
import tempfile

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

HERE = pathlib.Path(__file__).resolve().parent
CORPUS = HERE.parent
FONT = "Tinos"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read(path):
    """Return the output paths and the list of (section, lines)."""
    outs, sections = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("@out "):
            outs.append(CORPUS / line[5:].strip())
        elif line.startswith("@"):
            sections.append((line[1:].strip(), []))
        else:
            sections[-1][1].append(line)
    return outs, sections


class Paper:
    def __init__(self):
        self.doc = docx.Document()
        self.notes = []
        page = self.doc.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin, page.right_margin = Cm(3), Cm(1.5)
        page.top_margin = page.bottom_margin = Cm(2)
        style = self.doc.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(14)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after = Pt(0)
        stamp = datetime.datetime(2026, 11, 1)
        core = self.doc.core_properties
        core.author, core.title, core.created, core.modified = "", "", stamp, stamp

    def line(self, paragraph, text, bold=False, italic=False, size=None, underline=False):
        for i, part in enumerate(re.split(r"\[\[(.*?)\]\]", text)):
            if i % 2:
                self.notes.append(part)
                run = paragraph.add_run()
                reference = OxmlElement("w:footnoteReference")
                reference.set(qn("w:id"), str(len(self.notes)))
                run._r.append(reference)
                run.font.superscript = True
            elif part:
                run = paragraph.add_run(part)
                run.bold, run.italic, run.underline = bold, italic, underline
                if size:
                    run.font.size = Pt(size)

    def pair(self, lines, kind):
        cut = lines.index("|")
        if kind == "sign":
            self.doc.add_paragraph()
        table = self.doc.add_table(rows=1, cols=2)
        table.autofit = False
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        state = any("CỘNG HÒA" in text for text in lines)
        widths = ((Cm(5.9), Cm(10.6)) if state else (Cm(7.9), Cm(8.6))) if kind == "head" else (Cm(9), Cm(7.5))
        for column, width in zip(table.columns, widths):
            column.width = width
        for cell, width, texts, right in zip(table.rows[0].cells, widths, (lines[:cut], lines[cut + 1 :]), (False, True)):
            cell.width = width
            for i, text in enumerate(texts):
                paragraph = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
                if kind == "head" or right:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                place = ", ngày" in text
                if kind == "head":
                    number = text.startswith("Số")
                    upper = text.upper() == text and not number
                    self.line(paragraph, text, bold=upper or text.startswith("Độc lập"), italic=place, size=12 if state else 13)
                elif right:
                    stamp = text.startswith(("Cơ quan:", "Ngày ký:"))
                    self.line(paragraph, text, bold=not stamp and (i == 0 or i == len(texts) - 1), size=9 if stamp else 14)
                else:
                    self.line(paragraph, text, bold=False, size=11, underline=i == 0)
        self.doc.add_paragraph()

    def title(self, lines):
        for i, text in enumerate(lines):
            paragraph = self.doc.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            self.line(paragraph, text, bold=not text.startswith("("), italic=text.startswith("("), size=15 if i == 0 else 13 if text.startswith("(") else 14)
        self.doc.add_paragraph()

    def body(self, lines):
        rows = []
        for text in lines + [""]:
            if text.startswith("|"):
                rows.append([cell.strip() for cell in text.strip("|").split("|")])
                continue
            if rows:
                self.table(rows)
                rows = []
            if not text:
                continue
            heading = text.startswith("# ")
            paragraph = self.doc.add_paragraph()
            paragraph.paragraph_format.space_before = Pt(6)
            paragraph.paragraph_format.first_line_indent = Cm(1)
            centred = heading and text == text.upper() and "QUYẾT ĐỊNH" in text
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.JUSTIFY
            if heading:
                paragraph.paragraph_format.keep_with_next = True
                self.line(paragraph, text[2:], bold=True)
            elif match := re.match(r"(Điều [0-9]+\.)(.*)", text):
                self.line(paragraph, match[1], bold=True)
                self.line(paragraph, match[2])
            else:
                self.line(paragraph, text)

    def table(self, rows):
        table = self.doc.add_table(rows=0, cols=len(rows[0]))
        table.style = "Table Grid"
        table.autofit = False
        widths = [Cm(w) for w in (1.2, 4.6, 3.0, 3.0, 2.6, 2.1)]
        for column, width in zip(table.columns, widths):
            column.width = width
        for i, row in enumerate(rows):
            cells = table.add_row().cells
            for cell, text, width in zip(cells, row, widths):
                cell.width = width
                self.line(cell.paragraphs[0], text, bold=i == 0, size=11)

    def save(self, path):
        if self.notes:
            xml = [f'<w:footnotes xmlns:w="{WORD}">']
            for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
                xml.append(f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>')
            for number, text in enumerate(self.notes, 1):
                mark = '<w:r><w:rPr><w:sz w:val="20"/><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
                words = f'<w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:t xml:space="preserve"> {text}</w:t></w:r>'
                xml.append(f'<w:footnote w:id="{number}"><w:p>{mark}{words}</w:p></w:footnote>')
            xml.append("</w:footnotes>")
            kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
            part = Part(PackURI("/word/footnotes.xml"), kind, "".join(xml).encode(), self.doc.part.package)
            self.doc.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        self.doc.save(path)


def build(path):
    outs, sections = read(path)
    paper = Paper()
    for name, lines in sections:
        if name in ("head", "sign"):
            paper.pair(lines, name)
        elif name == "title":
            paper.title(lines)
        elif name == "body":
            paper.body(lines)
        elif name == "page":
            paper.doc.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / f"{outs[0].stem}.docx"
        paper.save(source)
        for out in outs:
            kind = out.suffix[1:]
            if kind != "docx":
                kind = {"pdf": "pdf:writer_pdf_Export", "doc": "doc:MS Word 97"}[kind]
                subprocess.run(["soffice", "--headless", "--convert-to", kind, "--outdir", folder, source], check=True, capture_output=True)
            out.write_bytes((source.parent / out.name).read_bytes())
            print(out.relative_to(CORPUS), out.stat().st_size)


for src in sorted(HERE.glob("*.src")):
    if not sys.argv[1:] or src.stem in sys.argv[1:]:
        build(src)
