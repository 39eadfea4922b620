//! Symbols of assemblies: `QH15`, `UBTVQH14`.

/// `QH15`, `UBTVQH14`: an assembly and its term; `OH` is a misread `QH`.
pub(super) fn is_assembly(code: &str) -> bool {
    let rest = code.strip_prefix("UBTVQH").or_else(|| code.strip_prefix("QH")).or_else(|| code.strip_prefix("OH"));
    // "02/2020/UBTVQH": the term was left out.
    let bare = code == "UBTVQH";
    rest.is_some_and(|digits| (bare || !digits.is_empty()) && digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// The symbol of an assembly in which letters of its name or figures of its term were misread: "UBTVQHI4" for "UBTVQH14", "UBTVQOH13".
pub(super) fn misread(code: &str) -> Option<String> {
    let at = code.find("QH").or_else(|| code.find("QOH")).filter(|at| matches!(&code[..*at], "" | "UBTV"))?;
    let term = code[at..].trim_start_matches(['Q', 'O']).strip_prefix('H')?;
    let figures: String = term.chars().map(|c| if c == 'I' { '1' } else { c }).collect();
    let whole = (1..=2).contains(&figures.len()) && figures.bytes().all(|b| b.is_ascii_digit());
    let repaired = format!("{}QH{figures}", &code[..at]);
    (whole && repaired != code).then_some(repaired)
}
