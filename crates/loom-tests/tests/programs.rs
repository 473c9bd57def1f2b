//! Parts of the programs, run by loom under every schedule, where one run of
//! the whole shows too little: most faults of this kind need bad luck.
//!
//! Loom fails a test in which nobody can go on.

/// Rounds in step, as two threads do them.
mod barrier {
    use loom_std::sync::{Arc, Barrier, Mutex};
    use loom_std::thread;
    use std::sync::Mutex as Printed;

    /// What one of the threads does. Each cell becomes the sum of both.
    fn three_rounds(
        i: usize,
        cells: &[Mutex<i32>; 2],
        barrier: &Barrier,
        printed: &Printed<Vec<[i32; 5]>>,
    ) {
        let read = |i: usize| *cells[i % 2].lock().unwrap();
        macro_rules! println {
            ($form:literal, $cells:expr) => {{
                let cells = $cells;
                printed.lock().unwrap().push(cells)
            }};
        }
        include!(concat!(env!("OUT_DIR"), "/barrier_rounds.rs"))
    }

    #[test]
    fn all_have_looked_before_one_writes_and_all_have_written_before_one_looks() {
        let mut model = loom::model::Builder::new();
        // Of a thread that could go on: there are too many schedules else.
        model.preemption_bound = Some(2);
        model.check(|| {
            let cells = Arc::new([1, 2].map(Mutex::new));
            let barrier = Arc::new(Barrier::new(2));
            let printed = Arc::new(Printed::new(Vec::new()));
            let other = thread::spawn({
                let (cells, barrier, printed) = (cells.clone(), barrier.clone(), printed.clone());
                move || three_rounds(1, &cells, &barrier, &printed)
            });
            three_rounds(0, &cells, &barrier, &printed);
            other.join().unwrap();
            assert_eq!(*printed.lock().unwrap(), [[3; 5], [6; 5], [12; 5]]);
        });
    }
}

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

/// The locks that keep record, and the watchdog.
mod deadlock {
    use loom_std::sync::{Arc, Condvar, Mutex, MutexGuard};
    use loom_std::thread;
    use std::collections::BTreeMap;
    use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

    loom::lazy_static! {
        static ref WAITS: Mutex<Waits> = Mutex::new(Waits {
            wants: BTreeMap::new(),
            holder: BTreeMap::new(),
        });
        static ref CHANGED: Condvar = Condvar::new();
    }

    include!(concat!(env!("OUT_DIR"), "/deadlock_record.rs"));

    /// Here, the program goes on after its end, which the watchdog is to come to.
    mod process {
        pub fn exit(code: i32) {
            assert_eq!(code, 0);
        }
    }

    fn lock(name: Name) -> Arc<Lock> {
        Arc::new(Lock {
            name,
            mutex: Mutex::new(100),
        })
    }

    #[test]
    fn who_has_locked_is_on_record_until_it_unlocks_and_no_longer_waits() {
        loom::model(|| {
            let mine = lock("mine");
            let guard = mine.lock("there");
            {
                let waits = WAITS.lock().unwrap();
                assert_eq!(waits.holder, BTreeMap::from([("mine", "there")]));
                assert!(waits.wants.is_empty());
            }
            assert_eq!(*guard.value, 100);
            drop(guard);
            assert!(WAITS.lock().unwrap().holder.is_empty());
        });
    }

    #[test]
    fn who_is_on_record_as_the_holder_has_the_lock() {
        let seen_to_wait = std::sync::Arc::new(AtomicBool::new(false));
        let seen = std::sync::Arc::clone(&seen_to_wait);
        loom::model(move || {
            let mine = lock("mine");
            let theirs = Arc::clone(&mine);
            let other = thread::spawn(move || {
                let _guard = theirs.lock("back");
                assert_eq!(WAITS.lock().unwrap().holder["mine"], "back");
            });
            let guard = mine.lock("there");
            {
                let waits = WAITS.lock().unwrap();
                assert_eq!(waits.holder["mine"], "there");
                if waits.wants.get("back") == Some(&"mine") {
                    seen.store(true, SeqCst);
                }
            }
            drop(guard);
            other.join().unwrap();
        });
        assert!(seen_to_wait.load(SeqCst), "nobody was seen to wait");
    }

    #[test]
    fn a_ring_wakes_the_watchdog_whenever_it_fell_asleep() {
        loom::model(|| {
            let [mine, yours] = ["mine", "yours"].map(lock);
            let dog = thread::spawn(watchdog);
            let _guards = (mine.lock("there"), yours.lock("back"));
            record(|waits| waits.wants.insert("there", "yours"));
            record(|waits| waits.wants.insert("back", "mine"));
            dog.join().unwrap();
        });
    }

    #[test]
    fn who_waits_for_one_of_a_ring_is_not_in_it() {
        let mut waits = Waits {
            wants: BTreeMap::from([("first", "a"), ("second", "b")]),
            holder: BTreeMap::from([("a", "second"), ("b", "third"), ("c", "second")]),
        };
        assert_eq!(waits.ring(), None);
        waits.wants.insert("third", "c");
        assert_eq!(waits.ring(), Some(vec!["second", "third"]));
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
