//! From syntax to typed expressions: names, types, derefs, captures.

mod block;
mod branch;
mod call;
mod expr;
mod format;
mod iter;
mod method;
mod operator;
mod pattern;
mod place;
mod std_call;
mod ty;

pub(crate) use ty::is_copy;

use crate::Error;
use crate::hir::{self, Body, Capture, ExprKind, Local, LocalId, PlaceKind};
use crate::items::{Items, span_of};
use crate::types::{Con, Ty, Unifier};
use crate::value::Span;
use std::collections::HashMap;

pub(crate) type R<T> = Result<T, Error>;

/// What is known of the whole program while its functions are read.
pub(crate) struct Known<'a> {
    pub(crate) items: Items<'a>,
    /// Of each type and variant the fields' types; variable `n` stands for
    /// the type's parameter `n`.
    pub(crate) fields: Vec<Vec<Vec<Ty>>>,
    /// Every closure met so far, with what its types came to.
    pub(crate) closures: Vec<ClosureType>,
    /// Whether the program makes raw pointers to what isn't an `UnsafeCell`.
    pub(crate) raw_pointers: bool,
    /// Whether the program looks at how many `Arc`s there are.
    pub(crate) counts_arcs: bool,
}

#[derive(Clone)]
pub(crate) struct ClosureType {
    pub(crate) params: Vec<Ty>,
    pub(crate) ret: Ty,
}

/// A function read with its types: itself, and the closures in it.
pub(crate) struct Checked {
    pub(crate) body: Body,
    pub(crate) closures: Vec<(usize, Body)>,
    pub(crate) types: Unifier,
}

/// A function or closure while it is read.
struct Scope {
    body: Body,
    names: Vec<(String, LocalId)>,
    loops: Vec<Loop>,
    ret: Ty,
    /// The number of the closure, if it is one.
    closure: Option<usize>,
}

struct Loop {
    id: usize,
    label: Option<String>,
    /// The type of `break`'s value: for `loop` alone.
    value: Option<Ty>,
    breaks: bool,
}

pub(crate) struct Checker<'k, 'a> {
    known: &'k mut Known<'a>,
    types: Unifier,
    env: HashMap<String, Ty>,
    self_ty: Option<Ty>,
    scopes: Vec<Scope>,
    closures: Vec<(usize, Body)>,
    local_closures: HashMap<usize, ClosureType>,
    loops: usize,
    depth: usize,
}

/// How deep expressions may nest: deeper ones would exhaust the stack.
const DEEPEST: usize = 120;

impl<'a> Known<'a> {
    pub(crate) fn new(items: Items<'a>) -> R<Known<'a>> {
        let counts_arcs = items.counts_arcs;
        let closures = Vec::new();
        let mut known = Known {
            items,
            fields: Vec::new(),
            closures,
            raw_pointers: false,
            counts_arcs,
        };
        for adt in 0..known.items.adts.len() {
            let def = &known.items.adts[adt];
            let generics = def.generics.clone();
            let variants: Vec<Vec<_>> = def
                .variants
                .iter()
                .map(|variant| variant.fields.iter().map(|(_, ty)| *ty).collect())
                .collect();
            let mut checker = Checker::new(&mut known, HashMap::new());
            let params: Vec<Ty> = generics.iter().map(|_| checker.types.fresh()).collect();
            checker.env = generics.into_iter().zip(params.iter().cloned()).collect();
            checker.self_ty = Some(Ty::Con(Con::Adt(adt), params));
            let mut fields = Vec::new();
            for variant in variants {
                let types = variant.into_iter().map(|ty| checker.ty(ty));
                fields.push(types.collect::<R<Vec<Ty>>>()?);
            }
            known.fields.push(fields);
        }
        Ok(known)
    }

    /// The types of a variant's fields.
    pub(crate) fn fields(&self, adt: usize, args: &[Ty], variant: usize) -> Vec<Ty> {
        self.fields[adt][variant]
            .iter()
            .map(|ty| substitute(ty, args))
            .collect()
    }
}

fn substitute(ty: &Ty, args: &[Ty]) -> Ty {
    match ty {
        Ty::Var(v) => args.get(*v).cloned().unwrap_or_else(Ty::unit),
        Ty::Con(con, inner) => Ty::Con(*con, inner.iter().map(|ty| substitute(ty, args)).collect()),
    }
}

/// Reads a function with these types for its parameters.
pub(crate) fn function<'a>(known: &mut Known<'a>, function: usize, types: &[Ty]) -> R<Checked> {
    let def = &known.items.fns[function];
    let (sig, block, self_ty) = (def.sig, def.body, def.self_ty);
    let env = def
        .generics
        .iter()
        .cloned()
        .zip(types.iter().cloned())
        .collect();
    let mut checker = Checker::new(known, env);
    checker.self_ty = self_ty.map(|ty| checker.ty(ty)).transpose()?;
    let ret = checker.return_type(&sig.output)?;
    checker.enter(ret.clone(), None);
    let mut params = Vec::new();
    for (i, input) in sig.inputs.iter().enumerate() {
        match input {
            syn::FnArg::Receiver(receiver) => {
                let ty = checker.receiver(receiver)?;
                let local = checker.local("self", ty.clone());
                params.push(bind(local, ty, span_of(receiver)));
            }
            syn::FnArg::Typed(input) => {
                let ty = match &*input.ty {
                    syn::Type::ImplTrait(_) => checker.env[&format!("impl {i}")].clone(),
                    ty => checker.ty(ty)?,
                };
                params.push(checker.pattern(&input.pat, &ty, false)?);
            }
        }
    }
    let body = checker.block_value(block, Some(&ret))?;
    let scope = checker.scopes.pop().expect("entered above");
    let body = Body {
        params,
        body: Some(body),
        ret: Some(ret),
        span: span_of(&sig.ident),
        ..scope.body
    };
    checker.finish(body)
}

/// Reads an expression that stands alone: the value of a static.
pub(crate) fn constant<'a>(known: &mut Known<'a>, ty: &syn::Type, init: &syn::Expr) -> R<Checked> {
    let mut checker = Checker::new(known, HashMap::new());
    let ty = checker.ty(ty)?;
    checker.enter(ty.clone(), None);
    let value = checker.expr(init)?;
    let value = checker.coerce(value, &ty)?;
    let scope = checker.scopes.pop().expect("entered above");
    let span = span_of(init);
    let body = Body {
        body: Some(value),
        ret: Some(ty),
        span,
        ..scope.body
    };
    checker.finish(body)
}

fn bind(local: LocalId, ty: Ty, span: Span) -> hir::Pat {
    hir::Pat {
        kind: hir::PatKind::Bind(local, false, None),
        ty,
        span,
    }
}

impl<'k, 'a> Checker<'k, 'a> {
    fn new(known: &'k mut Known<'a>, env: HashMap<String, Ty>) -> Self {
        Checker {
            known,
            types: Unifier::default(),
            env,
            self_ty: None,
            scopes: Vec::new(),
            closures: Vec::new(),
            local_closures: HashMap::new(),
            loops: 0,
            depth: 0,
        }
    }

    fn finish(mut self, mut body: Body) -> R<Checked> {
        for (id, closure) in &self.local_closures {
            self.known.closures[*id] = ClosureType {
                params: closure
                    .params
                    .iter()
                    .map(|ty| self.types.resolve(ty))
                    .collect(),
                ret: self.types.resolve(&closure.ret),
            };
        }
        // Inner closures first: what they take, the outer ones must have.
        for at in (0..self.closures.len()).rev() {
            let mut captures = std::mem::take(&mut self.closures[at].1.captures);
            let is_move = self.closures[at].1.is_move;
            let parent = self.closures[at].1.parent;
            for capture in &mut captures {
                let moved = capture.uses.iter().any(|ty| !self.is_copy(ty));
                capture.by_value = is_move || moved;
                let owner = match parent {
                    Some(id) => {
                        let known = self.closures.iter_mut().find(|(known, _)| *known == id);
                        &mut known.expect("a parent is read with its closures").1
                    }
                    None => &mut body,
                };
                match (capture.by_value, &*capture.outer.kind) {
                    (true, PlaceKind::Capture(outer)) => {
                        owner.captures[*outer].uses.push(capture.outer.ty.clone());
                    }
                    (false, PlaceKind::Local(local)) => owner.locals[*local].borrowed = true,
                    (false, PlaceKind::Capture(outer)) => {
                        owner.captures[*outer].borrowed = true;
                        owner.captures[*outer].changed |= capture.changed;
                    }
                    _ => {}
                }
            }
            self.closures[at].1.captures = captures;
        }
        Ok(Checked {
            body,
            closures: self.closures,
            types: self.types,
        })
    }

    fn is_copy(&self, ty: &Ty) -> bool {
        is_copy(&self.known.items, &self.types.resolve(ty))
    }

    fn enter(&mut self, ret: Ty, closure: Option<usize>) {
        self.scopes.push(Scope {
            body: Body::default(),
            names: Vec::new(),
            loops: Vec::new(),
            ret,
            closure,
        });
    }

    fn scope(&mut self) -> &mut Scope {
        self.scopes
            .last_mut()
            .expect("an expression is in a function")
    }

    /// A new local that names nothing yet.
    fn hidden(&mut self, name: &str, ty: Ty) -> LocalId {
        let locals = &mut self.scope().body.locals;
        locals.push(Local {
            name: name.to_owned(),
            ty,
            borrowed: false,
        });
        locals.len() - 1
    }

    fn local(&mut self, name: &str, ty: Ty) -> LocalId {
        let local = self.hidden(name, ty);
        self.scope().names.push((name.to_owned(), local));
        local
    }

    fn local_place(&mut self, local: LocalId, span: Span) -> hir::Place {
        let ty = self.scope().body.locals[local].ty.clone();
        hir::place(PlaceKind::Local(local), ty, span)
    }

    /// The place of a variable, in this function or captured.
    fn variable(&mut self, name: &str, span: Span) -> Option<hir::Place> {
        self.variable_at(self.scopes.len() - 1, name, span)
    }

    fn variable_at(&mut self, at: usize, name: &str, span: Span) -> Option<hir::Place> {
        let scope = &self.scopes[at];
        if let Some((_, local)) = scope.names.iter().rev().find(|(known, _)| known == name) {
            let ty = scope.body.locals[*local].ty.clone();
            return Some(hir::place(PlaceKind::Local(*local), ty, span));
        }
        scope.closure?;
        let outer = self.variable_at(at.checked_sub(1)?, name, span)?;
        let ty = outer.ty.clone();
        let captures = &mut self.scopes[at].body.captures;
        let known = captures
            .iter()
            .position(|capture| same(&capture.outer.kind, &outer.kind));
        let index = known.unwrap_or_else(|| {
            captures.push(Capture {
                outer,
                uses: Vec::new(),
                by_value: false,
                borrowed: false,
                changed: false,
            });
            captures.len() - 1
        });
        Some(hir::place(PlaceKind::Capture(index), ty, span))
    }

    /// What is in a place, by value.
    fn take(&mut self, place: hir::Place) -> hir::Expr {
        if let Some(PlaceKind::Capture(capture)) = place.root() {
            let ty = place.ty.clone();
            let capture = *capture;
            self.scope().body.captures[capture].uses.push(ty);
        }
        let (ty, span) = (place.ty.clone(), place.span);
        match *place.kind {
            PlaceKind::Temp(value) => value,
            _ => hir::expr(ExprKind::Use(place), ty, span),
        }
    }

    /// A reference to a place that may live on.
    fn borrow(&mut self, place: hir::Place, con: Con) -> hir::Expr {
        match place.root() {
            Some(PlaceKind::Local(local)) => {
                let local = *local;
                self.scope().body.locals[local].borrowed = true;
            }
            Some(PlaceKind::Capture(capture)) => {
                let capture = *capture;
                self.scope().body.captures[capture].borrowed = true;
            }
            _ => {}
        }
        let (ty, span) = (Ty::of(con, place.ty.clone()), place.span);
        hir::expr(ExprKind::Ref(place), ty, span)
    }

    fn pointer(&mut self, place: hir::Place) -> hir::Expr {
        let (ty, span) = (Ty::of(Con::Ref, place.ty.clone()), place.span);
        hir::expr(ExprKind::Ptr(place), ty, span)
    }

    fn unify(&mut self, a: &Ty, b: &Ty, span: Span) -> R<()> {
        if self.types.unify(a, b) {
            return Ok(());
        }
        let (a, b) = (self.name_of(a), self.name_of(b));
        Err(Error::new(
            span,
            format!("the types {a} and {b} don't agree here; write the type that is meant"),
        ))
    }

    /// A value where a type is wanted: references may weaken on the way.
    fn coerce(&mut self, value: hir::Expr, want: &Ty) -> R<hir::Expr> {
        let (have, wanted) = (self.types.head(&value.ty), self.types.head(want));
        if let (Ty::Con(from, inner), Ty::Con(to, target)) = (&have, &wanted) {
            let from_ref = matches!(from, Con::Ref | Con::RefMut);
            let raw = matches!(to, Con::RawConst | Con::RawMut);
            let weaker = matches!(
                (from, to),
                (Con::RefMut, Con::Ref) | (Con::RawMut, Con::RawConst)
            );
            if from_ref && raw {
                self.known.raw_pointers = true;
                self.unify(&inner[0], &target[0], value.span)?;
                return Ok(hir::Expr {
                    ty: want.clone(),
                    ..value
                });
            }
            if from_ref && (weaker || from == to) {
                let (span, mut inner) = (value.span, inner[0].clone());
                let mut value = value;
                while !self.heads_agree(&inner, &target[0]) {
                    let place = hir::place(PlaceKind::Temp(value.clone()), value.ty.clone(), span);
                    let there = hir::place(PlaceKind::Deref(place), inner.clone(), span);
                    let Some(next) = self.deref(there)? else {
                        break;
                    };
                    inner = next.ty.clone();
                    value = self.borrow(next, *to);
                }
                self.unify(&inner, &target[0], span)?;
                return Ok(hir::Expr {
                    ty: want.clone(),
                    ..value
                });
            }
            if weaker {
                self.unify(&inner[0], &target[0], value.span)?;
                return Ok(hir::Expr {
                    ty: want.clone(),
                    ..value
                });
            }
        }
        self.unify(&value.ty.clone(), want, value.span)?;
        Ok(value)
    }

    fn heads_agree(&self, a: &Ty, b: &Ty) -> bool {
        match (self.types.head(a), self.types.head(b)) {
            (Ty::Con(a, _), Ty::Con(b, _)) => a == b,
            _ => true,
        }
    }

    /// One deref: through a reference, a smart pointer, or the program's own `Deref`.
    fn deref(&mut self, place: hir::Place) -> R<Option<hir::Place>> {
        let span = place.span;
        let Ty::Con(con, args) = self.types.head(&place.ty) else {
            return Ok(None);
        };
        match con {
            Con::Ref
            | Con::RefMut
            | Con::RawConst
            | Con::RawMut
            | Con::Arc
            | Con::Box
            | Con::MutexGuard
            | Con::ReadGuard
            | Con::WriteGuard => Ok(Some(hir::place(
                PlaceKind::Deref(place),
                args[0].clone(),
                span,
            ))),
            Con::Adt(adt) => {
                let Some(method) = self.known.items.adts[adt].deref else {
                    return Ok(None);
                };
                let callee = self.callee_of(method, &place.ty, span)?;
                let signature = self.signature(&callee)?;
                let receiver = self.borrow(place, Con::Ref);
                let ret = self.types.head(&signature.1);
                let Ty::Con(Con::Ref, inner) = &ret else {
                    return Ok(None);
                };
                let call = hir::expr(ExprKind::Call(callee, vec![receiver]), ret.clone(), span);
                let pointer = hir::place(PlaceKind::Temp(call), ret.clone(), span);
                Ok(Some(hir::place(
                    PlaceKind::Deref(pointer),
                    inner[0].clone(),
                    span,
                )))
            }
            _ => Ok(None),
        }
    }

    fn deeper(&mut self, span: Span) -> R<()> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Error::new(span, "this nests too deep; split it up"));
        }
        Ok(())
    }
}

fn same(a: &PlaceKind, b: &PlaceKind) -> bool {
    match (a, b) {
        (PlaceKind::Local(a), PlaceKind::Local(b)) => a == b,
        (PlaceKind::Capture(a), PlaceKind::Capture(b)) => a == b,
        _ => false,
    }
}
