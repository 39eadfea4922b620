//! Writes generated papers to a folder: `cargo run --release --example generate -- N DIR [SEED] [BYTES]`.
//!
//! `DIR/papers` gets N papers, `DIR/tables` the rows that make their made-up provinces known, `DIR/truth.tsv` what each
//! paper says (file, number, date, province, numbers cited). The same arguments give the same bytes.

mod support;

use std::error::Error;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let usage = "usage: generate N DIR [SEED] [BYTES]";
    let count: usize = args.next().ok_or(usage)?.parse()?;
    let dir = PathBuf::from(args.next().ok_or(usage)?);
    let seed = args.next().map_or(Ok(1), |word| word.parse())?;
    let size = args.next().map_or(Ok(5_000), |word| word.parse())?;

    fs::create_dir_all(dir.join("tables"))?;
    for (table, text) in support::Generator::overlay() {
        fs::write(dir.join("tables").join(table), text)?;
    }
    let mut truth = BufWriter::new(fs::File::create(dir.join("truth.tsv"))?);
    writeln!(truth, "file\tnumber\tdate\tprovince\tcites")?;
    for (at, paper) in support::Generator::new(seed, count, size).enumerate() {
        // A thousand papers a folder, as an archive would have it.
        let folder = dir.join("papers").join(format!("{:03}", at / 1000));
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(&paper.name), &paper.text)?;
        let cites: Vec<&str> = paper.truth.cites.iter().filter_map(|(number, _)| number.as_deref()).collect();
        let province = paper.truth.province.unwrap_or("-");
        writeln!(truth, "{}\t{}\t{}\t{province}\t{}", paper.name, paper.truth.number, paper.truth.date, cites.join(" "))?;
    }
    truth.flush()?;
    Ok(())
}
