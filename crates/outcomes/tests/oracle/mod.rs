//! What the explorer is judged by: every outcome of a litmus program, found the
//! slow and obvious way.
//!
//! Nothing here is shared with the explorer, neither parser nor evaluator, and
//! nothing is clever. A rule stands beside the clause it comes from:
//! the C++20 standard's working draft N4861, [intro.races], [atomics.order] and
//! [atomics.fences]; Sewell, Sarkar, Owens, Zappa Nardelli and Myreen, *x86-TSO:
//! a rigorous and usable programmer's model for x86 multiprocessors* (2010);
//! Lahav, Vafeiadis, Kang, Hur and Dreyer, *Repairing sequential consistency in
//! C/C++11* (2017).

mod axioms;
mod candidates;
mod eval;
mod execution;
mod machine;
mod program;
mod sc;
mod tso;

use std::collections::BTreeSet;
use std::fmt;

pub use axioms::{Fault, Rules};
pub use program::{Program, Unsupported};

/// The three models, weakest last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Model {
    /// Every interleaving.
    Sc,
    /// Store buffers.
    Tso,
    /// The C++20 standard, without cycles of sequenced-before and reads-from.
    Cpp20,
}

impl Model {
    /// All of them.
    pub const ALL: [Model; 3] = [Model::Sc, Model::Tso, Model::Cpp20];
}

impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Model::Sc => "sc",
            Model::Tso => "tso",
            Model::Cpp20 => "cpp20",
        })
    }
}

/// Every outcome of the program, each one line: its output, or a race.
pub fn outcomes(program: &Program, model: Model) -> Result<BTreeSet<String>, Unsupported> {
    match model {
        Model::Sc => sc::outcomes(program),
        Model::Tso => tso::outcomes(program),
        Model::Cpp20 => Ok(Candidates::of(program)?.outcomes(&Rules::cpp20())),
    }
}

/// What the threads of a program might do, before any rule has been asked.
pub struct Candidates(Vec<candidates::Candidate>);

impl Candidates {
    /// All of a program's.
    pub fn of(program: &Program) -> Result<Candidates, Unsupported> {
        candidates::all(program).map(Candidates)
    }

    /// Every outcome that these rules allow.
    pub fn outcomes(&self, rules: &Rules) -> BTreeSet<String> {
        let mut found = Found::default();
        for candidate in &self.0 {
            execution::for_each(candidate, rules, |execution| {
                if axioms::consistent(execution, rules) {
                    found.races.extend(axioms::races(execution, rules));
                    found.outputs.insert(candidate.output.clone());
                }
            });
        }
        found.answer()
    }
}

/// What was seen while enumerating.
#[derive(Default)]
struct Found {
    outputs: BTreeSet<String>,
    races: BTreeSet<Race>,
}

impl Found {
    /// A program that can race has no other meaning ([intro.races]/21).
    fn answer(self) -> BTreeSet<String> {
        if self.races.is_empty() {
            return self.outputs;
        }
        self.races.iter().map(Race::to_string).collect()
    }

    /// A printed text as one line.
    fn output(&mut self, text: &str) {
        self.outputs.insert(one_line(text));
    }
}

/// The lines of an output as one.
fn one_line(text: &str) -> String {
    text.lines().collect::<Vec<_>>().join(" | ")
}

/// Line and column of an access, both from 1: where its place expression
/// begins. That is `X` in `X += 1` and `*` in `*CELL.0.get() = 1`; for a
/// method call it is where the receiver begins.
type Position = (usize, usize);

/// Two accesses that are not ordered, the one that stands first in the source
/// first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Race(Position, Position);

impl Race {
    fn between(a: Position, b: Position) -> Race {
        Race(a.min(b), a.max(b))
    }
}

impl fmt::Display for Race {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Race((line, column), (other_line, other_column)) = self;
        write!(f, "race: {line}:{column} with {other_line}:{other_column}")
    }
}
