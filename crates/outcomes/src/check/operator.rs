//! Operators, assignments and casts.

use super::place::syn_place;
use super::{Checker, R};
use crate::Error;
use crate::code::{BinOp, Edge};
use crate::hir::{self, Expr, ExprKind, PlaceKind};
use crate::types::{Con, Ty};
use crate::value::Span;

impl Checker<'_, '_> {
    pub(super) fn unary(&mut self, unary: &syn::ExprUnary, span: Span) -> R<Expr> {
        match unary.op {
            syn::UnOp::Deref(_) => {
                let outer = syn_place(self, unary, span)?;
                Ok(self.take(outer))
            }
            syn::UnOp::Neg(_) => {
                if let syn::Expr::Lit(lit) = &*unary.expr
                    && matches!(lit.lit, syn::Lit::Int(_))
                {
                    return self.literal(&lit.lit, true);
                }
                let value = self.number(&unary.expr)?;
                let ty = value.ty.clone();
                Ok(hir::expr(ExprKind::Neg(value), ty, span))
            }
            syn::UnOp::Not(_) => {
                let value = self.number(&unary.expr)?;
                let ty = value.ty.clone();
                Ok(hir::expr(ExprKind::Not(value), ty, span))
            }
            _ => Err(Error::new(span, "this operator isn't followed")),
        }
    }

    /// A value with the references in front of it taken away.
    pub(super) fn number(&mut self, expr: &syn::Expr) -> R<Expr> {
        let value = self.expr(expr)?;
        self.peel(value)
    }

    pub(super) fn peel(&mut self, mut value: Expr) -> R<Expr> {
        while let Ty::Con(Con::Ref | Con::RefMut, _) = self.types.head(&value.ty) {
            let place = self.temp(value);
            let place = self.deref(place)?.expect("a reference has a place");
            let (ty, span) = (place.ty.clone(), place.span);
            value = hir::expr(ExprKind::Peek(place), ty, span);
        }
        Ok(value)
    }

    /// A value to look at, not to move.
    pub(super) fn look(&mut self, expr: &syn::Expr) -> R<Expr> {
        let place = self.place(expr)?;
        let (ty, span) = (place.ty.clone(), place.span);
        let value = hir::expr(ExprKind::Peek(place), ty, span);
        self.peel(value)
    }

    pub(super) fn binary(&mut self, binary: &syn::ExprBinary, span: Span) -> R<Expr> {
        use syn::BinOp as B;
        let op = match binary.op {
            B::And(_) | B::Or(_) => {
                let left = self.expr(&binary.left)?;
                let right = self.expr(&binary.right)?;
                self.unify(&left.ty.clone(), &Ty::bool(), left.span)?;
                self.unify(&right.ty.clone(), &Ty::bool(), right.span)?;
                let kind = match binary.op {
                    B::And(_) => ExprKind::And(left, right),
                    _ => ExprKind::Or(left, right),
                };
                return Ok(hir::expr(kind, Ty::bool(), span));
            }
            B::Add(_) | B::AddAssign(_) => BinOp::Add,
            B::Sub(_) | B::SubAssign(_) => BinOp::Sub,
            B::Mul(_) | B::MulAssign(_) => BinOp::Mul,
            B::Div(_) | B::DivAssign(_) => BinOp::Div,
            B::Rem(_) | B::RemAssign(_) => BinOp::Rem,
            B::BitAnd(_) | B::BitAndAssign(_) => BinOp::And,
            B::BitOr(_) | B::BitOrAssign(_) => BinOp::Or,
            B::BitXor(_) | B::BitXorAssign(_) => BinOp::Xor,
            B::Shl(_) | B::ShlAssign(_) => BinOp::Shl,
            B::Shr(_) | B::ShrAssign(_) => BinOp::Shr,
            B::Eq(_) => BinOp::Eq,
            B::Ne(_) => BinOp::Ne,
            B::Lt(_) => BinOp::Lt,
            B::Le(_) => BinOp::Le,
            B::Gt(_) => BinOp::Gt,
            B::Ge(_) => BinOp::Ge,
            _ => return Err(Error::new(span, "this operator isn't followed")),
        };
        let compares = matches!(
            op,
            BinOp::Eq | BinOp::Ne | BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge
        );
        let assigns = matches!(
            binary.op,
            B::AddAssign(_)
                | B::SubAssign(_)
                | B::MulAssign(_)
                | B::DivAssign(_)
                | B::RemAssign(_)
                | B::BitAndAssign(_)
                | B::BitOrAssign(_)
                | B::BitXorAssign(_)
                | B::ShlAssign(_)
                | B::ShrAssign(_)
        );
        if assigns {
            let right = self.number(&binary.right)?;
            let place = self.place(&binary.left)?;
            let place = self.mutable(place)?;
            self.arithmetic(op, &place.ty.clone(), &right, span)?;
            return Ok(hir::expr(
                ExprKind::AssignOp(op, place, right),
                Ty::unit(),
                span,
            ));
        }
        let (left, right) = if compares {
            (self.look(&binary.left)?, self.look(&binary.right)?)
        } else {
            (self.number(&binary.left)?, self.number(&binary.right)?)
        };
        let ty = left.ty.clone();
        if compares {
            self.unify(&ty, &right.ty.clone(), span)?;
            return Ok(hir::expr(
                ExprKind::Binary(op, Edge::Panic, left, right),
                Ty::bool(),
                span,
            ));
        }
        self.arithmetic(op, &ty, &right, span)?;
        Ok(hir::expr(
            ExprKind::Binary(op, Edge::Panic, left, right),
            ty,
            span,
        ))
    }

    pub(super) fn arithmetic(&mut self, op: BinOp, left: &Ty, right: &Expr, span: Span) -> R<()> {
        if matches!(op, BinOp::Shl | BinOp::Shr) {
            return Ok(());
        }
        self.unify(left, &right.ty.clone(), span)?;
        let logic = matches!(op, BinOp::And | BinOp::Or | BinOp::Xor);
        match self.types.head(left) {
            Ty::Con(Con::Int(_), _) => Ok(()),
            Ty::Con(Con::Bool, _) if logic => Ok(()),
            Ty::Var(_) if logic => Ok(()),
            Ty::Var(_) => {
                let int = self.types.fresh_int();
                self.unify(left, &int, span)
            }
            other => {
                let name = self.name_of(&other);
                Err(Error::new(
                    span,
                    format!("there is no arithmetic on type {name} here"),
                ))
            }
        }
    }

    pub(super) fn assign(&mut self, assign: &syn::ExprAssign, span: Span) -> R<Expr> {
        if let syn::Expr::Infer(_) = &*assign.left {
            let value = self.expr(&assign.right)?;
            return Ok(hir::expr(ExprKind::Drop(value), Ty::unit(), span));
        }
        let place = self.place(&assign.left)?;
        let place = self.mutable(place)?;
        let value = self.expr(&assign.right)?;
        let value = self.coerce(value, &place.ty.clone())?;
        if let PlaceKind::Temp(_) = &*place.kind {
            return Err(Error::new(
                span,
                "only a variable, a field or an element can be assigned to",
            ));
        }
        Ok(hir::expr(ExprKind::Assign(place, value), Ty::unit(), span))
    }

    pub(super) fn cast(&mut self, cast: &syn::ExprCast, span: Span) -> R<Expr> {
        let value = self.expr(&cast.expr)?;
        let want = self.ty(&cast.ty)?;
        match (self.types.head(&value.ty), self.types.head(&want)) {
            (Ty::Con(Con::Int(_) | Con::Bool, _), Ty::Con(Con::Int(_), _)) => {
                Ok(hir::expr(ExprKind::Cast(value), want, span))
            }
            (Ty::Var(_), Ty::Con(Con::Int(_), _)) if self.types.is_int_var(&value.ty) => {
                if let ExprKind::Value(_) = &*value.kind {
                    self.unify(&value.ty.clone(), &want, span)?;
                    return Ok(value);
                }
                Ok(hir::expr(ExprKind::Cast(value), want, span))
            }
            (Ty::Con(from, a), Ty::Con(to @ (Con::RawConst | Con::RawMut), b)) => {
                if matches!(from, Con::Ref | Con::RefMut) {
                    self.known.raw_pointers = true;
                }
                if !matches!(from, Con::Ref | Con::RefMut | Con::RawConst | Con::RawMut) {
                    return Err(Error::new(
                        span,
                        "only references and raw pointers can be cast here",
                    ));
                }
                self.unify(&a[0], &b[0], span)?;
                Ok(Expr {
                    ty: Ty::Con(to, a),
                    ..value
                })
            }
            _ => self.coerce(value, &want),
        }
    }
}
