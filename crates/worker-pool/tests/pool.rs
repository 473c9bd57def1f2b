//! What a pool promises when all goes well, when a job panics, when the queue
//! is full, and at the end.

use std::panic::{panic_any, resume_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;
use worker_pool::{Full, Pool, Ticket};

/// A job that is under way and holds up its worker until the gate is opened.
struct Gate {
    open: Sender<()>,
    job: Ticket<()>,
}

impl Gate {
    fn shut(pool: &Pool) -> Gate {
        let (started, has_started) = channel();
        let (open, opened) = channel();
        let job = pool.submit(move || {
            started.send(()).unwrap();
            opened.recv().unwrap();
        });
        has_started.recv().unwrap();
        Gate { open, job }
    }

    fn open(self) {
        self.open.send(()).unwrap();
        self.job.wait().unwrap();
    }
}

/// So that workers who never work together fail a test, and don't hang it.
const LIMIT: Duration = Duration::from_secs(20);

/// Runs a test that would wait for ever if it failed.
#[track_caller]
fn ends(test: impl FnOnce() + Send + 'static) {
    let (done, is_done) = channel();
    let runner = thread::spawn(move || {
        test();
        // Nobody listens if this comes after the limit.
        let _ = done.send(());
    });
    if is_done.recv_timeout(LIMIT) == Err(RecvTimeoutError::Timeout) {
        panic!("it still waits");
    }
    runner.join().unwrap();
}

/// Panics without a word on standard error.
fn panic_quietly(with: &'static str) -> ! {
    resume_unwind(Box::new(with))
}

#[test]
fn a_job_gives_back_what_it_found_to_whoever_has_its_ticket() {
    let pool = Pool::new(3, 2);
    let tickets: Vec<Ticket<usize>> = (0..100).map(|n| pool.submit(move || n * n)).collect();
    for (n, ticket) in tickets.into_iter().enumerate() {
        assert_eq!(ticket.wait().unwrap(), n * n);
    }
}

#[test]
fn one_worker_does_its_jobs_in_the_order_they_came() {
    let pool = Pool::new(1, 4);
    let (done, order) = channel();
    for n in 0..100 {
        let done = done.clone();
        drop(pool.submit(move || done.send(n).unwrap()));
    }
    drop(done);
    assert!(order.into_iter().eq(0..100));
}

#[test]
fn two_workers_are_at_work_at_the_same_time() {
    let pool = Pool::new(2, 2);
    let (question, asked) = channel();
    let (answer, answered): (Sender<i32>, Receiver<i32>) = channel();
    // Each needs the other to be under way, and neither comes first.
    let one = pool.submit(move || {
        question.send(41).unwrap();
        answered.recv_timeout(LIMIT).unwrap()
    });
    let other = pool.submit(move || answer.send(asked.recv().unwrap() + 1).unwrap());
    assert_eq!(one.wait().unwrap(), 42);
    other.wait().unwrap();
}

#[test]
fn several_threads_may_hand_in_jobs() {
    let pool = Pool::new(2, 1);
    let done = Arc::new(AtomicUsize::new(0));
    thread::scope(|s| {
        for _ in 0..4 {
            s.spawn(|| {
                for _ in 0..500 {
                    let done = done.clone();
                    drop(pool.submit(move || done.fetch_add(1, SeqCst)));
                }
            });
        }
    });
    pool.shutdown();
    assert_eq!(done.load(SeqCst), 2_000);
}

// A job panics.

#[test]
fn a_job_that_panics_tells_its_caller_why() {
    let pool = Pool::new(1, 1);
    let ticket = pool.submit(|| panic_quietly("as planned"));
    let why = ticket.wait().unwrap_err();
    assert_eq!(why.downcast_ref(), Some(&"as planned"));
}

#[test]
fn the_worker_of_a_job_that_panics_goes_on() {
    let pool = Pool::new(1, 1);
    let panicked = pool.submit(|| panic_quietly("as planned"));
    let next = pool.submit(|| thread::current().id());
    assert!(panicked.wait().is_err());
    let worker = next.wait().unwrap();
    assert_eq!(
        pool.submit(|| thread::current().id()).wait().unwrap(),
        worker
    );
}

#[test]
fn what_a_panicking_job_owned_is_dropped() {
    let pool = Pool::new(1, 1);
    let owned = Arc::new(());
    let ticket = pool.submit({
        let owned = owned.clone();
        move || {
            let _owned = owned;
            panic_quietly("as planned")
        }
    });
    assert!(ticket.wait().is_err());
    assert_eq!(Arc::strong_count(&owned), 1);
}

#[test]
fn a_destructor_that_panics_does_not_end_the_worker() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic_any(AnotherBomb);
        }
    }
    struct AnotherBomb;
    impl Drop for AnotherBomb {
        fn drop(&mut self) {
            panic_quietly("the second one");
        }
    }

    let pool = Pool::new(1, 1);
    let gate = Gate::shut(&pool);
    // Nobody keeps the ticket, so the worker must drop what the job gives back.
    drop(pool.submit(|| Bomb));
    gate.open();
    assert_eq!(pool.submit(|| 42).wait().unwrap(), 42);
}

// The queue is full.

#[test]
fn a_full_queue_gives_the_job_back_unused() {
    let pool = Pool::new(1, 1);
    let gate = Gate::shut(&pool);
    let waiting = pool.try_submit(|| 1).unwrap();
    let message = Box::new(7);
    let place = &raw const *message;
    let Err(Full(job)) = pool.try_submit(move || message) else {
        panic!("there was room for one");
    };
    assert_eq!(&raw const *job(), place); // the very same, and done here
    gate.open();
    assert_eq!(waiting.wait().unwrap(), 1);
}

#[test]
fn a_queue_holds_as_many_jobs_as_it_has_room_for() {
    for room in [1, 2, 7] {
        let pool = Pool::new(1, room);
        let gate = Gate::shut(&pool);
        let mut held = 0;
        while pool.try_submit(|| ()).is_ok() {
            held += 1;
        }
        assert_eq!(held, room);
        gate.open();
    }
}

#[test]
fn a_pool_without_room_takes_a_job_only_from_hand_to_hand() {
    let pool = Pool::new(1, 0);
    let gate = Gate::shut(&pool);
    assert!(pool.try_submit(|| ()).is_err());
    gate.open();
    assert_eq!(pool.submit(|| 42).wait().unwrap(), 42);
}

#[test]
fn whoever_hands_in_a_job_waits_while_the_queue_is_full() {
    const ROOM: usize = 3;
    let pool = Pool::new(1, ROOM);
    let accepted = Arc::new(AtomicUsize::new(0));
    let overrun = Arc::new(AtomicBool::new(false));
    for before in 0..200 {
        let (seen, overrun) = (accepted.clone(), overrun.clone());
        drop(pool.submit(move || {
            // Give a caller that doesn't wait the chance to get ahead; one
            // that does can't, however long this takes.
            for _ in 0..100 {
                thread::yield_now();
            }
            // Those before this job, this job, and a queue full of others.
            if seen.load(SeqCst) > before + 1 + ROOM {
                overrun.store(true, SeqCst);
            }
        }));
        accepted.fetch_add(1, SeqCst);
    }
    pool.shutdown();
    assert!(!overrun.load(SeqCst));
}

// Shutdown.

#[test]
fn a_shutdown_does_all_that_is_waiting_and_then_joins() {
    const JOBS: usize = 5;
    let pool = Pool::new(1, JOBS);
    let gate = Gate::shut(&pool);
    let done = Arc::new(Mutex::new(Vec::new()));
    for n in 0..JOBS {
        let done = done.clone();
        drop(pool.submit(move || {
            // Give a shutdown that doesn't join the chance to return too early.
            for _ in 0..100 {
                thread::yield_now();
            }
            done.lock().unwrap().push(n);
        }));
    }
    let workers = pool.close();
    assert!(done.lock().unwrap().is_empty()); // all five are still waiting
    gate.open();
    workers.join();
    assert_eq!(*done.lock().unwrap(), [0, 1, 2, 3, 4]);
    assert_eq!(Arc::strong_count(&done), 1); // nothing is left of any job
}

#[test]
fn a_pool_that_is_dropped_waits_for_its_jobs_too() {
    let done = Arc::new(AtomicUsize::new(0));
    {
        let pool = Pool::new(2, 50);
        for _ in 0..50 {
            let done = done.clone();
            drop(pool.submit(move || {
                thread::yield_now();
                done.fetch_add(1, SeqCst)
            }));
        }
    }
    assert_eq!(done.load(SeqCst), 50);
}

#[test]
fn a_pool_that_is_dropped_lets_its_workers_go_before_it_waits_for_them() {
    ends(|| drop(Pool::new(1, 1)));
}

#[test]
fn a_shutdown_after_a_panic_still_joins_every_worker() {
    let pool = Pool::new(2, 4);
    let alive = Arc::new(());
    for _ in 0..4 {
        let alive = alive.clone();
        drop(pool.submit(move || {
            let _alive = alive;
            panic_quietly("as planned");
        }));
    }
    pool.shutdown();
    assert_eq!(Arc::strong_count(&alive), 1);
}

#[test]
fn a_ticket_outlives_its_pool() {
    // Nor does the worker wait for somebody to ask.
    ends(|| {
        let pool = Pool::new(1, 1);
        let ticket = pool.submit(|| 42);
        pool.shutdown();
        assert_eq!(ticket.wait().unwrap(), 42);
    });
}

#[test]
fn a_job_may_own_the_last_handle_to_its_pool() {
    let pool = Arc::new(Pool::new(1, 1));
    let (let_go, last) = channel();
    let ticket = pool.submit({
        let pool = pool.clone();
        move || {
            last.recv().unwrap();
            drop(pool); // a worker that waited for itself would never end
        }
    });
    drop(pool);
    let_go.send(()).unwrap();
    ticket.wait().unwrap();
}

#[test]
#[should_panic(expected = "without workers")]
fn a_pool_without_workers_is_refused() {
    Pool::new(0, 1);
}
