//! What happens when a value of a type ends.

use super::{Builder, R};
use crate::code::{BinOp, Edge, Function, Op, SyncOp, VecOp};
use crate::types::{Con, IntType, Ty};
use crate::value::{Span, Value};

/// Code of a glue function: it stands nowhere in the source.
#[derive(Default)]
struct Glue {
    code: Vec<Op>,
    slots: Vec<Option<u32>>,
}

impl Glue {
    fn ops(&mut self, ops: impl IntoIterator<Item = Op>) {
        self.code.extend(ops);
    }

    fn done(mut self) -> Function {
        self.ops([Op::Const(Value::Unit), Op::Return]);
        let spans = vec![Span::default(); self.code.len()];
        Function {
            code: self.code,
            spans,
            slots: self.slots,
        }
    }
}

impl Builder<'_> {
    pub(super) fn arc_counted(&self, ty: &Ty) -> R<bool> {
        let Ty::Con(Con::Arc, args) = ty else {
            return Ok(false);
        };
        Ok(self.known.counts_arcs || self.needs_drop(&args[0])?)
    }

    /// Drops the value in slot 0.
    pub(super) fn glue(&mut self, ty: &Ty) -> R<Function> {
        let mut glue = Glue {
            code: Vec::new(),
            slots: vec![None; 2],
        };
        let Ty::Con(con, args) = ty else {
            return Ok(glue.done());
        };
        let span = Span::default();
        match con {
            Con::MutexGuard => glue.ops([Op::Get(0), Op::Sync(SyncOp::Unlock), Op::Pop]),
            Con::ReadGuard => glue.ops([Op::Get(0), Op::Sync(SyncOp::RwUnlock(false)), Op::Pop]),
            Con::WriteGuard => glue.ops([Op::Get(0), Op::Sync(SyncOp::RwUnlock(true)), Op::Pop]),
            Con::Sender => glue.ops([Op::Get(0), Op::Sync(SyncOp::SenderDropped), Op::Pop]),
            Con::Poison => glue.ops([Op::Get(0), Op::Sync(SyncOp::OnceDone), Op::Pop]),
            Con::Receiver => {
                let inner = self.glue_for(&Ty::of(Con::Vec, args[0].clone()))?;
                glue.ops([
                    Op::Get(0),
                    Op::Sync(SyncOp::ReceiverDropped),
                    Op::Drop(inner),
                ]);
            }
            Con::Arc => {
                let inner = self.glue_for(&args[0])?;
                let layout = self.layout(&args[0], span)?;
                glue.ops([Op::Get(0), Op::Sync(SyncOp::Release)]);
                let end = glue.code.len();
                glue.ops([
                    Op::JumpIfNot(0),
                    Op::Get(0),
                    Op::Load(layout),
                    Op::Drop(inner),
                    Op::Get(0),
                    Op::Free,
                ]);
                glue.code[end] = Op::JumpIfNot(glue.code.len() as u32);
            }
            Con::Box => {
                let inner = self.glue_for(&args[0])?;
                let layout = self.layout(&args[0], span)?;
                if inner.is_some() {
                    glue.ops([Op::Get(0), Op::Load(layout), Op::Drop(inner)]);
                }
                glue.ops([Op::Get(0), Op::Free]);
            }
            Con::Vec | Con::Deque => self.list_glue(&args[0], &mut glue)?,
            Con::Tuple => self.parts_glue(args, &mut glue)?,
            Con::Array(len) => self.parts_glue(&vec![args[0].clone(); *len], &mut glue)?,
            Con::Mutex | Con::RwLock | Con::OnceLock => {
                self.parts_glue(&[Ty::bool(), args[0].clone()], &mut glue)?;
            }
            Con::UnsafeCell | Con::Cell => {
                let inner = self.glue_for(&args[0])?;
                glue.ops([Op::Take(0), Op::Drop(inner)]);
            }
            Con::Closure(_) => {
                let parts = self.captures(ty)?;
                self.parts_glue(&parts, &mut glue)?;
            }
            Con::Adt(adt) => {
                let def = &self.known.items.adts[*adt];
                let (own, is_enum, variants, name) =
                    (def.drop, def.is_enum, def.variants.len(), def.name.clone());
                if let Some(own) = own {
                    let instance = super::Instance::Fn(own, args.clone());
                    let drop = self.instance(instance);
                    let layout = self.layout(ty, span)?;
                    let naming = self.naming(&name, ty, false);
                    glue.ops([
                        Op::Take(0),
                        Op::Alloc {
                            heap: false,
                            layout,
                            naming,
                        },
                        Op::Set(1),
                        Op::Get(1),
                        Op::Call(drop, 1),
                        Op::Pop,
                        Op::Get(1),
                        Op::Load(layout),
                        Op::Set(0),
                        Op::Take(1),
                        Op::Free,
                    ]);
                }
                if !is_enum {
                    let fields = self.fields(ty, 0)?;
                    self.parts_glue(&fields, &mut glue)?;
                }
                for variant in (0..variants).filter(|_| is_enum) {
                    let fields = self.fields(ty, variant)?;
                    glue.ops([
                        Op::Get(0),
                        Op::Tag,
                        Op::Const(Value::Int(variant as i128)),
                        Op::Bin(BinOp::Eq, Edge::Panic, None),
                    ]);
                    let next = glue.code.len();
                    glue.ops([Op::JumpIfNot(0)]);
                    self.parts_glue(&fields, &mut glue)?;
                    glue.code[next] = Op::JumpIfNot(glue.code.len() as u32);
                }
            }
            _ => {}
        }
        Ok(glue.done())
    }

    fn parts_glue(&mut self, parts: &[Ty], glue: &mut Glue) -> R<()> {
        for (index, part) in parts.iter().enumerate() {
            if let Some(inner) = self.glue_for(part)? {
                glue.ops([Op::Get(0), Op::Part(index as u32), Op::Drop(Some(inner))]);
            }
        }
        Ok(())
    }

    fn list_glue(&mut self, elem: &Ty, glue: &mut Glue) -> R<()> {
        let inner = self.glue_for(elem)?;
        let leaf = self.layout(&Ty::bool(), Span::default())?;
        glue.ops([Op::Const(Value::Int(0)), Op::Set(1)]);
        let start = glue.code.len() as u32;
        glue.ops([
            Op::Get(1),
            Op::SlotPtr(0),
            Op::Vec(VecOp::Len),
            Op::Bin(BinOp::Lt, Edge::Panic, Some(IntType::USIZE)),
        ]);
        let end = glue.code.len();
        glue.ops([
            Op::JumpIfNot(0),
            Op::SlotPtr(0),
            Op::Get(1),
            Op::IndexVec,
            Op::Load(leaf),
            Op::Drop(inner),
            Op::Get(1),
            Op::Const(Value::Int(1)),
            Op::Bin(BinOp::Add, Edge::Panic, Some(IntType::USIZE)),
            Op::Set(1),
            Op::Jump(start),
        ]);
        glue.code[end] = Op::JumpIfNot(glue.code.len() as u32);
        Ok(())
    }

    /// Drops what the pointer in slot 0 points at, and frees the object.
    pub(super) fn glue_at(&mut self, ty: &Ty) -> R<Function> {
        let mut glue = Glue {
            code: Vec::new(),
            slots: vec![None; 2],
        };
        if let Some(inner) = self.glue_for(ty)? {
            let layout = self.layout(ty, Span::default())?;
            glue.ops([Op::Get(0), Op::Load(layout), Op::Drop(Some(inner))]);
        }
        glue.ops([Op::Get(0), Op::Free]);
        Ok(glue.done())
    }
}
