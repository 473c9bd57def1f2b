//! The types for which this crate vouches, each with its reason.

use crate::gate::{MayCross, MayShare};
use std::cell::{Cell, RefCell};
use std::sync::{Arc, Mutex, RwLock};

/// For types that are plain data, all the way through.
macro_rules! plain {
    ($($type:ty),+) => {$(
        // SAFETY: it owns all that it has, and changes only by `&mut`.
        unsafe impl MayCross for $type {}
        // SAFETY: as above; so through `&` it is only read.
        unsafe impl MayShare for $type {}
    )+};
}
plain!((), bool, char, f32, f64, String, str);
plain!(
    u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize
);

/// For types that own their items, and are no more and no less than those.
macro_rules! as_its_items {
    ($($type:ty),+) => {$(
        // SAFETY: there is one owner of the items, before and after.
        unsafe impl<T: MayCross> MayCross for $type {}
        // SAFETY: through `&` there is only `&T` to be had.
        unsafe impl<T: MayShare> MayShare for $type {}
    )+};
}
as_its_items!(Vec<T>, Box<T>, Option<T>, [T]);

// SAFETY: a pair is its two parts.
unsafe impl<A: MayCross, B: MayCross> MayCross for (A, B) {}
// SAFETY: as above.
unsafe impl<A: MayShare, B: MayShare> MayShare for (A, B) {}

// SAFETY: a reference to a reference gets nobody further than a reference.
unsafe impl<T: MayShare + ?Sized> MayShare for &T {}

// SAFETY: moved to another thread, it still has one user. (Never `MayShare`:
// it changes through `&`, without a lock.)
unsafe impl<T: MayCross> MayCross for Cell<T> {}
// SAFETY: as for `Cell`.
unsafe impl<T: MayCross> MayCross for RefCell<T> {}

// SAFETY: the count is atomic. Its owners share the content, and any of them
// may be the last, who destroys it.
unsafe impl<T: MayCross + MayShare + ?Sized> MayCross for Arc<T> {}
// SAFETY: whoever has `&Arc<T>` can clone it: as above.
unsafe impl<T: MayCross + MayShare + ?Sized> MayShare for Arc<T> {}

// SAFETY: a mutex owns its content.
unsafe impl<T: MayCross + ?Sized> MayCross for Mutex<T> {}
// SAFETY: one thread at a time has the content; so it crosses, unshared.
unsafe impl<T: MayCross + ?Sized> MayShare for Mutex<T> {}

// SAFETY: a reader-writer lock owns its content.
unsafe impl<T: MayCross + ?Sized> MayCross for RwLock<T> {}
// SAFETY: a writer has the content alone, readers have it together.
unsafe impl<T: MayCross + MayShare + ?Sized> MayShare for RwLock<T> {}
