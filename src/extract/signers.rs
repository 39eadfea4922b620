//! Who signed, in which position, on whose authority.

use super::spelling::Spelling;
use crate::model::{NormText, Signer, Structure};
use crate::structure::words;
use crate::tables::{Tables, fold};

/// Reads signature blocks; made once from the tables.
#[derive(Clone, Debug)]
pub(super) struct SignerReader {
    /// Positions and names of bodies.
    spelling: Spelling,
}

impl SignerReader {
    /// Compiles the words of the tables.
    pub(super) fn new(tables: &Tables) -> Self {
        let positions = tables.forms("position").iter().chain(tables.forms("spelt")).map(String::as_str);
        SignerReader { spelling: Spelling::new(positions.chain(tables.issuers.rows().iter().map(|body| body.name.as_str()))) }
    }

    /// The signers of the main text first, those of annexes left out when the main text has some.
    pub(super) fn find(&self, tables: &Tables, norm: &NormText, structure: &Structure) -> Vec<Signer> {
        let mut out: Vec<Signer> = Vec::new();
        for block in &structure.signatures {
            let people = || block.iter().map(|span| span.of(&norm.text).trim()).filter(|line| words::is_person(tables, line));
            // "HỦ TỊCH" above "Nguyễn Văn A": what a misread position looks like is no name beside one that begins with a surname.
            let named = people().any(|line| words::has_surname(tables, line));
            let misread = |line: &str| named && !line.contains(char::is_lowercase) && !words::has_surname(tables, line);
            let mut authority: Option<String> = None;
            let mut position: Option<String> = None;
            for span in block {
                let line = span.of(&norm.text).trim();
                let (line, person) = words::split_person(tables, line);
                // "CHU TỊCH": the marks of a position are lost.
                let line = words::misread_position(tables, line).unwrap_or(line);
                if words::is_authority(tables, line) {
                    let (said, rest) = self.split_authority(tables, line);
                    authority.get_or_insert(said);
                    position = rest.or(position);
                } else if words::is_position(tables, line) || words::is_small_position(tables, line) {
                    // "PHÓ TRƯỞNG BAN" and "THƯỜNG TRỰC" below it.
                    let standing = fold::lower(line) == "thường trực";
                    position = match position.filter(|_| standing) {
                        Some(deputy) => Some(format!("{deputy} Thường trực")),
                        None => Some(self.display(line)),
                    };
                }
                let named = || words::is_person(tables, line) && !words::is_authority(tables, line) && !words::is_position(tables, line);
                let signed = person.or_else(|| (named() && !words::is_small_position(tables, line) && !misread(line)).then_some(line));
                if let Some(line) = signed {
                    let name = words::strip_rank(tables, line).split_whitespace().collect::<Vec<_>>().join(" ");
                    let name = if name.chars().any(char::is_lowercase) { name } else { capitalise(&name) };
                    if out.iter().all(|signer| signer.name != name) {
                        out.push(Signer { name, position: position.clone(), authority: authority.clone() });
                    }
                }
            }
        }
        out
    }

    /// "KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH": the authority, and the position that follows on the line.
    fn split_authority(&self, tables: &Tables, line: &str) -> (String, Option<String>) {
        // The last authority prefix on the line begins what is signed for.
        let cut = line.match_indices(' ').map(|(i, _)| i + 1).rfind(|i| words::is_authority(tables, &line[*i..])).unwrap_or(0);
        let rest = &line[cut..];
        let position = rest.match_indices(' ').map(|(i, _)| i + 1).find(|i| {
            let tail = &rest[*i..];
            let deputy =
                tail.starts_with("PHÓ ") || tail.starts_with("Phó ") || tail.starts_with("THỨ TRƯỞNG") || tail.starts_with("Thứ trưởng");
            // "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH": the body's name goes before the position.
            let after_body =
                rest[..*i].split_whitespace().count() >= 3 && words::is_position(tables, tail) && !rest[..*i].trim_end().ends_with(',');
            deputy || after_body
        });
        match position {
            Some(at) => (self.display(line[..cut + at].trim()), Some(self.display(&rest[at..]))),
            None if line.starts_with("KT") || line.starts_with("K/T") || line.starts_with("K.T") => (self.display(line), None),
            None => (self.display(line), None),
        }
    }

    /// Capitals to the usual writing: "PHÓ BÍ THƯ THƯỜNG TRỰC" becomes "Phó Bí thư Thường trực" as the tables spell it.
    fn display(&self, line: &str) -> String {
        let capital = |line: &str| {
            let mut chars = line.chars();
            chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
        };
        if line.chars().any(char::is_lowercase) {
            return capital(line);
        }
        let out = self.spelling.spell(&fold::lower(line));
        // The prefix stays as printed: "KT. ", "T/M ".
        let prefix = line.find(' ').filter(|i| *i <= 4 && line[..*i].contains(['.', '/'])).unwrap_or(0);
        if prefix > 0 {
            return format!("{} {}", &line[..prefix], capital(out[prefix..].trim_start()));
        }
        capital(&out)
    }
}

fn capitalise(name: &str) -> String {
    name.split(' ')
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect())
        })
        .collect::<Vec<String>>()
        .join(" ")
}
