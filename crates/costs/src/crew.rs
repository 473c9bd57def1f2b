//! Threads that do the same work at the same time, as often as they are told.

use std::hint;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Acquire, Ordering::Release};
use std::thread;

/// Threads that are started once, and wait awake for their next turn: to start them, or to wake
/// them, would cost more than what is to be measured.
pub struct Crew<'a> {
    call: AtomicUsize,
    answers: Vec<AtomicUsize>,
    turn: AtomicUsize,
    done: AtomicUsize,
    over: AtomicBool,
    work: &'a (dyn Fn(usize) + Sync),
}

/// How often to look before others may have the processor.
const LOOKS: u32 = 1000;

impl Crew<'_> {
    /// Has so many threads, the calling one among them, ready to do `work`, which is told the
    /// thread's number, from 0. Each of the others does `prepare` first, once. `lead` gets the
    /// crew, to call [`Crew::gather`] and [`Crew::go`].
    ///
    /// # Panics
    ///
    /// If `lead` or `prepare` panics, or there are no threads.
    pub fn assemble<R>(
        threads: usize,
        prepare: impl Fn(usize) + Sync,
        work: impl Fn(usize) + Sync,
        lead: impl FnOnce(&Crew<'_>) -> R,
    ) -> R {
        assert!(threads > 0, "a crew of nobody");
        let crew = Crew {
            call: AtomicUsize::new(0),
            answers: (1..threads).map(|_| AtomicUsize::new(0)).collect(),
            turn: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            over: AtomicBool::new(false),
            work: &work,
        };
        thread::scope(|s| {
            for number in 1..threads {
                let (crew, prepare) = (&crew, &prepare);
                s.spawn(move || {
                    let _last = Last(crew);
                    prepare(number);
                    crew.serve(number);
                });
            }
            let _dismissed = Dismissal(&crew);
            lead(&crew)
        })
    }

    /// Waits until everybody is seen to be awake at the same time, each on a processor: they have
    /// all answered within some microseconds.
    ///
    /// # Panics
    ///
    /// If a helper has panicked.
    pub fn gather(&self) {
        loop {
            let call = self.call.fetch_add(1, Release) + 1;
            let mut answers = self.answers.iter();
            if answers.all(|answer| soon(|| answer.load(Acquire) == call)) {
                return;
            }
            assert!(!self.over.load(Acquire), "a helper has panicked");
            thread::yield_now();
        }
    }

    /// Everybody does the work once, at the same time; returns when all are done.
    ///
    /// # Panics
    ///
    /// If a helper has panicked.
    pub fn go(&self) {
        // Nobody counts now: the last turn is over.
        self.done.store(0, Release);
        // Release: the helpers see what came before.
        self.turn.fetch_add(1, Release);
        (self.work)(0);
        // Acquire: what the helpers did comes before what follows.
        wait(|| self.done.load(Acquire) == self.answers.len() || self.over.load(Acquire));
        assert!(!self.over.load(Acquire), "a helper has panicked");
    }

    /// A helper's life: the work once in each turn, until all is over.
    fn serve(&self, number: usize) {
        let mut seen = 0;
        loop {
            wait(|| {
                self.answers[number - 1].store(self.call.load(Acquire), Release);
                self.turn.load(Acquire) != seen || self.over.load(Acquire)
            });
            if self.over.load(Acquire) {
                return;
            }
            seen += 1;
            (self.work)(number);
            // Release: the leader sees what this helper did.
            self.done.fetch_add(1, Release);
        }
    }
}

/// A helper's end: nobody waits for one that has panicked.
struct Last<'c, 'a>(&'c Crew<'a>);

impl Drop for Last<'_, '_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.over.store(true, Release);
        }
    }
}

/// The leader's end, however it comes, lets the helpers go.
struct Dismissal<'c, 'a>(&'c Crew<'a>);

impl Drop for Dismissal<'_, '_> {
    fn drop(&mut self) {
        self.0.over.store(true, Release);
    }
}

/// Waits, awake; who waits for long lets others have the processor.
fn wait(until: impl Fn() -> bool) {
    while !soon(&until) {
        thread::yield_now();
    }
}

/// Whether it comes within a few looks.
fn soon(until: impl Fn() -> bool) -> bool {
    (0..LOOKS).any(|_| {
        let came = until();
        if !came {
            hint::spin_loop();
        }
        came
    })
}

#[cfg(test)]
mod tests {
    use std::panic::{self, AssertUnwindSafe};
    use std::sync::{Barrier, Mutex};

    use super::*;

    #[test]
    fn everybody_works_once_in_each_turn() {
        let came = Mutex::new(Vec::new());
        let work = |number| came.lock().unwrap().push(number);
        Crew::assemble(
            3,
            |_| (),
            work,
            |crew| {
                for turn in 1..=50 {
                    crew.go();
                    let mut came = came.lock().unwrap();
                    came.sort();
                    assert_eq!(*came, [0, 1, 2], "turn {turn}");
                    came.clear();
                }
            },
        );
    }

    #[test]
    fn all_work_at_the_same_time() {
        let everybody = Barrier::new(3);
        let work = |_| {
            everybody.wait();
        };
        Crew::assemble(3, |_| (), work, |crew| (0..10).for_each(|_| crew.go()));
    }

    #[test]
    fn each_helper_prepares_once_before_it_works() {
        let prepared = Mutex::new(Vec::new());
        let prepare = |number| prepared.lock().unwrap().push(number);
        let work = |number| assert!(number == 0 || prepared.lock().unwrap().contains(&number));
        Crew::assemble(3, prepare, work, |crew| (0..3).for_each(|_| crew.go()));
        let mut prepared = prepared.into_inner().unwrap();
        prepared.sort();
        assert_eq!(prepared, [1, 2]);
    }

    #[test]
    fn who_works_alone_is_gathered_at_once() {
        Crew::assemble(
            1,
            |_| (),
            |number| assert_eq!(number, 0),
            |crew| {
                crew.gather();
                crew.go();
            },
        );
    }

    #[test]
    fn a_leader_that_panics_leaves_nobody_behind() {
        let lead = |_: &Crew<'_>| panic!("no idea");
        let led = panic::catch_unwind(|| Crew::assemble(2, |_| (), |_| (), lead));
        assert!(led.is_err());
    }

    #[test]
    fn a_helper_that_panics_is_heard_of() {
        for (prepare_fails, work_fails) in [(true, false), (false, true)] {
            let prepare = |_| assert!(!prepare_fails);
            let work = |number| assert!(number == 0 || !work_fails);
            let led = panic::catch_unwind(AssertUnwindSafe(|| {
                Crew::assemble(2, prepare, work, |crew| crew.go());
            }));
            assert!(led.is_err());
        }
    }
}
