//! An UnsafeCell written by two threads.
//!
//! `race`: sc reports, tso reports, cpp20 reports.
use std::cell::UnsafeCell;
use std::thread;

struct Slot(UnsafeCell<u32>);

// SAFETY: none: whether it is shared soundly is what the program asks.
unsafe impl Sync for Slot {}

static SLOT: Slot = Slot(UnsafeCell::new(0));

fn main() {
    thread::scope(|s| {
        s.spawn(|| unsafe {
            *SLOT.0.get() = 1;
        });
        s.spawn(|| unsafe {
            *SLOT.0.get() += 1;
        });
    });
    let last = unsafe { *SLOT.0.get() };
    println!("{last}");
}
