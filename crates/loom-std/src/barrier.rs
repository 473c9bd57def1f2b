//! As `std::sync::Barrier`, which loom names and doesn't have.

use crate::condvar::Condvar;
use loom::sync::Mutex;

/// As the standard library's.
pub struct Barrier {
    threads: usize,
    state: Mutex<State>,
    open: Condvar,
}

struct State {
    /// How many wait.
    here: usize,
    /// How often the barrier has opened.
    round: usize,
}

/// As the standard library's.
pub struct BarrierWaitResult {
    is_leader: bool,
}

impl Barrier {
    /// As the standard library's.
    pub fn new(threads: usize) -> Barrier {
        Barrier {
            threads,
            state: Mutex::new(State { here: 0, round: 0 }),
            open: Condvar::new(),
        }
    }

    /// As the standard library's. The last one to come is the leader.
    pub fn wait(&self) -> BarrierWaitResult {
        let mut state = self.state.lock().unwrap();
        state.here += 1;
        let is_leader = state.here == self.threads;
        if is_leader {
            state.here = 0;
            state.round += 1;
            self.open.notify_all();
        } else {
            let mine = state.round;
            let closed = |state: &mut State| state.round == mine;
            drop(self.open.wait_while(state, closed).unwrap());
        }
        BarrierWaitResult { is_leader }
    }
}

impl BarrierWaitResult {
    /// As the standard library's.
    pub fn is_leader(&self) -> bool {
        self.is_leader
    }
}
