//! Method calls: the receiver is dereferenced until a type has the method.

use super::{Checker, R};
use crate::Error;
use crate::code::{BinOp, Edge, IntFn, Op, SyncOp, VecOp};
use crate::hir::{self, Expr, ExprKind, Place};
use crate::items::span_of;
use crate::request::{Ordering, RmwOp};
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

    fn wait_while(&mut self, place: Place, args: &[&syn::Expr], span: Span) -> R<Expr> {
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
                super::bind(local, ty, span),
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

    fn call_once(&mut self, place: Place, args: &[&syn::Expr], span: Span) -> R<Expr> {
        let [init] = self.exactly(args, span)?;
        let init = self.callable(init, &[], Some(&Ty::unit()))?;
        let once = self.borrow(place, Con::Ref);
        Ok(self.initialise(once, init, Ty::unit(), |_, call| call, span))
    }

    /// `if once { result(init()); done }`, with the initialiser's panic seen.
    fn initialise(
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
            super::bind(local, once_ty.clone(), span),
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
            super::bind(held, token.clone(), span),
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

    fn once_lock_method(
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
            super::bind(local, own_ty, span),
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

    fn list_method(
        &mut self,
        con: Con,
        elem: &Ty,
        name: &str,
        place: Place,
        args: &[&syn::Expr],
        span: Span,
    ) -> R<Option<Expr>> {
        let usize = Ty::int(IntType::USIZE);
        let list = |this: &mut Self, op: VecOp, place: Place, values: Vec<Expr>, ty: Ty| {
            let mut all = vec![this.pointer(place)];
            all.extend(values);
            Ok(Some(hir::expr(
                ExprKind::Op(vec![Op::Vec(op)], all),
                ty,
                span,
            )))
        };
        if let Con::Array(len) = con {
            return match name {
                "len" => Ok(Some(hir::int(len as i128, IntType::USIZE, span))),
                "clone" => Ok(Some(hir::expr(
                    ExprKind::CloneOf(hir::expr(
                        ExprKind::Peek(place.clone()),
                        place.ty.clone(),
                        span,
                    )),
                    place.ty,
                    span,
                ))),
                _ => Ok(None),
            };
        }
        let deque = con == Con::Deque;
        let one = |this: &mut Self, want: &Ty| {
            let [value] = this.exactly(args, span)?;
            let value = this.expr(value)?;
            this.coerce(value, want)
        };
        match name {
            "len" => list(self, VecOp::Len, place, vec![], usize),
            "is_empty" => {
                let pointer = self.pointer(place);
                let len = ExprKind::Op(vec![Op::Vec(VecOp::Len)], vec![pointer]);
                let len = hir::expr(len, usize.clone(), span);
                let zero = hir::int(0, IntType::USIZE, span);
                let kind = ExprKind::Binary(BinOp::Eq, Edge::Panic, len, zero);
                Ok(Some(hir::expr(kind, Ty::bool(), span)))
            }
            "clone" => Ok(Some(hir::expr(
                ExprKind::CloneOf(hir::expr(
                    ExprKind::Peek(place.clone()),
                    place.ty.clone(),
                    span,
                )),
                place.ty,
                span,
            ))),
            "last" | "first" | "front" | "back" => {
                let op = if matches!(name, "last" | "back") {
                    VecOp::Last
                } else {
                    VecOp::First
                };
                let reference = self.borrow(place.clone(), Con::Ref);
                let ty = self.option(Ty::of(Con::Ref, elem.clone()));
                Ok(Some(hir::expr(
                    ExprKind::Op(vec![Op::Vec(op)], vec![reference]),
                    ty,
                    span,
                )))
            }
            "contains" => {
                let value = one(self, &Ty::of(Con::Ref, elem.clone()))?;
                let value = self.peel(value)?;
                list(self, VecOp::Contains, place, vec![value], Ty::bool())
            }
            _ => {
                let place = self.mutable(place)?;
                match name {
                    "push" | "push_back" if deque == (name == "push_back") => {
                        let value = one(self, elem)?;
                        list(self, VecOp::Push, place, vec![value], Ty::unit())
                    }
                    "push_front" if deque => {
                        let value = one(self, elem)?;
                        list(self, VecOp::PushFront, place, vec![value], Ty::unit())
                    }
                    "pop" | "pop_back" if deque == (name == "pop_back") => {
                        let ty = self.option(elem.clone());
                        list(self, VecOp::Pop, place, vec![], ty)
                    }
                    "pop_front" if deque => {
                        let ty = self.option(elem.clone());
                        list(self, VecOp::PopFront, place, vec![], ty)
                    }
                    "remove" | "swap_remove" if !deque => {
                        let at = one(self, &usize)?;
                        let op = if name == "remove" {
                            VecOp::Remove
                        } else {
                            VecOp::SwapRemove
                        };
                        list(self, op, place, vec![at], elem.clone())
                    }
                    "insert" | "swap" => {
                        let [first, second] = self.exactly(args, span)?;
                        let first = self.expr(first)?;
                        let first = self.coerce(first, &usize)?;
                        let second = self.expr(second)?;
                        let want = if name == "swap" { &usize } else { elem };
                        let second = self.coerce(second, want)?;
                        let op = if name == "swap" {
                            VecOp::Swap
                        } else {
                            VecOp::Insert
                        };
                        list(self, op, place, vec![first, second], Ty::unit())
                    }
                    "sort" | "sort_unstable" => {
                        let int = self.types.fresh_int();
                        self.unify(elem, &int, span)?;
                        list(self, VecOp::Sort, place, vec![], Ty::unit())
                    }
                    "clear" => {
                        let ty = place.ty.clone();
                        let pointer = self.pointer(place);
                        let op = ExprKind::Op(vec![Op::Vec(VecOp::Take)], vec![pointer]);
                        let all = hir::expr(op, ty, span);
                        Ok(Some(hir::expr(ExprKind::Drop(all), Ty::unit(), span)))
                    }
                    _ => Ok(None),
                }
            }
        }
    }

    fn int_method(
        &mut self,
        name: &str,
        place: Place,
        args: &[&syn::Expr],
        span: Span,
    ) -> R<Option<Expr>> {
        let ty = place.ty.clone();
        let value = hir::expr(ExprKind::Peek(place), ty.clone(), span);
        let whole = |op| {
            Ok(Some(hir::expr(
                ExprKind::Op(vec![op], vec![value.clone()]),
                ty.clone(),
                span,
            )))
        };
        let int = match self.types.head(&ty) {
            Ty::Con(Con::Int(int), _) => int,
            _ => IntType::I32,
        };
        let count = |function| {
            let op = ExprKind::Op(vec![Op::Int(function, int)], vec![value.clone()]);
            Ok(Some(hir::expr(op, Ty::int(IntType::U32), span)))
        };
        match name {
            "clone" => return Ok(Some(value)),
            "to_string" => {
                let pieces = vec![hir::Piece2::Show {
                    argument: 0,
                    debug: false,
                }];
                let show = ExprKind::Show(pieces, vec![value]);
                return Ok(Some(hir::expr(show, Ty::plain(Con::Str), span)));
            }
            "leading_zeros" => return count(IntFn::LeadingZeros),
            "trailing_zeros" => return count(IntFn::TrailingZeros),
            "count_ones" => return count(IntFn::CountOnes),
            "is_power_of_two" => {
                let op = ExprKind::Op(vec![Op::Int(IntFn::IsPowerOfTwo, int)], vec![value]);
                return Ok(Some(hir::expr(op, Ty::bool(), span)));
            }
            "abs" => return whole(Op::Int(IntFn::Abs, int)),
            _ => {}
        }
        let (edge, rest) = match name.split_once('_') {
            Some(("wrapping", rest)) => (Edge::Wrap, rest),
            Some(("checked", rest)) => (Edge::Check, rest),
            Some(("saturating", rest)) => (Edge::Saturate, rest),
            Some(("overflowing", rest)) => (Edge::Overflowing, rest),
            _ => (Edge::Panic, name),
        };
        let op = match rest {
            "add" => BinOp::Add,
            "sub" => BinOp::Sub,
            "mul" => BinOp::Mul,
            "div" => BinOp::Div,
            "rem" => BinOp::Rem,
            "pow" => BinOp::Pow,
            "shl" => BinOp::Shl,
            "shr" => BinOp::Shr,
            "min" if edge == Edge::Panic => BinOp::Min,
            "max" if edge == Edge::Panic => BinOp::Max,
            "abs_diff" if edge == Edge::Panic => BinOp::AbsDiff,
            _ => return Ok(None),
        };
        if edge == Edge::Panic
            && !matches!(op, BinOp::Pow | BinOp::Min | BinOp::Max | BinOp::AbsDiff)
        {
            return Ok(None);
        }
        let [other] = self.exactly(args, span)?;
        let other = self.expr(other)?;
        let want = match op {
            BinOp::Pow | BinOp::Shl | BinOp::Shr => Ty::int(IntType::U32),
            _ => ty.clone(),
        };
        let other = self.coerce(other, &want)?;
        let result = match edge {
            Edge::Check => self.option(ty),
            Edge::Overflowing => Ty::Con(Con::Tuple, vec![ty, Ty::bool()]),
            _ if op == BinOp::AbsDiff => Ty::int(IntType {
                signed: false,
                ..int
            }),
            _ => ty,
        };
        Ok(Some(hir::expr(
            ExprKind::Binary(op, edge, value, other),
            result,
            span,
        )))
    }

    fn atomic_method(
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

    fn allowed(&mut self, order: &syn::Expr, never: &[Ordering], what: &str) -> R<Ordering> {
        let found = self.ordering(order)?;
        if never.contains(&found) {
            let message = format!("a {what} can't be {found:?}: it panics");
            return Err(Error::new(span_of(order), message));
        }
        Ok(found)
    }

    /// `let mut old = load; loop { match f(old) { Some(new) => exchange..., None => Err(old) } }`
    fn fetch_update(
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
                super::bind(local, ty, span),
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
                hir::Stmt::Let(super::bind(got, ty.clone(), span), Some(exchange), None),
                hir::Stmt::Expr(check),
            ],
            tail: None,
        };
        let body = hir::expr(ExprKind::Block(body), Ty::unit(), span);
        let failed = hir::expr(ExprKind::Variant(1, vec![peek(&old)]), ty.clone(), span);
        let some = hir::Pat {
            kind: hir::PatKind::Variant(1, vec![(0, super::bind(new, inner.clone(), span))]),
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
