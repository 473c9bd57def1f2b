//! Every stage's own source, run by loom under every schedule in which no more
//! than twice a thread that could go on has to wait for another.

#[path = "../src/arena.rs"]
mod arena;
#[path = "../src/stack.rs"]
mod stack;
#[path = "../src/tagged.rs"]
mod tagged;

use loom::cell::UnsafeCell;
use loom_std::sync::Arc;
use loom_std::{sync, thread};

fn model(test: impl Fn() + Send + Sync + 'static) {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(2);
    model.check(test);
}

/// Crossbeam's epochs on loom's pointers, as far as the stack uses them, and
/// with nothing freed: a model is over soon, and what the stack must see to is
/// the order in which threads see its nodes.
mod epoch {
    use loom_std::sync::atomic::{AtomicPtr, Ordering};
    use std::marker::PhantomData;
    use std::ptr;

    pub struct Guard;

    pub fn pin() -> Guard {
        Guard
    }

    pub struct Owned<T>(Box<T>);

    pub struct Shared<'g, T>(*mut T, PhantomData<&'g Guard>);

    impl<T> Clone for Shared<'_, T> {
        fn clone(&self) -> Self {
            *self
        }
    }

    impl<T> Copy for Shared<'_, T> {}

    pub struct Atomic<T>(AtomicPtr<T>);

    pub struct Failure<'g, T> {
        pub current: Shared<'g, T>,
    }

    impl Guard {
        pub unsafe fn defer_destroy<T>(&self, _: Shared<'_, T>) {}
    }

    impl<T> Owned<T> {
        pub fn new(value: T) -> Owned<T> {
            Owned(Box::new(value))
        }

        pub fn into_shared(self, _: &Guard) -> Shared<'_, T> {
            Shared(Box::into_raw(self.0), PhantomData)
        }
    }

    impl<'g, T> Shared<'g, T> {
        pub unsafe fn as_ref(&self) -> Option<&'g T> {
            // SAFETY: nothing is freed.
            unsafe { self.0.as_ref() }
        }

        pub unsafe fn deref(&self) -> &'g T {
            // SAFETY: nothing is freed, and the caller knows of a node here.
            unsafe { &*self.0 }
        }
    }

    impl<T> Atomic<T> {
        pub fn null() -> Atomic<T> {
            Atomic(AtomicPtr::new(ptr::null_mut()))
        }

        pub fn load<'g>(&self, order: Ordering, _: &'g Guard) -> Shared<'g, T> {
            Shared(self.0.load(order), PhantomData)
        }

        pub fn store(&self, new: Shared<'_, T>, order: Ordering) {
            self.0.store(new.0, order);
        }

        pub fn compare_exchange<'g>(
            &self,
            current: Shared<'g, T>,
            new: Shared<'g, T>,
            success: Ordering,
            failure: Ordering,
            _: &'g Guard,
        ) -> Result<Shared<'g, T>, Failure<'g, T>> {
            match self.0.compare_exchange(current.0, new.0, success, failure) {
                Ok(_) => Ok(new),
                Err(other) => Err(Failure {
                    current: Shared(other, PhantomData),
                }),
            }
        }
    }
}

/// Both pop until nothing is left, and one gives its first place back. No place
/// may end with two owners.
macro_rules! places_keep_one_owner {
    ($stage:ident) => {
        model(|| {
            let stack = Arc::new($stage::Stack::<3>::new());
            (0..3).for_each(|place| stack.push(place));
            let other = thread::spawn({
                let stack = stack.clone();
                move || {
                    let first = stack.pop();
                    let second = stack.pop();
                    first.inspect(|&place| stack.push(place));
                    second
                }
            });
            let mine = [stack.pop(), stack.pop()];
            let theirs = other.join().unwrap();
            let mut all: Vec<u32> = mine.into_iter().flatten().chain(theirs).collect();
            all.extend(std::iter::from_fn(|| stack.pop()));
            all.sort_unstable();
            assert_eq!(all, [0, 1, 2], "a place with two owners, or with none");
        });
    };
}

#[test]
#[should_panic = "a place with two owners"]
fn a_top_that_comes_back_gives_a_place_two_owners() {
    places_keep_one_owner!(arena);
}

#[test]
fn a_top_with_a_version_never_comes_back() {
    places_keep_one_owner!(tagged);
}

/// What lies at each place, watched by loom.
struct Places([UnsafeCell<u32>; 2]);

// SAFETY: loom runs one thread at a time, so no two accesses really meet; it
// reports that they could.
unsafe impl Sync for Places {}

/// Who pops a place uses it, and gives it back used.
macro_rules! an_owner_sees_what_the_last_one_did {
    ($stage:ident) => {
        model(|| {
            let stack = $stage::Stack::<2>::new();
            (0..2).for_each(|place| stack.push(place));
            let places = Places([UnsafeCell::new(0), UnsafeCell::new(0)]);
            let shared = Arc::new((stack, places));
            let use_one = |(stack, Places(places)): &($stage::Stack<2>, Places)| {
                let place = stack.pop().unwrap();
                // SAFETY: see `Places`.
                places[place as usize].with_mut(|uses| unsafe { *uses += 1 });
                stack.push(place);
            };
            let other = thread::spawn({
                let shared = shared.clone();
                move || use_one(&shared)
            });
            use_one(&shared);
            other.join().unwrap();
        });
    };
}

#[test]
fn an_owner_of_a_place_sees_what_the_last_one_did_there() {
    an_owner_sees_what_the_last_one_did!(arena);
    an_owner_sees_what_the_last_one_did!(tagged);
}

/// One pushes, the other pops: no place comes back, so nothing is to blame but
/// the order in which the other sees the steps.
macro_rules! no_place_is_lost {
    ($stage:ident) => {
        model(|| {
            let stack = Arc::new($stage::Stack::<2>::new());
            let other = thread::spawn({
                let stack = stack.clone();
                move || (0..2).for_each(|place| stack.push(place))
            });
            let mut all: Vec<u32> = stack.pop().into_iter().collect();
            other.join().unwrap();
            all.extend(std::iter::from_fn(|| stack.pop()));
            all.sort_unstable();
            assert_eq!(all, [0, 1]);
        });
    };
}

#[test]
fn who_sees_a_place_on_top_sees_what_lies_below() {
    no_place_is_lost!(arena);
    no_place_is_lost!(tagged);
}

/// A value of which loom sees whether who reads it may.
struct Watched(UnsafeCell<u32>);

impl Watched {
    fn new(value: u32) -> Watched {
        Watched(UnsafeCell::new(value))
    }

    fn get(self) -> u32 {
        // SAFETY: as for `Places`.
        self.0.with(|value| unsafe { *value })
    }
}

#[test]
fn each_value_is_popped_once_by_a_thread_that_may_read_it() {
    model(|| {
        let stack = Arc::new(stack::Stack::new());
        let other = thread::spawn({
            let stack = stack.clone();
            move || {
                stack.push(Watched::new(1));
                stack.pop().map(Watched::get)
            }
        });
        stack.push(Watched::new(2));
        let mine = stack.pop().map(Watched::get);
        let theirs = other.join().unwrap();
        let mut all: Vec<u32> = mine.into_iter().chain(theirs).collect();
        all.sort_unstable();
        assert_eq!(all, [1, 2]);
    });
}

/// The second thread pushes above the first one's node and takes its own off
/// again, without any ordering; the third then finds the first one's.
#[test]
fn a_node_shows_itself_also_after_what_lay_above_it_was_taken_off() {
    model(|| {
        let stack = Arc::new(stack::Stack::new());
        let first = thread::spawn({
            let stack = stack.clone();
            move || stack.push(Watched::new(1))
        });
        let second = thread::spawn({
            let stack = stack.clone();
            move || {
                stack.push(Watched::new(2));
                stack.pop().map(Watched::get)
            }
        });
        let mine = stack.pop().map(Watched::get);
        first.join().unwrap();
        let theirs = second.join().unwrap();
        assert!(theirs.is_some() || mine.is_some());
        assert_ne!(mine, theirs);
    });
}
