//! What one document does to another.

use serde::{Deserialize, Serialize};

macro_rules! relations {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal),+ $(,)?) => {
        /// A relation from the citing document to the cited one (domain: the vocabulary of vbpl.vn, and Party practice).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Relation {
            $($(#[doc = $doc])+ #[serde(rename = $word)] $name),+
        }

        impl Relation {
            /// Every relation, in the order of the interface.
            pub const ALL: &[Relation] = &[$(Relation::$name),+];

            /// The word of the interface.
            pub fn as_str(self) -> &'static str {
                match self { $(Relation::$name => $word),+ }
            }

            /// Reads the word of the interface.
            pub fn parse(word: &str) -> Option<Relation> {
                match word { $($word => Some(Relation::$name),)+ _ => None }
            }
        }
    };
}

relations! {
    /// "Căn cứ …": the legal basis.
    BasedOn = "based_on",
    /// "thực hiện", "triển khai".
    Implements = "implements",
    /// "quán triệt", "học tập", "tuyên truyền".
    Studies = "studies",
    /// "cụ thể hoá", "thể chế hoá".
    Concretises = "concretises",
    /// "tiếp tục thực hiện" (in a title).
    Continues = "continues",
    /// "sơ kết", "tổng kết", "qua N năm thực hiện".
    Reviews = "reviews",
    /// "báo cáo kết quả thực hiện".
    ReportsOn = "reports_on",
    /// "hướng dẫn thực hiện".
    Guides = "guides",
    /// "quy định chi tiết".
    Details = "details",
    /// "sửa đổi, bổ sung".
    Amends = "amends",
    /// "thay thế".
    Replaces = "replaces",
    /// "bãi bỏ", "hết hiệu lực".
    Repeals = "repeals",
    /// "đình chỉ", "ngưng hiệu lực".
    Suspends = "suspends",
    /// "đính chính".
    Corrects = "corrects",
    /// "hợp nhất".
    Consolidates = "consolidates",
    /// "ban hành kèm theo".
    IssuedWith = "issued_with",
    /// "sau khi xem xét", "theo đề nghị … tại Tờ trình số".
    Considers = "considers",
    /// "kết thúc việc thực hiện".
    Ends = "ends",
    /// Nothing more than a mention.
    Mentions = "mentions",
}

impl Relation {
    /// True for the relations of a paper to one that it puts into practice, in whatever way; those that change what is in
    /// force are none of them.
    pub fn carries_out(self) -> bool {
        use Relation as R;
        matches!(self, R::Implements | R::Studies | R::Concretises | R::Continues | R::Reviews | R::ReportsOn | R::Guides | R::Details)
    }

    /// True for the relations that make up the implementation lineage.
    pub fn is_lineage(self) -> bool {
        !matches!(self, Relation::Mentions | Relation::BasedOn | Relation::Considers | Relation::IssuedWith)
    }
}
