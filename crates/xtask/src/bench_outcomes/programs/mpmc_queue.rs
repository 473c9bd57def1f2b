//! A bounded queue of many producers and consumers, a sequence number at each place
//! (Vyukov's): two put, two take, a thread each. 0 stands for a taker that found nothing.
//! = 0 0
//! = 0 1
//! = 0 2
//! = 1 0
//! = 1 2
//! = 2 0
//! = 2 1
use std::sync::atomic::{AtomicUsize, Ordering::*};
use std::thread;

struct Queue {
    turn: [AtomicUsize; 2],
    item: [AtomicUsize; 2],
    tail: AtomicUsize,
    head: AtomicUsize,
}

impl Queue {
    fn put(&self, item: usize) -> bool {
        let mut at = self.tail.load(Relaxed);
        loop {
            let turn = self.turn[at % 2].load(Acquire);
            if turn == at {
                match self.tail.compare_exchange(at, at + 1, Relaxed, Relaxed) {
                    Ok(_) => break,
                    Err(now) => at = now,
                }
            } else if turn < at {
                return false;
            } else {
                at = self.tail.load(Relaxed);
            }
        }
        self.item[at % 2].store(item, Relaxed);
        self.turn[at % 2].store(at + 1, Release);
        true
    }

    fn take(&self) -> usize {
        let mut at = self.head.load(Relaxed);
        loop {
            let turn = self.turn[at % 2].load(Acquire);
            if turn == at + 1 {
                match self.head.compare_exchange(at, at + 1, Relaxed, Relaxed) {
                    Ok(_) => break,
                    Err(now) => at = now,
                }
            } else if turn < at + 1 {
                return 0;
            } else {
                at = self.head.load(Relaxed);
            }
        }
        let item = self.item[at % 2].load(Relaxed);
        self.turn[at % 2].store(at + 2, Release);
        item
    }
}

fn main() {
    let queue = Queue {
        turn: [AtomicUsize::new(0), AtomicUsize::new(1)],
        item: [AtomicUsize::new(0), AtomicUsize::new(0)],
        tail: AtomicUsize::new(0),
        head: AtomicUsize::new(0),
    };
    let (a, b) = thread::scope(|s| {
        s.spawn(|| queue.put(1));
        s.spawn(|| queue.put(2));
        let a = s.spawn(|| queue.take());
        let b = s.spawn(|| queue.take());
        (a.join().unwrap(), b.join().unwrap())
    });
    println!("{a} {b}");
}
