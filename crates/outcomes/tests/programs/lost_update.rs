use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
fn main() {
    let n = AtomicU32::new(0);
    thread::scope(|s| {
        for _ in 0..2 {
            s.spawn(|| {
                for _ in 0..2 {
                    let seen = n.load(Ordering::SeqCst);
                    n.store(seen + 1, Ordering::SeqCst);
                }
            });
        }
    });
    println!("{}", n.load(Ordering::SeqCst));
}
