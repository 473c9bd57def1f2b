//! Methods of what waits, once or until: `Condvar`, `Once`, `OnceLock`.

use crate::check::{Checker, R};
use crate::code::{Op, SyncOp};
use crate::hir::{self, Expr, ExprKind, Place};
use crate::types::{Con, Ty};
use crate::value::Span;

impl Checker<'_, '_> {
    pub(super) fn wait_while(&mut self, place: Place, args: &[&syn::Expr], span: Span) -> R<Expr> {
        let [guard, test] = self.exactly(args, span)?;
        let guard = self.expr(guard)?;
        let content = self.types.fresh();
        let guard_ty = Ty::of(Con::MutexGuard, content.clone());
        self.unify(&guard.ty.clone(), &guard_ty, span)?;
        let test = self.callable(
            test,
            &[Ty::of(Con::RefMut, content.clone())],
            Some(&Ty::bool()),
        )?;
        // let mut result = Ok(guard); while let Ok(g) = &result && test(&mut *g) {...}
        let ty = self.locked(Con::MutexGuard, &content);
        let mut stmts = Vec::new();
        let mut keep = |this: &mut Self, value: Expr, ty: Ty| {
            let local = this.hidden("guard", ty.clone());
            stmts.push(hir::Stmt::Let(
                crate::check::bind(local, ty, span),
                Some(value),
                None,
            ));
            this.local_place(local, span)
        };
        let condvar = self.borrow(place, Con::Ref);
        let condvar_ty = condvar.ty.clone();
        let condvar = keep(self, condvar, condvar_ty);
        let test_ty = test.ty.clone();
        let test = keep(self, test, test_ty);
        let first = hir::expr(ExprKind::Variant(0, vec![guard]), ty.clone(), span);
        let result = keep(self, first, ty.clone());
        let held = hir::place(
            hir::PlaceKind::Payload(result.clone(), 0, 0),
            guard_ty.clone(),
            span,
        );
        let content_place = hir::place(hir::PlaceKind::Deref(held.clone()), content, span);
        let content_ref = self.borrow(content_place, Con::RefMut);
        let again = self.apply(test, vec![content_ref], Ty::bool(), span);
        let wild = hir::Pat {
            kind: hir::PatKind::Wild,
            ty: guard_ty,
            span,
        };
        let pat = hir::Pat {
            kind: hir::PatKind::Variant(0, vec![(0, wild)]),
            ty: ty.clone(),
            span,
        };
        let is_ok = hir::expr(ExprKind::Let(pat, result.clone()), Ty::bool(), span);
        let more = hir::expr(ExprKind::And(is_ok, again), Ty::bool(), span);
        let condvar = hir::expr(ExprKind::Peek(condvar.clone()), condvar.ty.clone(), span);
        let held = hir::expr(ExprKind::Use(held.clone()), held.ty.clone(), span);
        let wait = ExprKind::Op(vec![Op::Sync(SyncOp::Wait)], vec![condvar, held]);
        let wait = hir::expr(wait, ty.clone(), span);
        let pointer = self.pointer(result.clone());
        let body = hir::expr(ExprKind::Put(pointer, wait), Ty::unit(), span);
        let id = self.begin_loop(None, None);
        self.scope().loops.pop();
        let looped = hir::expr(ExprKind::While(id, more, body), Ty::unit(), span);
        stmts.push(hir::Stmt::Expr(looped));
        let tail = Some(self.take(result));
        Ok(hir::expr(
            ExprKind::Block(hir::Block { stmts, tail }),
            ty,
            span,
        ))
    }

    pub(super) fn call_once(&mut self, place: Place, args: &[&syn::Expr], span: Span) -> R<Expr> {
        let [init] = self.exactly(args, span)?;
        let init = self.callable(init, &[], Some(&Ty::unit()))?;
        let once = self.borrow(place, Con::Ref);
        Ok(self.initialise(once, init, Ty::unit(), |_, call| call, span))
    }

    /// `if once { result(init()); done }`, with the initialiser's panic seen.
    pub(super) fn initialise(
        &mut self,
        once: Expr,
        init: Expr,
        value: Ty,
        store: impl FnOnce(&mut Self, Expr) -> Expr,
        span: Span,
    ) -> Expr {
        let mut stmts = Vec::new();
        let once_ty = once.ty.clone();
        let local = self.hidden("once", once_ty.clone());
        stmts.push(hir::Stmt::Let(
            crate::check::bind(local, once_ty.clone(), span),
            Some(once),
            None,
        ));
        let once = self.local_place(local, span);
        let once = hir::expr(ExprKind::Peek(once), once_ty, span);
        let run = self.sync(SyncOp::Once, vec![once.clone()], Ty::bool(), span);
        // Its drop tells the others: also when the initialiser panics.
        let token = Ty::plain(Con::Poison);
        let held = self.hidden("running", token.clone());
        let hold = hir::Stmt::Let(
            crate::check::bind(held, token.clone(), span),
            Some(Expr { ty: token, ..once }),
            None,
        );
        let call = hir::expr(ExprKind::CallOnce(init, vec![]), value, span);
        let call = store(self, call);
        let then = hir::Block {
            stmts: vec![hold, hir::Stmt::Expr(call)],
            tail: None,
        };
        let then = hir::expr(ExprKind::Block(then), Ty::unit(), span);
        let check = hir::expr(ExprKind::If(run, then, None), Ty::unit(), span);
        stmts.push(hir::Stmt::Expr(check));
        hir::expr(
            ExprKind::Block(hir::Block { stmts, tail: None }),
            Ty::unit(),
            span,
        )
    }

    pub(super) fn once_lock_method(
        &mut self,
        inner: &Ty,
        name: &str,
        place: Place,
        args: &[&syn::Expr],
        span: Span,
    ) -> R<Option<Expr>> {
        let own = self.borrow(place, Con::Ref);
        let mut stmts = Vec::new();
        let own_ty = own.ty.clone();
        let local = self.hidden("cell", own_ty.clone());
        stmts.push(hir::Stmt::Let(
            crate::check::bind(local, own_ty, span),
            Some(own),
            None,
        ));
        let own = self.local_place(local, span);
        let cell = self.deref(own)?.expect("it is a reference");
        let content = hir::place(hir::PlaceKind::Field(cell.clone(), 1), inner.clone(), span);
        let once = self.borrow(cell, Con::Ref);
        let there = self.borrow(content.clone(), Con::Ref);
        let tail = match name {
            "get_or_init" => {
                let [init] = self.exactly(args, span)?;
                let init = self.callable(init, &[], Some(inner))?;
                let pointer = self.pointer(content);
                let store = |_: &mut Self, call: Expr| {
                    hir::expr(ExprKind::Put(pointer, call), Ty::unit(), span)
                };
                let run = self.initialise(once, init, inner.clone(), store, span);
                stmts.push(hir::Stmt::Expr(run));
                there
            }
            "get" => {
                let ty = self.option(there.ty.clone());
                let done = self.sync(SyncOp::OnceIsDone, vec![once], Ty::bool(), span);
                let some = hir::expr(ExprKind::Variant(1, vec![there]), ty.clone(), span);
                let none = hir::expr(ExprKind::Variant(0, vec![]), ty.clone(), span);
                hir::expr(ExprKind::If(done, some, Some(none)), ty, span)
            }
            _ => return Ok(None),
        };
        let ty = tail.ty.clone();
        let block = hir::Block {
            stmts,
            tail: Some(tail),
        };
        Ok(Some(hir::expr(ExprKind::Block(block), ty, span)))
    }
}
