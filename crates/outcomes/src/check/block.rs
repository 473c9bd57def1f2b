//! Blocks and their statements.

use super::branch::diverges;
use super::{Checker, Loop, R};
use crate::hir::{self, Block, Expr, ExprKind, PlaceKind, Stmt};
use crate::items::span_of;
use crate::types::Ty;
use crate::value::Span;

impl Checker<'_, '_> {
    pub(super) fn block_value(&mut self, block: &syn::Block, want: Option<&Ty>) -> R<Expr> {
        let span = span_of(block);
        self.deeper(span)?;
        let mark = self.mark();
        let mut stmts = Vec::new();
        let mut tail = None;
        let count = block.stmts.len();
        for (i, stmt) in block.stmts.iter().enumerate() {
            let last = i + 1 == count;
            match stmt {
                syn::Stmt::Item(_) => {}
                syn::Stmt::Local(local) => stmts.push(self.let_stmt(local)?),
                syn::Stmt::Expr(expr, semi) => {
                    let value = self.expr(expr)?;
                    match semi {
                        None if last => tail = Some(value),
                        None if ends_like_block(expr) => {
                            if !diverges(&value) {
                                self.unify(&value.ty.clone(), &Ty::unit(), value.span)?;
                            }
                            stmts.push(Stmt::Expr(value));
                        }
                        _ => stmts.push(Stmt::Expr(value)),
                    }
                }
                syn::Stmt::Macro(mac) => {
                    let value = self.macro_call(&mac.mac, span_of(mac))?;
                    if last && mac.semi_token.is_none() {
                        tail = Some(value);
                    } else {
                        stmts.push(Stmt::Expr(value));
                    }
                }
            }
        }
        self.forget(mark);
        self.depth -= 1;
        let tail = match (tail, want) {
            (Some(value), Some(want)) => Some(self.coerce(value, want)?),
            (tail, _) => tail,
        };
        let ends = stmts.iter().any(|stmt| match stmt {
            Stmt::Expr(value) => diverges(value),
            Stmt::Let(_, value, _) => value.as_ref().is_some_and(diverges),
        });
        let ty = match &tail {
            Some(tail) => tail.ty.clone(),
            None if ends => self.types.fresh(),
            None => Ty::unit(),
        };
        if let Some(want) = want {
            self.unify(&ty, want, span)?;
        }
        Ok(hir::expr(ExprKind::Block(Block { stmts, tail }), ty, span))
    }

    pub(super) fn let_stmt(&mut self, local: &syn::Local) -> R<Stmt> {
        let span = span_of(local);
        let mut ty = self.types.fresh();
        if let syn::Pat::Type(typed) = &local.pat {
            ty = self.ty(&typed.ty)?;
        }
        let Some(init) = &local.init else {
            let pat = self.pattern(&local.pat, &ty, false)?;
            return Ok(Stmt::Let(pat, None, None));
        };
        // `let _ = place` and `let _ = &...` move nothing.
        let untouched = matches!(&local.pat, syn::Pat::Wild(_));
        let place = self.place(&init.expr)?;
        let temporary = matches!(&*place.kind, PlaceKind::Temp(_));
        if untouched && !temporary {
            let pat = self.pattern(&local.pat, &ty, false)?;
            self.unify(&place.ty.clone(), &ty, span)?;
            let value = self.unit(span);
            return Ok(Stmt::Let(
                hir::Pat {
                    ty: Ty::unit(),
                    ..pat
                },
                Some(value),
                None,
            ));
        }
        let value = self.take(place);
        let value = self.coerce(value, &ty)?;
        let otherwise = match &init.diverge {
            Some((_, otherwise)) => Some(self.expr(otherwise)?),
            None => None,
        };
        let pat = self.pattern(&local.pat, &ty, false)?;
        Ok(Stmt::Let(pat, Some(value), otherwise))
    }

    pub(super) fn labelled_block(&mut self, block: &syn::ExprBlock, span: Span) -> R<Expr> {
        let Some(label) = &block.label else {
            return self.block_value(&block.block, None);
        };
        // A labelled block is a loop that ends by itself.
        let value = self.types.fresh();
        let id = self.loops;
        self.loops += 1;
        let name = label.name.ident.to_string();
        self.scope().loops.push(Loop {
            id,
            label: Some(name),
            value: Some(value.clone()),
            breaks: false,
        });
        let body = self.block_value(&block.block, None)?;
        self.scope().loops.pop();
        if !diverges(&body) {
            self.unify(&body.ty.clone(), &value, span)?;
        }
        let out = hir::expr(ExprKind::Break(id, Some(body)), self.types.fresh(), span);
        Ok(hir::expr(ExprKind::Loop(id, out), value, span))
    }
}

pub(super) fn ends_like_block(expr: &syn::Expr) -> bool {
    matches!(
        expr,
        syn::Expr::If(_)
            | syn::Expr::Match(_)
            | syn::Expr::Block(_)
            | syn::Expr::Unsafe(_)
            | syn::Expr::Loop(_)
            | syn::Expr::While(_)
            | syn::Expr::ForLoop(_)
    )
}
