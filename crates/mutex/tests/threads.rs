//! Which of the types may move to another thread, and which may be shared.

use mutex::{Mutex, MutexGuard, lock, mutex};
use send_sync::{assert_crosses_like, is_send, is_sync};
use std::cell::Cell;
use std::rc::Rc;
use std::sync;

// One type for each answer to "may it move?" and "may it be shared?".
type Both = i32;
type OnlySend = Cell<i32>;
type OnlySync = sync::MutexGuard<'static, i32>;
type Neither = Rc<i32>;

#[test]
fn mutex_and_guard_answer_as_those_of_the_standard_library_do() {
    macro_rules! values {
        ($($value:ty),*) => {$(
            assert_crosses_like!(Mutex<$value>, sync::Mutex<$value>);
            assert_crosses_like!(MutexGuard<'static, $value>, sync::MutexGuard<'static, $value>);
        )*};
    }
    values!(Both, OnlySend, OnlySync, Neither);
}

#[test]
fn a_mutex_is_shareable_where_its_value_can_move() {
    const { assert!(is_sync!(Mutex<OnlySend>)) };
    const { assert!(!is_sync!(Mutex<OnlySync>)) };
}

#[test]
fn a_guard_never_moves() {
    const { assert!(!is_send!(MutexGuard<'static, Both>)) };
}

/// The guard as one would write it first. Nobody decided whether threads may
/// share it, so the compiler goes by its field.
struct NaiveGuard<'a, T>(&'a Mutex<T>);

#[test]
fn a_guard_of_a_mere_reference_lets_threads_share_a_cell() {
    // The hole: `&NaiveGuard` may cross, and with it whatever shows the `Cell`
    // to two threads at once ...
    const { assert!(is_sync!(NaiveGuard<'static, OnlySend>)) };
    // ... and the mended one.
    const { assert!(!is_sync!(MutexGuard<'static, OnlySend>)) };
    const { assert!(is_sync!(MutexGuard<'static, Both>)) };

    let cell = mutex(Cell::new(1));
    drop(lock(NaiveGuard(&cell).0));
}
