//! sc: every interleaving of the threads' steps over one memory. None is left
//! out as being like another; only where two lead to the very same state is the
//! rest, which is the same too, gone through once.
//!
//! Lamport, *How to make a multiprocessor computer that correctly executes
//! multiprocess programs* (1979). Orderings mean nothing here.

use super::Found;
use super::machine::{Machine, State};
use super::program::{Datum, Program, Request, Stand, ThreadId, Unsupported, Value};
use std::collections::{BTreeSet, HashSet};

pub(super) fn outcomes(program: &Program) -> Result<BTreeSet<String>, Unsupported> {
    let mut search = Search::default();
    search.explore(Machine::new(program)?)?;
    Ok(search.found.answer())
}

#[derive(Default)]
struct Search {
    found: Found,
    met: HashSet<State>,
}

impl Search {
    fn explore(&mut self, mut machine: Machine) -> Result<(), Unsupported> {
        machine.settle(|_| true)?;
        if !self.met.insert(machine.state()) {
            return Ok(());
        }
        self.found.races.extend(machine.races());
        if let Some(output) = machine.output() {
            self.found.output(output);
            return Ok(());
        }
        for thread in 0..machine.threads.len() {
            let Stand::At(request, _) = machine.threads[thread].stand.clone() else {
                continue;
            };
            self.step(&machine, thread, request)?;
        }
        Ok(())
    }

    /// Takes one step of one thread, in each way that it can go, and goes on.
    fn step<'p>(
        &mut self,
        machine: &Machine<'p>,
        thread: ThreadId,
        request: Request<'p>,
    ) -> Result<(), Unsupported> {
        let mut next = machine.clone();
        let answer = match request {
            Request::Load(location, _) | Request::Read(location) => next.memory[location].1.value(),
            Request::Store(location, value, _) | Request::Write(location, value) => {
                next.memory[location].1 = value;
                Value::Unit
            }
            Request::Modify(location, action, _, _, weak) => {
                let (kind, old) = next.memory[location];
                let new = action.apply(kind, old);
                if weak && new.is_some() {
                    // `compare_exchange_weak` may fail though it finds what it expects.
                    let mut failed = machine.clone();
                    failed.threads[thread].answer(action.answer(old, false))?;
                    self.explore(failed)?;
                }
                next.memory[location].1 = new.unwrap_or(old);
                action.answer(old, new.is_some())
            }
            Request::Fence(_) => Value::Unit,
            Request::Lock(location) if next.memory[location].1 == Datum::Bool(true) => {
                return Ok(());
            }
            Request::Lock(location) => {
                next.memory[location].1 = Datum::Bool(true);
                Value::Unit
            }
            Request::Unlock(location) => {
                next.memory[location].1 = Datum::Bool(false);
                Value::Unit
            }
            // Not yet: it waits.
            Request::New(..) | Request::Spawn(_) | Request::Join(_) => return Ok(()),
        };
        next.threads[thread].answer(answer)?;
        self.explore(next)
    }
}
