//! Method calls: the receiver is dereferenced until a type has the method.

mod atomic;
mod int;
mod list;
mod once;

use super::{Checker, R};
use crate::Error;
use crate::code::{BinOp, Edge, Op, SyncOp, VecOp};
use crate::hir::{self, Expr, ExprKind, Place};
use crate::items::span_of;
use crate::types::{Con, IntType, Ty};
use crate::value::Span;

impl Checker<'_, '_> {
    pub(super) fn method_call(&mut self, call: &syn::ExprMethodCall, span: Span) -> R<Expr> {
        if let Some(value) = self.chain(call, span)? {
            return Ok(value);
        }
        let name = call.method.to_string();
        let at = span_of(&call.method);
        let args: Vec<&syn::Expr> = call.args.iter().collect();
        let mut place = self.place(&call.receiver)?;
        if self.types.is_int_var(&place.ty) {
            // As rustc: a literal's type must be known before its methods are.
            if !matches!(
                name.as_str(),
                "clone" | "min" | "max" | "abs" | "to_string" | "pow"
            ) {
                return Err(Error::new(at, "write the integer's type, such as `0u32`"));
            }
        }
        let first = self.name_of(&place.ty);
        loop {
            let head = self.types.head(&place.ty);
            if let Ty::Con(Con::Adt(adt), _) = &head
                && let Some(&function) = self.known.items.adts[*adt].methods.get(&name)
            {
                return self.own_method(function, place, &args, at);
            }
            let (con, inner) = match &head {
                Ty::Con(con, inner) => (*con, inner.clone()),
                Ty::Var(_) => (Con::Int(IntType::I32), Vec::new()),
            };
            if let Some(value) = self.std_method(con, &inner, &name, place.clone(), &args, at)? {
                return Ok(value);
            }
            match self.deref(place)? {
                Some(next) => place = next,
                None => break,
            }
        }
        Err(Error::new(
            at,
            format!("no method `{name}` is followed on type {first}; see the accepted subset"),
        ))
    }

    fn own_method(
        &mut self,
        function: usize,
        place: Place,
        args: &[&syn::Expr],
        span: Span,
    ) -> R<Expr> {
        let own = place.ty.clone();
        let callee = self.callee_of(function, &own, span)?;
        let (params, _) = self.signature(&callee)?;
        let receiver = match params.first().map(|ty| self.types.head(ty)) {
            Some(Ty::Con(Con::RefMut, _)) => {
                let place = self.mutable(place)?;
                self.borrow(place, Con::RefMut)
            }
            Some(Ty::Con(Con::Ref, _)) => self.borrow(place, Con::Ref),
            _ => self.take(place),
        };
        self.call_function(callee, vec![receiver], args, span)
    }

    pub(super) fn result(&self, ok: Ty, err: Ty) -> Ty {
        Ty::Con(
            Con::Adt(self.known.items.adt_names["Result"]),
            vec![ok, err],
        )
    }

    pub(super) fn option(&self, some: Ty) -> Ty {
        Ty::of(Con::Adt(self.known.items.adt_names["Option"]), some)
    }

    fn prelude(&self, name: &str, args: Vec<Ty>) -> Ty {
        Ty::Con(Con::Adt(self.known.items.adt_names[name]), args)
    }

    fn locked(&self, con: Con, inner: &Ty) -> Ty {
        let guard = Ty::of(con, inner.clone());
        let poisoned = self.prelude("PoisonError", vec![guard.clone()]);
        self.result(guard, poisoned)
    }

    fn tried(&self, con: Con, inner: &Ty) -> Ty {
        let guard = Ty::of(con, inner.clone());
        let error = self.prelude("TryLockError", vec![guard.clone()]);
        self.result(guard, error)
    }

    #[expect(clippy::too_many_lines, reason = "a table of methods, one line each")]
    fn std_method(
        &mut self,
        con: Con,
        inner: &[Ty],
        name: &str,
        place: Place,
        args: &[&syn::Expr],
        span: Span,
    ) -> R<Option<Expr>> {
        let ty = place.ty.clone();
        let peek =
            |place: &Place| hir::expr(ExprKind::Peek(place.clone()), place.ty.clone(), place.span);
        Ok(Some(match (con, name) {
            (Con::Int(_), _) => return self.int_method(name, place, args, span),
            (Con::Bool, "clone") | (Con::Duration | Con::Thread, "clone") => peek(&place),
            (Con::Str, "to_string" | "to_owned" | "clone" | "as_str" | "into") => peek(&place),
            (Con::Atomic, _) => return self.atomic_method(&inner[0], name, place, args, span),
            (Con::Arc, "clone") => hir::expr(ExprKind::CloneOf(peek(&place)), ty, span),
            (Con::Sender, "clone") => self.sync_keep(SyncOp::SenderCloned, peek(&place), ty, span),
            (Con::Sender, "send") => {
                let [value] = self.exactly(args, span)?;
                let value = self.expr(value)?;
                let value = self.coerce(value, &inner[0])?;
                let error = self.prelude("SendError", vec![inner[0].clone()]);
                let ty = self.result(Ty::unit(), error);
                self.sync(SyncOp::Send, vec![peek(&place), value], ty, span)
            }
            (Con::Receiver, "recv") => {
                let error = self.prelude("RecvError", vec![]);
                let ty = self.result(inner[0].clone(), error);
                self.sync(SyncOp::Receive, vec![peek(&place)], ty, span)
            }
            (Con::Receiver, "try_recv") => {
                let error = self.prelude("TryRecvError", vec![]);
                let ty = self.result(inner[0].clone(), error);
                self.sync(SyncOp::TryReceive, vec![peek(&place)], ty, span)
            }
            (Con::Mutex, "lock") => {
                let ty = self.locked(Con::MutexGuard, &inner[0]);
                self.guarded(SyncOp::Lock, place, ty, span)
            }
            (Con::Mutex, "try_lock") => {
                let ty = self.tried(Con::MutexGuard, &inner[0]);
                self.guarded(SyncOp::TryLock, place, ty, span)
            }
            (Con::RwLock, "read" | "write") => {
                let write = name == "write";
                let con = if write {
                    Con::WriteGuard
                } else {
                    Con::ReadGuard
                };
                let ty = self.locked(con, &inner[0]);
                self.guarded(SyncOp::RwLock(write), place, ty, span)
            }
            (Con::RwLock, "try_read" | "try_write") => {
                let write = name == "try_write";
                let con = if write {
                    Con::WriteGuard
                } else {
                    Con::ReadGuard
                };
                let ty = self.tried(con, &inner[0]);
                self.guarded(SyncOp::TryRwLock(write), place, ty, span)
            }
            (Con::Mutex | Con::RwLock, "into_inner") => {
                let poisoned = self.prelude("PoisonError", inner.to_vec());
                let ty = self.result(inner[0].clone(), poisoned);
                let value = self.take(place);
                hir::expr(ExprKind::Op(vec![Op::IntoInner], vec![value]), ty, span)
            }
            (Con::Mutex | Con::RwLock, "get_mut") => {
                let content = hir::place(
                    hir::PlaceKind::Field(self.mutable(place)?, 1),
                    inner[0].clone(),
                    span,
                );
                let reference = self.borrow(content, Con::RefMut);
                let poisoned = self.prelude("PoisonError", vec![reference.ty.clone()]);
                let ty = self.result(reference.ty.clone(), poisoned);
                hir::expr(ExprKind::Variant(0, vec![reference]), ty, span)
            }
            (Con::Condvar, "wait") => {
                let [guard] = self.exactly(args, span)?;
                let guard = self.expr(guard)?;
                let content = self.types.fresh();
                self.unify(
                    &guard.ty.clone(),
                    &Ty::of(Con::MutexGuard, content.clone()),
                    span,
                )?;
                let ty = self.locked(Con::MutexGuard, &content);
                let condvar = self.borrow(place, Con::Ref);
                hir::expr(
                    ExprKind::Op(vec![Op::Sync(SyncOp::Wait)], vec![condvar, guard]),
                    ty,
                    span,
                )
            }
            (Con::Condvar, "wait_while") => self.wait_while(place, args, span)?,
            (Con::Condvar, "notify_one" | "notify_all") => {
                let condvar = self.pointer(place);
                self.sync(
                    SyncOp::Notify(name == "notify_all"),
                    vec![condvar],
                    Ty::unit(),
                    span,
                )
            }
            (Con::Barrier, "wait") => {
                let barrier = self.pointer(place);
                self.sync(
                    SyncOp::Barrier,
                    vec![barrier],
                    Ty::plain(Con::BarrierResult),
                    span,
                )
            }
            (Con::BarrierResult, "is_leader") => Expr {
                ty: Ty::bool(),
                ..peek(&place)
            },
            (Con::JoinHandle | Con::ScopedHandle, "join") => {
                let ty = self.result(inner[0].clone(), Ty::plain(Con::Payload));
                let handle = self.take(place);
                self.sync(SyncOp::Join, vec![handle], ty, span)
            }
            (Con::JoinHandle | Con::ScopedHandle, "thread") => {
                let thread = Expr {
                    ty: Ty::plain(Con::Thread),
                    ..peek(&place)
                };
                let place = self.temp(thread);
                self.borrow(place, Con::Ref)
            }
            (Con::Thread, "unpark") => {
                self.sync(SyncOp::Unpark, vec![peek(&place)], Ty::unit(), span)
            }
            (Con::Scope, "spawn") => {
                let [body] = self.exactly(args, span)?;
                let body = self.callable(body, &[], None)?;
                let (_, ret) = self.call_types(&body.ty.clone(), span)?;
                hir::expr(
                    ExprKind::Spawn(body, true),
                    Ty::of(Con::ScopedHandle, ret),
                    span,
                )
            }
            (Con::UnsafeCell, "get" | "raw_get") => {
                let cell = Place {
                    ty: inner[0].clone(),
                    ..place
                };
                self.borrow(cell, Con::RawMut)
            }
            (Con::UnsafeCell | Con::Cell, "get_mut") => {
                let place = self.mutable(place)?;
                let cell = Place {
                    ty: inner[0].clone(),
                    ..place
                };
                self.borrow(cell, Con::RefMut)
            }
            (Con::UnsafeCell | Con::Cell, "into_inner") => {
                let value = self.take(place);
                Expr {
                    ty: inner[0].clone(),
                    ..value
                }
            }
            (Con::Cell, "get") => {
                let cell = Place {
                    ty: inner[0].clone(),
                    ..place
                };
                self.take(cell)
            }
            (Con::Cell, "set") => {
                let [value] = self.exactly(args, span)?;
                let value = self.expr(value)?;
                let value = self.coerce(value, &inner[0])?;
                let cell = Place {
                    ty: inner[0].clone(),
                    ..place
                };
                hir::expr(ExprKind::Assign(cell, value), Ty::unit(), span)
            }
            (Con::Cell, "replace") => {
                let [value] = self.exactly(args, span)?;
                let value = self.expr(value)?;
                let value = self.coerce(value, &inner[0])?;
                let cell = Place {
                    ty: inner[0].clone(),
                    ..place
                };
                let pointer = self.pointer(cell);
                hir::expr(ExprKind::Replace(pointer, value), inner[0].clone(), span)
            }
            (Con::RawConst | Con::RawMut, "is_null") => {
                let null = crate::value::Pointer::to(crate::value::Object::NULL);
                let null = crate::Value::Pointer(null);
                let null = hir::expr(ExprKind::Value(null), ty, span);
                let kind = ExprKind::Binary(BinOp::Eq, Edge::Panic, peek(&place), null);
                hir::expr(kind, Ty::bool(), span)
            }
            (Con::RawMut, "write") => {
                let [value] = self.exactly(args, span)?;
                let value = self.expr(value)?;
                let value = self.coerce(value, &inner[0])?;
                hir::expr(ExprKind::Put(peek(&place), value), Ty::unit(), span)
            }
            (Con::RawConst | Con::RawMut, "read") => {
                let there = self.deref(place)?.expect("a raw pointer has a place");
                hir::expr(ExprKind::Peek(there), inner[0].clone(), span)
            }
            (Con::RawMut, "cast_const") | (Con::RawConst, "cast_mut") => {
                let con = if con == Con::RawMut {
                    Con::RawConst
                } else {
                    Con::RawMut
                };
                Expr {
                    ty: Ty::of(con, inner[0].clone()),
                    ..peek(&place)
                }
            }
            (Con::Once, "call_once") => self.call_once(place, args, span)?,
            (Con::Once, "is_completed") => {
                let once = self.pointer(place);
                self.sync(SyncOp::OnceIsDone, vec![once], Ty::bool(), span)
            }
            (Con::OnceLock, _) => {
                return self.once_lock_method(&inner[0], name, place, args, span);
            }
            (Con::Vec | Con::Deque | Con::Array(_), _) => {
                return self.list_method(con, &inner[0], name, place, args, span);
            }
            (Con::Adt(adt), "clone") if self.known.items.adts[adt].clone => {
                hir::expr(ExprKind::CloneOf(peek(&place)), ty, span)
            }
            (Con::Adt(adt), "take") if self.known.items.adts[adt].name == "Option" => {
                let place = self.mutable(place)?;
                let pointer = self.pointer(place);
                let op = ExprKind::Op(vec![Op::Vec(VecOp::TakeOption)], vec![pointer]);
                hir::expr(op, ty, span)
            }
            (Con::Adt(adt), "replace" | "insert")
                if self.known.items.adts[adt].name == "Option" && name == "replace" =>
            {
                let [value] = self.exactly(args, span)?;
                let value = self.expr(value)?;
                let value = self.coerce(value, &inner[0])?;
                let some = hir::expr(ExprKind::Variant(1, vec![value]), ty.clone(), span);
                let place = self.mutable(place)?;
                let pointer = self.pointer(place);
                hir::expr(ExprKind::Replace(pointer, some), ty, span)
            }
            (Con::Tuple, "clone") => hir::expr(ExprKind::CloneOf(peek(&place)), ty, span),
            _ => return Ok(None),
        }))
    }

    fn sync_keep(&mut self, op: SyncOp, value: Expr, ty: Ty, span: Span) -> Expr {
        // The step's answer says nothing; the value itself is the result.
        hir::expr(
            ExprKind::Op(vec![Op::Dup, Op::Sync(op), Op::Pop], vec![value]),
            ty,
            span,
        )
    }

    /// A lock's result: `Ok(guard)` or `Err`, as the answer says; the guard is
    /// a pointer to the lock. Emitted as code on the answer.
    fn guarded(&mut self, op: SyncOp, place: Place, ty: Ty, span: Span) -> Expr {
        let lock = self.borrow(place, Con::Ref);
        hir::expr(ExprKind::Op(vec![Op::Sync(op)], vec![lock]), ty, span)
    }
}
