//! The scope's own source, run by loom under every schedule.
//!
//! What children write stands in loom's cells: loom fails a test in which the
//! parent looks at one with nothing between the two that orders them, which is
//! what a join is for.

extern crate std as real;
// To the source, this file *is* the standard library: of what it names there,
// locks and threads are loom's, and the rest is what it always was.
extern crate self as std;

#[path = "../src/scope.rs"]
mod scope;

pub use real::{any, marker, mem, panic, process};

/// As in the standard library: loom's mutex is never poisoned, and lets a
/// `try_lock` wait.
pub mod sync {
    pub use real::sync::{Arc, PoisonError};

    use loom::sync::Condvar;
    use real::ops::{Deref, DerefMut};
    use real::sync::{LockResult, TryLockError, TryLockResult};

    /// A mutex whose waiting is loom's.
    pub struct Mutex<T> {
        taken: loom::sync::Mutex<bool>,
        given_back: Condvar,
        value: real::sync::Mutex<T>,
    }

    /// Gives it back.
    pub struct MutexGuard<'a, T> {
        mutex: &'a Mutex<T>,
        value: Option<real::sync::MutexGuard<'a, T>>,
    }

    impl<T> Mutex<T> {
        /// A mutex that nobody has.
        pub fn new(value: T) -> Mutex<T> {
            Mutex {
                taken: loom::sync::Mutex::new(false),
                given_back: Condvar::new(),
                value: real::sync::Mutex::new(value),
            }
        }

        /// # Errors
        ///
        /// If somebody panicked with it.
        pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
            let mut taken = self.taken.lock().unwrap();
            while *taken {
                taken = self.given_back.wait(taken).unwrap();
            }
            *taken = true;
            self.guard()
        }

        /// # Errors
        ///
        /// If somebody has it, or panicked with it.
        pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
            let mut taken = self.taken.lock().unwrap();
            if *taken {
                return Err(TryLockError::WouldBlock);
            }
            *taken = true;
            Ok(self.guard()?)
        }

        fn guard(&self) -> LockResult<MutexGuard<'_, T>> {
            let guard = |value| MutexGuard {
                mutex: self,
                value: Some(value),
            };
            match self.value.lock() {
                Ok(value) => Ok(guard(value)),
                Err(poisoned) => Err(PoisonError::new(guard(poisoned.into_inner()))),
            }
        }
    }

    impl<T> Deref for MutexGuard<'_, T> {
        type Target = T;

        fn deref(&self) -> &T {
            self.value.as_ref().unwrap()
        }
    }

    impl<T> DerefMut for MutexGuard<'_, T> {
        fn deref_mut(&mut self) -> &mut T {
            self.value.as_mut().unwrap()
        }
    }

    impl<T> Drop for MutexGuard<'_, T> {
        fn drop(&mut self) {
            self.value = None;
            *self.mutex.taken.lock().unwrap() = false;
            self.mutex.given_back.notify_one();
        }
    }
}

/// As in the standard library: loom has no thread that may borrow, and none
/// that may panic.
pub mod thread {
    pub use real::thread::Result;

    use loom::sync::atomic::{AtomicBool, Ordering::Relaxed};
    use real::boxed::Box;
    use real::cell::Cell;
    use real::io;
    use real::mem::transmute;
    use real::panic::{AssertUnwindSafe, catch_unwind};
    use real::sync::Arc;

    real::thread_local!(static NO_MORE: Cell<bool> = const { Cell::new(false) });

    /// Has the system refuse the next thread.
    pub fn no_more() {
        NO_MORE.set(true);
    }

    /// What starts threads.
    pub struct Builder;

    impl Builder {
        #[expect(clippy::new_without_default, reason = "the standard one has none")]
        #[expect(missing_docs, reason = "what it does is known")]
        pub fn new() -> Builder {
            Builder
        }

        /// # Safety
        ///
        /// As the standard library's, which this stands for.
        pub unsafe fn spawn_unchecked<'a, F, T>(self, f: F) -> io::Result<JoinHandle<T>>
        where
            F: FnOnce() -> T + Send + 'a,
            T: Send + 'static,
        {
            if NO_MORE.take() {
                return Err(io::Error::other("no more threads"));
            }
            let f: Box<dyn FnOnce() -> T + 'a> = Box::new(f);
            // SAFETY: the same closure for longer; our caller sees to it that
            // what it borrows is there for as long as the thread runs.
            let f: Box<dyn FnOnce() -> T> = unsafe { transmute(f) };
            let finished = Arc::new(AtomicBool::new(false));
            let its = Arc::clone(&finished);
            let thread = loom::thread::spawn(move || {
                let result = catch_unwind(AssertUnwindSafe(f));
                its.store(true, Relaxed);
                result
            });
            Ok(JoinHandle { thread, finished })
        }
    }

    /// A thread that can be joined.
    pub struct JoinHandle<T> {
        thread: loom::thread::JoinHandle<Result<T>>,
        finished: Arc<AtomicBool>,
    }

    impl<T> JoinHandle<T> {
        /// Waits for its end.
        pub fn join(self) -> Result<T> {
            self.thread.join().unwrap()
        }

        /// Whether it is over. A *yes* orders nothing: that is what a join is for.
        pub fn is_finished(&self) -> bool {
            self.finished.load(Relaxed)
        }
    }
}

use crate::scope::scope;
use loom::cell::Cell;

/// A place that one thread has at a time, or loom says which two had it.
struct Place(Cell<u32>);

// SAFETY: loom runs one thread at a time, so no two accesses really meet; it
// reports that they could.
unsafe impl Sync for Place {}

impl Place {
    fn empty() -> Place {
        Place(Cell::new(0))
    }

    fn fill(&self) {
        self.0.set(1);
    }

    fn look(&self) -> u32 {
        self.0.get()
    }
}

#[test]
fn what_children_wrote_is_the_parents_after_the_scope() {
    loom::model(|| {
        let places = [Place::empty(), Place::empty()];
        scope(|s| {
            for place in &places {
                s.spawn(|| place.fill());
            }
        });
        assert_eq!(places.map(|place| place.look()), [1, 1]);
    });
}

#[test]
fn what_a_child_of_a_child_wrote_is_the_parents_after_the_scope() {
    loom::model(|| {
        let places = [Place::empty(), Place::empty()];
        let [mine, its] = &places;
        scope(|s| {
            s.spawn(move || {
                s.spawn(|| its.fill());
                mine.fill();
            });
        });
        assert_eq!(places.map(|place| place.look()), [1, 1]);
    });
}

#[test]
fn what_a_child_wrote_is_its_siblings_who_joins_it() {
    loom::model(|| {
        let place = Place::empty();
        scope(|s| {
            let first = s.spawn(|| place.fill());
            let second = s.spawn(|| {
                first.join().unwrap();
                place.look()
            });
            assert_eq!(second.join().unwrap(), 1);
        });
    });
}

#[test]
fn a_child_that_both_its_sibling_and_the_scope_wait_for_has_ended_for_both() {
    loom::model(|| {
        let place = Place::empty();
        scope(|s| {
            let first = s.spawn(|| place.fill());
            s.spawn(|| {
                first.join().unwrap();
                place.look()
            });
        });
        assert_eq!(place.look(), 1);
    });
}

#[test]
fn a_child_may_spawn_while_it_is_waited_for() {
    loom::model(|| {
        let place = Place::empty();
        scope(|s| {
            let child = s.spawn(|| {
                s.spawn(|| place.fill());
            });
            child.join().unwrap();
        });
        assert_eq!(place.look(), 1);
    });
}

#[test]
fn a_child_may_spawn_while_its_parent_does() {
    let mut model = loom::model::Builder::new();
    // Of a thread that could go on: there are too many schedules else.
    model.preemption_bound = Some(2);
    model.check(|| {
        let places = [Place::empty(), Place::empty()];
        let [mine, its] = &places;
        scope(|s| {
            s.spawn(move || {
                s.spawn(|| its.fill());
            });
            s.spawn(|| mine.fill());
        });
        assert_eq!(places.map(|place| place.look()), [1, 1]);
    });
}

#[test]
fn a_thread_that_can_not_be_started_leaves_no_other_behind() {
    loom::model(|| {
        let place = Place::empty();
        let unwound = panic::catch_unwind(panic::AssertUnwindSafe(|| {
            scope(|s| {
                s.spawn(|| place.fill());
                thread::no_more();
                s.spawn(|| ());
            });
        }));
        assert!(unwound.is_err());
        assert_eq!(place.look(), 1);
    });
}

#[test]
fn a_scope_that_unwinds_has_joined_its_children_as_well() {
    loom::model(|| {
        let place = Place::empty();
        let unwound = panic::catch_unwind(panic::AssertUnwindSafe(|| {
            scope(|s| {
                s.spawn(|| place.fill());
                panic::resume_unwind(Box::new(())) // as a panic, with nothing printed
            })
        }));
        let unwound: Result<(), _> = unwound;
        assert!(unwound.is_err());
        assert_eq!(place.look(), 1);
    });
}

#[test]
fn a_child_that_panics_ends_like_any_other() {
    loom::model(|| {
        let place = Place::empty();
        scope(|s| {
            let child = s.spawn(|| {
                place.fill();
                panic::resume_unwind(Box::new(()))
            });
            let joined: thread::Result<()> = child.join();
            assert!(joined.is_err());
            assert_eq!(place.look(), 1);
        });
    });
}

#[test]
fn a_panic_is_raised_though_its_thread_was_long_over() {
    loom::model(|| {
        let unwound = panic::catch_unwind(|| {
            scope(|s| {
                s.spawn(|| -> () { panic::resume_unwind(Box::new(())) });
                s.spawn(|| ()); // the first may be forgotten by now
            });
        });
        assert!(unwound.is_err());
    });
}

/// The proof that this file's other tests can fail.
#[test]
#[should_panic = "Causality violation"]
fn a_place_that_nobody_joined_for_is_not_yet_the_parents() {
    loom::model(|| {
        let place = real::sync::Arc::new(Place::empty());
        let its = real::sync::Arc::clone(&place);
        loom::thread::spawn(move || its.fill());
        place.look();
    });
}
