//! Types, as far as the accepted programs use them.

use crate::code::{BinOp, Edge};
use crate::value::Value;
use std::cmp::Ordering;

/// An integer's type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct IntType {
    /// How many bits: 8 to 128; `usize` has 64.
    pub bits: u8,
    /// Whether it has a sign.
    pub signed: bool,
    /// Whether it is `usize` or `isize`, which are types of their own.
    pub size: bool,
}

impl IntType {
    pub(crate) const I32: IntType = IntType {
        bits: 32,
        signed: true,
        size: false,
    };
    pub(crate) const U32: IntType = IntType {
        bits: 32,
        signed: false,
        size: false,
    };
    pub(crate) const USIZE: IntType = IntType {
        bits: 64,
        signed: false,
        size: true,
    };

    pub(crate) fn named(name: &str) -> Option<IntType> {
        let (signed, width) = match name.split_at_checked(1)? {
            ("i", width) => (true, width),
            ("u", width) => (false, width),
            _ => return None,
        };
        let bits = match width {
            "8" => 8,
            "16" => 16,
            "32" => 32,
            "64" | "size" => 64,
            "128" => 128,
            _ => return None,
        };
        Some(IntType {
            bits,
            signed,
            size: width == "size",
        })
    }

    pub(crate) fn min_value(self) -> i128 {
        if self.signed {
            i128::MIN >> (128 - u32::from(self.bits))
        } else {
            0
        }
    }

    /// The greatest; of a `u128` its wrapped form, -1.
    pub(crate) fn max_value(self) -> i128 {
        match (self.signed, self.bits) {
            (true, bits) => i128::MAX >> (128 - u32::from(bits)),
            (false, 128) => -1,
            (false, bits) => (1 << bits) - 1,
        }
    }

    /// The number's bits, as this type has them.
    pub(crate) fn bits_of(self, n: i128) -> u128 {
        if self.bits == 128 {
            n as u128
        } else {
            n as u128 & ((1 << self.bits) - 1)
        }
    }

    /// The number brought into the type's range.
    pub(crate) fn wrap(self, n: i128) -> i128 {
        let unused = 128 - u32::from(self.bits);
        if self.signed {
            n << unused >> unused
        } else {
            self.bits_of(n) as i128
        }
    }

    fn is_wide(self) -> bool {
        self.bits == 128 && !self.signed
    }

    pub(crate) fn compare(self, a: i128, b: i128) -> Ordering {
        if self.is_wide() {
            (a as u128).cmp(&(b as u128))
        } else {
            a.cmp(&b)
        }
    }

    pub(crate) fn max(self, a: i128, b: i128) -> i128 {
        if self.compare(a, b).is_ge() { a } else { b }
    }

    pub(crate) fn min(self, a: i128, b: i128) -> i128 {
        if self.compare(a, b).is_le() { a } else { b }
    }

    /// What an exact result becomes in this type; `None` is out of its range.
    pub(crate) fn settle(
        self,
        exact: Option<i128>,
        edge: Edge,
        verb: &str,
        wrapped: impl Fn() -> i128,
    ) -> Result<Value, String> {
        let fits = exact.filter(|&n| self.is_wide() || self.wrap(n) == n);
        let around = || self.wrap(exact.unwrap_or_else(&wrapped));
        match (edge, fits) {
            (Edge::Check, Some(n)) => Ok(Value::some(Value::Int(n))),
            (Edge::Check, None) => Ok(Value::none()),
            (Edge::Overflowing, Some(n)) => {
                Ok(Value::many(vec![Value::Int(n), Value::Bool(false)]))
            }
            (Edge::Overflowing, None) => {
                Ok(Value::many(vec![Value::Int(around()), Value::Bool(true)]))
            }
            (_, Some(n)) => Ok(Value::Int(n)),
            (Edge::Wrap, None) => Ok(Value::Int(around())),
            (Edge::Panic | Edge::Saturate, None) => Err(format!("attempt to {verb} with overflow")),
        }
    }

    pub(crate) fn arithmetic(
        self,
        op: BinOp,
        edge: Edge,
        a: i128,
        b: i128,
    ) -> Result<Value, String> {
        let wide = self.is_wide();
        let unsigned = |n: Option<u128>| n.map(|n| n as i128);
        let (ua, ub) = (a as u128, b as u128);
        let verb = match op {
            BinOp::Add => "add",
            BinOp::Sub => "subtract",
            BinOp::Mul => "multiply",
            BinOp::Div => "divide",
            BinOp::Rem => "calculate the remainder",
            BinOp::Shl => "shift left",
            BinOp::Shr => "shift right",
            _ => "multiply",
        };
        let exact = match op {
            BinOp::Add if wide => unsigned(ua.checked_add(ub)),
            BinOp::Add => a.checked_add(b),
            BinOp::Sub if wide => unsigned(ua.checked_sub(ub)),
            BinOp::Sub => a.checked_sub(b),
            BinOp::Mul if wide => unsigned(ua.checked_mul(ub)),
            BinOp::Mul => a.checked_mul(b),
            BinOp::Div | BinOp::Rem if b == 0 => {
                if edge == Edge::Check {
                    return Ok(Value::none());
                }
                return Err(match op {
                    BinOp::Div => "attempt to divide by zero".into(),
                    _ => "attempt to calculate the remainder with a divisor of zero".into(),
                });
            }
            BinOp::Div if wide => Some((ua / ub) as i128),
            BinOp::Rem if wide => Some((ua % ub) as i128),
            BinOp::Div => a.checked_div(b),
            // The least number by -1 overflows in Rust though the remainder is 0.
            BinOp::Rem if self.signed && b == -1 && a == self.min_value() => None,
            BinOp::Rem => a.checked_rem(b),
            BinOp::Pow => {
                let power = u32::try_from(b).unwrap_or(u32::MAX);
                if wide {
                    unsigned(ua.checked_pow(power))
                } else {
                    a.checked_pow(power)
                }
            }
            BinOp::And => Some(a & b),
            BinOp::Or => Some(a | b),
            BinOp::Xor => Some(a ^ b),
            BinOp::Min => Some(self.min(a, b)),
            BinOp::Max => Some(self.max(a, b)),
            BinOp::AbsDiff if wide => Some(ua.abs_diff(ub) as i128),
            BinOp::AbsDiff => Some(a.abs_diff(b) as i128),
            BinOp::Shl | BinOp::Shr => {
                let by = (b as u128 & u128::from(self.bits - 1)) as u32;
                let shifted = match op {
                    BinOp::Shl => self.wrap(a << by),
                    _ if self.signed => a >> by,
                    _ => (self.bits_of(a) >> by) as i128,
                };
                if !(0..i128::from(self.bits)).contains(&b) && edge != Edge::Wrap {
                    return match edge {
                        Edge::Check => Ok(Value::none()),
                        _ => Err(format!("attempt to {verb} with overflow")),
                    };
                }
                Some(shifted)
            }
            _ => unreachable!("comparisons are done before"),
        };
        if op == BinOp::AbsDiff {
            return Ok(Value::Int(exact.expect("it has one")));
        }
        if edge == Edge::Saturate {
            let fits = exact.filter(|&n| wide || self.wrap(n) == n);
            let low = match op {
                BinOp::Sub => self.compare(a, b).is_lt(),
                BinOp::Add => self.signed && a < 0,
                _ => self.signed && (a < 0) != (b < 0),
            };
            let edge = if low {
                self.min_value()
            } else {
                self.max_value()
            };
            return Ok(Value::Int(fits.unwrap_or(edge)));
        }
        let wrapped = || match op {
            BinOp::Add => a.wrapping_add(b),
            BinOp::Sub => a.wrapping_sub(b),
            BinOp::Mul => a.wrapping_mul(b),
            BinOp::Pow => (0..b).fold(1, |n, _| self.wrap(n * a)),
            BinOp::Rem => 0,
            _ => self.min_value(),
        };
        self.settle(exact, edge, verb, wrapped)
    }
}

/// A type's head.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Con {
    Int(IntType),
    Bool,
    Str,
    Tuple,
    Array(usize),
    Vec,
    Deque,
    Ref,
    RefMut,
    RawConst,
    RawMut,
    Arc,
    Box,
    Mutex,
    MutexGuard,
    RwLock,
    ReadGuard,
    WriteGuard,
    Condvar,
    Barrier,
    BarrierResult,
    Atomic,
    UnsafeCell,
    Cell,
    Sender,
    Receiver,
    JoinHandle,
    ScopedHandle,
    Scope,
    Thread,
    Once,
    OnceLock,
    Poison,
    Payload,
    Duration,
    Phantom,
    /// A struct or enum of the program, or `Option` and `Result`.
    Adt(usize),
    Closure(usize),
    /// A function item by its number.
    Fn(usize),
}

/// A type; variables stand for what isn't known yet.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Ty {
    Var(usize),
    Con(Con, Vec<Ty>),
}

impl Ty {
    pub(crate) fn is_deeper_than(&self, levels: usize) -> bool {
        match self {
            Ty::Var(_) => false,
            Ty::Con(_, args) => {
                levels == 0 || args.iter().any(|arg| arg.is_deeper_than(levels - 1))
            }
        }
    }

    pub(crate) fn unit() -> Ty {
        Ty::Con(Con::Tuple, Vec::new())
    }

    pub(crate) fn bool() -> Ty {
        Ty::Con(Con::Bool, Vec::new())
    }

    pub(crate) fn int(int: IntType) -> Ty {
        Ty::Con(Con::Int(int), Vec::new())
    }

    pub(crate) fn plain(con: Con) -> Ty {
        Ty::Con(con, Vec::new())
    }

    pub(crate) fn of(con: Con, inner: Ty) -> Ty {
        Ty::Con(con, vec![inner])
    }
}

/// What is known of the type variables of one function.
#[derive(Default)]
pub(crate) struct Unifier {
    vars: Vec<(Option<Ty>, bool)>,
}

impl Unifier {
    pub(crate) fn fresh(&mut self) -> Ty {
        self.vars.push((None, false));
        Ty::Var(self.vars.len() - 1)
    }

    /// The type of an integer literal without a suffix.
    pub(crate) fn fresh_int(&mut self) -> Ty {
        self.vars.push((None, true));
        Ty::Var(self.vars.len() - 1)
    }

    pub(crate) fn is_int_var(&self, ty: &Ty) -> bool {
        matches!(self.head(ty), Ty::Var(v) if self.vars[v].1)
    }

    /// The type with its head known, if it is known at all.
    pub(crate) fn head(&self, ty: &Ty) -> Ty {
        let mut ty = ty;
        while let Ty::Var(v) = ty {
            match &self.vars[*v].0 {
                Some(known) => ty = known,
                None => break,
            }
        }
        ty.clone()
    }

    /// The type with everything put in; integers of no other type are `i32`,
    /// and what nothing says anything about is `()`.
    pub(crate) fn resolve(&self, ty: &Ty) -> Ty {
        match self.head(ty) {
            Ty::Var(v) if self.vars[v].1 => Ty::int(IntType::I32),
            Ty::Var(_) => Ty::unit(),
            Ty::Con(con, args) => Ty::Con(con, args.iter().map(|arg| self.resolve(arg)).collect()),
        }
    }

    pub(crate) fn unify(&mut self, a: &Ty, b: &Ty) -> bool {
        match (self.head(a), self.head(b)) {
            (Ty::Var(a), Ty::Var(b)) if a == b => true,
            (Ty::Var(a), Ty::Var(b)) => {
                let int = self.vars[a].1 || self.vars[b].1;
                self.vars[b].1 = int;
                self.vars[a].0 = Some(Ty::Var(b));
                true
            }
            (Ty::Var(v), ty) | (ty, Ty::Var(v)) => {
                let is_int = matches!(ty, Ty::Con(Con::Int(_), _));
                if (self.vars[v].1 && !is_int) || self.occurs(v, &ty) {
                    return false;
                }
                self.vars[v].0 = Some(ty);
                true
            }
            (Ty::Con(a, x), Ty::Con(b, y)) => {
                a == b && x.len() == y.len() && x.iter().zip(&y).all(|(x, y)| self.unify(x, y))
            }
        }
    }

    fn occurs(&self, v: usize, ty: &Ty) -> bool {
        match self.head(ty) {
            Ty::Var(w) => v == w,
            Ty::Con(_, args) => args.iter().any(|arg| self.occurs(v, arg)),
        }
    }
}
