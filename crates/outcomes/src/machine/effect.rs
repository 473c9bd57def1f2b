//! What a request does to memory and to others.

use super::{Action, Answer, End, Machine};
use crate::races::Knower;
use crate::request::{Ordering, Request, Step, joined};
use crate::value::{Cell, Object, ThreadId, Value};
use crate::world::{Channel, Lock, Status, World};
use crate::{Error, Thread};

impl Machine<'_> {
    /// The oldest buffered store reaches memory.
    pub(super) fn arrive(&mut self, world: &mut World, thread: ThreadId) {
        let at = usize::from(thread.0);
        let (cell, value) = world.rest.buffers[at].remove(0);
        world.memory.set(cell, value);
        if self.races {
            let len = world.rest.buffers[at].len() + 1;
            let races = &mut world.rest.races;
            races.copy(Knower::Buffered(thread, 0), Knower::Cell(cell));
            races.shift(|at| Knower::Buffered(thread, at), len);
        }
    }

    /// What the thread sees at the cell: its own waiting store first.
    pub(super) fn see(&self, world: &World, thread: ThreadId, cell: Cell) -> Value {
        let waiting = world.rest.buffers[usize::from(thread.0)].iter().rev();
        let own = waiting.into_iter().find(|(known, _)| *known == cell);
        own.map(|(_, value)| value.clone())
            .or_else(|| world.memory.get(cell).cloned())
            .unwrap_or(Value::Gone)
    }

    pub(super) fn may_race(&self, world: &World, cell: Cell) -> bool {
        self.races
            && world
                .rest
                .names
                .get(cell.object)
                .is_some_and(|names| self.program.may_race(*names, cell.offset))
    }

    #[expect(
        clippy::too_many_lines,
        reason = "one arm per request, a few lines each"
    )]
    pub(super) fn request(&mut self, world: &mut World, step: &Step, action: Action) -> Answer {
        let thread = action.thread;
        let at = usize::from(thread.0);
        let me = Knower::Thread(thread);
        let unit = Answer::Value(Value::Unit);
        if let Request::Load(cell, ..)
        | Request::Rmw(cell, ..)
        | Request::CompareExchange { cell, .. }
        | Request::Store(cell, ..)
        | Request::Read(cell)
        | Request::Write(cell, _) = &step.request
        {
            let atomic = !matches!(step.request, Request::Read(_) | Request::Write(..));
            let there = world.memory.get(*cell);
            if there.is_none_or(|value| atomic && *value == Value::Gone) {
                return Answer::Failed(Error::Stuck {
                    span: step.span,
                    message: "this reaches memory that was freed or moved away".into(),
                });
            }
        }
        if self.races
            && let Request::Load(cell, ..)
            | Request::Store(cell, ..)
            | Request::Rmw(cell, ..)
            | Request::CompareExchange { cell, .. } = &step.request
            && self.may_race(world, *cell)
        {
            let write = !matches!(step.request, Request::Load(..));
            if let Err((a, b)) = world.rest.races.check(*cell, thread, write, step.span) {
                return Answer::End(End::Race(a, b));
            }
        }
        match &step.request {
            Request::Load(cell, order) => {
                let value = self.see(world, thread, *cell);
                let forwarded = world.rest.buffers[at]
                    .iter()
                    .any(|(known, _)| known == cell);
                if !forwarded {
                    self.acquire(world, thread, *cell, *order);
                }
                Answer::Value(value)
            }
            Request::Store(cell, order, value) => {
                if self.tso && *order != Ordering::SeqCst {
                    let place = world.rest.buffers[at].len() as u16;
                    world.rest.buffers[at].push((*cell, value.clone()));
                    self.release(
                        world,
                        thread,
                        Knower::Buffered(thread, place),
                        *order,
                        false,
                    );
                } else {
                    world.memory.set(*cell, value.clone());
                    self.release(world, thread, Knower::Cell(*cell), *order, false);
                }
                unit
            }
            Request::Rmw(cell, order, op, int, operand) => {
                let old = self.see(world, thread, *cell);
                world.memory.set(*cell, op.apply(*int, &old, operand));
                self.acquire(world, thread, *cell, *order);
                self.release(world, thread, Knower::Cell(*cell), *order, true);
                Answer::Value(old)
            }
            Request::CompareExchange {
                cell,
                success,
                failure,
                expected,
                new,
                ..
            } => {
                let old = self.see(world, thread, *cell);
                if old == *expected && action.choice == 0 {
                    world.memory.set(*cell, new.clone());
                    self.acquire(world, thread, *cell, *success);
                    self.release(world, thread, Knower::Cell(*cell), *success, true);
                    return Answer::Value(Value::ok(old));
                }
                self.acquire(world, thread, *cell, *failure);
                Answer::Value(Value::err(old))
            }
            Request::Fence(order) => {
                let races = &mut world.rest.races;
                if matches!(
                    order,
                    Ordering::Acquire | Ordering::AcqRel | Ordering::SeqCst
                ) {
                    races.flow(Knower::Seen(thread), me);
                }
                if matches!(
                    order,
                    Ordering::Release | Ordering::AcqRel | Ordering::SeqCst
                ) {
                    races.flow(me, Knower::Released(thread));
                }
                unit
            }
            Request::Read(cell) => {
                if self.may_race(world, *cell)
                    && let Err((a, b)) = world.rest.races.access(*cell, thread, false, step.span)
                {
                    return Answer::End(End::Race(a, b));
                }
                Answer::Value(self.see(world, thread, *cell))
            }
            Request::Write(cell, value) => {
                if self.may_race(world, *cell)
                    && let Err((a, b)) = world.rest.races.access(*cell, thread, true, step.span)
                {
                    return Answer::End(End::Race(a, b));
                }
                while world.rest.buffers[at]
                    .iter()
                    .any(|(known, _)| known == cell)
                {
                    self.arrive(world, thread);
                }
                world.memory.set(*cell, value.clone());
                unit
            }
            Request::Alloc(object, naming, values) => {
                world.rest.names.set(*object, *naming);
                for (offset, value) in values.iter().enumerate() {
                    let cell = Cell {
                        object: *object,
                        offset: offset as u32,
                    };
                    world.memory.set(cell, value.clone());
                    if self.races && self.program.may_race(*naming, cell.offset) {
                        // Its making counts as a write; nothing can race with it yet.
                        _ = world.rest.races.access(cell, thread, true, step.span);
                    }
                }
                unit
            }
            Request::Free(object) => {
                self.free(world, *object);
                unit
            }
            Request::Retain(object) => {
                let count = world.rest.counts.get(*object).copied().unwrap_or(1);
                world.rest.counts.set(*object, count + 1);
                unit
            }
            Request::Release(object) | Request::ReleaseIfLast(object) => {
                let count = world.rest.counts.get(*object).copied().unwrap_or(1);
                let token = Knower::Cell(Cell {
                    object: *object,
                    offset: u32::MAX,
                });
                let last = count == 1;
                if last {
                    world.rest.counts.remove(*object);
                    world.rest.races.flow(token, me);
                } else if matches!(step.request, Request::Release(_)) {
                    if count == 2 {
                        world.rest.counts.remove(*object);
                    } else {
                        world.rest.counts.set(*object, count - 1);
                    }
                    world.rest.races.flow(me, token);
                }
                Answer::Value(Value::Bool(last))
            }
            Request::Lock(cell) => Answer::Value(self.lock(world, thread, *cell)),
            Request::TryLock(cell) => Answer::Value(match world.rest.locks.get(*cell) {
                Some(_) => Value::Int(2),
                None => Value::Int(self.lock(world, thread, *cell).int()),
            }),
            Request::Unlock { lock, poison } => {
                self.unlock(world, thread, *lock, *poison);
                unit
            }
            Request::RwLock(cell, write) => {
                Answer::Value(self.rw_lock(world, thread, *cell, *write))
            }
            Request::TryRwLock(cell, write) => {
                let busy = match world.rest.locks.get(*cell) {
                    None => false,
                    Some(Lock::Read(_)) => *write,
                    Some(_) => true,
                };
                Answer::Value(match busy {
                    true => Value::Int(2),
                    false => Value::Int(self.rw_lock(world, thread, *cell, *write).int()),
                })
            }
            Request::RwUnlock {
                lock,
                write,
                poison,
            } => {
                if *write {
                    self.unlock(world, thread, *lock, *poison);
                    return unit;
                }
                if let Some(Lock::Read(readers)) = world.rest.locks.get_mut(*lock) {
                    if let Some(at) = readers.iter().position(|reader| *reader == thread) {
                        readers.remove(at);
                    }
                    if readers.is_empty() {
                        world.rest.locks.remove(*lock);
                    }
                }
                world.rest.races.flow(me, Knower::Readers(*lock));
                unit
            }
            Request::Wait { condvar, mutex } => match &world.rest.status[at] {
                Status::Running => {
                    self.unlock(world, thread, *mutex, false);
                    world.rest.status[at] = Status::Waiting { condvar: *condvar };
                    Answer::Waits
                }
                Status::Waiting { .. } => {
                    world.rest.status[at] = Status::Relocking;
                    Answer::Waits
                }
                _ => {
                    world.rest.status[at] = Status::Running;
                    Answer::Value(self.lock(world, thread, *mutex))
                }
            },
            Request::Notify { condvar, all } => {
                let waiting: Vec<ThreadId> = self.waiting_on(world, *condvar).collect();
                for (i, other) in waiting.iter().enumerate() {
                    if *all || i == usize::from(action.choice) {
                        world.rest.status[usize::from(other.0)] = Status::Relocking;
                    }
                }
                unit
            }
            Request::Barrier(cell) => self.barrier(world, thread, *cell, action.choice),
            Request::Channel(object, naming, bound) => {
                world.rest.names.set(*object, *naming);
                let channel = Channel {
                    queue: Vec::new(),
                    senders: 1,
                    receiver: true,
                    bound: *bound,
                };
                world.rest.channels.set(*object, channel);
                unit
            }
            Request::Send(object, value) => self.send(world, thread, *object, value),
            Request::Receive(object) => match self.receive(world, thread, *object) {
                Some(value) => Answer::Value(Value::ok(value)),
                None => Answer::Value(Value::err(Value::Unit)),
            },
            Request::TryReceive(object) => {
                let senders = world
                    .rest
                    .channels
                    .get(*object)
                    .map_or(0, |known| known.senders);
                Answer::Value(match self.receive(world, thread, *object) {
                    Some(value) => Value::ok(value),
                    None => Value::err(Value::variant(u16::from(senders == 0), Vec::new())),
                })
            }
            Request::SenderCloned(object) => {
                if let Some(channel) = world.rest.channels.get_mut(*object) {
                    channel.senders += 1;
                }
                unit
            }
            Request::SenderDropped(object) => {
                if let Some(channel) = world.rest.channels.get_mut(*object) {
                    channel.senders -= 1;
                    if channel.senders == 0 && !channel.receiver {
                        world.rest.channels.remove(*object);
                    }
                }
                unit
            }
            Request::ReceiverDropped(object) => {
                let mut left = Vec::new();
                if let Some(channel) = world.rest.channels.get_mut(*object) {
                    channel.receiver = false;
                    // A rendezvous gives its message back to the sender.
                    if channel.bound != Some(0) {
                        left = channel.queue.drain(..).map(|(_, value)| value).collect();
                    }
                    if channel.senders == 0 && channel.queue.is_empty() {
                        world.rest.channels.remove(*object);
                    }
                }
                Answer::Value(Value::many(left))
            }
            Request::Spawn(entry) => {
                let id = ThreadId(world.threads.len() as u8);
                let spawned = Thread::spawned(self.program, id, entry);
                match self.intern(spawned) {
                    Ok(spawned) => self.add(world, spawned),
                    Err(error) => return Answer::Failed(error),
                }
                world.rest.races.flow(me, Knower::Thread(id));
                Answer::Value(Value::Thread(id))
            }
            Request::Join(other) => {
                world.rest.races.flow(Knower::Thread(*other), me);
                match &world.rest.status[usize::from(other.0)] {
                    Status::Done(result) => Answer::Value(joined(result)),
                    _ => unreachable!("a join is possible when the thread is done"),
                }
            }
            Request::Park => {
                world.rest.tokens[at] = false;
                world.rest.races.flow(Knower::Token(thread), me);
                unit
            }
            Request::Unpark(other) => {
                world.rest.tokens[usize::from(other.0)] = true;
                world.rest.races.flow(me, Knower::Token(*other));
                unit
            }
            Request::Once(cell) => {
                world.rest.races.flow(Knower::Cell(*cell), me);
                let done = world.memory.get(*cell).is_some_and(Value::bool);
                if !done {
                    world.rest.locks.set(*cell, Lock::Running(thread));
                }
                Answer::Value(Value::Bool(!done))
            }
            Request::OnceDone { once, poison } => {
                world.rest.locks.remove(*once);
                world.memory.set(*once, Value::Bool(!poison));
                world.rest.races.flow(me, Knower::Cell(*once));
                unit
            }
            Request::OnceIsDone(cell) => {
                let done = world.memory.get(*cell).is_some_and(Value::bool);
                if done {
                    world.rest.races.flow(Knower::Cell(*cell), me);
                }
                Answer::Value(Value::Bool(done))
            }
            Request::Print(text) => {
                world.rest.output = format!("{}{text}", world.rest.output).into();
                unit
            }
            Request::Yield => unit,
            Request::Finish(result) if thread == ThreadId::MAIN => Answer::End(match result {
                Ok(_) => End::Output(world.rest.output.clone()),
                Err(message) => End::Panic(message.clone()),
            }),
            Request::Finish(result) => {
                world.rest.status[at] = Status::Done(result.clone());
                Answer::Waits
            }
            Request::Abort(message) => Answer::End(End::Panic(message.clone())),
        }
    }

    pub(super) fn acquire(
        &mut self,
        world: &mut World,
        thread: ThreadId,
        cell: Cell,
        order: Ordering,
    ) {
        if !self.races {
            return;
        }
        let to = match order {
            Ordering::Relaxed | Ordering::Release => Knower::Seen(thread),
            _ => Knower::Thread(thread),
        };
        world.rest.races.flow(Knower::Cell(cell), to);
    }

    /// What a store hands on; one that continues a release sequence adds to
    /// what was handed on before.
    pub(super) fn release(
        &mut self,
        world: &mut World,
        thread: ThreadId,
        to: Knower,
        order: Ordering,
        continues: bool,
    ) {
        if !self.races {
            return;
        }
        let from = match order {
            Ordering::Relaxed | Ordering::Acquire => Knower::Released(thread),
            _ => Knower::Thread(thread),
        };
        match continues {
            true => world.rest.races.flow(from, to),
            false => world.rest.races.copy(from, to),
        }
    }

    pub(super) fn free(&mut self, world: &mut World, object: Object) {
        world.memory.retain(|cell| cell.object != object);
        world.rest.names.remove(object);
        world.rest.counts.remove(object);
        world.rest.races.free(object);
        for buffer in &mut world.rest.buffers {
            buffer.retain(|(cell, _)| cell.object != object);
        }
    }

    pub(super) fn lock(&mut self, world: &mut World, thread: ThreadId, cell: Cell) -> Value {
        world.rest.locks.set(cell, Lock::Held(thread));
        world
            .rest
            .races
            .flow(Knower::Cell(cell), Knower::Thread(thread));
        Value::Bool(world.memory.get(cell).is_some_and(Value::bool))
    }

    pub(super) fn unlock(&mut self, world: &mut World, thread: ThreadId, cell: Cell, poison: bool) {
        world.rest.locks.remove(cell);
        if poison {
            world.memory.set(cell, Value::Bool(true));
        }
        world
            .rest
            .races
            .flow(Knower::Thread(thread), Knower::Cell(cell));
    }

    pub(super) fn rw_lock(
        &mut self,
        world: &mut World,
        thread: ThreadId,
        cell: Cell,
        write: bool,
    ) -> Value {
        let me = Knower::Thread(thread);
        if write {
            world.rest.races.flow(Knower::Readers(cell), me);
            return self.lock(world, thread, cell);
        }
        let mut readers = match world.rest.locks.remove(cell) {
            Some(Lock::Read(readers)) => readers,
            _ => Vec::new(),
        };
        readers.push(thread);
        readers.sort_unstable();
        world.rest.locks.set(cell, Lock::Read(readers));
        world.rest.races.flow(Knower::Cell(cell), me);
        Value::Bool(world.memory.get(cell).is_some_and(Value::bool))
    }

    pub(super) fn barrier(
        &mut self,
        world: &mut World,
        thread: ThreadId,
        cell: Cell,
        choice: u8,
    ) -> Answer {
        let others: Vec<ThreadId> = self.at_barrier(world, cell).collect();
        let size = world.memory.get(cell).map_or(0, Value::int);
        world
            .rest
            .races
            .flow(Knower::Thread(thread), Knower::Cell(cell));
        if ((others.len() + 1) as i128) < size {
            world.rest.status[usize::from(thread.0)] = Status::AtBarrier(cell);
            return Answer::Waits;
        }
        let mut all = others;
        all.push(thread);
        for (i, other) in all.iter().enumerate() {
            world
                .rest
                .races
                .flow(Knower::Cell(cell), Knower::Thread(*other));
            if *other == thread {
                continue;
            }
            world.rest.status[usize::from(other.0)] = Status::Running;
            let leads = Value::Bool(i == usize::from(choice));
            if let Err(error) = self.answer(world, *other, leads) {
                return Answer::Failed(error);
            }
        }
        Answer::Value(Value::Bool(usize::from(choice) + 1 == all.len()))
    }

    pub(super) fn send(
        &mut self,
        world: &mut World,
        thread: ThreadId,
        object: Object,
        value: &Value,
    ) -> Answer {
        let at = usize::from(thread.0);
        let offered = matches!(world.rest.status[at], Status::Offering(_));
        world.rest.status[at] = Status::Running;
        let Some(channel) = world.rest.channels.get_mut(object) else {
            return Answer::Value(Value::err(value.clone()));
        };
        if !channel.receiver {
            channel.queue.retain(|(sender, _)| *sender != thread);
            return Answer::Value(Value::err(value.clone()));
        }
        if offered {
            return Answer::Value(Value::ok(Value::Unit));
        }
        channel.queue.push((thread, value.clone()));
        let place = channel.queue.len() as u16 - 1;
        let waits = channel.bound == Some(0);
        world
            .rest
            .races
            .copy(Knower::Thread(thread), Knower::Message(object, place));
        if waits {
            world.rest.status[at] = Status::Offering(object);
            return Answer::Waits;
        }
        Answer::Value(Value::ok(Value::Unit))
    }

    pub(super) fn receive(
        &mut self,
        world: &mut World,
        thread: ThreadId,
        object: Object,
    ) -> Option<Value> {
        let channel = world.rest.channels.get_mut(object)?;
        if channel.queue.is_empty() {
            return None;
        }
        let (_, value) = channel.queue.remove(0);
        let len = channel.queue.len() + 1;
        world
            .rest
            .races
            .flow(Knower::Message(object, 0), Knower::Thread(thread));
        world
            .rest
            .races
            .shift(|at| Knower::Message(object, at), len);
        Some(value)
    }
}
