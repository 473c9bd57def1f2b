//! Steps, and what threads wait for, in words.

use crate::Program;
use crate::request::{Ordering, Request, RmwOp, Step};
use crate::value::{Cell, Object, ThreadId, Value};
use crate::world::{Status, World};

/// What a step does; the answer's place is kept open.
pub(crate) struct Words {
    what: String,
    short: String,
    answer: Shown,
}

enum Shown {
    No,
    /// After a colon, and between parentheses.
    Value,
    /// The same, as what was there before.
    Was,
    /// Whether it was done.
    Done,
}

impl Words {
    pub(crate) fn with(self, answer: Option<&Value>) -> (String, String) {
        let Some(answer) = answer else {
            return (self.what, self.short);
        };
        match self.answer {
            Shown::No => (self.what, self.short),
            Shown::Value | Shown::Was => {
                let value = value(answer);
                let before = match self.answer {
                    Shown::Was => ", was",
                    _ => "",
                };
                (
                    format!("{}{before}: {value}", self.what),
                    format!("{}({value})", self.short),
                )
            }
            Shown::Done => {
                let done = match answer {
                    Value::Variant(0, _) => "yes",
                    Value::Variant(..) | Value::Int(2) => "no",
                    _ => "yes",
                };
                let mark = if done == "no" { "!" } else { "" };
                (
                    format!("{}: {done}", self.what),
                    format!("{}{mark}", self.short),
                )
            }
        }
    }
}

/// A value as a reader would write it.
pub(crate) fn value(value: &Value) -> String {
    let list = |parts: &[Value]| parts.iter().map(self::value).collect::<Vec<_>>().join(", ");
    match value {
        Value::Gone => "-".into(),
        Value::Unit => "()".into(),
        Value::Bool(b) => b.to_string(),
        Value::Int(n) => n.to_string(),
        Value::Str(s) => format!("{s:?}"),
        Value::Many(parts) => format!("({})", list(parts)),
        Value::Variant(tag, parts) if parts.is_empty() => format!("#{tag}"),
        Value::Variant(_, parts) => list(parts),
        Value::Pointer(pointer) if pointer.cell.object == Object::NULL => "null".into(),
        Value::Pointer(_) => "pointer".into(),
        Value::Thread(thread) => thread.to_string(),
        Value::Function(_) => "fn".into(),
    }
}

pub(crate) fn cell(program: &Program, world: &World, cell: Cell) -> String {
    match world.rest.names.get(cell.object) {
        Some(naming) => program.cell_name(*naming, cell.offset).to_owned(),
        None => "?".into(),
    }
}

fn object(program: &Program, world: &World, object: Object) -> String {
    cell(program, world, Cell { object, offset: 0 })
}

fn order(order: Ordering) -> String {
    format!("{order:?}")
}

/// What a step does, unless it isn't worth a line.
pub(crate) fn step(
    program: &Program,
    world: &World,
    step: &Step,
    arrives: Option<ThreadId>,
) -> Option<Words> {
    let name = |at: Cell| cell(program, world, at);
    let words = |what: String, short: &str| {
        Some(Words {
            what,
            short: short.into(),
            answer: Shown::No,
        })
    };
    let valued = |what: String, short: &str| {
        Some(Words {
            what,
            short: short.into(),
            answer: Shown::Value,
        })
    };
    let tried = |what: String, short: &str| {
        Some(Words {
            what,
            short: short.into(),
            answer: Shown::Done,
        })
    };
    if let Some(thread) = arrives {
        let (at, new) = world.rest.buffers[usize::from(thread.0)].first()?;
        let new = value(new);
        let what = format!("its store of {new} to {} reaches memory", name(*at));
        return words(what, &format!("arrive({new})"));
    }
    let racy = |at: Cell| {
        let naming = world.rest.names.get(at.object);
        naming.is_some_and(|naming| program.may_race(*naming, at.offset))
    };
    match &step.request {
        Request::Load(at, how) => valued(format!("loads {} ({})", name(*at), order(*how)), "r"),
        Request::Store(at, how, new) => {
            let new = value(new);
            words(
                format!("stores {new} to {} ({})", name(*at), order(*how)),
                &format!("w({new})"),
            )
        }
        Request::Rmw(at, how, op, _, operand) => {
            let operand = value(operand);
            let verb = match op {
                RmwOp::Swap => "swaps in",
                RmwOp::Add => "adds",
                RmwOp::Sub => "subtracts",
                RmwOp::And => "ands",
                RmwOp::Or => "ors",
                RmwOp::Xor => "xors",
                RmwOp::Nand => "nands",
                RmwOp::Max => "takes the greater of itself and",
                RmwOp::Min => "takes the lesser of itself and",
            };
            Some(Words {
                what: format!("{verb} {operand} at {} ({})", name(*at), order(*how)),
                short: "rmw".into(),
                answer: Shown::Was,
            })
        }
        Request::CompareExchange {
            cell: at,
            expected,
            new,
            ..
        } => {
            let (old, new) = (value(expected), value(new));
            tried(
                format!("exchanges {old} for {new} at {}", name(*at)),
                &format!("cas({new})"),
            )
        }
        Request::Fence(how) => words(format!("fence ({})", order(*how)), "fence"),
        Request::Read(at) if racy(*at) => valued(format!("reads {}", name(*at)), "R"),
        Request::Write(at, new) if racy(*at) => {
            let new = value(new);
            words(
                format!("writes {new} to {}", name(*at)),
                &format!("W({new})"),
            )
        }
        Request::Lock(at) => words(format!("locks {}", name(*at)), "lock"),
        Request::TryLock(at) => tried(format!("tries to lock {}", name(*at)), "try"),
        Request::Unlock { lock, .. } => words(format!("unlocks {}", name(*lock)), "unlock"),
        Request::RwLock(at, false) => words(format!("locks {} for reading", name(*at)), "read"),
        Request::RwLock(at, true) => words(format!("locks {} for writing", name(*at)), "write"),
        Request::TryRwLock(at, _) => tried(format!("tries to lock {}", name(*at)), "try"),
        Request::RwUnlock { lock, .. } => words(format!("unlocks {}", name(*lock)), "unlock"),
        Request::Wait { condvar, mutex } => words(
            format!("waits on {} with {}", name(*condvar), name(*mutex)),
            "wait",
        ),
        Request::Notify { condvar, all } => {
            let whom = if *all { "all" } else { "one" };
            words(format!("notifies {whom} on {}", name(*condvar)), "notify")
        }
        Request::Barrier(at) => words(format!("reaches {}", name(*at)), "barrier"),
        Request::Send(at, sent) => {
            let sent = value(sent);
            let to = object(program, world, *at);
            words(format!("sends {sent} to {to}"), &format!("send({sent})"))
        }
        Request::Receive(at) => valued(
            format!("receives from {}", object(program, world, *at)),
            "recv",
        ),
        Request::TryReceive(at) => valued(
            format!("tries to receive from {}", object(program, world, *at)),
            "recv",
        ),
        Request::Spawn(_) => valued("spawns".into(), "spawn"),
        Request::Join(thread) => words(format!("joins {thread}"), "join"),
        Request::Park => words("parks".into(), "park"),
        Request::Unpark(thread) => words(format!("unparks {thread}"), "unpark"),
        Request::Once(at) => words(format!("comes to {}", name(*at)), "once"),
        Request::OnceDone { once, .. } => words(format!("has done {}", name(*once)), "done"),
        Request::OnceIsDone(at) => valued(format!("is {} done", name(*at)), "done"),
        Request::Print(text) => {
            let text = text.trim_end();
            words(format!("prints {text}"), "print")
        }
        Request::Finish(Err(message)) => words(format!("panicked: {message}"), "panic"),
        Request::Finish(Ok(_)) => words("ends".into(), "end"),
        Request::Abort(message) => words(format!("aborts: {message}"), "abort"),
        _ => None,
    }
}

/// What a blocked thread waits for.
pub(crate) fn waits_for(program: &Program, world: &World, thread: ThreadId, step: &Step) -> String {
    let name = |at: Cell| cell(program, world, at);
    match &step.request {
        Request::Lock(at) | Request::RwLock(at, _) | Request::Barrier(at) | Request::Once(at) => {
            name(*at)
        }
        Request::Wait { condvar, mutex } => match world.rest.status[usize::from(thread.0)] {
            Status::Relocking => name(*mutex),
            _ => name(*condvar),
        },
        Request::Send(at, _) | Request::Receive(at) => object(program, world, *at),
        Request::Join(other) => other.to_string(),
        Request::Park => "unpark".into(),
        _ => "a step of another thread".into(),
    }
}
