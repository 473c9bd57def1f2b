//! Two flags, and two cores that each run `may_enter`: raise mine, look at theirs, and go in
//! if it is down. Both must never go in. The check is the machine: `Core` says what a core
//! can do, and must stay, as must `may_enter`. What you ask for is what you get: a store
//! becomes visible to the other core as late as its ordering, and the fences, allow.
//!
//! "Release for the store, Acquire for the load, by the book. On my machine it took a
//! week until both were in."

use std::sync::atomic::Ordering::{self, Acquire, Release};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    Mine,
    Theirs,
}

pub trait Core {
    fn store(&self, flag: Flag, up: bool, ordering: Ordering);
    fn load(&self, flag: Flag, ordering: Ordering) -> bool;
    fn fence(&self, ordering: Ordering);
}

pub fn may_enter(core: &impl Core) -> bool {
    core.store(Flag::Mine, true, Release);
    !core.load(Flag::Theirs, Acquire)
}
