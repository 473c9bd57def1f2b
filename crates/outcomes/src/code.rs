//! The program as the evaluator runs it: functions of plain steps on a stack.

use crate::request::{Naming, RmwOp};
use crate::types::IntType;
use crate::value::{Cell, Object, Span, Value};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// A whole program, ready to run in any model.
#[derive(Clone, Debug)]
pub struct Program {
    pub(crate) functions: Vec<Function>,
    pub(crate) main: u32,
    pub(crate) layouts: Vec<Layout>,
    pub(crate) formats: Vec<Format>,
    pub(crate) names: Vec<Names>,
    pub(crate) statics: Vec<Static>,
    pub(crate) raw_pointers: bool,
}

/// A static, and what its cells hold when the program starts.
#[derive(Clone, Debug)]
pub struct Static {
    /// Its object.
    pub object: Object,
    /// Its names.
    pub naming: Naming,
    /// Its cells' first values.
    pub cells: Vec<Value>,
}

/// The names of an object's cells, and which of them can race.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    pub(crate) cells: Vec<String>,
    pub(crate) racy: Vec<bool>,
}

impl Program {
    /// The statics: memory before the first step.
    pub fn statics(&self) -> &[Static] {
        &self.statics
    }

    /// What the source calls cell `offset` of an object made with these names:
    /// `m`, `shared.flag`, `forks[0]`.
    pub fn cell_name(&self, naming: Naming, offset: u32) -> &str {
        let names = self.names.get(naming.0 as usize);
        names
            .and_then(|names| names.cells.get(offset as usize))
            .map_or("?", |name| name)
    }

    /// Whether non-atomic accesses to this cell may race: it lies in an
    /// `UnsafeCell`, a `static mut`, or the program makes raw pointers. All
    /// else is reached by safe code alone, which the compiler has checked.
    pub fn may_race(&self, naming: Naming, offset: u32) -> bool {
        let names = self.names.get(naming.0 as usize);
        self.raw_pointers
            || names
                .and_then(|names| names.racy.get(offset as usize))
                .is_some_and(|racy| *racy)
    }

    /// Whether any cell of the program may race.
    pub fn can_race(&self) -> bool {
        self.raw_pointers || self.names.iter().any(|names| names.racy.contains(&true))
    }
}

/// A function's code, the place each step comes from, and its slots.
#[derive(Clone, Debug, Default)]
pub(crate) struct Function {
    pub(crate) code: Vec<Op>,
    pub(crate) spans: Vec<Span>,
    /// What drops each slot's value, if it needs that.
    pub(crate) slots: Vec<Option<u32>>,
}

/// How a value lies in memory.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Layout {
    /// In one cell.
    Leaf,
    /// Its parts side by side.
    Parts(Vec<Layout>),
}

impl Layout {
    pub(crate) fn cells(&self) -> u32 {
        match self {
            Layout::Leaf => 1,
            Layout::Parts(parts) => parts.iter().map(Layout::cells).sum(),
        }
    }

    /// Takes a value apart into its cells.
    pub(crate) fn flatten(&self, value: Value, cells: &mut Vec<Value>) {
        match (self, value) {
            (Layout::Parts(parts), Value::Many(values)) => {
                for (part, value) in parts.iter().zip(values.iter()) {
                    part.flatten(value.clone(), cells);
                }
            }
            (Layout::Parts(parts), value) => {
                for part in parts {
                    part.flatten(value.clone(), cells);
                }
            }
            (Layout::Leaf, value) => cells.push(value),
        }
    }

    /// Puts a value together from its cells.
    pub(crate) fn build(&self, cells: &mut impl Iterator<Item = Value>) -> Value {
        match self {
            Layout::Leaf => cells.next().unwrap_or(Value::Gone),
            Layout::Parts(parts) => {
                Value::many(parts.iter().map(|part| part.build(cells)).collect())
            }
        }
    }
}

/// A string with holes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Format {
    pub(crate) pieces: Vec<Piece>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Piece {
    Text(String),
    /// Argument by number, and how it is shown.
    Show(usize, Show),
}

/// How a value is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Show {
    /// As `Display` shows an integer, a `bool` or a string.
    Plain,
    /// An unsigned 128-bit integer.
    Wide,
    /// A string as `Debug` shows it.
    Quoted,
    /// `(a, b)`.
    Tuple(Vec<Show>),
    /// `[a, b]`.
    List(Box<Show>),
    /// A struct with these field names (none for a tuple struct).
    Struct(String, Vec<(Option<String>, Show)>),
    /// An enum: of each variant its name, and its fields.
    Enum(Vec<Show>),
    /// The same text whatever the value is.
    Fixed(String),
}

/// What arithmetic does at the type's edge.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Edge {
    Panic,
    Wrap,
    Saturate,
    Check,
    Overflowing,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum BinOp {
    Add,
    Sub,
    Mul,
    Div,
    Rem,
    And,
    Or,
    Xor,
    Shl,
    Shr,
    Pow,
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    Min,
    Max,
    AbsDiff,
}

/// One step of a function. Operands come from the frame's stack.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Op {
    Const(Value),
    /// The slot's value; it stays.
    Get(u32),
    /// The slot's value; it is gone.
    Take(u32),
    Set(u32),
    /// A pointer to the slot, for the ops that follow.
    SlotPtr(u32),
    /// A pointer to a static.
    Fixed(u32),
    Pop,
    Dup,
    /// Below the top, in order: moves the value `n` below the top to the top.
    Pull(u32),
    /// Pointer to part `index`, `offset` cells on.
    Field {
        index: u32,
        offset: u32,
    },
    /// Pointer into a part of the cell's value.
    Enter(u32),
    /// Pointer, index: into an array of `len` elements of `stride` cells.
    Index {
        len: u32,
        stride: u32,
    },
    /// Pointer, index: into a `Vec`.
    IndexVec,
    /// Pointer → value of that layout.
    Load(u32),
    /// Pointer, value → .
    Store(u32),
    /// Pointer → value, which is gone there.
    Move(u32),
    /// Value → part of it.
    Part(u32),
    /// Value → pointer to a new object on the stack or heap.
    Alloc {
        heap: bool,
        layout: u32,
        naming: u32,
    },
    /// Pointer → .
    Free,
    Many(u32),
    Variant(u16, u32),
    /// A lock's value → the result of its `into_inner`.
    IntoInner,
    /// Enum → its tag, as an integer.
    Tag,
    /// value → array of `n` of it.
    Repeat(u32),
    Bin(BinOp, Edge, Option<IntType>),
    Not(Option<IntType>),
    Neg(IntType, Edge),
    Cast(IntType),
    Int(IntFn, IntType),
    Jump(u32),
    JumpIfNot(u32),
    JumpIf(u32),
    /// Calls with the top `n` values.
    Call(u32, u32),
    /// Drops the top value by this function; with `None` it is let go.
    Drop(Option<u32>),
    /// Drops the slot's value if it has one.
    DropSlot(u32, Option<u32>),
    Return,
    /// `Vec` operations on a pointer to one.
    Vec(VecOp),
    /// The top `n` values as text.
    Show(u32, u32),
    /// The top value, a text, goes to standard output.
    Print,
    /// The top value, a text, is the panic's message.
    Panic,
    /// The end of code that can't be reached.
    Unreachable,
    Sync(SyncOp),
    /// A scope for threads begins: its number.
    ScopeBegin,
    /// Ends it: waits for all its threads.
    ScopeEnd,
    /// Starts a thread with the top `1` value as its environment.
    Spawn {
        function: u32,
        args: u32,
        scoped: bool,
    },
    /// Whether the thread is panicking.
    Panicking,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum IntFn {
    LeadingZeros,
    TrailingZeros,
    CountOnes,
    IsPowerOfTwo,
    Abs,
}

/// Operations on a `Vec` (or a `VecDeque`) behind a pointer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum VecOp {
    Push,
    PushFront,
    Pop,
    PopFront,
    Len,
    /// The last, or the first, as a pointer in an option.
    Last,
    First,
    Remove,
    Insert,
    Take,
    TakeOption,
    Contains,
    Swap,
    SwapRemove,
    Sort,
}

/// Steps that ask the world. Operands from the stack, in the order of the
/// method's arguments, the receiver first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum SyncOp {
    Load(Ordering),
    Store(Ordering),
    Rmw(Ordering, RmwOp, Option<IntType>),
    CompareExchange {
        success: Ordering,
        failure: Ordering,
        weak: bool,
    },
    Fence(Ordering),
    Lock,
    TryLock,
    Unlock,
    RwLock(bool),
    TryRwLock(bool),
    RwUnlock(bool),
    Wait,
    Notify(bool),
    Barrier,
    /// `naming`; pops the bound if `bounded`.
    Channel {
        naming: u32,
        bounded: bool,
    },
    Send,
    Receive,
    TryReceive,
    SenderCloned,
    SenderDropped,
    ReceiverDropped,
    Retain,
    Release,
    ReleaseIfLast,
    Join,
    Park,
    Unpark,
    Once,
    OnceDone,
    OnceIsDone,
    Yield,
    Current,
}

impl SyncOp {
    /// How many operands it takes.
    pub(crate) fn operands(self) -> usize {
        match self {
            SyncOp::Fence(_) | SyncOp::Park | SyncOp::Yield | SyncOp::Current => 0,
            SyncOp::Channel { bounded, .. } => usize::from(bounded),
            SyncOp::Store(_) | SyncOp::Rmw(..) | SyncOp::Wait | SyncOp::Send => 2,
            SyncOp::CompareExchange { .. } => 3,
            _ => 1,
        }
    }
}

/// The text of a value shown so.
pub(crate) fn show(show: &Show, value: &Value, text: &mut String) {
    use std::fmt::Write;
    let fields = |shows: &[Show], values: &[Value], text: &mut String| {
        for (i, (one, value)) in shows.iter().zip(values).enumerate() {
            text.push_str(if i == 0 { "" } else { ", " });
            self::show(one, value, text);
        }
    };
    match (show, value) {
        (Show::Fixed(fixed), _) => text.push_str(fixed),
        (Show::Wide, Value::Int(n)) => _ = write!(text, "{}", *n as u128),
        (Show::Quoted, Value::Str(s)) => _ = write!(text, "{s:?}"),
        (Show::Tuple(shows), Value::Many(values)) => {
            text.push('(');
            fields(shows, values, text);
            text.push_str(if shows.len() == 1 { ",)" } else { ")" });
        }
        (Show::List(one), Value::Many(values)) => {
            text.push('[');
            for (i, value) in values.iter().enumerate() {
                text.push_str(if i == 0 { "" } else { ", " });
                self::show(one, value, text);
            }
            text.push(']');
        }
        (Show::Enum(variants), Value::Variant(tag, _)) => {
            if let Some(variant) = variants.get(usize::from(*tag)) {
                self::show(variant, value, text);
            }
        }
        (Show::Struct(name, shows), Value::Many(values) | Value::Variant(_, values)) => {
            text.push_str(name);
            let named = shows.first().is_some_and(|(name, _)| name.is_some());
            if shows.is_empty() {
                return;
            }
            text.push_str(if named { " { " } else { "(" });
            for (i, ((name, one), value)) in shows.iter().zip(values.iter()).enumerate() {
                text.push_str(if i == 0 { "" } else { ", " });
                if let Some(name) = name {
                    _ = write!(text, "{name}: ");
                }
                self::show(one, value, text);
            }
            text.push_str(if named { " }" } else { ")" });
        }
        (_, Value::Int(n)) => _ = write!(text, "{n}"),
        (_, Value::Bool(b)) => _ = write!(text, "{b}"),
        (_, Value::Str(s)) => text.push_str(s),
        (_, Value::Unit) => text.push_str("()"),
        (_, other) => unreachable!("the front end lets nothing else be shown: {other:?}"),
    }
}

pub(crate) fn text(program: &Program, format: u32, values: &[Value]) -> Arc<str> {
    let mut text = String::new();
    for piece in &program.formats[format as usize].pieces {
        match piece {
            Piece::Text(s) => text.push_str(s),
            Piece::Show(i, how) => show(how, &values[*i], &mut text),
        }
    }
    text.into()
}

/// The cell that a pointer to a whole cell points at.
pub(crate) fn whole(value: &Value) -> Cell {
    value.pointer().cell
}
