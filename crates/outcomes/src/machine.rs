//! The machine that runs a program under sc and tso: which steps are possible, what each does.

mod choice;
mod effect;

use crate::code::{Op, SyncOp};
use crate::explore::WitnessStep;
use crate::hash::Map;
use crate::request::{Request, Step};
use crate::value::{Cell, Span, ThreadId, Value};
use crate::words;
use crate::world::{Status, World};
use crate::{Error, Program, Thread};
use choice::waits_for_buffer;
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
