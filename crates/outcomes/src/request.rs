//! What a thread asks of the world: every step of it that another thread could notice.
//!
//! A thread is a deterministic evaluator ([`Thread`](crate::Thread)). It runs
//! alone until it needs the world, and then stands at a [`Request`]:
//!
//! ```text
//! loop {
//!     let step: Step = thread.next(&program)?;   // runs on to the next request; asks nothing
//!     let answer: Value = ...the model decides, when and what...
//!     thread.answer(answer);                     // now it may go on
//! }
//! ```
//!
//! `next` may be called again and again: until it is answered, a thread stands
//! at the same request. `Thread` is `Clone + Eq + Hash`, is small, and knows
//! nothing of other threads: it depends on its start and the answers alone. A
//! model may keep copies, compare them, or replay a thread from its start with
//! the same answers. A model that keeps memory does what each request's
//! documentation says; one that grows execution graphs answers a load with the
//! value of the store it reads from.
//!
//! Objects get their names from the thread that makes them
//! ([`Object`](crate::Object)), threads theirs from the model, which answers
//! [`Request::Spawn`] with the new thread's number.
//!
//! Requests that no other thread can tell apart in time (see
//! [`Request::is_local`]) may be answered at once, without giving others a turn.

use crate::value::{Cell, Object, Pointer, ThreadId, Value};
use std::sync::Arc;

pub use std::sync::atomic::Ordering;

/// What a read-modify-write makes of the old value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RmwOp {
    /// `swap`.
    Swap,
    /// `fetch_add`, wrapping.
    Add,
    /// `fetch_sub`, wrapping.
    Sub,
    /// `fetch_and`.
    And,
    /// `fetch_or`.
    Or,
    /// `fetch_xor`.
    Xor,
    /// `fetch_nand`.
    Nand,
    /// `fetch_max`.
    Max,
    /// `fetch_min`.
    Min,
}

impl RmwOp {
    /// The value after it; `int` is the atomic's type, if it is an integer.
    pub fn apply(self, int: Option<crate::IntType>, old: &Value, operand: &Value) -> Value {
        if self == RmwOp::Swap {
            return operand.clone();
        }
        let Some(int) = int else {
            let (a, b) = (old.bool(), operand.bool());
            return Value::Bool(match self {
                RmwOp::And => a & b,
                RmwOp::Or => a | b,
                RmwOp::Nand => !(a & b),
                _ => a ^ b,
            });
        };
        let (a, b) = (old.int(), operand.int());
        Value::Int(match self {
            RmwOp::Add => int.wrap(a.wrapping_add(b)),
            RmwOp::Sub => int.wrap(a.wrapping_sub(b)),
            RmwOp::And => a & b,
            RmwOp::Or => a | b,
            RmwOp::Xor => a ^ b,
            RmwOp::Nand => int.wrap(!(a & b)),
            RmwOp::Max => int.max(a, b),
            RmwOp::Min => int.min(a, b),
            RmwOp::Swap => b,
        })
    }
}

/// What a new thread starts with.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Entry {
    pub(crate) function: u32,
    pub(crate) env: Vec<Value>,
    pub(crate) scoped: bool,
}

/// Which objects are made: their names in the source.
/// An index into [`Program::names`](crate::Program::cell_name).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct Naming(pub u32);

/// One thing asked of the world. "→" says what the answer is; where it says
/// nothing the answer is [`Value::Unit`].
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Request {
    /// An atomic load → the value.
    Load(Cell, Ordering),
    /// An atomic store.
    Store(Cell, Ordering, Value),
    /// An atomic read-modify-write that always writes → the old value.
    /// New value: [`RmwOp::apply`].
    Rmw(Cell, Ordering, RmwOp, Option<crate::IntType>, Value),
    /// → `Value::ok(old)` if it wrote, `Value::err(old)` if not. A weak one may
    /// also fail where `old` is what was expected.
    CompareExchange {
        /// The atomic.
        cell: Cell,
        /// The ordering of the read and write on success.
        success: Ordering,
        /// The ordering of the read on failure.
        failure: Ordering,
        /// The value it must have.
        expected: Value,
        /// The value it gets.
        new: Value,
        /// Whether it may fail for no reason.
        weak: bool,
    },
    /// A fence.
    Fence(Ordering),
    /// A non-atomic read → the value. It can race only in objects that
    /// [`Program::may_race`](crate::Program::may_race) names.
    Read(Cell),
    /// A non-atomic write.
    Write(Cell, Value),

    /// A new object with these values in its cells. Its initialisation is part
    /// of its making; pointers to it reach other threads only through
    /// something that the thread does later.
    Alloc(Object, Naming, Vec<Value>),
    /// An object is at its end. Its name may be used again.
    Free(Object),
    /// One more `Arc` to the object. A new one counts 1.
    Retain(Object),
    /// One `Arc` fewer → `Bool`: whether it was the last (then this also
    /// acquires what the other owners released).
    Release(Object),
    /// → `Bool`: whether this is the only `Arc`; if so its count is now 0.
    ReleaseIfLast(Object),

    /// Waits for the mutex → `Bool`: whether it is poisoned (the cell's value;
    /// false at first).
    Lock(Cell),
    /// → `Int`: 0 locked, 1 locked and poisoned, 2 somebody holds it.
    TryLock(Cell),
    /// Gives the mutex back; `poison`: its cell's value becomes `Bool(true)`.
    Unlock {
        /// The mutex.
        lock: Cell,
        /// Whether its holder panicked.
        poison: bool,
    },
    /// Waits for a read-write lock: `write` for the only writer, else among the
    /// readers → `Bool`: poisoned.
    RwLock(Cell, bool),
    /// → as [`Request::TryLock`].
    TryRwLock(Cell, bool),
    /// Gives a read-write lock back.
    RwUnlock {
        /// The lock.
        lock: Cell,
        /// Whether it was held for writing.
        write: bool,
        /// Whether its holder panicked (only a writer's panic poisons).
        poison: bool,
    },
    /// Gives `mutex` back and waits for `condvar` in one step; when woken,
    /// waits for `mutex` → `Bool`: whether that is poisoned. A wake-up may come
    /// without a notification.
    Wait {
        /// The condition variable.
        condvar: Cell,
        /// Its mutex, which the thread holds.
        mutex: Cell,
    },
    /// Wakes one waiting thread, any, or none if none waits; `all`: all.
    Notify {
        /// The condition variable.
        condvar: Cell,
        /// Whether all of them.
        all: bool,
    },
    /// Waits until as many threads as the barrier's cell says (its size, an
    /// `Int`) wait here → `Bool`: whether this one is the leader (one of them
    /// is, any).
    Barrier(Cell),

    /// A new channel with the first sender and the receiver; `bound`: how many
    /// messages it holds (0: a rendezvous), `None` for any number.
    Channel(Object, Naming, Option<usize>),
    /// Waits until there is room, unless the receiver is gone →
    /// `ok(Unit)` or `err(value)`. Of a rendezvous: until it was taken.
    Send(Object, Value),
    /// Waits for a message → `ok(value)`; `err(Unit)` once the channel is empty
    /// and has no senders.
    Receive(Object),
    /// → `ok(value)`, `err(variant 0)` if empty, `err(variant 1)` if empty and
    /// without senders.
    TryReceive(Object),
    /// One more sender.
    SenderCloned(Object),
    /// One sender fewer.
    SenderDropped(Object),
    /// The receiver is gone, and the messages that were in the channel → a
    /// `Many` of those, to be dropped.
    ReceiverDropped(Object),

    /// A new thread → [`Value::Thread`].
    Spawn(Entry),
    /// Waits for a thread's end → its result as [`joined`] makes it.
    Join(ThreadId),
    /// Waits for this thread's token, and takes it. (Rust allows a park to end
    /// without it too.)
    Park,
    /// Puts a thread's token there, if it isn't yet.
    Unpark(ThreadId),
    /// Runs an initialiser once: waits while another thread runs it → `Bool`:
    /// whether this thread has to run it. Then [`Request::OnceDone`] follows.
    Once(Cell),
    /// The initialiser has run; those who wait go on and synchronise with it.
    OnceDone {
        /// The cell of [`Request::Once`]; its value is `Bool`: done.
        once: Cell,
        /// Whether the initialiser panicked, so that it isn't done.
        poison: bool,
    },
    /// Whether it is done, without waiting → `Bool`; acquires if so.
    OnceIsDone(Cell),

    /// Standard output.
    Print(Arc<str>),
    /// `spin_loop`, `yield_now` or `sleep`: means nothing to a memory model.
    Yield,
    /// The thread ends: with its value, or with its panic's message. If it is
    /// main the process ends too, whatever the others do.
    Finish(Result<Value, Arc<str>>),
    /// The process ends at once: a panic while panicking.
    Abort(Arc<str>),
}

/// What `join` gives for a thread that ended so.
pub fn joined(result: &Result<Value, Arc<str>>) -> Value {
    match result {
        Ok(value) => Value::ok(value.clone()),
        Err(message) => Value::err(Value::Str(message.clone())),
    }
}

/// A request, and where in the source it is made.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Step {
    /// What is asked.
    pub request: Request,
    /// Where.
    pub span: crate::Span,
}

impl Request {
    /// Whether doing it now or later makes no difference to any other thread,
    /// so that a model may do it at once. A non-atomic read or write is local:
    /// where it isn't ordered with another thread's, that is a race, and the
    /// race is the outcome.
    pub fn is_local(&self) -> bool {
        matches!(
            self,
            Request::Read(_)
                | Request::Write(..)
                | Request::Alloc(..)
                | Request::Free(_)
                | Request::Retain(_)
                | Request::Channel(..)
                | Request::Yield
        )
    }

    /// The atomic, lock or other cell that it is about.
    pub fn cell(&self) -> Option<Cell> {
        match self {
            Request::Load(cell, ..)
            | Request::Store(cell, ..)
            | Request::Rmw(cell, ..)
            | Request::CompareExchange { cell, .. }
            | Request::Read(cell)
            | Request::Write(cell, _)
            | Request::Lock(cell)
            | Request::TryLock(cell)
            | Request::Unlock { lock: cell, .. }
            | Request::RwLock(cell, _)
            | Request::TryRwLock(cell, _)
            | Request::RwUnlock { lock: cell, .. }
            | Request::Wait { condvar: cell, .. }
            | Request::Notify { condvar: cell, .. }
            | Request::Barrier(cell)
            | Request::Once(cell)
            | Request::OnceDone { once: cell, .. }
            | Request::OnceIsDone(cell) => Some(*cell),
            Request::Retain(object)
            | Request::Release(object)
            | Request::ReleaseIfLast(object)
            | Request::Channel(object, ..)
            | Request::Send(object, _)
            | Request::Receive(object)
            | Request::TryReceive(object)
            | Request::SenderCloned(object)
            | Request::SenderDropped(object)
            | Request::ReceiverDropped(object) => Some(Pointer::to(*object).cell),
            _ => None,
        }
    }
}
