//! Places: variables, fields, items, and what is behind a reference.

use super::{Checker, R};
use crate::Error;
use crate::hir::{self, Expr, ExprKind, PatKind, Place, PlaceKind};
use crate::items::span_of;
use crate::types::{Con, IntType, Ty};
use crate::value::Span;

impl Checker<'_, '_> {
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

    pub(super) fn try_place(&mut self, expr: &syn::Expr) -> R<Option<Place>> {
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

    pub(super) fn field(&mut self, mut place: Place, member: &syn::Member, span: Span) -> R<Place> {
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

    pub(super) fn deref_mut(
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
}

pub(super) fn syn_place(
    checker: &mut Checker<'_, '_>,
    unary: &syn::ExprUnary,
    span: Span,
) -> R<Place> {
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
