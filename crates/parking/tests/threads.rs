//! Which of the types may move to another thread, and which may be shared.

use parking::{three, two};
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
fn locks_and_guards_answer_as_those_of_the_standard_library_do() {
    macro_rules! values {
        ($($value:ty),*) => {$(
            assert_crosses_like!(two::Mutex<$value>, sync::Mutex<$value>);
            assert_crosses_like!(three::Mutex<$value>, sync::Mutex<$value>);
            assert_crosses_like!(two::MutexGuard<'static, $value>, sync::MutexGuard<'static, $value>);
            assert_crosses_like!(three::MutexGuard<'static, $value>, sync::MutexGuard<'static, $value>);
        )*};
    }
    values!(Both, OnlySend, OnlySync, Neither);
}

#[test]
fn a_lock_is_shareable_where_its_value_can_move() {
    const { assert!(is_sync!(three::Mutex<OnlySend>)) };
    const { assert!(!is_sync!(three::Mutex<OnlySync>)) };
}

#[test]
fn a_guard_never_moves_and_is_shareable_where_its_value_is() {
    const { assert!(!is_send!(three::MutexGuard<'static, Both>)) };
    const { assert!(is_sync!(three::MutexGuard<'static, Both>)) };
    const { assert!(!is_sync!(three::MutexGuard<'static, OnlySend>)) };
}
