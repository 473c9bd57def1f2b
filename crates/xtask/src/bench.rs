//! Measures mdbook-verdict beside other tools on the same blocks: `cargo xtask bench-verdict`.

mod corpora;
mod corpus;
mod floor;
pub mod machine;
mod package;
mod record;
mod rivals;
mod rounds;
mod stock;
mod subject;
mod table;
mod target;
pub mod toolbox;
mod verdict;

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::Args;
use regex::Regex;

use crate::meter::Meter;

use corpora::Corpora;
use corpus::Size;
use machine::Machine;
use rounds::{Pace, Row};
use target::Target;
use toolbox::Toolbox;

/// What to measure.
#[derive(Args)]
pub struct Arguments {
    /// How many rounds to measure, after one to warm up
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// A real book to measure too
    #[arg(long, value_name = "DIR")]
    real: Option<PathBuf>,
    /// How much CPU time the rounds of one measure may take; what takes much has fewer rounds
    #[arg(long, value_name = "SECONDS", default_value_t = 20.0)]
    budget: f64,
    /// Leave out the book of 1,000 blocks
    #[arg(long)]
    small: bool,
    /// Only what matches, of `BOOK, TOOL, CASE`; nothing is recorded
    #[arg(long, value_name = "REGEX")]
    only: Option<Regex>,
}

/// All that came.
struct Report {
    machine: Machine,
    rounds: usize,
    rows: Vec<Row>,
    targets: Vec<Target>,
    skipped: Vec<String>,
}

const SMALL: Size = Size {
    running: 100,
    rejected: 30,
    chapters: 10,
};
const LARGE: Size = Size {
    running: 770,
    rejected: 230,
    chapters: 77,
};

/// After this a command is killed.
const LIMIT: Duration = Duration::from_secs(600);

/// Measures, prints the tables and records them.
///
/// # Errors
///
/// If our tool can't be built, or doesn't hold a made-up book true.
pub fn verdict(root: &Path, arguments: &Arguments) -> Result<()> {
    let toolbox = Rc::new(Toolbox::ready(root, "bench-verdict", "mdbook-verdict")?);
    let machine = Machine::here(&toolbox);
    let meter = Meter::new(&toolbox.folder, LIMIT);
    let corpora = gathered(toolbox, meter, arguments)?;
    let report = measured(corpora, machine, arguments);
    let text = table::markdown(&report);
    println!("{text}");
    match arguments.only {
        Some(_) => Ok(()),
        None => recorded(root, &text, &report),
    }
}

/// Writes the books, and gets all tools ready.
fn gathered(toolbox: Rc<Toolbox>, meter: Meter, arguments: &Arguments) -> Result<Corpora> {
    let mut corpora = Corpora::new(toolbox, meter);
    eprintln!("getting books and tools ready");
    corpora.made_up(SMALL, true)?;
    if !arguments.small {
        corpora.made_up(LARGE, false)?;
    }
    corpora.ours()?;
    match &arguments.real {
        Some(folder) => corpora.real(folder)?,
        None => corpora.skip("a real book: none was named with --real".to_owned()),
    }
    if let Some(only) = &arguments.only {
        corpora.entries.retain(|entry| {
            only.is_match(&format!("{}, {}, {}", entry.book, entry.tool, entry.case))
        });
    }
    Ok(corpora)
}

fn measured(mut corpora: Corpora, machine: Machine, arguments: &Arguments) -> Report {
    let pace = Pace {
        rounds: arguments.rounds,
        budget: arguments.budget,
    };
    let entries = std::mem::take(&mut corpora.entries);
    let rows = rounds::hold(entries, pace, corpora.meter());
    let mut report = Report {
        machine,
        rounds: arguments.rounds,
        targets: target::all(&rows),
        rows,
        skipped: corpora.skipped,
    };
    let failures = report.rows.iter_mut().flat_map(|row| &mut row.failures);
    for line in failures.chain(&mut report.skipped) {
        *line = without_paths(line);
    }
    report
}

/// A line without the paths of this machine, which mean nothing on another.
pub fn without_paths(line: &str) -> String {
    static PATH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:[A-Za-z]:)?(?:[/\\][\w.@+~-]+){2,}").expect("a valid regex")
    });
    PATH.replace_all(line, "[..]").into_owned()
}

fn recorded(root: &Path, text: &str, report: &Report) -> Result<()> {
    let json = format!("{:#}\n", record::json(report));
    for (path, text) in [
        ("docs/bench-verdict.md", text),
        ("data/bench-verdict.json", &json),
    ] {
        let path = root.join(path);
        let folder = path.parent().expect("it lies in a folder");
        fs::create_dir_all(folder).with_context(|| format!("can't make {}", folder.display()))?;
        fs::write(&path, text).with_context(|| format!("can't write {}", path.display()))?;
        eprintln!("{}", path.display());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_of_this_machine_is_recorded() {
        let line = without_paths("can't run /home/me/.cargo/bin/x (Text file busy): src/a.md");
        assert_eq!(line, "can't run [..] (Text file busy): src/a.md");
    }

    #[test]
    fn a_report_is_recorded_in_both_forms() {
        let folder = tempfile::tempdir().unwrap();
        let row = Row {
            book: "made up, 2 blocks".to_owned(),
            tool: verdict::TOOL.to_owned(),
            case: verdict::EDITED.to_owned(),
            costs: vec![crate::meter::Cost {
                cpu: 0.6,
                ..Default::default()
            }],
            rounds: 1,
            ..Row::default()
        };
        let report = Report {
            machine: Machine {
                processor: "a processor".to_owned(),
                cores: 2,
                system: "a system".to_owned(),
                toolchain: "rustc 1.95.0".to_owned(),
                mdbook: None,
                day: "2026-01-31".to_owned(),
            },
            rounds: 1,
            targets: target::all(std::slice::from_ref(&row)),
            rows: vec![row],
            skipped: vec!["skeptic".to_owned()],
        };
        recorded(folder.path(), &table::markdown(&report), &report).unwrap();

        let read = |path| fs::read_to_string(folder.path().join(path)).unwrap();
        let text = read("docs/bench-verdict.md");
        assert!(
            text.contains("| 0.600 s | **not met**, 100 % worse |"),
            "{text}"
        );
        assert!(text.contains("\n- skeptic\n"), "{text}");
        let json: serde_json::Value = read("data/bench-verdict.json").parse().unwrap();
        assert_eq!(json["rows"][0]["cpu_s"][0], 0.6);
        assert_eq!(json["targets"][0]["met"], false);
    }
}
