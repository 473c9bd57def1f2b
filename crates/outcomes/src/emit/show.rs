//! What is printed: the pieces of a format, and how each value is shown.

use super::{Emit, R};
use crate::Error;
use crate::code::{BinOp, Edge, Format, Op, Piece, Show};
use crate::hir::{Expr, Piece2};
use crate::types::{Con, Ty};
use crate::value::{Span, Value};

impl Emit<'_, '_> {
    pub(super) fn show(&mut self, pieces: &[Piece2], values: &[Expr], span: Span) -> R<()> {
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
    pub(super) fn see_through(&mut self, ty: &Ty) -> R<()> {
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

    pub(super) fn shown(&self, ty: &Ty, debug: bool, span: Span) -> R<Show> {
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
