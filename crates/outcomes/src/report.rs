//! An exploration for people and for programs: lines, schedules, JSON.

use crate::hardware::{Run, Verdict};
use crate::{ExecutionGraph, Exploration, Kind, Model, Outcome, WitnessStep};
use serde::Serialize;

/// The version of the JSON's form: a change that a reader of the old form
/// could trip over raises it.
pub const VERSION: u32 = 1;

/// One program under one model: an object on a line of its own.
#[derive(Clone, Debug, Serialize)]
pub struct Report<'a> {
    /// [`VERSION`].
    pub version: u32,
    /// The file as it was named.
    pub file: &'a str,
    /// `sc`, `tso` or `cpp20`.
    pub model: &'a str,
    /// Whether these are all outcomes, or a limit was met.
    pub complete: bool,
    /// The outcomes, in byte order of their lines.
    pub outcomes: Vec<ReportedOutcome<'a>>,
    /// How many states were seen; under cpp20 they are beginnings of executions,
    /// those that can't go on differently counted once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub states: Option<u64>,
    /// How many executions were seen. No model counts them: see the README.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub executions: Option<u64>,
    /// Milliseconds that it took.
    pub ms: u64,
    /// How many times it was run (`--run`): fewer than asked for if one didn't end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rounds: Option<u64>,
    /// How it was run: by `kept threads`, `new threads` or `new processes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub way: Option<&'static str>,
    /// What was seen but isn't among the outcomes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub besides: Option<Vec<Besides<'a>>>,
}

/// What a run showed that isn't among the outcomes.
#[derive(Clone, Debug, Serialize)]
pub struct Besides<'a> {
    /// Its line, or `no end`.
    pub line: &'a str,
    /// How often it was seen.
    pub observed: u64,
    /// `forbidden`: the model doesn't allow it. `allowed`: a round that didn't
    /// end where a deadlock or livelock is an outcome. `not found`: the outcomes
    /// are partial. `races`: a program that races may do anything.
    pub word: &'static str,
}

/// One outcome.
#[derive(Clone, Debug, Serialize)]
pub struct ReportedOutcome<'a> {
    /// `output`, `deadlock`, `panic`, `race` or `livelock`.
    pub kind: &'static str,
    /// Of an output what the run prints, its lines joined by `\n`; else what happened.
    pub text: &'a str,
    /// The shortest schedule that comes to it.
    pub witness: Vec<ReportedStep<'a>>,
    /// The execution as a graph (cpp20). Its `events` are the steps of `witness`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub graph: Option<&'a ExecutionGraph>,
    /// How often a run showed it (`--run`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed: Option<u64>,
}

/// One step of a schedule.
#[derive(Clone, Debug, Serialize)]
pub struct ReportedStep<'a> {
    /// The thread's number: 0 is main, the others in the order of spawning.
    pub thread: u8,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// What it did, in words.
    pub what: &'a str,
}

impl<'a> Report<'a> {
    /// The report on an exploration.
    pub fn new(file: &'a str, model: Model, exploration: &'a Exploration, ms: u64) -> Report<'a> {
        let outcomes = exploration.outcomes.iter().map(|outcome| ReportedOutcome {
            kind: outcome.kind.name(),
            text: &outcome.text,
            witness: outcome.witness.iter().map(reported).collect(),
            graph: outcome.graph.as_ref(),
            observed: None,
        });
        Report {
            version: VERSION,
            file,
            model: model.name(),
            complete: exploration.complete,
            outcomes: outcomes.collect(),
            states: exploration.states,
            executions: exploration.executions,
            ms,
            rounds: None,
            way: None,
            besides: None,
        }
    }

    /// Adds what a run showed.
    pub fn add_run(&mut self, run: &Run, verdict: &'a Verdict) {
        self.rounds = Some(run.rounds);
        self.way = Some(run.way.name());
        let (found, besides) = verdict.rows.split_at(self.outcomes.len());
        for (outcome, (_, count, _)) in self.outcomes.iter_mut().zip(found) {
            outcome.observed = Some(*count);
        }
        let besides = besides.iter().map(|(line, count, word)| Besides {
            line,
            observed: *count,
            word: word.name(),
        });
        self.besides = Some(besides.collect());
    }
}

fn reported(step: &WitnessStep) -> ReportedStep<'_> {
    let (line, column) = (step.span.line, step.span.column);
    ReportedStep {
        thread: step.thread.0,
        line,
        column,
        what: &step.what,
    }
}

impl Kind {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Output => "output",
            Kind::Deadlock => "deadlock",
            Kind::Panic => "panic",
            Kind::Race => "race",
            Kind::Livelock => "livelock",
        }
    }
}

impl Outcome {
    /// The witness, one step to a line: thread, place, what it did.
    pub fn steps(&self) -> String {
        let lines = self.witness.iter().map(|step| {
            let place = step.span.to_string();
            format!("{:<3} {place:>6}  {}\n", step.thread.to_string(), step.what)
        });
        lines.collect()
    }

    /// The witness as a schedule: a row per thread, time to the right.
    ///
    /// ```text
    /// T1 | r(0)      w(1)
    /// T2 |      r(0)      w(1)
    /// ```
    pub fn diagram(&self) -> String {
        let Some(threads) = self.witness.iter().map(|step| step.thread).max() else {
            return String::new();
        };
        let mut rows = String::new();
        for thread in 0..=threads.0 {
            let mut row = format!("T{thread} |");
            for step in &self.witness {
                let width = step.short.chars().count();
                row.push(' ');
                match step.thread.0 == thread {
                    true => row.push_str(&step.short),
                    false => row.extend(std::iter::repeat_n(' ', width)),
                }
            }
            rows.push_str(row.trim_end());
            rows.push('\n');
        }
        rows
    }
}
