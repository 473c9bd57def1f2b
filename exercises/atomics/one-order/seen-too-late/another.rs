//! A fence between the two: what stands before it is seen behind a later one.

use std::sync::atomic::Ordering::{self, Relaxed, SeqCst};

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
    core.store(Flag::Mine, true, Relaxed);
    core.fence(SeqCst);
    !core.load(Flag::Theirs, Relaxed)
}
