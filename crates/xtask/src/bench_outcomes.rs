//! Measures outcomes beside loom on the same programs: `cargo xtask bench-outcomes`.

mod looms;
mod measure;
mod suite;
mod table;
mod targets;

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::Args;
use regex::Regex;

use crate::bench::machine::Machine;
use crate::bench::toolbox::Toolbox;
use crate::meter::Meter;

use measure::{Bench, Row};
use targets::Target;

/// What to measure.
#[derive(Args)]
pub struct Arguments {
    /// How many rounds to measure
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// How long loom may take with a program
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    limit: u64,
    /// Beside loom all programs that it can be given, not only the classics and the bigger ones
    #[arg(long)]
    all: bool,
    /// Beside loom only programs whose names match; nothing is recorded
    #[arg(long, value_name = "REGEX")]
    only: Option<Regex>,
}

/// All that came.
struct Report {
    machine: Machine,
    rounds: usize,
    limit: u64,
    models: Vec<String>,
    rows: Vec<Row>,
    targets: Vec<Target>,
    left_out: usize,
}

/// Measures, prints the tables and records them; gives whether the targets are kept and nothing
/// is missed or added.
///
/// # Errors
///
/// If a tool can't be built or run.
pub fn run(root: &Path, arguments: &Arguments) -> Result<bool> {
    let toolbox = Toolbox::ready(root, "bench-outcomes", "outcomes")?;
    let meter = Meter::new(&toolbox.folder, Duration::from_secs(arguments.limit + 30));
    let machine = Machine::here(&toolbox);
    let programs = suite::programs(&toolbox.root)?;
    let models = measure::models(&toolbox)?;
    let chosen = |program: &&suite::Program| match &arguments.only {
        Some(only) => only.is_match(&program.name),
        None => arguments.all || program.big || program.is_classic(),
    };
    let (beside, left_out): (Vec<_>, Vec<_>) = programs
        .iter()
        .filter(chosen)
        .partition(|program| program.not_for_loom().is_none());
    eprintln!("building loom's versions of {} programs", beside.len());
    let looms = looms::built(&toolbox, beside.iter().copied())?;
    let bench = Bench {
        toolbox: &toolbox,
        meter: &meter,
        looms: &looms,
        models: &models,
        limit: arguments.limit,
        rounds: arguments.rounds,
    };
    let rows: Result<Vec<Row>> = beside.iter().map(|program| bench.row(program)).collect();
    let report = Report {
        machine,
        rounds: arguments.rounds,
        limit: arguments.limit,
        targets: targets::all(&bench, &programs)?,
        models: models.clone(),
        rows: rows?,
        left_out: left_out.len(),
    };
    let text = table::markdown(&report);
    println!("{text}");
    if arguments.only.is_none() {
        recorded(root, &text, &report)?;
    }
    let right = report
        .rows
        .iter()
        .all(|row| row.ours.iter().all(|ours| ours.is_right()));
    Ok(right && report.targets.iter().all(Target::is_met))
}

fn recorded(root: &Path, text: &str, report: &Report) -> Result<()> {
    let json = format!("{:#}\n", table::json(report));
    for (path, text) in [
        ("docs/bench-outcomes.md", text),
        ("data/bench-outcomes.json", &json),
    ] {
        let path = root.join(path);
        fs::write(&path, text).with_context(|| format!("can't write {}", path.display()))?;
        eprintln!("{}", path.display());
    }
    Ok(())
}
