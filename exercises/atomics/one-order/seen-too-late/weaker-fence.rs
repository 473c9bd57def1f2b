//! A fence of both kinds, but not of the strongest.

use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Release};

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
    core.fence(AcqRel);
    !core.load(Flag::Theirs, Acquire)
}
