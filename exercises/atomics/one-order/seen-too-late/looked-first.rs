//! The strongest ordering, and the look before the flag.

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
    let is_free = !core.load(Flag::Theirs, SeqCst);
    core.store(Flag::Mine, is_free, SeqCst);
    is_free
}
