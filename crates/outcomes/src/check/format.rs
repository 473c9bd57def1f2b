//! Macros: printing, panicking, asserting.

use super::{Checker, R};
use crate::Error;
use crate::code::{BinOp, Edge, Op, Piece};
use crate::hir::{self, Expr, ExprKind, Piece2};
use crate::items::span_of;
use crate::types::{Con, Ty};
use crate::value::Span;
use syn::punctuated::Punctuated;

type Args = Punctuated<syn::Expr, syn::Token![,]>;

impl Checker<'_, '_> {
    pub(super) fn macro_call(&mut self, mac: &syn::Macro, span: Span) -> R<Expr> {
        let name = mac
            .path
            .segments
            .last()
            .map(|last| last.ident.to_string())
            .unwrap_or_default();
        if name == "matches" {
            return self.matches(mac, span);
        }
        if name == "vec" {
            return self.vec(mac, span);
        }
        let args = mac
            .parse_body_with(Args::parse_terminated)
            .map_err(|error| Error::new(crate::items::span(error.span()), error.to_string()))?;
        let args: Vec<&syn::Expr> = args.iter().collect();
        let unit = Ty::unit();
        match name.as_str() {
            "println" | "print" => {
                let text = self.text(&args, if name == "println" { "\n" } else { "" }, span)?;
                Ok(hir::expr(
                    ExprKind::Op(vec![Op::Print], vec![text]),
                    unit,
                    span,
                ))
            }
            "eprintln" | "eprint" | "dbg" => {
                // What goes to stderr is no outcome; its arguments are still looked at.
                let text = self.text(&args, "", span)?;
                Ok(hir::expr(ExprKind::Drop(text), unit, span))
            }
            "format" => self.text(&args, "", span),
            "panic" | "unreachable" | "todo" | "unimplemented" => {
                let text = match (name.as_str(), args.is_empty()) {
                    ("panic", true) => self.fixed("explicit panic", span),
                    ("panic", false) => self.text(&args, "", span)?,
                    ("todo", true) => self.fixed("not yet implemented", span),
                    ("todo", false) => self.prefixed("not yet implemented: ", &args, span)?,
                    ("unimplemented", true) => self.fixed("not implemented", span),
                    ("unimplemented", false) => self.prefixed("not implemented: ", &args, span)?,
                    (_, true) => self.fixed("internal error: entered unreachable code", span),
                    _ => {
                        self.prefixed("internal error: entered unreachable code: ", &args, span)?
                    }
                };
                Ok(self.panic(text, span))
            }
            "assert" | "debug_assert" => {
                let Some((condition, message)) = args.split_first() else {
                    return Err(Error::new(span, "assert! needs a condition"));
                };
                let source = crate::source_text(condition);
                let value = self.condition(condition)?;
                let text = match message.is_empty() {
                    true => self.fixed(&format!("assertion failed: {source}"), span),
                    false => self.text(message, "", span)?,
                };
                let panic = self.panic(text, span);
                let not = hir::expr(ExprKind::Not(value), Ty::bool(), span);
                let panic = self.discard(panic);
                Ok(hir::expr(ExprKind::If(not, panic, None), unit, span))
            }
            "assert_eq" | "assert_ne" | "debug_assert_eq" | "debug_assert_ne" => {
                self.assert_equal(name.ends_with("eq"), &args, span)
            }
            _ => Err(Error::new(
                span,
                format!("the macro `{name}!` isn't followed; write what it stands for"),
            )),
        }
    }

    fn discard(&mut self, value: Expr) -> Expr {
        let span = value.span;
        let stmts = vec![hir::Stmt::Expr(value)];
        hir::expr(
            ExprKind::Block(hir::Block { stmts, tail: None }),
            Ty::unit(),
            span,
        )
    }

    fn matches(&mut self, mac: &syn::Macro, span: Span) -> R<Expr> {
        let parser = |input: syn::parse::ParseStream<'_>| {
            let value: syn::Expr = input.parse()?;
            input.parse::<syn::Token![,]>()?;
            let pat = syn::Pat::parse_multi_with_leading_vert(input)?;
            let guard = match input.parse::<Option<syn::Token![if]>>()? {
                Some(_) => Some(input.parse::<syn::Expr>()?),
                None => None,
            };
            input.parse::<Option<syn::Token![,]>>()?;
            Ok((value, pat, guard))
        };
        let (value, pat, guard) = mac
            .parse_body_with(parser)
            .map_err(|error| Error::new(crate::items::span(error.span()), error.to_string()))?;
        let mark = self.mark();
        let place = self.place(&value)?;
        let pat = self.pattern(&pat, &place.ty.clone(), false)?;
        let place = self.matched(place, &pat);
        let guard = match guard {
            Some(guard) => Some(self.condition(&guard)?),
            None => None,
        };
        self.forget(mark);
        let truth = |b| hir::expr(ExprKind::Value(crate::Value::Bool(b)), Ty::bool(), span);
        let wild = hir::Pat {
            kind: hir::PatKind::Wild,
            ty: place.ty.clone(),
            span,
        };
        let arms = vec![
            hir::Arm {
                pat,
                guard,
                body: truth(true),
            },
            hir::Arm {
                pat: wild,
                guard: None,
                body: truth(false),
            },
        ];
        Ok(hir::expr(ExprKind::Match(place, arms), Ty::bool(), span))
    }

    fn vec(&mut self, mac: &syn::Macro, span: Span) -> R<Expr> {
        let repeat = mac.parse_body_with(|input: syn::parse::ParseStream<'_>| {
            let value: syn::Expr = input.parse()?;
            input.parse::<syn::Token![;]>()?;
            let len: syn::Expr = input.parse()?;
            Ok((value, len))
        });
        if let Ok((value, len)) = repeat {
            let len = self.length(&len)?;
            let value = self.expr(&value)?;
            let ty = Ty::of(Con::Vec, value.ty.clone());
            return Ok(hir::expr(ExprKind::Repeat(value, len), ty, span));
        }
        let args = mac
            .parse_body_with(Args::parse_terminated)
            .map_err(|error| Error::new(crate::items::span(error.span()), error.to_string()))?;
        let elems: Vec<&syn::Expr> = args.iter().collect();
        let array = self.array(&elems, span)?;
        let Ty::Con(_, elem) = &array.ty else {
            unreachable!("an array's type")
        };
        Ok(Expr {
            ty: Ty::of(Con::Vec, elem[0].clone()),
            ..array
        })
    }

    fn assert_equal(&mut self, equal: bool, args: &[&syn::Expr], span: Span) -> R<Expr> {
        let [left, right, message @ ..] = args else {
            return Err(Error::new(span, "this needs two values to compare"));
        };
        let (left, right) = (self.look(left)?, self.look(right)?);
        self.unify(&left.ty.clone(), &right.ty.clone(), span)?;
        let mut stmts = Vec::new();
        let mut keep = |this: &mut Self, value: Expr| {
            let (ty, at) = (value.ty.clone(), value.span);
            // The values are looked at, not owned.
            let local = this.hidden("", Ty::of(Con::Phantom, ty.clone()));
            let pat = super::bind(local, Ty::of(Con::Phantom, ty.clone()), at);
            stmts.push(hir::Stmt::Let(pat, Some(value), None));
            let place = this.local_place(local, at);
            hir::expr(
                ExprKind::Peek(hir::Place {
                    ty: ty.clone(),
                    ..place
                }),
                ty,
                at,
            )
        };
        let (left, right) = (keep(self, left), keep(self, right));
        let op = if equal { BinOp::Ne } else { BinOp::Eq };
        let fails = ExprKind::Binary(op, Edge::Panic, left.clone(), right.clone());
        let fails = hir::expr(fails, Ty::bool(), span);
        let sign = if equal { "==" } else { "!=" };
        let mut pieces = vec![Piece2::Done(Piece::Text(format!(
            "assertion `left {sign} right` failed"
        )))];
        let mut values = vec![left, right];
        if !message.is_empty() {
            pieces.push(Piece2::Done(Piece::Text(": ".into())));
            let (more, extra) = self.pieces(message, span, values.len())?;
            pieces.extend(more);
            values.extend(extra);
        }
        for (argument, side) in ["left", "right"].into_iter().enumerate() {
            let pad = if side == "left" { " " } else { "" };
            pieces.push(Piece2::Done(Piece::Text(format!("\n {pad}{side}: "))));
            pieces.push(Piece2::Show {
                argument,
                debug: true,
            });
        }
        let text = hir::expr(ExprKind::Show(pieces, values), Ty::plain(Con::Str), span);
        let panic = self.panic(text, span);
        let panic = self.discard(panic);
        let check = hir::expr(ExprKind::If(fails, panic, None), Ty::unit(), span);
        let block = hir::Block {
            stmts,
            tail: Some(check),
        };
        Ok(hir::expr(ExprKind::Block(block), Ty::unit(), span))
    }

    fn panic(&mut self, text: Expr, span: Span) -> Expr {
        let ty = self.types.fresh();
        hir::expr(ExprKind::Op(vec![Op::Panic], vec![text]), ty, span)
    }

    fn fixed(&self, text: &str, span: Span) -> Expr {
        let value = crate::Value::Str(text.into());
        hir::expr(ExprKind::Value(value), Ty::plain(Con::Str), span)
    }

    fn prefixed(&mut self, prefix: &str, args: &[&syn::Expr], span: Span) -> R<Expr> {
        let (mut pieces, values) = self.pieces(args, span, 0)?;
        pieces.insert(0, Piece2::Done(Piece::Text(prefix.into())));
        Ok(hir::expr(
            ExprKind::Show(pieces, values),
            Ty::plain(Con::Str),
            span,
        ))
    }

    fn text(&mut self, args: &[&syn::Expr], end: &str, span: Span) -> R<Expr> {
        if args.is_empty() {
            return Ok(self.fixed(end, span));
        }
        let (mut pieces, values) = self.pieces(args, span, 0)?;
        if !end.is_empty() {
            pieces.push(Piece2::Done(Piece::Text(end.into())));
        }
        Ok(hir::expr(
            ExprKind::Show(pieces, values),
            Ty::plain(Con::Str),
            span,
        ))
    }

    /// A format string and its arguments, taken apart. `first`: the number of
    /// its first argument.
    fn pieces(
        &mut self,
        args: &[&syn::Expr],
        span: Span,
        first: usize,
    ) -> R<(Vec<Piece2>, Vec<Expr>)> {
        let Some(syn::Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(format),
            ..
        })) = args.first()
        else {
            return Err(Error::new(span, "write the format as a string here"));
        };
        let at = span_of(format);
        let mut named: Vec<(String, usize)> = Vec::new();
        let mut values = Vec::new();
        for arg in &args[1..] {
            let arg = match arg {
                syn::Expr::Assign(assign) => {
                    if let syn::Expr::Path(path) = &*assign.left
                        && let Some(name) = path.path.get_ident()
                    {
                        named.push((name.to_string(), values.len()));
                    }
                    &*assign.right
                }
                arg => arg,
            };
            values.push(self.shown(arg)?);
        }
        let text = format.value();
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut next = 0;
        let mut rest = text.as_str();
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                '{' | '}' if rest.starts_with(c) => {
                    plain.push(c);
                    rest = &rest[1..];
                }
                '{' => {
                    let Some(end) = rest.find('}') else {
                        return Err(Error::new(at, "a `{` of this format isn't closed"));
                    };
                    let hole = &rest[..end];
                    rest = &rest[end + 1..];
                    let (name, spec) = hole.split_once(':').unwrap_or((hole, ""));
                    let debug = match spec.trim() {
                        "" => false,
                        "?" => true,
                        _ => {
                            return Err(Error::new(at, "only {} and {:?} are followed in formats"));
                        }
                    };
                    let name = name.trim();
                    let argument = if name.is_empty() {
                        next += 1;
                        next - 1
                    } else if let Ok(index) = name.parse::<usize>() {
                        index
                    } else if let Some((_, index)) = named.iter().find(|(known, _)| known == name) {
                        *index
                    } else {
                        let Ok(inline) = syn::parse_str::<syn::Expr>(name) else {
                            return Err(Error::new(at, format!("`{name}` is no argument")));
                        };
                        let value = self.inline(&inline, name, at)?;
                        named.push((name.to_owned(), values.len()));
                        values.push(value);
                        values.len() - 1
                    };
                    if !plain.is_empty() {
                        pieces.push(Piece2::Done(Piece::Text(std::mem::take(&mut plain))));
                    }
                    pieces.push(Piece2::Show {
                        argument: first + argument,
                        debug,
                    });
                }
                '}' => return Err(Error::new(at, "a `}` of this format wasn't opened")),
                c => plain.push(c),
            }
        }
        if !plain.is_empty() {
            pieces.push(Piece2::Done(Piece::Text(plain)));
        }
        let known = first + values.len();
        let missing = pieces
            .iter()
            .any(|piece| matches!(piece, Piece2::Show { argument, .. } if *argument >= known));
        if missing {
            return Err(Error::new(
                at,
                "this format has more holes than there are arguments",
            ));
        }
        Ok((pieces, values))
    }

    fn inline(&mut self, name: &syn::Expr, text: &str, at: Span) -> R<Expr> {
        if let Some(place) = self.variable(text, at) {
            return self.shown_place(place);
        }
        let _ = name;
        match self.known.items.consts.contains_key(text) {
            true => {
                let path: syn::Expr =
                    syn::parse_str(text).map_err(|_| Error::new(at, "write a name here"))?;
                self.shown(&path).map(|value| Expr { span: at, ..value })
            }
            false => Err(Error::new(
                at,
                format!("there is no variable `{text}` here"),
            )),
        }
    }

    /// A value to be shown: what stands behind references, guards, `Arc`s.
    fn shown(&mut self, arg: &syn::Expr) -> R<Expr> {
        let place = self.place(arg)?;
        self.shown_place(place)
    }

    fn shown_place(&mut self, mut place: hir::Place) -> R<Expr> {
        loop {
            match self.types.head(&place.ty) {
                Ty::Con(
                    Con::Ref
                    | Con::RefMut
                    | Con::Arc
                    | Con::Box
                    | Con::MutexGuard
                    | Con::ReadGuard
                    | Con::WriteGuard,
                    _,
                ) => place = self.deref(place)?.expect("these have a place"),
                _ => {
                    let (ty, span) = (place.ty.clone(), place.span);
                    return Ok(match *place.kind {
                        hir::PlaceKind::Temp(value) if false => value,
                        _ => hir::expr(ExprKind::Peek(place), ty, span),
                    });
                }
            }
        }
    }
}
