//! Branches and loops: jumps, and what is dropped on the way.

use super::pattern::borrows;
use super::{Emit, Loop, R};
use crate::code::Op;
use crate::hir::{Arm, Expr, ExprKind, Pat, PatKind, Place, PlaceKind};
use crate::types::{Con, Ty};
use crate::value::{Span, Value};
use crate::{Edition, Error};

impl Emit<'_, '_> {
    pub(super) fn begin_loop(&mut self, id: usize) {
        let result = self.slot(None);
        self.loops.push(Loop {
            id,
            scopes: self.scopes.len(),
            temps: self.temps,
            breaks: Vec::new(),
            continues: Vec::new(),
            result,
        });
    }

    pub(super) fn loop_at(&self, id: usize) -> usize {
        self.loops
            .iter()
            .rposition(|known| known.id == id)
            .expect("check.rs finds the loop")
    }

    pub(super) fn end_continues(&mut self) {
        let continues = std::mem::take(&mut self.loops.last_mut().expect("begun").continues);
        for at in continues {
            self.patch(at);
        }
    }

    pub(super) fn end_loop(&mut self) {
        let ended = self.loops.pop().expect("begun");
        debug_assert_eq!(ended.temps, self.temps);
        for at in ended.breaks {
            self.patch(at);
        }
        self.op(Op::Take(ended.result));
    }

    /// One side of `&&` or `||`: its temporaries end with it.
    pub(super) fn condition_part(&mut self, value: &Expr) -> R<()> {
        if let ExprKind::Let(..) = &*value.kind {
            return Err(Error::new(value.span, "`let` can't stand beside `||`"));
        }
        self.with_temps(|this| this.value(value))
    }

    /// Jumps to `fail` if the condition doesn't hold; names that it binds are
    /// dropped with `scope`, temporaries of its `let`s too, or (before edition
    /// 2024) with the statement.
    pub(super) fn test_condition(
        &mut self,
        condition: &Expr,
        scope: usize,
        fail: &mut Vec<usize>,
    ) -> R<()> {
        match &*condition.kind {
            ExprKind::And(left, right) if has_let(condition) => {
                self.test_condition(left, scope, fail)?;
                self.test_condition(right, scope, fail)
            }
            ExprKind::Let(pat, place) => {
                let place = self.scrutinee(place, pat)?;
                self.test(pat, &place, fail)?;
                self.bindings(pat, &place, scope)
            }
            _ => {
                self.with_temps(|this| this.value(condition))?;
                fail.push(self.op(Op::JumpIfNot(0)));
                Ok(())
            }
        }
    }

    /// The place that patterns look into: a value that has none gets a temporary.
    pub(super) fn scrutinee(&mut self, place: &Place, pat: &Pat) -> R<Place> {
        let PlaceKind::Temp(value) = &*place.kind else {
            return self.steady(place);
        };
        let ty = self.resolve(&value.ty);
        self.value(value)?;
        let scope = self.temps;
        let local = self.spill(&ty, borrows(pat), scope)?;
        Ok(crate::hir::place(PlaceKind::Local(local), ty, place.span))
    }

    /// The same place, its pointer computed once.
    pub(super) fn steady(&mut self, place: &Place) -> R<Place> {
        fn plain(place: &Place) -> bool {
            match &*place.kind {
                PlaceKind::Local(_) | PlaceKind::Static(_) | PlaceKind::Capture(_) => true,
                PlaceKind::Field(base, _) | PlaceKind::Payload(base, ..) => plain(base),
                PlaceKind::Deref(base) => plain(base),
                PlaceKind::Temp(_) | PlaceKind::Index(..) => false,
            }
        }
        if plain(place) || !through_pointer(place) {
            return Ok(place.clone());
        }
        self.pointer(place, true)?;
        let pointee = self.resolve(&place.ty);
        let ty = Ty::of(Con::RefMut, pointee.clone());
        let scope = self.temps;
        let local = self.spill(&ty, false, scope)?;
        let pointer = crate::hir::place(PlaceKind::Local(local), ty, place.span);
        Ok(crate::hir::place(
            PlaceKind::Deref(pointer),
            pointee,
            place.span,
        ))
    }

    pub(super) fn branch(
        &mut self,
        condition: &Expr,
        then: &Expr,
        otherwise: Option<&Expr>,
        span: Span,
    ) -> R<()> {
        let scope = self.push_scope();
        let outer = self.temps;
        let own_temps = self.builder.edition == Edition::E2024;
        if own_temps {
            self.temps = scope;
        }
        let mut fail = Vec::new();
        self.test_condition(condition, scope, &mut fail)?;
        self.value(then)?;
        self.leave_scopes(scope);
        let end = self.op(Op::Jump(0));
        for at in fail {
            self.patch(at);
        }
        self.span = span;
        self.pop_scope();
        self.temps = outer;
        match otherwise {
            Some(otherwise) => self.value(otherwise)?,
            None => {
                self.op(Op::Const(Value::Unit));
            }
        }
        self.patch(end);
        Ok(())
    }

    pub(super) fn choice(&mut self, place: &Place, arms: &[Arm], span: Span) -> R<()> {
        let by_ref = arms.iter().find(|arm| borrows(&arm.pat)).or(arms.first());
        let place = match by_ref {
            Some(arm) => self.scrutinee(place, &arm.pat)?,
            None => return Err(Error::new(span, "a match without arms isn't followed")),
        };
        let mut ends = Vec::new();
        for arm in arms {
            let mut fail = Vec::new();
            self.test(&arm.pat, &place, &mut fail)?;
            let scope = self.push_scope();
            let mut guard_fails = None;
            if let Some(guard) = &arm.guard {
                // The guard sees the names; they move only if it holds.
                self.guard_bindings(&arm.pat, &place, scope)?;
                self.with_temps(|this| this.value(guard))?;
                guard_fails = Some(self.op(Op::JumpIfNot(0)));
            } else {
                self.bindings(&arm.pat, &place, scope)?;
            }
            self.with_temps(|this| this.value(&arm.body))?;
            self.leave_scopes(scope);
            ends.push(self.op(Op::Jump(0)));
            if let Some(at) = guard_fails {
                self.patch(at);
                self.leave_scopes(scope);
            }
            self.scopes.pop();
            for at in fail {
                self.patch(at);
            }
        }
        self.span = span;
        self.op(Op::Unreachable);
        for at in ends {
            self.patch(at);
        }
        Ok(())
    }

    pub(super) fn guard_bindings(&mut self, pat: &Pat, place: &Place, scope: usize) -> R<()> {
        fn moves(emit: &Emit<'_, '_>, pat: &Pat) -> bool {
            match &pat.kind {
                PatKind::Bind(_, by_ref, _) => {
                    !by_ref && !emit.builder.is_copy(&emit.resolve(&pat.ty))
                }
                PatKind::Parts(parts) | PatKind::Variant(_, parts) => {
                    parts.iter().any(|(_, part)| moves(emit, part))
                }
                PatKind::Deref(inner) => moves(emit, inner),
                _ => false,
            }
        }
        if moves(self, pat) {
            return Err(Error::new(
                pat.span,
                "a guard on an arm that moves a value isn't followed; test inside the arm",
            ));
        }
        self.bindings(pat, place, scope)
    }
}

pub(super) fn has_let(value: &Expr) -> bool {
    match &*value.kind {
        ExprKind::Let(..) => true,
        ExprKind::And(left, right) => has_let(left) || has_let(right),
        _ => false,
    }
}

/// Whether the place is behind a pointer, so that it can be pointed at again.
pub(super) fn through_pointer(place: &Place) -> bool {
    match &*place.kind {
        PlaceKind::Deref(_) => true,
        PlaceKind::Field(base, _) | PlaceKind::Payload(base, ..) | PlaceKind::Index(base, _) => {
            through_pointer(base)
        }
        _ => false,
    }
}
