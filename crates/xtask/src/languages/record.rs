//! What came of a program in another language, with who ran it, where and when.

use std::ops::RangeInclusive;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde::{Deserialize, Serialize};

use super::machine;

/// Ten threads, a million increments each.
pub const ALL: u64 = 10_000_000;

/// A program under `examples/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Program {
    /// `count += 1` in ten threads.
    Racy,
    /// `count += one()` in ten threads.
    Called,
    /// `count += 1` behind a lock.
    Locked,
    /// Where the interpreter lets go of its lock.
    Switches,
    /// Go's interface value, torn.
    Torn,
    /// Java's reference, whole.
    Whole,
}

impl Program {
    /// Its path under `examples/`.
    pub fn file(self) -> &'static str {
        match self {
            Program::Racy => "python/racy_counter.py",
            Program::Called => "python/called_counter.py",
            Program::Locked => "python/locked_counter.py",
            Program::Switches => "python/switch_points.py",
            Program::Torn => "go/torn.go",
            Program::Whole => "java/Whole.java",
        }
    }

    /// What may have been counted; nothing for a program that doesn't count.
    ///
    /// Where a thread's own stores are seen in their order, two is the least: see `counter_lost`.
    /// Java promises that of `volatile` variables alone, so there it is the one of any store.
    fn possible(self) -> Option<RangeInclusive<u64>> {
        match self {
            Program::Racy | Program::Called => Some(2..=ALL),
            Program::Locked => Some(ALL..=ALL),
            Program::Whole => Some(1..=ALL),
            Program::Switches | Program::Torn => None,
        }
    }
}

/// Some runs of one program by one interpreter.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Which program.
    pub program: Program,
    /// The interpreter or compiler, as the program's first line names it.
    pub who: String,
    /// What the interpreter says of its own making.
    pub build: String,
    /// The machine.
    pub machine: String,
    /// The day, as 2026-01-31.
    pub day: String,
    /// The command, from the repository's root.
    pub command: String,
    /// What each run printed after the first line, lines joined by `; `.
    pub runs: Vec<String>,
}

impl Record {
    /// No runs yet.
    pub fn new(program: Program, who: &str, command: &str) -> Record {
        let (build, command) = match program {
            Program::Torn => (said(command, &["version"]), "go run"),
            Program::Whole => (said(command, &["--version"]), "java"),
            _ => {
                let tell = "import sys; print(sys.version)";
                let pypy = who.starts_with("PyPy");
                let name = if pypy { "pypy3" } else { "python3" };
                (said(command, &["-c", tell]), name)
            }
        };
        Record {
            program,
            who: who.to_owned(),
            build,
            machine: machine::named(),
            day: machine::today(),
            command: format!("{command} examples/{}", program.file()),
            runs: Vec::new(),
        }
    }

    /// What each run counted; nothing if one doesn't say.
    pub fn counts(&self) -> Option<Vec<u64>> {
        let count = |run: &String| {
            let last = run.rsplit("; ").next()?;
            let (count, all) = last.strip_prefix("counted ")?.split_once(" of ")?;
            (all == ALL.to_string()).then(|| count.parse().ok())?
        };
        self.runs.iter().map(count).collect()
    }

    /// The parts of the line that begins so, of all runs together, each once.
    pub fn words(&self, begin: &str) -> Vec<&str> {
        let mut words = Vec::new();
        let lines = self.runs.iter().flat_map(|run| run.split("; "));
        for word in lines
            .filter_map(|line| line.strip_prefix(begin))
            .flat_map(str::split_whitespace)
        {
            if word != "none" && !words.contains(&word) {
                words.push(word);
            }
        }
        words
    }

    fn check(&self) -> Result<()> {
        ensure!(!self.runs.is_empty(), "no run");
        if let Some(possible) = self.program.possible() {
            let counts = self.counts().context("a run without a count")?;
            for count in counts {
                ensure!(possible.contains(&count), "{count} can't have been counted");
            }
        }
        for run in &self.runs {
            match self.program {
                Program::Torn => ensure!(
                    run == "private is 42" || run == "private is 7",
                    "nobody writes what is said here: {run}"
                ),
                Program::Whole => ensure!(
                    run.starts_with(&format!("whole {ALL} of {ALL}; ")),
                    "an object that wasn't whole: {run}"
                ),
                _ => {}
            }
        }
        Ok(())
    }
}

/// All that was recorded.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Records {
    /// The format's version: 1.
    pub version: u32,
    /// The command that writes it.
    pub made_by: String,
    /// By program and interpreter.
    pub records: Vec<Record>,
}

impl Records {
    /// From JSON.
    pub fn read(text: &str) -> Result<Records> {
        Ok(serde_json::from_str(text)?)
    }

    /// As JSON.
    pub fn json(&self) -> Result<String> {
        let written = Records {
            version: 1,
            made_by: "cargo xtask languages".to_owned(),
            records: self.records.clone(),
        };
        Ok(serde_json::to_string_pretty(&written)? + "\n")
    }

    /// Takes a record in, instead of the one before of the same program and interpreter.
    pub fn keep(&mut self, record: Record) {
        self.records
            .retain(|old| (old.program, &old.who) != (record.program, &record.who));
        self.records.push(record);
        self.records
            .sort_by_key(|record| (record.program, version(&record.who)));
    }

    /// The records of a program, by version.
    pub fn of(&self, program: Program) -> impl Iterator<Item = &Record> {
        self.records
            .iter()
            .filter(move |record| record.program == program)
    }

    /// Whether all that is recorded could have come.
    pub fn check(&self) -> Result<()> {
        for record in &self.records {
            record
                .check()
                .with_context(|| format!("{}, {}", record.who, record.program.file()))?;
        }
        Ok(())
    }
}

/// What a command prints, on one line; nothing if it can't be run.
fn said(command: &str, arguments: &[&str]) -> String {
    let output = Command::new(command).args(arguments).output();
    let text = output.map_or(Vec::new(), |output| output.stdout);
    let text = String::from_utf8_lossy(&text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name, and the numbers of the version: 3.9 is before 3.10.
fn version(who: &str) -> (String, Vec<u64>, String) {
    let name = who.split(' ').next().unwrap_or_default().to_owned();
    let digits = who.split(|c: char| !c.is_ascii_digit());
    let numbers = digits.filter_map(|part| part.parse().ok()).collect();
    (name, numbers, who.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(program: Program, run: &str) -> Record {
        Record {
            program,
            who: "CPython 3.9.1, with a global lock".to_owned(),
            build: String::new(),
            machine: String::new(),
            day: String::new(),
            command: String::new(),
            runs: vec![run.to_owned()],
        }
    }

    #[test]
    fn what_cannot_have_been_counted_is_refused() {
        let refused = |program, run: &str| record(program, run).check().is_err();
        assert!(!refused(Program::Racy, "counted 2 of 10000000"));
        assert!(refused(Program::Racy, "counted 1 of 10000000"));
        assert!(refused(Program::Racy, "counted 10000001 of 10000000"));
        assert!(refused(Program::Racy, "counted 5 of 1000"));
        assert!(refused(Program::Locked, "counted 9999999 of 10000000"));
        let whole = "whole 10000000 of 10000000; counted 7 of 10000000";
        assert!(!refused(Program::Whole, whole));
        assert!(refused(
            Program::Whole,
            &whole.replace("whole 10000000", "whole 9999999")
        ));
        assert!(refused(Program::Torn, "private is 9"));
    }

    #[test]
    fn a_newer_record_takes_the_place_of_the_older() {
        let mut records = Records::default();
        records.keep(record(Program::Racy, "counted 2 of 10000000"));
        records.keep(record(Program::Racy, "counted 3 of 10000000"));
        let runs: Vec<_> = records
            .of(Program::Racy)
            .map(|record| &record.runs)
            .collect();
        assert_eq!(runs, [&["counted 3 of 10000000"]]);
    }

    #[test]
    fn three_nine_comes_before_three_ten() {
        assert!(version("CPython 3.9.18, with") < version("CPython 3.10.1, with"));
        assert!(version("CPython 3.13.0, with") < version("PyPy 3.9.16, with"));
    }

    #[test]
    fn what_was_recorded_is_read_as_it_was_written() {
        let mut records = Records::default();
        records.keep(record(Program::Racy, "counted 2 of 10000000"));
        let json = records.json().unwrap();
        assert_eq!(Records::read(&json).unwrap().json().unwrap(), json);
        assert!(Records::read(&json.replace("\"day\"", "\"daytime\"")).is_err());
    }
}
