//! A plain message, and a flag that brings it along.

use std::cell::UnsafeCell;
use std::sync::Arc;
use std::sync::atomic::{
    AtomicBool,
    Ordering::{Acquire, Release},
};
use std::thread;

struct Post {
    message: UnsafeCell<u32>,
    flag: AtomicBool,
}

// SAFETY: the flag hands the message over: Release, and Acquire.
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
            post.flag.store(true, Release);
        })
    };
    if post.flag.load(Acquire) {
        // SAFETY: the flag is up: the sender writes no more.
        assert_eq!(unsafe { *post.message.get() }, 42);
    }
    sender.join().unwrap();
}
