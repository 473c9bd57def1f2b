//! The book's races in other languages: run where these are, recorded, and shown from the record.
//!
//! What a program counted with a race in it is no property of the program, so the page can't
//! check it on every build. It shows what was recorded in `data/languages.json`, and `check`
//! sees that it shows just that, and that nothing recorded is impossible.

mod page;
mod record;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::bench::machine;
use crate::generated;
use record::{Program, Record, Records};

/// What `cargo xtask languages` takes.
#[derive(clap::Args)]
pub struct Arguments {
    /// An interpreter of Python to ask; may be given several times
    #[arg(long = "python", value_name = "COMMAND", default_values = ["python3", "pypy3"])]
    pythons: Vec<String>,
    /// How often each program is run
    #[arg(long, default_value_t = 5)]
    rounds: usize,
}

/// The programs that each Python is asked.
const PYTHON: [Program; 4] = [
    Program::Racy,
    Program::Called,
    Program::Locked,
    Program::Switches,
];

fn data(root: &Path) -> PathBuf {
    root.join("data/languages.json")
}

/// Where the tables are written; the page includes them.
fn tables(root: &Path) -> PathBuf {
    root.join("src/races/recorded.md")
}

/// Runs the programs in all languages that are here, and writes the record and its tables.
///
/// What was recorded of a language, or of a version, that isn't here stays.
pub fn run(root: &Path, arguments: &Arguments) -> Result<()> {
    let mut records = match fs::read_to_string(data(root)) {
        Ok(text) => Records::read(&text)?,
        Err(_) => Records::default(),
    };
    let rounds = arguments.rounds;
    for python in &arguments.pythons {
        for program in PYTHON {
            ask(root, &mut records, program, &[python], rounds)?;
        }
    }
    ask(root, &mut records, Program::Torn, &["go", "run"], rounds)?;
    ask(root, &mut records, Program::Whole, &["java"], rounds)?;
    records.check()?;
    generated::put(&data(root), &records.json()?)?;
    write(root)
}

/// Writes the tables anew, from what is recorded.
pub fn write(root: &Path) -> Result<()> {
    generated::put(&tables(root), &page::tables(&recorded(root)?))?;
    Ok(())
}

/// Whether the tables are those of the record, and the record is possible; if not, says so.
pub fn check(root: &Path) -> Result<bool> {
    let (path, records) = (data(root), recorded(root)?);
    if let Err(error) = records.check() {
        eprintln!("error: {}: {error:#}", path.display());
        return Ok(false);
    }
    let tables = tables(root);
    let same = fs::read_to_string(&tables).is_ok_and(|old| old == page::tables(&records));
    if !same {
        eprintln!(
            "error: {}: these tables are not those of {}\n  write them anew: cargo book --bless",
            tables.display(),
            path.display()
        );
    }
    Ok(same)
}

fn recorded(root: &Path) -> Result<Records> {
    let path = data(root);
    let text =
        fs::read_to_string(&path).with_context(|| format!("can't read {}", path.display()))?;
    Records::read(&text).with_context(|| path.display().to_string())
}

/// Runs a program so many times, and keeps what came.
fn ask(
    root: &Path,
    records: &mut Records,
    program: Program,
    command: &[&str],
    rounds: usize,
) -> Result<()> {
    let file = root.join("examples").join(program.file());
    let mut seen: Option<Record> = None;
    for _ in 0..rounds {
        let output = Command::new(command[0])
            .args(&command[1..])
            .arg(&file)
            .output();
        let output = match output {
            Ok(output) if output.status.success() => output,
            Ok(output) => {
                let why = String::from_utf8_lossy(&output.stderr);
                let why = why.trim().lines().last().unwrap_or_default();
                eprintln!("{} {}: {why}", command.join(" "), program.file());
                return Ok(());
            }
            Err(error) => {
                eprintln!("{} isn't here ({error}): not asked", command[0]);
                return Ok(());
            }
        };
        let output = String::from_utf8(output.stdout)?;
        let (who, came) = output
            .split_once('\n')
            .with_context(|| format!("{} says nothing: {output:?}", program.file()))?;
        let record = seen.get_or_insert_with(|| Record::new(program, who.trim_end(), command[0]));
        ensure!(record.who == who.trim_end(), "{who} was {}", record.who);
        let lines: Vec<_> = came.lines().map(str::trim_end).collect();
        record.runs.push(lines.join("; "));
    }
    if let Some(record) = seen {
        eprintln!(
            "{}: {}: {}",
            record.who,
            program.file(),
            record.runs.join(" | ")
        );
        records.keep(record);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A repository with the real record and its tables.
    fn copy() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let ours = crate::root();
        for path in ["data/languages.json", "src/races/recorded.md"] {
            let to = root.path().join(path);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(ours.join(path), to).unwrap();
        }
        root
    }

    #[test]
    fn a_table_edited_by_hand_is_noticed_and_written_anew() {
        let root = copy();
        assert!(check(root.path()).unwrap());
        let tables = tables(root.path());
        let text = fs::read_to_string(&tables).unwrap();
        fs::write(&tables, text.replacen("none", "some", 1)).unwrap();
        assert!(!check(root.path()).unwrap());
        write(root.path()).unwrap();
        assert!(check(root.path()).unwrap());
    }

    #[test]
    fn a_count_that_cannot_be_is_noticed_in_the_record() {
        let root = copy();
        let data = data(root.path());
        let text = fs::read_to_string(&data).unwrap();
        let text = text.replacen("counted 10000000 of", "counted 10000001 of", 1);
        fs::write(&data, text).unwrap();
        assert!(!check(root.path()).unwrap());
    }
}
