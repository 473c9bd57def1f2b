//! What finds which fault: every tool that is here tries every program of `tests/testers`, and the
//! book's table is made from what came: `cargo xtask testers`.

mod end;
mod pairs;
mod record;
mod table;
#[cfg(test)]
mod tests;
mod tools;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Args;

use crate::generated;
use record::{Cell, Record, ToolRecord};
use tools::{Tool, Workshop};

/// What to try.
#[derive(Args)]
pub struct Arguments {
    /// Only this tool; what is recorded of the others stays as it is
    #[arg(long, value_name = "NAME")]
    tool: Option<String>,
    /// Record nothing, and fail where a tool that leaves nothing to chance says something else now
    #[arg(long)]
    compare: bool,
}

/// Where the table is; the page includes it.
fn page(root: &Path) -> PathBuf {
    root.join("src/beyond/testers.md")
}

/// Tries every program with every tool that is here, and records what came; with `compare`, only
/// whether the same came as is recorded.
///
/// # Errors
///
/// If a tool that is here can't be built, or crashes: that is no answer.
pub fn run(root: &Path, arguments: &Arguments) -> Result<bool> {
    let root = fs::canonicalize(root).context("can't find the repository")?;
    let tools: Vec<Tool> = Tool::ALL
        .into_iter()
        .filter(|tool| arguments.tool.as_deref().is_none_or(|it| it == tool.name()))
        .collect();
    if tools.is_empty() {
        let names: Vec<_> = Tool::ALL.map(Tool::name).into_iter().collect();
        bail!("there is no such tool; there are {}", names.join(", "));
    }
    let workshop = Workshop::new(&root)?;
    let programs = pairs::programs(&root)?;
    let mut record = match arguments.tool.is_some() || arguments.compare {
        true => Record::read(&root)?,
        false => Record::empty(),
    };
    let old = record.clone();
    for tool in tools {
        let (about, cells) = tried(tool, &workshop, &programs)?;
        record.replace(about, cells);
        if !arguments.compare {
            // What is done is kept, whatever the next one comes to.
            record.about(workshop.machine(), &programs);
            record.write(&root)?;
        }
    }
    if arguments.compare {
        let differences = record.differences(&old);
        for difference in &differences {
            eprintln!("error: {difference}");
        }
        return Ok(differences.is_empty());
    }
    write(&root)?;
    println!("{}", table::markdown(&record));
    Ok(true)
}

/// One tool on all programs.
fn tried(
    tool: Tool,
    workshop: &Workshop,
    programs: &[pairs::Program],
) -> Result<(ToolRecord, Vec<Cell>)> {
    let name = tool.name();
    eprintln!("{name}: is it here?");
    let about = tool.record(tool.ready(workshop)?);
    let mut cells = Vec::new();
    if let Some(why) = &about.absent {
        eprintln!("{name}: not available here: {why}");
        return Ok((about, cells));
    }
    for program in programs {
        let end = tool
            .try_on(workshop, program)
            .with_context(|| format!("{name} on {}", program.name))?;
        eprintln!("{name}: {}: {end:?}", program.name);
        cells.push(Cell {
            tool: name.to_owned(),
            program: program.name.clone(),
            end,
        });
    }
    Ok((about, cells))
}

/// Writes the book's table anew, from the record.
///
/// # Errors
///
/// If the record can't be read, or there is nowhere to write.
pub fn write(root: &Path) -> Result<()> {
    let path = page(root);
    fs::create_dir_all(path.parent().expect("it lies in a folder"))?;
    generated::put(&path, &table::markdown(&Record::read(root)?))?;
    Ok(())
}

/// Whether the record is whole and of these programs, the explorer still says what it says there,
/// and the book's table is made from it; if not, says so.
///
/// # Errors
///
/// If the record or a program can't be read.
pub fn check(root: &Path) -> Result<bool> {
    let record = Record::read(root)?;
    let programs = pairs::programs(root)?;
    let mut faults = record.faults(&programs);
    for program in &programs {
        let recorded = record.end(Tool::Explorer.name(), &program.name);
        let now = tools::explored(program)?;
        if recorded.is_some_and(|recorded| *recorded != now) {
            faults.push(format!(
                "the explorer says of {} now: {now:?}",
                program.name
            ));
        }
    }
    let path = page(root);
    if !fs::read_to_string(&path).is_ok_and(|old| old == table::markdown(&record)) {
        faults.push(format!(
            "{}: this isn't the table of {} any more",
            path.display(),
            record::FILE
        ));
    }
    for fault in &faults {
        eprintln!("error: {fault}\n  try them all anew: cargo xtask testers");
    }
    Ok(faults.is_empty())
}
