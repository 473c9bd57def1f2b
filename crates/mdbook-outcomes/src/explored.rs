//! A block of a page, and what it comes to under each of its models.

use std::time::Duration;

use mdbook_verdict::{Block, Edition, Location};
use outcomes::{Exploration, Limits, Model, Program, Span};

use crate::Memory;
use crate::fence;

/// A block that was explored whole.
#[derive(Debug)]
pub struct Explored {
    answers: Vec<(Model, Exploration)>,
}

/// Why a block can't be explored, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unexplored {
    /// The place in the page, or in the file that it includes; none for the block as a whole.
    pub place: Option<Location>,
    /// What is wrong there, and what to do.
    pub cause: String,
}

/// So much, and no more: what a page shows must be small, and a build must end.
const LIMITS: Limits = Limits {
    states: 2_000_000,
    memory: 2 << 30,
    time: Duration::from_secs(60),
    reduce: true,
};

impl Explored {
    /// Explores a block, as it is compiled, under these models; or recalls what came of it.
    ///
    /// # Errors
    ///
    /// What the explorer can't follow, or that a limit was met.
    pub fn new(block: &Block, models: &[Model], memory: &Memory) -> Result<Explored, Unexplored> {
        let limits = format!("{LIMITS:?}");
        let edition = block.edition.year();
        let answers = models.iter().map(|&model| {
            let parts = [&block.code, edition, model.name(), &limits];
            let answer = memory.recall("exploration", &parts, || explore(block, model))?;
            Ok((model, answer))
        });
        let answers = answers.collect::<Result<_, _>>()?;
        Ok(Explored { answers })
    }

    /// Explores a block under the models of its fences.
    ///
    /// # Errors
    ///
    /// As [`Explored::new`].
    pub fn of_fences(block: &Block, memory: &Memory) -> Result<Explored, Unexplored> {
        Explored::new(block, &fence::models(block), memory)
    }

    /// The models, and what was found under each.
    pub fn answers(&self) -> &[(Model, Exploration)] {
        &self.answers
    }
}

/// A line for each outcome, in byte order.
pub(crate) fn lines(exploration: &Exploration) -> String {
    let lines = exploration.outcomes.iter().map(|outcome| outcome.line());
    lines.collect::<Vec<_>>().join("\n")
}

fn explore(block: &Block, model: Model) -> Result<Exploration, Unexplored> {
    let answer = outcomes::explore(&program(block)?, model, &LIMITS);
    let answer = answer.map_err(|error| refused(block, &error))?;
    if answer.complete {
        return Ok(answer);
    }
    let seen = answer.states.or(answer.executions).unwrap_or_default();
    Err(Unexplored {
        place: None,
        cause: format!(
            "it was given up after {seen} states under {}, so nobody knows all outcomes; make the program smaller",
            model.name()
        ),
    })
}

/// The block as the explorer reads it.
pub(crate) fn program(block: &Block) -> Result<Program, Unexplored> {
    let edition = edition(block);
    let options = outcomes::Options { edition };
    let program = outcomes::parse(&block.code, options);
    program.map_err(|error| refused(block, &error))
}

/// The edition whose rules the explorer follows.
pub(crate) fn edition(block: &Block) -> outcomes::Edition {
    match block.edition {
        Edition::E2024 => outcomes::Edition::E2024,
        _ => outcomes::Edition::E2021,
    }
}

fn refused(block: &Block, error: &outcomes::Error) -> Unexplored {
    let text = error.to_string();
    let message = text.strip_prefix(&format!("{}: ", error.span()));
    Unexplored {
        place: place(block, error.span()),
        cause: format!("it can't be explored: {}", message.unwrap_or(&text)),
    }
}

/// The place of a block's line and column in the file that it stands in.
fn place(block: &Block, span: Span) -> Option<Location> {
    let line = (span.line as usize).checked_sub(1)?;
    let mut place = block.origins.get(line)?.clone();
    // A hidden line's `# ` is no part of the code.
    let hidden = if block.shown.get(line) == Some(&false) {
        2
    } else {
        0
    };
    place.column += span.column.saturating_sub(1) as usize + hidden;
    Some(place)
}
