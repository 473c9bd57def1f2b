//! Methods of integers.

use crate::check::{Checker, R};
use crate::code::{BinOp, Edge, IntFn, Op};
use crate::hir::{self, Expr, ExprKind, Place};
use crate::types::{Con, IntType, Ty};
use crate::value::Span;

impl Checker<'_, '_> {
    pub(super) fn int_method(
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
}
