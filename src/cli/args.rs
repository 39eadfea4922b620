//! What was typed. Opens nothing, so that `--help` and `--version` always work.
//!
//! Duty: commands and options of the interface, spelled once. Not here: what they mean (each subcommand's file).
//!
//! Longer than others: one struct a command, so that all that can be typed stands in one place.

use crate::model::Date;
use crate::query::naming::read_day;
use crate::source::{self, Limits};
use crate::web;
use clap::{Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Vietnamese Party and state papers: who cites, implements, amends whom; who has what to do; full-text search.
#[derive(Debug, Parser)]
#[command(name = "vanban", version, propagate_version = true, max_term_width = 100)]
#[command(after_help = "REF is what you would type: 38-CT/TW, \"Chỉ thị 38\", \"chi thi so 38\", \"CT 38 2014\", \
    \"12-NQ/TU Hòa Bình\", an id that vanban printed, or the path of an ingested file.\n\
    Exit status: 0 done, 1 failed, 2 wrong usage, 3 finished but some files were rejected.")]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Options of every command.
#[derive(Debug, clap::Args)]
pub(super) struct Global {
    /// Folder of the index
    #[arg(long, global = true, value_name = "DIR", env = "VANBAN_INDEX", default_value = "index", hide_env_values = true)]
    pub(super) index: PathBuf,
    /// Folder with your own rows for the tables (issuers.tsv, provinces.tsv …)
    #[arg(long, global = true, value_name = "DIR", env = "VANBAN_TABLES", hide_env_values = true)]
    pub(super) tables: Option<PathBuf>,
    /// How results are printed
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// When to use colours
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub(super) color: Color,
    /// Print results and failures only
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// Print more
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
    /// Tables: tasks, lineage
    Csv,
    /// A workbook: tasks
    Xlsx,
    /// A calendar: tasks
    Ics,
    /// A picture: lineage
    Svg,
    /// Graphviz: lineage
    Dot,
    /// Markdown pages: lineage
    Mermaid,
    /// Gephi, yEd: lineage
    Graphml,
}

impl Command {
    /// Whether the answer of this command comes in the format.
    pub(super) fn has(&self, format: Format) -> bool {
        match format {
            Format::Text | Format::Json => true,
            Format::Csv => matches!(self, Command::Tasks(_) | Command::Lineage(_)),
            Format::Xlsx | Format::Ics => matches!(self, Command::Tasks(_)),
            Format::Svg | Format::Dot | Format::Mermaid | Format::Graphml => matches!(self, Command::Lineage(_)),
        }
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Which pages text recognition (OCR) reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Ocr {
    /// Pages without text, where tesseract with its Vietnamese data is installed
    #[default]
    Auto,
    /// None
    Never,
    /// Every page of a PDF, whatever text it has; fails without tesseract
    Always,
}

impl From<Ocr> for source::Ocr {
    fn from(ocr: Ocr) -> source::Ocr {
        match ocr {
            Ocr::Auto => source::Ocr::Auto,
            Ocr::Never => source::Ocr::Never,
            Ocr::Always => source::Ocr::Always,
        }
    }
}

/// The commands, in the order of work.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read papers into the index: read, extract, resolve, index; skips what has not changed
    Ingest(Ingest),
    /// Print what one paper says, without any index
    Extract(Extract),
    /// Full-text search with filters
    Search(Search),
    /// One document: what it is, its files, counts, who it cites
    Show(Reference),
    /// Who cites a document, with the sentence that proves it
    CitedBy(CitedBy),
    /// What a document cites
    Cites(Cites),
    /// Which papers implement, amend or review which, as a tree
    Lineage(Lineage),
    /// Which provinces hold an implementing paper, and which do not
    Coverage(Reference),
    /// Who has what to do, and by when
    Tasks(Tasks),
    /// Documents that are cited but not held, most cited first
    Missing(Limit),
    /// Citations that several documents could be
    Unresolved(Limit),
    /// Say which document a citation means; kept over every later ingest
    Decide(Decide),
    /// Runs, counts and rejected files
    Status(Status),
    /// Whether catalogue and full-text index agree
    Check(Check),
    /// Pages for a browser and an HTTP API, over the index
    Serve(Serve),
    /// Answers for AI assistants, over the Model Context Protocol on standard input and output
    Mcp,
    /// How well it does: against gold sets, label sets, or your own marks on a sample
    Eval(Eval),
    /// Reads untrusted files for the parent process
    #[command(name = "__reader", hide = true)]
    Reader(Reader),
}

/// `__reader`.
#[derive(Debug, clap::Args)]
pub(super) struct Reader {
    /// Seconds for one file
    #[arg(long, value_name = "N")]
    pub(super) seconds: Option<u64>,
    /// Address space in MiB
    #[arg(long, value_name = "N")]
    pub(super) memory: Option<u64>,
    /// Pages that are recognised
    #[arg(long, value_enum, default_value_t = Ocr::Never)]
    pub(super) ocr: Ocr,
    /// The program that recognises text
    #[arg(long, value_name = "PROGRAM")]
    pub(super) recogniser: Option<PathBuf>,
    /// Seconds for the recognition of one page
    #[arg(long, value_name = "N")]
    pub(super) page_seconds: Option<u64>,
}

/// `ingest`.
#[derive(Debug, clap::Args)]
pub(super) struct Ingest {
    /// Files and folders
    #[arg(value_name = "PATH", default_value = "corpus")]
    pub(super) paths: Vec<PathBuf>,
    /// Papers worked on at once [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) jobs: Option<u16>,
    /// Go on: take what changes under PATH until Ctrl-C
    #[arg(long, conflicts_with = "dry_run")]
    pub(super) watch: bool,
    /// Say what would be done, change nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Forget papers whose file is gone
    #[arg(long)]
    pub(super) prune: bool,
    /// Write the whole report as JSON
    #[arg(long, value_name = "FILE.json")]
    pub(super) report: Option<PathBuf>,
    /// Seconds that one file may take
    #[arg(long, value_name = "N", default_value_t = Limits::default().seconds, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(super) file_seconds: u64,
    /// Which pages are recognised (OCR)
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Ocr::Auto)]
    pub(super) ocr: Ocr,
}

/// `status`.
#[derive(Debug, clap::Args)]
pub(super) struct Status {
    /// Ingest the rejected files once more, and nothing else
    #[arg(long)]
    pub(super) retry: bool,
    /// Papers worked on at once [default: one a processor]
    #[arg(long, value_name = "N", requires = "retry", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) jobs: Option<u16>,
    /// Write the whole report as JSON
    #[arg(long, value_name = "FILE.json", requires = "retry")]
    pub(super) report: Option<PathBuf>,
    /// Seconds that one file may take
    #[arg(long, value_name = "N", requires = "retry", default_value_t = Limits::default().seconds, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(super) file_seconds: u64,
    /// Which pages are recognised (OCR)
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Ocr::Auto, requires = "retry")]
    pub(super) ocr: Ocr,
}

/// `extract`.
#[derive(Debug, clap::Args)]
pub(super) struct Extract {
    /// Papers; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<PathBuf>,
    /// Print the text as it was read (UTF-8, pages parted by form feeds)
    #[arg(long)]
    pub(super) text: bool,
    /// Which pages are recognised (OCR)
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Ocr::Auto)]
    pub(super) ocr: Ocr,
}

/// `search`.
#[derive(Debug, clap::Args)]
pub(super) struct Search {
    /// Words with or without marks, "phrases", numbers in any spelling
    #[arg(value_name = "QUERY", required = true)]
    pub(super) query: Vec<String>,
    /// Type codes: CT,NQ
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(super) kind: Vec<String>,
    /// Words of the issuer's name; in quotation marks, just this name
    #[arg(long, value_name = "WORDS")]
    pub(super) issuer: Option<String>,
    /// central, province, district, commune
    #[arg(long, value_name = "LEVEL", value_delimiter = ',')]
    pub(super) level: Vec<Level>,
    /// Province
    #[arg(long, value_name = "NAME")]
    pub(super) province: Option<String>,
    /// First day (2020-01-01 or 1/1/2020)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) from: Option<Date>,
    /// Last day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) to: Option<Date>,
    /// Only papers that cite this document
    #[arg(long, value_name = "REF")]
    pub(super) cites: Option<String>,
    /// At most so many hits
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(super) limit: usize,
    /// Pass over so many hits
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) offset: usize,
}

/// Level of an issuer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Level {
    /// Trung ương
    Central,
    /// Tỉnh, thành phố
    Province,
    /// Huyện (to 30 June 2025)
    District,
    /// Xã, phường
    Commune,
}

/// A command that asks of one document.
#[derive(Debug, clap::Args)]
pub(super) struct Reference {
    /// What you would type: 38-CT/TW, "Chỉ thị 38", an id, a file
    #[arg(value_name = "REF", required = true)]
    pub(super) reference: Vec<String>,
}

impl Reference {
    /// What was typed, quotation marks or not.
    pub(super) fn words(&self) -> String {
        self.reference.join(" ")
    }
}

/// `cited-by`.
#[derive(Debug, clap::Args)]
pub(super) struct CitedBy {
    #[command(flatten)]
    pub(super) of: Reference,
}

/// `cites`.
#[derive(Debug, clap::Args)]
pub(super) struct Cites {
    #[command(flatten)]
    pub(super) of: Reference,
    /// Also mentions by name only ("Luật Đất đai")
    #[arg(long)]
    pub(super) named: bool,
}

/// `lineage`.
#[derive(Debug, clap::Args)]
pub(super) struct Lineage {
    #[command(flatten)]
    pub(super) of: Reference,
    /// What it implements
    #[arg(long, conflicts_with_all = ["down", "both"])]
    pub(super) up: bool,
    /// What implements it
    #[arg(long, conflicts_with = "both")]
    pub(super) down: bool,
    /// Both directions [default]
    #[arg(long)]
    pub(super) both: bool,
    /// At most so many steps
    #[arg(long, value_name = "N")]
    pub(super) depth: Option<u32>,
    /// As it stood on this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<Date>,
}

/// `tasks`.
#[derive(Debug, clap::Args)]
pub(super) struct Tasks {
    /// Only tasks of this document
    #[arg(value_name = "REF")]
    pub(super) reference: Vec<String>,
    /// Words of the body that has to do it
    #[arg(long, value_name = "WORDS")]
    pub(super) assignee: Option<String>,
    /// Due before this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) due_before: Option<Date>,
    /// Due after this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) due_after: Option<Date>,
    /// Overdue on this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) overdue_on: Option<Date>,
}

/// A list that may be long.
#[derive(Debug, clap::Args)]
pub(super) struct Limit {
    /// At most so many rows
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<usize>,
}

/// `decide`.
#[derive(Debug, clap::Args)]
pub(super) struct Decide {
    /// Id of the citation, as `unresolved` and `cites` print it
    #[arg(value_name = "CITATION", required_unless_present = "log")]
    pub(super) citation: Option<String>,
    /// The document that it means
    #[arg(long, value_name = "REF", num_args = 1.., required_unless_present_any = ["undo", "log"])]
    pub(super) target: Vec<String>,
    /// Also every other citation that could be the same documents
    #[arg(long, requires = "target")]
    pub(super) alike: bool,
    /// Take the last decision on it back
    #[arg(long, conflicts_with = "target")]
    pub(super) undo: bool,
    /// List every decision and every one taken back
    #[arg(long, conflicts_with_all = ["citation", "target", "undo"])]
    pub(super) log: bool,
}

/// `check`.
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// Rebuild the full-text index from the catalogue where they differ
    #[arg(long)]
    pub(super) repair: bool,
}

/// What a user of `serve` may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Role {
    /// Look at everything
    Reader,
    /// Also decide citations and upload papers, where --writable lets anybody
    Editor,
}

impl From<Role> for web::Role {
    fn from(role: Role) -> web::Role {
        match role {
            Role::Reader => web::Role::Reader,
            Role::Editor => web::Role::Editor,
        }
    }
}

/// `serve`.
#[derive(Debug, clap::Args)]
pub(super) struct Serve {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7300")]
    pub(super) listen: SocketAddr,
    /// File whose first line is the token that one must know; needed for any address beyond this machine
    #[arg(long, value_name = "FILE")]
    pub(super) token_file: Option<PathBuf>,
    /// File of those who may sign in, a line each: NAME ROLE HASH; an editor may change something, a reader may not
    #[arg(long, value_name = "FILE")]
    pub(super) users: Option<PathBuf>,
    /// Print the line of a user for that file and end; the password is the first line of standard input
    #[arg(long, value_name = "NAME")]
    pub(super) hash_password: Option<String>,
    /// What that user may do
    #[arg(long, value_enum, value_name = "ROLE", default_value_t = Role::Reader, requires = "hash_password")]
    pub(super) role: Role,
    /// Let decisions be made
    #[arg(long)]
    pub(super) writable: bool,
    /// Let papers be uploaded into this folder, and ingest them
    #[arg(long, value_name = "DIR", requires = "writable")]
    pub(super) uploads: Option<PathBuf>,
    /// Which pages of uploads are recognised (OCR)
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Ocr::Auto)]
    pub(super) ocr: Ocr,
}

/// `eval`.
#[derive(Debug, clap::Args)]
pub(super) struct Eval {
    /// Gold sets (gold/ and docs/, or the folder of the records itself), label sets, or folders that hold such
    #[arg(value_name = "DIR", required_unless_present_any = ["sample", "score", "export_decisions"])]
    pub(super) dirs: Vec<PathBuf>,
    /// Folder of a gold set's papers [default: docs/ beside the gold folder]
    #[arg(long, value_name = "DIR")]
    pub(super) docs: Option<PathBuf>,
    /// Fail when a score is under its line in this file (`citations = 0.90`)
    #[arg(long, value_name = "FILE")]
    pub(super) floors: Option<PathBuf>,
    /// Draw so many citations from the index as a table, to be marked by hand
    #[arg(long, value_name = "N", conflicts_with_all = ["dirs", "docs", "floors", "score"])]
    pub(super) sample: Option<usize>,
    /// Another seed draws another sample
    #[arg(long, value_name = "S", default_value_t = 1, requires = "sample")]
    pub(super) seed: u64,
    /// Write your decisions as a table that `eval` can judge by (paths below --docs)
    #[arg(long, conflicts_with_all = ["dirs", "floors", "sample", "score"])]
    pub(super) export_decisions: bool,
    /// Precision by form from a marked table
    #[arg(long, value_name = "FILE", conflicts_with_all = ["dirs", "docs", "floors"])]
    pub(super) score: Option<PathBuf>,
}

/// Reads a day as people write it: `2020-01-31` or `31/1/2020`.
fn date(word: &str) -> Result<Date, String> {
    read_day(word).ok_or_else(|| "write a day of the calendar as 2020-01-31 or 31/1/2020".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Args, date};
    use clap::{CommandFactory, Parser};

    #[test]
    fn the_definition_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn days_are_read_in_both_orders() {
        assert_eq!(date("2020-01-31"), date("31/1/2020"));
        assert!(date("31/2/2020").is_err() && date("1/1/20").is_err() && date("mai").is_err());
    }

    #[test]
    fn a_reference_may_be_typed_without_quotation_marks() {
        let args = Args::try_parse_from(["vanban", "cited-by", "Chỉ", "thị", "38", "--format", "json"]).expect("valid");
        assert!(matches!(args.command, super::Command::CitedBy(of) if of.of.reference.join(" ") == "Chỉ thị 38"));
    }
}
