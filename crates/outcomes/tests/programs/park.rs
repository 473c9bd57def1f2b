use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

static DONE: AtomicBool = AtomicBool::new(false);

fn main() {
    let sleeper = thread::spawn(|| {
        while !DONE.load(Ordering::Acquire) {
            thread::park();
        }
        println!("awake");
    });
    DONE.store(true, Ordering::Release);
    sleeper.thread().unpark();
    sleeper.join().unwrap();
    println!("end");
}
