//! Patterns: what is tested, and what is bound.

use super::{Emit, R, int_of};
use crate::code::Op;
use crate::hir::{Pat, PatKind, Place, PlaceKind};
use crate::types::Ty;
use crate::value::Value;

impl Emit<'_, '_> {
    /// Tests whether the place matches; jumps that are added to `fail` are
    /// taken if not.
    pub(super) fn test(&mut self, pat: &Pat, place: &Place, fail: &mut Vec<usize>) -> R<()> {
        self.span = pat.span;
        match &pat.kind {
            PatKind::Wild => {}
            PatKind::Bind(_, _, sub) => {
                if let Some(sub) = sub {
                    self.test(sub, place, fail)?;
                }
            }
            PatKind::Value(value) => {
                self.peek(place)?;
                self.op(Op::Const(value.clone()));
                let edge = crate::code::Edge::Panic;
                self.op(Op::Bin(crate::code::BinOp::Eq, edge, None));
                fail.push(self.op(Op::JumpIfNot(0)));
            }
            PatKind::Range(low, high, closed) => {
                use crate::code::{BinOp, Edge};
                let int = int_of(&self.resolve(&pat.ty));
                let last = if *closed { BinOp::Le } else { BinOp::Lt };
                for (bound, op) in [(low, BinOp::Ge), (high, last)] {
                    if let Some(bound) = bound {
                        self.peek(place)?;
                        self.op(Op::Const(Value::Int(*bound)));
                        self.op(Op::Bin(op, Edge::Panic, int));
                        fail.push(self.op(Op::JumpIfNot(0)));
                    }
                }
            }
            PatKind::Parts(parts) => {
                for (index, part) in parts {
                    let there = field(place, *index, &part.ty);
                    self.test(part, &there, fail)?;
                }
            }
            PatKind::Variant(tag, parts) => {
                self.peek(place)?;
                self.op(Op::Tag);
                self.op(Op::Const(Value::Int(i128::from(*tag))));
                let edge = crate::code::Edge::Panic;
                self.op(Op::Bin(crate::code::BinOp::Eq, edge, None));
                fail.push(self.op(Op::JumpIfNot(0)));
                for (index, part) in parts {
                    let there = payload(place, *tag, *index, &part.ty);
                    self.test(part, &there, fail)?;
                }
            }
            PatKind::Or(cases) => {
                let mut matched = Vec::new();
                for (i, case) in cases.iter().enumerate() {
                    let mut next = Vec::new();
                    let last = i + 1 == cases.len();
                    self.test(case, place, if last { &mut *fail } else { &mut next })?;
                    if !last {
                        matched.push(self.op(Op::Jump(0)));
                        for at in next {
                            self.patch(at);
                        }
                    }
                }
                for at in matched {
                    self.patch(at);
                }
            }
            PatKind::Deref(inner) => self.test(inner, &deref(place, &inner.ty), fail)?,
        }
        Ok(())
    }

    /// Binds the pattern's names, which are dropped with scope `scope`.
    pub(super) fn bindings(&mut self, pat: &Pat, place: &Place, scope: usize) -> R<()> {
        self.span = pat.span;
        match &pat.kind {
            PatKind::Bind(local, by_ref, sub) => {
                let kept = self.declare(*local, scope)?;
                if *by_ref {
                    self.pointer(place, true)?;
                } else {
                    self.take(place)?;
                }
                self.initialise(&kept)?;
                if let Some(sub) = sub {
                    self.bindings(sub, place, scope)?;
                }
            }
            PatKind::Parts(parts) => {
                for (index, part) in parts {
                    self.bindings(part, &field(place, *index, &part.ty), scope)?;
                }
            }
            PatKind::Variant(tag, parts) => {
                for (index, part) in parts {
                    self.bindings(part, &payload(place, *tag, *index, &part.ty), scope)?;
                }
            }
            PatKind::Deref(inner) => self.bindings(inner, &deref(place, &inner.ty), scope)?,
            PatKind::Wild | PatKind::Value(_) | PatKind::Range(..) | PatKind::Or(_) => {}
        }
        Ok(())
    }
}

pub(super) fn field(base: &Place, index: usize, ty: &Ty) -> Place {
    crate::hir::place(PlaceKind::Field(base.clone(), index), ty.clone(), base.span)
}

pub(super) fn payload(base: &Place, tag: u16, index: usize, ty: &Ty) -> Place {
    crate::hir::place(
        PlaceKind::Payload(base.clone(), tag, index),
        ty.clone(),
        base.span,
    )
}

pub(super) fn deref(base: &Place, ty: &Ty) -> Place {
    crate::hir::place(PlaceKind::Deref(base.clone()), ty.clone(), base.span)
}

/// Whether a name in the pattern binds a reference.
pub(super) fn borrows(pat: &Pat) -> bool {
    match &pat.kind {
        PatKind::Bind(_, by_ref, sub) => *by_ref || sub.as_deref().is_some_and(borrows),
        PatKind::Parts(parts) | PatKind::Variant(_, parts) => {
            parts.iter().any(|(_, part)| borrows(part))
        }
        _ => false,
    }
}
