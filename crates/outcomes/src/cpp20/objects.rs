//! Events of locks, channels, threads and the like: the world's step is that of the other models.

use super::graph::{Clocks, Holder};
use super::grow::{Action, End, Grow, Grown, State};
use super::know::{Ev, Know};
use super::rules::Rule;
use crate::Error;
use crate::machine::{self, Machine};
use crate::request::{Request, Step};
use crate::value::{Cell, Object, ThreadId, Value};
use crate::world::{Status, World};
use std::rc::Rc;

impl Grow<'_> {
    /// All that isn't memory: the world's step is that of the other models,
    /// and the graph learns who synchronises with whom.
    pub(super) fn other(
        &mut self,
        state: &mut State,
        step: &Step,
        action: Action,
    ) -> Result<(Grown, Option<Value>), Error> {
        let thread = action.thread;
        let at = usize::from(thread.0);
        let status = state.world.rest.status[at].clone();
        let held = self.held(state, &step.request, &status);
        let queued = queued(&state.world, &step.request);
        let waiting: Vec<u8> = match &step.request {
            Request::Barrier(cell) => {
                let here = Machine::threads(&state.world).filter(|thread| {
                    state.world.rest.status[usize::from(thread.0)] == Status::AtBarrier(*cell)
                });
                here.map(|thread| thread.0).collect()
            }
            _ => Vec::new(),
        };
        self.before(state, step, thread, &status, &held, action);
        if let Request::Free(object) = &step.request {
            let ev = state.graph.event(thread.0);
            let races = state.graph.free(ev, *object, step.span);
            if !races.is_empty() {
                return Ok((Grown::End(End::Races(races)), None));
            }
        }
        let mut heard = None;
        let end = self
            .machine
            .act_for(&mut state.world, action.by_machine(), &mut heard)?;
        match &step.request {
            // The last to come: all go on.
            Request::Barrier(cell) if state.world.rest.status[at] == Status::Running => {
                for other in waiting.into_iter().chain([thread.0]) {
                    state.graph.take(other, Holder::Barrier(*cell));
                }
                state.graph.holders.remove(Holder::Barrier(*cell));
            }
            Request::Send(object, _)
            | Request::Receive(object)
            | Request::TryReceive(object)
            | Request::ReceiverDropped(object) => {
                self.messages(state, thread.0, *object, queued, &step.request);
            }
            _ => {}
        }
        let grown = match end {
            None => Grown::On,
            Some(machine::End::Output(text)) => Grown::End(End::Output(text)),
            Some(machine::End::Panic(text)) => Grown::End(End::Panic(text)),
            Some(machine::End::Race(a, b)) => Grown::End(End::Races(vec![(a, b)])),
        };
        Ok((grown, heard))
    }

    /// Whether the lock, count or the like is as the request would like it.
    pub(super) fn held(&self, state: &State, request: &Request, status: &Status) -> bool {
        let rest = &state.world.rest;
        match request {
            Request::TryLock(cell) | Request::TryRwLock(cell, true) => {
                rest.locks.get(*cell).is_none()
            }
            Request::TryRwLock(cell, false) => {
                matches!(
                    rest.locks.get(*cell),
                    None | Some(crate::world::Lock::Read(_))
                )
            }
            Request::Release(object) | Request::ReleaseIfLast(object) => {
                rest.counts.get(*object).copied().unwrap_or(1) == 1
            }
            Request::OnceIsDone(cell) => state.world.memory.get(*cell).is_some_and(Value::bool),
            Request::Wait { .. } => *status == Status::Relocking,
            _ => true,
        }
    }

    /// What the event takes in and hands on, before the world's step.
    pub(super) fn before(
        &self,
        state: &mut State,
        step: &Step,
        thread: ThreadId,
        status: &Status,
        held: &bool,
        action: Action,
    ) {
        let t = thread.0;
        let graph = &mut state.graph;
        let whole = |object: Object| Cell { object, offset: 0 };
        match &step.request {
            Request::Lock(cell) | Request::Once(cell) => graph.take(t, Holder::Lock(*cell)),
            Request::TryLock(cell) | Request::OnceIsDone(cell) if *held => {
                graph.take(t, Holder::Lock(*cell));
            }
            Request::TryRwLock(_, _) if !held => {}
            Request::RwLock(cell, write) | Request::TryRwLock(cell, write) => {
                graph.take(t, Holder::Lock(*cell));
                if *write {
                    graph.take(t, Holder::Readers(*cell));
                }
            }
            Request::Wait { mutex, .. } if *held => graph.take(t, Holder::Lock(*mutex)),
            Request::Release(object) | Request::ReleaseIfLast(object) if *held => {
                graph.take(t, Holder::Count(*object));
            }
            Request::Park if action.choice == 0 => graph.take(t, Holder::Token(t)),
            Request::Join(other) => {
                let ended = std::mem::take(&mut graph.threads[usize::from(other.0)].now);
                let last = graph.threads[usize::from(other.0)].events.saturating_sub(1);
                if self.rules.has(Rule::Join) {
                    graph.learn(
                        t,
                        &ended,
                        Ev {
                            thread: other.0,
                            index: last,
                        },
                    );
                }
            }
            Request::Yield | Request::Free(_) | Request::Retain(_) | Request::Channel(..) => return,
            _ => {}
        }
        let waits = !matches!(status, Status::Running | Status::Relocking);
        if waits {
            return;
        }
        let ev = graph.event(t);
        match &step.request {
            Request::Unlock { lock: cell, .. } | Request::OnceDone { once: cell, .. } => {
                graph.give(t, ev, Holder::Lock(*cell));
                graph.last.set((*cell, true), ev);
            }
            Request::RwUnlock { lock, write, .. } => {
                let holder = if *write {
                    Holder::Lock(*lock)
                } else {
                    Holder::Readers(*lock)
                };
                graph.give(t, ev, holder);
                graph.last.set((*lock, *write), ev);
            }
            Request::Wait { mutex, .. } if *status == Status::Running => {
                graph.give(t, ev, Holder::Lock(*mutex));
                graph.last.set((*mutex, true), ev);
            }
            Request::Release(object) if !held => {
                graph.give(t, ev, Holder::Count(*object));
                graph.last.set((whole(*object), true), ev);
            }
            Request::Barrier(cell) => graph.give(t, ev, Holder::Barrier(*cell)),
            Request::Unpark(other) => graph.give(t, ev, Holder::Token(other.0)),
            Request::SenderDropped(object) => graph.last.set((whole(*object), false), ev),
            Request::Spawn(_) => {
                let now = match self.rules.has(Rule::Spawn) {
                    true => graph.know(t).clone(),
                    false => Know::default(),
                };
                let child = graph.threads.len() as u8;
                graph.threads.push(Clocks {
                    now: Rc::new(now),
                    ..Clocks::default()
                });
                if let Some(log) = &mut graph.log {
                    log.learn(child, ev);
                }
            }
            _ => {}
        }
        if !self.tries {
            graph.last.0.clear();
        }
    }

    /// The channel's messages in the graph follow those in the world.
    pub(super) fn messages(
        &self,
        state: &mut State,
        t: u8,
        object: Object,
        before: usize,
        request: &Request,
    ) {
        let after = queued(&state.world, request);
        let graph = &mut state.graph;
        let mut queue = graph.messages.remove(object).unwrap_or_default();
        let last = Ev {
            thread: t,
            index: graph.threads[usize::from(t)].events.saturating_sub(1),
        };
        if after > before {
            queue.push((last, graph.threads[usize::from(t)].now.clone()));
        } else if after < before && matches!(request, Request::Send(..)) {
            queue.retain(|(ev, _)| ev.thread != t);
        } else {
            for (ev, know) in queue.drain(..before - after) {
                graph.learn(t, &know, ev);
            }
            if let Some(log) = &mut graph.log {
                log.arrived(last);
            }
        }
        if !queue.is_empty() {
            graph.messages.set(object, queue);
        }
    }
}

fn queued(world: &World, request: &Request) -> usize {
    match request {
        Request::Send(object, _)
        | Request::Receive(object)
        | Request::TryReceive(object)
        | Request::ReceiverDropped(object) => world
            .rest
            .channels
            .get(*object)
            .map_or(0, |channel| channel.queue.len()),
        _ => 0,
    }
}
