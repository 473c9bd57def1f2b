//! Two flags, seq_cst: who finds the other's down owns the data.
//!
//! `race`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    thread::scope(|s| {
        s.spawn(|| {
            x.store(1, SeqCst);
            if y.load(SeqCst) == 0 {
                unsafe {
                    DATA += 1;
                }
            }
        });
        s.spawn(|| {
            y.store(1, SeqCst);
            if x.load(SeqCst) == 0 {
                unsafe {
                    DATA += 1;
                }
            }
        });
    });
    let last = unsafe { DATA };
    println!("{last}");
}
