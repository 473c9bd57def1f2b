use std::sync::atomic::{AtomicU8, Ordering::*};
use std::thread;

fn main() {
    let n = AtomicU8::new(3);
    let take = || n.fetch_update(AcqRel, Acquire, |n| n.checked_sub(2)).is_ok();
    let (a, b) = thread::scope(|s| {
        let other = s.spawn(take);
        (take(), other.join().unwrap())
    });
    println!("{} {}", a || b, n.load(Relaxed));
    assert!(!(a && b), "both took");
}
