//! The C++20 memory model, which `std::sync::atomic` names: what its rules let a program do.
//!
//! # The rules
//! From the standard's working draft N4861. An execution is a set of events
//! with *reads-from* (rf: the store each load reads) and a *modification order*
//! of each atomic's stores (mo). It is allowed if:
//!
//! - **happens-before** (hb) is sequenced-before (sb) and synchronizes-with, and
//!   so on from there ([intro.races]/10). Who synchronises: a release with the
//!   acquire that reads from its release sequence ([atomics.order]/2), which
//!   goes on through read-modify-writes alone ([intro.races]/5, P0982); a
//!   release fence before the store and an acquire fence behind the load in
//!   their stead ([atomics.fences]/2 to /4); a spawn with the thread's start, its
//!   end with the join; unlock with the next lock; a sending with its receiving;
//!   `unpark` with the `park` that takes its token; all who reach a barrier with
//!   all who leave it; a `Once`'s initialiser with those who see it done; each
//!   `Arc`'s drop with the last.
//! - **coherence** ([intro.races]/15 to /18): mo agrees with hb, loads with both.
//! - **atomicity** ([atomics.order]/10): a read-modify-write reads the store
//!   right before its own. A `compare_exchange` that fails is a load with the
//!   failure ordering; a weak one may fail for no reason.
//! - **one order S** of all `seq_cst` operations and fences ([atomics.order]/4,
//!   P0668): it agrees with what *strongly* happens before ([intro.races]/12),
//!   and with *coherence-ordered before* (rf, mo, a load before the stores
//!   behind the one it reads, and so on from there; [atomics.order]/3) between
//!   two operations, and between those and fences in all four ways. An atomic's
//!   first value counts as its first modification.
//! - **no cycle of sb and rf**: not the standard's, which only asks that values
//!   don't come out of thin air, but that of repaired C11 (Lahav, Vafeiadis,
//!   Kang, Hur, Dreyer 2017). It forbids load buffering with `Relaxed`; Rust
//!   itself, its compilers and some hardware do not.
//!
//! **Data races** ([intro.races]/21): two accesses of different threads, one a
//! write, one not atomic, neither before the other in hb. Making an object
//! counts as a write to its cells, its end as one too; so a pointer that was
//! handed over without synchronising is found where it is used. `&mut` to an
//! atomic is a non-atomic access.
//!
//! # What the standard leaves open
//! Locks, channels, condition variables, barriers, `park`, `Once`, `Arc`'s count:
//! each operation is one step, and those steps have one order that agrees with
//! sb and rf. What looks without waiting (`try_lock`, `try_recv`,
//! `is_completed`, `Arc::try_unwrap`) may miss the last change as long as that
//! doesn't happen before it. Standard output is such an object too, but printing
//! synchronises nothing: nobody should rely on its lock.
//!
//! # The search
//! Since sb and rf have no cycle, every execution can be grown event by event,
//! each load behind the store that it reads, and no event is ever taken back.
//! A store may still go before others in mo, so it comes as soon as it can
//! (nothing else can make a difference to it), at every place that is allowed;
//! loads and read-modify-writes choose when. No rule is broken later that isn't
//! broken at once, and reading the newest store is always allowed: there are no
//! dead ends.
//!
//! Prefixes that only their past tells apart are one: of the graph we keep what
//! rules may still ask (`graph`), and compare that in a form without names
//! (`key`). Four threads of four increments have 63,063,000 executions, and some
//! 600 such states. A loop that only waits comes to the same state again, so it
//! needs no bound; a loop that goes on and on changing things meets a limit, and
//! the answer says so.
//!
//! That growing graphs is enough comes from stateless model checking
//! (Kokologiannakis, Raad, Vafeiadis 2019; Kokologiannakis, Marmanis, Gladstein,
//! Vafeiadis 2022), which takes events back instead and keeps no states.

mod accesses;
mod graph;
mod grow;
mod key;
mod know;
mod objects;
mod options;
mod order;
mod past;
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
