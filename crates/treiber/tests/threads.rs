//! Which of the types may move to another thread, and which may be shared.

use send_sync::{is_send, is_sync};
use std::cell::Cell;
use std::rc::Rc;
use std::sync;
use treiber::Stack;

// One type for each answer to "may it move?" and "may it be shared?".
type Both = i32;
type OnlySend = Cell<i32>;
type OnlySync = sync::MutexGuard<'static, i32>;
type Neither = Rc<i32>;

#[test]
fn a_stack_crosses_where_its_values_may_move() {
    macro_rules! crosses {
        ($($kind:ident: $answer:expr),*) => {$(
            assert_eq!(is_send!(Stack<$kind>), $answer, stringify!($kind));
            assert_eq!(is_sync!(Stack<$kind>), $answer, stringify!($kind));
        )*};
    }
    crosses!(Both: true, OnlySend: true, OnlySync: false, Neither: false);
}
