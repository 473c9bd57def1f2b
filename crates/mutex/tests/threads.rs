//! Which of the types may move to another thread, and which may be shared.

use mutex::{Mutex, MutexGuard, lock, mutex};
use std::cell::Cell;
use std::rc::Rc;
use std::sync;

/// Whether a type implements a trait: an inherent constant, which is there only
/// if it does, wins over the trait's constant, which always is.
macro_rules! is {
    ($marker:ident: $type:ty) => {{
        #[allow(dead_code, reason = "one half is unused, by what the answer is")]
        trait Otherwise {
            const IS: bool = false;
        }
        impl<T> Otherwise for T {}
        #[allow(dead_code, reason = "one half is unused, by what the answer is")]
        struct Probe<T>(T);
        #[allow(dead_code, reason = "one half is unused, by what the answer is")]
        impl<T: $marker> Probe<T> {
            const IS: bool = true;
        }
        <Probe<$type>>::IS
    }};
}

// One type for each answer to "may it move?" and "may it be shared?".
type Both = i32;
type OnlySend = Cell<i32>;
type OnlySync = sync::MutexGuard<'static, i32>;
type Neither = Rc<i32>;

#[test]
fn the_probe_tells_the_four_kinds_apart() {
    const { assert!(is!(Send: Both) && is!(Sync: Both)) };
    const { assert!(is!(Send: OnlySend) && !is!(Sync: OnlySend)) };
    const { assert!(!is!(Send: OnlySync) && is!(Sync: OnlySync)) };
    const { assert!(!is!(Send: Neither) && !is!(Sync: Neither)) };
}

#[test]
fn mutex_and_guard_answer_as_those_of_the_standard_library_do() {
    macro_rules! same {
        ($marker:ident) => {
            same!($marker, Both, OnlySend, OnlySync, Neither)
        };
        ($marker:ident, $($value:ty),*) => {$(
            assert_eq!(
                is!($marker: Mutex<$value>),
                is!($marker: sync::Mutex<$value>),
                "Mutex<{}>: {}", stringify!($value), stringify!($marker),
            );
            assert_eq!(
                is!($marker: MutexGuard<'static, $value>),
                is!($marker: sync::MutexGuard<'static, $value>),
                "MutexGuard<{}>: {}", stringify!($value), stringify!($marker),
            );
        )*};
    }
    same!(Send);
    same!(Sync);
}

#[test]
fn a_mutex_is_shareable_where_its_value_can_move() {
    const { assert!(is!(Sync: Mutex<OnlySend>)) };
    const { assert!(!is!(Sync: Mutex<OnlySync>)) };
}

#[test]
fn a_guard_never_moves() {
    const { assert!(!is!(Send: MutexGuard<'static, Both>)) };
}

/// The guard as one would write it first. Nobody decided whether threads may
/// share it, so the compiler goes by its field.
struct NaiveGuard<'a, T>(&'a Mutex<T>);

#[test]
fn a_guard_of_a_mere_reference_lets_threads_share_a_cell() {
    // The hole: `&NaiveGuard` may cross, and with it whatever shows the `Cell`
    // to two threads at once ...
    const { assert!(is!(Sync: NaiveGuard<'static, OnlySend>)) };
    // ... and the mended one.
    const { assert!(!is!(Sync: MutexGuard<'static, OnlySend>)) };
    const { assert!(is!(Sync: MutexGuard<'static, Both>)) };

    let cell = mutex(Cell::new(1));
    drop(lock(NaiveGuard(&cell).0));
}
