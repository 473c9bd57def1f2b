//! Which of the types may move to another thread, and which may be shared.

use parking::{three, two};
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
fn locks_and_guards_answer_as_those_of_the_standard_library_do() {
    macro_rules! same {
        ($ours:ty, $std:ty) => {
            assert_eq!(is!(Send: $ours), is!(Send: $std), "{}: Send", stringify!($ours));
            assert_eq!(is!(Sync: $ours), is!(Sync: $std), "{}: Sync", stringify!($ours));
        };
    }
    macro_rules! values {
        ($($value:ty),*) => {$(
            same!(two::Mutex<$value>, sync::Mutex<$value>);
            same!(three::Mutex<$value>, sync::Mutex<$value>);
            same!(two::MutexGuard<'static, $value>, sync::MutexGuard<'static, $value>);
            same!(three::MutexGuard<'static, $value>, sync::MutexGuard<'static, $value>);
        )*};
    }
    values!(Both, OnlySend, OnlySync, Neither);
}

#[test]
fn a_lock_is_shareable_where_its_value_can_move() {
    const { assert!(is!(Sync: three::Mutex<OnlySend>)) };
    const { assert!(!is!(Sync: three::Mutex<OnlySync>)) };
}

#[test]
fn a_guard_never_moves_and_is_shareable_where_its_value_is() {
    const { assert!(!is!(Send: three::MutexGuard<'static, Both>)) };
    const { assert!(is!(Sync: three::MutexGuard<'static, Both>)) };
    const { assert!(!is!(Sync: three::MutexGuard<'static, OnlySend>)) };
}
