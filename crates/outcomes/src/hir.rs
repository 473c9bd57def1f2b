//! The program between source and code: names and types resolved, derefs explicit.

use crate::code::{BinOp, Edge, Op, Piece};
use crate::types::{IntType, Ty};
use crate::value::{Span, Value};

pub(crate) type LocalId = usize;

/// An expression. Its type may still be a variable while its function is read.
#[derive(Clone, Debug)]
pub(crate) struct Expr {
    pub(crate) kind: Box<ExprKind>,
    pub(crate) ty: Ty,
    pub(crate) span: Span,
}

#[derive(Clone, Debug)]
pub(crate) enum ExprKind {
    Value(Value),
    /// What is in the place: copied, or moved away if the type isn't `Copy`.
    Use(Place),
    /// What is in the place; it stays there whatever its type is.
    Peek(Place),
    /// A reference that may live on.
    Ref(Place),
    /// A pointer for the step at hand only.
    Ptr(Place),
    Binary(BinOp, Edge, Expr, Expr),
    Not(Expr),
    Neg(Expr),
    And(Expr, Expr),
    Or(Expr, Expr),
    Cast(Expr),
    Assign(Place, Expr),
    AssignOp(BinOp, Place, Expr),
    If(Expr, Expr, Option<Expr>),
    /// `let` as a condition.
    Let(Pat, Place),
    Match(Place, Vec<Arm>),
    Loop(usize, Expr),
    While(usize, Expr, Expr),
    Break(usize, Option<Expr>),
    Continue(usize),
    Return(Option<Expr>),
    Block(Block),
    Call(Callee, Vec<Expr>),
    /// A call of a closure in a place, with its arguments.
    CallClosure(usize, Place, Vec<Expr>),
    /// A call of a closure that ends with the call.
    CallOnce(Expr, Vec<Expr>),
    Op(Vec<Op>, Vec<Expr>),
    Many(Vec<Expr>),
    Variant(u16, Vec<Expr>),
    Repeat(Expr, usize),
    Closure(usize),
    Show(Vec<Piece2>, Vec<Expr>),
    /// A new object on the heap.
    New(Expr),
    /// Moves the value out of a pointer.
    Take(Expr),
    /// Stores through a pointer; the old value isn't dropped.
    Put(Expr, Expr),
    /// Stores through a pointer, gives back what was there.
    Replace(Expr, Expr),
    /// Starts a thread with this closure or function.
    Spawn(Expr, bool),
    /// Lets the value go: runs its drop.
    Drop(Expr),
    /// Lets the value go without its drop.
    Forget(Expr),
    /// Another `Arc`, `Sender`, or a copy.
    CloneOf(Expr),
}

/// A piece of a format whose arguments' types aren't known yet.
#[derive(Clone, Debug)]
pub(crate) enum Piece2 {
    Done(Piece),
    Show { argument: usize, debug: bool },
}

/// A function with the types it is called with.
#[derive(Clone, Debug)]
pub(crate) struct Callee {
    pub(crate) function: usize,
    pub(crate) types: Vec<Ty>,
}

#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) kind: Box<PlaceKind>,
    pub(crate) ty: Ty,
    pub(crate) span: Span,
}

#[derive(Clone, Debug)]
pub(crate) enum PlaceKind {
    Local(LocalId),
    /// A variable of the surrounding function, by its number among these.
    Capture(usize),
    Static(usize),
    Temp(Expr),
    /// Through a reference, `Arc`, `Box`, guard or raw pointer that is there.
    Deref(Place),
    Field(Place, usize),
    /// A field of an enum's variant.
    Payload(Place, u16, usize),
    Index(Place, Expr),
}

#[derive(Clone, Debug)]
pub(crate) struct Pat {
    pub(crate) kind: PatKind,
    pub(crate) ty: Ty,
    pub(crate) span: Span,
}

#[derive(Clone, Debug)]
pub(crate) enum PatKind {
    Wild,
    Bind(LocalId, bool, Option<Box<Pat>>),
    Value(Value),
    Range(Option<i128>, Option<i128>, bool),
    Parts(Vec<(usize, Pat)>),
    Variant(u16, Vec<(usize, Pat)>),
    Or(Vec<Pat>),
    Deref(Box<Pat>),
}

#[derive(Clone, Debug)]
pub(crate) struct Arm {
    pub(crate) pat: Pat,
    pub(crate) guard: Option<Expr>,
    pub(crate) body: Expr,
}

#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) stmts: Vec<Stmt>,
    pub(crate) tail: Option<Expr>,
}

#[derive(Clone, Debug)]
pub(crate) enum Stmt {
    Expr(Expr),
    /// A pattern, its value, and what to do if it doesn't match.
    Let(Pat, Option<Expr>, Option<Expr>),
}

#[derive(Clone, Debug)]
pub(crate) struct Local {
    pub(crate) name: String,
    pub(crate) ty: Ty,
    /// Whether a reference to it is made, so that it lives in memory.
    pub(crate) borrowed: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Capture {
    /// The place in the surrounding function.
    pub(crate) outer: Place,
    /// Types as which it (or a part) is used by value.
    pub(crate) uses: Vec<Ty>,
    pub(crate) by_value: bool,
    /// Whether a reference to it is made in the closure.
    pub(crate) borrowed: bool,
    /// Whether the closure changes it.
    pub(crate) changed: bool,
}

/// A function or a closure.
#[derive(Clone, Debug, Default)]
pub(crate) struct Body {
    pub(crate) locals: Vec<Local>,
    /// Its parameters, the first locals.
    pub(crate) params: Vec<Pat>,
    pub(crate) captures: Vec<Capture>,
    pub(crate) is_move: bool,
    pub(crate) body: Option<Expr>,
    pub(crate) ret: Option<Ty>,
    pub(crate) span: Span,
    /// The function (or closure) that it is written in.
    pub(crate) parent: Option<usize>,
}

pub(crate) fn expr(kind: ExprKind, ty: Ty, span: Span) -> Expr {
    Expr {
        kind: Box::new(kind),
        ty,
        span,
    }
}

pub(crate) fn place(kind: PlaceKind, ty: Ty, span: Span) -> Place {
    Place {
        kind: Box::new(kind),
        ty,
        span,
    }
}

impl Place {
    /// The variable that it is a part of, if no pointer is in between.
    pub(crate) fn root(&self) -> Option<&PlaceKind> {
        match &*self.kind {
            PlaceKind::Field(inner, _)
            | PlaceKind::Payload(inner, ..)
            | PlaceKind::Index(inner, _) => inner.root(),
            PlaceKind::Deref(_) => None,
            kind => Some(kind),
        }
    }
}

/// An integer literal's value.
pub(crate) fn int(n: i128, int: IntType, span: Span) -> Expr {
    expr(ExprKind::Value(Value::Int(n)), Ty::int(int), span)
}
