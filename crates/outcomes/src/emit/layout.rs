//! How values lie in memory: their cells, what must be dropped, what cells are called.

use super::{Builder, CELLS, DEEPEST, R, too_big};
use crate::Error;
use crate::check::{self};
use crate::code::{Layout, Names};
use crate::types::{Con, Ty};
use crate::value::Span;
use std::collections::HashSet;

impl Builder<'_> {
    pub(super) fn fields(&self, ty: &Ty, variant: usize) -> R<Vec<Ty>> {
        match ty {
            Ty::Con(Con::Adt(adt), args) => Ok(self.known.fields(*adt, args, variant)),
            _ => Ok(Vec::new()),
        }
    }

    pub(super) fn layout_of(&self, ty: &Ty, span: Span) -> R<Layout> {
        self.layout_within(ty, span, 0)
    }

    pub(super) fn layout_within(&self, ty: &Ty, span: Span, depth: usize) -> R<Layout> {
        let Ty::Con(con, args) = ty else {
            return Ok(Layout::Leaf);
        };
        if depth > DEEPEST {
            return Err(Error::new(
                span,
                "a type can't hold itself; put a Box in between",
            ));
        }
        let within = |ty: &Ty| self.layout_within(ty, span, depth + 1);
        Ok(match con {
            Con::Tuple if !args.is_empty() => {
                Layout::Parts(args.iter().map(within).collect::<R<_>>()?)
            }
            Con::Array(len) => {
                let elem = within(&args[0])?;
                if elem.cells() as usize * len > CELLS {
                    return Err(too_big(span));
                }
                Layout::Parts(vec![elem; *len])
            }
            Con::Adt(adt) if !self.known.items.adts[*adt].is_enum => {
                let fields = self.fields(ty, 0)?;
                Layout::Parts(fields.iter().map(within).collect::<R<_>>()?)
            }
            Con::Mutex | Con::RwLock | Con::OnceLock => {
                Layout::Parts(vec![Layout::Leaf, within(&args[0])?])
            }
            Con::UnsafeCell | Con::Cell => within(&args[0])?,
            Con::Closure(_) => {
                let captures = self.captures(ty)?;
                Layout::Parts(captures.iter().map(within).collect::<R<_>>()?)
            }
            _ => Layout::Leaf,
        })
    }

    pub(super) fn layout(&mut self, ty: &Ty, span: Span) -> R<u32> {
        let layout = self.layout_of(ty, span)?;
        if layout.cells() > 1024 {
            return Err(Error::new(
                span,
                "this value is too big to explore; make it smaller",
            ));
        }
        if let Some(known) = self.layouts.iter().position(|known| *known == layout) {
            return Ok(known as u32);
        }
        self.layouts.push(layout);
        Ok(self.layouts.len() as u32 - 1)
    }

    /// The types of what a closure holds.
    pub(super) fn captures(&self, ty: &Ty) -> R<Vec<Ty>> {
        let Ty::Con(Con::Closure(id), _) = ty else {
            return Ok(Vec::new());
        };
        let body = &self.closures[id];
        let types = body.0.captures.iter().map(|capture| {
            let ty = body.1.resolve(&capture.outer.ty);
            if capture.by_value {
                ty
            } else {
                Ty::of(Con::Ref, ty)
            }
        });
        Ok(types.collect())
    }

    /// Whether the type holds something that threads may share by itself.
    pub(super) fn has_cells(&self, ty: &Ty) -> R<bool> {
        let mut seen = HashSet::new();
        self.any_part(ty, &mut seen, &|con| match con {
            Con::Atomic
            | Con::Mutex
            | Con::RwLock
            | Con::Condvar
            | Con::Barrier
            | Con::Once
            | Con::OnceLock
            | Con::UnsafeCell
            | Con::Cell => Some(true),
            Con::Box
            | Con::Arc
            | Con::Ref
            | Con::RefMut
            | Con::RawConst
            | Con::RawMut
            | Con::MutexGuard
            | Con::ReadGuard
            | Con::WriteGuard
            | Con::Sender
            | Con::Receiver
            | Con::JoinHandle
            | Con::ScopedHandle
            | Con::Phantom => Some(false),
            // What lies in one cell is moved as one: `in_one_cell` refuses more.
            Con::Vec | Con::Deque => Some(false),
            Con::Adt(adt) if self.known.items.adts[*adt].is_enum => Some(false),
            _ => None,
        })
    }

    /// Whether its end does something.
    pub(super) fn needs_drop(&self, ty: &Ty) -> R<bool> {
        let mut seen = HashSet::new();
        let items = &self.known.items;
        let counts = self.known.counts_arcs;
        self.any_part(ty, &mut seen, &|con| match con {
            Con::Arc if counts => Some(true),
            Con::Box
            | Con::MutexGuard
            | Con::ReadGuard
            | Con::WriteGuard
            | Con::Sender
            | Con::Receiver
            | Con::Poison => Some(true),
            Con::Ref
            | Con::RefMut
            | Con::RawConst
            | Con::RawMut
            | Con::JoinHandle
            | Con::ScopedHandle
            | Con::Phantom
            | Con::Fn(_) => Some(false),
            Con::Adt(adt) if items.adts[*adt].drop.is_some() => Some(true),
            _ => None,
        })
    }

    pub(super) fn any_part(
        &self,
        ty: &Ty,
        seen: &mut HashSet<Ty>,
        test: &impl Fn(&Con) -> Option<bool>,
    ) -> R<bool> {
        let Ty::Con(con, args) = ty else {
            return Ok(false);
        };
        if let Some(found) = test(con) {
            return Ok(found);
        }
        if !seen.insert(ty.clone()) {
            return Ok(false);
        }
        let parts = match con {
            Con::Adt(adt) => {
                let mut parts = Vec::new();
                for variant in 0..self.known.items.adts[*adt].variants.len() {
                    parts.extend(self.fields(ty, variant)?);
                }
                parts
            }
            Con::Closure(_) => self.captures(ty)?,
            _ => args.clone(),
        };
        for part in &parts {
            if self.any_part(part, seen, test)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    pub(super) fn is_copy(&self, ty: &Ty) -> bool {
        if let Ty::Con(Con::Closure(_), _) = ty {
            let captures = self.captures(ty).unwrap_or_default();
            return captures.iter().all(|ty| self.is_copy(ty));
        }
        check::is_copy(&self.known.items, ty)
    }

    /// Refuses to point at an atomic or lock that lies in a list or an enum,
    /// where it has no cell of its own.
    pub(super) fn in_one_cell(&self, ty: &Ty, span: Span) -> R<()> {
        match self.has_cells(ty)? {
            true => Err(Error::new(
                span,
                "an atomic or lock inside a Vec or an enum isn't followed; \
                 write an array or a struct",
            )),
            false => Ok(()),
        }
    }

    pub(super) fn naming(&mut self, name: &str, ty: &Ty, racy: bool) -> u32 {
        let mut names = Names::default();
        self.cell_names(name, ty, racy, &mut names);
        self.names.push(names);
        self.names.len() as u32 - 1
    }

    pub(super) fn cell_names(&self, name: &str, ty: &Ty, racy: bool, names: &mut Names) {
        let Ty::Con(con, args) = ty else { return };
        let mut leaf = |name: String| {
            names.cells.push(name);
            names.racy.push(racy);
        };
        match con {
            Con::Tuple if !args.is_empty() => {
                for (i, arg) in args.iter().enumerate() {
                    self.cell_names(&format!("{name}.{i}"), arg, racy, names);
                }
            }
            Con::Array(len) => {
                for i in 0..*len {
                    self.cell_names(&format!("{name}[{i}]"), &args[0], racy, names);
                }
            }
            Con::Adt(adt) if !self.known.items.adts[*adt].is_enum => {
                let fields = self.fields(ty, 0).unwrap_or_default();
                let known = &self.known.items.adts[*adt].variants[0].fields;
                for ((field, _), ty) in known.iter().zip(&fields) {
                    self.cell_names(&format!("{name}.{field}"), ty, racy, names);
                }
            }
            Con::Mutex | Con::RwLock | Con::OnceLock => {
                leaf(name.to_owned());
                self.cell_names(&format!("*{name}"), &args[0], racy, names);
            }
            Con::UnsafeCell | Con::Cell => self.cell_names(name, &args[0], true, names),
            Con::Closure(_) => {
                for ty in self.captures(ty).unwrap_or_default() {
                    self.cell_names(name, &ty, racy, names);
                }
            }
            _ => leaf(name.to_owned()),
        }
    }
}
