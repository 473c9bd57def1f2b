//! Total store order (Owens, Sarkar, Sewell 2009): a store waits in its
//! thread's buffer, first in, first out, where only that thread sees it.
//!
//! `SeqCst` stores and fences and every read-modify-write wait until their
//! thread's buffer is empty, as the instructions do that compilers choose for
//! them on x86 (`xchg`, `mfence`, `lock`); so do the operations of locks,
//! channels, threads and the like, which are made of those.

use crate::machine::Machine;
use crate::{Error, Exploration, Limits, Program};

/// Every interleaving, and every moment at which a buffered store may arrive.
pub(crate) fn explore(program: &Program, limits: &Limits) -> Result<Exploration, Error> {
    crate::search::search(&mut Machine::new(program, true, limits.reduce), limits)
}
