//! Four threads count under a ticket lock.
//! = 4
use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicUsize, Ordering::*};
use std::thread;

struct Ticket {
    next: AtomicUsize,
    serving: AtomicUsize,
    value: UnsafeCell<u32>,
}

// SAFETY: `value` is touched only by the thread whose ticket is served.
unsafe impl Sync for Ticket {}

impl Ticket {
    fn add(&self) {
        let mine = self.next.fetch_add(1, Relaxed);
        while self.serving.load(Acquire) != mine {
            std::hint::spin_loop();
        }
        // SAFETY: it is this thread's turn.
        unsafe { *self.value.get() += 1 };
        self.serving.store(mine + 1, Release);
    }
}

fn main() {
    let lock = Ticket {
        next: AtomicUsize::new(0),
        serving: AtomicUsize::new(0),
        value: UnsafeCell::new(0),
    };
    thread::scope(|s| {
        for _ in 0..4 {
            s.spawn(|| lock.add());
        }
    });
    // SAFETY: the threads are over.
    let value = unsafe { *lock.value.get() };
    println!("{value}");
}
