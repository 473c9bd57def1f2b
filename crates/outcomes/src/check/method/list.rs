//! Methods of vectors, arrays and slices.

use crate::check::{Checker, R};
use crate::code::{BinOp, Edge, Op, VecOp};
use crate::hir::{self, Expr, ExprKind, Place};
use crate::types::{Con, IntType, Ty};
use crate::value::Span;

impl Checker<'_, '_> {
    pub(super) fn list_method(
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
}
