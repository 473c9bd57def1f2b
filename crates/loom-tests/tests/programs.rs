//! Parts of the programs, run by loom under every schedule, where one run of
//! the whole shows too little: most faults of this kind need bad luck.
//!
//! Loom fails a test in which nobody can go on.

/// The bounded buffer.
mod condvar {
    use loom_std::sync::{Condvar, Mutex};
    use std::collections::VecDeque;

    include!(concat!(env!("OUT_DIR"), "/condvar_buffer.rs"));

    use loom_std::sync::Arc;
    use loom_std::thread;

    fn buffer_for_one() -> Arc<Buffer<i32>> {
        Arc::new(Buffer {
            items: Mutex::new(VecDeque::new()),
            bound: 1,
            not_full: Condvar::new(),
            not_empty: Condvar::new(),
        })
    }

    /// Also the proof that the stand-in waits at all: with no item there is
    /// nothing else that a taker could do.
    #[test]
    fn a_taker_who_is_woken_too_late_for_an_item_waits_for_the_next() {
        loom::model(|| {
            let buffer = buffer_for_one();
            let others = Arc::clone(&buffer);
            let other = thread::spawn(move || others.take());
            let makers = Arc::clone(&buffer);
            thread::spawn(move || {
                makers.put(1);
                makers.put(2);
            });
            let mut taken = [buffer.take(), other.join().unwrap()];
            taken.sort();
            assert_eq!(taken, [1, 2]);
        });
    }

    #[test]
    fn the_buffer_never_holds_more_than_its_bound() {
        let mut model = loom::model::Builder::new();
        // Of a thread that could go on: there are too many schedules else.
        model.preemption_bound = Some(2);
        model.check(|| {
            let buffer = buffer_for_one();
            for items in [&[1][..], &[2, 3]] {
                let buffer = Arc::clone(&buffer);
                thread::spawn(move || items.iter().for_each(|&n| buffer.put(n)));
            }
            let mut taken = [(); 3].map(|()| {
                assert!(buffer.items.lock().unwrap().len() <= 1);
                buffer.take()
            });
            taken.sort();
            assert_eq!(taken, [1, 2, 3]);
        });
    }
}

/// One order for all.
mod deadlock_ordered {
    use loom_std::sync::{Mutex, MutexGuard};

    include!(concat!(env!("OUT_DIR"), "/deadlock_ordered_both.rs"));

    use loom_std::sync::Arc;
    use loom_std::thread;

    fn accounts() -> Arc<[Account; 2]> {
        Arc::new([1, 2].map(|number| Account {
            number,
            balance: Mutex::new(100),
        }))
    }

    #[test]
    fn two_who_name_the_accounts_in_opposite_order_both_come_through() {
        loom::model(|| {
            let mine = accounts();
            let theirs = Arc::clone(&mine);
            let other = thread::spawn(move || {
                let [mut from, mut to] = both(&theirs[1], &theirs[0]);
                *from -= 10;
                *to += 10;
            });
            {
                let [mut from, mut to] = both(&mine[0], &mine[1]);
                *from -= 1;
                *to += 1;
            }
            other.join().unwrap();
            let [first, second] = both(&mine[0], &mine[1]);
            assert_eq!((*first, *second), (109, 91));
        });
    }

    #[test]
    #[should_panic = "the same account twice"]
    fn whoever_names_one_account_twice_is_told() {
        loom::model(|| {
            let accounts = accounts();
            both(&accounts[0], &accounts[0]);
        });
    }
}

/// An increment in two steps.
#[expect(
    clippy::reversed_empty_ranges,
    reason = "its scope of threads is left out: loom has none"
)]
mod counter_lost {
    use loom_std::sync::atomic::{AtomicU64, Ordering::SeqCst};
    use std::thread;

    const THREADS: u64 = 0;
    const INCREMENTS: u64 = 0;

    include!(concat!(env!("OUT_DIR"), "/counter_lost_chance.rs"));

    use std::collections::BTreeSet;
    use std::sync::{Arc, Mutex};

    #[test]
    fn of_two_increments_one_may_be_lost_and_both_may_count() {
        let seen = Arc::new(Mutex::new(BTreeSet::new()));
        let outcomes = Arc::clone(&seen);
        loom::model(move || {
            let counter = Arc::new(AtomicU64::new(0));
            let theirs = Arc::clone(&counter);
            let other = loom_std::thread::spawn(move || increment(&theirs));
            increment(&counter);
            other.join().unwrap();
            outcomes.lock().unwrap().insert(counter.load(SeqCst));
        });
        assert_eq!(*seen.lock().unwrap(), BTreeSet::from([1, 2]));
    }

    #[test]
    fn no_thread_is_no_increment() {
        loom::model(|| assert_eq!(left_to_chance(), 0));
    }
}
