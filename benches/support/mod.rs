//! Seeded generator of papers with known truth: the same seed, count and size give the same bytes.
//!
//! Duty: papers of made-up provinces and of the centre in their true form (letterhead, basis, sections, tasks, signature,
//! recipients), citations in every form, and what each paper says, so that an answer can be checked without annotating.
//! Not here: reading, measuring. The sentences are the project's own; numbers are drawn, not taken from real papers.

// Each bench, example and test takes the part that it needs.
#![allow(dead_code)]

pub(crate) mod damage;
pub(crate) mod folder;
pub(crate) mod reading;
mod words;

use std::collections::HashMap;
use words::{BODIES, MANNERS, OPENERS, PROVINCES, PURPOSES, SIGNERS, TOPICS, VERBS};

/// What one paper says.
#[derive(Clone, Debug)]
pub(crate) struct Truth {
    /// Canonical number.
    pub(crate) number: String,
    /// Type code.
    pub(crate) kind: &'static str,
    /// ISO date.
    pub(crate) date: String,
    /// Province, for a provincial paper.
    pub(crate) province: Option<&'static str>,
    /// Numbers of the documents it cites, one entry a mention, in the order of the text; `None` for a plenum resolution.
    pub(crate) cites: Vec<(Option<String>, Form)>,
    /// Duties laid on bodies in the last section.
    pub(crate) tasks: usize,
}

/// How a document is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Full,
    Short,
    Alias,
    Plenum,
}

/// One paper.
#[derive(Clone, Debug)]
pub(crate) struct Paper {
    /// File name.
    pub(crate) name: String,
    /// UTF-8 text.
    pub(crate) text: String,
    /// What it says.
    pub(crate) truth: Truth,
}

/// Subjects that papers are written about.
pub(crate) fn topics() -> &'static [&'static str] {
    TOPICS
}

/// Small, fast, good enough: splitmix64.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed)
    }

    pub(crate) fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.draw() % limit.max(1) as u64) as usize
    }

    /// True so many times in a hundred.
    pub(crate) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// A series of papers: a kind and an issuer.
#[derive(Clone, Copy)]
struct Series {
    code: &'static str,
    word: &'static str,
    /// `TW`, `TU`, `TTg`, `CP`, `UBND`.
    register: &'static str,
    party: bool,
    /// State symbols with the year: `12/2019/QĐ-UBND`.
    year: bool,
}

const fn series(code: &'static str, word: &'static str, register: &'static str, party: bool, year: bool) -> Series {
    Series { code, word, register, party, year }
}

const CENTRAL: [Series; 7] = [
    series("CT", "Chỉ thị", "TW", true, false),
    series("NQ", "Nghị quyết", "TW", true, false),
    series("KL", "Kết luận", "TW", true, false),
    series("QĐ", "Quyết định", "TW", true, false),
    series("QĐ", "Quyết định", "TTg", false, false),
    series("CT", "Chỉ thị", "TTg", false, false),
    series("NĐ", "Nghị định", "CP", false, true),
];

const PROVINCIAL: [Series; 8] = [
    series("CT", "Chỉ thị", "TU", true, false),
    series("KH", "Kế hoạch", "TU", true, false),
    series("CTr", "Chương trình", "TU", true, false),
    series("BC", "Báo cáo", "TU", true, false),
    series("KH", "Kế hoạch", "UBND", false, false),
    series("CT", "Chỉ thị", "UBND", false, false),
    series("BC", "Báo cáo", "UBND", false, false),
    series("QĐ", "Quyết định", "UBND", false, true),
];

/// A document that later papers may cite.
#[derive(Clone)]
struct Issued {
    series: Series,
    number: String,
    day: Day,
    issuer: String,
}

impl Issued {
    fn serial(&self) -> &str {
        self.number.split(['-', '/']).next().unwrap_or_default()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// The n-th of `count` papers is issued on this day: from 2016-03 to 2025-05, 28 days a month, evenly.
    fn of(at: usize, count: usize) -> Day {
        const MONTHS: usize = 9 * 12 + 3;
        let days = at * MONTHS * 28 / count.max(1);
        let months = 2 + days / 28;
        Day { year: 2016 + (months / 12) as u16, month: (months % 12 + 1) as u8, day: (days % 28 + 1) as u8 }
    }

    fn iso(self) -> String {
        format!("{}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// `05/01/2022`, `24/3/2022` (NĐ 30/2020).
    fn slashed(self) -> String {
        if self.month < 3 {
            format!("{:02}/{:02}/{}", self.day, self.month, self.year)
        } else {
            format!("{:02}/{}/{}", self.day, self.month, self.year)
        }
    }

    fn spelled(self) -> String {
        let month = if self.month < 3 { format!("{:02}", self.month) } else { self.month.to_string() };
        format!("ngày {:02} tháng {month} năm {}", self.day, self.year)
    }
}

/// Writes papers one after the other; each may cite the ones before.
pub(crate) struct Generator {
    random: Random,
    count: usize,
    size: usize,
    at: usize,
    counters: HashMap<(usize, &'static str, &'static str, u16), usize>,
    central: Vec<Issued>,
    provincial: Vec<Vec<Issued>>,
}

impl Generator {
    /// `count` papers of about `size` bytes.
    pub(crate) fn new(seed: u64, count: usize, size: usize) -> Generator {
        let provincial = vec![Vec::new(); PROVINCES.len()];
        Generator { random: Random::new(seed), count, size, at: 0, counters: HashMap::new(), central: Vec::new(), provincial }
    }

    /// Rows that make the made-up provinces known: (table, text).
    pub(crate) fn overlay() -> Vec<(String, String)> {
        let mut text = String::from("id\tname\tkind\tcapitals\taliases\tvalid_from\tvalid_to\tsuccessor\n");
        for (name, id) in PROVINCES {
            text.push_str(&format!("{id}@1976\t{name}\tprovince\t{name}\t\t1976-01-01\t\t\n"));
        }
        vec![("provinces.tsv".to_owned(), text)]
    }
}

impl Iterator for Generator {
    type Item = Paper;

    fn next(&mut self) -> Option<Paper> {
        if self.at == self.count {
            return None;
        }
        let at = self.at;
        self.at += 1;
        let day = Day::of(at, self.count);
        // The first papers are the centre's, so that there is something to implement.
        let central = at < 5 || self.random.percent(4);
        let place = if central { PROVINCES.len() } else { self.random.below(PROVINCES.len()) };
        let series = if central { self.random.pick(&CENTRAL) } else { self.random.pick(&PROVINCIAL) };
        let issued = self.issue(place, series, day);
        let paper = Draft::new(&mut self.random, &issued, place).write(&self.central, self.provincial.get(place), self.size, at);
        match self.provincial.get_mut(place) {
            Some(shelf) => shelf.push(issued),
            None => self.central.push(issued),
        }
        Some(paper)
    }
}

impl Generator {
    /// The next number of a series: Party numbers run through a term, state numbers through a year.
    fn issue(&mut self, place: usize, series: Series, day: Day) -> Issued {
        let period = match (series.party, series.register) {
            (true, "TW") => u16::from((day.year, day.month) >= (2021, 2)),
            (true, _) => u16::from((day.year, day.month) >= (2020, 11)),
            _ => day.year,
        };
        let serial = self.counters.entry((place, series.code, series.register, period)).or_insert(0);
        *serial += 1;
        let Series { code, register, party, year, .. } = series;
        let number = match (party, year) {
            (true, _) => format!("{serial:02}-{code}/{register}"),
            (false, true) => format!("{serial:02}/{}/{code}-{register}", day.year),
            (false, false) => format!("{serial:02}/{code}-{register}"),
        };
        let issuer = match (register, PROVINCES.get(place)) {
            ("TW", _) => {
                if matches!(code, "CT") {
                    "Ban Bí thư".to_owned()
                } else {
                    "Bộ Chính trị".to_owned()
                }
            }
            ("TTg", _) => "Thủ tướng Chính phủ".to_owned(),
            ("CP", _) => "Chính phủ".to_owned(),
            ("TU", Some((name, _))) => format!("Tỉnh ủy {name}"),
            (_, Some((name, _))) => format!("Ủy ban nhân dân tỉnh {name}"),
            (other, None) => other.to_owned(),
        };
        Issued { series, number, day, issuer }
    }
}

/// A paper while it is written.
struct Draft<'a> {
    random: &'a mut Random,
    own: &'a Issued,
    province: Option<&'static str>,
    text: String,
    cites: Vec<(Option<String>, Form)>,
    tasks: usize,
    /// What the sentences are about: the paper's own subject first. Real papers keep to theirs; four syllables of a real
    /// title stand in 7 % of other papers.
    topics: [&'static str; 4],
}

impl<'a> Draft<'a> {
    fn new(random: &'a mut Random, own: &'a Issued, place: usize) -> Draft<'a> {
        let province = PROVINCES.get(place).map(|(name, _)| *name);
        let topics = std::array::from_fn(|_| random.pick(TOPICS));
        Draft { random, own, province, text: String::new(), cites: Vec::new(), tasks: 0, topics }
    }

    fn write(mut self, central: &[Issued], shelf: Option<&Vec<Issued>>, size: usize, at: usize) -> Paper {
        let topic = self.topics[0];
        self.letterhead();
        // A few documents are cited by many: the cube draws the early ones much more often.
        let implemented = (!central.is_empty()).then(|| {
            let share = self.random.below(1000) as f64 / 1000.0;
            &central[((share * share * share) * central.len() as f64) as usize]
        });
        self.title(topic, implemented);
        let neighbours: Vec<&Issued> = match shelf {
            // Last year's paper may bear this very number; without its date it would mean this one.
            Some(shelf) if !shelf.is_empty() => {
                (0..3).map(|_| &shelf[self.random.below(shelf.len())]).filter(|one| one.number != self.own.number).collect()
            }
            _ => Vec::new(),
        };
        self.body(topic, implemented, &neighbours, central, size);
        // A normative decision makes rules; it lays no tasks. A report tells what was done.
        let own = self.own.series;
        if self.province.is_some() && !own.year && own.code != "BC" {
            self.assignments();
        }
        self.closing();
        let Issued { number, day, series, .. } = self.own;
        let truth = Truth {
            number: number.clone(),
            kind: series.code,
            date: day.iso(),
            province: self.province,
            cites: self.cites,
            tasks: self.tasks,
        };
        Paper { name: format!("{at:06}.txt"), text: self.text, truth }
    }

    fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn letterhead(&mut self) {
        let Issued { number, day, series, issuer } = self.own;
        let place = self.province.unwrap_or("Hà Nội");
        if series.party {
            let body = if self.province.is_some() { issuer.to_uppercase() } else { "BAN CHẤP HÀNH TRUNG ƯƠNG".to_owned() };
            self.line(&body);
            self.line("*");
            self.line(&format!("Số {number}\n"));
            self.line("ĐẢNG CỘNG SẢN VIỆT NAM");
        } else {
            self.line(&issuer.to_uppercase());
            self.line("-------");
            self.line(&format!("Số: {number}\n"));
            self.line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------");
        }
        self.line(&format!("{place}, {}\n", day.spelled()));
        self.line(&series.word.to_uppercase());
    }

    fn title(&mut self, topic: &str, implemented: Option<&Issued>) {
        match implemented {
            Some(document) if self.province.is_some() => {
                self.text.push_str("về việc triển khai thực hiện ");
                self.cite(document, Form::Full);
                self.line(&format!(" về {topic}"));
            }
            _ => self.line(&format!("về {topic}")),
        }
        self.line("-----\n");
    }

    fn cite(&mut self, document: &Issued, form: Form) {
        let Issued { series, number, day, issuer } = document;
        // Some symbols break over lines, as they do in text taken from a PDF.
        let broken = form == Form::Full && series.party && self.random.percent(5);
        let printed = if broken { number.replacen('-', "-\n", 1) } else { number.clone() };
        let words = match form {
            Form::Full => format!("{} số {printed}, ngày {} của {issuer}", series.word, day.slashed()),
            Form::Short => format!("{} số {number}", series.word),
            Form::Alias | Form::Plenum => format!("{} {}", series.word, document.serial()),
        };
        self.text.push_str(&words);
        self.cites.push((Some(number.clone()), form));
    }

    fn sentence(&mut self) -> String {
        let random = &mut *self.random;
        let (body, verb, topic) = (random.pick(BODIES), random.pick(VERBS), random.pick(&self.topics));
        let (opener, manner, purpose) = (random.pick(OPENERS), random.pick(MANNERS), random.pick(PURPOSES));
        format!("{opener}, {body} đã {verb} {topic} {manner}, {purpose}.")
    }

    fn body(&mut self, topic: &str, implemented: Option<&Issued>, neighbours: &[&Issued], central: &[Issued], size: usize) {
        let own = self.own.series.word.to_lowercase();
        if let Some(document) = implemented {
            self.text.push_str("Thực hiện ");
            self.cite(document, Form::Full);
            // An alias needs a serial that no other cited document of this kind bears.
            let alias = format!("{} {}", document.series.word, document.serial());
            self.line(&format!(" (sau đây gọi tắt là {alias}) về {topic}, cơ quan ban hành {own} này với các nội dung sau:\n"));
            // The definition names the document a second time.
            self.cites.push((Some(document.number.clone()), Form::Alias));
        }
        self.line("I- TÌNH HÌNH\n");
        let mut at = 0;
        while self.text.len() < size {
            at += 1;
            self.text.push_str(&format!("{at}. "));
            for _ in 0..3 {
                let sentence = self.sentence();
                self.text.push_str(&sentence);
                self.text.push(' ');
            }
            match (at, implemented, neighbours) {
                (1, Some(document), _) => {
                    self.text.push_str("Các cấp đã quán triệt ");
                    self.cite(document, Form::Alias);
                    self.text.push('.');
                }
                (2, _, [first, ..]) => {
                    self.text.push_str("Việc thực hiện ");
                    self.cite(first, Form::Full);
                    self.text.push_str(" được kiểm tra thường xuyên.");
                }
                (3, _, [_, second, ..]) => {
                    self.text.push_str("Kết quả nêu trên gắn với ");
                    self.cite(second, Form::Short);
                    self.text.push('.');
                }
                (4, _, _) if !self.own.series.party => {}
                (4, _, _) => {
                    self.text.push_str("Tinh thần Nghị quyết Trung ương 4 khóa XII tiếp tục được giữ vững.");
                    self.cites.push((None, Form::Plenum));
                }
                (5, _, _) => self.list(central),
                _ => {}
            }
            self.line("\n");
        }
    }

    /// "các Nghị quyết số 11-NQ/TW, số 12-NQ/TW": two documents of one series.
    fn list(&mut self, central: &[Issued]) {
        let same: Vec<&Issued> = central.iter().filter(|one| one.series.code == "NQ").take(40).collect();
        if same.len() < 2 {
            return;
        }
        let at = self.random.below(same.len() - 1);
        let (first, second) = (same[at], same[at + 1]);
        let words = format!("Nền nếp theo các Nghị quyết số {}, số {} được duy trì.", first.number, second.number);
        self.text.push_str(&words);
        self.cites.extend([first, second].map(|one| (Some(one.number.clone()), Form::Short)));
    }

    fn assignments(&mut self) {
        self.line("II- TỔ CHỨC THỰC HIỆN\n");
        let (party, year) = (self.own.series.party, self.own.day.year);
        let leads: &[(&str, &str)] = if party {
            &[
                ("Ban Tuyên giáo Tỉnh ủy", "Văn phòng Tỉnh ủy"),
                ("Ủy ban Kiểm tra Tỉnh ủy", "Ban Tổ chức Tỉnh ủy"),
                ("Đảng ủy Công an tỉnh", "Ban Nội chính Tỉnh ủy"),
            ]
        } else {
            &[("Sở Nội vụ", "Sở Tài chính"), ("Sở Y tế", "Công an tỉnh"), ("Thanh tra tỉnh", "Văn phòng Ủy ban nhân dân tỉnh")]
        };
        for (at, (lead, help)) in leads.iter().enumerate() {
            let topic = self.random.pick(&self.topics);
            let month = 3 + self.random.below(9);
            let line = format!(
                "{}. Giao {lead} chủ trì, phối hợp với {help} theo dõi, đôn đốc {topic}, hoàn thành trước ngày 15/{month}/{}.",
                at + 1,
                year + 1
            );
            self.line(&line);
            self.tasks += 1;
        }
        self.line("");
    }

    fn closing(&mut self) {
        let (party, signer) = (self.own.series.party, self.random.pick(SIGNERS));
        self.line("Nơi nhận:");
        self.line(if party { "- Văn phòng Trung ương Đảng," } else { "- Văn phòng Chính phủ;" });
        self.line("- Lưu: Văn thư.\n");
        let authority = match (party, self.province.is_some()) {
            (true, true) => "T/M BAN THƯỜNG VỤ\nBÍ THƯ",
            (true, false) if self.own.series.code == "CT" => "T/M BAN BÍ THƯ",
            (true, false) => "T/M BỘ CHÍNH TRỊ",
            (false, true) => "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
            (false, false) => "THỦ TƯỚNG",
        };
        self.line(&format!("{authority}\n\n{signer}"));
    }
}
