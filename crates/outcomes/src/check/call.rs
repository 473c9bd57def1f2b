//! Calls: of the program's functions, of constructors, of the standard library's functions.

use super::{Checker, R};
use crate::Error;
use crate::hir::{self, Callee, Expr, ExprKind};
use crate::items::span_of;
use crate::request::Ordering;
use crate::types::{Con, Ty};
use crate::value::Span;

impl Checker<'_, '_> {
    /// The type of an ADT with nothing known of its parameters.
    pub(super) fn fresh_adt(&mut self, adt: usize) -> Ty {
        let count = self.known.items.adts[adt].generics.len();
        Ty::Con(
            Con::Adt(adt),
            (0..count).map(|_| self.types.fresh()).collect(),
        )
    }

    /// The types of a variant's fields, the type's arguments put in.
    pub(super) fn fields_of(&mut self, ty: &Ty, variant: usize) -> R<Vec<Ty>> {
        let Ty::Con(Con::Adt(adt), args) = self.types.head(ty) else {
            return Ok(Vec::new());
        };
        Ok(self.known.fields(adt, &args, variant))
    }

    /// The struct or variant that a path names, as (type, variant).
    pub(super) fn variant_named(&self, path: &syn::Path) -> Option<(usize, usize)> {
        let steps = self.known.items.path(path);
        let refs: Vec<&str> = steps.iter().map(String::as_str).collect();
        let items = &self.known.items;
        let name = *refs.last()?;
        if refs.len() == 1 {
            match name {
                "Some" | "None" => {
                    let option = items.adt_names["Option"];
                    return Some((option, usize::from(name == "Some")));
                }
                "Ok" | "Err" => {
                    let result = items.adt_names["Result"];
                    return Some((result, usize::from(name == "Err")));
                }
                "Self" => match self.self_ty {
                    Some(Ty::Con(Con::Adt(adt), _)) => return Some((adt, 0)),
                    _ => return None,
                },
                _ => {}
            }
        }
        if let Some(adt) = self.adt_named(&refs)
            && !items.adts[adt].is_enum
        {
            return Some((adt, 0));
        }
        let (last, before) = refs.split_last()?;
        let adt = match (before, &self.self_ty) {
            (["Self"], Some(Ty::Con(Con::Adt(adt), _))) => *adt,
            _ => self.adt_named(before)?,
        };
        let variants = &items.adts[adt].variants;
        let variant = variants.iter().position(|variant| variant.name == *last)?;
        items.adts[adt].is_enum.then_some((adt, variant))
    }

    /// The function or method that a path names.
    pub(super) fn function_named(&mut self, path: &syn::Path) -> R<Option<Callee>> {
        let steps = self.known.items.path(path);
        let refs: Vec<&str> = steps.iter().map(String::as_str).collect();
        if let [name] = refs.as_slice() {
            let Some(&function) = self.known.items.by_name.get(*name) else {
                return Ok(None);
            };
            let mut types = self.arguments(path)?;
            while types.len() < self.known.items.fns[function].generics.len() {
                types.push(self.types.fresh());
            }
            return Ok(Some(Callee { function, types }));
        }
        let Some((method, before)) = refs.split_last() else {
            return Ok(None);
        };
        let own = match (before, &self.self_ty) {
            (["Self"], Some(own)) => own.clone(),
            _ => match self.adt_named(before) {
                Some(adt) => {
                    let args = self.arguments(path)?;
                    let fresh = self.fresh_adt(adt);
                    if let Ty::Con(_, params) = &fresh {
                        for (param, arg) in params.iter().zip(&args) {
                            self.unify(param, arg, Span::default())?;
                        }
                    }
                    fresh
                }
                None => return Ok(None),
            },
        };
        let Ty::Con(Con::Adt(adt), _) = &own else {
            return Ok(None);
        };
        let Some(&function) = self.known.items.adts[*adt].methods.get(*method) else {
            return Ok(None);
        };
        let span = span_of(path);
        Ok(Some(self.callee_of(function, &own, span)?))
    }

    /// A method for a receiver of this type.
    pub(super) fn callee_of(&mut self, function: usize, own: &Ty, span: Span) -> R<Callee> {
        let def = &self.known.items.fns[function];
        let (generics, self_ty) = (def.generics.clone(), def.self_ty);
        let types: Vec<Ty> = generics.iter().map(|_| self.types.fresh()).collect();
        if let Some(self_ty) = self_ty {
            let env = generics.into_iter().zip(types.iter().cloned()).collect();
            let outer = std::mem::replace(&mut self.env, env);
            let ty = self.ty(self_ty);
            self.env = outer;
            self.unify(&ty?, own, span)?;
        }
        Ok(Callee { function, types })
    }

    /// The types of a function's parameters and of its result.
    pub(super) fn signature(&mut self, callee: &Callee) -> R<(Vec<Ty>, Ty)> {
        let def = &self.known.items.fns[callee.function];
        let (sig, self_ty) = (def.sig, def.self_ty);
        let env = def
            .generics
            .iter()
            .cloned()
            .zip(callee.types.iter().cloned())
            .collect();
        let outer = std::mem::replace(&mut self.env, env);
        let outer_self = self.self_ty.take();
        let result = (|| {
            self.self_ty = self_ty.map(|ty| self.ty(ty)).transpose()?;
            let mut params = Vec::new();
            for (i, input) in sig.inputs.iter().enumerate() {
                params.push(match input {
                    syn::FnArg::Receiver(receiver) => self.receiver(receiver)?,
                    syn::FnArg::Typed(input) => match &*input.ty {
                        syn::Type::ImplTrait(_) => self.env[&format!("impl {i}")].clone(),
                        ty => self.ty(ty)?,
                    },
                });
            }
            Ok((params, self.return_type(&sig.output)?))
        })();
        self.env = outer;
        self.self_ty = outer_self;
        result
    }

    /// A call of the program's function. `first`: arguments that are there already.
    pub(super) fn call_function(
        &mut self,
        callee: Callee,
        first: Vec<Expr>,
        args: &[&syn::Expr],
        span: Span,
    ) -> R<Expr> {
        let (params, ret) = self.signature(&callee)?;
        if params.len() != first.len() + args.len() {
            let message = format!(
                "this takes {} arguments, not {}",
                params.len() - first.len().min(params.len()),
                args.len()
            );
            return Err(Error::new(span, message));
        }
        let bounds: Vec<_> = {
            let def = &self.known.items.fns[callee.function];
            let bounds = def.bounds.iter().map(|bound| {
                let at = def.generics.iter().position(|name| *name == bound.param);
                (at, bound.inputs.clone(), bound.output)
            });
            bounds.collect()
        };
        let env: std::collections::HashMap<_, _> = {
            let def = &self.known.items.fns[callee.function];
            def.generics
                .iter()
                .cloned()
                .zip(callee.types.iter().cloned())
                .collect()
        };
        let mut values = Vec::new();
        for (value, want) in first.into_iter().zip(&params) {
            values.push(self.coerce(value, want)?);
        }
        for (arg, want) in args.iter().zip(params.iter().skip(values.len())) {
            let head = self.types.head(want);
            let bound = bounds.iter().find(|(at, ..)| {
                at.is_some_and(|at| self.types.head(&callee.types[at]) == head)
                    && matches!(head, Ty::Var(_))
            });
            let value = match bound {
                Some((_, inputs, output)) => {
                    let outer = std::mem::replace(&mut self.env, env.clone());
                    let types: R<Vec<Ty>> = inputs.iter().map(|ty| self.ty(ty)).collect();
                    let result = output.map_or(Ok(Ty::unit()), |ty| self.ty(ty));
                    self.env = outer;
                    self.callable(arg, &types?, Some(&result?))?
                }
                None => self.expr(arg)?,
            };
            values.push(self.coerce(value, want)?);
        }
        Ok(hir::expr(ExprKind::Call(callee, values), ret, span))
    }

    /// A closure or function as an argument, called with these types.
    pub(super) fn callable(&mut self, arg: &syn::Expr, types: &[Ty], ret: Option<&Ty>) -> R<Expr> {
        let span = span_of(arg);
        let value = match arg {
            syn::Expr::Closure(closure) => self.closure(closure, Some(types), span)?,
            _ => self.expr(arg)?,
        };
        let (params, result) = self.call_types(&value.ty, span)?;
        if params.len() != types.len() {
            let message = format!("this is called with {} arguments", types.len());
            return Err(Error::new(span, message));
        }
        for (param, ty) in params.iter().zip(types) {
            self.unify(param, ty, span)?;
        }
        if let Some(ret) = ret {
            self.unify(&result, ret, span)?;
        }
        Ok(value)
    }

    /// What a closure or function takes and gives.
    pub(super) fn call_types(&mut self, ty: &Ty, span: Span) -> R<(Vec<Ty>, Ty)> {
        match self.types.head(ty) {
            Ty::Con(Con::Closure(id), _) => {
                let known = match self.local_closures.get(&id) {
                    Some(known) => known.clone(),
                    None => self.known.closures[id].clone(),
                };
                Ok((known.params, known.ret))
            }
            Ty::Con(Con::Fn(function), types) => self.signature(&Callee { function, types }),
            Ty::Con(Con::Ref | Con::RefMut, inner) => self.call_types(&inner[0], span),
            other => {
                let name = self.name_of(&other);
                Err(Error::new(
                    span,
                    format!("a value of type {name} can't be called here"),
                ))
            }
        }
    }

    pub(super) fn constructor(&mut self, (adt, variant): (usize, usize), span: Span) -> R<Expr> {
        let name = self.known.items.adts[adt].variants[variant].name.clone();
        Err(Error::new(
            span,
            format!("write `|x| {name}(x)` where a function is wanted"),
        ))
    }

    pub(super) fn call(&mut self, call: &syn::ExprCall, span: Span) -> R<Expr> {
        let args: Vec<&syn::Expr> = call.args.iter().collect();
        let syn::Expr::Path(path) = &*call.func else {
            return self.call_value(call, &args, span);
        };
        let simple = path.path.get_ident().map(ToString::to_string);
        if let Some(name) = &simple
            && self.variable(name, span).is_some()
        {
            return self.call_value(call, &args, span);
        }
        if let Some(found) = self.variant_named(&path.path) {
            return self.construct(found, &path.path, &args, span);
        }
        if let Some(callee) = self.function_named(&path.path)? {
            return self.call_function(callee, Vec::new(), &args, span);
        }
        self.std_call(&path.path, &args, span)
    }

    fn call_value(&mut self, call: &syn::ExprCall, args: &[&syn::Expr], span: Span) -> R<Expr> {
        let mut place = self.place(&call.func)?;
        while let Ty::Con(Con::Ref | Con::RefMut | Con::Box | Con::Arc, _) =
            self.types.head(&place.ty)
        {
            place = self.deref(place)?.expect("these have a place");
        }
        let (params, ret) = self.call_types(&place.ty.clone(), span)?;
        if params.len() != args.len() {
            return Err(Error::new(
                span,
                format!("this takes {} arguments", params.len()),
            ));
        }
        let mut values = Vec::new();
        for (arg, want) in args.iter().zip(&params) {
            let value = self.expr(arg)?;
            values.push(self.coerce(value, want)?);
        }
        Ok(self.apply(place, values, ret, span))
    }

    /// A call of what is in a place.
    pub(super) fn apply(
        &mut self,
        place: hir::Place,
        args: Vec<Expr>,
        ret: Ty,
        span: Span,
    ) -> Expr {
        match self.types.head(&place.ty) {
            Ty::Con(Con::Fn(function), types) => {
                hir::expr(ExprKind::Call(Callee { function, types }, args), ret, span)
            }
            Ty::Con(Con::Closure(id), _) => {
                hir::expr(ExprKind::CallClosure(id, place, args), ret, span)
            }
            _ => unreachable!("call_types has looked"),
        }
    }

    fn construct(
        &mut self,
        (adt, variant): (usize, usize),
        path: &syn::Path,
        args: &[&syn::Expr],
        span: Span,
    ) -> R<Expr> {
        let ty = if path.is_ident("Self") {
            self.self_ty.clone().expect("variant_named has looked")
        } else {
            self.fresh_adt(adt)
        };
        let types = self.fields_of(&ty, variant)?;
        if types.len() != args.len() {
            return Err(Error::new(
                span,
                format!("this takes {} values", types.len()),
            ));
        }
        let mut values = Vec::new();
        for (arg, want) in args.iter().zip(&types) {
            let value = self.expr(arg)?;
            values.push(self.coerce(value, want)?);
        }
        let kind = match self.known.items.adts[adt].is_enum {
            true => ExprKind::Variant(variant as u16, values),
            false => ExprKind::Many(values),
        };
        Ok(hir::expr(kind, ty, span))
    }

    pub(super) fn ordering(&mut self, expr: &syn::Expr) -> R<Ordering> {
        let span = span_of(expr);
        let name = match expr {
            syn::Expr::Path(path) => {
                let steps = self.known.items.path(&path.path);
                let std = matches!(steps.first().map(String::as_str), Some("std" | "core"));
                steps.last().filter(|_| std).cloned().unwrap_or_default()
            }
            _ => String::new(),
        };
        match name.as_str() {
            "Relaxed" => Ok(Ordering::Relaxed),
            "Acquire" => Ok(Ordering::Acquire),
            "Release" => Ok(Ordering::Release),
            "AcqRel" => Ok(Ordering::AcqRel),
            "SeqCst" => Ok(Ordering::SeqCst),
            _ => Err(Error::new(
                span,
                "write the ordering here as it is, such as `Ordering::Acquire`, \
                 with `use std::sync::atomic::Ordering;`",
            )),
        }
    }

    pub(super) fn exactly<'e, const N: usize>(
        &self,
        args: &[&'e syn::Expr],
        span: Span,
    ) -> R<[&'e syn::Expr; N]> {
        args.try_into().map_err(|_| {
            Error::new(
                span,
                format!("this takes {N} arguments, not {}", args.len()),
            )
        })
    }
}
