//! Every stage's own source, run by loom under every schedule of two threads.
//!
//! Loom reports two threads that get at the value with nothing between them that
//! orders one access before the other: each weaker ordering fails here.

// The stages' `use` lines name these.
use loom_std::{cell, hint, thread};

#[path = "../src/compare_exchange.rs"]
mod compare_exchange;
#[path = "../src/guard.rs"]
mod guard;
#[path = "../src/spin.rs"]
mod spin;
#[path = "../src/swap.rs"]
mod swap;
#[path = "../src/yielding.rs"]
mod yielding;

use loom_std::sync::Arc;

/// Loom's flag, but for what would make schedules without end:
///
/// - After a try that failed the other thread goes on first. To try again before
///   that shows nothing new.
/// - A swap that finds its value there already writes nothing. Loom would take
///   the `true` it wrote over a `true` for newer than the other's `false`.
mod sync {
    pub mod atomic {
        pub use loom_std::sync::atomic::Ordering;
        use loom_std::thread;

        pub struct AtomicBool(loom_std::sync::atomic::AtomicBool);

        impl AtomicBool {
            pub fn new(value: bool) -> AtomicBool {
                AtomicBool(loom_std::sync::atomic::AtomicBool::new(value))
            }

            pub fn load(&self, order: Ordering) -> bool {
                self.0.load(order)
            }

            pub fn store(&self, value: bool, order: Ordering) {
                self.0.store(value, order);
            }

            pub fn swap(&self, value: bool, order: Ordering) -> bool {
                match self.0.compare_exchange(!value, value, order, order) {
                    Ok(was) => was,
                    Err(was) => {
                        thread::yield_now();
                        was
                    }
                }
            }

            pub fn compare_exchange_weak(
                &self,
                current: bool,
                new: bool,
                success: Ordering,
                failure: Ordering,
            ) -> Result<bool, bool> {
                self.0
                    .compare_exchange_weak(current, new, success, failure)
                    .inspect_err(|_| thread::yield_now())
            }
        }
    }
}

/// What all stages have in common.
trait Lock: Send + Sync + 'static {
    fn new(value: i32) -> Self;
    fn with<R>(&self, holder: impl FnOnce(&mut i32) -> R) -> R;
}

macro_rules! unlocked_by_promise {
    ($($stage:ident),*) => {$(
        impl Lock for $stage::SpinLock<i32> {
            fn new(value: i32) -> Self {
                $stage::SpinLock::new(value)
            }

            fn with<R>(&self, holder: impl FnOnce(&mut i32) -> R) -> R {
                let result = holder(self.lock());
                // SAFETY: the lock was taken above; the loan went to `holder`.
                unsafe { self.unlock() };
                result
            }
        }
    )*};
}

macro_rules! unlocked_by_guard {
    ($($stage:ident),*) => {$(
        impl Lock for $stage::SpinLock<i32> {
            fn new(value: i32) -> Self {
                $stage::SpinLock::new(value)
            }

            fn with<R>(&self, holder: impl FnOnce(&mut i32) -> R) -> R {
                holder(&mut self.lock())
            }
        }
    )*};
}

unlocked_by_promise!(swap, compare_exchange);
unlocked_by_guard!(guard, spin, yielding);

/// Two threads add 1 each, and none of it is lost.
fn both_add_one<L: Lock>() {
    loom::model(|| {
        let count = Arc::new(L::new(0));
        let other = thread::spawn({
            let count = count.clone();
            move || count.with(|count| *count += 1)
        });
        count.with(|count| *count += 1);
        other.join().unwrap();
        assert_eq!(count.with(|count| *count), 2);
    });
}

macro_rules! one_of_two_threads_at_a_time_gets_in {
    ($($name:ident: $stage:ident),* $(,)?) => {$(
        #[test]
        fn $name() {
            both_add_one::<$stage::SpinLock<i32>>();
        }
    )*};
}

one_of_two_threads_at_a_time_gets_in! {
    by_stage_1: swap,
    by_stage_2: compare_exchange,
    by_stage_3: guard,
    by_stage_4: spin,
    by_stage_5: yielding,
}
