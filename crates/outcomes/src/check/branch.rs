//! Branches and loops: where control goes.

use super::{Checker, Loop, R};
use crate::Error;
use crate::code::Op;
use crate::hir::{self, Arm, Expr, ExprKind, PlaceKind, Stmt};
use crate::types::Ty;
use crate::value::Span;

impl Checker<'_, '_> {
    pub(super) fn branch(&mut self, branch: &syn::ExprIf, span: Span) -> R<Expr> {
        let mark = self.mark();
        let condition = self.condition(&branch.cond)?;
        let then = self.block_value(&branch.then_branch, None)?;
        self.forget(mark);
        let otherwise = match &branch.else_branch {
            Some((_, otherwise)) => Some(self.expr(otherwise)?),
            None => None,
        };
        let ty = match &otherwise {
            None => {
                if !diverges(&then) {
                    self.unify(&then.ty.clone(), &Ty::unit(), then.span)?;
                }
                Ty::unit()
            }
            Some(otherwise) => self.join(&[&then, otherwise], span)?,
        };
        Ok(hir::expr(
            ExprKind::If(condition, then, otherwise),
            ty,
            span,
        ))
    }

    /// The type of what comes from one of several branches.
    pub(super) fn join(&mut self, branches: &[&Expr], span: Span) -> R<Ty> {
        let mut ty = None;
        for branch in branches.iter().filter(|branch| !diverges(branch)) {
            match &ty {
                None => ty = Some(branch.ty.clone()),
                Some(ty) => {
                    if !self.types.unify(ty, &branch.ty) {
                        let message = format!(
                            "one branch has type {}, another {}",
                            self.name_of(ty),
                            self.name_of(&branch.ty)
                        );
                        return Err(Error::new(span, message));
                    }
                }
            }
        }
        Ok(ty.unwrap_or_else(|| self.types.fresh()))
    }

    pub(super) fn condition(&mut self, cond: &syn::Expr) -> R<Expr> {
        let condition = self.expr(cond)?;
        self.unify(&condition.ty.clone(), &Ty::bool(), condition.span)?;
        Ok(condition)
    }

    pub(super) fn choice(&mut self, choice: &syn::ExprMatch, span: Span) -> R<Expr> {
        let mut place = self.place(&choice.expr)?;
        let mut arms: Vec<Arm> = Vec::new();
        for arm in &choice.arms {
            let mark = self.mark();
            let (pat, guard) = match &arm.pat {
                syn::Pat::Guard(guarded) => (&*guarded.pat, Some(&*guarded.guard)),
                pat => (pat, None),
            };
            let pat = self.pattern(pat, &place.ty.clone(), false)?;
            place = self.matched(place, &pat);
            let guard = match guard {
                Some(guard) => Some(self.condition(guard)?),
                None => None,
            };
            let body = self.expr(&arm.body)?;
            self.forget(mark);
            arms.push(Arm { pat, guard, body });
        }
        let bodies: Vec<&Expr> = arms.iter().map(|arm| &arm.body).collect();
        let ty = self.join(&bodies, span)?;
        Ok(hir::expr(ExprKind::Match(place, arms), ty, span))
    }

    pub(super) fn repetition(&mut self, expr: &syn::Expr, span: Span) -> R<Expr> {
        let label = match expr {
            syn::Expr::Loop(again) => &again.label,
            syn::Expr::While(again) => &again.label,
            syn::Expr::ForLoop(again) => &again.label,
            _ => &None,
        };
        let label = label.as_ref().map(|label| label.name.ident.to_string());
        match expr {
            syn::Expr::Loop(again) => {
                let value = self.types.fresh();
                let id = self.begin_loop(label, Some(value.clone()));
                let body = self.block_value(&again.body, None)?;
                let ended = self.scope().loops.pop().expect("begun above");
                let ty = if ended.breaks {
                    value
                } else {
                    self.types.fresh()
                };
                Ok(hir::expr(ExprKind::Loop(id, body), ty, span))
            }
            syn::Expr::While(again) => {
                let mark = self.mark();
                let condition = self.condition(&again.cond)?;
                let id = self.begin_loop(label, None);
                let body = self.block_value(&again.body, None)?;
                self.scope().loops.pop();
                self.forget(mark);
                Ok(hir::expr(
                    ExprKind::While(id, condition, body),
                    Ty::unit(),
                    span,
                ))
            }
            syn::Expr::ForLoop(again) => {
                let mark = self.mark();
                let source = self.source(&again.expr)?;
                let pat = self.pattern(&again.pat, &source.item.ty.clone(), false)?;
                let id = self.begin_loop(label, None);
                let body = self.block_value(&again.body, None)?;
                self.scope().loops.pop();
                self.forget(mark);
                let stmts = vec![
                    Stmt::Let(pat, Some(source.item.clone()), None),
                    Stmt::Expr(body),
                ];
                Ok(source.looped(id, stmts, span))
            }
            _ => Err(Error::new(span, "this isn't a loop")),
        }
    }

    pub(super) fn begin_loop(&mut self, label: Option<String>, value: Option<Ty>) -> usize {
        let id = self.loops;
        self.loops += 1;
        self.scope().loops.push(Loop {
            id,
            label,
            value,
            breaks: false,
        });
        id
    }

    pub(super) fn loop_named(&mut self, label: Option<&str>, again: bool, span: Span) -> R<usize> {
        let loops = &self.scope().loops;
        let found = loops.iter().rposition(|known| match label {
            Some(label) => known.label.as_deref() == Some(label),
            None => true,
        });
        let _ = again;
        found.ok_or_else(|| Error::new(span, "there is no such loop around this"))
    }

    pub(super) fn leave(&mut self, leave: &syn::ExprBreak, span: Span) -> R<Expr> {
        let label = leave.label.as_ref().map(|label| label.ident.to_string());
        let at = self.loop_named(label.as_deref(), false, span)?;
        self.scope().loops[at].breaks = true;
        let (id, want) = (
            self.scope().loops[at].id,
            self.scope().loops[at].value.clone(),
        );
        let value = match (&leave.expr, want) {
            (Some(value), Some(want)) => {
                let value = self.expr(value)?;
                Some(self.coerce(value, &want)?)
            }
            (Some(_), None) => {
                return Err(Error::new(span, "only `loop` gives a value"));
            }
            (None, Some(want)) => {
                self.unify(&want, &Ty::unit(), span)?;
                None
            }
            (None, None) => None,
        };
        let ty = self.types.fresh();
        Ok(hir::expr(ExprKind::Break(id, value), ty, span))
    }
}

/// Whether control never comes out of the end of it.
pub(super) fn diverges(value: &Expr) -> bool {
    match &*value.kind {
        ExprKind::Break(..) | ExprKind::Continue(_) | ExprKind::Return(_) => true,
        ExprKind::Op(ops, args) => {
            matches!(ops.last(), Some(Op::Panic)) || args.iter().any(diverges)
        }
        ExprKind::Block(block) => {
            let stmts = block.stmts.iter().any(|stmt| match stmt {
                Stmt::Expr(value) => diverges(value),
                Stmt::Let(_, value, _) => value.as_ref().is_some_and(diverges),
            });
            stmts || block.tail.as_ref().is_some_and(diverges)
        }
        ExprKind::If(condition, then, otherwise) => {
            diverges(condition) || (diverges(then) && otherwise.as_ref().is_some_and(diverges))
        }
        ExprKind::Match(_, arms) => !arms.is_empty() && arms.iter().all(|arm| diverges(&arm.body)),
        ExprKind::Loop(id, body) => !breaks_from(body, *id),
        _ => false,
    }
}

/// Whether a `break` of this loop is in it.
pub(super) fn breaks_from(value: &Expr, id: usize) -> bool {
    let any = |values: &[Expr]| values.iter().any(|value| breaks_from(value, id));
    match &*value.kind {
        ExprKind::Break(to, value) => {
            *to == id || value.as_ref().is_some_and(|value| breaks_from(value, id))
        }
        ExprKind::Block(block) => {
            let stmts = block.stmts.iter().any(|stmt| match stmt {
                Stmt::Expr(value) => breaks_from(value, id),
                Stmt::Let(_, value, otherwise) => value
                    .iter()
                    .chain(otherwise)
                    .any(|value| breaks_from(value, id)),
            });
            stmts
                || block
                    .tail
                    .as_ref()
                    .is_some_and(|tail| breaks_from(tail, id))
        }
        ExprKind::If(condition, then, otherwise) => {
            breaks_from(condition, id)
                || breaks_from(then, id)
                || otherwise
                    .as_ref()
                    .is_some_and(|value| breaks_from(value, id))
        }
        ExprKind::Match(place, arms) => {
            let scrutinee = match &*place.kind {
                PlaceKind::Temp(value) => breaks_from(value, id),
                _ => false,
            };
            scrutinee || arms.iter().any(|arm| breaks_from(&arm.body, id))
        }
        ExprKind::Loop(_, body) => breaks_from(body, id),
        ExprKind::While(_, condition, body) => breaks_from(condition, id) || breaks_from(body, id),
        ExprKind::Assign(_, value) | ExprKind::AssignOp(_, _, value) | ExprKind::Drop(value) => {
            breaks_from(value, id)
        }
        ExprKind::Op(_, args)
        | ExprKind::Call(_, args)
        | ExprKind::Many(args)
        | ExprKind::Variant(_, args) => any(args),
        _ => false,
    }
}
