//! A stack of three places, by number; a pop takes the top that it has seen, though others were there meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::thread;

/// No place.
const NONE: u32 = 3;

struct Stack {
    /// The place on top.
    top: AtomicU32,
    /// The place below each.
    below: [AtomicU32; 3],
}

impl Stack {
    fn pop(&self) -> u32 {
        loop {
            let top = self.top.load(SeqCst);
            let place = top;
            if place == NONE {
                return NONE;
            }
            let below = self.below[place as usize].load(SeqCst);
            let new = below;
            if self.top.compare_exchange(top, new, SeqCst, SeqCst).is_ok() {
                return place;
            }
        }
    }

    fn push(&self, place: u32) {
        loop {
            let top = self.top.load(SeqCst);
            self.below[place as usize].store(top, SeqCst);
            let new = place;
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
