//! Keeps the fonts of a DOCX or an ODT, before anydoc reads it.
//!
//! Duty: marks before each run of text, in a copy of the markup, where the document names a font of an old encoding.
//! Fonts are those of the run, else of its style, else of the paragraph's. Not here: the archive, what the markup says
//! beside that.

use super::fonts::{Font, SOFT_HYPHEN};
use std::collections::HashMap;

/// Styles of which one is based on another, at most.
const MAX_CHAIN: usize = 32;

/// Fonts of the styles, by name; `None` where the style leaves it to the one it is based on.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, (Option<Font>, String)>);

/// The name of what holds where no style says anything.
const DEFAULT: &str = "";

/// Names of elements and attributes.
struct Names {
    /// A style, its name, the style it is based on; what holds without a style.
    style: &'static str,
    name: &'static str,
    base: (&'static str, &'static str),
    defaults: &'static str,
    /// The element and the attributes that name a font.
    font: &'static str,
    fonts: &'static [&'static str],
}

const DOCX: Names = Names {
    style: "w:style",
    name: "w:styleId",
    base: ("w:basedOn", "w:val"),
    defaults: "w:docDefaults",
    font: "w:rFonts",
    fonts: &["w:ascii", "w:hAnsi"],
};
const ODT: Names = Names {
    style: "style:style",
    name: "style:name",
    base: ("style:style", "style:parent-style-name"),
    defaults: "style:default-style",
    font: "style:text-properties",
    fonts: &["style:font-name", "fo:font-family"],
};

/// True when some part of the document names a font of an old encoding, as far as a search for the name can tell.
pub(super) fn may_be_old(markup: &str) -> bool {
    ["\".Vn", "\".vn", "\".VN", "\"VNI-", "\"Vni-", "\"'.Vn"].iter().any(|start| markup.contains(start))
}

/// A tag, without its brackets, and the text up to the next one.
fn pieces(markup: &str) -> impl Iterator<Item = (&str, &str)> {
    markup.split('<').skip(1).map(|piece| piece.split_once('>').unwrap_or((piece, "")))
}

fn name(tag: &str) -> &str {
    tag.split([' ', '\n', '\t', '\r']).next().unwrap_or(tag).trim_end_matches('/')
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let after = &rest[at + name.len()..];
        if rest[..at].ends_with([' ', '\n', '\t', '\r'])
            && let Some(value) = after.strip_prefix("=\"")
        {
            return value.split('"').next();
        }
        rest = after;
    }
}

fn font(tag: &str, names: &Names) -> Option<Font> {
    let mut fonts = names.fonts.iter().filter_map(|name| attribute(tag, name)).map(Font::of);
    let first = fonts.next()?;
    Some(if first == Font::Other { fonts.find(|font| *font != Font::Other).unwrap_or(first) } else { first })
}

impl Styles {
    /// Adds the styles of a DOCX's `styles.xml`.
    pub(super) fn add_docx(&mut self, markup: &str) {
        self.add(markup, &DOCX);
    }

    /// Adds the styles that a part of an ODT defines.
    pub(super) fn add_odt(&mut self, markup: &str) {
        self.add(markup, &ODT);
    }

    fn add(&mut self, markup: &str, names: &Names) {
        let mut current: Option<(String, Option<Font>, String)> = None;
        for (tag, _) in pieces(markup) {
            let own = name(tag);
            if own == names.style || own == names.defaults {
                let style = if own == names.defaults { Some(DEFAULT) } else { attribute(tag, names.name) };
                let base = attribute(tag, names.base.1).filter(|_| names.base.0 == own).unwrap_or(DEFAULT);
                current = style.map(|style| (style.to_owned(), None, base.to_owned()));
                // The style of paragraphs that name none.
                if attribute(tag, "w:default") == Some("1") && attribute(tag, "w:type") == Some("paragraph") {
                    self.0.insert("w:default".into(), (None, attribute(tag, names.name).unwrap_or(DEFAULT).into()));
                }
            }
            if let Some((_, said, base)) = &mut current {
                if own == names.font {
                    *said = font(tag, names).or(*said);
                } else if own == names.base.0 && own != names.style {
                    *base = attribute(tag, names.base.1).unwrap_or(DEFAULT).to_owned();
                }
            }
            if let Some(ended) = own.strip_prefix('/')
                && (ended == names.style || ended == names.defaults)
                && let Some((style, said, base)) = current.take()
            {
                self.0.insert(style, (said, base));
            }
        }
    }

    fn font(&self, style: &str) -> Option<Font> {
        let mut style = style;
        for _ in 0..MAX_CHAIN {
            let (said, base) = self.0.get(style)?;
            if said.is_some() || style == DEFAULT {
                return *said;
            }
            style = base;
        }
        None
    }

    /// The markup of a part of a DOCX with marks.
    pub(super) fn mark_docx(&self, markup: &str) -> String {
        let mut out = Marked::new(markup);
        let plain = self.font("w:default").unwrap_or_default();
        let (mut paragraph, mut run, mut style, mut is_run) = (plain, None, None, false);
        for (tag, text) in pieces(markup) {
            out.copy(tag);
            match name(tag) {
                "w:p" => paragraph = plain,
                "w:pStyle" => paragraph = attribute(tag, "w:val").and_then(|id| self.font(id)).unwrap_or(plain),
                "w:r" => (run, style, is_run) = (None, None, true),
                "/w:r" => is_run = false,
                "w:rStyle" => style = attribute(tag, "w:val").and_then(|id| self.0.get(id)?.0),
                "w:rFonts" if is_run => run = font(tag, &DOCX),
                "w:t" if !tag.ends_with('/') => {
                    out.text(text, run.or(style).unwrap_or(paragraph));
                    continue;
                }
                _ => {}
            }
            out.out.push_str(text);
        }
        out.out
    }

    /// The markup of an ODT's content with marks.
    pub(super) fn mark_odt(&self, markup: &str) -> String {
        const HOLDERS: [&str; 5] = ["text:p", "text:h", "text:span", "text:a", "text:note-body"];
        let mut out = Marked::new(markup);
        let mut fonts: Vec<Font> = Vec::new();
        for (tag, text) in pieces(markup) {
            out.copy(tag);
            let own = name(tag);
            if HOLDERS.contains(&own) && !tag.ends_with('/') {
                let above = fonts.last().copied().or_else(|| self.font(DEFAULT)).unwrap_or_default();
                fonts.push(attribute(tag, "text:style-name").and_then(|id| self.font(id)).unwrap_or(above));
            } else if own.strip_prefix('/').is_some_and(|ended| HOLDERS.contains(&ended)) {
                fonts.pop();
            }
            match fonts.last() {
                Some(font) => out.text(text, *font),
                None => out.out.push_str(text),
            }
        }
        out.out
    }
}

struct Marked {
    out: String,
}

impl Marked {
    fn new(markup: &str) -> Marked {
        let mut out = String::with_capacity(markup.len() + markup.len() / 8);
        out.push_str(markup.split('<').next().unwrap_or_default());
        Marked { out }
    }

    fn copy(&mut self, tag: &str) {
        self.out.push('<');
        self.out.push_str(tag);
        self.out.push('>');
    }

    fn text(&mut self, text: &str, font: Font) {
        let words = text.trim_start();
        if !words.is_empty() {
            self.out.push_str(&text[..text.len() - words.len()]);
            self.out.push(font.mark());
            self.out.extend(words.chars().map(|c| if c == '\u{ad}' && font != Font::Other { SOFT_HYPHEN } else { c }));
        } else {
            self.out.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_a_docx_get_the_mark_of_their_font() {
        let mut styles = Styles::default();
        styles.add_docx(
            "<w:styles><w:docDefaults><w:rPr><w:rFonts w:ascii=\"Arial\"/></w:rPr></w:docDefaults>\
             <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"N\"><w:rPr><w:rFonts w:ascii=\".VnTime\"/></w:rPr></w:style>\
             <w:style w:styleId=\"H\"><w:basedOn w:val=\"N\"/></w:style></w:styles>",
        );
        let body = "<w:p><w:r><w:t>a\u{ad}</w:t></w:r></w:p><w:p><w:pStyle w:val=\"H\"/><w:r><w:rPr><w:rFonts w:hAnsi=\"Arial\"/></w:rPr>\
                    <w:t xml:space=\"preserve\"> b</w:t></w:r><w:r><w:t>c</w:t></w:r></w:p>";
        let marked = styles.mark_docx(body);
        let text: String = pieces(&marked).map(|(_, text)| text).collect();
        assert_eq!(text, "\u{f8a1}a\u{f8ad} \u{f8a0}b\u{f8a1}c");
    }

    #[test]
    fn runs_of_an_odt_get_the_mark_of_their_font() {
        let mut styles = Styles::default();
        let content = "<style:style style:name=\"P1\"><style:text-properties style:font-name=\".VnTimeH\"/></style:style>\
             <style:style style:name=\"T1\" style:parent-style-name=\"P1\"/><style:style style:name=\"T2\">\
             <style:text-properties style:font-name=\"Arial\"/></style:style><text:p text:style-name=\"P1\">a<text:span \
             text:style-name=\"T2\">b</text:span>c</text:p>";
        styles.add_odt(content);
        let text: String = pieces(&styles.mark_odt(content)).map(|(_, text)| text).collect();
        assert_eq!(text, "\u{f8a2}a\u{f8a0}b\u{f8a2}c");
    }
}
