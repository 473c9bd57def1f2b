//! The mutex's own source at work, watched for data races: an ordinary
//! test, and where a nightly toolchain is, `cargo test -p xtask sanitizer` runs
//! it under ThreadSanitizer. Each thread is joined by its handle, which that
//! tool needs to see; and it has a `main` of its own, since the usual one of
//! tests comes compiled and looks to that tool like a race.

#[path = "../src/mutex.rs"]
mod mutex;

// What that file takes for the standard library's.
#[path = "watched/mod.rs"]
mod sync;

use crate::mutex::{access, acquire, lock, mutex, raw_lock, release};
use std::cell;
use std::thread;

fn main() {
    threads_that_lock_write_one_after_the_other();
    a_raw_lock_hands_on_what_was_written_under_it();
}

fn threads_that_lock_write_one_after_the_other() {
    let pair: &'static _ = Box::leak(Box::new(mutex((0, 0))));
    let writers = [(); 4].map(|()| {
        thread::spawn(move || {
            for _ in 0..2_000 {
                let mut guard = lock(pair);
                let (left, right) = access(&mut guard);
                *left += 1;
                *right += 1;
            }
        })
    });
    for writer in writers {
        writer.join().unwrap();
    }
    assert_eq!(format!("{:?}", lock(pair)), "(8000, 8000)");
}

fn a_raw_lock_hands_on_what_was_written_under_it() {
    let raw: &'static _ = Box::leak(Box::new(raw_lock()));
    let place = Box::leak(Box::new(0_u32));
    let address = (&raw mut *place).expose_provenance();
    let writers = [(); 2].map(|()| {
        thread::spawn(move || {
            for _ in 0..2_000 {
                acquire(raw);
                // SAFETY: the place lives for ever, and one thread has the lock.
                unsafe { *std::ptr::with_exposed_provenance_mut::<u32>(address) += 1 };
                release(raw);
            }
        })
    });
    for writer in writers {
        writer.join().unwrap();
    }
    assert_eq!(*place, 4_000);
}
