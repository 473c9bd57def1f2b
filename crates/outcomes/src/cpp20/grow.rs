//! How executions grow: which events may come next, and what each does to world and graph.

use super::graph::{Access, Bad, Clocks, Graph, Holder};
use super::know::{Ev, Know};
use super::rules::{Rule, Rules};
use super::witness::Label;
use crate::code::{Op, SyncOp};
use crate::machine::{self, Choices, Machine};
use crate::request::{Ordering, Request, Step};
use crate::value::{Cell, Object, Span, ThreadId, Value};
use crate::words;
use crate::world::{Status, World};
use crate::{Error, Program, Thread};
use std::rc::Rc;
use std::sync::Arc;

/// Steps that are done at once before they are made ordinary steps again, so
/// that a loop of nothing else is seen to repeat.
const AT_ONCE: usize = 5_000;

/// Stores of one atomic that are kept apart. A program that stores on and on
/// while another thread may still read the first of them ends here.
const STORES: usize = 200;

/// Who goes on, and which way where there are several: which store is read, or
/// goes before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Action {
    pub(crate) thread: ThreadId,
    pub(crate) choice: u16,
}

impl Action {
    /// What is seen without waiting is an older state, which is in order since
    /// nothing that happened before is newer.
    const STALE: u16 = 1 << 15;

    fn by_machine(self) -> machine::Action {
        machine::Action {
            thread: self.thread,
            choice: self.choice as u8,
        }
    }

    /// Whether nobody may rely on it to happen.
    pub(crate) fn is_luck(self, state: &State, grow: &Grow<'_>) -> bool {
        !grow.is_atomic(state, self.thread)
            && self.choice & Action::STALE == 0
            && self.by_machine().is_luck()
    }
}

/// A prefix of an execution.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) world: World,
    pub(crate) graph: Graph,
}

/// How an execution ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum End {
    Output(Arc<str>),
    Panic(Arc<str>),
    Races(Vec<(Span, Span)>),
}

/// What an action came to.
#[derive(Debug)]
pub(crate) enum Grown {
    On,
    /// The model forbids it.
    Forbidden,
    /// There is no room for it.
    Full,
    End(End),
}

impl From<Bad> for Grown {
    fn from(bad: Bad) -> Grown {
        match bad {
            Bad::Forbidden => Grown::Forbidden,
            Bad::Full => Grown::Full,
        }
    }
}

pub(crate) struct Grow<'p> {
    pub(crate) machine: Machine<'p>,
    pub(crate) program: &'p Program,
    pub(crate) rules: Rules,
    reduce: bool,
    merge: bool,
    /// Whether anything looks at a lock or the like without waiting for it.
    tries: bool,
    /// Whether there are `seq_cst` fences.
    pub(crate) fences: bool,
    races: bool,
}

impl<'p> Grow<'p> {
    pub(crate) fn new(program: &'p Program, reduce: bool, merge: bool, rules: Rules) -> Grow<'p> {
        let code = || program.functions.iter().flat_map(|function| &function.code);
        let tries = code().any(|op| {
            let Op::Sync(op) = op else { return false };
            matches!(
                op,
                SyncOp::TryLock
                    | SyncOp::TryRwLock(_)
                    | SyncOp::TryReceive
                    | SyncOp::OnceIsDone
                    | SyncOp::ReleaseIfLast
            )
        });
        let fence = |op: &Op| *op == Op::Sync(SyncOp::Fence(Ordering::SeqCst));
        Grow {
            machine: Machine::new(program, false, reduce),
            program,
            rules,
            reduce,
            merge,
            tries,
            fences: code().any(fence),
            races: program.can_race(),
        }
    }

    /// The empty execution.
    pub(crate) fn start(&mut self, logged: bool) -> Result<(State, Grown), Error> {
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
        let main = self.machine.intern(Thread::main(self.program))?;
        self.machine.add(&mut world, main);
        let mut graph = Graph {
            rules: self.rules,
            ..Graph::default()
        };
        graph.threads.push(Clocks::default());
        graph.log = logged.then(Box::default);
        let mut state = State { world, graph };
        let grown = self.settle(&mut state)?;
        Ok((state, grown))
    }

    fn is_atomic(&self, state: &State, thread: ThreadId) -> bool {
        matches!(
            self.machine.step_of(&state.world, thread).request,
            Request::Load(..)
                | Request::Store(..)
                | Request::Rmw(..)
                | Request::CompareExchange { .. }
        )
    }

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
    fn at_once(&self, state: &State) -> Option<ThreadId> {
        if !self.reduce {
            return None;
        }
        Machine::threads(&state.world).find(|&thread| {
            if state.world.rest.status[usize::from(thread.0)] != Status::Running {
                return false;
            }
            let request = &self.machine.step_of(&state.world, thread).request;
            match request {
                Request::Store(..)
                | Request::Fence(_)
                | Request::Spawn(_)
                | Request::SenderCloned(_) => true,
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

    fn options(&self, state: &State, thread: ThreadId, actions: &mut Vec<Action>) {
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
    fn is_stale(&self, state: &State, thread: u8, request: &Request) -> bool {
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

    /// Does an action, and all that follows from it at once.
    pub(crate) fn grow(&mut self, state: &mut State, action: Action) -> Result<Grown, Error> {
        match self.act(state, action)? {
            Grown::On => self.settle(state),
            other => Ok(other),
        }
    }

    /// Does what must come anyway and can come in one way only.
    fn settle(&mut self, state: &mut State) -> Result<Grown, Error> {
        self.locate(state);
        let mut only = Vec::new();
        for _ in 0..AT_ONCE {
            let Some(thread) = self.at_once(state) else {
                break;
            };
            only.clear();
            self.options(state, thread, &mut only);
            let &[action] = &only[..] else { break };
            match self.act(state, action)? {
                Grown::On => {}
                other => return Ok(other),
            }
            self.locate(state);
        }
        if self.merge {
            self.forget(state);
        }
        let crowded =
            |(_, location): &(_, Rc<super::graph::Location>)| location.stores.len() > STORES;
        if state.graph.locations.0.iter().any(crowded) {
            return Ok(Grown::Full);
        }
        Ok(Grown::On)
    }

    /// Makes an atomic of every cell that is about to be used as one.
    fn locate(&self, state: &mut State) {
        for thread in Machine::threads(&state.world) {
            if !self.is_atomic(state, thread) {
                continue;
            }
            let cell = self.machine.step_of(&state.world, thread).request.cell();
            let cell = cell.expect("an atomic operation has one");
            let memory = &mut state.world.memory;
            state
                .graph
                .locate(cell, || memory.remove(cell).unwrap_or(Value::Gone));
        }
    }

    fn forget(&self, state: &mut State) {
        let threads = Machine::threads(&state.world).filter(|thread| {
            !matches!(
                state.world.rest.status[usize::from(thread.0)],
                Status::Done(_)
            )
        });
        let live: Vec<Rc<Know>> = threads
            .map(|thread| self.will_know(state, thread, 0))
            .collect();
        state.graph.forget(&live);
    }

    /// What the thread will know at least when its next event is there.
    fn will_know(&self, state: &State, thread: ThreadId, depth: usize) -> Rc<Know> {
        let at = usize::from(thread.0);
        let mut know = state.graph.threads[at].now.clone();
        if depth > state.world.threads.len()
            || matches!(state.world.rest.status[at], Status::Done(_))
        {
            return know;
        }
        let hold = |holder| state.graph.holders.get(holder);
        match &self.machine.step_of(&state.world, thread).request {
            Request::Join(other) if self.rules.has(Rule::Join) => {
                let other = self.will_know(state, *other, depth + 1);
                Rc::make_mut(&mut know).join(&other);
            }
            Request::Lock(cell)
            | Request::RwLock(cell, _)
            | Request::Once(cell)
            | Request::Wait { mutex: cell, .. } => {
                if let Some(held) = hold(Holder::Lock(*cell)) {
                    Rc::make_mut(&mut know).join(held);
                }
            }
            _ => {}
        }
        know
    }

    /// Adds one event.
    fn act(&mut self, state: &mut State, action: Action) -> Result<Grown, Error> {
        let step = self.machine.step_of(&state.world, action.thread).clone();
        let mut said = None;
        let before = state.graph.log.as_ref().map_or(0, |log| log.len());
        if state.graph.log.is_some() {
            said = words::step(self.program, &state.world, &step, None);
        }
        let (grown, answer) = self.request(state, &step, action)?;
        if let (Some(log), Some(said)) = (&mut state.graph.log, said)
            && log.len() > before
        {
            let answer = answer.as_ref();
            let label = Label::of(self.program, &state.world, &step, answer);
            let (what, short) = said.with(answer);
            log.label(before, step.span, label, what, short);
        }
        Ok(grown)
    }

    /// One step of the world, and of its graph; and the answer, if it is known here.
    fn request(
        &mut self,
        state: &mut State,
        step: &Step,
        action: Action,
    ) -> Result<(Grown, Option<Value>), Error> {
        let done = match &step.request {
            Request::Load(..)
            | Request::Store(..)
            | Request::Rmw(..)
            | Request::CompareExchange { .. }
            | Request::Fence(_) => self.atomic(state, step, action),
            Request::Read(_) | Request::Write(..) | Request::Alloc(..) => {
                self.plain(state, step, action.thread)
            }
            _ if action.choice & Action::STALE != 0 => {
                state.graph.event(action.thread.0);
                Ok(match &step.request {
                    Request::TryLock(_) | Request::TryRwLock(..) => Value::Int(2),
                    Request::TryReceive(_) => Value::err(Value::variant(0, Vec::new())),
                    _ => Value::Bool(false),
                })
            }
            _ => return self.other(state, step, action),
        };
        match done {
            Ok(answer) => {
                self.machine
                    .answer(&mut state.world, action.thread, answer.clone())?;
                Ok((Grown::On, Some(answer)))
            }
            Err(grown) => Ok((grown, None)),
        }
    }

    fn may_race(&self, state: &State, cell: Cell) -> bool {
        self.races
            && state
                .world
                .rest
                .names
                .get(cell.object)
                .is_some_and(|names| self.program.may_race(*names, cell.offset))
    }

    /// An access to a cell that may race: whether it does.
    fn check(
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

    fn atomic(&self, state: &mut State, step: &Step, action: Action) -> Result<Value, Grown> {
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
    fn plain(&self, state: &mut State, step: &Step, thread: ThreadId) -> Result<Value, Grown> {
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

    /// All that isn't memory: the world's step is that of the other models,
    /// and the graph learns who synchronises with whom.
    fn other(
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
            Request::Barrier(cell) => {
                if state.world.rest.status[at] == Status::Running {
                    for other in waiting.into_iter().chain([thread.0]) {
                        state.graph.take(other, Holder::Barrier(*cell));
                    }
                    state.graph.holders.remove(Holder::Barrier(*cell));
                }
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
    fn held(&self, state: &State, request: &Request, status: &Status) -> bool {
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
    fn before(
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
    fn messages(&self, state: &mut State, t: u8, object: Object, before: usize, request: &Request) {
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
