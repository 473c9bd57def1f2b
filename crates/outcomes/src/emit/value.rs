//! Expressions, statements and control.

use super::{Emit, Instance, R, int_of};
use crate::Error;
use crate::code::{BinOp, Edge, Op, SyncOp};
use crate::hir::{Expr, ExprKind, Place, PlaceKind};
use crate::types::{Con, Ty};
use crate::value::{Span, Value};

impl Emit<'_, '_> {
    /// Leaves the expression's value on the stack.
    pub(super) fn value(&mut self, value: &Expr) -> R<()> {
        let span = value.span;
        self.span = span;
        if !self.builder.hidden {
            self.builder.at = span;
        }
        match &*value.kind {
            ExprKind::Value(known) => {
                self.check_literal(known, &value.ty, span)?;
                self.op(Op::Const(known.clone()));
            }
            ExprKind::Use(place) => self.take(place)?,
            ExprKind::Peek(place) => self.peek(place)?,
            ExprKind::Ref(place) => self.pointer(place, true)?,
            ExprKind::Ptr(place) => self.pointer(place, false)?,
            ExprKind::Binary(op, edge, left, right) => {
                self.value(left)?;
                self.value(right)?;
                self.span = span;
                let ty = self.resolve(&left.ty);
                let int = int_of(&ty);
                if int.is_none() {
                    self.comparable(&ty, *op, span)?;
                }
                self.op(Op::Bin(*op, *edge, int));
            }
            ExprKind::Not(inner) => {
                self.value(inner)?;
                let int = int_of(&self.resolve(&inner.ty));
                self.op(Op::Not(int));
            }
            ExprKind::Neg(inner) => {
                self.value(inner)?;
                self.span = span;
                let Some(int) = int_of(&self.resolve(&inner.ty)) else {
                    return Err(Error::new(span, "only integers can be negated"));
                };
                self.op(Op::Neg(int, Edge::Panic));
            }
            ExprKind::And(left, right) | ExprKind::Or(left, right) => {
                let and = matches!(&*value.kind, ExprKind::And(..));
                self.condition_part(left)?;
                self.op(Op::Dup);
                let end = self.op(if and { Op::JumpIfNot(0) } else { Op::JumpIf(0) });
                self.op(Op::Pop);
                self.condition_part(right)?;
                self.patch(end);
            }
            ExprKind::Cast(inner) => {
                self.value(inner)?;
                let Some(int) = int_of(&self.resolve(&value.ty)) else {
                    return Err(Error::new(span, "only casts to integers are followed"));
                };
                self.op(Op::Cast(int));
            }
            ExprKind::Assign(place, new) => self.assign(place, new, span)?,
            ExprKind::AssignOp(op, place, right) => {
                self.value(right)?;
                let ty = self.resolve(&place.ty);
                self.pointer(place, false)?;
                // Both accesses are at the whole place.
                self.span = span;
                self.op(Op::Dup);
                self.load(&ty)?;
                self.op(Op::Pull(2));
                self.op(Op::Bin(*op, Edge::Panic, int_of(&ty)));
                let layout = self.builder.layout(&ty, span)?;
                self.op(Op::Store(layout));
                self.op(Op::Const(Value::Unit));
            }
            ExprKind::If(condition, then, otherwise) => {
                self.branch(condition, then, otherwise.as_ref(), span)?;
            }
            ExprKind::Let(..) => {
                // `let` as a value: only `if`, `while` and `&&` know it.
                return Err(Error::new(span, "`let` stands only in conditions"));
            }
            ExprKind::Match(place, arms) => self.choice(place, arms, span)?,
            ExprKind::Loop(id, body) => {
                let start = self.here();
                self.begin_loop(*id);
                self.with_temps(|this| {
                    this.value(body)?;
                    this.op(Op::Pop);
                    Ok(())
                })?;
                self.end_continues();
                self.span = span;
                self.op(Op::Jump(start));
                self.end_loop();
            }
            ExprKind::While(id, condition, body) => {
                let start = self.here();
                self.begin_loop(*id);
                let scope = self.push_scope();
                let outer = std::mem::replace(&mut self.temps, scope);
                let mut fail = Vec::new();
                self.test_condition(condition, scope, &mut fail)?;
                self.value(body)?;
                self.op(Op::Pop);
                self.leave_scopes(scope);
                self.end_continues();
                self.span = span;
                self.op(Op::Jump(start));
                for at in fail {
                    self.patch(at);
                }
                self.pop_scope();
                self.temps = outer;
                let result = self.loops.last().expect("begun above").result;
                self.op(Op::Const(Value::Unit));
                self.op(Op::Set(result));
                self.end_loop();
            }
            ExprKind::Break(id, result) => {
                match result {
                    Some(result) => self.value(result)?,
                    None => {
                        self.op(Op::Const(Value::Unit));
                    }
                }
                let at = self.loop_at(*id);
                let (slot, scopes) = (self.loops[at].result, self.loops[at].scopes);
                self.op(Op::Set(slot));
                self.leave_scopes(scopes);
                let jump = self.op(Op::Jump(0));
                self.loops[at].breaks.push(jump);
                self.op(Op::Const(Value::Unit));
            }
            ExprKind::Continue(id) => {
                let at = self.loop_at(*id);
                self.leave_scopes(self.loops[at].scopes);
                let jump = self.op(Op::Jump(0));
                self.loops[at].continues.push(jump);
                self.op(Op::Const(Value::Unit));
            }
            ExprKind::Return(result) => {
                match result {
                    Some(result) => self.value(result)?,
                    None => {
                        self.op(Op::Const(Value::Unit));
                    }
                }
                self.leave_scopes(0);
                self.op(Op::Return);
                self.op(Op::Const(Value::Unit));
            }
            ExprKind::Block(block) => self.block(block)?,
            ExprKind::Call(callee, args) => {
                self.arguments(args)?;
                self.span = span;
                let types = callee.types.iter().map(|ty| self.resolve(ty)).collect();
                let instance = Instance::Fn(callee.function, types);
                let function = self.builder.instance(instance);
                self.op(Op::Call(function, args.len() as u32));
            }
            ExprKind::CallClosure(id, place, args) => {
                // A closure that gives away what it owns is called once.
                let body = self.builder.closures.get(id).cloned();
                let once = body.is_some_and(|body| {
                    body.0.captures.iter().any(|capture| {
                        capture.by_value
                            && capture
                                .uses
                                .iter()
                                .any(|ty| !self.builder.is_copy(&body.1.resolve(ty)))
                    })
                });
                if once {
                    self.take(place)?
                } else {
                    self.peek(place)?
                }
                self.arguments(args)?;
                self.span = span;
                let function = self.builder.instance(Instance::Closure(*id, once));
                self.op(Op::Call(function, args.len() as u32 + 1));
            }
            ExprKind::CallOnce(callee, args) => {
                self.value(callee)?;
                self.arguments(args)?;
                self.span = span;
                let (function, env) = self.callable(&callee.ty)?;
                if !env {
                    // A function's value is nothing: it goes from under the arguments.
                    for _ in 0..args.len() {
                        self.op(Op::Pull(args.len() as u32));
                    }
                    self.op(Op::Pull(args.len() as u32));
                    self.op(Op::Pop);
                }
                self.op(Op::Call(function, args.len() as u32 + u32::from(env)));
            }
            ExprKind::Op(ops, args) => self.operation(ops, args, value, span)?,
            ExprKind::Many(parts) => {
                self.arguments(parts)?;
                self.op(Op::Many(parts.len() as u32));
            }
            ExprKind::Variant(tag, parts) => {
                self.arguments(parts)?;
                self.op(Op::Variant(*tag, parts.len() as u32));
            }
            ExprKind::Repeat(element, len) => {
                let ty = self.resolve(&element.ty);
                if self.builder.needs_drop(&ty)? && *len > 1 {
                    let message = "this can't be repeated; write the elements out";
                    return Err(Error::new(span, message));
                }
                self.value(element)?;
                self.op(Op::Repeat(*len as u32));
            }
            ExprKind::Closure(id) => {
                let body = self.builder.closures[id].clone();
                for capture in &body.0.captures {
                    match capture.by_value {
                        true => self.take(&capture.outer)?,
                        false => self.pointer(&capture.outer, true)?,
                    }
                }
                self.op(Op::Many(body.0.captures.len() as u32));
            }
            ExprKind::Show(pieces, values) => self.show(pieces, values, span)?,
            ExprKind::New(inner) => {
                let hint = self.hint.take().unwrap_or_else(|| "value".into());
                self.value(inner)?;
                self.span = span;
                let ty = self.resolve(&inner.ty);
                self.alloc(&ty, true, &hint)?;
            }
            ExprKind::Take(pointer) => {
                self.value(pointer)?;
                let ty = self.resolve(&value.ty);
                let layout = self.builder.layout(&ty, span)?;
                let copy = self.builder.is_copy(&ty);
                self.op(if copy {
                    Op::Load(layout)
                } else {
                    Op::Move(layout)
                });
            }
            ExprKind::Put(pointer, new) => {
                self.value(pointer)?;
                self.value(new)?;
                let ty = self.resolve(&new.ty);
                let layout = self.builder.layout(&ty, span)?;
                self.span = span;
                self.op(Op::Store(layout));
                self.op(Op::Const(Value::Unit));
            }
            ExprKind::Replace(pointer, new) => {
                let ty = self.resolve(&new.ty);
                let layout = self.builder.layout(&ty, span)?;
                self.value(pointer)?;
                self.value(new)?;
                self.span = span;
                self.op(Op::Pull(1));
                self.op(Op::Dup);
                self.op(Op::Load(layout));
                self.op(Op::Pull(2));
                self.op(Op::Pull(2));
                self.op(Op::Pull(1));
                self.op(Op::Store(layout));
            }
            ExprKind::Spawn(body, scoped) => {
                self.value(body)?;
                self.span = span;
                let (function, env) = self.callable(&body.ty)?;
                if !env {
                    self.op(Op::Pop);
                }
                self.op(Op::Spawn {
                    function,
                    args: u32::from(env),
                    scoped: *scoped,
                });
            }
            ExprKind::Drop(inner) => {
                self.value(inner)?;
                let ty = self.resolve(&inner.ty);
                let glue = self.glue(&ty)?;
                self.span = span;
                self.op(Op::Drop(glue));
                self.op(Op::Const(Value::Unit));
            }
            ExprKind::Forget(inner) => {
                self.value(inner)?;
                self.op(Op::Pop);
                self.op(Op::Const(Value::Unit));
            }
            ExprKind::CloneOf(inner) => self.clone_of(inner, span)?,
        }
        Ok(())
    }

    fn check_literal(&self, value: &Value, ty: &Ty, span: Span) -> R<()> {
        let (Value::Int(n), Some(int)) = (value, int_of(&self.resolve(ty))) else {
            return Ok(());
        };
        if int.wrap(*n) != *n {
            return Err(Error::new(span, "this number is out of its type's range"));
        }
        Ok(())
    }

    fn comparable(&self, ty: &Ty, op: BinOp, span: Span) -> R<()> {
        let Ty::Con(con, args) = ty else {
            return Ok(());
        };
        let known = match con {
            Con::Int(_) | Con::Bool | Con::Str | Con::RawConst | Con::RawMut => true,
            Con::Thread => op == BinOp::Eq || op == BinOp::Ne,
            Con::Tuple | Con::Array(_) | Con::Vec | Con::Deque => {
                for arg in args {
                    self.comparable(arg, op, span)?;
                }
                true
            }
            Con::Adt(adt) => {
                let equality = matches!(op, BinOp::Eq | BinOp::Ne);
                for variant in 0..self.builder.known.items.adts[*adt].variants.len() {
                    for field in self.builder.fields(ty, variant)? {
                        self.comparable(&field, op, span)?;
                    }
                }
                equality && self.builder.known.items.adts[*adt].eq
            }
            _ => false,
        };
        if known {
            return Ok(());
        }
        Err(Error::new(
            span,
            "values of this type aren't compared here; compare their numbers",
        ))
    }

    /// The function behind a closure's or a function's type, and whether it
    /// takes the closure's value as its first argument.
    fn callable(&mut self, ty: &Ty) -> R<(u32, bool)> {
        match self.resolve(ty) {
            Ty::Con(Con::Closure(id), _) => {
                Ok((self.builder.instance(Instance::Closure(id, true)), true))
            }
            Ty::Con(Con::Fn(function), types) => {
                Ok((self.builder.instance(Instance::Fn(function, types)), false))
            }
            _ => Err(Error::new(
                self.span,
                "write a closure or a function's name here",
            )),
        }
    }

    /// Several values; those that need a drop wait in temporaries, so that a
    /// panic of a later one finds them.
    fn arguments(&mut self, args: &[Expr]) -> R<()> {
        let mut risky = false;
        let mut after = Vec::new();
        for arg in args.iter().rev() {
            after.push(risky);
            risky |= !matches!(
                &*arg.kind,
                ExprKind::Value(_) | ExprKind::Closure(_) | ExprKind::Ref(_) | ExprKind::Ptr(_)
            ) && !matches!(&*arg.kind, ExprKind::Use(p) | ExprKind::Peek(p)
                if matches!(&*p.kind, PlaceKind::Local(_)));
        }
        after.reverse();
        let mut waiting = Vec::new();
        for (arg, risky) in args.iter().zip(after) {
            let ty = self.resolve(&arg.ty);
            self.value(arg)?;
            let wait = (risky || !waiting.is_empty()) && args.len() > 1;
            if wait && self.builder.needs_drop(&ty)? && !self.builder.has_cells(&ty)? {
                let glue = self.glue(&ty)?;
                let slot = self.slot(glue);
                let scope = self.temps;
                self.scopes[scope].push(slot);
                self.op(Op::Set(slot));
                self.op(Op::Const(Value::Gone));
                waiting.push((arg, slot));
            }
        }
        if !waiting.is_empty() {
            // Put each back in its place: the placeholders go.
            for (at, arg) in args.iter().enumerate() {
                let below = (args.len() - 1) as u32;
                let _ = at;
                self.op(Op::Pull(below));
                if let Some((_, slot)) = waiting.iter().find(|(known, _)| std::ptr::eq(*known, arg))
                {
                    self.op(Op::Pop);
                    self.op(Op::Take(*slot));
                }
            }
        }
        Ok(())
    }

    fn operation(&mut self, ops: &[Op], args: &[Expr], value: &Expr, span: Span) -> R<()> {
        if let [Op::Print] = ops {
            self.value(&args[0])?;
            self.span = span;
            self.op(Op::Print);
            self.op(Op::Const(Value::Unit));
            return Ok(());
        }
        if let [Op::ScopeBegin] = ops {
            self.op(Op::ScopeBegin);
            self.op(Op::Const(Value::Unit));
            return Ok(());
        }
        let hint = self.hint.clone();
        self.arguments(args)?;
        self.span = span;
        for op in ops {
            let op = match op {
                Op::Sync(SyncOp::Channel { bounded, .. }) => {
                    let name = hint.clone().unwrap_or_else(|| "channel".into());
                    let naming = self.builder.naming(&name, &Ty::bool(), false);
                    Op::Sync(SyncOp::Channel {
                        naming,
                        bounded: *bounded,
                    })
                }
                Op::Sync(SyncOp::Rmw(order, rmw, _)) => {
                    Op::Sync(SyncOp::Rmw(*order, *rmw, int_of(&self.resolve(&value.ty))))
                }
                op => op.clone(),
            };
            self.op(op);
        }
        if let [Op::Panic] = ops {
            self.op(Op::Const(Value::Unit));
        }
        Ok(())
    }

    fn assign(&mut self, place: &Place, new: &Expr, span: Span) -> R<()> {
        let ty = self.resolve(&place.ty);
        let layout = self.builder.layout(&ty, span)?;
        let glue = self.glue(&ty)?;
        self.value(new)?;
        self.span = span;
        if glue.is_none() {
            self.pointer(place, false)?;
            self.op(Op::Pull(1));
        } else {
            // The old value's end may panic or block: the new one waits apart.
            let slot = self.slot(glue);
            self.op(Op::Set(slot));
            self.pointer(place, false)?;
            self.op(Op::Dup);
            self.op(Op::Load(layout));
            self.op(Op::Drop(glue));
            self.op(Op::Take(slot));
        }
        self.span = span;
        self.op(Op::Store(layout));
        self.op(Op::Const(Value::Unit));
        Ok(())
    }

    fn clone_of(&mut self, inner: &Expr, span: Span) -> R<()> {
        let ty = self.resolve(&inner.ty);
        self.value(inner)?;
        self.span = span;
        if let Ty::Con(Con::Arc, _) = ty {
            if self.builder.needs_drop(&ty)? || self.builder.arc_counted(&ty)? {
                self.op(Op::Dup);
                self.op(Op::Sync(SyncOp::Retain));
                self.op(Op::Pop);
            }
            return Ok(());
        }
        if self.builder.needs_drop(&ty)? || self.builder.has_cells(&ty)? {
            return Err(Error::new(
                span,
                "a clone of this isn't followed; clone its parts",
            ));
        }
        Ok(())
    }

    // Control.

    // Text.
}
