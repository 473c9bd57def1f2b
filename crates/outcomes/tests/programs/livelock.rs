use std::sync::atomic::{AtomicBool, Ordering::*};
use std::thread;
fn main() {
    let f = AtomicBool::new(false);
    thread::scope(|s| {
        s.spawn(|| while !f.load(Acquire) { std::hint::spin_loop() });
    });
    println!("x");
}
