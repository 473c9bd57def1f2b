//! What was measured, where and when: `data/costs.json`.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use serde::{Deserialize, Serialize};

use super::DATA;
use super::question::GROUPS;

/// What was measured.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The shape of the file.
    pub version: u32,
    /// The command that wrote it.
    pub made_by: String,
    /// Where.
    pub machine: Machine,
    /// The compiler.
    pub toolchain: String,
    /// The day, as 2026-01-31.
    pub day: String,
    /// How, in a few words.
    pub method: String,
    /// How often everything was measured, in turn.
    pub rounds: usize,
    /// What came, for each measurement.
    pub cases: Vec<Case>,
}

/// Where it was measured.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Machine {
    /// The processor's name.
    pub processor: String,
    /// How many threads it runs at once.
    pub cores: usize,
    /// The operating system and the kind of processor.
    pub system: String,
}

/// A measurement.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The question that it belongs to.
    pub group: String,
    /// Its name in there.
    pub case: String,
    /// How many threads did it at the same time.
    pub threads: usize,
    /// Nanoseconds for one operation of each thread: of each round the median of its samples.
    pub median_ns: Vec<f64>,
    /// Of each round, what 5 of 100 samples lie below.
    pub p5_ns: Vec<f64>,
    /// Of each round, what 5 of 100 samples lie above.
    pub p95_ns: Vec<f64>,
}

/// The shape that is read and written here.
pub const VERSION: u32 = 1;

impl Record {
    /// The record of the repository.
    ///
    /// # Errors
    ///
    /// If there is none, or its shape is another one.
    pub fn read(root: &Path) -> Result<Record> {
        let text = fs::read_to_string(root.join(DATA))
            .with_context(|| format!("can't read {DATA}; to measure: cargo xtask costs"))?;
        Record::parse(&text)
            .with_context(|| format!("{DATA} is not what `cargo xtask costs` writes today; run it"))
    }

    /// A record from its text.
    ///
    /// # Errors
    ///
    /// If its shape is another one, or anything is missing.
    pub fn parse(text: &str) -> Result<Record> {
        #[derive(Deserialize)]
        struct Shape {
            version: Option<u32>,
        }
        let Shape { version } = serde_json::from_str(text).context("it is no JSON object")?;
        match version {
            Some(VERSION) => {}
            Some(other) => bail!("its version is {other}, not {VERSION}"),
            None => bail!("it has no version"),
        }
        let record: Record = serde_json::from_str(text)?;
        record.complete()?;
        Ok(record)
    }

    /// The record's text.
    ///
    /// # Errors
    ///
    /// None that a record could cause.
    pub fn json(&self) -> Result<String> {
        Ok(format!("{}\n", serde_json::to_string_pretty(self)?))
    }

    /// Sees that every question has its answer: each case in every round, for each number of
    /// threads.
    ///
    /// # Errors
    ///
    /// If anything is missing or too much, or a time is none.
    pub fn complete(&self) -> Result<()> {
        ensure!(self.rounds > 0, "no round was measured");
        for case in &self.cases {
            let Case {
                group,
                case: name,
                threads,
                ..
            } = case;
            for times in [&case.median_ns, &case.p5_ns, &case.p95_ns] {
                ensure!(
                    times.len() == self.rounds,
                    "{group}/{name}/{threads} has {} rounds of {}",
                    times.len(),
                    self.rounds
                );
                ensure!(
                    times.iter().all(|time| time.is_finite() && *time > 0.0),
                    "{group}/{name}/{threads} has a time that is none"
                );
            }
            ensure!(
                GROUPS.iter().any(|known| known.name == group
                    && known.cases.iter().any(|(known, _)| known == name)),
                "nobody asks for {group}/{name}"
            );
        }
        for group in GROUPS {
            for (name, _) in group.cases {
                ensure!(
                    self.of(group.name, name).next().is_some(),
                    "{}/{name} is missing",
                    group.name
                );
            }
            let (name, threads) = group.baseline;
            ensure!(
                self.of(group.name, name)
                    .any(|case| case.threads == threads),
                "{}/{name}/{threads} is missing, with which the others are compared",
                group.name
            );
        }
        Ok(())
    }

    /// A case for each number of threads, fewest first.
    pub fn of<'r>(&'r self, group: &'r str, name: &'r str) -> impl Iterator<Item = &'r Case> {
        self.cases
            .iter()
            .filter(move |case| case.group == group && case.case == name)
    }
}
