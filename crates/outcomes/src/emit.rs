//! From typed expressions to code: drops, temporaries, moves made explicit.

mod glue;
mod place;
mod value;

use crate::check::{self, Checked, Known};
use crate::code::{Format, Function, Layout, Names, Op, Program, Static};
use crate::hir::{Body, LocalId, Pat, PatKind, Place, PlaceKind};
use crate::items::Items;
use crate::request::Naming;
use crate::types::{Con, Ty, Unifier};
use crate::value::{Object, Span, Value};
use crate::{Edition, Error, Request, Thread};
use std::collections::{HashMap, HashSet};
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

    fn fields(&self, ty: &Ty, variant: usize) -> R<Vec<Ty>> {
        match ty {
            Ty::Con(Con::Adt(adt), args) => Ok(self.known.fields(*adt, args, variant)),
            _ => Ok(Vec::new()),
        }
    }

    fn layout_of(&self, ty: &Ty, span: Span) -> R<Layout> {
        self.layout_within(ty, span, 0)
    }

    fn layout_within(&self, ty: &Ty, span: Span, depth: usize) -> R<Layout> {
        let Ty::Con(con, args) = ty else {
            return Ok(Layout::Leaf);
        };
        if depth > DEEPEST {
            return Err(Error::new(
                span,
                "a type can't hold itself; put a Box in between",
            ));
        }
        let within = |ty: &Ty| self.layout_within(ty, span, depth + 1);
        Ok(match con {
            Con::Tuple if !args.is_empty() => {
                Layout::Parts(args.iter().map(within).collect::<R<_>>()?)
            }
            Con::Array(len) => {
                let elem = within(&args[0])?;
                if elem.cells() as usize * len > CELLS {
                    return Err(too_big(span));
                }
                Layout::Parts(vec![elem; *len])
            }
            Con::Adt(adt) if !self.known.items.adts[*adt].is_enum => {
                let fields = self.fields(ty, 0)?;
                Layout::Parts(fields.iter().map(within).collect::<R<_>>()?)
            }
            Con::Mutex | Con::RwLock | Con::OnceLock => {
                Layout::Parts(vec![Layout::Leaf, within(&args[0])?])
            }
            Con::UnsafeCell | Con::Cell => within(&args[0])?,
            Con::Closure(_) => {
                let captures = self.captures(ty)?;
                Layout::Parts(captures.iter().map(within).collect::<R<_>>()?)
            }
            _ => Layout::Leaf,
        })
    }

    fn layout(&mut self, ty: &Ty, span: Span) -> R<u32> {
        let layout = self.layout_of(ty, span)?;
        if layout.cells() > 1024 {
            return Err(Error::new(
                span,
                "this value is too big to explore; make it smaller",
            ));
        }
        if let Some(known) = self.layouts.iter().position(|known| *known == layout) {
            return Ok(known as u32);
        }
        self.layouts.push(layout);
        Ok(self.layouts.len() as u32 - 1)
    }

    /// The types of what a closure holds.
    fn captures(&self, ty: &Ty) -> R<Vec<Ty>> {
        let Ty::Con(Con::Closure(id), _) = ty else {
            return Ok(Vec::new());
        };
        let body = &self.closures[id];
        let types = body.0.captures.iter().map(|capture| {
            let ty = body.1.resolve(&capture.outer.ty);
            if capture.by_value {
                ty
            } else {
                Ty::of(Con::Ref, ty)
            }
        });
        Ok(types.collect())
    }

    /// Whether the type holds something that threads may share by itself.
    fn has_cells(&self, ty: &Ty) -> R<bool> {
        let mut seen = HashSet::new();
        self.any_part(ty, &mut seen, &|con| match con {
            Con::Atomic
            | Con::Mutex
            | Con::RwLock
            | Con::Condvar
            | Con::Barrier
            | Con::Once
            | Con::OnceLock
            | Con::UnsafeCell
            | Con::Cell => Some(true),
            Con::Box
            | Con::Arc
            | Con::Ref
            | Con::RefMut
            | Con::RawConst
            | Con::RawMut
            | Con::MutexGuard
            | Con::ReadGuard
            | Con::WriteGuard
            | Con::Sender
            | Con::Receiver
            | Con::JoinHandle
            | Con::ScopedHandle
            | Con::Phantom => Some(false),
            // What lies in one cell is moved as one: `in_one_cell` refuses more.
            Con::Vec | Con::Deque => Some(false),
            Con::Adt(adt) if self.known.items.adts[*adt].is_enum => Some(false),
            _ => None,
        })
    }

    /// Whether its end does something.
    fn needs_drop(&self, ty: &Ty) -> R<bool> {
        let mut seen = HashSet::new();
        let items = &self.known.items;
        let counts = self.known.counts_arcs;
        self.any_part(ty, &mut seen, &|con| match con {
            Con::Arc if counts => Some(true),
            Con::Box
            | Con::MutexGuard
            | Con::ReadGuard
            | Con::WriteGuard
            | Con::Sender
            | Con::Receiver
            | Con::Poison => Some(true),
            Con::Ref
            | Con::RefMut
            | Con::RawConst
            | Con::RawMut
            | Con::JoinHandle
            | Con::ScopedHandle
            | Con::Phantom
            | Con::Fn(_) => Some(false),
            Con::Adt(adt) if items.adts[*adt].drop.is_some() => Some(true),
            _ => None,
        })
    }

    fn any_part(
        &self,
        ty: &Ty,
        seen: &mut HashSet<Ty>,
        test: &impl Fn(&Con) -> Option<bool>,
    ) -> R<bool> {
        let Ty::Con(con, args) = ty else {
            return Ok(false);
        };
        if let Some(found) = test(con) {
            return Ok(found);
        }
        if !seen.insert(ty.clone()) {
            return Ok(false);
        }
        let parts = match con {
            Con::Adt(adt) => {
                let mut parts = Vec::new();
                for variant in 0..self.known.items.adts[*adt].variants.len() {
                    parts.extend(self.fields(ty, variant)?);
                }
                parts
            }
            Con::Closure(_) => self.captures(ty)?,
            _ => args.clone(),
        };
        for part in &parts {
            if self.any_part(part, seen, test)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What drops a value of this type, if that does anything.
    fn glue_for(&mut self, ty: &Ty) -> R<Option<u32>> {
        Ok(self
            .needs_drop(ty)?
            .then(|| self.instance(Instance::Glue(ty.clone()))))
    }

    fn is_copy(&self, ty: &Ty) -> bool {
        if let Ty::Con(Con::Closure(_), _) = ty {
            let captures = self.captures(ty).unwrap_or_default();
            return captures.iter().all(|ty| self.is_copy(ty));
        }
        check::is_copy(&self.known.items, ty)
    }

    /// Refuses to point at an atomic or lock that lies in a list or an enum,
    /// where it has no cell of its own.
    fn in_one_cell(&self, ty: &Ty, span: Span) -> R<()> {
        match self.has_cells(ty)? {
            true => Err(Error::new(
                span,
                "an atomic or lock inside a Vec or an enum isn't followed; \
                 write an array or a struct",
            )),
            false => Ok(()),
        }
    }

    fn naming(&mut self, name: &str, ty: &Ty, racy: bool) -> u32 {
        let mut names = Names::default();
        self.cell_names(name, ty, racy, &mut names);
        self.names.push(names);
        self.names.len() as u32 - 1
    }

    fn cell_names(&self, name: &str, ty: &Ty, racy: bool, names: &mut Names) {
        let Ty::Con(con, args) = ty else { return };
        let mut leaf = |name: String| {
            names.cells.push(name);
            names.racy.push(racy);
        };
        match con {
            Con::Tuple if !args.is_empty() => {
                for (i, arg) in args.iter().enumerate() {
                    self.cell_names(&format!("{name}.{i}"), arg, racy, names);
                }
            }
            Con::Array(len) => {
                for i in 0..*len {
                    self.cell_names(&format!("{name}[{i}]"), &args[0], racy, names);
                }
            }
            Con::Adt(adt) if !self.known.items.adts[*adt].is_enum => {
                let fields = self.fields(ty, 0).unwrap_or_default();
                let known = &self.known.items.adts[*adt].variants[0].fields;
                for ((field, _), ty) in known.iter().zip(&fields) {
                    self.cell_names(&format!("{name}.{field}"), ty, racy, names);
                }
            }
            Con::Mutex | Con::RwLock | Con::OnceLock => {
                leaf(name.to_owned());
                self.cell_names(&format!("*{name}"), &args[0], racy, names);
            }
            Con::UnsafeCell | Con::Cell => self.cell_names(name, &args[0], true, names),
            Con::Closure(_) => {
                for ty in self.captures(ty).unwrap_or_default() {
                    self.cell_names(name, &ty, racy, names);
                }
            }
            _ => leaf(name.to_owned()),
        }
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

    /// Tests whether the place matches; jumps that are added to `fail` are
    /// taken if not.
    fn test(&mut self, pat: &Pat, place: &Place, fail: &mut Vec<usize>) -> R<()> {
        self.span = pat.span;
        match &pat.kind {
            PatKind::Wild => {}
            PatKind::Bind(_, _, sub) => {
                if let Some(sub) = sub {
                    self.test(sub, place, fail)?;
                }
            }
            PatKind::Value(value) => {
                self.peek(place)?;
                self.op(Op::Const(value.clone()));
                let edge = crate::code::Edge::Panic;
                self.op(Op::Bin(crate::code::BinOp::Eq, edge, None));
                fail.push(self.op(Op::JumpIfNot(0)));
            }
            PatKind::Range(low, high, closed) => {
                use crate::code::{BinOp, Edge};
                let int = int_of(&self.resolve(&pat.ty));
                let last = if *closed { BinOp::Le } else { BinOp::Lt };
                for (bound, op) in [(low, BinOp::Ge), (high, last)] {
                    if let Some(bound) = bound {
                        self.peek(place)?;
                        self.op(Op::Const(Value::Int(*bound)));
                        self.op(Op::Bin(op, Edge::Panic, int));
                        fail.push(self.op(Op::JumpIfNot(0)));
                    }
                }
            }
            PatKind::Parts(parts) => {
                for (index, part) in parts {
                    let there = field(place, *index, &part.ty);
                    self.test(part, &there, fail)?;
                }
            }
            PatKind::Variant(tag, parts) => {
                self.peek(place)?;
                self.op(Op::Tag);
                self.op(Op::Const(Value::Int(i128::from(*tag))));
                let edge = crate::code::Edge::Panic;
                self.op(Op::Bin(crate::code::BinOp::Eq, edge, None));
                fail.push(self.op(Op::JumpIfNot(0)));
                for (index, part) in parts {
                    let there = payload(place, *tag, *index, &part.ty);
                    self.test(part, &there, fail)?;
                }
            }
            PatKind::Or(cases) => {
                let mut matched = Vec::new();
                for (i, case) in cases.iter().enumerate() {
                    let mut next = Vec::new();
                    let last = i + 1 == cases.len();
                    self.test(case, place, if last { &mut *fail } else { &mut next })?;
                    if !last {
                        matched.push(self.op(Op::Jump(0)));
                        for at in next {
                            self.patch(at);
                        }
                    }
                }
                for at in matched {
                    self.patch(at);
                }
            }
            PatKind::Deref(inner) => self.test(inner, &deref(place, &inner.ty), fail)?,
        }
        Ok(())
    }

    /// Binds the pattern's names, which are dropped with scope `scope`.
    fn bindings(&mut self, pat: &Pat, place: &Place, scope: usize) -> R<()> {
        self.span = pat.span;
        match &pat.kind {
            PatKind::Bind(local, by_ref, sub) => {
                let kept = self.declare(*local, scope)?;
                if *by_ref {
                    self.pointer(place, true)?;
                } else {
                    self.take(place)?;
                }
                self.initialise(&kept)?;
                if let Some(sub) = sub {
                    self.bindings(sub, place, scope)?;
                }
            }
            PatKind::Parts(parts) => {
                for (index, part) in parts {
                    self.bindings(part, &field(place, *index, &part.ty), scope)?;
                }
            }
            PatKind::Variant(tag, parts) => {
                for (index, part) in parts {
                    self.bindings(part, &payload(place, *tag, *index, &part.ty), scope)?;
                }
            }
            PatKind::Deref(inner) => self.bindings(inner, &deref(place, &inner.ty), scope)?,
            PatKind::Wild | PatKind::Value(_) | PatKind::Range(..) | PatKind::Or(_) => {}
        }
        Ok(())
    }
}

fn field(base: &Place, index: usize, ty: &Ty) -> Place {
    crate::hir::place(PlaceKind::Field(base.clone(), index), ty.clone(), base.span)
}

fn payload(base: &Place, tag: u16, index: usize, ty: &Ty) -> Place {
    crate::hir::place(
        PlaceKind::Payload(base.clone(), tag, index),
        ty.clone(),
        base.span,
    )
}

fn deref(base: &Place, ty: &Ty) -> Place {
    crate::hir::place(PlaceKind::Deref(base.clone()), ty.clone(), base.span)
}

/// Whether a name in the pattern binds a reference.
fn borrows(pat: &Pat) -> bool {
    match &pat.kind {
        PatKind::Bind(_, by_ref, sub) => *by_ref || sub.as_deref().is_some_and(borrows),
        PatKind::Parts(parts) | PatKind::Variant(_, parts) => {
            parts.iter().any(|(_, part)| borrows(part))
        }
        _ => false,
    }
}

fn int_of(ty: &Ty) -> Option<crate::IntType> {
    match ty {
        Ty::Con(Con::Int(int), _) => Some(*int),
        _ => None,
    }
}
