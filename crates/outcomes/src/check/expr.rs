//! Expressions, statements and places.

use super::{Checker, ClosureType, DEEPEST, Loop, R};
use crate::Error;
use crate::code::{BinOp, Edge, Op, SyncOp};
use crate::hir::{self, Arm, Block, Expr, ExprKind, PatKind, Place, PlaceKind, Stmt};
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

    /// An expression as a place; a value gets a temporary one.
    pub(super) fn place(&mut self, expr: &syn::Expr) -> R<Place> {
        if let Some(place) = self.try_place(expr)? {
            return Ok(place);
        }
        let value = self.expr(expr)?;
        Ok(self.temp(value))
    }

    pub(super) fn temp(&mut self, value: Expr) -> Place {
        let (ty, span) = (value.ty.clone(), value.span);
        hir::place(PlaceKind::Temp(value), ty, span)
    }

    fn try_place(&mut self, expr: &syn::Expr) -> R<Option<Place>> {
        let span = span_of(expr);
        Ok(Some(match expr {
            syn::Expr::Paren(inner) => return self.try_place(&inner.expr),
            syn::Expr::Group(inner) => return self.try_place(&inner.expr),
            syn::Expr::Path(path) => {
                let Some(ident) = path.path.segments.last() else {
                    return Ok(None);
                };
                let name = ident.ident.to_string();
                if path.path.segments.len() == 1
                    && let Some(place) = self.variable(&name, span)
                {
                    return Ok(Some(place));
                }
                let items = &self.known.items;
                let Some(index) = items.statics.iter().position(|known| known.name == name) else {
                    return Ok(None);
                };
                let ty = items.statics[index].ty;
                let ty = self.ty(ty)?;
                hir::place(PlaceKind::Static(index), ty, span)
            }
            syn::Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => {
                let place = self.place(&unary.expr)?;
                let name = self.name_of(&place.ty);
                match self.deref(place)? {
                    Some(place) => Place { span, ..place },
                    None => {
                        let message = format!("a value of type {name} can't be dereferenced");
                        return Err(Error::new(span, message));
                    }
                }
            }
            syn::Expr::Field(field) => {
                let place = self.place(&field.base)?;
                self.field(place, &field.member, span)?
            }
            syn::Expr::Index(index) => {
                let mut place = self.place(&index.expr)?;
                let at = self.expr(&index.index)?;
                self.unify(&at.ty.clone(), &Ty::int(IntType::USIZE), at.span)?;
                loop {
                    if let Ty::Con(Con::Array(_) | Con::Vec | Con::Deque, args) =
                        self.types.head(&place.ty)
                    {
                        break hir::place(PlaceKind::Index(place, at), args[0].clone(), span);
                    }
                    let name = self.name_of(&place.ty);
                    match self.deref(place)? {
                        Some(next) => place = next,
                        None => {
                            let message = format!("a value of type {name} has no elements");
                            return Err(Error::new(span, message));
                        }
                    }
                }
            }
            _ => return Ok(None),
        }))
    }

    fn field(&mut self, mut place: Place, member: &syn::Member, span: Span) -> R<Place> {
        let name = super::pattern::member_name(member);
        loop {
            let head = self.types.head(&place.ty);
            let found = match &head {
                Ty::Con(Con::Tuple, parts) => {
                    let index = name.parse::<usize>().ok();
                    index.and_then(|index| Some((index, parts.get(index)?.clone())))
                }
                Ty::Con(Con::Adt(adt), _) if !self.known.items.adts[*adt].is_enum => {
                    let fields = &self.known.items.adts[*adt].variants[0].fields;
                    let index = fields.iter().position(|(known, _)| *known == name);
                    match index {
                        Some(index) => Some((index, self.fields_of(&head, 0)?.swap_remove(index))),
                        None => None,
                    }
                }
                _ => None,
            };
            if let Some((index, ty)) = found {
                return Ok(hir::place(PlaceKind::Field(place, index), ty, span));
            }
            let shown = self.name_of(&head);
            match self.deref(place)? {
                Some(next) => place = next,
                None => {
                    let message = format!("there is no field `{name}` on type {shown}");
                    return Err(Error::new(span, message));
                }
            }
        }
    }

    /// The same place, reached for writing: the program's own `DerefMut` is called.
    pub(super) fn mutable(&mut self, place: Place) -> R<Place> {
        if let Some(PlaceKind::Capture(capture)) = place.root() {
            let capture = *capture;
            self.scope().body.captures[capture].changed = true;
        }
        let (ty, span) = (place.ty, place.span);
        let kind = match *place.kind {
            PlaceKind::Field(inner, index) => PlaceKind::Field(self.mutable(inner)?, index),
            PlaceKind::Payload(inner, tag, index) => {
                PlaceKind::Payload(self.mutable(inner)?, tag, index)
            }
            PlaceKind::Index(inner, at) => PlaceKind::Index(self.mutable(inner)?, at),
            PlaceKind::Deref(inner) => {
                let call = match *inner.kind {
                    PlaceKind::Temp(Expr { kind, ty, span }) => match *kind {
                        ExprKind::Call(callee, args) => {
                            return self.deref_mut(callee, args, ty, span);
                        }
                        kind => hir::expr(kind, ty, span),
                    },
                    kind => {
                        let inner = hir::place(kind, inner.ty, inner.span);
                        return Ok(hir::place(PlaceKind::Deref(inner), ty, span));
                    }
                };
                PlaceKind::Deref(self.temp(call))
            }
            kind => kind,
        };
        Ok(hir::place(kind, ty, span))
    }

    fn deref_mut(
        &mut self,
        mut callee: hir::Callee,
        mut args: Vec<Expr>,
        ty: Ty,
        span: Span,
    ) -> R<Place> {
        let items = &self.known.items;
        let mut adts = items.adts.iter();
        let adt = adts.find(|adt| adt.deref == Some(callee.function));
        if let Some(mutable) = adt.and_then(|adt| adt.deref_mut) {
            callee.function = mutable;
            // The receiver is reached for writing too.
            if let Some(Expr { kind, .. }) = args.first_mut()
                && let ExprKind::Ref(place) = &**kind
            {
                let place = self.mutable(place.clone())?;
                **kind = ExprKind::Ref(place);
            }
        }
        let Ty::Con(_, inner) = self.types.head(&ty) else {
            return Err(Error::new(span, "`deref` gives a reference"));
        };
        let call = hir::expr(ExprKind::Call(callee, args), ty, span);
        let pointer = self.temp(call);
        Ok(hir::place(
            PlaceKind::Deref(pointer),
            inner[0].clone(),
            span,
        ))
    }

    /// A place that a pattern looks into: borrowed if a name binds a reference.
    pub(super) fn matched(&mut self, place: Place, pat: &hir::Pat) -> Place {
        fn borrows(pat: &hir::Pat) -> bool {
            match &pat.kind {
                PatKind::Bind(_, by_ref, sub) => *by_ref || sub.as_deref().is_some_and(borrows),
                PatKind::Parts(parts) | PatKind::Variant(_, parts) => {
                    parts.iter().any(|(_, part)| borrows(part))
                }
                PatKind::Or(cases) => cases.iter().any(borrows),
                _ => false,
            }
        }
        fn moves(pat: &hir::Pat, types: &mut Vec<Ty>) {
            match &pat.kind {
                PatKind::Bind(_, false, _) => types.push(pat.ty.clone()),
                PatKind::Parts(parts) | PatKind::Variant(_, parts) => {
                    parts.iter().for_each(|(_, part)| moves(part, types));
                }
                _ => {}
            }
        }
        match place.root() {
            Some(PlaceKind::Local(local)) if borrows(pat) => {
                let local = *local;
                self.scope().body.locals[local].borrowed = true;
            }
            Some(PlaceKind::Capture(capture)) => {
                let capture = *capture;
                let mut types = Vec::new();
                moves(pat, &mut types);
                self.scope().body.captures[capture].borrowed |= borrows(pat);
                self.scope().body.captures[capture].uses.extend(types);
            }
            _ => {}
        }
        place
    }

    // Operators.

    fn unary(&mut self, unary: &syn::ExprUnary, span: Span) -> R<Expr> {
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

    fn binary(&mut self, binary: &syn::ExprBinary, span: Span) -> R<Expr> {
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

    fn arithmetic(&mut self, op: BinOp, left: &Ty, right: &Expr, span: Span) -> R<()> {
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

    fn assign(&mut self, assign: &syn::ExprAssign, span: Span) -> R<Expr> {
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

    fn cast(&mut self, cast: &syn::ExprCast, span: Span) -> R<Expr> {
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

    // Blocks and control.

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

    fn let_stmt(&mut self, local: &syn::Local) -> R<Stmt> {
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

    fn labelled_block(&mut self, block: &syn::ExprBlock, span: Span) -> R<Expr> {
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

    fn branch(&mut self, branch: &syn::ExprIf, span: Span) -> R<Expr> {
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
    fn join(&mut self, branches: &[&Expr], span: Span) -> R<Ty> {
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

    fn choice(&mut self, choice: &syn::ExprMatch, span: Span) -> R<Expr> {
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

    fn repetition(&mut self, expr: &syn::Expr, span: Span) -> R<Expr> {
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

    fn loop_named(&mut self, label: Option<&str>, again: bool, span: Span) -> R<usize> {
        let loops = &self.scope().loops;
        let found = loops.iter().rposition(|known| match label {
            Some(label) => known.label.as_deref() == Some(label),
            None => true,
        });
        let _ = again;
        found.ok_or_else(|| Error::new(span, "there is no such loop around this"))
    }

    fn leave(&mut self, leave: &syn::ExprBreak, span: Span) -> R<Expr> {
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

fn syn_place(checker: &mut Checker<'_, '_>, unary: &syn::ExprUnary, span: Span) -> R<Place> {
    let place = checker.place(&unary.expr)?;
    let name = checker.name_of(&place.ty);
    match checker.deref(place)? {
        Some(place) => Ok(Place { span, ..place }),
        None => Err(Error::new(
            span,
            format!("a value of type {name} can't be dereferenced"),
        )),
    }
}

fn ends_like_block(expr: &syn::Expr) -> bool {
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
fn breaks_from(value: &Expr, id: usize) -> bool {
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
