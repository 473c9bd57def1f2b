use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicBool, Ordering, fence};
use std::thread;

struct Slot {
    full: AtomicBool,
    value: UnsafeCell<u32>,
}

// SAFETY: the reader looks at `value` only after it has seen `full`.
unsafe impl Sync for Slot {}

fn main() {
    let slot = Slot { full: AtomicBool::new(false), value: UnsafeCell::new(0) };
    let slot = &slot;
    thread::scope(|s| {
        s.spawn(|| {
            // SAFETY: nobody reads before `full`.
            unsafe { *slot.value.get() = 5 };
            fence(Ordering::Release);
            slot.full.store(true, Ordering::Relaxed);
        });
        if slot.full.load(Ordering::Relaxed) {
            fence(Ordering::Acquire);
            // SAFETY: it is full.
            println!("{}", unsafe { *slot.value.get() });
        } else {
            println!("empty");
        }
    });
}
