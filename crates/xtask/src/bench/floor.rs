//! The floor: the same blocks by hand, with rustc and no tool at all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::sync::LazyLock;

use anyhow::{Result, bail};
use mdbook_verdict::{Block, Program, Promise};
use regex::Regex;

use super::rounds::Entry;
use super::subject::Subject;
use super::toolbox::Toolbox;
use super::verdict::{COLD, EDITED};
use crate::meter::Cost;
use crate::meter::Meter;

/// The tool's name in the tables.
pub const TOOL: &str = "by hand: the floor";

/// How often a crate is tried again without the blocks that don't go with the others.
const TRIES: usize = 6;

/// Blocks sorted by hand, as a careful person would: what can share a crate does.
struct Floor {
    toolbox: Rc<Toolbox>,
    subject: Rc<Subject>,
    folder: PathBuf,
    /// Blocks in one crate, by number.
    merged: BTreeSet<usize>,
    /// Blocks that one rustc rejects, each with its own codes.
    rejected: BTreeSet<usize>,
    /// Blocks that only go alone.
    alone: BTreeSet<usize>,
}

/// The floor of a book: all blocks, and the one that is edited.
///
/// # Errors
///
/// If the blocks can't be merged by hand.
pub fn entries(toolbox: &Rc<Toolbox>, subject: &Rc<Subject>, name: &str) -> Result<Vec<Entry>> {
    let floor = Rc::new(Floor::sorted(toolbox, subject, toolbox.empty(name)?)?);
    let entry = |case: &str, run| Entry {
        book: subject.name.clone(),
        tool: TOOL.to_owned(),
        case: case.to_owned(),
        run,
    };
    let (all, one) = (floor.clone(), floor);
    Ok(vec![
        entry(COLD, Box::new(move |meter| all.all(meter))),
        entry(
            EDITED,
            Box::new(move |meter| one.alone(one.subject.chosen.number, meter)),
        ),
    ])
}

impl Floor {
    fn sorted(toolbox: &Rc<Toolbox>, subject: &Rc<Subject>, folder: PathBuf) -> Result<Floor> {
        let mut floor = Floor {
            toolbox: toolbox.clone(),
            subject: subject.clone(),
            folder,
            merged: BTreeSet::new(),
            rejected: BTreeSet::new(),
            alone: BTreeSet::new(),
        };
        for (number, (_, block)) in subject.blocks.iter().enumerate() {
            let shows_message = block
                .fences
                .iter()
                .any(|fence| fence.tag.kind == "diagnostic");
            let kept = match Promise::of(block) {
                Promise::Ignored => continue,
                _ if shows_message || block.edition != subject.edition => &mut floor.alone,
                Promise::Rejected(codes) if codes.is_empty() => &mut floor.alone,
                Promise::Rejected(_) => &mut floor.rejected,
                _ => &mut floor.merged,
            };
            kept.insert(number);
            fs::write(floor.file(number), floor.text(block))?;
        }
        floor.part_merged()?;
        floor.part_rejected()?;
        for number in &floor.alone {
            fs::write(floor.file(*number), Program::of(floor.block(*number)).text)?;
        }
        let chosen = subject.chosen.number;
        fs::write(
            floor.folder.join("chosen.rs"),
            Program::of(floor.block(chosen)).text,
        )?;
        Ok(floor)
    }

    fn block(&self, number: usize) -> &Block {
        &self.subject.blocks[number].1
    }

    fn file(&self, number: usize) -> PathBuf {
        self.folder.join(format!("b{number}.rs"))
    }

    /// A block as a module. A private `main` can't be called from outside.
    fn text(&self, block: &Block) -> String {
        let run = "pub(super) fn run_block() -> std::process::ExitCode { std::process::Termination::report(main()) }";
        format!("{}\n{run}\n", Program::of(block).text)
    }

    /// Puts what doesn't go into the one crate aside.
    fn part_merged(&mut self) -> Result<()> {
        for _ in 0..TRIES {
            self.write_crate("merged", &self.merged, true)?;
            let said = self.build("merged").output()?;
            if said.status.success() || self.merged.is_empty() {
                return Ok(());
            }
            let named = codes_by_block(&String::from_utf8_lossy(&said.stderr));
            if named.is_empty() {
                break;
            }
            for number in named.into_keys() {
                self.merged.remove(&number);
                self.alone.insert(number);
            }
        }
        bail!("the blocks can't be merged by hand")
    }

    /// Puts what isn't rejected with its own codes, beside the others, aside.
    fn part_rejected(&mut self) -> Result<()> {
        for _ in 0..TRIES {
            self.write_crate("rejected", &self.rejected, false)?;
            let said = self.check("rejected").output()?;
            let named = codes_by_block(&String::from_utf8_lossy(&said.stderr));
            let wrong = self.rejected.iter().copied().filter(|number| {
                let codes = named.get(number).cloned().unwrap_or_default();
                codes != self.block(*number).tags.codes
            });
            let wrong: Vec<usize> = wrong.collect();
            if wrong.is_empty() {
                return Ok(());
            }
            for number in wrong {
                self.rejected.remove(&number);
                self.alone.insert(number);
            }
        }
        bail!("the rejected blocks can't be merged by hand")
    }

    fn write_crate(&self, name: &str, blocks: &BTreeSet<usize>, calls: bool) -> Result<()> {
        let (mut modules, mut arms) = (String::new(), String::new());
        for number in blocks {
            modules += &format!("#[path = \"b{number}.rs\"] mod b{number};\n");
            arms += &format!("        \"{number}\" => b{number}::run_block(),\n");
        }
        if !calls {
            arms.clear();
        }
        let main = format!(
            "fn main() -> std::process::ExitCode {{\n    match std::env::args().nth(1).unwrap_or_default().as_str() {{\n{arms}        _ => std::process::ExitCode::FAILURE,\n    }}\n}}\n"
        );
        fs::write(self.folder.join(format!("{name}.rs")), modules + &main)?;
        Ok(())
    }

    fn rustc(&self, file: &str, edition: &str) -> Command {
        let mut command = self.toolbox.command(&self.toolbox.rustc);
        command
            .current_dir(&self.folder)
            .arg(format!("{file}.rs"))
            .args(["--edition", edition, "--error-format", "short"])
            .args(["-A", "warnings", "-C", "debuginfo=0"])
            .args(&self.subject.flags);
        command
    }

    fn build(&self, file: &str) -> Command {
        let mut command = self.rustc(file, self.subject.edition.year());
        command.args(["-o", &program(file)]);
        command
    }

    fn check(&self, file: &str) -> Command {
        let mut command = self.rustc(file, self.subject.edition.year());
        command.args(["--emit", "metadata", "-o", &format!("{file}.rmeta")]);
        command
    }

    /// Everything: two crates, each block of the first run by itself, and what goes alone.
    fn all(&self, meter: &Meter) -> Result<Cost> {
        let mut cost = Cost::default();
        if !self.merged.is_empty() {
            cost += compiled(meter, self.build("merged"), true)?;
        }
        for number in &self.merged {
            if matches!(
                Promise::of(self.block(*number)),
                Promise::Runs | Promise::Panics
            ) {
                cost += self.run("merged", &[&number.to_string()], meter)?;
            }
        }
        if !self.rejected.is_empty() {
            cost += compiled(meter, self.check("rejected"), false)?;
        }
        for number in &self.alone {
            cost += self.alone(*number, meter)?;
        }
        Ok(cost)
    }

    /// One block by itself.
    fn alone(&self, number: usize, meter: &Meter) -> Result<Cost> {
        let name = match number == self.subject.chosen.number {
            true => "chosen".to_owned(),
            false => format!("b{number}"),
        };
        let block = self.block(number);
        let mut command = self.rustc(&name, block.edition.year());
        let promise = Promise::of(block);
        match promise {
            Promise::Runs | Promise::Panics => command.args(["-o", &program(&name)]),
            _ => command.args(["--emit", "metadata", "-o", &format!("{name}.rmeta")]),
        };
        let ended = meter.run(command)?;
        let mut cost = ended.cost;
        let runs = matches!(promise, Promise::Runs | Promise::Panics);
        if runs && ended.code == Some(0) {
            cost += self.run(&name, &[], meter)?;
        }
        Ok(cost)
    }

    fn run(&self, file: &str, arguments: &[&str], meter: &Meter) -> Result<Cost> {
        let mut command = self.toolbox.command(self.folder.join(program(file)));
        command.args(arguments).current_dir(&self.folder);
        Ok(meter.run(command)?.cost)
    }
}

/// What a compilation cost that should end well, or with errors.
fn compiled(meter: &Meter, command: Command, well: bool) -> Result<Cost> {
    let ended = meter.run(command)?;
    match (ended.code == Some(0)) == well {
        true => Ok(ended.cost),
        false => bail!("rustc ended with {:?}", ended.code),
    }
}

fn program(file: &str) -> String {
    Path::new(file)
        .with_extension(std::env::consts::EXE_EXTENSION)
        .display()
        .to_string()
}

/// The codes of the errors in each block's file.
fn codes_by_block(said: &str) -> BTreeMap<usize, BTreeSet<String>> {
    static ERROR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?m)^.*?\bb(\d+)\.rs:\d+:\d+: error(?:\[(E\d{4})\])?").expect("a valid regex")
    });
    let mut codes: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for error in ERROR.captures_iter(said) {
        let block = error[1].parse().expect("digits are a number");
        let codes = codes.entry(block).or_default();
        codes.insert(error.get(2).map_or("none", |code| code.as_str()).to_owned());
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_error_belongs_to_its_block() {
        let said = "b7.rs:3:5: error[E0382]: use of moved value\nb12.rs:1:1: error: expected `;`\nb7.rs:3:5: warning: unused\nerror: aborting\n";
        let codes = codes_by_block(said);
        assert_eq!(codes.len(), 2);
        assert_eq!(codes[&7], BTreeSet::from(["E0382".to_owned()]));
        assert_eq!(codes[&12], BTreeSet::from(["none".to_owned()]));
    }
}
