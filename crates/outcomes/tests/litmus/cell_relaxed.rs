//! An UnsafeCell passed by a relaxed flag.
//!
//! `race`: sc forbids, tso forbids, cpp20 reports.
use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

struct Slot(UnsafeCell<u32>);

// SAFETY: none: whether it is shared soundly is what the program asks.
unsafe impl Sync for Slot {}

static SLOT: Slot = Slot(UnsafeCell::new(0));

fn main() {
    let f = AtomicU32::new(0);
    let a = thread::scope(|s| {
        s.spawn(|| {
            unsafe {
                *SLOT.0.get() = 42;
            }
            f.store(1, Relaxed);
        });
        let t2 = s.spawn(|| {
            if f.load(Relaxed) == 1 {
                unsafe { *SLOT.0.get() }
            } else {
                9
            }
        });
        t2.join().unwrap()
    });
    println!("{a}");
}
