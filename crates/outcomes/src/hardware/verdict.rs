//! What was seen beside what is allowed.

use super::{Run, Seen};
use crate::{Exploration, Kind};
use std::fmt;

/// What the model says of something that was seen, or wasn't.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Word {
    /// It can happen.
    Allowed,
    /// It can't.
    Forbidden,
    /// It wasn't found; but not all was looked at.
    NotFound,
    /// The program races, so that it may do anything.
    Meaningless,
}

impl Word {
    /// The word.
    pub fn name(self) -> &'static str {
        match self {
            Word::Allowed => "allowed",
            Word::Forbidden => "forbidden",
            Word::NotFound => "not found",
            Word::Meaningless => "races",
        }
    }
}

/// A run, judged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// Each outcome's line, how often it was seen, and what the model says of it:
    /// first what was found, then what was seen besides.
    pub rows: Vec<(String, u64, Word)>,
}

impl Verdict {
    /// Judges a run by what was found.
    pub fn new(found: &Exploration, run: &Run) -> Verdict {
        let races = found.outcomes.iter().any(|one| one.kind == Kind::Race);
        let mut rows: Vec<_> = found
            .outcomes
            .iter()
            .map(|outcome| {
                let line = outcome.line();
                // Which of the ways not to end it was can't be seen from outside.
                let seen = run.counts.iter().find(|(seen, _)| seen.line() == line);
                (line, seen.map_or(0, |(_, count)| *count), Word::Allowed)
            })
            .collect();
        for (seen, count) in &run.counts {
            let line = seen.line();
            if rows.iter().any(|row| row.0 == line) {
                continue;
            }
            let can_stay = |kind| matches!(kind, Kind::Deadlock | Kind::Livelock);
            let word = match seen {
                _ if races => Word::Meaningless,
                Seen::Endless if found.outcomes.iter().any(|one| can_stay(one.kind)) => {
                    Word::Allowed
                }
                _ if !found.complete => Word::NotFound,
                _ => Word::Forbidden,
            };
            rows.push((line, *count, word));
        }
        Verdict { rows }
    }

    /// Whether something was seen that can't happen.
    pub fn is_broken(&self) -> bool {
        self.rows.iter().any(|row| row.2 == Word::Forbidden)
    }

    /// How often this line was seen.
    pub fn observed(&self, line: &str) -> u64 {
        let row = self.rows.iter().find(|row| row.0 == line);
        row.map_or(0, |row| row.1)
    }
}

/// One line per row: the count, the word, the outcome.
impl fmt::Display for Verdict {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widest = self.rows.iter().map(|row| row.1.to_string().len()).max();
        let width = widest.unwrap_or(1);
        for (line, count, word) in &self.rows {
            writeln!(to, "{count:>width$}  {:<9}  {line}", word.name())?;
        }
        Ok(())
    }
}
