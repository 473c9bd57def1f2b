//! Runs on real hardware that were recorded: how often a machine showed each outcome.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use mdbook_verdict::{Block, Book, Promise};
use outcomes::Model;
use outcomes::hardware::{self, Settings};
use serde::{Deserialize, Serialize};

use crate::explored::{self, Explored};
use crate::html::escaped;
use crate::{Error, Memory, fence};

/// What was recorded: on which machine, and of each program how often it showed what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Records {
    /// The machine, and how it was made to run.
    pub machine: Machine,
    /// One for each program.
    pub runs: Vec<Record>,
}

/// What the counts depend on, beside the programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// The processor's name.
    pub processor: String,
    /// The operating system and the kind of processor.
    pub system: String,
    /// How many threads it runs at once.
    pub cores: usize,
    /// rustc, with its version.
    pub toolchain: String,
    /// The command that recorded it.
    pub command: String,
    /// The day, as 2026-01-31.
    pub day: String,
}

/// A program, and what it showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The page that it stood on.
    pub page: String,
    /// Its whole text, hidden lines too: the record is of this text and of no other.
    pub program: String,
    /// The edition.
    pub edition: String,
    /// How many rounds there were.
    pub rounds: u64,
    /// How it was run: by kept threads, new threads or new processes.
    pub way: String,
    /// Each outcome's line that was seen, and how often.
    pub seen: BTreeMap<String, u64>,
}

impl Records {
    /// Reads a file of records.
    ///
    /// # Errors
    ///
    /// If it can't be read or understood.
    pub fn load(path: &Path) -> Result<Records, Error> {
        let wrong = |cause: String| Error::Records {
            path: path.to_owned(),
            cause,
        };
        let text = fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
        serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))
    }

    /// The record of this very text.
    pub fn of(&self, block: &Block) -> Option<&Record> {
        self.runs.iter().find(|record| record.is_of(block))
    }

    /// What is wrong with them: a record of a text that is no block's any more, and what was seen
    /// that isn't allowed.
    ///
    /// # Errors
    ///
    /// If a block can't be explored.
    pub fn faults(&self, book: &Book, memory: &Memory) -> Result<Vec<String>, Error> {
        let pages = book.pages("");
        let blocks = pages.iter().flat_map(|page| &page.blocks.blocks);
        let blocks: Vec<&Block> = blocks.filter(|block| is_recorded(block)).collect();
        let mut faults = Vec::new();
        for record in &self.runs {
            match blocks.iter().find(|block| record.is_of(block)) {
                None => faults.push(format!(
                    "{}: a run is recorded of a program that stands on no page any more:\n{}",
                    record.page,
                    indented(&record.program)
                )),
                Some(block) => {
                    for line in record.forbidden(block, memory)? {
                        faults.push(format!(
                            "{}: a run is recorded that showed `{line}`, which {} doesn't allow: the record, the compiler, the machine or the explorer is wrong",
                            block.name,
                            WEAKEST.name()
                        ));
                    }
                }
            }
        }
        Ok(faults)
    }
}

/// Whatever a page says of other machines, this one has to keep to what the language says.
const WEAKEST: Model = Model::Cpp20;

impl Record {
    /// Runs a block and counts what comes.
    ///
    /// # Errors
    ///
    /// If it can't be compiled, or breaks off.
    pub fn new(block: &Block, rounds: u64) -> Result<Record, hardware::Error> {
        let settings = Settings {
            rounds,
            ..Settings::default()
        };
        let options = outcomes::Options {
            edition: explored::edition(block),
        };
        let run = hardware::run(&block.code, options, &settings)?;
        let seen = run.counts.iter().map(|(seen, count)| (seen.line(), *count));
        Ok(Record {
            page: block.shown_file(),
            program: block.code.clone(),
            edition: block.edition.year().to_owned(),
            rounds: run.rounds,
            way: run.way.name().to_owned(),
            seen: seen.collect(),
        })
    }

    fn is_of(&self, block: &Block) -> bool {
        self.program == block.code && self.edition == block.edition.year()
    }

    /// What it showed and the language forbids.
    pub(crate) fn forbidden(&self, block: &Block, memory: &Memory) -> Result<Vec<String>, Error> {
        let explored = Explored::new(block, &[WEAKEST], memory).map_err(|why| Error::Page {
            place: block.name.clone(),
            cause: why.cause,
        })?;
        let (_, exploration) = &explored.answers()[0];
        let outcomes = exploration.outcomes.iter().map(|outcome| outcome.line());
        let allowed: Vec<String> = outcomes.collect();
        let seen = self.seen.keys().filter(|line| !allowed.contains(line));
        Ok(seen.cloned().collect())
    }

    /// How often it showed this.
    pub(crate) fn count(&self, line: &str) -> u64 {
        self.seen.get(line).copied().unwrap_or_default()
    }
}

/// Whether a run of a block can be recorded: it is explored, and it is run.
pub fn is_recorded(block: &Block) -> bool {
    fence::is_explored(block) && Promise::of(block) == Promise::Runs
}

/// Where the counts come from, and what they don't say.
pub(crate) fn origin(machine: &Machine, record: &Record) -> String {
    format!(
        "<p class=\"outcome-origin\">Seen: in {} rounds on {} ({}, {} at once), {}, by <code class=\"nohighlight\">{}</code> on {}. That a machine never shows an outcome proves nothing.</p>",
        number(record.rounds),
        escaped(&machine.processor),
        escaped(&machine.system),
        match machine.cores {
            1 => "1 thread".to_owned(),
            cores => format!("{cores} threads"),
        },
        escaped(&machine.toolchain),
        escaped(&machine.command),
        escaped(&machine.day)
    )
}

/// `1,234,567`.
pub(crate) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn indented(text: &str) -> String {
    let lines = text.lines().map(|line| format!("    {line}"));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(
            [0, 999, 1000, 12_345, 1_234_567].map(number),
            ["0", "999", "1,000", "12,345", "1,234,567"]
        );
    }
}
