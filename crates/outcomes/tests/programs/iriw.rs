use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let (mut first, mut second) = ((0, 0), (0, 0));
    thread::scope(|s| {
        s.spawn(|| x.store(1, SeqCst));
        s.spawn(|| y.store(1, SeqCst));
        s.spawn(|| first = (x.load(SeqCst), y.load(SeqCst)));
        s.spawn(|| second = (y.load(SeqCst), x.load(SeqCst)));
    });
    println!("{} {} {} {}", first.0, first.1, second.0, second.1);
}
