//! The gate of our own: what it lets through arrives, and it lets through
//! nothing that the standard one keeps back.

use send_sync::gate::{MayCross, MayShare, spawn};
use send_sync::{is_send, is_sync};
use std::cell::{Cell, RefCell};
use std::marker::PhantomData;
use std::panic;
use std::rc::Rc;
use std::sync::{Arc, Mutex, RwLock};
use std::thread;

#[test]
fn what_crosses_arrives_on_another_thread_and_its_result_comes_back() {
    let (length, there) = spawn(vec![1, 2, 3], |numbers| {
        (numbers.len(), Thread(thread::current().id()))
    })
    .join()
    .unwrap();
    assert_eq!(length, 3);
    assert_ne!(there.0, thread::current().id());
}

#[test]
fn a_panic_comes_back_by_its_handle() {
    let child = spawn(7, |number: i32| -> i32 { panic::panic_any(number) });
    let payload = child.join().unwrap_err();
    assert_eq!(payload.downcast_ref::<i32>(), Some(&7));
}

#[test]
fn threads_share_what_may_be_shared() {
    let total = Arc::new(Mutex::new(0));
    let children: Vec<_> = (1..=4)
        .map(|number| {
            spawn((Arc::clone(&total), number), |(total, number)| {
                *total.lock().unwrap() += number;
            })
        })
        .collect();
    for child in children {
        child.join().unwrap();
    }
    assert_eq!(*total.lock().unwrap(), 10);
}

#[test]
fn a_static_may_be_lent() {
    static NUMBERS: [i32; 3] = [1, 2, 3];
    let child = spawn(&NUMBERS[..], |numbers| numbers.iter().sum::<i32>());
    assert_eq!(child.join().unwrap(), 6);
}

/// The standard gate isn't asked: this type has no `Send`, and crosses.
#[test]
fn a_type_crosses_by_our_word_alone() {
    struct Owner(*mut i32);
    // SAFETY: there is one `Owner` of each place, and it owns it alone.
    unsafe impl MayCross for Owner {}
    impl Drop for Owner {
        fn drop(&mut self) {
            // SAFETY: it came from a `Box`, and this is its one owner.
            drop(unsafe { Box::from_raw(self.0) });
        }
    }
    assert!(!is_send!(Owner));

    let owner = Owner(Box::into_raw(Box::new(41)));
    // SAFETY: the owner is here, so the place is still there.
    let child = spawn(owner, |owner| unsafe { *owner.0 + 1 });
    assert_eq!(child.join().unwrap(), 42);
}

/// Where a thread is; it may cross, since it is a number.
struct Thread(thread::ThreadId);
// SAFETY: a `ThreadId` names a thread and gives no access to it.
unsafe impl MayCross for Thread {}

/// The question of `Probe`, about our traits.
struct Ours<T: ?Sized>(PhantomData<T>);

impl<T: ?Sized + MayCross> Ours<T> {
    const CROSS: bool = true;
}

impl<T: ?Sized + MayShare> Ours<T> {
    const SHARE: bool = true;
}

trait OrNot {
    const CROSS: bool = false;
    const SHARE: bool = false;
}

impl<T: ?Sized> OrNot for Ours<T> {}

/// Types with each pair of answers, and the same ones to both gatekeepers.
type Both = u8;
type CrossOnly = Cell<u8>;
struct ShareOnly(#[expect(dead_code, reason = "only its type matters")] *const u8);
type Neither = Rc<u8>;

// SAFETY: there is nothing that one could do with it.
unsafe impl Sync for ShareOnly {}
// SAFETY: as above.
unsafe impl MayShare for ShareOnly {}

/// For each type: the answers of our gate, of the standard one, and equality.
macro_rules! assert_agree {
    ($($type:ty),+ $(,)?) => {$(
        assert_eq!(<Ours<$type>>::CROSS, is_send!($type), concat!(stringify!($type), " crosses"));
        assert_eq!(<Ours<$type>>::SHARE, is_sync!($type), concat!(stringify!($type), " is shared"));
    )+};
}

/// A generic type around each of the four.
macro_rules! assert_agree_around_all {
    ($($wrapper:ident),+) => {$(
        assert_agree!($wrapper<Both>, $wrapper<CrossOnly>, $wrapper<ShareOnly>, $wrapper<Neither>);
    )+};
}

#[test]
fn our_gatekeeper_and_the_standard_one_give_the_same_answers() {
    assert_agree!(Both, CrossOnly, ShareOnly, Neither);
    assert_agree_around_all!(Vec, Box, Option, Cell, RefCell, Arc, Mutex, RwLock, Rc);
    assert_agree!(
        &'static Both,
        &'static CrossOnly,
        &'static ShareOnly,
        &'static Neither
    );
    assert_agree!([Both], [CrossOnly], [ShareOnly], [Neither]);
    assert_agree!((Both, CrossOnly), (CrossOnly, Both), (CrossOnly, ShareOnly));
    assert_agree!(
        (Both, ShareOnly),
        (ShareOnly, Both),
        (Both, Neither),
        (Neither, Both)
    );
    assert_agree!(*const u8, *mut u8, (), bool, char, f32, f64, String, str);
}
