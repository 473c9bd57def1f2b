//! The machine that runs a program under sc and tso: which steps are possible, what each does.

use crate::code::{Op, SyncOp};
use crate::explore::WitnessStep;
use crate::hash::Map;
use crate::races::Knower;
use crate::request::{Ordering, Request, Step, joined};
use crate::value::{Cell, Object, Span, ThreadId, Value};
use crate::words;
use crate::world::{Channel, Lock, Status, World};
use crate::{Error, Program, Thread};
use std::sync::Arc;

/// Steps that are done at once before they are made ordinary steps again, so
/// that a loop of nothing else is seen to repeat.
const AT_ONCE: usize = 20_000;

/// Who goes on, and which way where there are several.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Action {
    pub(crate) thread: ThreadId,
    pub(crate) choice: u8,
}

impl Action {
    /// The oldest store of the thread's buffer arrives.
    const ARRIVE: u8 = 255;
    /// A wake-up that nobody sent.
    const SPURIOUS: u8 = 254;
    /// A reader gets in although a writer waits.
    const PAST_WRITER: u8 = 253;

    /// Whether it is a buffered store's arrival.
    pub(crate) fn is_arrival(self) -> bool {
        self.choice == Action::ARRIVE
    }

    /// Whether nobody may rely on it to happen.
    pub(crate) fn is_luck(self) -> bool {
        matches!(self.choice, Action::SPURIOUS | Action::PAST_WRITER)
    }
}

/// How a run ends.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum End {
    Output(Arc<str>),
    Panic(Arc<str>),
    Race(Span, Span),
}

pub(crate) struct Machine<'p> {
    pub(crate) program: &'p Program,
    tso: bool,
    reduce: bool,
    /// Whether anything tries a lock: then giving one back can be noticed.
    tries: bool,
    races: bool,
    pool: Vec<Thread>,
    index: Map<Thread, u32>,
    /// What each thread state comes to with each answer.
    answers: Map<(u32, Value), u32>,
    pub(crate) bytes: usize,
}

/// What doing a step came to.
pub(crate) type Done = Result<Option<End>, Error>;

impl<'p> Machine<'p> {
    pub(crate) fn new(program: &'p Program, tso: bool, reduce: bool) -> Machine<'p> {
        let tries = program
            .functions
            .iter()
            .flat_map(|function| &function.code)
            .any(|op| matches!(op, Op::Sync(SyncOp::TryLock | SyncOp::TryRwLock(_))));
        Machine {
            program,
            tso,
            reduce,
            tries,
            races: program.can_race(),
            pool: Vec::new(),
            index: Map::default(),
            answers: Map::default(),
            bytes: 0,
        }
    }

    /// The first state, and how the run ended if it did.
    pub(crate) fn start(&mut self) -> Result<(World, Option<End>), Error> {
        self.start_logged(&mut None)
    }

    /// The same, with what happened until then written down.
    pub(crate) fn start_logged(
        &mut self,
        log: &mut Option<Vec<WitnessStep>>,
    ) -> Result<(World, Option<End>), Error> {
        let mut world = World::default();
        for known in self.program.statics() {
            for (offset, value) in known.cells.iter().enumerate() {
                let cell = Cell {
                    object: known.object,
                    offset: offset as u32,
                };
                world.memory.set(cell, value.clone());
            }
            world.rest.names.set(known.object, known.naming);
        }
        let main = self.intern(Thread::main(self.program))?;
        self.add(&mut world, main);
        let end = self.settle(&mut world, log)?;
        Ok((world, end))
    }

    pub(crate) fn add(&mut self, world: &mut World, thread: u32) {
        world.threads.push(thread);
        world.rest.status.push(Status::Running);
        world.rest.tokens.push(false);
        world.rest.buffers.push(Vec::new());
    }

    pub(crate) fn intern(&mut self, mut thread: Thread) -> Result<u32, Error> {
        thread.next(self.program)?;
        if let Some(&known) = self.index.get(&thread) {
            return Ok(known);
        }
        let id = self.pool.len() as u32;
        self.bytes += thread.size();
        self.index.insert(thread.clone(), id);
        self.pool.push(thread);
        Ok(id)
    }

    pub(crate) fn answer(
        &mut self,
        world: &mut World,
        thread: ThreadId,
        answer: Value,
    ) -> Result<(), Error> {
        let state = &mut world.threads[usize::from(thread.0)];
        let key = (*state, answer);
        if let Some(&known) = self.answers.get(&key) {
            *state = known;
            return Ok(());
        }
        let mut next = self.pool[key.0 as usize].clone();
        next.answer(key.1.clone());
        let next = self.intern(next)?;
        self.bytes += 80;
        self.answers.insert(key, next);
        *state = next;
        Ok(())
    }

    pub(crate) fn step_of(&self, world: &World, thread: ThreadId) -> &Step {
        let state = world.threads[usize::from(thread.0)];
        self.pool[state as usize]
            .waiting()
            .expect("a thread in the table stands at a request")
    }

    pub(crate) fn threads(world: &World) -> impl Iterator<Item = ThreadId> + Clone + use<> {
        (0..world.threads.len()).map(|thread| ThreadId(thread as u8))
    }

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

    fn writer_waits(&self, world: &World, lock: Cell) -> bool {
        Machine::threads(world).any(|thread| {
            world.rest.status[usize::from(thread.0)] == Status::Running
                && self.step_of(world, thread).request == Request::RwLock(lock, true)
        })
    }

    fn waiting_on(&self, world: &World, cell: Cell) -> impl Iterator<Item = ThreadId> + use<> {
        let waiting: Vec<ThreadId> = Machine::threads(world)
            .filter(|thread| {
                world.rest.status[usize::from(thread.0)] == Status::Waiting { condvar: cell }
            })
            .collect();
        waiting.into_iter()
    }

    fn at_barrier(&self, world: &World, cell: Cell) -> impl Iterator<Item = ThreadId> + use<> {
        let here: Vec<ThreadId> = Machine::threads(world)
            .filter(|thread| world.rest.status[usize::from(thread.0)] == Status::AtBarrier(cell))
            .collect();
        here.into_iter()
    }

    /// Does a step, and all that follows from it at once.
    pub(crate) fn act(
        &mut self,
        world: &mut World,
        action: Action,
        log: &mut Option<Vec<WitnessStep>>,
    ) -> Done {
        let end = self.act_once(world, action, log)?;
        if end.is_some() {
            return Ok(end);
        }
        self.settle(world, log)
    }

    /// Does every step that no other thread can notice.
    fn settle(&mut self, world: &mut World, log: &mut Option<Vec<WitnessStep>>) -> Done {
        let mut at_once = 0;
        if self.reduce {
            let mut thread = 0;
            while thread < world.threads.len() {
                let id = ThreadId(thread as u8);
                if at_once < AT_ONCE && self.at_once(world, id) {
                    at_once += 1;
                    let action = Action {
                        thread: id,
                        choice: 0,
                    };
                    if let Some(end) = self.act_once(world, action, log)? {
                        return Ok(Some(end));
                    }
                    // Its step may have let others go on.
                    if !self.step_of(world, id).request.is_local() {
                        thread = 0;
                    }
                } else {
                    thread += 1;
                }
            }
        }
        if self.races && !world.rest.races.is_empty() {
            let running = Machine::threads(world).filter(|thread| {
                !matches!(world.rest.status[usize::from(thread.0)], Status::Done(_))
            });
            let running: Vec<ThreadId> = running.collect();
            world.rest.races.settle(running.iter().copied());
        }
        Ok(None)
    }

    /// Whether doing the thread's step now loses no outcome.
    fn at_once(&self, world: &World, thread: ThreadId) -> bool {
        let at = usize::from(thread.0);
        if world.rest.status[at] != Status::Running {
            return false;
        }
        let request = &self.step_of(world, thread).request;
        if request.is_local() {
            return true;
        }
        if self.tso && waits_for_buffer(request) && !world.rest.buffers[at].is_empty() {
            return false;
        }
        match request {
            Request::Unlock { .. } | Request::RwUnlock { .. } => !self.tries,
            Request::Fence(_) | Request::Spawn(_) | Request::SenderCloned(_) => true,
            Request::Join(other) => {
                matches!(world.rest.status[usize::from(other.0)], Status::Done(_))
            }
            Request::Finish(_) => thread != ThreadId::MAIN,
            _ => false,
        }
    }

    fn act_once(
        &mut self,
        world: &mut World,
        action: Action,
        log: &mut Option<Vec<WitnessStep>>,
    ) -> Done {
        let thread = action.thread;
        let step = self.step_of(world, thread).clone();
        let mut said = None;
        if log.is_some() {
            let arrives = (action.choice == Action::ARRIVE).then_some(thread);
            said = words::step(self.program, world, &step, arrives);
        }
        let mut write_down = |answer: Option<&Value>| {
            if let (Some(log), Some(words)) = (log.as_mut(), said.take()) {
                let (what, short) = words.with(answer);
                log.push(WitnessStep {
                    thread,
                    span: step.span,
                    what,
                    short,
                });
            }
        };
        if action.choice == Action::ARRIVE {
            self.arrive(world, thread);
            write_down(None);
            return Ok(None);
        }
        match self.request(world, &step, action) {
            Answer::Value(value) => {
                write_down(Some(&value));
                self.answer(world, thread, value)?;
                Ok(None)
            }
            Answer::Waits => {
                write_down(None);
                Ok(None)
            }
            Answer::End(end) => {
                write_down(None);
                Ok(Some(end))
            }
            Answer::Failed(error) => Err(error),
        }
    }

    /// Does one step without looking on; `heard`: its answer.
    pub(crate) fn act_for(
        &mut self,
        world: &mut World,
        action: Action,
        heard: &mut Option<Value>,
    ) -> Done {
        let step = self.step_of(world, action.thread).clone();
        match self.request(world, &step, action) {
            Answer::Value(value) => {
                *heard = Some(value.clone());
                self.answer(world, action.thread, value)?;
                Ok(None)
            }
            Answer::Waits => Ok(None),
            Answer::End(end) => Ok(Some(end)),
            Answer::Failed(error) => Err(error),
        }
    }

    /// The oldest buffered store reaches memory.
    fn arrive(&mut self, world: &mut World, thread: ThreadId) {
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
    fn see(&self, world: &World, thread: ThreadId, cell: Cell) -> Value {
        let waiting = world.rest.buffers[usize::from(thread.0)].iter().rev();
        let own = waiting.into_iter().find(|(known, _)| *known == cell);
        own.map(|(_, value)| value.clone())
            .or_else(|| world.memory.get(cell).cloned())
            .unwrap_or(Value::Gone)
    }

    fn may_race(&self, world: &World, cell: Cell) -> bool {
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
    fn request(&mut self, world: &mut World, step: &Step, action: Action) -> Answer {
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

    fn acquire(&mut self, world: &mut World, thread: ThreadId, cell: Cell, order: Ordering) {
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
    fn release(
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

    fn free(&mut self, world: &mut World, object: Object) {
        world.memory.retain(|cell| cell.object != object);
        world.rest.names.remove(object);
        world.rest.counts.remove(object);
        world.rest.races.free(object);
        for buffer in &mut world.rest.buffers {
            buffer.retain(|(cell, _)| cell.object != object);
        }
    }

    fn lock(&mut self, world: &mut World, thread: ThreadId, cell: Cell) -> Value {
        world.rest.locks.set(cell, Lock::Held(thread));
        world
            .rest
            .races
            .flow(Knower::Cell(cell), Knower::Thread(thread));
        Value::Bool(world.memory.get(cell).is_some_and(Value::bool))
    }

    fn unlock(&mut self, world: &mut World, thread: ThreadId, cell: Cell, poison: bool) {
        world.rest.locks.remove(cell);
        if poison {
            world.memory.set(cell, Value::Bool(true));
        }
        world
            .rest
            .races
            .flow(Knower::Thread(thread), Knower::Cell(cell));
    }

    fn rw_lock(&mut self, world: &mut World, thread: ThreadId, cell: Cell, write: bool) -> Value {
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

    fn barrier(&mut self, world: &mut World, thread: ThreadId, cell: Cell, choice: u8) -> Answer {
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

    fn send(
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

    fn receive(&mut self, world: &mut World, thread: ThreadId, object: Object) -> Option<Value> {
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

/// What a thread may do next.
pub(crate) enum Choices {
    None,
    /// One of so many ways.
    Some(u8),
    Luck(u8),
}

enum Answer {
    Value(Value),
    /// The thread stays at its request.
    Waits,
    End(End),
    Failed(Error),
}

/// Whether the request's instruction waits until its thread's stores arrived.
fn waits_for_buffer(request: &Request) -> bool {
    match request {
        Request::Load(..) => false,
        Request::Store(_, order, _) => *order == Ordering::SeqCst,
        Request::Fence(order) => *order == Ordering::SeqCst,
        other => !other.is_local(),
    }
}
