//! Who issued a document.

use serde::{Deserialize, Serialize};

/// The level of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Trung ương.
    Central,
    /// Tỉnh, thành phố trực thuộc Trung ương.
    Province,
    /// Huyện, quận, thị xã (to 30 June 2025).
    District,
    /// Xã, phường, đặc khu.
    Commune,
}

impl Level {
    /// The word of the interface: `central`, `province`, `district`, `commune`.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Central => "central",
            Level::Province => "province",
            Level::District => "district",
            Level::Commune => "commune",
        }
    }
}

/// The body that issued a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Issuer {
    /// Shortest usual name: "Ban Thường vụ Tỉnh ủy Hà Nam".
    pub name: String,
    /// Code in the symbol: `TU`, `TW`, `UBND`.
    pub register: Option<String>,
    /// Level of the body, where known.
    pub level: Option<Level>,
    /// Display name of the province, for a body below the centre.
    pub province: Option<String>,
}
