//! What the explorer sets itself: every classic at once, and many before one looks up.

use anyhow::{Result, bail};

use super::measure::Bench;
use super::suite::Program;

/// CPU seconds for a program of the suite, the start of the process included.
const EACH: f64 = 0.010;
/// CPU seconds for `MANY` of them by all models.
const TOGETHER: f64 = 1.0;
const MANY: usize = 200;

/// A bound, and what came.
#[derive(Clone, Debug)]
pub struct Target {
    pub what: String,
    /// CPU seconds at most.
    pub bound: f64,
    pub came: f64,
    /// What is beyond it.
    pub beyond: Vec<String>,
}

impl Target {
    /// Whether it is kept.
    pub fn is_met(&self) -> bool {
        self.came < self.bound
    }
}

/// Measures all targets.
///
/// # Errors
///
/// If a program can't be explored.
pub fn all(bench: &Bench<'_>, programs: &[Program]) -> Result<Vec<Target>> {
    let suite: Vec<&Program> = programs.iter().filter(|program| !program.big).collect();
    let mut targets = Vec::new();
    for model in bench.models {
        eprintln!("each of {} programs under {model}", suite.len());
        targets.push(each(bench, &suite, model)?);
    }
    targets.push(together(bench, &suite)?);
    Ok(targets)
}

/// The slowest program by a model. A run that is disturbed is run again: what a
/// program needs is the least of three.
fn each(bench: &Bench<'_>, suite: &[&Program], model: &str) -> Result<Target> {
    let mut target = Target {
        what: format!(
            "the slowest of {} programs of the suite, {model}",
            suite.len()
        ),
        bound: EACH,
        came: 0.0,
        beyond: Vec::new(),
    };
    for program in suite {
        let mut least = f64::INFINITY;
        for _ in 0..3 {
            least = least.min(bench.ours(program, model)?.cpu[0]);
            if least < EACH {
                break;
            }
        }
        if least >= EACH {
            target.beyond.push(program.name.clone());
        }
        target.came = target.came.max(least);
    }
    Ok(target)
}

/// Many at once, by every model that there is.
fn together(bench: &Bench<'_>, suite: &[&Program]) -> Result<Target> {
    let mut came = 0.0;
    let many: Vec<_> = suite
        .iter()
        .take(MANY)
        .map(|program| &program.path)
        .collect();
    for model in bench.models {
        let mut least = f64::INFINITY;
        for _ in 0..bench.rounds.max(1) {
            let mut command = bench.toolbox.command(&bench.toolbox.ours);
            command.args(&many).args(["--model", model]);
            let ended = bench.meter.run(command)?;
            if ended.code != Some(0) {
                bail!("{model}: not all programs were explored: {}", ended.stderr);
            }
            least = least.min(ended.cost.cpu);
        }
        came += least;
    }
    Ok(Target {
        what: format!(
            "{} of them in all models ({})",
            many.len(),
            bench.models.join(", ")
        ),
        bound: TOGETHER,
        came,
        beyond: Vec::new(),
    })
}
