//! `move` gives the thread a bool of its own, which nobody ever sets.

use std::thread;

pub fn work_during(talk: impl FnOnce(), work: impl Fn() + Sync) -> usize {
    let work = &work;
    let mut over = false;
    thread::scope(|scope| {
        let worker = scope.spawn(move || {
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
