//! Measures what sharing costs, and writes what the book says of it: `cargo xtask costs`.
//!
//! The measurements are the benches of `crates/costs`. What came is kept in `data/costs.json`; the
//! figures and the ratios that the pages include are made from that file, and from nothing else.

mod cited;
mod measure;
mod page;
mod plot;
mod question;
mod ratio;
mod record;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use clap::Args;

use crate::generated;
use record::Record;

/// How to measure.
#[derive(Args)]
pub struct Arguments {
    /// How many rounds, each with everything in it
    #[arg(long, default_value_t = 20)]
    rounds: usize,
    /// Two rounds, to try it; writes nothing
    #[arg(long, conflicts_with = "rounds")]
    quick: bool,
}

/// What was measured.
const DATA: &str = "data/costs.json";
/// The ratios in words; the pages include them by their names.
const RATIOS: &str = "src/atomics/costs-ratios.md";
/// The figures, each with its table.
const FIGURES: &str = "src/atomics/costs-figures.md";

/// Fewer rounds say nothing of how far they lie apart.
const FEWEST: usize = 10;

/// Measures, prints what came, and writes it down.
///
/// # Errors
///
/// If the benches don't build or run, or a file can't be written.
pub fn run(root: &Path, arguments: &Arguments) -> Result<()> {
    let rounds = match arguments.quick {
        true => 2,
        false if arguments.rounds < FEWEST => {
            bail!("{FEWEST} rounds at least, to be written down; to try it: --quick")
        }
        false => arguments.rounds,
    };
    let record = measure::record(root, rounds)?;
    record
        .complete()
        .context("the benches and the questions differ")?;
    print!("{}", page::text(&record));
    if arguments.quick {
        return Ok(());
    }
    written(root, DATA, &record.json()?)?;
    write(root)?;
    for contradiction in cited::contradictions(&record) {
        eprintln!("warning: {contradiction}");
    }
    Ok(())
}

/// Writes anew what follows from the record.
///
/// # Errors
///
/// If the record can't be read, or a file can't be written.
pub fn write(root: &Path) -> Result<()> {
    for (path, text) in derived(&Record::read(root)?) {
        written(root, path, &text)?;
    }
    Ok(())
}

/// Whether what follows from the record is what [`write`] would write, and bears out what the
/// chapters say of it; if not, says so.
///
/// # Errors
///
/// If the record can't be read.
pub fn check(root: &Path) -> Result<bool> {
    let record = Record::read(root)?;
    let mut holds = true;
    for (path, text) in derived(&record) {
        if !fs::read_to_string(root.join(path)).is_ok_and(|old| old.replace("\r\n", "\n") == text) {
            eprintln!(
                "error: {path}: this is not what follows from {DATA}\n  write it anew: cargo book --bless"
            );
            holds = false;
        }
    }
    for contradiction in cited::contradictions(&record) {
        eprintln!(
            "error: {DATA}: {contradiction}\n  mend the chapter, or measure on a quiet machine: cargo xtask costs"
        );
        holds = false;
    }
    Ok(holds)
}

/// The files that follow from a record.
fn derived(record: &Record) -> [(&'static str, String); 2] {
    [
        (RATIOS, page::ratios(record)),
        (FIGURES, page::figures(record)),
    ]
}

fn written(root: &Path, path: &str, text: &str) -> Result<()> {
    let path = root.join(path);
    if generated::put(&path, text)? {
        eprintln!("{}", path.display());
    }
    Ok(())
}
