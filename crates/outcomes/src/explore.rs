//! What an exploration is asked, and what it answers.

use crate::value::{Span, ThreadId};
use crate::{Error, Program};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A memory model: what a load may return, and what may run when.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Model {
    /// Sequential consistency: one step after the other, in any order.
    Sc,
    /// Total store order, as on x86: stores wait in a buffer per thread.
    Tso,
    /// The C++20 standard's, which `std::sync::atomic` names, without cycles of
    /// sequenced-before and reads-from.
    Cpp20,
}

impl Model {
    /// All of them.
    pub const ALL: [Model; 3] = [Model::Sc, Model::Tso, Model::Cpp20];

    /// Its name, as in `--model` and in fences.
    pub fn name(self) -> &'static str {
        match self {
            Model::Sc => "sc",
            Model::Tso => "tso",
            Model::Cpp20 => "cpp20",
        }
    }

    /// The model of that name.
    pub fn named(name: &str) -> Option<Model> {
        Model::ALL.into_iter().find(|model| model.name() == name)
    }
}

/// Where an exploration gives up, with what it has found so far.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// States (or executions) at most.
    pub states: usize,
    /// Memory at most, in bytes, counted roughly.
    pub memory: usize,
    /// Time at most.
    pub time: Duration,
    /// Whether steps that no other thread can notice are done at once, without
    /// trying every order (off only to check that this loses nothing).
    pub reduce: bool,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            states: 5_000_000,
            memory: 4 << 30,
            time: Duration::from_secs(120),
            reduce: true,
        }
    }
}

/// Everything that a program can come to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Exploration {
    /// Whether this is all, or a limit was met.
    pub complete: bool,
    /// The outcomes, in byte order of their lines.
    pub outcomes: Vec<Outcome>,
    /// States seen (under cpp20, prefixes of executions).
    pub states: Option<u64>,
    /// Executions seen. No model counts them: cpp20 visits their beginnings, once for all that
    /// can go on in the same ways.
    pub executions: Option<u64>,
}

/// What kind of end it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Kind {
    /// The process ends; this is what it printed.
    Output,
    /// Every thread that main needs waits for another.
    Deadlock,
    /// Main panicked.
    Panic,
    /// Two accesses race: the program has no meaning.
    Race,
    /// Threads go round for ever, and nothing can end it.
    Livelock,
}

/// One thing that can happen, and how.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Outcome {
    /// What kind of end it is.
    pub kind: Kind,
    /// Of an output what the run prints, its lines joined by `\n`; of the
    /// others what happened, as `t1 waits for a, t2 waits for b`.
    pub text: String,
    /// The shortest way there.
    pub witness: Vec<WitnessStep>,
    /// The execution as a graph (cpp20).
    pub graph: Option<crate::ExecutionGraph>,
}

/// One step of a schedule.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WitnessStep {
    /// Who.
    pub thread: ThreadId,
    /// Where in the source.
    pub span: Span,
    /// What it did, in words.
    pub what: String,
    /// What it did, in a few characters: `r(0)`, `w(1)`.
    pub short: String,
}

impl Outcome {
    /// Its line in an `outcomes` fence.
    pub fn line(&self) -> String {
        line(self.kind, &self.text)
    }
}

/// The line of an outcome of this kind with this text.
pub fn line(kind: Kind, text: &str) -> String {
    let text = text.replace('\n', " | ");
    match kind {
        Kind::Output if text.is_empty() => "(no output)".into(),
        Kind::Output => text,
        Kind::Deadlock => format!("deadlock: {text}"),
        Kind::Panic => format!("panic: {text}"),
        Kind::Race => format!("race: {text}"),
        Kind::Livelock => format!("livelock: {text}"),
    }
}

/// Finds every outcome of the program in the model.
///
/// # Errors
/// [`Error::Stuck`] if the program does what can't be followed, such as using
/// a null pointer.
pub fn explore(program: &Program, model: Model, limits: &Limits) -> Result<Exploration, Error> {
    let mut exploration = match model {
        Model::Sc => crate::sc::explore(program, limits),
        Model::Tso => crate::tso::explore(program, limits),
        Model::Cpp20 => crate::cpp20::explore(program, limits),
    }?;
    if exploration
        .outcomes
        .iter()
        .any(|outcome| outcome.kind == Kind::Race)
    {
        // Where any execution races, nothing else means anything.
        exploration
            .outcomes
            .retain(|outcome| outcome.kind == Kind::Race);
    }
    exploration.outcomes.sort_by_cached_key(Outcome::line);
    Ok(exploration)
}
