//! What came, as it is kept: `data/testers.json`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use super::end::End;
use super::pairs::{Program, digest};
use super::tools::Tool;
use crate::bench::machine::Machine;

/// Where it is kept.
pub const FILE: &str = "data/testers.json";

/// All that came.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    version: u32,
    made_by: String,
    pub machine: BTreeMap<String, String>,
    pub tools: Vec<ToolRecord>,
    /// What the programs' texts come to: other texts need other tries.
    programs: BTreeMap<String, String>,
    pub cells: Vec<Cell>,
    /// What all of the above comes to, so that nothing here is changed by hand.
    seal: String,
}

/// One tool.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToolRecord {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// How it was asked.
    pub how: String,
    /// Why it isn't available on the machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absent: Option<String>,
}

/// One tool on one program.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    pub tool: String,
    pub program: String,
    pub end: End,
}

impl Record {
    /// Nothing yet.
    pub fn empty() -> Record {
        Record {
            version: 1,
            made_by: "cargo xtask testers".to_owned(),
            machine: BTreeMap::new(),
            tools: Vec::new(),
            programs: BTreeMap::new(),
            cells: Vec::new(),
            seal: String::new(),
        }
    }

    /// # Errors
    ///
    /// If there is none, or it isn't one.
    pub fn read(root: &Path) -> Result<Record> {
        let path = root.join(FILE);
        let text = fs::read_to_string(&path)
            .with_context(|| format!("can't read {}: cargo xtask testers", path.display()))?;
        serde_json::from_str(&text).with_context(|| path.display().to_string())
    }

    /// Seals and writes it.
    ///
    /// # Errors
    ///
    /// If it can't be written.
    pub fn write(&mut self, root: &Path) -> Result<()> {
        self.seal = self.sealed();
        let path = root.join(FILE);
        fs::create_dir_all(path.parent().expect("it lies in a folder"))?;
        fs::write(&path, format!("{}\n", serde_json::to_string_pretty(self)?))
            .with_context(|| format!("can't write {}", path.display()))
    }

    fn sealed(&self) -> String {
        let open = Record {
            seal: String::new(),
            ..self.clone()
        };
        let text = serde_json::to_string(&open).expect("nothing here can't be written");
        digest(text.as_bytes())
    }

    /// Puts in what came of one tool.
    pub fn replace(&mut self, about: ToolRecord, cells: Vec<Cell>) {
        let name = about.name.clone();
        self.tools.retain(|tool| tool.name != name);
        self.tools.push(about);
        self.cells.retain(|cell| cell.tool != name);
        self.cells.extend(cells);
        let place = |name: &str| Tool::ALL.iter().position(|tool| tool.name() == name);
        self.tools.sort_by_key(|tool| place(&tool.name));
        self.cells.sort_by_key(|cell| place(&cell.tool));
    }

    /// Puts in where it was tried, and what.
    pub fn about(&mut self, machine: &Machine, programs: &[Program]) {
        self.machine = [
            ("processor", machine.processor.clone()),
            ("cores", machine.cores.to_string()),
            ("system", machine.system.clone()),
            ("toolchain", machine.toolchain.clone()),
            ("day", machine.day.clone()),
        ]
        .map(|(name, text)| (name.to_owned(), text))
        .into();
        self.programs = programs
            .iter()
            .map(|program| (program.name.clone(), program.digest()))
            .collect();
    }

    /// What came of a tool's try.
    pub fn end(&self, tool: &str, program: &str) -> Option<&End> {
        let mut cells = self.cells.iter();
        let cell = cells.find(|cell| cell.tool == tool && cell.program == program)?;
        Some(&cell.end)
    }

    /// What is wrong with it, beside these programs.
    pub fn faults(&self, programs: &[Program]) -> Vec<String> {
        let mut faults = Vec::new();
        if self.seal != self.sealed() {
            faults.push(format!("{FILE} was changed by hand"));
        }
        let now: BTreeMap<String, String> = programs
            .iter()
            .map(|program| (program.name.clone(), program.digest()))
            .collect();
        for name in now.keys().chain(self.programs.keys()) {
            if now.get(name) != self.programs.get(name) {
                faults.push(format!("{name} isn't the program that was tried"));
            }
        }
        for tool in Tool::ALL.map(Tool::name) {
            let Some(about) = self.tools.iter().find(|it| it.name == tool) else {
                faults.push(format!("nothing is recorded of {tool}"));
                continue;
            };
            for program in programs {
                let cells = self.cells.iter();
                let mine = cells.filter(|it| it.tool == tool && it.program == program.name);
                let wanted = usize::from(about.absent.is_none());
                if mine.count() != wanted {
                    faults.push(format!("{tool} on {}: not {wanted} cell", program.name));
                }
            }
        }
        faults.dedup();
        faults
    }

    /// Where a tool that leaves nothing to chance says something else than in the old record.
    pub fn differences(&self, old: &Record) -> Vec<String> {
        let steady = self.cells.iter().filter(|cell| {
            let tool = Tool::ALL.iter().find(|tool| tool.name() == cell.tool);
            tool.is_some_and(|tool| tool.is_steady())
        });
        steady
            .filter_map(|cell| {
                let before = old.end(&cell.tool, &cell.program)?;
                let wrong = super::pairs::is_wrong(&cell.program);
                let (before, now) = (before.worth(wrong), cell.end.worth(wrong));
                (before != now).then(|| {
                    format!(
                        "{} on {}: {before:?}, and now {now:?}",
                        cell.tool, cell.program
                    )
                })
            })
            .collect()
    }
}
