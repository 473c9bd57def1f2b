//! Candidate runs of a program: each thread taken alone, its reads answered
//! with any value at all that something might write there.

use super::program::{
    Code, Datum, Kind, Location, Program, Request, Stand, Thread, ThreadId, Unsupported, Value,
};
use super::{Position, one_line};
use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

/// An event's number.
pub(super) type EventId = usize;

/// What an event is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Act {
    /// A location's initial value.
    Init,
    Load,
    Store,
    Modify,
    Fence,
    /// Non-atomic.
    Read,
    Write,
    Lock,
    Unlock,
    /// The start of a thread, its first event.
    Begin,
    /// The end of a thread, its last.
    End,
    Spawn(ThreadId),
    Join(ThreadId),
}

/// One evaluation.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) thread: ThreadId,
    pub(super) act: Act,
    pub(super) location: Option<Location>,
    /// Of an atomic operation or a fence.
    pub(super) order: Option<Ordering>,
    pub(super) read: Option<Datum>,
    pub(super) written: Option<Datum>,
    pub(super) at: Position,
}

impl Event {
    pub(super) fn reads(&self) -> bool {
        self.read.is_some()
    }

    pub(super) fn writes(&self) -> bool {
        self.written.is_some()
    }

    /// A non-atomic access to data.
    pub(super) fn is_plain(&self) -> bool {
        matches!(self.act, Act::Read | Act::Write)
    }

    pub(super) fn is_fence(&self) -> bool {
        self.act == Act::Fence
    }

    /// Performs a release operation, or is a release fence.
    pub(super) fn releases(&self) -> bool {
        use Ordering::{AcqRel, Release, SeqCst};
        let order = matches!(self.order, Some(Release | AcqRel | SeqCst));
        (order && (self.writes() || self.is_fence())) || self.act == Act::Unlock
    }

    /// Performs an acquire operation, or is an acquire fence.
    pub(super) fn acquires(&self) -> bool {
        use Ordering::{AcqRel, Acquire, SeqCst};
        let order = matches!(self.order, Some(Acquire | AcqRel | SeqCst));
        (order && (self.reads() || self.is_fence())) || self.act == Act::Lock
    }

    pub(super) fn is_seq_cst(&self) -> bool {
        self.order == Some(Ordering::SeqCst)
    }

    /// Reads and writes in one.
    pub(super) fn is_rmw(&self) -> bool {
        self.reads() && self.writes()
    }
}

/// What each thread did, and what the program printed; who read from whom isn't
/// said yet.
#[derive(Clone)]
pub(super) struct Candidate {
    /// A thread's events in its order.
    pub(super) events: Vec<Event>,
    /// What is kept in each location.
    pub(super) kinds: Vec<Kind>,
    pub(super) output: String,
}

/// Every candidate in which each value read is a value written.
///
/// Which values can be read is found in rounds: at first the initial ones, then
/// all that was written in the round before. In an execution without a cycle of
/// sequenced-before and reads-from a value comes about in at most as many steps
/// as there are writes, so that many rounds find all.
pub(super) fn all(program: &Program) -> Result<Vec<Candidate>, Unsupported> {
    let mut values: Vec<BTreeSet<Datum>> = Vec::new();
    let mut rounds = 1;
    loop {
        let mut found = Vec::new();
        let mut growth = Growth::new(program, &values)?;
        growth.grow(&mut found)?;
        let before = values.clone();
        let mut most = 0;
        for candidate in &found {
            // A lock's values come from nothing that was read.
            let writes = candidate
                .events
                .iter()
                .filter(|e| matches!(e.act, Act::Store | Act::Modify | Act::Write));
            most = most.max(writes.count());
            for event in candidate.events.iter().filter(|e| e.writes()) {
                let location = event.location.expect("a write has one");
                values.resize_with(values.len().max(location + 1), BTreeSet::new);
                values[location].extend(event.written);
            }
        }
        if values == before || rounds > most {
            found.retain(Candidate::values_are_written);
            return Ok(found);
        }
        rounds += 1;
    }
}

impl Candidate {
    fn values_are_written(&self) -> bool {
        self.events
            .iter()
            .enumerate()
            .filter(|(_, e)| e.reads())
            .all(|(id, read)| {
                self.events.iter().enumerate().any(|(other, write)| {
                    other != id && write.location == read.location && write.written == read.read
                })
            })
    }
}

/// A candidate that grows. Which thread goes first makes no difference, since
/// an answer depends on no other thread: it is the first that can go on.
#[derive(Clone)]
struct Growth<'p, 'v> {
    program: &'p Program,
    values: &'v [BTreeSet<Datum>],
    threads: Vec<Thread<'p>>,
    events: Vec<Event>,
    kinds: Vec<Kind>,
}

impl<'p, 'v> Growth<'p, 'v> {
    fn new(program: &'p Program, values: &'v [BTreeSet<Datum>]) -> Result<Self, Unsupported> {
        let threads = vec![Thread::new(program, Code::Main)?];
        Ok(Growth {
            program,
            values,
            threads,
            events: Vec::new(),
            kinds: Vec::new(),
        })
    }

    /// The first thread that can go on.
    fn ready(&self) -> Option<ThreadId> {
        (0..self.threads.len()).find(|&thread| match &self.threads[thread].stand {
            Stand::At(Request::Join(other), _) => self.threads[*other].is_done(),
            Stand::At(..) => true,
            Stand::Done(_) => false,
        })
    }

    fn grow(&mut self, found: &mut Vec<Candidate>) -> Result<(), Unsupported> {
        while let Some(thread) = self.ready() {
            let Stand::At(request, at) = self.threads[thread].stand.clone() else {
                unreachable!()
            };
            let event = |act, location, order, read, written| Event {
                thread,
                act,
                location,
                order,
                read,
                written,
                at,
            };
            match request {
                Request::New(kind, init) => {
                    let location = self.kinds.len();
                    self.kinds.push(kind);
                    self.events
                        .push(event(Act::Init, Some(location), None, None, Some(init)));
                    self.threads[thread].answer(Value::Atomic(location))?;
                }
                Request::Store(location, value, order) => {
                    let store = event(Act::Store, Some(location), Some(order), None, Some(value));
                    self.go_on(store, Value::Unit)?;
                }
                Request::Write(location, value) => {
                    let write = event(Act::Write, Some(location), None, None, Some(value));
                    self.go_on(write, Value::Unit)?;
                }
                Request::Fence(order) => {
                    self.go_on(
                        event(Act::Fence, None, Some(order), None, None),
                        Value::Unit,
                    )?;
                }
                // It goes on only where it finds the lock free.
                Request::Lock(location) => {
                    let (free, held) = (Some(Datum::Bool(false)), Some(Datum::Bool(true)));
                    self.go_on(
                        event(Act::Lock, Some(location), None, free, held),
                        Value::Unit,
                    )?;
                }
                Request::Unlock(location) => {
                    let free = Some(Datum::Bool(false));
                    self.go_on(
                        event(Act::Unlock, Some(location), None, None, free),
                        Value::Unit,
                    )?;
                }
                Request::Spawn(code) => {
                    let new = self.threads.len();
                    self.go_on(
                        event(Act::Spawn(new), None, None, None, None),
                        Value::Thread(new),
                    )?;
                    let begin = event(Act::Begin, None, None, None, None);
                    self.events.push(Event {
                        thread: new,
                        ..begin
                    });
                    self.threads.push(Thread::new(self.program, code)?);
                    self.close(new);
                }
                Request::Join(other) => {
                    let Stand::Done(value) = self.threads[other].stand.clone() else {
                        unreachable!("only then is it ready")
                    };
                    self.go_on(event(Act::Join(other), None, None, None, None), value)?;
                }
                Request::Load(location, order) => {
                    return self.branch(location, found, |value| {
                        let read = Some(value);
                        vec![(
                            event(Act::Load, Some(location), Some(order), read, None),
                            value.value(),
                        )]
                    });
                }
                Request::Read(location) => {
                    return self.branch(location, found, |value| {
                        let read = Some(value);
                        vec![(
                            event(Act::Read, Some(location), None, read, None),
                            value.value(),
                        )]
                    });
                }
                Request::Modify(location, action, success, failure, weak) => {
                    let kind = self.kinds[location];
                    return self.branch(location, found, |old| {
                        let failed = (
                            event(Act::Load, Some(location), Some(failure), Some(old), None),
                            action.answer(old, false),
                        );
                        let Some(new) = action.apply(kind, old) else {
                            return vec![failed];
                        };
                        let (read, written) = (Some(old), Some(new));
                        let done = (
                            event(Act::Modify, Some(location), Some(success), read, written),
                            action.answer(old, true),
                        );
                        if weak { vec![done, failed] } else { vec![done] }
                    });
                }
            }
        }
        if self.threads.iter().all(Thread::is_done) {
            found.push(Candidate {
                events: self.events.clone(),
                kinds: self.kinds.clone(),
                output: one_line(&self.threads[0].output),
            });
        }
        Ok(())
    }

    fn go_on(&mut self, event: Event, answer: Value) -> Result<(), Unsupported> {
        let thread = event.thread;
        self.events.push(event);
        self.threads[thread].answer(answer)?;
        self.close(thread);
        Ok(())
    }

    /// Notes a thread's end.
    fn close(&mut self, thread: ThreadId) {
        if self.threads[thread].is_done() {
            let (location, order, read, written) = (None, None, None, None);
            let (act, at) = (Act::End, (0, 0));
            self.events.push(Event {
                thread,
                act,
                location,
                order,
                read,
                written,
                at,
            });
        }
    }

    /// Goes on with each value that may be in the location.
    fn branch(
        &self,
        location: Location,
        found: &mut Vec<Candidate>,
        events: impl Fn(Datum) -> Vec<(Event, Value)>,
    ) -> Result<(), Unsupported> {
        let initial = self.events.iter().find(|e| e.location == Some(location));
        let mut values: BTreeSet<Datum> = initial.and_then(|e| e.written).into_iter().collect();
        values.extend(self.values.get(location).into_iter().flatten());
        for value in values {
            for (event, answer) in events(value) {
                let mut next = self.clone();
                next.go_on(event, answer)?;
                next.grow(found)?;
            }
        }
        Ok(())
    }
}
