//! Nothing is shared: the worker has one end of a channel, and sees that the other is gone.

use std::sync::mpsc::{self, TryRecvError};
use std::thread;

pub fn work_during(talk: impl FnOnce(), work: impl Fn() + Sync) -> usize {
    let work = &work;
    let (going_on, over) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let worker = scope.spawn(move || {
            let mut times = 0;
            while over.try_recv() == Err(TryRecvError::Empty) {
                work();
                times += 1;
            }
            times
        });
        talk();
        drop(going_on);
        worker.join().unwrap()
    })
}
