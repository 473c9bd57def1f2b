//! Which of the types may move to another thread, and which may be shared.

use oneshot::{flag, halves, parked};
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
fn a_channel_and_its_halves_cross_where_the_message_may_move() {
    macro_rules! crosses {
        ($($kind:ident: $answer:expr),*) => {$(
            assert_eq!(is!(Sync: flag::OneShot<$kind>), $answer, stringify!($kind));
            assert_eq!(is!(Send: halves::Sender<$kind>), $answer, stringify!($kind));
            assert_eq!(is!(Send: halves::Receiver<$kind>), $answer, stringify!($kind));
            assert_eq!(is!(Send: parked::Sender<$kind>), $answer, stringify!($kind));
            assert_eq!(is!(Send: parked::Receiver<$kind>), $answer, stringify!($kind));
        )*};
    }
    crosses!(Both: true, OnlySend: true, OnlySync: false, Neither: false);
}
