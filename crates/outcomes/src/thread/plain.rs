//! Operations on a thread's own stack and numbers.

use super::memory::{memory, out_of_bounds};
use super::{Frame, Local};
use crate::code::{BinOp, Edge, IntFn, Op, Program, text};
use crate::types::IntType;
use crate::value::{Object, Pointer, Value};

/// A step that needs nothing but the frame, or memory behind a pointer.
pub(super) fn plain(op: &Op, frame: &mut Frame, seen: &mut Vec<Value>, program: &Program) -> Local {
    match op {
        Op::Const(value) => frame.stack.push(value.clone()),
        Op::Get(slot) => {
            let value = frame.slots[*slot as usize].clone();
            frame.stack.push(value);
        }
        Op::Take(slot) => {
            let value = std::mem::replace(&mut frame.slots[*slot as usize], Value::Gone);
            frame.stack.push(value);
        }
        Op::Set(slot) => {
            let value = frame.pop();
            frame.slots[*slot as usize] = value;
        }
        Op::SlotPtr(slot) => {
            frame
                .stack
                .push(Value::Pointer(Pointer::to(Object::slot(*slot))));
        }
        Op::Fixed(index) => {
            frame
                .stack
                .push(Value::Pointer(Pointer::to(Object::fixed(*index))));
        }
        Op::Pop => _ = frame.pop(),
        Op::Dup => {
            let top = frame.stack.last().expect("emit.rs pushes it").clone();
            frame.stack.push(top);
        }
        Op::Pull(n) => {
            let at = frame.stack.len() - 1 - *n as usize;
            let value = frame.stack.remove(at);
            frame.stack.push(value);
        }
        Op::Field { index, offset } => {
            let pointer = frame.pop().pointer();
            let Some(pointer) = pointer.field(*index, *offset) else {
                return too_deep();
            };
            frame.stack.push(Value::Pointer(pointer));
        }
        Op::Enter(index) => {
            let pointer = frame.pop().pointer();
            let Some(pointer) = pointer.enter(*index) else {
                return too_deep();
            };
            frame.stack.push(Value::Pointer(pointer));
        }
        Op::Index { len, stride } => {
            let index = frame.pop().int();
            let pointer = frame.pop().pointer();
            if index >= i128::from(*len) {
                return out_of_bounds(*len as usize, index);
            }
            let index = index as u32;
            let Some(pointer) = pointer.field(index, index * stride) else {
                return too_deep();
            };
            frame.stack.push(Value::Pointer(pointer));
        }
        Op::Part(index) => {
            let value = frame.pop();
            let part = value
                .part(&[*index as u16])
                .expect("emit.rs knows the parts")
                .clone();
            frame.stack.push(part);
        }
        Op::IntoInner => {
            let value = frame.pop();
            let (poisoned, inner) = (value.part(&[0]), value.part(&[1]));
            let inner = inner.expect("a lock has two parts").clone();
            frame.stack.push(match poisoned.is_some_and(Value::bool) {
                false => Value::ok(inner),
                true => Value::err(Value::many(vec![inner])),
            });
        }
        Op::Many(n) => {
            let parts = frame.pop_many(*n as usize);
            frame.stack.push(Value::many(parts));
        }
        Op::Variant(tag, n) => {
            let parts = frame.pop_many(*n as usize);
            frame.stack.push(Value::variant(*tag, parts));
        }
        Op::Repeat(n) => {
            let value = frame.pop();
            frame.stack.push(Value::many(vec![value; *n as usize]));
        }
        Op::Tag => {
            let Value::Variant(tag, _) = frame.pop() else {
                unreachable!("the front end knows the type")
            };
            frame.stack.push(Value::Int(i128::from(tag)));
        }
        Op::Jump(to) => frame.pc = *to,
        Op::JumpIfNot(to) => {
            if !frame.pop().bool() {
                frame.pc = *to;
            }
        }
        Op::JumpIf(to) => {
            if frame.pop().bool() {
                frame.pc = *to;
            }
        }
        Op::Show(format, n) => {
            let values = frame.pop_many(*n as usize);
            frame
                .stack
                .push(Value::Str(text(program, *format, &values)));
        }
        Op::Not(_) | Op::Neg(..) | Op::Cast(_) | Op::Int(..) | Op::Bin(..) => {
            return number(op, frame);
        }
        Op::Load(_) | Op::Store(_) | Op::Move(_) | Op::IndexVec | Op::Vec(_) => {
            return memory(op, frame, seen, program);
        }
        _ => unreachable!("Thread::local does it"),
    }
    Local::On
}

pub(super) fn too_deep() -> Local {
    Local::Stuck("this reaches too deep into one value; take it apart with fewer levels".into())
}

pub(super) fn number(op: &Op, frame: &mut Frame) -> Local {
    let value = match op {
        Op::Not(int) => match (int, frame.pop()) {
            (Some(int), value) => Value::Int(int.wrap(!value.int())),
            (None, value) => Value::Bool(!value.bool()),
        },
        Op::Neg(int, edge) => {
            let exact = frame.pop().int().checked_neg();
            match int.settle(exact, *edge, "negate", || 0) {
                Ok(value) => value,
                Err(message) => return Local::Panic(message.into()),
            }
        }
        Op::Cast(int) => Value::Int(int.wrap(frame.pop().int())),
        Op::Int(function, int) => {
            let n = int.bits_of(frame.pop().int());
            match function {
                IntFn::LeadingZeros => {
                    Value::Int(i128::from(n.leading_zeros()) - (128 - i128::from(int.bits)))
                }
                IntFn::TrailingZeros => {
                    Value::Int(i128::from(n.trailing_zeros().min(int.bits.into())))
                }
                IntFn::CountOnes => Value::Int(n.count_ones().into()),
                IntFn::IsPowerOfTwo => Value::Bool(n.is_power_of_two()),
                IntFn::Abs => {
                    let exact = int.wrap(n as i128).checked_abs();
                    match int.settle(exact, Edge::Panic, "negate", || 0) {
                        Ok(value) => value,
                        Err(message) => return Local::Panic(message.into()),
                    }
                }
            }
        }
        Op::Bin(op, edge, int) => {
            let b = frame.pop();
            let a = frame.pop();
            match binary(*op, *edge, *int, &a, &b) {
                Ok(value) => value,
                Err(message) => return Local::Panic(message.into()),
            }
        }
        _ => unreachable!("plain sends only these"),
    };
    frame.stack.push(value);
    Local::On
}

pub(super) fn binary(
    op: BinOp,
    edge: Edge,
    int: Option<IntType>,
    a: &Value,
    b: &Value,
) -> Result<Value, String> {
    let order = || match int {
        Some(int) => int.compare(a.int(), b.int()),
        None => a.cmp(b),
    };
    let compared = match op {
        BinOp::Eq => Some(a == b),
        BinOp::Ne => Some(a != b),
        BinOp::Lt => Some(order().is_lt()),
        BinOp::Le => Some(order().is_le()),
        BinOp::Gt => Some(order().is_gt()),
        BinOp::Ge => Some(order().is_ge()),
        _ => None,
    };
    if let Some(truth) = compared {
        return Ok(Value::Bool(truth));
    }
    match (int, op) {
        (None, BinOp::And) => Ok(Value::Bool(a.bool() & b.bool())),
        (None, BinOp::Or) => Ok(Value::Bool(a.bool() | b.bool())),
        (None, BinOp::Xor) => Ok(Value::Bool(a.bool() ^ b.bool())),
        (Some(int), _) => int.arithmetic(op, edge, a.int(), b.int()),
        (None, other) => unreachable!("the front end lets no {other:?} through here"),
    }
}
