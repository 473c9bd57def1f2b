//! The gate with auto traits, which need nightly Rust: they hold for structs
//! and closures by what is in them, so `spawn` takes a closure.
//!
//! `tests/auto_traits.rs` compiles this file, with one `main` after another.

#![feature(auto_traits, negative_impls)]

// ANCHOR: traits
unsafe auto trait MayCross {}
unsafe auto trait MayShare {}

// A raw pointer promises nothing, nor does any type that is made of one...
impl<T: ?Sized> !MayCross for *const T {}
impl<T: ?Sized> !MayCross for *mut T {}
impl<T: ?Sized> !MayShare for *const T {}
impl<T: ?Sized> !MayShare for *mut T {}
// ... and this is what all types are made of that change through `&`.
impl<T: ?Sized> !MayShare for std::cell::UnsafeCell<T> {}

// A guard's fields don't show that it must stay with its thread.
impl<T: ?Sized> !MayCross for std::sync::MutexGuard<'_, T> {}
// SAFETY: through `&` there is only `&T` to be had.
unsafe impl<T: MayShare + ?Sized> MayShare for std::sync::MutexGuard<'_, T> {}

// SAFETY: what crosses is a reference, and `T` may be used through several.
unsafe impl<T: MayShare + ?Sized> MayCross for &T {}
// ANCHOR_END: traits

// These are made of pointers, and keep a promise about them.
// SAFETY: a vector owns its items.
unsafe impl<T: MayCross> MayCross for Vec<T> {}
// SAFETY: through `&` there is only `&T` to be had.
unsafe impl<T: MayShare> MayShare for Vec<T> {}
// SAFETY: its count is atomic; its owners share the content.
unsafe impl<T: MayCross + MayShare + ?Sized> MayCross for std::sync::Arc<T> {}
// SAFETY: one thread at a time has the content.
unsafe impl<T: MayCross + ?Sized> MayShare for std::sync::Mutex<T> {}

/// Runs a closure on another thread, and waits for what it returns.
fn spawn<F, T>(f: F) -> T
where
    F: FnOnce() -> T + MayCross + 'static,
    T: MayCross + 'static,
{
    let f = Vouched(f);
    let child = std::thread::spawn(move || Vouched(f.open()()));
    child.join().expect("the closure doesn't panic").open()
}

/// What our traits let through, in a form that the standard gate lets through.
struct Vouched<T>(T);

// SAFETY: `MayCross` promises just this.
unsafe impl<T: MayCross> Send for Vouched<T> {}

impl<T> Vouched<T> {
    fn open(self) -> T {
        self.0
    }
}
