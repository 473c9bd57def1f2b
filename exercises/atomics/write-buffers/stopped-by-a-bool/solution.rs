//! An atomic may be changed while others look at it.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;

pub fn work_during(talk: impl FnOnce(), work: impl Fn() + Sync) -> usize {
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let worker = scope.spawn(|| {
            let mut times = 0;
            while !over.load(Relaxed) {
                work();
                times += 1;
            }
            times
        });
        talk();
        over.store(true, Relaxed);
        worker.join().unwrap()
    })
}
