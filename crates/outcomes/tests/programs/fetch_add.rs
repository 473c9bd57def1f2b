use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
fn main() {
    let n = AtomicU32::new(0);
    thread::scope(|s| {
        for _ in 0..2 {
            s.spawn(|| {
                for _ in 0..2 {
                    n.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    println!("{}", n.load(Ordering::Relaxed));
}
