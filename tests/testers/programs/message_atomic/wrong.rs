//! An atomic message, and a flag that doesn't bring it along.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use std::thread;

struct Post {
    message: AtomicU32,
    flag: AtomicBool,
}

pub fn main() {
    let post = Arc::new(Post {
        message: AtomicU32::new(0),
        flag: AtomicBool::new(false),
    });
    let sender = {
        let post = post.clone();
        thread::spawn(move || {
            post.message.store(42, Relaxed);
            post.flag.store(true, Relaxed);
        })
    };
    if post.flag.load(Relaxed) {
        assert_eq!(post.message.load(Relaxed), 42);
    }
    sender.join().unwrap();
}
