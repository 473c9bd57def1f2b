//! One program by each tool: what it found, and what that cost.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::looms;
use super::suite::{Outcomes, Program};
use crate::bench::toolbox::{Toolbox, last_lines, said};
use crate::meter::{Meter, Spread};

/// What takes more CPU seconds than this is run once.
const LONG: f64 = 2.0;

/// The bench.
pub struct Bench<'a> {
    pub toolbox: &'a Toolbox,
    pub meter: &'a Meter,
    pub looms: &'a Path,
    /// The models that our tool has, the weakest last.
    pub models: &'a [String],
    /// Seconds that loom has.
    pub limit: u64,
    pub rounds: usize,
}

/// What one tool found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// `sc`; of loom its bound.
    pub by: String,
    /// States or executions.
    pub count: u64,
    pub outcomes: usize,
    pub missed: Vec<String>,
    pub added: Vec<String>,
    /// Why it isn't complete; nothing if it is.
    pub partial: Option<String>,
    /// CPU seconds of each run.
    pub cpu: Vec<f64>,
}

/// One program.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub program: String,
    pub big: bool,
    /// How many outcomes the weakest model that we have allows.
    pub allowed: usize,
    /// By model, the weakest last.
    pub ours: Vec<Found>,
    /// Without a bound, and with one.
    pub loom: Vec<Found>,
}

impl Found {
    /// Whether it found all, and nothing else.
    pub fn is_right(&self) -> bool {
        self.missed.is_empty() && self.added.is_empty() && self.partial.is_none()
    }

    fn compare(&mut self, expected: &Outcomes, found: &Outcomes) {
        self.outcomes = found.len();
        self.missed = expected.difference(found).cloned().collect();
        self.added = found.difference(expected).cloned().collect();
    }
}

impl Row {
    /// How often our time a run of loom takes, the weakest model beside it.
    pub fn ratio(&self, loom: &Found) -> Option<Spread> {
        let ours = &self.ours.last()?.cpu;
        // What ran once is set beside each of ours.
        let pairs = ours.iter().enumerate().filter_map(|(round, ours)| {
            let theirs = loom.cpu.get(round).or(loom.cpu.last())?;
            Some(theirs / ours)
        });
        Spread::of(pairs)
    }
}

/// The models that our tool has, the weakest last: what it knows of those that there are.
///
/// # Errors
///
/// If it can't be asked.
pub fn models(toolbox: &Toolbox) -> Result<Vec<String>> {
    let probe = toolbox.folder.join("probe.rs");
    std::fs::write(&probe, "fn main() {}\n")?;
    let has = |model: &&str| {
        let mut command = toolbox.command(&toolbox.ours);
        said(command.arg(&probe).args(["--model", model])).is_ok()
    };
    let models = ["sc", "tso", "cpp20"].into_iter().filter(has);
    let models: Vec<String> = models.map(str::to_owned).collect();
    match models.is_empty() {
        true => bail!("outcomes explores nothing"),
        false => Ok(models),
    }
}

impl Bench<'_> {
    /// All tools in turn, round after round.
    ///
    /// # Errors
    ///
    /// If one can't be run.
    pub fn row(&self, program: &Program) -> Result<Row> {
        let mut row = Row {
            program: program.name.clone(),
            big: program.big,
            ..Row::default()
        };
        for model in self.models {
            row.ours.push(self.ours(program, model)?);
        }
        for bound in [None, Some(2)] {
            row.loom.push(self.loom(program, bound)?);
        }
        for _ in 1..self.rounds {
            for (model, found) in self.models.iter().zip(&mut row.ours) {
                if found.cpu[0] < LONG {
                    found.cpu.extend(self.ours(program, model)?.cpu);
                }
            }
            for (bound, found) in [None, Some(2)].into_iter().zip(&mut row.loom) {
                if found.cpu[0] < LONG {
                    found.cpu.extend(self.loom(program, bound)?.cpu);
                }
            }
        }
        let weakest = self
            .models
            .last()
            .and_then(|model| program.expected.get(model));
        row.allowed = weakest.map_or(0, Outcomes::len);
        let times = row.ratio(&row.loom[0]).map_or(0.0, |ratio| ratio.median);
        eprintln!("{}: loom takes {times:.1} times ours", program.name);
        Ok(row)
    }

    /// Explores a program by a model.
    ///
    /// # Errors
    ///
    /// If that can't be done.
    pub fn ours(&self, program: &Program, model: &str) -> Result<Found> {
        let mut command = self.toolbox.command(&self.toolbox.ours);
        command
            .arg(&program.path)
            .args(["--model", model, "--format", "json", "--time", "60"]);
        let ended = self.meter.run(command)?;
        let report: Value = serde_json::from_str(&ended.stdout).with_context(|| {
            format!(
                "{} under {model}: {}",
                program.name,
                last_lines(&ended.stderr, 3)
            )
        })?;
        let mut found = Found {
            by: model.to_owned(),
            count: report["states"]
                .as_u64()
                .or(report["executions"].as_u64())
                .unwrap_or(0),
            cpu: vec![ended.cost.cpu],
            ..Found::default()
        };
        if report["complete"] != true {
            found.partial = Some("a limit was met".to_owned());
        }
        let all = report["outcomes"]
            .as_array()
            .context("outcomes gives no outcomes")?;
        let lines: Option<Outcomes> = all.iter().map(line).collect();
        let expected = program.expected.get(model).cloned().unwrap_or_default();
        found.compare(&expected, &lines.context("an outcome has no text")?);
        Ok(found)
    }

    fn loom(&self, program: &Program, bound: Option<u32>) -> Result<Found> {
        let command = looms::command(self.toolbox, self.looms, &program.name, self.limit, bound);
        let ended = self.meter.run(command)?;
        let said = looms::read(&ended.stdout)
            .with_context(|| format!("{}: {}", program.name, last_lines(&ended.stderr, 3)))?;
        let mut found = Found {
            by: bound.map_or("loom".to_owned(), |bound| {
                format!("loom, {bound} preemptions")
            }),
            count: said.executions,
            partial: (said.how != "done").then_some(said.how),
            cpu: vec![ended.cost.cpu],
            ..Found::default()
        };
        let expected = program.expected.get("cpp20").cloned().unwrap_or_default();
        found.compare(&expected, &said.outcomes);
        Ok(found)
    }
}

/// An outcome's line, from its kind and text.
fn line(outcome: &Value) -> Option<String> {
    let text = outcome["text"].as_str()?.replace('\n', " | ");
    Some(match outcome["kind"].as_str()? {
        "output" if text.is_empty() => "(no output)".to_owned(),
        "output" => text,
        kind => format!("{kind}: {text}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(lines: &[&str]) -> Outcomes {
        lines.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn what_is_missed_and_what_is_added_is_told_apart() {
        let mut found = Found::default();
        found.compare(&set(&["0 0", "0 1"]), &set(&["0 1", "1 1"]));
        assert_eq!(
            (found.missed, found.added),
            (vec!["0 0".into()], vec!["1 1".into()])
        );
    }

    #[test]
    fn ratios_are_taken_round_by_round() {
        let found = |cpu: &[f64]| Found {
            cpu: cpu.to_vec(),
            ..Found::default()
        };
        let row = Row {
            ours: vec![found(&[1.0, 1.0]), found(&[1.0, 2.0])],
            ..Row::default()
        };
        let twice = row.ratio(&found(&[2.0, 8.0])).unwrap();
        assert_eq!((twice.least, twice.median, twice.most), (2.0, 3.0, 4.0));
        let once = row.ratio(&found(&[4.0])).unwrap();
        assert_eq!((once.least, once.most), (2.0, 4.0));
    }

    #[test]
    fn an_outcome_s_line_is_that_of_the_table() {
        let of = |kind: &str, text: &str| {
            line(&serde_json::json!({"kind": kind, "text": text})).unwrap()
        };
        assert_eq!(of("output", "1\n2"), "1 | 2");
        assert_eq!(of("output", ""), "(no output)");
        assert_eq!(of("race", "1:2 with 3:4"), "race: 1:2 with 3:4");
    }
}
