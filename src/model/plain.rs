//! Text of papers on its way out: what hides or turns it, and markup around it.
//!
//! Duty: the one list of characters that make a text read as another one, and the one way for text into HTML and XML. Not here:
//! what a terminal or a shell needs beyond that (`cli`, `query`).

/// True for a mark that turns the reading direction (UAX #9), so that a name reads as another one.
pub fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// True for a character without a width of its own: it cannot be seen, and changes how a name is compared.
pub fn is_hidden(c: char) -> bool {
    turns(c) || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2065}' | '\u{feff}')
}

/// Adds text inside HTML or XML, in an element or a quoted attribute. Control characters, which XML forbids, are left out, and what
/// turns the reading direction too: in a text of one language it only serves to hide something.
pub fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c.is_control() || turns(c) || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
}

/// The same as a text of its own.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(&mut out, text);
    out
}

#[cfg(test)]
mod tests {
    use super::{escaped, is_hidden, turns};

    #[test]
    fn nothing_of_a_text_becomes_markup() {
        assert_eq!(
            escaped("<script>\"a\" & 'b'\u{202e}\u{0}\u{fffe}</script>\n"),
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;\n"
        );
    }

    #[test]
    fn what_turns_is_hidden_and_letters_are_not() {
        assert!(['\u{202e}', '\u{2067}', '\u{200f}', '\u{61c}'].iter().all(|c| turns(*c) && is_hidden(*c)));
        assert!(['\u{200b}', '\u{feff}', '\u{2060}'].iter().all(|c| is_hidden(*c) && !turns(*c)));
        assert!("Đảng ủy – số 12-CT/TU …".chars().all(|c| !is_hidden(c)));
    }
}
