//! How executions grow: which events may come next, and what each does to world and graph.

use super::graph::{Bad, Clocks, Future, Graph, Holder};
use super::rules::{Rule, Rules};
use super::witness::Label;
use crate::code::{Op, SyncOp};
use crate::machine::{self, Machine};
use crate::request::{Ordering, Request, Step};
use crate::value::{Cell, Span, ThreadId, Value};
use crate::words;
use crate::world::{Status, World};
use crate::{Error, Program, Thread};
use std::rc::Rc;
use std::sync::Arc;

/// Steps that are done at once before they are made ordinary steps again, so
/// that a loop of nothing else is seen to repeat.
const AT_ONCE: usize = 5_000;

/// Stores of one atomic up to which a store comes as soon as it can.
pub(super) const EAGER: usize = 64;

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
    pub(super) const STALE: u16 = 1 << 15;

    pub(super) fn by_machine(self) -> machine::Action {
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
    pub(super) reduce: bool,
    merge: bool,
    /// Whether anything looks at a lock or the like without waiting for it.
    pub(super) tries: bool,
    /// Whether there are `seq_cst` fences.
    pub(crate) fences: bool,
    pub(super) races: bool,
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

    pub(super) fn is_atomic(&self, state: &State, thread: ThreadId) -> bool {
        matches!(
            self.machine.step_of(&state.world, thread).request,
            Request::Load(..)
                | Request::Store(..)
                | Request::Rmw(..)
                | Request::CompareExchange { .. }
        )
    }

    /// Does an action, and all that follows from it at once.
    pub(crate) fn grow(&mut self, state: &mut State, action: Action) -> Result<Grown, Error> {
        match self.act(state, action)? {
            Grown::On => self.settle(state),
            other => Ok(other),
        }
    }

    /// Whether an action came to nothing: a read-modify-write stored what it
    /// read, and its thread is where it was, in a loop that waits. An execution
    /// with it has all that the same without it has, which is allowed too: it
    /// need not be followed.
    pub(crate) fn is_vain(&self, before: &State, action: Action, after: &State) -> bool {
        let at = usize::from(action.thread.0);
        let place = usize::from(action.choice);
        if before.world.threads[at] != after.world.threads[at]
            || before.graph.threads[at].events + 1 != after.graph.threads[at].events
        {
            return false;
        }
        let stores_the_same = match &self.machine.step_of(&before.world, action.thread).request {
            Request::Rmw(cell, _, op, int, operand) => {
                let old = before.graph.value(*cell, place);
                op.apply(*int, old, operand) == *old
            }
            Request::CompareExchange { expected, new, .. } => {
                place.is_multiple_of(2) && expected == new
            }
            _ => false,
        };
        stores_the_same
            && before.world.memory == after.world.memory
            && before.world.rest == after.world.rest
    }

    /// Does what must come anyway and can come in one way only.
    pub(super) fn settle(&mut self, state: &mut State) -> Result<Grown, Error> {
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
    pub(super) fn locate(&self, state: &mut State) {
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

    pub(super) fn forget(&self, state: &mut State) {
        let threads = Machine::threads(&state.world).filter(|thread| {
            !matches!(
                state.world.rest.status[usize::from(thread.0)],
                Status::Done(_)
            )
        });
        let live: Vec<Future> = threads
            .map(|thread| self.future(state, thread, 0))
            .collect();
        state.graph.forget(&live);
    }

    /// What the thread will know at least when its next event is there.
    pub(super) fn future(&self, state: &State, thread: ThreadId, depth: usize) -> Future {
        let at = usize::from(thread.0);
        let mut future = Future {
            know: state.graph.threads[at].now.clone(),
            rmws: Vec::new(),
        };
        if depth > state.world.threads.len()
            || matches!(state.world.rest.status[at], Status::Done(_))
        {
            return future;
        }
        match &self.machine.step_of(&state.world, thread).request {
            Request::Rmw(cell, ..) => future.rmws.push(*cell),
            // What goes on behind a join knows what that thread will know.
            Request::Join(other) if self.rules.has(Rule::Join) => {
                let other = self.future(state, *other, depth + 1);
                Rc::make_mut(&mut future.know).join(&other.know);
                future.rmws = other.rmws;
            }
            Request::Lock(cell)
            | Request::RwLock(cell, _)
            | Request::Once(cell)
            | Request::Wait { mutex: cell, .. } => {
                if let Some(held) = state.graph.holders.get(Holder::Lock(*cell)) {
                    Rc::make_mut(&mut future.know).join(held);
                }
            }
            _ => {}
        }
        future
    }

    /// Adds one event.
    pub(super) fn act(&mut self, state: &mut State, action: Action) -> Result<Grown, Error> {
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
    pub(super) fn request(
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
}
