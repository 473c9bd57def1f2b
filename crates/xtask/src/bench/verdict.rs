//! `mdbook-verdict check`, in all the states its cache can be in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;

use anyhow::{Context as _, Result, bail};

use super::rounds::{Entry, Run};
use super::subject::Subject;
use super::toolbox::{Toolbox, last_lines, said};
use crate::meter::Cost;
use crate::meter::{Ended, Meter};

/// The tool's name in the tables.
pub const TOOL: &str = "mdbook-verdict";
/// Nothing is remembered.
pub const COLD: &str = "cold";
/// Nothing is remembered, and one block doesn't compile.
pub const BROKEN: &str = "one block broken";
/// All is remembered but one block.
pub const EDITED: &str = "one block edited";
/// All is remembered.
pub const UNCHANGED: &str = "nothing changed";
/// Nothing is remembered, and there are three other machines.
pub const PARTITION: &str = "cold, --partition 1/4";

/// A type error, wherever a block begins.
const FAULT: &str = "const _BROKEN: u8 = \"\";";

/// Our tool on a book.
struct Check {
    toolbox: Rc<Toolbox>,
    subject: Rc<Subject>,
    /// What it remembers lies here; each case has its own.
    cache: PathBuf,
    /// How many promises of the book don't hold, as it is.
    failing: usize,
}

/// How many promises of a book don't hold, as it is.
///
/// # Errors
///
/// If the tool can't check the book at all.
pub fn failing(toolbox: &Rc<Toolbox>, subject: &Rc<Subject>, meter: &Meter) -> Result<usize> {
    let ended = Check::new(toolbox, subject, "first", 0)?.ended(&[], meter)?;
    let failing =
        failed(&ended).with_context(|| format!("it said: {}", last_lines(&ended.stderr, 3)))?;
    if failing > 0 {
        eprintln!("{}: promises that don't hold: {failing}", subject.name);
    }
    Ok(failing)
}

/// All the cases of a book, of which so many promises don't hold.
///
/// # Errors
///
/// If the tool can't be run, or a folder not be made.
pub fn entries(toolbox: &Rc<Toolbox>, subject: &Rc<Subject>, failing: usize) -> Result<Vec<Entry>> {
    let help = said(toolbox.command(&toolbox.ours).args(["check", "--help"]))?;
    let mut cases = vec![COLD, BROKEN, EDITED, UNCHANGED];
    if help.contains("--partition") {
        cases.push(PARTITION);
    }
    let entry = |case: &'static str| {
        let check = Check::new(toolbox, subject, case, failing)?;
        Ok(Entry {
            book: subject.name.clone(),
            tool: TOOL.to_owned(),
            case: case.to_owned(),
            run: check.run(case),
        })
    };
    cases.into_iter().map(entry).collect()
}

impl Check {
    fn new(
        toolbox: &Rc<Toolbox>,
        subject: &Rc<Subject>,
        case: &str,
        failing: usize,
    ) -> Result<Check> {
        let words = format!("cache/{}/{case}", subject.name);
        let name = words.replace([' ', ','], "-").replace("1/4", "quarter");
        Ok(Check {
            cache: toolbox.empty(&name)?,
            toolbox: toolbox.clone(),
            subject: subject.clone(),
            failing,
        })
    }

    fn run(self, case: &'static str) -> Run {
        match case {
            BROKEN => Box::new(move |meter| self.broken(meter)),
            EDITED => {
                let mut edits = 0;
                Box::new(move |meter| {
                    edits += 1;
                    self.edited(edits, meter)
                })
            }
            UNCHANGED => Box::new(move |meter| {
                self.warm(meter)?;
                self.check(&[], self.failing, meter)
            }),
            PARTITION => Box::new(move |meter| {
                self.forget()?;
                self.part(meter)
            }),
            _ => Box::new(move |meter| {
                self.forget()?;
                self.check(&[], self.failing, meter)
            }),
        }
    }

    fn broken(&self, meter: &Meter) -> Result<Cost> {
        self.forget()?;
        let _changed = self.subject.chosen.change(FAULT)?;
        self.check(&[], self.failing + 1, meter)
    }

    /// Each edit is one that was never seen before.
    fn edited(&self, edits: usize, meter: &Meter) -> Result<Cost> {
        self.warm(meter)?;
        let _changed = self.subject.chosen.change(&format!("// Edit {edits}."))?;
        self.check(&[], self.failing, meter)
    }

    /// A part of the book fails as much as it likes: there is no telling which part the fault is in.
    fn part(&self, meter: &Meter) -> Result<Cost> {
        let ended = self.ended(&["--partition", "1/4"], meter)?;
        match failed(&ended) {
            Some(count) if count <= self.failing => Ok(ended.cost),
            _ => bail!("it said: {}", last_lines(&ended.stdout, 3)),
        }
    }

    /// Checks the book, and that it fails where it should and nowhere else.
    fn check(&self, arguments: &[&str], failing: usize, meter: &Meter) -> Result<Cost> {
        let ended = self.ended(arguments, meter)?;
        match (failed(&ended), ended.code) {
            (Some(0), Some(0)) if failing == 0 => Ok(ended.cost),
            (Some(count), Some(1)) if count == failing => Ok(ended.cost),
            _ => bail!(
                "{failing} should fail; it said: {} {}",
                last_lines(&ended.stdout, 3),
                last_lines(&ended.stderr, 3)
            ),
        }
    }

    fn ended(&self, arguments: &[&str], meter: &Meter) -> Result<Ended> {
        let mut command: Command = self.toolbox.command(&self.toolbox.ours);
        command
            .arg("check")
            .args(arguments)
            .current_dir(&self.subject.folder)
            .env("XDG_CACHE_HOME", &self.cache);
        if let Some(target) = std::env::var_os("CARGO_TARGET_DIR") {
            command.env("CARGO_TARGET_DIR", target);
        }
        meter.run(command)
    }

    /// Remembers all of the book as it is.
    fn warm(&self, meter: &Meter) -> Result<()> {
        let empty = fs::read_dir(&self.cache)?.next().is_none();
        if empty {
            self.check(&[], self.failing, meter)?;
        }
        Ok(())
    }

    fn forget(&self) -> Result<()> {
        fs::remove_dir_all(&self.cache)?;
        fs::create_dir_all(&self.cache)?;
        Ok(())
    }
}

/// Has our tool write what the blocks of a made-up book print, which also says that they hold.
///
/// # Errors
///
/// If they don't.
pub fn bless(toolbox: &Toolbox, folder: &Path, meter: &Meter) -> Result<()> {
    let mut command = toolbox.command(&toolbox.ours);
    command
        .args(["check", "--bless", "--no-cache"])
        .current_dir(folder);
    let ended = meter.run(command)?;
    match ended.code {
        Some(0) => Ok(()),
        _ => bail!(
            "a made-up block doesn't hold:\n{}",
            last_lines(&ended.stdout, 30)
        ),
    }
}

/// How many promises didn't hold: the last line is `N passed, N failed`.
fn failed(ended: &Ended) -> Option<usize> {
    let line = ended.stdout.lines().last()?;
    let (_, rest) = line.split_once(" passed, ")?;
    rest.split(' ').next()?.parse().ok()
}
