//! An UnsafeCell passed by a flag.
//!
//! `race`: sc forbids, tso forbids, cpp20 forbids.
//! `42`: sc allows, tso allows, cpp20 allows.
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
            f.store(1, Release);
        });
        let t2 = s.spawn(|| {
            if f.load(Acquire) == 1 {
                unsafe { *SLOT.0.get() }
            } else {
                9
            }
        });
        t2.join().unwrap()
    });
    println!("{a}");
}
