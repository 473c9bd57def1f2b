//! A bounded buffer: who finds it full waits for room, who finds it empty
//! waits for an item. `cargo run --example condvar`.

use std::collections::VecDeque;
use std::sync::{Barrier, Condvar, Mutex};
use std::thread;

// ANCHOR: buffer
struct Buffer<T> {
    items: Mutex<VecDeque<T>>,
    bound: usize,
    not_full: Condvar,
    not_empty: Condvar,
}

impl<T> Buffer<T> {
    fn put(&self, item: T) {
        let items = self.items.lock().unwrap();
        let mut items = self
            .not_full
            .wait_while(items, |items| items.len() == self.bound)
            .unwrap();
        items.push_back(item);
        self.not_empty.notify_one();
    }

    fn take(&self) -> T {
        let items = self.items.lock().unwrap();
        let mut items = self
            .not_empty
            .wait_while(items, |items| items.is_empty())
            .unwrap();
        self.not_full.notify_one();
        items.pop_front().unwrap() // what `wait_while` has waited for
    }
}
// ANCHOR_END: buffer

// ANCHOR: program
fn main() {
    let buffer = Buffer {
        items: Mutex::new(VecDeque::new()),
        bound: 2,
        not_full: Condvar::new(),
        not_empty: Condvar::new(),
    };
    let filled = Barrier::new(2);
    thread::scope(|scope| {
        scope.spawn(|| {
            for n in 1..=5 {
                buffer.put(n);
                if n == 2 {
                    filled.wait();
                }
            }
        });

        filled.wait(); // from here on, the producer waits for us
        println!("in the buffer: {:?}", buffer.items.lock().unwrap());
        for _ in 1..=5 {
            println!("taken: {}", buffer.take());
        }
    });
}
// ANCHOR_END: program
