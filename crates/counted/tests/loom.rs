//! Every stage's own source, run by loom under every schedule.

#[path = "../src/lossy.rs"]
mod lossy;
#[path = "../src/shared.rs"]
mod shared;
#[path = "../src/unique.rs"]
mod unique;
#[path = "../src/weak.rs"]
mod weak;

use loom::cell::UnsafeCell;
use loom_std::sync::Arc;
use loom_std::{sync, thread};

/// A value of which loom sees each use, and whose end is one.
struct Watched(UnsafeCell<i32>);

// SAFETY: loom runs one thread at a time, so no two accesses really meet; it
// reports that they could.
unsafe impl Sync for Watched {}

impl Watched {
    fn new(value: i32) -> Watched {
        Watched(UnsafeCell::new(value))
    }

    fn get(&self) -> i32 {
        // SAFETY: as above.
        self.0.with(|value| unsafe { *value })
    }

    fn set(&mut self, new: i32) {
        // SAFETY: as above.
        self.0.with_mut(|value| unsafe { *value = new });
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        // A second panic would hide the first.
        if !std::thread::panicking() {
            self.set(-1);
        }
    }
}

/// Two owners go at once: which of them hear that they were the last?
fn two_owners_go() -> [bool; 2] {
    let owners = Arc::new(lossy::Owners::one());
    owners.come();
    let other = thread::spawn({
        let owners = owners.clone();
        move || owners.go()
    });
    [owners.go(), other.join().unwrap()]
}

#[test]
#[should_panic = "nobody frees the value"]
fn a_count_by_load_and_store_lets_the_last_two_wait_for_each_other_in_vain() {
    loom::model(|| assert_ne!(two_owners_go(), [false, false], "nobody frees the value"));
}

/// Two owners come at once, and go again: three came, so the third is the last.
#[test]
#[should_panic = "freed with an owner left"]
fn a_count_by_load_and_store_misses_owners_that_come_at_once() {
    loom::model(|| {
        let owners = Arc::new(lossy::Owners::one());
        let other = thread::spawn({
            let owners = owners.clone();
            move || owners.come()
        });
        owners.come();
        other.join().unwrap();
        let last = [owners.go(), owners.go(), owners.go()];
        assert_eq!(last, [false, false, true], "freed with an owner left");
    });
}

/// The tests of each stage that has a value.
macro_rules! stages {
    ($($name:ident: $stage:ident),* $(,)?) => {$(
        mod $name {
            use super::Watched;
            use crate::$stage::Counted;
            use loom_std::thread;

            #[test]
            fn the_value_ends_after_its_last_use_in_any_thread() {
                loom::model(|| {
                    let mine = Counted::new(Watched::new(7));
                    let theirs = mine.clone();
                    let other = thread::spawn(move || assert_eq!(theirs.get(), 7));
                    assert_eq!(mine.get(), 7);
                    drop(mine);
                    other.join().unwrap();
                });
            }

            #[test]
            fn owners_may_come_while_others_go() {
                loom::model(|| {
                    let mine = Counted::new(Watched::new(7));
                    let theirs = mine.clone();
                    let other = thread::spawn(move || {
                        let one_more = theirs.clone();
                        drop(theirs);
                        one_more.get()
                    });
                    drop(mine.clone());
                    drop(mine);
                    assert_eq!(other.join().unwrap(), 7);
                });
            }
        }
    )*};
}

stages! {
    stage_2: shared,
    stage_3: unique,
    stage_4: weak,
}

/// The tests of each stage that lends its value to the last owner.
macro_rules! stages_with_get_mut {
    ($($name:ident: $stage:ident),* $(,)?) => {$(
        #[test]
        fn $name() {
            loom::model(|| {
                let mut mine = $stage::Counted::new(Watched::new(7));
                let theirs = mine.clone();
                let other = thread::spawn(move || theirs.get());
                if let Some(value) = $stage::Counted::get_mut(&mut mine) {
                    value.set(8);
                }
                assert_eq!(other.join().unwrap(), 7);
                $stage::Counted::get_mut(&mut mine).unwrap().set(9);
                assert_eq!(mine.get(), 9);
            });
        }
    )*};
}

stages_with_get_mut! {
    stage_3_changes_the_value_after_the_others_last_use: unique,
    stage_4_changes_the_value_after_the_others_last_use: weak,
}

#[test]
fn a_handle_upgrades_while_the_value_lives_and_never_after() {
    loom::model(|| {
        let owner = weak::Counted::new(Watched::new(7));
        let handle = weak::Counted::downgrade(&owner);
        let other = thread::spawn(move || {
            if let Some(owner) = handle.upgrade() {
                assert_eq!(owner.get(), 7);
            }
        });
        drop(owner);
        other.join().unwrap();
    });
}

#[test]
fn the_memory_ends_after_the_value_and_after_every_handle() {
    loom::model(|| {
        let owner = weak::Counted::new(Watched::new(7));
        let handles = [(); 2].map(|()| weak::Counted::downgrade(&owner));
        let others = handles.map(|handle| thread::spawn(move || drop(handle)));
        drop(owner);
        for other in others {
            other.join().unwrap();
        }
    });
}

#[test]
fn whoever_upgraded_is_in_the_way_of_a_change() {
    loom::model(|| {
        let mut mine = weak::Counted::new(Watched::new(7));
        let handle = weak::Counted::downgrade(&mine);
        let other = thread::spawn(move || {
            let theirs = handle.upgrade();
            drop(handle);
            theirs.unwrap().get()
        });
        if let Some(value) = weak::Counted::get_mut(&mut mine) {
            value.set(8);
        }
        assert_eq!(other.join().unwrap(), 7);
    });
}
