//! Patterns.

use super::{Checker, R};
use crate::Error;
use crate::hir::{Pat, PatKind};
use crate::items::span_of;
use crate::types::{Con, Ty};
use crate::value::{Span, Value};

impl Checker<'_, '_> {
    /// A pattern for a value of this type. `by_ref`: it stands behind a
    /// reference that the pattern didn't mention, so names bind references.
    pub(super) fn pattern(&mut self, pat: &syn::Pat, ty: &Ty, by_ref: bool) -> R<Pat> {
        let span = span_of(pat);
        self.deeper(span)?;
        let pat = self.pattern_inner(pat, ty, by_ref, span);
        self.depth -= 1;
        pat
    }

    fn pattern_inner(&mut self, pat: &syn::Pat, ty: &Ty, by_ref: bool, span: Span) -> R<Pat> {
        let made = |kind| {
            Ok(Pat {
                kind,
                ty: ty.clone(),
                span,
            })
        };
        if let (Ty::Con(Con::Ref | Con::RefMut, inner), true) =
            (self.types.head(ty), looks_inside(pat))
        {
            let inner = self.pattern(pat, &inner[0], true)?;
            return made(PatKind::Deref(Box::new(inner)));
        }
        match pat {
            syn::Pat::Wild(_) => made(PatKind::Wild),
            syn::Pat::Paren(inner) => self.pattern(&inner.pat, ty, by_ref),
            syn::Pat::Type(typed) => {
                let wanted = self.ty(&typed.ty)?;
                self.unify(&wanted, ty, span)?;
                self.pattern(&typed.pat, ty, by_ref)
            }
            syn::Pat::Ident(ident) => {
                let name = ident.ident.to_string();
                if ident.subpat.is_none() && ident.by_ref.is_none() {
                    let path = syn::Path::from(proc_macro_ident(&ident.ident));
                    if let Some(found) = self.variant_named(&path) {
                        return self.variant(found, ty, &[], span);
                    }
                    if let Some((const_ty, init)) = self.known.items.consts.get(&name).copied() {
                        let const_ty = self.ty(const_ty)?;
                        self.unify(&const_ty, ty, span)?;
                        let Some(n) = self.constant_int(init) else {
                            return Err(Error::new(span, "write this constant's value here"));
                        };
                        return made(PatKind::Value(Value::Int(n)));
                    }
                }
                let sub = match &ident.subpat {
                    Some((_, sub)) => Some(Box::new(self.pattern(sub, ty, by_ref)?)),
                    None => None,
                };
                let by_ref = by_ref || ident.by_ref.is_some();
                let bound = if by_ref {
                    Ty::of(Con::RefMut, ty.clone())
                } else {
                    ty.clone()
                };
                let local = self.local(&name, bound);
                made(PatKind::Bind(local, by_ref, sub))
            }
            syn::Pat::Lit(lit) => {
                let value = self.literal(&lit.lit, false)?;
                self.unify(&value.ty, ty, span)?;
                match *value.kind {
                    crate::hir::ExprKind::Value(value) => made(PatKind::Value(value)),
                    _ => Err(Error::new(span, "write a number, a bool or a string here")),
                }
            }
            syn::Pat::Range(range) => {
                let end = |this: &mut Self, end: &Option<Box<syn::Expr>>| match end {
                    None => Ok(None),
                    Some(end) => match this.constant_int(end) {
                        Some(n) => Ok(Some(n)),
                        None => Err(Error::new(span, "write this bound as a number")),
                    },
                };
                let (low, high) = (end(self, &range.start)?, end(self, &range.end)?);
                let int = self.types.fresh_int();
                self.unify(&int, ty, span)?;
                let closed = matches!(range.limits, syn::RangeLimits::Closed(_));
                made(PatKind::Range(low, high, closed))
            }
            syn::Pat::Tuple(tuple) => {
                let rest = tuple
                    .elems
                    .iter()
                    .position(|pat| matches!(pat, syn::Pat::Rest(_)));
                let types = match self.types.head(ty) {
                    Ty::Con(Con::Tuple, types) => types,
                    _ if rest.is_none() => {
                        let types: Vec<Ty> =
                            tuple.elems.iter().map(|_| self.types.fresh()).collect();
                        self.unify(ty, &Ty::Con(Con::Tuple, types.clone()), span)?;
                        types
                    }
                    _ => return Err(Error::new(span, "this isn't a tuple")),
                };
                let pats: Vec<&syn::Pat> = tuple.elems.iter().collect();
                let parts = self.positions(&pats, &types, by_ref, span)?;
                made(PatKind::Parts(parts))
            }
            syn::Pat::Slice(slice) => {
                let Ty::Con(Con::Array(len), elem) = self.types.head(ty) else {
                    return Err(Error::new(span, "only arrays can be taken apart like this"));
                };
                let types = vec![elem[0].clone(); len];
                let pats: Vec<&syn::Pat> = slice.elems.iter().collect();
                let parts = self.positions(&pats, &types, by_ref, span)?;
                made(PatKind::Parts(parts))
            }
            syn::Pat::Reference(reference) => {
                let inner = self.types.fresh();
                let con = match self.types.head(ty) {
                    Ty::Con(Con::RefMut, _) => Con::RefMut,
                    _ => Con::Ref,
                };
                self.unify(&Ty::of(con, inner.clone()), ty, span)?;
                let inner = self.pattern(&reference.pat, &inner, false)?;
                made(PatKind::Deref(Box::new(inner)))
            }
            syn::Pat::Or(or) => {
                // Names must bind alike in each case: only cases without names are taken.
                let before = self.scope().names.len();
                let mut cases = Vec::new();
                for case in &or.cases {
                    cases.push(self.pattern(case, ty, by_ref)?);
                }
                if self.scope().names.len() > before {
                    return Err(Error::new(
                        span,
                        "names in `|` patterns aren't followed; write an arm for each",
                    ));
                }
                made(PatKind::Or(cases))
            }
            syn::Pat::Path(path) => match self.variant_named(&path.path) {
                Some(found) => self.variant(found, ty, &[], span),
                None => Err(Error::new(span, "this names no variant that is known here")),
            },
            syn::Pat::TupleStruct(tuple) => {
                let Some(found) = self.variant_named(&tuple.path) else {
                    return Err(Error::new(span, "this names no variant that is known here"));
                };
                let pats: Vec<&syn::Pat> = tuple.elems.iter().collect();
                self.variant_fields(found, ty, span, |this, types| {
                    this.positions(&pats, types, by_ref, span)
                })
            }
            syn::Pat::Struct(fields) => {
                let Some(found) = self.variant_named(&fields.path) else {
                    return Err(Error::new(span, "this names no struct that is known here"));
                };
                self.variant_fields(found, ty, span, |this, types| {
                    let mut parts = Vec::new();
                    for field in &fields.fields {
                        let index = this.field_index(found, &field.member, span)?;
                        parts.push((index, this.pattern(&field.pat, &types[index], by_ref)?));
                    }
                    Ok(parts)
                })
            }
            _ => Err(Error::new(span, "this kind of pattern isn't followed")),
        }
    }

    fn field_index(
        &self,
        (adt, variant): (usize, usize),
        member: &syn::Member,
        span: Span,
    ) -> R<usize> {
        let name = member_name(member);
        let fields = &self.known.items.adts[adt].variants[variant].fields;
        match fields.iter().position(|(known, _)| *known == name) {
            Some(index) => Ok(index),
            None => Err(Error::new(span, format!("there is no field `{name}` here"))),
        }
    }

    fn variant(
        &mut self,
        found: (usize, usize),
        ty: &Ty,
        pats: &[&syn::Pat],
        span: Span,
    ) -> R<Pat> {
        self.variant_fields(found, ty, span, |this, types| {
            this.positions(pats, types, false, span)
        })
    }

    fn variant_fields(
        &mut self,
        (adt, variant): (usize, usize),
        ty: &Ty,
        span: Span,
        parts: impl FnOnce(&mut Self, &[Ty]) -> R<Vec<(usize, Pat)>>,
    ) -> R<Pat> {
        let own = self.fresh_adt(adt);
        self.unify(&own, ty, span)?;
        let types = self.fields_of(&own, variant)?;
        let parts = parts(self, &types)?;
        let kind = if self.known.items.adts[adt].is_enum {
            PatKind::Variant(variant as u16, parts)
        } else {
            PatKind::Parts(parts)
        };
        Ok(Pat {
            kind,
            ty: ty.clone(),
            span,
        })
    }

    fn positions(
        &mut self,
        pats: &[&syn::Pat],
        types: &[Ty],
        by_ref: bool,
        span: Span,
    ) -> R<Vec<(usize, Pat)>> {
        let rest = pats.iter().position(|pat| matches!(pat, syn::Pat::Rest(_)));
        let named = pats.len() - usize::from(rest.is_some());
        if named > types.len() || (rest.is_none() && named < types.len()) {
            let message = format!("there are {} parts here, not {named}", types.len());
            return Err(Error::new(span, message));
        }
        let mut parts = Vec::new();
        for (i, pat) in pats.iter().enumerate() {
            let index = match rest {
                Some(rest) if i == rest => continue,
                Some(rest) if i > rest => types.len() - (pats.len() - i),
                _ => i,
            };
            parts.push((index, self.pattern(pat, &types[index], by_ref)?));
        }
        Ok(parts)
    }
}

pub(super) fn member_name(member: &syn::Member) -> String {
    match member {
        syn::Member::Named(name) => name.to_string(),
        syn::Member::Unnamed(index) => index.index.to_string(),
    }
}

fn proc_macro_ident(ident: &proc_macro2::Ident) -> proc_macro2::Ident {
    ident.clone()
}

/// Whether a pattern looks into the value, so that a reference is seen through.
fn looks_inside(pat: &syn::Pat) -> bool {
    match pat {
        syn::Pat::Paren(inner) => looks_inside(&inner.pat),
        syn::Pat::Or(or) => or.cases.iter().any(looks_inside),
        syn::Pat::Ident(ident) => {
            // A unit variant is written like a name.
            ident.subpat.is_none() && matches!(ident.ident.to_string().as_str(), "None")
        }
        syn::Pat::Lit(_)
        | syn::Pat::Tuple(_)
        | syn::Pat::TupleStruct(_)
        | syn::Pat::Struct(_)
        | syn::Pat::Path(_)
        | syn::Pat::Slice(_)
        | syn::Pat::Range(_) => true,
        _ => false,
    }
}
