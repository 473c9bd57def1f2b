use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

struct Queue {
    items: Mutex<VecDeque<u32>>,
    changed: Condvar,
    room: usize,
}

impl Queue {
    fn put(&self, item: u32) {
        let mut items = self
            .changed
            .wait_while(self.items.lock().unwrap(), |items| items.len() == self.room)
            .unwrap();
        items.push_back(item);
        self.changed.notify_all();
    }

    fn take(&self) -> u32 {
        let mut items = self.items.lock().unwrap();
        loop {
            if let Some(item) = items.pop_front() {
                self.changed.notify_all();
                return item;
            }
            items = self.changed.wait(items).unwrap();
        }
    }
}

fn main() {
    let queue = Arc::new(Queue {
        items: Mutex::new(VecDeque::new()),
        changed: Condvar::new(),
        room: 1,
    });
    for id in [1, 2] {
        let queue = queue.clone();
        thread::spawn(move || queue.put(id));
    }
    let taken = [queue.take(), queue.take()];
    println!("{taken:?}");
}
