//! The words between a phrase and a citation, and between two citations: does the one still govern the other?
//!
//! Text is folded ([`crate::tables::fold::lower`]) unless said otherwise. Not here: which relation a phrase tells (see `relations`).
//! Longer than 350 lines because each question about such words has its short reader, and all share the words of the tables.

use crate::tables::{Tables, fold};

/// Bytes of the label of a part: "iii", "1.3".
const LONGEST_LABEL: usize = 8;

/// Words of the tables between a phrase and a citation.
#[derive(Clone, Debug)]
pub(super) struct Words {
    /// First words of a subject, folded.
    pub(super) leads: Vec<String>,
    /// What other papers issue or approve: "đề án".
    plans: Vec<String>,
    /// Parts of a paper: "khoản".
    parts: Vec<String>,
    /// What makes an act a plan or advice: "kiến nghị".
    proposals: Vec<String>,
    /// How something is carried out: "nghiêm túc".
    manners: Vec<String>,
    /// First words of a group of bodies: "các".
    several: Vec<String>,
    /// Words of issuing before a number: "ban hành".
    pub(super) issues: Vec<String>,
    /// What may stand before the verb that opens a clause: "để".
    pub(super) openings: Vec<String>,
    /// By what something is done: "bằng".
    pub(super) means: Vec<String>,
    /// How a paper came about, before what it does: "được ban hành"; longer ones first.
    pub(super) made: Vec<String>,
    /// Words that point back at a paper: "này".
    pub(super) pointers: Vec<String>,
    /// First words of a time or place before a clause: "năm".
    times: Vec<String>,
    /// Verbs that lay an act on somebody: "giao".
    asks: Vec<String>,
    /// What is said of how something was carried out: "ghi nhận".
    told_of: Vec<String>,
    /// A further act on the same paper: "lần sau".
    pub(super) again: Vec<String>,
    /// How something is decided at a paper: "thống nhất".
    pub(super) agrees: Vec<String>,
    /// What papers are called: "văn bản", "kế hoạch".
    pub(super) papers: Vec<String>,
    /// The same by the code of their kind.
    pub(super) kinds: Vec<(String, String)>,
    /// First words of bodies: "ủy ban", "huyện ủy".
    bodies: Vec<String>,
    /// Words between the parts of a paper: "toàn".
    part_marks: Vec<String>,
    /// What somebody says at a paper: "ý kiến".
    views: Vec<String>,
    /// Bodies whose organs act for them: "tỉnh ủy".
    organs: Vec<String>,
    /// First words of nouns that end like a verb of planning: "quá" of "quá trình".
    compounds: Vec<String>,
    /// What tells that something was done to a paper afterwards: "sau này".
    pub(super) later: Vec<String>,
    /// What leads to the paper by which something was done: "bởi".
    pub(super) by: Vec<String>,
    /// First words of a ground that is carried out: "thực hiện".
    pub(super) carried: Vec<String>,
    /// The time of what a sentence tells of the past: "thời gian qua".
    past: Vec<String>,
    /// First words of a period that a sentence tells of: "giai đoạn".
    periods: Vec<String>,
    /// First words of an annex: "phụ lục".
    annexes: Vec<String>,
}

/// Longer words before those that they begin with.
fn longest_first(mut words: Vec<String>) -> Vec<String> {
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

impl Words {
    pub(super) fn new(tables: &Tables) -> Self {
        let words = |role| tables.folded_forms(role).to_vec();
        let names = tables.kinds.rows().iter().map(|kind| fold::lower(&kind.name));
        let papers = names.chain(["văn bản".to_owned()]).collect();
        Words {
            leads: words("title_lead"),
            plans: words("attached"),
            parts: words("part"),
            proposals: words("proposal"),
            manners: words("manner"),
            several: words("several"),
            issues: [words("issues"), words("drafts")].concat(),
            openings: words("opening"),
            means: words("means"),
            made: longest_first(words("made")),
            pointers: longest_first(words("pointer")),
            times: words("clause_time"),
            asks: words("asks"),
            told_of: words("told_of"),
            again: words("again"),
            agrees: words("agrees"),
            papers: longest_first(papers),
            kinds: tables.kinds.rows().iter().map(|kind| (kind.code.clone(), fold::lower(&kind.name))).collect(),
            bodies: [words("body_head"), words("other_body")].concat(),
            part_marks: words("part_mark"),
            views: words("view"),
            organs: words("organ"),
            compounds: words("compound"),
            later: words("later"),
            by: words("by"),
            carried: words("carried"),
            past: words("past"),
            periods: words("period"),
            annexes: words("annex"),
        }
    }

    /// A clause without the words at its end that tell how something is done: "các huyện đã tích cực", "chưa nghiêm túc".
    pub(super) fn without_manner<'c>(&self, clause: &'c str) -> &'c str {
        let mut clause = clause.trim_end();
        let manner = |clause: &'c str| {
            let rest = self.manners.iter().find_map(|word| clause.strip_suffix(word.as_str()))?;
            rest.ends_with([' ', ',']).then(|| rest.trim_end_matches([' ', ',']))
        };
        while let Some(rest) = manner(clause) {
            clause = rest;
        }
        clause
    }

    /// True for the clause before a verb whose subject are several others that did it: "UBND các huyện đã".
    pub(super) fn others_did(&self, clause: &str) -> bool {
        let Some(subject) = clause.strip_suffix(" đã") else { return false };
        // "UBND các huyện, thị xã": the names before a comma, as far as they are short.
        const LONGEST_HEAD: usize = 4;
        let group = |name: &str| {
            let several = |word: &String| name.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(' '));
            let headed = || name.split_once(" các ").is_some_and(|(head, _)| head.split(' ').count() <= LONGEST_HEAD);
            self.several.iter().any(several) || headed()
        };
        let mut names = subject.rsplit(", ").map(str::trim);
        let last = names.next().unwrap_or_default();
        group(last) || last.split(' ').count() <= LONGEST_HEAD && names.take(LONGEST_HEAD).any(group)
    }

    /// True for "đề án … theo", "chương trình … ban hành kèm theo": what the cited paper issued or approved.
    pub(super) fn attached(&self, tail: &str) -> bool {
        let (head, end) = (tail.trim_start(), tail.trim_end());
        self.plans.iter().any(|plan| head.starts_with(plan.as_str()))
            && ["theo", "tại"].iter().any(|word| end.ends_with(word))
            && tail.len() < 330
            && !tail.contains([';', '.'])
    }

    /// True when a phrase acts on a part of the citation: only its object and "tại" stand between.
    pub(super) fn acts_within(&self, tail: &str, most: usize) -> bool {
        self.object_of(tail, most).is_some_and(|object| !object.ends_with("quy định"))
    }

    /// The same of a change, which may be on what a paper lays down: "thay thế toàn bộ mức chi quy định tại", "lùi thời hạn ghi trong".
    pub(super) fn changes_within(&self, tail: &str, most: usize) -> bool {
        self.object_of(tail, most).is_some_and(|object| object.trim() != "quy định")
    }

    fn object_of<'t>(&self, tail: &'t str, most: usize) -> Option<&'t str> {
        let tail = tail.trim_end();
        let rest = self.without_part(tail.strip_suffix(" của").unwrap_or(tail));
        let rest = rest.strip_suffix(" các").unwrap_or(rest);
        let object = ["tại", "ghi trong", "nêu trong"].iter().find_map(|at| rest.strip_suffix(at))?.trim_end();
        let closed = object.contains(')') != object.contains('(');
        // What is quoted is blank, and does not count.
        let length: usize = tail.split_whitespace().map(|word| word.len() + 1).sum();
        (length <= most && !closed && !object.contains([';', '.', ':']) && !object.contains(" theo ")).then_some(object)
    }

    /// The words without the part of a paper that they end with: "điểm 1.3, mục iii, phần b", "phần thứ hai", "điều 3, 4 và 5".
    fn without_part<'w>(&self, words: &'w str) -> &'w str {
        let mut rest = words.trim_end();
        loop {
            // Further labels of one part: "4 và 5" behind "điều 3,"; "khoản 1 điều 2 và" before the next part.
            let mut labels = rest.strip_suffix(" và").unwrap_or(rest).trim_end_matches(',');
            let part = loop {
                let bare = labels.trim_end_matches(',');
                let (before, label) = bare.rsplit_once(' ').unwrap_or(("", bare));
                let before = before.strip_suffix(" thứ").unwrap_or(before);
                let (kept, part) = before.rsplit_once(' ').unwrap_or(("", before));
                // "một số điều tại": no label stands behind it.
                if label == "tại" || label.len() > LONGEST_LABEL {
                    break None;
                }
                if self.parts.iter().any(|word| word == part) {
                    // "phụ lục ii": two words that tell a part.
                    let first = kept.rsplit_once(' ').filter(|(_, first)| self.parts.iter().any(|word| word == first));
                    break Some(first.map_or(kept, |(kept, _)| kept));
                }
                let listed = before.strip_suffix(" và").or_else(|| before.ends_with(',').then_some(before));
                match listed {
                    Some(before) => labels = before,
                    None => break None,
                }
            };
            match part {
                Some(kept) => rest = kept.trim_end(),
                None => return rest,
            }
        }
    }

    /// True when a line says nothing before its citation but which part of it is meant: "Điều 3 và Phụ lục II", "toàn bộ", "".
    pub(super) fn only_parts(&self, head: &str) -> bool {
        let label = |word: &str| {
            word.chars().count() <= 4
                && (word.len() == 1 || word.chars().any(|c| c.is_ascii_digit()) || word.chars().all(|c| matches!(c, 'i' | 'v' | 'x')))
        };
        head.len() < 120
            && head.split([' ', ',', ';', '\n']).filter(|word| !word.is_empty()).all(|word| {
                self.parts.iter().any(|part| part == word) || self.part_marks.iter().any(|mark| mark == word) || label(word) || word == "đ"
            })
    }

    /// True when the text between two citations shows that a list goes on.
    pub(super) fn goes_on(&self, between: &str) -> bool {
        // Subjects in capitals: "… VÀ THÔNG TƯ SỐ …".
        let shouted = between.contains(char::is_uppercase) && !between.contains(char::is_lowercase);
        let between = if shouted { &fold::lower(between) } else { between };
        // "Nghị quyết A (gọi tắt là Nghị quyết 68), Nghị quyết B".
        let trimmed = between.trim().trim_start_matches(')').trim_start();
        // "Công văn số A nêu trên và …".
        let trimmed =
            ["nêu trên", "nói trên", "trên đây"].iter().find_map(|said| trimmed.strip_prefix(said)).map_or(trimmed, str::trim_start);
        // "quán triệt Nghị quyết A gắn với Nghị quyết B".
        if trimmed.is_empty() || matches!(trimmed, "gắn với" | ", gắn với" | "," | "và" | ";" | ", và" | "; và" | "cùng" | "hoặc")
        {
            return true;
        }
        // "…; điểm 1.b, mục II, phần thứ hai Thông tư B": a part of the next item.
        let part = trimmed.trim_start_matches([';', ',']).trim_start();
        let part = part.strip_prefix("và ").unwrap_or(part);
        if part.len() < trimmed.len() && self.only_parts(&fold::lower(part)) {
            return true;
        }
        // "Căn cứ A của X và ý kiến chỉ đạo của Y tại …": what Y says is the next item.
        if trimmed.ends_with(" tại")
            && let Some(said) = trimmed.rfind(" và ").map(|at| at + " và ".len()).or(trimmed.starts_with("và ").then_some("và ".len()))
            && (self.views.iter().any(|word| trimmed[said..].starts_with(word.as_str()))
                || trimmed[said..].starts_with("của ")
                || self.begins_body(&fold::lower(&trimmed[said..])))
        {
            return true;
        }
        // "sau khi nghe Bộ A trình bày Báo cáo B, ý kiến của Bộ C (tại Công văn D)".
        if (trimmed.ends_with(" tại") || trimmed.ends_with("(tại"))
            && let Some(said) = trimmed.rfind(", ")
            && (["ý kiến", "nghe ý kiến", "đề nghị", "kết quả thẩm định"].iter().any(|word| trimmed[said + 2..].starts_with(word))
                || self
                    .views
                    .iter()
                    .any(|word| trimmed[said + 2..].strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(" của "))))
        {
            return true;
        }
        // "… tại Công điện A và kết luận của Y tại phiên họp thứ 17 (Thông báo B)".
        if let Some(said) = trimmed.strip_suffix('(').and_then(|said| said.strip_prefix("và ").or_else(|| said.strip_prefix(", ")))
            && self.views.iter().any(|word| said.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(" của ")))
            && !said.contains([';', '(', '.'])
        {
            return true;
        }
        // A title in between, then a mark that begins the next item.
        let ends = trimmed.ends_with([';', ',']) || trimmed.ends_with(" và") || trimmed.ends_with("các");
        // Old papers begin a subject with a capital: "Thông tư A Hướng dẫn về thuế; Thông tư B".
        let subject = fold::lower(super::names::clip(trimmed.trim_start_matches([',', ' ', '"', '“']), 40));
        let titled = self.leads.iter().any(|lead| subject.starts_with(lead.as_str())) || trimmed.starts_with(['(', ',', ';']);
        ends && titled && !trimmed.contains(". ")
    }

    /// True for what stands between a verb and a citation when earlier papers come before it: "các nghị quyết trên và".
    pub(super) fn earlier_too(&self, tail: &str) -> bool {
        const LONGEST: usize = 60;
        let words = tail.trim();
        let papers = words.strip_suffix(" và").or_else(|| words.strip_suffix(',')).filter(|_| words.len() < LONGEST);
        papers.is_some_and(|papers| (papers.starts_with("các ") || papers.starts_with("những ")) && self.points(papers))
    }

    fn begins_body(&self, words: &str) -> bool {
        // "ban hành kèm theo": no name of a body.
        !words.starts_with("ban hành ")
            && self.bodies.iter().any(|body| words.strip_prefix(body.as_str()).is_some_and(|rest| rest.starts_with(' ')))
    }

    /// True for the folded clause before an act that is laid on somebody else: "giao Sở Tài chính", "Bộ Tư pháp chủ trì".
    pub(super) fn laid_on_others(&self, clause: &str, own: &str) -> bool {
        let subject = clause.trim_start_matches(|c: char| !c.is_alphabetic());
        // "Đảng ủy Hội đồng nhân dân tỉnh lãnh đạo việc ban hành nghị quyết …, thay cho".
        let head = subject.split_once(", ").map_or(subject, |(head, _)| head);
        self.asks.iter().any(|ask| subject.strip_prefix(ask.as_str()).is_some_and(|rest| rest.starts_with(' ')))
            || self.another_did(head, own)
    }

    /// True for the folded clause before a verb whose subject is a body that acts besides the issuer, and did it: "- huyện ủy đã". `own`: the
    /// issuer of this paper, folded.
    pub(super) fn another_did(&self, clause: &str, own: &str) -> bool {
        let subject = clause.trim_start_matches(|c: char| !c.is_alphabetic());
        let subject = subject.split(" đã").next().unwrap_or(subject);
        // "thời gian qua, Đảng ủy … đã".
        let subject = subject.rsplit_once(", ").map(|(_, rest)| rest).filter(|rest| self.begins_body(rest)).unwrap_or(subject);
        let named = self.bodies.iter().find(|body| subject.strip_prefix(body.as_str()).is_some_and(|rest| rest.starts_with(' ')));
        let Some(named) = named.filter(|_| self.begins_body(subject)) else { return false };
        // "Ban Thường vụ Tỉnh ủy" in a report of the Tỉnh ủy.
        let organ = self.organs.iter().any(|name| subject.contains(name.as_str()) && own.contains(name.as_str()));
        !own.contains(named.as_str()) && !organ && !subject.contains([',', ':'])
    }

    /// True for the folded clause before an act whose subject is a paper that is still to be issued: "sớm ban hành thông tư", "chờ hướng dẫn mới
    /// của Văn phòng Trung ương".
    pub(super) fn is_coming(&self, clause: &str) -> bool {
        let words = clause.trim_end();
        let named = words.strip_suffix(" mới").unwrap_or(words);
        let paper = self.papers.iter().find_map(|name| named.strip_suffix(name.as_str()));
        paper.is_some_and(|before| ["ban hành", "chờ", "có", "xây dựng"].iter().any(|verb| before.trim_end().ends_with(verb)))
    }

    /// True when words point back at something: "này", "nêu trên".
    pub(super) fn points(&self, words: &str) -> bool {
        let points = |word: &str| {
            self.pointers
                .iter()
                .any(|pointer| word.strip_prefix(pointer.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)))
        };
        words.split(' ').skip(1).any(points)
    }

    /// Folded words before a citation without label, and without the time and place that open them: "đến năm 2021, ở tỉnh, nhằm đưa".
    pub(super) fn behind_time<'t>(&self, left: &'t str) -> &'t str {
        const TIME: usize = 40;
        let opens = |time: &str| {
            self.times.iter().any(|word| time.strip_prefix(word.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)))
        };
        let mut left = left.trim_start_matches(|c: char| !c.is_alphabetic());
        while let Some((time, rest)) = left.split_once(", ")
            && time.len() < TIME
            && opens(time)
        {
            left = rest;
        }
        left
    }

    /// True when a verb behind the folded clause is a noun that something is said of: "việc", "ghi nhận kết quả trong việc", "đánh giá việc".
    pub(super) fn is_noun(&self, clause: &str) -> bool {
        // "Việc hướng dẫn các cơ sở thực hiện Nghị định số … được tiến hành thường xuyên".
        let opening = clause.trim_start_matches(|c: char| !c.is_alphabetic());
        if opening.starts_with("việc ")
            && !clause.contains([',', ':'])
            && ![" phải", " cần", " được"].iter().any(|word| clause.contains(word))
        {
            return true;
        }
        let Some(before) = clause.trim_end().strip_suffix("việc").map(str::trim_end) else { return false };
        let label = !before.contains(char::is_alphabetic);
        // "tổ chức triển khai, kiểm tra, đánh giá việc thực hiện": a plan's own verbs.
        let judged = ["đánh giá", "nhận xét"].iter().any(|word| before.ends_with(word)) && !before.contains("triển khai");
        label || judged || before.ends_with("trong") && self.told_of.iter().any(|word| before.contains(word.as_str()))
    }

    /// True when what stands before a verb of carrying out (`left`) and behind the citation (`right`) tells of the past: "Thực hiện A, trong thời
    /// gian qua các cấp ủy đã …", "Giai đoạn 2021 - 2023, thực hiện A, huyện được giao …", "thực hiện A, đã kết nối …".
    /// `preamble`: what a paper begins with "thực hiện" founds it, whatever was done meanwhile.
    pub(super) fn tells_past(&self, left: &str, right: &str, preamble: bool, own: &str) -> bool {
        let head = left.trim_start_matches(|c: char| !c.is_alphabetic());
        let main = |right: &str| [" đã ", " được giao "].iter().any(|done| right.contains(done));
        let until = right.split(['.', ';']).next().unwrap_or_default();
        let opens = |at: usize| right[..at].ends_with(", ") && right[at..].contains(" đã ");
        let said = || self.past.iter().any(|word| right.match_indices(word.as_str()).any(|(at, _)| opens(at)));
        let period = || self.periods.iter().any(|word| head.starts_with(word.as_str())) && (head.starts_with("trước ") || main(until));
        // "Thực hiện A, cấp ủy các đơn vị đã …": who acted is told.
        let others = || {
            let did = until.find(" đã ").map(|at| &until[..at + " đã".len()]);
            let clause = did.and_then(|words| words.rsplit_once(", ")).map(|(_, clause)| clause);
            clause.is_some_and(|clause| self.others_did(clause) || self.another_did(clause, own))
        };
        until.starts_with(", đã ") || !preamble && (said() || others()) || period()
    }

    /// True for the words between a short name and what it is short for: "đề án" "được phê duyệt tại" "quyết định số …".
    pub(super) fn is_approved_by(&self, between: &str) -> bool {
        const SUBJECT: usize = 160;
        // "Đề án 204 về chuyển đổi số (phê duyệt tại Quyết định số …)".
        let words = match between.split_once('(') {
            Some((subject, words)) if subject.len() < SUBJECT && !subject.contains([',', ';']) => words.trim(),
            _ => between.trim(),
        };
        let words = words.strip_prefix("đã ").unwrap_or(words);
        let words = words.strip_prefix("được ").unwrap_or(words);
        ["phê duyệt tại", "phê duyệt theo", "ban hành tại", "ban hành theo", "ban hành kèm theo"].contains(&words)
    }

    /// True for a sentence that begins with a carrying out as its subject, and asks for it: "Việc" … "phải nghiêm túc".
    pub(super) fn is_asked(&self, left: &str, right: &str) -> bool {
        let head = left.trim_start_matches(|c: char| !c.is_alphabetic());
        head.starts_with("việc ") && ["phải ", "cần "].iter().any(|must| right.trim_start().starts_with(must))
    }

    /// True for words that begin with the name of an annex: "phụ lục ii viết hoa (".
    pub(super) fn is_annex(&self, words: &str) -> bool {
        let words = words.trim_start_matches(|c: char| !c.is_alphabetic());
        self.annexes.iter().any(|word| words.strip_prefix(word.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
    }

    /// True for the name of a part or an attachment between an act and "ban hành kèm theo": nothing in it leads to another paper.
    pub(super) fn acts_through(&self, name: &str) -> bool {
        const LONGEST: usize = 160;
        let other = [" theo ", " tại ", " quy định ", " nêu ", " được ", " trong "].iter().any(|word| name.contains(word));
        let part = name.trim_start();
        let named = self.parts.iter().chain(&self.papers).chain(&self.plans).any(|word| part.starts_with(word.as_str()));
        named && name.len() < LONGEST && !other && !name.contains([';', ',', ':', '.'])
    }

    /// True for what is only planned or advised.
    pub(super) fn proposal(&self, clause: &str) -> bool {
        // "chương trình này", "Bộ Xây dựng": a noun or name in which the word stands.
        let whole = |at: usize, word: &str| !clause[at + word.len()..].starts_with(char::is_alphanumeric);
        let named = |at: usize, word: &str| {
            matches!(word, "trình" | "xây dựng")
                && self.compounds.iter().any(|noun| clause[..at].strip_suffix(' ').is_some_and(|head| head.ends_with(noun.as_str())))
        };
        self.proposals.iter().any(|word| clause.match_indices(word.as_str()).any(|(at, word)| whole(at, word) && !named(at, word)))
    }
}

/// True when only words that carry an action to its object stand between a phrase and the citation.
pub(super) fn connects(tail: &str) -> bool {
    // "quán triệt A; Chỉ thị số …": the citation is the next item of what the phrase governs.
    let item = tail.trim_end().strip_suffix(';').unwrap_or(tail);
    // "điểm 3.2 mục II" is one label.
    let stops = item.match_indices('.').any(|(at, _)| !item[at + 1..].starts_with(|c: char| c.is_ascii_digit()));
    if stops || item.contains(';') || tail.len() > 170 || (tail.contains(')') && !tail.contains('(')) {
        return false;
    }
    // A comma and a new subject, or "theo", "tại" parts the citation from the phrase.
    let words: Vec<&str> = tail.split([' ', ',']).filter(|w| !w.is_empty()).collect();
    !words.iter().any(|w| matches!(*w, "theo" | "tại" | "ngoài" | "trên" | "bằng" | "bởi" | "từ" | "với" | "nhưng" | "song" | "còn"))
}

/// "qua 10 năm", "sau 03 năm", "10 năm": years of carrying out.
pub(super) fn years_of(words: &str) -> bool {
    // A subject may take several lines.
    let tail = words.replace('\n', " ");
    let Some(at) = tail.rfind(" năm") else { return false };
    const SPELT: [&str; 6] = ["một", "hai", "ba", "năm", "mười", "hai mươi"];
    if tail.len() - at < 30
        && SPELT.iter().any(|count| tail[..at].strip_suffix(count).is_some_and(|rest| rest.is_empty() || rest.ends_with(' ')))
    {
        return true;
    }
    // "kế hoạch 5 năm": for how long it holds.
    let span = tail[..at].trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    tail.len() - at < 30
        && !["kế hoạch", "giai đoạn", "chương trình"].iter().any(|noun| span.ends_with(noun))
        && tail[..at].trim_end().ends_with(|c: char| c.is_ascii_digit())
        && !tail[..at].ends_with("19")
        && digits_before(&tail[..at]) <= 2
}

pub(super) fn digits_before(text: &str) -> usize {
    text.bytes().rev().take_while(u8::is_ascii_digit).count()
}

/// Only commas, "và" and adverbs between two verbs.
pub(super) fn verb_chain(between: &str) -> bool {
    between.len() < 40
        && between.split([' ', ',']).filter(|w| !w.is_empty()).all(|w| {
            matches!(
                w,
                "và" | "tổ"
                    | "chức"
                    | "triển"
                    | "khai"
                    | "nghiêm"
                    | "túc"
                    | "tiếp"
                    | "tục"
                    | "đầy"
                    | "đủ"
                    | "sâu"
                    | "rộng"
                    | "kịp"
                    | "thời"
            )
        })
}
