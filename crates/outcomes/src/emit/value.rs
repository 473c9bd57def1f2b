//! Expressions, statements and control.

use super::{Emit, Instance, Loop, R, borrows, int_of};
use crate::code::{BinOp, Edge, Format, Op, Piece, Show, SyncOp};
use crate::hir::{Arm, Block, Expr, ExprKind, Pat, PatKind, Piece2, Place, PlaceKind, Stmt};
use crate::types::{Con, Ty};
use crate::value::{Span, Value};
use crate::{Edition, Error};

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

    fn begin_loop(&mut self, id: usize) {
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

    fn loop_at(&self, id: usize) -> usize {
        self.loops
            .iter()
            .rposition(|known| known.id == id)
            .expect("check.rs finds the loop")
    }

    fn end_continues(&mut self) {
        let continues = std::mem::take(&mut self.loops.last_mut().expect("begun").continues);
        for at in continues {
            self.patch(at);
        }
    }

    fn end_loop(&mut self) {
        let ended = self.loops.pop().expect("begun");
        debug_assert_eq!(ended.temps, self.temps);
        for at in ended.breaks {
            self.patch(at);
        }
        self.op(Op::Take(ended.result));
    }

    /// One side of `&&` or `||`: its temporaries end with it.
    fn condition_part(&mut self, value: &Expr) -> R<()> {
        if let ExprKind::Let(..) = &*value.kind {
            return Err(Error::new(value.span, "`let` can't stand beside `||`"));
        }
        self.with_temps(|this| this.value(value))
    }

    /// Jumps to `fail` if the condition doesn't hold; names that it binds are
    /// dropped with `scope`, temporaries of its `let`s too, or (before edition
    /// 2024) with the statement.
    fn test_condition(&mut self, condition: &Expr, scope: usize, fail: &mut Vec<usize>) -> R<()> {
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
    fn scrutinee(&mut self, place: &Place, pat: &Pat) -> R<Place> {
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
    fn steady(&mut self, place: &Place) -> R<Place> {
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

    fn branch(
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

    fn choice(&mut self, place: &Place, arms: &[Arm], span: Span) -> R<()> {
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

    fn guard_bindings(&mut self, pat: &Pat, place: &Place, scope: usize) -> R<()> {
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

    fn block(&mut self, block: &Block) -> R<()> {
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

    fn let_stmt(
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
    fn name_in(&self, pat: &Pat) -> Option<String> {
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

    // Text.

    fn show(&mut self, pieces: &[Piece2], values: &[Expr], span: Span) -> R<()> {
        for value in values {
            self.value(value)?;
            self.see_through(&self.resolve(&value.ty))?;
        }
        self.span = span;
        let mut done = Vec::new();
        for piece in pieces {
            done.push(match piece {
                Piece2::Done(piece) => piece.clone(),
                Piece2::Show { argument, debug } => {
                    let value = &values[*argument];
                    let ty = self.resolve(&value.ty);
                    let shown = match self.shown(&ty, *debug, value.span) {
                        // `unwrap` names any error, even one that can't be shown.
                        Err(_) if self.builder.hidden => Show::Fixed("[..]".into()),
                        shown => shown?,
                    };
                    Piece::Show(*argument, shown)
                }
            });
        }
        let format = Format { pieces: done };
        let formats = &mut self.builder.formats;
        let known = formats.iter().position(|known| *known == format);
        let at = known.unwrap_or_else(|| {
            formats.push(format);
            formats.len() - 1
        });
        self.op(Op::Show(at as u32, values.len() as u32));
        Ok(())
    }

    /// `Some(&value)` on the stack becomes `Some(value)`, so that it can be shown.
    fn see_through(&mut self, ty: &Ty) -> R<()> {
        let Ty::Con(Con::Adt(adt), args) = ty else {
            return Ok(());
        };
        if self.builder.known.items.adts[*adt].name != "Option" {
            return Ok(());
        }
        let Some(Ty::Con(Con::Ref | Con::RefMut, inner)) = args.first() else {
            return Ok(());
        };
        self.op(Op::Dup);
        self.op(Op::Tag);
        self.op(Op::Const(Value::Int(0)));
        self.op(Op::Bin(BinOp::Eq, Edge::Panic, None));
        let none = self.op(Op::JumpIf(0));
        self.op(Op::Part(0));
        self.load(&inner[0])?;
        self.op(Op::Variant(1, 1));
        self.patch(none);
        Ok(())
    }

    fn shown(&self, ty: &Ty, debug: bool, span: Span) -> R<Show> {
        let refuse = || {
            Err(Error::new(
                span,
                "values of this type can't be printed here; print the integers, bools, \
                 strings, tuples or lists in it",
            ))
        };
        let Ty::Con(con, args) = ty else {
            return refuse();
        };
        Ok(match con {
            Con::Int(int) if int.bits == 128 && !int.signed => Show::Wide,
            Con::Int(_) | Con::Bool => Show::Plain,
            Con::Str if debug => Show::Quoted,
            Con::Str => Show::Plain,
            Con::Payload if debug => Show::Fixed("Any { .. }".into()),
            Con::Tuple if debug && args.is_empty() => Show::Plain,
            Con::Tuple if debug => {
                let parts = args.iter().map(|arg| self.shown(arg, true, span));
                Show::Tuple(parts.collect::<R<_>>()?)
            }
            Con::Vec | Con::Deque | Con::Array(_) if debug => {
                Show::List(Box::new(self.shown(&args[0], true, span)?))
            }
            Con::Adt(adt) => {
                let def = &self.builder.known.items.adts[*adt];
                if let ("Option", Some(Ty::Con(Con::Ref | Con::RefMut, inner))) =
                    (def.name.as_str(), args.first())
                {
                    // `see_through` has put the value in.
                    let ty = Ty::Con(*con, inner.clone());
                    return self.shown(&ty, debug, span);
                }
                if def.hidden {
                    match (def.name.as_str(), debug) {
                        ("PoisonError", true) => {
                            return Ok(Show::Fixed("PoisonError { .. }".into()));
                        }
                        ("PoisonError", false) => {
                            let text = "poisoned lock: another task failed inside";
                            return Ok(Show::Fixed(text.into()));
                        }
                        ("RecvError", false) => {
                            return Ok(Show::Fixed("receiving on a closed channel".into()));
                        }
                        ("SendError", true) => {
                            return Ok(Show::Fixed("SendError { .. }".into()));
                        }
                        ("SendError", false) => {
                            return Ok(Show::Fixed("sending on a closed channel".into()));
                        }
                        ("TryRecvError", false) => {
                            return Ok(Show::Enum(vec![
                                Show::Fixed("receiving on an empty channel".into()),
                                Show::Fixed("receiving on a closed channel".into()),
                            ]));
                        }
                        ("TryLockError", true) => {
                            return Ok(Show::Enum(vec![
                                Show::Fixed("Poisoned(..)".into()),
                                Show::Fixed("WouldBlock".into()),
                            ]));
                        }
                        _ => {}
                    }
                }
                if !debug || !def.debug {
                    return refuse();
                }
                let mut variants = Vec::new();
                for (i, variant) in def.variants.iter().enumerate() {
                    let mut shows = Vec::new();
                    for (field, ty) in variant.fields.iter().zip(self.builder.fields(ty, i)?) {
                        let name = variant.named.then(|| field.0.clone());
                        shows.push((name, self.shown(&ty, true, span)?));
                    }
                    variants.push(Show::Struct(variant.name.clone(), shows));
                }
                if def.is_enum {
                    Show::Enum(variants)
                } else {
                    variants.swap_remove(0)
                }
            }
            _ => return refuse(),
        })
    }
}

fn has_let(value: &Expr) -> bool {
    match &*value.kind {
        ExprKind::Let(..) => true,
        ExprKind::And(left, right) => has_let(left) || has_let(right),
        _ => false,
    }
}

/// Whether the place is behind a pointer, so that it can be pointed at again.
fn through_pointer(place: &Place) -> bool {
    match &*place.kind {
        PlaceKind::Deref(_) => true,
        PlaceKind::Field(base, _) | PlaceKind::Payload(base, ..) | PlaceKind::Index(base, _) => {
            through_pointer(base)
        }
        _ => false,
    }
}
