//! Operations that are requests: what a thread asks, and how the answer is handed to it.

use crate::code::{BinOp, Op, SyncOp, whole};
use crate::request::{Naming, Request};
use crate::value::{Cell, Object, Pointer, Value};

/// Whether the operands are what the step needs. They are in any program that
/// rustc accepts; of others we don't know that what was moved isn't used.
pub(super) fn fits(op: &Op, stack: &[Value]) -> bool {
    let at = |below: usize| stack.len().checked_sub(1 + below).map(|at| &stack[at]);
    let pointer = |below| matches!(at(below), Some(Value::Pointer(_)));
    let int = |below| matches!(at(below), Some(Value::Int(_)));
    let bool = |below| matches!(at(below), Some(Value::Bool(_)));
    let whole = |below| at(below).is_some_and(Value::is_whole);
    match op {
        Op::Field { .. } | Op::Enter(_) | Op::Load(_) | Op::Move(_) | Op::Free => pointer(0),
        Op::Index { .. } | Op::IndexVec => int(0) && pointer(1),
        Op::Store(_) => pointer(1),
        Op::Vec(op) => pointer(op.operands()) && (0..op.operands()).all(whole),
        Op::Bin(BinOp::And | BinOp::Or | BinOp::Xor, _, None) => bool(0) && bool(1),
        Op::Bin(_, _, Some(_)) => int(0) && int(1),
        Op::Bin(..) => whole(0) && whole(1),
        Op::JumpIf(_) | Op::JumpIfNot(_) | Op::Not(None) => bool(0),
        Op::Not(Some(_)) | Op::Neg(..) | Op::Int(..) => int(0),
        Op::Cast(_) => int(0) || bool(0),
        Op::Tag => matches!(at(0), Some(Value::Variant(..))),
        Op::Part(index) => at(0).is_some_and(|value| value.part(&[*index as u16]).is_some()),
        Op::IntoInner => at(0).is_some_and(|value| value.part(&[1]).is_some()),
        Op::Show(_, n) => (0..*n as usize).all(whole),
        Op::Print | Op::Panic => matches!(at(0), Some(Value::Str(_))),
        Op::Sync(SyncOp::Join | SyncOp::Unpark) => matches!(at(0), Some(Value::Thread(_))),
        Op::Sync(SyncOp::Channel { bounded, .. }) => !bounded || int(0),
        Op::Sync(SyncOp::Wait) => pointer(0) && pointer(1),
        Op::Sync(SyncOp::Rmw(_, _, Some(_))) => int(0) && pointer(1),
        Op::Sync(SyncOp::Rmw(_, op, None)) => (bool(0) || *op == crate::RmwOp::Swap) && pointer(1),
        Op::Sync(SyncOp::CompareExchange { .. }) => whole(0) && whole(1) && pointer(2),
        Op::Sync(op) => match op.operands() {
            0 => true,
            n => pointer(n - 1),
        },
        _ => true,
    }
}

/// The answer as the standard library's method gives it.
pub(super) fn as_std(request: &Request, answer: Value) -> Value {
    let guard = |lock: Cell| Value::Pointer(Pointer::to_cell(lock));
    let poisoned = |lock| Value::many(vec![guard(lock)]);
    match (request, answer) {
        (
            Request::Lock(lock) | Request::RwLock(lock, _) | Request::Wait { mutex: lock, .. },
            answer,
        ) => match answer.bool() {
            false => Value::ok(guard(*lock)),
            true => Value::err(poisoned(*lock)),
        },
        (Request::TryLock(lock) | Request::TryRwLock(lock, _), answer) => match answer.int() {
            0 => Value::ok(guard(*lock)),
            1 => Value::err(Value::variant(0, vec![poisoned(*lock)])),
            _ => Value::err(Value::variant(1, Vec::new())),
        },
        (Request::Send(..), Value::Variant(1, value)) => Value::err(Value::Many(value)),
        (Request::Receive(_), Value::Variant(1, _)) => Value::err(Value::many(Vec::new())),
        (_, answer) => answer,
    }
}

/// The request that a step stands for.
pub(super) fn ask(
    op: SyncOp,
    operands: Vec<Value>,
    poison: bool,
    fresh: &mut impl FnMut() -> Object,
) -> Option<Request> {
    let mut operands = operands.into_iter();
    let mut next = || operands.next().expect("emit.rs pushes them");
    if let SyncOp::Fence(_) | SyncOp::Park | SyncOp::Yield = op {
        return Some(match op {
            SyncOp::Fence(order) => Request::Fence(order),
            SyncOp::Park => Request::Park,
            _ => Request::Yield,
        });
    }
    if let SyncOp::Channel { naming, bounded } = op {
        let bound = bounded.then(|| next().int() as usize);
        return Some(Request::Channel(fresh(), Naming(naming), bound));
    }
    let first = next();
    if let (SyncOp::Join | SyncOp::Unpark, Value::Thread(thread)) = (op, &first) {
        return Some(match op {
            SyncOp::Join => Request::Join(*thread),
            _ => Request::Unpark(*thread),
        });
    }
    let cell = whole(&first);
    if cell.object == Object::NULL || first.pointer().is_inside() {
        return None;
    }
    let object = cell.object;
    Some(match op {
        SyncOp::Load(order) => Request::Load(cell, order),
        SyncOp::Store(order) => Request::Store(cell, order, next()),
        SyncOp::Rmw(order, rmw, int) => Request::Rmw(cell, order, rmw, int, next()),
        SyncOp::CompareExchange {
            success,
            failure,
            weak,
        } => Request::CompareExchange {
            cell,
            success,
            failure,
            expected: next(),
            new: next(),
            weak,
        },
        SyncOp::Lock => Request::Lock(cell),
        SyncOp::TryLock => Request::TryLock(cell),
        SyncOp::Unlock => Request::Unlock { lock: cell, poison },
        SyncOp::RwLock(write) => Request::RwLock(cell, write),
        SyncOp::TryRwLock(write) => Request::TryRwLock(cell, write),
        SyncOp::RwUnlock(write) => Request::RwUnlock {
            lock: cell,
            write,
            poison: poison && write,
        },
        SyncOp::Wait => Request::Wait {
            condvar: cell,
            mutex: whole(&next()),
        },
        SyncOp::Notify(all) => Request::Notify { condvar: cell, all },
        SyncOp::Barrier => Request::Barrier(cell),
        SyncOp::Send => Request::Send(object, next()),
        SyncOp::Receive => Request::Receive(object),
        SyncOp::TryReceive => Request::TryReceive(object),
        SyncOp::SenderCloned => Request::SenderCloned(object),
        SyncOp::SenderDropped => Request::SenderDropped(object),
        SyncOp::ReceiverDropped => Request::ReceiverDropped(object),
        SyncOp::Retain => Request::Retain(object),
        SyncOp::Release => Request::Release(object),
        SyncOp::ReleaseIfLast => Request::ReleaseIfLast(object),
        SyncOp::Once => Request::Once(cell),
        SyncOp::OnceDone => Request::OnceDone { once: cell, poison },
        SyncOp::OnceIsDone => Request::OnceIsDone(cell),
        _ => unreachable!("handled above"),
    })
}
