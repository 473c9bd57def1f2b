//! What a program of atomics needs of `core`, for targets whose own isn't installed: nothing here
//! does anything but hand the compiler's intrinsics on, as the real one does.
//!
//! Compiled as `core` by the rustc that blocks are given to; no module of this crate.

#![feature(
    no_core,
    lang_items,
    intrinsics,
    rustc_attrs,
    auto_traits,
    negative_impls
)]
#![feature(
    freeze_impls,
    adt_const_params,
    const_trait_impl,
    link_llvm_intrinsics,
    fundamental
)]
#![allow(internal_features, incomplete_features)]
#![no_core]

pub mod marker {
    #[lang = "pointee_sized"]
    #[fundamental]
    pub trait PointeeSized {}

    #[lang = "meta_sized"]
    #[fundamental]
    pub trait MetaSized: PointeeSized {}

    #[lang = "sized"]
    #[fundamental]
    pub trait Sized: MetaSized {}

    #[lang = "destruct"]
    pub const trait Destruct: PointeeSized {}

    #[lang = "freeze"]
    pub(crate) unsafe auto trait Freeze {}
    impl<T: PointeeSized> !Freeze for crate::cell::UnsafeCell<T> {}
    unsafe impl<T: PointeeSized> Freeze for *const T {}
    unsafe impl<T: PointeeSized> Freeze for *mut T {}
    unsafe impl<T: PointeeSized> Freeze for &T {}
    unsafe impl<T: PointeeSized> Freeze for &mut T {}

    // Without these two, a `&mut` would be no promise that nothing else leads there.
    #[lang = "unpin"]
    pub auto trait Unpin {}

    #[lang = "unsafe_unpin"]
    pub(crate) unsafe auto trait UnsafeUnpin {}

    #[lang = "legacy_receiver"]
    pub(crate) trait Receiver {}
    impl<T: PointeeSized> Receiver for &T {}
    impl<T: PointeeSized> Receiver for &mut T {}

    #[lang = "copy"]
    pub trait Copy: crate::clone::Clone {}

    pub unsafe auto trait Send {}
    impl<T: PointeeSized> !Send for *const T {}
    impl<T: PointeeSized> !Send for *mut T {}

    #[lang = "sync"]
    pub unsafe auto trait Sync {}
    impl<T: PointeeSized> !Sync for *const T {}
    impl<T: PointeeSized> !Sync for *mut T {}
    impl<T: PointeeSized> !Sync for crate::cell::UnsafeCell<T> {}

    #[lang = "const_param_ty"]
    pub(crate) trait ConstParamTy {}

    #[lang = "structural_peq"]
    pub(crate) trait StructuralPartialEq {}
}

pub mod clone {
    use crate::marker::{Copy, PointeeSized, Sized};

    pub trait Clone: Sized {
        fn clone(&self) -> Self;
    }

    macro_rules! copies {
        ($([$($of:tt)*] $type:ty),* $(,)?) => {$(
            impl $($of)* Copy for $type {}
            impl $($of)* Clone for $type {
                #[inline(always)]
                fn clone(&self) -> Self {
                    *self
                }
            }
        )*};
    }
    copies!(
        [] bool, [] char,
        [] u8, [] u16, [] u32, [] u64, [] usize,
        [] i8, [] i16, [] i32, [] i64, [] isize,
        [<T: PointeeSized>] *const T, [<T: PointeeSized>] *mut T, [<T: PointeeSized>] &T,
        [] crate::sync::atomic::Ordering,
    );
}

#[lang = "drop_in_place"]
fn drop_in_place<T: marker::PointeeSized>(_: *mut T) {}

pub mod cmp {
    use crate::marker::PointeeSized;

    #[lang = "eq"]
    pub trait PartialEq<Rhs: PointeeSized = Self>: PointeeSized {
        fn eq(&self, other: &Rhs) -> bool;
        fn ne(&self, other: &Rhs) -> bool;
    }

    #[lang = "partial_ord"]
    pub trait PartialOrd<Rhs: PointeeSized = Self>: PartialEq<Rhs> {
        fn lt(&self, other: &Rhs) -> bool;
        fn le(&self, other: &Rhs) -> bool;
        fn gt(&self, other: &Rhs) -> bool;
        fn ge(&self, other: &Rhs) -> bool;
    }

    macro_rules! compares {
        ($($type:ty)*) => {$(
            impl PartialEq for $type {
                #[inline(always)]
                fn eq(&self, other: &$type) -> bool { *self == *other }
                #[inline(always)]
                fn ne(&self, other: &$type) -> bool { *self != *other }
            }
            impl PartialOrd for $type {
                #[inline(always)]
                fn lt(&self, other: &$type) -> bool { *self < *other }
                #[inline(always)]
                fn le(&self, other: &$type) -> bool { *self <= *other }
                #[inline(always)]
                fn gt(&self, other: &$type) -> bool { *self > *other }
                #[inline(always)]
                fn ge(&self, other: &$type) -> bool { *self >= *other }
            }
        )*};
    }
    compares!(bool u8 u16 u32 u64 usize i8 i16 i32 i64 isize);
}

pub mod ops {
    macro_rules! operators {
        ($($name:literal $Trait:ident $method:ident $sign:tt
           $assign:literal $Assign:ident $by:ident $signs:tt for $($type:ty)*;)*) => {$(
            #[lang = $name]
            pub trait $Trait<Rhs = Self> {
                type Output;
                fn $method(self, other: Rhs) -> Self::Output;
            }
            #[lang = $assign]
            pub trait $Assign<Rhs = Self> {
                fn $by(&mut self, other: Rhs);
            }
            $(
                impl $Trait for $type {
                    type Output = $type;
                    #[inline(always)]
                    fn $method(self, other: $type) -> $type { self $sign other }
                }
                impl $Assign for $type {
                    #[inline(always)]
                    fn $by(&mut self, other: $type) { *self $signs other }
                }
            )*
        )*};
    }
    operators! {
        "add" Add add + "add_assign" AddAssign add_assign +=
            for u8 u16 u32 u64 usize i8 i16 i32 i64 isize;
        "sub" Sub sub - "sub_assign" SubAssign sub_assign -=
            for u8 u16 u32 u64 usize i8 i16 i32 i64 isize;
        "mul" Mul mul * "mul_assign" MulAssign mul_assign *=
            for u8 u16 u32 u64 usize i8 i16 i32 i64 isize;
        "bitand" BitAnd bitand & "bitand_assign" BitAndAssign bitand_assign &=
            for bool u8 u16 u32 u64 usize i8 i16 i32 i64 isize;
        "bitor" BitOr bitor | "bitor_assign" BitOrAssign bitor_assign |=
            for bool u8 u16 u32 u64 usize i8 i16 i32 i64 isize;
        "bitxor" BitXor bitxor ^ "bitxor_assign" BitXorAssign bitxor_assign ^=
            for bool u8 u16 u32 u64 usize i8 i16 i32 i64 isize;
    }

    #[lang = "not"]
    pub trait Not {
        type Output;
        fn not(self) -> Self::Output;
    }

    macro_rules! not {
        ($($type:ty)*) => {$(
            impl Not for $type {
                type Output = $type;
                #[inline(always)]
                fn not(self) -> $type { !self }
            }
        )*};
    }
    not!(bool u8 u16 u32 u64 usize i8 i16 i32 i64 isize);
}

pub mod option {
    pub enum Option<T> {
        None,
        Some(T),
    }
}

pub mod result {
    pub enum Result<T, E> {
        Ok(T),
        Err(E),
    }

    impl<T: crate::marker::Copy, E: crate::marker::Copy> Result<T, E> {
        #[inline(always)]
        pub fn is_ok(&self) -> bool {
            match *self {
                Result::Ok(_) => true,
                Result::Err(_) => false,
            }
        }

        #[inline(always)]
        pub fn is_err(&self) -> bool {
            !self.is_ok()
        }
    }
}

pub mod cell {
    use crate::marker::PointeeSized;

    #[lang = "unsafe_cell"]
    #[repr(transparent)]
    pub struct UnsafeCell<T: PointeeSized> {
        value: T,
    }

    impl<T> UnsafeCell<T> {
        #[inline(always)]
        pub const fn new(value: T) -> UnsafeCell<T> {
            UnsafeCell { value }
        }

        #[inline(always)]
        pub const fn get(&self) -> *mut T {
            self as *const UnsafeCell<T> as *const T as *mut T
        }
    }
}

pub mod hint {
    #[inline(always)]
    pub fn spin_loop() {
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        {
            unsafe extern "C" {
                #[link_name = "llvm.x86.sse2.pause"]
                fn pause();
            }
            unsafe { pause() }
        }
        #[cfg(target_arch = "aarch64")]
        {
            unsafe extern "C" {
                #[link_name = "llvm.aarch64.isb"]
                fn isb(which: i32);
            }
            unsafe { isb(15) }
        }
        #[cfg(any(target_arch = "riscv32", target_arch = "riscv64"))]
        {
            unsafe extern "C" {
                #[link_name = "llvm.riscv.pause"]
                fn pause();
            }
            unsafe { pause() }
        }
    }
}

pub mod intrinsics {
    use crate::marker::{ConstParamTy, Copy, StructuralPartialEq};

    /// The numbers are the compiler's.
    #[allow(dead_code)]
    pub(crate) enum AtomicOrdering {
        Relaxed = 0,
        Release = 1,
        Acquire = 2,
        AcqRel = 3,
        SeqCst = 4,
    }

    impl ConstParamTy for AtomicOrdering {}
    impl StructuralPartialEq for AtomicOrdering {}
    impl crate::cmp::PartialEq for AtomicOrdering {
        fn eq(&self, _: &AtomicOrdering) -> bool {
            true
        }
        fn ne(&self, _: &AtomicOrdering) -> bool {
            false
        }
    }

    #[rustc_intrinsic]
    pub(crate) unsafe fn atomic_load<T: Copy, const ORD: AtomicOrdering>(from: *const T) -> T;
    #[rustc_intrinsic]
    pub(crate) unsafe fn atomic_store<T: Copy, const ORD: AtomicOrdering>(to: *mut T, value: T);
    #[rustc_intrinsic]
    pub(crate) unsafe fn atomic_xchg<T: Copy, const ORD: AtomicOrdering>(at: *mut T, new: T) -> T;
    #[rustc_intrinsic]
    pub(crate) unsafe fn atomic_cxchg<
        T: Copy,
        const DONE: AtomicOrdering,
        const ELSE: AtomicOrdering,
    >(
        at: *mut T,
        old: T,
        new: T,
    ) -> (T, bool);
    #[rustc_intrinsic]
    pub(crate) unsafe fn atomic_cxchgweak<
        T: Copy,
        const DONE: AtomicOrdering,
        const ELSE: AtomicOrdering,
    >(
        at: *mut T,
        old: T,
        new: T,
    ) -> (T, bool);
    #[rustc_intrinsic]
    pub(crate) unsafe fn atomic_xadd<T: Copy, U: Copy, const ORD: AtomicOrdering>(
        at: *mut T,
        by: U,
    ) -> T;
    #[rustc_intrinsic]
    pub(crate) unsafe fn atomic_xsub<T: Copy, U: Copy, const ORD: AtomicOrdering>(
        at: *mut T,
        by: U,
    ) -> T;
    #[rustc_intrinsic]
    pub(crate) unsafe fn atomic_and<T: Copy, U: Copy, const ORD: AtomicOrdering>(
        at: *mut T,
        by: U,
    ) -> T;
    #[rustc_intrinsic]
    pub(crate) unsafe fn atomic_or<T: Copy, U: Copy, const ORD: AtomicOrdering>(
        at: *mut T,
        by: U,
    ) -> T;
    #[rustc_intrinsic]
    pub(crate) unsafe fn atomic_xor<T: Copy, U: Copy, const ORD: AtomicOrdering>(
        at: *mut T,
        by: U,
    ) -> T;
    #[rustc_intrinsic]
    pub(crate) unsafe fn atomic_fence<const ORD: AtomicOrdering>();
    #[rustc_intrinsic]
    pub(crate) unsafe fn atomic_singlethreadfence<const ORD: AtomicOrdering>();
    #[rustc_intrinsic]
    pub(crate) fn abort() -> !;
}

pub mod sync {
    pub mod atomic {
        use crate::cell::UnsafeCell;
        use crate::intrinsics::{self, AtomicOrdering as As};
        use crate::marker::{Copy, Send, Sync};
        use crate::result::Result;

        pub enum Ordering {
            Relaxed,
            Release,
            Acquire,
            AcqRel,
            SeqCst,
        }

        // As in the real library, each operation is a function of its own behind the method, what makes
        // no sense is refused in an arm of its own, and those that are too long for rustc's own
        // inlining are left to LLVM's: the code that comes out goes by such things.

        #[cold]
        #[inline(never)]
        fn refuse(_why: &'static str) -> ! {
            intrinsics::abort()
        }

        #[inline]
        #[rustc_no_mir_inline]
        unsafe fn load<T: Copy>(from: *const T, order: Ordering) -> T {
            unsafe {
                match order {
                    Ordering::Relaxed => intrinsics::atomic_load::<T, { As::Relaxed }>(from),
                    Ordering::Acquire => intrinsics::atomic_load::<T, { As::Acquire }>(from),
                    Ordering::SeqCst => intrinsics::atomic_load::<T, { As::SeqCst }>(from),
                    Ordering::Release => refuse("a load is no release"),
                    Ordering::AcqRel => refuse("a load is no release either way"),
                }
            }
        }

        #[inline]
        #[rustc_no_mir_inline]
        unsafe fn store<T: Copy>(to: *mut T, value: T, order: Ordering) {
            unsafe {
                match order {
                    Ordering::Relaxed => intrinsics::atomic_store::<T, { As::Relaxed }>(to, value),
                    Ordering::Release => intrinsics::atomic_store::<T, { As::Release }>(to, value),
                    Ordering::SeqCst => intrinsics::atomic_store::<T, { As::SeqCst }>(to, value),
                    Ordering::Acquire => refuse("a store is no acquire"),
                    Ordering::AcqRel => refuse("a store is no acquire either way"),
                }
            }
        }

        macro_rules! changes {
            ($($name:ident $how:ident [$($T:ident)*];)*) => {$(
                #[inline]
                unsafe fn $name<T: Copy>(at: *mut T, by: T, order: Ordering) -> T {
                    unsafe {
                        match order {
                            Ordering::Relaxed => intrinsics::$how::<$($T,)* { As::Relaxed }>(at, by),
                            Ordering::Acquire => intrinsics::$how::<$($T,)* { As::Acquire }>(at, by),
                            Ordering::Release => intrinsics::$how::<$($T,)* { As::Release }>(at, by),
                            Ordering::AcqRel => intrinsics::$how::<$($T,)* { As::AcqRel }>(at, by),
                            Ordering::SeqCst => intrinsics::$how::<$($T,)* { As::SeqCst }>(at, by),
                        }
                    }
                }
            )*};
        }
        changes! {
            swap atomic_xchg [T];
            add atomic_xadd [T T];
            sub atomic_xsub [T T];
            and atomic_and [T T];
            or atomic_or [T T];
            xor atomic_xor [T T];
        }

        macro_rules! exchanges {
            ($($name:ident $how:ident [$($Done:ident)*];)*) => {$(
                #[inline]
                #[rustc_no_mir_inline]
                unsafe fn $name<T: Copy>(
                    at: *mut T,
                    old: T,
                    new: T,
                    done: Ordering,
                    not: Ordering,
                ) -> Result<T, T> {
                    let (found, equal) = unsafe {
                        match (done, not) {
                            $(
                                (Ordering::$Done, Ordering::Relaxed) => {
                                    intrinsics::$how::<T, { As::$Done }, { As::Relaxed }>(at, old, new)
                                }
                                (Ordering::$Done, Ordering::Acquire) => {
                                    intrinsics::$how::<T, { As::$Done }, { As::Acquire }>(at, old, new)
                                }
                                (Ordering::$Done, Ordering::SeqCst) => {
                                    intrinsics::$how::<T, { As::$Done }, { As::SeqCst }>(at, old, new)
                                }
                            )*
                            (_, Ordering::AcqRel) => refuse("a failure is no release either way"),
                            (_, Ordering::Release) => refuse("a failure is no release"),
                        }
                    };
                    match equal {
                        true => Result::Ok(found),
                        false => Result::Err(found),
                    }
                }
            )*};
        }
        exchanges! {
            compare_exchange atomic_cxchg [Relaxed Acquire Release AcqRel SeqCst];
            compare_exchange_weak atomic_cxchgweak [Relaxed Acquire Release AcqRel SeqCst];
        }

        /// An atomic that holds `$inner` and shows `$type`.
        macro_rules! atomic {
            ($Atomic:ident [$(<$T:ident>)?] $type:ty, $inner:ty, $align:literal,
             in $in:expr, out $out:expr; $($name:ident $how:ident)*) => {
                #[repr(C, align($align))]
                pub struct $Atomic $(<$T>)? {
                    value: UnsafeCell<$inner>,
                }

                unsafe impl $(<$T>)? Sync for $Atomic $(<$T>)? {}
                unsafe impl $(<$T>)? Send for $Atomic $(<$T>)? {}

                impl $(<$T>)? $Atomic $(<$T>)? {
                    #[inline]
                    pub const fn new(value: $type) -> Self {
                        $Atomic { value: UnsafeCell::new(value as $inner) }
                    }

                    #[inline]
                    pub fn load(&self, order: Ordering) -> $type {
                        $out(unsafe { load(self.value.get() as *const $inner, order) })
                    }

                    #[inline]
                    pub fn store(&self, value: $type, order: Ordering) {
                        unsafe { store(self.value.get(), $in(value), order) }
                    }

                    #[inline]
                    pub fn swap(&self, value: $type, order: Ordering) -> $type {
                        $out(unsafe { swap(self.value.get(), $in(value), order) })
                    }

                    #[inline]
                    pub fn compare_exchange(
                        &self,
                        old: $type,
                        new: $type,
                        done: Ordering,
                        not: Ordering,
                    ) -> Result<$type, $type> {
                        let (old, new) = ($in(old), $in(new));
                        match unsafe { compare_exchange(self.value.get(), old, new, done, not) } {
                            Result::Ok(found) => Result::Ok($out(found)),
                            Result::Err(found) => Result::Err($out(found)),
                        }
                    }

                    #[inline]
                    pub fn compare_exchange_weak(
                        &self,
                        old: $type,
                        new: $type,
                        done: Ordering,
                        not: Ordering,
                    ) -> Result<$type, $type> {
                        let (old, new) = ($in(old), $in(new));
                        match unsafe { compare_exchange_weak(self.value.get(), old, new, done, not) } {
                            Result::Ok(found) => Result::Ok($out(found)),
                            Result::Err(found) => Result::Err($out(found)),
                        }
                    }

                    $(
                        #[inline]
                        pub fn $name(&self, by: $type, order: Ordering) -> $type {
                            $out(unsafe { $how(self.value.get(), $in(by), order) })
                        }
                    )*
                }
            };
        }

        macro_rules! integers {
            ($($width:literal $align:literal $($Atomic:ident $type:ty)*;)*) => {$($(
                #[cfg(target_has_atomic = $width)]
                atomic!($Atomic [] $type, $type, $align, in as_it_is, out as_it_is;
                    fetch_add add
                    fetch_sub sub
                    fetch_and and
                    fetch_or or
                    fetch_xor xor
                );
            )*)*};
        }
        integers! {
            "8" 1 AtomicU8 u8 AtomicI8 i8;
            "16" 2 AtomicU16 u16 AtomicI16 i16;
            "32" 4 AtomicU32 u32 AtomicI32 i32;
            "64" 8 AtomicU64 u64 AtomicI64 i64;
        }

        // `align` takes no `size_of`.
        #[cfg(target_pointer_width = "64")]
        integers! { "ptr" 8 AtomicUsize usize AtomicIsize isize; }
        #[cfg(target_pointer_width = "32")]
        integers! { "ptr" 4 AtomicUsize usize AtomicIsize isize; }

        #[cfg(target_has_atomic = "8")]
        atomic!(AtomicBool [] bool, u8, 1, in as_byte, out as_bool;
            fetch_and and
            fetch_or or
            fetch_xor xor
        );

        #[cfg(all(target_has_atomic = "ptr", target_pointer_width = "64"))]
        atomic!(AtomicPtr [<T>] *mut T, *mut T, 8, in as_it_is, out as_it_is;);
        #[cfg(all(target_has_atomic = "ptr", target_pointer_width = "32"))]
        atomic!(AtomicPtr [<T>] *mut T, *mut T, 4, in as_it_is, out as_it_is;);

        #[inline(always)]
        fn as_it_is<T: Copy>(value: T) -> T {
            value
        }

        #[inline(always)]
        fn as_byte(value: bool) -> u8 {
            value as u8
        }

        #[inline(always)]
        fn as_bool(value: u8) -> bool {
            value != 0
        }

        #[inline]
        #[rustc_no_mir_inline]
        pub fn fence(order: Ordering) {
            unsafe {
                match order {
                    Ordering::Acquire => intrinsics::atomic_fence::<{ As::Acquire }>(),
                    Ordering::Release => intrinsics::atomic_fence::<{ As::Release }>(),
                    Ordering::AcqRel => intrinsics::atomic_fence::<{ As::AcqRel }>(),
                    Ordering::SeqCst => intrinsics::atomic_fence::<{ As::SeqCst }>(),
                    Ordering::Relaxed => refuse("a relaxed fence is none"),
                }
            }
        }

        #[inline]
        #[rustc_no_mir_inline]
        pub fn compiler_fence(order: Ordering) {
            unsafe {
                match order {
                    Ordering::Acquire => intrinsics::atomic_singlethreadfence::<{ As::Acquire }>(),
                    Ordering::Release => intrinsics::atomic_singlethreadfence::<{ As::Release }>(),
                    Ordering::AcqRel => intrinsics::atomic_singlethreadfence::<{ As::AcqRel }>(),
                    Ordering::SeqCst => intrinsics::atomic_singlethreadfence::<{ As::SeqCst }>(),
                    Ordering::Relaxed => refuse("a relaxed fence is none"),
                }
            }
        }
    }
}

pub mod prelude {
    pub mod v1 {
        pub use crate::clone::Clone;
        pub use crate::cmp::{PartialEq, PartialOrd};
        pub use crate::marker::{Copy, Send, Sized, Sync};
        pub use crate::option::Option::{self, None, Some};
        pub use crate::result::Result::{self, Err, Ok};
    }
    pub use v1 as rust_2015;
    pub use v1 as rust_2018;
    pub use v1 as rust_2021;
    pub use v1 as rust_2024;
}
