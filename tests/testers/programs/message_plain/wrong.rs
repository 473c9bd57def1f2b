//! A plain message, and a flag that doesn't bring it along.

use std::cell::UnsafeCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;

struct Post {
    message: UnsafeCell<u32>,
    flag: AtomicBool,
}

// SAFETY: none: the flag says that there is a message, and orders nothing.
unsafe impl Sync for Post {}

pub fn main() {
    let post = Arc::new(Post {
        message: UnsafeCell::new(0),
        flag: AtomicBool::new(false),
    });
    let sender = {
        let post = post.clone();
        thread::spawn(move || {
            // SAFETY: nobody reads it before the flag is up.
            unsafe { *post.message.get() = 42 };
            post.flag.store(true, Relaxed);
        })
    };
    if post.flag.load(Relaxed) {
        // SAFETY: the flag is up: the sender writes no more.
        assert_eq!(unsafe { *post.message.get() }, 42);
    }
    sender.join().unwrap();
}
