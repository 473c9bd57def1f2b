//! The C++20 memory model, which `std::sync::atomic` names.

mod graph;
mod grow;
mod key;
mod know;
mod rules;
mod search;
#[cfg(test)]
mod tests;
mod witness;

use crate::{Error, Exploration, Limits, Program};

pub use witness::{EventKind, ExecutionGraph, GraphEvent};

/// Every execution that the model allows.
pub(crate) fn explore(program: &Program, limits: &Limits) -> Result<Exploration, Error> {
    search::search(program, limits, rules::Rules::default(), true)
}
