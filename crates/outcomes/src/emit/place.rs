//! Places: pointers to them, what is in them.

use super::{Emit, Kept, R};
use crate::code::Op;
use crate::hir::{LocalId, Place, PlaceKind};
use crate::types::{Con, Ty};

impl Emit<'_, '_> {
    fn kept(&self, local: LocalId) -> Kept {
        self.locals[local]
            .clone()
            .expect("a name is used after its declaration")
    }

    /// A copy of what is there; it stays.
    pub(super) fn peek(&mut self, place: &Place) -> R<()> {
        self.span = place.span;
        match &*place.kind {
            PlaceKind::Local(local) => {
                let kept = self.kept(*local);
                self.op(Op::Get(kept.slot));
                if kept.memory {
                    self.load(&kept.ty)?;
                }
            }
            PlaceKind::Temp(value) => {
                let ty = self.resolve(&value.ty);
                if self.builder.needs_drop(&ty)? {
                    let scope = self.temps;
                    self.value(value)?;
                    let local = self.spill(&ty, false, scope)?;
                    let kept = self.kept(local);
                    self.op(Op::Get(kept.slot));
                    if kept.memory {
                        self.load(&ty)?;
                    }
                } else {
                    self.value(value)?;
                }
            }
            _ => {
                self.pointer(place, false)?;
                let ty = self.resolve(&place.ty);
                self.span = place.span;
                self.load(&ty)?;
            }
        }
        Ok(())
    }

    /// What is there: moved away unless it can be copied.
    pub(super) fn take(&mut self, place: &Place) -> R<()> {
        let ty = self.resolve(&place.ty);
        if let PlaceKind::Temp(value) = &*place.kind {
            return self.value(value);
        }
        if self.builder.is_copy(&ty) {
            return self.peek(place);
        }
        self.span = place.span;
        if let PlaceKind::Local(local) = &*place.kind {
            let kept = self.kept(*local);
            if kept.memory {
                self.op(Op::Get(kept.slot));
                self.load(&ty)?;
                self.op(Op::Take(kept.slot));
                self.op(Op::Free);
            } else {
                self.op(Op::Take(kept.slot));
            }
            return Ok(());
        }
        self.pointer(place, false)?;
        self.span = place.span;
        let layout = self.builder.layout(&ty, place.span)?;
        if let (PlaceKind::Deref(inner), true) = (
            &*place.kind,
            matches!(self.resolve_head(place), Some(Con::Box)),
        ) {
            // Out of a box: the box itself ends here.
            self.op(Op::Load(layout));
            return self.let_go_of_box(inner);
        }
        self.op(Op::Move(layout));
        Ok(())
    }

    /// What a deref place goes through.
    fn resolve_head(&self, place: &Place) -> Option<Con> {
        let PlaceKind::Deref(inner) = &*place.kind else {
            return None;
        };
        match self.resolve(&inner.ty) {
            Ty::Con(con, _) => Some(con),
            Ty::Var(_) => None,
        }
    }

    fn let_go_of_box(&mut self, boxed: &Place) -> R<()> {
        let ty = self.resolve(&boxed.ty);
        if let PlaceKind::Temp(_) = &*boxed.kind {
            // The temporary that held it was the last one made.
            let slot = self.slots.len() as u32 - 1;
            self.op(Op::Take(slot));
            self.op(Op::Free);
            return Ok(());
        }
        self.pointer(boxed, false)?;
        let layout = self.builder.layout(&ty, boxed.span)?;
        self.op(Op::Move(layout));
        self.op(Op::Free);
        Ok(())
    }

    pub(super) fn load(&mut self, ty: &Ty) -> R<()> {
        let layout = self.builder.layout(ty, self.span)?;
        self.op(Op::Load(layout));
        Ok(())
    }

    /// A pointer to the place. `lasting`: it may outlive the step at hand.
    pub(super) fn pointer(&mut self, place: &Place, lasting: bool) -> R<()> {
        self.span = place.span;
        match &*place.kind {
            PlaceKind::Local(local) => {
                let kept = self.kept(*local);
                match kept.memory {
                    true => self.op(Op::Get(kept.slot)),
                    false => self.op(Op::SlotPtr(kept.slot)),
                };
            }
            PlaceKind::Capture(index) => {
                let env = self.env.expect("captures stand in closures");
                let ty = self.kept(env).ty;
                let parts = self.builder.captures(&ty)?;
                let kept = self.kept(env);
                let by_value = self.body.captures[*index].by_value;
                let mut offset = 0;
                for part in &parts[..*index] {
                    offset += self.builder.layout_of(part, place.span)?.cells();
                }
                self.op(if kept.memory {
                    Op::Get(kept.slot)
                } else {
                    Op::SlotPtr(kept.slot)
                });
                self.op(Op::Field {
                    index: *index as u32,
                    offset,
                });
                if !by_value {
                    self.load(&parts[*index])?;
                }
            }
            PlaceKind::Static(index) => {
                self.op(Op::Fixed(*index as u32));
            }
            PlaceKind::Temp(value) => {
                let ty = self.resolve(&value.ty);
                self.value(value)?;
                let scope = self.temps;
                let local = self.spill(&ty, lasting, scope)?;
                let kept = self.kept(local);
                self.op(if kept.memory {
                    Op::Get(kept.slot)
                } else {
                    Op::SlotPtr(kept.slot)
                });
            }
            PlaceKind::Deref(inner) => {
                self.peek(inner)?;
                let guard = matches!(
                    self.resolve_head(place),
                    Some(Con::MutexGuard | Con::ReadGuard | Con::WriteGuard)
                );
                if guard {
                    self.op(Op::Field {
                        index: 1,
                        offset: 1,
                    });
                }
            }
            PlaceKind::Field(base, index) => {
                let ty = self.resolve(&base.ty);
                self.pointer(base, lasting)?;
                let offset = self.offset(&ty, *index)?;
                self.op(Op::Field {
                    index: *index as u32,
                    offset,
                });
            }
            PlaceKind::Payload(base, _, index) => {
                let ty = self.resolve(&place.ty);
                if lasting {
                    self.builder.in_one_cell(&ty, place.span)?;
                }
                self.pointer(base, lasting)?;
                self.op(Op::Enter(*index as u32));
            }
            PlaceKind::Index(base, at) => {
                let ty = self.resolve(&base.ty);
                self.pointer(base, lasting)?;
                self.value(at)?;
                self.span = place.span;
                match &ty {
                    Ty::Con(Con::Array(len), elem) => {
                        let stride = self.builder.layout_of(&elem[0], place.span)?.cells();
                        self.op(Op::Index {
                            len: *len as u32,
                            stride,
                        });
                    }
                    Ty::Con(_, elem) => {
                        self.builder.in_one_cell(&elem[0], place.span)?;
                        self.op(Op::IndexVec);
                    }
                    Ty::Var(_) => {
                        self.op(Op::IndexVec);
                    }
                }
            }
        }
        Ok(())
    }

    /// How many cells lie before part `index` of a value of this type.
    fn offset(&mut self, ty: &Ty, index: usize) -> R<u32> {
        match self.builder.layout_of(ty, self.span)? {
            crate::code::Layout::Leaf => Ok(0),
            crate::code::Layout::Parts(parts) => Ok(parts
                .iter()
                .take(index)
                .map(crate::code::Layout::cells)
                .sum()),
        }
    }
}
