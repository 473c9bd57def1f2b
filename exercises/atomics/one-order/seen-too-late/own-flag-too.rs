//! Wants both flags down, and has just raised one of them.

use std::sync::atomic::Ordering::{self, SeqCst};

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
    core.store(Flag::Mine, true, SeqCst);
    !core.load(Flag::Theirs, SeqCst) && !core.load(Flag::Mine, SeqCst)
}
