use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

struct Ticket {
    next: AtomicUsize,
    serving: AtomicUsize,
    value: UnsafeCell<u32>,
}

// SAFETY: `value` is touched only by the thread whose ticket is served.
unsafe impl Sync for Ticket {}

impl Ticket {
    fn with(&self, change: impl FnOnce(&mut u32)) {
        let mine = self.next.fetch_add(1, Ordering::Relaxed);
        while self.serving.load(Ordering::Acquire) != mine {
            std::hint::spin_loop();
        }
        // SAFETY: it is this thread's turn.
        change(unsafe { &mut *self.value.get() });
        self.serving.store(mine + 1, Ordering::Release);
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
            s.spawn(|| lock.with(|n| *n += 1));
        }
    });
    lock.with(|n| println!("{n}"));
}
