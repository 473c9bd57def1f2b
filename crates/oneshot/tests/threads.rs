//! Which of the types may move to another thread, and which may be shared.

use oneshot::{flag, halves, parked};
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
fn a_channel_and_its_halves_cross_where_the_message_may_move() {
    macro_rules! crosses {
        ($($kind:ident: $answer:expr),*) => {$(
            assert_eq!(is_sync!(flag::OneShot<$kind>), $answer, stringify!($kind));
            assert_eq!(is_send!(halves::Sender<$kind>), $answer, stringify!($kind));
            assert_eq!(is_send!(halves::Receiver<$kind>), $answer, stringify!($kind));
            assert_eq!(is_send!(parked::Sender<$kind>), $answer, stringify!($kind));
            assert_eq!(is_send!(parked::Receiver<$kind>), $answer, stringify!($kind));
        )*};
    }
    crosses!(Both: true, OnlySend: true, OnlySync: false, Neither: false);
}
