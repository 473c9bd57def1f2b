//! A litmus program as the oracle holds it: the syntax tree, the values that
//! run through it, and what its threads ask of a memory model.

use super::Position;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::atomic::Ordering;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::Visit;

/// What the oracle's small front end doesn't know; the text says where.
#[derive(Debug)]
pub struct Unsupported(pub String);

impl Unsupported {
    pub(super) fn at(node: &impl Spanned, what: &str) -> Unsupported {
        let (line, column) = position(node);
        Unsupported(format!("{line}:{column}: {what}"))
    }
}

/// Where a piece of syntax begins.
pub(super) fn position(node: &impl Spanned) -> Position {
    let start = node.span().start();
    (start.line, start.column + 1)
}

/// A parsed litmus program.
pub struct Program {
    pub(super) file: syn::File,
    pub(super) prints: HashMap<Position, Print>,
}

/// The arguments of one `println!`.
pub(super) struct Print {
    pub(super) text: String,
    pub(super) arguments: Vec<syn::Expr>,
}

impl Program {
    /// Reads a program.
    pub fn parse(source: &str) -> Result<Program, Unsupported> {
        let file = syn::parse_file(source)
            .map_err(|e| Unsupported(format!("{:?}: {e}", position(&e.span()))))?;
        let mut prints = Prints::default();
        prints.visit_file(&file);
        match prints.error {
            Some(error) => Err(error),
            None => Ok(Program {
                prints: prints.found,
                file,
            }),
        }
    }

    /// `main`'s block.
    pub(super) fn main(&self) -> Result<&syn::Block, Unsupported> {
        let main = self.file.items.iter().find_map(|item| match item {
            syn::Item::Fn(function) if function.sig.ident == "main" => Some(&*function.block),
            _ => None,
        });
        main.ok_or_else(|| Unsupported("no `main`".into()))
    }

    /// The statics, in the order of the source.
    pub(super) fn statics(&self) -> impl Iterator<Item = &syn::ItemStatic> {
        self.file.items.iter().filter_map(|item| match item {
            syn::Item::Static(item) => Some(item),
            _ => None,
        })
    }
}

/// Parses the insides of every `println!` once.
#[derive(Default)]
struct Prints {
    found: HashMap<Position, Print>,
    error: Option<Unsupported>,
}

impl<'ast> Visit<'ast> for Prints {
    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        let parser = Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
        let arguments = parser.parse2(mac.tokens.clone());
        match (
            mac.path.is_ident("println"),
            arguments.map(|a| a.into_iter().collect::<Vec<_>>()),
        ) {
            (true, Ok(mut arguments)) if !arguments.is_empty() => {
                if let syn::Expr::Lit(syn::ExprLit {
                    lit: syn::Lit::Str(text),
                    ..
                }) = arguments.remove(0)
                {
                    let print = Print {
                        text: text.value(),
                        arguments,
                    };
                    self.found.insert(position(mac), print);
                    return;
                }
            }
            _ => {}
        }
        self.error
            .get_or_insert(Unsupported::at(mac, "only `println!(\"..\", ..)`"));
    }
}

/// A place in memory that threads share: its number in the order of making.
pub(super) type Location = usize;

/// A thread's number: main is 0.
pub(super) type ThreadId = usize;

/// What a variable holds.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Value {
    Unit,
    Int(i64),
    Bool(bool),
    Tuple(Vec<Value>),
    /// `Ok` or `Err`.
    Result(bool, Box<Value>),
    Atomic(Location),
    /// A `static mut`: naming it reads or writes it.
    StaticMut(Location),
    UnsafeCell(Location),
    /// What `UnsafeCell::get` gives.
    Pointer(Location),
    /// The lock, and the data behind it.
    Mutex(Location, Location),
    Guard(Location, Location),
    Scope,
    Thread(ThreadId),
    /// Moved out of.
    Gone,
}

/// What a location can hold: what threads can tell each other.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(super) enum Datum {
    Int(i64),
    Bool(bool),
}

impl Datum {
    pub(super) fn value(self) -> Value {
        match self {
            Datum::Int(n) => Value::Int(n),
            Datum::Bool(b) => Value::Bool(b),
        }
    }
}

/// What is kept in a location.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// An atomic; an integer's width in bits.
    Atomic(u32),
    /// Data that isn't atomic.
    Plain,
    /// A mutex: `true` while it is held.
    Lock,
}

/// What a read-modify-write does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Action {
    Swap(Datum),
    Add(i64),
    Sub(i64),
    Max(i64),
    Min(i64),
    And(Datum),
    Or(Datum),
    Xor(Datum),
    /// `compare_exchange`: the value it must find, the value it leaves.
    Exchange(Datum, Datum),
}

impl Action {
    /// What it writes where it finds `old`; `None`: it fails and writes nothing.
    pub(super) fn apply(self, kind: Kind, old: Datum) -> Option<Datum> {
        use Datum::{Bool, Int};
        let wrap = |n: i64| match kind {
            Kind::Atomic(32) => Int(n & 0xffff_ffff),
            _ => Int(n),
        };
        Some(match (self, old) {
            (Action::Swap(new), _) => new,
            (Action::Add(n), Int(old)) => wrap(old + n),
            (Action::Sub(n), Int(old)) => wrap(old - n),
            (Action::Max(n), Int(old)) => Int(old.max(n)),
            (Action::Min(n), Int(old)) => Int(old.min(n)),
            (Action::And(Int(n)), Int(old)) => Int(old & n),
            (Action::Or(Int(n)), Int(old)) => Int(old | n),
            (Action::Xor(Int(n)), Int(old)) => Int(old ^ n),
            (Action::And(Bool(b)), Bool(old)) => Bool(old & b),
            (Action::Or(Bool(b)), Bool(old)) => Bool(old | b),
            (Action::Xor(Bool(b)), Bool(old)) => Bool(old ^ b),
            (Action::Exchange(expected, new), _) if expected == old => new,
            (Action::Exchange(..), _) => return None,
            _ => unreachable!("rustc refuses it"),
        })
    }

    /// What the call gives back.
    pub(super) fn answer(self, old: Datum, wrote: bool) -> Value {
        match self {
            Action::Exchange(..) => Value::Result(wrote, Box::new(old.value())),
            _ => old.value(),
        }
    }
}

/// What a thread asks of the world.
#[derive(Clone)]
pub(super) enum Request<'p> {
    /// A new location → its number.
    New(Kind, Datum),
    Load(Location, Ordering),
    Store(Location, Datum, Ordering),
    /// A read-modify-write, its ordering, and its ordering where it fails;
    /// whether it may fail for no reason.
    Modify(Location, Action, Ordering, Ordering, bool),
    Fence(Ordering),
    /// Non-atomic.
    Read(Location),
    Write(Location, Datum),
    Lock(Location),
    Unlock(Location),
    Spawn(Code<'p>),
    Join(ThreadId),
}

/// What a thread runs.
#[derive(Clone)]
pub(super) enum Code<'p> {
    Main,
    /// A closure, and the variables it sees.
    Closure(&'p syn::ExprClosure, Rc<Vec<Variable<'p>>>),
}

/// A variable's name and value.
pub(super) type Variable<'p> = (&'p syn::Ident, Value);

/// Where a thread stands after the answers it has had.
#[derive(Clone)]
pub(super) enum Stand<'p> {
    At(Request<'p>, Position),
    Done(Value),
}

/// A thread: what it runs, and every answer that it has had. Where it stands
/// follows from these two alone.
#[derive(Clone)]
pub(super) struct Thread<'p> {
    program: &'p Program,
    code: Code<'p>,
    pub(super) answers: Vec<Value>,
    pub(super) stand: Stand<'p>,
    /// What it has printed.
    pub(super) output: String,
}

impl<'p> Thread<'p> {
    pub(super) fn new(program: &'p Program, code: Code<'p>) -> Result<Self, Unsupported> {
        let (answers, stand) = (Vec::new(), Stand::Done(Value::Unit));
        let mut thread = Thread {
            program,
            code,
            answers,
            stand,
            output: String::new(),
        };
        thread.run()?;
        Ok(thread)
    }

    /// Gives the answer to what it asks, and runs it on.
    pub(super) fn answer(&mut self, answer: Value) -> Result<(), Unsupported> {
        self.answers.push(answer);
        self.run()
    }

    /// Runs it again from its start, with the same answers.
    fn run(&mut self) -> Result<(), Unsupported> {
        (self.stand, self.output) = super::eval::run(self.program, &self.code, &self.answers)?;
        Ok(())
    }

    pub(super) fn is_done(&self) -> bool {
        matches!(self.stand, Stand::Done(_))
    }
}
