//! tso: each thread has a first-in first-out buffer of stores, which memory
//! takes one by one, whenever it likes (Sewell et al. 2010, §3.1).
//!
//! How Rust's operations are done on such a machine: a load reads the newest
//! store to its location in its own thread's buffer, else memory. A store goes
//! into the buffer; one that is `SeqCst` is an `xchg`, which waits until the
//! buffer is empty and writes memory, and so does every read-modify-write,
//! also a `compare_exchange` that fails (a locked instruction either way).
//! `fence(SeqCst)` is an `mfence`, which waits until the buffer is empty; the
//! other fences and a load's ordering ask nothing of the machine. To lock and
//! to unlock are read-modify-writes. Starting a thread and ending one make all
//! that came before visible.

use super::Found;
use super::machine::{self, Machine};
use super::program::{Datum, Location, Program, Request, Stand, ThreadId, Unsupported, Value};
use std::collections::{BTreeSet, HashSet, VecDeque};
use std::sync::atomic::Ordering::SeqCst;

pub(super) fn outcomes(program: &Program) -> Result<BTreeSet<String>, Unsupported> {
    let mut search = Search::default();
    search.explore(State {
        machine: Machine::new(program)?,
        buffers: Vec::new(),
    })?;
    Ok(search.found.answer())
}

/// Per thread, its buffered stores, oldest first.
type Buffers = Vec<VecDeque<(Location, Datum)>>;

#[derive(Clone)]
struct State<'p> {
    machine: Machine<'p>,
    buffers: Buffers,
}

impl State<'_> {
    fn drained(&self, thread: ThreadId) -> bool {
        self.buffers[thread].is_empty()
    }

    /// What `thread` reads.
    fn seen(&self, thread: ThreadId, location: Location) -> Datum {
        let own = self.buffers[thread]
            .iter()
            .rev()
            .find(|(l, _)| *l == location);
        own.map_or(self.machine.memory[location].1, |(_, value)| *value)
    }
}

#[derive(Default)]
struct Search {
    found: Found,
    /// The rest of a run depends on its state alone, so that one state need be
    /// gone on from only once.
    met: HashSet<(machine::State, Buffers)>,
}

impl Search {
    fn explore(&mut self, mut state: State) -> Result<(), Unsupported> {
        let buffers = &state.buffers;
        state
            .machine
            .settle(|thread| buffers.get(thread).is_none_or(VecDeque::is_empty))?;
        state
            .buffers
            .resize(state.machine.threads.len(), VecDeque::new());
        if !self
            .met
            .insert((state.machine.state(), state.buffers.clone()))
        {
            return Ok(());
        }
        self.found.races.extend(state.machine.races());
        if let Some(output) = state.machine.output() {
            self.found.output(output);
            return Ok(());
        }
        for thread in 0..state.machine.threads.len() {
            if !state.drained(thread) {
                let mut next = state.clone();
                let (location, value) = next.buffers[thread].pop_front().expect("it isn't empty");
                next.machine.memory[location].1 = value;
                self.explore(next)?;
            }
            if let Stand::At(request, _) = state.machine.threads[thread].stand.clone() {
                self.step(&state, thread, request)?;
            }
        }
        Ok(())
    }

    /// Takes one step of one thread, in each way that it can go, and goes on.
    fn step<'p>(
        &mut self,
        state: &State<'p>,
        thread: ThreadId,
        request: Request<'p>,
    ) -> Result<(), Unsupported> {
        let waits = matches!(
            request,
            Request::Store(_, _, SeqCst)
                | Request::Fence(SeqCst)
                | Request::Modify(..)
                | Request::Lock(_)
                | Request::Unlock(_)
        );
        if waits && !state.drained(thread) {
            return Ok(());
        }
        let mut next = state.clone();
        let memory = &mut next.machine.memory;
        let answer = match request {
            Request::Load(location, _) | Request::Read(location) => {
                state.seen(thread, location).value()
            }
            Request::Store(location, value, SeqCst) => {
                memory[location].1 = value;
                Value::Unit
            }
            Request::Store(location, value, _) | Request::Write(location, value) => {
                next.buffers[thread].push_back((location, value));
                Value::Unit
            }
            Request::Modify(location, action, _, _, weak) => {
                let (kind, old) = memory[location];
                let new = action.apply(kind, old);
                if weak && new.is_some() {
                    // The language lets it fail; no x86 does.
                    let mut failed = state.clone();
                    failed.machine.threads[thread].answer(action.answer(old, false))?;
                    self.explore(failed)?;
                }
                memory[location].1 = new.unwrap_or(old);
                action.answer(old, new.is_some())
            }
            Request::Fence(_) => Value::Unit,
            Request::Lock(location) if memory[location].1 == Datum::Bool(true) => return Ok(()),
            Request::Lock(location) => {
                memory[location].1 = Datum::Bool(true);
                Value::Unit
            }
            Request::Unlock(location) => {
                memory[location].1 = Datum::Bool(false);
                Value::Unit
            }
            // Not yet: it waits.
            Request::New(..) | Request::Spawn(_) | Request::Join(_) => return Ok(()),
        };
        next.machine.threads[thread].answer(answer)?;
        self.explore(next)
    }
}
