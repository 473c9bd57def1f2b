//! What a program computes with: values, and the places they are kept in.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A place in the source: both count from 1, columns in characters.
#[derive(
    Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize,
)]
pub struct Span {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// A thread's number: 0 is main, the others in the order of their spawning.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct ThreadId(pub u8);

impl ThreadId {
    /// The thread that runs `main`.
    pub const MAIN: ThreadId = ThreadId(0);
}

impl std::fmt::Display for ThreadId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "t{}", self.0)
    }
}

/// The name of an object in memory. It depends on the thread that made it and
/// on what that thread did before, never on what other threads did, so that
/// two schedules of the same steps name it alike.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Object(u32);

impl Object {
    /// What a null pointer points to.
    pub const NULL: Object = Object(u32::MAX);
    const STACK: u32 = 1 << 30;
    const HEAP: u32 = 2 << 30;
    const STATIC: u32 = 3 << 30;

    pub(crate) fn slot(slot: u32) -> Object {
        Object(slot)
    }

    pub(crate) fn stack(owner: ThreadId, index: u32) -> Object {
        Object(Self::STACK | u32::from(owner.0) << 22 | index)
    }

    pub(crate) fn heap(owner: ThreadId, index: u32) -> Object {
        Object(Self::HEAP | u32::from(owner.0) << 22 | index)
    }

    pub(crate) fn fixed(index: u32) -> Object {
        Object(Self::STATIC | index)
    }

    /// The slot of the frame at hand, if this isn't an object in memory.
    pub(crate) fn as_slot(self) -> Option<usize> {
        (self.0 < Self::STACK).then_some(self.0 as usize)
    }

    /// The index of a static in [`Program::statics`](crate::Program::statics).
    pub fn as_static(self) -> Option<usize> {
        (self.0 >= Self::STATIC && self != Self::NULL).then_some((self.0 & 0x3fff_ffff) as usize)
    }
}

/// One cell of memory: an object, and which of its cells. What a struct, a
/// tuple or an array holds lies in cells of their own, side by side.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Cell {
    /// The object.
    pub object: Object,
    /// Which of its cells, from 0.
    pub offset: u32,
}

/// How deep a reference may reach into one cell (a `Vec`'s element's field...).
const DEEPEST: usize = 5;

/// The way from a cell into the value it holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub(crate) struct Path {
    steps: [u16; DEEPEST],
    len: u8,
    /// Whether the pointer is inside a cell's value already.
    inside: bool,
}

/// A reference, a raw pointer, an `Arc`, a `Box` or a lock's guard.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Pointer {
    /// The cell pointed at, or the first of those.
    pub cell: Cell,
    pub(crate) path: Path,
}

impl Pointer {
    pub(crate) fn to(object: Object) -> Pointer {
        let path = Path {
            inside: object.as_slot().is_some(),
            ..Path::default()
        };
        Pointer {
            cell: Cell { object, offset: 0 },
            path,
        }
    }

    pub(crate) fn to_cell(cell: Cell) -> Pointer {
        Pointer {
            cell,
            path: Path::default(),
        }
    }

    /// Whether it points into a cell's value rather than at whole cells.
    pub(crate) fn is_inside(&self) -> bool {
        self.path.inside
    }

    pub(crate) fn steps(&self) -> &[u16] {
        &self.path.steps[..usize::from(self.path.len)]
    }

    /// One step on: `offset` cells on, or into part `index` of the value.
    pub(crate) fn field(mut self, index: u32, offset: u32) -> Option<Pointer> {
        if self.path.inside {
            return self.enter(index);
        }
        self.cell.offset += offset;
        Some(self)
    }

    /// Into part `index` of a cell's value; `None` if that is too deep.
    pub(crate) fn enter(mut self, index: u32) -> Option<Pointer> {
        *self.path.steps.get_mut(usize::from(self.path.len))? = u16::try_from(index).ok()?;
        self.path.len += 1;
        self.path.inside = true;
        Some(self)
    }
}

/// A value. Types are known before a program runs, so values carry none.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Value {
    /// Nothing: moved out, or not assigned yet.
    Gone,
    /// `()`.
    Unit,
    /// A `bool`.
    Bool(bool),
    /// An integer of any type (a `u128` above `i128::MAX` wrapped).
    Int(i128),
    /// A string.
    Str(Arc<str>),
    /// The parts of a tuple, struct, array, `Vec` or closure.
    Many(Arc<Vec<Value>>),
    /// A variant of an enum by its number, and its fields.
    Variant(u16, Arc<Vec<Value>>),
    /// Anything that points.
    Pointer(Pointer),
    /// A thread, or its `JoinHandle`.
    Thread(ThreadId),
    /// A function.
    Function(u32),
}

impl Value {
    /// The tuple, struct, array or `Vec` of these parts.
    pub fn many(parts: Vec<Value>) -> Value {
        Value::Many(Arc::new(parts))
    }

    /// Variant `tag` of an enum.
    pub fn variant(tag: u16, fields: Vec<Value>) -> Value {
        Value::Variant(tag, Arc::new(fields))
    }

    /// `Ok(value)`.
    pub fn ok(value: Value) -> Value {
        Value::variant(0, vec![value])
    }

    /// `Err(value)`.
    pub fn err(value: Value) -> Value {
        Value::variant(1, vec![value])
    }

    /// `None`.
    pub fn none() -> Value {
        Value::variant(0, Vec::new())
    }

    /// `Some(value)`.
    pub fn some(value: Value) -> Value {
        Value::variant(1, vec![value])
    }

    pub(crate) fn part(&self, steps: &[u16]) -> Option<&Value> {
        let Some((&first, rest)) = steps.split_first() else {
            return Some(self);
        };
        match self {
            Value::Many(parts) | Value::Variant(_, parts) => {
                parts.get(usize::from(first))?.part(rest)
            }
            _ => None,
        }
    }

    pub(crate) fn part_mut(&mut self, steps: &[u16]) -> Option<&mut Value> {
        let Some((&first, rest)) = steps.split_first() else {
            return Some(self);
        };
        match self {
            Value::Many(parts) | Value::Variant(_, parts) => Arc::make_mut(parts)
                .get_mut(usize::from(first))?
                .part_mut(rest),
            _ => None,
        }
    }

    /// Whether nothing of it was moved away.
    pub(crate) fn is_whole(&self) -> bool {
        match self {
            Value::Gone => false,
            Value::Many(parts) | Value::Variant(_, parts) => parts.iter().all(Value::is_whole),
            _ => true,
        }
    }

    pub(crate) fn int(&self) -> i128 {
        match self {
            Value::Int(n) => *n,
            Value::Bool(b) => i128::from(*b),
            other => unreachable!("an integer was expected: {other:?}"),
        }
    }

    pub(crate) fn bool(&self) -> bool {
        matches!(self, Value::Bool(true))
    }

    pub(crate) fn pointer(&self) -> Pointer {
        match self {
            Value::Pointer(pointer) => *pointer,
            other => unreachable!("a pointer was expected: {other:?}"),
        }
    }
}
