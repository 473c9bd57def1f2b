//! Blocks and their statements.

use super::pattern::borrows;
use super::{Emit, R};
use crate::code::Op;
use crate::hir::{Block, Expr, ExprKind, Pat, PatKind, PlaceKind, Stmt};
use crate::value::Value;
use crate::{Edition, Error};

impl Emit<'_, '_> {
    pub(super) fn block(&mut self, block: &Block) -> R<()> {
        let scope = self.push_scope();
        for stmt in &block.stmts {
            match stmt {
                Stmt::Expr(value) => {
                    let ty = self.resolve(&value.ty);
                    self.with_temps(|this| {
                        this.value(value)?;
                        let glue = this.glue(&ty)?;
                        this.op(Op::Drop(glue));
                        Ok(())
                    })?;
                }
                Stmt::Let(pat, value, otherwise) => {
                    self.let_stmt(pat, value.as_ref(), otherwise.as_ref(), scope)?;
                }
            }
        }
        match &block.tail {
            Some(tail) if self.builder.edition == Edition::E2024 => {
                self.with_temps(|this| this.value(tail))?;
            }
            Some(tail) => self.value(tail)?,
            None => {
                self.op(Op::Const(Value::Unit));
            }
        }
        self.pop_scope();
        Ok(())
    }

    pub(super) fn let_stmt(
        &mut self,
        pat: &Pat,
        value: Option<&Expr>,
        otherwise: Option<&Expr>,
        scope: usize,
    ) -> R<()> {
        let Some(value) = value else {
            let PatKind::Bind(local, false, None) = pat.kind else {
                return Err(Error::new(
                    pat.span,
                    "declare one name without a value at a time",
                ));
            };
            let kept = self.declare(local, scope)?;
            self.op(Op::Const(Value::Gone));
            return self.initialise(&kept);
        };
        self.hint = self.name_in(pat);
        let extended = match &*value.kind {
            ExprKind::Ref(place) => matches!(place.root(), Some(PlaceKind::Temp(_))),
            _ => false,
        };
        self.with_temps(|this| {
            if extended {
                // `let x = &value;`: the value lives as long as `x`.
                let ExprKind::Ref(place) = &*value.kind else {
                    unreachable!("tested above")
                };
                let inner = this.temps;
                this.temps = scope;
                this.pointer(place, true)?;
                this.temps = inner;
            } else {
                this.value(value)?;
            }
            this.hint = None;
            if let (PatKind::Bind(local, false, None), None) = (&pat.kind, otherwise) {
                let kept = this.declare(*local, scope)?;
                this.span = pat.span;
                return this.initialise(&kept);
            }
            let ty = this.resolve(&value.ty);
            let temps = this.temps;
            // What a pattern refers into must live as long as its names.
            let home = if borrows(pat) { scope } else { temps };
            let local = this.spill(&ty, borrows(pat), home)?;
            let place = crate::hir::place(PlaceKind::Local(local), ty, value.span);
            let mut fail = Vec::new();
            this.test(pat, &place, &mut fail)?;
            this.bindings(pat, &place, scope)?;
            if let Some(otherwise) = otherwise {
                let end = this.op(Op::Jump(0));
                for at in fail {
                    this.patch(at);
                }
                this.value(otherwise)?;
                this.op(Op::Pop);
                this.patch(end);
            }
            Ok(())
        })
    }

    /// What an object made for this pattern is called.
    pub(super) fn name_in(&self, pat: &Pat) -> Option<String> {
        match &pat.kind {
            PatKind::Bind(local, ..) => {
                let name = &self.body.locals[*local].name;
                Some(name.clone()).filter(|name| !name.is_empty())
            }
            // `(tx, rx)`: a channel is called by its receiving end.
            PatKind::Parts(parts) => parts.last().and_then(|(_, part)| self.name_in(part)),
            _ => None,
        }
    }
}
