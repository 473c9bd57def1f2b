//! Which of the types may move to another thread, and which may be shared.

use counted::{shared, unique, weak};
use send_sync::{assert_crosses_like, is_send};
use std::cell::Cell;
use std::rc::Rc;
use std::sync;

// One type for each answer to "may it move?" and "may it be shared?".
type Both = i32;
type OnlySend = Cell<i32>;
type OnlySync = sync::MutexGuard<'static, i32>;
type Neither = Rc<i32>;

#[test]
fn owners_and_handles_answer_as_those_of_the_standard_library_do() {
    macro_rules! values {
        ($($value:ty),*) => {$(
            assert_crosses_like!(shared::Counted<$value>, sync::Arc<$value>);
            assert_crosses_like!(unique::Counted<$value>, sync::Arc<$value>);
            assert_crosses_like!(weak::Counted<$value>, sync::Arc<$value>);
            assert_crosses_like!(weak::Weak<$value>, sync::Weak<$value>);
        )*};
    }
    values!(Both, OnlySend, OnlySync, Neither);
}

#[test]
fn an_owner_crosses_where_its_value_may_move_and_be_shared() {
    const { assert!(is_send!(weak::Counted<Both>)) };
    const { assert!(!is_send!(weak::Counted<OnlySend>)) };
    const { assert!(!is_send!(weak::Counted<OnlySync>)) };
}
