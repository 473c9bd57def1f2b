//! Which of the types may move to another thread, and which may be shared.

use counted::{shared, unique, weak};
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
fn owners_and_handles_answer_as_those_of_the_standard_library_do() {
    macro_rules! same {
        ($ours:ty, $std:ty) => {
            assert_eq!(is!(Send: $ours), is!(Send: $std), "{}: Send", stringify!($ours));
            assert_eq!(is!(Sync: $ours), is!(Sync: $std), "{}: Sync", stringify!($ours));
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
    const { assert!(is!(Send: weak::Counted<Both>)) };
    const { assert!(!is!(Send: weak::Counted<OnlySend>)) };
    const { assert!(!is!(Send: weak::Counted<OnlySync>)) };
}
