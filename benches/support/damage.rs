//! Papers in two forms, clean and damaged, with known truth: what damage does to a citation is known by making it.
//!
//! Duty: draw a plan (which documents a made-up paper cites, in which sentences), write it clean or with one kind of
//! damage in every citation. Kinds: what scanning, converting and typing do to symbols and dates, and ways of writing
//! that say the same in fewer words. Not here: reading, measuring. The sentences are the project's own.

use super::words::{MANNERS, TOPICS};
use super::{Day, Random};
use unicode_normalization::UnicodeNormalization;

/// One kind of damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Damage {
    /// None: the clean form.
    Clean,
    /// A line break at a separator of the symbol, or at a blank before it or in the date.
    Lines,
    /// A line break between any two characters of the symbol.
    LinesAnywhere,
    /// Other dashes for the hyphen.
    Dashes,
    /// Blanks round the separators of the symbol.
    Spaces,
    /// Blanks round the separators of a date in figures.
    DateSpaces,
    /// TƯ, T.Ư, T.W for TW.
    CentreWritten,
    /// `19/NQ-TW`, `19/NQ/TW`, `19-NQ-TW` for `19-NQ/TW`.
    Separators,
    /// The stroke of Đ is lost in the symbol.
    LostStroke,
    /// `l` or `I` for 1 and `O` for 0 in the serial.
    Figures,
    /// The term of an assembly in two parts, `OH` for `QH`, `TVV` for `TW`.
    Codes,
    /// The slash before the issuer read as `I`.
    LostSlash,
    /// Wrong or no marks on "số", "ngày", "tháng", "năm".
    Labels,
    /// Marks as characters of their own.
    Decomposed,
    /// A raised footnote mark after the symbol or the issuer.
    Raised,
    /// A footnote mark within the symbol, or as a plain figure behind it.
    GluedMark,
    /// The tone mark on the other vowel (hoà, uỷ).
    TonePlace,
    /// Cyrillic letters that look like Latin ones, in symbols.
    LookAlikes,
    /// Zero-width characters in symbols and dates.
    ZeroWidth,
    /// Blanks that do not break.
    FixedBlanks,
    /// Several serials before one code: "số 11, 12 và 15-CT/TW".
    SharedCode,
    /// "cùng ngày" and the date once for two documents.
    SameDay,
    /// One document in the title of another.
    NestedTitle,
}

impl Damage {
    /// All kinds, the clean form left out.
    pub(crate) const ALL: [Damage; 22] = [
        Damage::Lines,
        Damage::LinesAnywhere,
        Damage::Dashes,
        Damage::Spaces,
        Damage::DateSpaces,
        Damage::CentreWritten,
        Damage::Separators,
        Damage::LostStroke,
        Damage::Figures,
        Damage::Codes,
        Damage::LostSlash,
        Damage::Labels,
        Damage::Decomposed,
        Damage::Raised,
        Damage::GluedMark,
        Damage::TonePlace,
        Damage::LookAlikes,
        Damage::ZeroWidth,
        Damage::FixedBlanks,
        Damage::SharedCode,
        Damage::SameDay,
        Damage::NestedTitle,
    ];
}

/// A document that the paper cites.
#[derive(Clone, Debug)]
struct Cited {
    serial: usize,
    year: Option<u16>,
    word: &'static str,
    code: &'static str,
    issuer_code: &'static str,
    issuer: &'static str,
    day: Day,
    /// "ngày 21 tháng 7 năm 2014", not "ngày 21/7/2014".
    spelled: bool,
}

/// Word, code, issuer's code, issuer, year inside the symbol.
type Row = (&'static str, &'static str, &'static str, &'static str, bool);

const PARTY: [Row; 5] = [
    ("Chỉ thị", "CT", "TW", "Ban Bí thư", false),
    ("Nghị quyết", "NQ", "TW", "Bộ Chính trị", false),
    ("Kết luận", "KL", "TW", "Bộ Chính trị", false),
    ("Quyết định", "QĐ", "TW", "Ban Bí thư", false),
    ("Hướng dẫn", "HD", "BTCTW", "Ban Tổ chức Trung ương", false),
];
const STATE: [Row; 6] = [
    ("Quyết định", "QĐ", "TTg", "Thủ tướng Chính phủ", false),
    ("Chỉ thị", "CT", "TTg", "Thủ tướng Chính phủ", false),
    ("Nghị định", "NĐ", "CP", "Chính phủ", true),
    ("Thông tư", "TT", "BTC", "Bộ trưởng Bộ Tài chính", true),
    ("Quyết định", "QĐ", "UBND", "Ủy ban nhân dân tỉnh", true),
    ("Luật", "", "QH15", "Quốc hội", true),
];

impl Cited {
    fn new(random: &mut Random, row: Row) -> Cited {
        let (word, code, issuer_code, issuer, dated) = row;
        let day = Day { year: (2016 + random.below(9)) as u16, month: (1 + random.below(12)) as u8, day: (1 + random.below(28)) as u8 };
        let serial = 1 + random.below(if code.is_empty() || !dated { 190 } else { 900 });
        Cited { serial, year: dated.then_some(day.year), word, code, issuer_code, issuer, day, spelled: random.percent(40) }
    }

    fn party(&self) -> bool {
        self.issuer_code.ends_with("TW")
    }

    /// The parts of the symbol with the separator behind each; the last has none.
    fn parts(&self) -> Vec<(String, &'static str)> {
        let (first, second) = if self.party() { ("-", "/") } else { ("/", "-") };
        let mut parts = vec![(format!("{:02}", self.serial), first)];
        parts.extend(self.year.map(|year| (year.to_string(), "/")));
        if !self.code.is_empty() {
            parts.push((self.code.to_owned(), second));
        }
        parts.push((self.issuer_code.to_owned(), ""));
        parts
    }

    fn number(&self) -> String {
        self.parts().iter().map(|(part, separator)| format!("{part}{separator}")).collect()
    }

    /// The symbol with one kind of damage.
    fn symbol(&self, damage: Damage, random: &mut Random) -> String {
        let mut parts = self.parts();
        let clean = self.number();
        match damage {
            Damage::Lines => {
                parts.iter().map(|(part, mark)| format!("{part}{mark}{}", if mark.is_empty() { "" } else { broken(random) })).collect()
            }
            Damage::LinesAnywhere => {
                let at = 1 + random.below(clean.chars().count() - 1);
                let place = clean.char_indices().nth(at).expect("a character inside").0;
                format!("{}\n{}", &clean[..place], &clean[place..])
            }
            Damage::Dashes => clean.replace('-', random.pick(&["\u{2010}", "\u{2011}", "\u{2013}", "\u{2014}", "\u{2212}"])),
            Damage::Spaces => {
                let spaced = |(part, mark): &(String, &str), random: &mut Random| match mark {
                    &"" => part.clone(),
                    mark => part.clone() + &random.pick(&["M ", " M", " M "]).replace('M', mark),
                };
                parts.iter().map(|part| spaced(part, random)).collect()
            }
            Damage::CentreWritten if self.party() => clean.replace("TW", random.pick(&["TƯ", "T.Ư", "T.W"])),
            Damage::Separators if self.party() => {
                let (first, second) = random.pick(&[("/", "-"), ("/", "/"), ("-", "-")]);
                format!("{}{first}{}{second}{}", parts[0].0, self.code, self.issuer_code)
            }
            Damage::LostStroke => clean.replace('Đ', "D"),
            Damage::Figures => {
                let one = random.pick(&["l", "I"]);
                parts[0].0 = parts[0].0.replace('1', one).replace('0', "O");
                parts.iter().map(|(part, mark)| format!("{part}{mark}")).collect()
            }
            Damage::Codes => clean.replace("QH15", random.pick(&["QH1 5", "OH15"])).replace("/TW", random.pick(&["/TVV", "/TVW"])),
            Damage::LostSlash if self.party() => clean.replace('/', "I"),
            Damage::Raised => clean + random.pick(&["¹", "²³", "<sup>4</sup>", "[5]", "(6)"]),
            Damage::GluedMark => match random.below(3) {
                0 => clean.replacen(parts[0].1, &format!("¹{}", parts[0].1), 1),
                1 => clean.replacen(parts[0].1, &format!("<sup>\\*</sup>{}", parts[0].1), 1),
                _ if self.code.is_empty() => clean,
                _ => clean + "2",
            },
            Damage::LookAlikes => {
                let pairs = [('C', 'С'), ('T', 'Т'), ('K', 'К'), ('B', 'В'), ('H', 'Н'), ('P', 'Р')];
                let swap = |c: char| pairs.iter().find(|(latin, _)| *latin == c).map_or(c, |(_, other)| *other);
                clean.chars().map(swap).collect()
            }
            Damage::ZeroWidth => parts
                .iter()
                .map(|(part, mark)| format!("{part}{}{mark}", random.pick(&["\u{200b}", "\u{200d}", "\u{feff}", "\u{ad}"])))
                .collect(),
            _ => clean,
        }
    }

    /// "ngày 21/7/2014" with one kind of damage.
    fn date(&self, damage: Damage, random: &mut Random) -> String {
        let Day { year, month, day } = self.day;
        let clean = if self.spelled { format!("ngày {day} tháng {month} năm {year}") } else { format!("ngày {}", self.day.slashed()) };
        match damage {
            Damage::Lines => clean
                .split(' ')
                .map(|word| format!("{word}{}", if random.percent(40) { "\n" } else { " " }))
                .collect::<String>()
                .trim_end()
                .to_owned(),
            Damage::DateSpaces if !self.spelled => clean.replace('/', random.pick(&[" /", "/ ", " / "])),
            Damage::Labels => {
                let day_word = random.pick(&["ngay", "ngảy"]);
                clean.replace("ngày", day_word).replace("tháng", "thang").replace("năm", random.pick(&["nam", "nãm"]))
            }
            Damage::ZeroWidth => clean.replace('/', "/\u{200b}").replace("ng ", "ng\u{200c} "),
            _ => clean,
        }
    }

    /// Type word, "số", symbol.
    fn short(&self, damage: Damage, random: &mut Random) -> String {
        let label = if damage == Damage::Labels { random.pick(&["sô", "so", "Sô", "sổ"]) } else { "số" };
        let gap = if damage == Damage::Lines && random.percent(30) { "\n" } else { " " };
        format!("{} {label}{gap}{}", self.word, self.symbol(damage, random))
    }

    /// The whole citation.
    fn full(&self, damage: Damage, random: &mut Random) -> String {
        let comma = if self.party() { "," } else { "" };
        format!("{}{comma} {} của {}", self.short(damage, random), self.date(damage, random), self.issuer)
    }
}

fn broken(random: &mut Random) -> &'static str {
    if random.percent(50) { "\n" } else { "" }
}

/// One statement of the plan.
#[derive(Clone, Debug)]
enum Statement {
    /// One document, cited in full.
    One(Cited, &'static str),
    /// Documents of one series without dates.
    Series(Vec<Cited>),
    /// Two documents of one day.
    Pair(Cited, Cited),
    /// A document, and the one that stands in its title.
    Nested(Cited, Cited),
}

/// Which documents a made-up paper cites, and how.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    seed: u64,
    statements: Vec<(Statement, &'static str)>,
}

/// What a careful reader finds: number, ISO date, in the order of the text.
pub(crate) type Facts = Vec<(String, Option<String>)>;

/// Words before a citation.
const LEADS: [&str; 5] = [
    "Tiếp tục thực hiện",
    "Các cấp đã quán triệt",
    "Việc làm này căn cứ vào",
    "Kết quả nêu trên gắn với",
    "Cơ quan chuyên môn hướng dẫn thực hiện",
];

impl Plan {
    /// A plan of four sentences with one citation, a list, a pair and a nested title.
    pub(crate) fn new(seed: u64) -> Plan {
        let mut random = Random::new(seed);
        let mut numbers: Vec<String> = Vec::new();
        let mut fresh = |random: &mut Random, row: Row| loop {
            let cited = Cited::new(random, row);
            // One serial a paper, so that no short form could mean two.
            if !numbers.iter().any(|number| number.split(['-', '/']).next() == cited.number().split(['-', '/']).next()) {
                numbers.push(cited.number());
                break cited;
            }
        };
        let mut statements = Vec::new();
        for at in 0..4 {
            let row = if at % 2 == 0 { random.pick(&PARTY) } else { random.pick(&STATE) };
            statements.push(Statement::One(fresh(&mut random, row), random.pick(&LEADS)));
        }
        let row = random.pick(&PARTY[..4]);
        let mut series: Vec<Cited> = (0..2 + random.below(2)).map(|_| fresh(&mut random, row)).collect();
        series.sort_by_key(|one| one.serial);
        statements.push(Statement::Series(series));
        let rows = random.pick(&[(PARTY[1], PARTY[2]), (STATE[0], STATE[1])]);
        let (first, second) = (fresh(&mut random, rows.0), fresh(&mut random, rows.1));
        let second = Cited { day: first.day, ..second };
        statements.push(Statement::Pair(first, second));
        let (outer, inner) = (fresh(&mut random, PARTY[4]), fresh(&mut random, PARTY[0]));
        statements.push(Statement::Nested(outer, inner));
        Plan { seed, statements: statements.into_iter().map(|one| (one, random.pick(TOPICS))).collect() }
    }

    /// What the paper says, in either form.
    pub(crate) fn facts(&self) -> Facts {
        let dated = |one: &Cited| (one.number(), Some(one.day.iso()));
        let of = |statement: &Statement| match statement {
            Statement::One(one, _) => vec![dated(one)],
            Statement::Series(all) => all.iter().map(|one| (one.number(), None)).collect(),
            Statement::Pair(a, b) | Statement::Nested(a, b) => vec![dated(a), dated(b)],
        };
        self.statements.iter().flat_map(|(statement, _)| of(statement)).collect()
    }

    /// The paper, with one kind of damage in every citation.
    pub(crate) fn write(&self, damage: Damage) -> String {
        let mut random = Random::new(self.seed ^ 0x5eed);
        let mut text = String::from(
            "TỈNH ỦY HÀ NAM\n*\nSố 987-KH/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nHà Nam, ngày 15 tháng 8 năm 2025\n\nKẾ HOẠCH\n\
             về nâng cao chất lượng công tác năm tới\n-----\n\nI- NỘI DUNG\n\n",
        );
        for (at, (statement, topic)) in self.statements.iter().enumerate() {
            let manner = random.pick(MANNERS);
            let words = say(statement, topic, damage, &mut random);
            text.push_str(&format!("{}. {words} Công việc được làm {manner}.\n\n", at + 1));
        }
        text.push_str("Nơi nhận:\n- Lưu Văn phòng.\n\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\n\nNguyễn Văn Mẫu\n");
        match damage {
            Damage::Decomposed => text.nfd().collect(),
            Damage::TonePlace => {
                [("òa", "oà"), ("óa", "oá"), ("ủy", "uỷ"), ("úy", "uý")].iter().fold(text, |text, (new, old)| text.replace(new, old))
            }
            Damage::FixedBlanks => text.replace(' ', "\u{a0}"),
            _ => text,
        }
    }
}

fn say(statement: &Statement, topic: &str, damage: Damage, random: &mut Random) -> String {
    match statement {
        Statement::One(one, lead) => format!("{lead} {} về {topic}.", one.full(damage, random)),
        Statement::Series(all) if damage == Damage::SharedCode => {
            let (last, before) = all.split_last().expect("a series has two documents");
            let serials: Vec<String> = before.iter().map(|one| format!("{:02}", one.serial)).collect();
            format!("Nền nếp theo các {} số {} và {} được duy trì.", last.word, serials.join(", "), last.number())
        }
        Statement::Series(all) => {
            let numbers: Vec<String> = all.iter().map(|one| format!("số {}", one.symbol(damage, random))).collect();
            format!("Nền nếp theo các {} {} được duy trì.", all[0].word, numbers.join(", "))
        }
        Statement::Pair(a, b) if damage == Damage::SameDay => {
            let (first, second) = (a.full(damage, random), b.short(damage, random));
            format!("Hai văn bản là {first} và {second} cùng ngày của {} còn hiệu lực.", b.issuer)
        }
        Statement::Pair(a, b) => format!("Hai văn bản là {} và {} còn hiệu lực.", a.full(damage, random), b.full(damage, random)),
        Statement::Nested(outer, inner) if damage == Damage::NestedTitle => {
            format!("Đơn vị làm theo {} về việc thực hiện {} về {topic}.", outer.full(damage, random), inner.full(damage, random))
        }
        Statement::Nested(outer, inner) => {
            format!("Đơn vị làm theo {}. Văn bản gốc là {} về {topic}.", outer.full(damage, random), inner.full(damage, random))
        }
    }
}
