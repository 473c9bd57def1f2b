//! Which of the types may move to another thread, and which may be shared.

use send_sync::{assert_crosses_like, is_send, is_sync};
use spinlock::{compare_exchange, guard, spin, swap, yielding};
use std::cell::Cell;
use std::rc::Rc;
use std::sync;

// One type for each answer to "may it move?" and "may it be shared?".
type Both = i32;
type OnlySend = Cell<i32>;
type OnlySync = sync::MutexGuard<'static, i32>;
type Neither = Rc<i32>;

#[test]
fn locks_and_guards_answer_as_those_of_the_standard_library_do() {
    macro_rules! values {
        ($($value:ty),*) => {$(
            assert_crosses_like!(swap::SpinLock<$value>, sync::Mutex<$value>);
            assert_crosses_like!(compare_exchange::SpinLock<$value>, sync::Mutex<$value>);
            assert_crosses_like!(guard::SpinLock<$value>, sync::Mutex<$value>);
            assert_crosses_like!(spin::SpinLock<$value>, sync::Mutex<$value>);
            assert_crosses_like!(yielding::SpinLock<$value>, sync::Mutex<$value>);
            assert_crosses_like!(guard::SpinGuard<'static, $value>, sync::MutexGuard<'static, $value>);
            assert_crosses_like!(spin::SpinGuard<'static, $value>, sync::MutexGuard<'static, $value>);
            assert_crosses_like!(yielding::SpinGuard<'static, $value>, sync::MutexGuard<'static, $value>);
        )*};
    }
    values!(Both, OnlySend, OnlySync, Neither);
}

#[test]
fn a_lock_is_shareable_where_its_value_can_move() {
    const { assert!(is_sync!(guard::SpinLock<OnlySend>)) };
    const { assert!(!is_sync!(guard::SpinLock<OnlySync>)) };
}

#[test]
fn a_guard_never_moves_and_is_shareable_where_its_value_is() {
    const { assert!(!is_send!(guard::SpinGuard<'static, Both>)) };
    const { assert!(is_sync!(guard::SpinGuard<'static, Both>)) };
    const { assert!(!is_sync!(guard::SpinGuard<'static, OnlySend>)) };
}
