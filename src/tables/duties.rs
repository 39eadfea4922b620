//! Words of duties: nouns that make up the names of bodies, and the phrases that lay a duty on them.
//!
//! Duty: typed rows of `bodies.tsv` and `duties.tsv`. Not here: how the phrases are looked for (`extract::task_words`).

use super::{fold, tsv};
use crate::model::Error;

macro_rules! roles {
    ($(#[$meta:meta])* $name:ident { $($(#[doc = $doc:literal])+ $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $doc])+ $variant),+ }

        impl $name {
            /// Every role, in the order of the declaration.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// Reads the word of the table.
            pub fn parse(word: &str) -> Option<$name> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }
    };
}

roles! {
    /// What a word does in the name of a body.
    BodyRole {
        /// A body by itself or the head of its name, in any letter case: "ủy ban nhân dân".
        Name = "name",
        /// Heads a name only before a capital, a field, or after a determiner: "sở".
        Noun = "noun",
        /// A common noun that can be addressed: "cơ quan".
        Generic = "generic",
        /// A noun that is a verb as well ("tổ chức"): counts only after a determiner or inside a list.
        Loose = "loose",
        /// An administrative unit: "tỉnh".
        Unit = "unit",
        /// The holder of an office: "giám đốc".
        Position = "position",
        /// A determiner: "các".
        Group = "group",
        /// What an office is for: "nội vụ".
        Field = "field",
        /// Joins a head to the body above it: "của", "thuộc".
        Link = "link",
        /// Words that may follow a head: "có liên quan".
        Tail = "tail",
    }
}

roles! {
    /// What a phrase does in a sentence or heading about duties.
    DutyRole {
        /// Lays a duty on the body that follows: "giao".
        Order = "order",
        /// An order that only the issuer gives, also inside a sentence: "giao", unlike "đề nghị".
        Assign = "assign",
        /// In a name: some authority above, on which nothing can be laid ("cơ quan có thẩm quyền").
        Higher = "higher",
        /// Looks like an order or a body and is none: "được giao", "báo chí".
        Aside = "aside",
        /// What is reported or sent, and so ends the name before it: "kết quả".
        Object = "object",
        /// Makes the body before it the one in duty: "chịu trách nhiệm".
        Strong = "strong",
        /// Stands between body and verb: "cần".
        Modal = "modal",
        /// Stands between body and verb, or opens a duty without body: "tiếp tục".
        Adverb = "adverb",
        /// An adverb that urges, so that a sentence with it asks and does not tell: "khẩn trương".
        Urge = "urge",
        /// What is to be done: "xây dựng".
        Verb = "verb",
        /// Begins a clause that goes before the body: "đối với".
        Opener = "opener",
        /// Opens an item that first says what is answered: "về".
        Topic = "topic",
        /// Tells what is or was: "đã".
        Past = "past",
        /// Tells in a lead-in that duties follow: "tập trung".
        Focus = "focus",
        /// Joins the parts of a list: "và".
        Join = "join",
        /// Ends a lead-in: "sau đây".
        LeadEnd = "lead_end",
        /// Heads a part that lays duties: "tổ chức thực hiện".
        Task = "task",
        /// Heads a part that says what for: "mục đích".
        Goal = "goal",
        /// Heads a part that tells what was: "tình hình".
        Account = "account",
        /// Heads the implementing article of a normative text.
        Article = "article",
        /// Begins the closing paragraph.
        Closing = "closing",
        /// Label of the field or column of the leading body.
        Lead = "lead",
        /// Label of the field or column of the bodies that take part.
        With = "with",
        /// Label of the field or column of the time.
        Time = "time",
        /// As the words of a time field, a repetition without period: "thường xuyên".
        Always = "always",
        /// Label of the field or column of the product.
        Product = "product",
        /// Label of the column of the duty itself.
        Content = "content",
        /// Label of a column that only the steps of a procedure have: "thời hạn giải quyết".
        Step = "step",
        /// Label of the column of row numbers.
        OrderNumber = "order_number",
        /// "phối hợp (chặt chẽ)".
        Coordinate = "coordinate",
        /// "với", "cùng".
        By = "by",
        /// "báo cáo".
        Report = "report",
        /// Goes before the body that is reported to: "với", "về".
        Towards = "towards",
        /// Goes before the body to which somebody answers: "trước".
        Before = "before",
        /// Begins what another body is to do with it: "để".
        Purpose = "purpose",
        /// Ends a conditional clause: "thì".
        Then = "then",
        /// Goes before a body in a heading: "trách nhiệm của".
        OfBody = "of_body",
        /// Begins an item that lays no duty: "khuyến khích".
        NotTask = "not_task",
        /// Code or type word of a paper that is normative whatever its number: "NĐ".
        NormativeKind = "normative_kind",
        /// Kinds of papers that hold provisions alone.
        LawKind = "law_kind",
        /// Code or type word of a paper that is normative where its number bears a year: "QĐ"; a directive never is for that.
        YearKind = "year_kind",
        /// Makes a sentence of any part the implementing one: "chịu trách nhiệm thi hành".
        Enforce = "enforce",
        /// Type word of an annex that holds provisions: "quy chế".
        Provision = "provision",
        /// Type word of an annex that holds duties: "kế hoạch".
        Plan = "plan",
        /// Code or type word of a paper whose items ask although no heading says so: "chỉ thị".
        AskingKind = "asking_kind",
        /// Names the paper itself as what is carried out: "thực hiện quy định này".
        CarryOut = "carry_out",
        /// Picks one body out of those before: "riêng".
        Apart = "apart",
        /// After "do" and a body: who does it, "đảm nhiệm".
        Charged = "charged",
        /// Goes before the body that does what the sentence is about: "do".
        ByWhom = "by_whom",
        /// Makes another body act: "chỉ đạo" in "chỉ đạo Sở Y tế chủ trì".
        Directs = "directs",
        /// What one paper does to another: "bãi bỏ".
        Amend = "amend",
        /// The part of a paper on which that is done: "khoản".
        Part = "part",
        /// Tells whether a paper is in force: "hết hiệu lực".
        Force = "force",
        /// What befalls those who do something: "sẽ được".
        Outcome = "outcome",
        /// Tells that something was done: "đã".
        Done = "done",
        /// Makes a sentence that ends with it the implementing one: "có trách nhiệm thi hành".
        EnforceEnd = "enforce_end",
        /// Begins an article by which the paper decides something: "thông qua".
        Approves = "approves",
        /// Opens an item that looks ahead: "thời gian tới".
        Ahead = "ahead",
    }
}

/// One row of `bodies.tsv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyWord {
    /// Lower case, tone mark on the first letter (see [`fold::lower`]).
    pub text: String,
    /// What it does in a name.
    pub role: BodyRole,
}

/// One row of `duties.tsv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyPhrase {
    /// Lower case, tone mark on the first letter.
    pub text: String,
    /// What it does in a sentence.
    pub role: DutyRole,
}

pub(super) fn parse_bodies(texts: &[(&str, &str)]) -> Result<Vec<BodyWord>, Error> {
    rows(texts, BodyRole::parse, |text, role| BodyWord { text, role })
}

pub(super) fn parse_duties(texts: &[(&str, &str)]) -> Result<Vec<DutyPhrase>, Error> {
    rows(texts, DutyRole::parse, |text, role| DutyPhrase { text, role })
}

fn rows<R, T>(texts: &[(&str, &str)], role: impl Fn(&str) -> Option<R>, make: impl Fn(String, R) -> T) -> Result<Vec<T>, Error> {
    let mut out = Vec::new();
    for (table, text) in texts {
        out.extend(tsv::read(table, text, |row| {
            let word = row.get("role");
            let role = role(word).ok_or_else(|| row.error(&format!("role {word:?} is unknown; see the head of the table")))?;
            match row.get("text") {
                "" => Err(row.error("`text` is empty")),
                text => Ok(make(fold::lower(text), role)),
            }
        })?);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::{BodyRole, DutyRole};
    use crate::tables::Tables;

    #[test]
    fn builtin_rows_are_sorted_and_unique() {
        let tables = Tables::builtin();
        assert!(tables.bodies.iter().any(|row| row.text == "ủy ban nhân dân" && row.role == BodyRole::Name));
        assert!(tables.duties.iter().any(|row| row.text == "được giao" && row.role == DutyRole::Aside));
        for pair in [include_str!("bodies.tsv"), include_str!("duties.tsv")] {
            let rows: Vec<(&str, &str)> = pair
                .lines()
                .filter(|line| !line.starts_with('#'))
                .skip(1)
                .map(|line| line.split_once('\t').expect("two columns"))
                .map(|(text, role)| (role, text))
                .collect();
            assert!(rows.windows(2).all(|two| two[0] < two[1]), "sorted by role, then by text");
        }
    }

    #[test]
    fn an_unknown_role_names_table_and_line() {
        let error = Tables::with_texts(vec![("duties.tsv".into(), "text\trole\ngiao\tordr\n".into())]).expect_err("wrong role");
        assert_eq!(error.to_string(), "open: table duties.tsv line 2: role \"ordr\" is unknown; see the head of the table");
    }
}
