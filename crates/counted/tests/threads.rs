//! Which of the types may move to another thread, and which may be shared.

use counted::{shared, unique, weak};
use send_sync::{is_send, is_sync};
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
    macro_rules! same {
        ($ours:ty, $std:ty) => {
            assert_eq!(
                is_send!($ours),
                is_send!($std),
                "{}: Send",
                stringify!($ours)
            );
            assert_eq!(
                is_sync!($ours),
                is_sync!($std),
                "{}: Sync",
                stringify!($ours)
            );
        };
    }
    macro_rules! values {
        ($($value:ty),*) => {$(
            same!(shared::Counted<$value>, sync::Arc<$value>);
            same!(unique::Counted<$value>, sync::Arc<$value>);
            same!(weak::Counted<$value>, sync::Arc<$value>);
            same!(weak::Weak<$value>, sync::Weak<$value>);
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
