//! Operations on a thread's own memory: places, boxes, vectors.

use super::plain::too_deep;
use super::{Frame, Local};
use crate::code::{Op, Program, VecOp};
use crate::request::Request;
use crate::value::{Object, Pointer, Value};
use std::sync::Arc;

pub(super) fn out_of_bounds(len: usize, index: i128) -> Local {
    let message = format!("index out of bounds: the len is {len} but the index is {index}");
    Local::Panic(message.into())
}

/// A step behind a pointer: several cells are asked for one by one, and what
/// was seen so far is kept in `seen`.
pub(super) fn memory(
    op: &Op,
    frame: &mut Frame,
    seen: &mut Vec<Value>,
    program: &Program,
) -> Local {
    let below = match op {
        Op::Store(_) | Op::IndexVec => 1,
        Op::Vec(op) => op.operands(),
        _ => 0,
    };
    let at = frame.stack.len() - 1 - below;
    let pointer = frame.stack[at].pointer();
    if pointer.cell.object == Object::NULL {
        return Local::Stuck("this pointer is null".into());
    }
    let again = |frame: &mut Frame, request| {
        frame.pc -= 1;
        Local::Ask(request)
    };
    let cells = match op {
        Op::Load(layout) | Op::Store(layout) | Op::Move(layout) if !pointer.is_inside() => {
            program.layouts[*layout as usize].cells() as usize
        }
        _ => 1,
    };
    let nth = |n: usize| {
        let mut cell = pointer.cell;
        cell.offset += n as u32;
        cell
    };
    let slot = pointer.cell.object.as_slot();

    // The new value of whole cells needs no look at the old one.
    if let (Op::Store(layout), None, false) = (op, slot, pointer.is_inside()) {
        if seen.len() < cells {
            let mut values = Vec::new();
            program.layouts[*layout as usize].flatten(frame.stack[at + 1].clone(), &mut values);
            let value = values.swap_remove(seen.len());
            return again(frame, Request::Write(nth(seen.len()), value));
        }
        seen.clear();
        frame.stack.truncate(at);
        return Local::On;
    }

    // What is there now.
    if slot.is_none() && seen.len() < cells {
        return again(frame, Request::Read(nth(seen.len())));
    }
    if let (Op::Load(layout) | Op::Move(layout), None, false) = (op, slot, pointer.is_inside()) {
        let written = seen.len() - cells;
        if matches!(op, Op::Move(_)) && written < cells {
            return again(frame, Request::Write(nth(written), Value::Gone));
        }
        let mut values = seen.drain(..);
        let value = program.layouts[*layout as usize].build(&mut values);
        drop(values);
        seen.clear();
        frame.stack.truncate(at);
        frame.stack.push(value);
        return Local::On;
    }
    let steps: Vec<u16> = pointer.steps().to_vec();
    let operands: Vec<Value> = frame.stack[at + 1..].to_vec();
    let mut old = match slot {
        Some(slot) => std::mem::replace(&mut frame.slots[slot], Value::Gone),
        None => seen[0].clone(),
    };
    let Some(part) = old.part_mut(&steps) else {
        return Local::Stuck("this pointer dangles: what it points into has changed".into());
    };
    let (result, changed) = match op {
        Op::Load(_) => (Ok(Some(part.clone())), false),
        Op::Move(_) => (Ok(Some(std::mem::replace(part, Value::Gone))), true),
        Op::Store(_) => {
            *part = operands[0].clone();
            (Ok(None), true)
        }
        Op::IndexVec => (index_vec(part, pointer, operands[0].int()).map(Some), false),
        Op::Vec(op) => match op.apply(part, pointer, &operands) {
            Ok((value, changed)) => (Ok(Some(value)), changed),
            Err(local) => (Err(local), false),
        },
        _ => unreachable!("plain sends only these"),
    };
    match slot {
        Some(slot) => frame.slots[slot] = old,
        None if changed && seen.len() == 1 => {
            return again(frame, Request::Write(pointer.cell, old));
        }
        None => {}
    }
    seen.clear();
    frame.stack.truncate(at);
    match result {
        Ok(value) => {
            frame.stack.extend(value);
            Local::On
        }
        Err(local) => local,
    }
}

pub(super) fn index_vec(vec: &Value, pointer: Pointer, index: i128) -> Result<Value, Local> {
    let Value::Many(elements) = vec else {
        return Err(moved());
    };
    if index >= elements.len() as i128 {
        return Err(out_of_bounds(elements.len(), index));
    }
    pointer
        .enter(index as u32)
        .map(Value::Pointer)
        .ok_or_else(too_deep)
}

pub(super) fn moved() -> Local {
    Local::Stuck("this was moved away".into())
}

impl VecOp {
    pub(super) fn operands(self) -> usize {
        match self {
            VecOp::Push
            | VecOp::PushFront
            | VecOp::Remove
            | VecOp::Contains
            | VecOp::SwapRemove => 1,
            VecOp::Insert | VecOp::Swap => 2,
            _ => 0,
        }
    }

    /// Its result, and whether the `Vec` (or option) is another one now.
    fn apply(
        self,
        vec: &mut Value,
        pointer: Pointer,
        operands: &[Value],
    ) -> Result<(Value, bool), Local> {
        if self == VecOp::TakeOption {
            return Ok((std::mem::replace(vec, Value::none()), true));
        }
        let Value::Many(elements) = vec else {
            return Err(moved());
        };
        let len = elements.len();
        let index = |n: usize| operands[n].int();
        let option = |value: Option<Value>| value.map_or_else(Value::none, Value::some);
        let end = |at: Option<usize>| match at {
            None => Ok((Value::none(), false)),
            Some(at) => {
                let to = pointer.enter(at as u32).ok_or_else(too_deep)?;
                Ok((Value::some(Value::Pointer(to)), false))
            }
        };
        let within = |at: i128, what: &str, limit: usize| match usize::try_from(at) {
            Ok(at) if at < limit => Ok(at),
            _ => {
                let message = format!("{what} index (is {at}) should be < len (is {len})");
                Err(Local::Panic(message.into()))
            }
        };
        match self {
            VecOp::Len => return Ok((Value::Int(len as i128), false)),
            VecOp::Contains => return Ok((Value::Bool(elements.contains(&operands[0])), false)),
            VecOp::First => return end((len > 0).then_some(0)),
            VecOp::Last => return end(len.checked_sub(1)),
            VecOp::Take => return Ok((std::mem::replace(vec, Value::many(Vec::new())), true)),
            _ => {}
        }
        let elements = Arc::make_mut(elements);
        let result = match self {
            VecOp::Push => {
                elements.push(operands[0].clone());
                Value::Unit
            }
            VecOp::PushFront => {
                elements.insert(0, operands[0].clone());
                Value::Unit
            }
            VecOp::Pop => option(elements.pop()),
            VecOp::PopFront => option((len > 0).then(|| elements.remove(0))),
            VecOp::Remove => elements.remove(within(index(0), "removal", len)?),
            VecOp::SwapRemove => elements.swap_remove(within(index(0), "swap_remove", len)?),
            VecOp::Insert => {
                let at = usize::try_from(index(0)).unwrap_or(usize::MAX);
                if at > len {
                    let message = format!("insertion index (is {at}) should be <= len (is {len})");
                    return Err(Local::Panic(message.into()));
                }
                elements.insert(at, operands[1].clone());
                Value::Unit
            }
            VecOp::Swap => {
                for at in [index(0), index(1)] {
                    if at >= len as i128 {
                        return Err(out_of_bounds(len, at));
                    }
                }
                elements.swap(index(0) as usize, index(1) as usize);
                Value::Unit
            }
            VecOp::Sort => {
                elements.sort();
                Value::Unit
            }
            _ => unreachable!("returned above"),
        };
        Ok((result, true))
    }
}
