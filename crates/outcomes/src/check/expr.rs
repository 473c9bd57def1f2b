//! Expressions, statements and places.

use super::branch::diverges;
use super::{Checker, ClosureType, DEEPEST, R};
use crate::Error;
use crate::code::{Op, SyncOp};
use crate::hir::{self, Block, Expr, ExprKind, PlaceKind, Stmt};
use crate::items::span_of;
use crate::types::{Con, IntType, Ty};
use crate::value::{Span, Value};

/// Where the names of a block end.
type Mark = usize;

impl Checker<'_, '_> {
    pub(super) fn mark(&mut self) -> Mark {
        self.scope().names.len()
    }

    pub(super) fn forget(&mut self, mark: Mark) {
        self.scope().names.truncate(mark);
    }

    pub(super) fn unit(&self, span: Span) -> Expr {
        hir::expr(ExprKind::Value(Value::Unit), Ty::unit(), span)
    }

    /// An expression as a value.
    pub(super) fn expr(&mut self, expr: &syn::Expr) -> R<Expr> {
        let span = span_of(expr);
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Error::new(span, "this nests too deep; split it up"));
        }
        let value = self.expr_inner(expr, span);
        self.depth -= 1;
        value
    }

    fn expr_inner(&mut self, expr: &syn::Expr, span: Span) -> R<Expr> {
        match expr {
            syn::Expr::Paren(inner) => self.expr(&inner.expr),
            syn::Expr::Group(inner) => self.expr(&inner.expr),
            syn::Expr::Lit(lit) => self.literal(&lit.lit, false),
            syn::Expr::Path(path) => match self.try_place(expr)? {
                Some(place) => Ok(self.take(place)),
                None => self.path_value(&path.path, span),
            },
            syn::Expr::Field(_) | syn::Expr::Index(_) => {
                let place = self.place(expr)?;
                Ok(self.take(place))
            }
            syn::Expr::Unary(unary) => self.unary(unary, span),
            syn::Expr::Binary(binary) => self.binary(binary, span),
            syn::Expr::Assign(assign) => self.assign(assign, span),
            syn::Expr::Cast(cast) => self.cast(cast, span),
            syn::Expr::Reference(reference) => {
                if let syn::Expr::Lit(lit) = &*reference.expr
                    && matches!(lit.lit, syn::Lit::Str(_))
                {
                    return self.literal(&lit.lit, false);
                }
                let place = self.place(&reference.expr)?;
                let con = if reference.mutability.is_some() {
                    Con::RefMut
                } else {
                    Con::Ref
                };
                let place = if con == Con::RefMut {
                    self.mutable(place)?
                } else {
                    place
                };
                Ok(self.borrow(place, con))
            }
            syn::Expr::RawAddr(raw) => {
                let place = self.place(&raw.expr)?;
                let con = match raw.mutability {
                    syn::PointerMutability::Mut(_) => Con::RawMut,
                    _ => Con::RawConst,
                };
                let fixed = matches!(place.root(), Some(PlaceKind::Static(_)));
                self.known.raw_pointers |= !fixed;
                Ok(self.borrow(place, con))
            }
            syn::Expr::Block(block) => self.labelled_block(block, span),
            syn::Expr::Unsafe(block) => self.block_value(&block.block, None),
            syn::Expr::Const(block) => self.block_value(&block.block, None),
            syn::Expr::If(branch) => self.branch(branch, span),
            syn::Expr::Match(choice) => self.choice(choice, span),
            syn::Expr::Let(bound) => {
                let place = self.place(&bound.expr)?;
                let pat = self.pattern(&bound.pat, &place.ty.clone(), false)?;
                let place = self.matched(place, &pat);
                Ok(hir::expr(ExprKind::Let(pat, place), Ty::bool(), span))
            }
            syn::Expr::Loop(_) | syn::Expr::While(_) | syn::Expr::ForLoop(_) => {
                self.repetition(expr, span)
            }
            syn::Expr::Break(leave) => self.leave(leave, span),
            syn::Expr::Continue(again) => {
                let label = again.label.as_ref().map(|label| label.ident.to_string());
                let id = self.loop_named(label.as_deref(), true, span)?;
                let id = self.scope().loops[id].id;
                let ty = self.types.fresh();
                Ok(hir::expr(ExprKind::Continue(id), ty, span))
            }
            syn::Expr::Return(ret) => {
                let want = self.scope().ret.clone();
                let value = match &ret.expr {
                    Some(value) => {
                        let value = self.expr(value)?;
                        Some(self.coerce(value, &want)?)
                    }
                    None => {
                        self.unify(&Ty::unit(), &want, span)?;
                        None
                    }
                };
                let ty = self.types.fresh();
                Ok(hir::expr(ExprKind::Return(value), ty, span))
            }
            syn::Expr::Tuple(tuple) => {
                let parts: Vec<Expr> = tuple
                    .elems
                    .iter()
                    .map(|part| self.expr(part))
                    .collect::<R<_>>()?;
                if parts.is_empty() {
                    return Ok(self.unit(span));
                }
                let ty = Ty::Con(
                    Con::Tuple,
                    parts.iter().map(|part| part.ty.clone()).collect(),
                );
                Ok(hir::expr(ExprKind::Many(parts), ty, span))
            }
            syn::Expr::Array(array) => {
                let elems: Vec<&syn::Expr> = array.elems.iter().collect();
                self.array(&elems, span)
            }
            syn::Expr::Repeat(repeat) => {
                let len = self.length(&repeat.len)?;
                let value = match &*repeat.expr {
                    syn::Expr::Const(block) => self.block_value(&block.block, None)?,
                    value => self.expr(value)?,
                };
                let ty = Ty::of(Con::Array(len), value.ty.clone());
                Ok(hir::expr(ExprKind::Repeat(value, len), ty, span))
            }
            syn::Expr::Struct(made) => self.made(made, span),
            syn::Expr::Closure(closure) => self.closure(closure, None, span),
            syn::Expr::Call(call) => self.call(call, span),
            syn::Expr::MethodCall(call) => self.method_call(call, span),
            syn::Expr::Macro(mac) => self.macro_call(&mac.mac, span),
            syn::Expr::Range(_) => Err(Error::new(
                span,
                "a range stands only in `for` and before `map`, `rev`, `for_each`, `sum`",
            )),
            syn::Expr::Try(_) => Err(Error::new(span, "`?` isn't followed; write a `match`")),
            syn::Expr::Async(_) | syn::Expr::Await(_) => {
                Err(Error::new(span, "async isn't followed; write threads"))
            }
            _ => Err(Error::new(span, "this kind of expression isn't followed")),
        }
    }

    pub(super) fn literal(&mut self, lit: &syn::Lit, negative: bool) -> R<Expr> {
        let span = span_of(lit);
        match lit {
            syn::Lit::Bool(b) => Ok(hir::expr(
                ExprKind::Value(Value::Bool(b.value)),
                Ty::bool(),
                span,
            )),
            syn::Lit::Str(s) => {
                let value = Value::Str(s.value().into());
                Ok(hir::expr(ExprKind::Value(value), Ty::plain(Con::Str), span))
            }
            syn::Lit::Int(n) => {
                let value = match n.base10_parse::<u128>() {
                    Ok(value) => value as i128,
                    Err(_) => return Err(Error::new(span, "this number is too big")),
                };
                let ty = match (n.suffix(), IntType::named(n.suffix())) {
                    ("", _) => self.types.fresh_int(),
                    (_, Some(int)) => Ty::int(int),
                    _ => return Err(Error::new(span, "only integers are followed, no floats")),
                };
                let value = if negative {
                    value.wrapping_neg()
                } else {
                    value
                };
                Ok(hir::expr(ExprKind::Value(Value::Int(value)), ty, span))
            }
            syn::Lit::Byte(b) => {
                let u8 = IntType::named("u8").expect("it is one");
                Ok(hir::int(b.value().into(), u8, span))
            }
            _ => Err(Error::new(
                span,
                "only integers, bools and strings are followed",
            )),
        }
    }

    fn path_value(&mut self, path: &syn::Path, span: Span) -> R<Expr> {
        if let Some((adt, variant)) = self.variant_named(path) {
            let ty = self.fresh_adt(adt);
            let items = &self.known.items;
            if !items.adts[adt].variants[variant].fields.is_empty() {
                return self.constructor((adt, variant), span);
            }
            let kind = if items.adts[adt].is_enum {
                ExprKind::Variant(variant as u16, Vec::new())
            } else {
                ExprKind::Many(Vec::new())
            };
            return Ok(hir::expr(kind, ty, span));
        }
        let steps = self.known.items.path(path);
        let refs: Vec<&str> = steps.iter().map(String::as_str).collect();
        if let [.., int, edge @ ("MAX" | "MIN")] = refs.as_slice()
            && let Some(int) = IntType::named(int)
        {
            let n = if *edge == "MAX" {
                int.max_value()
            } else {
                int.min_value()
            };
            return Ok(hir::int(n, int, span));
        }
        let mut name = steps.join("::");
        if let (Some(rest), Some(Ty::Con(Con::Adt(adt), _))) =
            (name.strip_prefix("Self::"), &self.self_ty)
        {
            name = format!("{}::{rest}", self.known.items.adts[*adt].name);
        }
        if let Some((ty, init)) = self.known.items.consts.get(&name).copied() {
            let ty = self.ty(ty)?;
            // A constant sees no variables.
            let names = std::mem::take(&mut self.scope().names);
            let value = self.expr(init);
            self.scope().names = names;
            return self.coerce(value?, &ty);
        }
        if let Some(function) = self.function_named(path)? {
            let ty = Ty::Con(Con::Fn(function.function), function.types);
            return Ok(hir::expr(ExprKind::Value(Value::Unit), ty, span));
        }
        Err(Error::new(
            span,
            format!(
                "`{}` isn't known here; define it in this program",
                refs.join("::")
            ),
        ))
    }

    // Places.

    // Operators.

    // Blocks and control.

    pub(super) fn array(&mut self, elems: &[&syn::Expr], span: Span) -> R<Expr> {
        let elem = self.types.fresh();
        let mut values = Vec::new();
        for value in elems {
            let value = self.expr(value)?;
            values.push(self.coerce(value, &elem)?);
        }
        let ty = Ty::of(Con::Array(values.len()), elem);
        Ok(hir::expr(ExprKind::Many(values), ty, span))
    }

    fn made(&mut self, made: &syn::ExprStruct, span: Span) -> R<Expr> {
        if made.rest.is_some() {
            return Err(Error::new(
                span,
                "`..` in a struct isn't followed; write every field",
            ));
        }
        let Some((adt, variant)) = self.variant_named(&made.path) else {
            return Err(Error::new(span, "this names no struct that is known here"));
        };
        let ty = if made.path.is_ident("Self") {
            self.self_ty.clone().unwrap_or_else(Ty::unit)
        } else {
            self.fresh_adt(adt)
        };
        let types = self.fields_of(&ty, variant)?;
        // Evaluated as written, laid out as declared.
        let mut written: Vec<(usize, Expr)> = Vec::new();
        for field in &made.fields {
            let name = super::pattern::member_name(&field.member);
            let fields = &self.known.items.adts[adt].variants[variant].fields;
            let Some(index) = fields.iter().position(|(known, _)| *known == name) else {
                return Err(Error::new(span, format!("there is no field `{name}` here")));
            };
            let value = self.expr(&field.expr)?;
            written.push((index, self.coerce(value, &types[index])?));
        }
        if written.len() != types.len() {
            return Err(Error::new(span, "write every field of this struct"));
        }
        let in_order = written.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let is_enum = self.known.items.adts[adt].is_enum;
        let make = |values| match is_enum {
            true => ExprKind::Variant(variant as u16, values),
            false => ExprKind::Many(values),
        };
        if in_order {
            let values = written.into_iter().map(|(_, value)| value).collect();
            return Ok(hir::expr(make(values), ty, span));
        }
        let mut stmts = Vec::new();
        let mut places: Vec<(usize, Expr)> = Vec::new();
        for (index, value) in written {
            let (value_ty, at) = (value.ty.clone(), value.span);
            let local = self.hidden("field", value_ty.clone());
            stmts.push(Stmt::Let(
                super::bind(local, value_ty, at),
                Some(value),
                None,
            ));
            let place = self.local_place(local, at);
            places.push((index, self.take(place)));
        }
        places.sort_by_key(|(index, _)| *index);
        let values = places.into_iter().map(|(_, value)| value).collect();
        let tail = hir::expr(make(values), ty.clone(), span);
        Ok(hir::expr(
            ExprKind::Block(Block {
                stmts,
                tail: Some(tail),
            }),
            ty,
            span,
        ))
    }

    /// A closure; `params`: the types that its caller gives it.
    pub(super) fn closure(
        &mut self,
        closure: &syn::ExprClosure,
        params: Option<&[Ty]>,
        span: Span,
    ) -> R<Expr> {
        if closure.asyncness.is_some() {
            return Err(Error::new(
                span,
                "async closures aren't followed; write threads",
            ));
        }
        let id = self.known.closures.len();
        self.known.closures.push(ClosureType {
            params: Vec::new(),
            ret: Ty::unit(),
        });
        let ret = match &closure.output {
            syn::ReturnType::Default => self.types.fresh(),
            output => self.return_type(output)?,
        };
        let parent = self.scope().closure;
        self.enter(ret.clone(), Some(id));
        let mut pats = Vec::new();
        let mut types = Vec::new();
        for (i, input) in closure.inputs.iter().enumerate() {
            let ty = match params.and_then(|params| params.get(i)) {
                Some(ty) => ty.clone(),
                None => self.types.fresh(),
            };
            pats.push(self.pattern(input, &ty, false)?);
            types.push(ty);
        }
        self.local_closures.insert(
            id,
            ClosureType {
                params: types,
                ret: ret.clone(),
            },
        );
        let at = self.closures.len();
        self.closures.push((id, hir::Body::default()));
        let value = self.expr(&closure.body)?;
        let value = if diverges(&value) {
            value
        } else {
            self.coerce(value, &ret)?
        };
        let scope = self.scopes.pop().expect("entered above");
        self.closures[at].1 = hir::Body {
            params: pats,
            is_move: closure.capture.is_some(),
            body: Some(value),
            ret: Some(ret),
            span,
            parent,
            ..scope.body
        };
        Ok(hir::expr(
            ExprKind::Closure(id),
            Ty::plain(Con::Closure(id)),
            span,
        ))
    }

    /// One step that asks the world.
    pub(super) fn sync(&mut self, op: SyncOp, args: Vec<Expr>, ty: Ty, span: Span) -> Expr {
        hir::expr(ExprKind::Op(vec![Op::Sync(op)], args), ty, span)
    }
}
