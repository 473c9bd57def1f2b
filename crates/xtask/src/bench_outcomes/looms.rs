//! The same programs under loom: their text with loom's names in the standard library's place.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use anyhow::{Context as _, Result};
use regex::Regex;

use super::suite::{Outcomes, Program};
use crate::bench::toolbox::Toolbox;

const MAIN: &str = include_str!("loom_main.txt");

const MANIFEST: &str = "[package]\nname = \"bench-loom\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
    publish = false\n\n[workspace]\n\n[dependencies]\nloom = \"0.7.2\"\n";

/// Builds one program out of all that loom can be given.
///
/// # Errors
///
/// If it can't be written or doesn't build.
pub fn built<'a>(
    toolbox: &Toolbox,
    programs: impl Iterator<Item = &'a Program>,
) -> Result<PathBuf> {
    let folder = toolbox.folder.join("loom");
    let sources = folder.join("src");
    fs::create_dir_all(&sources).with_context(|| format!("can't make {}", sources.display()))?;
    let (mut modules, mut arms) = (String::new(), String::new());
    for program in programs {
        let name = &program.name;
        keep(
            &sources.join(format!("{name}.rs")),
            &module(&program.source),
        )?;
        writeln!(modules, "#[allow(dead_code, unused)]\nmod {name};")?;
        writeln!(arms, "        {name:?} => {name}::main,")?;
    }
    let chosen = format!(
        "{modules}\nfn program(name: &str) -> fn() {{\n    match name {{\n{arms}        \
         _ => panic!(\"no such program\"),\n    }}\n}}\n"
    );
    keep(&sources.join("main.rs"), &MAIN.replace("PROGRAMS", &chosen))?;
    keep(&folder.join("Cargo.toml"), MANIFEST)?;
    keep(
        &folder.join("Cargo.lock"),
        &fs::read_to_string(toolbox.root.join("Cargo.lock"))?,
    )?;
    toolbox.built(&folder, &["build", "--release"])
}

/// Cargo goes by the time of change.
fn keep(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text).with_context(|| format!("can't write {}", path.display()))
}

/// A program's text as a module.
fn module(source: &str) -> String {
    static STD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\bstd::").expect("a valid regex"));
    let source = source.replacen("\nfn main()", "\npub fn main()", 1);
    STD.replace_all(&source, "crate::looms::").into_owned()
}

/// How loom ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Ended {
    /// `done`, `too long`, or `stopped: ` and what it reported.
    pub how: String,
    /// Executions.
    pub executions: u64,
    /// What it found.
    pub outcomes: Outcomes,
}

/// The command that explores a program.
pub fn command(
    toolbox: &Toolbox,
    looms: &Path,
    name: &str,
    limit: u64,
    bound: Option<u32>,
) -> Command {
    let mut command = toolbox.command(looms);
    for variable in ["LOOM_MAX_PREEMPTIONS", "LOOM_MAX_BRANCHES", "LOOM_LOG"] {
        command.env_remove(variable);
    }
    command.arg(name).arg(limit.to_string());
    command.args(bound.map(|bound| bound.to_string()));
    command
}

/// What it said.
///
/// # Errors
///
/// If that isn't what it says.
pub fn read(said: &str) -> Result<Ended> {
    let mut lines = said.lines();
    let how = lines.next().context("loom said nothing")?.to_owned();
    let executions = lines.next().context("loom counted nothing")?.parse()?;
    let outcomes = lines.map(str::to_owned).collect();
    Ok(Ended {
        how,
        executions,
        outcomes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_becomes_a_module_with_looms_names() {
        let source =
            "//! A.\nuse std::sync::atomic::AtomicU8;\nfn main() { std::hint::spin_loop() }";
        assert_eq!(
            module(source),
            "//! A.\nuse crate::looms::sync::atomic::AtomicU8;\npub fn main() { crate::looms::hint::spin_loop() }"
        );
    }

    #[test]
    fn what_loom_said_is_read() {
        let ended = read("too long\n7\n0 1\n1 0\n").unwrap();
        assert_eq!((ended.how.as_str(), ended.executions), ("too long", 7));
        assert_eq!(ended.outcomes.len(), 2);
        assert!(read("").is_err());
    }
}
