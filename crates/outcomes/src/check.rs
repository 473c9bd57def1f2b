//! From syntax to typed expressions: names, types, derefs, captures.

mod call;
mod expr;
mod format;
mod iter;
mod method;
mod pattern;

use crate::Error;
use crate::hir::{self, Body, Capture, ExprKind, Local, LocalId, PlaceKind};
use crate::items::{Items, span_of};
use crate::types::{Con, IntType, Ty, Unifier};
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

    fn return_type(&mut self, output: &syn::ReturnType) -> R<Ty> {
        match output {
            syn::ReturnType::Default => Ok(Ty::unit()),
            syn::ReturnType::Type(_, ty) => self.ty(ty),
        }
    }

    fn receiver(&mut self, receiver: &syn::Receiver) -> R<Ty> {
        let span = span_of(receiver);
        let Some(own) = self.self_ty.clone() else {
            return Err(Error::new(span, "`self` stands only in methods"));
        };
        match &receiver.kind {
            syn::ReceiverKind::Value => Ok(own),
            syn::ReceiverKind::Reference(_, _, mutable) => Ok(Ty::of(
                if mutable.is_some() {
                    Con::RefMut
                } else {
                    Con::Ref
                },
                own,
            )),
            syn::ReceiverKind::Typed(_, ty) => self.ty(ty),
            _ => Err(Error::new(span, "write `self`, `&self` or `&mut self`")),
        }
    }

    /// A type as it is written.
    fn ty(&mut self, ty: &syn::Type) -> R<Ty> {
        let span = span_of(ty);
        match ty {
            syn::Type::Infer(_) | syn::Type::Never(_) => Ok(self.types.fresh()),
            syn::Type::Paren(ty) => self.ty(&ty.elem),
            syn::Type::Group(ty) => self.ty(&ty.elem),
            syn::Type::Tuple(tuple) => {
                let parts = tuple.elems.iter().map(|ty| self.ty(ty)).collect::<R<_>>()?;
                Ok(Ty::Con(Con::Tuple, parts))
            }
            syn::Type::Reference(reference) => {
                let con = if reference.mutability.is_some() {
                    Con::RefMut
                } else {
                    Con::Ref
                };
                if let syn::Type::Path(path) = &*reference.elem
                    && path.path.is_ident("str")
                {
                    return Ok(Ty::plain(Con::Str));
                }
                Ok(Ty::of(con, self.ty(&reference.elem)?))
            }
            syn::Type::Ptr(pointer) => {
                let con = match pointer.mutability {
                    syn::PointerMutability::Mut(_) => Con::RawMut,
                    _ => Con::RawConst,
                };
                Ok(Ty::of(con, self.ty(&pointer.elem)?))
            }
            syn::Type::Array(array) => {
                let elem = self.ty(&array.elem)?;
                let len = self.length(&array.len)?;
                Ok(Ty::of(Con::Array(len), elem))
            }
            syn::Type::Path(path) => self.path_type(&path.path, span),
            syn::Type::TraitObject(_) => Ok(Ty::plain(Con::Payload)),
            syn::Type::Slice(_) => Err(Error::new(
                span,
                "slices aren't followed; write an array with its length, or a Vec",
            )),
            _ => Err(Error::new(span, "this kind of type isn't followed")),
        }
    }

    fn length(&mut self, len: &syn::Expr) -> R<usize> {
        let span = span_of(len);
        let value = self.constant_int(len);
        match value.and_then(|n| usize::try_from(n).ok()) {
            Some(n) if n <= 64 => Ok(n),
            Some(_) => Err(Error::new(
                span,
                "an array of more than 64 elements is too big to explore",
            )),
            None => Err(Error::new(span, "write this length as a number or a const")),
        }
    }

    /// A number known before the program runs.
    fn constant_int(&mut self, expr: &syn::Expr) -> Option<i128> {
        match expr {
            syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Int(n),
                ..
            }) => n.base10_parse().ok(),
            syn::Expr::Paren(inner) => self.constant_int(&inner.expr),
            syn::Expr::Path(path) => {
                let name = path.path.get_ident()?.to_string();
                let (_, init) = *self.known.items.consts.get(&name)?;
                self.depth += 1;
                let value = if self.depth < DEEPEST {
                    self.constant_int(init)
                } else {
                    None
                };
                self.depth -= 1;
                value
            }
            syn::Expr::Binary(binary) => {
                let (a, b) = (
                    self.constant_int(&binary.left)?,
                    self.constant_int(&binary.right)?,
                );
                match binary.op {
                    syn::BinOp::Add(_) => a.checked_add(b),
                    syn::BinOp::Sub(_) => a.checked_sub(b),
                    syn::BinOp::Mul(_) => a.checked_mul(b),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn arguments(&mut self, path: &syn::Path) -> R<Vec<Ty>> {
        let mut types = Vec::new();
        for segment in &path.segments {
            if let syn::PathArguments::AngleBracketed(args) = &segment.arguments {
                for arg in &args.args {
                    if let syn::GenericArgument::Type(ty) = arg {
                        types.push(self.ty(ty)?);
                    }
                }
            }
        }
        Ok(types)
    }

    fn path_type(&mut self, path: &syn::Path, span: Span) -> R<Ty> {
        if let Some(ident) = path.get_ident() {
            let name = ident.to_string();
            if name == "Self"
                && let Some(own) = &self.self_ty
            {
                return Ok(own.clone());
            }
            if let Some(ty) = self.env.get(&name) {
                return Ok(ty.clone());
            }
            if let Some(int) = IntType::named(&name) {
                return Ok(Ty::int(int));
            }
        }
        let mut args = self.arguments(path)?;
        let steps = self.known.items.path(path);
        let refs: Vec<&str> = steps.iter().map(String::as_str).collect();
        let name = *refs.last().unwrap_or(&"");
        if refs.len() == 1
            && let Some((generics, ty)) = self.known.items.aliases.get(name)
        {
            let (generics, ty) = (generics.clone(), *ty);
            self.deeper(span)?;
            let inner = generics.into_iter().zip(args).collect();
            let outer = std::mem::replace(&mut self.env, inner);
            let ty = self.ty(ty);
            self.env = outer;
            self.depth -= 1;
            return ty;
        }
        if let Some(con) = std_type(&refs) {
            let mut arity = usize::from(takes_argument(con));
            if con == Con::Atomic {
                match name {
                    "AtomicBool" => args = vec![Ty::bool()],
                    "AtomicPtr" => {
                        let inner = args.pop().unwrap_or_else(|| self.types.fresh());
                        args = vec![Ty::of(Con::RawMut, inner)];
                    }
                    _ => {
                        let lower = name.trim_start_matches("Atomic").to_lowercase();
                        let int = IntType::named(&lower).expect("std_type knows the name");
                        args = vec![Ty::int(int)];
                    }
                }
                arity = 1;
            }
            while args.len() < arity {
                args.push(self.types.fresh());
            }
            args.truncate(arity);
            return Ok(Ty::Con(con, args));
        }
        if refs.first() == Some(&"std") && name == "Result" && refs.get(1) == Some(&"thread") {
            args.push(Ty::plain(Con::Payload));
        }
        if let Some(adt) = self.adt_named(&refs) {
            let arity = self.known.items.adts[adt].generics.len();
            while args.len() < arity {
                args.push(self.types.fresh());
            }
            return Ok(Ty::Con(Con::Adt(adt), args));
        }
        Err(Error::new(
            span,
            format!(
                "the type `{}` isn't known here; {}",
                refs.join("::"),
                import_hint(name)
            ),
        ))
    }

    /// The program's type of that name, or the prelude's.
    fn adt_named(&self, steps: &[&str]) -> Option<usize> {
        let name = steps.last()?;
        let adt = *self.known.items.adt_names.get(*name)?;
        let hidden = self.known.items.adts[adt].hidden;
        let from_std = matches!(steps.first(), Some(&"std" | &"core"));
        (steps.len() == 1 || (hidden && from_std)).then_some(adt)
    }

    fn deeper(&mut self, span: Span) -> R<()> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Error::new(span, "this nests too deep; split it up"));
        }
        Ok(())
    }

    fn name_of(&self, ty: &Ty) -> String {
        name_of(&self.known.items, &self.types.head(ty), &self.types)
    }
}

fn same(a: &PlaceKind, b: &PlaceKind) -> bool {
    match (a, b) {
        (PlaceKind::Local(a), PlaceKind::Local(b)) => a == b,
        (PlaceKind::Capture(a), PlaceKind::Capture(b)) => a == b,
        _ => false,
    }
}

pub(crate) fn name_of(items: &Items<'_>, ty: &Ty, types: &Unifier) -> String {
    let Ty::Con(con, args) = types.head(ty) else {
        return if types.is_int_var(ty) {
            "{integer}".into()
        } else {
            "_".into()
        };
    };
    let args: Vec<String> = args.iter().map(|arg| name_of(items, arg, types)).collect();
    match con {
        Con::Int(int) if int.size => if int.signed { "isize" } else { "usize" }.into(),
        Con::Int(int) => format!("{}{}", if int.signed { 'i' } else { 'u' }, int.bits),
        Con::Bool => "bool".into(),
        Con::Str => "&str".into(),
        Con::Tuple => format!("({})", args.join(", ")),
        Con::Array(len) => format!("[{}; {len}]", args.join(", ")),
        Con::Ref => format!("&{}", args.join(", ")),
        Con::RefMut => format!("&mut {}", args.join(", ")),
        Con::RawConst => format!("*const {}", args.join(", ")),
        Con::RawMut => format!("*mut {}", args.join(", ")),
        Con::Closure(_) => "{closure}".into(),
        Con::Fn(_) => "{function}".into(),
        con => {
            let name = match con {
                Con::Adt(adt) => items.adts[adt].name.clone(),
                con => format!("{con:?}"),
            };
            if args.is_empty() {
                name
            } else {
                format!("{name}<{}>", args.join(", "))
            }
        }
    }
}

fn import_hint(name: &str) -> String {
    match name {
        "Arc" | "Mutex" | "RwLock" | "Condvar" | "Barrier" | "Once" | "OnceLock" => {
            format!("add `use std::sync::{name};`")
        }
        "String" | "HashMap" | "BTreeMap" | "Rc" | "RefCell" | "f32" | "f64" | "char" => {
            "use integers, bools, tuples, arrays or a Vec".into()
        }
        _ => "define it in this program, or use a type of the accepted subset".into(),
    }
}

pub(crate) fn is_copy(items: &Items<'_>, ty: &Ty) -> bool {
    let Ty::Con(con, args) = ty else { return true };
    match con {
        Con::Int(_)
        | Con::Bool
        | Con::Str
        | Con::Ref
        | Con::RawConst
        | Con::RawMut
        | Con::Fn(_)
        | Con::Scope
        | Con::Duration
        | Con::Phantom
        | Con::Thread => true,
        Con::Tuple | Con::Array(_) => args.iter().all(|arg| is_copy(items, arg)),
        Con::Adt(adt) => items.adts[*adt].copy && args.iter().all(|arg| is_copy(items, arg)),
        _ => false,
    }
}

fn takes_argument(con: Con) -> bool {
    matches!(
        con,
        Con::Vec
            | Con::Deque
            | Con::Arc
            | Con::Box
            | Con::Mutex
            | Con::MutexGuard
            | Con::RwLock
            | Con::ReadGuard
            | Con::WriteGuard
            | Con::UnsafeCell
            | Con::Cell
            | Con::Sender
            | Con::Receiver
            | Con::JoinHandle
            | Con::ScopedHandle
            | Con::OnceLock
            | Con::Phantom
    )
}

/// The standard type at this path.
fn std_type(steps: &[&str]) -> Option<Con> {
    let name = *steps.last()?;
    if let ["Vec"] = steps {
        return Some(Con::Vec);
    }
    if let ["Box"] = steps {
        return Some(Con::Box);
    }
    match name {
        "bool" if steps.len() == 1 => return Some(Con::Bool),
        "str" | "String" if steps.len() == 1 => return Some(Con::Str),
        _ => {}
    }
    if !matches!(steps.first(), Some(&"std" | &"core" | &"alloc")) {
        return None;
    }
    Some(match name {
        "Vec" => Con::Vec,
        "VecDeque" => Con::Deque,
        "Arc" => Con::Arc,
        "Box" => Con::Box,
        "Mutex" => Con::Mutex,
        "MutexGuard" => Con::MutexGuard,
        "RwLock" => Con::RwLock,
        "RwLockReadGuard" => Con::ReadGuard,
        "RwLockWriteGuard" => Con::WriteGuard,
        "Condvar" => Con::Condvar,
        "Barrier" => Con::Barrier,
        "BarrierWaitResult" => Con::BarrierResult,
        "UnsafeCell" => Con::UnsafeCell,
        "Cell" => Con::Cell,
        "Sender" | "SyncSender" => Con::Sender,
        "Receiver" => Con::Receiver,
        "JoinHandle" => Con::JoinHandle,
        "ScopedJoinHandle" => Con::ScopedHandle,
        "Scope" => Con::Scope,
        "Thread" => Con::Thread,
        "Once" => Con::Once,
        "OnceLock" => Con::OnceLock,
        "Duration" => Con::Duration,
        "PhantomData" => Con::Phantom,
        "AtomicBool" | "AtomicPtr" | "AtomicUsize" | "AtomicIsize" | "AtomicU8" | "AtomicU16"
        | "AtomicU32" | "AtomicU64" | "AtomicI8" | "AtomicI16" | "AtomicI32" | "AtomicI64" => {
            Con::Atomic
        }
        _ => return None,
    })
}
