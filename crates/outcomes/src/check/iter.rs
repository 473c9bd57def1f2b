//! What `for` runs over, and the few iterator chains that are followed.

use super::{Checker, R, bind};
use crate::Error;
use crate::code::{BinOp, Edge, Op, SyncOp, VecOp};
use crate::hir::{self, Block, Expr, ExprKind, Pat, PatKind, PlaceKind, Stmt};
use crate::items::span_of;
use crate::types::{Con, IntType, Ty};
use crate::value::{Span, Value};

/// Where items come from: run `setup`, then while `more`, evaluate `item` once.
pub(super) struct Source {
    setup: Vec<Stmt>,
    more: Expr,
    pub(super) item: Expr,
}

impl Source {
    /// The loop; `body` evaluates the item itself.
    pub(super) fn looped(self, id: usize, body: Vec<Stmt>, span: Span) -> Expr {
        let body = hir::expr(
            ExprKind::Block(Block {
                stmts: body,
                tail: None,
            }),
            Ty::unit(),
            span,
        );
        let looped = hir::expr(ExprKind::While(id, self.more, body), Ty::unit(), span);
        let mut stmts = self.setup;
        stmts.push(Stmt::Expr(looped));
        hir::expr(
            ExprKind::Block(Block { stmts, tail: None }),
            Ty::unit(),
            span,
        )
    }
}

impl Checker<'_, '_> {
    pub(super) fn source(&mut self, expr: &syn::Expr) -> R<Source> {
        match self.try_source(expr)? {
            Some(source) => Ok(source),
            None => Err(Error::new(
                span_of(expr),
                "`for` runs over a range, an array, a Vec, their `iter()`, or a Receiver here",
            )),
        }
    }

    fn keep(&mut self, name: &str, value: Expr, setup: &mut Vec<Stmt>) -> hir::Place {
        let (ty, span) = (value.ty.clone(), value.span);
        let local = self.hidden(name, ty.clone());
        setup.push(Stmt::Let(bind(local, ty, span), Some(value), None));
        self.local_place(local, span)
    }

    fn peek(&self, place: &hir::Place) -> Expr {
        hir::expr(ExprKind::Peek(place.clone()), place.ty.clone(), place.span)
    }

    fn bump(&self, place: &hir::Place, op: BinOp) -> Stmt {
        let span = place.span;
        let one = hir::expr(ExprKind::Value(Value::Int(1)), place.ty.clone(), span);
        let kind = ExprKind::AssignOp(op, place.clone(), one);
        Stmt::Expr(hir::expr(kind, Ty::unit(), span))
    }

    pub(super) fn try_source(&mut self, expr: &syn::Expr) -> R<Option<Source>> {
        let span = span_of(expr);
        match expr {
            syn::Expr::Paren(inner) => self.try_source(&inner.expr),
            syn::Expr::Range(range) => self.range(range, false, span).map(Some),
            syn::Expr::MethodCall(call) => self.adapter(call, span),
            _ => {
                let place = self.place(expr)?;
                self.place_source(place, span)
            }
        }
    }

    fn place_source(&mut self, place: hir::Place, span: Span) -> R<Option<Source>> {
        match self.types.head(&place.ty) {
            Ty::Con(Con::Vec | Con::Deque | Con::Array(_), _) => {
                let value = self.take(place);
                Ok(Some(self.owned(value, span)))
            }
            Ty::Con(con @ (Con::Ref | Con::RefMut), inner) => match self.types.head(&inner[0]) {
                Ty::Con(Con::Vec | Con::Deque | Con::Array(_), _) => {
                    let there = self.deref(place)?.expect("it is a reference");
                    Ok(Some(self.borrowed(there, con, span)))
                }
                Ty::Con(Con::Receiver, _) => {
                    let there = self.deref(place)?.expect("it is a reference");
                    Ok(Some(self.received(there, Vec::new(), span)))
                }
                _ => Ok(None),
            },
            Ty::Con(Con::Receiver, _) => {
                let mut setup = Vec::new();
                let value = self.take(place);
                let own = self.keep("rx", value, &mut setup);
                Ok(Some(self.received(own, setup, span)))
            }
            _ => Ok(None),
        }
    }

    fn range(&mut self, range: &syn::ExprRange, reversed: bool, span: Span) -> R<Source> {
        let Some(start) = &range.start else {
            return Err(Error::new(span, "a range needs a start here"));
        };
        let start = self.expr(start)?;
        let mut setup = Vec::new();
        let Some(end) = &range.end else {
            let next = self.keep("next", start, &mut setup);
            let truth = hir::expr(ExprKind::Value(Value::Bool(true)), Ty::bool(), span);
            let item = self.then_bump(&next, BinOp::Add, span);
            return Ok(Source {
                setup,
                more: truth,
                item,
            });
        };
        let end = self.expr(end)?;
        self.unify(&start.ty.clone(), &end.ty.clone(), span)?;
        let int = self.types.fresh_int();
        self.unify(&start.ty.clone(), &int, span)?;
        let next = self.keep("next", start, &mut setup);
        let last = self.keep("end", end, &mut setup);
        let closed = matches!(range.limits, syn::RangeLimits::Closed(_));
        let below = |this: &Self, op| {
            let kind = ExprKind::Binary(op, Edge::Panic, this.peek(&next), this.peek(&last));
            hir::expr(kind, Ty::bool(), span)
        };
        if !closed && !reversed {
            let more = below(self, BinOp::Lt);
            let item = self.then_bump(&next, BinOp::Add, span);
            return Ok(Source { setup, more, item });
        }
        if !closed {
            let more = below(self, BinOp::Lt);
            let stmts = vec![self.bump(&last, BinOp::Sub)];
            let tail = Some(self.peek(&last));
            let item = hir::expr(
                ExprKind::Block(Block { stmts, tail }),
                last.ty.clone(),
                span,
            );
            return Ok(Source { setup, more, item });
        }
        // The last item must not overflow: whether there is more is kept apart.
        let any = below(self, BinOp::Le);
        let more = self.keep("more", any, &mut setup);
        let at_end = below(self, BinOp::Eq);
        let (moving, op) = if reversed {
            (&last, BinOp::Sub)
        } else {
            (&next, BinOp::Add)
        };
        let mut stmts = Vec::new();
        let item = self.peek(moving);
        let item = self.keep("item", item, &mut stmts);
        let stop = hir::expr(ExprKind::Value(Value::Bool(false)), Ty::bool(), span);
        let stop = hir::expr(ExprKind::Assign(more.clone(), stop), Ty::unit(), span);
        let Stmt::Expr(on) = self.bump(moving, op) else {
            unreachable!("bump gives one")
        };
        let step = hir::expr(ExprKind::If(at_end, stop, Some(on)), Ty::unit(), span);
        stmts.push(Stmt::Expr(step));
        let tail = Some(self.peek(&item));
        let item = hir::expr(ExprKind::Block(Block { stmts, tail }), item.ty, span);
        let more = self.peek(&more);
        Ok(Source { setup, more, item })
    }

    /// `{ let item = next; next += 1; item }`
    fn then_bump(&mut self, next: &hir::Place, op: BinOp, span: Span) -> Expr {
        let mut stmts = Vec::new();
        let now = self.peek(next);
        let item = self.keep("item", now, &mut stmts);
        stmts.push(self.bump(next, op));
        let tail = Some(self.peek(&item));
        hir::expr(ExprKind::Block(Block { stmts, tail }), item.ty, span)
    }

    fn counter(&mut self, setup: &mut Vec<Stmt>, span: Span) -> hir::Place {
        let zero = hir::int(0, IntType::USIZE, span);
        self.keep("index", zero, setup)
    }

    fn len_of(&mut self, place: &hir::Place, span: Span) -> Expr {
        match self.types.head(&place.ty) {
            Ty::Con(Con::Array(len), _) => hir::int(len as i128, IntType::USIZE, span),
            _ => {
                let pointer = self.pointer(place.clone());
                let op = ExprKind::Op(vec![Op::Vec(VecOp::Len)], vec![pointer]);
                hir::expr(op, Ty::int(IntType::USIZE), span)
            }
        }
    }

    fn owned(&mut self, value: Expr, span: Span) -> Source {
        let Ty::Con(_, args) = self.types.head(&value.ty) else {
            unreachable!("a list")
        };
        let elem = args[0].clone();
        let mut setup = Vec::new();
        let list = self.keep("items", value, &mut setup);
        let index = self.counter(&mut setup, span);
        let len = self.len_of(&list, span);
        let more = ExprKind::Binary(BinOp::Lt, Edge::Panic, self.peek(&index), len);
        let more = hir::expr(more, Ty::bool(), span);
        let mut stmts = Vec::new();
        let element = PlaceKind::Index(list, self.peek(&index));
        let element = hir::place(element, elem.clone(), span);
        let element = hir::expr(ExprKind::Take(self.pointer(element)), elem.clone(), span);
        let element = self.keep("item", element, &mut stmts);
        stmts.push(self.bump(&index, BinOp::Add));
        let tail = Some(self.take(element));
        let item = hir::expr(ExprKind::Block(Block { stmts, tail }), elem, span);
        Source { setup, more, item }
    }

    fn borrowed(&mut self, list: hir::Place, con: Con, span: Span) -> Source {
        let Ty::Con(_, args) = self.types.head(&list.ty) else {
            unreachable!("a list")
        };
        let elem = args[0].clone();
        let mut setup = Vec::new();
        let reference = self.borrow(list, con);
        let reference = self.keep("items", reference, &mut setup);
        let list = match self.types.head(&reference.ty) {
            Ty::Con(_, inner) => hir::place(PlaceKind::Deref(reference), inner[0].clone(), span),
            Ty::Var(_) => unreachable!("borrow gives a reference"),
        };
        let index = self.counter(&mut setup, span);
        let len = self.len_of(&list, span);
        let more = ExprKind::Binary(BinOp::Lt, Edge::Panic, self.peek(&index), len);
        let more = hir::expr(more, Ty::bool(), span);
        let mut stmts = Vec::new();
        let element = PlaceKind::Index(list, self.peek(&index));
        let element = hir::place(element, elem, span);
        let element = self.borrow(element, con);
        let element = self.keep("item", element, &mut stmts);
        stmts.push(self.bump(&index, BinOp::Add));
        let ty = element.ty.clone();
        let tail = Some(self.take(element));
        let item = hir::expr(ExprKind::Block(Block { stmts, tail }), ty, span);
        Source { setup, more, item }
    }

    /// Messages, until there are no senders any more.
    fn received(&mut self, receiver: hir::Place, setup: Vec<Stmt>, span: Span) -> Source {
        let Ty::Con(_, args) = self.types.head(&receiver.ty) else {
            unreachable!("a receiver")
        };
        let item = args[0].clone();
        let result = self.known.items.adt_names["Result"];
        let error = self.known.items.adt_names["RecvError"];
        let error = Ty::plain(Con::Adt(error));
        let ty = Ty::Con(Con::Adt(result), vec![item.clone(), error]);
        let channel = self.peek(&receiver);
        let message = self.sync(SyncOp::Receive, vec![channel], ty.clone(), span);
        let local = self.hidden("message", item.clone());
        let bound = bind(local, item, span);
        let pat = Pat {
            kind: PatKind::Variant(0, vec![(0, bound)]),
            ty,
            span,
        };
        let place = self.temp(message);
        let more = hir::expr(ExprKind::Let(pat, place), Ty::bool(), span);
        let place = self.local_place(local, span);
        let item = self.take(place);
        Source { setup, more, item }
    }

    fn adapter(&mut self, call: &syn::ExprMethodCall, span: Span) -> R<Option<Source>> {
        let name = call.method.to_string();
        let args: Vec<&syn::Expr> = call.args.iter().collect();
        match name.as_str() {
            "rev" => match strip(&call.receiver) {
                syn::Expr::Range(range) => self.range(range, true, span).map(Some),
                _ => Err(Error::new(span, "only a range can be reversed here")),
            },
            "map" => {
                let [f] = self.exactly(&args, span)?;
                let Some(mut source) = self.try_chain(&call.receiver)? else {
                    return Ok(None);
                };
                let item_ty = source.item.ty.clone();
                let f = self.callable(f, &[item_ty], None)?;
                let (_, ret) = self.call_types(&f.ty.clone(), span)?;
                let f = self.keep("f", f, &mut source.setup);
                source.item = self.apply(f, vec![source.item], ret, span);
                Ok(Some(source))
            }
            "enumerate" => {
                let Some(mut source) = self.try_chain(&call.receiver)? else {
                    return Ok(None);
                };
                let index = self.counter(&mut source.setup, span);
                let mut stmts = Vec::new();
                let item = self.keep("item", source.item, &mut stmts);
                let at = self.then_bump(&index, BinOp::Add, span);
                let ty = Ty::Con(Con::Tuple, vec![at.ty.clone(), item.ty.clone()]);
                let item = self.take(item);
                let pair = hir::expr(ExprKind::Many(vec![at, item]), ty.clone(), span);
                let block = Block {
                    stmts,
                    tail: Some(pair),
                };
                source.item = hir::expr(ExprKind::Block(block), ty, span);
                Ok(Some(source))
            }
            "iter" | "iter_mut" | "into_iter" | "drain" | "by_ref" => {
                if let Some(source) = self.range_into_iter(call)? {
                    return Ok(Some(source));
                }
                let mut place = self.place(&call.receiver)?;
                if name == "into_iter" {
                    return self.place_source(place, span);
                }
                loop {
                    match self.types.head(&place.ty) {
                        Ty::Con(Con::Vec | Con::Deque | Con::Array(_), _) if name != "drain" => {
                            let con = if name == "iter" {
                                Con::Ref
                            } else {
                                Con::RefMut
                            };
                            if con == Con::RefMut {
                                place = self.mutable(place)?;
                            }
                            return Ok(Some(self.borrowed(place, con, span)));
                        }
                        Ty::Con(Con::Vec, elem) => {
                            if !matches!(args.as_slice(), [syn::Expr::Range(range)]
                                if range.start.is_none() && range.end.is_none())
                            {
                                return Err(Error::new(span, "only `drain(..)` is followed"));
                            }
                            let place = self.mutable(place)?;
                            let pointer = self.pointer(place);
                            let taken = ExprKind::Op(vec![Op::Vec(VecOp::Take)], vec![pointer]);
                            let ty = Ty::of(Con::Vec, elem[0].clone());
                            let all = hir::expr(taken, ty, span);
                            return Ok(Some(self.owned(all, span)));
                        }
                        Ty::Con(Con::Receiver, _) => {
                            let mut setup = Vec::new();
                            let receiver = self.borrow(place, Con::Ref);
                            let receiver = self.keep("rx", receiver, &mut setup);
                            let there = self.deref(receiver)?.expect("it is a reference");
                            return Ok(Some(self.received(there, setup, span)));
                        }
                        _ => match self.deref(place)? {
                            Some(next) => place = next,
                            None => return Ok(None),
                        },
                    }
                }
            }
            _ => {
                let place = self.place(&syn_method(call))?;
                self.place_source(place, span)
            }
        }
    }

    fn range_into_iter(&mut self, call: &syn::ExprMethodCall) -> R<Option<Source>> {
        match strip(&call.receiver) {
            syn::Expr::Range(range) => self.range(range, false, span_of(&call.receiver)).map(Some),
            _ => Ok(None),
        }
    }

    /// A source where one is needed: of a chain, not of a value that has
    /// methods named like the adapters (`Option::map`).
    fn try_chain(&mut self, expr: &syn::Expr) -> R<Option<Source>> {
        if is_chain(expr) {
            self.try_source(expr)
        } else {
            Ok(None)
        }
    }

    /// `collect`, `sum`, `for_each`... at the end of a chain.
    pub(super) fn chain(&mut self, call: &syn::ExprMethodCall, span: Span) -> R<Option<Expr>> {
        let name = call.method.to_string();
        let ends = ["collect", "sum", "for_each", "count"];
        if !ends.contains(&name.as_str()) || !is_chain(&call.receiver) {
            return Ok(None);
        }
        let args: Vec<&syn::Expr> = call.args.iter().collect();
        let Some(mut source) = self.try_source(&call.receiver)? else {
            return Ok(None);
        };
        let item = source.item.clone();
        let given = match &call.turbofish {
            Some(given) => match given.args.first() {
                Some(syn::GenericArgument::Type(ty)) => Some(self.ty(ty)?),
                _ => None,
            },
            None => None,
        };
        let mut setup = std::mem::take(&mut source.setup);
        let (result, body) = match name.as_str() {
            "collect" => {
                let ty = Ty::of(Con::Vec, item.ty.clone());
                if let Some(given) = given {
                    self.unify(&given, &ty, span)?;
                }
                let empty = hir::expr(ExprKind::Many(Vec::new()), ty, span);
                let out = self.keep("collected", empty, &mut setup);
                let pointer = self.pointer(out.clone());
                let mut stmts = Vec::new();
                let item = self.keep("item", item, &mut stmts);
                let item = self.take(item);
                let push = ExprKind::Op(vec![Op::Vec(VecOp::Push)], vec![pointer, item]);
                stmts.push(Stmt::Expr(hir::expr(push, Ty::unit(), span)));
                (Some(out), stmts)
            }
            "sum" => {
                let item = self.peel(item)?;
                if let Some(given) = given {
                    self.unify(&given, &item.ty.clone(), span)?;
                }
                let zero = hir::expr(ExprKind::Value(Value::Int(0)), item.ty.clone(), span);
                let out = self.keep("sum", zero, &mut setup);
                let add = ExprKind::AssignOp(BinOp::Add, out.clone(), item);
                (
                    Some(out),
                    vec![Stmt::Expr(hir::expr(add, Ty::unit(), span))],
                )
            }
            "count" => {
                let out = self.counter(&mut setup, span);
                let seen = hir::expr(ExprKind::Drop(item), Ty::unit(), span);
                (
                    Some(out.clone()),
                    vec![Stmt::Expr(seen), self.bump(&out, BinOp::Add)],
                )
            }
            _ => {
                let [f] = self.exactly(&args, span)?;
                let f = self.callable(f, std::slice::from_ref(&item.ty), None)?;
                let (_, ret) = self.call_types(&f.ty.clone(), span)?;
                let f = self.keep("f", f, &mut setup);
                let call = self.apply(f, vec![item], ret, span);
                (None, vec![Stmt::Expr(call)])
            }
        };
        let id = self.begin_loop(None, None);
        self.scope().loops.pop();
        let looped = source.looped(id, body, span);
        setup.push(Stmt::Expr(looped));
        let tail = result.map(|place| self.take(place));
        let ty = tail.as_ref().map_or(Ty::unit(), |tail| tail.ty.clone());
        Ok(Some(hir::expr(
            ExprKind::Block(Block { stmts: setup, tail }),
            ty,
            span,
        )))
    }
}

fn strip(expr: &syn::Expr) -> &syn::Expr {
    match expr {
        syn::Expr::Paren(inner) => strip(&inner.expr),
        expr => expr,
    }
}

/// Whether this is written as an iterator.
fn is_chain(expr: &syn::Expr) -> bool {
    match strip(expr) {
        syn::Expr::Range(_) => true,
        syn::Expr::MethodCall(call) => match call.method.to_string().as_str() {
            "iter" | "iter_mut" | "into_iter" | "drain" => true,
            "map" | "rev" | "enumerate" => is_chain(&call.receiver),
            _ => false,
        },
        _ => false,
    }
}

/// The call as an expression again.
fn syn_method(call: &syn::ExprMethodCall) -> syn::Expr {
    syn::Expr::MethodCall(call.clone())
}
