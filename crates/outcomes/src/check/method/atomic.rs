//! Methods of atomics, with their orderings.

use crate::Error;
use crate::check::{Checker, R};
use crate::code::SyncOp;
use crate::hir::{self, Expr, ExprKind, Place};
use crate::items::span_of;
use crate::request::{Ordering, RmwOp};
use crate::types::{Con, Ty};
use crate::value::Span;

impl Checker<'_, '_> {
    pub(super) fn atomic_method(
        &mut self,
        inner: &Ty,
        name: &str,
        place: Place,
        args: &[&syn::Expr],
        span: Span,
    ) -> R<Option<Expr>> {
        let int = match self.types.head(inner) {
            Ty::Con(Con::Int(int), _) => Some(int),
            _ => None,
        };
        let is_pointer = matches!(self.types.head(inner), Ty::Con(Con::RawMut, _));
        match name {
            "into_inner" => {
                let value = self.take(place);
                return Ok(Some(Expr {
                    ty: inner.clone(),
                    ..value
                }));
            }
            "get_mut" => {
                let place = self.mutable(place)?;
                let place = Place {
                    ty: inner.clone(),
                    ..place
                };
                return Ok(Some(self.borrow(place, Con::RefMut)));
            }
            "load" => {
                let [order] = self.exactly(args, span)?;
                let order = self.allowed(order, &[Ordering::Release, Ordering::AcqRel], "load")?;
                let cell = self.pointer(place);
                return Ok(Some(self.sync(
                    SyncOp::Load(order),
                    vec![cell],
                    inner.clone(),
                    span,
                )));
            }
            "store" => {
                let [value, order] = self.exactly(args, span)?;
                let value = self.expr(value)?;
                let value = self.coerce(value, inner)?;
                let order = self.allowed(order, &[Ordering::Acquire, Ordering::AcqRel], "store")?;
                let cell = self.pointer(place);
                return Ok(Some(self.sync(
                    SyncOp::Store(order),
                    vec![cell, value],
                    Ty::unit(),
                    span,
                )));
            }
            "compare_exchange" | "compare_exchange_weak" => {
                let [expected, new, success, failure] = self.exactly(args, span)?;
                let expected = self.expr(expected)?;
                let expected = self.coerce(expected, inner)?;
                let new = self.expr(new)?;
                let new = self.coerce(new, inner)?;
                let success = self.ordering(success)?;
                let failure = self.allowed(
                    failure,
                    &[Ordering::Release, Ordering::AcqRel],
                    "failed exchange",
                )?;
                let cell = self.pointer(place);
                let weak = name.ends_with("weak");
                let op = SyncOp::CompareExchange {
                    success,
                    failure,
                    weak,
                };
                let ty = self.result(inner.clone(), inner.clone());
                return Ok(Some(self.sync(op, vec![cell, expected, new], ty, span)));
            }
            "fetch_update" => return self.fetch_update(inner, place, args, span).map(Some),
            _ => {}
        }
        let op = match name {
            "swap" => RmwOp::Swap,
            "fetch_add" if int.is_some() => RmwOp::Add,
            "fetch_sub" if int.is_some() => RmwOp::Sub,
            "fetch_max" if int.is_some() => RmwOp::Max,
            "fetch_min" if int.is_some() => RmwOp::Min,
            "fetch_and" if !is_pointer => RmwOp::And,
            "fetch_or" if !is_pointer => RmwOp::Or,
            "fetch_xor" if !is_pointer => RmwOp::Xor,
            "fetch_nand" if !is_pointer => RmwOp::Nand,
            _ => return Ok(None),
        };
        let [value, order] = self.exactly(args, span)?;
        let value = self.expr(value)?;
        let value = self.coerce(value, inner)?;
        let order = self.ordering(order)?;
        let cell = self.pointer(place);
        Ok(Some(self.sync(
            SyncOp::Rmw(order, op, int),
            vec![cell, value],
            inner.clone(),
            span,
        )))
    }

    pub(super) fn allowed(
        &mut self,
        order: &syn::Expr,
        never: &[Ordering],
        what: &str,
    ) -> R<Ordering> {
        let found = self.ordering(order)?;
        if never.contains(&found) {
            let message = format!("a {what} can't be {found:?}: it panics");
            return Err(Error::new(span_of(order), message));
        }
        Ok(found)
    }

    /// `let mut old = load; loop { match f(old) { Some(new) => exchange..., None => Err(old) } }`
    pub(super) fn fetch_update(
        &mut self,
        inner: &Ty,
        place: Place,
        args: &[&syn::Expr],
        span: Span,
    ) -> R<Expr> {
        let [success, failure, f] = self.exactly(args, span)?;
        let success = self.ordering(success)?;
        let failure = self.allowed(
            failure,
            &[Ordering::Release, Ordering::AcqRel],
            "failed exchange",
        )?;
        let option = self.option(inner.clone());
        let f = self.callable(f, std::slice::from_ref(inner), Some(&option))?;
        let mut stmts = Vec::new();
        let mut keep = |this: &mut Self, value: Expr| {
            let ty = value.ty.clone();
            let local = this.hidden("update", ty.clone());
            stmts.push(hir::Stmt::Let(
                crate::check::bind(local, ty, span),
                Some(value),
                None,
            ));
            this.local_place(local, span)
        };
        let peek = |place: &Place| hir::expr(ExprKind::Peek(place.clone()), place.ty.clone(), span);
        let cell = self.borrow(place, Con::Ref);
        let cell = keep(self, cell);
        let f = keep(self, f);
        let first = self.sync(
            SyncOp::Load(failure),
            vec![peek(&cell)],
            inner.clone(),
            span,
        );
        let old = keep(self, first);
        let ty = self.result(inner.clone(), inner.clone());
        let next = self.apply(f, vec![peek(&old)], option.clone(), span);
        let new = self.hidden("new", inner.clone());
        let got = self.hidden("got", ty.clone());
        let new_place = self.local_place(new, span);
        let got_place = self.local_place(got, span);
        let op = SyncOp::CompareExchange {
            success,
            failure,
            weak: true,
        };
        let args = vec![peek(&cell), peek(&old), peek(&new_place)];
        let exchange = self.sync(op, args, ty.clone(), span);
        let id = self.begin_loop(None, Some(ty.clone()));
        self.scope().loops.pop();
        let leave = |value: Expr| hir::expr(ExprKind::Break(id, Some(value)), Ty::unit(), span);
        let wild = |ty: &Ty| hir::Pat {
            kind: hir::PatKind::Wild,
            ty: ty.clone(),
            span,
        };
        let ok = hir::Pat {
            kind: hir::PatKind::Variant(0, vec![(0, wild(inner))]),
            ty: ty.clone(),
            span,
        };
        let is_ok = hir::expr(ExprKind::Let(ok, got_place.clone()), Ty::bool(), span);
        let seen = hir::place(
            hir::PlaceKind::Payload(got_place.clone(), 1, 0),
            inner.clone(),
            span,
        );
        let again = hir::expr(ExprKind::Assign(old.clone(), peek(&seen)), Ty::unit(), span);
        let check = hir::expr(
            ExprKind::If(is_ok, leave(peek(&got_place)), Some(again)),
            Ty::unit(),
            span,
        );
        let body = hir::Block {
            stmts: vec![
                hir::Stmt::Let(
                    crate::check::bind(got, ty.clone(), span),
                    Some(exchange),
                    None,
                ),
                hir::Stmt::Expr(check),
            ],
            tail: None,
        };
        let body = hir::expr(ExprKind::Block(body), Ty::unit(), span);
        let failed = hir::expr(ExprKind::Variant(1, vec![peek(&old)]), ty.clone(), span);
        let some = hir::Pat {
            kind: hir::PatKind::Variant(1, vec![(0, crate::check::bind(new, inner.clone(), span))]),
            ty: option.clone(),
            span,
        };
        let arms = vec![
            hir::Arm {
                pat: some,
                guard: None,
                body,
            },
            hir::Arm {
                pat: wild(&option),
                guard: None,
                body: leave(failed),
            },
        ];
        let scrutinee = self.temp(next);
        let choice = hir::expr(ExprKind::Match(scrutinee, arms), Ty::unit(), span);
        let looped = hir::expr(ExprKind::Loop(id, choice), ty.clone(), span);
        let block = hir::Block {
            stmts,
            tail: Some(looped),
        };
        Ok(hir::expr(ExprKind::Block(block), ty, span))
    }
}
