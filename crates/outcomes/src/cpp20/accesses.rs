//! Events of memory: atomic operations, fences, and accesses that aren't atomic.

use super::graph::Access;
use super::grow::{Action, End, Grow, Grown, State};
use super::know::Ev;
use crate::request::{Request, Step};
use crate::value::{Cell, Span, ThreadId, Value};

impl Grow<'_> {
    pub(super) fn may_race(&self, state: &State, cell: Cell) -> bool {
        self.races
            && state
                .world
                .rest
                .names
                .get(cell.object)
                .is_some_and(|names| self.program.may_race(*names, cell.offset))
    }

    /// An access to a cell that may race: whether it does.
    pub(super) fn check(
        &self,
        state: &mut State,
        cell: Cell,
        ev: Ev,
        (write, atomic): (bool, bool),
        span: Span,
    ) -> Result<(), Grown> {
        if !self.may_race(state, cell) {
            return Ok(());
        }
        let races = state.graph.access(Access {
            cell,
            ev,
            write,
            atomic,
            span,
        });
        if races.is_empty() {
            Ok(())
        } else {
            Err(Grown::End(End::Races(races)))
        }
    }

    pub(super) fn atomic(
        &self,
        state: &mut State,
        step: &Step,
        action: Action,
    ) -> Result<Value, Grown> {
        let t = action.thread.0;
        let at = usize::from(action.choice);
        let graph = &mut state.graph;
        let (cell, ev, write, answer) = match &step.request {
            Request::Load(cell, order) => {
                let value = graph.value(*cell, at).clone();
                (*cell, graph.load(t, *cell, at, *order)?, false, value)
            }
            Request::Store(cell, order, value) => {
                let ev = graph.store(t, *cell, at, *order, value.clone())?;
                (*cell, ev, true, Value::Unit)
            }
            Request::Rmw(cell, order, op, int, operand) => {
                let old = graph.value(*cell, at).clone();
                let new = op.apply(*int, &old, operand);
                (*cell, graph.exchange(t, *cell, at, *order, new)?, true, old)
            }
            Request::CompareExchange {
                cell,
                success,
                failure,
                new,
                ..
            } => {
                let old = graph.value(*cell, at / 2).clone();
                if at.is_multiple_of(2) {
                    let ev = graph.exchange(t, *cell, at / 2, *success, new.clone())?;
                    (*cell, ev, true, Value::ok(old))
                } else {
                    let ev = graph.load(t, *cell, at / 2, *failure)?;
                    (*cell, ev, false, Value::err(old))
                }
            }
            Request::Fence(order) => {
                graph.fence(t, *order)?;
                return Ok(Value::Unit);
            }
            _ => unreachable!("Grow::request sends only these"),
        };
        self.check(state, cell, ev, (write, true), step.span)?;
        Ok(answer)
    }

    /// Non-atomic accesses. What they read is what was written last: where
    /// anything else could be, that is a race, and found here.
    pub(super) fn plain(
        &self,
        state: &mut State,
        step: &Step,
        thread: ThreadId,
    ) -> Result<Value, Grown> {
        match &step.request {
            Request::Read(cell) => {
                if self.may_race(state, *cell) {
                    let ev = state.graph.event(thread.0);
                    self.check(state, *cell, ev, (false, false), step.span)?;
                }
                let newest = state
                    .graph
                    .locations
                    .get(*cell)
                    .and_then(|all| all.stores.last());
                let newest = newest.map(|store| &store.value);
                Ok(newest
                    .or(state.world.memory.get(*cell))
                    .cloned()
                    .unwrap_or(Value::Gone))
            }
            Request::Write(cell, value) => {
                let located = state.graph.locations.get(*cell).is_some();
                if located || self.may_race(state, *cell) {
                    let ev = state.graph.event(thread.0);
                    self.check(state, *cell, ev, (true, false), step.span)?;
                    if located {
                        state.graph.overwrite(ev, *cell, value.clone());
                        return Ok(Value::Unit);
                    }
                }
                state.world.memory.set(*cell, value.clone());
                Ok(Value::Unit)
            }
            Request::Alloc(object, naming, values) => {
                state.world.rest.names.set(*object, *naming);
                for (offset, value) in values.iter().enumerate() {
                    let cell = Cell {
                        object: *object,
                        offset: offset as u32,
                    };
                    state.world.memory.set(cell, value.clone());
                    if self.may_race(state, cell) {
                        let ev = state.graph.event(thread.0);
                        self.check(state, cell, ev, (true, false), step.span)?;
                    }
                }
                Ok(Value::Unit)
            }
            _ => unreachable!("Grow::request sends only these"),
        }
    }
}
