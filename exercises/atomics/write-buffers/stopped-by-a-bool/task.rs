//! `work_during` does `work` again and again, on a thread of its own, until `talk` is over.
//! It tells how often. `work_during` must stay as the check calls it.
//!
//! "It is one bool. One thread sets it once, the other one only reads it. What can go
//! wrong? And with `move`, as a forum told me, it never stops."

use std::thread;

pub fn work_during(talk: impl FnOnce(), work: impl Fn() + Sync) -> usize {
    let mut over = false;
    thread::scope(|scope| {
        let worker = scope.spawn(|| {
            let mut times = 0;
            while !over {
                work();
                times += 1;
            }
            times
        });
        talk();
        over = true;
        worker.join().unwrap()
    })
}
