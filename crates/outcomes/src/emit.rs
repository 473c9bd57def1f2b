//! From typed expressions to code: drops, temporaries, moves made explicit.

mod block;
mod branch;
mod glue;
mod layout;
mod pattern;
mod place;
mod show;
mod value;

use crate::check::{self, Checked, Known};
use crate::code::{Format, Function, Layout, Names, Op, Program, Static};
use crate::hir::{Body, LocalId, PatKind, PlaceKind};
use crate::items::Items;
use crate::request::Naming;
use crate::types::{Con, Ty, Unifier};
use crate::value::{Object, Span, Value};
use crate::{Edition, Error, Request, Thread};
use std::collections::HashMap;
use std::rc::Rc;

type R<T> = Result<T, Error>;

/// One function of the code: what it is made from.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Instance {
    Fn(usize, Vec<Ty>),
    /// A closure; `true`: it owns what it captured and ends with the call.
    Closure(usize, bool),
    /// Drops a value of the type.
    Glue(Ty),
    /// Drops what a pointer points at, and frees that.
    GlueAt(Ty),
}

/// Functions of the program can be so many before it is called too big.
const FUNCTIONS: usize = 4000;

/// Cells that one value may take.
const CELLS: usize = 1024;

/// How deep types may nest.
const DEEPEST: usize = 40;

fn too_big(span: Span) -> Error {
    Error::new(span, "this value is too big to explore; make it smaller")
}

struct Builder<'a> {
    known: Known<'a>,
    edition: Edition,
    functions: Vec<Function>,
    index: HashMap<Instance, u32>,
    queue: Vec<(u32, Instance, Span)>,
    /// The place in the source that is being written out, or that asked for
    /// the prelude's function which is.
    at: Span,
    /// Whether that is the prelude's.
    hidden: bool,
    closures: HashMap<usize, Rc<(Body, Rc<Unifier>)>>,
    layouts: Vec<Layout>,
    formats: Vec<Format>,
    names: Vec<Names>,
    statics: Vec<Naming>,
}

/// The whole program from its items.
pub(crate) fn program(items: Items<'_>, edition: Edition) -> R<Program> {
    let Some(&main) = items.by_name.get("main") else {
        return Err(Error::new(
            Span { line: 1, column: 1 },
            "there is no `fn main` here",
        ));
    };
    let known = Known::new(items)?;
    let mut builder = Builder {
        known,
        edition,
        functions: Vec::new(),
        index: HashMap::new(),
        queue: Vec::new(),
        at: Span { line: 1, column: 1 },
        hidden: false,
        closures: HashMap::new(),
        layouts: Vec::new(),
        formats: Vec::new(),
        names: vec![Names::default()],
        statics: Vec::new(),
    };
    if builder.known.items.fns[main].hidden {
        return Err(Error::new(
            Span { line: 1, column: 1 },
            "there is no `fn main` here",
        ));
    }
    let mut inits = Vec::new();
    for index in 0..builder.known.items.statics.len() {
        inits.push(builder.constant(index)?);
    }
    let main = builder.instance(Instance::Fn(main, Vec::new()));
    builder.all_functions()?;
    builder.run()?;
    let mut program = Program {
        functions: builder.functions,
        main,
        layouts: builder.layouts,
        formats: builder.formats,
        names: builder.names,
        statics: Vec::new(),
        raw_pointers: builder.known.raw_pointers,
    };
    for (index, (function, layout, span)) in inits.into_iter().enumerate() {
        let value = evaluate(&program, function, span)?;
        let mut cells = Vec::new();
        program.layouts[layout as usize].flatten(value, &mut cells);
        let object = Object::fixed(index as u32);
        program.statics.push(Static {
            object,
            naming: builder.statics[index],
            cells,
        });
    }
    Ok(program)
}

/// Runs a static's initialiser, which nothing else sees.
fn evaluate(program: &Program, function: u32, span: Span) -> R<Value> {
    let entry = crate::request::Entry {
        function,
        env: Vec::new(),
        scoped: false,
    };
    let mut thread = Thread::spawned(program, crate::ThreadId::MAIN, &entry);
    let step = thread.next(program)?.clone();
    match step.request {
        Request::Finish(Ok(value)) => Ok(value),
        _ => Err(Error::new(
            span,
            "a static starts with a value that needs no more than `new`",
        )),
    }
}

impl Builder<'_> {
    fn instance(&mut self, instance: Instance) -> u32 {
        if let Some(&known) = self.index.get(&instance) {
            return known;
        }
        let id = self.functions.len() as u32;
        self.functions.push(Function::default());
        self.index.insert(instance.clone(), id);
        self.queue.push((id, instance, self.at));
        id
    }

    /// Every function without type parameters is read, called or not: what is
    /// outside the subset is an error wherever it stands.
    fn all_functions(&mut self) -> R<()> {
        for function in 0..self.known.items.fns.len() {
            let def = &self.known.items.fns[function];
            if !def.hidden && def.generics.is_empty() {
                self.instance(Instance::Fn(function, Vec::new()));
            }
        }
        Ok(())
    }

    fn run(&mut self) -> R<()> {
        while let Some((id, instance, at)) = self.queue.pop() {
            self.at = at;
            self.hidden = false;
            let grown = match &instance {
                Instance::Fn(_, types) => types.iter().any(|ty| ty.is_deeper_than(DEEPEST)),
                Instance::Glue(ty) | Instance::GlueAt(ty) => ty.is_deeper_than(DEEPEST),
                Instance::Closure(..) => false,
            };
            if grown || self.functions.len() > FUNCTIONS {
                return Err(Error::new(
                    at,
                    "this needs ever more functions; take generic recursion out",
                ));
            }
            let function = match instance {
                Instance::Fn(function, types) => {
                    self.hidden = self.known.items.fns[function].hidden;
                    self.fn_instance(function, &types)
                        .map_err(|error| match self.hidden {
                            // Nobody wrote the prelude's lines: the call is at fault.
                            true => Error::new(at, error.message()),
                            false => error,
                        })?
                }
                Instance::Closure(id, owned) => {
                    let body = self.closures[&id].clone();
                    Emit::new(self, &body.0, &body.1).closure(id, owned)?
                }
                Instance::Glue(ty) => self.glue(&ty)?,
                Instance::GlueAt(ty) => self.glue_at(&ty)?,
            };
            self.functions[id as usize] = function;
        }
        Ok(())
    }

    fn fn_instance(&mut self, function: usize, types: &[Ty]) -> R<Function> {
        let checked = check::function(&mut self.known, function, types)?;
        let body = self.keep_closures(checked);
        let mut function = Emit::new(self, &body.0, &body.1).function()?;
        if self.hidden {
            function.spans.fill(Span::default());
        }
        Ok(function)
    }

    fn keep_closures(&mut self, checked: Checked) -> Rc<(Body, Rc<Unifier>)> {
        let types = Rc::new(checked.types);
        for (id, body) in checked.closures {
            self.closures.insert(id, Rc::new((body, types.clone())));
        }
        Rc::new((checked.body, types))
    }

    fn constant(&mut self, index: usize) -> R<(u32, u32, Span)> {
        let def = &self.known.items.statics[index];
        let (ty, init, name, mutable) = (def.ty, def.init, def.name.clone(), def.mutable);
        let checked = check::constant(&mut self.known, ty, init)?;
        let body = self.keep_closures(checked);
        let ty = body
            .1
            .resolve(body.0.ret.as_ref().expect("a constant has a type"));
        let span = body.0.span;
        let id = self.functions.len() as u32;
        self.functions.push(Function::default());
        self.functions[id as usize] = Emit::new(self, &body.0, &body.1).function()?;
        let layout = self.layout(&ty, span)?;
        let naming = self.naming(&name, &ty, mutable);
        self.statics.push(Naming(naming));
        Ok((id, layout, span))
    }

    // Types.

    /// What drops a value of this type, if that does anything.
    fn glue_for(&mut self, ty: &Ty) -> R<Option<u32>> {
        Ok(self
            .needs_drop(ty)?
            .then(|| self.instance(Instance::Glue(ty.clone()))))
    }
}

/// A local as the code keeps it.
#[derive(Clone)]
struct Kept {
    slot: u32,
    /// Whether the slot holds a pointer to it.
    memory: bool,
    ty: Ty,
    name: String,
}

struct Loop {
    id: usize,
    /// How many scopes there are outside.
    scopes: usize,
    temps: usize,
    breaks: Vec<usize>,
    continues: Vec<usize>,
    result: u32,
}

/// One function while its code is written.
struct Emit<'b, 'a> {
    builder: &'b mut Builder<'a>,
    body: &'b Body,
    types: &'b Unifier,
    code: Vec<Op>,
    spans: Vec<Span>,
    slots: Vec<Option<u32>>,
    locals: Vec<Option<Kept>>,
    /// The slots to be dropped, scope by scope.
    scopes: Vec<Vec<u32>>,
    /// The scope that temporaries belong to.
    temps: usize,
    loops: Vec<Loop>,
    span: Span,
    /// What the next object is called.
    hint: Option<String>,
    /// The closure's own value, if this is one.
    env: Option<LocalId>,
}

impl<'b, 'a> Emit<'b, 'a> {
    fn new(builder: &'b mut Builder<'a>, body: &'b Body, types: &'b Unifier) -> Self {
        Emit {
            builder,
            body,
            types,
            code: Vec::new(),
            spans: Vec::new(),
            slots: Vec::new(),
            locals: vec![None; body.locals.len()],
            scopes: vec![Vec::new()],
            temps: 0,
            loops: Vec::new(),
            span: body.span,
            hint: None,
            env: None,
        }
    }

    fn function(self) -> R<Function> {
        self.with_params(&[])
    }

    fn closure(mut self, id: usize, owned: bool) -> R<Function> {
        let ty = Ty::plain(Con::Closure(id));
        let captures = &self.body.captures;
        let own: Vec<_> = captures.iter().filter(|capture| capture.by_value).collect();
        let cells = self.builder.has_cells(&ty)?;
        let changed = own.iter().any(|capture| capture.changed);
        if !owned && (cells || changed) {
            return Err(Error::new(
                self.body.span,
                "a closure that is called by name can't change what it owns here; \
                 let it borrow that, or write a function",
            ));
        }
        let memory = cells || own.iter().any(|capture| capture.borrowed);
        let slot = self.slot(None);
        let local = self.keep(slot, false, ty.clone(), "closure");
        self.env = Some(local);
        if memory && owned {
            // Its parts can be pointed at: it lives in memory.
            let glue = self.builder.instance(Instance::GlueAt(ty.clone()));
            self.slots[slot as usize] = Some(glue);
            self.op(Op::Take(slot));
            self.alloc(&ty, false, "closure")?;
            self.op(Op::Set(slot));
            self.locals[local].as_mut().expect("kept above").memory = true;
            self.scopes[0].push(slot);
        } else if memory {
            self.op(Op::Take(slot));
            self.alloc(&ty, false, "closure")?;
            self.op(Op::Set(slot));
            let free = self.builder.instance(Instance::GlueAt(Ty::unit()));
            self.slots[slot as usize] = Some(free);
            self.locals[local].as_mut().expect("kept above").memory = true;
            self.scopes[0].push(slot);
        } else if owned {
            self.slots[slot as usize] = self.builder.glue_for(&ty)?;
            self.scopes[0].push(slot);
        }
        self.with_params(&[local])
    }

    fn with_params(mut self, _env: &[LocalId]) -> R<Function> {
        let body = self.body;
        let mut params = Vec::new();
        for pat in &body.params {
            let ty = self.types.resolve(&pat.ty);
            let glue = self.builder.glue_for(&ty)?;
            let slot = self.slot(glue);
            self.scopes[0].push(slot);
            params.push((slot, ty, pat));
        }
        for (slot, ty, pat) in params {
            if let PatKind::Bind(local, false, None) = pat.kind
                && !self.in_memory(local)?
            {
                self.locals[local] = Some(Kept {
                    slot,
                    memory: false,
                    ty,
                    name: body.locals[local].name.clone(),
                });
                continue;
            }
            let local = self.keep(slot, false, ty.clone(), "argument");
            let place = crate::hir::place(PlaceKind::Local(local), ty, pat.span);
            self.bindings(pat, &place, 0)?;
        }
        self.span = body.span;
        let value = body.body.as_ref().expect("a function has a body");
        self.value(value)?;
        self.leave_scopes(0);
        self.op(Op::Return);
        Ok(Function {
            code: self.code,
            spans: self.spans,
            slots: self.slots,
        })
    }

    fn op(&mut self, op: Op) -> usize {
        self.code.push(op);
        self.spans.push(self.span);
        self.code.len() - 1
    }

    fn here(&self) -> u32 {
        self.code.len() as u32
    }

    fn patch(&mut self, at: usize) {
        let here = self.here();
        match &mut self.code[at] {
            Op::Jump(to) | Op::JumpIf(to) | Op::JumpIfNot(to) => *to = here,
            _ => unreachable!("only jumps are patched"),
        }
    }

    fn slot(&mut self, glue: Option<u32>) -> u32 {
        self.slots.push(glue);
        self.slots.len() as u32 - 1
    }

    fn keep(&mut self, slot: u32, memory: bool, ty: Ty, name: &str) -> LocalId {
        self.locals.push(Some(Kept {
            slot,
            memory,
            ty,
            name: name.to_owned(),
        }));
        self.locals.len() - 1
    }

    fn in_memory(&self, local: LocalId) -> R<bool> {
        let known = &self.body.locals[local];
        Ok(known.borrowed || self.builder.has_cells(&self.types.resolve(&known.ty))?)
    }

    /// Declares a local of the body: its slot, dropped with scope `scope`.
    fn declare(&mut self, local: LocalId, scope: usize) -> R<Kept> {
        let known = &self.body.locals[local];
        let ty = self.types.resolve(&known.ty);
        let memory = self.in_memory(local)?;
        let glue = match memory {
            true => Some(self.builder.instance(Instance::GlueAt(ty.clone()))),
            false => self.builder.glue_for(&ty)?,
        };
        let slot = self.slot(glue);
        self.scopes[scope].push(slot);
        let kept = Kept {
            slot,
            memory,
            ty,
            name: known.name.clone(),
        };
        self.locals[local] = Some(kept.clone());
        Ok(kept)
    }

    /// The value on the stack becomes the local's.
    fn initialise(&mut self, kept: &Kept) -> R<()> {
        if kept.memory {
            let (ty, name) = (kept.ty.clone(), kept.name.clone());
            self.alloc(&ty, false, &name)?;
        }
        self.op(Op::Set(kept.slot));
        Ok(())
    }

    fn alloc(&mut self, ty: &Ty, heap: bool, name: &str) -> R<()> {
        let layout = self.builder.layout(ty, self.span)?;
        let naming = self.builder.naming(name, ty, false);
        self.op(Op::Alloc {
            heap,
            layout,
            naming,
        });
        Ok(())
    }

    fn push_scope(&mut self) -> usize {
        self.scopes.push(Vec::new());
        self.scopes.len() - 1
    }

    /// Drops what the scopes from `from` on hold; they stay open.
    fn leave_scopes(&mut self, from: usize) {
        let slots: Vec<u32> = self.scopes[from..]
            .iter()
            .flat_map(|scope| scope.iter().copied())
            .collect();
        for slot in slots.into_iter().rev() {
            let glue = self.slots[slot as usize];
            self.op(Op::DropSlot(slot, glue));
        }
    }

    fn pop_scope(&mut self) {
        self.leave_scopes(self.scopes.len() - 1);
        self.scopes.pop();
    }

    /// Runs `f` with temporaries of its own, dropped at its end.
    fn with_temps<T>(&mut self, f: impl FnOnce(&mut Self) -> R<T>) -> R<T> {
        let outer = self.temps;
        self.temps = self.push_scope();
        let result = f(self)?;
        self.pop_scope();
        self.temps = outer;
        Ok(result)
    }

    fn resolve(&self, ty: &Ty) -> Ty {
        self.types.resolve(ty)
    }

    fn glue(&mut self, ty: &Ty) -> R<Option<u32>> {
        self.builder.glue_for(ty)
    }

    /// The value on the stack goes into a temporary.
    fn spill(&mut self, ty: &Ty, memory: bool, scope: usize) -> R<LocalId> {
        let memory = memory || self.builder.has_cells(ty)?;
        let glue = match memory {
            true => Some(self.builder.instance(Instance::GlueAt(ty.clone()))),
            false => self.glue(ty)?,
        };
        let slot = self.slot(glue);
        self.scopes[scope].push(slot);
        let name = self.hint.take().unwrap_or_else(|| "temporary".into());
        let local = self.keep(slot, memory, ty.clone(), &name);
        let kept = self.locals[local].clone().expect("kept above");
        self.initialise(&kept)?;
        Ok(local)
    }

    // Patterns.
}

fn int_of(ty: &Ty) -> Option<crate::IntType> {
    match ty {
        Ty::Con(Con::Int(int), _) => Some(*int),
        _ => None,
    }
}
