//! Which events may come next.

use super::grow::{Action, EAGER, Grow, State};
use crate::machine::{Choices, Machine};
use crate::request::Request;
use crate::value::{Cell, Object, ThreadId, Value};
use crate::world::Status;

impl Grow<'_> {
    /// Every event that may come next. Where one of them must come anyway and
    /// nothing that others do makes a difference to it, only that.
    pub(crate) fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        actions.clear();
        if let Some(thread) = self.at_once(state) {
            self.options(state, thread, actions);
            return;
        }
        for thread in Machine::threads(&state.world) {
            self.options(state, thread, actions);
        }
    }

    /// A thread whose next event every completion of this prefix has, or that
    /// none needs, and that reads nothing: it may as well come now.
    pub(super) fn at_once(&self, state: &State) -> Option<ThreadId> {
        Machine::threads(&state.world).find(|&thread| {
            if state.world.rest.status[usize::from(thread.0)] != Status::Running {
                return false;
            }
            let request = &self.machine.step_of(&state.world, thread).request;
            if !self.reduce {
                return *request == Request::Yield;
            }
            match request {
                // A loop that stores on and on lets others go on too.
                Request::Store(cell, ..) => {
                    let location = state.graph.locations.get(*cell);
                    location.is_none_or(|location| location.stores.len() < EAGER)
                }
                Request::Fence(_) | Request::Spawn(_) | Request::SenderCloned(_) => true,
                Request::Unlock { .. } | Request::RwUnlock { .. } => !self.tries,
                Request::Join(other) => {
                    let status = &state.world.rest.status[usize::from(other.0)];
                    matches!(status, Status::Done(_))
                }
                Request::Finish(_) => thread != ThreadId::MAIN,
                request => request.is_local(),
            }
        })
    }

    pub(super) fn options(&self, state: &State, thread: ThreadId, actions: &mut Vec<Action>) {
        let graph = &state.graph;
        let t = thread.0;
        let mut add = |choice: usize| {
            actions.push(Action {
                thread,
                choice: choice as u16,
            })
        };
        if state.world.rest.status[usize::from(t)] == Status::Running {
            match &self.machine.step_of(&state.world, thread).request {
                Request::Load(cell, _) => {
                    graph.readable(t, *cell).for_each(add);
                    return;
                }
                Request::Store(cell, ..) => {
                    let places = graph.placeable(t, *cell);
                    places.filter(|&at| graph.is_free(*cell, at)).for_each(add);
                    return;
                }
                Request::Rmw(cell, ..) => {
                    let from = graph.placeable(t, *cell).start;
                    let reads = graph.readable(t, *cell);
                    reads
                        .filter(|&at| at >= from && graph.is_free(*cell, at))
                        .for_each(add);
                    return;
                }
                Request::CompareExchange {
                    cell,
                    expected,
                    weak,
                    ..
                } => {
                    let from = graph.placeable(t, *cell).start;
                    for at in graph.readable(t, *cell) {
                        let fits = graph.value(*cell, at) == expected;
                        if fits && at >= from && graph.is_free(*cell, at) {
                            add(2 * at);
                        }
                        if !fits || *weak {
                            add(2 * at + 1);
                        }
                    }
                    return;
                }
                request if self.tries && self.is_stale(state, t, request) => {
                    add(usize::from(Action::STALE));
                }
                _ => {}
            }
        }
        match self.machine.choices(&state.world, thread) {
            Choices::None => {}
            Choices::Some(n) => (0..usize::from(n)).for_each(add),
            Choices::Luck(choice) => add(choice.into()),
        }
    }

    /// Whether the thread may still see what was before the last change.
    pub(super) fn is_stale(&self, state: &State, thread: u8, request: &Request) -> bool {
        let know = state.graph.know(thread);
        let rest = &state.world.rest;
        let whole = |object: Object| Cell { object, offset: 0 };
        let unknown =
            |key: (Cell, bool)| state.graph.last.get(key).is_some_and(|ev| !know.has(*ev));
        match request {
            Request::TryLock(cell) => rest.locks.get(*cell).is_none() && unknown((*cell, true)),
            Request::TryRwLock(cell, true) => {
                rest.locks.get(*cell).is_none()
                    && (unknown((*cell, true)) || unknown((*cell, false)))
            }
            Request::TryRwLock(cell, false) => {
                let free = !matches!(
                    rest.locks.get(*cell),
                    Some(crate::world::Lock::Held(_) | crate::world::Lock::Running(_))
                );
                free && unknown((*cell, true))
            }
            Request::OnceIsDone(cell) => {
                state.world.memory.get(*cell).is_some_and(Value::bool) && unknown((*cell, true))
            }
            Request::ReleaseIfLast(object) => {
                rest.counts.get(*object).copied().unwrap_or(1) == 1
                    && unknown((whole(*object), true))
            }
            Request::TryReceive(object) => {
                let queue = state.graph.messages.get(*object);
                match queue.filter(|queue| !queue.is_empty()) {
                    Some(queue) => queue.iter().all(|(ev, _)| !know.has(*ev)),
                    None => {
                        rest.channels
                            .get(*object)
                            .is_some_and(|channel| channel.senders == 0)
                            && unknown((whole(*object), false))
                    }
                }
            }
            _ => false,
        }
    }
}
