//! A Treiber stack whose nodes are places in an array: two pushes and two pops, a thread each.
//! 0 stands for a pop that found nothing.
//! = 0 0
//! = 0 1
//! = 0 2
//! = 1 0
//! = 1 2
//! = 2 0
//! = 2 1
use std::sync::atomic::{AtomicUsize, Ordering::*};
use std::thread;

struct Stack {
    head: AtomicUsize,
    next: [AtomicUsize; 3],
}

impl Stack {
    fn push(&self, node: usize) {
        let mut head = self.head.load(Relaxed);
        loop {
            self.next[node].store(head, Relaxed);
            match self.head.compare_exchange(head, node, Release, Relaxed) {
                Ok(_) => return,
                Err(now) => head = now,
            }
        }
    }

    fn pop(&self) -> usize {
        let mut head = self.head.load(Acquire);
        while head != 0 {
            let next = self.next[head].load(Relaxed);
            match self.head.compare_exchange(head, next, Acquire, Acquire) {
                Ok(_) => return head,
                Err(now) => head = now,
            }
        }
        0
    }
}

fn main() {
    let stack = Stack {
        head: AtomicUsize::new(0),
        next: [
            AtomicUsize::new(0),
            AtomicUsize::new(0),
            AtomicUsize::new(0),
        ],
    };
    let (a, b) = thread::scope(|s| {
        s.spawn(|| stack.push(1));
        s.spawn(|| stack.push(2));
        let a = s.spawn(|| stack.pop());
        let b = s.spawn(|| stack.pop());
        (a.join().unwrap(), b.join().unwrap())
    });
    println!("{a} {b}");
}
