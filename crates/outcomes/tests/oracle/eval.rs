//! An interpreter over the syntax tree: it runs a thread from its start with
//! the answers it has had, up to the next thing it asks.

use super::Position;
use super::program::{
    Action, Code, Datum, Kind, Program, Request, Stand, Unsupported, Value, Variable, position,
};
use std::rc::Rc;
use std::sync::atomic::Ordering;
use syn::{BinOp, Expr, Pat, Stmt};

/// Runs `code` with these answers: where it stands then, and what it has printed.
pub(super) fn run<'p>(
    program: &'p Program,
    code: &Code<'p>,
    answers: &[Value],
) -> Result<(Stand<'p>, String), Unsupported> {
    let variables = match code {
        Code::Main => Vec::new(),
        Code::Closure(_, seen) => seen.to_vec(),
    };
    let captured = variables.len();
    let (temporaries, scoped, output) = (Vec::new(), Vec::new(), String::new());
    let answers = answers.iter();
    let mut run = Run {
        program,
        answers,
        variables,
        captured,
        temporaries,
        scoped,
        output,
    };
    let end = match code {
        Code::Main => run.main(),
        Code::Closure(closure, _) => run.full(&closure.body),
    };
    match end {
        Ok(value) => Ok((Stand::Done(value), run.output)),
        Err(Stop::At(request, at)) => Ok((Stand::At(request, at), run.output)),
        Err(Stop::Break) => Err(Unsupported("`break` outside a loop".into())),
        Err(Stop::Unsupported(error)) => Err(error),
    }
}

/// Why evaluation doesn't go on.
enum Stop<'p> {
    At(Request<'p>, Position),
    Break,
    Unsupported(Unsupported),
}

/// Where it is; to find out takes time, and is mostly not asked.
type At<'a> = &'a dyn Fn() -> Position;

type Eval<'p, T = Value> = Result<T, Stop<'p>>;

/// Something that can be read or assigned.
#[derive(Clone, Copy)]
enum Place {
    Variable(usize),
    Shared(usize),
}

struct Run<'a, 'p> {
    program: &'p Program,
    answers: std::slice::Iter<'a, Value>,
    variables: Vec<Variable<'p>>,
    /// How many of the variables belong to the closure's surroundings.
    captured: usize,
    /// Guards that the statement's end drops.
    temporaries: Vec<Value>,
    /// The threads that the scopes around here wait for.
    scoped: Vec<usize>,
    output: String,
}

fn no<'p, T>(node: &impl syn::spanned::Spanned, what: &str) -> Eval<'p, T> {
    Err(Stop::Unsupported(Unsupported::at(node, what)))
}

impl<'p> Run<'_, 'p> {
    fn ask(&mut self, request: Request<'p>, at: At) -> Eval<'p> {
        self.answers.next().cloned().ok_or(Stop::At(request, at()))
    }

    fn main(&mut self) -> Eval<'p> {
        let program = self.program;
        for item in program.statics() {
            let value = match (&item.mutability, &*item.expr) {
                (syn::StaticMutability::Mut(_), init) => {
                    let init = self.datum(init)?;
                    Value::StaticMut(self.new_location(Kind::Plain, init, &|| position(item))?)
                }
                (_, init) => self.value(init)?,
            };
            self.variables.push((&item.ident, value));
        }
        let main = program.main().map_err(Stop::Unsupported)?;
        self.block(main)
    }

    fn new_location(&mut self, kind: Kind, init: Datum, at: At) -> Eval<'p, usize> {
        match self.ask(Request::New(kind, init), at)? {
            Value::Atomic(location) => Ok(location),
            other => unreachable!("{other:?} is no location"),
        }
    }

    /// An expression and the end of its temporaries.
    fn full(&mut self, expr: &'p Expr) -> Eval<'p> {
        let mark = self.temporaries.len();
        let value = self.value(expr)?;
        while self.temporaries.len() > mark {
            let guard = self.temporaries.pop().unwrap();
            self.drop_value(guard, &|| position(expr))?;
        }
        Ok(value)
    }

    /// Unlocks, where the value is a guard.
    fn drop_value(&mut self, value: Value, at: At) -> Eval<'p, ()> {
        match value {
            Value::Guard(lock, _) => self.ask(Request::Unlock(lock), at).map(drop),
            Value::Result(_, inner) => self.drop_value(*inner, at),
            Value::Tuple(parts) => parts.into_iter().try_for_each(|p| self.drop_value(p, at)),
            _ => Ok(()),
        }
    }

    fn block(&mut self, block: &'p syn::Block) -> Eval<'p> {
        let outer = self.variables.len();
        let mut result = Ok(Value::Unit);
        for statement in &block.stmts {
            result = self.statement(statement);
            if result.is_err() {
                break;
            }
        }
        if matches!(result, Ok(_) | Err(Stop::Break)) {
            while self.variables.len() > outer {
                let (name, value) = self.variables.pop().unwrap();
                self.drop_value(value, &|| position(name))?;
            }
        }
        result
    }

    fn statement(&mut self, statement: &'p Stmt) -> Eval<'p> {
        match statement {
            Stmt::Local(local) => {
                let Some(init) = &local.init else {
                    return no(local, "a `let` needs a value");
                };
                let value = self.full(&init.expr)?;
                if !self.bind(&local.pat, value)? {
                    return no(local, "a pattern that may not match");
                }
                Ok(Value::Unit)
            }
            Stmt::Expr(expr, semicolon) => {
                let value = self.full(expr)?;
                Ok(if semicolon.is_some() {
                    Value::Unit
                } else {
                    value
                })
            }
            Stmt::Macro(mac) => self.print(&mac.mac),
            Stmt::Item(item) => no(item, "an item inside a function"),
        }
    }

    /// Binds the pattern's names; `false` where the value doesn't match.
    fn bind(&mut self, pattern: &'p Pat, value: Value) -> Eval<'p, bool> {
        match (pattern, value) {
            (Pat::Wild(_), _) => Ok(true),
            (Pat::Ident(ident), value) => {
                self.variables.push((&ident.ident, value));
                Ok(true)
            }
            (Pat::Tuple(tuple), Value::Tuple(parts)) => {
                for (pattern, part) in tuple.elems.iter().zip(parts) {
                    if !self.bind(pattern, part)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (Pat::TupleStruct(variant), Value::Result(ok, inner)) => {
                let name = if ok { "Ok" } else { "Err" };
                let matches = variant.path.is_ident(name);
                Ok(matches && self.bind(&variant.elems[0], *inner)?)
            }
            (Pat::Lit(lit), value) => match (literal(&lit.lit), value) {
                (Some(Datum::Int(a)), Value::Int(b)) => Ok(a == b),
                (Some(Datum::Bool(a)), Value::Bool(b)) => Ok(a == b),
                _ => no(pattern, "this pattern"),
            },
            _ => no(pattern, "this pattern"),
        }
    }

    fn print(&mut self, mac: &'p syn::Macro) -> Eval<'p> {
        let print = &self.program.prints[&position(mac)];
        let mut arguments = print.arguments.iter();
        let mut rest = print.text.as_str();
        let mut line = String::new();
        while let Some(open) = rest.find('{') {
            line.push_str(&rest[..open]);
            let Some(close) = rest.find('}') else {
                return no(mac, "this format");
            };
            let (name, format) = rest[open + 1..close]
                .split_once(':')
                .unwrap_or((&rest[open + 1..close], ""));
            if !matches!(format, "" | "?") {
                return no(mac, "this format");
            }
            let value = match name {
                "" => match arguments.next() {
                    Some(argument) => self.full(argument)?,
                    None => return no(mac, "an argument is missing"),
                },
                name => match self.variables.iter().rev().find(|(n, _)| *n == name) {
                    Some((_, value)) => value.clone(),
                    None => return no(mac, "no such variable"),
                },
            };
            match text(&value) {
                Some(text) => line.push_str(&text),
                None => return no(mac, "this value can't be printed"),
            }
            rest = &rest[close + 1..];
        }
        self.output.push_str(&line);
        self.output.push_str(rest);
        self.output.push('\n');
        Ok(Value::Unit)
    }

    fn value(&mut self, expr: &'p Expr) -> Eval<'p> {
        match expr {
            Expr::Lit(lit) => match literal(&lit.lit) {
                Some(datum) => Ok(datum.value()),
                None => no(expr, "this literal"),
            },
            Expr::Paren(inner) => self.value(&inner.expr),
            Expr::Reference(inner) => self.value(&inner.expr),
            Expr::Cast(cast) => match self.value(&cast.expr)? {
                Value::Bool(b) => Ok(Value::Int(b.into())),
                Value::Int(n) => Ok(Value::Int(n)),
                _ => no(expr, "this cast"),
            },
            Expr::Path(_)
            | Expr::Unary(syn::ExprUnary {
                op: syn::UnOp::Deref(_),
                ..
            }) => {
                let place = self.place(expr)?;
                self.read(place, &|| position(expr))
            }
            Expr::Unary(unary) => match (&unary.op, self.value(&unary.expr)?) {
                (syn::UnOp::Not(_), Value::Bool(b)) => Ok(Value::Bool(!b)),
                _ => no(expr, "this operator"),
            },
            Expr::Binary(binary) => self.binary(binary),
            Expr::Assign(assign) => {
                let value = self.value(&assign.right)?;
                let place = self.place(&assign.left)?;
                self.write(place, value, &assign.left)
            }
            Expr::Tuple(tuple) if tuple.elems.is_empty() => Ok(Value::Unit),
            Expr::Tuple(tuple) => {
                let parts = tuple.elems.iter().map(|e| self.value(e));
                Ok(Value::Tuple(parts.collect::<Eval<'p, _>>()?))
            }
            Expr::Field(field) => match (self.value(&field.base)?, &field.member) {
                (Value::Tuple(parts), syn::Member::Unnamed(index)) => {
                    Ok(parts[index.index as usize].clone())
                }
                _ => no(expr, "this field"),
            },
            Expr::Block(block) => self.block(&block.block),
            Expr::Unsafe(block) => self.block(&block.block),
            Expr::If(branch) => self.branch(branch),
            Expr::Match(choice) => self.choice(choice),
            Expr::ForLoop(repeat) => self.repeat(repeat),
            Expr::Break(_) => Err(Stop::Break),
            Expr::Macro(mac) => self.print(&mac.mac),
            Expr::Call(call) => self.call(call),
            Expr::MethodCall(call) => self.method(call),
            _ => no(expr, "this expression"),
        }
    }

    fn branch(&mut self, branch: &'p syn::ExprIf) -> Eval<'p> {
        let outer = self.variables.len();
        let taken = match &*branch.cond {
            Expr::Let(condition) => {
                let value = self.full(&condition.expr)?;
                self.bind(&condition.pat, value)?
            }
            condition => match self.full(condition)? {
                Value::Bool(b) => b,
                _ => return no(condition, "this condition"),
            },
        };
        let value = match (&branch.else_branch, taken) {
            (_, true) => self.block(&branch.then_branch),
            (Some((_, otherwise)), false) => self.value(otherwise),
            (None, false) => Ok(Value::Unit),
        };
        self.variables.truncate(outer);
        value
    }

    fn choice(&mut self, choice: &'p syn::ExprMatch) -> Eval<'p> {
        let value = self.full(&choice.expr)?;
        let outer = self.variables.len();
        for arm in &choice.arms {
            if self.bind(&arm.pat, value.clone())? {
                let value = self.full(&arm.body);
                self.variables.truncate(outer);
                return value;
            }
            self.variables.truncate(outer);
        }
        no(choice, "no arm matches")
    }

    fn repeat(&mut self, repeat: &'p syn::ExprForLoop) -> Eval<'p> {
        let Expr::Range(range) = &*repeat.expr else {
            return no(repeat, "loops over `0..N` only");
        };
        let (Some(start), Some(end)) = (&range.start, &range.end) else {
            return no(repeat, "loops over `0..N` only");
        };
        let (Datum::Int(start), Datum::Int(end)) = (self.datum(start)?, self.datum(end)?) else {
            return no(repeat, "loops over `0..N` only");
        };
        for n in start..end {
            let outer = self.variables.len();
            self.bind(&repeat.pat, Value::Int(n))?;
            let round = self.block(&repeat.body);
            self.variables.truncate(outer);
            match round {
                Ok(_) => {}
                Err(Stop::Break) => break,
                Err(stop) => return Err(stop),
            }
        }
        Ok(Value::Unit)
    }

    fn binary(&mut self, binary: &'p syn::ExprBinary) -> Eval<'p> {
        if let BinOp::AddAssign(_) | BinOp::SubAssign(_) | BinOp::MulAssign(_) = binary.op {
            // Both sides are primitive: the right one comes first.
            let right = self.value(&binary.right)?;
            let place = self.place(&binary.left)?;
            let left = self.read(place, &|| position(&binary.left))?;
            let Some(value) = operate(&binary.op, left, right) else {
                return no(binary, "this operator");
            };
            return self.write(place, value, &binary.left);
        }
        let left = self.value(&binary.left)?;
        match (&binary.op, &left) {
            (BinOp::And(_), Value::Bool(false)) | (BinOp::Or(_), Value::Bool(true)) => {
                return Ok(left);
            }
            _ => {}
        }
        let right = self.value(&binary.right)?;
        match operate(&binary.op, left, right) {
            Some(value) => Ok(value),
            None => no(binary, "this operator on these values"),
        }
    }

    /// Where an expression's value is kept.
    fn place(&mut self, expr: &'p Expr) -> Eval<'p, Place> {
        match expr {
            Expr::Paren(inner) => self.place(&inner.expr),
            Expr::Path(path) => {
                let Some(name) = path.path.get_ident() else {
                    return no(expr, "this path");
                };
                match self.variables.iter().rposition(|(n, _)| *n == name) {
                    Some(index) => Ok(match self.variables[index].1 {
                        Value::StaticMut(location) => Place::Shared(location),
                        _ => Place::Variable(index),
                    }),
                    None => no(expr, "no such variable"),
                }
            }
            Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => {
                let value = self.value(&unary.expr)?;
                match value {
                    Value::Pointer(location) => Ok(Place::Shared(location)),
                    Value::Guard(_, data) => {
                        if !matches!(&*unary.expr, Expr::Path(_)) {
                            self.temporaries.push(value);
                        }
                        Ok(Place::Shared(data))
                    }
                    _ => no(expr, "only guards and `UnsafeCell::get` are dereferenced"),
                }
            }
            _ => no(expr, "this is no place"),
        }
    }

    fn read(&mut self, place: Place, at: At) -> Eval<'p> {
        match place {
            Place::Variable(index) => Ok(self.variables[index].1.clone()),
            Place::Shared(location) => self.ask(Request::Read(location), at),
        }
    }

    fn write(&mut self, place: Place, value: Value, left: &'p Expr) -> Eval<'p> {
        match (place, value) {
            (Place::Variable(index), _) if index < self.captured => {
                no(left, "an assignment to a captured variable")
            }
            (Place::Variable(index), value) => {
                self.variables[index].1 = value;
                Ok(Value::Unit)
            }
            (Place::Shared(location), value) => match datum(&value) {
                Some(datum) => self.ask(Request::Write(location, datum), &|| position(left)),
                None => no(left, "only integers and bools are shared"),
            },
        }
    }

    fn datum(&mut self, expr: &'p Expr) -> Eval<'p, Datum> {
        let value = self.value(expr)?;
        match datum(&value) {
            Some(datum) => Ok(datum),
            None => no(expr, "an integer or a bool is needed here"),
        }
    }

    fn call(&mut self, call: &'p syn::ExprCall) -> Eval<'p> {
        let Expr::Path(function) = &*call.func else {
            return no(call, "this call");
        };
        let names: Vec<_> = function
            .path
            .segments
            .iter()
            .map(|s| s.ident.to_string())
            .collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let at = &|| position(call);
        let argument = call.args.first();
        match (names.as_slice(), argument) {
            (["AtomicU32", "new"], Some(init)) => self.new_atomic(32, init, at),
            (["AtomicUsize", "new"], Some(init)) => self.new_atomic(64, init, at),
            (["AtomicBool", "new"], Some(init)) => self.new_atomic(1, init, at),
            (["UnsafeCell", "new"], Some(init)) => {
                let init = self.datum(init)?;
                Ok(Value::UnsafeCell(self.new_location(
                    Kind::Plain,
                    init,
                    at,
                )?))
            }
            (["Mutex", "new"], Some(init)) => {
                let init = self.datum(init)?;
                let lock = self.new_location(Kind::Lock, Datum::Bool(false), at)?;
                Ok(Value::Mutex(
                    lock,
                    self.new_location(Kind::Plain, init, at)?,
                ))
            }
            (["fence"], Some(order)) => {
                let order = self.ordering(order)?;
                self.ask(Request::Fence(order), at).map(|_| Value::Unit)
            }
            (["thread", "scope"], Some(Expr::Closure(body))) => self.scope(body),
            (["thread", "spawn"], Some(Expr::Closure(body))) => self.spawn(body, at),
            (["drop"], Some(Expr::Path(path))) => {
                let Place::Variable(index) = self.place(call.args.first().unwrap())? else {
                    return no(path, "only variables are dropped");
                };
                let value = std::mem::replace(&mut self.variables[index].1, Value::Gone);
                self.drop_value(value, at)?;
                Ok(Value::Unit)
            }
            // A struct of the program's own with one field.
            ([name], Some(field)) if name.starts_with(char::is_uppercase) => {
                Ok(Value::Tuple(vec![self.value(field)?]))
            }
            _ => no(call, "this call"),
        }
    }

    fn new_atomic(&mut self, bits: u32, init: &'p Expr, at: At) -> Eval<'p> {
        let init = self.datum(init)?;
        Ok(Value::Atomic(self.new_location(
            Kind::Atomic(bits),
            init,
            at,
        )?))
    }

    fn spawn(&mut self, body: &'p syn::ExprClosure, at: At) -> Eval<'p> {
        let seen = Rc::new(self.variables.clone());
        self.ask(Request::Spawn(Code::Closure(body, seen)), at)
    }

    fn scope(&mut self, body: &'p syn::ExprClosure) -> Eval<'p> {
        let Some(Pat::Ident(name)) = body.inputs.first() else {
            return no(body, "`|s|` only");
        };
        let outer = self.variables.len();
        self.variables.push((&name.ident, Value::Scope));
        let first = self.scoped.len();
        let value = self.full(&body.body)?;
        for thread in self.scoped.split_off(first) {
            self.ask(Request::Join(thread), &|| position(body))?;
        }
        self.variables.truncate(outer);
        Ok(value)
    }

    fn ordering(&mut self, expr: &'p Expr) -> Eval<'p, Ordering> {
        let Expr::Path(path) = expr else {
            return no(expr, "an ordering's name");
        };
        match path
            .path
            .segments
            .last()
            .map(|s| s.ident.to_string())
            .as_deref()
        {
            Some("Relaxed") => Ok(Ordering::Relaxed),
            Some("Acquire") => Ok(Ordering::Acquire),
            Some("Release") => Ok(Ordering::Release),
            Some("AcqRel") => Ok(Ordering::AcqRel),
            Some("SeqCst") => Ok(Ordering::SeqCst),
            _ => no(expr, "an ordering's name"),
        }
    }

    fn method(&mut self, call: &'p syn::ExprMethodCall) -> Eval<'p> {
        let at = &|| position(call);
        let receiver = self.value(&call.receiver)?;
        let name = call.method.to_string();
        match (receiver, name.as_str()) {
            (Value::Atomic(location), _) => self.atomic(call, location, at),
            (Value::Scope, "spawn") => match &call.args[0] {
                Expr::Closure(body) => {
                    let thread = self.spawn(body, at)?;
                    if let Value::Thread(number) = thread {
                        self.scoped.push(number);
                    }
                    Ok(thread)
                }
                other => no(other, "a closure written here"),
            },
            (Value::Thread(thread), "join") => {
                let value = self.ask(Request::Join(thread), at)?;
                Ok(Value::Result(true, Box::new(value)))
            }
            (Value::Mutex(lock, data), "lock") => {
                self.ask(Request::Lock(lock), at)?;
                Ok(Value::Result(true, Box::new(Value::Guard(lock, data))))
            }
            (Value::UnsafeCell(location), "get") => Ok(Value::Pointer(location)),
            (Value::Result(true, value), "unwrap") => Ok(*value),
            (Value::Result(ok, _), "is_ok") => Ok(Value::Bool(ok)),
            (Value::Result(ok, _), "is_err") => Ok(Value::Bool(!ok)),
            _ => no(call, "this method"),
        }
    }

    fn atomic(&mut self, call: &'p syn::ExprMethodCall, location: usize, at: At) -> Eval<'p> {
        let name = call.method.to_string();
        if name == "load" {
            let order = self.ordering(&call.args[0])?;
            return self.ask(Request::Load(location, order), at);
        }
        let operand = self.datum(&call.args[0])?;
        if name == "store" {
            let order = self.ordering(&call.args[1])?;
            return self
                .ask(Request::Store(location, operand, order), at)
                .map(|_| Value::Unit);
        }
        let (action, success, failure) = match (name.as_str(), operand) {
            ("compare_exchange" | "compare_exchange_weak", expected) => {
                let new = self.datum(&call.args[1])?;
                let success = self.ordering(&call.args[2])?;
                (
                    Action::Exchange(expected, new),
                    success,
                    self.ordering(&call.args[3])?,
                )
            }
            (name, operand) => {
                let action = match (name, operand) {
                    ("swap", datum) => Action::Swap(datum),
                    ("fetch_add", Datum::Int(n)) => Action::Add(n),
                    ("fetch_sub", Datum::Int(n)) => Action::Sub(n),
                    ("fetch_max", Datum::Int(n)) => Action::Max(n),
                    ("fetch_min", Datum::Int(n)) => Action::Min(n),
                    ("fetch_and", datum) => Action::And(datum),
                    ("fetch_or", datum) => Action::Or(datum),
                    ("fetch_xor", datum) => Action::Xor(datum),
                    _ => return no(call, "this method of an atomic"),
                };
                let order = self.ordering(&call.args[1])?;
                (action, order, order)
            }
        };
        let weak = name == "compare_exchange_weak";
        self.ask(
            Request::Modify(location, action, success, failure, weak),
            at,
        )
    }
}

fn literal(lit: &syn::Lit) -> Option<Datum> {
    match lit {
        syn::Lit::Int(n) => n.base10_parse().ok().map(Datum::Int),
        syn::Lit::Bool(b) => Some(Datum::Bool(b.value)),
        _ => None,
    }
}

fn datum(value: &Value) -> Option<Datum> {
    match value {
        Value::Int(n) => Some(Datum::Int(*n)),
        Value::Bool(b) => Some(Datum::Bool(*b)),
        _ => None,
    }
}

fn operate(op: &BinOp, left: Value, right: Value) -> Option<Value> {
    use Value::{Bool, Int};
    Some(match (op, left, right) {
        (BinOp::Add(_) | BinOp::AddAssign(_), Int(a), Int(b)) => Int(a + b),
        (BinOp::Mul(_) | BinOp::MulAssign(_), Int(a), Int(b)) => Int(a * b),
        // Litmus programs keep to unsigned integers.
        (BinOp::Sub(_) | BinOp::SubAssign(_), Int(a), Int(b)) if a >= b => Int(a - b),
        (BinOp::Rem(_), Int(a), Int(b)) if b > 0 => Int(a % b),
        (BinOp::BitXor(_), Int(a), Int(b)) => Int(a ^ b),
        (BinOp::BitAnd(_), Int(a), Int(b)) => Int(a & b),
        (BinOp::BitOr(_), Int(a), Int(b)) => Int(a | b),
        (BinOp::Eq(_), Int(a), Int(b)) => Bool(a == b),
        (BinOp::Ne(_), Int(a), Int(b)) => Bool(a != b),
        (BinOp::Lt(_), Int(a), Int(b)) => Bool(a < b),
        (BinOp::Le(_), Int(a), Int(b)) => Bool(a <= b),
        (BinOp::Gt(_), Int(a), Int(b)) => Bool(a > b),
        (BinOp::Ge(_), Int(a), Int(b)) => Bool(a >= b),
        (BinOp::Eq(_), Bool(a), Bool(b)) => Bool(a == b),
        (BinOp::Ne(_), Bool(a), Bool(b)) => Bool(a != b),
        (BinOp::And(_), Bool(_), Bool(b)) => Bool(b),
        (BinOp::Or(_), Bool(_), Bool(b)) => Bool(b),
        _ => return None,
    })
}

fn text(value: &Value) -> Option<String> {
    Some(match value {
        Value::Unit => "()".into(),
        Value::Int(n) => n.to_string(),
        Value::Bool(b) => b.to_string(),
        Value::Result(true, inner) => format!("Ok({})", text(inner)?),
        Value::Result(false, inner) => format!("Err({})", text(inner)?),
        Value::Tuple(parts) => {
            let parts = parts.iter().map(text).collect::<Option<Vec<_>>>()?;
            match &parts[..] {
                [only] => format!("({only},)"),
                _ => format!("({})", parts.join(", ")),
            }
        }
        _ => return None,
    })
}
