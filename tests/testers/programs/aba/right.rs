//! A stack of three places, by number; a pop that others have come before is told by a version, and tries again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::thread;

/// No place.
const NONE: u32 = 3;

struct Stack {
    /// The place on top, and in the upper bits how often it has changed.
    top: AtomicU32,
    /// The place below each.
    below: [AtomicU32; 3],
}

impl Stack {
    fn pop(&self) -> u32 {
        loop {
            let top = self.top.load(SeqCst);
            let place = top % 4;
            if place == NONE {
                return NONE;
            }
            let below = self.below[place as usize].load(SeqCst);
            let new = (top / 4 + 1) * 4 + below;
            if self.top.compare_exchange(top, new, SeqCst, SeqCst).is_ok() {
                return place;
            }
        }
    }

    fn push(&self, place: u32) {
        loop {
            let top = self.top.load(SeqCst);
            self.below[place as usize].store(top % 4, SeqCst);
            let new = (top / 4 + 1) * 4 + place;
            if self.top.compare_exchange(top, new, SeqCst, SeqCst).is_ok() {
                return;
            }
        }
    }
}

pub fn main() {
    let stack = Arc::new(Stack {
        top: AtomicU32::new(0),
        below: [AtomicU32::new(1), AtomicU32::new(2), AtomicU32::new(NONE)],
    });
    let other = {
        let stack = stack.clone();
        thread::spawn(move || stack.pop())
    };
    let first = stack.pop();
    let second = stack.pop(); // ours from now on
    stack.push(first);
    let theirs = other.join().unwrap();
    assert!(theirs != second);
    assert!(stack.pop() != second);
}
