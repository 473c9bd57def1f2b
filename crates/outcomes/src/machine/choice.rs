//! Which steps are possible.

use super::{Action, Choices, Machine};
use crate::request::{Ordering, Request};
use crate::value::{Cell, ThreadId, Value};
use crate::world::{Lock, Status, World};

impl Machine<'_> {
    /// Every step that is possible.
    pub(crate) fn actions(&self, world: &World, actions: &mut Vec<Action>) {
        actions.clear();
        for thread in Machine::threads(world) {
            let at = usize::from(thread.0);
            if !world.rest.buffers[at].is_empty() {
                actions.push(Action {
                    thread,
                    choice: Action::ARRIVE,
                });
            }
            match self.choices(world, thread) {
                Choices::None => {}
                Choices::Some(n) => {
                    actions.extend((0..n).map(|choice| Action { thread, choice }));
                }
                Choices::Luck(choice) => actions.push(Action { thread, choice }),
            }
        }
    }

    pub(crate) fn choices(&self, world: &World, thread: ThreadId) -> Choices {
        let rest = &world.rest;
        let at = usize::from(thread.0);
        let request = &self.step_of(world, thread).request;
        let free = |cell: Cell| rest.locks.get(cell).is_none();
        let when = |possible: bool| {
            if possible {
                Choices::Some(1)
            } else {
                Choices::None
            }
        };
        match &rest.status[at] {
            Status::Running => {}
            Status::Waiting { .. } => return Choices::Luck(Action::SPURIOUS),
            Status::Relocking => {
                let Request::Wait { mutex, .. } = request else {
                    unreachable!("it waits")
                };
                return when(free(*mutex));
            }
            Status::AtBarrier(_) | Status::Done(_) => return Choices::None,
            Status::Offering(channel) => {
                let channel = rest.channels.get(*channel);
                let gone = channel.is_none_or(|channel| !channel.receiver);
                let lies = channel.is_some_and(|channel| {
                    channel.queue.iter().any(|(sender, _)| *sender == thread)
                });
                return when(gone || !lies);
            }
        }
        if self.tso && waits_for_buffer(request) && !rest.buffers[at].is_empty() {
            return Choices::None;
        }
        match request {
            Request::Lock(cell) => when(free(*cell)),
            Request::RwLock(cell, true) => when(free(*cell)),
            Request::RwLock(cell, false) => match rest.locks.get(*cell) {
                None => Choices::Some(1),
                Some(Lock::Read(_)) if self.writer_waits(world, *cell) => {
                    Choices::Luck(Action::PAST_WRITER)
                }
                Some(Lock::Read(_)) => Choices::Some(1),
                Some(_) => Choices::None,
            },
            Request::Send(channel, _) => {
                let channel = rest.channels.get(*channel);
                when(channel.is_none_or(|channel| {
                    let full = channel
                        .bound
                        .is_some_and(|n| n > 0 && channel.queue.len() >= n);
                    !full || !channel.receiver
                }))
            }
            Request::Receive(channel) => when(
                rest.channels
                    .get(*channel)
                    .is_none_or(|channel| !channel.queue.is_empty() || channel.senders == 0),
            ),
            Request::Join(other) => {
                when(matches!(rest.status[usize::from(other.0)], Status::Done(_)))
            }
            Request::Park if rest.tokens[at] => Choices::Some(1),
            Request::Park => Choices::Luck(Action::SPURIOUS),
            Request::Once(cell) => when(free(*cell)),
            Request::Notify {
                condvar,
                all: false,
            } => Choices::Some(self.waiting_on(world, *condvar).count().max(1) as u8),
            Request::Barrier(cell) => {
                let here = self.at_barrier(world, *cell).count() + 1;
                let size = world.memory.get(*cell).map_or(0, Value::int);
                let complete = here as i128 >= size;
                Choices::Some(if complete { here as u8 } else { 1 })
            }
            Request::CompareExchange {
                cell,
                expected,
                weak: true,
                ..
            } => {
                let fits = world.memory.get(*cell) == Some(expected);
                Choices::Some(1 + u8::from(fits))
            }
            _ => Choices::Some(1),
        }
    }

    pub(super) fn writer_waits(&self, world: &World, lock: Cell) -> bool {
        Machine::threads(world).any(|thread| {
            world.rest.status[usize::from(thread.0)] == Status::Running
                && self.step_of(world, thread).request == Request::RwLock(lock, true)
        })
    }

    pub(super) fn waiting_on(
        &self,
        world: &World,
        cell: Cell,
    ) -> impl Iterator<Item = ThreadId> + use<> {
        let waiting: Vec<ThreadId> = Machine::threads(world)
            .filter(|thread| {
                world.rest.status[usize::from(thread.0)] == Status::Waiting { condvar: cell }
            })
            .collect();
        waiting.into_iter()
    }

    pub(super) fn at_barrier(
        &self,
        world: &World,
        cell: Cell,
    ) -> impl Iterator<Item = ThreadId> + use<> {
        let here: Vec<ThreadId> = Machine::threads(world)
            .filter(|thread| world.rest.status[usize::from(thread.0)] == Status::AtBarrier(cell))
            .collect();
        here.into_iter()
    }
}

/// Whether the request's instruction waits until its thread's stores arrived.
pub(super) fn waits_for_buffer(request: &Request) -> bool {
    match request {
        Request::Load(..) => false,
        Request::Store(_, order, _) => *order == Ordering::SeqCst,
        Request::Fence(order) => *order == Ordering::SeqCst,
        other => !other.is_local(),
    }
}
