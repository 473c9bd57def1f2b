//! Sequential consistency: threads take turns, one step at a time.

use crate::machine::Machine;
use crate::{Error, Exploration, Limits, Program};

/// Every interleaving: a load gives the newest store.
pub(crate) fn explore(program: &Program, limits: &Limits) -> Result<Exploration, Error> {
    crate::search::search(&mut Machine::new(program, false, limits.reduce), limits)
}
