//! Types as they are written, and their names.

use super::{Checker, DEEPEST, R};
use crate::Error;
use crate::items::{Items, span_of};
use crate::types::{Con, IntType, Ty, Unifier};
use crate::value::Span;

impl Checker<'_, '_> {
    pub(super) fn return_type(&mut self, output: &syn::ReturnType) -> R<Ty> {
        match output {
            syn::ReturnType::Default => Ok(Ty::unit()),
            syn::ReturnType::Type(_, ty) => self.ty(ty),
        }
    }

    pub(super) fn receiver(&mut self, receiver: &syn::Receiver) -> R<Ty> {
        let span = span_of(receiver);
        let Some(own) = self.self_ty.clone() else {
            return Err(Error::new(span, "`self` stands only in methods"));
        };
        match &receiver.kind {
            syn::ReceiverKind::Value => Ok(own),
            syn::ReceiverKind::Reference(_, _, mutable) => Ok(Ty::of(
                if mutable.is_some() {
                    Con::RefMut
                } else {
                    Con::Ref
                },
                own,
            )),
            syn::ReceiverKind::Typed(_, ty) => self.ty(ty),
            _ => Err(Error::new(span, "write `self`, `&self` or `&mut self`")),
        }
    }

    /// A type as it is written.
    pub(super) fn ty(&mut self, ty: &syn::Type) -> R<Ty> {
        let span = span_of(ty);
        match ty {
            syn::Type::Infer(_) | syn::Type::Never(_) => Ok(self.types.fresh()),
            syn::Type::Paren(ty) => self.ty(&ty.elem),
            syn::Type::Group(ty) => self.ty(&ty.elem),
            syn::Type::Tuple(tuple) => {
                let parts = tuple.elems.iter().map(|ty| self.ty(ty)).collect::<R<_>>()?;
                Ok(Ty::Con(Con::Tuple, parts))
            }
            syn::Type::Reference(reference) => {
                let con = if reference.mutability.is_some() {
                    Con::RefMut
                } else {
                    Con::Ref
                };
                if let syn::Type::Path(path) = &*reference.elem
                    && path.path.is_ident("str")
                {
                    return Ok(Ty::plain(Con::Str));
                }
                Ok(Ty::of(con, self.ty(&reference.elem)?))
            }
            syn::Type::Ptr(pointer) => {
                let con = match pointer.mutability {
                    syn::PointerMutability::Mut(_) => Con::RawMut,
                    _ => Con::RawConst,
                };
                Ok(Ty::of(con, self.ty(&pointer.elem)?))
            }
            syn::Type::Array(array) => {
                let elem = self.ty(&array.elem)?;
                let len = self.length(&array.len)?;
                Ok(Ty::of(Con::Array(len), elem))
            }
            syn::Type::Path(path) => self.path_type(&path.path, span),
            syn::Type::TraitObject(_) => Ok(Ty::plain(Con::Payload)),
            syn::Type::Slice(_) => Err(Error::new(
                span,
                "slices aren't followed; write an array with its length, or a Vec",
            )),
            _ => Err(Error::new(span, "this kind of type isn't followed")),
        }
    }

    pub(super) fn length(&mut self, len: &syn::Expr) -> R<usize> {
        let span = span_of(len);
        let value = self.constant_int(len);
        match value.and_then(|n| usize::try_from(n).ok()) {
            Some(n) if n <= 64 => Ok(n),
            Some(_) => Err(Error::new(
                span,
                "an array of more than 64 elements is too big to explore",
            )),
            None => Err(Error::new(span, "write this length as a number or a const")),
        }
    }

    /// A number known before the program runs.
    pub(super) fn constant_int(&mut self, expr: &syn::Expr) -> Option<i128> {
        match expr {
            syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Int(n),
                ..
            }) => n.base10_parse().ok(),
            syn::Expr::Paren(inner) => self.constant_int(&inner.expr),
            syn::Expr::Path(path) => {
                let name = path.path.get_ident()?.to_string();
                let (_, init) = *self.known.items.consts.get(&name)?;
                self.depth += 1;
                let value = if self.depth < DEEPEST {
                    self.constant_int(init)
                } else {
                    None
                };
                self.depth -= 1;
                value
            }
            syn::Expr::Binary(binary) => {
                let (a, b) = (
                    self.constant_int(&binary.left)?,
                    self.constant_int(&binary.right)?,
                );
                match binary.op {
                    syn::BinOp::Add(_) => a.checked_add(b),
                    syn::BinOp::Sub(_) => a.checked_sub(b),
                    syn::BinOp::Mul(_) => a.checked_mul(b),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    pub(super) fn arguments(&mut self, path: &syn::Path) -> R<Vec<Ty>> {
        let mut types = Vec::new();
        for segment in &path.segments {
            if let syn::PathArguments::AngleBracketed(args) = &segment.arguments {
                for arg in &args.args {
                    if let syn::GenericArgument::Type(ty) = arg {
                        types.push(self.ty(ty)?);
                    }
                }
            }
        }
        Ok(types)
    }

    pub(super) fn path_type(&mut self, path: &syn::Path, span: Span) -> R<Ty> {
        if let Some(ident) = path.get_ident() {
            let name = ident.to_string();
            if name == "Self"
                && let Some(own) = &self.self_ty
            {
                return Ok(own.clone());
            }
            if let Some(ty) = self.env.get(&name) {
                return Ok(ty.clone());
            }
            if let Some(int) = IntType::named(&name) {
                return Ok(Ty::int(int));
            }
        }
        let mut args = self.arguments(path)?;
        let steps = self.known.items.path(path);
        let refs: Vec<&str> = steps.iter().map(String::as_str).collect();
        let name = *refs.last().unwrap_or(&"");
        if refs.len() == 1
            && let Some((generics, ty)) = self.known.items.aliases.get(name)
        {
            let (generics, ty) = (generics.clone(), *ty);
            self.deeper(span)?;
            let inner = generics.into_iter().zip(args).collect();
            let outer = std::mem::replace(&mut self.env, inner);
            let ty = self.ty(ty);
            self.env = outer;
            self.depth -= 1;
            return ty;
        }
        if let Some(con) = std_type(&refs) {
            let mut arity = usize::from(takes_argument(con));
            if con == Con::Atomic {
                match name {
                    "AtomicBool" => args = vec![Ty::bool()],
                    "AtomicPtr" => {
                        let inner = args.pop().unwrap_or_else(|| self.types.fresh());
                        args = vec![Ty::of(Con::RawMut, inner)];
                    }
                    _ => {
                        let lower = name.trim_start_matches("Atomic").to_lowercase();
                        let int = IntType::named(&lower).expect("std_type knows the name");
                        args = vec![Ty::int(int)];
                    }
                }
                arity = 1;
            }
            while args.len() < arity {
                args.push(self.types.fresh());
            }
            args.truncate(arity);
            return Ok(Ty::Con(con, args));
        }
        if refs.first() == Some(&"std") && name == "Result" && refs.get(1) == Some(&"thread") {
            args.push(Ty::plain(Con::Payload));
        }
        if let Some(adt) = self.adt_named(&refs) {
            let arity = self.known.items.adts[adt].generics.len();
            while args.len() < arity {
                args.push(self.types.fresh());
            }
            return Ok(Ty::Con(Con::Adt(adt), args));
        }
        Err(Error::new(
            span,
            format!(
                "the type `{}` isn't known here; {}",
                refs.join("::"),
                import_hint(name)
            ),
        ))
    }

    /// The program's type of that name, or the prelude's.
    pub(super) fn adt_named(&self, steps: &[&str]) -> Option<usize> {
        let name = steps.last()?;
        let adt = *self.known.items.adt_names.get(*name)?;
        let hidden = self.known.items.adts[adt].hidden;
        let from_std = matches!(steps.first(), Some(&"std" | &"core"));
        (steps.len() == 1 || (hidden && from_std)).then_some(adt)
    }

    pub(super) fn name_of(&self, ty: &Ty) -> String {
        name_of(&self.known.items, &self.types.head(ty), &self.types)
    }
}

pub(crate) fn name_of(items: &Items<'_>, ty: &Ty, types: &Unifier) -> String {
    let Ty::Con(con, args) = types.head(ty) else {
        return if types.is_int_var(ty) {
            "{integer}".into()
        } else {
            "_".into()
        };
    };
    let args: Vec<String> = args.iter().map(|arg| name_of(items, arg, types)).collect();
    match con {
        Con::Int(int) if int.size => if int.signed { "isize" } else { "usize" }.into(),
        Con::Int(int) => format!("{}{}", if int.signed { 'i' } else { 'u' }, int.bits),
        Con::Bool => "bool".into(),
        Con::Str => "&str".into(),
        Con::Tuple => format!("({})", args.join(", ")),
        Con::Array(len) => format!("[{}; {len}]", args.join(", ")),
        Con::Ref => format!("&{}", args.join(", ")),
        Con::RefMut => format!("&mut {}", args.join(", ")),
        Con::RawConst => format!("*const {}", args.join(", ")),
        Con::RawMut => format!("*mut {}", args.join(", ")),
        Con::Closure(_) => "{closure}".into(),
        Con::Fn(_) => "{function}".into(),
        con => {
            let name = match con {
                Con::Adt(adt) => items.adts[adt].name.clone(),
                con => format!("{con:?}"),
            };
            if args.is_empty() {
                name
            } else {
                format!("{name}<{}>", args.join(", "))
            }
        }
    }
}

pub(super) fn import_hint(name: &str) -> String {
    match name {
        "Arc" | "Mutex" | "RwLock" | "Condvar" | "Barrier" | "Once" | "OnceLock" => {
            format!("add `use std::sync::{name};`")
        }
        "String" | "HashMap" | "BTreeMap" | "Rc" | "RefCell" | "f32" | "f64" | "char" => {
            "use integers, bools, tuples, arrays or a Vec".into()
        }
        _ => "define it in this program, or use a type of the accepted subset".into(),
    }
}

pub(crate) fn is_copy(items: &Items<'_>, ty: &Ty) -> bool {
    let Ty::Con(con, args) = ty else { return true };
    match con {
        Con::Int(_)
        | Con::Bool
        | Con::Str
        | Con::Ref
        | Con::RawConst
        | Con::RawMut
        | Con::Fn(_)
        | Con::Scope
        | Con::Duration
        | Con::Phantom
        | Con::Thread => true,
        Con::Tuple | Con::Array(_) => args.iter().all(|arg| is_copy(items, arg)),
        Con::Adt(adt) => items.adts[*adt].copy && args.iter().all(|arg| is_copy(items, arg)),
        _ => false,
    }
}

pub(super) fn takes_argument(con: Con) -> bool {
    matches!(
        con,
        Con::Vec
            | Con::Deque
            | Con::Arc
            | Con::Box
            | Con::Mutex
            | Con::MutexGuard
            | Con::RwLock
            | Con::ReadGuard
            | Con::WriteGuard
            | Con::UnsafeCell
            | Con::Cell
            | Con::Sender
            | Con::Receiver
            | Con::JoinHandle
            | Con::ScopedHandle
            | Con::OnceLock
            | Con::Phantom
    )
}

/// The standard type at this path.
pub(super) fn std_type(steps: &[&str]) -> Option<Con> {
    let name = *steps.last()?;
    if let ["Vec"] = steps {
        return Some(Con::Vec);
    }
    if let ["Box"] = steps {
        return Some(Con::Box);
    }
    match name {
        "bool" if steps.len() == 1 => return Some(Con::Bool),
        "str" | "String" if steps.len() == 1 => return Some(Con::Str),
        _ => {}
    }
    if !matches!(steps.first(), Some(&"std" | &"core" | &"alloc")) {
        return None;
    }
    Some(match name {
        "Vec" => Con::Vec,
        "VecDeque" => Con::Deque,
        "Arc" => Con::Arc,
        "Box" => Con::Box,
        "Mutex" => Con::Mutex,
        "MutexGuard" => Con::MutexGuard,
        "RwLock" => Con::RwLock,
        "RwLockReadGuard" => Con::ReadGuard,
        "RwLockWriteGuard" => Con::WriteGuard,
        "Condvar" => Con::Condvar,
        "Barrier" => Con::Barrier,
        "BarrierWaitResult" => Con::BarrierResult,
        "UnsafeCell" => Con::UnsafeCell,
        "Cell" => Con::Cell,
        "Sender" | "SyncSender" => Con::Sender,
        "Receiver" => Con::Receiver,
        "JoinHandle" => Con::JoinHandle,
        "ScopedJoinHandle" => Con::ScopedHandle,
        "Scope" => Con::Scope,
        "Thread" => Con::Thread,
        "Once" => Con::Once,
        "OnceLock" => Con::OnceLock,
        "Duration" => Con::Duration,
        "PhantomData" => Con::Phantom,
        "AtomicBool" | "AtomicPtr" | "AtomicUsize" | "AtomicIsize" | "AtomicU8" | "AtomicU16"
        | "AtomicU32" | "AtomicU64" | "AtomicI8" | "AtomicI16" | "AtomicI32" | "AtomicI64" => {
            Con::Atomic
        }
        _ => return None,
    })
}
