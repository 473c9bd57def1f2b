//! Calls of the standard library's functions.

use super::{Checker, R};
use crate::Error;
use crate::code::{Op, SyncOp};
use crate::hir::{self, Expr, ExprKind};
use crate::request::Ordering;
use crate::types::{Con, IntType, Ty};
use crate::value::{Object, Pointer, Span, Value};

impl Checker<'_, '_> {
    pub(super) fn std_call(
        &mut self,
        path: &syn::Path,
        args: &[&syn::Expr],
        span: Span,
    ) -> R<Expr> {
        let steps = self.known.items.path(path);
        let refs: Vec<&str> = steps.iter().map(String::as_str).collect();
        let given = self.arguments(path)?;
        let is_std = matches!(refs.first(), Some(&"std" | &"core" | &"alloc"));
        let tail: Vec<&str> = refs[refs.len().saturating_sub(2)..].to_vec();
        let known = match tail.as_slice() {
            ["drop"] => self.drop_call(args, span)?,
            [.., "drop" | "forget" | "swap" | "replace" | "take"]
                if is_std && refs.contains(&"mem") =>
            {
                self.mem_call(tail[1], args, span)?
            }
            ["Vec" | "VecDeque" | "Box" | "String", _] => {
                self.container_call(tail[0], tail[1], &given, args, span)?
            }
            [.., "null_mut" | "null"] if is_std => {
                let inner = given.first().cloned().unwrap_or_else(|| self.types.fresh());
                let con = if tail[1] == "null" {
                    Con::RawConst
                } else {
                    Con::RawMut
                };
                let null = Value::Pointer(Pointer::to(Object::NULL));
                Some(hir::expr(ExprKind::Value(null), Ty::of(con, inner), span))
            }
            ["thread", name] if is_std => self.thread_call(name, args, span)?,
            [_, "fence"] if is_std => {
                let [order] = self.exactly(args, span)?;
                let order = self.ordering(order)?;
                if order == Ordering::Relaxed {
                    return Err(Error::new(span, "there is no relaxed fence: it panics"));
                }
                Some(self.sync(SyncOp::Fence(order), vec![], Ty::unit(), span))
            }
            [_, "compiler_fence"] if is_std => Some(self.unit(span)),
            ["hint", "spin_loop"] if is_std => {
                Some(self.sync(SyncOp::Yield, vec![], Ty::unit(), span))
            }
            ["mpsc", name @ ("channel" | "sync_channel")] if is_std => {
                let item = given.first().cloned().unwrap_or_else(|| self.types.fresh());
                let bounded = *name == "sync_channel";
                let mut values = Vec::new();
                if bounded {
                    let [bound] = self.exactly(args, span)?;
                    let bound = self.expr(bound)?;
                    values.push(self.coerce(bound, &Ty::int(IntType::USIZE))?);
                }
                let ends = vec![
                    Ty::of(Con::Sender, item.clone()),
                    Ty::of(Con::Receiver, item),
                ];
                let op = SyncOp::Channel { naming: 0, bounded };
                Some(self.sync(op, values, Ty::Con(Con::Tuple, ends), span))
            }
            ["Duration", _] if is_std => Some(hir::expr(
                ExprKind::Value(Value::Unit),
                Ty::plain(Con::Duration),
                span,
            )),
            [type_name, function] if is_std => {
                self.sync_type_call(type_name, function, &given, args, span)?
            }
            _ => None,
        };
        known.ok_or_else(|| {
            Error::new(
                span,
                format!(
                    "`{}` isn't followed; define the function in this program, \
                     or use one of the accepted subset",
                    refs.join("::")
                ),
            )
        })
    }

    pub(super) fn drop_call(&mut self, args: &[&syn::Expr], span: Span) -> R<Option<Expr>> {
        let [value] = self.exactly(args, span)?;
        let value = self.expr(value)?;
        Ok(Some(hir::expr(ExprKind::Drop(value), Ty::unit(), span)))
    }

    pub(super) fn mem_call(
        &mut self,
        name: &str,
        args: &[&syn::Expr],
        span: Span,
    ) -> R<Option<Expr>> {
        match name {
            "drop" => self.drop_call(args, span),
            "forget" => {
                let [value] = self.exactly(args, span)?;
                let value = self.expr(value)?;
                Ok(Some(hir::expr(ExprKind::Forget(value), Ty::unit(), span)))
            }
            "replace" => {
                let [target, value] = self.exactly(args, span)?;
                let target = self.expr(target)?;
                let inner = self.types.fresh();
                self.unify(
                    &target.ty.clone(),
                    &Ty::of(Con::RefMut, inner.clone()),
                    span,
                )?;
                let value = self.expr(value)?;
                let value = self.coerce(value, &inner)?;
                Ok(Some(hir::expr(
                    ExprKind::Replace(target, value),
                    inner,
                    span,
                )))
            }
            _ => Ok(None),
        }
    }

    pub(super) fn container_call(
        &mut self,
        container: &str,
        name: &str,
        given: &[Ty],
        args: &[&syn::Expr],
        span: Span,
    ) -> R<Option<Expr>> {
        let inner = given.first().cloned().unwrap_or_else(|| self.types.fresh());
        let con = if container == "Vec" {
            Con::Vec
        } else {
            Con::Deque
        };
        Ok(Some(match (container, name) {
            ("Vec" | "VecDeque", "new" | "with_capacity") => {
                hir::expr(ExprKind::Many(Vec::new()), Ty::of(con, inner), span)
            }
            ("Vec" | "VecDeque", "from") => {
                let [array] = self.exactly(args, span)?;
                let array = self.expr(array)?;
                let Ty::Con(Con::Array(_) | Con::Vec, elem) = self.types.head(&array.ty) else {
                    return Ok(None);
                };
                Expr {
                    ty: Ty::of(con, elem[0].clone()),
                    ..array
                }
            }
            ("Box", "new") => {
                let [value] = self.exactly(args, span)?;
                let value = self.expr(value)?;
                let ty = Ty::of(Con::Box, value.ty.clone());
                hir::expr(ExprKind::New(value), ty, span)
            }
            ("Box", "into_raw" | "leak") => {
                let [value] = self.exactly(args, span)?;
                let value = self.expr(value)?;
                let boxed = self.types.fresh();
                self.unify(&value.ty.clone(), &Ty::of(Con::Box, boxed.clone()), span)?;
                self.known.raw_pointers |= name == "into_raw";
                let con = if name == "leak" {
                    Con::RefMut
                } else {
                    Con::RawMut
                };
                Expr {
                    ty: Ty::of(con, boxed),
                    ..value
                }
            }
            ("Box", "from_raw") => {
                let [value] = self.exactly(args, span)?;
                let value = self.expr(value)?;
                let boxed = self.types.fresh();
                self.unify(&value.ty.clone(), &Ty::of(Con::RawMut, boxed.clone()), span)?;
                Expr {
                    ty: Ty::of(Con::Box, boxed),
                    ..value
                }
            }
            ("String", "from") => {
                let [value] = self.exactly(args, span)?;
                let value = self.expr(value)?;
                self.coerce(value, &Ty::plain(Con::Str))?
            }
            _ => return Ok(None),
        }))
    }

    pub(super) fn thread_call(
        &mut self,
        name: &str,
        args: &[&syn::Expr],
        span: Span,
    ) -> R<Option<Expr>> {
        Ok(Some(match name {
            "spawn" => {
                let [body] = self.exactly(args, span)?;
                let body = self.callable(body, &[], None)?;
                let (_, ret) = self.call_types(&body.ty.clone(), span)?;
                hir::expr(
                    ExprKind::Spawn(body, false),
                    Ty::of(Con::JoinHandle, ret),
                    span,
                )
            }
            "scope" => {
                let [body] = self.exactly(args, span)?;
                let body = self.callable(body, &[Ty::of(Con::Ref, Ty::plain(Con::Scope))], None)?;
                let (_, ret) = self.call_types(&body.ty.clone(), span)?;
                let token = Expr {
                    ty: Ty::of(Con::Ref, Ty::plain(Con::Scope)),
                    ..self.unit(span)
                };
                let begin = hir::expr(ExprKind::Op(vec![Op::ScopeBegin], vec![]), Ty::unit(), span);
                let call = hir::expr(ExprKind::CallOnce(body, vec![token]), ret.clone(), span);
                let whole = hir::expr(ExprKind::Op(vec![Op::ScopeEnd], vec![call]), ret, span);
                hir::expr(
                    ExprKind::Block(hir::Block {
                        stmts: vec![hir::Stmt::Expr(Expr {
                            ty: Ty::plain(Con::Scope),
                            ..begin
                        })],
                        tail: Some(whole.clone()),
                    }),
                    whole.ty,
                    span,
                )
            }
            "park" => self.sync(SyncOp::Park, vec![], Ty::unit(), span),
            "yield_now" => self.sync(SyncOp::Yield, vec![], Ty::unit(), span),
            "sleep" => {
                let [time] = self.exactly(args, span)?;
                let time = self.expr(time)?;
                self.unify(&time.ty.clone(), &Ty::plain(Con::Duration), span)?;
                self.sync(SyncOp::Yield, vec![], Ty::unit(), span)
            }
            "current" => self.sync(SyncOp::Current, vec![], Ty::plain(Con::Thread), span),
            "panicking" => hir::expr(ExprKind::Op(vec![Op::Panicking], vec![]), Ty::bool(), span),
            _ => return Ok(None),
        }))
    }

    pub(super) fn sync_type_call(
        &mut self,
        type_name: &str,
        name: &str,
        given: &[Ty],
        args: &[&syn::Expr],
        span: Span,
    ) -> R<Option<Expr>> {
        let argument = |this: &mut Self| {
            let [value] = this.exactly(args, span)?;
            this.expr(value)
        };
        Ok(Some(match (type_name, name) {
            ("Arc", "new") => {
                let value = argument(self)?;
                let ty = Ty::of(Con::Arc, value.ty.clone());
                hir::expr(ExprKind::New(value), ty, span)
            }
            ("Arc", "clone") => {
                let value = self.look_at_arc(args, span)?;
                let ty = value.ty.clone();
                hir::expr(ExprKind::CloneOf(value), ty, span)
            }
            ("Arc", "try_unwrap" | "into_inner") => {
                let value = argument(self)?;
                let inner = self.types.fresh();
                self.unify(&value.ty.clone(), &Ty::of(Con::Arc, inner.clone()), span)?;
                self.known.counts_arcs = true;
                return self
                    .unwrap_arc(value, inner, name == "try_unwrap", span)
                    .map(Some);
            }
            ("Mutex" | "RwLock", "new") => {
                let value = argument(self)?;
                let con = if type_name == "Mutex" {
                    Con::Mutex
                } else {
                    Con::RwLock
                };
                let ty = Ty::of(con, value.ty.clone());
                let clean = hir::expr(ExprKind::Value(Value::Bool(false)), Ty::bool(), span);
                hir::expr(ExprKind::Many(vec![clean, value]), ty, span)
            }
            ("Condvar", "new") => Expr {
                ty: Ty::plain(Con::Condvar),
                ..self.unit(span)
            },
            ("Once", "new") => hir::expr(
                ExprKind::Value(Value::Bool(false)),
                Ty::plain(Con::Once),
                span,
            ),
            ("OnceLock", "new") => {
                let inner = given.first().cloned().unwrap_or_else(|| self.types.fresh());
                let clean = hir::expr(ExprKind::Value(Value::Bool(false)), Ty::bool(), span);
                let empty = hir::expr(ExprKind::Value(Value::Gone), inner.clone(), span);
                hir::expr(
                    ExprKind::Many(vec![clean, empty]),
                    Ty::of(Con::OnceLock, inner),
                    span,
                )
            }
            ("Barrier", "new") => {
                let value = argument(self)?;
                let value = self.coerce(value, &Ty::int(IntType::USIZE))?;
                Expr {
                    ty: Ty::plain(Con::Barrier),
                    ..value
                }
            }
            ("UnsafeCell" | "Cell", "new") => {
                let value = argument(self)?;
                let con = if type_name == "Cell" {
                    Con::Cell
                } else {
                    Con::UnsafeCell
                };
                let ty = Ty::of(con, value.ty.clone());
                Expr { ty, ..value }
            }
            ("AtomicPtr", "new") => {
                let value = argument(self)?;
                let inner = self.types.fresh();
                let value = self.coerce(value, &Ty::of(Con::RawMut, inner))?;
                let ty = Ty::of(Con::Atomic, value.ty.clone());
                Expr { ty, ..value }
            }
            (atomic, "new") if atomic.starts_with("Atomic") => {
                let value = argument(self)?;
                let inner = match atomic {
                    "AtomicBool" => Ty::bool(),
                    _ => match IntType::named(&atomic["Atomic".len()..].to_lowercase()) {
                        Some(int) => Ty::int(int),
                        None => return Ok(None),
                    },
                };
                let value = self.coerce(value, &inner)?;
                Expr {
                    ty: Ty::of(Con::Atomic, inner),
                    ..value
                }
            }
            _ => return Ok(None),
        }))
    }

    pub(super) fn look_at_arc(&mut self, args: &[&syn::Expr], span: Span) -> R<Expr> {
        let [value] = self.exactly(args, span)?;
        let value = self.expr(value)?;
        let inner = self.types.fresh();
        let arc = Ty::of(Con::Arc, inner);
        let value = self.coerce(value, &Ty::of(Con::Ref, arc.clone()))?;
        let place = self.temp(value);
        let place = self.deref(place)?.expect("it is a reference");
        Ok(hir::expr(ExprKind::Peek(place), arc, span))
    }

    /// `if` this is the last: its value, else the `Arc` back (or let go).
    pub(super) fn unwrap_arc(
        &mut self,
        arc: Expr,
        inner: Ty,
        give_back: bool,
        span: Span,
    ) -> R<Expr> {
        let ty = arc.ty.clone();
        let local = self.hidden("arc", ty.clone());
        let pat = super::bind(local, ty.clone(), span);
        let place = self.local_place(local, span);
        let peek = |place: hir::Place| hir::expr(ExprKind::Peek(place), ty.clone(), span);
        let op = if give_back {
            SyncOp::ReleaseIfLast
        } else {
            SyncOp::Release
        };
        let last = self.sync(op, vec![peek(place.clone())], Ty::bool(), span);
        let content = hir::expr(ExprKind::Take(peek(place.clone())), inner.clone(), span);
        let option = self.known.items.adt_names["Option"];
        let result = self.known.items.adt_names["Result"];
        let (tags, whole) = match give_back {
            true => ((0, 1), Ty::Con(Con::Adt(result), vec![inner, ty.clone()])),
            false => ((1, 0), Ty::of(Con::Adt(option), inner)),
        };
        let good = hir::expr(
            ExprKind::Variant(tags.0, vec![content]),
            whole.clone(),
            span,
        );
        let rest = if give_back {
            vec![self.take(place.clone())]
        } else {
            Vec::new()
        };
        let bad = hir::expr(ExprKind::Variant(tags.1, rest), whole.clone(), span);
        let choice = hir::expr(ExprKind::If(last, good, Some(bad)), whole.clone(), span);
        let result = self.hidden("result", whole.clone());
        let keep = hir::Stmt::Let(super::bind(result, whole.clone(), span), Some(choice), None);
        // What the local still holds was given away above.
        let own = self.take(place);
        let gone = hir::expr(ExprKind::Forget(own), Ty::unit(), span);
        let stmts = vec![
            hir::Stmt::Let(pat, Some(arc), None),
            keep,
            hir::Stmt::Expr(gone),
        ];
        let tail = self.local_place(result, span);
        let tail = Some(self.take(tail));
        Ok(hir::expr(
            ExprKind::Block(hir::Block { stmts, tail }),
            whole,
            span,
        ))
    }
}
