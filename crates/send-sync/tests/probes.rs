//! What the chapter on `Send` and `Sync` says of each type, asked both ways.

use send_sync::{assert_crosses_like, is_send, is_send_value, is_sync, is_sync_value};
use std::cell::{Cell, RefCell, UnsafeCell};
use std::collections::HashMap;
use std::marker::PhantomData;
use std::rc::{Rc, Weak};
use std::sync::atomic::AtomicUsize;
use std::sync::{
    Arc, Mutex, MutexGuard, OnceLock, RwLock, RwLockReadGuard, RwLockWriteGuard, mpsc,
};
use std::thread::{JoinHandle, LocalKey};

/// The answers for one type: may it move, may it be shared?
macro_rules! assert_crosses {
    ($($type:ty: send $send:literal, sync $sync:literal;)+) => {$(
        assert_eq!(is_send!($type), $send, concat!(stringify!($type), ": Send"));
        assert_eq!(is_sync!($type), $sync, concat!(stringify!($type), ": Sync"));
    )+};
}

/// Four types, one for each pair of answers.
type Both = u8;
type SendOnly = Cell<u8>;
type SyncOnly = MutexGuard<'static, u8>;
type Neither = Rc<u8>;

#[test]
fn every_pair_of_answers_has_a_type() {
    assert_crosses! {
        Both: send true, sync true;
        SendOnly: send true, sync false;
        SyncOnly: send false, sync true;
        Neither: send false, sync false;
    }
}

#[test]
fn a_type_that_crosses_otherwise_is_noticed() {
    assert_crosses_like!(SendOnly, RefCell<u8>);
    let differs = |ask: fn()| std::panic::catch_unwind(ask).is_err();
    assert!(differs(|| assert_crosses_like!(Both, SendOnly)));
    assert!(differs(|| assert_crosses_like!(Both, SyncOnly)));
}

#[test]
fn a_type_is_sync_if_and_only_if_its_reference_is_send() {
    macro_rules! agree {
        ($($type:ty),+ $(,)?) => {$(
            assert_eq!(is_sync!($type), is_send!(&'static $type), stringify!($type));
        )+};
    }
    agree!(
        Both,
        SendOnly,
        SyncOnly,
        Neither,
        str,
        [Cell<u8>],
        dyn Send,
        dyn Sync,
        dyn Fn(),
        *const u8,
        Arc<Cell<u8>>,
        Mutex<Cell<u8>>,
        Mutex<Rc<u8>>,
        RwLock<Cell<u8>>,
        LocalKey<Rc<u8>>,
        JoinHandle<Rc<u8>>,
        mpsc::Sender<u8>,
        mpsc::Receiver<u8>,
        OnceLock<Cell<u8>>,
    );
}

#[test]
fn a_shared_reference_asks_for_sync_and_an_exclusive_one_passes_both_on() {
    assert_crosses! {
        &'static Both: send true, sync true;
        &'static SendOnly: send false, sync false;
        &'static SyncOnly: send true, sync true;
        &'static Neither: send false, sync false;
        &'static mut Both: send true, sync true;
        &'static mut SendOnly: send true, sync false;
        &'static mut SyncOnly: send false, sync true;
        &'static mut Neither: send false, sync false;
    }
}

struct OfParts<A, B>(A, B);

#[expect(dead_code, reason = "only its type is asked about")]
enum OneOf {
    Plain(u8),
    Counted(Rc<u8>),
}

#[test]
fn a_compound_type_may_do_what_all_its_parts_may() {
    assert_crosses! {
        OfParts<Both, Both>: send true, sync true;
        OfParts<Both, SendOnly>: send true, sync false;
        OfParts<Both, SyncOnly>: send false, sync true;
        OfParts<SendOnly, SyncOnly>: send false, sync false;
        OneOf: send false, sync false;
        (Both, Neither): send false, sync false;
        [SendOnly; 2]: send true, sync false;
        Option<SyncOnly>: send false, sync true;
        HashMap<String, SendOnly>: send true, sync false;
    }
}

struct StaysHome(PhantomData<*const ()>);
struct NotShared(PhantomData<Cell<()>>);
struct NotMoved(PhantomData<MutexGuard<'static, ()>>);

#[test]
fn a_marker_field_of_no_size_opts_out() {
    assert_crosses! {
        StaysHome: send false, sync false;
        NotShared: send true, sync false;
        NotMoved: send false, sync true;
    }
    assert_eq!(size_of::<(StaysHome, NotShared, NotMoved)>(), 0);
    let _ = (
        StaysHome(PhantomData),
        NotShared(PhantomData),
        NotMoved(PhantomData),
    );
}

struct Owned<T>(*mut T);

// SAFETY: only the probes below ask about this type, and it is never made; a
// pointer that owns its `T` alone would move it from thread to thread.
unsafe impl<T: Send> Send for Owned<T> {}

#[test]
fn an_unsafe_impl_takes_on_one_promise_and_no_other() {
    assert_crosses! {
        Owned<Both>: send true, sync false;
        Owned<SendOnly>: send true, sync false;
        Owned<SyncOnly>: send false, sync false;
        Owned<Neither>: send false, sync false;
    }
    let _ = |owned: Owned<u8>| owned.0;
}

#[test]
fn the_counted_pointer_without_atomics_stays_and_the_one_with_them_goes() {
    assert_crosses! {
        Rc<Vec<i32>>: send false, sync false;
        Weak<Vec<i32>>: send false, sync false;
        Arc<Vec<i32>>: send true, sync true;
        Arc<SendOnly>: send false, sync false;
        Arc<SyncOnly>: send false, sync false;
        Arc<Neither>: send false, sync false;
    }
}

#[test]
fn interior_mutability_without_a_lock_or_an_atomic_is_not_shared() {
    assert_crosses! {
        UnsafeCell<u8>: send true, sync false;
        Cell<u8>: send true, sync false;
        RefCell<u8>: send true, sync false;
        Cell<Rc<u8>>: send false, sync false;
        AtomicUsize: send true, sync true;
        Mutex<u8>: send true, sync true;
        RwLock<u8>: send true, sync true;
    }
}

#[test]
fn a_mutex_makes_sync_out_of_send_and_a_rwlock_does_not() {
    assert_crosses! {
        Mutex<Both>: send true, sync true;
        Mutex<SendOnly>: send true, sync true;
        Mutex<SyncOnly>: send false, sync false;
        Mutex<Neither>: send false, sync false;
        RwLock<Both>: send true, sync true;
        RwLock<SendOnly>: send true, sync false;
        RwLock<SyncOnly>: send false, sync false;
        RwLock<Neither>: send false, sync false;
    }
}

#[test]
fn a_guard_is_never_sent_and_is_shared_if_what_it_guards_is() {
    assert_crosses! {
        MutexGuard<'static, Both>: send false, sync true;
        MutexGuard<'static, SendOnly>: send false, sync false;
        RwLockReadGuard<'static, Both>: send false, sync true;
        RwLockReadGuard<'static, SendOnly>: send false, sync false;
        RwLockWriteGuard<'static, Both>: send false, sync true;
        RwLockWriteGuard<'static, SendOnly>: send false, sync false;
    }
}

#[test]
fn raw_pointers_stay_and_the_key_to_a_thread_local_goes_anywhere() {
    assert_crosses! {
        *const u8: send false, sync false;
        *mut u8: send false, sync false;
        LocalKey<Cell<u8>>: send true, sync true;
        LocalKey<Rc<u8>>: send true, sync true;
    }
}

fn reads_by_reference(shared: &Cell<i32>) -> impl Fn() -> i32 {
    || shared.get()
}

fn reads_its_own(owned: Cell<i32>) -> impl Fn() -> i32 {
    move || owned.get()
}

fn reads_counted(counted: Rc<i32>) -> impl Fn() -> i32 {
    move || *counted
}

fn reads_nothing() -> impl Fn() -> i32 {
    || 1
}

#[test]
fn a_closure_may_do_what_its_captures_may() {
    let cell = Cell::new(1);
    let by_reference = reads_by_reference(&cell);
    assert!(!is_send_value!(by_reference) && !is_sync_value!(by_reference));

    let by_move = reads_its_own(Cell::new(1));
    assert!(is_send_value!(by_move) && !is_sync_value!(by_move));

    let counted = reads_counted(Rc::new(1));
    assert!(!is_send_value!(counted) && !is_sync_value!(counted));

    let nothing = reads_nothing();
    assert!(is_send_value!(nothing) && is_sync_value!(nothing));

    assert_eq!(by_reference() + by_move() + counted() + nothing(), 4);
}

struct SendPtr(*mut u8);

// SAFETY: the pointers made in this file are null and never followed.
unsafe impl Send for SendPtr {}

fn names_the_field(p: SendPtr) -> impl FnOnce() -> bool {
    move || p.0.is_null()
}

fn names_the_whole(p: SendPtr) -> impl FnOnce() -> bool {
    move || {
        let p = p;
        p.0.is_null()
    }
}

#[test]
fn a_closure_captures_the_field_it_names_and_not_the_struct_around_it() {
    let field = names_the_field(SendPtr(std::ptr::null_mut()));
    assert!(!is_send_value!(field));
    let whole = names_the_whole(SendPtr(std::ptr::null_mut()));
    assert!(is_send_value!(whole));
    assert!(field() && whole());
}

#[test]
fn a_trait_object_promises_only_what_it_names() {
    assert_crosses! {
        Box<dyn Fn()>: send false, sync false;
        Box<dyn Fn() + Send>: send true, sync false;
        Box<dyn Fn() + Send + Sync>: send true, sync true;
    }
}

const _: () = assert!(is_send!(Vec<u8>) && !is_send!(Rc<u8>));
