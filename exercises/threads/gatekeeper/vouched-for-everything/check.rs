use std::cell::Cell;
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::MutexGuard;

use crate::task::Owner;

/// A type's own constant comes before a trait's: it is there only where the bound holds.
struct Probe<T>(PhantomData<T>);

impl<T: Send> Probe<T> {
    const SEND: bool = true;
}

impl<T: Sync> Probe<T> {
    const SYNC: bool = true;
}

trait Otherwise {
    const SEND: bool = false;
    const SYNC: bool = false;
}

impl<T> Otherwise for Probe<T> {}

type Guard = MutexGuard<'static, u8>;

#[test]
fn what_may_cross_alone_may_cross_in_an_owner() {
    assert!(Probe::<Owner<u8>>::SEND, "an owner of a number has to stay");
    assert!(
        Probe::<Owner<u8>>::SYNC,
        "an owner of a number can't be shared"
    );
    assert!(
        Probe::<Owner<Cell<u8>>>::SEND,
        "an owner of a `Cell` has to stay"
    );
    assert_eq!(*Owner::new(7).get(), 7, "the value");
}

#[test]
fn what_has_to_stay_alone_stays_in_an_owner() {
    assert!(
        !Probe::<Owner<Rc<u8>>>::SEND,
        "an `Rc` goes where it may not go alone"
    );
    assert!(
        !Probe::<Owner<Guard>>::SEND,
        "a guard goes where it may not go alone"
    );
}

#[test]
fn an_owner_is_shared_if_its_value_may_be() {
    assert!(
        !Probe::<Owner<Cell<u8>>>::SYNC,
        "a `Cell` goes where it may not go alone"
    );
    assert!(
        Probe::<Owner<Guard>>::SYNC,
        "an owner of a guard can't be shared"
    );
}

#[test]
fn the_value_is_destroyed_with_its_owner() {
    let value = Rc::new(());
    drop(Owner::new(Rc::clone(&value)));
    assert_eq!(
        Rc::strong_count(&value),
        1,
        "owners of the value that are left"
    );
}
